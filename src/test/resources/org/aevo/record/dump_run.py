"""Reads every dataset and attribute of a run.h5 with h5py and writes what it found.

The outside oracle of RunFileTest: this script knows nothing of aevo.
usage: dump_run.py run.h5 out.txt
"""
import sys

import h5py
import numpy as np
import pandas as pd


def plain(value):
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, np.ndarray):
        if value.dtype == np.int8:
            return value.tobytes().hex()
        if value.dtype.kind == "S":
            return [v.decode("utf-8") for v in value.ravel()]
        return [plain(v) for v in value.ravel()]
    if isinstance(value, np.floating):
        # the exact bits, so that NaN and infinity compare too
        return value.astype(np.float64).tobytes().hex()
    if isinstance(value, np.integer):
        return str(int(value))
    return str(value)


out = {}
with h5py.File(sys.argv[1], "r") as f:
    for name, value in f.attrs.items():
        out["@" + name] = plain(value)

    def visit(name, node):
        for key, value in node.attrs.items():
            out[name + "@" + key] = plain(value)
        if isinstance(node, h5py.Dataset):
            out[name] = plain(node[()])
            out[name + "#shape"] = [str(n) for n in node.shape]
            out[name + "#type"] = str(node.dtype)

    f.visititems(visit)

    # the sentence of the documentation
    for name in ("workers", "teams", "verdicts", "evaluations", "curves", "timeline", "progress", "master", "sessions"):
        group = f[name]
        table = pd.DataFrame(
            {k: (d.asstr()[:] if h5py.check_string_dtype(d.dtype) else d[:]) for k, d in group.items()}
        )[: group.attrs["rows"]]
        out[name + "#rows"] = str(len(table))
        out[name + "#columns"] = sorted(table.columns)

    # the ragged texts
    for name in ("genomes", "messages"):
        utf8, offset = f[name]["utf8"][:], f[name]["offset"][:]
        out[name + "#texts"] = [
            utf8[a:b].tobytes().decode("utf-8") for a, b in zip(offset[:-1], offset[1:])
        ]

with open(sys.argv[2], "w", encoding="ascii") as file:
    # a line per name: the name and the values, all as UTF-8 in hexadecimal with a separator after each
    for name, value in out.items():
        values = [name] + (value if isinstance(value, list) else [value])
        file.write("".join(v.encode("utf-8").hex() + "," for v in values) + "\n")
