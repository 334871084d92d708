#!/usr/bin/env python3
"""Golden values of the verification measures, in plain Python (no numpy): an independent computation.

Run from the repository root:  python3 tests/reference/verification_measures.py
Writes tests/Lethe.Verification.Tests/golden/measures.json
"""
import json
import math
import os

STATE = 12345


def uniform():
    """A small linear congruential generator, so that the inputs need no library."""
    global STATE
    STATE = (1103515245 * STATE + 12345) % (1 << 31)
    return STATE / (1 << 31)


def softmax_rows(n, c):
    rows = []
    for _ in range(n):
        weights = [math.exp(6 * uniform() - 3) for _ in range(c)]
        total = sum(weights)
        rows.append([round(w / total, 6) for w in weights])
    return rows


def js(p, q):
    def kl(a, b):
        return sum(x * math.log(x / y) for x, y in zip(a, b) if x > 0)

    middle = [(x + y) / 2 for x, y in zip(p, q)]
    return (kl(p, middle) + kl(q, middle)) / 2


def binomial_cdf(k, n, p):
    return sum(math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k + 1))


def bisect(f, low, high):
    for _ in range(200):
        middle = (low + high) / 2
        if f(middle) > 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def clopper_pearson(k, n, confidence):
    alpha = 1 - confidence
    low = 0.0 if k == 0 else bisect(lambda p: (1 - binomial_cdf(k - 1, n, p)) - alpha / 2, 0, 1)
    high = 1.0 if k == n else bisect(lambda p: alpha / 2 - binomial_cdf(k, n, p), 0, 1)
    return low, high


def logistic(feature, positive, ridge=1.0):
    """Gradient descent with backtracking on the penalised loss of the standardised feature: not Newton, on purpose."""
    n = len(feature)
    mean = sum(feature) / n
    scale = math.sqrt(sum((x - mean) ** 2 for x in feature) / n) or 1
    xs = [(x - mean) / scale for x in feature]
    signs = [1 if y else -1 for y in positive]

    def loss(w, b):
        return sum(math.log1p(math.exp(-s * (w * x + b))) for x, s in zip(xs, signs)) + ridge * w * w / 2

    w = b = 0.0
    step = 1.0
    for _ in range(200000):
        residual = [-s / (1 + math.exp(s * (w * x + b))) for x, s in zip(xs, signs)]
        gw = sum(r * x for r, x in zip(residual, xs)) + ridge * w
        gb = sum(residual)
        if abs(gw) + abs(gb) < 1e-11:
            break
        here = loss(w, b)
        while loss(w - step * gw, b - step * gb) > here - step * (gw * gw + gb * gb) / 2 and step > 1e-12:
            step /= 2
        w, b = w - step * gw, b - step * gb
        step *= 1.5
    return w / scale, b - w * mean / scale


n, classes = 40, 4
left, right = softmax_rows(n, classes), softmax_rows(n, classes)
labels = [int(uniform() * classes) for _ in range(n)]
predictions = [row.index(max(row)) for row in left]
others = [row.index(max(row)) for row in right]
feature = [round(3 * uniform() + (1.2 if i % 2 else 0), 5) for i in range(60)]
positive = [i % 2 == 0 for i in range(60)]
model = {"a": [round(uniform() - 0.5, 4) for _ in range(7)], "b": [round(uniform() - 0.5, 4) for _ in range(5)]}
reference = {"a": [round(uniform() - 0.5, 4) for _ in range(7)], "b": [round(uniform() - 0.5, 4) for _ in range(5)]}
target = 2
queries = [(p, y) for p, y in zip(predictions, labels) if y != target]
hits = sum(p == target for p, _ in queries)
low, high = clopper_pearson(hits, len(queries), 0.95)
slope, intercept = logistic(feature, positive)
flat = [(p, q) for name in model for p, q in zip(model[name], reference[name])]

golden = {
    "left": left, "right": right, "labels": labels, "predictions": predictions, "others": others,
    "accuracy": sum(p == y for p, y in zip(predictions, labels)) / n,
    "accuracyByClass": [
        sum(p == y == c for p, y in zip(predictions, labels)) / labels.count(c) for c in range(classes)],
    "agreement": sum(p == q for p, q in zip(predictions, others)) / n,
    "divergence": sum(js(p, q) for p, q in zip(left, right)) / n,
    "target": target, "hits": hits, "queries": len(queries), "low": low, "high": high,
    "feature": feature, "positive": positive, "slope": slope, "intercept": intercept,
    "model": model, "reference": reference,
    "l1": sum(abs(p - q) for p, q in flat), "l2": math.sqrt(sum((p - q) ** 2 for p, q in flat)),
    "relativeL1": sum(abs(p - q) for p, q in flat) / sum(abs(q) for _, q in flat),
    "relativeL2": math.sqrt(sum((p - q) ** 2 for p, q in flat) / sum(q * q for _, q in flat)),
    "layerL1": {name: sum(abs(p - q) for p, q in zip(model[name], reference[name])) for name in model},
}
path = os.path.join(os.path.dirname(__file__), "..", "Lethe.Verification.Tests", "golden", "measures.json")
with open(path, "w", encoding="utf-8") as file:
    json.dump(golden, file, indent=1, sort_keys=True)
    file.write("\n")
