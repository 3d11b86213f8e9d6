package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aevo.network.Classes;
import org.aevo.network.Shape;
import org.aevo.search.Evaluation;
import org.aevo.search.Figure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
    @TempDir
    Path dir;

    @Test
    void whatIsWrittenComesBack() throws Exception {
        Path file = dir.resolve("metrics.json");
        ModelMetrics metrics = sample();
        MetricsFile.write(file, metrics);
        assertEquals(metrics, MetricsFile.read(file));
        assertEquals(List.of(Figure.PSNR, Figure.SSIM), metrics.measured());
    }

    @Test
    void classifiersHaveAllTheirTrainingsAndAMatrix() throws Exception {
        Path file = dir.resolve("metrics.json");
        ModelMetrics metrics = classifier();
        MetricsFile.write(file, metrics);
        assertEquals(metrics, MetricsFile.read(file));
        String said = Outside.python(
                "import json, statistics, sys\nm = json.load(open(sys.argv[1]))\nr = m['table'][0]\n"
                        + "known = [a for a in r['accuracies'] if a is not None]\n"
                        + "assert r['accuracy_mean'] == statistics.mean(known), r\n"
                        + "assert abs(r['accuracy_sd'] - statistics.stdev(known)) < 1e-12, r\n"
                        + "print(r['accuracy'], r['macro_f1'], r['mse'], r['accuracy_min'], r['accuracy_max'], r['accuracies'],"
                        + " r['repeats'][2]['message'], m['confusion'], 'accuracy_mean' in m['table'][1])",
                file.toString());
        assertEquals(
                "0.75 0.7 None 0.5 0.75 [0.75, 0.5, None] diverged {'labels': [3, 8], 'counts': [[40, 10], [15, 35]]} False",
                said.strip());
    }

    /** What programs before 0.8.0 wrote has nothing of classifiers. */
    @Test
    void filesWithoutFiguresOfClassifiersAreRead() throws Exception {
        Path file = dir.resolve("metrics.json");
        MetricsFile.write(file, sample());
        String text = Files.readString(file);
        String older = text.replaceAll(" *\"(accuracy|cross_entropy|macro_f1)\": null,\n", "");
        assertTrue(older.length() < text.length(), text);
        Files.writeString(file, older);
        assertEquals(sample(), MetricsFile.read(file));
    }

    /** A file that could not be read again would be worth nothing. */
    @Test
    void ofLongCurvesSoManyPointsAreKeptAsCanBeRead() throws Exception {
        Path file = dir.resolve("metrics.json");
        ModelMetrics metrics = sample();
        List<Evaluation.Epoch> curve = IntStream.rangeClosed(1, 1000)
                .mapToObj(epoch -> new Evaluation.Epoch(epoch, 1.0 / epoch, 2.0 / epoch, epoch))
                .toList();
        ModelMetrics.Row winner = metrics.rows().get(0).withCurve(curve);
        ModelMetrics large = metrics.with(List.of(winner, metrics.rows().get(1)), metrics.notes());
        assertEquals(large, MetricsFile.write(file, large));

        ModelMetrics written = MetricsFile.write(file, large, 60_000);
        assertTrue(Files.size(file) <= 60_000 && Files.size(file) > 30_000, Files.size(file) + " bytes");
        assertEquals(written, MetricsFile.read(file));
        List<Evaluation.Epoch> kept = written.rows().get(0).curve();
        assertEquals(
                List.of(1, 5, 9),
                kept.stream().limit(3).map(Evaluation.Epoch::epoch).toList());
        assertEquals(1000, kept.get(kept.size() - 1).epoch());
        assertEquals(winner.withCurve(kept), written.rows().get(0));
        assertEquals(
                List.of("give --random-run", "Of the curves one epoch in 4 is kept: all would make too large a file."),
                written.notes());

        byte[] before = Files.readAllBytes(file);
        RecordException e = assertThrows(RecordException.class, () -> MetricsFile.write(file, large, 500));
        assertTrue(e.getMessage().contains("larger than the 500 bytes"), e.getMessage());
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    /** Another program reads it as JSON: names, null for what was not measured. */
    @Test
    void pythonReadsIt() throws Exception {
        Path file = dir.resolve("metrics.json");
        MetricsFile.write(file, sample());
        String said = Outside.python(
                "import json, sys\nm = json.load(open(sys.argv[1]))\n"
                        + "print(m['schema'], m['schema_version'], m['candidate']['id'], m['run']['name'],"
                        + " [(r['kind'], r['mse'], r['psnr'], r['continuity']) for r in m['table']],"
                        + " m['table'][0]['curve'][1]['held_out_loss'])",
                file.toString());
        assertEquals(
                "aevo-metrics 1 17 \"ö\"😀 [('candidate', 1e-05, 31.5, None), ('pca', 0.0125, 22.0, None)] 0.25",
                said.strip());
    }

    @Test
    void anotherVersionAndDamageAreOneClearLine() throws Exception {
        refused(t -> t.replace("\"schema_version\": 1", "\"schema_version\": 2"), "use a newer aevo");
        refused(t -> t.replace("\"schema_version\": 1", "\"schema_version\": 0"), "train again");
        refused(t -> t.replace("aevo-metrics", "aevo-run"), "is of schema aevo-run, expected aevo-metrics");
        refused(t -> t.replace("\"mse\": 0.0125", "\"mse\": \"good\""), "table[1].mse is no number or null but good");
        refused(t -> t.replace("\"epochs\": 0", "\"epochs\": -1"), "table[1].epochs is no whole number from 0");
        refused(t -> t.replace("\"held_out\": 60,", ""), "data.held_out is missing");
        refused(t -> t.substring(0, t.length() / 2), "is no JSON");
        refused(t -> "", "is no object");
        refused(t -> "[1, 2]", "is no object");
        refused(t -> "[".repeat(100_000), "nested too deeply");
        refused(t -> "{\"schema\": !!binary \"%\"}", "train again");
        refused(t -> t.replace("\"pytorch\":", "null:"), "training.libraries.null is missing");
        refused(t -> "{\"schema\": &a {\"x\": {\"y\": *a}}}", "train again");
        refused(t -> t.replace("\"mse\": 0.0125", "\"mse\": \"a\\nb\""), "table[1].mse is no number or null but a?b");
        RecordException e =
                assertThrows(RecordException.class, () -> MetricsFile.read(dir.resolve("none/metrics.json")));
        assertTrue(e.getMessage().contains("cannot be read"), e.getMessage());
    }

    @Test
    void whatATerminalWouldObeyIsNotShown() throws Exception {
        Path file = dir.resolve("metrics.json");
        MetricsFile.write(file, sample());
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("\"PCA\"", "\"\\u001b[2JPCA\"")
                        .replace("give --random-run", "\\r\\ngive"));
        ModelMetrics read = MetricsFile.read(file);
        assertEquals("?[2JPCA", read.rows().get(1).model());
        assertEquals(List.of("??give"), read.notes());
    }

    @Test
    void aDamagedMatrixIsOneClearLine() throws Exception {
        refused(
                classifier(),
                t -> t.replaceAll("35\\s*\\]\\s*\\]", "35]]").replace("35]]", "35, 1]]"),
                "confusion: counts must have");
        refused(
                classifier(),
                t -> t.replaceAll("15,\\s*35", "15, -35"),
                "confusion.counts is no list of rows of whole");
        refused(
                classifier(),
                t -> t.replaceAll("\\[\\s*3,\\s*8", "[3, \"8\""),
                "confusion.labels is no list of whole numbers");
        refused(
                classifier(),
                t -> t.replace("\"message\": \"diverged\"", "\"message\": 3"),
                "repeats[2].message is no text but 3");
    }

    @Test
    void inputsThatCannotBeAreOneClearLine() throws Exception {
        ModelMetrics m = classifier();
        ModelMetrics.Data d = m.data();
        ModelMetrics told = new ModelMetrics(
                m.createdBy(),
                m.run(),
                m.candidate(),
                m.task(),
                new ModelMetrics.Data(
                        d.description(),
                        d.seed(),
                        d.fitted(),
                        d.heldOut(),
                        d.test(),
                        d.inputs().map(inputs -> inputs.classified(new Classes(List.of(4, 6))))),
                m.training(),
                m.rows(),
                m.notes(),
                m.confusion());
        String classes = "\\[\\s*4,\\s*6\\s*\\]";
        refused(told, t -> t.replaceAll(classes, "[6, 4]"), "data.inputs: labels must ascend, 4 follows 6");
        refused(told, t -> t.replaceAll(classes, "[4]"), "data.inputs: classes must be at least 2");
        refused(t -> t.replaceFirst("\"channels\": 2", "\"channels\": 0"), "data.inputs: ");
    }

    private void refused(java.util.function.UnaryOperator<String> damage, String why) throws Exception {
        refused(sample(), damage, why);
    }

    private void refused(ModelMetrics metrics, java.util.function.UnaryOperator<String> damage, String why)
            throws Exception {
        Path file = dir.resolve("metrics.json");
        MetricsFile.write(file, metrics);
        String text = Files.readString(file);
        String damaged = damage.apply(text);
        assertTrue(!damaged.equals(text), why);
        Files.writeString(file, damaged);
        RecordException e = assertThrows(RecordException.class, () -> MetricsFile.read(file));
        assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
        assertTrue(e.getMessage().contains(why), e.getMessage());
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }

    /** One that was trained three times, the last in vain. */
    private static ModelMetrics classifier() {
        ModelMetrics m = sample();
        ModelMetrics.Row row = m.rows().get(0);
        List<ModelMetrics.Repeat> repeats = List.of(
                new ModelMetrics.Repeat(
                        5,
                        2,
                        0.3,
                        Map.of(Figure.ACCURACY, 0.75, Figure.CROSS_ENTROPY, 0.9, Figure.MACRO_F1, 0.7),
                        2.5,
                        ""),
                new ModelMetrics.Repeat(-6, 2, 0.4, Map.of(Figure.ACCURACY, 0.5), 3.5, ""),
                new ModelMetrics.Repeat(7, 0, Double.NaN, Map.of(), 0.5, "diverged"));
        ModelMetrics.Row trained = new ModelMetrics.Row(
                row.model(),
                row.kind(),
                "- | - | softmax | adam(lr0.001,batch32)",
                5,
                2,
                Double.NaN,
                Double.NaN,
                repeats.get(0).figures(),
                2.5,
                List.of(new Evaluation.Epoch(1, 0.5, Double.NaN, 1.5)),
                "1 of 3 trainings failed, the first of these: diverged",
                repeats);
        return new ModelMetrics(
                m.createdBy(),
                m.run(),
                m.candidate(),
                "classify",
                m.data(),
                m.training(),
                List.of(trained, m.rows().get(1)),
                m.notes(),
                Optional.of(new ModelMetrics.Confusion(List.of(3, 8), List.of(List.of(40L, 10L), List.of(15L, 35L)))));
    }

    static ModelMetrics sample() {
        Program program = new Program("aevo 9", "abc", "17");
        return new ModelMetrics(
                program,
                new ModelMetrics.Run("\"ö\"😀", "genetic", -3, 40, true, new Program("aevo 8", "", "17")),
                new ModelMetrics.Winner(17, "- | latent(2) | upsampling | adam(lr0.001,batch32)", 0.02, 0.021),
                "denoise",
                new ModelMetrics.Data(
                        "Fashion-MNIST",
                        1,
                        540,
                        60,
                        100,
                        Optional.of(new Inputs(
                                new Shape(2, 1, 1),
                                "auto",
                                "64-bit floats",
                                false,
                                List.of("height", "width"),
                                "per-feature",
                                List.of(-1.5, 1e300),
                                List.of(2.0, 1.5e300)))),
                new ModelMetrics.Training(
                        "torch", "cpu", Map.of("pytorch", "2.10"), 100, 10, 0.001, 12345678901L, "mse"),
                List.of(
                        new ModelMetrics.Row(
                                "candidate 17",
                                "candidate",
                                "- | latent(2) | upsampling | adam(lr0.001,batch32)",
                                1234,
                                2,
                                0.25,
                                1e-5,
                                Map.of(Figure.SSIM, 0.5, Figure.PSNR, 31.5),
                                3.25,
                                List.of(
                                        new Evaluation.Epoch(1, 0.5, 0.3, 1.5),
                                        new Evaluation.Epoch(2, 0.4, 0.25, 3.0)),
                                ""),
                        new ModelMetrics.Row(
                                "PCA",
                                "pca",
                                "",
                                99,
                                0,
                                Double.NaN,
                                0.0125,
                                Map.of(Figure.PSNR, 22.0),
                                0.5,
                                List.of(),
                                "a remark")),
                List.of("give --random-run"));
    }
}
