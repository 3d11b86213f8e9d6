package org.aevo.genome;

import java.util.ArrayList;
import java.util.List;
import org.aevo.network.Axes;
import org.aevo.network.EnumText;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Shape;

/** What keeps one genome out of a space: bounds of single genes first, then their order, then the whole network. */
final class Violations {
    private final SearchSpace space;
    private final Genome genome;
    private final List<String> found = new ArrayList<>();

    Violations(SearchSpace space, Genome genome) {
        this.space = space;
        this.genome = genome;
        check();
    }

    List<String> list() {
        return List.copyOf(found);
    }

    private void check() {
        List<Gene> genes = genome.encoder().genes();
        if (genes.isEmpty() || genes.size() > space.maxGenes()) {
            found.add("the encoder must have 1.." + space.maxGenes() + " genes, has " + genes.size());
        }
        if (genome.latent() != space.latent()) {
            found.add("latent must be " + space.latent() + ", was " + genome.latent());
        }
        for (int i = 0; i < genes.size(); i++) {
            bounds(i, genes.get(i));
        }
        training();
        if (found.isEmpty()) {
            chain();
        }
        // A chain that fits has sizes within the bounds: unfolding it cannot overflow.
        if (found.isEmpty()) {
            limits();
        }
    }

    private void bounds(int index, Gene gene) {
        if (gene.spatial() && space.family() == Family.DENSE
                || !gene.spatial() && space.family() == Family.CONVOLUTIONAL) {
            add(index, gene, "is not of family " + EnumText.of(space.family()));
        } else if (gene instanceof Gene.Convolution c) {
            range(index, gene, "filters", space.filters(), c.filters());
            range(index, gene, "kernel", space.kernel(), c.kernel());
            choice(index, gene, "stride", space.strides(), c.stride());
            choice(index, gene, "activation", space.activations(), c.activation());
            if (c.batchNormalization() && !space.batchNormalization()) {
                add(index, gene, "has batch normalisation, which is not allowed");
            }
        } else if (gene instanceof Gene.MaxPooling p) {
            choice(index, gene, "size", space.poolSizes(), p.size());
        } else if (gene instanceof Gene.Dense d) {
            range(index, gene, "units", space.units(), d.units());
            choice(index, gene, "activation", space.activations(), d.activation());
            if (d.dropout() != 0 && !space.dropout().contains(d.dropout())) {
                add(index, gene, "dropout must be 0 or within " + space.dropout() + ", was " + d.dropout());
            }
        }
    }

    private void training() {
        Hyperparameters h = genome.hyperparameters();
        if (genome.shrinks() && !space.upscalings().contains(genome.upscaling())) {
            found.add("upscaling must be one of " + texts(space.upscalings()) + ", was "
                    + EnumText.of(genome.upscaling()));
        }
        if (!space.learningRate().contains(h.learningRate())) {
            found.add("learning rate must be within " + space.learningRate() + ", was " + h.learningRate());
        }
        if (!space.batchSizes().contains(h.batchSize())) {
            found.add("batch size must be one of " + texts(space.batchSizes()) + ", was " + h.batchSize());
        }
        if (!space.optimizers().contains(h.optimizer())) {
            found.add("optimizer must be one of " + texts(space.optimizers()) + ", was " + EnumText.of(h.optimizer()));
        }
    }

    /** Order of the genes, and whether each still finds an image that it can work on. */
    private void chain() {
        Shape image = space.input();
        Axes axes = Axes.of(image);
        for (int i = 0; i < genome.encoder().size(); i++) {
            Gene gene = genome.encoder().get(i);
            if (!gene.spatial()) {
                continue;
            }
            if (i > 0 && !genome.encoder().get(i - 1).spatial()) {
                add(i, gene, "is spatial and cannot follow a dense gene");
                return;
            }
            if (i == 0 && gene instanceof Gene.MaxPooling) {
                add(i, gene, "cannot be the first gene: an encoder of images starts with a convolution");
                return;
            }
            int side = axes.side(image);
            int step = gene.step();
            if (side < 2) {
                add(i, gene, "has no neighbourhood left in an image of " + sides(image));
                return;
            }
            if (step > side) {
                add(i, gene, "steps by " + step + ", more than the side of an image of " + sides(image));
                return;
            }
            image = image.reduced(image.channels(), step, axes);
        }
    }

    private void limits() {
        found.addAll(
                space.exceeded(space.blueprint(genome), genome.hyperparameters().batchSize()));
    }

    private void range(int index, Gene gene, String name, IntRange range, int value) {
        if (!range.contains(value)) {
            add(index, gene, name + " must be within " + range + ", was " + value);
        }
    }

    private <T> void choice(int index, Gene gene, String name, List<T> choices, T value) {
        if (!choices.contains(value)) {
            add(index, gene, name + " must be one of " + texts(choices) + ", was " + text(value));
        }
    }

    private void add(int index, Gene gene, String what) {
        found.add("gene " + index + " " + GenomeText.print(gene) + ": " + what);
    }

    private static String sides(Shape image) {
        return image.height() + "x" + image.width();
    }

    private static String texts(List<?> values) {
        return values.stream().map(Violations::text).toList().toString();
    }

    private static String text(Object value) {
        return value instanceof Enum<?> e ? EnumText.of(e) : String.valueOf(value);
    }
}
