package org.aevo.cli;

import java.util.List;

/** Whether a job scheduler and not a person ends this process. */
final class Scheduler {
    private static final List<String> JOBS = List.of("SLURM_JOB_ID", "PBS_JOBID", "LSB_JOBID");

    private Scheduler() {}

    static boolean isPresent() {
        return JOBS.stream().anyMatch(System.getenv()::containsKey);
    }
}
