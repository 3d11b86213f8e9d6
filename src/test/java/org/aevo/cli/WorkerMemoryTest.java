package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.aevo.config.RunConfig;
import org.aevo.record.RunHistory;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.train.ChildJvm;
import org.aevo.train.EngineKind;
import org.aevo.train.MemoryBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class WorkerMemoryTest {
    private static final String INPUT =
            """
            name: tight
            seed: 3
            budget: {evaluations: 6}
            strategy: random
            space: {family: dense, latent: 8, max-genes: 2, units: [4000, 4000], max-parameters: 100000000, batch-sizes: [64]}
            training: {epochs: 1}
            data: {kind: blobs, samples: 200, features: 784, train: 64, validation: 64, test: 64}
            cluster: {workers: 1, worker-memory: 1024}
            """;

    @TempDir
    private Path folder;

    /** Two layers of 4000 units need 770 MB for weights, gradients and optimizer state, one needs 130. */
    @Test
    void whatWouldNotFitIsNotBuiltAndTheWorkerLives() throws Exception {
        Files.writeString(folder.resolve("input.yaml"), INPUT);
        AevoProcess.Result run = AevoProcess.run(folder, "run", "input.yaml");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertTrue(
                run.err()
                        .contains(
                                "a worker has 1024 MiB of memory here, 544 of them for a candidate, which may need 1024"),
                run.err());
        RunHistory history = RunHistory.read(folder.resolve("runs/tight/run.journal"));
        Set<EvaluationStatus> seen = new TreeSet<>();
        for (long id = 0; id < history.asked(); id++) {
            Evaluation e = history.evaluation(id).orElseThrow().evaluation();
            int genes = history.candidate(id).genome().encoder().size();
            seen.add(e.status());
            assertEquals(genes == 1 ? EvaluationStatus.OK : EvaluationStatus.OUT_OF_MEMORY, e.status(), e.message());
            assertTrue(
                    genes == 1
                            || e.message()
                                    .matches("not built: training with batches of 64 needs an estimated 7\\d\\d MiB, a"
                                            + " candidate may need 544 of the 1024 MiB of a worker"),
                    e.message());
        }
        assertEquals(Set.of(EvaluationStatus.OK, EvaluationStatus.OUT_OF_MEMORY), seen);
        assertEquals(1, history.evaluation(0).stream().count());
        assertTrue(!run.err().contains("is lost"), run.err());
    }

    /** Not by what a machine has: results would depend on it. */
    @Test
    void onlyTheInputDecidesWhichCandidatesAreRefused() {
        assertEquals(Optional.of(544L << 20), candidate(RunConfig.parse(INPUT, "test")));
        assertEquals(Optional.empty(), candidate(RunConfig.parse(INPUT.replace(", worker-memory: 1024", ""), "test")));
        WorkerMemory some = new WorkerMemory(4096);
        assertEquals(1024, some.heap());
        assertTrue(some.candidate(EngineKind.TORCH) < some.candidate(EngineKind.DL4J));
        assertTrue(new WorkerMemory(300).candidate(EngineKind.DL4J) < 0);
    }

    @Test
    void moreMemoryThanThereIsIsSaid() {
        RunConfig config = RunConfig.parse(INPUT, "test");
        assertEquals(
                Optional.of(
                        "cluster.worker-memory is 1024 MiB, but there are 1000 for each worker here: lower it, start"
                                + " fewer workers, or ask for more memory"),
                new WorkerVm(config, 1000, folder).warning());
        assertTrue(new WorkerVm(config, 1024, folder).warning().orElseThrow().startsWith("a worker has 1024 MiB"));
        RunConfig less = RunConfig.parse(INPUT.replace("max-parameters", "max-memory: 544, max-parameters"), "test");
        assertEquals(Optional.empty(), new WorkerVm(less, 1024, folder).warning());
    }

    /** Prints the heap that it can use. */
    static final class Heap {
        private Heap() {}

        public static void main(String[] arguments) {
            System.out.println(Runtime.getRuntime().maxMemory());
        }
    }

    /** Or a run would begin whose workers refuse it. */
    @Test
    void aWorkerHasTheHeapThatIsCountedOn() throws Exception {
        List<String> options =
                new ArrayList<>(new WorkerVm(RunConfig.parse(INPUT, "test"), 1024, folder).command("x:1", 1));
        options.removeIf(option -> !option.startsWith("-Xm"));
        assertEquals(List.of("-Xmx256m", "-Xms256m", "-Xmn64m"), options);
        options.add("-XX:+UseSerialGC");
        long there = Long.parseLong(
                ChildJvm.run(folder, options, List.of(), Heap.class).get(0));
        long countedOn = new WorkerMemory(1024).usableHeap();
        assertTrue(countedOn <= there && countedOn > there - (2 << 20), countedOn + " of " + there);
    }

    private static Optional<Long> candidate(RunConfig config) {
        MemoryBudget budget = WorkerMemory.budget(config);
        return budget.candidate().isPresent() ? Optional.of(budget.candidate().getAsLong()) : Optional.empty();
    }
}
