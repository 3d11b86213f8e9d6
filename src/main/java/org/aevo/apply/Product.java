package org.aevo.apply;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aevo.network.Classes;

/**
 * What an output holds.
 *
 * @param count number of samples
 * @param sides of what one sample gives; none of errors and labels, which are numbers
 * @param columns names of its values in a table; empty: numbers from 0
 * @param threshold errors above are anomalies; NaN of all but errors
 * @param classes that a classifier tells apart; empty of an autoencoder
 * @param about what a reader should know, by name
 */
public record Product(
        What what,
        int count,
        List<Integer> sides,
        List<String> columns,
        double threshold,
        Optional<Classes> classes,
        Map<String, Object> about) {

    public Product {
        sides = List.copyOf(sides);
        columns = List.copyOf(columns);
        about = new TreeMap<>(about);
    }

    /** Values that one sample gives. */
    public int size() {
        return sides.stream().reduce(1, Math::multiplyExact);
    }

    /** Of the whole array: the samples first. */
    long[] shape() {
        long[] shape = new long[1 + sides.size()];
        shape[0] = count;
        for (int i = 0; i < sides.size(); i++) {
            shape[i + 1] = sides.get(i);
        }
        return shape;
    }

    @Override
    public Map<String, Object> about() {
        return new TreeMap<>(about);
    }
}
