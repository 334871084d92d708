#!/usr/bin/python3
"""Writes the golden values under tests/reference/golden with python3-torch (made with Debian's 1.13).

Run: /usr/bin/python3 tests/reference/make_torch_golden.py
Arrays are safetensors files, written here by hand; schedules are JSON. Names:
  functional: CASE/in/I, CASE/out, CASE/cot (the cotangent), CASE/grad/I
  layers:     CASE/param/NAME, CASE/in/I, CASE/out, CASE/cot, CASE/grad/in/I, CASE/grad/param/NAME, CASE/buffer/NAME (after), CASE/eval
  optim:      RUN/start/I, gradient/STEP/I, RUN/after/STEP/I
  lenet:      losses, after/NAME (the sum of each parameter at the end); weights and batches come from formulas
"""
import json
import os
import struct

import torch
import torch.nn.functional as F
from torch import nn

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden")
NAMES = {torch.float32: "F32", torch.float64: "F64", torch.int64: "I64", torch.bool: "BOOL"}


def save(name, tensors):
    header, body = {}, b""
    for key in sorted(tensors):
        tensor = tensors[key].detach().contiguous()
        data = tensor.numpy().tobytes()
        header[key] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(OUT, name), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + body)


def randn(*size):
    return torch.randn(*size)


def positive(*size):
    return torch.rand(*size) + 0.5


def integers(high, *size):
    return torch.randint(0, high, size)


def attention(q, k, v):
    return torch.softmax(q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5, -1) @ v


