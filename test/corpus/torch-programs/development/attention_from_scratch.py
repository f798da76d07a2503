import torch
import torch.nn as nn
import torch.nn.functional as F


class SelfAttention(nn.Module):
    def __init__(self, width, heads):
        super(SelfAttention, self).__init__()
        self.width = width
        self.heads = heads
        self.head_dim = width // heads
        assert self.head_dim * heads == width, 'Embedding size needs to be divisible by heads'
        self.values = nn.Linear(width, width)
        self.keys = nn.Linear(width, width)
        self.queries = nn.Linear(width, width)
        self.merge = nn.Linear(width, width)

    def forward(self, values, keys, query, mask):
        N = query.shape[0]
        value_len, key_len, query_len = values.shape[1], keys.shape[1], query.shape[1]
        values = self.values(values).reshape(N, value_len, self.heads, self.head_dim)
        keys = self.keys(keys).reshape(N, key_len, self.heads, self.head_dim)
        queries = self.queries(query).reshape(N, query_len, self.heads, self.head_dim)
        scores = torch.einsum('nqhd,nkhd->nhqk', [queries, keys])
        if mask is not None:
            scores = scores.masked_fill(mask == 0, float('-1e20'))
        attention = torch.softmax(scores / (self.width ** (1 / 2)), dim=3)
        out = torch.einsum('nhql,nlhd->nqhd', [attention, values]).reshape(N, query_len, self.heads * self.head_dim)
        return self.merge(out)


class Layer(nn.Module):
    def __init__(self, width, heads, dropout, widening):
        super().__init__()
        self.attention = SelfAttention(width, heads)
        self.norm1 = nn.LayerNorm(width)
        self.norm2 = nn.LayerNorm(width)
        self.feed_forward = nn.Sequential(
            nn.Linear(width, widening * width),
            nn.ReLU(),
            nn.Linear(widening * width, width),
        )
        self.dropout = nn.Dropout(dropout)

    def forward(self, value, key, query, mask):
        attention = self.attention(value, key, query, mask)
        x = self.dropout(self.norm1(attention + query))
        forward = self.feed_forward(x)
        return self.dropout(self.norm2(forward + x))


class Encoder(nn.Module):
    def __init__(self, vocabulary, width, num_layers, heads, widening, dropout, max_length):
        super().__init__()
        self.words = nn.Embedding(vocabulary, width)
        self.places = nn.Embedding(max_length, width)
        self.layers = nn.ModuleList([
            Layer(width, heads, dropout=dropout, widening=widening) for _ in range(num_layers)
        ])
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, mask):
        N, seq_length = x.shape
        positions = torch.arange(0, seq_length).expand(N, seq_length)
        out = self.dropout(self.words(x) + self.places(positions))
        for layer in self.layers:
            out = layer(out, out, out, mask)
        return out


x = torch.tensor([[1, 5, 6, 4, 3, 9, 5, 2, 0], [1, 8, 7, 3, 4, 5, 6, 7, 2]])
mask_of_padding = (x != 0).unsqueeze(1).unsqueeze(2)
encoder = Encoder(10, 32, 2, 4, 2, 0.0, 20)
memory = encoder(x, mask_of_padding)
probabilities = F.softmax(memory @ encoder.words.weight.t(), dim=-1)
print(memory.shape, probabilities.shape)
