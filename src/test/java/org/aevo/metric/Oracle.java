package org.aevo.metric;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aevo.record.Outside;

/**
 * What scikit-learn or scikit-image says about arrays. All questions of a test class are put to one process, as starting
 * one takes seconds.
 */
public final class Oracle {
    private final Path directory;
    private final List<String> questions = new ArrayList<>();

    /**
     * @param directory for the arrays
     */
    public Oracle(Path directory) {
        this.directory = directory;
    }

    /** An array that the script finds in a file of this name, little-endian. */
    public void give(String name, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        Files.write(directory.resolve(name), bytes.array());
    }

    /** As {@link #give(String, float[])}. */
    public void give(String name, int[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        Files.write(directory.resolve(name), bytes.array());
    }

    /** A line of words, one of the script's arguments. */
    public void ask(String question, Object... words) {
        StringBuilder line = new StringBuilder(question);
        for (Object word : words) {
            line.append(' ').append(word);
        }
        questions.add(line.toString());
    }

    /** The numbers that the script printed, a name and a number on each line. */
    public Map<String, Double> answers(Class<?> test, String script) throws Exception {
        String program;
        try (InputStream in = test.getResourceAsStream(script)) {
            assertNotNull(in, script);
            program = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<String> arguments = new ArrayList<>(List.of(directory.toString()));
        arguments.addAll(questions);
        Map<String, Double> answers = new TreeMap<>();
        for (String line :
                Outside.scikit(program, arguments.toArray(String[]::new)).split("\n")) {
            int space = line.lastIndexOf(' ');
            answers.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
        }
        return answers;
    }

    /** An array of doubles that the script wrote into a file of this name, little-endian. */
    public double[] array(String name) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(directory.resolve(name))).order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(values);
        return values;
    }
}
