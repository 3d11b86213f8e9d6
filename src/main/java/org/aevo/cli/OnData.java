package org.aevo.cli;

import org.aevo.search.Evaluator;
import org.aevo.search.ForwardingEvaluator;

/** An evaluator that says on which data it evaluates. */
final class OnData extends ForwardingEvaluator {
    private final String checksum;

    /**
     * @param checksum of the split
     */
    OnData(Evaluator evaluator, String checksum) {
        super(evaluator);
        this.checksum = checksum;
    }

    @Override
    public String data() {
        return checksum;
    }
}
