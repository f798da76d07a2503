import math

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.parameter import Parameter


class GraphLayer(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super(GraphLayer, self).__init__()
        self.in_features = in_features
        self.out_features = out_features
        self.weight = Parameter(torch.FloatTensor(in_features, out_features))
        if bias:
            self.bias = Parameter(torch.FloatTensor(out_features))
        else:
            self.register_parameter('bias', None)
        self.reset_parameters()

    def reset_parameters(self):
        spread = 1. / math.sqrt(self.weight.size(1))
        self.weight.data.uniform_(-spread, spread)
        if self.bias is not None:
            self.bias.data.uniform_(-spread, spread)

    def forward(self, input, adj):
        projected = torch.mm(input, self.weight)
        output = torch.matmul(adj, projected)
        if self.bias is not None:
            return output + self.bias
        return output

    def __repr__(self):
        return self.__class__.__name__ + ' (' + str(self.in_features) + ' -> ' + str(self.out_features) + ')'


class AttentionLayer(nn.Module):
    def __init__(self, in_features, out_features, alpha=0.2):
        super().__init__()
        self.W = nn.Parameter(torch.empty(size=(in_features, out_features)))
        nn.init.xavier_uniform_(self.W.data, gain=1.414)
        self.a = nn.Parameter(torch.empty(size=(2 * out_features, 1)))
        nn.init.xavier_uniform_(self.a.data, gain=1.414)
        self.out_features = out_features
        self.leaky = nn.LeakyReLU(alpha)

    def forward(self, h, adj):
        h_projected = torch.mm(h, self.W)
        sent = torch.matmul(h_projected, self.a[:self.out_features, :])
        received = torch.matmul(h_projected, self.a[self.out_features:, :])
        e = self.leaky(sent + received.T)
        blocked = -9e15 * torch.ones_like(e)
        attention = torch.where(adj > 0, e, blocked)
        attention = F.softmax(attention, dim=1)
        return F.elu(torch.matmul(attention, h_projected))


class GraphNetwork(nn.Module):
    def __init__(self, features_in, hidden, classes_out, dropout):
        super(GraphNetwork, self).__init__()
        self.first = GraphLayer(features_in, hidden)
        self.second = GraphLayer(hidden, classes_out)
        self.dropout = dropout

    def forward(self, x, adj):
        x = F.relu(self.first(x, adj))
        x = F.dropout(x, self.dropout, training=self.training)
        x = self.second(x, adj)
        return F.log_softmax(x, dim=1)


def normalize(adj):
    adj = adj + torch.eye(adj.size(0))
    degree = adj.sum(1).pow(-0.5)
    return degree.unsqueeze(1) * adj * degree.unsqueeze(0)


nodes, features_dim, classes = 12, 7, 3
edges = torch.tensor([[0, 1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6, 7]])
adj = torch.zeros(nodes, nodes)
adj[edges[0], edges[1]] = 1.0
adj = normalize(torch.max(adj, adj.t()))
features = torch.randn(nodes, features_dim)
labels = torch.randint(0, classes, (nodes,))
idx_train = torch.LongTensor(range(6))
model = GraphNetwork(features_dim, 16, classes, 0.5)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01, weight_decay=5e-4)
for epoch in range(2):
    model.train()
    optimizer.zero_grad()
    output = model(features, adj)
    loss_train = F.nll_loss(output[idx_train], labels[idx_train])
    loss_train.backward()
    optimizer.step()
gat = AttentionLayer(features_dim, 5)
print(loss_train.item(), model.first, gat(features, adj).shape)
