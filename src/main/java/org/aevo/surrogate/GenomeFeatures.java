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
    private static final double LOG_OF_TWO = StrictMath.log(2);
    /** Of a small dropout against none: that there is any matters most. */
    private static final double SOME_DROPOUT = 0.3;

    private static final double MORE_DROPOUT = 1.4;

    private final SearchSpace space;
    private final List<String> names = new ArrayList<>();
    private final List<String> choices = new ArrayList<>();
    private final int[] choiceOf;

    public GenomeFeatures(SearchSpace space) {
        this.space = space;
        Names row = new Names();
        write(row, new Lacking());
        this.names.addAll(row.names);
        Map<String, Integer> numbers = new LinkedHashMap<>();
        row.choices.forEach(choice -> numbers.putIfAbsent(choice, numbers.size()));
        this.choices.addAll(numbers.keySet());
        this.choiceOf = row.choices.stream().mapToInt(numbers::get).toArray();
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
        Numbers row = new Numbers(names.size());
        write(row, new Present(genome));
        return row.values;
    }

    private void write(Row row, Source source) {
        row.add("learning-rate", "learning-rate", source.learningRate());
        row.add("batch-size", "batch-size", source.batchSize());
        for (Optimizer optimizer : space.optimizers()) {
            row.add("optimizer", optimizer, source.is(optimizer));
        }
        if (space.mirrors()
                && space.family() != Family.DENSE
                && space.upscalings().size() > 1) {
            row.add("upscaling", "upscaling", source.upsamples());
        }
        boolean several = space.roles().size() > 1;
        for (Role role : space.roles()) {
            if (several) {
                row.section(role);
            }
            Section section = source.section(role);
            if (space.family(role) != Family.DENSE) {
                spatial(row, role, section);
            }
            if (space.family(role) != Family.CONVOLUTIONAL) {
                dense(row, role, section);
            }
            int most = space.section(role).maxSkips();
            if (most > 0) {
                row.add("skips", "skips", section.skips().size() / (double) most);
            }
        }
    }

    private void dense(Row row, Role role, Section section) {
        SectionSpace bounds = space.section(role);
        List<Gene.Dense> genes = new ArrayList<>();
        double units = 0;
        double dropout = 0;
        for (Gene gene : section.genes()) {
            if (gene instanceof Gene.Dense d) {
                genes.add(d);
                units += size(d.units(), bounds.units());
                dropout += d.dropout();
            }
        }
        if (!role.enlarges()) {
            Collections.reverse(genes);
        }
        row.add("dense genes", "dense genes", genes.size() / (double) bounds.maxGenes());
        row.add("mean units", "mean units", genes.isEmpty() ? MIDDLE : units / genes.size());
        row.add("dropout in all", "dropout in all", Math.sqrt(dropout));
        for (int i = 0; i < Math.min(PLACES, bounds.maxGenes()); i++) {
            Gene.Dense d = i < genes.size() ? genes.get(i) : null;
            row.gene("dense", i + 1);
            row.add("units", "units", d == null ? MIDDLE : size(d.units(), bounds.units()));
            row.add(
                    "dropout",
                    "dropout",
                    d == null || d.dropout() == 0 ? 0 : SOME_DROPOUT + MORE_DROPOUT * d.dropout());
            activation(row, bounds, d == null ? null : d.activation());
        }
        row.end();
    }

    private void spatial(Row row, Role role, Section section) {
        SectionSpace bounds = space.section(role);
        List<Gene> genes = new ArrayList<>();
        double steps = 0;
        for (Gene gene : section.genes()) {
            if (gene.spatial()) {
                genes.add(gene);
                steps += logStep(gene);
            }
        }
        if (role.enlarges()) {
            Collections.reverse(genes);
        }
        row.add("spatial genes", "spatial genes", genes.size() / (double) bounds.maxGenes());
        row.add("shrinking", "shrinking", steps / bounds.maxGenes());
        for (int i = 0; i < Math.min(PLACES, bounds.maxGenes()); i++) {
            Gene gene = i < genes.size() ? genes.get(i) : null;
            row.gene("spatial", i + 1);
            if (!role.enlarges() && !bounds.poolSizes().isEmpty()) {
                row.add("pooling", "pools", gene == null ? MIDDLE : gene instanceof Gene.MaxPooling ? 1 : 0);
            }
            row.add("step", "step", gene == null ? 0 : logStep(gene));
            convolution(row, bounds, gene == null || gene instanceof Gene.MaxPooling ? null : gene);
        }
        row.end();
    }

    private static void convolution(Row row, SectionSpace bounds, Gene gene) {
        int filters = 0;
        int kernel = 0;
        boolean normalized = false;
        Activation activation = null;
        if (gene instanceof Gene.Convolution c) {
            filters = c.filters();
            kernel = c.kernel();
            normalized = c.batchNormalization();
            activation = c.activation();
        } else if (gene instanceof Gene.Upconvolution u) {
            filters = u.filters();
            kernel = u.kernel();
            normalized = u.batchNormalization();
            activation = u.activation();
        }
        row.add("filters", "filters", gene == null ? MIDDLE : size(filters, bounds.filters()));
        row.add(
                "kernel",
                "kernel",
                gene == null
                        ? MIDDLE
                        : within(kernel, bounds.kernel().min(), bounds.kernel().max()));
        if (bounds.batchNormalization()) {
            row.add("normalisation", "normalisation", gene == null ? MIDDLE : normalized ? 1 : 0);
        }
        activation(row, bounds, activation);
    }

    private static void activation(Row row, SectionSpace bounds, Activation chosen) {
        for (Activation activation : bounds.activations()) {
            row.add("activation", activation, activation == chosen ? CHOSEN : 0);
        }
    }

    private static double logStep(Gene gene) {
        int step = step(gene);
        return step == 1 ? 0 : StrictMath.log(step) / LOG_OF_TWO;
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

    /** Takes the numbers, one after the other; most of the time nobody asks what they are called. */
    private interface Row {
        /** What follows is of a section of several. */
        void section(Role role);

        /** What follows is of one gene. */
        void gene(String kind, int place);

        /** No gene follows. */
        void end();

        /**
         * @param choice what it tells of
         * @param what it is, as a text or a constant
         */
        void add(String choice, Object what, double value);
    }

    /** What the numbers are. */
    private static final class Names implements Row {
        final List<String> choices = new ArrayList<>();
        final List<String> names = new ArrayList<>();
        private String section = "";
        private String place = "";

        @Override
        public void section(Role role) {
            section = EnumText.of(role) + " ";
        }

        @Override
        public void gene(String kind, int number) {
            place = kind + " " + number + " ";
        }

        @Override
        public void end() {
            place = "";
        }

        @Override
        public void add(String choice, Object what, double value) {
            choices.add(section + choice);
            String text = what instanceof Enum<?> constant ? EnumText.of(constant) : what.toString();
            boolean alternative = what instanceof Optimizer;
            names.add(section + place + (alternative ? choice + " " : "") + text);
        }
    }

    private static final class Numbers implements Row {
        final double[] values;
        private int size;

        Numbers(int size) {
            this.values = new double[size];
        }

        @Override
        public void section(Role role) {
            // it has no number
        }

        @Override
        public void gene(String kind, int number) {
            // it has no number
        }

        @Override
        public void end() {
            // nor has that
        }

        @Override
        public void add(String choice, Object what, double value) {
            values[size++] = value;
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
