package org.aevo.genome;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aevo.network.Activation;
import org.aevo.network.Layer;
import org.aevo.network.Shape;

/** The encoder's genes once more, the last one first, each undoing what its original did to the shape. */
final class MirroredDecoder {
    private final Section encoder;
    private final List<Shape> shapes;
    private final Upscaling upscaling;
    private final Activation outputActivation;
    private final Wiring wiring;
    /** What the mirrors of genes make. */
    private final Map<Integer, Wiring.Output> made = new HashMap<>();

    /**
     * @param shapes before each gene of the encoder, and after the last
     */
    MirroredDecoder(
            Section encoder, List<Shape> shapes, Upscaling upscaling, Activation outputActivation, Wiring wiring) {
        this.encoder = encoder;
        this.shapes = shapes;
        this.upscaling = upscaling;
        this.outputActivation = outputActivation;
        this.wiring = wiring;
    }

    /** Adds the layers from the bottleneck to the output. */
    void add() {
        int firstDense = encoder.leading(true);
        // A dense gene's mirror has as many units as the gene; the layer back to its input is the next mirror's.
        for (int i = encoder.size() - 1; i >= firstDense; i--) {
            Gene.Dense gene = (Gene.Dense) encoder.get(i);
            join(i);
            wiring.add(new Layer.Dense(
                    wiring.decoded("dense"), wiring.shape(), gene.units(), gene.activation(), gene.dropout()));
            made.put(i, wiring.here());
        }
        Shape image = shapes.get(firstDense);
        boolean spatial = firstDense > 0;
        int units = Wiring.units(image);
        wiring.add(new Layer.Dense(
                spatial ? wiring.decoded("dense") : "output",
                wiring.shape(),
                units,
                spatial ? activationOf(firstDense - 1) : outputActivation,
                0));
        if (image.isImage() || spatial) {
            wiring.reshape(image);
        }
        for (int i = firstDense - 1; i >= 0; i--) {
            join(i);
            mirror(encoder.get(i), i);
            made.put(i, wiring.here());
        }
    }

    /** What the encoder adds to a later gene's input from this one's output goes, mirrored, the other way. */
    private void join(int index) {
        List<Wiring.Output> others =
                encoder.outOf(index).stream().map(made::get).toList();
        if (!others.isEmpty()) {
            wiring.join(wiring.decoded("join"), others);
        }
    }

    private void mirror(Gene gene, int index) {
        Shape target = shapes.get(index);
        boolean output = index == 0;
        Activation activation = output ? outputActivation : activationOf(index);
        if (gene instanceof Gene.Convolution c) {
            boolean normalized = c.batchNormalization() && !output;
            if (c.stride() > 1 && upscaling == Upscaling.DECONVOLUTION) {
                deconvolve(target, c.kernel(), c.stride(), activation, normalized);
            } else {
                if (c.stride() > 1) {
                    upsample(target, c.stride());
                }
                wiring.add(new Layer.Conv(
                        wiring.decoded("conv"),
                        wiring.shape(),
                        target.channels(),
                        c.kernel(),
                        1,
                        activation,
                        normalized,
                        wiring.axes()));
            }
        } else if (gene instanceof Gene.MaxPooling p) {
            if (upscaling == Upscaling.DECONVOLUTION) {
                deconvolve(target, p.size(), p.size(), activation, false);
            } else {
                upsample(target, p.size());
            }
        }
    }

    private void deconvolve(Shape target, int kernel, int stride, Activation activation, boolean normalized) {
        wiring.add(new Layer.Deconv(
                wiring.decoded("deconv"),
                wiring.shape(),
                target.channels(),
                kernel,
                stride,
                activation,
                normalized,
                wiring.axes()));
        wiring.crop(target);
    }

    private void upsample(Shape target, int factor) {
        wiring.add(new Layer.Upsample(wiring.decoded("upsample"), wiring.shape(), factor, wiring.axes()));
        wiring.crop(target);
    }

    /** A pooling gene has no activation of its own: its mirror takes that of the convolution before it. */
    private Activation activationOf(int index) {
        for (int i = index; i >= 0; i--) {
            if (encoder.get(i) instanceof Gene.Convolution c) {
                return c.activation();
            }
        }
        return Activation.IDENTITY;
    }
}
