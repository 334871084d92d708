"""Golden figures of the null distribution, by numpy alone: Student's t by numerical integration of its density.

Writes tests/Lethe.Verification.Tests/golden/judging.json. Run: python3 tests/reference/judging.py
"""
import json
import math
import pathlib

import numpy as np


def cdf(t, df):
    x = np.linspace(0, abs(t), 4_000_001)
    constant = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)
    area = np.trapz(constant * (1 + x * x / df) ** (-(df + 1) / 2), x)
    return 0.5 + math.copysign(float(area), t)


def quantile(p, df):
    low, high = 0.0, 200.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if cdf(middle, df) < p else (low, middle)
    return low


golds = np.array([0.10, 0.12, 0.09, 0.11, 0.13])
mean, spread, n = golds.mean(), golds.std(ddof=1), len(golds)
scale = spread * math.sqrt(1 + 1 / n)
values, originals, level = [0.2, 0.05, 0.12, 0.11], [0.8, 0.25, 0.2], 0.01
critical = quantile(1 - level / 2, n - 1)
power = [cdf((abs(x - mean) / scale - critical) / math.sqrt(2 / (1 + 1 / n)), n - 1) for x in originals]

weights = np.array([[0.5, -1.27, 0.004, 0.126], [0.0, 0.0, 0.0, 0.0], [3.0, -0.01, 0.012, -2.9]], dtype=np.float32)
scales = np.abs(weights).max(axis=1, keepdims=True) / np.float32(127)
rounded = np.where(scales > 0, np.rint(weights / np.where(scales > 0, scales, 1)) * scales, weights).astype(np.float32)

result = {
    "golds": golds.tolist(), "values": values, "originals": originals, "level": level,
    "p": [2 * (1 - cdf(abs((x - mean) / scale), n - 1)) for x in values],
    "pUpper": [1 - cdf((x - mean) / scale, n - 1) for x in values],
    "low": mean - critical * scale, "high": mean + critical * scale, "power": power,
    "weights": weights.flatten().tolist(), "rounded": rounded.flatten().tolist(),
}
path = pathlib.Path(__file__).parents[1] / "Lethe.Verification.Tests/golden/judging.json"
path.write_text(json.dumps(result, indent=1) + "\n")
