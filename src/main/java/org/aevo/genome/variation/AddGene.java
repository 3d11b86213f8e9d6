package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;

/** Inserts a random gene at a random place, of a kind that may stand there. */
public final class AddGene implements Mutation {
    private final SearchSpace space;
    private final VariationRates rates;
    private final RandomGene genes;
    private final Fit fit;

    public AddGene(SearchSpace space, VariationRates rates) {
        this.space = space;
        this.rates = rates;
        this.genes = new RandomGene(space, rates);
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
        if (genome.encoder().size() >= space.maxGenes()) {
            return Optional.empty();
        }
        return fit.first(genome, () -> longer(genome, random), random);
    }

    private Genome longer(Genome genome, RandomGenerator random) {
        List<Gene> encoder = new ArrayList<>(genome.encoder().genes());
        int place = random.nextInt(encoder.size() + 1);
        int firstDense = (int) encoder.stream().takeWhile(Gene::spatial).count();
        boolean spatial =
                switch (space.family()) {
                    case DENSE -> false;
                    case CONVOLUTIONAL -> true;
                    case MIXED -> place < firstDense || place == firstDense && random.nextBoolean();
                };
        encoder.add(place, spatial ? genes.spatial(place == 0, random) : genes.dense(random));
        return genome.withEncoder(encoder);
    }
}
