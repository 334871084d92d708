#!/usr/bin/env python3
"""Golden values of Attack-and-Reset and Masked Small Gradients on a tiny net, by python3-torch.

Run from the repository root:  /usr/bin/python3 tests/reference/make_aru_golden.py
Writes tests/Lethe.Methods.Tests/golden/aru.json
"""
import copy
import json

import torch
import torch.nn.functional as F
from torch import nn

MEAN, STD, EPSILON, RATE, STEPS = 0.4, 0.25, 8 / 255, 2 / 255, 7
torch.manual_seed(7)
torch.set_num_threads(1)

net = nn.Sequential(
    nn.Conv2d(1, 3, 3), nn.BatchNorm2d(3), nn.ReLU(), nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(4 * 4 * 4, 3))
nn.init.uniform_(net[1].weight, 0.5, 1.5)
nn.init.uniform_(net[1].running_mean, -0.2, 0.2)
nn.init.uniform_(net[1].running_var, 0.5, 1.5)
initial = copy.deepcopy(net.state_dict())

pixels, labels = torch.rand(6, 1, 8, 8), torch.tensor([0, 1, 2, 0, 1, 2])
start = (pixels + torch.empty_like(pixels).uniform_(-EPSILON, EPSILON)).clamp(0, 1)


def normalised(raw):
    return (raw - MEAN) / STD


def attack(sign):
    """PGD in pixel space: the normalisation counts as part of the net."""
    net.eval()
    point = start.clone()
    for _ in range(STEPS):
        point.requires_grad_(True)
        gradient, = torch.autograd.grad(F.cross_entropy(net(normalised(point)), labels, reduction="sum"), point)
        point = (point + sign * RATE * gradient.sign()).detach()
        point = pixels + (point - pixels).clamp(-EPSILON, EPSILON)
        point = point.clamp(0, 1)
    return point - pixels


def gradients(raw):
    net.load_state_dict(initial)
    net.train()
    return torch.autograd.grad(F.cross_entropy(net(normalised(raw)), labels), [net[0].weight, net[3].weight])


def scores(noise):
    pairs = zip(gradients(pixels), gradients(noise))
    return [(g - h).mean((2, 3)).abs().flatten().tolist() for g, h in pairs]


def small_gradient_steps(factor):
    net.load_state_dict(initial)
    net.train()
    optimizer = torch.optim.SGD(net.parameters(), 0.05, momentum=0.9, weight_decay=5e-4)
    for _ in range(3):
        optimizer.zero_grad()
        F.cross_entropy(net(normalised(pixels)), labels).backward()
        net[3].weight.grad *= factor
        optimizer.step()
    return net[3].weight.flatten().tolist(), net[6].bias.tolist()


minimised, maximised = attack(-1), attack(1)
factor = (torch.rand(net[3].weight.shape) < 0.3).float() * 0.9 + 0.1
weight, bias = small_gradient_steps(factor)
golden = {
    "state": {name: {"shape": list(value.shape), "values": value.flatten().tolist()} for name, value in initial.items() if value.dtype == torch.float32},
    "pixels": pixels.flatten().tolist(),
    "start": start.flatten().tolist(),
    "minimised": minimised.flatten().tolist(),
    "maximised": maximised.flatten().tolist(),
    "scores": scores(minimised),
    "factor": factor.flatten().tolist(),
    "weight": weight,
    "bias": bias,
}
with open("tests/Lethe.Methods.Tests/golden/aru.json", "w", encoding="utf-8") as file:
    json.dump(golden, file)
    file.write("\n")
