package org.aevo.train.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Shape;

/**
 * Where dense layers take an image for a vector, or give one: with its channels last, as convolutions have it, and not in
 * C order. What they compute is the same if their weights lie in that order too, and no image has to be turned on its way
 * forward or back. The bottleneck's codes stay in C order: they are seen outside.
 */
final class ImageOrder {

    /**
     * Numbers [blocks, rows, columns, width] as [blocks, columns, rows, width].
     *
     * @param width of what stays together
     */
    record Turn(int blocks, int rows, int columns, int width) {

        float[] apply(float[] values) {
            float[] result = new float[values.length];
            for (int block = 0; block < blocks; block++) {
                int start = block * rows * columns;
                for (int row = 0; row < rows; row++) {
                    for (int column = 0; column < columns; column++) {
                        int from = (start + row * columns + column) * width;
                        int to = (start + column * rows + row) * width;
                        System.arraycopy(values, from, result, to, width);
                    }
                }
            }
            return result;
        }

        /** The way back. */
        Turn inverse() {
            return new Turn(blocks, columns, rows, width);
        }
    }

    private final Map<String, List<Turn>> turns = new HashMap<>();
    private final List<Layer> layers;

    ImageOrder(Blueprint blueprint) {
        layers = blueprint.layers();
        for (int i = 0; i < layers.size(); i++) {
            if (takesImage(i)) {
                Layer.Dense dense = (Layer.Dense) layers.get(i);
                int units = Math.toIntExact(dense.output().size());
                add(dense.name() + "_W", turn(1, dense.input(), units));
            }
            if (givesImage(i)) {
                Layer before = layers.get(i - 1);
                Shape image = layers.get(i).output();
                add(before.name() + "_W", turn(Math.toIntExact(before.input().size()), image, 1));
                add(before.name() + "_b", turn(1, image, 1));
            }
        }
    }

    private static Turn turn(int blocks, Shape image, int width) {
        return new Turn(blocks, image.channels(), image.height() * image.width(), width);
    }

    private void add(String array, Turn turn) {
        turns.computeIfAbsent(array, name -> new ArrayList<>()).add(turn);
    }

    /** Whether a layer is a dense one behind one of images. */
    boolean takesImage(int layer) {
        return layer > 0 && layers.get(layer) instanceof Layer.Dense && !(layers.get(layer - 1) instanceof Layer.Dense);
    }

    /** Whether a layer makes an image, for further layers, of what a dense one other than the bottleneck gives. */
    boolean givesImage(int layer) {
        return layer > 0
                && layer < layers.size() - 1
                && layers.get(layer) instanceof Layer.Reshape
                && layers.get(layer - 1) instanceof Layer.Dense dense
                && !dense.name().equals(Blueprint.LATENT);
    }

    /** What is to be done to an array of a dense layer, one after the other. */
    List<Turn> of(String array) {
        return turns.getOrDefault(array, List.of());
    }
}
