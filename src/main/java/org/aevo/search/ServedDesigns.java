package org.aevo.search;

import java.util.List;
import java.util.Optional;
import org.aevo.network.Design;

/** No search of its own: what another program asks for is evaluated, in the order asked. */
public final class ServedDesigns implements SearchStrategy {
    /** What makes its candidates. */
    public static final String OPERATOR = "served";

    private final Requests requests;
    private final Progress progress;
    private final InOrder taken;

    /** @param population how many of the best are kept for the means of its progress */
    public ServedDesigns(Requests requests, int population) {
        this.requests = requests;
        this.progress = new Progress(population);
        this.taken = new InOrder(progress, false);
    }

    @Override
    public boolean isFedFromOutside() {
        return true;
    }

    @Override
    public Proposal ask() {
        // in this order: what came before the end is served
        boolean over = requests.areOver();
        long id = progress.nextId();
        Optional<Design> next = requests.next(id);
        if (next.isPresent()) {
            return recall(new Candidate(id, 0, Candidate.NONE, Candidate.NONE, OPERATOR, next.get()));
        }
        return over && !progress.isAnyOut() ? new Proposal.Exhausted("nothing more is asked for") : new Proposal.Wait();
    }

    /** Whatever a record says that was asked for. */
    @Override
    public Proposal recall(Candidate recorded) {
        if (recorded.id() != progress.nextId()) {
            throw new IllegalArgumentException(
                    "candidate " + recorded.id() + " is recorded, but the next is " + progress.nextId());
        }
        progress.asked(recorded);
        return new Proposal.Next(recorded);
    }

    @Override
    public List<Insertion> tell(Evaluation evaluation) {
        return taken.tell(evaluation);
    }
}
