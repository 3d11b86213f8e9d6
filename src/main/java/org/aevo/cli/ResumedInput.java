package org.aevo.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.config.RunConfig.Option;
import org.aevo.record.Entry;
import org.aevo.record.JournalReader;
import org.aevo.record.RunDirectory;
import org.aevo.record.RunPaths;

/**
 * The input of a run as it was left; what decides on candidates and their training must be as it was recorded.
 *
 * @param run its directory
 * @param settings {@code key=value}, applied last
 */
record ResumedInput(Path run, List<String> settings) {

    /**
     * The input, read anew.
     *
     * @param named values that take the place of those in it
     * @throws InputException if there is no run, or its input is another now
     */
    RunConfig read(RunStart start, Map<String, Option> named) {
        RunPaths paths = new RunPaths(run);
        if (!RunDirectory.holdsRun(run)) {
            throw new InputException(run + ": there is no run to resume (nothing is recorded there)");
        }
        if (!Files.exists(paths.journal())) {
            throw new InputException(run + ": its run cannot be resumed without its run.journal");
        }
        Optional<String> recorded = recorded(paths.journal());
        RunConfig config = start.counted(
                named,
                options -> Files.exists(paths.input()) || recorded.isEmpty()
                        ? RunConfig.read(paths.input(), options, settings)
                        : RunConfig.parse(recorded.get(), paths.journal().toString(), options, settings));
        if (recorded.isPresent()) {
            List<String> free = new ArrayList<>(List.of("budget", "cluster", "record"));
            free.addAll(RunConfig.DATA_PLACES);
            free.add(RunConfig.DATA_DISTRIBUTION);
            RunConfig first = RunConfig.parse(recorded.get(), paths.journal().toString());
            List<String> changes = first.effective().changesTo(config.effective(), free.toArray(String[]::new));
            if (!changes.isEmpty()) {
                throw new InputException(paths.input() + ": is not the input that the run was started with ("
                        + String.join("; ", changes) + "): set it back, or start a new run");
            }
            TeamCheck.sameRates(first, config).ifPresent(rates -> {
                throw new InputException(
                        TeamCheck.KEY + ": " + rates + "; go on with the team that the run had, or start a new run");
            });
        }
        return config;
    }

    private static Optional<String> recorded(Path journal) {
        try (JournalReader reader = JournalReader.open(journal)) {
            return reader.next()
                    .map(JournalReader.Located::entry)
                    .filter(Entry.RunStarted.class::isInstance)
                    .map(entry -> ((Entry.RunStarted) entry).inputYaml());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
