package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.network.Activation;
import org.aevo.network.Axes;
import org.aevo.network.Blueprint;
import org.aevo.network.Ends;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Optimizer;
import org.aevo.network.Padding;
import org.aevo.network.Shape;
import org.aevo.search.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that end in a softmax, and what only they have, against plain Java. */
public abstract class ClassifiersAgainstReference extends ReferenceCheck {
    /** It has two kinks, and values far beyond both. */
    @Test
    void hardSigmoidBeyondItsKinks() {
        Shape shape = new Shape(2, 4, 5);
        Layer conv = new Layer.Conv("c", shape, 3, 3, 1, Activation.HARD_SIGMOID, false);
        Layer deconv = new Layer.Deconv("t", conv.output(), 2, 3, 2, Activation.HARD_SIGMOID, false);
        Layer dense = new Layer.Dense("d", deconv.output(), 12, Activation.HARD_SIGMOID, 0);
        Blueprint blueprint = Blueprint.chain(shape, List.of(conv, deconv, dense));
        Random random = new Random(6);
        float[] values = values(shape, random);
        for (int i = 0; i < values.length; i++) {
            values[i] = 16 * values[i] - 8;
        }
        check(blueprint, Loss.MSE, values, values(dense.output(), random), random);
        Blueprint alone = Blueprint.chain(
                Shape.vector(1), List.of(new Layer.Dense("d", Shape.vector(1), 1, Activation.HARD_SIGMOID, 0)));
        try (Network network =
                engine.build(NetworkPlan.of(alone, new Hyperparameters(Optimizer.NESTEROV, 1e-3, 1), 1))) {
            network.load(new Weights(List.of(
                    new Weights.Array("d_W", new int[] {1, 1}, new float[] {1}),
                    new Weights.Array("d_b", new int[] {1}, new float[1]))));
            float[] results = network.reconstruct(new float[] {-9, -2.5f, -1, 0, 1, 2.5f, 9});
            assertArrayEquals(new float[] {0, 0, 0.3f, 0.5f, 0.7f, 1, 1}, results, 1e-6f);
        }
    }

    /** Kernels with more of the padding than of the image under them, also such as reach beyond it on all sides. */
    @ParameterizedTest
    @CsvSource({"8, 7, 5", "9, 7, 5", "20, 7, 6", "50, 6, 5", "50, 1, 31", "64, 3, 4"})
    void kernelsLargerThanTheImage(int kernel, int rows, int columns) {
        Random random = new Random(kernel);
        Axes axes = rows == 1 ? Axes.COLUMNS : Axes.BOTH;
        Shape shape = new Shape(2, rows, columns);
        for (int stride = 1; stride <= 2; stride++) {
            Layer first = new Layer.Conv("c", shape, 2, kernel, stride, Activation.TANH, stride == 2, axes);
            Layer second = new Layer.Conv("d", first.output(), 2, kernel, 1, Activation.RELU, false, axes);
            checkClassifier(Blueprint.chain(shape, softmax(List.of(first, second), 3)), random.nextLong());
        }
    }

    /** Windows within the image: what is left at its end, of odd and even sides, is seen by none. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void windowsWithin(int kernel) {
        Random random = new Random(100 + kernel);
        for (int stride = 1; stride <= 3; stride++) {
            for (Axes axes : Axes.values()) {
                int rows = axes == Axes.BOTH ? kernel + random.nextInt(7) : 1;
                Shape shape = new Shape(1 + random.nextInt(3), rows, kernel + random.nextInt(9));
                Layer conv = new Layer.Conv(
                        "c", shape, 2, kernel, stride, Activation.TANH, random.nextBoolean(), axes, Padding.VALID);
                List<Layer> layers = new ArrayList<>(List.of(conv));
                int size = 2 + random.nextInt(2);
                if (size <= axes.side(conv.output())) {
                    layers.add(new Layer.MaxPool("p", conv.output(), size, axes, Padding.VALID));
                }
                checkClassifier(Blueprint.chain(shape, softmax(layers, 3)), 10 * kernel + stride);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7})
    void poolsWithin(int size) {
        Random random = new Random(200 + size);
        for (Axes axes : Axes.values()) {
            for (int rest = 0; rest < 3; rest++) {
                int columns = size * (1 + random.nextInt(2)) + Math.min(rest, size - 1);
                int rows = axes == Axes.BOTH ? size + Math.min(2 - rest, size - 1) : 1;
                Shape shape = new Shape(2, rows, columns);
                Layer first = new Layer.MaxPool("p", shape, size, axes, Padding.VALID);
                assertEquals(columns / size, first.output().width());
                checkClassifier(Blueprint.chain(shape, softmax(List.of(first), 2)), 10 * size + rest);
                Layer conv = new Layer.Conv("c", shape, 3, 2, 1, Activation.ELU, false, axes);
                Layer pool = new Layer.MaxPool("p", conv.output(), size, axes, Padding.VALID);
                Layer again = new Layer.Conv("a", pool.output(), 2, 3, 1, Activation.SWISH, true, axes);
                checkClassifier(Blueprint.chain(shape, softmax(List.of(conv, pool, again), 4)), 10 * size + rest);
            }
        }
    }

    /** The smallest classifier: softmax regression on vectors, images and signals. */
    @ParameterizedTest
    @CsvSource({"7, 1, 1, 3", "2, 5, 4, 2", "3, 1, 9, 10"})
    void aSoftmaxLayerAlone(int channels, int height, int width, int classes) {
        Genome genome = GenomeText.parse("- | - | softmax | momentum(lr0.1,batch5)");
        Blueprint blueprint = genome.unfold(Ends.classifier(new Shape(channels, height, width), classes));
        checkClassifier(blueprint, classes, Loss.CROSS_ENTROPY);
        checkClassifier(blueprint, classes, Loss.MSE);
    }

