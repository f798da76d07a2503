import random

import torch
import torch.nn as nn
import torch.optim as optim

random.seed(0)
torch.manual_seed(0)


class Encoder(nn.Module):
    def __init__(self, input_dim, embedded_size, hidden_size, dropout):
        super().__init__()
        self.embedding = nn.Embedding(input_dim, embedded_size)
        self.rnn = nn.GRU(embedded_size, hidden_size)
        self.dropout = nn.Dropout(dropout)

    def forward(self, source):
        embedded = self.dropout(self.embedding(source))
        outputs, hidden = self.rnn(embedded)
        return hidden


class Decoder(nn.Module):
    def __init__(self, output_dim, embedded_size, hidden_size, dropout):
        super().__init__()
        self.output_dim = output_dim
        self.embedding = nn.Embedding(output_dim, embedded_size)
        self.rnn = nn.GRU(embedded_size + hidden_size, hidden_size)
        self.to_words = nn.Linear(embedded_size + hidden_size * 2, output_dim)
        self.dropout = nn.Dropout(dropout)

    def forward(self, input, hidden, context):
        input = input.unsqueeze(0)
        embedded = self.dropout(self.embedding(input))
        joined = torch.cat((embedded, context), dim=2)
        output, hidden = self.rnn(joined, hidden)
        output = torch.cat((embedded.squeeze(0), hidden.squeeze(0), context.squeeze(0)), dim=1)
        prediction = self.to_words(output)
        return prediction, hidden


class Seq2Seq(nn.Module):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder = encoder
        self.decoder = decoder

    def forward(self, source, target, forcing=0.5):
        batch_size = target.shape[1]
        target_length = target.shape[0]
        outputs = torch.zeros(target_length, batch_size, self.decoder.output_dim)
        context = self.encoder(source)
        hidden = context
        input = target[0, :]
        for t in range(1, target_length):
            output, hidden = self.decoder(input, hidden, context)
            outputs[t] = output
            forced = random.random() < forcing
            best = output.argmax(1)
            input = target[t] if forced else best
        return outputs


INPUT_DIM, OUTPUT_DIM = 30, 40
model = Seq2Seq(Encoder(INPUT_DIM, 16, 32, 0.1), Decoder(OUTPUT_DIM, 16, 32, 0.1))
optimizer = optim.Adam(model.parameters())
criterion = nn.CrossEntropyLoss(ignore_index=0)

source = torch.randint(1, INPUT_DIM, (7, 4))
target = torch.randint(1, OUTPUT_DIM, (6, 4))
optimizer.zero_grad()
output = model(source, target)
output_dim = output.shape[-1]
loss = criterion(output[1:].view(-1, output_dim), target[1:].view(-1))
loss.backward()
torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
optimizer.step()
print(loss.item())
