package org.aevo.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.aevo.record.RunHistory;
import org.aevo.stat.CostFit;
import org.aevo.stat.Statistics;

/**
 * How long a run's evaluations would take in teams of other sizes. A step takes a team of k what does not get less (once,
 * for each layer and each parameter), a k-th of what samples take, and communication; validation takes a k-th, building
 * as long as before. What share of a step does not get less is fitted over the run's own evaluations; each keeps its own
 * measured time otherwise.
 */
public final class TeamModel {
    /** The part of a step that members share, among {@link TrainedNetwork#parts}. */
    private static final int SHAREABLE = 3;

    private final Map<Long, TrainedNetwork> networks = new HashMap<>();
    private final double[] coefficients;
    private final Communication communication;

    private TeamModel(List<TrainedNetwork> trained, Communication communication) {
        trained.forEach(network -> networks.put(network.id(), network));
        this.communication = communication;
        List<TrainedNetwork> worked =
                trained.stream().filter(network -> network.step() > 0).toList();
        this.coefficients = CostFit.of(
                worked.stream().map(TrainedNetwork::parts).toArray(double[][]::new),
                worked.stream().mapToDouble(TrainedNetwork::step).toArray());
    }

    /** The model of a run; empty where its journal does not tell what networks it trained: of a simulated one. */
    public static Optional<TeamModel> of(RunHistory history, Communication communication) {
        return of(history, () -> communication);
    }

    /**
     * The same.
     *
     * @param communication is asked for only where there is a model
     */
    public static Optional<TeamModel> of(RunHistory history, Supplier<Communication> communication) {
        List<TrainedNetwork> trained = TrainedNetwork.of(history);
        return trained.isEmpty() ? Optional.empty() : Optional.of(new TeamModel(trained, communication.get()));
    }

    /** What communication took in a run's own teams; empty where it had none that say so. */
    public static Optional<Communication> measured(RunHistory history) {
        Map<Integer, List<Communication.Measured>> byRanks = new HashMap<>();
        for (TrainedNetwork network : TrainedNetwork.of(history)) {
            if (network.ranks() > 1 && network.communication() > 0) {
                byRanks.computeIfAbsent(network.ranks(), ranks -> new ArrayList<>())
                        .add(new Communication.Measured(network.parameters(), network.stepCommunication()));
            }
        }
        Map<Integer, Communication.Cost> costs = new HashMap<>();
        byRanks.forEach((ranks, measured) -> costs.put(ranks, Communication.fit(measured)));
        return costs.isEmpty() ? Optional.empty() : Optional.of(new Communication(costs));
    }

    /** What communication takes. */
    public Communication communication() {
        return communication;
    }

    /** The same work, done by teams of this size. */
    public Workload workload(Workload measured, int team) {
        return measured.withSeconds(sample -> seconds(sample, team));
    }

    private double seconds(Workload.Sample sample, int team) {
        TrainedNetwork network = networks.get(sample.id());
        return network == null ? sample.seconds() : seconds(network, team);
    }

    private double seconds(TrainedNetwork network, int team) {
        double fewer = (double) network.ranks() / team;
        double shared = shareable(network);
        return network.build()
                + network.work() * (1 - shared + shared * fewer)
                + network.steps() * communication.of(team).seconds(network.parameters())
                + network.validate() * fewer;
    }

    /** What part of a step of its ranks gets less with more of them. */
    private double shareable(TrainedNetwork network) {
        double[] parts = network.parts();
        double all = CostFit.sum(coefficients, parts);
        return all > 0 ? coefficients[SHAREABLE] * parts[SHAREABLE] / all : 1;
    }

    /** How many times as fast each network trains and validates in a team as alone, in ascending order. */
    public double[] speedUps(int team) {
        return networks.values().stream()
                .mapToDouble(network -> seconds(network, 1) / seconds(network, team))
                .sorted()
                .toArray();
    }

    /**
     * From how many seconds of a step alone on a network is trained faster by a team.
     *
     * @param parameters of the network, with as many layers as the run's median one
     */
    public double worthwhileStep(int team, double parameters) {
        double[] layers = networks.values().stream()
                .mapToDouble(TrainedNetwork::layers)
                .sorted()
                .toArray();
        double once =
                coefficients[0] + coefficients[1] * Statistics.quantile(layers, 0.5) + coefficients[2] * parameters;
        return once + communication.of(team).seconds(parameters) * team / (team - 1.0);
    }

    /** Seconds of a step alone, in ascending order. */
    public double[] steps() {
        return networks.values().stream()
                .mapToDouble(
                        network -> network.step() * (1 - shareable(network) + shareable(network) * network.ranks()))
                .sorted()
                .toArray();
    }

    /** Trainable parameters of the networks, in ascending order. */
    public double[] parameters() {
        return networks.values().stream()
                .mapToDouble(TrainedNetwork::parameters)
                .sorted()
                .toArray();
    }

    /** What a step takes in parts: once, for each layer, for each parameter, for each operation; in seconds. */
    public double[] coefficients() {
        return Arrays.copyOf(coefficients, coefficients.length);
    }
}
