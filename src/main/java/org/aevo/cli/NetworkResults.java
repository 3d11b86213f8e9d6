package org.aevo.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.aevo.config.RunConfig;
import org.aevo.design.HandmadeNetwork;
import org.aevo.network.Design;
import org.aevo.network.EnumText;
import org.aevo.record.Entry;
import org.aevo.record.EvaluationRow;
import org.aevo.record.Json;
import org.aevo.record.RunHistory;
import org.aevo.search.EvaluationSeed;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.aevo.search.StrategyKind;
import org.aevo.stat.Summary;

/** What came of a list of networks: each with its evaluations, in the order in which they were given. */
final class NetworkResults {
    private static final int WIDEST_NAME = 40;

    /** One network, and its evaluations so far by rounds. */
    private record Network(String name, Design design, List<EvaluationRow> rows) {
        Summary spread(ToDoubleFunction<EvaluationRow> number) {
            return Summary.of(rows.stream().mapToDouble(number).toArray());
        }

        /** Of the evaluations that have it. */
        Summary figure(Figure which) {
            return spread(row -> row.evaluation().score().figure(which));
        }

        /** {@code ok}, or how many ended how. */
        String statuses() {
            Map<EvaluationStatus, Integer> counts = new LinkedHashMap<>();
            rows.forEach(row -> counts.merge(row.evaluation().status(), 1, Integer::sum));
            if (counts.size() == 1) {
                return EnumText.of(rows.get(0).evaluation().status());
            }
            List<String> texts = new ArrayList<>();
            counts.forEach((status, count) -> texts.add(count + " " + EnumText.of(status)));
            return String.join(", ", texts);
        }
    }

    private final long seed;
    private final List<Network> networks;

    private NetworkResults(long seed, List<Network> networks) {
        this.seed = seed;
        this.networks = networks;
    }

    /** Those of a run; empty if it is a search. */
    static Optional<NetworkResults> of(RunHistory history) {
        Entry.RunStarted started = history.started().orElseThrow();
        if (!started.strategy().equals(EnumText.of(StrategyKind.LIST))) {
            return Optional.empty();
        }
        List<Design> designs =
                RunConfig.parse(started.inputYaml(), "the run's input").seedDesigns();
        List<Network> networks = new ArrayList<>();
        Map<String, Integer> names = new HashMap<>();
        for (Design design : designs) {
            String name = design instanceof HandmadeNetwork network ? network.name() : design.toString();
            int number = names.merge(name, 1, Integer::sum);
            networks.add(new Network(number > 1 ? name + " (" + number + ")" : name, design, new ArrayList<>()));
        }
        for (long id = 0; id < history.asked(); id++) {
            int network = (int) (id % networks.size());
            history.evaluation(id).ifPresent(row -> networks.get(network).rows().add(row));
        }
        return Optional.of(new NetworkResults(started.seed(), networks));
    }

    /** As a table: a line for each network, of several evaluations with what they vary by. */
    void print(PrintStream out) {
        boolean repeated = networks.stream().anyMatch(network -> network.rows().size() > 1);
        int width = Math.min(
                WIDEST_NAME,
                networks.stream().mapToInt(n -> n.name().length()).max().orElse(0));
        String name = "%-" + Math.max(width, "network".length()) + "s";
        FigureColumns figures = new FigureColumns(measured());
        boolean losses = hasLosses();
        out.printf(name + " %10s %6s", "network", "parameters", "epochs");
        out.printf((losses ? " %9s" : "%s") + " %9s", losses ? "loss" : "", "fitness");
        out.printf(repeated ? " %9s %9s %9s %4s" : "", "sd", "smallest", "largest", "of");
        out.printf("%s %8s  %s%n", figures.heads(), "seconds", "status");
        for (Network network : networks) {
            String shown = network.name().length() > WIDEST_NAME
                    ? network.name().substring(0, WIDEST_NAME - 3) + "..."
                    : network.name();
            out.printf(name, shown);
            if (network.rows().isEmpty()) {
                out.println(" not evaluated yet");
                continue;
            }
            Summary fitness = network.spread(row -> row.evaluation().fitness());
            out.printf(
                    Locale.ROOT,
                    " %10d %6s" + (losses ? " %9s" : "%s") + " %9s",
                    network.rows().get(0).evaluation().effort().parameters(),
                    epochs(network),
                    losses
                            ? number(network.spread(
                                            row -> row.evaluation().score().validationLoss())
                                    .mean())
                            : "",
                    number(fitness.mean()));
            if (repeated) {
                out.printf(
                        Locale.ROOT,
                        " %9s %9s %9s %4d",
                        number(fitness.sd()),
                        number(fitness.min()),
                        number(fitness.max()),
                        fitness.n());
            }
            out.printf(
                    Locale.ROOT,
                    "%s %8.1f  %s%n",
                    figures.cells(figure -> network.figure(figure).mean()),
                    network.spread(row -> row.evaluation().seconds()).mean(),
                    network.statuses());
        }
        for (Network network : networks) {
            network.rows().stream()
                    .filter(row -> !row.evaluation().message().isEmpty())
                    .findFirst()
                    .ifPresent(row ->
                            out.println(network.name() + ": " + row.evaluation().message()));
        }
    }

