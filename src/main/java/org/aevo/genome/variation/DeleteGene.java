package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;

/** Removes one of the genes that the others can do without. */
public final class DeleteGene implements Mutation {
    private final SearchSpace space;
    private final VariationRates rates;

    public DeleteGene(SearchSpace space, VariationRates rates) {
        this.space = space;
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
        List<Genome> shorter = new ArrayList<>();
        for (int i = 0; i < genome.encoder().size(); i++) {
            List<Gene> encoder = new ArrayList<>(genome.encoder().genes());
            encoder.remove(i);
            Genome child = genome.withEncoder(encoder);
            if (space.contains(child)) {
                shorter.add(child);
            }
        }
        return shorter.isEmpty() ? Optional.empty() : Optional.of(Draw.choice(shorter, random));
    }
}