CONV = (lambda: randn(2, 4, 7, 6), lambda: randn(6, 4, 3, 3), lambda: randn(6))
FUNCTIONAL = {
    "add": (lambda a, b: torch.add(a, b, alpha=0.5), lambda: randn(3, 4), lambda: randn(4)),
    "sub": (torch.sub, lambda: randn(3, 4), lambda: randn(3, 1)),
    "mul": (torch.mul, lambda: randn(3, 4), lambda: randn(4)),
    "div": (torch.div, lambda: randn(3, 4), lambda: positive(4)),
    "pow": (lambda a: a.pow(3), lambda: randn(3, 4)),
    "pow_tensor": (torch.pow, lambda: positive(3, 4), lambda: randn(4)),
    "neg": (torch.neg, lambda: randn(3, 4)),
    "exp": (torch.exp, lambda: randn(3, 4)),
    "expm1": (torch.expm1, lambda: randn(3, 4)),
    "log": (torch.log, lambda: positive(3, 4)),
    "log1p": (torch.log1p, lambda: positive(3, 4)),
    "sqrt": (torch.sqrt, lambda: positive(3, 4)),
    "rsqrt": (torch.rsqrt, lambda: positive(3, 4)),
    "square": (torch.square, lambda: randn(3, 4)),
    "reciprocal": (torch.reciprocal, lambda: positive(3, 4)),
    "abs": (torch.abs, lambda: randn(3, 4)),
    "sin": (torch.sin, lambda: randn(3, 4)),
    "cos": (torch.cos, lambda: randn(3, 4)),
    "erf": (torch.erf, lambda: randn(3, 4)),
    "tanh": (torch.tanh, lambda: randn(3, 4)),
    "sigmoid": (torch.sigmoid, lambda: randn(3, 4)),
    "maximum": (torch.maximum, lambda: randn(3, 4), lambda: randn(3, 4)),
    "minimum": (torch.minimum, lambda: randn(3, 4), lambda: randn(3, 4)),
    "clamp": (lambda a: a.clamp(-0.5, 0.7), lambda: randn(3, 4)),
    "sum": (torch.sum, lambda: randn(3, 4)),
    "sum_dim": (lambda a: a.sum(1, keepdim=True), lambda: randn(3, 4, 2)),
    "mean": (torch.mean, lambda: randn(3, 4)),
    "mean_dim": (lambda a: a.mean(0), lambda: randn(3, 4)),
    "var": (torch.var, lambda: randn(3, 4)),
    "max_dim": (lambda a: a.max(1)[0], lambda: randn(3, 4)),
    "min_dim": (lambda a: a.min(1)[0], lambda: randn(3, 4)),
    "norm": (torch.norm, lambda: randn(3, 4)),
    "logsumexp": (lambda a: a.logsumexp(1), lambda: randn(3, 4)),
    "cumsum": (lambda a: a.cumsum(1), lambda: randn(3, 4)),
    "prod": (torch.prod, lambda: positive(5)),
    "matmul": (torch.matmul, lambda: randn(2, 3, 4), lambda: randn(4, 5)),
    "mm": (torch.mm, lambda: randn(3, 4), lambda: randn(4, 5)),
    "bmm": (torch.bmm, lambda: randn(2, 3, 4), lambda: randn(2, 4, 5)),
    "reshape": (lambda a: a.reshape(2, 6), lambda: randn(3, 4)),
    "permute": (lambda a: a.permute(2, 0, 1), lambda: randn(2, 3, 4)),
    "transpose": (lambda a: a.transpose(0, 2), lambda: randn(2, 3, 4)),
    "narrow": (lambda a: a.narrow(1, 1, 2), lambda: randn(3, 4)),
    "index_select": (lambda a, i: a.index_select(0, i), lambda: randn(5, 3), lambda: integers(5, 4)),
    "gather": (lambda a, i: a.gather(1, i), lambda: randn(3, 4), lambda: integers(4, 3, 2)),
    "expand": (lambda a: a.expand(3, 4), lambda: randn(3, 1)),
    "flip": (lambda a: a.flip(1), lambda: randn(3, 4)),
    "cat": (lambda a, b: torch.cat([a, b], 1), lambda: randn(3, 2), lambda: randn(3, 3)),
    "stack": (lambda a, b: torch.stack([a, b], 1), lambda: randn(3, 2), lambda: randn(3, 2)),
    "where": (lambda a, b: torch.where(a > b, a, 2 * b), lambda: randn(3, 4), lambda: randn(3, 4)),
    "pad": (lambda a: F.pad(a, (1, 2, 0, 1), value=0.5), lambda: randn(2, 3, 4)),
    "relu": (F.relu, lambda: randn(3, 4)),
    "relu6": (F.relu6, lambda: 5 * randn(3, 4)),
    "gelu": (F.gelu, lambda: randn(3, 4)),
    "silu": (F.silu, lambda: randn(3, 4)),
    "softplus": (F.softplus, lambda: randn(3, 4)),
    "softmax": (lambda a: F.softmax(a, 1), lambda: randn(3, 4)),
    "log_softmax": (lambda a: F.log_softmax(a, 1), lambda: randn(3, 4)),
    "linear": (F.linear, lambda: randn(3, 4), lambda: randn(5, 4), lambda: randn(5)),
    "conv2d": (F.conv2d, *CONV),
    "conv2d_stride_padding": (lambda x, w, b: F.conv2d(x, w, b, stride=(2, 1), padding=(1, 2)), *CONV),
    "conv2d_dilation": (lambda x, w, b: F.conv2d(x, w, b, padding=2, dilation=2), *CONV),
    "conv2d_groups": (lambda x, w: F.conv2d(x, w, groups=2), lambda: randn(2, 4, 5, 5), lambda: randn(6, 2, 3, 3)),
    "batch_norm_training": (lambda x, w, b: F.batch_norm(x, None, None, w, b, True), lambda: randn(4, 3, 2, 2), lambda: randn(3), lambda: randn(3)),
    "batch_norm_evaluation": (lambda x, m, v, w, b: F.batch_norm(x, m.detach(), v.detach(), w, b, False), lambda: randn(4, 3, 2, 2),
                              lambda: randn(3), lambda: positive(3), lambda: randn(3), lambda: randn(3)),
    "layer_norm": (lambda x, w, b: F.layer_norm(x, (3, 4), w, b), lambda: randn(2, 3, 4), lambda: randn(3, 4), lambda: randn(3, 4)),
    "max_pool2d": (lambda a: F.max_pool2d(a, 2), lambda: randn(2, 3, 6, 5)),
    "max_pool2d_padding": (lambda a: F.max_pool2d(a, 3, 2, 1), lambda: randn(2, 3, 6, 5)),
    "avg_pool2d": (lambda a: F.avg_pool2d(a, 2), lambda: randn(2, 3, 6, 5)),
    "avg_pool2d_padding": (lambda a: F.avg_pool2d(a, 3, 2, 1, count_include_pad=False), lambda: randn(2, 3, 6, 5)),
    "adaptive_avg_pool2d": (lambda a: F.adaptive_avg_pool2d(a, (2, 3)), lambda: randn(2, 3, 5, 7)),
    "cross_entropy": (F.cross_entropy, lambda: randn(5, 4), lambda: integers(4, 5)),
    "cross_entropy_none": (lambda x, t: F.cross_entropy(x, t, reduction="none"), lambda: randn(5, 4), lambda: integers(4, 5)),
    "cross_entropy_sum_smoothed": (lambda x, t: F.cross_entropy(x, t, reduction="sum", label_smoothing=0.2), lambda: randn(5, 4),
                                   lambda: integers(4, 5)),
    "cross_entropy_weighted": (lambda x, t, w: F.cross_entropy(x, t, w.detach(), ignore_index=1), lambda: randn(5, 4),
                               lambda: torch.tensor([0, 1, 2, 3, 2]), lambda: positive(4)),
    "nll_loss": (lambda x, t: F.nll_loss(F.log_softmax(x, 1), t), lambda: randn(5, 4), lambda: integers(4, 5)),
    "mse_loss": (F.mse_loss, lambda: randn(3, 4), lambda: randn(3, 4)),
    "l1_loss": (F.l1_loss, lambda: randn(3, 4), lambda: randn(3, 4)),
    "kl_div": (lambda x, t: F.kl_div(F.log_softmax(x, 1), F.softmax(t, 1), reduction="sum"), lambda: randn(3, 4), lambda: randn(3, 4)),
    "binary_cross_entropy_with_logits": (F.binary_cross_entropy_with_logits, lambda: randn(3, 4), lambda: torch.rand(3, 4)),
    "scaled_dot_product_attention": (attention, lambda: randn(2, 3, 4), lambda: randn(2, 5, 4), lambda: randn(2, 5, 4)),
}


