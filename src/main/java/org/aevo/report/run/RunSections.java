package org.aevo.report.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.network.Blueprint;
import org.aevo.record.ModelFile.ClassifiedExamples;
import org.aevo.record.ModelMetrics;
import org.aevo.record.RunData;
import org.aevo.record.RunEnsemble;
import org.aevo.report.DataTable;
import org.aevo.report.Section;
import org.aevo.surrogate.Importance;

/** All that is said about one run. */
public final class RunSections {
    private RunSections() {}

    /**
     * What the run's own file does not hold, and its data tell.
     *
     * @param blueprint layers of the best network; empty where the data are not at hand, or there is no best
     * @param outputs of the best network; empty where the data or the weights are not at hand, or there are none
     * @param missing why there are no outputs, for people; empty if there are
     */
    public record Extras(Optional<Blueprint> blueprint, Optional<Outputs> outputs, String missing) {}

    /**
     * What came of training the best fully.
     *
     * @param metrics empty if that was not done
     * @param problem why there are none although it was done, for people; else empty
     * @param examples of a classifier
     */
    public record Model(Optional<ModelMetrics> metrics, String problem, Optional<ClassifiedExamples> examples) {
        /** It was not done. */
        public static final Model NONE = new Model(Optional.empty(), "");

        /** One of an autoencoder, whose examples the data tell. */
        public Model(Optional<ModelMetrics> metrics, String problem) {
            this(metrics, problem, Optional.empty());
        }
    }

    /** The whole story, for a report about this run alone, but for which choices mattered. */
    public static List<Section> of(RunData run, Extras extras, Model model) {
        return of(run, extras, model, Optional.empty());
    }

    /**
     * The whole story, for a report about this run alone.
     *
     * @param importance of the choices; empty if it is not known
     */
    public static List<Section> of(RunData run, Extras extras, Model model, Optional<Importance> importance) {
        Names names = Names.of(run, "");
        Evaluated evaluated = new Evaluated(run);
        if (run.ensemble().isPresent()) {
            return ensemble(run, run.ensemble().get(), evaluated, names);
        }
        List<Section> sections = new ArrayList<>();
        sections.add(new SummarySection(run, evaluated, names).section());
        sections.add(new TimeSection(run, evaluated, names).section());
        if (TeamSection.has(run)) {
            sections.add(new TeamSection(run, evaluated, names).section());
        }
        sections.add(new SearchSection(run, evaluated, names).section());
        if (TimeBias.has(evaluated)) {
            sections.add(new TimeBiasSection(run, evaluated, names).section());
        }
        importance.ifPresent(known -> sections.add(new ImportanceSection(known, names).section()));
        sections.add(new CostSection(run, evaluated, names).section());
        run.front().ifPresent(front -> sections.add(new FrontSection(run, front, evaluated, names).section()));
        sections.add(new BestSection(run, evaluated, names, extras.blueprint()).section());
        model.metrics()
                .ifPresent(metrics -> sections.add(new ModelSection(metrics, names)
                        .section(run.best().orElse(metrics.candidate().id()))));
        if (!model.problem().isEmpty()) {
            sections.add(new Section(
                    names.of("model"),
                    "The best, trained fully",
                    List.of(new Section.Warning("It is not shown: " + model.problem()))));
        }
        if (run.about().classifies()) {
            if (run.bestRow() >= 0 && !run.about().simulated()) {
                sections.add(classified(run, model, names));
            }
        } else if (extras.outputs().isPresent()) {
            sections.add(new OutputSection(extras.outputs().get(), names).section());
        } else if (!extras.missing().isEmpty()) {
            sections.add(new Section(
                    names.of("outputs"),
                    "What the best network makes of samples",
                    List.of(new Section.Text(extras.missing()))));
        }
        sections.add(new FailureSection(run, evaluated, names).section());
        sections.add(new Section(names.of("data"), "All numbers", List.of(evaluations(run, evaluated, names))));
        return sections;
    }

    /** Of an ensemble run, which searches nothing and has no best. */
    private static List<Section> ensemble(RunData run, RunEnsemble ensemble, Evaluated evaluated, Names names) {
        return List.of(
                new SummarySection(run, evaluated, names).section(),
                new EnsembleSection(ensemble, names).section("The ensemble and what it is held against"),
                new TimeSection(run, evaluated, names).section(),
                new FailureSection(run, evaluated, names).section(),
                new Section(names.of("data"), "All numbers", List.of(evaluations(run, evaluated, names))));
    }

