package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aevo.record.EvaluationRow;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Networks written by hand: evaluated as candidates, shown as files, seeds of searches. */
@Timeout(300)
class EvaluateCommandTest {
    private static final String INPUT =
            """
            name: by-hand
            seed: 4
            budget: {evaluations: 4}
            evolution: {population: 4, min-population: 3, tournament: 2}
            space: {family: mixed, latent: 3, max-genes: 3, units: [4, 16], filters: [2, 6], max-parameters: 9000}
            training: {engine: torch, epochs: 2}
            cluster: {workers: 1}
            """;

    private static final String SIMULATED =
            INPUT + "evaluator: {kind: simulated, mean-seconds: 0.01, shape: [1, 8, 8]}\n";

    private static final String NETWORK =
            """
            optimizer: rmsprop
            learning-rate: 0.003
            batch-size: 64
            layers:
              - {kind: conv, name: half, filters: 4, stride: 2, activation: relu}
              - {kind: dense, name: latent}
              - {kind: dense, like: half, activation: relu}
              - {kind: reshape, like: half}
              - {kind: upsample}
              - {kind: conv, like: input}
            """;

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private void images() throws IOException {
        file(
                "input.yaml",
                INPUT + "data: {kind: mnist, path: " + RandomImages.write(folder.resolve("images"), 1)
                        + ", train: 200, validation: 60}\n");
    }

    private AevoProcess.Result aevo(String... arguments) throws Exception {
        AevoProcess.Result result = AevoProcess.run(folder, arguments);
        assertEquals(ExitCode.DONE, result.code(), result.err());
        return result;
    }

    /** What a command prints that starts no process. */
    private String said(String command, String run, String... options) {
        List<String> words =
                new ArrayList<>(List.of(command, folder.resolve(run).toString()));
        words.addAll(List.of(options));
        Said said = Said.by(words.toArray(String[]::new));
        assertEquals(ExitCode.DONE, said.code(), said.err());
        return said.out();
    }

    private RunHistory history(String run) throws IOException {
        return RunHistory.read(new RunPaths(folder.resolve(run)).journal());
    }

    /** The numbers of a key, in the order in which they stand in a text. */
    private static List<String> numbers(String key, String json) {
        Matcher matcher = Pattern.compile("\"" + key + "\": ([^,\\n]+)").matcher(json);
        return matcher.results().map(result -> result.group(1)).toList();
    }

    /** Candidates that a search found, written to files and evaluated again, have the same losses to the last bit. */
    @Test
    void whatShowPrintsGivesTheSameBits() throws Exception {
        images();
        aevo(
                "run",
                "input.yaml",
                "-o",
                "search",
                "--evaluations",
                "7",
                "--set",
                "space={family: mixed, latent: 3, max-genes: 4, units: [4, 16], filters: [2, 6], decoder: free, max-skips: 3}",
                "--set",
                "evolution.add-skip=1");
        RunHistory search = history("search");
        List<String> command = new ArrayList<>(List.of("evaluate"));
        StringBuilder designs = new StringBuilder();
        for (int id = 0; id < 7; id++) {
            String name = "found-" + id + ".yaml";
            file(name, said("show", "search", "--id", Integer.toString(id), "--as", "network"));
            designs.append(search.evaluation(id).orElseThrow().candidate().design());
            command.add(name);
        }
        assertTrue(designs.toString().contains("skip("), designs.toString());
        command.addAll(List.of("search/input.yaml", "--seed", "77", "--repeats", "2", "--json", "-o", "again"));
        String json = aevo(command.toArray(String[]::new)).out();
        List<String> losses = numbers("validation_loss", json);
        assertEquals(14, losses.size(), json);
        for (int id = 0; id < 7; id++) {
            EvaluationRow found = search.evaluation(id).orElseThrow();
            double loss = found.evaluation().score().validationLoss();
            assertEquals(Double.toString(loss), losses.get(2 * id), found.candidate() + "\n" + json);
            assertNotEquals(losses.get(2 * id), losses.get(2 * id + 1));
            assertEquals(
                    found.candidate().design() + "\n",
                    said("show", "search", "--id", Integer.toString(id), "--as", "genome"));
        }
        assertTrue(said("show", "search", "--as", "dot").startsWith("digraph"), "the best as a picture");
    }

