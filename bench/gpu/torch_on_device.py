"""Trains aevo's benchmark models with PyTorch on a device. Prints a line of JSON for each, and first one on itself.

usage: torch_on_device.py cpu|cuda SECONDS MODEL:BATCH... < models, a JSON line each (TrainingBenchmark layers)

Batches lie in the host's memory, as aevo's do; with a GPU, images_per_s_resident is of batches that lie on it already.
"""
import json
import os
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "peers"))
from torch_training import modules, optimizer  # noqa: E402

BATCHES = 20
WARM_STEPS = 20


def rate(network, descent, batches, device, seconds):
    def step(number):
        x = batches[number % BATCHES].to(device)
        descent.zero_grad()
        loss = F.mse_loss(network(x).flatten(1), x.flatten(1))
        loss.backward()
        descent.step()
        return loss.item()  # aevo looks at every loss too

    for number in range(WARM_STEPS):
        loss = step(number)
    start, steps = time.perf_counter(), 0
    while True:
        loss, steps = step(steps), steps + 1
        if time.perf_counter() - start >= seconds:
            return steps * len(batches[0]) / (time.perf_counter() - start), loss


def main():
    device, seconds = sys.argv[1], float(sys.argv[2])
    models = {m["name"]: m for m in map(json.loads, sys.stdin)}
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    torch.manual_seed(1)
    if device == "cuda" and not torch.cuda.is_available():
        sys.exit("this PyTorch sees no GPU")
    name = torch.cuda.get_device_name() if device == "cuda" else "cpu"
    print(json.dumps({"device": name, "libraries": f"torch {torch.__version__}"}), flush=True)
    for wanted in sys.argv[3:]:
        name, batch = wanted.split(":")
        model, batch = models[name], int(batch)
        network = nn.Sequential(*(part for layer in model["layers"] for part in modules(layer))).to(device)
        parameters = sum(p.numel() for p in network.parameters())
        if parameters != model["parameters"]:
            sys.exit(f"{name}: {parameters} parameters, aevo's has {model['parameters']}")
        descent = optimizer(model, network.parameters())
        batches = torch.rand(BATCHES, batch, *model["input"]).unbind()
        images, loss = rate(network, descent, batches, device, seconds)
        row = {"model": name, "batch": batch, "parameters": parameters, "images_per_s": images, "loss": loss}
        if device == "cuda":
            resident = [x.to(device) for x in batches]
            row["images_per_s_resident"] = rate(network, descent, resident, device, seconds)[0]
        print(json.dumps(row), flush=True)


main()
