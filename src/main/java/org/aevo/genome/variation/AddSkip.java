package org.aevo.genome.variation;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aevo.genome.Genome;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;
import org.aevo.genome.Skip;

/** Adds one of the skips that a section does not have, each with the same probability. */
public final class AddSkip implements Mutation {
    private final SearchSpace space;
    private final Role role;
    private final VariationRates rates;
    private final Fit fit;

    /**
     * @param role of the section that it changes
     */
    public AddSkip(SearchSpace space, Role role, VariationRates rates) {
        this.space = space;
        this.role = role;
        this.rates = rates;
        this.fit = new Fit(space);
    }

    @Override
    public String name() {
        return "add-skip";
    }

    @Override
    public double rate() {
        return rates.addSkip();
    }

    @Override
    public Optional<Genome> apply(Genome genome, RandomGenerator random) {
        Section section = genome.section(role).orElseThrow();
        List<Skip> absent = section.absentSkips();
        if (absent.isEmpty() || section.skips().size() >= space.section(role).maxSkips()) {
            return Optional.empty();
        }
        return fit.first(genome, () -> genome.with(role, section.with(Draw.choice(absent, random))), random);
    }
}
