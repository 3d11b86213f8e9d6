package org.aevo.report.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.aevo.record.Accounting;
import org.aevo.record.RunData;
import org.aevo.report.DataTable;
import org.aevo.report.Figure;
import org.aevo.report.Numbers;
import org.aevo.report.Palette;
import org.aevo.report.Section;
import org.aevo.report.XyChart;
import org.aevo.stat.Statistics;

/** Where the workers' time went, how fast evaluations came and how long each took. */
final class TimeSection {
    /** Above this, the longest over the shortest but one in a hundred each, bins grow with the value. */
    private static final double WIDE = 30;

    private final RunData run;
    private final Evaluated evaluated;
    private final Names names;

    TimeSection(RunData run, Evaluated evaluated, Names names) {
        this.run = run;
        this.evaluated = evaluated;
        this.names = names;
    }

    Section section() {
        List<Section.Block> blocks = new ArrayList<>();
        Optional<Accounting> accounting = run.accounting();
        if (accounting.isEmpty()) {
            blocks.add(new Section.Text("No evaluation has arrived: there is nothing to account for."));
            return new Section(names.of("time"), "Where the time went", blocks);
        }
        blocks.addAll(breakdown(accounting.get()));
        blocks.add(Gantt.of(names.of("gantt"), names.title("What each worker did"), run));
        blocks.add(throughput(accounting.get()));
        if (evaluated.durations().length > 0) {
            blocks.add(durations());
            blocks.add(durationTable());
        }
        lag().ifPresent(blocks::add);
        blocks.add(workers(accounting.get()));
        return new Section(names.of("time"), "Where the time went", blocks);
    }

    private List<Section.Block> breakdown(Accounting accounting) {
        List<Section.Block> blocks = new ArrayList<>(shares(accounting));
        blocks.add(
                1,
                BreakdownBars.of(
                        names.of("breakdown"),
                        names.title("Where the workers' time went"),
                        "The workers' time between the first dispatch and the last arrival, by what they did.",
                        List.of(new BreakdownBars.Bar("", accounting))));
        return blocks;
    }

    /** The sentence and the table of the shares. */
    List<Section.Block> shares(Accounting accounting) {
        List<List<Object>> rows = new ArrayList<>();
        double sum = 0;
        for (Activity activity : Activity.values()) {
            double share = activity.share(accounting);
            sum += share;
            rows.add(List.of(activity.text, share, share * accounting.capacity()));
        }
        rows.add(List.of("sum", sum, accounting.capacity()));
        return List.of(
                new Section.Text("The workers were busy – building, training, validating – for "
                        + Numbers.percent(accounting.utilisation())
                        + " of their time between the first dispatch and the last arrival: the utilisation."),
                new DataTable(
                        names.of("time-shares"),
                        "Shares of the workers' time, which add up to 1, and worker-seconds.",
                        List.of("activity", "share", "worker_s"),
                        rows));
    }

    private Figure throughput(Accounting accounting) {
        double[] arrived = new double[evaluated.rows];
        for (int i = 0; i < arrived.length; i++) {
            // those that the master made up came from no worker
            arrived[i] = evaluated.table.longs("worker")[i] >= 0 ? evaluated.arrived[i] : Double.NaN;
        }
        Throughput throughput = Throughput.of(arrived, accounting.from(), accounting.to());
        TimeScale scale = TimeScale.of(accounting.to());
        double[] ends = {accounting.from() / scale.seconds(), accounting.to() / scale.seconds()};
        double mean = accounting.evaluationsPerHour();
        return XyChart.of(scale.label("time since the start of the run"), "evaluations per hour")
                .title(names.title("Evaluations per hour"))
                .bars("in each interval", scale.scale(throughput.edges()), throughput.rates(), Palette.SKY)
                .reference("over the whole run: " + Numbers.text(mean), ends, new double[] {mean, mean})
                .figure(
                        names.of("throughput"),
                        "Evaluations that arrived in each of " + throughput.rates().length
                                + " equal intervals between the first dispatch and the last arrival, per hour.");
    }

