package org.aevo.train.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.aevo.genome.Family;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.variation.RandomGenome;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.EnumText;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.random.Generators;

/**
 * What training is timed on: chains without a dense bottleneck, which compare with the usual ones of other libraries,
 * and ten random genomes of the default space of each family.
 */
final class BenchmarkModels {
    private static final int RANDOM = 10;

    private BenchmarkModels() {}

    record Model(String name, Blueprint blueprint, Hyperparameters hyperparameters) {

        /** One line; shapes are [channels, height, width]. */
        String json() {
            List<String> layers =
                    blueprint.layers().stream().map(BenchmarkModels::json).toList();
            return String.format(
                    Locale.ROOT,
                    "{\"name\": \"%s\", \"input\": %s, \"batch\": %d, \"optimizer\": \"%s\", \"rate\": %s, "
                            + "\"parameters\": %d, \"layers\": [%s]}",
                    name,
                    BenchmarkModels.json(blueprint.input()),
                    hyperparameters.batchSize(),
                    EnumText.of(hyperparameters.optimizer()),
                    hyperparameters.learningRate(),
                    blueprint.parameters(),
                    String.join(", ", layers));
        }
    }

    static List<Model> all() {
        List<Model> all = new ArrayList<>(usual());
        all.addAll(random(Family.DENSE));
        all.addAll(random(Family.MIXED));
        return all;
    }

    /** {@code random-dense-0}, ... */
    private static List<Model> random(Family family) {
        SearchSpace space = SearchSpace.defaults(family, new Shape(1, 28, 28), 16);
        RandomGenome genomes = new RandomGenome(space, VariationRates.defaults());
        RandomGenerator random = Generators.seeded(1);
        List<Model> models = new ArrayList<>();
        for (int i = 0; i < RANDOM; i++) {
            Genome genome = genomes.next(random);
            models.add(new Model(
                    "random-" + EnumText.of(family) + "-" + i, space.blueprint(genome), genome.hyperparameters()));
        }
        return models;
    }

    static List<Model> usual() {
        Shape image = new Shape(1, 28, 28);
        Shape colour = new Shape(3, 32, 32);
        Chain dense = new Chain(Shape.vector(784));
        dense.dense(256).dense(64).dense(256).output(784);
        Chain conv = new Chain(image);
        conv.conv(16).pool().conv(8).pool().up().conv(16).up().output(1);
        Chain deconv = new Chain(image);
        deconv.conv(16).pool().conv(8).pool().deconv(16, Activation.RELU).deconv(1, Activation.SIGMOID);
        Chain large = new Chain(colour);
        large.conv(32).pool().conv(64).pool().conv(128).pool();
        large.up().conv(64).up().conv(32).up().output(3);
        Chain small = new Chain(Shape.vector(784));
        small.dense(32).output(784);
        return List.of(
                model("dense", dense, 128),
                model("conv", conv, 128),
                model("convdeconv", deconv, 128),
                model("cifar", large, 64),
                model("densesmall", small, 8));
    }

    /** What teams are timed on: steps of some ten milliseconds and more, with few weights and with many. */
    static List<Model> ofTeams() {
        Chain conv = new Chain(new Shape(1, 28, 28));
        conv.conv(32).pool().conv(16).pool().up().conv(32).up().output(1);
        Chain large = new Chain(new Shape(3, 32, 32));
        large.conv(32).pool().conv(64).pool().conv(128).pool();
        large.up().conv(64).up().conv(32).up().output(3);
        Chain dense = new Chain(Shape.vector(784));
        dense.dense(512).dense(128).dense(512).output(784);
        return List.of(
                model("conv", conv, 128),
                model("cifar", large, 64),
                model("dense-1024", dense, 1024),
                model("dense-128", dense, 128));
    }

    private static Model model(String name, Chain chain, int batch) {
        return new Model(name, chain.blueprint(), new Hyperparameters(Optimizer.ADAM, 1e-3, batch));
    }

    private static String json(Shape s) {
        return "[" + s.channels() + ", " + s.height() + ", " + s.width() + "]";
    }

    private static String json(Layer layer) {
        String text = "{\"kind\": \"" + layer.getClass().getSimpleName() + "\", \"input\": " + json(layer.input())
                + ", \"output\": " + json(layer.output());
        if (layer instanceof Layer.Conv c) {
            text += weighted(c.kernel(), c.stride(), c.activation(), c.batchNormalization());
        } else if (layer instanceof Layer.Deconv d) {
            text += weighted(d.kernel(), d.stride(), d.activation(), d.batchNormalization());
        } else if (layer instanceof Layer.MaxPool p) {
            text += ", \"size\": " + p.size();
        } else if (layer instanceof Layer.Upsample u) {
            text += ", \"factor\": " + u.factor();
        } else if (layer instanceof Layer.Crop c) {
            text += ", \"top\": " + c.top() + ", \"left\": " + c.left();
        } else if (layer instanceof Layer.Dense d) {
            text += ", \"activation\": \"" + EnumText.of(d.activation()) + "\", \"dropout\": " + d.dropout();
        }
        return text + "}";
    }

    private static String weighted(int kernel, int stride, Activation activation, boolean normalised) {
        return ", \"kernel\": " + kernel + ", \"stride\": " + stride + ", \"activation\": \"" + EnumText.of(activation)
                + "\", \"normalised\": " + normalised;
    }

    /** A network layer by layer. */
    private static final class Chain {
        private final Shape input;
        private final List<Layer> layers = new ArrayList<>();

        Chain(Shape input) {
            this.input = input;
        }

        Chain dense(int units) {
            return add(new Layer.Dense(name(), last(), units, Activation.RELU, 0));
        }

        Chain conv(int filters) {
            return add(new Layer.Conv(name(), last(), filters, 3, 1, Activation.RELU, false));
        }

        Chain pool() {
            return add(new Layer.MaxPool(name(), last(), 2));
        }

        Chain up() {
            return add(new Layer.Upsample(name(), last(), 2));
        }

        Chain deconv(int filters, Activation activation) {
            return add(new Layer.Deconv(name(), last(), filters, 2, 2, activation, false));
        }

        Chain output(int size) {
            return last().isImage()
                    ? add(new Layer.Conv(name(), last(), size, 3, 1, Activation.SIGMOID, false))
                    : add(new Layer.Dense(name(), last(), size, Activation.SIGMOID, 0));
        }

        Blueprint blueprint() {
            return Blueprint.chain(input, layers);
        }

        private Chain add(Layer layer) {
            layers.add(layer);
            return this;
        }

        private Shape last() {
            return layers.isEmpty() ? input : layers.get(layers.size() - 1).output();
        }

        private String name() {
            return "l" + layers.size();
        }
    }
}
