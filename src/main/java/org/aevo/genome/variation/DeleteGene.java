package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;

/** Removes one of a section's genes, of any kind or of one, that the others can do without, and its skips. */
public final class DeleteGene implements Mutation {
    private final SearchSpace space;
    private final Role role;
    private final String name;
    private final double rate;
    private final Predicate<Gene> kind;

    private DeleteGene(SearchSpace space, Role role, String name, double rate, Predicate<Gene> kind) {
        this.space = space;
        this.role = role;
        this.name = name;
        this.rate = rate;
        this.kind = kind;
    }

    /**
     * Of a gene of any kind.
     *
     * @param role of the section that it changes
     */
    public DeleteGene(SearchSpace space, Role role, VariationRates rates) {
        this(space, role, "delete-gene", rates.deleteGene(), gene -> true);
    }

    /** Of a convolution or pooling. */
    static Mutation convolution(SearchSpace space, Role role) {
        return new DeleteGene(space, role, "remove-convolution", 1, Gene::spatial);
    }

    /** Of a dense gene. */
    static Mutation dense(SearchSpace space, Role role) {
        return new DeleteGene(space, role, "remove-dense", 1, gene -> !gene.spatial());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double rate() {
        return rate;
    }

    @Override
    public Optional<Genome> apply(Genome genome, RandomGenerator random) {
        Section section = genome.section(role).orElseThrow();
        List<Genome> shorter = new ArrayList<>();
        for (int i = 0; i < section.size(); i++) {
            Genome child = genome.with(role, section.remove(i));
            if (kind.test(section.get(i)) && space.contains(child)) {
                shorter.add(child);
            }
        }
        return shorter.isEmpty() ? Optional.empty() : Optional.of(Draw.choice(shorter, random));
    }
}
