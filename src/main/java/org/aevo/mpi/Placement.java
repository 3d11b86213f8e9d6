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
    public record Job(String id, String step, String nodes, int restarts) {

        /** The first host of {@link #nodes}: the one that rank 0 runs on. */
        public String firstNode() {
            int bracket = nodes.indexOf('[');
            int comma = nodes.indexOf(',');
            if (bracket < 0 || comma >= 0 && comma < bracket) {
                return comma < 0 ? nodes : nodes.substring(0, comma);
            }
            int end = bracket + 1;
            while (end < nodes.length() && Character.isDigit(nodes.charAt(end))) {
                end++;
            }
            int close = nodes.indexOf(']', end);
            int next = nodes.indexOf(',', close);
            String suffix = close < 0 ? "" : nodes.substring(close + 1, next < 0 ? nodes.length() : next);
            return nodes.substring(0, bracket) + nodes.substring(bracket + 1, end) + suffix;
        }
    }
}
