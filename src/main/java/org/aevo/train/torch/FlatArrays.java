package org.aevo.train.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.aevo.search.Weights;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Named arrays that lie one behind the other in one flat tensor: a pass over all of them is one operation. Kernels of
 * convolutions [a, b, row, column] lie as [a, row, column, b], channels last, in which the library computes them
 * faster; dense layers beside images by {@link ImageOrder}; everything else in C order.
 */
final class FlatArrays {
    /**
     * Where an array lies.
     *
     * @param turns from C order into the order in which it lies
     */
    private record Place(int[] shape, int from, int length, List<ImageOrder.Turn> turns) {

        static Place of(Weights.Array array, int from, ImageOrder order) {
            int[] shape = array.shape();
            List<ImageOrder.Turn> turns = shape.length == 4
                    ? List.of(new ImageOrder.Turn(shape[0], shape[1], shape[2] * shape[3], 1))
                    : order.of(array.name());
            return new Place(shape, from, array.values().length, turns);
        }

        boolean isKernel() {
            return shape.length == 4;
        }

        /** Numbers in C order into the order in which they lie. */
        float[] laid(float[] values) {
            float[] result = values;
            for (ImageOrder.Turn turn : turns) {
                result = turn.apply(result);
            }
            return result;
        }

        /** The way back. */
        float[] taken(float[] values) {
            float[] result = values;
            for (int i = turns.size() - 1; i >= 0; i--) {
                result = turns.get(i).inverse().apply(result);
            }
            return result;
        }
    }

    private final Map<String, Place> places = new LinkedHashMap<>();
    private final int size;
    private final Tensor flat;

    FlatArrays(Owned owned, List<Weights.Array> arrays, ImageOrder order, TensorOptions options) {
        int end = 0;
        for (Weights.Array array : arrays) {
            places.put(array.name(), Place.of(array, end, order));
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
        Tensor numbers = numbers(name, all);
        return place.isKernel()
                ? numbers.view(shape[0], shape[2], shape[3], shape[1]).permute(0, 3, 1, 2)
                : numbers.view(shape);
    }

    /** The numbers of an array [n], in the order in which they lie: a view of {@code all}, a tensor like {@link #flat}. */
    Tensor numbers(String name, Tensor all) {
        Place place = places.get(name);
        return all.narrow(0, place.from(), place.length());
    }

    /** Names of all arrays. */
    Set<String> names() {
        return places.keySet();
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
