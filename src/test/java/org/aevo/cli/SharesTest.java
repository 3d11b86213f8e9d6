package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aevo.config.RunConfig;
import org.aevo.genome.GenomeText;
import org.aevo.record.Entry;
import org.aevo.record.Journal;
import org.aevo.record.Outside;
import org.aevo.record.RunDirectory;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Score;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where the workers' time went is one set of shares, whoever tells of it. The run's times are made by hand: two
 * generations of three on two workers, the second of which comes late.
 */
class SharesTest {
    private static final String INPUT =
            """
            name: made
            mode: sync
            seed: %d
            budget: {evaluations: 6}
            evolution: {population: 3, tournament: 2}
            space: {family: dense, latent: 4}
            evaluator: {kind: simulated}
            cluster: {workers: 2}
            """;

    /** Worker-seconds of two workers from the first dispatch at 1 to the last arrival at 11. */
    private static final Map<String, Double> SECONDS = new LinkedHashMap<>();

    static {
        SECONDS.put("utilisation", 1.75 + 0.75 + 3 + 2 + 1 + 4.0);
        SECONDS.put("barrier", 1.0);
        SECONDS.put("dispatch", 0.25 + 0.25 + 1);
        SECONDS.put("starting", 1.0);
        SECONDS.put("draining", 4.0);
        SECONDS.put("lost", 0.0);
    }

    @TempDir
    static Path folder;

    @BeforeAll
    static void runs() throws IOException {
        write(folder.resolve("runs/one"), 1);
        write(folder.resolve("runs/two"), 2);
    }

    private static double share(String name) {
        return SECONDS.get(name) / SECONDS.values().stream().mapToDouble(s -> s).sum();
    }

    private static void check(Map<String, Double> shares, double tolerance, String where) {
        double sum = 0;
        for (String name : SECONDS.keySet()) {
            assertEquals(share(name), shares.get(name), tolerance, where + ": " + name);
            sum += shares.get(name);
        }
        assertEquals(1, sum, 6 * tolerance, where);
    }

    @Test
    void showSaysThem() {
        String text = Said.by("show", run("one")).out();
        Matcher line = Pattern.compile(
                        "utilisation (\\S+) \\+ starting (\\S+) \\+ waiting (\\S+) \\((\\S+) at the barrier\\)"
                                + " \\+ draining (\\S+) \\+ lost (\\S+) = 1.0000")
                .matcher(text);
        assertTrue(line.find(), text);
        double barrier = Double.parseDouble(line.group(4));
        check(
                Map.of(
                        "utilisation", Double.valueOf(line.group(1)),
                        "starting", Double.valueOf(line.group(2)),
                        "dispatch", Double.parseDouble(line.group(3)) - barrier,
                        "barrier", barrier,
                        "draining", Double.valueOf(line.group(5)),
                        "lost", Double.valueOf(line.group(6))),
                1.5e-4,
                "show");
    }

    @Test
    void programsAreToldThem() throws Exception {
        String printed = Outside.python(
                """
                import json, sys
                a = json.loads(sys.argv[1])["accounting"]
                for name in ("utilisation", "barrier", "dispatch", "starting", "draining", "lost"):
                    print(name, repr(a[name]))
                """,
                Said.by("show", run("one"), "--json").out());
        check(named(printed), 1e-9, "show --json");
    }

    @Test
    void theFileAndItsOutsideReaderHaveThem() throws Exception {
        assertEquals(0, Said.by("recover", run("one")).code());
        String printed = Outside.python(Files.readString(Path.of("bench/utilisation")), run("one"));
        check(named(printed.substring(printed.indexOf('\n') + 1)), 1e-6, "counted from run.h5");
        String attributes = Outside.python(
                """
                import h5py, sys
                for name, value in h5py.File(sys.argv[1])["timeline"].attrs.items():
                    print(name, value)
                """,
                run("one") + "/run.h5");
        check(named(attributes), 1e-9, "attributes of run.h5");
    }

    @Test
    void theReportOfOneRunHasThem() throws Exception {
        Path out = folder.resolve("report-one");
        assertEquals(0, Said.by("report", run("one"), "-o", out.toString()).code());
        Map<String, Double> shares = new LinkedHashMap<>();
        for (Map<String, String> row : rows(out, "time-shares")) {
            shares.put(row.get("activity"), Double.valueOf(row.get("share")));
        }
        assertEquals(1, shares.get("sum"), 1e-9);
        shares.put("utilisation", shares.get("busy"));
        shares.put("barrier", shares.get("waiting at the barrier"));
        shares.put("dispatch", shares.get("waiting for dispatch"));
        check(shares, 1e-9, "time-shares.csv");
        String page = Files.readString(out.resolve("report.html"));
        assertTrue(page.contains("for " + percent(share("utilisation")) + " of their time"), "the utilisation");
    }

