import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Another program than aevo: restores models and passes inputs through them. Its arguments are a folder, then for each
 * model its number, its kind, and the sides of a batch of inputs and of outputs: NUMBER:chain:2,1,28,28:2,1,28,28.
 */
class RestoreModel {
    public static void main(String[] args) throws Exception {
        try {
            Class.forName("org.aevo.train.Network");
            throw new IllegalStateException("the class path has aevo on it");
        } catch (ClassNotFoundException e) {
            // as it should be
        }
        Path folder = Path.of(args[0]);
        for (int i = 1; i < args.length; i++) {
            String[] parts = args[i].split(":");
            String number = parts[0];
            INDArray input = Nd4j.create(read(folder.resolve(number + ".in"))).reshape('c', sides(parts[2]));
            File model = folder.resolve(number + ".zip").toFile();
            INDArray output;
            INDArray code;
            if (parts[1].equals("chain")) {
                MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(model);
                output = network.output(input);
                Layer latent = network.getLayer("latent");
                code = latent == null
                        ? null
                        : network.feedForwardToLayer(latent.getIndex(), input).get(latent.getIndex() + 1);
            } else {
                ComputationGraph network = ModelSerializer.restoreComputationGraph(model);
                output = network.outputSingle(input);
                code = network.feedForward(input, false).get("latent");
            }
            if (!Arrays.equals(sides(parts[3]), output.shape())) {
                throw new IllegalStateException(args[i] + " came out as " + Arrays.toString(output.shape()));
            }
            write(folder.resolve(number + ".out"), output);
            if (code != null) {
                write(folder.resolve(number + ".code"), code);
            }
        }
        System.out.println("restored " + (args.length - 1));
        Runtime.getRuntime().halt(0);
    }

    private static long[] sides(String text) {
        return Arrays.stream(text.split(",")).mapToLong(Long::parseLong).toArray();
    }

    private static float[] read(Path file) throws IOException {
        FloatBuffer values = ByteBuffer.wrap(Files.readAllBytes(file)).asFloatBuffer();
        float[] read = new float[values.remaining()];
        values.get(read);
        return read;
    }

    private static void write(Path file, INDArray array) throws IOException {
        float[] flat = array.dup('c').data().asFloat();
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * flat.length);
        bytes.asFloatBuffer().put(flat);
        Files.write(file, bytes.array());
    }
}
