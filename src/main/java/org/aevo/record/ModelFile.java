package org.aevo.record;

import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.aevo.network.Blueprint;
import org.aevo.network.Classes;
import org.aevo.network.EnumText;
import org.aevo.network.Shape;
import org.aevo.search.Weights;

/**
 * {@code model.h5}: a trained network with all that is needed to compute it anywhere, and samples to try that on. {@code
 * docs/model.md} describes what is in it.
 */
public final class ModelFile {
    /** Root attribute {@code schema}. */
    public static final String SCHEMA = "aevo-model";

    /** Root attribute {@code schema_version} of chains, which programs before 0.7.0 read too. */
    public static final int SCHEMA_VERSION = 1;

    /** The same of networks that are no chains: their layers have inputs, and the network has outputs by name. */
    public static final int GRAPH_SCHEMA_VERSION = 2;

    private ModelFile() {}

    /**
     * What network it is.
     *
     * @param createdBy program and version
     * @param run its name
     * @param candidate its id in the run
     * @param genome its text; of a network written by hand that network's
     * @param engine that trained it: {@code dl4j} or {@code torch}
     */
    public record About(String createdBy, String run, long candidate, String genome, String engine) {}

    /**
     * Samples of the test set and what the network makes of them, in C order [sample, channel, row, column].
     *
     * @param originals as they are
     * @param inputs as the network gets them: the originals, or corrupted
     * @param codes [sample, value of the code]; empty of a network that has none
     * @param outputs reconstructions
     */
    public record Examples(int count, float[] originals, float[] inputs, float[] codes, float[] outputs) {}

    /**
     * Samples of the test set that a network classifies.
     *
     * @param inputs as the network gets them, in C order [sample, channel, row, column]
     * @param labels true ones, as the data have them
     * @param predicted labels of the most probable classes
     * @param probabilities [sample, class]
     */
    public record ClassifiedExamples(int count, float[] inputs, int[] labels, int[] predicted, float[] probabilities) {
        static ClassifiedExamples of(Group group) {
            int[] labels = (int[]) group.getDatasetByPath("labels").getDataFlat();
            return new ClassifiedExamples(
                    labels.length,
                    (float[]) group.getDatasetByPath("inputs").getDataFlat(),
                    labels,
                    (int[]) group.getDatasetByPath("predicted").getDataFlat(),
                    (float[]) group.getDatasetByPath("probabilities").getDataFlat());
        }

        /**
         * @throws IllegalArgumentException if these are no examples of such samples and their classes
         */
        void require(Inputs of) {
            Classes classes = of.classes().orElseThrow();
            if (inputs.length != count * of.shape().size()
                    || predicted.length != count
                    || probabilities.length != (long) count * classes.count()) {
                throw new IllegalArgumentException(count + " labels, " + predicted.length + " predicted, "
                        + inputs.length + " values of inputs, " + probabilities.length + " probabilities");
            }
            classes.indices(labels);
            classes.indices(predicted);
        }

