package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aevo.ensemble.EnsembleResults;
import org.aevo.ensemble.Rival;
import org.aevo.record.Outside;
import org.aevo.record.RunReader;
import org.aevo.record.SampleEnsemble;
import org.aevo.record.WrittenRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code show} and {@code report} say of ensemble runs, of whole ones and of parts. */
class EnsembleShownTest {
    @TempDir
    private Path folder;

    @Test
    void showPrintsAllRivals() throws Exception {
        Path run = folder.resolve("run");
        EnsembleResults results =
                WrittenRun.ensemble(run, 36).ensemble().orElseThrow().results();
        Said said = Said.by("show", run.toString());
        assertEquals(0, said.code(), said.all());
        EnsembleResults.Point joint = results.points(Rival.JOINT_CODE).get(1);
        List<String> cells = said.out()
                .lines()
                .filter(line -> line.startsWith("joint code"))
                .skip(1)
                .findFirst()
                .map(line ->
                        List.of(line.substring("joint code".length()).strip().split(" {2,}")))
                .orElseThrow();
        assertEquals(
                List.of(
                        "3",
                        "2",
                        "%.4f ± %.4f"
                                .formatted(
                                        joint.validation().mean(),
                                        joint.validation().sd()),
                        "%.4f ± %.4f"
                                .formatted(joint.test().mean(), joint.test().sd()),
                        "%.1f ± %.1f"
                                .formatted(
                                        joint.seconds().mean(), joint.seconds().sd())),
                cells);
        for (Rival rival : Rival.values()) {
            assertTrue(said.out().contains("\n" + rival.title() + " "), rival + " in " + said.out());
        }
        assertTrue(said.out().contains("correlation of errors"), said.out());
        assertFalse(said.out().contains("layer by layer"), "there is no best: " + said.out());
        assertFalse(said.out().contains("search"), said.out());
        String json = Said.by("show", run.toString(), "--json").out();
        String numbers = Outside.python(
                "import json, sys; e = json.loads(sys.argv[1])['ensemble'];"
                        + " print(len(e['accuracy']), e['accuracy'][0]['test_accuracy'], len(e['diversity']))",
                json);
        assertEquals(
                results.accuracies().size() + " " + results.accuracies().get(0).test() + " "
                        + results.diversities().size(),
                numbers.strip());
    }

    @Test
    void showPrintsWhatIsThere() throws Exception {
        Path begun = folder.resolve("begun");
        WrittenRun.ensemble(begun, 3);
        Said said = Said.by("show", begun.toString());
        assertTrue(said.out().contains("Nothing is classified yet: 4 tasks asked for."), said.all());
        Path part = folder.resolve("part");
        WrittenRun.ensemble(part, 15);
        String out = Said.by("show", part.toString()).out();
        assertTrue(out.contains("\njoint code "), out);
        assertFalse(out.contains("\nvote "), out);
    }

    @Test
    void showSaysWhatDidNotEndWell() throws Exception {
        Path run = folder.resolve("run");
        WrittenRun.ensemble(run, 36, 12);
        String out = Said.by("show", run.toString()).out();
        assertTrue(
                out.contains("1 task did not end well, the first of them "
                        + SampleEnsemble.plan().task(12).task()
                        + " (candidate 12, failed): its arrays are gone; 'aevo show "
                        + run + " --csv' has them all"),
                out);
        Path whole = folder.resolve("whole");
        WrittenRun.ensemble(whole, 36);
        assertFalse(Said.by("show", whole.toString()).out().contains("did not end well"));
    }

    @Test
    void reportHasTheFiguresAndTheNumbers() throws Exception {
        Path run = folder.resolve("run");
        WrittenRun.ensemble(run, 36);
        Path out = folder.resolve("out");
        Said said = Said.by("report", run.toString(), "-o", out.toString());
        assertEquals(0, said.code(), said.all());
        for (String file :
                List.of("figures/ensemble-epochs.svg", "figures/ensemble-seconds.png", "tables/ensemble.csv")) {
            assertTrue(Files.size(out.resolve(file)) > 100, file);
        }
        List<String> csv = Files.readAllLines(out.resolve("tables/ensemble-repeats.csv"));
        assertEquals(
                RunReader.read(run)
                        .ensemble()
                        .orElseThrow()
                        .results()
                        .accuracies()
                        .size(),
                csv.size() - 1);
        String page = Files.readString(out.resolve("report.html"));
        assertTrue(page.contains("Effective wall time"), "what is compared is said");
        assertFalse(page.contains("best fitness"), "tasks of many kinds have no best");
    }

    @Test
    void severalAreShownOneBesideTheOtherAndNoneBesideASearch() throws Exception {
        Path small = folder.resolve("small");
        Path large = folder.resolve("large");
        WrittenRun.ensemble(small, 36);
        WrittenRun.ensemble(large, 12);
        Path out = folder.resolve("out");
        assertEquals(
                0,
                Said.by("report", small.toString(), large.toString(), "-o", out.toString())
                        .code());
        assertTrue(Files.exists(out.resolve("figures/e1-ensemble-epochs.svg")));
        assertTrue(Files.exists(out.resolve("figures/e2-ensemble-epochs.svg")));
        Path search = folder.resolve("search");
        WrittenRun.sample(search, 3, 20, 2, 0);
        Said said = Said.by("report", small.toString(), search.toString(), "-o", out.toString());
        assertEquals(ExitCode.USAGE, said.code(), said.all());
        assertTrue(said.err().contains("make a report of each kind"), said.err());
    }
}
