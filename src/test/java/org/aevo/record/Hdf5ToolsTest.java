package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.aevo.search.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools of the HDF5 library take what is written here, and what they make of it is read like the original. */
class Hdf5ToolsTest {
    /** Copies every object with its attributes. */
    private static final String COPY =
            """
            import h5py, sys
            with h5py.File(sys.argv[1]) as a, h5py.File(sys.argv[2], "w") as b:
                for name in a:
                    a.copy(name, b)
                for name in a.attrs:
                    b.attrs.create(name, a.attrs[name], dtype=a.attrs.get_id(name).dtype)
            """;

    @TempDir
    private Path dir;

    private final Weights weights = new Weights(List.of(
            new Weights.Array("e0_dense_W", new int[] {30, 20}, numbers(600)),
            new Weights.Array("e0_dense_b", new int[] {20}, numbers(20))));

    /** Packed as they are, compressed, in chunks that do not fit, and copied object by object. */
    private List<Path> packed(Path file) throws Exception {
        List<Path> all = new ArrayList<>();
        for (String options : List.of("", "-f GZIP=4", "-l CHUNK=3 -f SHUF -f GZIP=1", "-L")) {
            Path copy = dir.resolve("packed-" + all.size() + "-" + file.getFileName());
            List<String> arguments = new ArrayList<>(List.of(options.isEmpty() ? new String[0] : options.split(" ")));
            arguments.addAll(List.of(file.toString(), copy.toString()));
            Outside.hdf5("h5repack", arguments.toArray(String[]::new));
            Outside.hdf5("h5diff", file.toString(), copy.toString());
            all.add(copy);
        }
        Path copy = dir.resolve("copied-" + file.getFileName());
        Outside.python(COPY, file.toString(), copy.toString());
        Outside.hdf5("h5diff", file.toString(), copy.toString());
        all.add(copy);
        return all;
    }

    private Path written(RunHistory history) throws Exception {
        Path file = dir.resolve("run.h5");
        RunFile.write(
                file, history, Optional.of(new BestWeights.Saved(history.best().orElseThrow(), weights)));
        return file;
    }

    @Test
    void aRunThatWasPackedAnewIsTheSame() throws Exception {
        RunHistory history = SampleRun.history(SampleRun.entries(3, 300, 5, 0.05));
        Path file = written(history);
        RunData whole = RunReader.read(file);
        for (Path packed : packed(file)) {
            RunData read = RunReader.read(packed);
            assertEquals(whole.about(), read.about(), packed.toString());
            assertEquals(whole.genomes(), read.genomes());
            assertArrayEquals(
                    whole.evaluations().doubles("fitness"), read.evaluations().doubles("fitness"));
            same(read.weights().orElseThrow(), packed);
        }
        Path part = dir.resolve("part.h5");
        Outside.hdf5("h5copy", "-i", file.toString(), "-o", part.toString(), "-s", "evaluations", "-d", "evaluations");
        assertTrue(Files.size(part) > 1000);
    }

    @Test
    void weightsThatWerePackedAnewAreTheSame() throws Exception {
        Path file = dir.resolve("weights-3.h5");
        WeightsFile.write(file, 3, weights);
        for (Path packed : packed(file)) {
            same(WeightsFile.read(packed, 3), packed);
        }
    }

    private void same(Weights read, Path file) {
        assertEquals(weights.arrays().size(), read.arrays().size(), file.toString());
        for (int i = 0; i < read.arrays().size(); i++) {
            assertEquals(weights.arrays().get(i).name(), read.arrays().get(i).name());
            assertArrayEquals(
                    weights.arrays().get(i).values(), read.arrays().get(i).values());
        }
    }

    private static float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = 1f / (i - 7.5f);
        }
        return numbers;
    }

    /** The checksum as the document tells analysts to work it out. */
    @Test
    void h5pyFindsTheSameChecksum() throws Exception {
        String example = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/hdf5.md")))
                .results()
                .map(MatchResult::group)
                .filter(text -> text.contains("content_crc32"))
                .map(text -> text.replace("```python", "").replace("```", ""))
                .findFirst()
                .orElseThrow();
        String program = "import os, sys; os.chdir(sys.argv[1])\n" + example;
        Path file = written(SampleRun.history(SampleRun.entries(3, 60, 5, 0.05)));
        assertTrue(Outside.python(program, dir.toString()).contains("True"));
        Outside.python(
                "import h5py, sys\nwith h5py.File(sys.argv[1], 'r+') as f: f['evaluations/fitness'][3] += 1e-9",
                file.toString());
        assertTrue(Outside.python(program, dir.toString()).contains("False"));
    }

    /** Of one type each, which h5py reads likewise; Octave loads only what is labelled ASCII. */
    @Test
    void textsAreLabelledAsWhatTheyAre() throws Exception {
        Path file = written(SampleRun.history(SampleRun.entries(3, 60, 5, 0.05)));
        String program =
                """
                import h5py, sys
                with h5py.File(sys.argv[1]) as f:
                    for name in "evaluations/operator", "run/git_commit", "workers/cpu_model", "run/host", "sessions/java_version":
                        d = f[name]
                        print(name, h5py.check_string_dtype(d.dtype), d.asstr()[()] if d.shape == () else d.asstr()[0])
                """;
        assertEquals(
                """
                evaluations/operator string_info(encoding='ascii', length=17) random
                run/git_commit string_info(encoding='ascii', length=8) 0123abc
                workers/cpu_model string_info(encoding='utf-8', length=8) CPU ß3
                run/host string_info(encoding='utf-8', length=7) nöde0
                sessions/java_version string_info(encoding='ascii', length=8) 17.0.15
                """,
                Outside.python(program, file.toString()));
    }
}
