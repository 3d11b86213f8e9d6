package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jhdf.HdfFile;
import java.nio.file.Path;
import java.util.List;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.genome.Unfolding;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Shape;
import org.aevo.train.InitialWeights;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A chain's model.h5 says what it said before networks were graphs: checksums are of files that 0.6.0 wrote. */
class ChainModelTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1x27x27; 582474182; conv(5,k5,s3,relu) pool(2) conv(4,k2,s2,elu,bn) | latent(4) | deconvolution",
                "2x13x16; 3093886258; conv(5,k4,s3,relu,bn) pool(3) dense(10,tanh,drop0.3) | latent(4) | upsampling",
                "3x1x29; 2610146500; conv(3,k6,s2,leaky-relu,bn) conv(3,k1,s1,sigmoid) pool(2) | latent(4) | upsampling",
                "1x1x16; 3613701053; conv(3,k2,s3,tanh) pool(2) | latent(2) | deconvolution",
                "11x1x1; 4046289437; dense(7,swish) | latent(2) | upsampling",
            })
    void saysTheSame(String sides, long checksum, String genome) throws Exception {
        String[] side = sides.split("x");
        Shape shape = new Shape(Integer.parseInt(side[0]), Integer.parseInt(side[1]), Integer.parseInt(side[2]));
        Genome parsed = GenomeText.parse(genome + " | adam(lr0.001,batch32)");
        Blueprint blueprint = Unfolding.of(parsed, shape, Activation.SIGMOID);
        Path file = folder.resolve("model.h5");
        float[] samples = new float[2 * (int) shape.size()];
        ModelFile.write(
                file,
                new ModelFile.About("aevo test", "a run", 17, parsed.toString(), "dl4j"),
                blueprint,
                InitialWeights.of(blueprint, 3),
                new ModelFile.Examples(2, samples, samples, new float[2 * parsed.latent()], samples),
                new ModelFile.NewSamples(
                        new Inputs(shape, "auto", "floats", false, List.of(), "global", List.of(-1.5), List.of(2.5)),
                        SampleErrors.of(new double[] {0.2, 0.1}, new double[] {0.3})));
        try (HdfFile hdf5 = new HdfFile(file)) {
            assertEquals(1, hdf5.getAttribute("schema_version").getData());
            assertEquals(checksum, hdf5.getAttribute("content_crc32").getData());
        }
    }
}
