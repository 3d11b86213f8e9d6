"""Holds a run.h5 against the entries of its journal.

The outside oracle of the torture: it knows docs/hdf5.md and what the entries mean, and nothing of aevo's code.
usage: check_run.py entries.json run.h5 [run.h5 ...]
"""
import json
import re
import struct
import sys

import h5py
import numpy as np

NAN = float("nan")
STATUS = ["OK", "INVALID", "DIVERGED", "OUT_OF_MEMORY", "TIME_LIMIT", "FAILED", "WORKER_LOST"]
FIGURES = ["psnr", "ssim", "trustworthiness", "continuity", "probe_accuracy", "knn_accuracy",
           "accuracy", "cross_entropy", "macro_f1"]
EPOCH_FIGURES = ["accuracy", "cross_entropy"]
MEANS = ("validation_accuracy", "test_accuracy", "training_s", "combination_s", "effective_s")
TASK = re.compile(r"([a-z-]+):r(\d+)(?::m(\d+))?(?::e(\d+))?")
RIVALS = ["joint-code", "majority-vote", "probability-vote", "best-member", "mean-member", "monolith", "principal-components"]


def exact(fields):
    return struct.unpack(">d", bytes.fromhex(fields["bits"]))[0] if "bits" in fields else fields


def share(part, whole):
    return part / whole if whole else NAN


def read(path):
    with open(path, encoding="ascii") as file:
        return [json.loads(line, object_hook=exact) for line in file]