    /** Whether there is a validation loss, which classifiers have not; before the first fitness nobody can tell. */
    private boolean hasLosses() {
        return networks.stream()
                .flatMap(network -> network.rows().stream())
                .map(EvaluationRow::evaluation)
                .noneMatch(e -> e.hasFitness() && Double.isNaN(e.score().validationLoss()));
    }

    /** The figures that any evaluation has. */
    private List<Figure> measured() {
        return Figure.ofNetworks().stream()
                .filter(figure -> networks.stream()
                        .anyMatch(network -> network.figure(figure).n() > 0))
                .toList();
    }

    private static String epochs(Network network) {
        double mean = network.spread(row -> row.evaluation().effort().epochs()).mean();
        return String.format(Locale.ROOT, mean == Math.rint(mean) ? "%.0f" : "%.1f", mean);
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Terminal.loss(value) : "-";
    }

    /** The same for programs, with every evaluation. */
    String json(Path directory) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("directory", directory.toString());
        all.put("networks", tree());
        return Json.of(all);
    }

    /** An object for each network. */
    List<Object> tree() {
        List<Object> each = new ArrayList<>();
        for (Network network : networks) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("network", network.name());
            values.put("design", network.design().toString());
            values.put("parameters", network.rows().stream().findFirst().map(row -> row.evaluation()
                    .effort()
                    .parameters()));
            values.put(
                    "loss", json(network.spread(row -> row.evaluation().score().validationLoss())));
            values.put("fitness", json(network.spread(row -> row.evaluation().fitness())));
            for (Figure figure : measured()) {
                values.put(figure.column(), json(network.figure(figure)));
            }
            values.put("seconds", json(network.spread(row -> row.evaluation().seconds())));
            values.put(
                    "epochs",
                    json(network.spread(row -> row.evaluation().effort().epochs())));
            values.put("evaluations", network.rows().stream().map(this::json).toList());
            each.add(values);
        }
        return each;
    }

    private Map<String, Object> json(EvaluationRow row) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", row.candidate().id());
        values.put("seed", EvaluationSeed.of(seed, row.candidate()));
        values.put("status", EnumText.of(row.evaluation().status()));
        values.put("epochs", row.evaluation().effort().epochs());
        values.put("train_loss", row.evaluation().score().trainLoss());
        values.put("validation_loss", row.evaluation().score().validationLoss());
        values.put("fitness", row.evaluation().fitness());
        for (Figure figure : measured()) {
            values.put(figure.column(), row.evaluation().score().figure(figure));
        }
        values.put("seconds", row.evaluation().seconds());
        values.put("message", row.evaluation().message());
        return values;
    }

    private static Map<String, Object> json(Summary spread) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("count", spread.n());
        values.put("mean", spread.mean());
        values.put("sd", spread.sd());
        values.put("smallest", spread.min());
        values.put("largest", spread.max());
        return values;
    }
}
