package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.aevo.config.RunConfig;
import org.aevo.data.Datasets;
import org.aevo.ensemble.EnsemblePlan;
import org.aevo.ensemble.KeptArrays;
import org.aevo.ensemble.Predictions;
import org.aevo.record.EvaluationRow;
import org.aevo.record.Objectives;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;
import org.aevo.record.WeightShelf;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.ParentWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole runs of ensembles, by processes as a user starts them, and what is refused before anything starts. */
@Timeout(300)
class EnsembleCommandTest {
    private static final String NETWORK =
            """
            name: %s
            optimizer: adam
            batch-size: 50
            layers:
              - {kind: dense, units: %s, activation: relu}
              - {kind: dense, name: latent}
              - {kind: dense, units: %s, activation: relu}
              - {kind: dense, like: input}
              - {kind: reshape, like: input}
            """;

    private static final String INPUT =
            """
            name: small
            seed: 3
            space: {family: dense, latent: 3}
            ensemble:
              networks: [one.yaml, two.yaml]
              epochs: 3
              measured-at: [1, 3]
              bootstrap: yes
              repeats: 2
              monolith-epochs: 5
              monolith-measured-at: [2, 5]
              classifier-epochs: 2
              classifier-hidden: 8
            training: {engine: %s}
            data: {kind: mnist, path: %s, train: 200, validation: 60}
            """;

    private static final int VOTES = 4;
    /** Two trainings of monoliths, four of members, two of components, at two epochs three for each repeat, four of monoliths. */
    private static final int TASKS = 2 + 4 + 2 + 2 * 2 * 3 + 4 + VOTES;

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private void input(String engine) throws IOException {
        file("one.yaml", NETWORK.formatted("one", 10, 10));
        file("two.yaml", NETWORK.formatted("two", 16, 12));
        file("input.yaml", INPUT.formatted(engine, RandomImages.write(folder.resolve("images"), 1)));
    }

    private AevoProcess.Result aevo(String... arguments) throws Exception {
        AevoProcess.Result result = AevoProcess.run(folder, arguments);
        assertEquals(ExitCode.DONE, result.code(), result.err());
        return result;
    }

    private RunHistory history(String run) throws IOException {
        return RunHistory.read(new RunPaths(folder.resolve(run)).journal());
    }

    private List<EvaluationRow> rows(String run) throws IOException {
        RunHistory history = history(run);
        return LongStream.range(0, history.asked())
                .mapToObj(history::evaluation)
                .flatMap(Optional::stream)
                .toList();
    }

    private ParentWeights store(String run) throws IOException {
        return KeptWeights.ofRun(
                new RunPaths(folder.resolve(run)), history(run).started().orElseThrow(), WeightShelf.ENSEMBLE);
    }

