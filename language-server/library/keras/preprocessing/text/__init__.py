import layerscope


class Tokenizer:
    """Numbers for words. The vocabulary comes from texts, which are not known."""

    def __init__(self, num_words=None, filters='', lower=True, split=' ', char_level=False, oov_token=None, **kwargs):
        self.num_words = num_words
        self.word_index = layerscope.unknown('the vocabulary of texts')
        self.index_word = self.word_counts = self.word_index

    def fit_on_texts(self, texts):
        pass

    fit_on_sequences = fit_on_texts

    def texts_to_sequences(self, texts):
        from keras.src.datasets import _Sequences
        try:
            return _Sequences(len(texts), 'texts as numbers')
        except TypeError:
            return layerscope.unknown('texts as numbers')

    def sequences_to_texts(self, sequences):
        return layerscope.unknown('texts')

    def texts_to_matrix(self, texts, mode='binary'):
        import numpy
        return layerscope.data((len(texts), self.num_words if self.num_words is not None else layerscope.symbol('vocabulary')), 'float64', 'texts as a matrix', like=numpy.ndarray)

    sequences_to_matrix = texts_to_matrix


def text_to_word_sequence(text, *args, **kwargs):
    return layerscope.unknown('words')


def one_hot(text, n, *args, **kwargs):
    return layerscope.unknown('words as numbers')


hashing_trick = one_hot


def tokenizer_from_json(text):
    return Tokenizer()
