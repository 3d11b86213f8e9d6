package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.aevo.apply.Application;
import org.aevo.apply.CsvOutput;
import org.aevo.apply.Output;
import org.aevo.apply.Product;
import org.aevo.apply.What;
import org.aevo.config.InputException;
import org.aevo.data.DataException;
import org.aevo.data.DataKind;
import org.aevo.data.DataSettings;
import org.aevo.data.InputForm;
import org.aevo.data.Layout;
import org.aevo.data.NewData;
import org.aevo.network.EnumText;
import org.aevo.record.DurableFiles;
import org.aevo.record.ModelReader;
import org.aevo.record.RecordException;
import org.aevo.record.SampleErrors;
import org.aevo.report.Numbers;
import org.aevo.train.Engine;
import org.aevo.train.EngineKind;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.OmpThreads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A trained model on data that it has not seen. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Puts new raw data through the model that 'aevo train' made of a run: what the code of each sample is, what the"
                    + " network makes of it, or how far that is off; of a classifier, which class it is of. Samples are scaled as those of the training were;"
                    + " values outside of its range are clipped to it, counted, and said.",
            "There may be more data than memory holds."
        })
final class ApplyCommand implements Callable<Integer> {
    /** Values that a table on standard output has at the most. */
    private static final long MOST_PRINTED = 1_000_000;

