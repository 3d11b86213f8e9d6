package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aevo.record.MetricsFile;
import org.aevo.record.ModelMetrics;
import org.aevo.record.Outside;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classifiers from runs, whose journals are made by hand, to models; and networks by hand that are classifiers or none. */
class ClassifierTrainTest {
    private static final String INPUT =
            """
            name: labels
            seed: 3
            budget: {evaluations: 40}
            task: {kind: classify}
            space: {family: mixed}
            training: {engine: torch, epochs: 2}
            data: {kind: fashion-mnist, train: 160, validation: 40, test: 150}
            """;

    private static final String GENOME =
            "conv(4,k3,s1,relu) pool(3) | dense(16,relu) | softmax | keras-rmsprop(lr0.005,batch32)";

    private static final String CLASSIFIER = "layers: [{kind: dense, units: 12}, {kind: dense, activation: softmax}]";
    private static final String AUTOENCODER =
            "layers: [{kind: dense, name: latent}, {kind: dense, like: input}, {kind: reshape, like: input}]";

    @TempDir
    Path folder;

    private Path run;

    @BeforeEach
    void place() {
        run = folder.resolve("run");
    }

    /** Of small images that are noise, which come along. */
    private String noise() throws IOException {
        Path images = RandomImages.write(folder.resolve("images"), 1);
        return INPUT.replace(
                "kind: fashion-mnist, train: 160, validation: 40, test: 150",
                "kind: mnist, path: " + images + ", train: 100, validation: 40, test: 80");
    }

