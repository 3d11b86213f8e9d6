package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aevo.record.MetricsFile;
import org.aevo.record.Outside;
import org.aevo.search.EvaluationStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of runs whose journals are made by hand, on data made by numpy, which computes all of it again. */
class ApplyCommandTest {
    /** Images with the channels last and some values beyond those of the training; a table with a constant column. */
    private static final String DATA =
            """
            import sys, numpy as np
            r = np.random.default_rng(1)
            np.save(sys.argv[1] + '/train.npy', (r.random((90, 6, 8, 3)) * 7 - 2).astype('f4'))
            np.save(sys.argv[1] + '/test.npy', (r.random((700, 6, 8, 3)) * 7.5 - 2.2).astype('f4'))
            np.save(sys.argv[1] + '/first.npy', np.load(sys.argv[1] + '/test.npy').transpose(0, 3, 1, 2))
            np.save(sys.argv[1] + '/grey.npy', r.random((9, 6, 8)))
            bad = np.load(sys.argv[1] + '/test.npy'); bad[600, 5, 7, 2] = np.nan
            np.save(sys.argv[1] + '/bad.npy', bad)
            for name, n in ('train', 120), ('test', 50):
                a = r.random(n) * 1000
                rows = np.stack([a, 1e6 + a / 1000 + r.normal(size=n), 5 + 0 * a, -a], axis=1)
                np.savetxt(f'{sys.argv[1]}/{name}.csv', rows, delimiter=',', header='a,b,c,d', comments='')
            """;

    private static final String IMAGES =
            """
            name: images
            seed: 3
            budget: {evaluations: 40}
            space: {family: dense, latent: 4}
            training: {engine: ENGINE}
            data: {kind: npy, path: "DIR/train.npy", test-from: {path: "DIR/test.npy"}}
            """;
    private static final String TABLE =
            """
            name: table
            seed: 3
            budget: {evaluations: 40}
            space: {family: dense, latent: 2}
            training: {engine: torch}
            data: {kind: csv, path: "DIR/train.csv", test-from: {path: "DIR/test.csv"}}
            """;

    @TempDir
    Path folder;

    private Path run;

    /** Three clusters, whose labels are 2, 7 and 300 in one file and one-hot in another. */
    private static final String CLASSES =
            """
            name: classes
            seed: 3
            budget: {evaluations: 40}
            task: {kind: classify}
            training: {engine: torch}
            data: {kind: npy, path: "DIR/points.npy", labels: points_labels.npy}
            """;

    private static final String POINTS =
            """
            import sys, numpy as np
            r = np.random.default_rng(2)
            k = r.integers(0, 3, 300)
            x = np.eye(3)[k] * 40 + r.normal(size=(300, 3)) * 12
            np.save(sys.argv[1] + '/points.npy', x)
            np.save(sys.argv[1] + '/points_labels.npy', np.array([2, 7, 300])[k])
            np.save(sys.argv[1] + '/nine.npy', x[:9])
            """;

    private void trained(String input) throws Exception {
        trained(input, DATA, "dense(8,relu) | latent(4) | upsampling | adam(lr0.001,batch32)");
    }

    private void trained(String input, String data, String genome) throws Exception {
        Outside.python(data, folder.toString());
        run = folder.resolve("run");
        HandMadeRun.trained(input.replace("DIR", folder.toString()))
                .asked(0, 0, 2, genome)
                .arrived(0, 1, 0, 3, 1, 0.05, EvaluationStatus.OK, "")
                .write(run);
        Said said = Said.by("train", run.toString(), "--epochs", "2", "--no-textbooks");
        assertEquals(ExitCode.DONE, said.code(), said.all());
    }

    private Said apply(String file, String as, String... more) {
        List<String> command = new ArrayList<>(
                List.of("apply", run.toString(), folder.resolve(file).toString(), "--as", as));
        command.addAll(List.of(more));
        return Said.by(command.toArray(String[]::new));
    }

    private String into(String file, String as, String output, String... more) {
        String target = folder.resolve(output).toString();
        List<String> options = new ArrayList<>(List.of("-o", target));
        options.addAll(List.of(more));
        Said said = apply(file, as, options.toArray(String[]::new));
        assertEquals(ExitCode.DONE, said.code(), said.all());
        assertEquals("", said.out());
        return target;
    }

