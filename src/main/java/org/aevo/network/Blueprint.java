package org.aevo.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network for samples of one shape: layers as the nodes of a graph without circles, each behind those that it takes its
 * inputs from, and outputs by name. What {@link #OUTPUT} names is what training compares with its targets; of an
 * autoencoder {@link #LATENT} names its code.
 *
 * @param input shape of a sample
 * @param outputs name of an output to name of the node that makes it; {@link #OUTPUT} is always there
 */
public record Blueprint(Shape input, List<Node> nodes, Map<String, String> outputs) {

    /** Stands for the samples where names of nodes are asked for; no node has this name. */
    public static final String INPUT = "input";

    /** The output that is trained. */
    public static final String OUTPUT = "output";

    /** The output that is an autoencoder's code, and the name of the layer that makes it where nobody named it otherwise. */
    public static final String LATENT = "latent";

    /** Samples in one pass forward when the validation loss is measured: a fixed number, so that sums round alike. */
    public static final int VALIDATION_BATCH = 256;

    /** Up to here every whole number is a double. */
    private static final double EXACT = 1L << 53;

    /** A pass back costs about twice a pass forward: the gradient of the inputs, and that of the weights. */
    private static final double PASSES = 3;

    /**
     * @throws IllegalArgumentException naming the node, if two have one name, one takes what does not come before it, shapes
     *     do not fit, or what one makes is used nowhere
     */
    public Blueprint {
        nodes = List.copyOf(nodes);
        outputs = Map.copyOf(outputs);
        GraphCheck.check(input, nodes, outputs);
    }

    /**
     * Layers one after the other. The last one's output is trained; the code is what the layer named {@value #LATENT} makes,
     * if there is one.
     */
    public static Blueprint chain(Shape input, List<? extends Layer> layers) {
        List<Node> nodes = new ArrayList<>();
        Map<String, String> outputs = new LinkedHashMap<>();
        String before = INPUT;
        for (Layer layer : layers) {
            nodes.add(new Node(layer, List.of(before)));
            before = layer.name();
            if (before.equals(LATENT)) {
                outputs.put(LATENT, LATENT);
            }
        }
        outputs.put(OUTPUT, before);
        return new Blueprint(input, nodes, outputs);
    }

    /** The layers, each behind those that it takes its inputs from. */
    public List<Layer> layers() {
        List<Layer> layers = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            layers.add(node.layer());
        }
        return layers;
    }

    /** Whether each layer takes the output of the one before it and of no other, and the last one's is the output. */
    public boolean isChain() {
        String before = INPUT;
        for (Node node : nodes) {
            if (!node.inputs().equals(List.of(before))) {
                return false;
            }
            before = node.name();
        }
        return outputs.get(OUTPUT).equals(before);
    }

    /** The node of a name, if there is one. */
    public Optional<Node> node(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }

    /** The node that makes the code, if this network has one. */
    public Optional<Node> latent() {
        return Optional.ofNullable(outputs.get(LATENT)).flatMap(this::node);
    }

    /** Values of the code; NaN if this network has none. */
    public double codeSize() {
        return latent().map(node -> (double) node.layer().output().size()).orElse(Double.NaN);
    }

    /** The node whose output is trained. */
    public Node output() {
        return node(outputs.get(OUTPUT)).orElseThrow();
    }

    /** Trainable numbers of the whole network; no more than a long holds. */
    public long parameters() {
        long sum = 0;
        for (Node node : nodes) {
            sum = Saturated.plus(sum, node.layer().parameters());
        }
        return sum;
    }

    /** Of the last layer on the way to the output that has one; the identity if none has. */
    public Activation outputActivation() {
        return lastActivated().map(layer -> layer.activation()).orElse(Activation.IDENTITY);
    }

    /** The same network, but for the activation of the last layer on the way to the output that has any. */
    public Blueprint withOutputActivation(Activation activation) {
        Optional<Layer.Activated> last = lastActivated();
        List<Node> changed = new ArrayList<>(nodes);
        changed.replaceAll(node -> last.isPresent() && node.layer().equals(last.get())
                ? node.with(last.get().with(activation))
                : node);
        return new Blueprint(input, changed, outputs);
    }

    /** The way back from the output, along layers of one input: what comes out of a sum has no activation. */
    private Optional<Layer.Activated> lastActivated() {
        Optional<Node> node = Optional.of(output());
        while (node.isPresent() && !(node.get().layer() instanceof Layer.Join)) {
            if (node.get().layer() instanceof Layer.Activated layer) {
                return Optional.of(layer);
            }
            node = node(node.get().inputs().get(0));
        }
        return Optional.empty();
    }

    /** Layers that compute something with weights, pooling or upsampling; crops, reshapes and joins do not count. */
    public int depth() {
        int count = 0;
        for (Node node : nodes) {
            Layer layer = node.layer();
            count += layer instanceof Layer.Crop || layer instanceof Layer.Reshape || layer instanceof Layer.Join
                    ? 0
                    : 1;
        }
        return count;
    }

    /** Estimated floating-point operations of one pass forward of one sample, a multiplication and an addition as two. */
    public double forwardOperations() {
        double sum = 0;
        for (Node node : nodes) {
            sum += node.layer().forwardOperations();
        }
        return sum;
    }

    /** Estimated floating-point operations of a step of training on a batch: forward, back, and the update of the weights. */
    public double stepOperations(int batchSize) {
        return PASSES * forwardOperations() * batchSize + 10.0 * parameters();
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
        for (Node node : nodes) {
            Layer layer = node.layer();
            training = Saturated.plus(training, layer.trainingValues());
            forward = Saturated.plus(forward, layer.forwardValues());
            largest = Math.max(largest, layer.output().size());
        }
        // of genes from outside, which no limit has seen yet, a long may not hold it
        double activations = Math.max(
                ((double) training + 2.0 * largest) * batchSize + 3.0 * largest * VALIDATION_BATCH,
                (double) forward * VALIDATION_BATCH);
        double ends = (double) input.size()
                + Math.max(input.size(), output().layer().output().size());
        double batches = ends * ((double) batchSize + VALIDATION_BATCH);
        double bytes = Float.BYTES * (5.0 * parameters() + activations + batches);
        return bytes < EXACT ? (long) bytes : Long.MAX_VALUE;
    }

    /** Bytes of weights, gradients, optimizer states and the best weights so far, in single precision. */
    public long weightBytes(Optimizer optimizer) {
        int states = optimizer == Optimizer.ADAM ? 2 : 1;
        return Saturated.times(Float.BYTES * (3L + states), parameters());
    }

    /** The nodes that what one of them makes depends on, itself as the last. */
    public List<Node> upTo(String name) {
        Set<String> wanted = new LinkedHashSet<>(Set.of(name));
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (wanted.contains(nodes.get(i).name())) {
                wanted.addAll(nodes.get(i).inputs());
            }
        }
        return nodes.stream().filter(node -> wanted.contains(node.name())).toList();
    }

    /** The layers up to and including that which makes the code; all, if this network has none. */
    public List<Layer> encoder() {
        return latent().map(node -> upTo(node.name()).stream().map(Node::layer).toList())
                .orElseGet(this::layers);
    }
}
