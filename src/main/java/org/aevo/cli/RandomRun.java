package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.model.Entrant;
import org.aevo.record.Entry;
import org.aevo.record.EvaluationRow;
import org.aevo.record.RunHistory;
import org.aevo.search.StrategyKind;

/**
 * A run of random search that a candidate of another run is held against: on the same data, for the same task, with a code
 * of the same size.
 *
 * @param best its best network
 * @param notes what else differs between the runs
 */
record RandomRun(Entrant best, List<String> notes) {
    private static final String OPTION = "--random-run ";
    /** Keys that say what is searched for: if one differs the runs cannot be compared. */
    private static final List<String> SAME =
            List.of("data.", "task.", "space.latent", "space.output-activation", "evaluator.");

    private static final List<String> OF_NO_INTEREST = List.of("name", "seed", "strategy", RunConfig.DATA_DISTRIBUTION);
    /** Says how much an evaluation costs, not on what models are trained and tested. */
    private static final String NOTED = "data.fraction ";

    /** @throws InputException if it is no such run */
    static RandomRun of(Path directory, RunConfig other, RunHistory otherHistory) throws IOException {
        RunHistory history = RunArgument.history(directory);
        RunConfig config = SameData.atLastPlace(
                RunConfig.parse(history.started().orElseThrow().inputYaml(), "the input of " + directory),
                history.data());
        String place = OPTION + directory + ": ";
        if (config.strategy() != StrategyKind.RANDOM) {
            throw new InputException(place + "its strategy is "
                    + history.started().orElseThrow().strategy() + ", expected a run with --strategy random");
        }
        List<String> known = Stream.of(history, otherHistory)
                .flatMap(each -> each.data().stream())
                .map(Entry.DataUsed::checksum)
                .toList();
        boolean same = known.size() == 2 && known.get(0).equals(known.get(1));
        List<String> differences =
                other.effective().changesTo(config.effective(), "cluster", "record", "evolution", "budget").stream()
                        .filter(difference -> !OF_NO_INTEREST.contains(key(difference)))
                        .filter(difference -> !same || !RunConfig.DATA_PLACES.contains(key(difference)))
                        .toList();
        List<String> wrong = differences.stream()
                .filter(difference -> SAME.stream().anyMatch(difference::startsWith) && !difference.startsWith(NOTED))
                .toList();
        if (!wrong.isEmpty()) {
            throw new InputException(place + "cannot be compared with this run: there " + String.join("; ", wrong));
        }
        if (known.size() == 2 && !same) {
            throw new InputException(
                    place + "cannot be compared with this run: its data are others, though their place is the same");
        }
        if (history.best().isEmpty()) {
            throw new InputException(place + "it has no best candidate: " + NoFitness.reason(history, directory));
        }
        List<String> notes = new ArrayList<>();
        if (history.evaluated() != otherHistory.evaluated()) {
            notes.add("Evaluations of the random search: " + history.evaluated() + ", of this run: "
                    + otherHistory.evaluated() + ".");
        }
        if (!differences.isEmpty()) {
            notes.add("In the random search " + String.join("; ", differences) + ".");
        }
        EvaluationRow best = history.evaluation(history.best().getAsLong()).orElseThrow();
        return new RandomRun(
                Entrant.randomSearch(best.candidate().id(), best.candidate().design()), notes);
    }

    private static String key(String difference) {
        return difference.substring(0, difference.indexOf(' '));
    }
}
