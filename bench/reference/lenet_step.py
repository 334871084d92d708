#!/usr/bin/python3
"""Times LeNet-5 training with python3-torch: forward, backward and SGD step at batch 128 over a set held in memory.

Run: /usr/bin/python3 bench/reference/lenet_step.py [threads [batch [steps]]]
Prints one line of JSON: milliseconds a step (median of ten rounds) and images a second.
"""
import json
import statistics
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn


class LeNet5(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5, padding=2), nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x.flatten(1))))))


def main():
    threads, batch, steps = [int(value) for value in sys.argv[1:]] + [2, 128, 60][len(sys.argv) - 1:]
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    samples, labels = torch.randint(0, 256, (6000, 1, 28, 28), dtype=torch.uint8), torch.randint(0, 10, (6000,))
    network = LeNet5()
    optimizer = torch.optim.SGD(network.parameters(), 0.01, momentum=0.9)
    rounds = []
    for _ in range(11):
        start = time.perf_counter()
        for step in range(steps):
            at = step * batch % (6000 - batch)
            index = torch.arange(at, at + batch)
            images = samples.index_select(0, index).float().div_(255)
            optimizer.zero_grad(set_to_none=True)
            loss = F.cross_entropy(network(images), labels.index_select(0, index))
            loss.backward()
            optimizer.step()
        rounds.append((time.perf_counter() - start) / steps)
    seconds = statistics.median(rounds[1:])
    print(json.dumps({"engine": f"python3-torch {torch.__version__}", "threads": threads, "batch": batch,
                      "milliseconds": round(seconds * 1e3, 3), "images_per_second": round(batch / seconds)}))


if __name__ == "__main__":
    main()
