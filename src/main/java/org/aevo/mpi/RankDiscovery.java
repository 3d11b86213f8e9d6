package org.aevo.mpi;

import java.util.Map;
import java.util.Optional;

/** Finds out from the environment who started this process, and as which rank. */
public final class RankDiscovery {
    private RankDiscovery() {}

    /**
     * A task of {@code srun} has a step; the batch script itself, which also has a SLURM_PROCID, has none.
     *
     * @throws IllegalArgumentException if a launcher's variables contradict each other; the message names the variable
     */
    public static Placement of(Map<String, String> environment) {
        if (environment.containsKey("SLURM_STEP_ID") && environment.containsKey("SLURM_PROCID")) {
            return slurm(environment);
        }
        return new Placement(0, 1, 0, Placement.Launcher.NONE, Optional.empty());
    }

    private static Placement slurm(Map<String, String> environment) {
        String tasks = environment.containsKey("SLURM_STEP_NUM_TASKS") ? "SLURM_STEP_NUM_TASKS" : "SLURM_NTASKS";
        String nodes = environment.containsKey("SLURM_STEP_NODELIST") ? "SLURM_STEP_NODELIST" : "SLURM_JOB_NODELIST";
        Placement.Job job = new Placement.Job(
                environment.getOrDefault("SLURM_JOB_ID", ""),
                environment.get("SLURM_STEP_ID"),
                environment.getOrDefault(nodes, ""),
                number(environment, "SLURM_RESTART_COUNT", Optional.of(0)));
        return new Placement(
                number(environment, "SLURM_PROCID", Optional.empty()),
                number(environment, tasks, Optional.empty()),
                number(environment, "SLURM_LOCALID", Optional.of(0)),
                Placement.Launcher.SLURM,
                Optional.of(job));
    }

    private static int number(Map<String, String> environment, String name, Optional<Integer> otherwise) {
        String text = environment.get(name);
        if (text == null) {
            return otherwise.orElseThrow(() -> new IllegalArgumentException(name + " is not set"));
        }
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number, was '" + text + "'", e);
        }
    }
}
