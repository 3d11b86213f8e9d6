package org.aevo.report.run;

import java.util.Arrays;
import java.util.Optional;
import org.aevo.network.Shape;

/**
 * What a run's best network makes of samples that the search never saw.
 *
 * @param part of the data that they are from: {@code test}
 * @param count of samples
 * @param originals in C order [sample, channel, row, column]
 * @param inputs as the network gets them: the originals, or corrupted
 * @param reconstructions of them, in the same order
 * @param labels one per sample, where the data have any
 * @param codes in C order [sample, value]: what the bottleneck holds of each
 */
public record Outputs(
        String part,
        Shape shape,
        int count,
        float[] originals,
        float[] inputs,
        float[] reconstructions,
        Optional<int[]> labels,
        float[] codes) {

    public Outputs {
        if (originals.length != count * shape.size()
                || inputs.length != originals.length
                || reconstructions.length != originals.length
                || codes.length % count != 0
                || labels.isPresent() && labels.get().length != count) {
            throw new IllegalArgumentException("outputs of " + count + " samples of shape " + shape + " do not fit: "
                    + originals.length + " values, " + reconstructions.length + " reconstructed, " + codes.length
                    + " of codes");
        }
    }

    /** Whether the network gets something else than the originals. */
    boolean corrupted() {
        return !Arrays.equals(inputs, originals);
    }

    /** Values of a code. */
    public int latent() {
        return codes.length / count;
    }

    /** Mean squared error per value of one sample. */
    double error(int sample) {
        int size = Math.toIntExact(shape.size());
        double sum = 0;
        for (int i = sample * size; i < (sample + 1) * size; i++) {
            sum += Math.pow((double) originals[i] - reconstructions[i], 2);
        }
        return sum / size;
    }

    /** Mean squared error per value of all. */
    double error() {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += error(i);
        }
        return sum / count;
    }
}
