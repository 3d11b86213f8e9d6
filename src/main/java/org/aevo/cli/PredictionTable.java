package org.aevo.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.aevo.network.EnumText;
import org.aevo.predict.ExpectedMaximum;
import org.aevo.predict.Forecast;
import org.aevo.predict.MasterModel;
import org.aevo.predict.Prediction;
import org.aevo.predict.Workload;
import org.aevo.report.Numbers;
import org.aevo.search.Mode;
import org.aevo.stat.Spread;

/** Predictions for people: a table, and what to see in it. */
final class PredictionTable {
    /** From which share of the workers' time on a loss is worth a line. */
    private static final double NOTABLE = 0.1;

    /** Evaluations after which a master's virtual machine has compiled what it runs. */
    private static final long WARM = 20_000;

    private final Predictions predictions;
    private final Workload workload;
    private final List<Forecast> forecasts;

    PredictionTable(Predictions predictions) {
        this.predictions = predictions;
        this.workload = predictions.workload();
        this.forecasts = predictions.forecasts();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        MasterModel master = workload.master();
        line(
                text,
                "PREDICTION from %s: no such run was made%s",
                predictions.run(),
                predictions.simulated() ? "; ITS DURATIONS ARE SIMULATED" : "");
        line(
                text,
                "measured: %s of %s (CV %.2f) by %s%s; messages %s; master %s for each, %s for a commit",
                Numbers.count(workload.size(), "evaluation"),
                Numbers.duration(workload.meanSeconds()),
                workload.variation(),
                Numbers.count(predictions.places(), "worker"),
                predictions.teams().own() == 1
                        ? ""
                        : " in teams of " + predictions.teams().own(),
                Numbers.duration(workload.meanLatency()),
                Numbers.duration(master.secondsEach()),
                Numbers.duration(master.commitSeconds()));
        int repeats = forecasts.get(0).repeats().size();
        line(
                text,
                "%s scaling, population %s, %s",
                EnumText.of(predictions.scaling()),
                predictions.population(),
                repeats == 1 ? "one seed" : "medians of " + repeats + " seeds (lowest-highest)");
        Optional<Mode> shown = Optional.empty();
        for (Forecast f : forecasts) {
            Mode mode = f.scenario().mode();
            if (!shown.equals(Optional.of(mode))) {
                shown = Optional.of(mode);
                line(text, "");
                line(
                        text,
                        "%-5s %7s %5s %11s %10s %19s %8s %10s %11s %7s %8s %8s %9s %6s %10s",
                        EnumText.of(mode),
                        "workers",
                        "team",
                        "evaluations",
                        "wall s",
                        "",
                        "speed-up",
                        "efficiency",
                        "utilisation",
                        "barrier",
                        "dispatch",
                        "draining",
                        "per hour",
                        "master",
                        "s/gen");
            }
            row(text, f);
        }
        line(text, "");
        predictions.teams().model().ifPresent(model -> new PredictedTeams(predictions)
                .lines()
                .forEach(l -> line(text, "%s", l)));
        knee(text);
        return text.toString();
    }

    private void row(StringBuilder text, Forecast f) {
        Spread wall = f.spread(Prediction::wallSeconds);
        line(
                text,
                "%-5s %7d %5d %11d %10.4g %19s %8.4g %10.3f %11.4f %7.4f %8.4f %8.4f %9.0f %6.3f %10.4g",
                "",
                f.scenario().workers(),
                f.scenario().team(),
                (long) Predictions.median(f, p -> p.accounting().evaluations()),
                wall.median(),
                f.repeats().size() == 1 ? "" : String.format(Locale.ROOT, "(%.4g-%.4g)", wall.min(), wall.max()),
                f.speedUp().median(),
                f.efficiency().median(),
                Predictions.median(f, Prediction::utilisation),
                Predictions.median(f, Prediction::barrier),
                Predictions.median(f, Prediction::dispatch),
                Predictions.median(f, Prediction::draining),
                Predictions.median(f, Prediction::evaluationsPerHour),
                Predictions.median(f, Prediction::masterLoad),
                predictions.generationSeconds(f));
    }

    private void knee(StringBuilder text) {
        MasterModel master = workload.master();
        double mean = workload.meanSeconds();
        double round = mean + workload.meanLatency();
        if (master.secondsEach() > 0) {
            line(
                    text,
                    "master: saturated at about %.0f workers = %s / %s, by %.0f evaluations per second",
                    master.knee(round),
                    Numbers.duration(round),
                    Numbers.duration(master.secondsEach()),
                    master.limit());
            if (predictions.costsOf() < WARM) {
                line(
                        text,
                        "  or many more: measured after %d evaluations, when its program was still warming up; --master DIR of a"
                                + " run with %d short ones tells",
                        predictions.costsOf(),
                        WARM);
            }
        }
        for (Mode mode : Mode.values()) {
            List<Forecast> of =
                    forecasts.stream().filter(f -> f.scenario().mode() == mode).toList();
            if (of.isEmpty()) {
                continue;
            }
            notable(text, mode, of, "waiting for dispatch", Prediction::dispatch);
            if (mode == Mode.SYNC) {
                notable(text, mode, of, "waiting at the barrier", Prediction::barrier);
            }
            notable(text, mode, of, "draining at the end", Prediction::draining);
            of.stream()
                    .flatMap(f -> f.repeats().stream())
                    .flatMap(p -> p.exhausted().stream())
                    .findFirst()
                    .ifPresent(why -> line(text, "%s: some searches end early: %s", EnumText.of(mode), why));
        }
        line(text, "a generation of n with a worker for each: at best mean / E[longest of n] in use:");
        for (int n = 4; n <= 1024; n *= 4) {
            text.append(String.format(Locale.ROOT, "  n=%d %.3f", n, mean / ExpectedMaximum.of(workload.seconds(), n)));
        }
        line(text, "");
    }

    private static void notable(
            StringBuilder text, Mode mode, List<Forecast> of, String what, ToDoubleFunction<Prediction> share) {
        of.stream()
                .filter(f -> Predictions.median(f, share) > NOTABLE)
                .findFirst()
                .ifPresent(f -> line(
                        text,
                        "%s: from %d workers on more than a tenth of their time is %s",
                        EnumText.of(mode),
                        f.scenario().workers(),
                        what));
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append(System.lineSeparator());
    }
}
