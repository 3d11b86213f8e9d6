package org.aevo.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.aevo.Locks;
import org.aevo.record.Outside;
import org.aevo.record.RunData;
import org.aevo.record.RunReader;
import org.aevo.report.DataTable;
import org.aevo.report.scaling.ScalingSections;
import org.aevo.search.Budget;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluator;
import org.aevo.search.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * {@code bench/utilisation} counts where the workers' time went from the rows of run.h5, without a line of this program:
 * it has to come to what the file says, and the report, of real runs with all that can happen to them.
 */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Locks.LINKS, mode = ResourceAccessMode.READ)
class UtilisationScriptTest {
    private static final long EVALUATIONS = 40;

    /** Of an evaluation; on a machine that is busy, what is between two of them must not be all that there is. */
    private static final double MEAN_SECONDS = 0.06;

    @TempDir
    Path folder;

    private InProcessRun run(String name, Mode mode, int workers) {
        return new InProcessRun(folder.resolve(name), mode, 42, Budget.ofEvaluations(EVALUATIONS), workers)
                .evaluators(w -> InProcessRun.simulated(MEAN_SECONDS, 0.7));
    }

    @Test
    void aScriptOfItsOwnComesToTheNumbersOfTheReport() throws Exception {
        run("sync", Mode.SYNC, 3).run();
        run("async", Mode.ASYNC, 3).run();
        // two of three places are never taken
        run("starting", Mode.SYNC, 1).places(3).run();
        Set<Long> killed = ConcurrentHashMap.newKeySet();
        run("lost", Mode.SYNC, 2)
                .rejoining()
                .evaluators(w -> mortal(c -> c.id() % 7 == 3 && killed.add(c.id())))
                .run();
        // no worker survives this one: its outcome is the master's
        run("given-up", Mode.ASYNC, 2)
                .rejoining()
                .evaluators(w -> mortal(c -> c.id() == 9))
                .run();
        run("resumed", Mode.SYNC, 2)
                .listener(new InProcessRun.StoppingListener(13))
                .run();
        run("resumed", Mode.SYNC, 3).run();

        Map<String, Map<String, Double>> counted = script();
        assertEquals(6, counted.size());
        Map<String, Map<String, Double>> reported = report();
        counted.forEach((name, shares) -> {
            Map<String, Double> row = reported.get(name);
            double sum = 0;
            for (String share : List.of("utilisation", "barrier", "dispatch", "starting", "draining", "lost")) {
                assertEquals(shares.get(share), row.get(share), 1e-6, name + " " + share);
                sum += shares.get(share);
            }
            assertEquals(1, sum, 1e-6, name);
        });
        assertTrue(counted.get("sync").get("barrier") > 0.05, counted.toString());
        assertEquals(0, counted.get("async").get("barrier"));
        assertTrue(counted.get("lost").get("lost") > 0, counted.toString());
        assertTrue(counted.get("starting").get("starting") > 0.6, counted.toString());
    }

    private static Evaluator mortal(Predicate<Candidate> kills) {
        return Deaths.after(InProcessRun.simulated(MEAN_SECONDS, 0.7), kills);
    }

    private List<Path> runs() throws Exception {
        try (var names = Files.list(folder)) {
            return names.sorted().toList();
        }
    }

    /** What it prints, by run and share; it fails where the file says otherwise. */
    private Map<String, Map<String, Double>> script() throws Exception {
        String[] places = runs().stream().map(Path::toString).toArray(String[]::new);
        String printed = Outside.python(Files.readString(Path.of("bench/utilisation")), places);
        Map<String, Map<String, Double>> counted = new LinkedHashMap<>();
        String run = "";
        for (String line : printed.split("\n")) {
            if (line.startsWith("  ")) {
                String[] words = line.strip().split(" +");
                counted.get(run).put(words[0], Double.valueOf(words[1]));
            } else {
                run = Path.of(line).getFileName().toString();
                counted.put(run, new HashMap<>());
            }
        }
        return counted;
    }

    /** The same of the table of runs. */
    private Map<String, Map<String, Double>> report() throws Exception {
        List<RunData> data = new ArrayList<>();
        for (Path run : runs()) {
            data.add(RunReader.read(run));
        }
        DataTable table = ScalingSections.of(data).stream()
                .flatMap(section -> section.blocks().stream())
                .filter(block -> block instanceof DataTable t && t.name().equals("runs"))
                .map(DataTable.class::cast)
                .findFirst()
                .orElseThrow();
        Map<String, Map<String, Double>> reported = new HashMap<>();
        for (List<Object> row : table.rows()) {
            Map<String, Double> numbers = new HashMap<>();
            for (int i = 0; i < row.size(); i++) {
                if (row.get(i) instanceof Double number) {
                    numbers.put(table.header().get(i), number);
                }
            }
            reported.put((String) row.get(table.header().indexOf("run")), numbers);
        }
        return reported;
    }
}
