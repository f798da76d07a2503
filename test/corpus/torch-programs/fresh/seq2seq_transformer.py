import math
import torch
import torch.nn as nn
from torch.nn.utils.rnn import pad_sequence

PAD, BOS, EOS = 0, 1, 2
SRC_VOCAB, TGT_VOCAB = 30, 26


class PositionalEncoding(nn.Module):
    def __init__(self, emb_size, dropout, maxlen=64):
        super().__init__()
        den = torch.exp(-torch.arange(0, emb_size, 2) * math.log(10000) / emb_size)
        pos = torch.arange(0, maxlen).reshape(maxlen, 1)
        table = torch.zeros((maxlen, emb_size))
        table[:, 0::2] = torch.sin(pos * den)
        table[:, 1::2] = torch.cos(pos * den)
        self.dropout = nn.Dropout(dropout)
        self.register_buffer('table', table.unsqueeze(-2))

    def forward(self, tokens):
        return self.dropout(tokens + self.table[:tokens.size(0), :])


class Translator(nn.Module):
    def __init__(self, layers, emb_size, nhead, feedforward, dropout=0.1):
        super().__init__()
        self.transformer = nn.Transformer(d_model=emb_size, nhead=nhead, num_encoder_layers=layers, num_decoder_layers=layers, dim_feedforward=feedforward, dropout=dropout)
        self.generator = nn.Linear(emb_size, TGT_VOCAB)
        self.src_emb = nn.Embedding(SRC_VOCAB, emb_size)
        self.tgt_emb = nn.Embedding(TGT_VOCAB, emb_size)
        self.positional = PositionalEncoding(emb_size, dropout)

    def forward(self, src, trg, tgt_mask, src_padding, tgt_padding):
        s = self.positional(self.src_emb(src))
        t = self.positional(self.tgt_emb(trg))
        outs = self.transformer(s, t, None, tgt_mask, None, src_padding, tgt_padding, src_padding)
        return self.generator(outs)

    def encode(self, src):
        return self.transformer.encoder(self.positional(self.src_emb(src)))

    def decode(self, tgt, memory, mask):
        return self.transformer.decoder(self.positional(self.tgt_emb(tgt)), memory, mask)


def square_mask(size):
    return torch.triu(torch.ones(size, size), diagonal=1).bool()


def add_ends(ids):
    return torch.cat((torch.tensor([BOS]), ids, torch.tensor([EOS])))


src = pad_sequence([add_ends(torch.randint(3, SRC_VOCAB, (n,))) for n in (5, 7, 4)], padding_value=PAD)
tgt = pad_sequence([add_ends(torch.randint(3, TGT_VOCAB, (n,))) for n in (6, 3, 8)], padding_value=PAD)
model = Translator(2, 32, 4, 48)
for p in model.parameters():
    if p.dim() > 1:
        nn.init.xavier_uniform_(p)
loss_fn = nn.CrossEntropyLoss(ignore_index=PAD)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-4, betas=(0.9, 0.98), eps=1e-9)
tgt_input, tgt_out = tgt[:-1, :], tgt[1:, :]
for step in range(2):
    logits = model(src, tgt_input, square_mask(tgt_input.size(0)), (src == PAD).transpose(0, 1), (tgt_input == PAD).transpose(0, 1))
    optimizer.zero_grad()
    loss = loss_fn(logits.reshape(-1, logits.shape[-1]), tgt_out.reshape(-1))
    loss.backward()
    optimizer.step()
model.eval()
memory = model.encode(src[:, :1])
ys = torch.ones(1, 1).fill_(BOS).type(torch.long)
for i in range(4):
    out = model.decode(ys, memory, square_mask(ys.size(0))).transpose(0, 1)
    word = model.generator(out[:, -1]).argmax(dim=1).item()
    ys = torch.cat([ys, torch.ones(1, 1).type_as(src.data).fill_(word)], dim=0)
print(ys.shape)
