package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aevo.genome.Genome;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;
import org.aevo.genome.Upscaling;
import org.aevo.network.Hyperparameters;

/**
 * The head of one parent's section and the tail of the other's of the same role, cut on gene borders that need not be at the
 * same place, so that a child may be longer or shorter than both. Only borders are joined that keep the genes in the order
 * that the role has; skips stay where both their genes come from one parent. A second section is cut independently of the
 * first. Each training parameter, and the upscaling, comes from either parent.
 */
public final class OnePointCrossover implements Crossover {
    private final SearchSpace space;
    private final Fit fit;

    public OnePointCrossover(SearchSpace space) {
        this.space = space;
        this.fit = new Fit(space);
    }

    /** Empty if no cut of the first section gives a child. */
    @Override
    public Optional<Genome> apply(Genome a, Genome b, RandomGenerator random) {
        Hyperparameters mixed = hyperparameters(a.hyperparameters(), b.hyperparameters(), random);
        Upscaling upscaling = random.nextBoolean() ? a.upscaling() : b.upscaling();
        List<Role> roles = space.roles();
        Role first = roles.get(0);
        List<Cut> cuts = cuts(first, a, b);
        while (!cuts.isEmpty()) {
            int drawn = random.nextInt(cuts.size());
            Cut cut = cuts.get(drawn);
            cuts.set(drawn, cuts.get(cuts.size() - 1));
            cuts.remove(cuts.size() - 1);
            Genome child = crossed(first, cut, a, a, b).withUpscaling(upscaling).withHyperparameters(mixed);
            // Cut anew for each cut of the first, so that no pair of cuts is tried for ever.
            for (Role role : roles.subList(1, roles.size())) {
                child = crossed(role, Draw.choice(cuts(role, a, b), random), child, a, b);
            }
            child = fit.settled(child, random);
            if (!child.equals(a) && !child.equals(b) && space.contains(child)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    private static Genome crossed(Role role, Cut cut, Genome child, Genome a, Genome b) {
        return child.with(role, cut.of(section(role, a), section(role, b)));
    }

    private static Section section(Role role, Genome genome) {
        return genome.section(role).orElseThrow();
    }

    /** Genes taken from the first parent's front, and where the second parent's rest begins. */
    private record Cut(int head, int tail) {
        Section of(Section a, Section b) {
            return a.joined(head, b, tail);
        }
    }

    private List<Cut> cuts(Role role, Genome first, Genome second) {
        Section a = section(role, first);
        Section b = section(role, second);
        int fewest = space.fewestGenes(role);
        List<Cut> cuts = new ArrayList<>();
        for (int head = 0; head <= a.size(); head++) {
            for (int tail = 0; tail <= b.size(); tail++) {
                int length = head + b.size() - tail;
                boolean joins = head == 0 || tail == b.size() || role.mayFollow(a.get(head - 1), b.get(tail));
                if (length >= fewest && length <= space.section(role).maxGenes() && joins) {
                    cuts.add(new Cut(head, tail));
                }
            }
        }
        return cuts;
    }

    private static Hyperparameters hyperparameters(Hyperparameters a, Hyperparameters b, RandomGenerator random) {
        return new Hyperparameters(
                random.nextBoolean() ? a.optimizer() : b.optimizer(),
                random.nextBoolean() ? a.learningRate() : b.learningRate(),
                random.nextBoolean() ? a.batchSize() : b.batchSize());
    }
}
