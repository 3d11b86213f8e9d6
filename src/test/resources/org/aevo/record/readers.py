"""Reads every dataset of an HDF5 file in another way than h5py and compares all values with what h5py finds.

usage: readers.py FILE HOW GROUPS [FILE HOW GROUPS ...]

HOW is xarray, netcdf, or a file that readers.m or readers.R printed: path, n or t, values; texts as codes. GROUPS are names
of those to compare, or *. Prints how many datasets were the same.
"""
import sys

import h5py
import numpy as np


def texts(values):
    return [v.decode("utf-8") if isinstance(v, bytes) else str(v) for v in np.asarray(values).ravel().tolist()]


def with_xarray(path, groups):
    import xarray

    for group in groups:
        with xarray.open_dataset(path, group=group, engine="h5netcdf", phony_dims="sort") as found:
            for name, variable in found.load().variables.items():
                yield f"{group}/{name}".lstrip("/"), variable.values


def with_netcdf(path, groups):
    import netCDF4

    with netCDF4.Dataset(path) as file:
        for group in groups:
            for name, variable in (file[group] if group != "/" else file).variables.items():
                if variable.dtype is str and variable.shape:
                    # an array of texts at once ends the process
                    values = [variable[i] for i in np.ndindex(variable.shape)]
                else:
                    if variable.dtype is not str and variable.dtype.kind == "S":
                        # a zero is what is missing among characters
                        variable.set_auto_mask(False)
                    values = variable[...]
                    assert not np.ma.is_masked(values), name
                yield f"{group}/{name}".lstrip("/"), values


def listed(path, expected):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            name, kind, values = line.rstrip("\n").split("\t")
            name = name.lstrip("/")
            if kind == "t":
                # Octave fills up with spaces
                found = ["".join(map(chr, map(int, text.split()))).rstrip(" ") for text in values.split(";")]
                yield name, np.array(found)
            else:
                yield name, np.array(values.split(), dtype=expected[name].dtype)


def compare(path, how, only):
    expected, groups = {}, ["/"]
    with h5py.File(path) as f:
        f.visititems(lambda name, node: groups.append(name) if isinstance(node, h5py.Group) else None)
        f.visititems(lambda name, node: expected.update({name: node[()]}) if isinstance(node, h5py.Dataset) else None)
    if only != "*":
        expected = {name: value for name, value in expected.items() if name.split("/")[0] in only.split()}
    ways = {"xarray": with_xarray, "netcdf": with_netcdf}
    same = set()
    for name, values in ways[how](path, groups) if how in ways else listed(how, expected):
        wanted = np.asarray(expected[name])
        if wanted.dtype.kind in "SO":
            wanted, values = [t.rstrip(" ") for t in texts(wanted)], [t.rstrip(" ") for t in texts(values)]
            assert wanted == values, (path, name, wanted, values)
        else:
            assert values.dtype == wanted.dtype, (path, name, values.dtype, wanted.dtype)
            np.testing.assert_array_equal(np.ravel(values), np.ravel(wanted), name)
            assert how not in ways or values.shape == wanted.shape, (path, name, values.shape, wanted.shape)
        same.add(name)
    missed = sorted(set(expected) - same)
    assert not missed, f"{path}: not read by {how}: {missed}"
    print(len(same), path, how)


for argument in range(1, len(sys.argv), 3):
    compare(*sys.argv[argument : argument + 3])
