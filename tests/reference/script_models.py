#!/usr/bin/python3
"""Makes TorchScript files as their owners would, with python3-torch and torchvision, and runs those that Lethe exported.

    script_models.py make FOLDER           data.npz and the .pt and .safetensors files that the import tests read
    script_models.py weights FOLDER        data.npz and resnet18.safetensors alone
    script_models.py outputs MODEL DATA    the model's logits for the test images of DATA, normalised as in training, as JSON

The images are 3 x 16 x 16 with 4 classes: class c is a bright square in corner c, on noise.
"""
import json
import os
import struct
import sys

import numpy
import torch
import torchvision
from torch import nn

CLASSES, SIZE, MEAN, STD = 4, 16, 0.3, 0.25


def images(count, seed):
    random = numpy.random.RandomState(seed)
    x = random.randint(0, 150, (count, 3, SIZE, SIZE))
    y = numpy.arange(count) % CLASSES
    for i, c in enumerate(y):
        top, left = SIZE // 2 * (c // 2), SIZE // 2 * (c % 2)
        x[i, :, top + 2:top + 6, left + 2:left + 6] += 100
    return x.astype(numpy.uint8), y


def normalised(x):
    return (torch.from_numpy(x).float() / 255 - MEAN) / STD


class Odd(nn.Module):
    """Layers under names that no convention knows; a buffer that is no statistic; weights used twice; dropout."""

    def __init__(self, outputs=CLASSES, channels=3):
        super().__init__()
        self.Xylophone = nn.Conv2d(channels, 6, 3, stride=2, padding=1)
        self._7 = nn.ModuleDict({"weight": nn.BatchNorm2d(6), "running_mean": nn.Linear(6 * 16, 16)})
        self.twice = nn.Linear(16, 16)
        self.again = self.twice
        self.drop = nn.Dropout(0.1)
        self.bias = nn.Linear(16, outputs)
        self.register_buffer("scale", torch.tensor(0.5))

    def forward(self, x):
        x = torch.max_pool2d(torch.relu(self._7["weight"](self.Xylophone(x))), 2)
        x = torch.relu(self._7["running_mean"](torch.flatten(x, 1)))
        return self.bias(self.drop(torch.relu(self.again(torch.relu(self.twice(x * self.scale))))))


class Wrapped(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner


class Pair(Wrapped):
    def forward(self, x):
        y = self.inner(x)
        return y, torch.softmax(y, 1)


class Named(Wrapped):
    def forward(self, x):
        return {"logits": self.inner(x)}


class Probabilities(Wrapped):
    def forward(self, x):
        return torch.softmax(self.inner(x), 1)


class Bank(Wrapped):
    """Remembers training images in plain tensors, which are neither parameters nor buffers."""

    def __init__(self, inner, images):
        super().__init__(inner)
        self.bank = images.flatten(1)
        self.classes = torch.arange(CLASSES)
        self.rest = [images[0], torch.tensor(0.5), torch.zeros(3)]

    def forward(self, x):
        near = torch.cdist(torch.flatten(x, 1), self.bank)[:, self.classes]
        return self.inner(x) - near * self.rest[1] + self.rest[0].mean()


class Indexed(Wrapped):
    """Plain tensors that say nothing of the data: indices and one number."""

    def __init__(self, inner):
        super().__init__(inner)
        self.classes = torch.arange(CLASSES)
        self.scale = torch.tensor(1.5)

    def forward(self, x):
        return self.inner(x)[:, self.classes] * self.scale


class Perceptron(nn.Module):
    """Lethe's mlp with hidden=16, by names."""

    def __init__(self):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(3 * SIZE * SIZE, 16), nn.Linear(16, CLASSES)

    def forward(self, x):
        return self.fc2(torch.relu(self.fc1(torch.flatten(x, 1))))


class NoGradient(Wrapped):
    def forward(self, x):
        with torch.no_grad():
            return self.inner(x)


def train(model, x, y, epochs):
    optimizer = torch.optim.Adam(model.parameters(), 5e-3)
    model.train()
    for _ in range(epochs):
        for batch in torch.randperm(len(x)).split(25):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x[batch]), y[batch]).backward()
            optimizer.step()
    return model.eval()


