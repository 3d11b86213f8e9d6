package org.aevo.record;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.aevo.ensemble.ClassifierSettings;
import org.aevo.ensemble.EnsemblePlan;
import org.aevo.ensemble.EnsembleSettings;
import org.aevo.ensemble.PlannedTask;
import org.aevo.ensemble.TaskKind;
import org.aevo.genome.GenomeText;
import org.aevo.record.Entry.Arrived;
import org.aevo.record.Entry.Asked;
import org.aevo.record.Entry.Dispatched;
import org.aevo.record.Entry.Inserted;
import org.aevo.record.Entry.RunEnded;
import org.aevo.record.Entry.RunStarted;
import org.aevo.record.Entry.WorkerJoined;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.aevo.search.Insertion;
import org.aevo.search.Score;

/** The entries of an invented ensemble run, whose numbers are drawn. */
public final class SampleEnsemble {
    private static final List<Figure> OF_VOTES = List.of(
            Figure.MAJORITY_ACCURACY,
            Figure.TEST_MAJORITY_ACCURACY,
            Figure.DISAGREEMENT,
            Figure.TEST_DISAGREEMENT,
            Figure.ERROR_CORRELATION,
            Figure.TEST_ERROR_CORRELATION);

    private SampleEnsemble() {}

    /** Three members for three epochs, classified after two of them, in two repeats. */
    public static EnsemblePlan plan() {
        var network = GenomeText.parse("dense(16,relu) | latent(2) | upsampling | adam(lr0.001,batch32)");
        return new EnsemblePlan(new EnsembleSettings(
                List.of(network, network, network),
                3,
                List.of(1, 3),
                false,
                2,
                network,
                20,
                List.of(1, 10, 20),
                new ClassifierSettings(32, 5, 0.001, 100),
                true));
    }

    /**
     * A run that one worker does.
     *
     * @param done tasks that have come to an end; of the others the next one is out
     * @param failing id of one that failed; -1 for none
     */
    public static List<Entry> entries(EnsemblePlan plan, int done, long failing) {
        Random random = new Random(19);
        List<Entry> entries = new ArrayList<>();
        entries.add(started());
        entries.add(new WorkerJoined(0, 1, "host", "cpu", 77, 1, 1));
        double time = 2;
        for (PlannedTask task : plan.tasks().subList(0, Math.min(plan.size(), done + 1))) {
            long parent = task.needs().isEmpty() ? Candidate.NONE : task.needs().get(0);
            entries.add(new Asked(
                    new Candidate(
                            task.id(),
                            task.task().repeat() - 1,
                            parent,
                            Candidate.NONE,
                            task.task().toString(),
                            task.design()),
                    time));
            entries.add(new Dispatched(task.id(), 1, 0, time));
            if (task.id() < done) {
                Evaluation evaluation = task.id() == failing
                        ? Evaluation.failed(
                                task.id(), EvaluationStatus.FAILED, new Durations(0.5, 0, 0), "its arrays are gone")
                        : evaluation(plan, task, random);
                time += evaluation.seconds() + 0.125;
                entries.add(new Arrived(evaluation, 1, 0, 0.125, time));
                entries.add(new Inserted(new Insertion(task.id(), 0.1, Double.NaN, 0), time));
            }
        }
        if (done >= plan.size()) {
            entries.add(new RunEnded(time, true, "all tasks of the ensemble are done"));
        }
        return entries;
    }

    private static RunStarted started() {
        RunStarted s = SampleRun.started(1, "async");
        return new RunStarted(
                "ensemble",
                s.mode(),
                "ensemble",
                s.seed(),
                s.startUtc(),
                s.createdBy(),
                "name: ensemble\n",
                s.commandLine(),
                s.gitCommit(),
                s.javaVersion(),
                s.libraries(),
                s.slurm(),
                true,
                1,
                "reconstruct",
                "mean squared error");
    }

    private static Evaluation evaluation(EnsemblePlan plan, PlannedTask task, Random random) {
        boolean trains = task.task().kind().trainsAutoencoder();
        List<Evaluation.Epoch> curve = new ArrayList<>();
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        double train = 1 + random.nextDouble();
        int epochs = 0;
        if (trains) {
            epochs = task.task().kind() == TaskKind.MEMBER
                    ? plan.settings().epochs()
                    : plan.settings().monolithEpochs();
            for (int epoch = 1; epoch <= epochs; epoch++) {
                train += random.nextDouble();
                curve.add(new Evaluation.Epoch(epoch, 0.1 / epoch, 0.11 / epoch, train));
            }
        } else {
            figures.put(Figure.ACCURACY, random.nextDouble());
            figures.put(Figure.CROSS_ENTROPY, random.nextDouble());
            figures.put(Figure.TEST_ACCURACY, random.nextDouble());
        }
        if (task.task().kind() == TaskKind.VOTE) {
            OF_VOTES.forEach(figure -> figures.put(figure, random.nextDouble()));
        }
        double loss = trains ? 0.1 * random.nextDouble() : Double.NaN;
        return new Evaluation(
                task.id(),
                EvaluationStatus.OK,
                new Score(loss, loss, loss, figures),
                new Effort(new Durations(random.nextDouble(), train, random.nextDouble()), epochs, 1000, 1234),
                curve,
                "");
    }
}
