"""Trains a classifier in double precision, as PyTorch has its layers, loss and rules.

usage: classifier.py ARRAYS CASE...

ARRAYS: a line for each of inputs, targets and the weights: name, sides with an x between them, numbers.
CASE: rule:rate:decay:steps. Prints such lines again, for each case: the loss before each step, and the weights after
all of them; and once the logits and probabilities before any.
"""
import sys
import warnings

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
# it says that an odd padding takes a copy
warnings.simplefilter("ignore")


def read(path):
    arrays = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            name, sides, *numbers = line.split()
            arrays[name] = torch.tensor([float(n) for n in numbers]).view([int(s) for s in sides.split("x")])
    return arrays


def show(case, name, values):
    print(case, name, *(repr(v) for v in values.detach().contiguous().view(-1).tolist()))


def hard_sigmoid(x):
    return torch.clamp(0.2 * x + 0.5, 0, 1)


def logits(w, x, training):
    # stride 1: the smaller half of an odd padding comes first
    x = F.conv2d(x, w["same_W"], w["same_b"], padding="same")
    x = F.batch_norm(x, w["same_mean"], w["same_var"], w["same_gamma"], w["same_beta"], training, 0.0, 1e-5)
    x = hard_sigmoid(x)
    x = F.leaky_relu(F.conv2d(x, w["valid_W"], w["valid_b"], stride=2), 0.01)
    x = F.max_pool2d(x, 2)
    x = hard_sigmoid(x.flatten(1) @ w["dense_W"] + w["dense_b"])
    return x @ w["output_W"] + w["output_b"]


RULES = {
    "momentum": lambda groups, rate: torch.optim.SGD(groups, rate, momentum=0.9),
    "nesterov": lambda groups, rate: torch.optim.SGD(groups, rate, momentum=0.9, nesterov=True),
    "keras-rmsprop": lambda groups, rate: torch.optim.RMSprop(groups, rate, alpha=0.9, eps=1e-7),
}

arrays = read(sys.argv[1])
inputs, targets = arrays.pop("inputs"), arrays.pop("targets")
before = logits(arrays, inputs, False)
show("before", "logits", before)
show("before", "probabilities", torch.softmax(before, 1))
for case in sys.argv[2:]:
    rule, rate, decay, steps = case.split(":")
    weights = {name: array.clone() for name, array in arrays.items()}
    trained = {name: w.requires_grad_() for name, w in weights.items() if name[-5:] != "_mean" and name[-4:] != "_var"}
    groups = [
        {"params": [w for name, w in trained.items() if name.endswith("_W")], "weight_decay": float(decay)},
        {"params": [w for name, w in trained.items() if not name.endswith("_W")], "weight_decay": 0.0},
    ]
    optimizer = RULES[rule](groups, float(rate))
    losses = []
    for _ in range(int(steps)):
        optimizer.zero_grad()
        loss = F.cross_entropy(logits(weights, inputs, True), targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    show(case, "losses", torch.stack(losses))
    for name, w in trained.items():
        show(case, name, w)
