package org.aevo.train.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aevo.search.Weights;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Named arrays that lie one behind the other in one flat tensor: a pass over all of them is one operation. Kernels of
 * convolutions [a, b, row, column] lie as [a, row, column, b], channels last, in which the library computes them
 * faster; everything else lies in C order.
 */
final class FlatArrays {
    /** Where an array lies. */
    private record Place(int[] shape, int from, int length) {

        boolean isKernel() {
            return shape.length == 4;
        }

        /** Numbers in C order into the order in which they lie. */
        float[] laid(float[] values) {
            return isKernel() ? turned(values, shape[0], shape[1], shape[2] * shape[3]) : values;
        }

        /** The way back. */
        float[] taken(float[] values) {
            return isKernel() ? turned(values, shape[0], shape[2] * shape[3], shape[1]) : values;
        }

        /** Matrices of rows and columns, each transposed. */
        private static float[] turned(float[] values, int matrices, int rows, int columns) {
            float[] result = new float[values.length];
            for (int m = 0; m < matrices; m++) {
                int start = m * rows * columns;
                for (int r = 0; r < rows; r++) {
                    for (int c = 0; c < columns; c++) {
                        result[start + c * rows + r] = values[start + r * columns + c];
                    }
                }
            }
            return result;
        }
    }

    private final Map<String, Place> places = new LinkedHashMap<>();
    private final int size;
    private final Tensor flat;

    FlatArrays(Owned owned, List<Weights.Array> arrays, TensorOptions options) {
        int end = 0;
        for (Weights.Array array : arrays) {
            places.put(array.name(), new Place(array.shape(), end, array.values().length));
            end = Math.addExact(end, array.values().length);
        }
        size = end;
        flat = owned.own(torch.zeros(new long[] {size}, options));
        load(arrays);
    }

    /** All numbers [n]. */
    Tensor flat() {
        return flat;
    }

    /** An array in its shape: a view of {@code all}, a tensor like {@link #flat}. */
    Tensor view(String name, Tensor all) {
        Place place = places.get(name);
        long[] shape = IntStream.of(place.shape()).asLongStream().toArray();
        Tensor numbers = all.narrow(0, place.from(), place.length());
        return place.isKernel()
                ? numbers.view(shape[0], shape[2], shape[3], shape[1]).permute(0, 3, 1, 2)
                : numbers.view(shape);
    }

    int[] shape(String name) {
        return places.get(name).shape();
    }

    boolean contains(String name) {
        return places.containsKey(name);
    }

    /** Copies all arrays out. */
    List<Weights.Array> copy() {
        float[] values = new float[size];
        if (size > 0) {
            numbers(flat.cpu()).get(values);
        }
        List<Weights.Array> copies = new ArrayList<>();
        places.forEach((name, place) -> {
            float[] part = Arrays.copyOfRange(values, place.from(), place.from() + place.length());
            copies.add(new Weights.Array(name, place.shape().clone(), place.taken(part)));
        });
        return copies;
    }

    /** Takes the values of those arrays that are here. */
    void load(List<Weights.Array> arrays) {
        if (size == 0) {
            return;
        }
        Tensor host = flat.cpu();
        FloatPointer numbers = numbers(host);
        for (Weights.Array array : arrays) {
            Place place = places.get(array.name());
            if (place != null) {
                numbers.position(place.from()).put(place.laid(array.values()));
            }
        }
        flat.copy_(host);
    }

    private FloatPointer numbers(Tensor host) {
        return host.data_ptr_float().capacity(size);
    }
}
