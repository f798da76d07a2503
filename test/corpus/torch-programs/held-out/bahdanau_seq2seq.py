import torch
import torch.nn as nn
import torch.nn.functional as F

START = 0
LONGEST = 8


class Reader(nn.Module):
    def __init__(self, input_size, hidden_size, drop=0.1):
        super(Reader, self).__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(input_size, hidden_size)
        self.gru = nn.GRU(hidden_size, hidden_size, batch_first=True)
        self.dropout = nn.Dropout(drop)

    def forward(self, input):
        embedded = self.dropout(self.embedding(input))
        output, hidden = self.gru(embedded)
        return output, hidden


class AdditiveAttention(nn.Module):
    def __init__(self, hidden_size):
        super(AdditiveAttention, self).__init__()
        self.of_query = nn.Linear(hidden_size, hidden_size)
        self.of_keys = nn.Linear(hidden_size, hidden_size)
        self.energy = nn.Linear(hidden_size, 1)

    def forward(self, query, keys):
        scores = self.energy(torch.tanh(self.of_query(query) + self.of_keys(keys)))
        scores = scores.squeeze(2).unsqueeze(1)
        weights = F.softmax(scores, dim=-1)
        context = torch.bmm(weights, keys)
        return context, weights


class Writer(nn.Module):
    def __init__(self, hidden_size, output_size, drop=0.1):
        super(Writer, self).__init__()
        self.embedding = nn.Embedding(output_size, hidden_size)
        self.attention = AdditiveAttention(hidden_size)
        self.gru = nn.GRU(2 * hidden_size, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size, output_size)
        self.dropout = nn.Dropout(drop)

    def forward(self, memory, initial, forced=None):
        batch_size = memory.size(0)
        token = torch.empty(batch_size, 1, dtype=torch.long).fill_(START)
        state = initial
        written = []
        attentions = []
        for i in range(LONGEST):
            scores, state, focus = self.one_step(token, state, memory)
            written.append(scores)
            attentions.append(focus)
            if forced is not None:
                token = forced[:, i].unsqueeze(1)
            else:
                _, best = scores.topk(1)
                token = best.squeeze(-1).detach()
        written = torch.cat(written, dim=1)
        written = F.log_softmax(written, dim=-1)
        attentions = torch.cat(attentions, dim=1)
        return written, state, attentions

    def one_step(self, input, hidden, memory):
        embedded = self.dropout(self.embedding(input))
        query = hidden.permute(1, 0, 2)
        context, focus = self.attention(query, memory)
        joined = torch.cat((embedded, context), dim=2)
        output, hidden = self.gru(joined, hidden)
        output = self.out(output)
        return output, hidden, focus


hidden_size = 12
encoder = Reader(20, hidden_size)
decoder = Writer(hidden_size, 25)
source = torch.randint(0, 20, (4, 6))
target = torch.randint(0, 25, (4, LONGEST))
optimizers = [torch.optim.Adam(part.parameters(), lr=0.001) for part in (encoder, decoder)]
for optimizer in optimizers:
    optimizer.zero_grad()
outputs, hidden = encoder(source)
decoded, _, _ = decoder(outputs, hidden, target)
loss = nn.NLLLoss()(decoded.view(-1, decoded.size(-1)), target.view(-1))
loss.backward()
for optimizer in optimizers:
    optimizer.step()
greedy, _, attention = decoder(outputs.detach(), hidden.detach())
print(loss.item(), greedy.argmax(-1)[0].tolist(), attention.shape)
