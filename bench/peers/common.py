"""What the comparisons share: what is missing, alternating runs, medians, the machine, a table in Markdown."""
import argparse
import csv
import datetime
import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
AEVO = os.path.join(ROOT, "bin", "aevo")
PYTHON = "/usr/bin/python3"  # Debian's: its packages are what is compared with


def need(modules=(), programs=()):
    """Ends with the command that installs what is not there. Pairs of a name and Debian's package."""
    missing = [p for m, p in modules if importlib.util.find_spec(m) is None]
    missing += [p for m, p in programs if shutil.which(m) is None]
    if missing:
        packages = " ".join(sorted(set(missing)))
        sys.exit(
            f"{os.path.basename(sys.argv[0])}: Debian's packages are missing: {packages}\n"
            f"get them with: apt-get install --no-install-recommends {packages}"
            + ("" if os.path.realpath(sys.executable) == os.path.realpath(PYTHON) else f"\nthis is {sys.executable}: Debian's is {PYTHON}")
        )


def options(description, repeats, **defaults):
    """Options of a driver: NAME=default, lists of numbers as text."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--repeats", type=int, default=repeats, help="runs of each, alternating")
    parser.add_argument("-o", "--output", help="Markdown file for the table; a CSV with every run beside it")
    for name, default in defaults.items():
        parser.add_argument("--" + name.replace("_", "-"), type=type(default), default=default)
    return parser.parse_args()


def numbers(text, kind=int):
    return [kind(part) for part in text.split(",")]


def load():
    with open("/proc/loadavg") as f:
        return float(f.read().split()[0])


def machine():
    with open("/proc/cpuinfo") as f:
        model = next((line.split(":", 1)[1].strip() for line in f if line.startswith("model name")), "unknown CPU")
    with open("/proc/meminfo") as f:
        memory = int(f.readline().split()[1]) / 2**20
    return f"{model}, {os.cpu_count()} cores seen, {memory:.0f} GiB, Linux {os.uname().release}"


def version(package):
    found = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True)
    return f"{package} {found.stdout}" if found.returncode == 0 else f"{package} not installed"


def command(arguments, **more):
    """Runs a command; its output. Ends with what it said if it fails."""
    done = subprocess.run(arguments, capture_output=True, text=True, **more)
    if done.returncode != 0:
        sys.exit(f"failed ({done.returncode}): {' '.join(map(str, arguments))}\n{done.stdout}{done.stderr}")
    return done.stdout


def mpiexec(ranks, arguments):
    """Open MPI's ranks on this machine, more than cores if need be, polite while they wait."""
    environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
    return command(
        ["mpiexec", "--oversubscribe", "--mca", "mpi_yield_when_idle", "1", "--mca", "btl", "self,vader"]
        + ["-n", str(ranks), PYTHON, *map(str, arguments)],
        env=environment,
    )


def aevo_run(folder, workers, evaluations, *settings, source="inputs/quickstart.yaml"):
    """A run with simulated evaluations in folder/run; answers that path."""
    run = os.path.join(folder, "run")
    arguments = [AEVO, "run", os.path.join(ROOT, source), "-o", run, "--workers", str(workers)]
    arguments += ["--evaluations", str(evaluations)]
    for setting in ("evaluator.kind=simulated", "record.snapshot-seconds=100000", *settings):
        arguments += ["--set", setting]
    command(arguments, cwd=ROOT)
    return run


def scratch():
    """A temporary folder on the disk that holds this checkout: what is durable there is."""
    os.makedirs(os.path.join(ROOT, "target", "bench"), exist_ok=True)
    return tempfile.TemporaryDirectory(dir=os.path.join(ROOT, "target", "bench"))


def alternate(contestants, repeats):
    """Calls each of {name: function} in turn, so many times; {name: [result, ...]} and the loads before each call."""
    results, loads = {name: [] for name in contestants}, []
    for repeat in range(repeats):
        for name, function in contestants.items():
            loads.append(load())
            results[name].append(function())
            print(f"{repeat + 1}/{repeats} {name}: {results[name][-1]}", file=sys.stderr, flush=True)
    return results, loads


def spread(values, digits=3):
    """Median, and of several smallest and largest, as text."""
    texts = [f"{v:,.{digits}f}" for v in (statistics.median(values), min(values), max(values))]
    return f"{texts[0]} ({texts[1]}–{texts[2]})" if len(values) > 1 else texts[0]


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "| --- " + "| ---: " * (len(header) - 1) + "|"]
    return "\n".join(lines + ["| " + " | ".join(map(str, row)) + " |" for row in rows]) + "\n"


def write(output, title, text, loads, packages, raw, what="Median (smallest–largest) of alternating runs."):
    """Prints the page, and writes it and a CSV of every run where they are wanted. `what` says what its numbers are."""
    page = (
        f"# {title}\n\n{text}\n"
        f"{datetime.date.today()}, `{' '.join([os.path.relpath(os.path.abspath(sys.argv[0]), ROOT), *sys.argv[1:]])}`: {machine()}. "
        f"{f'Load average before the runs: {spread(loads, 1)}. ' if loads else ''}{'; '.join([*map(version, packages), command([AEVO, '--version']).strip().splitlines()[0]])}, "
        f"Java {java_version()}. {what}\n"
    )
    print(page)
    if output:
        with open(output, "w") as f:
            f.write(page)
        with open(os.path.splitext(output)[0] + ".csv", "w", newline="") as f:
            csv.writer(f, lineterminator="\n").writerows(raw)


def java_version():
    home = os.environ.get("JAVA_HOME")
    java = os.path.join(home, "bin", "java") if home else "java"
    said = subprocess.run([java, "-version"], capture_output=True, text=True).stderr.splitlines()
    return said[0].split('"')[1] if said and '"' in said[0] else "unknown"
