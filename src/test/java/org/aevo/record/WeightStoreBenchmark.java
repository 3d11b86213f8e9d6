package org.aevo.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.search.ParentWeights;
import org.aevo.search.TrainedNetwork;
import org.aevo.search.Weights;

/**
 * What a child that inherits costs a worker beside training, by {@code WeightStoreBenchmark folder [values] [times]}: its
 * parent's weights are read and its own are written, on the disk of that folder. The first of a fresh process is told apart
 * from the median of the others. Files are read that were just written, so that the disk may not be asked.
 */
public final class WeightStoreBenchmark {
    private static final double REFERENCE_SECONDS = 10;
    private static final Genome DESIGN =
            GenomeText.parse("dense(16,relu) | latent(2) | upsampling | adam(lr0.001,batch32)");

    private WeightStoreBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int values = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000_000;
        int times = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        if (arguments.length < 1 || values < 1 || times < 2) {
            throw new IllegalArgumentException("expected a folder, at least 1 value, and at least 2 times");
        }
        Path folder = Files.createTempDirectory(Path.of(arguments[0]), "weights");
        try {
            WeightStore store = new WeightStore(folder, "benchmark", Integer.MAX_VALUE - 1);
            Weights weights = weights(values);
            List<Double> writing = new ArrayList<>();
            List<Double> reading = new ArrayList<>();
            for (int id = 0; id < times; id++) {
                long start = System.nanoTime();
                store.put(new TrainedNetwork(id, DESIGN, 1, weights));
                writing.add(seconds(start));
                start = System.nanoTime();
                if (!(store.get(id) instanceof ParentWeights.Found)) {
                    throw new IllegalStateException("weights of " + id + " were not found");
                }
                reading.add(seconds(start));
            }
            print("first", values, writing.get(0), reading.get(0));
            print("median", values, median(writing), median(reading));
        } finally {
            DurableFiles.deleteTree(folder);
        }
    }

    private static void print(String which, int values, double write, double read) {
        System.out.printf(
                Locale.ROOT,
                "%6s of %d values: written in %.1f ms, read in %.1f ms; both %.2f%% of a candidate of %.0f s%n",
                which,
                values,
                write * 1e3,
                read * 1e3,
                100 * (write + read) / REFERENCE_SECONDS,
                REFERENCE_SECONDS);
    }

    /** Eight layers of the same size. */
    private static Weights weights(int values) {
        Random random = new Random(1);
        List<Weights.Array> arrays = new ArrayList<>();
        for (int layer = 0; layer < 8; layer++) {
            float[] numbers = new float[values / 8 + (layer < values % 8 ? 1 : 0)];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) random.nextGaussian();
            }
            arrays.add(new Weights.Array("l" + layer + "_W", new int[] {numbers.length}, numbers));
        }
        return new Weights(arrays);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) * 1e-9;
    }

    private static double median(List<Double> times) {
        List<Double> later = times.subList(1, times.size());
        return later.stream().sorted().toList().get(later.size() / 2);
    }
}
