package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.aevo.config.RunConfig;
import org.aevo.record.Entry;
import org.aevo.record.JournalReader;
import org.aevo.record.RunPaths;

/** {@code ResumeBench PROGRAM FOLDER [EVALUATIONS]}: how long commands take on the journal of a long run. */
final class ResumeBench {
    private static final String INPUT =
            """
            name: long
            mode: async
            budget: {evaluations: %d}
            space: {family: mixed, latent: 16}
            evaluator: {kind: simulated, distribution: constant, mean-seconds: 0.000001}
            cluster: {workers: 2}
            """;

    private ResumeBench() {}

    public static void main(String[] arguments) throws Exception {
        List<String> program = List.of(Path.of(arguments[0]).toAbsolutePath().toString());
        Path folder = Path.of(arguments[1]).toAbsolutePath();
        int evaluations = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 100_000;
        Path run = folder.resolve("run");
        long started = System.nanoTime();
        LongJournal.write(run, RunConfig.parse(INPUT.formatted(evaluations), "input"), evaluations);
        Path journal = new RunPaths(run).journal();
        System.out.printf(
                Locale.ROOT,
                "journal of %d evaluations: %d MB, made in %.1f s%n",
                evaluations,
                Files.size(journal) >> 20,
                (System.nanoTime() - started) / 1e9);

        time(program, folder, "verify", run.toString());
        time(program, folder, "show", run.toString());
        time(program, folder, "recover", run.toString());
        Instant start = Instant.now();
        time(program, folder, "run", "--resume", run.toString(), "--evaluations", Integer.toString(evaluations + 1));
        System.out.printf(
                Locale.ROOT,
                "  of it until the first new candidate is sent: %.2f s%n",
                Duration.between(start, firstDispatch(journal)).toNanos() / 1e9);
    }

    private static void time(List<String> program, Path folder, String... command) throws Exception {
        long started = System.nanoTime();
        try (AevoProcess aevo = AevoProcess.start(program, folder, Map.of(), command)) {
            AevoProcess.Result result = aevo.await();
            if (result.code() != ExitCode.DONE) {
                throw new IllegalStateException(command[0] + ": " + result.out() + result.err());
            }
        }
        System.out.printf(Locale.ROOT, "aevo %s: %.2f s%n", command[0], (System.nanoTime() - started) / 1e9);
    }

    /** When the last master sent its first candidate. */
    private static Instant firstDispatch(Path journal) throws IOException {
        Optional<Entry.RunResumed> resumed = Optional.empty();
        Optional<Instant> sent = Optional.empty();
        try (JournalReader reader = JournalReader.open(journal)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                if (next.get().entry() instanceof Entry.RunResumed e) {
                    resumed = Optional.of(e);
                } else if (sent.isEmpty() && resumed.isPresent() && next.get().entry() instanceof Entry.Dispatched e) {
                    long nanos = (long) ((e.time() - resumed.get().time()) * 1e9);
                    sent = Optional.of(resumed.get().startUtc().plusNanos(nanos));
                }
            }
        }
        return sent.orElseThrow();
    }
}
