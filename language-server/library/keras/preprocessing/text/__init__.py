"""keras.preprocessing.text: a vocabulary is known where the texts are."""
import layerscope

_FILTERS = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n'


def text_to_word_sequence(input_text, filters=_FILTERS, lower=True, split=' '):
    if not _is_text(input_text):
        return layerscope.unknown('words')
    if lower:
        input_text = input_text.lower()
    for character in filters:
        input_text = input_text.replace(character, split)
    return [word for word in input_text.split(split) if word]


def _is_text(value):
    return not layerscope.is_unknown(value) and isinstance(value, str)


def _known(texts):
    return isinstance(texts, (list, tuple)) and layerscope.is_known(texts) and len(texts) <= 1000 and all([_is_text(text) or isinstance(text, list) and layerscope.is_known(text) for text in texts])


class Tokenizer:
    """Numbers for words: the most frequent first."""

    def __init__(self, num_words=None, filters=_FILTERS, lower=True, split=' ', char_level=False, oov_token=None, analyzer=None, **kwargs):
        self.num_words, self.filters, self.lower, self.split, self.char_level, self.oov_token = num_words, filters, lower, split, char_level, oov_token
        self._counts, self._fitted = {}, True
        self._name_words(layerscope.is_unknown(analyzer) or analyzer is not None)

    def _name_words(self, unknown=False):
        if unknown:
            self._fitted = False
            self.word_index = layerscope.unknown('the vocabulary of texts', None)
            self.index_word = self.word_counts = self.word_index
            return
        # the order of words of the same number is that in which they were met
        words = sorted(self._counts, key=lambda word: -self._counts[word])
        self.word_counts = dict(self._counts)
        self.word_index = {word: index + 1 for index, word in enumerate(([] if self.oov_token is None else [self.oov_token]) + words)}
        self.index_word = {index: word for word, index in self.word_index.items()}

    def _words(self, text):
        if isinstance(text, list):
            return [word.lower() if self.lower and _is_text(word) else word for word in text]
        return list(text.lower() if self.lower else text) if self.char_level else text_to_word_sequence(text, self.filters, self.lower, self.split)

    def fit_on_texts(self, texts):
        if not self._fitted or not _known(texts) or not _is_text(self.filters):
            self._name_words(True)
            return
        for text in texts:
            for word in self._words(text):
                self._counts[word] = self._counts.get(word, 0) + 1
        self._name_words()

    def fit_on_sequences(self, sequences):
        pass

    def texts_to_sequences(self, texts):
        if not self._fitted or not _known(texts) or not self._counts or layerscope.is_unknown(self.num_words):
            return self._unknown_sequences(texts)
        made = []
        for text in texts:
            row = []
            for word in self._words(text):
                index = self.word_index.get(word)
                if index is None or self.num_words and index >= self.num_words:
                    index = None if self.oov_token is None else 1
                if index is not None:
                    row.append(index)
            made.append(row)
        return made

    def _unknown_sequences(self, texts):
        from keras.src.datasets import _Sequences
        try:
            return _Sequences(len(texts), 'texts as numbers')
        except TypeError:
            return layerscope.unknown('texts as numbers')

    def sequences_to_texts(self, sequences):
        return layerscope.unknown('texts')

    def texts_to_matrix(self, texts, mode='binary'):
        import numpy
        width = self.num_words if self.num_words else len(self.word_index) + 1 if self._fitted and self._counts else layerscope.symbol('vocabulary')
        return layerscope.data((len(texts), width), 'float64', 'texts as a matrix', like=numpy.ndarray)

    sequences_to_matrix = texts_to_matrix

    def get_config(self):
        return layerscope.unknown('the configuration of a tokenizer')

    def to_json(self, **kwargs):
        return layerscope.unknown('a tokenizer as text')


def one_hot(text, n, *args, **kwargs):
    """Numbers from 1 up to n, by a hash of each word."""
    return layerscope.unknown('words as numbers')


hashing_trick = one_hot


def tokenizer_from_json(text):
    made = Tokenizer()
    made._name_words(True)
    return made
