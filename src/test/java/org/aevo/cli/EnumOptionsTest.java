package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an option may be is listed as an input file writes it, by every command. */
class EnumOptionsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train DIR --engine foo       | --engine   | dl4j, torch",
                "run INPUT --engine foo       | --engine   | dl4j, torch",
                "run INPUT --mode foo         | --mode     | sync, async",
                "run INPUT --strategy foo     | --strategy | genetic, aging, local, nsga2, random",
                "bench INPUT --engine foo     | --engine   | dl4j, torch",
                "bench INPUT --modes foo      | --modes    | sync, async",
                "bench INPUT --scaling foo    | --scaling  | strong, weak, time",
                "predict DIR --modes foo      | --modes    | sync, async",
                "predict DIR --modes sync,foo | --modes    | sync, async",
                "predict DIR --scaling foo    | --scaling  | strong, weak"
            })
    void whatThereIsIsListed(String command, String option, String choices) throws Exception {
        Path input = Files.writeString(folder.resolve("in.yaml"), "budget: {evaluations: 30}\n");
        HandMadeRun.started(1)
                .joined(0, 1, 1)
                .asked(0, 0, 2)
                .arrived(0, 1, 0, 3, 1)
                .write(folder.resolve("run"));
        Said said = Said.by(command.replace("DIR", folder.resolve("run").toString())
                .replace("INPUT", input.toString())
                .split(" "));
        assertEquals(ExitCode.USAGE, said.code(), said.all());
        String first = said.err().lines().findFirst().orElse("");
        assertTrue(first.contains(option) && first.contains(choices) && first.contains("'foo'"), first);
    }

    @Test
    void capitalsAreNoMistake() throws Exception {
        HandMadeRun.started(1)
                .joined(0, 1, 1)
                .asked(0, 0, 2)
                .arrived(0, 1, 0, 3, 1)
                .write(folder.resolve("run"));
        Said said = Said.by("train", folder.resolve("run").toString(), "--engine", "TORCH");
        assertTrue(said.err().contains("its evaluations were simulated"), said.err());
    }
}
