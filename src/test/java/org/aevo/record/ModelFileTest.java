package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.genome.Unfolding;
import org.aevo.network.Activation;
import org.aevo.network.Axes;
import org.aevo.network.Blueprint;
import org.aevo.network.Classes;
import org.aevo.network.Layer;
import org.aevo.network.Padding;
import org.aevo.network.Shape;
import org.aevo.search.Weights;
import org.aevo.train.Draws;
import org.aevo.train.InitialWeights;
import org.aevo.train.RandomBlueprint;
import org.aevo.train.ReferenceNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** model.h5 as a script without any of our code reads it; the expected outputs are those of the tests' own oracle. */
class ModelFileTest {
    private static final String SCRIPT = "bench/reconstruct.py";
    private static final int COUNT = 3;

    /** Every kind of layer and activation, with sides that steps divide and do not, and windows smaller than steps. */
    private static final List<String> IMAGES = List.of(
            "conv(5,k5,s3,relu) pool(2) conv(4,k2,s2,elu,bn) | latent(4) | deconvolution",
            "conv(5,k4,s3,relu,bn) pool(3) dense(10,tanh,drop0.3) | latent(4) | upsampling",
            "conv(3,k7,s1,swish) pool(2) pool(3) pool(3) | latent(4) | deconvolution",
            "conv(3,k6,s2,leaky-relu,bn) conv(3,k3,s3,sigmoid,bn) pool(2) | latent(4) | upsampling",
            "conv(3,k2,s3,tanh) conv(4,k7,s3,swish,bn) | latent(4) | deconvolution",
            "conv(3,k1,s2,elu) | latent(4) | deconvolution",
            "dense(20,leaky-relu) dense(9,elu) | latent(4) | upsampling");

    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void numpyComputesTheSame() throws Exception {
        List<String> files = new ArrayList<>();
        for (Shape shape : List.of(new Shape(1, 27, 27), new Shape(2, 13, 16))) {
            for (String genome : IMAGES) {
                files.add(write(genome, shape, files.size(), 0).toString());
            }
        }
        files.add(write("dense(7,swish) | latent(2) | upsampling", Shape.vector(11), files.size(), 0)
                .toString());
        files.add(write("- | latent(2) | upsampling", Shape.vector(3), files.size(), 0)
                .toString());
        Outside.Result result = Outside.script(SCRIPT, files.toArray(String[]::new));
        assertEquals(0, result.exit(), result.output());
        assertEquals(files.size(), result.output().lines().count(), result.output());
    }

    /** Sums of inputs of other sides and channels, branches, codes that are images, outputs of other shapes. */
    @Test
    void numpyComputesGraphs() throws Exception {
        List<String> files = new ArrayList<>();
        for (int seed = 0; seed < 15; seed++) {
            for (Blueprint graph : List.of(
                    RandomBlueprint.ofImages(seed), RandomBlueprint.ofSignals(seed), RandomBlueprint.ofVectors(seed))) {
                Path file = folder.resolve("graph-" + files.size() + ".h5");
                Weights weights = Draws.shaken(InitialWeights.of(graph, seed), random);
                write(graph, weights, "a network by hand", file, 0);
                files.add(file.toString());
                ModelReader.Model read = ModelReader.read(file);
                assertEquals(graph, read.blueprint());
                SameWeights.check(weights, read.weights());
            }
        }
        Outside.Result result = Outside.script(SCRIPT, files.toArray(String[]::new));
        assertEquals(0, result.exit(), result.output());
        assertEquals(files.size(), result.output().lines().count(), result.output());
    }

