package org.aevo.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RankDiscoveryTest {
    private static final Map<String, String> TASK = Map.of(
            "SLURM_PROCID", "3",
            "SLURM_NTASKS", "5",
            "SLURM_LOCALID", "1",
            "SLURM_JOB_ID", "17",
            "SLURM_STEP_ID", "0",
            "SLURM_JOB_NODELIST", "node[01-04]",
            "SLURM_RESTART_COUNT", "2");

    @Test
    void aTaskOfSrun() {
        assertEquals(
                new Placement(
                        3, 5, 1, Placement.Launcher.SLURM, Optional.of(new Placement.Job("17", "0", "node[01-04]", 2))),
                RankDiscovery.of(TASK));
    }

    @Test
    void theStepCountsWhereItIsNarrowerThanTheJob() {
        Map<String, String> step = new HashMap<>(TASK);
        step.put("SLURM_STEP_NUM_TASKS", "4");
        step.put("SLURM_STEP_NODELIST", "node03");
        Placement placement = RankDiscovery.of(step);
        assertEquals(4, placement.size());
    }

    @Test
    void aBatchScriptAndADesktopAreNoRanks() {
        Map<String, String> batch = new HashMap<>(TASK);
        batch.remove("SLURM_STEP_ID");
        Placement alone = new Placement(0, 1, 0, Placement.Launcher.NONE, Optional.empty());
        assertEquals(alone, RankDiscovery.of(batch));
        assertEquals(alone, RankDiscovery.of(Map.of()));
    }

    @Test
    void nonsenseNamesTheVariable() {
        Map<String, String> broken = new HashMap<>(TASK);
        broken.put("SLURM_PROCID", "three");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> RankDiscovery.of(broken))
                .getMessage()
                .contains("SLURM_PROCID"));
        broken.put("SLURM_PROCID", "5");
        assertThrows(IllegalArgumentException.class, () -> RankDiscovery.of(broken));
    }
}
