package org.aevo.surrogate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aevo.genome.Family;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.IntRange;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;
import org.aevo.genome.SectionSpace;
import org.aevo.genome.Upscaling;
import org.aevo.network.Activation;
import org.aevo.network.EnumText;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Optimizer;

/**
 * The genomes of a space as vectors of one length, for models that learn from numbers. A choice is one number, mostly in [0, 1] and on
 * the scale on which the space is searched (logarithms of sizes and rates), or a number for each alternative. What a genome does not
 * have is in the middle, or none.
 *
 * <p>Genes are told by their places: spatial ones from the samples on, dense ones from the code or the classes on, since those of
 * networks of different depth do the same there. Genes beyond the first {@value #PLACES} of a kind count in the means alone.
 */
public final class GenomeFeatures {
    private static final int PLACES = 6;

    /** Two different choices of a kind are about as far apart as two ends of a range. */
    private static final double CHOSEN = StrictMath.sqrt(0.5);

    private static final double MIDDLE = 0.5;
    /** Of a small dropout against none: that there is any matters most. */
    private static final double SOME_DROPOUT = 0.3;

    private static final double MORE_DROPOUT = 1.4;

    private final SearchSpace space;
    private final List<String> names = new ArrayList<>();
    private final List<String> choices = new ArrayList<>();
    private final int[] choiceOf;

    public GenomeFeatures(SearchSpace space) {
        this.space = space;
        Row names = new Row();
        write(names, new Lacking());
        this.names.addAll(names.names);
        Map<String, Integer> numbers = new LinkedHashMap<>();
        names.choices.forEach(choice -> numbers.putIfAbsent(choice, numbers.size()));
        this.choices.addAll(numbers.keySet());
        this.choiceOf = names.choices.stream().mapToInt(numbers::get).toArray();
    }

    /** What each number is, such as {@code dense 1 units}. */
    public List<String> names() {
        return Collections.unmodifiableList(names);
    }

    /** What can be chosen, such as {@code units}: each of them is told by one or more numbers. */
    public List<String> choices() {
        return Collections.unmodifiableList(choices);
    }

    /** The choice that each number tells of, by its place among {@link #choices}. */
    public int[] choiceOf() {
        return choiceOf.clone();
    }

    /** The numbers of a genome of the space, in the order of {@link #names}. */
    public double[] of(Genome genome) {
        Row row = new Row();
        write(row, new Present(genome));
        return row.values.stream().mapToDouble(value -> value).toArray();
    }

    private void write(Row row, Source source) {
        row.add("learning-rate", "learning-rate", source.learningRate());
        row.add("batch-size", "batch-size", source.batchSize());
        for (Optimizer optimizer : space.optimizers()) {
            row.add("optimizer", "optimizer " + EnumText.of(optimizer), source.is(optimizer));
        }
        if (space.mirrors()
                && space.family() != Family.DENSE
                && space.upscalings().size() > 1) {
            row.add("upscaling", "upscaling", source.upsamples());
        }
        for (Role role : space.roles()) {
            String prefix = space.roles().size() == 1 ? "" : EnumText.of(role) + " ";
            Section section = source.section(role);
            if (space.family(role) != Family.DENSE) {
                spatial(row, prefix, role, section);
            }
            if (space.family(role) != Family.CONVOLUTIONAL) {
                dense(row, prefix, role, section);
            }
            if (space.section(role).maxSkips() > 0) {
                row.add(
                        prefix + "skips",
                        prefix + "skips",
                        section.skips().size() / (double) space.section(role).maxSkips());
            }
        }
    }

    private void dense(Row row, String prefix, Role role, Section section) {
        SectionSpace bounds = space.section(role);
        List<Gene.Dense> genes = new ArrayList<>();
        section.genes().forEach(gene -> {
            if (gene instanceof Gene.Dense d) {
                genes.add(d);
            }
        });
        if (!role.enlarges()) {
            Collections.reverse(genes);
        }
        row.add(prefix + "dense genes", prefix + "dense genes", genes.size() / (double) bounds.maxGenes());
        row.add(
                prefix + "mean units",
                prefix + "mean units",
                genes.stream()
                        .mapToDouble(d -> size(d.units(), bounds.units()))
                        .average()
                        .orElse(MIDDLE));
        row.add(
                prefix + "dropout in all",
                prefix + "dropout in all",
                StrictMath.sqrt(genes.stream().mapToDouble(Gene.Dense::dropout).sum()));
        for (int i = 0; i < Math.min(PLACES, bounds.maxGenes()); i++) {
            Gene.Dense d = i < genes.size() ? genes.get(i) : null;
            String place = prefix + "dense " + (i + 1) + " ";
            row.add(prefix + "units", place + "units", d == null ? MIDDLE : size(d.units(), bounds.units()));
            double dropout = d == null || d.dropout() == 0 ? 0 : SOME_DROPOUT + MORE_DROPOUT * d.dropout();
            row.add(prefix + "dropout", place + "dropout", dropout);
            activation(row, prefix + "activation", place, bounds, d == null ? null : d.activation());
        }
    }