    /** The files may be gone: the run's own input has the networks. */
    @Test
    void aListIsARunLikeAnyOther() throws Exception {
        images();
        file("a.yaml", NETWORK);
        file("b.yaml", NETWORK.replace("relu", "tanh"));
        AevoProcess.Result first =
                aevo("evaluate", "a.yaml", "b.yaml", "input.yaml", "-o", "run", "--set", "mode=sync");
        assertTrue(Files.readString(folder.resolve("run/run.log")).contains(": network b\n"));
        assertTrue(first.out().matches("(?s)network +parameters.*\na +[0-9]+ .*\nb +[0-9]+ .* ok\n"), first.out());
        Files.delete(folder.resolve("a.yaml"));
        Files.delete(folder.resolve("b.yaml"));
        aevo("run", "--resume", "run", "--evaluations", "5");
        assertEquals(
                folder.resolve("run") + ": verified: 5 candidates and 5 evaluations reproduced\n",
                said("verify", "run"));
        RunHistory history = history("run");
        for (int id = 0; id < 5; id++) {
            EvaluationRow row = history.evaluation(id).orElseThrow();
            assertEquals("listed", row.candidate().operator());
            assertTrue(row.candidate().design().toString().startsWith("network {name: " + (id % 2 == 0 ? "a" : "b")));
        }
        String shown = said("show", "run");
        assertTrue(shown.contains("a ") && shown.contains("smallest"), shown);
        String json = said("show", "run", "--json");
        assertTrue(json.contains("\"networks\": ["), json);
        assertEquals(
                5, numbers("seed", json.substring(json.indexOf("\"networks\""))).size(), json);
        String model = aevo("train", "run", "--epochs", "1", "--no-textbooks").out();
        assertTrue(model.contains("candidate "), model);
    }

    private String refused(String... arguments) {
        Said said = Said.by(arguments);
        assertEquals(ExitCode.USAGE, said.code(), said.all());
        assertEquals("", said.out());
        assertEquals(1, said.err().lines().count(), said.err());
        return said.err();
    }

    @Test
    void networksAreCheckedBeforeAnythingStarts() throws Exception {
        String input = file("in.yaml", SIMULATED).toString();
        String good = file("good.yaml", NETWORK).toString();
        String large = file("large.yaml", NETWORK.replace("filters: 4", "filters: 400"))
                .toString();
        String said = refused(
                "evaluate", good, large, input, "-o", folder.resolve("x").toString());
        assertTrue(
                said.contains(
                        "large.yaml:7:5: the network must have at most 9000 parameters (space.max-parameters), has "),
                said);
        assertTrue(said.contains("; its largest layer is 'l3_dense'"), said);
        String misfit = file("misfit.yaml", NETWORK.replace("like: input", "filters: 2"))
                .toString();
        said = refused("evaluate", misfit, input);
        assertTrue(said.matches("aevo: .*misfit.yaml:10:5: layer 'l6_conv': the network makes 2x8x8 of .*\n"), said);
        said = refused("evaluate", folder.resolve("no.yaml").toString(), input);
        assertTrue(said.contains("no.yaml: no such file"), said);
        said = refused(
                "evaluate",
                good,
                input,
                "--set",
                "space.output-activation=tanh",
                "--set",
                "task.loss=binary-cross-entropy");
        assertTrue(said.contains("task.loss"), said);
        images();
        said = refused(
                "evaluate",
                file("code.yaml", "layers: [{kind: dense, like: input, name: latent}, {kind: reshape, like: input}]")
                        .toString(),
                folder.resolve("input.yaml").toString(),
                "--set",
                "training.engine=dl4j",
                "--set",
                "space.max-parameters=1000000",
                "--set",
                "task.loss=binary-cross-entropy");
        assertTrue(said.contains("code.yaml: the code is made from the sigmoid of layer latent"), said);
        said = refused("evaluate", good, input, "--repeats", "0");
        assertTrue(said.contains("--repeats must be"), said);
        said = refused("evaluate", good, input, "--set", "strategy=random");
        assertTrue(said.contains("--set strategy"), said);
        said = refused("evaluate", good, "--repeats", "0", input);
        assertTrue(said.contains("--repeats must be"), "options between files: " + said);
        said = refused("evaluate", input, good);
        assertTrue(said.contains("good.yaml: is a network; the last file must be the input"), said);
        said = refused("evaluate", good);
        assertTrue(said.contains("good.yaml alone"), said);
        assertFalse(Files.exists(folder.resolve("x")));
    }

