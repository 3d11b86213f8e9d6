package org.aevo.report.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aevo.genome.GenomeText;
import org.aevo.host.Machine;
import org.aevo.record.Entry;
import org.aevo.record.RunData;
import org.aevo.record.RunHistory;
import org.aevo.record.WrittenRun;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Score;
import org.aevo.search.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorWarningsTest {
    @TempDir
    private Path folder;

    private final List<Entry> entries = new ArrayList<>(List.of(new Entry.RunStarted(
            "r", "async", "genetic", 1, Instant.EPOCH, "aevo", "", "", "", "17", Map.of(), Map.of(), false, 4)));
    private int evaluations;

    private ProcessorWarningsTest worker(String host, String device, int threads, double allowed, String mask) {
        int number = (int)
                entries.stream().filter(Entry.WorkerJoined.class::isInstance).count();
        Machine machine = new Machine("CPU", 64, allowed, mask, 1, 1, "Linux", 3);
        entries.add(new Entry.WorkerJoined(number, number + 1, host, device, 1, 0, 1, threads, machine));
        return this;
    }

    /** Of the worker that joined first. */
    private ProcessorWarningsTest evaluated(double seconds, double... cpuSeconds) {
        for (double cpu : cpuSeconds) {
            long id = evaluations++;
            entries.add(new Entry.Asked(
                    new Candidate(
                            id,
                            0,
                            -1,
                            -1,
                            "random",
                            GenomeText.parse("dense(8,relu) | latent(4) | upsampling | adam(lr0.001,batch32)")),
                    id + 1));
            entries.add(new Entry.Dispatched(id, 1, 0, id + 1));
            Usage usage = new Usage(cpu, 1e8, Double.NaN);
            Evaluation evaluation = new Evaluation(
                    id,
                    EvaluationStatus.OK,
                    new Score(1, 1, 1),
                    new Effort(new Durations(0, seconds, 0), 1, 1, 1, usage),
                    List.of(),
                    "");
            entries.add(new Entry.Arrived(evaluation, 1, 0, 0, id + 2));
        }
        return this;
    }

    private void again() {
        entries.subList(1, entries.size()).clear();
        evaluations = 0;
    }

    /** What both ways to a run say. */
    private List<String> said() throws Exception {
        RunHistory history = new RunHistory();
        entries.forEach(history::apply);
        RunData data = WrittenRun.write(folder, entries);
        List<String> said = ProcessorWarnings.of(history);
        assertEquals(said, ProcessorWarnings.of(data));
        return said;
    }

    @Test
    void starvedWorkersAreSaidWithTheNumbers() throws Exception {
        List<String> said =
                worker("a", "dl4j on cpu", 1, 8, "0-7").evaluated(2, 0.9, 1, 2).said();
        assertEquals(1, said.size(), said.toString());
        assertTrue(
                said.get(0).contains("had 50.0 % of the processor time of its 1 thread (3 from 0.5 s on)"),
                said.toString());
        assertTrue(said.get(0).contains("a load average of 3 on 64 cores"), said.toString());
    }

    @Test
    void workersThatGotTheirsAreNotSpokenOf() throws Exception {
        assertEquals(
                List.of(),
                worker("a", "dl4j on cpu", 1, 8, "0-7")
                        .evaluated(2, 1.5, 2, 0.1)
                        .said());
    }

    @Test
    void shortEvaluationsAndUnknownTimesSayNothing() throws Exception {
        assertEquals(
                List.of(),
                worker("a", "torch on cpu", 1, 8, "0-7")
                        .evaluated(0.4, 0, 0, 0)
                        .evaluated(2, Double.NaN, Double.NaN)
                        .said());
    }

    /** Several threads wait for each other too; a GPU's worker waits for it. */
    @Test
    void threadsAreCountedAndGpusAreLeftAlone() throws Exception {
        assertEquals(
                List.of(),
                worker("a", "dl4j on cpu", 4, 8, "0-7").evaluated(2, 4.5).said());
        again();
        assertEquals(
                1,
                worker("a", "dl4j on cpu", 4, 8, "0-7").evaluated(2, 3.5).said().size());
        again();
        assertEquals(
                List.of(),
                worker("a", "torch on cuda, GPU 0: X", 1, 1, "0")
                        .evaluated(2, 0.2)
                        .said());
    }

    @Test
    void moreThreadsThanProcessorsAreSaid() throws Exception {
        for (int w = 0; w < 3; w++) {
            worker("shared", "dl4j on cpu", 1, 2, "0-1");
            worker("apart", "dl4j on cpu", 1, 1, "" + w);
            worker("quota", "dl4j on cpu", 1, 1.5, "0-7");
        }
        List<String> said = said();
        assertEquals(2, said.size(), said.toString());
        assertTrue(said.get(0).startsWith("3 workers on quota compute with 3 threads on 1.5 processors"), said.get(0));
        assertTrue(said.get(1).startsWith("3 workers on shared compute with 3 threads on 2 processors"), said.get(1));
    }

    /** One that takes the place of another does not compute beside it. */
    @Test
    void successorsDoNotCountTwice() throws Exception {
        worker("a", "dl4j on cpu", 1, 1, "0");
        entries.add(new Entry.WorkerLeft(0, 1, true, "gone"));
        entries.add(new Entry.WorkerJoined(
                1, 1, "a", "dl4j on cpu", 1, 0, 2, 1, new Machine("CPU", 64, 1, "0", 1, 1, "Linux", 3)));
        assertEquals(List.of(), said());
    }
}
