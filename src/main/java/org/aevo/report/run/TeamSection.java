package org.aevo.report.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aevo.record.RunData;
import org.aevo.record.RunTable;
import org.aevo.report.DataTable;
import org.aevo.report.Figure;
import org.aevo.report.Numbers;
import org.aevo.report.Palette;
import org.aevo.report.Section;
import org.aevo.report.XyChart;
import org.aevo.stat.Statistics;

/** Of a run of teams: what working together took, and who was in which team when. */
final class TeamSection {
    private static final int LARGE = 10;

    private final RunData run;
    private final Evaluated evaluated;
    private final Names names;
    /** Evaluations by teams that measured it. */
    private final int[] rows;

    private final double[] share;
    private final double[] stepMillis;

    TeamSection(RunData run, Evaluated evaluated, Names names) {
        this.run = run;
        this.evaluated = evaluated;
        this.names = names;
        this.share = evaluated.table.has("communication_share")
                ? evaluated.table.doubles("communication_share")
                : new double[0];
        this.stepMillis = share.length == 0 ? share : stepMillis(evaluated.table);
        this.rows = IntStream.range(0, share.length)
                .filter(i -> Double.isFinite(share[i]))
                .toArray();
    }

    /** Whether there is anything to tell. */
    static boolean has(RunData run) {
        return run.teams().rows() > 0;
    }

    /** Milliseconds of a training step of each evaluation; NaN where operations are not known, as of simulated ones. */
    private static double[] stepMillis(RunTable table) {
        double[] steps = new double[table.rows()];
        if (!table.has("step_operations")) {
            Arrays.fill(steps, Double.NaN);
            return steps;
        }
        double[] forward = table.doubles("forward_operations");
        double[] step = table.doubles("step_operations");
        double[] perSecond = table.doubles("samples_per_s");
        long[] parameters = table.longs("parameters");
        for (int i = 0; i < steps.length; i++) {
            // a step is 3 forward passes of the batch and 10 operations for each parameter
            double batch = Math.round((step[i] - 10.0 * parameters[i]) / (3 * forward[i]));
            steps[i] = 1000 * batch / perSecond[i];
        }
        return steps;
    }

    Section section() {
        List<Section.Block> blocks = new ArrayList<>();
        long[] team = run.teams().longs("team");
        long formed = Arrays.stream(team).distinct().count();
        long lost = IntStream.range(0, team.length)
                .filter(i -> run.teams().longs("lost")[i] == 1)
                .mapToLong(i -> team[i])
                .distinct()
                .count();
        blocks.add(new Section.Text("Teams of "
                + sizes(team)
                + " workers trained each candidate together: " + Numbers.count(formed, "team") + " formed, " + lost
                + (lost == 1 ? " was" : " were") + " lost." + communication()));
        if (rows.length > 0) {
            blocks.add(chart(
                    "team-communication-parameters",
                    "trainable parameters",
                    Arrays.stream(evaluated.table.longs("parameters"))
                            .asDoubleStream()
                            .toArray(),
                    "What members of a team do together sums up one number for each trainable parameter at each step: large"
                            + " networks of cheap steps pay most for it."));
            if (Arrays.stream(rows).anyMatch(i -> stepMillis[i] > 0)) {
                blocks.add(chart(
                        "team-communication-step",
                        "training step of the team (ms)",
                        stepMillis,
                        "The time of a step is the team's, what it does together included: a team pays where steps are long"
                                + " against that."));
            }
            blocks.add(communicationTable());
        }
        blocks.add(members());
        return new Section(names.of("teams"), "Teams", blocks);
    }

    /** Of a run that went on with others there are several. */
    private static String sizes(long[] teamOfMember) {
        return Arrays.stream(teamOfMember)
                .boxed()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .values()
                .stream()
                .distinct()
                .sorted()
                .map(size -> Long.toString(size))
                .collect(Collectors.joining(" and "));
    }

    private String communication() {
        if (rows.length == 0) {
            return "";
        }
        double[] sorted =
                Arrays.stream(rows).mapToDouble(i -> share[i]).sorted().toArray();
        return " What members do together, waiting for the slowest included, took "
                + Numbers.percent(Statistics.quantile(sorted, 0.5))
                + " of training and validation in the median evaluation, " + Numbers.percent(sorted[0]) + " to "
                + Numbers.percent(sorted[sorted.length - 1]) + " in all.";
    }

    private Figure chart(String name, String label, double[] along, String caption) {
        int[] shown = Arrays.stream(Thin.rows(rows.length, Thin.POINTS))
                .map(i -> rows[i])
                .toArray();
        double[] positive = Arrays.stream(shown)
                .mapToDouble(i -> along[i])
                .filter(v -> v > 0)
                .sorted()
                .toArray();
        boolean wide = positive.length > 0 && positive[positive.length - 1] / positive[0] > LARGE;
        return XyChart.of(label, "share of communication")
                .log(wide ? 10 : 0, 0)
                .yRange(0, Double.NaN)
                .title(names.title("Communication of teams"))
                .points("", Thin.of(shown, i -> along[i]), Thin.of(shown, i -> share[i]), Palette.BLUE, 0)
                .figure(
                        names.of(name),
                        "Each evaluation of a team: what its leader spent in operations of all members, as a share of training"
                                + " and validation. " + caption);
    }

    private DataTable communicationTable() {
        List<List<Object>> table = new ArrayList<>();
        for (int i : rows) {
            table.add(List.of(
                    evaluated.id[i],
                    evaluated.table.longs("team")[i],
                    evaluated.table.longs("ranks")[i],
                    evaluated.table.longs("parameters")[i],
                    stepMillis[i],
                    evaluated.table.doubles("train_s")[i],
                    evaluated.table.doubles("validate_s")[i],
                    evaluated.table.doubles("communication_s")[i],
                    share[i]));
        }
        return new DataTable(
                names.of("team-communication"),
                "What working together took, for each evaluation by a team.",
                List.of(
                        "id",
                        "team",
                        "ranks",
                        "parameters",
                        "step_ms",
                        "train_s",
                        "validate_s",
                        "communication_s",
                        "communication_share"),
                table);
    }

    private DataTable members() {
        Map<Long, Integer> processes = new HashMap<>();
        for (int i = 0; i < run.workers().rows(); i++) {
            processes.put(run.workers().longs("worker")[i], i);
        }
        RunTable teams = run.teams();
        List<List<Object>> table = new ArrayList<>();
        for (int i = 0; i < teams.rows(); i++) {
            long worker = teams.longs("worker")[i];
            Integer process = processes.get(worker);
            table.add(List.of(
                    teams.longs("team")[i],
                    teams.longs("member")[i],
                    process == null ? -1L : run.workers().longs("rank")[process],
                    worker,
                    process == null ? "" : run.workers().texts("host")[process],
                    teams.doubles("formed_s")[i],
                    teams.doubles("ended_s")[i],
                    teams.longs("lost")[i] == 1));
        }
        return new DataTable(
                names.of("teams"),
                "Who was in which team when; member 0 leads it. Lost: by the loss of a member, of what binds them, or of the"
                        + " master.",
                List.of("team", "member", "worker", "process", "host", "formed_s", "ended_s", "lost"),
                table);
    }
}
