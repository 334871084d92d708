"""The PyTorch side of `lethe bench engine`: the same work written as a plain PyTorch user would.

Usage: engine.py CASE --data DIR --threads N [--steps N]
Prints one JSON line: {"case": ..., "seconds": ..., "images": ..., "images_per_second": ...}
Cases: lenet-dataloader  one epoch through torchvision transforms and a DataLoader, batch 128
       lenet-memory      one epoch over an in-memory, normalised tensor, batch 128
       resnet18-fp32     training steps, CIFAR stem, batch 64, random images
"""
import argparse
import gzip
import json
import struct
import time

import torch
import torch.nn as nn
import torch.nn.functional as F


class LeNet5(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(400, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = torch.flatten(x, 1)
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc3(x)


def read_idx(path):
    with gzip.open(path, "rb") as stream:
        content = stream.read()
    rank = content[3]
    shape = struct.unpack(">" + "I" * rank, content[4 : 4 + 4 * rank])
    return torch.frombuffer(bytearray(content[4 + 4 * rank :]), dtype=torch.uint8).reshape(shape)


def fashion_mnist(folder):
    images = read_idx(folder + "/train-images-idx3-ubyte.gz")
    labels = read_idx(folder + "/train-labels-idx1-ubyte.gz").long()
    return images, labels


def train_step(model, optimizer, images, labels):
    optimizer.zero_grad()
    loss = F.cross_entropy(model(images), labels)
    loss.backward()
    optimizer.step()


def lenet_dataloader(folder):
    from PIL import Image
    from torch.utils.data import DataLoader, Dataset
    from torchvision import transforms

    images, labels = fashion_mnist(folder)

    class Images(Dataset):
        """As torchvision.datasets.FashionMNIST reads it: a PIL image, then the transform."""

        transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.286,), (0.353,))])

        def __len__(self):
            return len(images)

        def __getitem__(self, index):
            picture = Image.fromarray(images[index].numpy(), mode="L")
            return self.transform(picture), int(labels[index])

    model = LeNet5()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    loader = DataLoader(Images(), batch_size=128, shuffle=True)
    start = time.perf_counter()
    for batch, target in loader:
        train_step(model, optimizer, batch, target)
    return time.perf_counter() - start, len(images)


def lenet_memory(folder):
    images, labels = fashion_mnist(folder)
    inputs = images.float().div_(255).sub_(0.286).div_(0.353).unsqueeze(1)
    model = LeNet5()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for start in range(0, 1280, 128):
        train_step(model, optimizer, inputs[start : start + 128], labels[start : start + 128])
    start_time = time.perf_counter()
    order = torch.randperm(len(inputs))
    for start in range(0, len(inputs), 128):
        chosen = order[start : start + 128]
        train_step(model, optimizer, inputs[chosen], labels[chosen])
    return time.perf_counter() - start_time, len(inputs)


def resnet18_fp32(steps):
    from torchvision.models import resnet18

    model = resnet18(num_classes=10)
    model.conv1 = nn.Conv2d(3, 64, 3, stride=1, padding=1, bias=False)
    model.maxpool = nn.Identity()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4)
    generator = torch.Generator().manual_seed(1)
    images = torch.randn(64, 3, 32, 32, generator=generator)
    labels = torch.randint(0, 10, (64,), generator=generator)
    train_step(model, optimizer, images, labels)
    start = time.perf_counter()
    for _ in range(steps):
        train_step(model, optimizer, images, labels)
    return time.perf_counter() - start, 64 * steps


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("case", choices=["lenet-dataloader", "lenet-memory", "resnet18-fp32"])
    parser.add_argument("--data", default="/usr/share/datasets/fashion-mnist")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=8)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    if arguments.case == "lenet-dataloader":
        seconds, count = lenet_dataloader(arguments.data)
    elif arguments.case == "lenet-memory":
        seconds, count = lenet_memory(arguments.data)
    else:
        seconds, count = resnet18_fp32(arguments.steps)
    print(json.dumps({"case": arguments.case, "seconds": seconds, "images": count, "images_per_second": count / seconds}))


if __name__ == "__main__":
    main()
