package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aevo.genome.Genome;

/** One mutation of several sections: of those that it is applicable to it changes one, each with the same probability. */
final class InAnySection implements Mutation {
    private final List<Mutation> each;

    /** @param each the mutation of each section; at least one */
    InAnySection(List<Mutation> each) {
        this.each = List.copyOf(each);
    }

    @Override
    public String name() {
        return each.get(0).name();
    }

    @Override
    public Optional<Genome> apply(Genome genome, RandomGenerator random) {
        List<Mutation> left = new ArrayList<>(each);
        Optional<Genome> child = Optional.empty();
        while (child.isEmpty() && !left.isEmpty()) {
            child = left.remove(random.nextInt(left.size())).apply(genome, random);
        }
        return child;
    }
}
