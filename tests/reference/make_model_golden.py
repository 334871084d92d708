#!/usr/bin/python3
"""Writes tests/reference/golden/models.json: outputs and gradients of the models, by python3-torch and torchvision.

Run: /usr/bin/python3 tests/reference/make_model_golden.py
Weights come from a formula on both sides: entry j of the names in ordinal order, element i, s = sin(1.7 (i + 1) + 0.3 j) in 64-bit floats;
two or more dimensions: s * sqrt(2 / fan_in); a running_var: 1 + 0.5 s^2; another 1-D weight: 1 + 0.1 s; anything else: 0.1 s; counters: 0.
"gradients" and "buffers" are the sums of absolute values, in the ordinal order of the names; "names" is the SHA-256 of all names.
Inputs: cos(0.37 i) over all elements of a batch of 4; targets: 0, 1, 2, 3.
"""
import hashlib
import json
import os

import numpy
import torch
import torch.nn.functional as F
import torchvision
from torch import nn
from torchvision.models.resnet import BasicBlock

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden", "models.json")


class LeNet5(nn.Module):
    def __init__(self, channels, size, classes):
        super().__init__()
        padding = 0 if size == 32 else 2
        side = ((size + 2 * padding - 4) // 2 - 4) // 2
        self.conv1 = nn.Conv2d(channels, 6, 5, padding=padding)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * side * side, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = F.relu(self.fc1(x.flatten(1)))
        return self.fc3(F.relu(self.fc2(x)))


class Mlp(nn.Module):
    def __init__(self, inputs, hidden, classes):
        super().__init__()
        self.sizes = [inputs, *hidden, classes]
        for i in range(len(self.sizes) - 1):
            setattr(self, f"fc{i + 1}", nn.Linear(self.sizes[i], self.sizes[i + 1]))

    def forward(self, x):
        x = x.flatten(1)
        for i in range(1, len(self.sizes) - 1):
            x = F.relu(getattr(self, f"fc{i}")(x))
        return getattr(self, f"fc{len(self.sizes) - 1}")(x)


class AllCnn(nn.Module):
    def __init__(self, channels, classes):
        super().__init__()
        layers = [(96, 3, 1, 1), (96, 3, 1, 1), (96, 3, 2, 1), (192, 3, 1, 1), (192, 3, 1, 1), (192, 3, 2, 1), (192, 3, 1, 0), (192, 1, 1, 0)]
        for i, (width, kernel, stride, padding) in enumerate(layers, 1):
            setattr(self, f"conv{i}", nn.Conv2d(channels, width, kernel, stride, padding, bias=False))
            setattr(self, f"bn{i}", nn.BatchNorm2d(width))
            channels = width
        self.conv9 = nn.Conv2d(channels, classes, 1)

    def forward(self, x):
        for i in range(1, 9):
            x = F.relu(getattr(self, f"bn{i}")(getattr(self, f"conv{i}")(x)))
        return self.conv9(x).mean((2, 3))


def resnet(make, channels, classes, cifar):
    model = make(num_classes=classes)
    if cifar:
        model.conv1 = nn.Conv2d(channels, 64, 3, 1, 1, bias=False)
        model.maxpool = nn.Identity()
    return model


class ResNet20(nn.Module):
    """Three stages of torchvision's basic blocks."""

    def __init__(self, channels, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.layer1 = self.stage(16, 16, 1)
        self.layer2 = self.stage(16, 32, 2)
        self.layer3 = self.stage(32, 64, 2)
        self.fc = nn.Linear(64, classes)

    @staticmethod
    def stage(width, output, stride):
        projection = None if stride == 1 else nn.Sequential(nn.Conv2d(width, output, 1, stride, bias=False), nn.BatchNorm2d(output))
        return nn.Sequential(BasicBlock(width, output, stride, projection), BasicBlock(output, output), BasicBlock(output, output))

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        return self.fc(self.layer3(self.layer2(self.layer1(x))).mean((2, 3)))


def vgg16_bn(classes):
    model = torchvision.models.vgg16_bn(num_classes=classes)
    model.avgpool = nn.AdaptiveAvgPool2d(1)
    model.classifier = nn.Sequential(nn.Linear(512, classes))
    return model


def mobilenet_v2(classes, cifar):
    model = torchvision.models.mobilenet_v2(num_classes=classes, dropout=0)
    if cifar:
        model.features[0][0].stride = (1, 1)
        model.features[2].conv[1][0].stride = (1, 1)
    return model


def vit(size, patch, depth, width, heads, classes):
    return torchvision.models.VisionTransformer(size, patch, depth, heads, width, 4 * width, num_classes=classes)


def formula(name, shape, j):
    count = int(numpy.prod(shape)) if shape else 1
    s = numpy.sin(1.7 * (numpy.arange(count, dtype=numpy.float64) + 1) + 0.3 * j)
    if len(shape) > 1:
        s = s * numpy.sqrt(2 / (count / shape[0]))
    elif name.endswith("running_var"):
        s = 1 + 0.5 * s * s
    elif name.endswith("weight"):
        s = 1 + 0.1 * s
    else:
        s = 0.1 * s
    return torch.from_numpy(s.astype(numpy.float32)).reshape(shape)


def fill(model):
    state = model.state_dict()
    for j, name in enumerate(sorted(state)):
        if not name.endswith("num_batches_tracked"):
            state[name].copy_(formula(name, list(state[name].shape), j))


def sum_of(tensor):
    return float(f"{float(tensor.double().abs().sum()):.6g}")


def case(model, *shape):
    torch.set_num_threads(1)
    fill(model)
    x = torch.from_numpy(numpy.cos(0.37 * numpy.arange(4 * int(numpy.prod(shape)))).astype(numpy.float32)).reshape(4, *shape)
    model.eval()
    evaluated = model(x)
    model.train()
    trained = model(x)
    loss = F.cross_entropy(trained, torch.arange(4))
    loss.backward()
    return {
        "shape": list(shape),
        "eval": [round(v, 6) for v in evaluated.detach().flatten().tolist()],
        "train": [round(v, 6) for v in trained.detach().flatten().tolist()],
        "loss": loss.item(),
        "names": hashlib.sha256("\n".join(sorted(model.state_dict())).encode()).hexdigest(),
        "gradients": [sum_of(p.grad) for name, p in sorted(model.named_parameters())],
        "buffers": [sum_of(b) for name, b in sorted(model.named_buffers())],
    }


torch.manual_seed(0)
cases = {
    "lenet5": case(LeNet5(1, 28, 10), 1, 28, 28),
    "lenet5/32": case(LeNet5(3, 32, 5), 3, 32, 32),
    "mlp": case(Mlp(64, [512, 512], 10), 1, 8, 8),
    "mlp/40": case(Mlp(20, [40], 4), 20),
    "allcnn": case(AllCnn(3, 10), 3, 16, 16),
    "resnet18": case(resnet(torchvision.models.resnet18, 3, 10, cifar=True), 3, 16, 16),
    "resnet18-imagenet": case(resnet(torchvision.models.resnet18, 3, 10, cifar=False), 3, 64, 64),
    "resnet20": case(ResNet20(3, 10), 3, 16, 16),
    "resnet34": case(resnet(torchvision.models.resnet34, 3, 10, cifar=True), 3, 16, 16),
    "resnet34-imagenet": case(resnet(torchvision.models.resnet34, 3, 10, cifar=False), 3, 64, 64),
    "resnet50": case(resnet(torchvision.models.resnet50, 3, 10, cifar=True), 3, 16, 16),
    "resnet50-imagenet": case(resnet(torchvision.models.resnet50, 3, 10, cifar=False), 3, 64, 64),
    "vgg16-bn": case(vgg16_bn(10), 3, 32, 32),
    "mobilenetv2": case(mobilenet_v2(10, cifar=True), 3, 16, 16),
    "mobilenetv2-imagenet": case(mobilenet_v2(10, cifar=False), 3, 32, 32),
    "vit-tiny": case(vit(32, 4, 12, 192, 3, 10), 3, 32, 32),
    "vit-small": case(vit(16, 4, 12, 384, 6, 10), 3, 16, 16),
}
with open(OUT, "w") as file:
    json.dump(cases, file, separators=(",", ":"), sort_keys=True)
    file.write("\n")
