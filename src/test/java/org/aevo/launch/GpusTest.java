package org.aevo.launch;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GpusTest {
    private static Gpus desktop(int devices, int perDevice) {
        List<String> ids = java.util.stream.IntStream.range(0, devices)
                .mapToObj(Integer::toString)
                .toList();
        return Gpus.of(Map.of(), false, ids, perDevice);
    }

    private static Map<String, String> task(String visible, int onNode) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SLURM_STEP_ID", "0",
                "SLURM_PROCID", "1",
                "SLURM_NTASKS", "5",
                "SLURM_STEP_TASKS_PER_NODE", "3,2",
                "SLURM_GPUS_ON_NODE", Integer.toString(onNode)));
        environment.put(Gpus.VARIABLE, visible);
        return environment;
    }

    @Test
    void eachWorkerOfAMachineHasItsOwn() {
        Gpus gpus = desktop(2, 1);
        assertEquals("0", gpus.of(Optional.of(0)));
        assertEquals("1", gpus.of(Optional.of(1)));
        assertFalse(gpus.granted());
        assertDoesNotThrow(() -> gpus.requireEnoughFor(2));
        String refused = assertThrows(LaunchException.class, () -> gpus.requireEnoughFor(3))
                .getMessage();
        assertTrue(refused.contains("3 workers") && refused.contains("2 GPUs"), refused);
        assertTrue(refused.contains("cluster.workers-per-device"), refused);
        assertThrows(LaunchException.class, () -> gpus.of(Optional.of(2)));
    }

    @Test
    void sharingIsForThoseWhoSaySo() {
        Gpus gpus = desktop(2, 2);
        assertEquals("0", gpus.of(Optional.of(2)));
        assertEquals("1", gpus.of(Optional.of(3)));
        assertThrows(LaunchException.class, () -> gpus.requireEnoughFor(5));
    }

    @Test
    void whatIsVisibleIsWhatThereIs() {
        Gpus gpus = Gpus.of(Map.of(Gpus.VARIABLE, "3, GPU-8f2c,-1,5"), false, List.of("0", "1"), 1);
        assertEquals(List.of("3", "GPU-8f2c"), gpus.visible());
        assertEquals(
                List.of(),
                Gpus.of(Map.of(Gpus.VARIABLE, ""), false, List.of("0"), 1).visible());
        assertThrows(LaunchException.class, () -> desktop(0, 1).of(Optional.of(0)));
    }

    @Test
    void aTaskThatSlurmGaveItsOwnTakesIt() {
        Map<String, String> perTask = task("1", 2);
        Gpus gpus = Gpus.of(perTask, true, List.of("0", "1"), 1);
        assertTrue(gpus.granted());
        assertEquals("1", gpus.of(Optional.of(1)));
        assertDoesNotThrow(() -> gpus.requireEnoughFor(RankDiscovery.of(perTask), perTask));

        // with devices confined by a control group each task sees its own as number 0
        Map<String, String> confined = task("0", 1);
        confined.put("SLURM_GPUS_PER_TASK", "1");
        assertEquals("0", Gpus.of(confined, true, List.of("0"), 1).of(Optional.of(1)));
    }

    @Test
    void aTaskAloneDealsOutWhatItWasGranted() {
        Map<String, String> alone = task("0,1,2", 3);
        alone.put("SLURM_GPUS_PER_TASK", "3");
        Gpus gpus = Gpus.of(alone, false, List.of(), 1);
        assertEquals("2", gpus.of(Optional.of(2)));
        assertThrows(LaunchException.class, () -> gpus.requireEnoughFor(4));
    }

    @Test
    void ofUnevenNodesEachKnowsItsOwn() {
        Map<String, String> uneven = task("0,1", 2);
        uneven.put("SLURM_GPUS", "6");
        uneven.put("SLURM_STEP_TASKS_PER_NODE", "5,2");
        uneven.put("SLURM_NODEID", "1");
        Gpus gpus = Gpus.of(uneven, true, List.of(), 1);
        assertDoesNotThrow(() -> gpus.requireEnoughFor(RankDiscovery.of(uneven), uneven));
        uneven.put("SLURM_NODEID", "0");
        assertThrows(LaunchException.class, () -> gpus.requireEnoughFor(RankDiscovery.of(uneven), uneven));
    }

    @Test
    void tasksThatSeeAllOfANodeShareThemOut() {
        Map<String, String> all = task("0,1", 2);
        Gpus gpus = Gpus.of(all, true, List.of(), 1);
        assertEquals("1", gpus.of(Optional.of(1)));
        // three tasks on the first node, but one of them is the master
        assertDoesNotThrow(() -> gpus.requireEnoughFor(RankDiscovery.of(all), all));
        all.put("SLURM_STEP_TASKS_PER_NODE", "4,1");
        assertThrows(LaunchException.class, () -> gpus.requireEnoughFor(RankDiscovery.of(all), all));
        all.put("SLURM_STEP_TASKS_PER_NODE", "2,3");
        assertThrows(LaunchException.class, () -> gpus.requireEnoughFor(RankDiscovery.of(all), all));
    }

    @Test
    void aWorkerThatDoesNotKnowItsPlaceTakesTheOnlyOneOrAsks() {
        assertEquals("0", desktop(1, 1).of(Optional.empty()));
        assertTrue(assertThrows(LaunchException.class, () -> desktop(2, 1).of(Optional.empty()))
                .getMessage()
                .contains(Gpus.VARIABLE));
    }
}
