package org.aevo.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.aevo.network.Shape;

/**
 * Test samples and what a model makes of them, in C order [sample, channel, row, column].
 *
 * @param originals as they are
 * @param inputs as the model gets them
 * @param codes [sample, value]
 * @param outputs reconstructions
 * @param labels one per sample, where there are any
 */
public record Showing(
        Shape shape,
        int count,
        float[] originals,
        float[] inputs,
        float[] codes,
        float[] outputs,
        Optional<int[]> labels) {

    /** As many of these samples: the first of each label, in their order, then the first others. */
    public Showing examples(int most) {
        TreeMap<Integer, Integer> first = new TreeMap<>();
        for (int i = 0; i < count && labels.isPresent(); i++) {
            first.putIfAbsent(labels.get()[i], i);
        }
        int[] chosen = IntStream.concat(first.values().stream().mapToInt(i -> i), IntStream.range(0, count))
                .distinct()
                .limit(most)
                .toArray();
        return new Showing(
                shape,
                chosen.length,
                rows(originals, chosen),
                rows(inputs, chosen),
                rows(codes, chosen),
                rows(outputs, chosen),
                labels.map(all -> Arrays.stream(chosen).map(i -> all[i]).toArray()));
    }

    private float[] rows(float[] values, int[] chosen) {
        int size = values.length / count;
        float[] some = new float[chosen.length * size];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(values, chosen[i] * size, some, i * size, size);
        }
        return some;
    }
}
