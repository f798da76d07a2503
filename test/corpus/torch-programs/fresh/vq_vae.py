import torch
import torch.nn as nn
import torch.nn.functional as F


class VectorQuantizer(nn.Module):
    def __init__(self, num_embeddings, embedding_dim, commitment=0.25):
        super().__init__()
        self.dim, self.count, self.commitment = embedding_dim, num_embeddings, commitment
        self.embedding = nn.Embedding(num_embeddings, embedding_dim)
        self.embedding.weight.data.uniform_(-1 / num_embeddings, 1 / num_embeddings)

    def forward(self, inputs):
        inputs = inputs.permute(0, 2, 3, 1).contiguous()
        shape = inputs.shape
        flat = inputs.view(-1, self.dim)
        distances = (torch.sum(flat ** 2, dim=1, keepdim=True) + torch.sum(self.embedding.weight ** 2, dim=1) - 2 * torch.matmul(flat, self.embedding.weight.t()))
        indices = torch.argmin(distances, dim=1).unsqueeze(1)
        encodings = torch.zeros(indices.shape[0], self.count)
        encodings.scatter_(1, indices, 1)
        quantized = torch.matmul(encodings, self.embedding.weight).view(shape)
        loss = F.mse_loss(quantized, inputs.detach()) + self.commitment * F.mse_loss(quantized.detach(), inputs)
        quantized = inputs + (quantized - inputs).detach()
        average = torch.mean(encodings, dim=0)
        perplexity = torch.exp(-torch.sum(average * torch.log(average + 1e-10)))
        return loss, quantized.permute(0, 3, 1, 2).contiguous(), perplexity


class Residual(nn.Module):
    def __init__(self, channels, hidden):
        super().__init__()
        self.block = nn.Sequential(nn.ReLU(), nn.Conv2d(channels, hidden, 3, 1, 1, bias=False), nn.ReLU(True), nn.Conv2d(hidden, channels, 1, 1, bias=False))

    def forward(self, x):
        return x + self.block(x)


class VQVAE(nn.Module):
    def __init__(self, hiddens=32, residual=8, codes=20, dim=12):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Conv2d(3, hiddens // 2, 4, stride=2, padding=1), nn.ReLU(),
            nn.Conv2d(hiddens // 2, hiddens, 4, stride=2, padding=1), nn.ReLU(),
            Residual(hiddens, residual), Residual(hiddens, residual))
        self.pre = nn.Conv2d(hiddens, dim, 1)
        self.quantizer = VectorQuantizer(codes, dim)
        self.decoder = nn.Sequential(
            nn.Conv2d(dim, hiddens, 3, padding=1), Residual(hiddens, residual),
            nn.ConvTranspose2d(hiddens, hiddens // 2, 4, stride=2, padding=1), nn.ReLU(),
            nn.ConvTranspose2d(hiddens // 2, 3, 4, stride=2, padding=1))

    def forward(self, x):
        z = self.pre(self.encoder(x))
        loss, quantized, perplexity = self.quantizer(z)
        return loss, self.decoder(quantized), perplexity


data = torch.rand(4, 3, 24, 24)
variance = data.var()
model = VQVAE()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, amsgrad=False)
errors = []
for i in range(2):
    optimizer.zero_grad()
    vq_loss, recon, perplexity = model(data)
    recon_error = F.mse_loss(recon, data) / variance
    loss = recon_error + vq_loss
    loss.backward()
    optimizer.step()
    errors.append(recon_error.item())
print(len(errors), perplexity.item() > 0)