    /** Also with the squared error, for which the softmax is a layer as others. */
    @ParameterizedTest
    @MethodSource("seeds")
    void anyClassifier(long seed) {
        Blueprint blueprint = RandomBlueprint.ofClassifier(seed);
        checkClassifier(blueprint, seed, Loss.CROSS_ENTROPY);
        checkClassifier(blueprint, seed, Loss.MSE);
    }

    private void checkClassifier(Blueprint blueprint, long seed) {
        checkClassifier(blueprint, seed, Loss.CROSS_ENTROPY);
    }

    /** Against classes, and against probabilities of them. */
    private void checkClassifier(Blueprint blueprint, long seed, Loss loss) {
        Random random = new Random(seed);
        float[] values = values(blueprint.input(), random);
        int classes = blueprint.output().layer().output().channels();
        float[] wanted = new float[BATCH * classes];
        for (int sample = 0; sample < BATCH; sample++) {
            int from = sample * classes;
            if (sample % 2 == 0) {
                wanted[from + random.nextInt(classes)] = 1;
            } else {
                float share = random.nextFloat();
                wanted[from] = share;
                wanted[from + 1 + random.nextInt(classes - 1)] = 1 - share;
            }
        }
        check(blueprint, loss, values, wanted, random);
    }

    /** Where probabilities round to 0 and 1 the loss still grows with what goes in, and still says where to go. */
    @ParameterizedTest
    @ValueSource(floats = {-1e4f, -1000, -20, 20, 1000, 1e4f})
    void softmaxOfLargeValues(float weight) {
        Blueprint blueprint = Blueprint.chain(
                Shape.vector(1), List.of(new Layer.Dense("d", Shape.vector(1), 3, Activation.SOFTMAX, 0)));
        Samples one = new Samples(Shape.vector(1), 1, new float[] {1});
        int largest = weight > 0 ? 0 : 1;
        for (int target = 0; target < 3; target++) {
            Hyperparameters plain = new Hyperparameters(Optimizer.NESTEROV, 1, 1);
            try (Network network =
                    engine.build(NetworkPlan.of(blueprint, plain, 1).with(Loss.CROSS_ENTROPY))) {
                float[] weights = {weight, -weight, 0};
                network.load(new Weights(List.of(
                        new Weights.Array("d_W", new int[] {1, 3}, weights.clone()),
                        new Weights.Array("d_b", new int[] {3}, new float[3]))));
                float[] wanted = new float[3];
                wanted[target] = 1;
                assertArrayEquals(weights, network.logits(one, 0, 1), 0);
                float[] chances = network.reconstruct(new float[] {1});
                double loss = network.step(one, new Samples(Shape.vector(3), 1, wanted), new int[] {0}, 0, 1);
                assertEquals(Math.abs(weight) - weights[target], loss, 1e-6 * Math.abs(weight));
                float[] biases = network.weights().arrays().get(1).values();
                for (int i = 0; i < 3; i++) {
                    assertEquals(i == largest ? 1 : 0, chances[i], 1e-6);
                    // by 1.9 of the gradient
                    assertEquals(1.9 * (wanted[i] - (i == largest ? 1 : 0)), biases[i], 1e-6);
                }
            }
        }
    }

    @Test
    void softmaxIsOfVectorsAtTheEnd() {
        Shape shape = new Shape(1, 4, 4);
        Hyperparameters any = new Hyperparameters(Optimizer.ADAM, 1e-3, 1);
        Layer conv = new Layer.Conv("c", shape, 1, 3, 1, Activation.SOFTMAX, false);
        assertEquals(
                "layer c has softmax, which is only of dense layers",
                refused(NetworkPlan.of(Blueprint.chain(shape, List.of(conv)), any, 1)));
        Layer dense = new Layer.Dense("d", shape, 4, Activation.SIGMOID, 0);
        NetworkPlan sigmoid =
                NetworkPlan.of(Blueprint.chain(shape, List.of(dense)), any, 1).with(Loss.CROSS_ENTROPY);
        assertEquals("cross-entropy needs the output activation softmax, the network has sigmoid", refused(sigmoid));
        Layer softmax = new Layer.Dense("s", shape, 4, Activation.SOFTMAX, 0);
        Layer reshape = new Layer.Reshape("r", softmax.output(), new Shape(1, 2, 2));
        Layer crop = new Layer.Crop("x", reshape.output(), new Shape(1, 1, 2), 0, 0);
        NetworkPlan cropped = NetworkPlan.of(Blueprint.chain(shape, List.of(softmax, reshape, crop)), any, 1)
                .with(Loss.CROSS_ENTROPY);
        assertEquals("cross-entropy is of what a dense layer puts out, the output is layer x", refused(cropped));
        try (Network network = engine.build(NetworkPlan.of(Blueprint.chain(shape, List.of(softmax)), any, 1))) {
            Samples sample = new Samples(shape, 1, new float[16]);
            assertThrows(IllegalStateException.class, () -> network.logits(sample, 0, 1));
        }
    }

    private String refused(NetworkPlan plan) {
        return assertThrows(IllegalArgumentException.class, () -> engine.build(plan))
                .getMessage();
    }
}
