#!/usr/bin/python3
"""Recomputes what aevo apply gave, from a model.h5 and raw data, with numpy and h5py alone.

usage: bench/applied.py MODEL RAW OUTPUT...     MODEL a model.h5 or a directory that holds one; RAW a .npy, or a .csv with
                                                a row of names; each OUTPUT a .npy, .h5 or .csv of aevo apply

An output is told by its name, which holds "codes", "errors", "reconstructions" or "scaled" (of --scaled), and of a classifier
"labels" or "probabilities". Of each: how far it is from what is recomputed, at the most, in units of the values in [0, 1]; of
labels how much less probable than the most probable class. Exit code 0 if none is further than 1e-5, else 1.
docs/model.md describes the file.
"""
import os
import sys

import h5py
import numpy as np

from reconstruct import Network, opened, text

WITHIN = 1e-5
KINDS = "codes", "errors", "scaled", "reconstructions", "labels", "probabilities"


def raw(path):
    if path.endswith(".npy"):
        return np.load(path).astype(np.float64)
    return np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2)


def scale(x, inputs):
    """Raw samples as inputs of the network, [n, channels, rows, columns]."""
    channels, height, width = (int(inputs[side][()]) for side in ("channels", "height", "width"))
    if text(inputs["layout"][()]) == "channels-last":
        x = x.transpose(0, 3, 1, 2)
    x = x.reshape(len(x), channels, height, width)
    low, extent = ranges(inputs, x.shape[1:])
    return np.clip(np.divide(x - low, extent, out=np.zeros_like(x), where=extent > 0), 0, 1)


def ranges(inputs, shape):
    low, high = inputs["minimum"][()], inputs["maximum"][()]
    low, high = (side.reshape(shape) if side.size > 1 else np.full(shape, side[0]) for side in (low, high))
    return low, np.broadcast_to(high - low, (1, *shape))


def own_order(y, inputs, shape):
    """Results [n, channels, rows, columns] as the raw array has its samples."""
    if text(inputs["layout"][()]) == "channels-last":
        y = y.transpose(0, 2, 3, 1)
    return y.reshape(shape)


def applied(path, name):
    if path.endswith(".npy"):
        return np.load(path)
    if path.endswith(".h5"):
        with h5py.File(path) as f:
            return f[name][()]
    rows = np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2)
    assert (rows[:, 0] == np.arange(len(rows))).all(), "samples are not numbered in their order"
    return rows[:, 1] if name in ("errors", "labels") else rows[:, 1:]


def main(model, raw_path, outputs):
    worst = 0.0
    with opened(model) as f:
        data = raw(raw_path)
        x = scale(data, f["inputs"])
        made = Network(f).forward(x)
        classes = f["inputs/classes"][()] if "inputs/classes" in f else None
        y = made["output"].reshape(x.shape if classes is None else (len(x), len(classes)))
        codes = made["latent"].reshape(len(x), -1) if "latent" in made else None
        low, extent = ranges(f["inputs"], x.shape[1:])
        for path in outputs:
            kind = next(k for k in KINDS if k in os.path.basename(path))
            got = applied(path, "reconstructions" if kind == "scaled" else kind)
            if kind == "codes":
                off = np.abs(got - codes)
            elif kind == "labels":
                off = y.max(axis=1) - y[np.arange(len(y)), np.searchsorted(classes, got.astype(int))]
                assert np.isin(got, classes).all(), "labels that are of no class"
            elif kind == "probabilities":
                off = np.abs(got - y)
            elif kind == "errors":
                off = np.abs(got - np.square(x - y).mean(axis=(1, 2, 3)))
            elif kind == "scaled":
                off = np.abs(got - own_order(y, f["inputs"], got.shape))
            else:
                assert got.shape == data.shape or path.endswith(".csv"), f"{got.shape} of {data.shape}"
                want = own_order(low + y * extent, f["inputs"], got.shape)
                unit = own_order(np.broadcast_to(np.where(extent > 0, extent, 1), y.shape), f["inputs"], got.shape)
                off = np.abs(got - want) / np.maximum(unit, np.abs(want))
            print(f"{path}: {len(got)} samples, {kind}, mean {got.mean():.9g}: at most {off.max():.2e} off")
            worst = worst if off.max() <= WITHIN else np.inf
    return int(worst > WITHIN)


if __name__ == "__main__":
    np.seterr(over="ignore")
    sys.exit(__doc__ if len(sys.argv) < 4 else main(sys.argv[1], sys.argv[2], sys.argv[3:]))
