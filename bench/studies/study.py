"""What the studies share: their options, runs that are kept, and the page with its tables and figures."""
import argparse
import csv
import json
import math
import os
import signal
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "peers"))
import common  # noqa: E402

PACKAGES = [("h5py", "python3-h5py"), ("numpy", "python3-numpy"), ("matplotlib", "python3-matplotlib")]
INPUT = os.path.join(HERE, "study.yaml")
LEAST_SECONDS = 20  # of wall time: on two idle cores the first evaluation is there after six
COLOURS = ["#0072b2", "#d55e00", "#009e73"]  # Okabe and Ito's: told apart by everybody


def options(description, seeds, seeds_are="runs of each kind, with seeds 1, 2, ...", **defaults):
    """Options of a study; NAME=(default, meaning) for those of its own."""
    name = os.path.basename(sys.argv[0])
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0, help="times the length of every run: 0.1 to try, 10 on a cluster")
    parser.add_argument("--seeds", type=int, default=seeds, help=seeds_are)
    parser.add_argument("--workers", type=int, default=2, help="workers that train, one core or GPU each")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="a key of the input, for all runs")
    parser.add_argument("--runs", default=os.path.join("runs", "studies", name), help="folder of the runs; finished ones are kept")
    parser.add_argument("-o", "--output", default=os.path.join("bench", "results", "studies", name),
                        help="folder of the tables and figures")
    for key, (default, meaning) in defaults.items():
        parser.add_argument("--" + key.replace("_", "-"), type=type(default), default=default, help=meaning)
    chosen = parser.parse_args()
    if not chosen.scale > 0 or chosen.seeds < 1 or chosen.workers < 1:
        parser.error("--scale must be positive, --seeds and --workers at least 1")
    return chosen


def length(options, whole, least, what):
    """Of each run, with this --scale: `whole` with 1. Ends at once, with a scale that is enough, if that is less than `least`."""
    scaled = whole * options.scale
    if scaled < least:
        enough = math.ceil(100 * least / whole) / 100
        sys.exit(f"bench/studies/{os.path.basename(sys.argv[0])}: --scale {options.scale:g} gives runs of {scaled:g} {what}, of which at least "
                 f"{least} are needed: try {enough:.2f}")
    return scaled


class Runs:
    """The runs of a study, one directory each. The same command again keeps those that are finished and resumes one that is not."""

    def __init__(self, options, total, source=INPUT):
        self.options = options
        self.source = source
        self.folder = os.path.abspath(options.runs)
        self.total = total
        self.done = 0
        self.made = 0  # runs made now
        self.began = 0.0  # when the first of them was begun
        self.loads = []
        common.need(PACKAGES)
        common.command([os.path.join(common.ROOT, "bin", "build")])
        os.makedirs(self.folder, exist_ok=True)

    def run(self, name, settings):
        """The directory of a run with these settings, {key: value}; those of --set come last."""
        arguments = [f"{key}={value}" for key, value in settings.items()] + self.options.set
        place, note = os.path.join(self.folder, name), os.path.join(self.folder, name + ".json")
        # without a journal it never began: an input that was refused keeps nobody from giving another
        if os.path.exists(note) and os.path.exists(os.path.join(place, "run.journal")):
            with open(note) as f:
                made = json.load(f)
            if made["settings"] != arguments:
                other = sorted(set(made["settings"]) ^ set(arguments))
                sys.exit(f"{note}: made with other settings ({', '.join(other)}): name another folder with --runs, or delete this one")
        else:
            made = {"settings": arguments, "load": common.load()}
            with open(note + ".new", "w") as f:
                json.dump(made, f)
            os.replace(note + ".new", note)
        self.loads.append(made["load"])
        if finished(place):
            self.done += 1
        else:
            self.begin(name)
            if os.path.exists(os.path.join(place, "run.journal")):
                follow([common.AEVO, "run", "--resume", place])
            else:
                more = [word for setting in arguments for word in ("--set", setting)]
                follow([common.AEVO, "run", self.source, "-o", place, *more])
            self.made += 1
        return place

    def begin(self, name):
        """Says that a run is made now."""
        self.done += 1
        self.began = self.began or time.monotonic()
        self.say(f"{name} ...")

    def say(self, what):
        left = ""
        if self.made:
            # with what a study does between two runs
            seconds = (time.monotonic() - self.began) / self.made * (self.total - self.done + 1)
            left = f", about {seconds / 60:.0f} min left"
        print(f"{os.path.basename(sys.argv[0])}: {self.done} of {self.total}{left}: {what}", file=sys.stderr, flush=True)


