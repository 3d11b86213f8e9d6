package org.aevo.dispatch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.Insertion;
import org.aevo.search.Proposal;
import org.aevo.search.SearchStrategy;

/** A strategy of numbered candidates, with a barrier after each generation; refuses what no strategy can take. */
class CountedSearch implements SearchStrategy {
    private static final Genome GENOME =
            GenomeText.parse("dense(4,relu) | latent(2) | upsampling | adam(lr0.01,batch32)");

    private final long most;
    private final long generation;
    final Set<Long> out = new HashSet<>();
    long asked;
    /** Calls of {@link #ask}. */
    long calls;

    /**
     * @param most candidates that there are
     * @param generation candidates between two barriers; {@link Long#MAX_VALUE} for a search without any
     */
    CountedSearch(long most, long generation) {
        this.most = most;
        this.generation = generation;
    }

    boolean hasNext() {
        return asked < most && !(asked % generation == 0 && !out.isEmpty());
    }

    boolean isAtBarrier() {
        return !hasNext() && !out.isEmpty();
    }

    @Override
    public Proposal ask() {
        calls++;
        if (hasNext()) {
            out.add(asked);
            return new Proposal.Next(new Candidate(asked++, 0, Candidate.NONE, Candidate.NONE, "random", GENOME));
        }
        return isAtBarrier() ? new Proposal.Wait() : new Proposal.Exhausted("there are no more than " + most);
    }

    @Override
    public List<Insertion> tell(Evaluation evaluation) {
        if (!out.remove(evaluation.id())) {
            throw new IllegalArgumentException("candidate " + evaluation.id() + " is not out");
        }
        return List.of(new Insertion(evaluation.id(), 0, 0, 0));
    }
}
