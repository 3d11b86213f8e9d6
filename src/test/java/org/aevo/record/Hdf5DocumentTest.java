package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.aevo.search.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/hdf5.md} says what is in the file, and its examples work. */
class Hdf5DocumentTest {
    private static final Path DOCUMENT = Path.of("docs", "hdf5.md");

    private static final Objectives OBJECTIVES = new Objectives(List.of("validation-loss", "parameters"), List.of());

    @TempDir
    private Path dir;

    @Test
    void itsExamplesRun() throws Exception {
        List<String> examples = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCUMENT))
                .results()
                .map(match -> match.group(1))
                .filter(example -> !OtherReadersTest.isOfNetcdf(example))
                // a function of /inputs, which this run has not: SameDataTest runs it
                .filter(example -> !example.contains("def inputs("))
                .toList();
        assertEquals(9, examples.size());
        for (String example : examples) {
            if (example.contains("ensemble_")) {
                writeEnsemble();
            } else {
                write(SampleRun.history(SampleRun.measured(60, OBJECTIVES, 1000)));
            }
            String printed = Outside.python("import os, sys; os.chdir(sys.argv[1])\n" + example, dir.toString());
            assertFalse(printed.isBlank(), example);
        }
    }

    @Test
    void itNamesEveryDataset() throws Exception {
        write(SampleRun.history(SampleRun.measured(60, OBJECTIVES, 1000)));
        everyDatasetIsNamed();
        writeEnsemble();
        everyDatasetIsNamed();
    }

    private void writeEnsemble() throws Exception {
        write(SampleRun.history(SampleEnsemble.entries(SampleEnsemble.plan(), 36, -1)));
    }

    private void everyDatasetIsNamed() throws Exception {
        String document = Files.readString(DOCUMENT);
        List<String> datasets = Outside.h5py(dir.resolve("run.h5")).keySet().stream()
                .filter(name -> name.endsWith("#shape") && !name.startsWith("best/weights/"))
                .map(name -> name.substring(0, name.length() - "#shape".length()))
                .toList();
        assertTrue(datasets.size() > 60);
        for (String dataset : datasets) {
            String group = dataset.substring(0, dataset.indexOf('/'));
            String name = dataset.substring(dataset.indexOf('/') + 1);
            Optional<String> section = Pattern.compile("\n## ([^\n]*)\n(.*?)(?=\n## |\n# |\\z)", Pattern.DOTALL)
                    .matcher(document)
                    .results()
                    .filter(match -> match.group(1).contains("/" + group))
                    .map(MatchResult::group)
                    .findFirst();
            assertTrue(section.isPresent(), "/" + group + " has no section");
            assertTrue(
                    section.get().contains("`" + (name.startsWith("slurm_") ? "slurm_*" : name) + "`"),
                    dataset + " is not described");
        }
    }

    private void write(RunHistory history) throws Exception {
        Weights weights = new Weights(List.of(new Weights.Array("e0_dense_W", new int[] {2, 2}, new float[4])));
        RunFile.write(
                dir.resolve("run.h5"),
                history,
                Optional.of(new BestWeights.Saved(history.best().orElseThrow(), weights)));
    }
}
