package org.aevo.cli;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.data.DataKind;
import org.aevo.data.DataSettings;
import org.aevo.data.LabelCounts;
import org.aevo.network.Classes;
import org.aevo.task.Classify;

/** Which classes the samples of a run are told into, where its task is that. */
final class TaskClasses {
    /** Of evaluations that are simulated: there are no data to count them in. */
    static final int SIMULATED = 10;

    private TaskClasses() {}

    /**
     * Those of all labels of the data: that a class exists is known, also if only test samples are of it.
     *
     * @param counts of the labels, made only where they are needed; empty where the data have none
     * @return empty where nothing is classified
     * @throws InputException if there are no labels, or none that can be told apart
     */
    static Optional<Classes> of(RunConfig config, Supplier<Optional<LabelCounts>> counts) {
        return config.task() instanceof Classify
                ? Optional.of(required("task.kind classify", config, counts))
                : Optional.empty();
    }

    /**
     * The same for whoever classifies.
     *
     * @param who for messages
     */
    static Classes required(String who, RunConfig config, Supplier<Optional<LabelCounts>> counts) {
        LabelCounts known = counts.get()
                .orElseThrow(() -> new InputException(who + " needs a label for each sample," + " and "
                        + config.data().whereabouts() + " has none: "
                        + mend(config.data().kind())));
        known.problem().ifPresent(problem -> {
            throw new InputException(who + ": " + place(config.data()) + ": " + problem);
        });
        return Classes.of(known.labels());
    }

    /**
     * The same.
     *
     * @param remarks takes how many samples each class has, a line each
     */
    static Optional<Classes> of(RunConfig config, Supplier<Optional<LabelCounts>> counts, Consumer<String> remarks) {
        if (!(config.task() instanceof Classify)) {
            return Optional.empty();
        }
        Optional<LabelCounts> known = counts.get();
        Optional<Classes> classes = of(config, () -> known);
        known.orElseThrow().words().forEach(remarks);
        return classes;
    }

    /** Outputs of the networks of simulated evaluations: 0 for those of autoencoders. */
    static int simulated(RunConfig config) {
        return config.task() instanceof Classify ? SIMULATED : 0;
    }

    /** Where the labels of data are. */
    static String place(DataSettings data) {
        return data.whereabouts()
                + data.labels().map(name -> ", labels " + name).orElse("");
    }

    private static String mend(DataKind kind) {
        return switch (kind) {
            case HDF5 -> "set data.labels to the array of labels in the file";
            case NPY ->
                "set data.labels to the array of labels in the archive, or to a .npy file beside that of the samples";
            case IDX -> "set data.labels to an IDX file of labels beside that of the samples";
            case CSV -> "set data.labels to the column of labels, by name or number";
            case IMAGES -> "put the images of each class into a sub-folder of its own";
            case SWISS_ROLL, S_CURVE -> "of computed sets blobs has, set data.kind to that";
            case MNIST, FASHION_MNIST, CIFAR10, BLOBS -> throw new IllegalStateException(kind + " has labels");
        };
    }
}
