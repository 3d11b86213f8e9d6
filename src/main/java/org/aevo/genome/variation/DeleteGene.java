package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aevo.genome.Genome;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;

/** Removes one of a section's genes that the others can do without, and its skips. */
public final class DeleteGene implements Mutation {
    private final SearchSpace space;
    private final Role role;
    private final VariationRates rates;

    /**
     * @param role of the section that it changes
     */
    public DeleteGene(SearchSpace space, Role role, VariationRates rates) {
        this.space = space;
        this.role = role;
        this.rates = rates;
    }

    @Override
    public String name() {
        return "delete-gene";
    }

    @Override
    public double rate() {
        return rates.deleteGene();
    }

    @Override
    public Optional<Genome> apply(Genome genome, RandomGenerator random) {
        Section section = genome.section(role).orElseThrow();
        List<Genome> shorter = new ArrayList<>();
        for (int i = 0; i < section.size(); i++) {
            Genome child = genome.with(role, section.remove(i));
            if (space.contains(child)) {
                shorter.add(child);
            }
        }
        return shorter.isEmpty() ? Optional.empty() : Optional.of(Draw.choice(shorter, random));
    }
}