    /** Valid padding beside same, with rows left over; every activation; labels that are no indices. */
    @Test
    void numpyComputesClassifiers() throws Exception {
        Classes classes = new Classes(List.of(2, 5, 7, 1000));
        List<String> files = new ArrayList<>();
        for (Padding padding : Padding.values()) {
            Blueprint network = classifier(padding, classes.count());
            Weights weights = Draws.shaken(InitialWeights.of(network, 3), random);
            Path file = folder.resolve(padding + ".h5");
            ModelFile.ClassifiedExamples examples = examples(network, weights, classes);
            classified(file, network, weights, examples, classes);
            files.add(file.toString());
            ModelReader.Model read = ModelReader.read(file);
            assertEquals(network, read.blueprint());
            assertEquals(Optional.of(classes), read.newSamples().inputs().classes());
            ModelFile.ClassifiedExamples back = ModelReader.examples(file).orElseThrow();
            assertArrayEquals(examples.inputs(), back.inputs());
            assertArrayEquals(examples.probabilities(), back.probabilities());
            assertArrayEquals(examples.labels(), back.labels());
            assertArrayEquals(examples.predicted(), back.predicted());
            SameWeights.check(weights, read.weights());
            String found = Outside.python(
                    "import sys, h5py; f = h5py.File(sys.argv[1]);"
                            + " print('padding' in f['layers'], 'errors' in f, f['inputs/classes'][:], f['inputs/classes'].dtype)",
                    file.toString());
            assertEquals(
                    (padding == Padding.VALID ? "True" : "False") + " False [   2    5    7 1000] int32",
                    found.strip());
        }
        Outside.Result result = Outside.script(SCRIPT, files.toArray(String[]::new));
        assertEquals(0, result.exit(), result.output());
        assertTrue(result.output().contains(COUNT + " classified, "), result.output());
    }

    @Test
    void anAutoencoderHasNoClassifiedExamples() throws Exception {
        assertEquals(Optional.empty(), ModelReader.examples(write(IMAGES.get(6), new Shape(1, 9, 9), 0, 0)));
    }

    @Test
    void numpySeesAClassifierThatIsOff() throws Exception {
        Classes classes = new Classes(List.of(0, 1, 2));
        Blueprint network = classifier(Padding.VALID, 3);
        Weights weights = Draws.shaken(InitialWeights.of(network, 3), random);
        ModelFile.ClassifiedExamples good = examples(network, weights, classes);
        Path file = folder.resolve("off.h5");
        good.probabilities()[4] += 2e-4f;
        classified(file, network, weights, good, classes);
        assertEquals(1, Outside.script(SCRIPT, file.toString()).exit());
        good.probabilities()[4] -= 2e-4f;
        good.predicted()[1] = (good.predicted()[1] + 1) % 3;
        classified(file, network, weights, good, classes);
        Outside.Result result = Outside.script(SCRIPT, file.toString());
        assertEquals(1, result.exit(), result.output());
        assertTrue(result.output().contains("whose labels are not those"), result.output());
    }

