package org.aevo.report.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.aevo.genome.GenomeText;
import org.aevo.record.Entry;
import org.aevo.record.RunData;
import org.aevo.record.WrittenRun;
import org.aevo.report.Figure;
import org.aevo.report.SvgFile;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Insertion;
import org.aevo.search.Score;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressFigureTest {
    private static final int MEMBERS = 3;
    private static final String GREY = "rgb(180,180,180)";
    private static final String BLUE = "rgb(0,114,178)";
    private static final String VERMILLION = "rgb(213,94,0)";

    @TempDir
    Path folder;

    private final List<Entry> entries = new ArrayList<>();
    private final List<Long> members = new ArrayList<>();
    private boolean tellsWhoLeft = true;

    private void started(String strategy) {
        entries.add(new Entry.RunStarted(
                "run", "async", strategy, 1, Instant.EPOCH, "aevo", "", "", "", "17", Map.of(), Map.of(), true, 1));
    }

    private void asked(long id, long parent) {
        entries.add(new Entry.Asked(
                new Candidate(
                        id,
                        0,
                        parent,
                        Candidate.NONE,
                        parent < 0 ? "random" : "mutate-gene",
                        GenomeText.parse(
                                "dense(" + (id + 1) + ",relu) | latent(4) | upsampling | adam(lr0.001,batch32)")),
                id));
    }

    /** One after the other, a second each. */
    private void arrived(long id, double fitness) {
        boolean failed = Double.isNaN(fitness);
        entries.add(new Entry.Arrived(
                new Evaluation(
                        id,
                        failed ? EvaluationStatus.DIVERGED : EvaluationStatus.OK,
                        new Score(fitness, fitness, fitness, Map.of()),
                        new Effort(new Durations(0, 1, 0), 1, 1, 1),
                        List.of(),
                        ""),
                1,
                0,
                0,
                id + 1));
    }

    /** The oldest leaves. */
    private void inserted(long id, boolean member) {
        List<Long> left = new ArrayList<>();
        if (member) {
            members.add(id);
            if (members.size() > MEMBERS) {
                left.add(members.remove(0));
            }
        }
        entries.add(new Entry.Inserted(
                new Insertion(id, 0.5, 1, 0.5, tellsWhoLeft ? left : List.of()), id + 1, tellsWhoLeft));
    }

    private void evaluated(long id, long parent, double fitness) {
        asked(id, parent);
        arrived(id, fitness);
        inserted(id, !Double.isNaN(fitness));
    }

    /** 0 -> 2 -> 4 -> 6, which is the best; 3 failed; 7 is not taken in. */
    private void small(String strategy) {
        started(strategy);
        evaluated(0, -1, 2);
        evaluated(1, -1, 1.9);
        evaluated(2, 0, 1.8);
        evaluated(3, 1, Double.NaN);
        evaluated(4, 2, 1.85);
        evaluated(5, 1, 1.6);
        evaluated(6, 4, 1.5);
        asked(7, 6);
        arrived(7, 1.7);
    }

    private RunData run() throws Exception {
        return WrittenRun.write(folder, entries);
    }

    private static Figure figure(RunData run) {
        Evaluated evaluated = new Evaluated(run);
        return new ProgressFigure(run, evaluated, Names.of(run, "")).figure(TimeScale.of(10));
    }

    /** Marks of a colour below the legend: a group of this fill, or a path with its own. */
    private static int marks(String svg, String colour) {
        int count = 0;
        String fill = "";
        var tags = Pattern.compile("<(g|path)\\b[^>]*>").matcher(svg);
        var own = Pattern.compile("fill=\"([^\"]*)\"");
        while (tags.find()) {
            var found = own.matcher(tags.group());
            String mine = found.find() ? found.group(1) : fill;
            if (tags.group(1).equals("g")) {
                fill = mine;
            } else {
                count += mine.equals(colour) && tags.group().contains("clipPath3") ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void theDeadTheLivingAndTheLineageAreTold() throws Exception {
        small("aging");
        Figure figure = figure(run());
        String caption = figure.caption();
        assertTrue(
                caption.contains("3 are members so far, 3 had left it or did not stay, 1 had not been taken in."),
                caption);
        assertTrue(
                caption.contains("leads to the best, candidate 6, a member, over its 3 ancestors, from candidate 0 on"),
                caption);
        assertTrue(caption.contains("1 evaluation without a fitness is left out."), caption);
        assertFalse(caption.contains("are drawn"), caption);
        String svg = SvgFile.of(figure);
        for (String entry :
                List.of("left the population", "member so far", "not taken in", "lineage of the best", "the best")) {
            assertTrue(svg.contains(">" + entry + "<"), entry);
        }
        assertEquals(3, marks(svg, GREY));
        // 4, 5 and 6; 4 and 6 are of the lineage and lie above its line once more
        assertEquals(5, marks(svg, BLUE));
        assertEquals(2, marks(svg, VERMILLION));
    }

    @Test
    void aBestThatLeftIsStillTheBest() throws Exception {
        small("aging");
        for (long id = 8; id < 12; id++) {
            evaluated(id, -1, 1.7);
        }
        entries.add(new Entry.RunEnded(20, true, "done"));
        String caption = figure(run()).caption();
        assertTrue(caption.contains("3 were members of the population at the end, 7 had left"), caption);
        assertTrue(caption.contains("candidate 6, which had left, over its 3 ancestors"), caption);
    }

    @ParameterizedTest
    @ValueSource(strings = {"random", "list", "local"})
    void nobodyLivesWhereNobodyIsBred(String strategy) throws Exception {
        small(strategy);
        Figure figure = figure(run());
        assertTrue(figure.caption().contains("breeds from no population"), figure.caption());
        noFate(figure);
    }

    @Test
    void nothingIsSaidOfWhoLeftWhereItWasNotRecorded() throws Exception {
        tellsWhoLeft = false;
        small("genetic");
        Figure figure = figure(run());
        assertTrue(figure.caption().contains("Who left the population was not recorded"), figure.caption());
        noFate(figure);
    }

    /** All dots are alike; the lineage is there. */
    private static void noFate(Figure figure) {
        String svg = SvgFile.of(figure);
        assertTrue(figure.caption().contains("candidate 6, over its 3 ancestors"), figure.caption());
        assertTrue(svg.contains(">each individual<") && svg.contains(">lineage of the best<"));
        for (String entry : List.of("member so far", "left the population", "not taken in")) {
            assertFalse(svg.contains(">" + entry + "<"), entry);
        }
        assertFalse(figure.caption().contains("member") || figure.caption().contains("had left"), figure.caption());
        assertEquals(7, marks(svg, GREY));
        assertEquals(0, marks(svg, BLUE));
        assertEquals(4, marks(svg, VERMILLION));
    }

    @Test
    void withoutABestThereIsNoLineage() throws Exception {
        started("aging");
        evaluated(0, -1, Double.NaN);
        Figure figure = figure(run());
        assertFalse(figure.caption().contains("best"), figure.caption());
        assertTrue(figure.caption().contains("0 are members so far"), figure.caption());
        assertTrue(SvgFile.of(figure).contains("no values"));
    }

    /** Each a child of the one before: a line as long as the run. */
    @Test
    void ofALongRunDotsAreLeftOutButNoAncestor() throws Exception {
        int count = 2600;
        started("aging");
        for (int id = 0; id < count; id++) {
            evaluated(id, id - 1, 2 - (double) id / count);
        }
        Figure figure = figure(run());
        assertTrue(figure.caption().contains("over its " + (count - 1) + " ancestors, from candidate 0 on"));
        assertTrue(
                figure.caption()
                        .contains("Of the " + (count - MEMBERS) + " dots for \"left the population\" 2000 are drawn"),
                figure.caption());
        assertTrue(figure.caption().contains("too many for a mark each"), figure.caption());
        String svg = SvgFile.of(figure);
        assertEquals(2000, marks(svg, GREY));
        assertEquals(0, marks(svg, VERMILLION));
        int longest = Pattern.compile(" d=\"([^\"]*)\"")
                .matcher(svg)
                .results()
                .mapToInt(d -> d.group(1).split("L", -1).length)
                .max()
                .orElseThrow();
        assertEquals(count, longest, "points of the line");
    }

    @Test
    void theLineEndsWhereAFileWouldLeadItRound() throws Exception {
        started("aging");
        evaluated(0, -1, 2);
        evaluated(1, 2, 1.5);
        evaluated(2, 1, 1.2);
        RunData run = run();
        assertArrayEquals(new int[] {1, 2}, Lineage.of(new Evaluated(run), 2));
        assertEquals("[]", Arrays.toString(Lineage.of(new Evaluated(run), -1)));
    }
}
