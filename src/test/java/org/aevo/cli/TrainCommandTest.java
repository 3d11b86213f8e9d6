package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.aevo.record.MetricsFile;
import org.aevo.record.ModelMetrics;
import org.aevo.record.Outside;
import org.aevo.record.RunDirectory;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From runs, whose journals are made by hand, to models. */
class TrainCommandTest {
    private static final String DENOISE =
            """
            name: hand-made
            seed: 3
            budget: {evaluations: 40}
            task: {kind: denoise, sigma: 0.4}
            space: {family: dense, latent: 4}
            data: {kind: fashion-mnist, train: 160, validation: 40, test: 50}
            """;
    private static final String EMBED =
            """
            name: roll
            strategy: genetic
            budget: {evaluations: 40}
            task: {kind: embed}
            space: {family: dense, latent: 2}
            training: {engine: torch}
            data: {kind: swiss-roll, samples: 300, train: 200, validation: 50, test: 50}
            """;
    private static final List<String> FILES =
            List.of("genome.txt", "metrics.json", "model.h5", "model.zip", "reconstructions.png");

    @TempDir
    Path folder;

    private Path run;

    @BeforeEach
    void place() {
        run = folder.resolve("run");
    }

    /** Candidate 1 is the best, 2 diverged, 3 is still out. */
    private static HandMadeRun four(String input) {
        return HandMadeRun.trained(input)
                .asked(0, 0, 2)
                .arrived(0, 1, 0, 3, 1, 0.05, EvaluationStatus.OK, "")
                .asked(1, 0, 3)
                .arrived(1, 1, 0, 4, 1, 0.03, EvaluationStatus.OK, "")
                .asked(2, 0, 4)
                .arrived(2, 1, 0, 5, 1, Double.NaN, EvaluationStatus.DIVERGED, "diverged in epoch 2")
                .asked(3, 0, 6);
    }

    @Test
    void theBestBecomesAModel() throws Exception {
        four(DENOISE).write(run);
        Files.writeString(run.resolve("best/mine.txt"), "of the run");
        Said said = Said.by("train", run.toString(), "--epochs", "2");
        assertEquals(ExitCode.DONE, said.code(), said.all());
        List<String> expected = new ArrayList<>(FILES);
        expected.add("mine.txt");
        expected.sort(null);
        assertEquals(expected, names(run.resolve("best")));
        assertEquals("of the run", Files.readString(run.resolve("best/mine.txt")));

        ModelMetrics metrics = MetricsFile.read(run.resolve("best/metrics.json"));
        assertEquals(1, metrics.candidate().id());
        assertEquals("denoise gaussian, sigma 0.4", metrics.task());
        assertEquals(180, metrics.data().fitted());
        assertEquals(20, metrics.data().heldOut());
        assertEquals(50, metrics.data().test());
        assertEquals(
                List.of("candidate", "textbook", "textbook", "textbook", "input", "pca", "ridge"),
                metrics.rows().stream().map(ModelMetrics.Row::kind).toList());
        for (ModelMetrics.Row row : metrics.rows()) {
            assertTrue(row.error() > 0, row.toString());
            assertTrue(row.figure(Figure.PSNR) > 3, row.toString());
            assertEquals(row.genome().isEmpty() ? 0 : 2, row.epochs(), row.model());
        }
        assertTrue(
                metrics.notes().get(0).contains("--random-run"), metrics.notes().toString());

        Outside.Result numpy =
                Outside.script("bench/reconstruct.py", run.resolve("best").toString());
        assertEquals(0, numpy.exit(), numpy.output());
        assertTrue(numpy.output().contains("10 reconstructions"), numpy.output());
        BufferedImage picture =
                ImageIO.read(run.resolve("best/reconstructions.png").toFile());
        assertTrue(picture.getWidth() > 500 && picture.getHeight() > 500, picture.toString());

        shownEverywhere(said.out());
    }