    /** What a run comes to, but for times: scores to the bit, what is kept too. */
    private List<String> outcomes(String run) throws IOException {
        List<String> outcomes = new ArrayList<>();
        ParentWeights store = store(run);
        for (EvaluationRow row : rows(run)) {
            assertEquals(
                    EvaluationStatus.OK,
                    row.evaluation().status(),
                    row.evaluation().message());
            String kept = "";
            if (KeptArrays.predictions(store, row.candidate().id()) instanceof KeptArrays.Found found) {
                Predictions p = found.predictions();
                kept = Arrays.hashCode(p.validation().probabilities()) + " "
                        + Arrays.hashCode(p.test().orElseThrow().probabilities()) + " "
                        + Arrays.hashCode(p.test().orElseThrow().labels());
            }
            outcomes.add(row.candidate() + " " + row.evaluation().score() + " " + kept);
        }
        return outcomes;
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void theNumbersAreTheSameWithOneWorkerAndWithThreeInEitherMode() throws Exception {
        input("torch");
        aevo("ensemble", "input.yaml", "-o", "three", "--workers", "3");
        aevo(
                "ensemble",
                "input.yaml",
                "-o",
                "one",
                "--workers",
                "1",
                "--set",
                "mode=sync",
                "--set",
                "task.objectives=[validation-loss, parameters]");
        assertEquals(
                Objectives.NONE,
                history("one").started().orElseThrow().objectives(),
                "no task measures what the input names for a search");
        List<String> outcomes = outcomes("three");
        assertEquals(TASKS, outcomes.size());
        assertEquals(outcomes, outcomes("one"));
        assertTrue(aevo("verify", "one").out().contains("verified: " + TASKS + " candidates"));
        // different members, and the labels of the files
        assertEquals(TASKS, outcomes.stream().distinct().count());
        Predictions predictions = assertInstanceOf(
                        KeptArrays.Found.class, KeptArrays.predictions(store("one"), TASKS - VOTES - 1))
                .predictions();
        assertEquals(10, predictions.classes());
        RunConfig config =
                RunConfig.parse(history("one").started().orElseThrow().inputYaml(), "the run's input");
        assertArrayEquals(
                Datasets.load(config.data(), doing -> {}).test().labels().orElseThrow(),
                predictions.test().orElseThrow().labels());
        assertEquals(TASKS, new EnsemblePlan(config.ensemble().settings()).size());
        assertEquals(TASKS, config.ensemble().tasks());
        AevoProcess.Result predicted = AevoProcess.run(folder, "predict", "one");
        assertEquals(ExitCode.USAGE, predicted.code(), predicted.err());
        assertTrue(predicted.err().contains("is a run of an ensemble, which is no search"), predicted.err());
        assertTrue(config.ensemble().networks().toString().contains("network"), "the input stands alone");
    }

    /** After kill -9 weights that later tasks need are lost, changed, cut off, or another's: nobody can tell in the end. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aKilledRunGoesOnToTheSameNumbersWithWhateverBecameOfItsFiles() throws Exception {
        input("dl4j");
        aevo("ensemble", "input.yaml", "-o", "whole", "--workers", "1");
        try (AevoProcess aevo =
                AevoProcess.start(folder, Map.of(), "ensemble", "input.yaml", "-o", "run", "--workers", "1")) {
            Waiting.until(() -> evaluated("run") >= 6);
            aevo.process().destroyForcibly().waitFor();
        }
        assertTrue(evaluated("run") < TASKS, "the run was over before it was killed");
        Files.delete(folder.resolve("one.yaml"));
        Path kept = folder.resolve("run/ensemble");
        Path last = kept.resolve(KeptArrays.fileName(KeptArrays.number(0, 5)));
        Files.delete(last);
        Path changed = kept.resolve(KeptArrays.fileName(KeptArrays.number(1, 5)));
        byte[] bytes = Files.readAllBytes(changed);
        bytes[bytes.length / 2] ^= 1;
        Files.write(changed, bytes);
        Path cut = kept.resolve(KeptArrays.fileName(KeptArrays.number(0, 2)));
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 100));
        Path others = kept.resolve(KeptArrays.fileName(KeptArrays.number(1, 2)));
        Files.copy(
                kept.resolve(KeptArrays.fileName(KeptArrays.number(2, 2))),
                others,
                StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(kept.resolve("task-3.arrays.tmp-1-a"), "of a worker that was killed");
        aevo("run", "--resume", "run");
        assertEquals(outcomes("whole"), outcomes("run"));
        assertTrue(Files.exists(last), "made once more");
        assertFalse(Files.exists(kept.resolve("task-3.arrays.tmp-1-a")));
        assertTrue(aevo("verify", "run").out().contains("verified: " + TASKS + " candidates"));
        assertTrue(AevoProcess.run(folder, "run", "--resume", "run").err().contains("is complete"));
    }

    private int evaluated(String run) throws IOException {
        Path journal = new RunPaths(folder.resolve(run)).journal();
        return Files.exists(journal) ? RunHistory.read(journal).evaluated() : 0;
    }

    /** A worker that sees another disk there than the master: what is kept goes by messages. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aWorkerWithoutTheFolderAsksTheMaster() throws Exception {
        input("torch");
        aevo("ensemble", "input.yaml", "-o", "here", "--workers", "1");
        Map<String, String> known = Map.of("AEVO_SECRET", "0123456789abcdef".repeat(4));
        Path disk = Files.createDirectories(folder.resolve("disk"));
        List<String> alone = List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs tmpfs " + disk + " && exec \"$@\"",
                "sh");
        List<String> probe = new ArrayList<>(alone);
        probe.add("true");
        assumeTrue(new ProcessBuilder(probe).start().waitFor() == 0, "mount is not permitted");
        List<String> elsewhere = new ArrayList<>(alone);
        elsewhere.addAll(AevoProcess.program());
        List<String> rank = List.of(
                "ensemble", "input.yaml", "-o", "disk/run", "--ranks", "2", "--master", "127.0.0.1:24322", "--rank");
        try (AevoProcess master = AevoProcess.start(folder, known, with(rank, "0"));
                AevoProcess worker = AevoProcess.start(elsewhere, folder, known, with(rank, "1"))) {
            assertEquals(ExitCode.DONE, master.await().code(), master.errorOutput());
            assertEquals(ExitCode.DONE, worker.await().code(), worker.errorOutput());
        }
        assertEquals(outcomes("here"), outcomes("disk/run"));
        assertTrue(Files.exists(disk.resolve("run/ensemble").resolve(KeptArrays.fileName(KeptArrays.number(2, 1)))));
    }

    private static String[] with(List<String> words, String last) {
        return Stream.concat(words.stream(), Stream.of(last)).toArray(String[]::new);
    }

    private String refused(String... words) {
        Said said = Said.by(words);
        assertEquals(ExitCode.USAGE, said.code(), said.err() + said.out());
        assertEquals(
                1,
                said.err()
                        .lines()
                        .filter(line -> !line.startsWith("aevo: data: "))
                        .count(),
                said.err());
        return said.err();
    }

    private String refusedWith(String setting) {
        return refused(
                "ensemble",
                folder.resolve("input.yaml").toString(),
                "--dry-run",
                "--set",
                "ensemble.networks=[" + folder.resolve("one.yaml") + "]",
                "--set",
                setting);
    }

    private void assertRefused(String setting, String... words) {
        String said = refusedWith(setting);
        for (String word : words) {
            assertTrue(said.contains(word), word + " in: " + said);
        }
    }

    @Test
    void whatIsNoEnsembleIsRefusedByItsKeyBeforeAnythingStarts() throws IOException {
        input("torch");
        assertRefused("ensemble.members=1", "ensemble.members", "from 2 to 1000, was 1");
        assertRefused("ensemble.measured-at=[1, 4]", "ensemble.measured-at has 4, but ensemble.epochs is 3");
        assertRefused(
                "ensemble.monolith-measured-at=[6]",
                "ensemble.monolith-measured-at has 6, but ensemble.monolith-epochs is 5");
        assertRefused("ensemble.monolith-epochs=0", "ensemble.monolith-epochs", "was 0");
        String many = refused(
                "ensemble",
                folder.resolve("input.yaml").toString(),
                "--dry-run",
                "--set",
                "ensemble.networks=[" + folder.resolve("one.yaml") + "]",
                "--set",
                "ensemble.members=1000",
                "--set",
                "ensemble.repeats=1000");
        assertTrue(many.contains("ensemble.repeats is 1000, which with 1000 members makes 3008000 tasks"), many);
        Path one = folder.resolve("one.yaml");
        assertEquals(
                "aevo: " + one + ": is a network, not an input: 'aevo ensemble INPUT --set ensemble.networks=[" + one
                        + "]' makes it the members'\n",
                refused("ensemble", one.toString(), "--dry-run"));
        assertRefused("ensemble.networks=[]", "ensemble.networks is empty");
        assertRefused("ensemble.networks=[" + folder.resolve("none.yaml") + "]", "none.yaml: no such file");
        assertRefused(
                "ensemble.networks=['- | dense(4,relu) | softmax | adam(lr0.01,batch10)']", "ensemble.networks: ");
        assertRefused("ensemble.monolith=[a.yaml, b.yaml]", "ensemble.monolith names 2 networks, expected one");
        assertRefused("cluster.team=2", "cluster.team is 2");
        assertRefused("evaluator.kind=simulated", "evaluator.kind is simulated");
        assertRefused("evolution.seeds=[" + folder.resolve("two.yaml") + "]", "evolution.seeds", "ensemble.networks");
        assertRefused("strategy=random", "--set strategy");
        String three = refused(
                "ensemble", folder.resolve("input.yaml").toString(), "--dry-run", "--set", "ensemble.members=3");
        assertTrue(three.contains("ensemble.members is 3, but ensemble.networks names 2 networks"), three);
    }

    @Test
    void dataWithoutLabelsAndClassifiersAreRefused() throws IOException {
        input("torch");
        Path plain = file(
                "plain.yaml",
                """
                space: {family: dense, latent: 2}
                ensemble: {networks: ["%s"]}
                data: {kind: swiss-roll, samples: 300}
                """
                        .formatted(folder.resolve("one.yaml")));
        String unlabelled = refused("ensemble", plain.toString(), "--dry-run");
        assertTrue(
                unlabelled.contains("strategy ensemble needs a label for each sample, and swiss-roll has none")
                        && unlabelled.contains("data.kind"),
                unlabelled);
        Path classify = file(
                "classify.yaml",
                """
                task: {kind: classify}
                ensemble: {networks: ["%s"]}
                """
                        .formatted(folder.resolve("one.yaml")));
        String kind = refused("ensemble", classify.toString(), "--dry-run");
        assertTrue(kind.contains("task.kind is classify, but the members of an ensemble are autoencoders"), kind);
    }

    /** Three networks are evaluated; two of them are alike. */
    @Test
    void membersAreTheBestOrTheMostDifferentOfARun() throws Exception {
        input("torch");
        file(
                "search.yaml",
                Files.readString(folder.resolve("input.yaml")).replaceAll("(?s)ensemble:.*training:", "training:"));
        file(
                "three.yaml",
                NETWORK.formatted("three", 60, 12).replace("  - {kind: dense, units: 12, activation: relu}\n", ""));
        aevo(
                "evaluate",
                "one.yaml",
                "two.yaml",
                "three.yaml",
                "search.yaml",
                "-o",
                "run",
                "--workers",
                "2",
                "--set",
                "cluster.team=2",
                "--set",
                "data.fraction=0.5",
                "--set",
                "training.epochs=2");
        String run = folder.resolve("run").toString();
        List<String> order = history("run").top(3).stream()
                .map(row -> row.candidate().design().toString())
                .toList();
        String best = Said.by("ensemble", run, "--best", "2", "--dry-run").out();
        RunConfig config = RunConfig.parse(best, "printed");
        assertEquals(2, config.ensemble().members());
        assertEquals(
                order.subList(0, 2),
                config.ensemble().settings().networks().stream()
                        .map(Object::toString)
                        .toList());
        assertEquals("small-ensemble", config.name());
        // defaults of the search's own input depend on what is set now
        String shorter = Said.by(
                        "ensemble",
                        run,
                        "--best",
                        "2",
                        "--dry-run",
                        "--set",
                        "ensemble.epochs=4",
                        "--set",
                        "ensemble.monolith-epochs=20")
                .out();
        assertEquals(
                List.of(1, 2, 3, 4),
                RunConfig.parse(shorter, "printed").ensemble().measuredAt());
        assertEquals(
                List.of(1, 2, 3, 5, 10, 20),
                RunConfig.parse(shorter, "printed").ensemble().monolithMeasuredAt());
        String diverse = Said.by("ensemble", run, "--best", "2", "--diverse", "--margin", "10", "--dry-run")
                .out();
        List<String> chosen = RunConfig.parse(diverse, "printed").ensemble().settings().networks().stream()
                .map(Object::toString)
                .toList();
        assertEquals(order.get(0), chosen.get(0));
        // three has no layer behind its code, one and two have
        boolean bestIsThree = order.get(0).contains("three");
        assertTrue(bestIsThree || chosen.get(1).contains("three"), chosen.toString());
        assertEquals(
                "aevo: --best 4: " + run + " has only 3 networks with a fitness\n",
                refused("ensemble", run, "--best", "4", "--dry-run"));
        assertTrue(refused("ensemble", run, "--best", "3", "--diverse", "--margin", "0", "--dry-run")
                .contains("only 1 is within --margin 0.0"));
        assertTrue(refused("ensemble", run, "--best", "1").contains("--best must be at least 2"));
        assertTrue(refused("ensemble", run).contains("say with --best N"));
        assertTrue(refused("ensemble", folder.resolve("input.yaml").toString(), "--best", "2")
                .contains("--best takes networks of a run"));
    }
}
