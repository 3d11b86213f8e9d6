package org.aevo.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.io.RegularFile;
import org.aevo.network.EnumText;
import org.aevo.record.DurableFiles;
import org.aevo.record.Entry;
import org.aevo.record.JournalReader;
import org.aevo.record.RecordException;
import org.aevo.record.RunDirectory;
import org.aevo.record.RunPaths;
import org.aevo.search.Mode;

/**
 * Where the runs of a bench are: {@code NAME/} for each, {@code NAME.out} with what it printed, {@code inputs/NAME.yaml}
 * with its whole input, and {@code bench.yaml}, which says what they have in common.
 */
final class BenchDirectory {
    /** Of bench.yaml. */
    private static final int MOST_BYTES = 16 << 20;

    private static final Pattern RUN = Pattern.compile("(sync|async)-([1-9][0-9]{0,5})w-r([1-9][0-9]{0,5})");
    private static final Pattern SCALING = Pattern.compile("(?m)^scaling: ([a-z]+)$");
    private static final int SHOWN = 5;

    private final Path directory;

    /**
     * @throws InputException if this cannot be the directory of a bench
     */
    BenchDirectory(Path directory) {
        this.directory = directory;
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new InputException(directory + ": is a file; choose another directory with -o");
        }
        if (RunDirectory.holdsRun(directory)) {
            throw new InputException(directory
                    + ": holds a run itself, and the runs of a bench have directories of their own; choose another with"
                    + " -o");
        }
    }

    Path path() {
        return directory;
    }

    Path run(BenchRun run) {
        return run(run.name());
    }

    private Path run(String name) {
        return directory.resolve(name);
    }

    Path input(BenchRun run) {
        return directory.resolve("inputs").resolve(run.name() + ".yaml");
    }

    Path output(BenchRun run) {
        return directory.resolve(run.name() + ".out");
    }

    private Path record() {
        return directory.resolve("bench.yaml");
    }

    /** What 'aevo run' needs to be told to make a run, or to go on with it. */
    List<String> arguments(BenchResult result) {
        Path place = run(result.run());
        return result.state() == BenchResult.State.NEW
                ? List.of("run", input(result.run()).toString(), "-o", place.toString())
                : List.of("run", "--resume", place.toString());
    }

    /** The plan's runs, in its order; those that are here already go on with as many processes as they had. */
    List<BenchRun> runs(BenchPlan plan) {
        return plan.runs().stream()
                .map(run ->
                        asBegun(plan, run.mode(), run.workers(), run.repeat()).orElse(run))
                .toList();
    }

    /**
     * @throws InputException if a run that is here already, planned or not, was made with other settings
     */
    void check(BenchPlan plan) throws IOException {
        String wanted = EnumText.of(plan.grid().scaling());
        String scaling = recordedScaling().orElse(wanted);
        Set<String> differences = new LinkedHashSet<>();
        List<String> others = new ArrayList<>();
        for (BenchRun there : runsHere(plan)) {
            List<String> changes = changes(there);
            if (!scaling.equals(wanted)) {
                differences.add("--scaling was " + scaling + ", is " + wanted);
            }
            differences.addAll(changes);
            if (!changes.isEmpty()) {
                others.add(there.name());
            }
        }
        if (!differences.isEmpty()) {
            int more = differences.size() - SHOWN;
            String where = others.isEmpty()
                    ? ""
                    : " in " + others.get(0) + (others.size() > 1 ? " and " + (others.size() - 1) + " more" : "");
            throw new InputException(directory + ": its runs were made with other settings ("
                    + differences.stream().limit(SHOWN).collect(Collectors.joining("; "))
                    + (more > 0 ? "; and " + more + " more" : "") + where
                    + "): set them back, or choose another directory with -o");
        }
    }

    private Optional<String> recordedScaling() throws IOException {
        if (!Files.exists(record())) {
            return Optional.empty();
        }
        Matcher matcher = SCALING.matcher(RegularFile.readText(record(), StandardCharsets.UTF_8, MOST_BYTES));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The plan's runs for the directories that hold one. */
    private List<BenchRun> runsHere(BenchPlan plan) throws IOException {
        List<BenchRun> runs = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return runs;
        }
        try (DirectoryStream<Path> places = Files.newDirectoryStream(directory, Files::isDirectory)) {
            for (Path place : places) {
                Matcher name = RUN.matcher(place.toFile().getName());
                if (name.matches() && RunDirectory.holdsRun(place)) {
                    Mode mode = EnumText.parse(Mode.class, name.group(1));
                    int workers = Integer.parseInt(name.group(2));
                    int repeat = Integer.parseInt(name.group(3));
                    runs.add(asBegun(plan, mode, workers, repeat).orElseGet(() -> plan.run(mode, workers, repeat)));
                }
            }
        }
        return runs;
    }

    /** Empty if it is not here, or nothing can be told of it. */
    private Optional<BenchRun> asBegun(BenchPlan plan, Mode mode, int workers, int repeat) {
        return recordedInput(run(BenchRun.name(mode, workers, repeat)))
                .map(recorded ->
                        plan.begun(mode, workers, repeat, recorded.cluster().workersPerProcess()));
    }

    private List<String> changes(BenchRun run) {
        return recordedInput(run(run))
                .map(recorded -> recorded.effective().changesTo(run.config().effective()))
                .orElse(List.of());
    }

    /** Empty where that cannot be told: the run then fails by itself, and says why. */
    private static Optional<RunConfig> recordedInput(Path run) {
        RunPaths paths = new RunPaths(run);
        try {
            if (Files.exists(paths.input())) {
                return Optional.of(RunConfig.read(paths.input(), Map.of(), List.of()));
            }
            try (JournalReader reader = JournalReader.open(paths.journal())) {
                return reader.next()
                        .map(JournalReader.Located::entry)
                        .filter(Entry.RunStarted.class::isInstance)
                        .map(entry -> RunConfig.parse(((Entry.RunStarted) entry).inputYaml(), run.toString()));
            }
        } catch (IOException | InputException e) {
            return Optional.empty();
        }
    }

    /** Writes what there is to be read before any run is made. */
    void prepare(BenchPlan plan, List<BenchRun> runs) throws RecordException {
        create(directory.resolve("inputs"));
        DurableFiles.replace(record(), plan.describe());
        for (BenchRun run : runs) {
            DurableFiles.replace(input(run), run.config().effective().yaml());
        }
    }

    private static void create(Path place) throws RecordException {
        try {
            Files.createDirectories(place);
        } catch (IOException e) {
            throw new RecordException(place + ": cannot be created: " + e.getMessage(), e);
        }
    }

    /**
     * Keeps a second bench off these runs, their inputs and {@code bench.yaml}, until it is closed; the directory is
     * created if it is missing.
     *
     * @throws CommandException if there is one already
     */
    FileChannel lock() throws IOException {
        create(directory);
        FileChannel channel =
                RegularFile.open(directory.resolve("bench.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // held by this process: the same
        }
        channel.close();
        throw new CommandException(directory + ": another 'aevo bench' works there; wait for its end, or stop it");
    }
}