def functional():
    tensors = {}
    for case, (function, *inputs) in FUNCTIONAL.items():
        values = [make() for make in inputs]
        for value in values:
            value.requires_grad_(value.is_floating_point())
        result = function(*values)
        cotangent = torch.randn_like(result)
        result.backward(cotangent)
        tensors[f"{case}/out"], tensors[f"{case}/cot"] = result, cotangent
        for i, value in enumerate(values):
            tensors[f"{case}/in/{i}"] = value
            if value.grad is not None:
                tensors[f"{case}/grad/{i}"] = value.grad
    save("functional.safetensors", tensors)


class Attention(nn.MultiheadAttention):
    def forward(self, query, key, value):
        return super().forward(query, key, value, need_weights=False)[0]


LAYERS = {
    "linear": (lambda: nn.Linear(4, 3), (5, 4)),
    "linear_without_bias": (lambda: nn.Linear(4, 3, bias=False), (2, 5, 4)),
    "conv2d": (lambda: nn.Conv2d(3, 4, 3, stride=2, padding=1), (2, 3, 6, 5)),
    "conv2d_groups": (lambda: nn.Conv2d(4, 6, (3, 2), dilation=(1, 2), groups=2, bias=False), (2, 4, 6, 5)),
    "batch_norm1d": (lambda: nn.BatchNorm1d(3), (6, 3)),
    "batch_norm1d_sequence": (lambda: nn.BatchNorm1d(3), (4, 3, 5)),
    "batch_norm2d": (lambda: nn.BatchNorm2d(3, momentum=0.3), (4, 3, 2, 3)),
    "batch_norm2d_cumulative": (lambda: nn.BatchNorm2d(3, momentum=None), (4, 3, 2, 3)),
    "batch_norm2d_untracked": (lambda: nn.BatchNorm2d(3, affine=False, track_running_stats=False), (4, 3, 2, 3)),
    "layer_norm": (lambda: nn.LayerNorm(4), (2, 3, 4)),
    "layer_norm_two": (lambda: nn.LayerNorm([3, 4], eps=1e-3), (2, 3, 4)),
    "max_pool2d": (lambda: nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True), (2, 3, 6, 5)),
    "avg_pool2d": (lambda: nn.AvgPool2d(3, stride=2, padding=1), (2, 3, 6, 5)),
    "adaptive_avg_pool2d": (lambda: nn.AdaptiveAvgPool2d(2), (2, 3, 6, 5)),
    "relu": (lambda: nn.ReLU(), (3, 4)),
    "relu6": (lambda: nn.ReLU6(), (3, 4)),
    "gelu": (lambda: nn.GELU(), (3, 4)),
    "tanh": (lambda: nn.Tanh(), (3, 4)),
    "sigmoid": (lambda: nn.Sigmoid(), (3, 4)),
    "flatten": (lambda: nn.Flatten(), (2, 3, 4)),
    "identity": (lambda: nn.Identity(), (3, 4)),
    "sequential": (lambda: nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 2)), (3, 4)),
    "multihead_attention": (lambda: Attention(6, 2, batch_first=True), (2, 3, 6), (2, 4, 6), (2, 4, 6)),
}


