"""Sequences of different lengths: packed ones are kept padded, beside their lengths."""
import layerscope

from ... import types
from ...operations import creation, joining
from ...operations.checks import cast, gap, is_tensor, operator


class PackedSequence:
    """A named tuple of four to the program."""

    def __init__(self, padded, lengths, batch_first):
        self.padded = padded
        self.lengths = lengths
        self.batch_first = batch_first
        self.batch_sizes = lengths
        self.sorted_indices = None
        self.unsorted_indices = None

    @property
    def data(self):
        shape = list(self.padded.shape)
        return gap('the elements of a packed sequence', self.padded, shape=[layerscope.symbol('steps')] + shape[2:], dtype=self.padded.dtype.name)

    def __iter__(self):
        return iter((self.data, self.batch_sizes, self.sorted_indices, self.unsorted_indices))

    def __len__(self):
        return 4

    def __getitem__(self, index):
        return tuple(self)[index]

    def like(self, padded):
        return PackedSequence(padded, self.lengths, self.batch_first)

    def to(self, *args, **kwargs):
        return self

    cuda = cpu = to


def _lengths(lengths):
    if is_tensor(lengths):
        return cast(lengths, types.int32)
    return creation.tensor(lengths, dtype=types.int32)


def pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True):
    counts = _lengths(lengths)
    known = layerscope.elements(counts)
    if layerscope.is_known(known) and isinstance(known, list) and all([layerscope.is_known(each) for each in known]):
        if any([before < after for before, after in zip(known, known[1:])]) and layerscope.is_known(enforce_sorted) and enforce_sorted:
            raise RuntimeError('`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass `enforce_sorted=False` to pack_padded_sequence and/or '
                               f'pack_sequence to sidestep this requirement. The lengths are {known}')
        if any([each <= 0 for each in known]):
            raise RuntimeError(f"Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0: {known}")
        if len(input.shape) > 1:
            batch = input.shape[0 if batch_first else 1]
            layerscope.require(batch == len(known), RuntimeError(f'Expected `len(lengths)` to be equal to batch_size, but got {len(known)} (batch_size={batch}).'))
    return PackedSequence(input, counts, batch_first)


def pad_packed_sequence(sequence, batch_first=False, padding_value=0.0, total_length=None):
    padded = sequence.padded
    if batch_first != sequence.batch_first:
        padded = operator('Transpose', padded, perm=[1, 0] + list(range(2, len(padded.shape))))
    return padded, cast(sequence.lengths, types.int64)


def pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side='right'):
    sequences = list(sequences)
    longest = max([sequence.shape[0] for sequence in sequences])
    padded = []
    for sequence in sequences:
        missing = longest - sequence.shape[0]
        rest = [0] * (len(sequence.shape) - 1)
        amounts = [0] + rest + [missing] + rest if padding_side == 'right' else [missing] + rest + [0] + rest
        padded.append(operator('Pad', sequence, amounts, layerscope.constant(padding_value, dtype=sequence.dtype.name, like=layerscope.Value)))
    return joining.stack(padded, 0 if batch_first else 1)


def pack_sequence(sequences, enforce_sorted=True):
    return PackedSequence(pad_sequence(sequences), _lengths([sequence.shape[0] for sequence in sequences]), False)


def unpad_sequence(padded_sequences, lengths, batch_first=False):
    return layerscope.unknown('sequences cut to lengths that only the run knows')