    private void shownEverywhere(String table) throws Exception {
        assertTrue(table.contains("textbook, convolutional"), table);
        assertTrue(table.contains("the corrupted input itself"), table);
        Said shown = Said.by("show", run.toString());
        assertTrue(
                shown.out()
                        .contains(table.lines()
                                .limit(5)
                                .reduce((a, b) -> a + "\n" + b)
                                .orElseThrow()),
                shown.out());
        // one spelling everywhere: of the search, of the training, and of both in the report
        assertEquals(2, shown.out().split(" psnr_dB +ssim ", -1).length - 1, shown.out());
        String json = Said.by("show", run.toString(), "--json").out();
        assertTrue(json.contains("\"schema\": \"aevo-metrics\""), json);
        assertTrue(json.contains("\"task\": \"denoise gaussian, sigma 0.4\",\n"), json);
        assertTrue(json.contains("\"fitness_is\": \"validation loss\",\n"), json);
        Path page = folder.resolve("page");
        Said report = Said.by("report", run.toString(), "-o", page.toString());
        assertEquals(ExitCode.DONE, report.code(), report.all());
        assertTrue(Files.readString(page.resolve("report.html")).contains("textbook, convolutional"));
        assertTrue(
                Files.exists(page.resolve("tables/model-table.csv")),
                names(page).toString());

        for (String name : List.of("model-table", "best-candidates")) {
            String head =
                    Files.readAllLines(page.resolve("tables/" + name + ".csv")).get(0);
            assertTrue(head.contains(",psnr_dB,ssim,"), head);
        }

        Path file = run.resolve("best/metrics.json");
        String text = Files.readString(file);
        Files.writeString(file, text.replace("\"id\": 1,", "\"id\": 0,"));
        String older = Said.by("show", run.toString()).out();
        assertTrue(older.contains("The best is candidate 1 now"), older);
        Files.writeString(file, text.replace("\"schema_version\": 1", "\"schema_version\": 7"));
        Said other = Said.by("show", run.toString());
        assertEquals(ExitCode.DONE, other.code());
        assertTrue(other.err().contains("metrics.json: has version 7 of the schema"), other.err());
        assertTrue(other.out().contains("The best, candidate 1"), other.out());
        assertEquals(1, other.err().lines().count(), other.err());
    }

    /** Another candidate, another engine, manifolds, and a random search beside it. */
    @Test
    void anyCandidateBesideARandomSearch() throws Exception {
        four(EMBED).write(run);
        Path random = folder.resolve("random");
        HandMadeRun.trained(EMBED.replace("genetic", "random"))
                .asked(0, 0, 2)
                .arrived(0, 1, 0, 3, 1, 0.05, EvaluationStatus.OK, "")
                .write(random);
        Map<String, String> before = contents(run);
        before.remove("run.lock");
        Said said = Said.by("train", run.toString(), "--id", "0", "--epochs", "3", "--random-run", random.toString());
        assertEquals(ExitCode.DONE, said.code(), said.all());
        assertEquals(FILES, names(run.resolve("candidate-0")));
        Map<String, String> after = contents(run);
        after.keySet().removeIf(name -> name.startsWith("candidate-0") || name.equals("run.lock"));
        assertEquals(before, after);
        ModelMetrics metrics = MetricsFile.read(run.resolve("candidate-0/metrics.json"));
        assertEquals(
                List.of("candidate", "random-search", "textbook", "pca"),
                metrics.rows().stream().map(ModelMetrics.Row::kind).toList());
        assertEquals(List.of(Figure.TRUSTWORTHINESS, Figure.CONTINUITY), metrics.measured());
        assertEquals("torch", metrics.training().engine());
        assertEquals(
                "Evaluations of the random search: 1, of this run: 3.",
                metrics.notes().get(0));
        Outside.Result numpy = Outside.script(
                "bench/reconstruct.py", run.resolve("candidate-0").toString());
        assertEquals(0, numpy.exit(), numpy.output());

        Said alone = Said.by("train", run.toString(), "--id", "0", "--epochs", "1", "--no-textbooks");
        assertEquals(ExitCode.DONE, alone.code(), alone.all());
        ModelMetrics fewer = MetricsFile.read(run.resolve("candidate-0/metrics.json"));
        assertEquals(
                List.of("candidate", "pca"),
                fewer.rows().stream().map(ModelMetrics.Row::kind).toList());
        assertTrue(fewer.notes().get(1).contains("left out (--no-textbooks)"), alone.all());
    }

