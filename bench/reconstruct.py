#!/usr/bin/python3
"""Recomputes what a trained network makes of its example samples, with numpy and h5py alone.

usage: bench/reconstruct.py FILE...      each a model.h5, or a directory that holds one

Of each file: how far codes and reconstructions are from those that are in it, at the most. Exit code 0 if none is
further than 1e-4, 1 if one is, 2 if a file is no model of the version that this script reads. docs/model.md describes
the file.
"""
import os
import sys

import h5py
import numpy as np

SCHEMA, VERSION, WITHIN = "aevo-model", 1, 1e-4

ACTIVATIONS = {
    "": lambda x: x,
    "identity": lambda x: x,
    "relu": lambda x: np.maximum(x, 0),
    "leaky-relu": lambda x: np.where(x >= 0, x, 0.01 * x),
    "elu": lambda x: np.where(x >= 0, x, np.expm1(np.minimum(x, 0))),
    "swish": lambda x: x / (1 + np.exp(-x)),
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
}


def padded(x, layer, value):
    edges = ((0, 0), (0, 0), (layer["top"], layer["bottom"]), (layer["left"], layer["right"]))
    return np.pad(x, edges, constant_values=value)


def steps(layer):
    """From one window to the next, down and across; files of aevo before 0.6.0 have no signals and no column for rows."""
    return layer.get("stride_rows", layer["stride"]), layer["stride"]


def windows(x, layer):
    """The value at each place of the window, for every output: yields row and column in it, and [n, c, rows, columns]."""
    down, across = steps(layer)
    rows, columns = layer["out_height"], layer["out_width"]
    for r in range(layer.get("kernel_rows", layer["kernel"])):
        for c in range(layer["kernel"]):
            yield r, c, x[:, :, r : r + (rows - 1) * down + 1 : down, c : c + (columns - 1) * across + 1 : across]


def conv(x, layer, w):
    return sum(np.einsum("nirc,oi->norc", part, w[:, :, r, c]) for r, c, part in windows(padded(x, layer, 0), layer))


def max_pool(x, layer):
    result = None
    for _, _, part in windows(padded(x, layer, -np.inf), layer):
        result = part if result is None else np.maximum(result, part)
    return result


def deconv(x, layer, w):
    """Each input value lays its kernel over the output; the edges are cut off, or zeros are added where they are negative."""
    down, across = steps(layer)
    tall, wide = layer.get("kernel_rows", layer["kernel"]), layer["kernel"]
    n, _, rows, columns = x.shape
    top, left = layer["top"], layer["left"]
    height, width = layer["out_height"], layer["out_width"]
    last_row, last_column = (rows - 1) * down, (columns - 1) * across
    laid = np.zeros((n, w.shape[1], max(last_row + tall, top + height), max(last_column + wide, left + width)))
    for r in range(tall):
        for c in range(wide):
            spread = np.einsum("nirc,io->norc", x, w[:, :, r, c])
            laid[:, :, r : r + last_row + 1 : down, c : c + last_column + 1 : across] += spread
    return laid[:, :, top : top + height, left : left + width]


def compute(layer, x, weights):
    """One layer: [n, channels, rows, columns] in and out; a vector has one row and one column."""
    def weight(name):
        return weights[layer["name"] + "_" + name]

    def per_channel(name):
        return weight(name)[:, None, None]

    kind = layer["kind"]
    if kind == "dense":
        x = (x.reshape(len(x), -1) @ weight("W") + weight("b"))[:, :, None, None]
    elif kind == "conv":
        x = conv(x, layer, weight("W")) + per_channel("b")
    elif kind == "deconv":
        x = deconv(x, layer, weight("W")) + per_channel("b")
    elif kind == "max-pool":
        x = max_pool(x, layer)
    elif kind == "upsample":
        down, across = steps(layer)
        x = x.repeat(down, axis=2).repeat(across, axis=3)
    elif kind == "crop":
        x = x[:, :, layer["top"] :, layer["left"] :][:, :, : layer["out_height"], : layer["out_width"]]
    elif kind == "reshape":
        x = x.reshape(len(x), layer["out_channels"], layer["out_height"], layer["out_width"])
    else:
        raise ValueError(f"layer {layer['name']} is of an unknown kind, {kind}")
    if layer["normalized"]:
        deviation = np.sqrt(per_channel("var") + layer["epsilon"])
        x = (x - per_channel("mean")) / deviation * per_channel("gamma") + per_channel("beta")
    return ACTIVATIONS[layer["activation"]](x)


def layers(f):
    columns = {name: d.asstr()[:] if h5py.check_string_dtype(d.dtype) else d[:] for name, d in f["layers"].items()}
    return [{name: values[i] for name, values in columns.items()} for i in range(f["layers"].attrs["rows"])]


def text(value):
    return value.decode() if isinstance(value, bytes) else value


def refuse(place, why):
    print(f"{place}: {why}", file=sys.stderr)
    sys.exit(2)


def opened(place):
    path = os.path.join(place, "model.h5") if os.path.isdir(place) else place
    try:
        f = h5py.File(path, "r")
    except OSError as e:
        refuse(path, f"cannot be read as HDF5: {e}")
    schema, version = text(f.attrs.get("schema", "no schema")), f.attrs.get("schema_version", 0)
    if schema != SCHEMA:
        refuse(path, f"is no model of aevo (schema {SCHEMA}), but {schema}")
    if version != VERSION:
        refuse(path, f"has version {version} of the schema, this script reads version {VERSION}")
    return f


def apart(x, expected):
    return float(np.abs(x.reshape(expected.shape) - expected).max())


def main(places):
    worst = 0.0
    for place in places:
        with opened(place) as f:
            weights = {name: d[()].astype(np.float64) for name, d in f["weights"].items()}
            examples = {name: d[()] for name, d in f["examples"].items()}
            x = examples["inputs"].astype(np.float64)
            x = x.reshape(x.shape if x.ndim == 4 else x.shape + (1, 1))
            code = 0.0
            for layer in layers(f):
                x = compute(layer, x, weights)
                if layer["name"] == "latent":
                    code = apart(x, examples["codes"])
            output = apart(x, examples["outputs"])
            squares = np.square(x.reshape(examples["originals"].shape) - examples["originals"]).mean()
            print(f"{place}: {len(x)} reconstructions, mean squared error {squares:.6f}; at most {output:.2e} from the"
                  f" program's, codes {code:.2e}")
            # not max(): it would pass over a NaN
            worst = worst if code <= WITHIN and output <= WITHIN else np.inf
    return int(worst > WITHIN)


if __name__ == "__main__":
    np.seterr(over="ignore")
    sys.exit(__doc__ if len(sys.argv) < 2 else main(sys.argv[1:]))