    private void spatial(Row row, String prefix, Role role, Section section) {
        SectionSpace bounds = space.section(role);
        List<Gene> genes =
                new ArrayList<>(section.genes().stream().filter(Gene::spatial).toList());
        if (role.enlarges()) {
            Collections.reverse(genes);
        }
        row.add(prefix + "spatial genes", prefix + "spatial genes", genes.size() / (double) bounds.maxGenes());
        row.add(
                prefix + "shrinking",
                prefix + "shrinking",
                genes.stream()
                                .mapToDouble(gene -> StrictMath.log(step(gene)) / StrictMath.log(2))
                                .sum()
                        / bounds.maxGenes());
        for (int i = 0; i < Math.min(PLACES, bounds.maxGenes()); i++) {
            Gene gene = i < genes.size() ? genes.get(i) : null;
            String place = prefix + "spatial " + (i + 1) + " ";
            if (!role.enlarges() && !bounds.poolSizes().isEmpty()) {
                row.add(
                        prefix + "pooling",
                        place + "pools",
                        gene == null ? MIDDLE : gene instanceof Gene.MaxPooling ? 1 : 0);
            }
            row.add(prefix + "step", place + "step", gene == null ? 0 : StrictMath.log(step(gene)) / StrictMath.log(2));
            convolution(row, prefix, place, bounds, gene == null || gene instanceof Gene.MaxPooling ? null : gene);
        }
    }

    private void convolution(Row row, String prefix, String place, SectionSpace bounds, Gene gene) {
        int filters = gene instanceof Gene.Convolution c
                ? c.filters()
                : gene instanceof Gene.Upconvolution u ? u.filters() : 0;
        int kernel =
                gene instanceof Gene.Convolution c ? c.kernel() : gene instanceof Gene.Upconvolution u ? u.kernel() : 0;
        boolean normalized = gene instanceof Gene.Convolution c && c.batchNormalization()
                || gene instanceof Gene.Upconvolution u && u.batchNormalization();
        row.add(prefix + "filters", place + "filters", gene == null ? MIDDLE : size(filters, bounds.filters()));
        row.add(
                prefix + "kernel",
                place + "kernel",
                gene == null
                        ? MIDDLE
                        : within(kernel, bounds.kernel().min(), bounds.kernel().max()));
        if (bounds.batchNormalization()) {
            row.add(prefix + "normalisation", place + "normalisation", gene == null ? MIDDLE : normalized ? 1 : 0);
        }
        Activation activation = gene instanceof Gene.Convolution c
                ? c.activation()
                : gene instanceof Gene.Upconvolution u ? u.activation() : null;
        activation(row, prefix + "activation", place, bounds, activation);
    }

    private static void activation(Row row, String choice, String place, SectionSpace bounds, Activation chosen) {
        for (Activation activation : bounds.activations()) {
            row.add(choice, place + EnumText.of(activation), activation == chosen ? CHOSEN : 0);
        }
    }

    private static int step(Gene gene) {
        return gene instanceof Gene.Upconvolution u ? u.factor() : gene.step();
    }

    private static double size(int value, IntRange range) {
        return within(StrictMath.log(value), StrictMath.log(range.min()), StrictMath.log(range.max()));
    }

    private static double within(double value, double low, double high) {
        return high > low ? (value - low) / (high - low) : MIDDLE;
    }

    /** The numbers as they are written, and what they are. */
    private static final class Row {
        final List<String> choices = new ArrayList<>();
        final List<String> names = new ArrayList<>();
        final List<Double> values = new ArrayList<>();

        void add(String choice, String name, double value) {
            choices.add(choice);
            names.add(name);
            values.add(value);
        }
    }

    /** Where the numbers come from. */
    private interface Source {
        double learningRate();

        double batchSize();

        double is(Optimizer optimizer);

        double upsamples();

        Section section(Role role);
    }

    /** A genome without anything: for the names alone. */
    private static final class Lacking implements Source {
        @Override
        public double learningRate() {
            return MIDDLE;
        }

        @Override
        public double batchSize() {
            return MIDDLE;
        }

        @Override
        public double is(Optimizer optimizer) {
            return 0;
        }

        @Override
        public double upsamples() {
            return 0;
        }

        @Override
        public Section section(Role role) {
            return Section.EMPTY;
        }
    }

    private final class Present implements Source {
        private final Genome genome;
        private final Hyperparameters training;

        Present(Genome genome) {
            this.genome = genome;
            this.training = genome.hyperparameters();
        }

        @Override
        public double learningRate() {
            return within(
                    StrictMath.log(training.learningRate()),
                    StrictMath.log(space.learningRate().min()),
                    StrictMath.log(space.learningRate().max()));
        }

        @Override
        public double batchSize() {
            return size(
                    training.batchSize(),
                    new IntRange(Collections.min(space.batchSizes()), Collections.max(space.batchSizes())));
        }

        @Override
        public double is(Optimizer optimizer) {
            return training.optimizer() == optimizer ? CHOSEN : 0;
        }

        @Override
        public double upsamples() {
            return genome.shrinks() ? genome.upscaling() == Upscaling.UPSAMPLING ? 1 : 0 : MIDDLE;
        }

        @Override
        public Section section(Role role) {
            return genome.section(role).orElse(Section.EMPTY);
        }
    }
}
