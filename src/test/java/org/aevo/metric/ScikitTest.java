package org.aevo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.aevo.data.DataKind;
import org.aevo.data.DataSettings;
import org.aevo.data.Dataset;
import org.aevo.data.Datasets;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All figures, beside scikit-learn's and scikit-image's on the same numbers. */
class ScikitTest {
    private static final double TOLERANCE = 1e-9;

    @TempDir
    private Path directory;

    private final Random random = new Random(6);
    private final Map<String, Double> ours = new LinkedHashMap<>();

    @Test
    void figuresAreThoseOfScikit() throws Exception {
        Oracle oracle = new Oracle(directory);
        Dataset fashion = load(DataSettings.of(DataKind.FASHION_MNIST).parts(700, 300, 0));
        float[] pictures = fashion.values(0, 300);
        images(oracle, "fashion", pictures, noisy(pictures, 0.1), new Shape(1, 28, 28));
        images(oracle, "colours", uniform(4 * 3 * 32 * 32), uniform(4 * 3 * 32 * 32), new Shape(3, 32, 32));
        float[] wide = waves(5, 2, 9, 40);
        images(oracle, "wide", wide, noisy(wide, 0.3), new Shape(2, 9, 40));
        float[] tall = waves(6, 3, 11, 8);
        images(oracle, "tall", tall, noisy(tall, 0.02), new Shape(3, 11, 8));
        float[] window = waves(3, 1, 7, 7);
        images(oracle, "window", window, noisy(window, 0.05), new Shape(1, 7, 7));
        images(oracle, "flat", new float[2 * 64], uniform(2 * 64), new Shape(1, 8, 8));

        float[] projected = projected(fashion.values(), 784, 6);
        neighbourhood(oracle, "fashion", pictures, Arrays.copyOf(projected, 300 * 6), 300, 1, 5, 20, 149);
        float[] roll = load(DataSettings.of(DataKind.SWISS_ROLL)
                        .samples(500)
                        .noise(0.05)
                        .parts(400, 50, 50))
                .values();
        neighbourhood(oracle, "roll", roll, noisy(projected(roll, 3, 2), 0.02), 400, 5, 12, 60);
        neighbourhood(oracle, "none", uniform(101 * 4), uniform(101 * 2), 101, 1, 5, 50);

        classes(oracle, "garments", projected, fashion.labels().orElseThrow(), 400, 1, 5, 8);
        Dataset blobs = load(DataSettings.of(DataKind.BLOBS)
                .samples(700)
                .features(7)
                .centers(5)
                .noise(3)
                .parts(600, 50, 50));
        classes(oracle, "blobs", blobs.values(), blobs.labels().orElseThrow(), 400, 1, 2, 5, 50);
        float[] two = uniform(500 * 3);
        int[] sides = new int[500];
        for (int i = 0; i < sides.length; i++) {
            two[3 * i + 2] = 0.3f;
            sides[i] = two[3 * i] + 2 * two[3 * i + 1] + 0.5 * random.nextGaussian() > 2 ? 7 : -3;
        }
        classes(oracle, "two", two, sides, 250, 5);

        Map<String, Double> answers = oracle.answers(ScikitTest.class, "figures.py");
        assertEquals(answers.keySet(), ours.keySet());
        answers.forEach((name, answer) -> assertEquals(answer, ours.get(name), TOLERANCE, name));
    }

    private static Dataset load(DataSettings.Builder settings) {
        return Datasets.load(settings.seed(3).build()).train();
    }

    private void images(Oracle oracle, String name, float[] reference, float[] images, Shape shape) throws Exception {
        oracle.give(name + ".reference", reference);
        oracle.give(name + ".images", images);
        oracle.ask("images", name, shape.channels(), shape.height(), shape.width());
        double ssim = ImageQuality.ssim(reference, images, shape);
        assertTrue(ssim < 0.999, () -> name + " should not be the same: " + ssim);
        ours.put(name + " psnr", ImageQuality.psnr(reference, images, shape));
        ours.put(name + " ssim", ssim);
    }

    private void neighbourhood(
            Oracle oracle, String name, float[] original, float[] codes, int count, Integer... neighbours)
            throws Exception {
        oracle.give(name + ".original", original);
        oracle.give(name + ".codes", codes);
        oracle.ask("neighbourhood", name, count, words(neighbours));
        Neighbourhood neighbourhood = new Neighbourhood(original, count);
        for (int k : neighbours) {
            double trustworthiness = neighbourhood.trustworthiness(codes, k);
            double continuity = neighbourhood.continuity(codes, k);
            assertNotEquals(trustworthiness, continuity);
            ours.put(name + " trustworthiness " + k, trustworthiness);
            ours.put(name + " continuity " + k, continuity);
        }
    }

    /** The first {@code training} samples teach, the others are told. */
    private void classes(Oracle oracle, String name, float[] codes, int[] labels, int training, Integer... neighbours)
            throws Exception {
        int size = codes.length / labels.length;
        float[] first = Arrays.copyOf(codes, training * size);
        float[] others = Arrays.copyOfRange(codes, training * size, codes.length);
        int[] firstLabels = Arrays.copyOf(labels, training);
        int[] otherLabels = Arrays.copyOfRange(labels, training, labels.length);
        oracle.give(name + ".training", first);
        oracle.give(name + ".training.labels", firstLabels);
        oracle.give(name + ".codes", others);
        oracle.give(name + ".labels", otherLabels);
        oracle.ask("classes", name, words(neighbours));
        double probe = LinearProbe.accuracy(first, firstLabels, others, otherLabels);
        assertTrue(probe > 0.4 && probe < 0.99, () -> name + " should be neither trivial nor hopeless: " + probe);
        ours.put(name + " probe", probe);
        for (int k : neighbours) {
            ours.put(name + " knn " + k, NearestNeighbours.accuracy(first, firstLabels, others, otherLabels, k));
        }
    }

    private static String words(Integer... numbers) {
        return String.join(" ", Arrays.stream(numbers).map(String::valueOf).toList());
    }

    private float[] uniform(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    private float[] noisy(float[] values, double sigma) {
        float[] noisy = values.clone();
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] += (float) (sigma * random.nextGaussian());
        }
        return noisy;
    }

    private float[] waves(int count, int channels, int height, int width) {
        float[] values = new float[count * channels * height * width];
        for (int i = 0; i < values.length; i++) {
            int plane = i / (height * width);
            values[i] = (float) (0.5 + 0.4 * Math.sin(0.7 * plane + 0.3 * (i / width % height) + 0.5 * (i % width)));
        }
        return values;
    }

    /** On random directions. */
    private float[] projected(float[] values, int size, int codeSize) {
        float[] directions = noisy(new float[size * codeSize], 1);
        float[] codes = new float[values.length / size * codeSize];
        for (int i = 0; i < codes.length; i++) {
            for (int v = 0; v < size; v++) {
                codes[i] += values[i / codeSize * size + v] * directions[v * codeSize + i % codeSize];
            }
        }
        return codes;
    }
}
