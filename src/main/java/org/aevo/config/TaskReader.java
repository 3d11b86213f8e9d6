package org.aevo.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.aevo.data.DataSettings.Place;
import org.aevo.network.EnumText;
import org.aevo.search.Criterion;
import org.aevo.search.Figure;
import org.aevo.task.Augmentation;
import org.aevo.task.Classify;
import org.aevo.task.Corruption;
import org.aevo.task.Denoise;
import org.aevo.task.Embed;
import org.aevo.task.Fitness;
import org.aevo.task.Reconstruct;
import org.aevo.task.Task;
import org.aevo.train.Loss;

/** Reads the section {@code task}; whether the data can serve it shows only later. */
final class TaskReader {
    private static final double SIGMA = 0.5;
    private static final double FRACTION = 0.25;
    private static final int NEIGHBOURS = 5;
    private static final int FIGURE_SAMPLES = 1000;
    /** Each pair of them takes two bytes of a worker's heap. */
    private static final int MOST_FIGURE_SAMPLES = 5000;

    private static final int MOST_FOLDS = 100;
    private static final String AUTOENCODERS = "task.kind reconstruct, denoise and embed";

    private enum Kind {
        RECONSTRUCT,
        DENOISE,
        EMBED,
        CLASSIFY
    }

    /** What training may lower where there is a choice. */
    private enum Lowered {
        MSE,
        BINARY_CROSS_ENTROPY;

        Loss loss() {
            return Loss.valueOf(name());
        }
    }

    private enum Noise {
        GAUSSIAN,
        SALT_AND_PEPPER,
        MASKING
    }

    private enum Measure {
        VALIDATION_LOSS,
        SSIM,
        TRUSTWORTHINESS,
        CONTINUITY,
        PROBE_ACCURACY,
        KNN_ACCURACY,
        CROSS_ENTROPY,
        ACCURACY,
        MACRO_F1;

        Optional<Figure> figure() {
            return this == VALIDATION_LOSS ? Optional.empty() : Optional.of(Figure.valueOf(name()));
        }

        static List<Measure> of(Kind kind) {
            return switch (kind) {
                case RECONSTRUCT, DENOISE -> List.of(VALIDATION_LOSS, SSIM);
                case EMBED -> List.of(VALIDATION_LOSS, TRUSTWORTHINESS, CONTINUITY, PROBE_ACCURACY, KNN_ACCURACY);
                case CLASSIFY -> List.of(CROSS_ENTROPY, ACCURACY, MACRO_F1);
            };
        }

        /** What may be an objective of a task: all that it measures, what its fitness may stand on first. */
        static List<Criterion> criteria(Kind kind) {
            Stream<Criterion> measured = of(kind).stream().map(Measure::criterion);
            Stream<Criterion> sizes = Stream.of(Criterion.PARAMETERS, Criterion.TRAINING_SECONDS, Criterion.OPERATIONS);
            return Stream.of(
                            measured,
                            kind == Kind.RECONSTRUCT || kind == Kind.DENOISE
                                    ? Stream.of(Criterion.PSNR)
                                    : Stream.<Criterion>empty(),
                            sizes,
                            kind == Kind.CLASSIFY ? Stream.<Criterion>empty() : Stream.of(Criterion.CODE_SIZE))
                    .flatMap(all -> all)
                    .toList();
        }

        Criterion criterion() {
            return Criterion.valueOf(name());
        }
    }

    private TaskReader() {}

    /**
     * What the section says.
     *
     * @param clean where the clean targets of the samples of data are, if they have any of their own
     * @param referencePoint of the objectives, in their order; empty for one of the run's own
     */
    record Aim(Task task, Optional<Place> clean, List<Double> referencePoint) {

        /**
         * The task of samples that are augmented.
         *
         * @param data the section that says so
         */
        Task augmenting(List<Augmentation> augmentation, Section data) {
            if (task instanceof Classify classify) {
                return new Classify(classify.folds(), classify.fitness(), Set.copyOf(augmentation));
            }
            if (!augmentation.isEmpty()) {
                throw data.error("augment", "is for task.kind classify alone");
            }
            return task;
        }
    }

