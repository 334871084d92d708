#!/usr/bin/python3
"""Writes tests/reference/golden/baselines_a.safetensors: small models after some baselines, computed with python3-torch (Debian's 1.13).

Run: /usr/bin/python3 tests/reference/baselines_a.py
The run of tests/Lethe.Methods.Tests/Baselines/FormulaRun.cs: 10 records of 4 features, labels 0 and 1 in turn, a network 4-6-2 whose
weights come from a formula; records 1, 3 and 7 are to be forgotten; every batch is a whole set, so that order does not matter.
Names: METHOD/PARAMETER (the model after it); divergence/{student,teacher,kl} with temperature 2.
"""
import copy
import json
import math
import os
import struct

import torch
import torch.nn.functional as F
from torch import nn

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden")
RECORDS, FEATURES, HIDDEN, CLASSES = 10, 4, 6, 2
FORGOTTEN = [1, 3, 7]
RETAINED = [i for i in range(RECORDS) if i not in FORGOTTEN]
RATE, MOMENTUM, DECAY = 0.5, 0.9, 0.01


def formula(count, start, scale):
    return torch.tensor([scale * math.sin(start + 1.7 * i) for i in range(count)], dtype=torch.float64).float()


X = formula(RECORDS * FEATURES, 0.3, 1.5).reshape(RECORDS, FEATURES)
Y = torch.arange(RECORDS) % CLASSES


def model():
    net = nn.Sequential()
    net.add_module("fc1", nn.Linear(FEATURES, HIDDEN))
    net.add_module("relu", nn.ReLU())
    net.add_module("fc2", nn.Linear(HIDDEN, CLASSES))
    with torch.no_grad():
        for number, parameter in enumerate(net.parameters()):
            parameter.copy_(formula(parameter.numel(), 1.0 + number, 0.8).reshape(parameter.shape))
    return net


def recipe_optimizer(net, rate):
    return torch.optim.SGD(net.parameters(), rate, momentum=MOMENTUM, weight_decay=DECAY)


def step(optimizer, loss):
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def accuracy(net, records):
    with torch.no_grad():
        return (net(X[records]).argmax(1) == Y[records]).float().mean().item()


def neg_grad():
    net = model()
    optimizer = torch.optim.SGD(net.parameters(), 0.2)
    for number in range(20):
        if accuracy(net, FORGOTTEN) <= 1 / CLASSES:
            print("neg-grad stops after", number, "passes")
            break
        step(optimizer, -F.cross_entropy(net(X[FORGOTTEN]), Y[FORGOTTEN]))
    return net


def advanced_neg_grad():
    net = model()
    for _ in range(2):
        optimizer = recipe_optimizer(net, 0.05)
        up, down = F.cross_entropy(net(X[FORGOTTEN]), Y[FORGOTTEN]), F.cross_entropy(net(X[RETAINED]), Y[RETAINED])
        step(optimizer, down - 0.7 * up)
    return net


def cf_k():
    net = model()
    for parameter in net.fc1.parameters():
        parameter.requires_grad = False
    for _ in range(3):
        step(recipe_optimizer(net, RATE / 10), F.cross_entropy(net(X[RETAINED]), Y[RETAINED]))
    return net


def random_labels():
    net = model()
    wrong = Y.clone()
    wrong[FORGOTTEN] = 1 - wrong[FORGOTTEN]
    optimizer = torch.optim.Adam(net.parameters(), 0.01)
    for _ in range(3):
        step(optimizer, F.cross_entropy(net(X), wrong))
    return net


def amnesiac():
    net = model()
    for _ in range(2):
        step(recipe_optimizer(net, 0.02), F.cross_entropy(net(X[RETAINED]), Y[RETAINED]))
    return net


def save(name, tensors):
    header, body = {}, b""
    for key in sorted(tensors):
        tensor = tensors[key].detach().contiguous()
        data = tensor.numpy().tobytes()
        header[key] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(OUT, name), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + body)


torch.set_num_threads(1)
golden = {}
for name, net in [("neg-grad", neg_grad()), ("advanced-neg-grad", advanced_neg_grad()), ("cf-k", cf_k()), ("random-labels", random_labels()),
                  ("fine-tuned", amnesiac())]:
    for key, parameter in net.named_parameters():
        golden[f"{name}/{key}"] = parameter
student, teacher = formula(15, 0.1, 2.0).reshape(5, 3), formula(15, 2.2, 3.0).reshape(5, 3)
golden["divergence/student"], golden["divergence/teacher"] = student, teacher
golden["divergence/kl"] = F.kl_div(F.log_softmax(student / 2, 1), F.softmax(teacher / 2, 1), reduction="batchmean").reshape(1)
save("baselines_a.safetensors", golden)
