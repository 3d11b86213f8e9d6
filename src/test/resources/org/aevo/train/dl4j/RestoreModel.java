import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Another program than aevo: restores models and passes inputs through them. Its arguments are a folder, then for each
 * model its number and the sides of a batch: NUMBER:2,1,28,28.
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
            String number = args[i].substring(0, args[i].indexOf(':'));
            long[] sides = Arrays.stream(args[i].substring(args[i].indexOf(':') + 1).split(","))
                    .mapToLong(Long::parseLong)
                    .toArray();
            FloatBuffer values = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(number + ".in"))).asFloatBuffer();
            float[] input = new float[values.remaining()];
            values.get(input);
            MultiLayerNetwork network =
                    ModelSerializer.restoreMultiLayerNetwork(folder.resolve(number + ".zip").toFile());
            INDArray output = network.output(Nd4j.create(input).reshape('c', sides));
            if (!Arrays.equals(sides, output.shape())) {
                throw new IllegalStateException(args[i] + " came out as " + Arrays.toString(output.shape()));
            }
            float[] flat = output.dup('c').data().asFloat();
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * flat.length);
            bytes.asFloatBuffer().put(flat);
            Files.write(folder.resolve(number + ".out"), bytes.array());
        }
        System.out.println("restored " + (args.length - 1));
        Runtime.getRuntime().halt(0);
    }
}
