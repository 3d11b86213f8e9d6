#!/usr/bin/python3
"""Recomputes what a trained network makes of samples, with numpy and h5py alone.

usage: bench/reconstruct.py FILE...                               each a model.h5, or a directory that holds one
       bench/reconstruct.py FILE --inputs X.npy --into Y.npz      FILE a model.h5, or a run.h5: its best network

Of each model: how far codes and reconstructions of its example samples, or a classifier's probabilities, are from those
that are in it, at the most. With --inputs what the network makes of X, values in [0, 1] as [n, channels, rows, columns],
[n, rows, columns] or [n, values]: Y has an array for each output of the network, output and latent; of a classifier
output, the probability of each class, and labels, the most probable ones. Exit code 0 if none is further than 1e-4, 1 if one is, 2
if a file has no network that this script reads. docs/model.md and docs/hdf5.md describe the files.
"""
import os
import sys

import h5py
import numpy as np

SCHEMA, VERSIONS, WITHIN = "aevo-model", (1, 2), 1e-4
RUN = "aevo-run"

ACTIVATIONS = {
    "": lambda x: x,
    "identity": lambda x: x,
    "relu": lambda x: np.maximum(x, 0),
    "leaky-relu": lambda x: np.where(x >= 0, x, 0.01 * x),
    "elu": lambda x: np.where(x >= 0, x, np.expm1(np.minimum(x, 0))),
    "swish": lambda x: x / (1 + np.exp(-x)),
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "hard-sigmoid": lambda x: np.clip(0.2 * x + 0.5, 0, 1),
    "softmax": lambda x: exponentials(x) / exponentials(x).sum(axis=1, keepdims=True),
}


def exponentials(x):
    """In units of the largest of each sample: none overflows."""
    return np.exp(x - x.max(axis=1, keepdims=True))


def padded(x, layer, value):
    """What "same" padding adds; with "valid" padding the edges are 0, and rows and columns beyond the last window unused."""
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


