import torch
import torch.nn as nn
import torch.nn.functional as F


class GraphAttention(nn.Module):
    def __init__(self, in_features, out_features, heads, concat=True, slope=0.2):
        super().__init__()
        self.heads, self.out_features, self.concat = heads, out_features, concat
        self.lin = nn.Linear(in_features, heads * out_features, bias=False)
        self.att_src = nn.Parameter(torch.empty(1, heads, out_features))
        self.att_dst = nn.Parameter(torch.empty(1, heads, out_features))
        self.leaky = nn.LeakyReLU(slope)
        nn.init.xavier_uniform_(self.att_src)
        nn.init.xavier_uniform_(self.att_dst)

    def forward(self, x, adj):
        n = x.size(0)
        h = self.lin(x).view(n, self.heads, self.out_features)
        source = (h * self.att_src).sum(dim=-1)
        target = (h * self.att_dst).sum(dim=-1)
        scores = self.leaky(target.unsqueeze(1) + source.unsqueeze(0))
        scores = scores.masked_fill(adj.unsqueeze(-1) == 0, -1e9)
        weights = F.softmax(scores, dim=1)
        out = torch.einsum('ijh,jhf->ihf', weights, h)
        return out.reshape(n, self.heads * self.out_features) if self.concat else out.mean(dim=1)


class GAT(nn.Module):
    def __init__(self, features, hidden, classes, heads=4, dropout=0.5):
        super().__init__()
        self.dropout = dropout
        self.first = GraphAttention(features, hidden, heads)
        self.last = GraphAttention(hidden * heads, classes, 1, concat=False)

    def forward(self, x, adj):
        x = F.dropout(x, self.dropout, training=self.training)
        x = F.elu(self.first(x, adj))
        x = F.dropout(x, self.dropout, training=self.training)
        return F.log_softmax(self.last(x, adj), dim=1)


nodes, features, classes = 60, 24, 4
edges = torch.randint(0, nodes, (2, 200))
adj = torch.eye(nodes)
adj[edges[0], edges[1]] = 1
adj[edges[1], edges[0]] = 1
x = torch.rand(nodes, features)
labels = torch.randint(0, classes, (nodes,))
order = torch.randperm(nodes)
train_idx, test_idx = order[:40], order[40:]
model = GAT(features, 8, classes)
optimizer = torch.optim.Adam(model.parameters(), lr=5e-3, weight_decay=5e-4)
for epoch in range(3):
    model.train()
    optimizer.zero_grad()
    out = model(x, adj)
    loss = F.nll_loss(out[train_idx], labels[train_idx])
    loss.backward()
    optimizer.step()
model.eval()
with torch.no_grad():
    correct = (model(x, adj)[test_idx].max(1)[1] == labels[test_idx]).sum().item()
print(correct / len(test_idx))
