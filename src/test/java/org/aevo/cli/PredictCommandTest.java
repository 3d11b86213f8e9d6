package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.aevo.config.RunConfig;
import org.aevo.genome.GenomeText;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Shape;
import org.aevo.record.JournalReader;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Score;
import org.aevo.search.Teamwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictCommandTest {
    private static final String INPUT =
            """
            name: base
            budget: {evaluations: 100000}
            evolution: {population: 16}
            space: {family: mixed, latent: 8}
            evaluator: {kind: simulated, distribution: constant, mean-seconds: 0.000001}
            cluster: {workers: 4}
            """;

    @TempDir
    static Path folder;

    private static Path run;

    @BeforeAll
    static void base() throws IOException {
        run = folder.resolve("base");
        LongJournal.write(run, RunConfig.parse(INPUT, "input"), 200);
    }

    private static Said predict(String... more) {
        List<String> command = new ArrayList<>(List.of("predict", run.toString()));
        command.addAll(Arrays.asList(more));
        return Said.by(command.toArray(String[]::new));
    }

    /** Rows of a CSV file by mode and workers: column to value. */
    private static Map<String, Map<String, String>> rows(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        List<String> names = List.of(lines.get(0).split(","));
        Map<String, Map<String, String>> rows = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split(",");
            assertEquals(names.size(), values.length, line);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < values.length; i++) {
                row.put(names.get(i), values[i]);
            }
            rows.put(row.get("mode") + row.get("workers"), row);
        }
        return rows;
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.get(column));
    }

    @Test
    void bothModesAreTabledAndMarkedAsPredicted() throws IOException {
        Path csv = folder.resolve("out.csv");
        Said said = predict("--workers", "1,2,4,...,16", "--evaluations", "800", "--csv", csv.toString());
        assertEquals(ExitCode.DONE, said.code(), said.err());
        assertTrue(said.out().startsWith("PREDICTION from "), said.out());
        assertTrue(said.out().contains("DURATIONS ARE SIMULATED"), said.out());
        assertTrue(said.err().contains("is not complete: predicted from its 200 evaluations so far"), said.err());
        assertTrue(said.err().contains("no costs of its master"), said.err());
        Map<String, Map<String, String>> rows = rows(csv);
        assertEquals(10, rows.size());
        for (Map<String, String> row : rows.values()) {
            assertEquals("prediction", row.get("kind"));
            assertEquals("1", row.get("simulated"));
            double parts = number(row, "utilisation")
                    + number(row, "barrier")
                    + number(row, "dispatch")
                    + number(row, "draining");
            assertEquals(1, parts, 0.02, "medians of parts of 1: " + row);
            assertEquals(
                    number(row, "efficiency"), number(row, "speed_up") / number(row, "workers"), 1e-3, row.toString());
        }
        assertEquals(1, number(rows.get("sync1"), "speed_up"), 1e-9);
        assertTrue(number(rows.get("sync16"), "speed_up") < 12);
        assertTrue(number(rows.get("sync16"), "barrier") > 0.2);
        assertTrue(number(rows.get("async16"), "speed_up") > 14);
        assertEquals(0, number(rows.get("async16"), "barrier"));
    }

    @Test
    void jsonIsReadByOthers() throws Exception {
        Said said = predict("--workers", "3,5", "--json", "--modes", "sync", "--repeats", "1");
        Path file = Files.writeString(folder.resolve("p.json"), said.out());
        Process python = new ProcessBuilder(
                        "/usr/bin/python3",
                        "-c",
                        "import json, sys; p = json.load(open(sys.argv[1])); print(p['kind'], p['simulated'],"
                                + " [r['workers'] for r in p['predictions']], p['measured']['evaluations'])",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String read = new String(python.getInputStream().readAllBytes()).strip();
        assertEquals("prediction True [3, 5] 200", read, said.out());
    }

    @Test
    void weakScalingKeepsEachWorkersShare() throws IOException {
        Path csv = folder.resolve("weak.csv");
        predict("--workers", "1,8", "--scaling", "weak", "--modes", "async", "--csv", csv.toString());
        Map<String, Map<String, String>> rows = rows(csv);
        assertEquals("50", rows.get("async1").get("evaluations"), "200 by 4 workers");
        assertEquals("400", rows.get("async8").get("evaluations"));
        assertTrue(number(rows.get("async8"), "efficiency") > 0.9);
    }

    @Test
    void aGenerationForEachNumberOfWorkersCanBeAskedFor() throws IOException {
        Path csv = folder.resolve("population.csv");
        predict(
                "--workers",
                "64",
                "--modes",
                "sync",
                "--population",
                "workers",
                "--evaluations",
                "640",
                "--csv",
                csv.toString());
        double grown = number(rows(csv).get("sync64"), "utilisation");
        predict("--workers", "64", "--modes", "sync", "--evaluations", "640", "--csv", csv.toString());
        double own = number(rows(csv).get("sync64"), "utilisation");
        assertTrue(grown > 2 * own, grown + " with a generation of 64, " + own + " with one of 16");
    }

    @Test
    void whatWasPredictedIsTheSameAgain() {
        String first = predict("--workers", "2,4").out();
        assertEquals(first, predict("--workers", "2,4").out());
        assertFalse(first.equals(predict("--workers", "2,4", "--seed", "5").out()));
    }

    @Test
    void tooFewEvaluationsAreSaidToBeFew() throws IOException {
        Path few = folder.resolve("few");
        LongJournal.write(few, RunConfig.parse(INPUT, "input"), 12);
        Said said = Said.by("predict", few.toString(), "--workers", "2");
        assertEquals(ExitCode.DONE, said.code(), said.err());
        assertTrue(said.err().contains("only 12 evaluations"), said.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--workers 0 | --workers: '0'",
                "--workers 1,2,4,...,100 | neither",
                "--workers 200000 | 1 to 100000",
                "--modes both | both",
                "--evaluations 0 | --evaluations: 0",
                "--evaluations 2000000 | 1000000",
                "--repeats 0 | --repeats must be",
                "--prefetch 65 | --prefetch must be 0 to 64",
                "--scaling upwards | upwards",
                "--population 1 | --population must be",
                "--population all | --population must be",
                "--draw some | --draw must be",
                "--master nowhere | nowhere: no such directory",
                "--measured nowhere | nowhere: no such directory",
                "--json --measured x | --json",
                "--team 0 | --team: '0'",
                "--team 8 --workers 1,4 | --team: 8 is more than the most --workers, 4",
                "--team 2 --measured x | --team: with --measured",
                "--team 1,2 | does not tell what networks were trained",
            })
    void wrongUseIsRefused(String options, String expected) {
        Said said = predict(options.strip().split(" "));
        assertEquals(ExitCode.USAGE, said.code(), said.all());
        assertEquals("", said.out());
        assertTrue(said.err().contains(expected.strip()), said.err());
    }

    /** Steps take 1 ms and a picosecond for each operation of a rank's share; sums 0.1 ms and 1 ns for each parameter. */
    private static HandMadeRun trained(int team, int evaluations) {
        return trained(id -> team, evaluations);
    }

    /** The same of a run that went on with a team of two. */
    private static HandMadeRun trained(IntUnaryOperator ranks, int evaluations) {
        HandMadeRun made = HandMadeRun.trained(
                        "budget: {evaluations: 24}\nmode: sync\nevolution: {population: 6}\n",
                        ranks.applyAsInt(evaluations))
                .of(new Shape(1, 28, 28), 1);
        double now = 2;
        for (int id = 0; id < evaluations; id++) {
            int team = ranks.applyAsInt(id);
            if (team > 1 && (id == 0 || ranks.applyAsInt(id - 1) == 1)) {
                made.joined(1, 2, now).formed(0, now, 0L, 1L);
            }
            int batch = 32 << id % 4;
            String text = "conv(%d,k3,s1,relu) | latent(%d) | upsampling | adam(lr0.001,batch%d)"
                    .formatted(1 + id % 7, 4 + id % 30, batch);
            Blueprint network = GenomeText.parse(text).unfold(new Shape(1, 28, 28), Activation.SIGMOID);
            double step = 1e-3 + 1e-10 * 3 * network.forwardOperations() * batch / team;
            double communication = team == 1 ? 0 : 1e-4 + 1e-9 * network.parameters();
            double steps = 3200.0 / batch;
            double train = steps * (step + communication);
            Effort effort = new Effort(new Durations(0, train, 0), 1, 3200 / train, network.parameters())
                    .by(new Teamwork(team, team == 1 ? Double.NaN : steps * communication));
            Evaluation evaluation =
                    new Evaluation(id, EvaluationStatus.OK, new Score(1.0 / (1 + id), 1, 1), effort, List.of(), "");
            made.asked(id, 0, now, text).arrived(evaluation, 1, 0, now + train);
            now += train;
        }
        return made.ended(now);
    }

    private static Map<String, Map<String, String>> teams(Path base, String... more) throws IOException {
        Path csv = folder.resolve("teams.csv");
        List<String> command = new ArrayList<>(
                List.of("predict", base.toString(), "--modes", "sync", "--draw", "same", "--csv", csv.toString()));
        command.addAll(List.of(more));
        Said said = Said.by(command.toArray(String[]::new));
        assertEquals(ExitCode.DONE, said.code(), said.all());
        Map<String, Map<String, String>> rows = new HashMap<>();
        List<String> lines = Files.readAllLines(csv);
        List<String> names = List.of(lines.get(0).split(","));
        for (String line : lines.subList(1, lines.size())) {
            List<String> values = List.of(line.split(","));
            rows.put(
                    values.get(names.indexOf("team")) + " of " + values.get(names.indexOf("workers")),
                    new HashMap<>(Map.of(
                            "wall_s", values.get(names.indexOf("wall_s")),
                            "generation_s", values.get(names.indexOf("generation_s")),
                            "speed_up", values.get(names.indexOf("speed_up")),
                            "said", said.out())));
        }
        return rows;
    }

    /** The run of two ranks, predicted from that of one by another's communication, and the other way round. */
    @Test
    void aRunOfTeamsTellsWhatOneWorkerWouldTake() throws IOException {
        trained(1, 24).write(folder.resolve("alone"));
        trained(2, 24).write(folder.resolve("two"));
        double alone = number(teams(folder.resolve("alone"), "--workers", "1").get("1 of 1"), "wall_s");
        Map<String, Map<String, String>> rows = teams(folder.resolve("two"), "--workers", "1,2,4", "--team", "1,2");
        assertEquals(5, rows.size(), "no team of two of one worker");
        double two = number(teams(folder.resolve("two"), "--workers", "2").get("2 of 2"), "wall_s");
        assertEquals(alone, number(rows.get("1 of 1"), "wall_s"), 0.02 * alone);
        assertEquals(two, number(rows.get("2 of 2"), "wall_s"), 1e-9, "its own size as it was measured");
        assertEquals(alone / two, number(rows.get("2 of 2"), "speed_up"), 0.05);
        assertEquals(two / 4, number(rows.get("2 of 2"), "generation_s"), 1e-2 * two, "24 by generations of 6");
        String said = rows.get("2 of 2").get("said");
        assertTrue(said.contains("measured by the run's own teams of 2"), said);
        assertTrue(said.contains("a team of 2 sums up in "), said);
        assertTrue(said.contains("trains a network faster than one worker from steps of"), said);
        assertTrue(said.contains("sync, fastest: "), said);
    }

    /** Each evaluation is of the size that it had. */
    @Test
    void aRunThatWentOnInTeamsTellsOfBoth() throws IOException {
        trained(1, 24).write(folder.resolve("all1"));
        trained(2, 24).write(folder.resolve("all2"));
        trained(id -> id < 12 ? 1 : 2, 24).write(folder.resolve("mixed"));
        double one = number(teams(folder.resolve("all1"), "--workers", "1").get("1 of 1"), "wall_s");
        double two = number(teams(folder.resolve("all2"), "--workers", "2").get("2 of 2"), "wall_s");
        Map<String, Map<String, String>> rows = teams(folder.resolve("mixed"), "--workers", "1,2", "--team", "1,2");
        assertEquals(one, number(rows.get("1 of 1"), "wall_s"), 0.03 * one);
        assertEquals(two, number(rows.get("2 of 2"), "wall_s"), 0.03 * two);
        assertEquals(
                two, number(teams(folder.resolve("mixed"), "--workers", "2").get("2 of 2"), "wall_s"), 0.03 * two);
    }

    @Test
    void withoutTeamsCommunicationIsMeasuredHereAndThatIsSaid() throws IOException {
        trained(1, 24).write(folder.resolve("one"));
        Map<String, Map<String, String>> rows = teams(folder.resolve("one"), "--workers", "1,2", "--team", "1,2");
        String said = rows.get("2 of 2").get("said");
        assertTrue(said.contains("communication measured on this machine"), said);
        assertTrue(number(rows.get("2 of 2"), "speed_up") < 2, "a team is no faster than its parts");
    }

    @Test
    void aMeasuredRunOfTeamsIsPredictedWithThem() throws IOException {
        trained(2, 24).write(folder.resolve("base2"));
        trained(1, 24).write(folder.resolve("measured1"));
        Said said = Said.by(
                "predict",
                folder.resolve("base2").toString(),
                "--draw",
                "same",
                "--measured",
                folder.resolve("base2").toString(),
                folder.resolve("measured1").toString());
        assertEquals(ExitCode.DONE, said.code(), said.all());
        List<String> lines = said.out().lines().toList();
        assertEquals(
                List.of("team", "2", "1"),
                lines.stream().map(l -> l.strip().split("\\s+")[2]).toList());
        for (String line : lines.subList(1, 3)) {
            assertEquals(1, Double.parseDouble(line.strip().split("\\s+")[6]), 0.03, line);
        }
    }

    @Test
    void whereThereIsNothingToPredictFromIsSaid() throws IOException {
        Said nowhere = Said.by("predict", folder.resolve("nowhere").toString());
        assertEquals(ExitCode.USAGE, nowhere.code());
        assertTrue(nowhere.err().contains("no such directory"), nowhere.err());
        Path none = folder.resolve("nothing");
        LongJournal.write(none, RunConfig.parse(INPUT.replace("workers: 4", "workers: 1"), "input"), 1);
        Path journal = none.resolve("run.journal");
        byte[] bytes = Files.readAllBytes(journal);
        // the start of the run alone: what comes after it is cut in half
        try (JournalReader reader = JournalReader.open(journal)) {
            reader.next();
            int end = (int) reader.next().orElseThrow().offset();
            Files.write(journal, Arrays.copyOf(bytes, end));
        }
        Said early = Said.by("predict", none.toString());
        assertEquals(ExitCode.USAGE, early.code(), early.all());
        assertTrue(early.err().contains("no evaluation has come yet"), early.err());
    }
}
