#!/usr/bin/env python3
"""Golden values of SCRUB, SSD, boundary shrink and SalUn on a tiny network, in PyTorch: an independent computation.

Run from the repository root with a Python that has torch:  python3 tests/reference/baselines_b.py
Writes tests/Lethe.Methods.Tests/golden/baselines_b.json
"""
import json
import os

import torch
import torch.nn.functional as F

FEATURES, HIDDEN, COUNT = 3, 4, 24
FORGET = [0, 3, 5, 8, 10]
KEEP = [i for i in range(COUNT) if i not in FORGET]


def problem(classes, seed):
    generator = torch.Generator().manual_seed(seed)
    normal = lambda *shape: torch.randn(*shape, generator=generator).float().double()
    labels = torch.arange(COUNT) % classes
    samples = normal(COUNT, FEATURES)
    samples[torch.arange(COUNT), labels] += 1
    samples = samples.float().double()
    weights = {
        "fc1.weight": normal(HIDDEN, FEATURES), "fc1.bias": normal(HIDDEN),
        "fc2.weight": normal(classes, HIDDEN), "fc2.bias": normal(classes),
    }
    return samples, labels, weights


def forward(weights, x):
    return F.linear(torch.relu(F.linear(x, weights["fc1.weight"], weights["fc1.bias"])), weights["fc2.weight"], weights["fc2.bias"])


def trainable(weights):
    return {name: value.clone().requires_grad_() for name, value in weights.items()}


def divergence(student, teacher, t):
    p, q = (teacher / t).softmax(1), (student / t).log_softmax(1)
    return (p * (p.log() - q)).sum(1).mean() * t * t


def scrub(samples, labels, weights, epochs=4, msteps=2, rate=0.05, decay=5e-4):
    student = trainable(weights)
    optimizer = torch.optim.SGD(student.values(), lr=rate, momentum=0.9, weight_decay=decay)
    teacher = forward(weights, samples)

    def step(loss):
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    for epoch in range(1, epochs + 1):
        optimizer.param_groups[0]["lr"] = rate * 0.1 ** sum(epoch > end for end in (3, 5, 9))
        if epoch <= msteps:
            step(-divergence(forward(student, samples[FORGET]), teacher[FORGET], 4))
        out = forward(student, samples[KEEP])
        step(0.99 * F.cross_entropy(out, labels[KEEP]) + 0.001 * divergence(out, teacher[KEEP], 4))
    return student


def importance(weights, samples, labels, size):
    """Mean squared gradient of batches in ascending order; with one batch, or batches of one, the order says nothing."""
    total = {name: torch.zeros_like(value) for name, value in weights.items()}
    parts = range(0, len(samples), size)
    for start in parts:
        model = trainable(weights)
        F.cross_entropy(forward(model, samples[start:start + size]), labels[start:start + size]).backward()
        for name, value in model.items():
            total[name] += value.grad ** 2
    return {name: value / len(parts) for name, value in total.items()}


def ssd(samples, labels, weights, size, alpha=2.0, scale=0.5):
    everything = importance(weights, samples, labels, size)
    forgotten = importance(weights, samples[FORGET], labels[FORGET], size)
    result = {}
    for name, value in weights.items():
        factor = torch.where(
            forgotten[name] > alpha * everything[name],
            torch.clamp(scale * everything[name] / forgotten[name], max=1), torch.ones_like(value))
        result[name] = value * factor
    return result


def boundary(samples, labels, weights, bound=0.5, epochs=3, rate=0.05):
    x = samples[FORGET].clone().requires_grad_()
    F.cross_entropy(forward(weights, x), labels[FORGET]).backward()
    scores = forward(weights, samples[FORGET] + bound * x.grad.sign())
    scores[torch.arange(len(FORGET)), labels[FORGET]] = -float("inf")
    nearest = scores.argmax(1)
    model = trainable(weights)
    optimizer = torch.optim.SGD(model.values(), lr=rate, momentum=0.9)
    for _ in range(epochs):
        optimizer.zero_grad()
        F.cross_entropy(forward(model, samples[FORGET]), nearest).backward()
        optimizer.step()
    return model


def salun(samples, labels, weights, share=0.5, epochs=3, rate=0.1, decay=0.01):
    """Two classes, so that the wrong label is the other one."""
    probe = trainable(weights)
    F.cross_entropy(forward(probe, samples[FORGET]), labels[FORGET]).backward()
    flat = torch.cat([value.grad.abs().flatten() for value in probe.values()])
    chosen = torch.zeros_like(flat)
    chosen[flat.argsort(descending=True)[:int(share * len(flat))]] = 1
    masks = dict(zip(probe, (part.view_as(value) for part, value in zip(chosen.split([v.numel() for v in probe.values()]), probe.values()))))
    wrong = labels.clone()
    wrong[FORGET] = 1 - labels[FORGET]
    model = {name: value.clone() for name, value in weights.items()}
    velocity = {name: torch.zeros_like(value) for name, value in weights.items()}
    for _ in range(epochs):
        current = trainable(model)
        F.cross_entropy(forward(current, samples), wrong).backward()
        for name in model:
            velocity[name] = 0.9 * velocity[name] + masks[name] * (current[name].grad + decay * model[name])
            model[name] = model[name] - rate * velocity[name]
    return model


def flat(weights):
    return {name: value.detach().flatten().tolist() for name, value in weights.items()}


def main():
    three, two = problem(3, 1), problem(2, 2)
    describe = lambda p: {"samples": p[0].flatten().tolist(), "labels": p[1].tolist(), "weights": flat(p[2])}
    golden = {
        "forget": FORGET,
        "three": describe(three),
        "two": describe(two),
        "scrub": flat(scrub(*three)),
        "ssd": flat(ssd(*three, size=COUNT)),
        "ssd per record": flat(ssd(*three, size=1)),
        "boundary-shrink": flat(boundary(*three)),
        "salun": flat(salun(*two)),
    }
    path = os.path.join("tests", "Lethe.Methods.Tests", "golden")
    os.makedirs(path, exist_ok=True)
    with open(os.path.join(path, "baselines_b.json"), "w") as file:
        json.dump(golden, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
