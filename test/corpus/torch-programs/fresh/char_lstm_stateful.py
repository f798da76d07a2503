import torch
import torch.nn as nn

text = 'hello world, this is a small text for a small network. ' * 12
chars = sorted(set(text))
stoi = {c: i for i, c in enumerate(chars)}
encoded = torch.tensor([stoi[c] for c in text])
batch_size, seq_len, hidden_size, num_layers = 4, 20, 32, 2


def batchify(data, bsz):
    nbatch = data.size(0) // bsz
    data = data.narrow(0, 0, nbatch * bsz)
    return data.view(bsz, -1).t().contiguous()


class CharModel(nn.Module):
    def __init__(self, ntoken, ninp, nhid, nlayers, dropout=0.2, tie=True):
        super(CharModel, self).__init__()
        self.drop = nn.Dropout(dropout)
        self.encoder = nn.Embedding(ntoken, ninp)
        self.rnn = nn.LSTM(ninp, nhid, nlayers, dropout=dropout)
        self.decoder = nn.Linear(nhid, ntoken)
        if tie:
            if nhid != ninp:
                raise ValueError('tied weights need equal sizes')
            self.decoder.weight = self.encoder.weight
        self.nhid, self.nlayers = nhid, nlayers

    def forward(self, tokens, hidden):
        emb = self.drop(self.encoder(tokens))
        output, hidden = self.rnn(emb, hidden)
        decoded = self.decoder(self.drop(output))
        return decoded.view(-1, decoded.size(-1)), hidden

    def init_hidden(self, bsz):
        weight = next(self.parameters())
        return weight.new_zeros(self.nlayers, bsz, self.nhid), weight.new_zeros(self.nlayers, bsz, self.nhid)


def repackage(h):
    if isinstance(h, torch.Tensor):
        return h.detach()
    return tuple(repackage(v) for v in h)


source = batchify(encoded, batch_size)
model = CharModel(len(chars), hidden_size, hidden_size, num_layers)
criterion = nn.CrossEntropyLoss()
hidden = model.init_hidden(batch_size)
for i in range(0, 60, seq_len):
    data = source[i:i + seq_len]
    targets = source[i + 1:i + 1 + seq_len].reshape(-1)
    hidden = repackage(hidden)
    model.zero_grad()
    output, hidden = model(data, hidden)
    loss = criterion(output, targets)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 0.25)
    for p in model.parameters():
        p.data.add_(p.grad, alpha=-0.5)
model.eval()
token, state, written = torch.zeros(1, 1, dtype=torch.long), model.init_hidden(1), []
with torch.no_grad():
    for _ in range(8):
        scores, state = model(token, state)
        token = torch.multinomial(scores.squeeze().div(0.8).exp(), 1).view(1, 1)
        written.append(chars[token.item()])
print(len(''.join(written)))
