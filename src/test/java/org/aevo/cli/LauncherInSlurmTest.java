package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aevo.record.RunHistory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Other launchers than srun inside of jobs of a real SLURM, and shells that srun starts. */
@Tag("slurm")
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
@Order(7)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LauncherInSlurmTest {
    private static final String AEVO = Path.of("bin/aevo").toAbsolutePath().toString();
    private static final String INPUT =
            """
            name: launched
            seed: 3
            mode: sync
            budget: {evaluations: 12}
            evolution: {population: 6, tournament: 2}
            space: {family: mixed, latent: 8}
            evaluator: {kind: simulated, mean-seconds: 0.1, cv: 0.3}
            cluster: {workers: 2, grace: 2}
            """;

    @TempDir
    static Path folder;

    private Optional<SlurmLab> lab = Optional.empty();

    @BeforeAll
    void start() throws Exception {
        Optional<String> missing = SlurmLab.missing(SlurmLab.Tracking.LINUXPROC);
        missing.ifPresent(why -> System.err.println("SKIPPED: SLURM was not tested; " + why));
        assumeTrue(missing.isEmpty(), "SLURM was not tested; " + missing.orElse(""));
        // ranks run what is built, not the classes of this process
        assertEquals(0, new ProcessBuilder("bin/build").inheritIO().start().waitFor());
        lab = Optional.of(SlurmLab.start(folder.resolve("lab"), SlurmLab.Tracking.LINUXPROC));
        Files.writeString(folder.resolve("input.yaml"), INPUT);
    }

    @AfterAll
    void stop() throws IOException {
        if (lab.isPresent()) {
            lab.get().close();
        }
    }

    private static RunHistory history(String run) throws IOException {
        return RunHistory.read(folder.resolve(run).resolve("run.journal"));
    }

    /** Their daemons are tasks of srun, and ranks inherit what SLURM says of those. */
    @Test
    void ranksOfOtherLaunchersMeetInsideAJob() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mpiexec.hydra")), "apt-get install mpich");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mpirun.openmpi")), "apt-get install openmpi-bin");
        // several workers have enough to do for the last to join while there is work
        // one rank on each node has the number of its daemon's task, two on each have not
        String script =
                """
                #!/bin/bash
                set -e
                mpiexec.hydra -ppn 1 -n 2 "$1" run input.yaml -o hydra-2
                mpiexec.hydra -n 4 "$1" run input.yaml -o hydra-4 --evaluations 120
                TMPDIR=/tmp mpirun.openmpi --allow-run-as-root -n 4 "$1" run input.yaml -o open-4 --evaluations 120
                """;
        Path job = Files.writeString(folder.resolve("job.sh"), script);
        String id = lab.orElseThrow()
                .submit(folder, Stream.of("--nodes=2", "--ntasks=4", "--ntasks-per-node=2"), job, AEVO);
        SlurmLab.Job ended = lab.orElseThrow().await(id);
        assertEquals(0, ended.code(), ended.text());
        for (String run : List.of("hydra-2", "hydra-4", "open-4")) {
            assertTrue(history(run).complete(), run);
            assertEquals(
                    run.charAt(run.length() - 1) - '1', history(run).workers().size(), ended.text());
        }
    }

    @Test
    void aShellOfSrunWorksAloneAtOnce() throws Exception {
        String script;
        try (InputStream in = LauncherInSlurmTest.class.getResourceAsStream("type_in_shell.py")) {
            script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String shown = lab.orElseThrow()
                .run(
                        folder,
                        "/usr/bin/python3",
                        "-c",
                        script,
                        AEVO + " run input.yaml -o shell --evaluations 120; echo code $?",
                        "srun",
                        "-n4",
                        "--pty",
                        "bash",
                        "--norc");
        assertTrue(shown.contains("this is a shell that srun started"), shown);
        assertTrue(shown.contains("code 0"), shown);
        assertEquals(2, history("shell").workers().size(), shown);
        // what has no shell above it is a rank as ever
        lab.orElseThrow()
                .run(
                        folder,
                        "srun",
                        "-n3",
                        "bash",
                        "-c",
                        "\"$0\" run input.yaml -o ranks --evaluations 120; true",
                        AEVO);
        assertTrue(history("ranks").complete());
        assertEquals(2, history("ranks").workers().size());
    }
}
