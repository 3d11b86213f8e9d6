package org.aevo.launch;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where this process stands among those that a launcher started together.
 *
 * @param rank 0 is the master
 * @param size number of ranks
 * @param localRank number of this rank among those on its host, from 0; empty if the launcher does not say
 * @param localSize number of ranks on its host; empty if the launcher does not say
 * @param host the launcher's name for the host
 * @param launcher who said so
 * @param job what the ranks of one start have in common, and no others; empty if the launcher does not say
 */
public record Placement(
        int rank,
        int size,
        OptionalInt localRank,
        OptionalInt localSize,
        String host,
        Launcher launcher,
        Optional<Job> job) {

    public Placement {
        if (size < 1 || rank < 0 || rank >= size || localRank.orElse(0) < 0 || localSize.orElse(1) < 1) {
            throw new IllegalArgumentException("there is no rank " + rank + " of " + size + " ranks"
                    + (localRank.isPresent() ? ", local rank " + localRank.getAsInt() : ""));
        }
    }

    /** Who started the ranks. */
    public enum Launcher {
        /** Nobody did: this process is rank 0 of 1. */
        NONE("no launcher"),
        /** {@code srun}. */
        SLURM("srun"),
        /** A shell that {@code srun --pty} started as several tasks, of which it is the only one: rank 0 of 1. */
        SRUN_SHELL("a shell of srun"),
        /** {@code mpirun} of Open MPI or PRRTE. */
        OPEN_MPI("Open MPI"),
        /** {@code mpiexec} of MPICH, Intel MPI, PALS and others that speak PMI. */
        PMI("PMI"),
        /** The user, who gave {@code --rank}. */
        USER("--rank");

        private final String text;

        Launcher(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * A start of ranks.
     *
     * @param id of the job
     * @param step of the job
     * @param restarts how often the job was requeued
     */
    public record Job(String id, String step, int restarts) {}

    /** Whether other ranks were started beside this one. */
    public boolean isOneOfMany() {
        return size > 1;
    }
}
