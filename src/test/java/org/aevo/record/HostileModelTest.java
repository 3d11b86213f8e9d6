package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aevo.network.Activation;
import org.aevo.network.Axes;
import org.aevo.network.Blueprint;
import org.aevo.network.Classes;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Padding;
import org.aevo.network.Shape;
import org.aevo.train.InitialWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that somebody changed, with the right checksum: what is no network is refused with the reason. */
class HostileModelTest {
    /** Rows of the layers: 0 a, 1 latent, 2 sum (a join), 3 image, 4 conv. */
    private static final Map<String, String> CHANGES = new LinkedHashMap<>();

    static {
        CHANGES.put(
                "f['layers/inputs'][1] = b'sum'", "layer latent takes the output of sum, which is not there before it");
        CHANGES.put("f['layers/inputs'][2] = b'a a zz'", "takes the output of zz, which is not there");
        CHANGES.put("f['layers/inputs'][0] = b'a'", "layer a takes the output of a, which is not there before it");
        CHANGES.put("f['layers/inputs'][2] = b'a'", "inputs of a join must be at least 2, was 1");
        CHANGES.put("f['layers/inputs'][4] = b'a a'", "layer conv takes 1 inputs, 2 are given");
        CHANGES.put("f['layers/inputs'][2] = b''", "takes the output of , which is not there");
        CHANGES.put("f['layers/name'][4] = b'a'", "two layers have the name a");
        CHANGES.put("f['layers/name'][4] = b'input'", "a layer cannot have the name input");
        CHANGES.put("f['layers/kind'][1] = b'lstm'", "layer latent: its kind is lstm, which is not known");
        CHANGES.put("f['layers/kernel'][4] = 0", "layer conv: kernel must be at least 1, was 0");
        CHANGES.put("f['layers/stride'][4] = -1", "layer conv: stride must be at least 1, was -1");
        CHANGES.put("f['layers/top'][4] = 5", "layer conv: top is 5 where it must be 1");
        CHANGES.put("f['layers/epsilon'][4] = 1.0", "layer conv: epsilon is 1.0 where it must be 1.0E-5");
        CHANGES.put("f['layers/kernel_rows'][4] = 2", "layer conv: kernel_rows is 2 where it must be");
        CHANGES.put("f['layers/out_channels'][0] = 2000000000", "latent takes 5, but a makes 2000000000");
        CHANGES.put("f['layers/out_channels'][0] = 0", "layer a: channels must be at least 1, was 0");
        CHANGES.put("f['layers/activation'][0] = b'nobody'", "layer a: 'nobody' is not one of");
        CHANGES.put("f['layers/dropout'][0] = 1.5", "layer a: dropout must be from 0 to below 1, was 1.5");
        CHANGES.put("f['layers/in_height'][4] = 9", "layer conv: out_height is 5 where it must be 9");
        CHANGES.put("f['layers/in_channels'][1] = 6", "layer latent takes 6, but a makes 5");
        CHANGES.put("f['outputs/name'][:] = b'output'", "two outputs have the name output");
        CHANGES.put("f['outputs/layer'][:] = b'nobody'", "is of layer nobody, which is not there");
        CHANGES.put("f['outputs/name'][:] = [b'x', b'y']", "must have an output named output");
        CHANGES.put("del f['outputs']", "there is no table of outputs");
        CHANGES.put("del f['layers']", "there is no table of layers");
        CHANGES.put("del f['layers/kind']", "the table of layers has no column kind of String");
        CHANGES.put("f['layers'].attrs['rows'] = np.int64(2**40)", "has not its 1099511627776 rows");
        CHANGES.put("f['layers'].attrs['rows'] = np.int64(0)", "the table of layers has 0 rows");
        CHANGES.put("del f['weights/a_b']", "its weights are not those of its layers: ");
        CHANGES.put("f.attrs['schema_version'] = np.int32(3)", "has version 3 of the schema");
        CHANGES.put("f.attrs['schema_version'] = np.int32(0)", "has version 0 of the schema");
    }

    /** Of a classifier: rows of the layers 0 conv, 1 pool, 2 output. */
    private static final Map<String, String> CLASSIFIERS = new LinkedHashMap<>();

    static {
        CLASSIFIERS.put("f['inputs/classes'][0] = 9", "labels must ascend, 5 follows 9");
        CLASSIFIERS.put("f['inputs/classes'][0] = -1", "a label must be at least 0, was -1");
        CLASSIFIERS.put(
                "del f['inputs/classes']; f['inputs/classes'] = np.array([1, 2], 'i4')",
                "the network puts out 3 values for samples of 2 classes");
        CLASSIFIERS.put(
                "del f['inputs/classes']; f['inputs/classes'] = np.array([1], 'i4')",
                "classes must be at least 2, was 1");
        CLASSIFIERS.put("f['layers/padding'][0] = b'same'", "layer conv: out_height is 3 where it must be 5");
        CLASSIFIERS.put("f['layers/padding'][0] = b'full'", "layer conv: 'full' is not one of");
        CLASSIFIERS.put("f['layers/padding'][2] = b'valid'", "layer output: padding is valid where it must be");
        CLASSIFIERS.put("del f['layers/padding']", "layer conv: out_height is 3 where it must be 5");
    }