def fitted(x, channels, rows, columns):
    """As an input of a sum of this shape: nearest rows and columns, channels cut off or filled up with zeros."""
    if rows == columns == 1:
        x = x.reshape(len(x), -1, 1, 1)
    x = x[:, :channels]
    x = x[:, :, np.arange(rows) * x.shape[2] // rows][:, :, :, np.arange(columns) * x.shape[3] // columns]
    return np.pad(x, ((0, 0), (0, channels - x.shape[1]), (0, 0), (0, 0)))


def compute(layer, inputs, weights):
    """One layer: [n, channels, rows, columns] in and out; a vector has one row and one column."""
    x = inputs[0]

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
    elif kind == "join":
        x = sum(fitted(other, *x.shape[1:]) for other in inputs)
    else:
        raise ValueError(f"layer {layer['name']} is of an unknown kind, {kind}")
    if layer["normalized"]:
        deviation = np.sqrt(per_channel("var") + layer["epsilon"])
        x = (x - per_channel("mean")) / deviation * per_channel("gamma") + per_channel("beta")
    return ACTIVATIONS[layer["activation"]](x)


def table(group):
    columns = {name: d.asstr()[:] if h5py.check_string_dtype(d.dtype) else d[:] for name, d in group.items()}
    return [{name: values[i] for name, values in columns.items()} for i in range(group.attrs["rows"])]


class Network:
    """The network in a model.h5, or in the group /best of a run.h5."""

    def __init__(self, group):
        self.layers = table(group["layers"])
        self.weights = {name: d[()].astype(np.float64) for name, d in group.get("weights", {}).items()}
        before = "input"
        for layer in self.layers:
            # without a column for them each takes what the one before gives
            layer["inputs"] = layer["inputs"].split(" ") if "inputs" in layer else [before]
            before = layer["name"]
        if "outputs" in group:
            self.outputs = {row["name"]: row["layer"] for row in table(group["outputs"])}
        else:
            names = [layer["name"] for layer in self.layers]
            self.outputs = {"output": names[-1]} | ({"latent": "latent"} if "latent" in names else {})

    def forward(self, x):
        """What it makes of samples, [n, channels, rows, columns]: an array for each output."""
        values = {"input": x}
        for layer in self.layers:
            values[layer["name"]] = compute(layer, [values[name] for name in layer["inputs"]], self.weights)
        return {output: values[name] for output, name in self.outputs.items()}


def text(value):
    return value.decode() if isinstance(value, bytes) else value


def refuse(place, why):
    print(f"{place}: {why}", file=sys.stderr)
    sys.exit(2)


def opened(place, schemas=(SCHEMA,)):
    path = os.path.join(place, "model.h5") if os.path.isdir(place) else place
    try:
        f = h5py.File(path, "r")
    except OSError as e:
        refuse(path, f"cannot be read as HDF5: {e}")
    schema, version = text(f.attrs.get("schema", "no schema")), f.attrs.get("schema_version", 0)
    if schema == RUN and schema not in schemas:
        refuse(path, "is a run of aevo, which holds no examples: name samples with --inputs")
    if schema not in schemas:
        refuse(path, f"is no model of aevo (schema {SCHEMA}), but {schema}")
    known = VERSIONS if schema == SCHEMA else (1,)
    if version not in known:
        refuse(path, f"has version {version} of the schema, this script reads {' and '.join(map(str, known))}")
    if schema == RUN and "layers" not in f["best"]:
        refuse(path, "does not say which layers its best network has, as aevo writes since 0.7.0 for networks that were"
                     " trained; 'aevo recover' makes it anew")
    if schema == RUN and "weights" not in f["best"]:
        refuse(path, "has no weights of its best network")
    return f


def as_images(x):
    return x.astype(np.float64).reshape(x.shape if x.ndim == 4 else x.shape + (1, 1))


def apart(x, expected):
    return float(np.abs(x.reshape(expected.shape) - expected).max())


def most_probable(probabilities, classes):
    return classes[probabilities.reshape(len(probabilities), -1).argmax(axis=1)]


def classified(place, network, examples, classes):
    """A line about a classifier; how far its probabilities are from those in the file, infinity if a label is another."""
    made = network.forward(as_images(examples["inputs"]))["output"]
    off = apart(made, examples["probabilities"])
    same = np.array_equal(most_probable(examples["probabilities"], classes), examples["predicted"])
    wrong = int((examples["predicted"] != examples["labels"]).sum())
    print(f"{place}: {len(made)} classified, {wrong} wrongly; probabilities at most {off:.2e} from the program's"
          + ("" if same else ", whose labels are not those of its probabilities"))
    return off if same else np.inf


def main(places):
    worst = 0.0
    for place in places:
        with opened(place) as f:
            network = Network(f)
            examples = {name: d[()] for name, d in f["examples"].items()}
            if "inputs/classes" in f:
                off = classified(place, network, examples, f["inputs/classes"][:])
                worst = max(worst, off if off <= WITHIN else np.inf)
                continue
            made = network.forward(as_images(examples["inputs"]))
            x = made["output"]
            # a network need not have a code
            code = apart(made["latent"], examples["codes"]) if "codes" in examples else 0.0
            output = apart(x, examples["outputs"])
            if x[0].size == examples["originals"][0].size:
                squares = np.square(x.reshape(examples["originals"].shape) - examples["originals"]).mean()
                error = f"mean squared error {squares:.6f}; "
            else:
                error = ""
            print(f"{place}: {len(x)} reconstructions, {error}at most {output:.2e} from the program's, codes {code:.2e}")
            # not max(): it would pass over a NaN
            worst = worst if code <= WITHIN and output <= WITHIN else np.inf
    return int(worst > WITHIN)


def save(place, inputs, into):
    with opened(place, (SCHEMA, RUN)) as f:
        shape = [int(f["inputs"][side][()]) for side in ("channels", "height", "width")]
        x = np.load(inputs).astype(np.float64)
        if x[0].size != np.prod(shape):
            refuse(inputs, f"samples of {x[0].size} values, the network takes {' x '.join(map(str, shape))}")
        made = Network(f if text(f.attrs["schema"]) == SCHEMA else f["best"]).forward(x.reshape(len(x), *shape))
        if "inputs/classes" in f:
            made["labels"] = most_probable(made["output"], f["inputs/classes"][:])
    np.savez(into, **made)
    print(f"{into}: " + ", ".join(f"{name} {list(value.shape)}" for name, value in made.items()))
    return 0


if __name__ == "__main__":
    np.seterr(over="ignore")
    arguments = sys.argv[1:]
    if len(arguments) == 5 and arguments[1::2] == ["--inputs", "--into"]:
        sys.exit(save(*arguments[::2]))
    sys.exit(__doc__ if not arguments or any(a.startswith("--") for a in arguments) else main(arguments))