def layers():
    tensors = {}
    for case, (make, *shapes) in LAYERS.items():
        layer = make()
        for name, parameter in layer.named_parameters():
            nn.init.normal_(parameter, 0, 0.5)
            tensors[f"{case}/param/{name}"] = parameter.detach().clone()
        inputs = [randn(*shape).requires_grad_() for shape in shapes]
        layer(*inputs)  # one step ahead, so that running averages hold two batches
        result = layer(*inputs)
        cotangent = torch.randn_like(result)
        result.backward(cotangent)
        tensors[f"{case}/out"], tensors[f"{case}/cot"] = result, cotangent
        for i, value in enumerate(inputs):
            tensors[f"{case}/in/{i}"], tensors[f"{case}/grad/in/{i}"] = value, value.grad
        for name, parameter in layer.named_parameters():
            tensors[f"{case}/grad/param/{name}"] = parameter.grad
        for name, buffer in layer.named_buffers():
            tensors[f"{case}/buffer/{name}"] = buffer
        layer.eval()
        with torch.no_grad():
            tensors[f"{case}/eval"] = layer(*inputs)
    save("layers.safetensors", tensors)


OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, 0.1),
    "sgd_decay": lambda p: torch.optim.SGD(p, 0.1, weight_decay=0.05),
    "sgd_momentum": lambda p: torch.optim.SGD(p, 0.1, momentum=0.9),
    "sgd_dampening": lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, dampening=0.3, weight_decay=0.05),
    "sgd_nesterov": lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, nesterov=True, weight_decay=0.05),
    "adam": lambda p: torch.optim.Adam(p, 0.01),
    "adam_decay": lambda p: torch.optim.Adam(p, 0.01, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1),
    "adamw": lambda p: torch.optim.AdamW(p, 0.01),
    "adamw_decay": lambda p: torch.optim.AdamW(p, 0.01, betas=(0.8, 0.95), weight_decay=0.2),
}
STEPS = 6


def optimizers():
    shapes = [(3, 4), (5,)]
    tensors = {}
    gradients = [[randn(*shape) for shape in shapes] for _ in range(STEPS)]
    for step in range(STEPS):
        for i in range(len(shapes)):
            tensors[f"gradient/{step}/{i}"] = gradients[step][i]
    for run, make in OPTIMIZERS.items():
        parameters = [randn(*shape).requires_grad_() for shape in shapes]
        for i, parameter in enumerate(parameters):
            tensors[f"{run}/start/{i}"] = parameter.detach().clone()
        optimizer = make(parameters)
        for step in range(STEPS):
            for i, parameter in enumerate(parameters):
                # The second parameter has no gradient in the first step: its state starts later.
                parameter.grad = None if (step, i) == (0, 1) else gradients[step][i].clone()
            optimizer.step()
            for i, parameter in enumerate(parameters):
                tensors[f"{run}/after/{step}/{i}"] = parameter.detach().clone()
    save("optim.safetensors", tensors)


