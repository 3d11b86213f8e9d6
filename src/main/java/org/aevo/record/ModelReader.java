package org.aevo.record;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.genome.Unfolding;
import org.aevo.io.RegularFile;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.EnumText;
import org.aevo.search.Weights;

/** Reads what {@link ModelFile} wrote, as far as new samples need it to go through the network. */
public final class ModelReader {
    private static final String TRAIN = "; train again: 'aevo train'";

    private ModelReader() {}

    /** A trained network, and what new samples need for it. */
    public record Model(
            ModelFile.About about,
            Genome genome,
            Blueprint blueprint,
            Weights weights,
            ModelFile.NewSamples newSamples) {}

    /**
     * @throws RecordException if it is missing, damaged, of another version, or of a program that did not say how samples
     *     are scaled; the message names the file and the way out
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
            return model(hdf5);
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
        if (version != ModelFile.SCHEMA_VERSION) {
            throw new RecordException(file + ": has version " + version + " of the schema, this program reads version "
                    + ModelFile.SCHEMA_VERSION
                    + (version > ModelFile.SCHEMA_VERSION ? "; use a newer aevo" : TRAIN));
        }
    }

    private static Model model(HdfFile hdf5) {
        String text = text(hdf5, "genome");
        Genome genome = GenomeText.parse(text);
        Inputs inputs = Inputs.of((Group) hdf5.getChild(Inputs.GROUP));
        Activation output = EnumText.parse(Activation.class, text(hdf5, "output_activation"));
        Node weights = hdf5.getChild("weights");
        return new Model(
                new ModelFile.About(
                        (String) hdf5.getAttribute("created_by").getData(),
                        text(hdf5, "run"),
                        (Long) hdf5.getDatasetByPath("candidate").getData(),
                        text,
                        text(hdf5, "engine")),
                genome,
                Unfolding.of(genome, inputs.shape(), output),
                WeightsFile.get((Group) weights),
                new ModelFile.NewSamples(inputs, SampleErrors.of((Group) hdf5.getChild(SampleErrors.GROUP))));
    }

    private static String text(HdfFile hdf5, String name) {
        return (String) hdf5.getDatasetByPath(name).getData();
    }
}
