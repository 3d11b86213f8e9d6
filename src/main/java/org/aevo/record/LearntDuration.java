package org.aevo.record;

import java.util.Optional;
import org.aevo.network.Blueprint;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;

/**
 * What a run's evaluations took so far tells of those to come. Knows nothing, and takes all for equal, where evaluations are
 * simulated, and before the samples' shape is in the history.
 */
public final class LearntDuration {
    private final RunHistory history;
    private final DurationModel model = new DurationModel();
    private Optional<RunNetworks> networks = Optional.empty();

    /** @param history whose evaluations are learnt from, and which goes on */
    public LearntDuration(RunHistory history) {
        this.history = history;
        for (long id = 0; id < history.asked(); id++) {
            history.evaluation(id).ifPresent(row -> learn(row.candidate(), row.evaluation()));
        }
    }

    /** In no particular unit; 0 of what is not known. */
    public double of(Candidate candidate) {
        return network(candidate)
                .map(network -> model.expected(network, batch(candidate)))
                .orElse(0.0);
    }

    /** Learns from what has trained; of others it is not known how long they would have taken. */
    public void learn(Candidate candidate, Evaluation evaluation) {
        int epochs = evaluation.effort().epochs();
        if (evaluation.status() == EvaluationStatus.OK && epochs > 0 && evaluation.seconds() > 0) {
            network(candidate)
                    .ifPresent(network -> model.learn(network, batch(candidate), evaluation.seconds() / epochs));
        }
    }

    /** Empty too of one that cannot be built: its evaluation ends at once. */
    private Optional<Blueprint> network(Candidate candidate) {
        if (networks.isEmpty()) {
            networks = RunNetworks.of(history);
        }
        try {
            return networks.map(known -> known.unfolded(candidate.design()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static int batch(Candidate candidate) {
        return candidate.design().hyperparameters().batchSize();
    }
}
