package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.aevo.genome.GenomeText;
import org.aevo.genome.Unfolding;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Shape;
import org.aevo.search.Weights;
import org.aevo.train.InitialWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** xarray, netCDF4, Octave and R find the values that h5py finds, and what {@code docs/hdf5.md} tells their users works. */
class OtherReadersTest {
    private static final Weights WEIGHTS = new Weights(List.of(
            new Weights.Array("e0_conv_W", new int[] {2, 1, 3, 4}, numbers(24)),
            new Weights.Array("latent_W", new int[] {5, 3}, numbers(15)),
            new Weights.Array("latent_b", new int[] {3}, numbers(3))));

    @TempDir
    private Path dir;

    /** Several sessions and workers; all texts are ASCII. */
    private Path run() throws Exception {
        return write("run.h5", RunHistory.read(OldRuns.journal("resumed")));
    }

    /** Texts that are not ASCII in some groups. */
    private Path odd() throws Exception {
        return write("odd.h5", SampleRun.history(SampleRun.entries(3, 60, 5, 0.05)));
    }

    /** Nothing was evaluated: tables of one row of missing values, columns of empty texts. */
    private Path empty() throws Exception {
        return write("empty.h5", SampleRun.history(List.of(SampleRun.started(2))));
    }

    private Path write(String name, RunHistory history) throws Exception {
        Path file = dir.resolve(name);
        Optional<BestWeights.Saved> weights = history.best().isEmpty()
                ? Optional.empty()
                : Optional.of(new BestWeights.Saved(history.best().getAsLong(), WEIGHTS));
        RunFile.write(file, history, weights);
        return file;
    }

    private Path model() throws Exception {
        Blueprint blueprint = Unfolding.of(
                GenomeText.parse("conv(3,k3,s2,relu,bn) pool(2) | latent(2) | upsampling | adam(lr0.001,batch32)"),
                new Shape(2, 9, 8),
                Activation.SIGMOID);
        float[] images = numbers(3 * 144);
        ModelFile.Examples examples = new ModelFile.Examples(3, images, images, numbers(6), images);
        Path file = dir.resolve("model.h5");
        ModelFile.write(
                file,
                new ModelFile.About("aevo test", "a run", 17, "a genome", "dl4j"),
                blueprint,
                InitialWeights.of(blueprint, 3),
                examples,
                new ModelFile.NewSamples(
                        new Inputs(
                                new Shape(2, 9, 8),
                                "auto",
                                "64-bit floats",
                                false,
                                List.of(),
                                "global",
                                List.of(-1.5),
                                List.of(2.5)),
                        SampleErrors.of(new double[] {0.2, 0.1}, new double[] {0.3})));
        return file;
    }

    private static float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = 1f / (i - 7.5f);
        }
        return numbers;
    }

    @Test
    void xarrayAndNetcdfReadAllThatH5pyReads() throws Exception {
        List<String> arguments = new ArrayList<>();
        for (Path file : List.of(run(), odd(), empty(), model())) {
            arguments.addAll(List.of(file.toString(), "xarray", "*", file.toString(), "netcdf", "*"));
        }
        String printed = Outside.netcdf(resource("readers.py"), arguments.toArray(String[]::new));
        assertEquals(8, printed.lines().count(), printed);
    }

    /** One text that is not ASCII keeps Octave from its group and those behind it, not from those that are named. */
    @Test
    void octaveLoadsAllThatH5pyReads() throws Exception {
        List<String> arguments = new ArrayList<>();
        String named = "best curves evaluations genomes messages master progress timeline";
        octave(run(), "*", arguments);
        octave(model(), "*", arguments);
        octave(empty(), named, arguments);
        octave(odd(), named, arguments);
        String printed = Outside.python(resource("readers.py"), arguments.toArray(String[]::new));
        assertEquals(4, printed.lines().count(), printed);
    }

    private void octave(Path file, String groups, List<String> arguments) throws Exception {
        Path listing = Path.of(file + ".octave");
        String variables = String.format("AEVO_FILE = '%s'; AEVO_NAMES = '%s';%n", file, groups);
        Files.writeString(listing, Outside.octave(variables + resource("readers.m")));
        arguments.addAll(List.of(file.toString(), listing.toString(), groups));
    }

    @Test
    void hdf5rReadsAllThatH5pyReads() throws Exception {
        Path file = odd();
        Path listing = dir.resolve("r.txt");
        Files.writeString(listing, Outside.hdf5r(resource("readers.R"), file.toString()));
        String printed = Outside.python(resource("readers.py"), file.toString(), listing.toString(), "*");
        assertEquals(1, printed.lines().count(), printed);
    }

    private static String resource(String name) throws Exception {
        try (InputStream in = OtherReadersTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Examples in Python that need more than h5py and pandas. */
    static boolean isOfNetcdf(String example) {
        return example.contains("import xarray") || example.contains("import netCDF4");
    }

    private static List<String> recipes(String language) throws Exception {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs", "hdf5.md")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    @Test
    void theRecipesForPythonWork() throws Exception {
        run();
        List<String> recipes =
                recipes("python").stream().filter(OtherReadersTest::isOfNetcdf).toList();
        assertEquals(2, recipes.size());
        for (String recipe : recipes) {
            String printed = Outside.netcdf("import os, sys; os.chdir(sys.argv[1])\n" + recipe, dir.toString());
            assertTrue(printed.contains("crossover"), printed);
        }
        // what was converted has texts that netCDF4 reads at once
        String converted = Outside.netcdf(
                "import netCDF4, sys; print(netCDF4.Dataset(sys.argv[1])['operator'][:])",
                dir.resolve("evaluations.nc").toString());
        assertTrue(converted.contains("crossover"), converted);
    }

    @Test
    void theRecipesForOctaveWork() throws Exception {
        run();
        List<String> recipes = recipes("octave");
        assertEquals(2, recipes.size());
        String printed = Outside.octave("cd ('" + dir + "');\n" + String.join("\n", recipes));
        assertTrue(printed.contains("latent(") && printed.contains(" epochs"), printed);
    }

    @Test
    void theRecipesForRWork() throws Exception {
        run();
        List<String> recipes = recipes("r");
        assertEquals(1, recipes.size());
        String printed = Outside.hdf5r("setwd(commandArgs(TRUE))\n" + recipes.get(0), dir.toString());
        assertTrue(printed.contains("crossover"), printed);
    }
}
