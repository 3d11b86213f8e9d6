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

    private void refused(java.util.function.UnaryOperator<String> damage, String why) throws Exception {
        Path file = dir.resolve("metrics.json");
        MetricsFile.write(file, sample());
        String text = Files.readString(file);
        String damaged = damage.apply(text);
        assertTrue(!damaged.equals(text), why);
        Files.writeString(file, damaged);
        RecordException e = assertThrows(RecordException.class, () -> MetricsFile.read(file));
        assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
        assertTrue(e.getMessage().contains(why), e.getMessage());
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
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
