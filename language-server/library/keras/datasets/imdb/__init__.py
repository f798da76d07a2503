from keras.src.datasets import imdb as _imdb

load_data = _imdb.load_data
get_word_index = _imdb.get_word_index
