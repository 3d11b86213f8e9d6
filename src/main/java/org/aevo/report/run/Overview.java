package org.aevo.report.run;

import java.util.ArrayList;
import java.util.List;
import org.aevo.record.RunData;
import org.aevo.report.DataTable;
import org.aevo.report.Section;

/** Several runs side by side: a row and a bar for each. */
public final class Overview {
    private static final int BARS_TO_A_FIGURE = 24;

    private Overview() {}

    /** A run and what to call it. */
    public record Labelled(String label, RunData run) {}

    /** The section of some runs, in their order. */
    public static Section of(List<Labelled> runs) {
        List<Section.Block> blocks = new ArrayList<>();
        blocks.addAll(warnings(runs));
        blocks.add(table(runs));
        List<BreakdownBars.Bar> bars = new ArrayList<>();
        for (Labelled each : runs) {
            each.run().accounting().ifPresent(accounting -> bars.add(new BreakdownBars.Bar(each.label(), accounting)));
        }
        boolean simulated = runs.stream().anyMatch(each -> each.run().about().simulated());
        Names names = new Names("", simulated);
        for (int from = 0; from < bars.size(); from += BARS_TO_A_FIGURE) {
            List<BreakdownBars.Bar> some = bars.subList(from, Math.min(bars.size(), from + BARS_TO_A_FIGURE));
            blocks.add(BreakdownBars.of(
                    "breakdown-" + (from / BARS_TO_A_FIGURE + 1),
                    names.title("Where the workers' time went"),
                    "The workers' time of each run between its first dispatch and its last arrival, by what they did.",
                    some));
        }
        return new Section("runs", "The runs", blocks);
    }

    private static List<Section.Block> warnings(List<Labelled> runs) {
        List<Section.Block> warnings = new ArrayList<>();
        long simulated =
                runs.stream().filter(each -> each.run().about().simulated()).count();
        if (simulated > 0) {
            warnings.add(new Section.Warning("SIMULATED: in " + some(simulated, runs.size())
                    + " the workers slept instead of training. Times of evaluations and all fitness are invented; only"
                    + " the scheduling is real."));
        }
        List<String> open = runs.stream()
                .filter(each -> !each.run().about().complete())
                .map(Labelled::label)
                .toList();
        if (!open.isEmpty()) {
            warnings.add(new Section.Warning(
                    "NOT COMPLETE: " + String.join(", ", open) + ". They are counted as far as they went."));
        }
        return warnings;
    }

    private static String some(long count, int all) {
        return count == all ? (all == 2 ? "both runs" : "all " + all + " runs") : count + " of " + all + " runs";
    }

    private static DataTable table(List<Labelled> runs) {
        List<List<Object>> rows = new ArrayList<>();
        for (Labelled each : runs) {
            RunData run = each.run();
            List<Object> row = new ArrayList<>(List.of(
                    each.label(),
                    run.about().mode(),
                    run.about().places(),
                    run.about().seed(),
                    run.evaluations().rows(),
                    run.about().complete(),
                    run.about().simulated()));
            row.add(run.accounting().map(a -> a.wallSeconds()).orElse(Double.NaN));
            row.add(run.accounting().map(a -> a.evaluationsPerHour()).orElse(Double.NaN));
            for (Activity activity : Activity.values()) {
                row.add(run.accounting().map(activity::share).orElse(Double.NaN));
            }
            int best = run.bestRow();
            row.add(best < 0 ? Double.NaN : run.evaluations().doubles("fitness")[best]);
            rows.add(row);
        }
        return new DataTable(
                "runs",
                "One row for each run; wall time from the first dispatch to the last arrival; shares of the workers' time"
                        + " in between, which add up to 1.",
                List.of(
                        "run",
                        "mode",
                        "workers",
                        "seed",
                        "evaluations",
                        "complete",
                        "simulated",
                        "wall_s",
                        "evaluations_per_hour",
                        "busy",
                        "barrier",
                        "dispatch",
                        "starting",
                        "draining",
                        "lost",
                        "best_fitness"),
                rows);
    }
}
