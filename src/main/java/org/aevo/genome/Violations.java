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

    /** Where a gene stands, as messages begin. */
    private record Place(Role role, int index, Gene gene) {
        @Override
        public String toString() {
            return Places.gene(role, index) + " " + GenomeText.print(gene) + ": ";
        }
    }

    Violations(SearchSpace space, Genome genome) {
        this.space = space;
        this.genome = genome;
        check();
    }

    List<String> list() {
        return List.copyOf(found);
    }

    private void check() {
        if (genome.classifies() != space.classifies()) {
            found.add(
                    space.classifies()
                            ? "the search is for classifiers: features and a head, it has an encoder"
                            : "the search is for autoencoders: an encoder, it has features and a head");
            return;
        }
        if (genome.decoder().isPresent() != space.decoder().isPresent()) {
            found.add(
                    space.decoder().isPresent()
                            ? "space.decoder is free: the decoder must have genes of its own, it mirrors the encoder"
                            : "space.decoder is mirrored: the decoder must mirror the encoder, it has genes of its own");
            return;
        }
        genome.sections().forEach(this::section);
        if (genome.latent() != space.latent()) {
            found.add("latent must be " + space.latent() + ", was " + genome.latent());
        }
        genome.sections().forEach((role, section) -> {
            for (int i = 0; space.roles().contains(role) && i < section.size(); i++) {
                bounds(role, i, section.get(i));
            }
        });
        training();
        if (found.isEmpty()) {
            genome.sections().forEach((role, section) -> {
                if (role.enlarges()) {
                    enlargingChain(role, section);
                } else {
                    chain(role, section);
                }
            });
        }
        // A chain that fits has sizes within the bounds: unfolding it cannot overflow.
        if (found.isEmpty()) {
            limits();
        }
    }

    private void section(Role role, Section section) {
        if (!space.roles().contains(role)) {
            if (!section.isEmpty()) {
                found.add(Places.section(role) + " must have no genes in family " + EnumText.of(space.family())
                        + ", has " + section.size());
            }
            return;
        }
        SectionSpace bounds = space.section(role);
        int fewest = space.fewestGenes(role);
        if (section.size() < fewest || section.size() > bounds.maxGenes()) {
            found.add(Places.section(role) + " must have " + fewest + ".." + bounds.maxGenes() + " genes, has "
                    + section.size() + (section.size() < fewest ? " (space.min-genes)" : ""));
        }
        if (section.skips().size() > bounds.maxSkips()) {
            found.add(Places.section(role) + " must have at most " + bounds.maxSkips() + " skips, has "
                    + section.skips().size());
        }
    }

    private void bounds(Role role, int index, Gene gene) {
        SectionSpace bounds = space.section(role);
        Place place = new Place(role, index, gene);
        Family family = space.family(role);
        if (gene.spatial() && family == Family.DENSE || !gene.spatial() && family == Family.CONVOLUTIONAL) {
            found.add(place + "is not of family " + EnumText.of(family));
        } else if (gene instanceof Gene.Convolution c) {
            range(place, "filters", bounds.filters(), c.filters());
            range(place, "kernel", bounds.kernel(), c.kernel());
            choice(place, "stride", bounds.strides(), c.stride());
            choice(place, "activation", bounds.activations(), c.activation());
            normalization(place, bounds, c.batchNormalization());
        } else if (gene instanceof Gene.Upconvolution u) {
            range(place, "filters", bounds.filters(), u.filters());
            range(place, "kernel", bounds.kernel(), u.kernel());
            choice(place, "factor", bounds.strides(), u.factor());
            if (u.factor() > 1) {
                choice(place, "upscaling", space.upscalings(), u.upscaling());
            }
            choice(place, "activation", bounds.activations(), u.activation());
            normalization(place, bounds, u.batchNormalization());
        } else if (gene instanceof Gene.MaxPooling p) {
            choice(place, "size", bounds.poolSizes(), p.size());
        } else if (gene instanceof Gene.Dense d) {
            range(place, "units", bounds.units(), d.units());
            choice(place, "activation", bounds.activations(), d.activation());
            if (d.dropout() != 0 && !bounds.dropout().contains(d.dropout())) {
                found.add(place + "dropout must be 0 or within " + bounds.dropout() + ", was " + d.dropout());
            }
        }
    }

    private void normalization(Place place, SectionSpace bounds, boolean normalized) {
        if (normalized && !bounds.batchNormalization()) {
            found.add(place + "has batch normalisation, which is not allowed");
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

    /** Order of genes that lead away from the samples, and whether each still finds an image that it can work on. */
    private void chain(Role role, Section section) {
        Shape image = space.input();
        Axes axes = Axes.of(image);
        for (int i = 0; i < section.size(); i++) {
            Gene gene = section.get(i);
            if (!gene.spatial()) {
                continue;
            }
            if (i > 0 && !role.mayFollow(section.get(i - 1), gene)) {
                found.add(new Place(role, i, gene) + "is spatial and cannot follow a dense gene");
                return;
            }
            if (i == 0 && gene instanceof Gene.MaxPooling) {
                found.add(new Place(role, i, gene) + "cannot be the first gene: images go into a convolution first");
                return;
            }
            if (!finds(image, axes, gene.step(), "steps by ", new Place(role, i, gene))) {
                return;
            }
            image = image.reduced(image.channels(), gene.step(), axes);
        }
    }

    /** The same of genes that lead to samples: what they make must be images that an encoder could have had there. */
    private void enlargingChain(Role role, Section section) {
        for (int i = 1; i < section.size(); i++) {
            if (!role.mayFollow(section.get(i - 1), section.get(i))) {
                found.add(new Place(role, i, section.get(i)) + "is dense and cannot follow a spatial gene");
                return;
            }
        }
        Shape image = space.input();
        Axes axes = Axes.of(image);
        for (int i = section.size() - 1; i >= 0 && section.get(i) instanceof Gene.Upconvolution gene; i--) {
            if (!finds(image, axes, gene.factor(), "enlarges by ", new Place(role, i, gene))) {
                return;
            }
            image = image.reduced(image.channels(), gene.factor(), axes);
        }
    }

    private boolean finds(Shape image, Axes axes, int step, String what, Place place) {
        int side = axes.side(image);
        if (side < 2) {
            found.add(place + "has no neighbourhood left in an image of " + sides(image));
        } else if (step > side) {
            found.add(place + what + step + ", more than the side of an image of " + sides(image));
        }
        return side >= 2 && step <= side;
    }

    private void limits() {
        found.addAll(
                space.exceeded(space.blueprint(genome), genome.hyperparameters().batchSize()));
    }

    private void range(Place place, String name, IntRange range, int value) {
        if (!range.contains(value)) {
            found.add(place + name + " must be within " + range + ", was " + value);
        }
    }

    private <T> void choice(Place place, String name, List<T> choices, T value) {
        if (!choices.contains(value)) {
            found.add(place + name + " must be one of " + texts(choices) + ", was " + text(value));
        }
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