    @Test
    void theReportOfManyHasThem() throws Exception {
        Path out = folder.resolve("report-many");
        Said said = Said.by("report", folder.resolve("runs").toString(), "-o", out.toString());
        assertEquals(0, said.code(), said.err());
        for (String table : List.of("runs", "summary")) {
            for (Map<String, String> row : rows(out, table)) {
                Map<String, Double> shares = new LinkedHashMap<>();
                SECONDS.keySet().forEach(name -> shares.put(name, Double.valueOf(row.get(name))));
                check(shares, 1e-9, table + ".csv");
            }
        }
        Map<String, String> barrier = rows(out, "barrier-loss").get(0);
        assertEquals(share("barrier"), Double.parseDouble(barrier.get("barrier")), 1e-9);
        assertEquals(share("draining"), Double.parseDouble(barrier.get("draining")), 1e-9);
        // another quantity: idle / (idle + busy) within generations
        double idle = SECONDS.get("barrier") + SECONDS.get("draining");
        assertEquals(idle / (idle + SECONDS.get("utilisation")), Double.parseDouble(barrier.get("measured")), 1e-9);
        String page = Files.readString(out.resolve("report.html"));
        assertTrue(
                page.contains("waiting at the barrier took " + percent(share("barrier"))
                                + " of the workers&#39; time, draining " + percent(share("draining")))
                        || page.contains("waiting at the barrier took " + percent(share("barrier"))
                                + " of the workers' time, draining " + percent(share("draining"))),
                "the sentence on the barrier");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String run(String name) {
        return folder.resolve("runs").resolve(name).toString();
    }

    private static Map<String, Double> named(String lines) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String line : lines.split("\n")) {
            String[] words = line.strip().split(" +");
            if (words.length >= 2 && words[1].matches("[0-9.e+-]+")) {
                values.put(words[0], Double.valueOf(words[1]));
            }
        }
        return values;
    }

    private static List<Map<String, String>> rows(Path report, String table) throws IOException {
        List<String> lines = Files.readAllLines(report.resolve("tables/" + table + ".csv"));
        List<String> names = List.of(lines.get(0).split(","));
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split(",");
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < Math.min(values.length, names.size()); i++) {
                row.put(names.get(i), values[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    private static void write(Path run, long seed) throws IOException {
        RunConfig config = RunConfig.parse(INPUT.formatted(seed), "test");
        try (RunDirectory directory = RunDirectory.create(run);
                Journal journal = Journal.create(directory.paths().journal())) {
            directory.writeInput(config.effective().yaml());
            journal.append(new Entry.RunStarted(
                    "made",
                    "sync",
                    "genetic",
                    seed,
                    HandMadeRun.START,
                    "aevo",
                    config.effective().yaml(),
                    "run",
                    "",
                    "17",
                    Map.of(),
                    Map.of(),
                    true,
                    2));
            journal.append(new Entry.WorkerJoined(0, 1, "host", "simulated", 1, 0.5, 1));
            sent(journal, 0, 0, 0, 1);
            journal.append(new Entry.WorkerJoined(1, 2, "host", "simulated", 2, 0.5, 2));
            sent(journal, 1, 0, 1, 2);
            arrived(journal, 0, 0, 3, 1.75); // 0.25 s of messages
            sent(journal, 2, 0, 0, 3);
            arrived(journal, 2, 0, 4, 0.75); // and again; then a second at the barrier
            arrived(journal, 1, 1, 5, 3);
            sent(journal, 3, 1, 0, 5);
            sent(journal, 4, 1, 1, 5);
            arrived(journal, 4, 1, 6, 1);
            arrived(journal, 3, 0, 7, 2);
            // the search took a second to think, and the second worker waited for it: that is no barrier
            sent(journal, 5, 1, 0, 7);
            arrived(journal, 5, 0, 11, 4);
            journal.append(new Entry.WorkerLeft(0, 11, false, "enough"));
            journal.append(new Entry.WorkerLeft(1, 11, false, "enough"));
            journal.append(new Entry.RunEnded(11, true, "all 6 evaluations are done"));
            journal.force();
        }
    }

    private static void sent(Journal journal, long id, int generation, long worker, double time) throws IOException {
        Candidate candidate = new Candidate(
                id,
                generation,
                -1,
                -1,
                "random",
                GenomeText.parse("dense(" + (8 + id) + ",relu) | latent(4) | upsampling | adam(lr0.001,batch32)"));
        journal.append(new Entry.Asked(candidate, time));
        journal.append(new Entry.Dispatched(id, 1, worker, time));
    }

    private static void arrived(Journal journal, long id, long worker, double time, double seconds) throws IOException {
        double fitness = 1.0 / (id + 3);
        journal.append(new Entry.Arrived(
                new Evaluation(
                        id,
                        EvaluationStatus.OK,
                        new Score(fitness, fitness, fitness),
                        new Effort(new Durations(0, seconds, 0), 1, 100, 100 + id),
                        List.of(),
                        ""),
                1,
                worker,
                0,
                time));
    }
}
