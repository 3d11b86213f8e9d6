package org.aevo.cli;

import java.util.Optional;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.data.DataException;
import org.aevo.network.Blueprint;
import org.aevo.record.RunHistory;
import org.aevo.record.RunNetworks;
import org.aevo.search.Candidate;

/** The network of a run's candidate. */
final class BestLayers {
    private BestLayers() {}

    /** None where the run does not tell the samples' shape, and the data that do are not at hand any more. */
    static Optional<Blueprint> of(RunHistory history, Candidate candidate) {
        Optional<RunNetworks> networks = RunNetworks.of(history);
        if (networks.isPresent()) {
            return networks.get().of(candidate.id());
        }
        try {
            RunConfig config = RunConfig.parse(history.started().orElseThrow().inputYaml(), "the run's input");
            return Optional.of(Evaluators.space(config).blueprint(candidate.design()));
        } catch (InputException | DataException e) {
            return Optional.empty();
        }
    }
}
