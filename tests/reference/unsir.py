#!/usr/bin/python3
"""Golden values of UNSIR's update rules on a tiny network, computed by PyTorch.

Run from the repository root with a Python that has torch:  /usr/bin/python3 tests/reference/unsir.py
Writes tests/Lethe.Methods.Tests/golden/unsir.json
"""
import json
import os

import torch
import torch.nn.functional as F

CLASSES, BATCH, STEPS, RATE, PENALTY = [0, 2], 3, 16, 0.1, 0.1
IMPAIR, REPAIR = 0.02, 0.01


def flat(tensors):
    return {name: tensor.detach().flatten().tolist() for name, tensor in tensors.items()}


def logits(weights, x):
    return F.linear(F.relu(F.linear(x, weights["fc1.weight"], weights["fc1.bias"])), weights["fc2.weight"], weights["fc2.bias"])


def learn(weights, start, label):
    noise = start.clone().requires_grad_()
    optimizer = torch.optim.Adam([noise], lr=RATE)
    target = torch.full((BATCH,), label)
    series = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        objective = -F.cross_entropy(logits(weights, noise), target) + PENALTY * noise.square().sum(1).mean()
        objective.backward()
        optimizer.step()
        series.append(objective.item())
    return noise.detach(), series


def epoch(weights, rate, batches):
    optimizer = torch.optim.Adam(weights.values(), lr=rate)
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = F.cross_entropy(logits(weights, x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


def main():
    torch.manual_seed(3)
    shapes = {"fc1.weight": (6, 4), "fc1.bias": (6,), "fc2.weight": (3, 6), "fc2.bias": (3,)}
    weights = {name: torch.randn(shape) * 0.5 for name, shape in shapes.items()}
    start = torch.randn(len(CLASSES), BATCH, 4)
    golden = {"weights": flat(weights), "start": start.flatten().tolist()}
    learned = [learn(weights, start[k], label) for k, label in enumerate(CLASSES)]
    golden["noise"] = torch.cat([noise for noise, _ in learned]).flatten().tolist()
    golden["objective"] = [series for _, series in learned]

    records, labels = torch.randn(5, 4), torch.tensor([1, 1, 0, 2, 1])
    golden["records"], golden["labels"] = records.flatten().tolist(), labels.tolist()
    trained = {name: tensor.clone().requires_grad_() for name, tensor in weights.items()}
    mixed = torch.cat([records, learned[0][0], learned[1][0]])
    targets = torch.cat([labels, torch.full((BATCH,), CLASSES[0]), torch.full((BATCH,), CLASSES[1])])
    golden["impair_loss"] = epoch(trained, IMPAIR, [(mixed[:6], targets[:6]), (mixed[6:], targets[6:])])
    golden["impaired"] = flat(trained)
    golden["repair_loss"] = epoch(trained, REPAIR, [(records[:3], labels[:3]), (records[3:], labels[3:])])
    golden["repaired"] = flat(trained)

    path = "tests/Lethe.Methods.Tests/golden/unsir.json"
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as stream:
        json.dump(golden, stream, indent=1)
        stream.write("\n")


if __name__ == "__main__":
    main()