    @Test
    void whatCannotBeTrainedIsRefusedAndNothingWritten() throws Exception {
        four(EMBED).write(run);
        refused(2, "--id 4: no such candidate; the run has 0 to 3", "--id", "4");
        refused(2, "--id -1: no such candidate", "--id", "-1");
        refused(2, "--id 2: its evaluation gave no fitness (diverged: diverged in epoch 2)", "--id", "2");
        refused(2, "--id 3: its evaluation was not finished", "--id", "3");
        refused(2, "--epochs must be at least 1, was 0", "--epochs", "0");
        refused(2, "--patience must be at least 1, was -1", "--patience", "-1");
        refused(2, "'--id'", "--id", "best");
        refused(2, "no run here", "--random-run", folder.toString());

        Path other = folder.resolve("other");
        four(EMBED).write(other);
        refused(2, "its strategy is genetic, expected a run with --strategy random", "--random-run", other.toString());
        Path random = folder.resolve("random");
        four(EMBED.replace("genetic", "random").replace("samples: 300", "samples: 301"))
                .write(random);
        refused(
                2,
                "cannot be compared with this run: there data.samples was 300, is 301",
                "--random-run",
                random.toString());
        Path unfinished = folder.resolve("unfinished");
        HandMadeRun.trained(EMBED.replace("genetic", "random")).asked(0, 0, 2).write(unfinished);
        refused(2, "it has no best candidate: no candidate has finished yet", "--random-run", unfinished.toString());

        try (RunDirectory locked = RunDirectory.open(run)) {
            refused(1, "works on this run", "--epochs", "1");
        }
    }

    @Test
    void aRunWithoutAModelInItIsRefused() throws Exception {
        HandMadeRun.trained(EMBED).asked(0, 0, 2).write(run);
        refused(1, "there is nothing to train: no candidate has finished yet (1 was asked for)");
        run = folder.resolve("failed");
        HandMadeRun.trained(EMBED)
                .asked(0, 0, 2)
                .arrived(0, 1, 0, 3, 1, Double.NaN, EvaluationStatus.DIVERGED, "diverged in epoch 2")
                .ended(4)
                .write(run);
        refused(1, "there is nothing to train: its one evaluation failed (1 diverged); 'aevo show ");
        run = folder.resolve("simulated");
        HandMadeRun.started(1)
                .joined(0, 1, 1)
                .asked(0, 0, 2)
                .arrived(0, 1, 0, 3, 1)
                .write(run);
        refused(2, "its evaluations were simulated");
        run = folder.resolve("none");
        assertTrue(Said.by("train", run.toString()).err().contains("no such directory"));
    }

    /** What is left is what was there: a model of before, and nothing of this one. */
    @Test
    void ctrlCLeavesNothingHalfWritten() throws Exception {
        four(DENOISE).write(run);
        Files.writeString(run.resolve("best/metrics.json"), "of before");
        Map<String, String> before = contents(run);
        before.remove("run.lock");
        Files.delete(run.resolve("run.lock"));
        try (AevoProcess aevo = AevoProcess.start(
                AevoProcess.program("-Djava.awt.headless=true"),
                folder,
                Map.of(),
                "train",
                run.toString(),
                "--epochs",
                "100000",
                "--patience",
                "100000")) {
            Waiting.until(() -> Files.exists(run.resolve("run.lock")) && Files.size(run.resolve("run.lock")) > 0);
            assertEquals(Optional.of(false), RunDirectory.isEvolving(run));
            new ProcessBuilder("kill", "-INT", Long.toString(aevo.process().pid()))
                    .start()
                    .waitFor();
            AevoProcess.Result result = aevo.await();
            assertEquals(130, result.code(), result.err());
            assertTrue(result.err().endsWith("aevo: stopped by a signal; nothing was written\n"), result.err());
        }
        Map<String, String> after = contents(run);
        after.remove("run.lock");
        assertEquals(before, after);
    }

    private void refused(int code, String why, String... options) throws IOException {
        Map<String, String> before = contents(folder);
        List<String> command = new ArrayList<>(List.of("train", run.toString()));
        command.addAll(List.of(options));
        Said said = Said.by(command.toArray(String[]::new));
        assertEquals(code, said.code(), said.all());
        assertTrue(said.err().contains(why), said.err());
        assertTrue(said.err().lines().count() <= 2, said.err());
        assertEquals("", said.out());
        Map<String, String> after = contents(folder);
        after.keySet().removeIf(name -> name.endsWith("run.lock"));
        before.keySet().removeIf(name -> name.endsWith("run.lock"));
        assertEquals(before, after);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        directory.relativize(file).toString(),
                        java.util.Arrays.hashCode(Files.readAllBytes(file)) + "");
            }
        }
        return contents;
    }
}