    @TempDir
    Path folder;

    @Test
    void aChangedClassifierIsRefused() throws Exception {
        Path model = folder.resolve("model.h5");
        Blueprint network = classifier(model);
        assertEquals(network, ModelReader.read(model).blueprint());
        refused(model, CLASSIFIERS);
    }

    private static Blueprint classifier(Path model) throws RecordException {
        Layer conv =
                new Layer.Conv("conv", new Shape(1, 5, 5), 2, 3, 1, Activation.RELU, false, Axes.BOTH, Padding.VALID);
        Layer pool = new Layer.MaxPool("pool", conv.output(), 2, Axes.BOTH, Padding.VALID);
        Layer output = new Layer.Dense("output", pool.output(), 3, Activation.SOFTMAX, 0);
        Blueprint network = Blueprint.chain(conv.input(), List.of(conv, pool, output));
        ModelFile.write(
                model,
                new ModelFile.About("aevo test", "a run", 17, "by hand", "dl4j"),
                network,
                InitialWeights.of(network, 3),
                new ModelFile.ClassifiedExamples(1, new float[25], new int[] {2}, new int[] {5}, new float[3]),
                new Inputs(conv.input(), "auto", "bytes", true, List.of(), "bytes", List.of(0.0), List.of(255.0))
                        .classified(new Classes(List.of(2, 5, 7))));
        return network;
    }

    @Test
    void changedExamplesAreRefused() throws Exception {
        Path model = folder.resolve("model.h5");
        classifier(model);
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("f['examples/predicted'][0] = 4", "no class has the label 4");
        changes.put("f['examples/labels'][0] = -3", "no class has the label -3");
        changes.put(
                "del f['examples/predicted']; f['examples/predicted'] = np.zeros(9, 'i4')", "1 labels, 9 predicted");
        changes.put(
                "del f['examples/probabilities']; f['examples/probabilities'] = np.zeros((1, 2), 'f4')",
                "2 probabilities");
        changes.put(
                "del f['examples/inputs']; f['examples/inputs'] = np.zeros((1, 1, 5, 4), 'f4')", "20 values of inputs");
        changes.put("del f['examples']", "no model of aevo, or a damaged one");
        ChangedHdf5.changed(model, changes.keySet());
        int i = 0;
        for (Map.Entry<String, String> change : changes.entrySet()) {
            Path changed = ChangedHdf5.place(model, i++);
            RecordException e =
                    assertThrows(RecordException.class, () -> ModelReader.examples(changed), change.getKey());
            assertTrue(e.getMessage().startsWith(changed + ": "), e.getMessage());
            assertTrue(e.getMessage().contains(change.getValue()), change.getKey() + ": " + e.getMessage());
        }
    }

    @Test
    void isRefused() throws Exception {
        Path model = folder.resolve("model.h5");
        write(model);
        assertEquals(network(), ModelReader.read(model).blueprint());
        refused(model, CHANGES);
    }

    private static void refused(Path model, Map<String, String> changes) throws Exception {
        ChangedHdf5.changed(model, changes.keySet());
        int i = 0;
        for (Map.Entry<String, String> change : changes.entrySet()) {
            Path changed = ChangedHdf5.place(model, i++);
            RecordException e = assertThrows(RecordException.class, () -> ModelReader.read(changed), change.getKey());
            assertTrue(e.getMessage().startsWith(changed + ": "), e.getMessage());
            assertTrue(e.getMessage().contains(change.getValue()), change.getKey() + ": " + e.getMessage());
        }
    }

    private static Blueprint network() {
        Shape samples = new Shape(1, 5, 6);
        Shape image = new Shape(2, 5, 6);
        return new Blueprint(
                samples,
                List.of(
                        new Node(new Layer.Dense("a", samples, 5, Activation.RELU, 0.25), List.of("input")),
                        new Node(new Layer.Dense("latent", Shape.vector(5), 60, Activation.IDENTITY, 0), List.of("a")),
                        new Node(
                                new Layer.Join("sum", List.of(Shape.vector(60), Shape.vector(5))),
                                List.of("latent", "a")),
                        new Node(new Layer.Reshape("image", Shape.vector(60), image), List.of("sum")),
                        new Node(new Layer.Conv("conv", image, 1, 3, 1, Activation.SIGMOID, true), List.of("image"))),
                Map.of("output", "conv", "latent", "latent"));
    }

    private static void write(Path file) throws Exception {
        Blueprint blueprint = network();
        float[] samples = new float[2 * 30];
        ModelFile.write(
                file,
                new ModelFile.About("aevo test", "a run", 17, "by hand", "dl4j"),
                blueprint,
                InitialWeights.of(blueprint, 3),
                new ModelFile.Examples(2, samples, samples, new float[2 * 60], samples),
                new ModelFile.NewSamples(
                        new Inputs(
                                blueprint.input(),
                                "auto",
                                "floats",
                                false,
                                List.of(),
                                "global",
                                List.of(0.0),
                                List.of(1.0)),
                        SampleErrors.of(new double[] {0.2, 0.1}, new double[] {0.3})));
    }
}
