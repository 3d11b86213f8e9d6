package org.aevo.record;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.aevo.io.RegularFile;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.search.Weights;

/**
 * Reads what {@link ModelFile} wrote, as far as new samples need it to go through the network. The network is what the
 * tables of layers and outputs say; the text of the genome is for people.
 */
public final class ModelReader {
    private static final String TRAIN = "; train again: 'aevo train'";

    private ModelReader() {}

    /** A trained network, and what new samples need for it. */
    public record Model(ModelFile.About about, Blueprint blueprint, Weights weights, ModelFile.NewSamples newSamples) {}

    /**
     * @throws RecordException if it is missing, damaged, of another version, of a program that did not say how samples
     *     are scaled, or if its layers are no network or its weights not theirs; the message names the file and the way out
     */
    public static Model read(Path file) throws RecordException {
        try {
            RegularFile.require(file);
        } catch (IOException e) {
            throw RecordException.of(file, "be read", e);
        }
        try (HdfFile hdf5 = new HdfFile(file)) {
            checkSchema(file, hdf5);
            if (hdf5.getChild(Inputs.GROUP) == null) {
                throw new RecordException(
                        file + ": does not say how samples are scaled, which aevo keeps in models since 0.6.0" + TRAIN);
            }
            if (!Hdf5Checksum.matches(hdf5).equals(Optional.of(true))) {
                throw new RecordException(file + ": damaged, its checksum does not match" + TRAIN);
            }
            return model(file, hdf5);
        } catch (RecordException e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw new RecordException(file + ": no model of aevo, or a damaged one (" + e + ")" + TRAIN, e);
        }
    }

    private static void checkSchema(Path file, HdfFile hdf5) throws RecordException {
        Attribute schema = hdf5.getAttribute("schema");
        if (schema == null || !ModelFile.SCHEMA.equals(schema.getData())) {
            throw new RecordException(file + ": no model of aevo (schema " + ModelFile.SCHEMA + ")" + TRAIN);
        }
        int version = (Integer) hdf5.getAttribute("schema_version").getData();
        if (version < ModelFile.SCHEMA_VERSION || version > ModelFile.GRAPH_SCHEMA_VERSION) {
            throw new RecordException(file + ": has version " + version + " of the schema, this program reads versions "
                    + ModelFile.SCHEMA_VERSION + " to " + ModelFile.GRAPH_SCHEMA_VERSION
                    + (version > ModelFile.GRAPH_SCHEMA_VERSION ? "; use a newer aevo" : TRAIN));
        }
    }

    private static Model model(Path file, HdfFile hdf5) throws RecordException {
        Inputs inputs = Inputs.of((Group) hdf5.getChild(Inputs.GROUP));
        Blueprint blueprint;
        try {
            blueprint = LayerTable.read(hdf5, inputs.shape());
            if (inputs.classes().isPresent()) {
                inputs.requireClassesOf(blueprint);
            }
        } catch (IllegalArgumentException e) {
            throw new RecordException(file + ": its layers are no network: " + e.getMessage() + TRAIN, e);
        }
        Weights weights = WeightsFile.get((Group) hdf5.getChild("weights"));
        if (weights.size() != numbers(blueprint)) {
            throw new RecordException(file + ": its weights are not those of its layers: " + weights.size()
                    + " numbers, " + numbers(blueprint) + " are wanted" + TRAIN);
        }
        return new Model(
                new ModelFile.About(
                        (String) hdf5.getAttribute("created_by").getData(),
                        text(hdf5, "run"),
                        (Long) hdf5.getDatasetByPath("candidate").getData(),
                        text(hdf5, "genome"),
                        text(hdf5, "engine")),
                blueprint,
                weights,
                new ModelFile.NewSamples(
                        inputs,
                        inputs.classes().isPresent()
                                ? SampleErrors.NONE
                                : SampleErrors.of((Group) hdf5.getChild(SampleErrors.GROUP))));
    }

    /** Numbers that the network's arrays hold: what is trained, and the running mean and variance of normalisations. */
    private static long numbers(Blueprint blueprint) {
        long numbers = blueprint.parameters();
        for (Layer layer : blueprint.layers()) {
            numbers += LayerColumns.isNormalized(layer) ? 2L * layer.output().channels() : 0;
        }
        return numbers;
    }

    private static String text(HdfFile hdf5, String name) {
        return (String) hdf5.getDatasetByPath(name).getData();
    }
}