    /**
     * What ensemble runs found, a section for each.
     *
     * @param titles of the runs, in their order
     * @throws IllegalArgumentException if one of them is of something else
     */
    public static List<Section> ensembles(List<RunData> runs, List<String> titles) {
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            RunData run = runs.get(i);
            RunEnsemble ensemble = run.ensemble()
                    .orElseThrow(() -> new IllegalArgumentException(run.source() + " is no run of an ensemble"));
            sections.add(new EnsembleSection(ensemble, Names.of(run, "e" + (i + 1) + "-")).section(titles.get(i)));
        }
        return sections;
    }

    private static Section classified(RunData run, Model model, Names names) {
        return model.metrics()
                .filter(metrics ->
                        metrics.confusion().isPresent() || model.examples().isPresent())
                .map(metrics -> new ClassifiedSection(metrics, model.examples(), names).section())
                .orElseGet(() -> ClassifiedSection.missing(names, run.source().toString()));
    }

    /** A few lines about one of several runs, whose breakdown is beside that of the others. */
    public static Section brief(RunData run, String title, String prefix) {
        Names names = Names.of(run, prefix);
        TimeSection time = new TimeSection(run, new Evaluated(run), names);
        List<Section.Block> blocks = new ArrayList<>();
        if (!run.about().complete()) {
            blocks.add(new Section.Warning(SummarySection.NOT_COMPLETE));
        }
        if (!run.about().simulated()) {
            ProcessorWarnings.of(run).forEach(text -> blocks.add(new Section.Warning("PROCESSORS: " + text + ".")));
        }
        run.accounting().ifPresent(accounting -> blocks.addAll(time.shares(accounting)));
        blocks.add(Gantt.of(names.of("gantt"), names.title("What each worker did"), run));
        return new Section(names.of("run"), title, blocks);
    }

    private static DataTable evaluations(RunData run, Evaluated evaluated, Names names) {
        List<List<Object>> rows = new ArrayList<>(evaluated.rows);
        long[] generation = evaluated.table.longs("generation");
        String[] operator = evaluated.table.texts("operator");
        long[] parentA = evaluated.table.longs("parent_a");
        long[] parentB = evaluated.table.longs("parent_b");
        long[] process = evaluated.table.longs("worker");
        Map<Long, Long> ranks = new HashMap<>();
        for (int i = 0; i < run.workers().rows(); i++) {
            ranks.put(run.workers().longs("worker")[i], run.workers().longs("rank")[i]);
        }
        long[] attempt = evaluated.table.longs("attempt");
        long[] lag = evaluated.table.longs("selection_lag");
        double[] left = evaluated.left();
        double[] dispatched = evaluated.table.doubles("dispatched_s");
        long[] parameters = evaluated.table.longs("parameters");
        long[] epochs = evaluated.table.longs("epochs");
        for (int i = 0; i < evaluated.rows; i++) {
            rows.add(List.of(
                    evaluated.id[i],
                    generation[i],
                    operator[i],
                    parentA[i],
                    parentB[i],
                    ranks.getOrDefault(process[i], -1L),
                    process[i],
                    attempt[i],
                    dispatched[i],
                    evaluated.arrived[i],
                    evaluated.busy[i],
                    lag[i],
                    left[i],
                    FailureSection.text(evaluated.status[i]),
                    evaluated.fitness[i],
                    parameters[i],
                    epochs[i],
                    run.genomes().get(i),
                    run.messages().get(i)));
        }
        return new DataTable(
                names.of("evaluations"),
                "One row for each evaluation; -1 for none.",
                List.of(
                        "id",
                        "generation",
                        "operator",
                        "parent_a",
                        "parent_b",
                        "worker",
                        "process",
                        "attempt",
                        "dispatched_s",
                        "arrived_s",
                        "busy_s",
                        "selection_lag",
                        "left_s",
                        "status",
                        "fitness",
                        "parameters",
                        "epochs",
                        "genome",
                        "message"),
                rows);
    }
}