    private static HandMadeRun of(String input) {
        return HandMadeRun.trained(input).asked(0, 0, 2, GENOME).arrived(0, 1, 0, 3, 1, 0.5, EvaluationStatus.OK, "");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void severalTrainingsBesideTheBaselinesAndAFile() throws Exception {
        of(INPUT).write(run);
        Path mine = file("mine.yaml", "name: mine\n" + CLASSIFIER);
        Said said = Said.by("train", run.toString(), "--repeats", "2", "--beside", mine.toString());
        assertEquals(ExitCode.DONE, said.code(), said.all());
        assertEquals(
                List.of("confusion.csv", "genome.txt", "metrics.json", "model.h5", "model.zip"),
                names(run.resolve("best")));
        ModelMetrics metrics = MetricsFile.read(run.resolve("best/metrics.json"));
        assertEquals(
                List.of("candidate 0", "network mine", "published fashion-baseline", "published mnist-baseline"),
                metrics.rows().stream().map(ModelMetrics.Row::model).toList());
        assertEquals(
                List.of("candidate", "network", "baseline", "baseline"),
                metrics.rows().stream().map(ModelMetrics.Row::kind).toList());
        assertEquals(200, metrics.data().fitted());
        assertEquals(0, metrics.data().heldOut());
        assertEquals("classify", metrics.task());
        assertEquals("cross-entropy", metrics.training().loss());
        assertEquals(2, metrics.training().maxEpochs(), "as the search");
        for (ModelMetrics.Row row : metrics.rows()) {
            assertEquals(2, row.repeats().size());
            assertTrue(row.figure(Figure.CROSS_ENTROPY) > 0, row.toString());
            assertTrue(said.out().contains(row.model() + " "), said.out());
        }
        String python = Outside.python(
                """
                import json, sys, numpy as np
                m = json.load(open(sys.argv[1] + "/metrics.json"))
                c = np.loadtxt(sys.argv[1] + "/confusion.csv", delimiter=",", skiprows=1)
                assert c[:, 0].tolist() == m["confusion"]["labels"] == list(range(10)), c
                assert c[:, 1:].tolist() == m["confusion"]["counts"], c
                n = c[:, 1:]
                f1 = 2 * np.diag(n) / (n.sum(0) + n.sum(1))
                print(n.sum(), abs(np.trace(n) / n.sum() - m["table"][0]["accuracy"]) < 1e-12,
                      abs(f1.mean() - m["table"][0]["macro_f1"]) < 1e-12)
                """,
                run.resolve("best").toString());
        assertEquals("150.0 True True", python.strip());
        Outside.Result numpy =
                Outside.script("bench/reconstruct.py", run.resolve("best").toString());
        assertEquals(0, numpy.exit(), numpy.output());
        assertTrue(
                said.err().contains("8/8 published mnist-baseline, repeat 2 of 2: 2 epochs, training loss "),
                said.err());
        Said shown = Said.by("show", run.toString());
        assertTrue(
                shown.out()
                        .contains(said.out()
                                .lines()
                                .limit(6)
                                .reduce((a, b) -> a + "\n" + b)
                                .get()),
                shown.out());
        assertTrue(Said.by("show", run.toString(), "--json").out().contains("\"accuracy_sd\": "));
    }

    /** Images of another size have no published baseline; a model of before, of an autoencoder, leaves nothing behind. */
    @Test
    void otherImagesAndOtherOptions() throws Exception {
        of(noise()).write(run);
        Files.writeString(run.resolve("best/reconstructions.png"), "of before");
        Said said = Said.by("train", run.toString(), "--epochs", "3");
        assertEquals(ExitCode.DONE, said.code(), said.all());
        assertFalse(Files.exists(run.resolve("best/reconstructions.png")));
        ModelMetrics metrics = MetricsFile.read(run.resolve("best/metrics.json"));
        assertEquals(1, metrics.rows().size());
        assertEquals(3, metrics.rows().get(0).epochs());
        assertTrue(
                said.out().contains("no line of a published baseline: those are for samples of 1x28x28"), said.out());
        assertFalse(said.out().contains("+-"), said.out());
        Said without = Said.by("train", run.toString(), "--no-textbooks");
        assertTrue(without.out().contains("The published baselines were left out"), without.all());
    }

    private void refused(String why, String... options) {
        List<String> command = new ArrayList<>(List.of("train", run.toString()));
        command.addAll(List.of(options));
        Said said = Said.by(command.toArray(String[]::new));
        assertEquals(ExitCode.USAGE, said.code(), said.all());
        assertTrue(said.err().contains(why), said.err());
        assertEquals("", said.out());
        assertFalse(Files.exists(run.resolve("best/metrics.json")));
    }

    @Test
    void whatIsNotForThisTaskIsRefused() throws Exception {
        String autoencoder = file("auto.yaml", AUTOENCODER).toString();
        String classifier = file("class.yaml", CLASSIFIER).toString();
        of(INPUT).write(run);
        refused("--patience: nothing is held out of a classifier's full training", "--patience", "3");
        refused("--repeats must be at least 1, was 0", "--repeats", "0");
        refused("--beside: " + autoencoder + ":1:", "--beside", autoencoder);
        refused("is no softmax", "--beside", autoencoder);
        refused("no.yaml: no such file", "--beside", folder.resolve("no.yaml").toString());
        Path five = file("five.yaml", "layers: [{kind: dense, units: 5, activation: softmax}]");
        refused("its softmax has 5 units, but the data have 10 classes", "--beside", five.toString());

        run = folder.resolve("autoencoders");
        HandMadeRun.trained(INPUT.replace("classify", "reconstruct"))
                .asked(0, 0, 2)
                .arrived(0, 1, 0, 3, 1, 0.5, EvaluationStatus.OK, "")
                .write(run);
        refused("--repeats: is for classifiers", "--repeats", "2");
        refused("makes the network a classifier", "--beside", classifier);
    }

    /** Each where the other belongs is refused by file, line and layer, before anything starts. */
    @Test
    void networksOfTheOtherKindAreNotEvaluated() throws Exception {
        String classify = file("classify.yaml", INPUT).toString();
        String reconstruct = file("reconstruct.yaml", INPUT.replace("classify", "reconstruct"))
                .toString();
        String autoencoder = file("auto.yaml", AUTOENCODER).toString();
        String classifier = file("class.yaml", CLASSIFIER).toString();
        for (boolean seeds : new boolean[] {false, true}) {
            for (boolean first : new boolean[] {false, true}) {
                String network = first ? autoencoder : classifier;
                String input = first ? classify : reconstruct;
                Said said = seeds
                        ? Said.by("run", "--dry-run", input, "--set", "evolution.seeds=[" + network + "]")
                        : Said.by("evaluate", "--dry-run", network, input);
                assertEquals(ExitCode.USAGE, said.code(), said.all());
                String why = first ? "is no softmax" : "makes the network a classifier";
                // a worker of a test that ran before may still have a word to say
                assertTrue(said.err().matches("(?s).*aevo: .*\\.yaml:1:\\d+: layer .*" + why + ".*"), said.err());
            }
        }
        Said text = Said.by("run", "--dry-run", reconstruct, "--set", "evolution.seeds=['" + GENOME + "']");
        assertEquals(ExitCode.USAGE, text.code(), text.all());
        Said good = Said.by("evaluate", "--dry-run", classifier, classify);
        assertEquals(ExitCode.DONE, good.code(), good.err());
        assertTrue(
                good.out().contains("units: 10, activation: softmax"),
                "the run knows it without the data: " + good.out());
    }

    @Test
    void networksAreEvaluatedAndShownAsFiles() throws Exception {
        file("input.yaml", noise() + "cluster: {workers: 1}\n");
        file(
                "net.yaml",
                "layers: [{kind: conv, filters: 3, kernel: 4, padding: valid}, {kind: pool, size: 2, padding: valid},"
                        + " {kind: dense, activation: softmax}]");
        AevoProcess.Result evaluated =
                AevoProcess.run(folder, "evaluate", "net.yaml", "input.yaml", "--repeats", "2", "-o", "run");
        assertEquals(ExitCode.DONE, evaluated.code(), evaluated.err());
        assertTrue(evaluated.out().contains(" accuracy cross_entropy macro_f1 "), evaluated.out());
        assertFalse(evaluated.out().contains(" loss "), "classifiers have none: " + evaluated.out());
        Said network = Said.by("show", run.toString(), "--id", "0", "--as", "network");
        file("again.yaml", network.out());
        Said json = Said.by("show", run.toString(), "--json");
        AevoProcess.Result again =
                AevoProcess.run(folder, "evaluate", "again.yaml", "input.yaml", "--seed", "9", "--json", "-o", "other");
        assertEquals(ExitCode.DONE, again.code(), again.err());
        String key = "\"cross_entropy\": 2.";
        int at = again.out().lastIndexOf(key);
        assertTrue(at > 0, again.out());
        String value = again.out().substring(at, again.out().indexOf('\n', at));
        assertTrue(json.out().contains(value), "the same seed, the same bits: " + value + " in " + json.out());
        Said model = Said.by("train", run.toString(), "--no-textbooks");
        assertEquals(ExitCode.DONE, model.code(), model.all());
        Outside.Result numpy =
                Outside.script("bench/reconstruct.py", run.resolve("best").toString());
        assertEquals(0, numpy.exit(), numpy.output());
    }
}
