package org.aevo.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.aevo.record.RunHistory;
import org.aevo.report.Numbers;

/**
 * Makes the runs of a bench that are not complete, one after the other, each in a virtual machine of its own. Who calls it
 * holds the bench's directory locked.
 */
final class BenchSession {
    private static final long TICK_MILLIS = 500;

    private final BenchDirectory directory;
    private final List<BenchRun> runs;
    private final BenchEstimate estimate;
    private final BenchProgress progress;
    private final BenchResult[] results;
    private final String[] remarks;
    private Optional<ChildVm> child = Optional.empty();
    private boolean stopping;

    BenchSession(BenchDirectory directory, List<BenchRun> runs, List<BenchResult> before, BenchEstimate estimate) {
        this.directory = directory;
        this.runs = runs;
        this.results = before.toArray(BenchResult[]::new);
        this.remarks = new String[runs.size()];
        this.estimate = estimate;
        this.progress = new BenchProgress(runs.size());
        before.forEach(estimate::learn);
    }

    /** Returns the exit code of the command. */
    int run() throws IOException, InterruptedException {
        StopSignals signals = new StopSignals(this::stop, () -> {}, Scheduler.isPresent());
        for (int i = 0; i < runs.size() && !isStopping(); i++) {
            if (results[i].state() == BenchResult.State.COMPLETE) {
                progress.say(progress.place(i + 1, runs.get(i)) + " is complete already");
            } else if (results[i].state() == BenchResult.State.BROKEN) {
                progress.say(progress.place(i + 1, runs.get(i)) + " cannot be resumed: " + results[i].problem());
            } else {
                make(i);
            }
        }
        return conclude(signals);
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized void stop(String reason) {
        if (stopping) {
            return;
        }
        stopping = true;
        progress.say("stopping (" + reason + "): the run that is being made stops cleanly"
                + (Scheduler.isPresent() ? "" : "; SIGINT or SIGTERM again to leave it alone with that"));
        child.ifPresent(ChildVm::stop);
    }

    private void make(int i) throws IOException, InterruptedException {
        BenchRun run = runs.get(i);
        progress.say(progress.place(i + 1, run)
                + (results[i].state() == BenchResult.State.STOPPED ? " goes on" : "")
                + BenchProgress.left(secondsLeft(i, results[i].evaluations(), results[i].wallSeconds())));
        int code;
        try (ChildVm vm = ChildVm.start(directory.arguments(results[i]), directory.output(run));
                BenchProgress.Watch watch =
                        progress.new Watch(i + 1, run, directory.run(run), history -> secondsLeft(i, history))) {
            begin(vm);
            OptionalInt ended = vm.await(TICK_MILLIS);
            while (ended.isEmpty()) {
                watch.tick();
                ended = vm.await(TICK_MILLIS);
            }
            code = ended.getAsInt();
        } finally {
            end();
        }
        results[i] = BenchResult.of(run, directory.run(run));
        estimate.learn(results[i]);
        remarks[i] = remark(i, code);
        progress.say(progress.place(i + 1, run) + " " + (remarks[i].isEmpty() ? complete(results[i]) : remarks[i]));
    }

    private static String complete(BenchResult result) {
        return String.format(
                Locale.ROOT,
                "is complete: %s in %.1f s, utilisation %.4f",
                Numbers.count(result.evaluations(), "evaluation"),
                result.wallSeconds(),
                result.utilisation());
    }

    private synchronized void begin(ChildVm vm) {
        child = Optional.of(vm);
        if (stopping) {
            vm.stop();
        }
    }

    private synchronized void end() {
        child = Optional.empty();
    }

    private String remark(int i, int code) {
        boolean complete = results[i].state() == BenchResult.State.COMPLETE;
        if (code == ExitCode.DONE && complete) {
            return "";
        }
        String see = ", see " + directory.output(runs.get(i));
        boolean stopped = code == ExitCode.RESUMABLE || ExitCode.isOfStopSignal(code);
        return (stopped ? "stopped" : "FAILED with exit code " + code) + see;
    }

    private double secondsLeft(int now, RunHistory history) {
        estimate.watch(history);
        return secondsLeft(now, history.evaluated(), history.wallSeconds());
    }

    /** Of the run that is being made, by how far it is, and those after it; NaN if nobody knows. */
    private double secondsLeft(int now, long done, double elapsed) {
        double sum = 0;
        for (int i = now; i < runs.size(); i++) {
            if (i == now) {
                sum += estimate.seconds(runs.get(i), done, elapsed).orElse(Double.NaN);
            } else {
                sum += estimate.secondsLeft(results[i]).orElse(Double.NaN);
            }
        }
        return sum;
    }

    private int conclude(StopSignals signals) {
        List<BenchTable.Line> lines = new ArrayList<>();
        int complete = 0;
        boolean failed = false;
        for (int i = 0; i < runs.size(); i++) {
            complete += results[i].state() == BenchResult.State.COMPLETE ? 1 : 0;
            BenchTable.Line line =
                    remarks[i] == null ? BenchTable.Line.of(results[i]) : new BenchTable.Line(results[i], remarks[i]);
            failed |= line.remark().startsWith("FAILED");
            lines.add(line);
        }
        BenchTable.print(System.out, lines);
        System.out.flush();
        progress.say(complete + " of " + Numbers.count(runs.size(), "run") + " in " + directory.path()
                + (complete == 1 ? " is" : " are") + " complete"
                + (complete < runs.size() ? "; the same command goes on" : ""));
        if (complete > 0) {
            progress.say("next: 'aevo report " + directory.path() + " -o " + directory.path() + "-report'");
        }
        if (isStopping()) {
            return signals.exitCode();
        }
        return failed ? ExitCode.FAILED : complete < runs.size() ? ExitCode.RESUMABLE : ExitCode.DONE;
    }
}
