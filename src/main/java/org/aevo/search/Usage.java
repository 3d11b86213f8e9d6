package org.aevo.search;

/**
 * What an evaluation took of its worker's host. All are NaN where they were not measured: of simulated evaluations, on
 * other systems than Linux, and in records of earlier programs.
 *
 * @param cpuSeconds processor time, user and system, of all threads of the worker's process while it evaluated
 * @param peakMemoryBytes the largest resident set of the worker's process meanwhile; since its start where the kernel
 *     does not let a process set the mark back
 * @param gpuMemoryBytes the most that the engine had allocated on a GPU meanwhile; NaN on a CPU
 */
public record Usage(double cpuSeconds, double peakMemoryBytes, double gpuMemoryBytes) {
    public static final Usage UNKNOWN = new Usage(Double.NaN, Double.NaN, Double.NaN);
}
