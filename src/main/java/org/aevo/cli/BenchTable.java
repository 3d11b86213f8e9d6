package org.aevo.cli;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.aevo.network.EnumText;

/** What came of the runs of a bench, a line for each. */
final class BenchTable {
    private BenchTable() {}

    /** A run and what there is to say of it beside its numbers; empty if all is well. */
    record Line(BenchResult result, String remark) {

        /** Of a run of which no more is known than what is recorded. */
        static Line of(BenchResult result) {
            return new Line(
                    result,
                    switch (result.state()) {
                        case COMPLETE -> "";
                        case NEW, STOPPED -> "not complete";
                        case BROKEN -> "FAILED: " + result.problem();
                    });
        }
    }

    static void print(PrintStream out, List<Line> lines) {
        out.printf(
                "%-5s %7s %6s %11s %9s %11s %13s %12s%n",
                "mode", "workers", "repeat", "evaluations", "wall s", "utilisation", "evaluations/h", "best fitness");
        lines.stream()
                .sorted(Comparator.comparing((Line line) -> line.result().run().mode())
                        .thenComparing(line -> line.result().run().workers())
                        .thenComparing(line -> line.result().run().repeat()))
                .forEach(line -> print(out, line));
    }

    private static void print(PrintStream out, Line line) {
        BenchResult result = line.result();
        BenchRun run = result.run();
        String remark =
                (run.config().simulated() ? "  SIMULATED" : "") + (line.remark().isEmpty() ? "" : "  ") + line.remark();
        out.printf(
                Locale.ROOT,
                "%-5s %7d %6d %11d %9s %11s %13s %12s%s%n",
                EnumText.of(run.mode()),
                run.workers(),
                run.repeat(),
                result.evaluations(),
                number("%.1f", result.wallSeconds()),
                number("%.4f", result.utilisation()),
                number("%.0f", result.evaluationsPerHour()),
                Terminal.loss(result.bestFitness()),
                remark);
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