        /** Whether these are examples of such samples and their classes. */
        public boolean areOf(Inputs inputs) {
            try {
                require(inputs);
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    /**
     * What new samples need that are to go through the network.
     *
     * @param inputs how they become inputs
     * @param errors those of the samples that it was trained on; none of a classifier
     */
    public record NewSamples(Inputs inputs, SampleErrors errors) {}

    /**
     * Writes the file of a classifier and reads it again to check it.
     *
     * @param inputs how samples become inputs, and which classes there are
     * @throws IllegalArgumentException if the network does not put out a value for each class
     * @throws RecordException if it cannot be written; nothing is left of it
     */
    public static void write(
            Path file, About about, Blueprint blueprint, Weights weights, ClassifiedExamples examples, Inputs inputs)
            throws RecordException {
        inputs.requireClassesOf(blueprint);
        write(file, about, blueprint, weights, new NewSamples(inputs, SampleErrors.NONE), group -> {
            int count = examples.count();
            array(
                    group,
                    "inputs",
                    "samples of the test set as the network gets them",
                    count,
                    blueprint.input(),
                    examples.inputs());
            put(group, "labels", "true ones", examples.labels());
            put(group, "predicted", "labels of the most probable classes", examples.predicted());
            Shape classes = Shape.vector(inputs.classes().orElseThrow().count());
            array(
                    group,
                    "probabilities",
                    "of each class, in the order of /inputs/classes",
                    count,
                    classes,
                    examples.probabilities());
        });
    }

    /**
     * Writes the file of an autoencoder and reads it again to check it.
     *
     * @throws RecordException if it cannot be written; nothing is left of it
     */
    public static void write(
            Path file, About about, Blueprint blueprint, Weights weights, Examples examples, NewSamples newSamples)
            throws RecordException {
        write(file, about, blueprint, weights, newSamples, group -> examples(group, blueprint, examples));
    }

    private static void write(
            Path file,
            About about,
            Blueprint blueprint,
            Weights weights,
            NewSamples newSamples,
            Consumer<WritableGroup> examples)
            throws RecordException {
        boolean chain = LayerTable.isChain(blueprint);
        DurableFiles.replace(file, temporary -> {
            NewHdf5.write(temporary, hdf5 -> {
                hdf5.putAttribute("schema", SCHEMA);
                hdf5.putAttribute("schema_version", chain ? SCHEMA_VERSION : GRAPH_SCHEMA_VERSION);
                hdf5.putAttribute("created_by", Hdf5Table.clean(about.createdBy()));
                put(hdf5, "run", "name of the run", Hdf5Table.clean(about.run()));
                put(hdf5, "candidate", "its id in the run", about.candidate());
                put(hdf5, "genome", "what was found, as a text", Hdf5Table.clean(about.genome()));
                put(hdf5, "engine", "that trained it", Hdf5Table.clean(about.engine()));
                put(hdf5, "output_activation", "of the last layer", EnumText.of(blueprint.outputActivation()));
                newSamples.inputs().put(hdf5);
                if (newSamples.inputs().classes().isEmpty()) {
                    newSamples.errors().put(hdf5);
                }
                if (chain) {
                    LayerTable.writeChain(hdf5, blueprint);
                } else {
                    LayerTable.write(hdf5, blueprint);
                }
                WeightsFile.put(hdf5.putGroup("weights"), weights);
                examples.accept(hdf5.putGroup("examples"));
                Hdf5Checksum.put(hdf5);
            });
            check(temporary);
        });
    }

    private static void examples(WritableGroup group, Blueprint blueprint, Examples examples) {
        int count = examples.count();
        Shape shape = blueprint.input();
        array(group, "originals", "samples of the test set", count, shape, examples.originals());
        array(group, "inputs", "the same as the network gets them", count, shape, examples.inputs());
        if (examples.codes().length > 0) {
            Shape code = Shape.vector(examples.codes().length / count);
            array(group, "codes", "what the bottleneck gives", count, code, examples.codes());
        }
        Shape made = blueprint.output().layer().output();
        array(
                group,
                "outputs",
                "what the network gives",
                count,
                made.size() == shape.size() ? shape : made,
                examples.outputs());
    }

    private static void array(
            WritableGroup group, String name, String description, int count, Shape shape, float[] values) {
        int[] sides = shape.isImage()
                ? new int[] {count, shape.channels(), shape.height(), shape.width()}
                : new int[] {count, shape.channels()};
        put(group, name, description, WeightsFile.nested(new Weights.Array(name, sides, values)));
    }

    private static void put(WritableGroup group, String name, String description, Object value) {
        WritableDataset dataset = group.putDataset(name, value);
        Hdf5Table.describe(dataset, "", description);
    }

    private static void check(Path file) throws RecordException {
        RunFile.checkLength(file);
        try (HdfFile hdf5 = new HdfFile(file)) {
            if (!SCHEMA.equals(hdf5.getAttribute("schema").getData()) || hdf5.getChild("weights") == null) {
                throw new RecordException(file + ": written without its schema or weights");
            }
            if (!Hdf5Checksum.matches(hdf5).equals(Optional.of(true))) {
                throw new RecordException(file + ": not what was written is read");
            }
        } catch (RuntimeException e) {
            throw new RecordException(file + ": cannot be read back: " + e, e);
        }
    }
}
