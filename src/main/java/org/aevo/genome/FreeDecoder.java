package org.aevo.genome;

import java.util.ArrayList;
import java.util.List;
import org.aevo.network.Activation;
import org.aevo.network.Axes;
import org.aevo.network.Layer;
import org.aevo.network.Shape;

/** A decoder of genes of its own, from the bottleneck to an output of the input's shape. */
final class FreeDecoder {
    private static final String OUTPUT = "output";

    private final Section decoder;
    private final Activation outputActivation;
    private final Wiring wiring;
    /** What each gene makes. */
    private final List<Wiring.Output> made = new ArrayList<>();

    FreeDecoder(Section decoder, Activation outputActivation, Wiring wiring) {
        this.decoder = decoder;
        this.outputActivation = outputActivation;
        this.wiring = wiring;
    }

    /**
     * Sides of the images that spatial genes start from and make, the last one's those of the input: an input's, divided by
     * the factors of all later genes in turn, and rounded up each time. The channels are the input's.
     *
     * @return one more than there are spatial genes
     */
    static List<Shape> sides(Section decoder, Shape input, Axes axes) {
        List<Shape> sides = new ArrayList<>();
        sides.add(input);
        for (int i = decoder.size() - 1; i >= 0 && decoder.get(i) instanceof Gene.Upconvolution u; i--) {
            sides.add(0, sides.get(0).reduced(input.channels(), u.factor(), axes));
        }
        return sides;
    }

    /** Adds the layers from the bottleneck to the output. */
    void add() {
        int dense = decoder.leading(false);
        for (int i = 0; i < dense; i++) {
            Gene.Dense gene = (Gene.Dense) decoder.get(i);
            join(i);
            wiring.add(new Layer.Dense(
                    wiring.decoded("dense"), wiring.shape(), gene.units(), gene.activation(), gene.dropout()));
            made.add(wiring.here());
        }
        if (dense == decoder.size()) {
            denseOutput();
        } else {
            images(dense);
        }
    }

    private void denseOutput() {
        Shape input = wiring.input();
        wiring.add(new Layer.Dense(OUTPUT, wiring.shape(), Wiring.units(input), outputActivation, 0));
        if (input.isImage()) {
            wiring.reshape(input);
        }
    }

    private void images(int first) {
        for (int i = first + 1; i < decoder.size(); i++) {
            if (!Role.DECODER.mayFollow(decoder.get(i - 1), decoder.get(i))) {
                throw new IllegalArgumentException(
                        Places.gene(Role.DECODER, i) + ": a dense gene cannot follow a spatial one");
            }
        }
        if (!wiring.input().isImage()) {
            throw new IllegalArgumentException(Places.gene(Role.DECODER, first)
                    + ": a spatial gene needs images or signals, the input is " + wiring.input());
        }
        List<Shape> sides = sides(decoder, wiring.input(), wiring.axes());
        Gene.Upconvolution start = (Gene.Upconvolution) decoder.get(first);
        Shape small =
                new Shape(start.filters(), sides.get(0).height(), sides.get(0).width());
        wiring.add(
                new Layer.Dense(wiring.decoded("dense"), wiring.shape(), Wiring.units(small), start.activation(), 0));
        wiring.reshape(small);
        int kernel = start.kernel();
        for (int i = first; i < decoder.size(); i++) {
            Gene.Upconvolution gene = (Gene.Upconvolution) decoder.get(i);
            join(i);
            enlarge(gene, sides.get(i - first + 1));
            made.add(wiring.here());
            kernel = gene.kernel();
        }
        wiring.add(new Layer.Conv(
                OUTPUT, wiring.shape(), wiring.input().channels(), kernel, 1, outputActivation, false, wiring.axes()));
    }

    private void enlarge(Gene.Upconvolution gene, Shape target) {
        if (gene.upscaling() == Upscaling.DECONVOLUTION) {
            wiring.add(new Layer.Deconv(
                    wiring.decoded("deconv"),
                    wiring.shape(),
                    gene.filters(),
                    gene.kernel(),
                    gene.factor(),
                    gene.activation(),
                    gene.batchNormalization(),
                    wiring.axes()));
            wiring.crop(target);
            return;
        }
        if (gene.factor() > 1) {
            wiring.add(new Layer.Upsample(wiring.decoded("upsample"), wiring.shape(), gene.factor(), wiring.axes()));
            wiring.crop(target);
        }
        wiring.add(new Layer.Conv(
                wiring.decoded("conv"),
                wiring.shape(),
                gene.filters(),
                gene.kernel(),
                1,
                gene.activation(),
                gene.batchNormalization(),
                wiring.axes()));
    }

    private void join(int index) {
        List<Wiring.Output> others = decoder.into(index).stream().map(made::get).toList();
        if (!others.isEmpty()) {
            wiring.join(wiring.decoded("join"), others);
        }
    }
}
