#!/usr/bin/python3
"""Writes small pictures and a TorchScript file under tests/reference/golden, with Pillow and python3-torch (made with Debian's).

Run: /usr/bin/python3 tests/reference/make_torch_files.py
Pixel (x, y) of the 5 x 4 pictures is (40 x, 60 y, 10 (x + y)); grey ones hold 40 x + 10 y. The TorchScript module holds an
example input and the outputs that Python computed for it in evaluation and training mode.
"""
import os

import torch
from PIL import Image
from torch import nn

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden")
WIDTH, HEIGHT = 5, 4


def pictures():
    folder = os.path.join(OUT, "pictures")
    os.makedirs(folder, exist_ok=True)
    colour, grey, clear = (Image.new(mode, (WIDTH, HEIGHT)) for mode in ("RGB", "L", "RGBA"))
    for x in range(WIDTH):
        for y in range(HEIGHT):
            pixel = (40 * x, 60 * y, 10 * (x + y))
            colour.putpixel((x, y), pixel)
            clear.putpixel((x, y), pixel + (128,))
            grey.putpixel((x, y), 40 * x + 10 * y)
    for name, picture, options in [
        ("colour.png", colour, {}), ("grey.png", grey, {}), ("clear.png", clear, {}), ("palette.png", colour.quantize(64), {}),
        ("colour.bmp", colour, {}), ("colour.ppm", colour, {}), ("grey.pgm", grey, {}),
        ("colour.jpg", colour.resize((40, 32), Image.NEAREST), {"quality": 95, "subsampling": 0}), ("grey.jpg", grey, {"quality": 95}),
        ("progressive.jpg", colour.resize((40, 32), Image.NEAREST), {"quality": 95, "subsampling": 0, "progressive": True}),
    ]:
        picture.save(os.path.join(folder, name), **options)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(1, 2, 3, padding=1), nn.BatchNorm2d(2), nn.ReLU(), nn.MaxPool2d(2))
        self.fc = nn.Linear(8, 3)
        self.register_buffer("example_input", torch.zeros(2, 1, 4, 4))
        self.register_buffer("example_output", torch.zeros(2, 3))
        self.register_buffer("example_training_output", torch.zeros(2, 3))

    def forward(self, x):
        return self.fc(torch.flatten(self.features(x), 1))


def script():
    torch.manual_seed(5)
    net = Net()
    with torch.no_grad():
        net.example_input.copy_(torch.rand(2, 1, 4, 4))
        net.eval()
        net.example_output.copy_(net(net.example_input))
        net.train()
        before = {name: buffer.clone() for name, buffer in net.named_buffers()}
        output = net(net.example_input)
        for name, buffer in net.named_buffers():
            buffer.copy_(before[name])
        net.example_training_output.copy_(output)
    net.eval()
    torch.jit.script(net).save(os.path.join(OUT, "net.pt"))


if __name__ == "__main__":
    pictures()
    script()