class Expected:
    """The tables that follow from the entries: for each, its columns in the order of the rows."""

    COSTS = {
        "asks": "asks", "tells": "tells", "messages": "messages", "bytes": "bytes",
        "ask_s": "askS", "tell_s": "tellS", "journal_s": "journalS", "snapshot_s": "snapshotS", "send_s": "sendS",
        "commits": "commits", "commit_s": "commitS", "loop_s": "loopS", "service_s": "serviceS", "search_s": "searchS",
    }
    MACHINE = {
        "cpu_model": "cpu", "cores": "cores", "allowed_cores": "allowedCores", "affinity": "affinity",
        "memory_bytes": "memoryBytes", "allowed_memory_bytes": "allowedMemoryBytes", "kernel": "kernel", "load": "load",
    }
    UNKNOWN = {
        "cpu_model": "", "cores": -1, "allowed_cores": NAN, "affinity": "", "memory_bytes": -1,
        "allowed_memory_bytes": -1, "kernel": "", "load": NAN,
    }
    NOTHING = {**{name: 0 for name in COSTS}, "service_s": NAN, "search_s": NAN}

    def __init__(self, entries):
        self.started = entries[0]
        s = self.started
        program = {"created_by": s["createdBy"], "git_commit": s["gitCommit"], "java_version": s["javaVersion"]}
        self.sessions = [{"start_s": 0.0, "end_s": NAN, "workers": s["workers"], **program, "host": "", **self.UNKNOWN}]
        self.workers = {}
        self.teams = {}
        self.team_of = {}
        self.verdicts = []
        self.candidates = {}
        self.sent = {}
        self.outcomes = {}
        self.progress = []
        self.tells_who_left = True
        self.data = {"data_sha256": "", "data_place": "", "data_distribution": "shared-file", "data_fraction": 1.0}
        self.costs_before = dict(self.NOTHING)
        self.costs = dict(self.NOTHING)
        self.complete = 0
        for entry in entries[1:]:
            self.complete = 0
            getattr(self, entry["entry"])(entry)

    def add_costs(self):
        total = {name: self.costs_before[name] + self.costs[name] for name in self.COSTS}
        for median in ("service_s", "search_s"):  # they add up to nothing
            last = self.costs[median]
            total[median] = self.costs_before[median] if np.isnan(last) else last
        return total

    def RunResumed(self, e):
        self.costs_before, self.costs = self.add_costs(), dict(self.NOTHING)
        for worker in self.workers.values():
            if np.isnan(worker["left_s"]):
                worker.update(left_s=e["time"], lost=1)
        for number, team in self.teams.items():
            if np.isnan(team["ended_s"]):
                self.TeamEnded({"team": number, "time": e["time"], "lost": True})
        p = e["program"]
        program = {"created_by": p["name"], "git_commit": p["commit"], "java_version": p["java"]}
        self.sessions.append({"start_s": e["time"], "end_s": NAN, "workers": e["workers"], **program, "host": "", **self.UNKNOWN})

    def machine(self, machine):
        return {name: machine[field] for name, field in self.MACHINE.items()}

    def MasterHost(self, e):
        self.sessions[-1].update(host=e["host"], **self.machine(e["machine"]))

    def DataUsed(self, e):
        self.data.update(data_sha256=e["checksum"], data_place=e["place"])

    def DataShared(self, e):
        self.data.update(data_distribution=e["distribution"], data_fraction=e["fraction"])

    def DataCame(self, e):
        self.workers[e["worker"]].update(
            data_from="message" if e["fetched"] else "copy", data_bytes=e["bytes"], data_s=e["seconds"])

    def DataScaled(self, e):
        pass  # no table has it

    def RunEnded(self, e):
        self.sessions[-1]["end_s"] = e["time"]
        self.complete = 1 if e["complete"] else 0

    def WorkerJoined(self, e):
        self.workers[e["worker"]] = {
            "worker": e["worker"], "rank": e["rank"], "host": e["host"], "device": e["device"], "pid": e["pid"],
            "start_s": e["startSeconds"], "joined_s": e["time"], "left_s": NAN, "lost": 0,
            "evaluations": 0, "busy_s": 0.0, "threads": e["threads"],
            "data_from": "none" if self.started["simulated"] else "file", "data_bytes": 0, "data_s": NAN, **self.machine(e["machine"]),
        }

    def WorkerLeft(self, e):
        self.workers[e["worker"]].update(left_s=e["time"], lost=1 if e["lost"] else 0)

    def TeamFormed(self, e):
        self.teams[e["team"]] = {"workers": e["workers"], "formed_s": e["time"], "ended_s": NAN, "lost": 0}
        self.team_of.update(dict.fromkeys(e["workers"], e["team"]))

    def TeamEnded(self, e):
        team = self.teams[e["team"]]
        team.update(ended_s=e["time"], lost=1 if e["lost"] else 0)
        for worker in team["workers"]:
            del self.team_of[worker]

    def Asked(self, e):
        c = e["candidate"]
        self.candidates[c["id"]] = {
            "id": c["id"], "generation": c["generation"], "birth": len(self.candidates), "insertion": -1,
            "selection_lag": -1, "left_s": NAN, "parent_a": c["parentA"], "parent_b": c["parentB"], "operator": c["operator"],
            "asked_s": e["time"], "genome": c["design"], "insertions_before": len(self.progress),
        }

    def Dispatched(self, e):
        self.sent[e["id"], e["attempt"]] = {**e, "team": self.team_of.get(e["worker"], -1)}

    def DispatchLost(self, e):
        pass

    def EpochSeen(self, e):
        pass  # no table has it

    def Judged(self, e):
        self.verdicts.append({"evaluation": e["id"], "attempt": e["attempt"], "epoch": e["epoch"], "loss": e["loss"],
                              "stop": 1 if e["stop"] else 0, "time_s": e["time"]})

    def stopped(self, identity, attempt):
        """Epoch at which an evaluation was stopped; 0 if it was not."""
        return max((v["epoch"] for v in self.verdicts if v["stop"] and (v["evaluation"], v["attempt"]) == (identity, attempt)), default=0)

    def objectives(self):
        """Columns of the objectives."""
        return ["objective_" + name.replace("-", "_") for name in self.started["objectives"]["names"]]

    def Arrived(self, e):
        v = e["evaluation"]
        score, effort, d = v["score"], v["effort"], v["effort"]["durations"]
        sent = self.sent.get((v["id"], e["attempt"]))
        self.outcomes[v["id"]] = {
            "worker": e["worker"], "attempt": e["attempt"], "team": sent["team"] if sent else -1,
            "ranks": effort["teamwork"]["ranks"], "communication_s": effort["teamwork"]["communicationSeconds"],
            "communication_share": share(effort["teamwork"]["communicationSeconds"], d["train"] + d["validate"]),
            "dispatched_s": sent["time"] if sent else NAN, "arrived_s": e["time"], "wait_s": e["waitSeconds"],
            "build_s": d["build"], "train_s": d["train"], "validate_s": d["validate"],
            "status": STATUS.index(v["status"]), "fitness": score["fitness"],
            "train_loss": score["trainLoss"], "validation_loss": score["validationLoss"],
            "parameters": effort["parameters"], "epochs": effort["epochs"], "stopped": self.stopped(v["id"], e["attempt"]),
            "samples_per_s": effort["samplesPerSecond"], "message": v["message"], "curve": v["curve"],
            "cpu_s": effort["usage"]["cpuSeconds"], "peak_memory_bytes": effort["usage"]["peakMemoryBytes"],
            "gpu_memory_bytes": effort["usage"]["gpuMemoryBytes"],
            "weights_origin": effort["inheritance"]["origin"].lower(),
            "figures": score["figures"],
            "inherited_share": effort["inheritance"]["share"],
            "cumulated_epochs": effort["inheritance"]["epochs"] + effort["epochs"],
            **{name: score["figures"].get(name.upper(), NAN) for name in FIGURES},
            **dict(zip(self.objectives(), score["objectives"] or [NAN] * len(self.objectives()))),
        }
        if sent:
            for member in self.teams[sent["team"]]["workers"] if sent["team"] >= 0 else [sent["worker"]]:
                worker = self.workers[member]
                worker["evaluations"] += 1
                worker["busy_s"] += d["build"] + d["train"] + d["validate"]

    def Inserted(self, e):
        i = e["insertion"]
        candidate = self.candidates[i["id"]]
        candidate["insertion"] = len(self.progress)
        candidate["selection_lag"] = len(self.progress) - candidate["insertions_before"]
        self.progress.append({
            "evaluations": len(self.progress) + 1, "evaluation": i["id"], "elapsed_s": e["time"],
            "best_fitness": i["bestFitness"], "mean_fitness": i["meanFitness"],
            "population_diversity": i["diversity"],
        })
        for gone in i["left"]:
            self.candidates[gone]["left_s"] = e["time"]
        self.tells_who_left &= e["tellsWhoLeft"]

    def MasterCosts(self, e):
        self.costs = {name: e[field] for name, field in self.COSTS.items()}

    def front(self, outcomes):
        """Ids of those that no other dominates, in the order of arrival, by comparing all with all."""
        points = {i: [o[c] for c in self.objectives()] for i, o in outcomes if np.isfinite(o["fitness"])}
        return [i for i, p in points.items()
                if not any(q != p and all(a <= b for a, b in zip(q, p)) for q in points.values())]

    def hypervolumes(self):
        """After each arrival, of two objectives: columns of the area that the front dominates, added up."""
        x, y = self.objectives()
        given = self.started["objectives"]["reference"]
        measured = [o for o in self.outcomes.values() if np.isfinite(o["fitness"])]
        reference = given or ([max(o[c] for o in measured) for c in (x, y)] if measured else None)
        rows, arrived = [], []
        for n, (i, o) in enumerate(self.outcomes.items()):
            if np.isfinite(o["fitness"]):
                arrived.append((o[x], o[y]))
            volume, lowest = 0.0, reference[1] if reference else NAN
            for a, b in sorted(arrived):
                if a < reference[0] and b < lowest:
                    volume += (reference[0] - a) * (lowest - b)
                    lowest = b
            front = {p for p in arrived if not any(q != p and q[0] <= p[0] and q[1] <= p[1] for q in set(arrived))}
            rows.append({"evaluations": n + 1, "evaluation": i, "elapsed_s": o["arrived_s"],
                         "hypervolume": volume if reference else NAN,
                         "front_size": sum(p in front for p in arrived)})
            arrived = [p for p in arrived if p in front]
        return rows

    def tables(self):
        # nothing is computed where evaluations are simulated, as those of this test are
        assert self.started["simulated"]
        operations = {"forward_operations": float("nan"), "step_operations": float("nan")}
        rows = [{**self.candidates[i], **self.outcomes[i], **operations} for i in sorted(self.outcomes)]
        hidden = ("genome", "insertions_before", "message", "curve", "figures") + (() if self.tells_who_left else ("left_s",))
        curves = [
            {"evaluation": r["id"], "fold": p["fold"], "epoch": p["epoch"], "train_loss": p["trainLoss"],
             "validation_loss": p["validationLoss"], "elapsed_s": p["elapsed"],
             **{name: p["figures"].get(name.upper(), NAN) for name in EPOCH_FIGURES}}
            for r in rows for p in r["curve"]
        ]
        costs = self.add_costs()
        costs["busy_s"] = sum(costs[c] for c in ("ask_s", "tell_s", "journal_s", "snapshot_s", "send_s"))
        return {
            "evaluations": [{k: v for k, v in r.items() if k not in hidden} for r in rows],
            "curves": curves,
            "sessions": self.sessions,
            "workers": list(self.workers.values()),
            "teams": [{"team": number, "member": member, "worker": worker,
                       **{name: team[name] for name in ("formed_s", "ended_s", "lost")}}
                      for number, team in self.teams.items() for member, worker in enumerate(team["workers"])],
            "verdicts": self.verdicts,
            "progress": self.progress,
            "master": [costs],
            **(self.front_tables() if self.objectives() else {}),
            **self.ensemble_tables(),
        }

    def ensemble_tables(self):
        """Of an ensemble run: its tasks, what is held against each other, and how far members differ."""
        tasks = [(i, *t.groups()) for i, c in self.candidates.items() if (t := TASK.fullmatch(c["operator"]))]
        if not tasks:
            return {}
        rows, good, ended, all_members = [], {}, {}, 0
        for i, kind, repeat, member, epoch in tasks:
            repeat, member, epoch = int(repeat), int(member or -1), int(epoch or -1)
            o = self.outcomes.get(i)
            rows.append({
                "evaluation": i, "task": kind, "repeat": repeat, "member": member, "epoch": epoch,
                "status": o["status"] if o else -1, "seconds": spent(o) if o else NAN,
                "validation_loss": o["validation_loss"] if o else NAN, "accuracy": o["accuracy"] if o else NAN,
                "test_accuracy": o["figures"].get("TEST_ACCURACY", NAN) if o else NAN,
            })
            all_members = max(all_members, member)
            if o:
                ended[kind, repeat, member, epoch] = o
            if o and o["status"] == 0:
                good[kind, repeat, member, epoch] = o
        accuracy, diversity = [], []

        def elapsed(kind, repeat, member, epoch):
            o = ended.get((kind, repeat, member, -1), {"curve": []})
            return next((p["elapsed"] for p in o["curve"] if p["epoch"] == epoch), NAN)

        def add(rival, row, validation, test, training, combination):
            accuracy.append({"rival": rival, "repeat": row["repeat"], "epoch": row["epoch"],
                             "validation_accuracy": validation, "test_accuracy": test, "training_s": training,
                             "combination_s": combination, "effective_s": training + combination})

        for row in rows:
            repeat, epoch = row["repeat"], row["epoch"]
            o = good.get((row["task"], repeat, row["member"], epoch))
            trained = [elapsed("member", repeat, m, epoch) for m in range(1, all_members + 1)]
            slowest = max(trained) if not any(np.isnan(trained)) and trained else NAN
            if row["task"] == "joint-classifier" and o:
                add("joint-code", row, o["accuracy"], o["figures"].get("TEST_ACCURACY", NAN), slowest, spent(o))
            if row["task"] == "monolith-classifier" and o:
                add("monolith", row, o["accuracy"], o["figures"].get("TEST_ACCURACY", NAN),
                    elapsed("monolith", repeat, -1, epoch), spent(o))
            if row["task"] == "components-classifier" and o:
                add("principal-components", row, o["accuracy"], o["figures"].get("TEST_ACCURACY", NAN), 0.0, spent(o))
            if row["task"] != "vote":
                continue
            told = [good.get(("member-classifier", repeat, m, epoch)) for m in range(1, all_members + 1)]
            until = [t + spent(c) if c else NAN for t, c in zip(trained, told)]
            last = NAN if any(np.isnan(until)) else max(until)
            if all(told):
                best = max(told, key=lambda c: c["accuracy"])
                add("best-member", row, best["accuracy"], best["figures"]["TEST_ACCURACY"], slowest, last - slowest)
                mean = [sum(values) / len(told) for values in (
                    [c["accuracy"] for c in told], [c["figures"]["TEST_ACCURACY"] for c in told], trained,
                    [spent(c) for c in told])]
                add("mean-member", row, *mean)
            if o:
                f = o["figures"]
                add("majority-vote", row, f["MAJORITY_ACCURACY"], f["TEST_MAJORITY_ACCURACY"], slowest, last - slowest + spent(o))
                add("probability-vote", row, o["accuracy"], f["TEST_ACCURACY"], slowest, last - slowest + spent(o))
                diversity.append({"repeat": repeat, "epoch": epoch,
                                  **{name: f[name.upper()] for name in (
                                      "disagreement", "error_correlation", "test_disagreement", "test_error_correlation")}})
        accuracy.sort(key=lambda a: (RIVALS.index(a["rival"]), a["repeat"], a["epoch"]))
        diversity.sort(key=lambda d: (d["repeat"], d["epoch"]))
        return {"ensemble_tasks": rows, "ensemble_accuracy": accuracy, "ensemble_diversity": diversity}

    def front_tables(self):
        front = self.front(self.outcomes.items())
        return {
            "front": [{"id": i, **{c: self.outcomes[i][c] for c in self.objectives()}} for i in front],
            "hypervolume": self.hypervolumes(),
        }

    def texts(self):
        ids = sorted(self.outcomes)
        return {
            "genomes": [self.candidates[i]["genome"] for i in ids],
            "messages": [self.outcomes[i]["message"] for i in ids],
        }

    def best(self):
        finite = [(o["fitness"], n, i) for n, (i, o) in enumerate(self.outcomes.items()) if np.isfinite(o["fitness"])]
        return min(finite)[2] if finite else -1

    def attributes(self):
        s = self.started
        return {
            "name": s["name"], "mode": s["mode"], "strategy": s["strategy"], "seed": s["seed"],
            "task": s["task"], "fitness": s["fitness"], "objectives": ", ".join(s["objectives"]["names"]),
            "created_by": s["createdBy"], "simulated": int(s["simulated"]), "workers": s["workers"],
            "complete": self.complete, **self.data,
            "team": next((len(team["workers"]) for team in self.teams.values()), 1),
        }


