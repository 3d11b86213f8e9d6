package org.aevo.metric;

import java.lang.management.ManagementFactory;
import java.util.Random;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What figures cost a candidate, in processor time; prints, asserts nothing. {@code -Dtest=FigureBench} */
@Tag("bench")
class FigureBench {
    private static final int COUNT = 1000;

    private final Random random = new Random(1);

    @Test
    void figuresOfACandidate() {
        for (Shape shape : new Shape[] {new Shape(1, 28, 28), new Shape(3, 32, 32)}) {
            int size = (int) shape.size();
            float[] images = noisy(new float[COUNT * size]);
            float[] others = noisy(images);
            print("psnr " + shape, () -> ImageQuality.psnr(images, others, shape));
            print("ssim " + shape, () -> ImageQuality.ssim(images, others, shape));
            print("ranks of " + shape, () -> new Neighbourhood(images, COUNT).hashCode());
        }
        Neighbourhood neighbourhood = new Neighbourhood(noisy(new float[COUNT * 784]), COUNT);
        int[] labels = random.ints(COUNT, 0, 10).toArray();
        for (int latent : new int[] {2, 8, 16, 64}) {
            float[] codes = noisy(new float[COUNT * latent]);
            for (int i = 0; i < codes.length; i++) {
                codes[i] += labels[i / latent] == i % latent ? 1 : 0;
            }
            for (int k : new int[] {5, 50}) {
                print("trustworthiness, latent " + latent + ", k " + k, () -> neighbourhood.trustworthiness(codes, k));
                print("continuity, latent " + latent + ", k " + k, () -> neighbourhood.continuity(codes, k));
            }
            print("probe, latent " + latent, () -> LinearProbe.accuracy(codes, labels, codes, labels));
            print("k-NN, latent " + latent, () -> NearestNeighbours.accuracy(codes, labels, codes, labels, 5));
        }
    }

    private float[] noisy(float[] values) {
        float[] noisy = values.clone();
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] += random.nextFloat();
        }
        return noisy;
    }

    private interface Figure {
        double measure();
    }

    /** The first is what a fresh worker pays, the last is compiled. */
    private static void print(String name, Figure figure) {
        double[] milliseconds = new double[12];
        double value = 0;
        for (int i = 0; i < milliseconds.length; i++) {
            long start = processor();
            value = figure.measure();
            milliseconds[i] = (processor() - start) * 1e-6;
        }
        System.out.printf(
                "%-36s first %6.1f ms, fifth %6.1f ms, last %6.1f ms (%.4f)%n",
                name, milliseconds[0], milliseconds[4], milliseconds[11], value);
    }

    private static long processor() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