    private static final long EVERY_NANOS = 10_000_000_000L;
    private static final double QUANTILE = 0.99;

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            description = "Run directory that 'aevo train' has left a model in, or a folder with a model.h5.")
    private Path directory;

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "Raw data: .npy, .npz, CSV, HDF5, IDX, a folder of images.")
    private Path file;

    @Option(
            names = "--as",
            required = true,
            paramLabel = "codes|reconstructions|errors|labels|probabilities",
            description =
                    "Reconstructions are in the units of the data; errors are mean squared errors of values in [0, 1],"
                            + " with the threshold above which a sample is an anomaly. Of a classifier: the label of the"
                            + " most probable class, or the probability of each.")
    private What as;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "A new file: HDF5 (.h5, .hdf5), NumPy (.npy) or a table (.csv). Default: a table on standard"
                    + " output, where that is small.")
    private Optional<Path> output;

    @Option(
            names = "--quantile",
            paramLabel = "Q",
            description = "The threshold of errors is this quantile of those of the training samples. Default: 0.99.")
    private Optional<Double> quantile;

    @Option(names = "--scaled", description = "Leave reconstructions in [0, 1], as the network gives them.")
    private boolean scaled;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description =
                    "npy, csv, hdf5, idx, images, mnist, fashion-mnist, cifar10. Default: as FILE's first bytes tell.")
    private Optional<DataKind> kind;

    @Option(names = "--dataset", paramLabel = "NAME", description = "The array in an HDF5 file or .npz.")
    private Optional<String> dataset;

    @Option(
            names = "--labels",
            paramLabel = "COLUMN",
            description = "The column of a table that holds labels, by name or number: it is left out.")
    private Optional<String> labels;

    @Option(
            names = "--layout",
            paramLabel = "channels-first|channels-last",
            description = "Of an array of four sides. Default: that in which its samples have the model's shape.")
    private Optional<Layout> layout;

    @Option(names = "--id", paramLabel = "N", description = "The model of this candidate, in DIR/candidate-N.")
    private Optional<Long> id;

    @Option(names = "--engine", paramLabel = "ENGINE", description = "dl4j or torch. Default: that of the training.")
    private Optional<EngineKind> engineKind;

    @Override
    public Integer call() throws IOException {
        checkOptions();
        Optional<Output.Format> format = format();
        Path place = ModelPlace.of(directory, id);
        ModelReader.Model model = ModelReader.read(place);
        AppliedProduct asked = new AppliedProduct(as, model, quantile.orElse(QUANTILE), scaled);
        EngineKind kindOfEngine = engine(model);
        try {
            InputForm form = InputForms.form(model.newSamples().inputs());
            NewData data = NewData.of(request(), form);
            say(data.description() + ": " + Numbers.count(data.count(), "sample"));
            data.notes().forEach(note -> say("note: " + note));
            Product product = asked.of(data, file);
            if (format.isEmpty() && (long) product.size() * product.count() > MOST_PRINTED) {
                throw new InputException((long) product.size() * product.count()
                        + " values are too many for standard output: name a file, -o FILE.npy, FILE.h5 or FILE.csv");
            }
            try (Stopped stopped = new Stopped(output.isPresent());
                    Engine engine = Engines.open(kindOfEngine);
                    Network network = engine.build(NetworkPlan.untrained(model.blueprint()))) {
                load(network, model, place);
                Application application = new Application(network, form, product, scaled);
                write(application, data, product, format);
                stopped.close();
                conclude(application, data, product, model);
            }
            return ExitCode.DONE;
        } catch (DataException e) {
            throw new InputException(e.getMessage(), e);
        } catch (RecordException e) {
            throw e.then("apply again");
        } catch (OutOfMemoryError e) {
            throw new CommandException(
                    "not enough memory (" + e.getMessage() + "): give Java more, JAVA_TOOL_OPTIONS=-Xmx4g", e);
        }
    }

    private void checkOptions() {
        if (quantile.isPresent() && as != What.ERRORS) {
            throw new InputException("--quantile goes with --as errors");
        }
        if (scaled && as != What.RECONSTRUCTIONS) {
            throw new InputException("--scaled goes with --as reconstructions");
        }
        quantile.filter(share -> !(share >= 0 && share <= 1)).ifPresent(share -> {
            throw new InputException("--quantile must be from 0 to 1, was " + share);
        });
        kind.filter(DataKind::isSynthetic).ifPresent(synthetic -> {
            throw new InputException("--kind " + synthetic.text() + ": is computed, there is no file of it");
        });
        if (file.toString().isBlank()) {
            throw new InputException("FILE: is empty, expected a file or folder");
        }
    }

    /** Where nothing is yet. */
    private Optional<Output.Format> format() {
        if (output.isEmpty()) {
            return Optional.empty();
        }
        Path target = output.get();
        if (target.toString().isBlank() || Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new InputException("--output: '" + target + "' "
                    + (target.toString().isBlank() ? "is no file" : "exists") + ", expected the name of a new file");
        }
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new InputException("--output: '" + target + "': there is no directory " + parent);
        }
        Optional<Output.Format> format = Output.Format.of(target);
        if (format.isEmpty()) {
            throw new InputException("--output: '" + target + "' ends in no format, expected .h5, .hdf5, .npy or .csv");
        }
        return format;
    }

    private NewData.Request request() {
        return new NewData.Request(
                kind, new DataSettings.Place(Optional.of(file), dataset, labels), layout.orElse(Layout.AUTO));
    }

    private EngineKind engine(ModelReader.Model model) {
        EngineKind chosen;
        try {
            chosen = engineKind.orElseGet(
                    () -> EnumText.parse(EngineKind.class, model.about().engine()));
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    "the model was trained by an engine that is not known here: " + e.getMessage(), e);
        }
        Engines.missing(chosen).ifPresent(problem -> {
            throw new InputException("engine " + EnumText.of(chosen) + ": " + problem);
        });
        OmpThreads.problem(System.getenv(OmpThreads.VARIABLE)).ifPresent(problem -> {
            throw new InputException(problem);
        });
        LeftOut.text(System.getenv()).ifPresent(ApplyCommand::say);
        return chosen;
    }

    private static void load(Network network, ModelReader.Model model, Path place) {
        try {
            network.load(model.weights());
        } catch (IllegalArgumentException e) {
            throw new CommandException(place + ": its weights are not those of its layers: " + e.getMessage(), e);
        }
    }

    private void write(Application application, NewData data, Product product, Optional<Output.Format> format)
            throws IOException {
        Progress progress = new Progress(data.count());
        if (format.isEmpty()) {
            // not closed: that would close standard output
            CsvOutput table = new CsvOutput(System.out, product);
            application.run(data, table, progress::done);
            table.flush();
            return;
        }
        DurableFiles.create(output.orElseThrow(), temporary -> {
            try (Output out = format.get().create(temporary, product)) {
                application.run(data, out, progress::done);
            }
        });
    }

    private void conclude(Application application, NewData data, Product product, ModelReader.Model model) {
        data.clipped().ifPresent(text -> say("note: " + text));
        data.narrow().ifPresent(text -> say("note: " + text));
        if (product.what() == What.ERRORS) {
            SampleErrors errors = model.newSamples().errors();
            say(String.format(
                    Locale.ROOT,
                    "threshold %s, the %s quantile of the errors of training samples: %d of %d samples are above (%.3g%%); of"
                            + " the samples held out in training %.3g%% are",
                    product.threshold(),
                    quantile.orElse(QUANTILE),
                    application.anomalies(),
                    data.count(),
                    100.0 * application.anomalies() / data.count(),
                    100 * errors.heldOutAbove(product.threshold())));
        }
        output.ifPresent(target -> say(target + ": " + EnumText.of(product.what()) + " of "
                + Numbers.count(data.count(), "sample") + ", by candidate "
                + model.about().candidate() + " of " + model.about().run()));
    }

    private static void say(String text) {
        System.err.println("aevo: " + text);
    }

    /** Tells now and then how many samples are through. */
    private static final class Progress {
        private final long all;
        private long told = System.nanoTime();

        Progress(long all) {
            this.all = all;
        }

        void done(long count) {
            if (System.nanoTime() - told > EVERY_NANOS) {
                told = System.nanoTime();
                say(count + " of " + Numbers.count(all, "sample"));
            }
        }
    }

    /** Says at a shutdown what is left of the work, unless it is over. */
    private static final class Stopped implements AutoCloseable {
        private final Thread hook;

        Stopped(boolean intoFile) {
            hook = new Thread(() -> say(
                    "stopped by a signal; " + (intoFile ? "nothing was written" : "what was printed is not complete")));
            Runtime.getRuntime().addShutdownHook(hook);
        }

        @Override
        public void close() {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // too late: it is said already
            }
        }
    }
}
