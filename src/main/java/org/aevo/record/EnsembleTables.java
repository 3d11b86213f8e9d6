package org.aevo.record;

import io.jhdf.WritableHdfFile;
import java.util.ArrayList;
import java.util.List;
import org.aevo.ensemble.EnsembleResults;
import org.aevo.ensemble.EnsembleResults.Accuracy;
import org.aevo.ensemble.EnsembleResults.MemberDiversity;
import org.aevo.ensemble.EnsembleTask;
import org.aevo.ensemble.Rival;
import org.aevo.record.RunEnsemble.TaskRow;

/** What {@code run.h5} says of an ensemble run: its tasks, how well rivals tell classes, and how far members differ. */
final class EnsembleTables {
    static final String TASKS = "ensemble_tasks";
    static final String ACCURACY = "ensemble_accuracy";
    static final String DIVERSITY = "ensemble_diversity";

    private static final String ID = "";
    private static final String S = "s";
    private static final int NONE = -1;

    private EnsembleTables() {}

    static void put(WritableHdfFile file, RunEnsemble ensemble) {
        List<TaskRow> tasks = ensemble.tasks();
        new Hdf5Table(file, TASKS, "one row per task of the ensemble that was asked, by id", tasks.size())
                .i64("evaluation", ID, "id of its candidate", i -> tasks.get(i).id())
                .text(
                        "task",
                        "what it is; with what it is of: the operator in /evaluations",
                        i -> tasks.get(i).task().kind().toString())
                .i32("repeat", ID, "from 1", i -> tasks.get(i).task().repeat())
                .i32(
                        "member",
                        ID,
                        "from 1; -1 where it is of no single one",
                        i -> orNone(tasks.get(i).task().member()))
                .i32(
                        "epoch",
                        ID,
                        "of the autoencoders whose codes are classified; -1 of trainings and of components",
                        i -> orNone(tasks.get(i).task().epoch()))
                .i32("status", ID, "as in /evaluations; -1 while it is out", i -> tasks.get(i)
                        .status())
                .f64("seconds", S, "of its worker's time: build_s + train_s + validate_s", i -> tasks.get(i)
                        .seconds())
                .f64("validation_loss", ID, "mean squared error per value, of autoencoders", i -> tasks.get(i)
                        .validationLoss())
                .f64(
                        "accuracy",
                        ID,
                        "on validation samples, of classifiers and of votes by mean probability",
                        i -> tasks.get(i).accuracy())
                .f64("test_accuracy", ID, "the same on test samples", i -> tasks.get(i)
                        .testAccuracy());
        put(file, ensemble.results());
    }

    private static void put(WritableHdfFile file, EnsembleResults results) {
        List<Accuracy> a = results.accuracies();
        new Hdf5Table(file, ACCURACY, "how well each rival tells classes, by repeat and epoch", a.size())
                .text("rival", "what is held against the others", i -> a.get(i)
                        .rival()
                        .toString())
                .i32("repeat", ID, "from 1", i -> a.get(i).repeat())
                .i32("epoch", ID, "of the autoencoders; -1 for principal components", i -> a.get(i)
                        .epoch())
                .f64("validation_accuracy", ID, "share of validation samples that are told right", i -> a.get(i)
                        .validation())
                .f64("test_accuracy", ID, "share of test samples that are told right", i -> a.get(i)
                        .test())
                .f64("training_s", S, "until the slowest autoencoder had done the epoch", i -> a.get(i)
                        .training())
                .f64("combination_s", S, "from then on: encoding, classifiers, voting", i -> a.get(i)
                        .combination())
                .f64("effective_s", S, "both: effective wall time", i -> a.get(i)
                        .seconds());
        List<MemberDiversity> d = results.diversities();
        new Hdf5Table(file, DIVERSITY, "how far members differ, means over their pairs, by repeat and epoch", d.size())
                .i32("repeat", ID, "from 1", i -> d.get(i).repeat())
                .i32("epoch", ID, "of the autoencoders", i -> d.get(i).epoch())
                .f64("disagreement", ID, "share of validation samples of which two tell different classes", i -> d.get(
                                i)
                        .disagreement())
                .f64("error_correlation", ID, "phi coefficient of whether two are wrong about these", i -> d.get(i)
                        .errorCorrelation())
                .f64("test_disagreement", ID, "as disagreement, of test samples", i -> d.get(i)
                        .testDisagreement())
                .f64("test_error_correlation", ID, "as error_correlation, of test samples", i -> d.get(i)
                        .testErrorCorrelation());
    }

    private static int orNone(int number) {
        return number == 0 ? NONE : number;
    }

    /**
     * What the three tables say.
     *
     * @throws IllegalArgumentException if a task or a rival is one that this program does not know
     */
    static RunEnsemble read(RunTable tasks, RunTable accuracy, RunTable diversity) {
        List<TaskRow> rows = new ArrayList<>();
        for (int i = 0; i < tasks.rows(); i++) {
            rows.add(new TaskRow(
                    tasks.longs("evaluation")[i],
                    task(tasks, i),
                    (int) tasks.longs("status")[i],
                    tasks.doubles("seconds")[i],
                    tasks.doubles("validation_loss")[i],
                    tasks.doubles("accuracy")[i],
                    tasks.doubles("test_accuracy")[i]));
        }
        List<Accuracy> accuracies = new ArrayList<>();
        for (int i = 0; i < accuracy.rows(); i++) {
            String rival = accuracy.texts("rival")[i];
            accuracies.add(new Accuracy(
                    Rival.parse(rival)
                            .orElseThrow(() -> new IllegalArgumentException("no rival is called '" + rival + "'")),
                    (int) accuracy.longs("repeat")[i],
                    (int) accuracy.longs("epoch")[i],
                    accuracy.doubles("validation_accuracy")[i],
                    accuracy.doubles("test_accuracy")[i],
                    accuracy.doubles("training_s")[i],
                    accuracy.doubles("combination_s")[i]));
        }
        List<MemberDiversity> diversities = new ArrayList<>();
        for (int i = 0; i < diversity.rows(); i++) {
            diversities.add(new MemberDiversity(
                    (int) diversity.longs("repeat")[i],
                    (int) diversity.longs("epoch")[i],
                    diversity.doubles("disagreement")[i],
                    diversity.doubles("error_correlation")[i],
                    diversity.doubles("test_disagreement")[i],
                    diversity.doubles("test_error_correlation")[i]));
        }
        return new RunEnsemble(rows, new EnsembleResults(accuracies, diversities));
    }

    private static EnsembleTask task(RunTable tasks, int row) {
        String kind = tasks.texts("task")[row];
        long member = tasks.longs("member")[row];
        long epoch = tasks.longs("epoch")[row];
        String text = kind + ":r" + tasks.longs("repeat")[row] + (member == NONE ? "" : ":m" + member)
                + (epoch == NONE ? "" : ":e" + epoch);
        return EnsembleTask.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("no task is called '" + text + "'"));
    }
}
