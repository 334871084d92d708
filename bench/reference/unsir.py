"""UNSIR's notebook algorithm as a plain PyTorch user would write it, for `lethe bench unsir`.

Usage: unsir.py --weights FILE --data FILE --forget 0,2 --mean M,M,M --std S,S,S --retain-per-class N --noise-batch N --threads N --seed N
FILE are safetensors: the weights of torchvision's resnet18 with 10 classes; images, labels, test_images, test_labels (bytes and int64).
Faithful to the notebook, its faults included: the model trains its statistics while noise is learned and computes gradients of all weights,
every noise image is labelled 0, and only as many of a batch as images have channels are used. Prints one JSON line.
"""
import argparse
import json
import struct
import time

import torch
import torch.nn.functional as F

NOISE_STEPS, NOISE_RATE, PENALTY = 40, 0.1, 0.1
COPIES, BATCH, IMPAIR_RATE, REPAIR_RATE, STEPS_OF_ENTRY = 20, 256, 0.02, 0.01, 8
TYPES = {"F32": torch.float32, "I64": torch.int64, "U8": torch.uint8}


def read(path):
    with open(path, "rb") as stream:
        content = bytearray(stream.read())
    (length,) = struct.unpack("<Q", content[:8])
    arrays = {}
    for name, entry in json.loads(content[8 : 8 + length]).items():
        if name == "__metadata__":
            continue
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        arrays[name] = torch.frombuffer(content[begin:end], dtype=TYPES[entry["dtype"]]).reshape(entry["shape"])
    return arrays


def learn_noise(model, label, size, shape):
    noise = torch.randn(size, *shape, requires_grad=True)
    optimizer = torch.optim.Adam([noise], lr=NOISE_RATE)
    target = torch.full((size,), label)
    series = []
    for _ in range(NOISE_STEPS):
        objective = -F.cross_entropy(model(noise), target) + PENALTY * noise.square().sum((1, 2, 3)).mean()
        optimizer.zero_grad()
        objective.backward()
        optimizer.step()
        series.append(objective.item())
    entries = [series[i : i + STEPS_OF_ENTRY] for i in range(0, NOISE_STEPS, STEPS_OF_ENTRY)]
    return noise.detach(), [sum(entry) / len(entry) for entry in entries]


def epoch(model, rate, images, labels):
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    model.train()
    for chosen in torch.randperm(len(images)).split(BATCH):
        optimizer.zero_grad()
        F.cross_entropy(model(images[chosen]), labels[chosen]).backward()
        optimizer.step()


@torch.no_grad()
def accuracy(model, images, labels):
    model.eval()
    hits = sum((model(x).argmax(1) == y).sum().item() for x, y in zip(images.split(500), labels.split(500)))
    return hits / len(images)


def main():
    from torchvision.models import resnet18

    parser = argparse.ArgumentParser()
    for name in ["weights", "data", "forget", "mean", "std"]:
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--retain-per-class", type=int, default=1000)
    parser.add_argument("--noise-batch", type=int, default=256)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    forget = [int(label) for label in arguments.forget.split(",")]
    mean, std = (torch.tensor([float(x) for x in text.split(",")]).view(1, -1, 1, 1) for text in (arguments.mean, arguments.std))
    data = read(arguments.data)
    images, labels = (data["images"].float() / 255 - mean) / std, data["labels"]
    tests, answers = (data["test_images"].float() / 255 - mean) / std, data["test_labels"]
    retained = torch.cat([(labels == c).nonzero().flatten()[: arguments.retain_per_class] for c in range(10) if c not in forget])
    images, labels = images[retained], labels[retained]

    model = resnet18(num_classes=10)
    model.load_state_dict(read(arguments.weights))
    model.train()
    start = time.perf_counter()
    made = [learn_noise(model, label, arguments.noise_batch, images.shape[1:]) for label in forget]
    noise = torch.cat([batch[: batch.shape[1]].repeat(COPIES, 1, 1, 1) for batch, _ in made])
    epoch(model, IMPAIR_RATE, torch.cat([noise, images]), torch.cat([torch.zeros(len(noise), dtype=torch.int64), labels]))
    epoch(model, REPAIR_RATE, images, labels)
    seconds = time.perf_counter() - start
    gone = torch.isin(answers, torch.tensor(forget))
    print(json.dumps({
        "seconds": seconds, "forgotten": accuracy(model, tests[gone], answers[gone]), "retained": accuracy(model, tests[~gone], answers[~gone]),
        "objective": [series for _, series in made],
    }))


if __name__ == "__main__":
    main()
