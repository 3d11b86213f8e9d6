package org.aevo.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aevo.network.Blueprint;
import org.aevo.record.EvaluationRow;
import org.aevo.record.RunHistory;
import org.aevo.record.RunNetworks;
import org.aevo.search.Durations;
import org.aevo.search.Effort;

/**
 * How an evaluation's time was spent, and what network it trained.
 *
 * @param id of its candidate
 * @param ranks that shared it
 * @param build seconds, likewise the others; with communication in them
 * @param steps of training
 * @param communication seconds of training and validation in which the leader waited for all members; 0 of one rank
 * @param batch samples of a step
 * @param forwardOperations of a pass of one sample
 */
record TrainedNetwork(
        long id,
        int ranks,
        double build,
        double train,
        double validate,
        double steps,
        double communication,
        int batch,
        long parameters,
        int layers,
        double forwardOperations) {

    /** Forward, and twice that back. */
    private static final int PASSES = 3;

    /** Of a run's evaluations those that trained, and whose network its journal tells; none of simulated ones. */
    static List<TrainedNetwork> of(RunHistory history) {
        List<TrainedNetwork> all = new ArrayList<>();
        Optional<RunNetworks> networks = RunNetworks.of(history);
        for (long id = 0; networks.isPresent() && id < history.asked(); id++) {
            Optional<EvaluationRow> row = history.evaluation(id);
            Optional<Blueprint> network =
                    row.flatMap(r -> networks.get().of(r.candidate().id()));
            if (network.isPresent()) {
                of(row.get(), network.get()).ifPresent(all::add);
            }
        }
        return all;
    }

    private static Optional<TrainedNetwork> of(EvaluationRow row, Blueprint network) {
        Effort effort = row.evaluation().effort();
        Durations durations = effort.durations();
        int batch = row.candidate().design().hyperparameters().batchSize();
        double samples = effort.samplesPerSecond() * durations.train();
        if (!(samples > 0) || !(durations.train() > 0)) {
            return Optional.empty();
        }
        // the last batch of an epoch may be smaller, and is a step all the same
        double steps = effort.epochs() > 0
                ? effort.epochs() * Math.ceil(Math.rint(samples) / effort.epochs() / batch)
                : Math.max(1, samples / batch);
        double communicated = effort.teamwork().communicationSeconds();
        return Optional.of(new TrainedNetwork(
                row.candidate().id(),
                effort.teamwork().ranks(),
                durations.build(),
                durations.train(),
                durations.validate(),
                steps,
                Double.isNaN(communicated) ? 0 : communicated,
                batch,
                network.parameters(),
                network.nodes().size(),
                network.forwardOperations()));
    }

    /** Seconds of training without what the members did together, which is little in validation. */
    double work() {
        return Math.max(0, train - communication);
    }

    /** Seconds of a step of its ranks without what they did together. */
    double step() {
        return work() / steps;
    }

    /** Seconds of a step that communication took. */
    double stepCommunication() {
        return communication / steps;
    }

    /** What a step consists of: once, for each layer, for each parameter, and operations of a rank's share of a batch. */
    double[] parts() {
        return new double[] {1, layers, parameters, PASSES * forwardOperations * batch / ranks};
    }
}
