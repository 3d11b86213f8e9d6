package org.aevo.report.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aevo.record.RunData;
import org.aevo.report.Section;

/** What is said about many runs. */
public final class ScalingSections {
    private ScalingSections() {}

    /**
     * The same with targets that come from the runs' own final fitness.
     *
     * @throws IncomparableRunsException if there are several runs of which no two can be compared
     */
    public static List<Section> of(List<RunData> runs) {
        return of(runs, List.of());
    }

    /**
     * All sections for which there are runs.
     *
     * @param targets fitness whose time is compared; none for those that come from the runs
     * @throws IncomparableRunsException if there are several runs of which no two can be compared
     */
    public static List<Section> of(List<RunData> runs, List<Target> targets) {
        return measured(runs.stream().map(Measured::of).toList(), targets);
    }

    static List<Section> measured(List<Measured> runs, List<Target> targets) {
        if (runs.isEmpty()) {
            return List.of();
        }
        Labels labels = new Labels(runs);
        Experiments experiments = Experiments.of(runs, labels);
        List<Experiment> all = experiments.all();
        Charts charts = new Charts(all);
        List<Section> sections = new ArrayList<>();
        sections.add(RunsSection.of(experiments, labels));
        Stream.of(
                        SeedsSection.of(all),
                        SpeedUpSection.of(all, charts),
                        WorkerTimeSection.of(all, charts),
                        ModesSection.of(all, targets, charts),
                        BarrierSection.of(all, charts),
                        MasterSection.of(all, charts))
                .flatMap(Optional::stream)
                .forEach(sections::add);
        return sections;
    }
}
