import torch
import torch.nn as nn
from torch.nn.utils.rnn import pad_sequence

torch.manual_seed(1)

sentences = ['the film was good', 'a dull and slow film', 'good fun', 'slow']
labels = torch.tensor([1.0, 0.0, 1.0, 0.0])

words = sorted({word for sentence in sentences for word in sentence.split()})
vocabulary = {word: i + 1 for i, word in enumerate(words)}
encoded = [torch.tensor([vocabulary[word] for word in sentence.split()]) for sentence in sentences]
padded = pad_sequence(encoded, batch_first=True, padding_value=0)


class SentimentLSTM(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_dim, n_layers=2):
        super().__init__()
        self.hidden_dim = hidden_dim
        self.n_layers = n_layers
        self.embedding = nn.Embedding(vocab_size, embedding_dim, padding_idx=0)
        self.lstm = nn.LSTM(embedding_dim, hidden_dim, n_layers, dropout=0.3, batch_first=True)
        self.fc = nn.Linear(hidden_dim, 1)

    def forward(self, x, hidden):
        embedded = self.embedding(x)
        out, hidden = self.lstm(embedded, hidden)
        out = self.fc(out[:, -1, :])
        return torch.sigmoid(out).squeeze(1), hidden

    def init_hidden(self, batch_size):
        weight = next(self.parameters()).data
        return (weight.new_zeros(self.n_layers, batch_size, self.hidden_dim),
                weight.new_zeros(self.n_layers, batch_size, self.hidden_dim))


model = SentimentLSTM(len(vocabulary) + 1, 16, 24)
criterion = nn.BCELoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
clip = 5

for epoch in range(3):
    hidden = model.init_hidden(padded.size(0))
    hidden = tuple(each.detach() for each in hidden)
    model.zero_grad()
    output, hidden = model(padded, hidden)
    loss = criterion(output, labels)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), clip)
    optimizer.step()
    print(f'{epoch + 1}: {loss.item():.3f}')
