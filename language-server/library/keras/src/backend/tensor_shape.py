"""tf.TensorShape: a shape that is one thing where lists of sizes would be several."""


class TensorShape(tuple):
    def __new__(cls, dims=None):
        return None if dims is None else tuple.__new__(cls, dims)

    @property
    def rank(self):
        return len(self)

    ndims = rank

    @property
    def dims(self):
        return list(self)

    def as_list(self):
        return list(self)

    def num_elements(self):
        made = 1
        for size in self:
            made = None if made is None or size is None else made * size
        return made

    def is_fully_defined(self):
        return not any([size is None for size in self])

    def concatenate(self, other):
        return TensorShape(tuple(self) + tuple(other))
