package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;
import org.aevo.genome.SectionSpace;

/**
 * Inserts a dense gene at a random place: of as many units as values go in, or the nearest number that the space has;
 * activation and dropout are drawn. What {@link InsertConvolution} is to networks of dense layers.
 */
final class InsertDense implements Mutation {
    private final SectionSpace bounds;
    private final Role role;
    private final RandomGene genes;
    private final GeneInput inputs;
    private final InsertionPlaces places;
    private final Fit fit;

    /** @param role of the section that it changes */
    InsertDense(SearchSpace space, Role role, VariationRates rates) {
        this.bounds = space.section(role);
        this.role = role;
        this.genes = new RandomGene(space, role, rates);
        this.inputs = new GeneInput(space, role);
        this.places = new InsertionPlaces(space, role);
        this.fit = new Fit(space);
    }

    @Override
    public String name() {
        return "insert-dense";
    }

    @Override
    public Optional<Genome> apply(Genome genome, RandomGenerator random) {
        Section section = genome.section(role).orElseThrow();
        List<Supplier<Genome>> proposals = new ArrayList<>();
        for (int place : places.dense(section)) {
            long values = Math.min(inputs.values(genome, place), Integer.MAX_VALUE);
            int units = bounds.units().clamp((int) values);
            proposals.add(() -> genome.with(role, section.insert(place, gene(units, random))));
        }
        return fit.any(genome, proposals, random);
    }

    private Gene gene(int units, RandomGenerator random) {
        return new Gene.Dense(units, Draw.choice(bounds.activations(), random), genes.dropout(random));
    }
}
