import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

torch.manual_seed(1)


def as_indices(seq, index):
    indices = [index[w] for w in seq]
    return torch.tensor(indices, dtype=torch.long)


corpus = [
    ('The dog ate the apple'.split(), ['DET', 'NN', 'V', 'DET', 'NN']),
    ('Everybody read that book'.split(), ['NN', 'V', 'DET', 'NN']),
]
word_index = {}
for sent, tags in corpus:
    for word in sent:
        if word not in word_index:
            word_index[word] = len(word_index)
tag_index = {'DET': 0, 'NN': 1, 'V': 2}
WIDTH = 6
HIDDEN = 8


class Tagger(nn.Module):
    def __init__(self, embedding_dim, hidden_dim, vocab_size, tagset_size):
        super(Tagger, self).__init__()
        self.hidden_dim = hidden_dim
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_dim // 2, num_layers=1, bidirectional=True)
        self.to_tags = nn.Linear(hidden_dim, tagset_size)

    def forward(self, sentence):
        vectors = self.embedding(sentence)
        states, _ = self.lstm(vectors.view(len(sentence), 1, -1))
        unnormalised = self.to_tags(states.view(len(sentence), -1))
        return F.log_softmax(unnormalised, dim=1)

    def packed(self, batch, lengths):
        vectors = self.embedding(batch)
        packed = pack_padded_sequence(vectors, lengths, batch_first=False, enforce_sorted=True)
        out, (h, c) = self.lstm(packed)
        out, out_lengths = pad_packed_sequence(out)
        final = torch.cat([h[-2], h[-1]], dim=1)
        return self.to_tags(out), self.to_tags(final)


model = Tagger(WIDTH, HIDDEN, len(word_index), len(tag_index))
loss_function = nn.NLLLoss()
optimizer = optim.SGD(model.parameters(), lr=0.1)

for epoch in range(2):
    for sentence, tags in corpus:
        model.zero_grad()
        sentence_in = as_indices(sentence, word_index)
        targets = as_indices(tags, tag_index)
        log_probabilities = model(sentence_in)
        loss = loss_function(log_probabilities, targets)
        loss.backward()
        optimizer.step()

batch = torch.randint(0, len(word_index), (5, 3))
per_word, final = model.packed(batch, torch.tensor([5, 4, 2]))
print(per_word.shape, final.shape)
