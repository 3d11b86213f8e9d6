package org.aevo.genome.variation;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aevo.genome.Genome;
import org.aevo.genome.Role;
import org.aevo.genome.Section;

/** Removes one of a section's skips, each with the same probability; what is left needs less than before. */
public final class RemoveSkip implements Mutation {
    private final Role role;
    private final VariationRates rates;

    /**
     * @param role of the section that it changes
     */
    public RemoveSkip(Role role, VariationRates rates) {
        this.role = role;
        this.rates = rates;
    }

    @Override
    public String name() {
        return "remove-skip";
    }

    @Override
    public double rate() {
        return rates.removeSkip();
    }

    @Override
    public Optional<Genome> apply(Genome genome, RandomGenerator random) {
        Section section = genome.section(role).orElseThrow();
        return section.skips().isEmpty()
                ? Optional.empty()
                : Optional.of(genome.with(role, section.without(Draw.choice(section.skips(), random))));
    }
}
