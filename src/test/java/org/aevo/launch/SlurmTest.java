package org.aevo.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SlurmTest {
    @Test
    void tasksOfNodesAreWrittenShort() {
        assertEquals(List.of(3, 2, 2, 1), Slurm.tasksPerNode(Map.of("SLURM_STEP_TASKS_PER_NODE", "3,2(x2),1")));
        assertEquals(List.of(5), Slurm.tasksPerNode(Map.of("SLURM_TASKS_PER_NODE", "5")));
        assertEquals(List.of(), Slurm.tasksPerNode(Map.of()));
        assertEquals(List.of(), Slurm.tasksPerNode(Map.of("SLURM_STEP_TASKS_PER_NODE", "some")));
    }

    @Test
    void memoryIsGrantedPerCoreOrPerNode() {
        assertEquals(
                OptionalLong.of(8192),
                Slurm.memoryOfTask(Map.of("SLURM_MEM_PER_CPU", "2048", "SLURM_CPUS_PER_TASK", "4"), 3));
        assertEquals(OptionalLong.of(4000), Slurm.memoryOfTask(Map.of("SLURM_MEM_PER_NODE", "12000"), 3));
        assertEquals(OptionalLong.empty(), Slurm.memoryOfTask(Map.of("SLURM_MEM_PER_NODE", "0"), 3));
        assertEquals(OptionalLong.empty(), Slurm.memoryOfTask(Map.of(), 3));
    }
}
