"""mx.gluon.data: data sets and the batches that loaders make of them."""
from mxnet.gluon.data.dataset import ArrayDataset, Dataset, RecordFileDataset, SimpleDataset
from mxnet.gluon.data.loader import BatchSampler, DataLoader, FilterSampler, IntervalSampler, RandomSampler, Sampler, SequentialSampler
from mxnet.gluon.data import vision