    private void recomputed(String raw, List<String> outputs) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of(run.resolve("best").toString(), folder.resolve(raw).toString()));
        arguments.addAll(outputs);
        Outside.Result numpy = Outside.script("bench/applied.py", arguments.toArray(String[]::new));
        assertEquals(0, numpy.exit(), numpy.output());
        assertEquals(outputs.size(), numpy.output().lines().count(), numpy.output());
    }

    @Test
    void numpyMakesTheSameOfImages() throws Exception {
        agree("torch", "dl4j");
    }

    @Test
    @Tag("long")
    void numpyMakesTheSameOfImagesOfTheOtherEngine() throws Exception {
        agree("dl4j", "torch");
    }

    private void agree(String engine, String other) throws Exception {
        trained(IMAGES.replace("ENGINE", engine));
        List<String> outputs = new ArrayList<>();
        for (String ending : List.of(".npy", ".h5", ".csv")) {
            outputs.add(into("test.npy", "codes", "codes" + ending));
            outputs.add(into("test.npy", "reconstructions", "reconstructions" + ending));
            outputs.add(into("test.npy", "errors", "errors" + ending));
        }
        outputs.add(into("test.npy", "reconstructions", "scaled.h5", "--scaled"));
        recomputed("test.npy", outputs);
        into("first.npy", "reconstructions", "first.npy.npy", "--engine", other);
        double test =
                MetricsFile.read(run.resolve("best/metrics.json")).rows().get(0).error();
        assertEquals("ok\n", Outside.python(AGREE, folder.toString(), Double.toString(test)));
    }

    /** With the training's own figures and examples, and among the formats. */
    private static final String AGREE =
            """
            import sys, csv, h5py, numpy as np
            d, mse = sys.argv[1], float(sys.argv[2])
            errors = np.load(d + '/errors.npy')
            assert abs(errors.mean() - mse) < 1e-6, (errors.mean(), mse)
            codes, scaled = np.load(d + '/codes.npy'), h5py.File(d + '/scaled.h5')['reconstructions'][:]
            with h5py.File(d + '/run/best/model.h5') as m:
                e = m['examples']
                for code, out in zip(e['codes'][:], e['outputs'][:]):
                    at = np.abs(codes - code).max(axis=1).argmin()
                    assert np.abs(codes[at] - code).max() < 1e-5
                    assert np.abs(scaled[at].transpose(2, 0, 1) - out).max() < 1e-5
                fitted, held = m['errors/fitted'][:], m['errors/held_out'][:]
                assert len(fitted) + len(held) == 90
                threshold = np.quantile(fitted, 0.99)
            with h5py.File(d + '/errors.h5') as f:
                assert abs(f.attrs['threshold'] - threshold) < 1e-12 and f.attrs['quantile'] == 0.99
                assert (f['anomaly'][:] == (errors > threshold)).all() and f['anomaly'][:].sum() > 0
                assert (f['errors'][:] == errors).all()
                threshold_of_file = f.attrs['threshold']
                text = lambda a: a if isinstance(a, str) else a.decode()
                assert text(f.attrs['schema']) == 'aevo-applied' and text(f.attrs['run']) == 'images'
            rows = list(csv.DictReader(open(d + '/errors.csv')))
            assert [float(r['error']) for r in rows] == errors.tolist()
            assert {float(r['threshold']) for r in rows} == {threshold_of_file}
            assert [int(r['anomaly']) for r in rows] == (errors > threshold).astype(int).tolist()
            first = np.load(d + '/first.npy.npy')
            last = np.load(d + '/reconstructions.npy')
            assert last.shape == (700, 6, 8, 3) and first.shape == (700, 3, 6, 8)
            assert np.abs(first.transpose(0, 2, 3, 1) - last).max() < 1e-4
            print('ok')
            """;

    @Test
    void tablesGoInAndOut() throws Exception {
        trained(TABLE);
        List<String> outputs = List.of(
                into("test.csv", "codes", "codes.csv"),
                into("test.csv", "reconstructions", "reconstructions.csv"),
                into("test.csv", "errors", "errors.csv", "--quantile", "0.5"));
        recomputed("test.csv", outputs);
        assertTrue(Files.readString(Path.of(outputs.get(1))).startsWith("sample,a,b,c,d\r\n0,"));
        Said printed = apply("test.csv", "reconstructions");
        assertEquals(Files.readString(Path.of(outputs.get(1))), printed.out());
        assertTrue(printed.err().contains("values (0."), printed.err());
        assertTrue(printed.err().contains("were clipped to it"), printed.err());

        String text = Files.readString(folder.resolve("test.csv"));
        Files.writeString(folder.resolve("swapped.csv"), text.replace("a,b,c,d", "a,c,b,d"));
        refused("swapped.csv", "feature 2 is c, expected b, as in the table that the model was trained on");
        Files.writeString(
                folder.resolve("labelled.csv"), text.replace("\n", ",1\n").replace("d,1", "d,class"));
        refused("labelled.csv", "samples of 5 features, expected 4 features");
        refused("labelled.csv", "the model knows no class: leave it out, or name it with --labels");
        Said without = apply("labelled.csv", "codes", "--labels", "class");
        assertEquals(Files.readString(Path.of(outputs.get(0))), without.out(), without.err());
    }

    @Test
    void classifiersGiveLabelsAndProbabilities() throws Exception {
        trained(CLASSES, POINTS, "- | dense(16,tanh) | softmax | adam(lr0.01,batch32)");
        List<String> outputs = new ArrayList<>();
        for (String ending : List.of(".npy", ".h5", ".csv")) {
            outputs.add(into("points.npy", "labels", "labels" + ending));
            outputs.add(into("points.npy", "probabilities", "probabilities" + ending));
        }
        outputs.add(into("points.npy", "probabilities", "other_probabilities.npy", "--engine", "dl4j"));
        recomputed("points.npy", outputs);
        assertEquals("ok\n", Outside.python(TOLD, folder.toString()));
        Said printed = apply("nine.npy", "labels");
        assertEquals(10, printed.out().lines().count(), printed.all());
        assertTrue(printed.out().startsWith("sample,label\r\n0,"), printed.out());
        for (String as : List.of("codes", "reconstructions", "errors")) {
            Said said = apply("points.npy", as);
            assertEquals(ExitCode.USAGE, said.code(), said.all());
            assertTrue(
                    said.err()
                            .contains("--as " + as + ": " + as + " are given by autoencoders, and this model is a"
                                    + " classifier of 3 classes; labels and probabilities can be had"),
                    said.err());
        }
    }

    /** The formats agree with one another, and the network has learnt what there was to learn. */
    private static final String TOLD =
            """
            import sys, csv, h5py, numpy as np
            d = sys.argv[1]
            labels, p = np.load(d + '/labels.npy'), np.load(d + '/probabilities.npy')
            assert labels.dtype == np.int32 and p.dtype == np.float32 and p.shape == (300, 3)
            assert (labels == np.array([2, 7, 300])[p.argmax(axis=1)]).all()
            assert np.abs(p.sum(axis=1) - 1).max() < 1e-6
            for name, array in ('labels', labels), ('probabilities', p):
                with h5py.File(f'{d}/{name}.h5') as f:
                    assert (f[name][:] == array).all() and f[name].dtype == array.dtype
                    assert f['classes'][:].tolist() == f.attrs['classes'].tolist() == [2, 7, 300]
                    assert f.attrs['candidate'] == 0 and f.attrs['schema_version'] == 1
            rows = list(csv.DictReader(open(d + '/labels.csv')))
            assert [int(r['label']) for r in rows] == labels.tolist()
            rows = list(csv.DictReader(open(d + '/probabilities.csv')))
            assert list(rows[0]) == ['sample', 'probability_2', 'probability_7', 'probability_300']
            assert (np.array([float(r['probability_300']) for r in rows], 'f4') == p[:, 2]).all()
            assert (labels == np.load(d + '/points_labels.npy')).mean() > 0.6
            print('ok')
            """;

    @Test
    void whatDoesNotFitIsRefusedAndNothingWritten() throws Exception {
        trained(IMAGES.replace("ENGINE", "torch"));
        refused("grey.npy", "samples of 1x6x8, expected 3x6x8, as those that the model was trained on");
        refused("none.npy", "none.npy: no such file");
        refused("test.npy", "(channels-first), expected 3x6x8", "--layout", "channels-first");
        refused("test.npy", "--quantile must be from 0 to 1, was 1.5", "--quantile", "1.5");
        refused("test.npy", "--scaled goes with --as reconstructions", "--scaled");
        refused("test.npy", "'x.txt' ends in no format, expected .h5, .hdf5, .npy or .csv", "-o", "x.txt");
        refused(
                "test.npy",
                "there is no directory",
                "-o",
                folder.resolve("none/x.npy").toString());
        refused(
                "bad.npy",
                "value 143 of sample 600 (counted from 0) is NaN",
                "-o",
                folder.resolve("x.h5").toString());
        Path there = Files.writeString(folder.resolve("there.npy"), "mine");
        refused("test.npy", "exists, expected the name of a new file", "-o", there.toString());
        assertEquals("mine", Files.readString(there));
        for (String as : List.of("labels", "probabilities")) {
            Said said = apply("test.npy", as);
            assertEquals(ExitCode.USAGE, said.code());
            assertTrue(
                    said.err()
                            .contains(
                                    "--as " + as + ": " + as + " are given by models that classify, and this one is an"
                                            + " autoencoder; codes, reconstructions and errors can be had"),
                    said.err());
        }
        refused("run/best/model.h5", "--dataset is missing");
        try (Stream<Path> files = Files.list(folder)) {
            assertFalse(files.anyMatch(file -> file.toString().contains(".tmp-") || file.endsWith("x.h5")));
        }

        Path model = run.resolve("best/model.h5");
        byte[] good = Files.readAllBytes(model);
        byte[] bad = good.clone();
        bad[bad.length / 2] ^= 1;
        Files.write(model, bad);
        Said damaged = apply("test.npy", "codes");
        assertEquals(ExitCode.FAILED, damaged.code(), damaged.all());
        assertTrue(damaged.err().contains("model.h5: "), damaged.err());
        assertTrue(damaged.err().contains("train again"), damaged.err());
        Files.delete(model);
        refused("test.npy", "model.h5: no such file: 'aevo train " + run + "' makes a model");
        // a model alone, without its run
        Files.write(folder.resolve("model.h5"), good);
        run = folder;
        assertEquals(ExitCode.DONE, apply("test.npy", "codes").code());
    }

    private void refused(String file, String why, String... options) {
        Said said = apply(file, "errors", options);
        assertEquals(ExitCode.USAGE, said.code(), said.all());
        assertTrue(said.err().contains(why), said.err());
        assertEquals("", said.out());
    }
}
