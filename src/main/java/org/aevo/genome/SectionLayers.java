package org.aevo.genome;

import java.util.ArrayList;
import java.util.List;
import org.aevo.network.Layer;
import org.aevo.network.Shape;

/**
 * The layers of a section that leads away from the samples: an encoder, or the features or the head of a classifier. Each gene
 * is a layer, behind a join where skips lead to it, named by the role, the gene's index and what it is: {@code e0_conv},
 * {@code f1_join}.
 */
final class SectionLayers {
    private final Role role;
    private final Section section;
    private final Wiring wiring;
    /** What each gene makes. */
    private final List<Wiring.Output> made = new ArrayList<>();
    /** What goes into each gene, without what skips add, and what the last one makes. */
    private final List<Shape> shapes = new ArrayList<>();

    private SectionLayers(Role role, Section section, Wiring wiring) {
        this.role = role;
        this.section = section;
        this.wiring = wiring;
    }

    /**
     * Adds the layers.
     *
     * @return the shapes before each gene, and after the last
     * @throws IllegalArgumentException if a gene cannot stand where it does
     */
    static List<Shape> add(Role role, Section section, Wiring wiring) {
        return new SectionLayers(role, section, wiring).add();
    }

    private List<Shape> add() {
        for (int i = 0; i < section.size(); i++) {
            shapes.add(wiring.shape());
            add(section.get(i), i);
            made.add(wiring.here());
        }
        shapes.add(wiring.shape());
        return shapes;
    }

    private void add(Gene gene, int index) {
        if (index > 0 && !role.mayFollow(section.get(index - 1), gene)) {
            throw new IllegalArgumentException(Places.gene(role, index) + ": a spatial gene cannot follow a dense one");
        }
        if (gene.spatial() && !wiring.input().isImage()) {
            throw new IllegalArgumentException(Places.gene(role, index)
                    + ": a spatial gene needs images or signals, the input is " + wiring.input());
        }
        String prefix = role.prefix() + index + "_";
        wiring.join(prefix + "join", section.into(index).stream().map(made::get).toList());
        Shape before = wiring.shape();
        if (gene instanceof Gene.Convolution c) {
            wiring.add(new Layer.Conv(
                    prefix + "conv",
                    before,
                    c.filters(),
                    c.kernel(),
                    c.stride(),
                    c.activation(),
                    c.batchNormalization(),
                    wiring.axes()));
        } else if (gene instanceof Gene.MaxPooling p) {
            if (index == 0) {
                throw new IllegalArgumentException(
                        Places.gene(role, 0) + ": " + role.article() + " cannot start with pooling");
            }
            wiring.add(new Layer.MaxPool(prefix + "pool", before, p.size(), wiring.axes()));
        } else if (gene instanceof Gene.Dense d) {
            wiring.add(new Layer.Dense(prefix + "dense", before, d.units(), d.activation(), d.dropout()));
        }
    }
}
