package org.aevo.search;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.aevo.genome.Family;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.variation.RandomGenome;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Shape;
import org.aevo.random.Generators;

/** Prints what a proposal of a guided search takes of the processor, by space, evaluations told and candidates out. */
public final class GuideCost {
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final Shape SAMPLES = new Shape(1, 28, 28);

    private GuideCost() {}

    /** Arguments: proposals of each kind, and after how many evaluations. */
    public static void main(String[] arguments) {
        int proposals = Integer.parseInt(arguments[0]);
        int[] told =
                Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray();
        System.out.printf(
                Locale.ROOT,
                "%-14s %8s %6s %14s %14s %14s %14s%n",
                "family",
                "told",
                "out",
                "ms, median",
                "ms, 95 %",
                "ms, mean",
                "of tell, ms");
        for (Family family : Family.values()) {
            for (int count : told) {
                for (int out : new int[] {1, 64}) {
                    // the first time for the compiler
                    measure(family, Math.min(count, 200), out, 30, false);
                    measure(family, count, out, proposals, true);
                }
            }
        }
    }

    private static void measure(Family family, int told, int out, int proposals, boolean print) {
        SearchSpace space = SearchSpace.defaults(family, SAMPLES, 16);
        EvolutionSettings settings =
                EvolutionSettings.defaults(StrategyKind.GENETIC).with(GuideSettings.of(GuideKind.SURROGATE), false);
        SearchStrategy strategy = Strategies.create(StrategyKind.GENETIC, Mode.ASYNC, space, settings, 1);
        RandomGenerator random = Generators.seeded(7);
        RandomGenome genomes = new RandomGenome(space, VariationRates.defaults());
        List<Candidate> waiting = new ArrayList<>();
        long id = 0;
        while (id < told + out) {
            Genome genome = genomes.next(random);
            Candidate recorded = new Candidate(id, 0, Candidate.NONE, Candidate.NONE, "random", genome);
            if (strategy.recall(recorded) instanceof Proposal.Next next
                    && next.candidate().equals(recorded)) {
                id++;
                waiting.add(recorded);
                if (waiting.size() > out) {
                    strategy.tell(Evaluations.of(waiting.remove(0).id(), 0.01 + random.nextDouble()));
                }
            }
        }
        double[] asking = new double[proposals];
        double telling = 0;
        for (int i = 0; i < proposals; i++) {
            long began = CPU.getCurrentThreadCpuTime();
            Candidate candidate = ((Proposal.Next) strategy.ask()).candidate();
            asking[i] = (CPU.getCurrentThreadCpuTime() - began) / 1e6;
            waiting.add(candidate);
            long back = waiting.remove(0).id();
            double fitness = 0.01 + random.nextDouble();
            began = CPU.getCurrentThreadCpuTime();
            strategy.tell(Evaluations.of(back, fitness));
            telling += (CPU.getCurrentThreadCpuTime() - began) / 1e6;
        }
        Arrays.sort(asking);
        if (print) {
            System.out.printf(
                    Locale.ROOT,
                    "%-14s %8d %6d %14.2f %14.2f %14.2f %14.3f%n",
                    family.name().toLowerCase(Locale.ROOT),
                    told,
                    out,
                    asking[proposals / 2],
                    asking[(int) (proposals * 0.95)],
                    Arrays.stream(asking).average().orElse(0),
                    telling / proposals);
        }
    }
}