    @Test
    void aClassifierMustHaveAValueForEachClass() {
        Classes classes = new Classes(List.of(0, 1));
        Blueprint network = classifier(Padding.SAME, 3);
        Weights weights = InitialWeights.of(network, 3);
        ModelFile.ClassifiedExamples examples =
                new ModelFile.ClassifiedExamples(1, new float[2 * 13 * 14], new int[1], new int[1], new float[3]);
        Path file = folder.resolve("none.h5");
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> classified(file, network, weights, examples, classes));
        assertEquals("the network puts out 3 values for samples of 2 classes", e.getMessage());
        assertFalse(Files.exists(file));
    }

    private static Blueprint classifier(Padding padding, int classes) {
        Layer conv = new Layer.Conv(
                "f0_conv", new Shape(2, 13, 14), 4, 4, 2, Activation.HARD_SIGMOID, true, Axes.BOTH, padding);
        Layer pool = new Layer.MaxPool("f1_pool", conv.output(), 2, Axes.BOTH, padding);
        Layer second =
                new Layer.Conv("f2_conv", pool.output(), 5, 2, 1, Activation.IDENTITY, false, Axes.BOTH, Padding.SAME);
        Layer dense = new Layer.Dense("h0_dense", second.output(), 9, Activation.TANH, 0.4);
        Layer output = new Layer.Dense("output", dense.output(), classes, Activation.SOFTMAX, 0);
        return Blueprint.chain(conv.input(), List.of(conv, pool, second, dense, output));
    }

    private ModelFile.ClassifiedExamples examples(Blueprint network, Weights weights, Classes classes) {
        float[] inputs = Draws.values(COUNT * network.input().size(), random);
        float[] probabilities = floats(new ReferenceNetwork(network, weights).forward(inputs, false));
        int[] predicted = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            int best = 0;
            for (int c = 1; c < classes.count(); c++) {
                best = probabilities[i * classes.count() + c] > probabilities[i * classes.count() + best] ? c : best;
            }
            predicted[i] = classes.label(best);
        }
        int[] labels = predicted.clone();
        labels[0] = classes.label(0);
        return new ModelFile.ClassifiedExamples(COUNT, inputs, labels, predicted, probabilities);
    }

    private static void classified(
            Path file, Blueprint network, Weights weights, ModelFile.ClassifiedExamples examples, Classes classes)
            throws Exception {
        ModelFile.write(
                file,
                new ModelFile.About("aevo test", "a run", 17, "by hand", "torch"),
                network,
                weights,
                examples,
                inputs(network.input()).classified(classes));
    }

    @Test
    void chainsAreReadAsTheyWereWritten() throws Exception {
        for (Shape shape : List.of(new Shape(1, 27, 27), new Shape(2, 1, 30))) {
            for (String genome : IMAGES) {
                Path file = write(genome, shape, 0, 0);
                ModelReader.Model read = ModelReader.read(file);
                assertEquals(
                        Unfolding.of(GenomeText.parse(read.about().genome()), shape, Activation.SIGMOID),
                        read.blueprint());
            }
        }
    }

    @Test
    void numpySeesAnOutputThatIsOff() throws Exception {
        Path file = write(IMAGES.get(0), new Shape(1, 27, 27), 0, 2e-4f);
        Outside.Result result = Outside.script(SCRIPT, file.toString());
        assertEquals(1, result.exit(), result.output());
    }

    @Test
    void theScriptRefusesWhatItDoesNotRead() throws Exception {
        Path file = write(IMAGES.get(6), new Shape(1, 9, 9), 0, 0);
        refused(file, "f.attrs['schema_version'] = 3", "version 3 of the schema, this script reads 1 and 2");
        refused(file, "f.attrs['schema'] = 'aevo-run'", "is a run of aevo, which holds no examples");
        Files.writeString(file, "no HDF5");
        refused(file, "", "cannot be read as HDF5");
    }

    private void refused(Path file, String change, String why) throws Exception {
        if (!change.isEmpty()) {
            Outside.python("import sys, h5py\nwith h5py.File(sys.argv[1], 'r+') as f: " + change, file.toString());
        }
        Outside.Result result = Outside.script(SCRIPT, file.toString());
        assertEquals(2, result.exit(), result.output());
        assertEquals(1, result.output().lines().count(), result.output());
        assertTrue(result.output().startsWith(file + ": "), result.output());
        assertTrue(result.output().contains(why), result.output());
    }

    @Test
    void aFileThatCannotBeWrittenLeavesNothing() throws Exception {
        Path place = folder.resolve("none/model.h5");
        assertThrows(RecordException.class, () -> write("- | latent(2) | upsampling", Shape.vector(3), place, 0));
        assertFalse(Files.exists(place.getParent()));
    }

    private Path write(String genome, Shape shape, int number, float off) throws Exception {
        Path file = folder.resolve("model-" + number + ".h5");
        write(genome, shape, file, off);
        return file;
    }

    private void write(String text, Shape shape, Path file, float off) throws Exception {
        Genome genome = GenomeText.parse(text + " | adam(lr0.001,batch32)");
        Blueprint blueprint = Unfolding.of(genome, shape, Activation.SIGMOID);
        write(blueprint, Draws.shaken(InitialWeights.of(blueprint, 3), random), genome.toString(), file, off);
    }

    private void write(Blueprint blueprint, Weights weights, String genome, Path file, float off) throws Exception {
        float[] inputs = Draws.values(COUNT * blueprint.input().size(), random);
        ReferenceNetwork oracle = new ReferenceNetwork(blueprint, weights);
        float[] outputs = floats(oracle.forward(inputs, false));
        outputs[outputs.length - 1] += off;
        float[] codes = blueprint.latent().isPresent() ? floats(oracle.encode(inputs)) : new float[0];
        ModelFile.write(
                file,
                new ModelFile.About("aevo test", "a run", 17, genome, "dl4j"),
                blueprint,
                weights,
                new ModelFile.Examples(COUNT, inputs, inputs, codes, outputs),
                new ModelFile.NewSamples(
                        inputs(blueprint.input()), SampleErrors.of(new double[] {0.2, 0.1}, new double[] {0.3})));
    }

    private static Inputs inputs(Shape shape) {
        return new Inputs(shape, "auto", "64-bit floats", false, List.of(), "global", List.of(-1.5), List.of(2.5));
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