    private Figure durations() {
        double[] sorted = evaluated.durations();
        double low = Statistics.quantile(sorted, 0.01);
        boolean wide = low > 0 && Statistics.quantile(sorted, 0.99) / low > WIDE;
        Histogram histogram = wide ? Histogram.logarithmic(sorted) : Histogram.of(sorted);
        return XyChart.of("duration of an evaluation (s)", "evaluations")
                .title(names.title("How long evaluations took"))
                .log(wide ? 10 : 0, 0)
                .bars("", histogram.edges(), histogram.counts(), Palette.SKY)
                .figure(
                        names.of("durations"),
                        "Build, training and validation together, by the workers' clocks, of "
                                + Numbers.count(sorted.length, "evaluation")
                                + (wide ? "; the scale is logarithmic." : ".") + " Mean "
                                + Numbers.text(Statistics.mean(sorted)) + " s, median "
                                + Numbers.text(Statistics.quantile(sorted, 0.5)) + " s, coefficient of variation "
                                + Numbers.text(Statistics.standardDeviation(sorted) / Statistics.mean(sorted)) + ".");
    }

    private DataTable durationTable() {
        List<List<Object>> rows = new ArrayList<>();
        rows.add(durationRow("build", evaluated.table.doubles("build_s")));
        rows.add(durationRow("train", evaluated.table.doubles("train_s")));
        rows.add(durationRow("validate", evaluated.table.doubles("validate_s")));
        rows.add(durationRow("together", evaluated.busy));
        rows.add(durationRow("wait before it", evaluated.table.doubles("wait_s")));
        return new DataTable(
                names.of("durations"),
                "Seconds of each part of an evaluation, and how long its worker had been idle before it.",
                List.of("part", "mean_s", "sd_s", "minimum_s", "median_s", "p95_s", "maximum_s", "sum_s"),
                rows);
    }

    private List<Object> durationRow(String part, double[] all) {
        IntToDoubleFunction measured = i -> evaluated.busy[i] > 0 ? all[i] : Double.NaN;
        double[] sorted = Thin.of(Thin.rows(all.length, all.length), measured);
        sorted = Arrays.stream(sorted).filter(Double::isFinite).sorted().toArray();
        return List.of(
                part,
                Statistics.mean(sorted),
                Statistics.standardDeviation(sorted),
                Statistics.quantile(sorted, 0),
                Statistics.quantile(sorted, 0.5),
                Statistics.quantile(sorted, 0.95),
                Statistics.quantile(sorted, 1),
                Arrays.stream(sorted).sum());
    }

    private Optional<Figure> lag() {
        long[] known = Arrays.stream(evaluated.table.longs("selection_lag"))
                .filter(lag -> lag >= 0)
                .sorted()
                .toArray();
        if (known.length == 0) {
            return Optional.empty();
        }
        Histogram histogram = Histogram.whole(known);
        double[] sorted = Arrays.stream(known).asDoubleStream().toArray();
        return Optional.of(XyChart.of("selection lag (evaluations)", "evaluations")
                .wholeX()
                .title(names.title("Selection lag"))
                .bars("", histogram.edges(), histogram.counts(), Palette.SKY)
                .figure(
                        names.of("selection-lag"),
                        "How many other evaluations the search took in between a candidate's birth and its own"
                                + " insertion: how old the knowledge was that it was made from. Mean "
                                + Numbers.text(Statistics.mean(sorted)) + ", median "
                                + Numbers.text(Statistics.quantile(sorted, 0.5)) + ", longest "
                                + known[known.length - 1] + "."));
    }

    private DataTable workers(Accounting accounting) {
        long[] worker = run.workers().longs("worker");
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < worker.length; i++) {
            double joined = Math.max(accounting.from(), run.workers().doubles("joined_s")[i]);
            double left = run.workers().doubles("left_s")[i];
            double present = Math.min(accounting.to(), Double.isNaN(left) ? accounting.to() : left) - joined;
            double busy = run.workers().doubles("busy_s")[i];
            rows.add(List.of(
                    run.workers().longs("rank")[i],
                    worker[i],
                    run.workers().texts("host")[i],
                    run.workers().texts("device")[i],
                    run.workers().doubles("start_s")[i],
                    run.workers().doubles("joined_s")[i],
                    left,
                    run.workers().longs("evaluations")[i],
                    busy,
                    present > 0 ? Math.min(1, busy / present) : Double.NaN,
                    run.workers().longs("lost")[i] == 1));
        }
        return new DataTable(
                names.of("workers"),
                "Worker processes: the worker is the place that each filled, as everywhere; a process that was started again in"
                        + " one has another number. Share: of its time from joining to the last arrival that it was busy.",
                List.of(
                        "worker",
                        "process",
                        "host",
                        "device",
                        "start_s",
                        "joined_s",
                        "left_s",
                        "evaluations",
                        "busy_s",
                        "busy_share",
                        "lost"),
                rows);
    }
}