    @Test
    void seedsOfASearch() throws Exception {
        file("in.yaml", SIMULATED);
        file("net.yaml", NETWORK.replace("name: latent", "name: latent, units: 3"));
        aevo("run", "in.yaml", "-o", "first");
        String seeds = "evolution.seeds=[net.yaml, {run: first, best: 2}]";
        aevo("run", "in.yaml", "-o", "second", "--set", seeds, "--set", "mode=sync");
        List<EvaluationRow> best = history("first").top(2);
        RunHistory second = history("second");
        assertEquals(
                "conv(4,k3,s2,relu) | latent(3) | upsampling | rmsprop(lr0.003,batch64)",
                second.evaluation(0).orElseThrow().candidate().design().toString());
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    best.get(i).candidate().design(),
                    second.evaluation(1 + i).orElseThrow().candidate().design());
        }
        assertEquals("seed", second.evaluation(2).orElseThrow().candidate().operator());
        assertEquals("random", second.evaluation(3).orElseThrow().candidate().operator());
        Files.delete(folder.resolve("net.yaml"));
        Files.move(folder.resolve("first"), folder.resolve("elsewhere"));
        aevo("run", "--resume", "second", "--evaluations", "9");
        assertEquals(
                folder.resolve("second") + ": verified: 9 candidates and 9 evaluations reproduced\n",
                said("verify", "second"));
    }

    @Test
    void seedsThatTheSpaceCannotHold() throws Exception {
        String input = file("in.yaml", SIMULATED).toString();
        String free = file("free.yaml", NETWORK.replace("kind: upsample", "kind: deconv, filters: 4, stride: 2"))
                .toString();
        String said = refused("run", input, "--set", "evolution.seeds=[" + free + "]");
        assertTrue(said.contains("free.yaml: the search space cannot hold it: "), said);
        String wide =
                file("wide.yaml", NETWORK.replace("filters: 4", "filters: 7")).toString();
        said = refused("run", input, "--set", "evolution.seeds=[" + wide + "]");
        assertTrue(said.contains("wide.yaml: the search space cannot hold it: gene 0 "), said);
        String text = "dense(8,relu) | latent(3) | - | adam(lr0.002,batch64)";
        said = refused("run", input, "--set", "evolution.seeds=['" + text + "']");
        assertTrue(
                said.contains("evolution.seeds: " + text
                        + ": the search space cannot hold it: space.decoder is mirrored: the decoder must mirror"),
                said);
        said = refused("run", input, "--set", "evolution.seeds=[{run: " + folder.resolve("none") + "}]");
        assertTrue(said.contains("evolution.seeds: ") && said.contains("no such directory"), said);
        said = refused("run", input, "--set", "evolution.seeds=['dense(3,relu) | latent(3) | up | adam(lr1,batch1)']");
        assertTrue(said.contains("evolution.seeds: 'up' is not one of"), said);
        said = refused("run", input, "--set", "evolution.seeds=[{run: x, bets: 2}]");
        assertTrue(said.contains("unknown key 'bets'; did you mean 'best'?"), said);
        said = refused("run", input, "--strategy", "list");
        assertTrue(said.contains("strategy list evaluates what evolution.seeds names"), said);
    }
}
