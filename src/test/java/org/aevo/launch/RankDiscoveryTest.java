package org.aevo.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RankDiscoveryTest {
    private static final Map<String, String> TASK = Map.ofEntries(
            Map.entry("SLURM_PROCID", "3"),
            Map.entry("SLURM_NTASKS", "5"),
            Map.entry("SLURM_LOCALID", "1"),
            Map.entry("SLURM_NODEID", "1"),
            Map.entry("SLURM_STEP_TASKS_PER_NODE", "1,2(x2)"),
            Map.entry("SLURM_JOB_ID", "17"),
            Map.entry("SLURM_STEP_ID", "0"),
            Map.entry("SLURM_JOB_NODELIST", "node[01-04]"),
            Map.entry("SLURMD_NODENAME", "node02"),
            Map.entry("SLURM_RESTART_COUNT", "2"));

    private static final Map<String, String> OPEN_MPI = Map.of(
            "OMPI_COMM_WORLD_RANK", "2",
            "OMPI_COMM_WORLD_SIZE", "4",
            "OMPI_COMM_WORLD_LOCAL_RANK", "0",
            "OMPI_COMM_WORLD_LOCAL_SIZE", "2",
            "PMIX_NAMESPACE", "prterun-login/1-4711@1");

    private static Map<String, String> with(Map<String, String> base, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(base);
        all.putAll(more);
        return all;
    }

    @Test
    void aTaskOfSrun() {
        assertEquals(
                new Placement(
                        3,
                        5,
                        OptionalInt.of(1),
                        OptionalInt.of(2),
                        "node02",
                        Placement.Launcher.SLURM,
                        Optional.of(new Placement.Job("17", "0", 2))),
                RankDiscovery.of(TASK));
    }

    @Test
    void theStepCountsWhereItIsNarrowerThanTheJob() {
        assertEquals(
                4,
                RankDiscovery.of(with(TASK, Map.of("SLURM_STEP_NUM_TASKS", "4")))
                        .size());
    }

    @Test
    void aShellOfSrunIsAloneWhateverItsStepWasGiven() {
        Map<String, String> task = with(TASK, Map.of("SLURM_TASK_PID", "4711", "SLURM_PROCID", "0"));
        Placement shell = RankDiscovery.of(task, pid -> pid == 4711);
        assertEquals(Placement.Launcher.SRUN_SHELL, shell.launcher());
        assertFalse(shell.isOneOfMany());
        assertEquals("node02", shell.host());
        assertEquals(
                Placement.Launcher.SLURM, RankDiscovery.of(task, pid -> false).launcher());
        Map<String, String> one = with(task, Map.of("SLURM_STEP_NUM_TASKS", "1"));
        assertEquals(
                Placement.Launcher.SLURM, RankDiscovery.of(one, pid -> true).launcher());
    }

    @Test
    void aRankOfHydraHasTheJobThatWasFoundOutAlsoInsideAJobOfSlurm() {
        Map<String, String> hydra = Map.of("PMI_RANK", "3", "PMI_SIZE", "5", "PMI_FD", "6", "AEVO_JOB", "node01:40001");
        // the ranks may be numbered as the tasks that their launcher's daemons are
        for (Map<String, String> environment : java.util.List.of(hydra, with(TASK, hydra))) {
            Placement placement = RankDiscovery.of(environment);
            assertEquals(Placement.Launcher.PMI, placement.launcher());
            assertEquals("node01_40001", placement.job().orElseThrow().id());
        }
    }

    @Test
    void aPortThatAnswersNobodyIsNoReasonToRunAsManyTimesAsThereAreRanks() {
        Map<String, String> port = Map.of("PMI_PORT", "node01:40001", "PMI_ID", "1");
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> RankDiscovery.of(port));
        assertTrue(e.getMessage().contains("PMI_PORT is node01:40001"), e.getMessage());
    }

    @Test
    void aBatchScriptAndADesktopAreNoRanks() {
        Map<String, String> batch = new HashMap<>(TASK);
        batch.remove("SLURM_STEP_ID");
        for (Map<String, String> environment : java.util.List.of(batch, Map.<String, String>of())) {
            Placement alone = RankDiscovery.of(environment);
            assertEquals(0, alone.rank());
            assertFalse(alone.isOneOfMany());
            assertEquals(Placement.Launcher.NONE, alone.launcher());
        }
    }

    @Test
    void aRankOfOpenMpiAlsoInsideAJobOfSlurm() {
        // there, mpirun's daemons are tasks of srun, and the ranks inherit what SLURM says of those
        for (Map<String, String> environment : java.util.List.of(OPEN_MPI, with(TASK, OPEN_MPI))) {
            Placement placement = RankDiscovery.of(environment);
            assertEquals(Placement.Launcher.OPEN_MPI, placement.launcher());
            assertEquals(2, placement.rank());
            assertEquals(4, placement.size());
            assertEquals(OptionalInt.of(0), placement.localRank());
            assertEquals("prterun-login_1-4711_1", placement.job().orElseThrow().id());
        }
        assertEquals(
                2, RankDiscovery.of(with(TASK, OPEN_MPI)).job().orElseThrow().restarts());
    }

    @Test
    void aRankOfMpiexec() {
        Map<String, String> hydra =
                Map.of("PMI_RANK", "1", "PMI_SIZE", "3", "MPI_LOCALRANKID", "1", "MPI_LOCALNRANKS", "3");
        Placement placement = RankDiscovery.of(hydra);
        assertEquals(Placement.Launcher.PMI, placement.launcher());
        assertEquals(1, placement.rank());
        assertEquals(OptionalInt.of(3), placement.localSize());
        assertTrue(placement.job().isEmpty());
        assertTrue(assertThrows(LaunchException.class, () -> MeetingPoint.file(placement))
                .getMessage()
                .contains("--master"));
        assertEquals(
                "77",
                RankDiscovery.of(with(hydra, Map.of("PALS_APID", "77")))
                        .job()
                        .orElseThrow()
                        .id());
    }

    @Test
    void srunMayGivePmiVariablesToo() {
        Map<String, String> both = with(TASK, Map.of("PMI_RANK", "3", "PMI_SIZE", "5"));
        assertEquals(Placement.Launcher.SLURM, RankDiscovery.of(both).launcher());
        // a proxy of mpiexec that srun started
        Map<String, String> proxy = with(TASK, Map.of("PMI_RANK", "0", "PMI_SIZE", "8"));
        assertEquals(Placement.Launcher.PMI, RankDiscovery.of(proxy).launcher());
    }

    @Test
    void aRankThatTheUserCounted() {
        Placement placement = RankDiscovery.given(0, 3, TASK);
        assertEquals(Placement.Launcher.USER, placement.launcher());
        assertEquals(3, placement.size());
        assertTrue(placement.localRank().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> RankDiscovery.given(3, 3, TASK));
    }

    @Test
    void nonsenseNamesTheVariable() {
        Map<String, String> broken = with(TASK, Map.of("SLURM_PROCID", "three"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> RankDiscovery.of(broken))
                .getMessage()
                .contains("SLURM_PROCID"));
        assertThrows(IllegalArgumentException.class, () -> RankDiscovery.of(with(TASK, Map.of("SLURM_PROCID", "5"))));
    }
}
