package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.aevo.genome.GenomeText;
import org.aevo.genome.Unfolding;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Shape;
import org.aevo.search.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Models that 0.5.0 and 0.6.0 wrote, of small images and signals, read the same to the bit. Checksums of their weights, names
 * and shapes were computed with h5py.
 */
class OldModelsTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/aevo/models");
    private static final long IMAGES = 0xf8414e58L;
    private static final long SIGNALS = 0x5315a6e2L;

    private static Path model(String name) {
        return FOLDER.resolve(name + ".h5");
    }

    @ParameterizedTest
    @CsvSource({"images-0.6.0, 9, " + IMAGES, "signals-0.6.0, 1, " + SIGNALS})
    void aModelIsRead(String name, int height, long checksum) throws Exception {
        ModelReader.Model model = ModelReader.read(model(name));
        assertEquals("aevo 0.6.0", model.about().createdBy());
        assertEquals(3, model.about().candidate());
        Shape shape = model.newSamples().inputs().shape();
        assertEquals(new Shape(1, height, height == 1 ? 24 : 9), shape);
        assertEquals(unfolded(model.about().genome(), shape), model.blueprint());
        assertEquals(checksum, checksum(model.weights()));
    }

    @Test
    void whatTheFirstModelsLackIsSaidAndTheRestOfThemIsRead() throws Exception {
        Path file = model("images-0.5.0");
        RecordException e = assertThrows(RecordException.class, () -> ModelReader.read(file));
        assertEquals(
                file + ": does not say how samples are scaled, which aevo keeps in models since 0.6.0; train again:"
                        + " 'aevo train'",
                e.getMessage());
        try (HdfFile hdf5 = new HdfFile(file)) {
            Shape shape = new Shape(1, 9, 9);
            String genome = (String) hdf5.getDatasetByPath("genome").getData();
            assertEquals(unfolded(genome, shape), LayerTable.read(hdf5, shape));
            assertEquals(IMAGES, checksum(WeightsFile.get((Group) hdf5.getChild("weights"))));
        }
    }

    @Test
    void numpyComputesThem() throws Exception {
        for (String name : new String[] {"images-0.5.0", "images-0.6.0", "signals-0.6.0"}) {
            Outside.Result result =
                    Outside.script("bench/reconstruct.py", model(name).toString());
            assertEquals(0, result.exit(), result.output());
            assertTrue(result.output().contains(": 10 reconstructions, "), result.output());
        }
    }

    private static Blueprint unfolded(String genome, Shape shape) {
        return Unfolding.of(GenomeText.parse(genome), shape, Activation.SIGMOID);
    }

    private static long checksum(Weights weights) {
        CRC32 crc = new CRC32();
        for (Weights.Array array : weights.arrays()) {
            crc.update((array.name() + " " + Arrays.toString(array.shape())).getBytes(StandardCharsets.UTF_8));
            ByteBuffer bytes = ByteBuffer.allocate(array.values().length * Float.BYTES);
            bytes.asFloatBuffer().put(array.values());
            crc.update(bytes.array());
        }
        return crc.getValue();
    }
}