SCHEDULES = {
    "step": lambda o: torch.optim.lr_scheduler.StepLR(o, 4, 0.5),
    "multi_step": lambda o: torch.optim.lr_scheduler.MultiStepLR(o, [3, 7, 7], 0.2),
    "exponential": lambda o: torch.optim.lr_scheduler.ExponentialLR(o, 0.9),
    "cosine": lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 8, 0.01),
    "linear": lambda o: torch.optim.lr_scheduler.LinearLR(o, 0.25, 0.75, 6),
    "lambda": lambda o: torch.optim.lr_scheduler.LambdaLR(o, lambda epoch: 1 / (1 + epoch / 20)),
}


def schedules():
    rates = {}
    for name, make in SCHEDULES.items():
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], 0.3)
        scheduler = make(optimizer)
        rates[name] = []
        for _ in range(20):
            rates[name].append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step()
    with open(os.path.join(OUT, "schedules.json"), "w", encoding="utf-8") as file:
        json.dump(rates, file, indent=1)
        file.write("\n")


class LeNet5(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5, padding=2), nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x.flatten(1))))))


def hashed(index):
    """Bits that both sides compute: 32-bit multiplicative mixing of a counter."""
    h = (index * 2654435761 + 12345) & 0xFFFFFFFF
    h = ((h ^ (h >> 15)) * 2246822519) & 0xFFFFFFFF
    return h ^ (h >> 13)


def weights(network):
    """Element j of all parameters in order: (hashed(j) / 2^31 − 1) / √(fan in), fan in of the layer's weight."""
    j = 0
    bound = 1.0
    for parameter in network.parameters():
        if parameter.dim() > 1:
            bound = parameter[0].numel() ** -0.5
        values = [(hashed(j + i) / 2147483648 - 1) * bound for i in range(parameter.numel())]
        j += parameter.numel()
        parameter.data = torch.tensor(values, dtype=torch.float64).float().reshape(parameter.shape)


def batch(step, size):
    """Sample n = step·size + i has label hashed(n) mod 10; pixel (y, x) is (3·pattern + noise) div 4 of 255, noise of 0..255."""
    pixels, labels = [], []
    for i in range(size):
        n = step * size + i
        label = hashed(n) % 10
        labels.append(label)
        for y in range(28):
            for x in range(28):
                pattern = 255 if (x * (label + 1) + y * (10 - label)) // 8 % 2 == 0 else 0
                noise = hashed(100000 + n * 784 + y * 28 + x) & 255
                pixels.append((3 * pattern + noise) // 4)
    images = torch.tensor(pixels, dtype=torch.float32).reshape(size, 1, 28, 28) / 255
    return images, torch.tensor(labels)


def lenet():
    network = LeNet5()
    weights(network)
    optimizer = torch.optim.SGD(network.parameters(), 0.05, momentum=0.9)
    losses = []
    for step in range(50):
        images, labels = batch(step, 32)
        optimizer.zero_grad()
        loss = F.cross_entropy(network(images), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    tensors = {"losses": torch.tensor(losses, dtype=torch.float64)}
    for name, parameter in network.named_parameters():
        tensors[f"after/{name}"] = parameter.double().sum()
    save("lenet.safetensors", tensors)
    print("LeNet-5 losses:", " ".join(f"{loss:.3f}" for loss in losses[::7] + losses[-1:]))


if __name__ == "__main__":
    os.makedirs(OUT, exist_ok=True)
    torch.set_num_threads(1)
    for part in (functional, layers, optimizers, schedules, lenet):
        torch.manual_seed(1)
        part()
