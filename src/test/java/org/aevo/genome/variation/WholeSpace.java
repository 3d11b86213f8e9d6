package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.aevo.genome.Family;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Spaces;
import org.aevo.network.Blueprint;
import org.aevo.random.Generators;

/** Genomes of every kind that a search can come to, of small networks, so that engines can build many of them. */
public final class WholeSpace {
    /** Rates with which skips come and go. */
    public static final VariationRates RATES = VariationRates.defaults().withSkips(0.5, 0.1);

    private static final int GENERATIONS = 4;

    private WholeSpace() {}

    /** A genome with a space that it is in. */
    public record Sample(SearchSpace space, Genome genome) {
        public Blueprint blueprint() {
            return space.blueprint(genome);
        }

        @Override
        public String toString() {
            return space.input() + " " + genome;
        }
    }

    /** Autoencoders of every family with mirrored and free decoders, with and without skips. */
    public static List<List<SearchSpace>> kinds() {
        List<List<SearchSpace>> kinds = new ArrayList<>();
        for (Family family : Family.values()) {
            for (boolean free : new boolean[] {false, true}) {
                for (boolean skips : new boolean[] {false, true}) {
                    kinds.add(Spaces.small(family, free, skips));
                }
            }
        }
        return kinds;
    }

    /** Classifiers of every family, with and without skips. */
    public static List<List<SearchSpace>> classifiers() {
        List<List<SearchSpace>> kinds = new ArrayList<>();
        for (Family family : Family.values()) {
            for (boolean skips : new boolean[] {false, true}) {
                kinds.add(Spaces.classifiers(family, skips));
            }
        }
        return kinds;
    }

    /** So many genomes, of each kind and shape in turn: descendants of random ones. */
    public static List<Sample> samples(int number, long seed) {
        return samples(kinds(), number, seed);
    }

    /** The same of some kinds. */
    public static List<Sample> samples(List<List<SearchSpace>> kinds, int number, long seed) {
        RandomGenerator random = Generators.seeded(seed);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            List<SearchSpace> spaces = kinds.get(i % kinds.size());
            SearchSpace space = spaces.get(i / kinds.size() % spaces.size());
            RandomGenome genomes = new RandomGenome(space, RATES);
            Variation variation = new Variation(space, RATES);
            Genome genome = genomes.next(random);
            for (int g = 0; g < GENERATIONS; g++) {
                genome = variation
                        .reproduce(genome, genomes.next(random), random)
                        .genome();
            }
            samples.add(new Sample(space, genome));
        }
        return samples;
    }
}
