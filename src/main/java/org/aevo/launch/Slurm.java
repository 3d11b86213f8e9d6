package org.aevo.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What SLURM says of an allocation in the environment of its tasks. */
public final class Slurm {
    private static final Pattern TASKS = Pattern.compile("(\\d{1,6})(?:\\(x(\\d{1,6})\\))?");

    private Slurm() {}

    /** Tasks on each node of the step, in the order of node ids; empty if SLURM does not say. */
    static List<Integer> tasksPerNode(Map<String, String> environment) {
        String text = environment.getOrDefault(
                "SLURM_STEP_TASKS_PER_NODE", environment.getOrDefault("SLURM_TASKS_PER_NODE", ""));
        List<Integer> tasks = new ArrayList<>();
        for (String part : text.split(",")) {
            Matcher m = TASKS.matcher(part.strip());
            if (!m.matches()) {
                return List.of();
            }
            int nodes = m.group(2) == null ? 1 : Integer.parseInt(m.group(2));
            for (int n = 0; n < nodes; n++) {
                tasks.add(Integer.parseInt(m.group(1)));
            }
        }
        return tasks;
    }

    /** MiB that one task was granted; empty if memory was not asked for, or all of the node's was. */
    public static OptionalLong memoryOfTask(Map<String, String> environment, int tasksOnNode) {
        long perCpu = number(environment, "SLURM_MEM_PER_CPU");
        if (perCpu > 0) {
            return OptionalLong.of(perCpu * Math.max(1, number(environment, "SLURM_CPUS_PER_TASK")));
        }
        long perGpu = number(environment, "SLURM_MEM_PER_GPU");
        if (perGpu > 0) { // of which a worker has one
            return OptionalLong.of(perGpu);
        }
        long perNode = number(environment, "SLURM_MEM_PER_NODE");
        return perNode > 0 ? OptionalLong.of(perNode / tasksOnNode) : OptionalLong.empty();
    }

    /** GPUs that the job was granted on this node; 0 for none. */
    static int gpusOnNode(Map<String, String> environment) {
        return (int) number(environment, "SLURM_GPUS_ON_NODE");
    }

    private static long number(Map<String, String> environment, String name) {
        String text = environment.getOrDefault(name, "").strip();
        return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
    }
}