def finished(place):
    import h5py

    try:
        with h5py.File(os.path.join(place, "run.h5"), "r") as f:
            return bool(f.attrs["complete"])
    except OSError:
        return False


def follow(arguments):
    """Runs a command to its end; a signal to this process stops it cleanly, so that it can be resumed."""
    def stop(*_):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)  # which is ignored in the background of a script
    child = subprocess.Popen(arguments, cwd=common.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                             start_new_session=True)
    try:
        said = child.communicate()[0]
    except KeyboardInterrupt:
        child.terminate()
        child.communicate()
        sys.exit(f"{os.path.basename(sys.argv[0])}: stopped; the same command goes on")
    if child.returncode != 0:
        sys.exit(f"failed ({child.returncode}): {' '.join(arguments)}\n{said}")
    return said


def window(runs, limit):
    """Seconds from the first dispatch that all of these runs had; ends with the way out if one of them came to nothing."""
    import analysis

    seconds = analysis.window(runs, limit)
    if any(len(run.until(seconds)) == 0 for run in runs):
        sys.exit(f"{os.path.basename(sys.argv[0])}: a run of {limit:g} s came to no evaluation: try a larger --scale")
    return seconds


def count(value, digits=0):
    """A number as text; infinity stands for what did not come about."""
    return "never" if value == float("inf") else f"{value:,.{digits}f}"


def numbered(values, digits):
    """Median (smallest–largest)."""
    median = statistics.median_low(values) if float("inf") in values else statistics.median(values)
    return f"{count(median, digits)} ({count(min(values), digits)}–{count(max(values), digits)})"


def read(place):
    """An analysis.Run; h5py and numpy are asked for by then."""
    import analysis

    return analysis.Run(os.path.join(common.ROOT, place))


def figure(columns=1, width=4.6, height=3.4):
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    plt.rcParams.update({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False, "legend.frameon": False})
    return plt.subplots(1, columns, figsize=(width * columns, height), squeeze=False, layout="constrained")


def logarithmic(*axes):
    """Plain numbers on logarithmic axes, some between the decades."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

    for axis in axes:
        axis.set_major_locator(LogLocator(subs=(1, 2, 5) if axis.axis_name == "x" else (1, 1.5, 2, 3, 5, 7)))
        axis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}"))
        axis.set_minor_locator(NullLocator())


def save(drawn, options, name):
    os.makedirs(options.output, exist_ok=True)
    drawn.savefig(os.path.join(options.output, name), dpi=110)


def write(options, title, text, loads, runs, raw, source=INPUT, kind="searches", drawn="",
          what="Median (smallest–largest) of alternating runs.", **more):
    """The page STUDY.md with a row for each run in STUDY.csv beside it, and more CSVs: name=rows. `kind` says what runs are, `drawn` what
    they differ by if not by their seeds, `what` what its numbers are."""
    os.makedirs(options.output, exist_ok=True)
    for name, rows in more.items():
        with open(os.path.join(options.output, name + ".csv"), "w", newline="") as f:
            csv.writer(f, lineterminator="\n").writerows(rows)
    runs = list(runs)
    commits = sorted({r.commit[:12] or "unknown" for r in runs})
    if all(r.simulated for r in runs):
        text += "\n**Simulated**: evaluations slept, and their losses are invented.\n"
    took = sum(r.wall for r in runs)
    one = len(runs) == 1
    text += f"\nThe {kind.removesuffix('s') if one else f'{len(runs)} {kind}'} took {took / 60:.0f} minutes{'' if one else ' together'}, by {'its own clock' if one else 'their own clocks'}.\n"
    text += f"\nOf commit {', '.join(commits)}; {drawn or f'seeds 1 to {options.seeds}'}; the input is `{os.path.relpath(source, common.ROOT)}`.\n"
    page = os.path.join(options.output, os.path.basename(sys.argv[0]) + ".md")
    common.write(page, title, text, loads, [package for _, package in PACKAGES], raw, what)