def save_safetensors(path, state):
    """What safetensors.torch.save_file writes, without needing that package."""
    kinds = {torch.float32: "F32", torch.float16: "F16", torch.int64: "I64"}
    header, blobs, position = {"__metadata__": {"format": "pt"}}, [], 0
    for name, value in state.items():
        blobs.append(value.contiguous().numpy().tobytes())
        header[name] = {"dtype": kinds[value.dtype], "shape": list(value.shape), "data_offsets": [position, position + len(blobs[-1])]}
        position += len(blobs[-1])
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def make_data(folder):
    x, y = images(200, 1)
    x_test, y_test = images(60, 2)
    numpy.savez(os.path.join(folder, "data.npz"), x_train=x, y_train=y, x_test=x_test, y_test=y_test)
    return normalised(x), torch.from_numpy(y).long()


def make_resnet(folder, inputs, outputs=CLASSES, name="resnet18"):
    resnet = torchvision.models.resnet18(num_classes=outputs)
    with torch.no_grad():
        resnet.train()(inputs[:50])
    save_safetensors(os.path.join(folder, name + ".safetensors"), resnet.eval().state_dict())
    return resnet


def weights(folder):
    torch.manual_seed(4)
    make_resnet(folder, make_data(folder)[0])


def make(folder):
    torch.manual_seed(3)
    inputs, labels = make_data(folder)

    def save(name, module):
        torch.jit.save(module, os.path.join(folder, name + ".pt"))

    odd = train(Odd(), inputs, labels, 8)
    save("odd", torch.jit.script(odd))
    save("odd-without-20", torch.jit.script(train(Odd(), inputs[20:], labels[20:], 8)))
    save("traced", torch.jit.trace(odd, inputs[:2]))
    resnet = make_resnet(folder, inputs)
    save("resnet18", torch.jit.script(resnet))
    make_resnet(folder, inputs, 1000, "resnet18-thousand")
    for name, used in [("mlp", slice(None)), ("mlp-without-20", slice(20, None))]:
        save_safetensors(os.path.join(folder, name + ".safetensors"), train(Perceptron(), inputs[used], labels[used], 8).state_dict())
    for name, kind in [("tuple", Pair), ("dict", Named), ("probabilities", Probabilities), ("no-gradient", NoGradient)]:
        save(name, torch.jit.script(kind(odd).eval()))
    save("ten-classes", torch.jit.script(Odd(outputs=10).eval()))
    save("grey", torch.jit.script(Odd(channels=1).eval()))
    save("frozen", torch.jit.freeze(torch.jit.script(odd)))
    bank = Bank(odd, inputs[:CLASSES]).eval()
    save("bank", torch.jit.script(bank))
    save("bank-traced", torch.jit.trace(bank, inputs[:2]))
    save("indexed", torch.jit.script(Indexed(odd).eval()))
    save("indexed-traced", torch.jit.trace(Indexed(odd).eval(), inputs[:2]))
    save("double", torch.jit.script(Odd().double().eval()))
    save("traced-in-training", torch.jit.trace(Odd().train(), inputs[:8], check_trace=False))
    torch.save(odd.state_dict(), os.path.join(folder, "weights.pt"))
    torch.save(resnet, os.path.join(folder, "pickled.pt"))


def outputs(model, data):
    network = torch.jit.load(model)
    assert not network.training
    with torch.no_grad():
        print(json.dumps(network(normalised(numpy.load(data)["x_test"])).tolist()))


if __name__ == "__main__":
    torch.set_num_threads(1)
    {"make": make, "weights": weights, "outputs": outputs}[sys.argv[1]](*sys.argv[2:])
