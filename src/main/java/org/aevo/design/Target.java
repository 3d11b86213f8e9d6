package org.aevo.design;

import java.util.Optional;
import org.aevo.network.Shape;

/**
 * The shape that a layer brings its input to: one that the file says, or that of another layer.
 *
 * @param shape of it; where only sides count its channels are 1
 * @param like name of that layer
 */
record Target(Optional<Shape> shape, Optional<String> like) {
    Target {
        if (shape.isPresent() == like.isPresent()) {
            throw new IllegalArgumentException("a target is a shape or that of another layer");
        }
    }

    static Target of(Shape shape) {
        return new Target(Optional.of(shape), Optional.empty());
    }

    static Target like(String layer) {
        return new Target(Optional.empty(), Optional.of(layer));
    }
}
