import torch
import torch.nn as nn
import torch.nn.functional as F


def correlations(input):
    a, b, c, d = input.size()
    features = input.view(a * b, c * d)
    correlated = torch.mm(features, features.t())
    return correlated.div(a * b * c * d)


class ContentDistance(nn.Module):
    def __init__(self, target):
        super(ContentDistance, self).__init__()
        self.target = target.detach()

    def forward(self, input):
        self.loss = F.mse_loss(input, self.target)
        return input


class StyleDistance(nn.Module):
    def __init__(self, reference):
        super(StyleDistance, self).__init__()
        self.target = correlations(reference).detach()

    def forward(self, input):
        correlated = correlations(input)
        self.loss = F.mse_loss(correlated, self.target)
        return input


class Standardise(nn.Module):
    def __init__(self, mean, std):
        super(Standardise, self).__init__()
        self.mean = torch.tensor(mean).view(-1, 1, 1)
        self.std = torch.tensor(std).view(-1, 1, 1)

    def forward(self, img):
        return (img - self.mean) / self.std


def insert_distances(extractor, style_image, content_image, content_layers=('conv_2',), style_layers=('conv_1', 'conv_2')):
    normalization = Standardise([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    content_terms, style_terms = [], []
    model = nn.Sequential(normalization)
    i = 0
    for layer in extractor.children():
        if isinstance(layer, nn.Conv2d):
            i += 1
            name = 'conv_{}'.format(i)
        elif isinstance(layer, nn.ReLU):
            name = 'relu_{}'.format(i)
            layer = nn.ReLU(inplace=False)
        elif isinstance(layer, nn.MaxPool2d):
            name = 'pool_{}'.format(i)
        else:
            raise RuntimeError('Unrecognized layer: {}'.format(layer.__class__.__name__))
        model.add_module(name, layer)
        if name in content_layers:
            content_loss = ContentDistance(model(content_image).detach())
            model.add_module('content_loss_{}'.format(i), content_loss)
            content_terms.append(content_loss)
        if name in style_layers:
            style_loss = StyleDistance(model(style_image).detach())
            model.add_module('style_loss_{}'.format(i), style_loss)
            style_terms.append(style_loss)
    return model, style_terms, content_terms


extractor = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 12, 3, padding=1), nn.ReLU()).eval()
content = torch.rand(1, 3, 20, 20)
style = torch.rand(1, 3, 20, 20)
canvas = content.clone().requires_grad_(True)
model, style_terms, content_terms = insert_distances(extractor, style, content)
model.requires_grad_(False)
optimizer = torch.optim.Adam([canvas], lr=0.05)
for run in range(2):
    optimizer.zero_grad()
    model(canvas)
    style_sum = sum(term.loss for term in style_terms)
    content_sum = sum(term.loss for term in content_terms)
    loss = style_sum * 1000000 + content_sum
    loss.backward()
    optimizer.step()
    with torch.no_grad():
        canvas.clamp_(0, 1)
print(loss.item(), len(style_terms))
