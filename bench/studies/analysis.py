"""What the studies compute of run.h5. Losses are those of /evaluations, in the order in which the search took them in."""
import math
import os

import h5py
import numpy as np


class Run:
    """One run directory.

    losses: validation loss of each evaluation, infinity where there is none; of classifiers the fitness; accuracy: on the validation
    samples, NaN where there is none; arrived: seconds since the first dispatch; busy:
    seconds of a worker's time; status: codes, 0 for those that went well; started: seconds from the run's start to the first
    dispatch; wall: to the last evaluation. parameters: of each network, and epochs: that its weights were trained for, its ancestors'
    included; 0 where a run has no such column. ids: of the candidates; trained: epochs of each evaluation; stopped: the epoch after which a
    rule ended it, 0 if none did. cost: seconds of processor time of each evaluation, which other programs on the machine do
    not lengthen; where they are not recorded those that it took.
    """

    def __init__(self, folder):
        with h5py.File(os.path.join(folder, "run.h5"), "r") as f:
            table = f["evaluations"]
            rows = int(table.attrs["rows"])
            column = {name: table[name][:rows] for name in (
                "insertion", "arrived_s", "validation_loss", "status", "build_s", "train_s", "validate_s")}
            classifier = "accuracy" in table
            column["accuracy"] = table["accuracy"][:rows] if classifier else np.full(rows, np.nan)
            column["fitness"] = table["fitness"][:rows] if classifier else column["validation_loss"]
            column["id"] = table["id"][:rows] if "id" in table else np.arange(rows)  # rows are by id, and each id has one
            for name in ("parameters", "cumulated_epochs", "epochs", "stopped"):
                column[name] = table[name][:rows] if name in table else np.zeros(rows, int)
            column["cpu_s"] = table["cpu_s"][:rows] if "cpu_s" in table else np.full(rows, np.nan)
            # those that a generation had not yet when the run ended come last
            insertion = np.where(column["insertion"] < 0, rows, column["insertion"])
            order = np.lexsort((column["arrived_s"], insertion))
            column = {name: values[order] for name, values in column.items()}
            self.started = float(f["timeline"].attrs["first_dispatch_s"])
            self.arrived = column["arrived_s"] - self.started
            self.losses = np.where(np.isfinite(column["fitness"]), column["fitness"], np.inf)
            self.accuracy = column["accuracy"]
            self.wall = self.started + float(self.arrived.max(initial=0))
            self.busy = column["build_s"] + column["train_s"] + column["validate_s"]
            self.cost = np.where(np.isfinite(column["cpu_s"]), column["cpu_s"], self.busy)
            self.status = column["status"]
            self.parameters = column["parameters"]
            self.epochs = column["cumulated_epochs"]
            self.ids = column["id"]
            self.trained = column["epochs"]
            self.stopped = column["stopped"]
            self.complete = bool(f.attrs["complete"])
            self.simulated = bool(f.attrs["simulated"])
            self.utilisation = float(f["timeline"].attrs["utilisation"])
            self.commit = text(f["run/git_commit"][()])

    def until(self, seconds):
        """Losses of the evaluations that had arrived so long after the first dispatch."""
        return self.losses[self.arrived <= seconds]


def table(folder, name):
    """Rows of a table of run.h5, as dictionaries."""
    with h5py.File(os.path.join(folder, "run.h5"), "r") as f:
        group = f[name]
        rows = int(group.attrs["rows"])
        columns = {key: (data.asstr()[:rows] if h5py.check_string_dtype(data.dtype) else data[:rows]).tolist() for key, data in group.items()}
    return [{key: values[i] for key, values in columns.items()} for i in range(rows)]


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def window(runs, limit):
    """Seconds from the first dispatch that each of the runs had, of a wall time that counts from their starts."""
    return limit - max(run.started if len(run.arrived) else limit for run in runs)


def best_so_far(losses):
    return np.minimum.accumulate(losses)


def needed(losses, target):
    """Evaluations until a loss is at most the target, that one included; infinity if none is."""
    hits = np.flatnonzero(losses <= target)
    return int(hits[0]) + 1 if len(hits) else math.inf


def seconds_to(run, target):
    """Worker-seconds until a loss is at most the target, that evaluation's included; infinity if none is."""
    evaluations = needed(run.losses, target)
    return math.inf if evaluations == math.inf else float(run.cost[:evaluations].sum())


def front(losses, parameters):
    """Pairs of loss and log10(parameters) that no other is at most as large as in both, by loss."""
    best, pairs = math.inf, []
    for loss, count in sorted(zip(losses, parameters)):
        size = math.log10(count) if count > 0 else math.inf
        if math.isfinite(loss) and size < best:
            pairs.append((float(loss), size))
            best = size
    return pairs


def area(pairs, loss, size):
    """Hypervolume of a front of two objectives: what of the rectangle below (loss, size) is dominated."""
    total, upper = 0.0, size
    for x, y in pairs:
        if x < loss and y < upper:
            total += (loss - x) * (upper - y)
            upper = y
    return total


def draws(pool, target):
    """Mean number of draws from a pool, put back each time, until one is at most the target; infinity if none is."""
    hits = int(np.count_nonzero(pool <= target))
    return len(pool) / hits if hits else math.inf


def curves(runs):
    """Median, smallest and largest over runs of the best loss after 1, 2, ... evaluations, as far as all runs go."""
    length = min(len(r.losses) for r in runs)
    best = np.array([best_so_far(r.losses[:length]) for r in runs])
    return np.median(best, axis=0), best.min(axis=0), best.max(axis=0)


def race(evolved, drawn):
    """One evolution beside one random search of the same seed and length: what each needs to reach where the other ends."""
    length = min(len(evolved.losses), len(drawn.losses))
    e, r = evolved.losses[:length], drawn.losses[:length]
    target = float(r.min())
    return {
        "evaluations": length,
        "random_best": target,
        "evolution_best": float(e.min()),
        "random_needs": needed(r, target),
        "evolution_needs": needed(e, target),
    }
