package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.aevo.codec.MalformedDataException;
import org.aevo.config.InputException;
import org.aevo.record.JournalPart;
import org.aevo.record.RecordException;
import org.aevo.record.Recover;
import org.aevo.record.RunDirectory;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;
import org.aevo.report.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes run.h5 from the journal, or from what is good in a damaged one. */
@Command(
        name = "recover",
        mixinStandardHelpOptions = true,
        description = {
            "Rebuilds run.h5 from the journal, whatever state it is in.",
            "Of a damaged journal, --until damage exports what is good into a file of its own; with --cut the run can go"
                    + " on from there."
        })
final class RecoverCommand implements Callable<Integer> {
    private static final String DAMAGE = "damage";

    @Mixin
    private RunArgument run;

    @Option(
            names = "--until",
            paramLabel = "OFFSET|damage",
            description = "Only the records before this byte of the journal, or before the first damage.")
    private String until;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Write this file, and nothing in DIR. Default: run.h5 in DIR; with --until run-until-OFFSET.h5"
                            + " there, so that a run.h5 that holds more stays.")
    private Path output;

    @Option(
            names = "--cut",
            description = "With --until: cut the journal there, so that 'aevo run --resume' goes on. The damaged one is"
                    + " kept as run.journal.damaged-1 (or -2 and so on), the run.h5 as run.h5.damaged-1.")
    private boolean cut;

    @Override
    public Integer call() throws IOException {
        RunPaths paths = run.paths();
        check();
        try {
            if (cut) {
                cut();
            } else if (until != null) {
                export(paths);
            } else {
                rebuild(paths);
            }
            return ExitCode.DONE;
        } catch (MalformedDataException e) {
            throw new CommandException(e.getMessage(), e);
        } catch (RecordException e) {
            throw e.then("recover again");
        }
    }

    private void check() {
        if (cut && (until == null || output != null)) {
            throw new InputException("--cut goes with --until, and without --output");
        }
        if (output != null && (output.toString().isBlank() || Files.exists(output))) {
            throw new InputException("--output: '" + output + "' " + (Files.exists(output) ? "exists" : "is no file")
                    + ", expected the name of a new file");
        }
    }

    private void rebuild(RunPaths paths) throws IOException {
        if (output != null) {
            say(output + ": written", Recover.export(paths, output, RecoverCommand::warn));
            return;
        }
        try (RunDirectory directory = RunDirectory.openAside(run.directory())) {
            say(paths.hdf5() + ": rebuilt", Recover.run(directory, RecoverCommand::warn));
        }
    }

    private static void warn(String problem) {
        System.err.println("aevo: " + problem);
    }

    private static void say(String what, RunHistory history) {
        System.out.println(what + " with " + Numbers.count(history.evaluated(), "evaluation")
                + (history.tornBytes() > 0
                        ? "; " + history.tornBytes()
                                + " bytes of an unfinished record at the end of the journal left out"
                        : ""));
    }

    private void export(RunPaths paths) throws IOException {
        JournalPart part = JournalPart.read(paths.journal(), offset());
        Path file = Optional.ofNullable(output).orElse(paths.hdf5Until(part.end()));
        Recover.export(paths, part, file, RecoverCommand::warn);
        System.out.println(file + ": " + Numbers.count(part.history().evaluated(), "evaluation") + ", incomplete: the "
                + part.leftOut() + " bytes of the journal from offset " + part.end() + " on are left out");
        System.err.println("aevo: to go on with them alone: 'aevo recover " + run.directory() + " --until " + until
                + " --cut', then 'aevo run --resume " + run.directory() + "'");
    }

    private void cut() throws IOException {
        // locked before it is read: no master may write in between
        try (RunDirectory directory = RunDirectory.openAside(run.directory())) {
            RunPaths paths = directory.paths();
            JournalPart part = JournalPart.read(paths.journal(), offset());
            Path kept = Recover.cut(directory, part, RecoverCommand::warn);
            System.out.println(paths.journal() + ": cut at offset " + part.end() + ", holds "
                    + Numbers.count(part.history().evaluated(), "evaluation") + " now; the " + part.leftOut()
                    + " bytes that followed are in " + kept);
            System.err.println("aevo: 'aevo run --resume " + run.directory() + "' goes on");
        }
    }

    private long offset() {
        if (until.equals(DAMAGE)) {
            return JournalPart.UP_TO_DAMAGE;
        }
        try {
            long offset = Long.parseLong(until);
            if (offset > 0) {
                return offset;
            }
        } catch (NumberFormatException e) {
            throw new InputException("--until must be an offset in bytes or 'damage', was '" + until + "'", e);
        }
        throw new InputException("--until must be at least 1, was " + until);
    }
}
