package org.aevo.surrogate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.aevo.genome.Genome;

/**
 * A model of a search: it is told evaluations one after the other, and says what it expects of other genomes. The same evaluations in
 * the same order give the same answers to the bit, whatever was asked in between.
 *
 * <p>It learns from at most {@value #MOST} evaluations, so that an answer takes as long after 10,000 as after 200: from all those since the
 * last multiple of {@value #STRIDE}, and of those before it half the best and half the latest. What counts for how much
 * ({@link KernelFit}) is learnt again whenever the number has grown by a fifth.
 */
public final class Surrogate {
    private static final int STRIDE = 50;
    private static final int BASE = 100;
    private static final int MOST = BASE + STRIDE;
    private static final int FIRST_FIT = 6;
    private static final double GROWTH = 1.2;
    /** Candidates without an evaluation that are counted with, of very many workers the latest. */
    private static final int MOST_OUT = 20;

    private final GenomeFeatures features;
    private final List<double[]> vectors = new ArrayList<>();
    private final List<Double> fitness = new ArrayList<>();
    private final Standing standing = new Standing();

    private int fitAt;
    private Kernel kernel;
    private int base = -1;
    private List<Integer> learnt = new ArrayList<>();
    private GaussianProcess process;

    public Surrogate(GenomeFeatures features) {
        this.features = features;
        this.kernel = Kernel.initial(features.choiceOf());
        this.process = new GaussianProcess(kernel);
    }

    /**
     * Takes an evaluation in.
     *
     * @param value of its fitness, lower is better; not a number if it has none, which counts as the worst
     */
    public void tell(Genome genome, double value) {
        vectors.add(features.of(genome));
        fitness.add(value);
        if (Double.isFinite(value)) {
            standing.add(value);
        }
    }

    /** Evaluations that were told. */
    public int told() {
        return vectors.size();
    }

    /**
     * What the model expects as it is now, until it is told more or asked for another outlook.
     *
     * @param out genomes that are being evaluated, in the order in which they were proposed: they count as if their values were the expected
     *     ones, so that what is proposed next is elsewhere (Ginsbourger, Le Riche and Carraro 2010)
     */
    public Outlook outlook(List<Genome> out) {
        learn();
        process.cut(learnt.size());
        double[] values = values();
        process.values(values);
        double best = IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .min()
                .orElse(0);
        List<Genome> counted = out.subList(Math.max(0, out.size() - MOST_OUT), out.size());
        if (!counted.isEmpty() && values.length > 0) {
            double[] more = Arrays.copyOf(values, values.length + counted.size());
            List<double[]> added = counted.stream().map(features::of).toList();
            for (int i = 0; i < added.size(); i++) {
                more[values.length + i] = process.meanAt(added.get(i));
            }
            added.forEach(process::add);
            process.values(more);
        }
        return new Outlook(features, process, standing, best);
    }

    private void learn() {
        int fit = lastFit(told());
        int from = told() - told() % STRIDE;
        if (fit != fitAt) {
            fitAt = fit;
            kernel = fitted(fit);
            base = -1;
        }
        if (from != base) {
            base = from;
            learnt = chosen(from);
            process = new GaussianProcess(kernel);
            learnt.forEach(i -> process.add(vectors.get(i)));
        }
        process.cut(learnt.size());
        int before = base == 0 ? 0 : Math.min(BASE, base);
        for (int i = base + learnt.size() - before; i < told(); i++) {
            process.add(vectors.get(i));
            learnt.add(i);
        }
    }

    /** The largest number of evaluations, not above another, after which weights are learnt; 0 before the first. */
    private static int lastFit(int told) {
        int fit = 0;
        int next = FIRST_FIT;
        while (next <= told) {
            fit = next;
            next = (int) (next * GROWTH) + 1;
        }
        return fit;
    }

    private Kernel fitted(int number) {
        if (number == 0) {
            return Kernel.initial(features.choiceOf());
        }
        // as the standing was then, whatever was told since
        Standing then = new Standing();
        fitness.subList(0, number).stream().filter(Double::isFinite).forEach(then::add);
        List<Integer> chosen = chosen(number);
        double[] values =
                chosen.stream().mapToDouble(i -> then.of(fitness.get(i))).toArray();
        double mean = Arrays.stream(values).average().orElse(0);
        double[] centred = Arrays.stream(values).map(v -> v - mean).toArray();
        boolean alike = Arrays.stream(centred).allMatch(v -> Math.abs(v) < 1e-12);
        return alike
                ? Kernel.initial(features.choiceOf())
                : KernelFit.of(
                        features.choiceOf(), chosen.stream().map(vectors::get).toArray(double[][]::new), centred);
    }

    /** Of the first evaluations those that are learnt from, in their order. */
    private List<Integer> chosen(int number) {
        if (number <= BASE) {
            return new ArrayList<>(IntStream.range(0, number).boxed().toList());
        }
        Comparator<Integer> better = Comparator.comparingDouble(i -> rank(fitness.get(i)));
        List<Integer> chosen = new ArrayList<>(IntStream.range(0, number - BASE / 2)
                .boxed()
                .sorted(better.thenComparing(Comparator.naturalOrder()))
                .limit(BASE - BASE / 2)
                .toList());
        IntStream.range(number - BASE / 2, number).forEach(chosen::add);
        chosen.sort(null);
        return chosen;
    }

    private static double rank(double value) {
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }

    private double[] values() {
        return learnt.stream().mapToDouble(i -> standing.of(fitness.get(i))).toArray();
    }

    /** What a model expects at one moment of a search. */
    public static final class Outlook {
        private final GenomeFeatures features;
        private final GaussianProcess process;
        private final Standing standing;
        private final double best;

        private Outlook(GenomeFeatures features, GaussianProcess process, Standing standing, double best) {
            this.features = features;
            this.process = process;
            this.standing = standing;
            this.best = best;
        }

        /** How promising it is to evaluate a genome: the logarithm of its expected improvement upon the best; more is better. */
        public double promise(Genome genome) {
            return process.at(features.of(genome)).logImprovement(best);
        }

        /** A fitness that was told, on the scale of {@link #expected}. */
        public double learnt(double fitness) {
            return standing.of(fitness);
        }

        /** What its fitness will be, on a scale of the model's own: less is better. */
        public double expected(Genome genome) {
            return process.meanAt(features.of(genome));
        }
    }
}
