#!/usr/bin/env python3
"""Seconds until hosts without data files have 150 MB that rank 0 sends (data.distribution: broadcast), over loopback.

usage: bench/data broadcast [hosts...]; by default 1 2 4 8. Each host is a rank with a folder of data of its own, empty at
first, and all of them are on this machine, with its processors and its disk.
"""
import os
import pathlib
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import h5py
import numpy as np

HOME = pathlib.Path(__file__).resolve().parent.parent
IMAGES = 191_326  # of 28x28: 150 MB
PORT = 23_877
LIMIT_S = 600
INPUT = """
name: broadcast
strategy: random
mode: async
budget: {wall-seconds: 3600}
space: {family: dense, latent: 2, max-genes: 1, units: [4, 4]}
training: {engine: torch, epochs: 1, samples-per-epoch: 100}
data: {kind: idx, path: images, train: 180000, validation: 100, test: 11226, distribution: broadcast}
cluster: {start-timeout: 300}
"""


def peak_mib(pid):
    """Largest resident set of a process so far."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) / 1024


def start(folder, rank, ranks, secret):
    cache = folder / f"cache{ranks}-{rank}"
    environment = dict(os.environ, AEVO_SECRET=secret, AEVO_DATA_CACHE=str(cache))
    out = open(folder / f"{ranks}-{rank}.out", "w")
    return subprocess.Popen(
        [str(HOME / "bin/aevo"), "run", "input.yaml", "-o", f"run{ranks}", "--rank", str(rank), "--ranks", str(ranks),
         "--master", f"127.0.0.1:{PORT}"],
        cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT)


def spread(folder, hosts):
    """Bytes fetched, seconds of each worker, peak of the master in MiB."""
    secret = secrets.token_hex(32)
    ranks = [start(folder, rank, hosts + 1, secret) for rank in range(hosts + 1)]
    log = folder / f"run{hosts + 1}" / "run.log"
    try:
        deadline = time.monotonic() + LIMIT_S
        while not log.exists() or log.read_text().count(" is ready: ") < hosts:
            if time.monotonic() > deadline or ranks[0].poll() is not None:
                sys.exit((folder / f"{hosts + 1}-0.out").read_text())
            time.sleep(0.2)
        peak = peak_mib(ranks[0].pid)
        ranks[0].send_signal(signal.SIGUSR1)
        for rank in ranks:
            rank.wait(120)
    finally:
        for rank in ranks:
            rank.kill()
    with h5py.File(folder / f"run{hosts + 1}" / "run.h5") as run:
        workers = run["workers"]
        assert set(workers["data_from"].asstr()[:]) == {"message"}
        return int(workers["data_bytes"][:].sum()), sorted(workers["data_s"][:]), peak


def main():
    counts = [int(word) for word in sys.argv[1:]] or [1, 2, 4, 8]
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        images = np.random.default_rng(1).integers(0, 256, (IMAGES, 28 * 28), dtype="u1")
        with open(folder / "images", "wb") as file:
            file.write(np.array([0x0803, IMAGES, 28, 28], ">i4").tobytes())
            images.tofile(file)
        (folder / "input.yaml").write_text(INPUT)
        print(f"{'hosts':>5} {'MB each':>8} {'first s':>8} {'last s':>8} {'MB/s together':>14} {'master MiB':>11}  load")
        for hosts in counts:
            fetched, seconds, peak = spread(folder, hosts)
            load = os.getloadavg()[0]
            print(f"{hosts:5} {fetched / hosts / 1e6:8.1f} {seconds[0]:8.2f} {seconds[-1]:8.2f}"
                  f" {fetched / seconds[-1] / 1e6:14.0f} {peak:11.0f}  {load:.1f}", flush=True)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
