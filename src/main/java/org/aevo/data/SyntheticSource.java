package org.aevo.data;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.aevo.random.Seeds;

/**
 * Computed samples, defined as scikit-learn's {@code make_swiss_roll}, {@code make_s_curve} and {@code make_blobs}. The
 * manifolds go back to J. Tenenbaum, V. de Silva, J. Langford, Science 290 (2000). The same seed gives the same samples
 * on every machine.
 */
final class SyntheticSource implements DataSource {
    private static final int MAX_SAMPLES = 10_000_000;
    private static final int MAX_FEATURES = 100_000;
    private static final int DEFAULT_SAMPLES = 1000;
    private static final int DEFAULT_FEATURES = 2;
    private static final int DEFAULT_CENTERS = 3;
    private static final double BOX = 10;

    private final DataKind kind;
    private final int samples;
    private final double noise;
    private final int features;
    private final int centers;
    private final long seed;

    SyntheticSource(DataSettings settings) {
        kind = settings.kind();
        boolean blobs = kind == DataKind.BLOBS;
        samples = orDefault(settings.samples(), DEFAULT_SAMPLES);
        noise = settings.noise().orElse(blobs ? 1 : 0);
        features = blobs ? orDefault(settings.features(), DEFAULT_FEATURES) : 3;
        centers = orDefault(settings.centers(), DEFAULT_CENTERS);
        seed = settings.seed();
        atMost(MAX_SAMPLES, "samples", samples);
        atMost(MAX_FEATURES, "features", features);
        atMost(samples, "centers", blobs ? centers : 1);
    }

    private static int orDefault(int value, int otherwise) {
        return value == 0 ? otherwise : value;
    }

    @Override
    public Contents contents() {
        return Contents.of(kind.text(), "")
                .shape(features, 1, 1)
                .training(samples)
                .labelled(kind == DataKind.BLOBS)
                .build();
    }

    private void atMost(int limit, String key, int value) {
        if (value > limit) {
            throw new DataException(
                    "data." + key + " of " + kind.text() + " must be at most " + limit + ", was " + value);
        }
    }

    @Override
    public void read(Part part, int[] wanted, Sink sink) {
        Selection selection = new Selection(wanted, samples);
        Random random = Seeds.stream(seed, Streams.SAMPLES);
        double[][] clusters = kind == DataKind.BLOBS ? clusters(random) : new double[0][];
        double[] values = new double[features];
        for (int sample = 0; sample < samples; sample++) {
            int label = -1;
            switch (kind) {
                case SWISS_ROLL -> swissRoll(random, values);
                case S_CURVE -> sCurve(random, values);
                default -> {
                    // clusters in turn: their sizes differ by one at most
                    label = label(sample);
                    System.arraycopy(clusters[label], 0, values, 0, features);
                }
            }
            for (int i = 0; i < features; i++) {
                values[i] += noise * random.nextGaussian();
            }
            if (selection.wants(sample)) {
                sink.accept(selection.slot(sample), values, label);
            }
        }
    }

    @Override
    public int[] labels(Part part) {
        return kind == DataKind.BLOBS
                ? IntStream.range(0, samples).map(this::label).toArray()
                : new int[0];
    }

    private int label(int sample) {
        return sample % centers;
    }

    private static void swissRoll(Random random, double[] point) {
        double t = 1.5 * Math.PI * (1 + 2 * random.nextDouble());
        point[0] = t * StrictMath.cos(t);
        point[1] = 21 * random.nextDouble();
        point[2] = t * StrictMath.sin(t);
    }

    private static void sCurve(Random random, double[] point) {
        double t = 3 * Math.PI * (random.nextDouble() - 0.5);
        point[0] = StrictMath.sin(t);
        point[1] = 2 * random.nextDouble();
        point[2] = Math.signum(t) * (StrictMath.cos(t) - 1);
    }

    private double[][] clusters(Random random) {
        double[][] clusters = new double[centers][features];
        for (double[] center : clusters) {
            Arrays.setAll(center, i -> BOX * (2 * random.nextDouble() - 1));
        }
        return clusters;
    }
}
