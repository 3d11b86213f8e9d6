package org.aevo.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.aevo.codec.MalformedDataException;
import org.aevo.config.RunConfig;
import org.aevo.data.DataException;
import org.aevo.genome.SearchSpace;
import org.aevo.master.Replay;
import org.aevo.master.ReplayException;
import org.aevo.record.Entry;
import org.aevo.record.JournalReader;
import org.aevo.record.ReadAhead;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;
import org.aevo.report.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Replays a journal through a fresh strategy. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Replays the journal through a fresh search: is every recorded decision reproduced?")
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private RunArgument run;

    @Override
    public Integer call() throws IOException {
        RunPaths paths = run.paths();
        long offset = 0;
        RunHistory history = new RunHistory();
        try (JournalReader reader = JournalReader.open(paths.journal());
                ReadAhead ahead = new ReadAhead(reader)) {
            Optional<JournalReader.Located> first = ahead.next();
            if (first.isEmpty() || !(first.get().entry() instanceof Entry.RunStarted started)) {
                throw new CommandException(paths.journal() + ": does not begin with the start of a run");
            }
            RunConfig config = RunConfig.parse(started.inputYaml(), paths.journal() + " (input)");
            Replay replay = new Replay(Searches.of(config, space(config, paths)), config.stoppingRule());
            history.apply(started);
            for (Optional<JournalReader.Located> next = ahead.next(); next.isPresent(); next = ahead.next()) {
                offset = next.get().offset();
                replay.apply(next.get().entry());
                history.apply(next.get().entry());
            }
            System.out.println(run.directory() + ": verified: " + Numbers.count(replay.asked(), "candidate") + " and "
                    + Numbers.count(replay.told(), "evaluation") + " reproduced"
                    + (UnfinishedRecord.note(paths, reader.tornBytes()).isPresent()
                            ? "; " + reader.tornBytes() + " bytes of an unfinished record at the end"
                            : ""));
            return ExitCode.DONE;
        } catch (ReplayException e) {
            return failed(", at byte " + offset + " of the journal: " + e.getMessage() + OtherProgram.wayOut(history));
        } catch (IllegalArgumentException e) {
            return failed(", at byte " + offset + " of the journal: " + e.getMessage());
        } catch (MalformedDataException e) {
            return failed(": " + e.getMessage());
        }
    }

    /** Of samples of the run's data, which its last session may have had elsewhere than the first. */
    private static SearchSpace space(RunConfig config, RunPaths paths) throws IOException {
        try {
            return Evaluators.space(config);
        } catch (DataException e) {
            RunConfig moved = SameData.atLastPlace(
                    config, RunHistory.read(paths.journal()).data());
            if (moved.equals(config)) {
                throw e;
            }
            return Evaluators.space(moved);
        }
    }

    private int failed(String why) {
        System.out.println(run.directory() + ": NOT verified" + why);
        return ExitCode.FAILED;
    }
}
