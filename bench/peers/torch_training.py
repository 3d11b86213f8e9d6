"""Trains one of aevo's benchmark models with PyTorch on one thread. Prints one line of JSON.

usage: torch_training.py MODEL SECONDS < models, a JSON line each (bench/engine layers)
"""
import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

ACTIVATIONS = {
    "relu": nn.ReLU,
    "leaky-relu": lambda: nn.LeakyReLU(0.01),
    "elu": nn.ELU,
    "swish": nn.SiLU,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
    "identity": nn.Identity,
}


class Same(nn.Module):
    """Pads so that the output has the input's side over the stride, rounded up."""

    def __init__(self, side, kernel, stride):
        super().__init__()
        pads = [max((-(-s // stride) - 1) * stride + kernel - s, 0) for s in side]
        self.pads = (pads[1] // 2, pads[1] - pads[1] // 2, pads[0] // 2, pads[0] - pads[0] // 2)

    def forward(self, x):
        return F.pad(x, self.pads)


class Crop(nn.Module):
    def __init__(self, top, left, height, width):
        super().__init__()
        self.rows, self.columns = slice(top, top + height), slice(left, left + width)

    def forward(self, x):
        return x[:, :, self.rows, self.columns]


def modules(layer):
    (inputs, height, width), (outputs, *side) = layer["input"], layer["output"]
    kind = layer["kind"]
    if kind == "Dense":
        parts = [nn.Flatten(), nn.Linear(inputs * height * width, outputs), ACTIVATIONS[layer["activation"]]()]
        return parts + ([nn.Dropout(layer["dropout"])] if layer["dropout"] > 0 else [])
    if kind == "MaxPool":
        return [nn.MaxPool2d(layer["size"], ceil_mode=True)]
    if kind == "Upsample":
        return [nn.Upsample(scale_factor=layer["factor"])]
    if kind == "Crop":
        return [Crop(layer["top"], layer["left"], *side)]
    if kind == "Reshape":
        return [nn.Flatten(), nn.Unflatten(1, layer["output"])]
    kernel, stride = layer["kernel"], layer["stride"]
    if kind == "Deconv":
        padding = max(0, -(-(kernel - stride) // 2))
        parts = [nn.ConvTranspose2d(inputs, outputs, kernel, stride, padding, 2 * padding + stride - kernel)]
    elif stride == 1 and kernel % 2 == 1:
        parts = [nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2)]
    else:
        parts = [Same((height, width), kernel, stride), nn.Conv2d(inputs, outputs, kernel, stride)]
    if layer["normalised"]:
        parts.append(nn.BatchNorm2d(outputs))
    return parts + [ACTIVATIONS[layer["activation"]]()]


def optimizer(model, parameters):
    rate = model["rate"]
    return {
        "adam": lambda: torch.optim.Adam(parameters, rate),
        "rmsprop": lambda: torch.optim.RMSprop(parameters, rate, alpha=0.95),
        "nesterov": lambda: torch.optim.SGD(parameters, rate, momentum=0.9, nesterov=True),
    }[model["optimizer"]]()


def main():
    torch.set_num_threads(1)
    torch.manual_seed(1)
    name, seconds = sys.argv[1], float(sys.argv[2])
    model = next(m for m in map(json.loads, sys.stdin) if m["name"] == name)
    network = nn.Sequential(*(part for layer in model["layers"] for part in modules(layer)))
    parameters = sum(p.numel() for p in network.parameters())
    if parameters != model["parameters"]:
        sys.exit(f"{name}: {parameters} parameters, aevo's has {model['parameters']}")
    descent = optimizer(model, network.parameters())
    batch = model["batch"]
    samples = torch.rand(20 * batch, *model["input"])

    def run():
        images, end = 0, time.perf_counter() + seconds
        while time.perf_counter() < end:
            first = images % len(samples)
            x = samples[first : first + batch]
            descent.zero_grad()
            loss = F.mse_loss(network(x).flatten(1), x.flatten(1))
            loss.backward()
            descent.step()
            loss.item()  # aevo looks at every loss too
            images += batch
        return images

    run()
    cpu, wall = time.process_time(), time.perf_counter()
    images = run()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(json.dumps({"images_per_s": images / wall, "images_per_cpu_s": images / cpu}))


if __name__ == "__main__":
    main()
