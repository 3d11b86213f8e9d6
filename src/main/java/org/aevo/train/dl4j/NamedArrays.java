package org.aevo.train.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.aevo.search.Weights;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The parameters of a network under the names and in the shapes of {@link org.aevo.train.Network#weights}. */
final class NamedArrays {
    /** The library puts a dense layer's weights before its bias, a convolution's after. */
    private static final List<String> ORDER = List.of("W", "b", "gamma", "beta", "mean", "var");

    private final Map<String, INDArray> views = new LinkedHashMap<>();

    private NamedArrays() {}

    /**
     * Views of the parameters of layers.
     *
     * @param owners names of the library's layers to those that the arrays are named after
     */
    static NamedArrays of(Map<String, String> owners, Function<String, Layer> layers) {
        NamedArrays arrays = new NamedArrays();
        owners.forEach((name, owner) -> {
            Map<String, INDArray> table = layers.apply(name).paramTable();
            for (String key : ORDER) {
                if (table.containsKey(key)) {
                    arrays.views.put(owner + "_" + key, table.get(key));
                }
            }
        });
        return arrays;
    }

    /** Copies all arrays out, in C order. */
    Weights copy() {
        List<Weights.Array> copies = new ArrayList<>();
        views.forEach((name, view) -> copies.add(new Weights.Array(name, shape(name, view), read(view))));
        return new Weights(copies);
    }

    /** @throws IllegalArgumentException if names or shapes differ */
    void assign(Weights weights) {
        List<String> names = weights.arrays().stream().map(Weights.Array::name).toList();
        if (!names.equals(List.copyOf(views.keySet()))) {
            throw new IllegalArgumentException("weights " + names + " are not those of the network " + views.keySet());
        }
        for (Weights.Array array : weights.arrays()) {
            INDArray view = views.get(array.name());
            int[] shape = shape(array.name(), view);
            if (!Arrays.equals(shape, array.shape())) {
                throw new IllegalArgumentException("weights " + array.name() + " have shape "
                        + Arrays.toString(array.shape()) + ", the network's " + Arrays.toString(shape));
            }
            try (INDArray values = Nd4j.createUninitialized(DataType.FLOAT, view.length())) {
                write(array.values(), values);
                view.assign(values.reshape('c', view.shape()));
            }
        }
    }

    /** Fills a vector. */
    static void write(float[] values, INDArray vector) {
        vector.data().asNioFloat().put(values);
        wroteOnHost(vector);
    }

    /** Where the library computes on a GPU, its copy of the array is out of date now. */
    static void wroteOnHost(INDArray array) {
        Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
    }

    /** The values of an array in C order. */
    static float[] read(INDArray array) {
        float[] values = new float[Math.toIntExact(array.length())];
        try (INDArray dense = array.dup('c')) {
            dense.data().asNioFloat().get(values);
        }
        return values;
    }

    /** The library keeps one number per unit or filter as a row [1, n]; here it is [n]. */
    private static int[] shape(String name, INDArray view) {
        return name.endsWith("_W")
                ? Arrays.stream(view.shape()).mapToInt(Math::toIntExact).toArray()
                : new int[] {Math.toIntExact(view.length())};
    }
}
