"""Works the front and the hypervolumes of a run.h5 out anew, by comparing all with all and counting the cells of a grid."""
import sys

import h5py
import numpy as np


def dominated(p, points):
    return (np.all(points <= p, axis=1) & np.any(points < p, axis=1)).any()


def volume(points, reference):
    """Of all cells between neighbouring coordinates those whose lower corner some point is as good as."""
    axes = [np.unique(np.append(points[:, k][points[:, k] < r], r)) for k, r in enumerate(reference)]
    corners = np.stack(np.meshgrid(*[a[:-1] for a in axes], indexing="ij"), axis=-1)
    sizes = np.ones(corners.shape[:-1])
    for k, a in enumerate(axes):
        shape = [1] * len(axes)
        shape[k] = -1
        sizes = sizes * np.diff(a).reshape(shape)
    covered = np.zeros(corners.shape[:-1], dtype=bool)
    for p in points:
        covered |= np.all(p <= corners, axis=-1)
    return sizes[covered].sum()


with h5py.File(sys.argv[1]) as f:
    names = ["objective_" + n.replace("-", "_") for n in f.attrs["objectives"].decode().split(", ")]
    e, h = f["evaluations"], f["hypervolume"]
    of = dict(zip(e["id"][:].tolist(), np.stack([e[n][:] for n in names], axis=1)))
    arrived = [i for _, i in sorted(zip(e["arrived_s"][:].tolist(), e["id"][:].tolist()))]
    rows = h.attrs["rows"]
    assert h["evaluation"][:rows].tolist() == arrived, "the order of arrival"
    assert h["evaluations"][:rows].tolist() == list(range(1, rows + 1)), "their number"
    measured = [i for i in arrived if not np.isnan(of[i]).any()]
    points = np.array([of[i] for i in measured])
    front = [i for i in measured if not dominated(of[i], points)]
    assert f["front"]["id"][: f["front"].attrs["rows"]].tolist() == front, "the front"
    for n in names:
        assert f["front"][n][:].tolist() == [of[i][names.index(n)] for i in front], n
    reference = [h.attrs["reference_" + n] for n in names]
    if h.attrs["reference_from"].decode() != "task.reference-point":
        assert reference == points.max(axis=0).tolist(), "the reference point"
    for row in range(rows):
        so_far = np.array([of[i] for i in arrived[: row + 1] if i in measured]).reshape(-1, len(names))
        expected = volume(so_far, reference)
        found = h["hypervolume"][row]
        assert abs(found - expected) <= 1e-9 * max(1, expected), (row, found, expected)
        assert h["front_size"][row] == sum(not dominated(p, so_far) for p in so_far), row
    print(rows, "arrivals are right")
