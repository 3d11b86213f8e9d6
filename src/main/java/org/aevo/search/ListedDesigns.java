package org.aevo.search;

import java.util.List;
import org.aevo.network.Design;

/**
 * Designs that somebody chose, in order, again and again until the budget is spent: each round evaluates all of them with
 * other seeds. A design with a seed of its own has it in the first round alone.
 */
public final class ListedDesigns implements SearchStrategy {
    /** What makes its candidates. */
    public static final String OPERATOR = "listed";

    private final List<Design> designs;
    private final Progress progress;
    private final InOrder taken;

    /**
     * @param designs at least one
     * @param population how many of the best are kept for the means of its progress
     * @param ordered whether evaluations are taken in by id, whatever order they come in
     */
    public ListedDesigns(List<Design> designs, int population, boolean ordered) {
        if (designs.isEmpty()) {
            throw new IllegalArgumentException(
                    "strategy list evaluates what evolution.seeds names, and that is nothing: name network files there, or"
                            + " use 'aevo evaluate'");
        }
        this.designs = List.copyOf(designs);
        this.progress = new Progress(population);
        this.taken = new InOrder(progress, ordered);
    }

    @Override
    public Proposal ask() {
        long id = progress.nextId();
        Design design = designs.get((int) (id % designs.size()));
        Candidate candidate = new Candidate(
                id,
                (int) Math.min(Integer.MAX_VALUE, id / designs.size()),
                Candidate.NONE,
                Candidate.NONE,
                OPERATOR,
                id < designs.size() ? design : design.withoutSeed());
        progress.asked(candidate);
        return new Proposal.Next(candidate);
    }

    @Override
    public List<Insertion> tell(Evaluation evaluation) {
        return taken.tell(evaluation);
    }
}
