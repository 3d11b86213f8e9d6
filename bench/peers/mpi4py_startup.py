"""Prints, as JSON, when the master had the first worker's message and when it had all: seconds since the epoch."""
import json
import time

from mpi4py import MPI

comm = MPI.COMM_WORLD
if comm.Get_rank() > 0:
    comm.send("ready", dest=0)
else:
    comm.recv(source=MPI.ANY_SOURCE)
    first = time.time()
    for _ in range(comm.Get_size() - 2):
        comm.recv(source=MPI.ANY_SOURCE)
    print(json.dumps([first, time.time()]))
