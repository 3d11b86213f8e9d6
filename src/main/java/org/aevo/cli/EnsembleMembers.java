package org.aevo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.aevo.config.InputException;
import org.aevo.ensemble.ArchitectureDistance;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.record.EvaluationRow;
import org.aevo.record.RunHistory;
import org.aevo.record.RunNetworks;
import org.aevo.report.Numbers;

/** Members of an ensemble from the candidates of a run, each network once. */
final class EnsembleMembers {
    private final Path directory;
    private final RunHistory history;

    /** @param directory for messages */
    EnsembleMembers(Path directory, RunHistory history) {
        this.directory = directory;
        this.history = history;
    }

    /**
     * The best so many.
     *
     * @throws InputException if there are fewer
     */
    List<Design> best(int count) {
        List<Design> all = different(Double.POSITIVE_INFINITY);
        if (all.size() < count) {
            throw new InputException("--best " + count + ": " + directory + " has "
                    + (all.isEmpty() ? "no network" : "only " + Numbers.count(all.size(), "network"))
                    + " with a fitness");
        }
        return all.subList(0, count);
    }

    /**
     * The best, and so many others that are good and as different from it and each other as can be.
     *
     * @param margin share of the best fitness by which others may exceed it
     * @throws InputException if there are fewer
     */
    List<Design> diverse(int count, double margin) {
        List<Design> all = different(Double.POSITIVE_INFINITY);
        double best = history.top(1).isEmpty()
                ? Double.NaN
                : history.top(1).get(0).evaluation().fitness();
        List<Design> good = different(best + margin * Math.abs(best));
        if (good.size() < count) {
            throw new InputException("--best " + count + " --diverse: of the " + all.size() + " different networks of "
                    + directory + " with a fitness only " + good.size() + (good.size() == 1 ? " is" : " are")
                    + " within --margin " + margin
                    + " of the best, " + best + ": raise it, or lower --best");
        }
        RunNetworks networks = RunNetworks.of(history)
                .orElseThrow(() -> new InputException("--diverse: " + directory
                        + " did not record the shape of its samples, which networks are compared for"));
        List<Blueprint> blueprints = new ArrayList<>();
        for (Design design : good) {
            blueprints.add(networks.unfolded(design));
        }
        return ArchitectureDistance.farthest(blueprints, count).stream()
                .map(good::get)
                .toList();
    }

    /** The networks whose fitness is at most this, the best first. */
    private List<Design> different(double fitness) {
        Set<String> texts = new HashSet<>();
        List<Design> designs = new ArrayList<>();
        for (EvaluationRow row : history.top(Integer.MAX_VALUE)) {
            Design design = row.candidate().design().withoutSeed();
            if (row.evaluation().fitness() <= fitness && texts.add(design.toString())) {
                designs.add(design);
            }
        }
        return designs;
    }
}
