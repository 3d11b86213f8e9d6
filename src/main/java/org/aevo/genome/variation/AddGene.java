package org.aevo.genome.variation;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aevo.genome.Genome;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;

/** Inserts a random gene at a random place of a section, of a kind that may stand there. */
public final class AddGene implements Mutation {
    private final SearchSpace space;
    private final Role role;
    private final VariationRates rates;
    private final RandomGene genes;
    private final Fit fit;

    /**
     * @param role of the section that it changes
     */
    public AddGene(SearchSpace space, Role role, VariationRates rates) {
        this.space = space;
        this.role = role;
        this.rates = rates;
        this.genes = new RandomGene(space, role, rates);
        this.fit = new Fit(space);
    }

    @Override
    public String name() {
        return "add-gene";
    }

    @Override
    public double rate() {
        return rates.addGene();
    }

    @Override
    public Optional<Genome> apply(Genome genome, RandomGenerator random) {
        Section section = genome.section(role).orElseThrow();
        if (section.size() >= space.section(role).maxGenes()) {
            return Optional.empty();
        }
        return fit.first(genome, () -> genome.with(role, longer(section, random)), random);
    }

    private Section longer(Section section, RandomGenerator random) {
        int place = random.nextInt(section.size() + 1);
        boolean spatialFirst = !role.enlarges();
        int border = section.leading(spatialFirst);
        boolean spatial =
                switch (space.family(role)) {
                    case DENSE -> false;
                    case CONVOLUTIONAL -> true;
                    case MIXED -> place == border ? random.nextBoolean() : place < border == spatialFirst;
                };
        return section.insert(place, spatial ? genes.spatial(place == 0, random) : genes.dense(random));
    }
}
