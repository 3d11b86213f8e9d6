"""A master and its workers with mpi4py, as one would write them by hand. Prints one line of JSON.

usage: mpiexec -n 1+WORKERS python3 mpi4py_dispatch.py EVALUATIONS [--seconds S] [--ga deap] [--journal FILE] [--ahead N]

--journal: every result is on disk before it is acted on, all that have arrived with one fdatasync: what aevo does.
--ahead: so many candidates wait at each worker beside the one it is at.
"""
import argparse
import json
import os
import pickle
import time

from mpi4py import MPI

import steady_state


def master(comm, search, evaluations, journal, ahead):
    workers = comm.Get_size() - 1
    status = MPI.Status()
    candidates, out, told = {}, 0, 0
    file = os.open(journal, os.O_CREAT | os.O_WRONLY | os.O_APPEND) if journal else None
    for worker in range(1, workers + 1):
        comm.recv(source=worker)  # it is ready
    started = time.perf_counter()
    first = None

    def send(worker):
        nonlocal out, first
        candidate = search.ask()
        candidates[candidate["id"]] = candidate
        if first is None:
            first = time.perf_counter()
        comm.send((candidate, candidate["id"] * 7919), dest=worker)
        out += 1

    for n in range(min(workers * (1 + ahead), evaluations)):
        send(n % workers + 1)
    while told < evaluations:
        arrived = [(comm.recv(source=MPI.ANY_SOURCE, status=status), status.Get_source())]
        if file is not None:
            while comm.Iprobe(source=MPI.ANY_SOURCE):
                arrived.append((comm.recv(source=MPI.ANY_SOURCE, status=status), status.Get_source()))
            os.write(file, b"".join(pickle.dumps((candidates[r["id"]], r, w)) for r, w in arrived))
            os.fdatasync(file)
        for result, worker in arrived:
            search.tell(candidates.pop(result["id"]), result)
            told += 1
            if told == evaluations // 2:
                half = time.perf_counter()
            if search.asked < evaluations:
                send(worker)
    last = time.perf_counter()
    for worker in range(1, workers + 1):
        comm.send(None, dest=worker)
    print(json.dumps({"evaluations": told, "seconds": last - first, "last_half_s": last - half, "ready_s": first - started}))


def worker(comm, seconds):
    comm.send("ready", dest=0)
    while True:
        task = comm.recv(source=0)
        if task is None:
            return
        candidate, seed = task
        if seconds > 0:
            time.sleep(seconds)
        comm.send(steady_state.evaluate(candidate, seed), dest=0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("evaluations", type=int)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--ga", choices=["hand", "deap"], default="hand")
    parser.add_argument("--journal")
    parser.add_argument("--ahead", type=int, default=0)
    options = parser.parse_args()
    comm = MPI.COMM_WORLD
    if comm.Get_rank() > 0:
        worker(comm, options.seconds)
        return
    if options.ga == "deap":
        from deap_steady_state import DeapSteadyState

        search = DeapSteadyState(1)
    else:
        search = steady_state.SteadyState(1)
    master(comm, search, options.evaluations, options.journal, options.ahead)


main()
