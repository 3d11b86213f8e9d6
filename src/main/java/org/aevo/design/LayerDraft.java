package org.aevo.design;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.aevo.network.Blueprint;
import org.aevo.network.Shape;

/**
 * One layer of a network file.
 *
 * @param inputs names of the layers whose outputs it takes, {@link Blueprint#INPUT} for the samples
 * @param output shape that it must make; empty if the file says nothing about that
 */
record LayerDraft(String name, List<String> inputs, Form form, Optional<Shape> output) {
    LayerDraft {
        inputs = List.copyOf(inputs);
    }

    LayerDraft with(Form other) {
        return new LayerDraft(name, inputs, other, output);
    }

    /** Names of all layers that must be known before this one: its inputs, and those that it is like. */
    Set<String> needs() {
        Set<String> needs = new LinkedHashSet<>(inputs);
        like().ifPresent(needs::add);
        return needs;
    }

    /** The layer whose shape or size this one takes over. */
    Optional<String> like() {
        if (form instanceof Form.Dense d) {
            return d.units().like();
        } else if (form instanceof Form.Conv c) {
            return c.filters().like();
        } else if (form instanceof Form.Deconv c) {
            return c.filters().like();
        } else if (form instanceof Form.Crop c) {
            return c.to().like();
        }
        return form instanceof Form.Reshape r ? r.to().like() : Optional.empty();
    }
}
