from keras.src.utils.data import array_to_img, image_dataset_from_directory, img_to_array, load_img, pad_sequences, save_img, text_dataset_from_directory, timeseries_dataset_from_array
from keras.preprocessing import image, sequence, text
