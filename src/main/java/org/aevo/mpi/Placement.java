package org.aevo.mpi;

import java.util.Optional;

/**
 * Where this process stands among those that a launcher started together.
 *
 * @param rank 0 is the master
 * @param size number of ranks
 * @param localRank number of this rank among those on its host, from 0
 * @param launcher who said so
 * @param job present under a job scheduler
 */
public record Placement(int rank, int size, int localRank, Launcher launcher, Optional<Job> job) {
    public Placement {
        if (size < 1 || rank < 0 || rank >= size || localRank < 0) {
            throw new IllegalArgumentException(
                    "no placement: rank " + rank + ", local rank " + localRank + " of " + size + " ranks");
        }
    }

    /** Who started the ranks. */
    public enum Launcher {
        /** Nobody did: this process is rank 0 of 1. */
        NONE,
        /** {@code srun}. */
        SLURM
    }

    /**
     * A job of a scheduler.
     *
     * @param id of the job
     * @param step of the job
     * @param nodes that the ranks run on, as the scheduler writes them: {@code node[01-04]}
     * @param restarts how often the job was requeued
     */
    public record Job(String id, String step, String nodes, int restarts) {}
}
