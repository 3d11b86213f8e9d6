package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aevo.record.Inputs;
import org.aevo.record.Outside;
import org.aevo.record.RunHistory;
import org.aevo.record.RunReader;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A run's data are replaced, or moved, between its sessions. */
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
@Order(6)
class SameDataTest {
    private static final String INPUT =
            """
            name: small
            budget: {evaluations: 2}
            evolution: {population: 2, min-population: 2, tournament: 2}
            space: {family: dense, latent: 2, units: [4, 8], max-genes: 1}
            training: {engine: torch, epochs: 1}
            data: {kind: mnist, path: images, train: 100, validation: 40, test: 40}
            cluster: {workers: 1, grace: 1}
            """;

    @TempDir
    private Path folder;

    private int run(String... arguments) throws IOException, InterruptedException {
        try (AevoProcess aevo = AevoProcess.start(
                folder, Map.of("AEVO_DATA_CACHE", folder.resolve("cache").toString()), arguments)) {
            AevoProcess.Result result = aevo.await();
            said = result.out() + result.err();
            return result.code();
        }
    }

    private String said = "";

    @Test
    void aSplitOfOnesOwnMovesAsAWhole() throws Exception {
        Path first = Files.createDirectory(folder.resolve("first"));
        for (int part = 0; part < 3; part++) {
            Path images = RandomImages.write(folder.resolve("part" + part), RandomImages.images(60, 7 + part));
            Files.copy(images.resolve("train-images-idx3-ubyte"), first.resolve("part" + part));
        }
        Files.writeString(
                folder.resolve("input.yaml"),
                INPUT.replaceFirst(
                        "data: .*",
                        "data: {kind: idx, path: first/part0, validation-from: {path: first/part1}, test-from: {path: first/part2}}"));
        assertEquals(ExitCode.DONE, run("run", "input.yaml", "-o", "run"), said);
        Path second = Files.move(first, folder.resolve("second"));
        List<String> places = List.of(
                "--set",
                "data.path=second/part0",
                "--set",
                "data.validation-from.path=second/part1",
                "--set",
                "data.test-from.path=second/part2");
        List<String> resume = List.of("run", "--resume", "run", "--evaluations", "3");
        assertEquals(ExitCode.USAGE, run(resume.toArray(String[]::new)), said);

        // another part in the place of one
        List<String> swapped = new ArrayList<>(resume);
        places.forEach(word -> swapped.add(word.replace("second/part1", "second/part2")));
        assertEquals(ExitCode.USAGE, run(swapped.toArray(String[]::new)), said);
        assertTrue(said.contains("not the data that the run's candidates were evaluated on"), said);
        assertTrue(said.contains("--set data.test-from.path="), said);

        List<String> moved = new ArrayList<>(resume);
        moved.addAll(places);
        assertEquals(ExitCode.DONE, run(moved.toArray(String[]::new)), said);
        assertEquals(ExitCode.DONE, run("verify", "run"), said);
        assertEquals(ExitCode.DONE, run("train", "run", "--epochs", "1", "--no-textbooks"), said);
        assertEquals(
                String.join("\n", second + "/part0", second + "/part1", second + "/part2"),
                RunHistory.read(folder.resolve("run/run.journal"))
                        .data()
                        .orElseThrow()
                        .place());
    }

    @Test
    void otherDataAreRefusedAndTheSameElsewhereAreNot() throws Exception {
        RandomImages.write(folder.resolve("images"), 1);
        Files.writeString(folder.resolve("input.yaml"), INPUT);
        assertEquals(ExitCode.DONE, run("run", "input.yaml", "-o", "run"), said);
        Path journal = folder.resolve("run/run.journal");
        Inputs inputs = RunHistory.read(journal).inputs().orElseThrow();
        assertEquals("bytes", inputs.scaling());
        assertEquals(List.of(255.0), inputs.maxima());
        assertEquals(
                "b'bytes' [0.] [255.]\n",
                Outside.python(
                        "import sys, h5py\nwith h5py.File(sys.argv[1]) as f:\n"
                                + "    print(*(f['inputs/' + n][()] for n in ('scaling', 'minimum', 'maximum')))",
                        folder.resolve("run/run.h5").toString()));
        // what docs/hdf5.md tells an analyst to do with them
        String document = Files.readString(Path.of("docs", "hdf5.md"));
        int code = document.indexOf("```python", document.indexOf("## /inputs")) + "```python".length();
        assertEquals(
                "float32 [0.0, 0.2, 1.0, 1.0]\n",
                Outside.python(
                        document.substring(code, document.indexOf("```", code))
                                + "import sys\nwith h5py.File(sys.argv[1]) as f:\n"
                                + "    g = f['inputs']\n"
                                + "    x = np.zeros([2] + [g[s][()] for s in ('channels', 'height', 'width')])\n"
                                + "    x.reshape(2, -1)[1, :3] = 51, 255, 300\n"
                                + "    y = inputs(x, g)\n"
                                + "    print(y.dtype, [round(float(v), 6) for v in (y.flat[0], *y[1].flat[:3])])",
                        folder.resolve("run/run.h5").toString()));
        var used = RunHistory.read(journal).data().orElseThrow();
        assertEquals(folder.resolve("images").toString(), used.place());
        assertEquals(
                used.checksum(), RunReader.read(folder.resolve("run")).about().dataChecksum());

        // the test samples are others: the search never saw them, but 'train' would
        Files.move(folder.resolve("images"), folder.resolve("elsewhere"));
        RandomImages.write(folder.resolve("images"), 2);
        byte[] before = Files.readAllBytes(journal);
        assertEquals(ExitCode.USAGE, run("run", "--resume", "run", "--evaluations", "3"), said);
        assertTrue(said.contains("images: not the data that the run's candidates were evaluated on"), said);
        assertTrue(said.contains("--set data.path="), said);
        assertEquals(ExitCode.USAGE, run("train", "run", "--epochs", "1", "--no-textbooks"), said);
        assertTrue(said.contains("not the data that the run's candidates were evaluated on"), said);
        assertEquals(ExitCode.USAGE, run("run", "--resume", "run", "--evaluations", "3", "--set", "seed=4"), said);
        assertTrue(said.contains("--set data.path=PLACE"), said);
        assertEquals(before.length, Files.size(journal));

        assertEquals(
                ExitCode.DONE,
                run("run", "--resume", "run", "--evaluations", "3", "--set", "data.path=elsewhere"),
                said);
        RunHistory moved = RunHistory.read(journal);
        assertEquals(3, moved.evaluated());
        assertEquals(used.checksum(), moved.data().orElseThrow().checksum());
        assertEquals(
                folder.resolve("elsewhere").toString(),
                moved.data().orElseThrow().place());
        // from now on it is looked for there
        Files.move(folder.resolve("images/train-images-idx3-ubyte"), folder.resolve("gone"));
        assertEquals(ExitCode.DONE, run("run", "--resume", "run", "--evaluations", "4"), said);
        assertEquals(ExitCode.DONE, run("verify", "run"), said);
        assertEquals(ExitCode.DONE, run("train", "run", "--epochs", "1", "--no-textbooks"), said);
        Files.move(folder.resolve("elsewhere"), folder.resolve("again"));
        assertEquals(
                ExitCode.DONE,
                run("train", "run", "--epochs", "1", "--no-textbooks", "--set", "data.path=again"),
                said);
    }
}
