import copy
import logging
import tempfile
from pathlib import Path

import torch
import torch.nn as nn
from torch.optim.lr_scheduler import ReduceLROnPlateau
from torch.utils.data import DataLoader, TensorDataset, Subset

logging.basicConfig(level=logging.WARNING)
logger = logging.getLogger(__name__)


class EarlyStopping:
    def __init__(self, patience=3, min_delta=0.0):
        self.patience = patience
        self.min_delta = min_delta
        self.counter = 0
        self.best = None

    def __call__(self, value):
        if self.best is None or value < self.best - self.min_delta:
            self.best = value
            self.counter = 0
        else:
            self.counter += 1
        return self.counter >= self.patience


class Trainer:
    def __init__(self, model, optimizer, criterion, device='cpu', scheduler=None, grad_clip=None):
        self.model = model.to(device)
        self.optimizer = optimizer
        self.criterion = criterion
        self.device = device
        self.scheduler = scheduler
        self.grad_clip = grad_clip
        self.history = []

    def _run_epoch(self, loader, train=True):
        self.model.train(train)
        total, correct, seen = 0.0, 0, 0
        with torch.set_grad_enabled(train):
            for xb, yb in loader:
                xb, yb = xb.to(self.device), yb.to(self.device)
                logits = self.model(xb)
                loss = self.criterion(logits, yb.unsqueeze(1))
                if train:
                    self.optimizer.zero_grad()
                    loss.backward()
                    if self.grad_clip:
                        nn.utils.clip_grad_norm_(self.model.parameters(), max_norm=self.grad_clip)
                    self.optimizer.step()
                total += loss.item() * len(xb)
                correct += ((logits > 0).squeeze(1) == yb.bool()).sum().item()
                seen += len(xb)
        return total / seen, correct / seen

    def fit(self, train_loader, val_loader, epochs=2, early_stopping=None):
        best_state = copy.deepcopy(self.model.state_dict())
        for epoch in range(epochs):
            train_loss, train_acc = self._run_epoch(train_loader, train=True)
            val_loss, val_acc = self._run_epoch(val_loader, train=False)
            if self.scheduler is not None:
                self.scheduler.step(val_loss)
            self.history.append({'epoch': epoch, 'train': train_loss, 'val': val_loss, 'acc': val_acc})
            logger.info('epoch %d: %.3f %.3f', epoch, train_loss, val_loss)
            if early_stopping is not None and early_stopping(val_loss):
                break
        self.model.load_state_dict(best_state)
        return self.history


class MLP(nn.Module):
    def __init__(self, *sizes, activation=nn.ReLU):
        super().__init__()
        layers = []
        for i, (n_in, n_out) in enumerate(zip(sizes, sizes[1:])):
            layers.append(nn.Linear(n_in, n_out))
            if i < len(sizes) - 2:
                layers.extend([nn.LayerNorm(n_out), activation()])
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)


X = torch.randn(40, 6)
y = (X.sum(dim=1) > 0).float()
dataset = TensorDataset(X, y)
train = Subset(dataset, range(0, 32))
valid = Subset(dataset, range(32, 40))
model = MLP(6, 16, 8, 1, activation=nn.GELU)
optimizer = torch.optim.NAdam(model.parameters(), lr=1e-2)
scheduler = ReduceLROnPlateau(optimizer, mode='min', factor=0.5, patience=1)
trainer = Trainer(model, optimizer, nn.BCEWithLogitsLoss(pos_weight=torch.tensor([2.0])), scheduler=scheduler, grad_clip=1.0)
history = trainer.fit(DataLoader(train, batch_size=8, shuffle=True), DataLoader(valid, batch_size=8), epochs=2, early_stopping=EarlyStopping(patience=2))
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / 'model.pt'
    torch.save({'model': model.state_dict(), 'history': history}, path)
    checkpoint = torch.load(path)
    restored = MLP(6, 16, 8, 1, activation=nn.GELU)
    restored.load_state_dict(checkpoint['model'])
print(len(history), restored(X[:3]).shape)
