import torch
import torch.nn as nn
from torch.nn import functional as F

text = 'to be or not to be that is the question whether tis nobler in the mind to suffer'
chars = sorted(list(set(text)))
vocab_size = len(chars)
to_index = {ch: i for i, ch in enumerate(chars)}
to_char = {i: ch for i, ch in enumerate(chars)}
encode = lambda s: [to_index[c] for c in s]
decode = lambda l: ''.join([to_char[i] for i in l])
data = torch.tensor(encode(text), dtype=torch.long)
batch_size, block_size, width, heads_count, depth = 4, 8, 24, 3, 2


def draw():
    ix = torch.randint(len(data) - block_size, (batch_size,))
    x = torch.stack([data[i:i + block_size] for i in ix])
    y = torch.stack([data[i + 1:i + block_size + 1] for i in ix])
    return x, y


class CausalHead(nn.Module):
    def __init__(self, head_size):
        super().__init__()
        self.key = nn.Linear(width, head_size, bias=False)
        self.query = nn.Linear(width, head_size, bias=False)
        self.value = nn.Linear(width, head_size, bias=False)
        self.register_buffer('past', torch.tril(torch.ones(block_size, block_size)))

    def forward(self, x):
        B, T, C = x.shape
        k = self.key(x)
        q = self.query(x)
        weights = q @ k.transpose(-2, -1) * k.shape[-1] ** -0.5
        weights = weights.masked_fill(self.past[:T, :T] == 0, float('-inf'))
        weights = F.softmax(weights, dim=-1)
        return weights @ self.value(x)


class ManyHeads(nn.Module):
    def __init__(self, num_heads, head_size):
        super().__init__()
        self.heads = nn.ModuleList([CausalHead(head_size) for _ in range(num_heads)])
        self.proj = nn.Linear(head_size * num_heads, width)

    def forward(self, x):
        out = torch.cat([h(x) for h in self.heads], dim=-1)
        return self.proj(out)


class Block(nn.Module):
    def __init__(self, width, heads_count):
        super().__init__()
        head_size = width // heads_count
        self.attend = ManyHeads(heads_count, head_size)
        self.feed = nn.Sequential(nn.Linear(width, 4 * width), nn.ReLU(), nn.Linear(4 * width, width))
        self.ln1 = nn.LayerNorm(width)
        self.ln2 = nn.LayerNorm(width)

    def forward(self, x):
        x = x + self.attend(self.ln1(x))
        x = x + self.feed(self.ln2(x))
        return x


class CharModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.tokens = nn.Embedding(vocab_size, width)
        self.positions = nn.Embedding(block_size, width)
        self.blocks = nn.Sequential(*[Block(width, heads_count=heads_count) for _ in range(depth)])
        self.final_norm = nn.LayerNorm(width)
        self.to_vocabulary = nn.Linear(width, vocab_size)

    def forward(self, idx, targets=None):
        B, T = idx.shape
        of_tokens = self.tokens(idx)
        of_positions = self.positions(torch.arange(T))
        x = self.blocks(of_tokens + of_positions)
        logits = self.to_vocabulary(self.final_norm(x))
        if targets is None:
            loss = None
        else:
            B, T, C = logits.shape
            loss = F.cross_entropy(logits.view(B * T, C), targets.view(B * T))
        return logits, loss

    @torch.no_grad()
    def generate(self, idx, max_new_tokens):
        for _ in range(max_new_tokens):
            context_window = idx[:, -block_size:]
            logits, loss = self(context_window)
            probs = F.softmax(logits[:, -1, :], dim=-1)
            following = torch.multinomial(probs, num_samples=1)
            idx = torch.cat((idx, following), dim=1)
        return idx


model = CharModel()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
for iter in range(2):
    inputs, wanted = draw()
    logits, loss = model(inputs, wanted)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()
context = torch.zeros((1, 1), dtype=torch.long)
print(decode(model.generate(context, max_new_tokens=10)[0].tolist()))
