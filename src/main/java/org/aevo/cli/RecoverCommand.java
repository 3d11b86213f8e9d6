package org.aevo.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.aevo.record.Recover;
import org.aevo.record.RunDirectory;
import org.aevo.record.RunHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Rebuilds run.h5. */
@Command(
        name = "recover",
        mixinStandardHelpOptions = true,
        description = "Rebuilds run.h5 from the journal, whatever state it is in.")
final class RecoverCommand implements Callable<Integer> {
    @Mixin
    private RunArgument run;

    @Override
    public Integer call() throws IOException {
        run.paths();
        try (RunDirectory directory = RunDirectory.open(run.directory())) {
            RunHistory history = Recover.run(directory);
            System.out.println(directory.paths().hdf5() + ": rebuilt with " + history.evaluated() + " evaluations");
            return ExitCode.DONE;
        }
    }
}
