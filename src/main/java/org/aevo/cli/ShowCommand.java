package org.aevo.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.aevo.config.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a run found and how it went. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Shows what a run found and how it went; also of a run in progress.")
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private RunArgument run;

    @Option(names = "--top", defaultValue = "10", paramLabel = "N", description = "Candidates to list.")
    private int top;

    @Override
    public Integer call() throws IOException {
        if (top < 1) {
            throw new InputException("--top must be at least 1, was " + top);
        }
        new RunSummary(run.history()).print(System.out, top);
        return ExitCode.DONE;
    }
}
