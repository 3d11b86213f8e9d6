package org.aevo.design;

import java.util.Optional;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Shape;

/** From layers with shapes to what a file says of them. */
final class Drafts {
    private Drafts() {}

    static LayerDraft of(Node node) {
        return new LayerDraft(
                node.name(),
                node.inputs(),
                form(node.layer()),
                Optional.of(node.layer().output()));
    }

    static Form form(Layer layer) {
        if (layer instanceof Layer.Dense d) {
            return new Form.Dense(Amount.of(d.units()), Optional.of(d.activation()), d.dropout());
        } else if (layer instanceof Layer.Conv c) {
            return new Form.Conv(
                    Amount.of(c.filters()),
                    c.kernel(),
                    c.stride(),
                    Optional.of(c.activation()),
                    c.batchNormalization(),
                    c.padding());
        } else if (layer instanceof Layer.Deconv c) {
            return new Form.Deconv(
                    Amount.of(c.filters()),
                    c.kernel(),
                    c.stride(),
                    Optional.of(c.activation()),
                    c.batchNormalization());
        } else if (layer instanceof Layer.MaxPool p) {
            return new Form.Pool(p.size(), p.padding());
        } else if (layer instanceof Layer.Upsample u) {
            return new Form.Upsample(u.factor());
        } else if (layer instanceof Layer.Crop c) {
            Shape sides = new Shape(1, c.output().height(), c.output().width());
            return new Form.Crop(Target.of(sides), Optional.of(new Form.Corner(c.top(), c.left())));
        } else if (layer instanceof Layer.Reshape r) {
            return new Form.Reshape(Target.of(r.output()));
        }
        return new Form.Add();
    }
}
