package org.aevo.genome;

import java.util.ArrayList;
import java.util.List;

/**
 * The layers of a whole autoencoder for samples of one shape, in order: the encoder's genes, the dense bottleneck
 * (layer {@value #LATENT}, identity activation), and the encoder's mirror image. The last layer's output has exactly
 * the input's shape and the output activation.
 *
 * <p>The mirror of a dense gene is a dense layer; of the step from image to vector, a dense layer and a reshape; of a
 * convolution of stride s, for {@link Upscaling#UPSAMPLING} an upsampling by s (for s &gt; 1), a crop where the side is
 * no multiple of s, and a convolution, for {@link Upscaling#DECONVOLUTION} a transposed convolution of that stride and
 * the crop (a convolution for s = 1, which is the same thing); of a max pooling, an upsampling or a transposed
 * convolution of kernel and stride {@code size} with the activation of the convolution before the pooling. Mirrored
 * layers repeat kernel, activation, dropout and batch normalisation of their original.
 *
 * <p>Of {@linkplain Shape#isSignal signals} all of these go along their one axis: kernels of 1 by k, steps of s columns.
 */
public record Blueprint(Shape input, List<Layer> layers) {

    /** Name of the bottleneck layer. */
    public static final String LATENT = "latent";

    /** Samples in one pass forward when the validation loss is measured: a fixed number, so that sums round alike. */
    public static final int VALIDATION_BATCH = 256;

    /** Up to here every whole number is a double. */
    private static final double EXACT = 1L << 53;

    public Blueprint {
        layers = List.copyOf(layers);
    }

    /**
     * Unfolds a genome.
     *
     * @param outputActivation of the last layer
     * @throws IllegalArgumentException if the genes do not fit together or with the shape: a spatial gene after a dense
     *     one or on a vector, a chain that starts with pooling
     */
    public static Blueprint of(Genome genome, Shape input, Activation outputActivation) {
        return new BlueprintBuilder(genome, input, outputActivation).build();
    }

    /** Trainable numbers of the whole network. */
    public long parameters() {
        long sum = 0;
        for (Layer layer : layers) {
            sum += layer.parameters();
        }
        return sum;
    }

    /** Of the last layer that has one; the identity if none has. */
    public Activation outputActivation() {
        for (int i = layers.size() - 1; i >= 0; i--) {
            if (layers.get(i) instanceof Layer.Activated layer) {
                return layer.activation();
            }
        }
        return Activation.IDENTITY;
    }

    /** The same layers, but for the activation of the last one that has any. */
    public Blueprint withOutputActivation(Activation activation) {
        List<Layer> changed = new ArrayList<>(layers);
        for (int i = changed.size() - 1; i >= 0; i--) {
            if (changed.get(i) instanceof Layer.Activated layer) {
                changed.set(i, layer.with(activation));
                break;
            }
        }
        return new Blueprint(input, changed);
    }

    /** Layers that compute something with weights, pooling or upsampling; crops and reshapes do not count. */
    public int depth() {
        int count = 0;
        for (Layer layer : layers) {
            count += layer instanceof Layer.Crop || layer instanceof Layer.Reshape ? 0 : 1;
        }
        return count;
    }

    /**
     * Estimated bytes to train with batches of a size and to validate with batches of {@value #VALIDATION_BATCH}, in
     * single precision: weights, gradients, two optimizer states and the best weights; batches of inputs and of targets,
     * which are others where inputs are corrupted; the larger of what {@link Layer#trainingValues} counts, with twice the
     * largest layer for the other orders that a convolution wants its arrays in, and three times that for validation,
     * which one engine has beside it, and of what {@link Layer#forwardValues} counts, which the other has after it. The
     * same on every machine; an upper bound of what both engines were measured to have in use beyond some 30 MiB of code
     * and buffers ({@code bench/footprint}); what the C library keeps of freed arrays comes on top.
     */
    public long trainingBytes(int batchSize) {
        long training = 0;
        long forward = 0;
        long largest = input.size();
        for (Layer layer : layers) {
            training += layer.trainingValues();
            forward += layer.forwardValues();
            largest = Math.max(largest, layer.output().size());
        }
        // of genes from outside, which no limit has seen yet, a long may not hold it
        double activations = Math.max(
                ((double) training + 2.0 * largest) * batchSize + 3.0 * largest * VALIDATION_BATCH,
                (double) forward * VALIDATION_BATCH);
        double batches = 2.0 * input.size() * ((double) batchSize + VALIDATION_BATCH);
        double bytes = Float.BYTES * (5.0 * parameters() + activations + batches);
        return bytes < EXACT ? (long) bytes : Long.MAX_VALUE;
    }

    /** Bytes of weights, gradients, optimizer states and the best weights so far, in single precision. */
    public long weightBytes(Optimizer optimizer) {
        int states = optimizer == Optimizer.ADAM ? 2 : 1;
        return Float.BYTES * (3L + states) * parameters();
    }

    /** The layers up to and including the bottleneck. */
    public List<Layer> encoder() {
        List<Layer> encoder = new ArrayList<>();
        for (Layer layer : layers) {
            encoder.add(layer);
            if (layer.name().equals(LATENT)) {
                break;
            }
        }
        return encoder;
    }
}
