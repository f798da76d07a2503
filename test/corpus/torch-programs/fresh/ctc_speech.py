import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import DataLoader, Dataset

ALPHABET = '_abcdefgh'
BLANK = 0


class Utterances(Dataset):
    def __init__(self, count, mels):
        self.items = []
        for i in range(count):
            frames = 40 + 4 * (i % 3)
            length = 4 + i % 4
            self.items.append((torch.randn(frames, mels), torch.randint(1, len(ALPHABET), (length,))))

    def __len__(self):
        return len(self.items)

    def __getitem__(self, index):
        return self.items[index]


def collate(batch):
    spectra = [item[0] for item in batch]
    labels = [item[1] for item in batch]
    lengths = torch.tensor([s.shape[0] // 2 for s in spectra])
    label_lengths = torch.tensor([len(l) for l in labels])
    spectra = pad_sequence(spectra, batch_first=True).unsqueeze(1).transpose(2, 3)
    return spectra, pad_sequence(labels, batch_first=True), lengths, label_lengths


class Recogniser(nn.Module):
    def __init__(self, mels, hidden, symbols):
        super().__init__()
        self.conv = nn.Conv2d(1, 8, 3, stride=2, padding=1)
        self.project = nn.Linear(8 * (mels // 2), hidden)
        self.gru = nn.GRU(hidden, hidden, num_layers=2, batch_first=True, bidirectional=True)
        self.norm = nn.LayerNorm(hidden * 2)
        self.out = nn.Linear(hidden * 2, symbols)

    def forward(self, x):
        x = F.gelu(self.conv(x))
        b, c, m, t = x.size()
        x = x.view(b, c * m, t).transpose(1, 2)
        x, _ = self.gru(self.project(x))
        return self.out(self.norm(x))


mels = 16
loader = DataLoader(Utterances(12, mels), batch_size=4, collate_fn=collate)
model = Recogniser(mels, 24, len(ALPHABET))
ctc = nn.CTCLoss(blank=BLANK, zero_infinity=True)
optimizer = torch.optim.AdamW(model.parameters(), 5e-4)
for spectra, labels, input_lengths, label_lengths in loader:
    optimizer.zero_grad()
    log_probs = F.log_softmax(model(spectra), dim=2).transpose(0, 1)
    loss = ctc(log_probs, labels, input_lengths, label_lengths)
    loss.backward()
    optimizer.step()
best = log_probs.argmax(dim=-1).transpose(0, 1)
text = ''.join(ALPHABET[i] for i in best[0].tolist() if i != BLANK)
print(len(text))
