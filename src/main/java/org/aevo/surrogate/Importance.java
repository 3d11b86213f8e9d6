package org.aevo.surrogate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aevo.genome.Genome;

/**
 * Which choices the fitness depends on: how much of its variance over the whole space each of them explains by itself, by a random
 * forest over what was evaluated (functional ANOVA, see {@link VarianceShares}). Of positive fitness the logarithm is explained, so that
 * a few that are worse by orders of magnitude do not decide alone.
 *
 * @param evaluations that were learnt from
 * @param known share of the variance that the forest explains of evaluations that it has not seen, at most 1; the less, the less the
 *     importances mean
 * @param knownBetter the same where all that is worse than the median counts as the median
 * @param kinds choices of a kind together, such as the units of all genes, the most important first
 * @param genes choices one by one, such as the units of the first dense gene, the most important first
 */
public record Importance(int evaluations, double known, double knownBetter, List<Choice> kinds, List<Choice> genes) {
    /** From so many evaluations on a forest is worth asking. */
    public static final int LEAST = 30;

    private static final int MOST = 1000;
    private static final long SEED = 14;

    /** Numbers that sum up others: they are of the kind of those, and not of any one gene. */
    private static final Map<String, String> SUMS = Map.of("mean units", "units", "dropout in all", "dropout");

    /**
     * A choice.
     *
     * @param share of the variance of the fitness, 0 to 1
     * @param better the same where all that is worse than the median counts as the median: what tells good networks apart
     */
    public record Choice(String name, double share, double better) {}

    public Importance {
        kinds = List.copyOf(kinds);
        genes = List.copyOf(genes);
    }

    /** What the choices explain one by one is not all: the rest is how they work together. */
    public static double together(List<Choice> choices) {
        return Math.max(0, 1 - choices.stream().mapToDouble(Choice::share).sum());
    }

    /**
     * The importances in a space.
     *
     * @param genomes that were evaluated, in any order; of more than {@value #MOST} some are learnt from, evenly chosen
     * @param fitness of each, finite
     * @param reference genomes that are distributed as the space is, at least one
     * @throws IllegalArgumentException if there are fewer than {@value #LEAST} evaluations, or all have the same fitness
     */
    public static Importance of(
            GenomeFeatures features, List<Genome> genomes, double[] fitness, List<Genome> reference) {
        int n = Math.min(MOST, genomes.size());
        if (n < LEAST) {
            throw new IllegalArgumentException(
                    "importances are told from " + LEAST + " evaluations with a fitness on, there are " + n);
        }
        int[] rows = IntStream.range(0, n)
                .map(i -> (int) ((long) i * (genomes.size() - 1) / (n - 1)))
                .toArray();
        double[][] vectors = Arrays.stream(rows)
                .mapToObj(row -> features.of(genomes.get(row)))
                .toArray(double[][]::new);
        double[] values =
                values(Arrays.stream(rows).mapToDouble(row -> fitness[row]).toArray());
        double[] sorted = Arrays.stream(values).sorted().toArray();
        if (!(sorted[0] < sorted[n - 1])) {
            throw new IllegalArgumentException("all evaluations have the same fitness: no choice matters");
        }
        double median = sorted[n / 2];
        double[] better =
                Arrays.stream(values).map(value -> Math.min(value, median)).toArray();
        double[][] space = reference.stream().map(features::of).toArray(double[][]::new);

        Groups kinds = Groups.ofKinds(features);
        RegressionForest all = new RegressionForest(vectors, values, SEED);
        RegressionForest good = new RegressionForest(vectors, better, SEED);
        Groups genes = Groups.ofGenes(features);
        double[][] single = genes.cut(vectors);
        double[][] singleSpace = genes.cut(space);
        return new Importance(
                n,
                all.known(),
                good.known(),
                kinds.choices(kinds.cut(space), all, good),
                genes.choices(
                        singleSpace,
                        new RegressionForest(single, values, SEED),
                        new RegressionForest(single, better, SEED)));
    }

    private static double[] values(double[] fitness) {
        boolean positive = Arrays.stream(fitness).allMatch(value -> value > 0);
        return positive ? Arrays.stream(fitness).map(StrictMath::log).toArray() : fitness;
    }

    /** Which numbers of a vector make one choice. */
    private record Groups(List<String> names, int[] numbers, int[] groupOf) {
        static Groups ofKinds(GenomeFeatures features) {
            int[] choiceOf = features.choiceOf();
            return of(IntStream.range(0, choiceOf.length)
                    .mapToObj(i -> {
                        String choice = features.choices().get(choiceOf[i]);
                        for (Map.Entry<String, String> sum : SUMS.entrySet()) {
                            choice = choice.endsWith(sum.getKey())
                                    ? choice.substring(
                                                    0,
                                                    choice.length()
                                                            - sum.getKey().length())
                                            + sum.getValue()
                                    : choice;
                        }
                        return choice;
                    })
                    .toList());
        }

        /** The place of the gene stands before what is chosen; sums over genes are left out. */
        static Groups ofGenes(GenomeFeatures features) {
            int[] choiceOf = features.choiceOf();
            return of(IntStream.range(0, choiceOf.length)
                    .mapToObj(i -> {
                        String choice = features.choices().get(choiceOf[i]);
                        String name = features.names().get(i);
                        if (SUMS.keySet().stream().anyMatch(choice::endsWith)) {
                            return "";
                        }
                        String place = name.replaceFirst("^(.*(?:dense|spatial) \\d+) .*$", "$1");
                        return place.equals(name)
                                ? choice
                                : place + " " + choice.substring(choice.lastIndexOf(' ') + 1);
                    })
                    .toList());
        }

        /** @param nameOf each number's group; empty for none */
        private static Groups of(List<String> nameOf) {
            Map<String, Integer> groups = new LinkedHashMap<>();
            nameOf.stream().filter(name -> !name.isEmpty()).forEach(name -> groups.putIfAbsent(name, groups.size()));
            int[] numbers = IntStream.range(0, nameOf.size())
                    .filter(i -> !nameOf.get(i).isEmpty())
                    .toArray();
            return new Groups(
                    List.copyOf(groups.keySet()),
                    numbers,
                    Arrays.stream(numbers).map(i -> groups.get(nameOf.get(i))).toArray());
        }

        double[][] cut(double[][] vectors) {
            return Arrays.stream(vectors)
                    .map(vector ->
                            Arrays.stream(numbers).mapToDouble(i -> vector[i]).toArray())
                    .toArray(double[][]::new);
        }

        List<Choice> choices(double[][] space, RegressionForest all, RegressionForest good) {
            VarianceShares shares = new VarianceShares(space, groupOf, names.size());
            double[] ofAll = shares.of(all);
            double[] ofGood = shares.of(good);
            List<Choice> choices = new ArrayList<>();
            for (int g = 0; g < names.size(); g++) {
                choices.add(new Choice(names.get(g), ofAll[g], ofGood[g]));
            }
            choices.sort(Comparator.comparingDouble(Choice::share).reversed());
            return choices;
        }
    }
}
