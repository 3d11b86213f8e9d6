package org.aevo.design;

import java.util.Optional;
import org.aevo.network.Require;

/**
 * How many units or filters a layer has: a number, as many as another layer makes, or, where neither is said, what the
 * input of a run says.
 *
 * @param number of them; empty if another layer says it, or nobody does
 * @param like name of that layer
 */
record Amount(Optional<Integer> number, Optional<String> like) {
    /** Left to others to say. */
    static final Amount OPEN = new Amount(Optional.empty(), Optional.empty());

    Amount {
        number.ifPresent(n -> Require.positive("units or filters", n));
        if (number.isPresent() && like.isPresent()) {
            throw new IllegalArgumentException("an amount is a number or that of another layer, not both");
        }
    }

    static Amount of(int number) {
        return new Amount(Optional.of(number), Optional.empty());
    }

    static Amount like(String layer) {
        return new Amount(Optional.empty(), Optional.of(layer));
    }

    boolean isOpen() {
        return number.isEmpty() && like.isEmpty();
    }
}
