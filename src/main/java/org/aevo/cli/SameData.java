package org.aevo.cli;

import java.util.List;
import java.util.Optional;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.data.DataException;
import org.aevo.data.Datasets;
import org.aevo.data.Distribution;
import org.aevo.network.EnumText;
import org.aevo.record.Entry.DataShared;
import org.aevo.record.Entry.DataUsed;
import org.aevo.record.RunHistory;

/** Whether data are those that a run's candidates were evaluated on: their place may change, the samples may not. */
final class SameData {
    private static final String PLACE = RunConfig.DATA_PLACES.get(0);

    /** What is not recorded. */
    private static final DataShared BY_FILE = new DataShared(EnumText.of(Distribution.SHARED_FILE), 1, 0);

    private SameData() {}

    /** Whether all that is given on the command line ({@code key=value} each) is where the data are. */
    static boolean arePlaces(List<String> settings) {
        return settings.stream().allMatch(setting -> RunConfig.DATA_PLACES.contains(setting.replaceFirst("=.*", "")));
    }

    /** Whether all of it is where the data are, or how workers come by them. */
    static boolean areWays(List<String> settings) {
        return arePlaces(settings.stream()
                .filter(setting -> !setting.startsWith(RunConfig.DATA_DISTRIBUTION + "="))
                .toList());
    }

    /** The input of a run with the data where its last session had them. */
    static RunConfig atLastPlace(RunConfig config, Optional<DataUsed> used) {
        return atLastPlace(config, used.map(DataUsed::place).orElse(""));
    }

    /**
     * The same.
     *
     * @param place of the last session; empty if it was not recorded
     */
    static RunConfig atLastPlace(RunConfig config, String place) {
        boolean elsewhere = !place.isEmpty()
                && !place.equals(config.data().kind().text())
                && !place.equals(config.data().allPlaces());
        return elsewhere ? config.withDataAt(place) : config;
    }

    /**
     * What there is against the data.
     *
     * @param recorded checksum of the run's; empty if it was not recorded
     * @param found checksum of those at hand
     */
    static Optional<String> problem(RunConfig config, String recorded, String found) {
        return recorded.isEmpty() || recorded.equals(found)
                ? Optional.empty()
                : Optional.of(
                        config.data().whereabouts() + ": not the data that the run's candidates were evaluated on: the"
                                + " checksum is " + found + ", that of the run's data " + recorded
                                + "; put those back, or name their place with --set "
                                + String.join("=PLACE, --set ", config.dataPlaces()) + "=PLACE");
    }

    private static String inOneLine(String places) {
        return places.replace("\n", ", ");
    }

    /**
     * Refuses to go on with other data.
     *
     * @param held checksum of those that this process holds for its workers, if it does
     * @return what is to be recorded: the new place of data that are elsewhere than in the session before
     * @throws InputException if they are others, or are elsewhere and it cannot be known whether they are the same
     */
    static Optional<DataUsed> required(RunConfig config, RunHistory history, Optional<String> held) {
        if (config.simulated() || history.started().isEmpty()) {
            return Optional.empty();
        }
        String place = config.data().allPlaces();
        if (history.data().isEmpty()) {
            String first = RunConfig.parse(history.started().get().inputYaml(), "the run's input")
                    .data()
                    .allPlaces();
            if (!place.equals(first) && history.evaluated() > 0) {
                throw new InputException(PLACE + ": was " + inOneLine(first) + ", is " + inOneLine(place)
                        + ", and no checksum of the data is recorded (before aevo 0.6.0 none was): whether they are the"
                        + " same cannot be known; set it back");
            }
            return Optional.empty();
        }
        DataUsed used = history.data().get();
        String found;
        try {
            found = held.orElseGet(() -> Datasets.checksum(config.data()));
        } catch (DataException e) {
            throw new InputException(e.getMessage(), e);
        }
        problem(config, used.checksum(), found).ifPresent(problem -> {
            throw new InputException(problem);
        });
        return place.equals(used.place())
                ? Optional.empty()
                : Optional.of(new DataUsed(found, place, history.wallSeconds()));
    }

    /**
     * What is to be recorded of data that this process holds for its workers: nobody else has to say which they are.
     *
     * @param held their checksum; empty where each host reads the files
     */
    static Optional<DataUsed> known(RunConfig config, RunHistory history, Optional<String> held) {
        return held.filter(unknown -> history.data().isEmpty())
                .map(checksum -> new DataUsed(checksum, config.data().allPlaces(), history.wallSeconds()));
    }

    /** What is to be recorded of how workers come by the data and what they see of them, if it is not as before. */
    static Optional<DataShared> shared(RunConfig config, RunHistory history, double time) {
        if (config.simulated()) {
            return Optional.empty();
        }
        DataShared now = new DataShared(
                EnumText.of(config.distribution()), config.training().fraction(), time);
        DataShared before = history.shared().orElse(BY_FILE);
        return now.distribution().equals(before.distribution()) && now.fraction() == before.fraction()
                ? Optional.empty()
                : Optional.of(now);
    }
}