def spent(outcome):
    return outcome["build_s"] + outcome["train_s"] + outcome["validate_s"]


def same(found, expected):
    if isinstance(expected, float):
        return struct.pack(">d", found) == struct.pack(">d", expected) or (found != found and expected != expected)
    return found == expected


def text(value):
    return value.decode("utf-8") if isinstance(value, bytes) else value


def compare(path, expected):
    """Yields (what, found, expected) of every value."""
    with h5py.File(path) as f:
        for name, value in expected.attributes().items():
            yield "@" + name, text(f.attrs[name]), value
        for name, rows in expected.tables().items():
            group = f[name]
            yield name + "@rows", int(group.attrs["rows"]), len(rows)
            if rows:
                yield name + " columns", sorted(group), sorted(rows[0])
            for column in rows[0] if rows else ():
                data = group[column]
                values = (data.asstr()[:] if h5py.check_string_dtype(data.dtype) else data[:]).tolist()
                yield f"{name}/{column} length", len(values), len(rows)
                for i, row in enumerate(rows):
                    # these were added up in another order
                    rounded = name + "/" + column in ("hypervolume/hypervolume",) or column in MEANS and name == "ensemble_accuracy"
                    alike = rounded and abs(values[i] - row[column]) <= 1e-9 * abs(row[column])
                    yield f"{name}/{column}[{i}]", row[column] if alike else values[i], row[column]
        for name, texts in expected.texts().items():
            utf8, offset = f[name]["utf8"][:], f[name]["offset"][:]
            found = [utf8[a:b].tobytes().decode("utf-8") for a, b in zip(offset[:-1], offset[1:])]
            yield name + " count", len(found), len(texts)
            for i, (a, b) in enumerate(zip(found, texts)):
                yield f"{name}[{i}]", a, b
        yield "best/evaluation", int(f["best/evaluation"][()]), expected.best()


def content(path):
    """Everything in a file, as bytes."""
    found = {}

    def add(name, node):
        for key, value in node.attrs.items():
            found[name + "@" + key] = np.asarray(value).tobytes()
        if isinstance(node, h5py.Dataset):
            data = node[()]
            plain = data.tobytes() if hasattr(data, "tobytes") else data
            found[name] = (str(node.dtype), node.shape, plain)

    with h5py.File(path) as f:
        add("", f)
        f.visititems(add)
    return found


def main():
    expected = Expected(read(sys.argv[1]))
    problems, values = [], 0
    for path in sys.argv[2:]:
        for what, found, wanted in compare(path, expected):
            values += 1
            if not same(found, wanted):
                problems.append(f"{path}: {what} is {found!r}, the journal says {wanted!r}")
    first = content(sys.argv[2])
    for path in sys.argv[3:]:
        other = content(path)
        names = sorted(set(first) | set(other))
        problems += [f"{path}: {n} differs from {sys.argv[2]}" for n in names if first.get(n) != other.get(n)]
    if problems:
        sys.exit("\n".join(problems[:20]))
    print(f"{values} values are equal")


main()