    /** @param several whether the search lowers several objectives */
    static Aim read(Section s, boolean several) {
        Kind kind = s.choice(
                "kind",
                Kind.RECONSTRUCT,
                "reconstruct: what comes out should be what went in; denoise: inputs are corrupted, outputs should be clean; embed: reconstruct, but the code is what is measured; classify: the class of what goes in should come out");
        Lowered loss = s.choice(
                "loss",
                Lowered.MSE,
                "what training of autoencoders lowers (of classifiers it is the cross-entropy of their classes); the validation loss is the mean squared error per value whatever it is, and training ends early by that");
        Noise noise = s.choice("corruption", Noise.GAUSSIAN, "denoise: what is done to inputs");
        double sigma = s.decimal(
                "sigma", SIGMA, 0, 1000, "gaussian: standard deviation of what is added; the sum is clipped to [0, 1]");
        double fraction = s.decimal(
                "fraction",
                FRACTION,
                0.001,
                0.999,
                "salt-and-pepper: probability that a value becomes 0 or 1; masking: that it becomes 0");
        Measure measure = s.choice(
                "fitness",
                kind == Kind.CLASSIFY ? Measure.CROSS_ENTROPY : Measure.VALIDATION_LOSS,
                "what the search lowers: the validation loss, or 1 less a figure; ssim: reconstruct and denoise; cross-entropy (as it is, and the default there), accuracy and macro-f1: classify; the others: embed");
        double parameters = s.decimal(
                "parameter-weight",
                0,
                0,
                1e6,
                "times the decimal logarithm of the number of parameters is added to the fitness");
        double time = s.decimal(
                "time-weight",
                0,
                0,
                1e6,
                "times the decimal logarithm of the seconds of training is added to the fitness, which then depends on the machine");
        ObjectivesReader.Read objectives =
                ObjectivesReader.read(s, EnumText.of(kind), Measure.criteria(kind), measure.criterion(), several);
        int figureSamples = s.integer(
                "figure-samples",
                FIGURE_SAMPLES,
                1,
                MOST_FIGURE_SAMPLES,
                "validation samples at most that figures of autoencoders are measured on, and for embed training samples that probe and neighbours learn from");
        int neighbours = s.integer(
                "neighbours",
                NEIGHBOURS,
                1,
                MOST_FIGURE_SAMPLES / 2,
                "embed: of trustworthiness, continuity and the nearest neighbours' vote; fewer than half the samples of figures");
        int folds = s.integer(
                "folds",
                1,
                1,
                MOST_FOLDS,
                "classify: 1 for training and validation samples as data divides them; more: both together are divided into so many stratified folds, and each candidate is trained once for each, to be measured on it");
        Optional<Place> clean = clean(s);
        s.end();
        if (clean.isPresent()) {
            ownTargets(s, kind, noise, sigma, fraction);
        }
        onlyFor("task.kind denoise", kind == Kind.DENOISE, s, "corruption", noise != Noise.GAUSSIAN);
        onlyFor(
                "task.kind denoise with task.corruption gaussian",
                kind == Kind.DENOISE && noise == Noise.GAUSSIAN,
                s,
                "sigma",
                Double.compare(sigma, SIGMA) != 0);
        onlyFor(
                "task.kind denoise with task.corruption salt-and-pepper or masking",
                kind == Kind.DENOISE && noise != Noise.GAUSSIAN,
                s,
                "fraction",
                Double.compare(fraction, FRACTION) != 0);
        onlyFor("task.kind embed", kind == Kind.EMBED, s, "neighbours", neighbours != NEIGHBOURS);
        boolean classify = kind == Kind.CLASSIFY;
        onlyFor("task.kind classify", classify, s, "folds", folds != 1);
        onlyFor(AUTOENCODERS, !classify, s, "loss", loss != Lowered.MSE);
        onlyFor(AUTOENCODERS, !classify, s, "figure-samples", figureSamples != FIGURE_SAMPLES);
        if (!Measure.of(kind).contains(measure)) {
            throw s.error(
                    "fitness",
                    "is " + EnumText.of(measure) + ", which task.kind " + EnumText.of(kind)
                            + " does not measure; it has "
                            + String.join(
                                    ", ",
                                    Measure.of(kind).stream().map(EnumText::of).toList()));
        }
        Fitness fitness = new Fitness(measure.figure(), parameters, time, objectives.criteria());
        Corruption applied = clean.isPresent() ? new Corruption.Given() : corruption(noise, sigma, fraction);
        Task task =
                switch (kind) {
                    case RECONSTRUCT -> new Reconstruct(loss.loss(), fitness, figureSamples);
                    case DENOISE -> new Denoise(applied, loss.loss(), fitness, figureSamples);
                    case EMBED -> new Embed(neighbours, loss.loss(), fitness, figureSamples);
                    case CLASSIFY -> new Classify(folds, fitness, Set.of());
                };
        return new Aim(task, clean, objectives.referencePoint());
    }

    private static Optional<Place> clean(Section s) {
        Section clean = s.section(
                "clean",
                "denoise: clean targets of the samples of data, as many and in the same order, scaled as these are; nothing"
                        + " is corrupted then.");
        Optional<Path> path =
                clean.path("path", "a file or folder of data.kind; none for data.path, or the files of each part");
        Optional<String> dataset = clean.optionalText(
                "dataset", "a name inside the file", "hdf5, .npz: the array of clean samples; none for data.dataset");
        clean.end();
        return path.isPresent() || dataset.isPresent()
                ? Optional.of(new Place(path, dataset, Optional.empty()))
                : Optional.empty();
    }

    private static void ownTargets(Section s, Kind kind, Noise noise, double sigma, double fraction) {
        if (kind != Kind.DENOISE) {
            throw s.error("clean", "is for task.kind denoise alone");
        }
        String why =
                "corrupts nothing where task.clean has targets: the samples of data go in as they are; leave it out";
        if (noise != Noise.GAUSSIAN) {
            throw s.error("corruption", why);
        }
        if (Double.compare(sigma, SIGMA) != 0) {
            throw s.error("sigma", why);
        }
        if (Double.compare(fraction, FRACTION) != 0) {
            throw s.error("fraction", why);
        }
    }

    private static Corruption corruption(Noise noise, double sigma, double fraction) {
        return switch (noise) {
            case GAUSSIAN -> new Corruption.Gaussian(sigma);
            case SALT_AND_PEPPER -> new Corruption.SaltAndPepper(fraction);
            case MASKING -> new Corruption.Masking(fraction);
        };
    }

    /** A run's own input has every key: what is at its default means nothing by it. */
    private static void onlyFor(String what, boolean used, Section s, String key, boolean changed) {
        if (!used && changed) {
            throw s.error(key, "is for " + what + " alone");
        }
    }
}
