package org.aevo.master;

import java.util.List;
import java.util.Set;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.Insertion;
import org.aevo.search.Proposal;
import org.aevo.search.SearchStrategy;

/** A strategy whose time is measured. */
record MeteredStrategy(SearchStrategy strategy, CostMeter costs) implements SearchStrategy {
    @Override
    public Proposal ask() {
        return costs.ask(strategy::ask);
    }

    @Override
    public Proposal recall(Candidate recorded) {
        return costs.ask(() -> strategy.recall(recorded));
    }

    @Override
    public boolean isFedFromOutside() {
        return strategy.isFedFromOutside();
    }

    @Override
    public List<Insertion> tell(Evaluation evaluation) {
        return costs.tell(() -> strategy.tell(evaluation));
    }

    @Override
    public Set<Long> prospectiveParents() {
        return strategy.prospectiveParents();
    }
}
