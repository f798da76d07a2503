from keras.src.datasets import reuters as _reuters

load_data = _reuters.load_data
get_word_index = _reuters.get_word_index
