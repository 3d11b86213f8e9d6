package org.aevo.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aevo.codec.Decoder;
import org.aevo.codec.Encoder;
import org.aevo.codec.MalformedDataException;
import org.aevo.network.Classes;
import org.aevo.network.Shape;

/** {@link Inputs} in the journal. */
final class InputsCodec {
    private InputsCodec() {}

    static void write(Encoder out, Inputs inputs) {
        out.i32(inputs.shape().channels())
                .i32(inputs.shape().height())
                .i32(inputs.shape().width())
                .text(inputs.layout())
                .text(inputs.type())
                .bool(inputs.bytes())
                .i32(inputs.features().size());
        inputs.features().forEach(out::text);
        out.text(inputs.scaling());
        write(out, inputs.minima());
        write(out, inputs.maxima());
        List<Integer> labels = inputs.classes().map(Classes::labels).orElse(List.of());
        out.i32(labels.size());
        labels.forEach(out::i32);
    }

    static Inputs read(Decoder in) throws MalformedDataException {
        Inputs inputs = readWithoutClasses(in);
        Optional<Classes> classes = classes(in);
        return classes.isPresent() ? inputs.classified(classes.get()) : inputs;
    }

    /** What was written before there were classifiers. */
    static Inputs readWithoutClasses(Decoder in) throws MalformedDataException {
        return new Inputs(
                shape(in.i32(), in.i32(), in.i32()),
                in.text(),
                in.text(),
                in.bool(),
                texts(in),
                in.text(),
                numbers(in),
                numbers(in));
    }

    private static Shape shape(int channels, int height, int width) throws MalformedDataException {
        try {
            return new Shape(channels, height, width);
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("no sample has the shape " + channels + "x" + height + "x" + width, e);
        }
    }

    private static Optional<Classes> classes(Decoder in) throws MalformedDataException {
        List<Integer> labels = new ArrayList<>();
        for (int left = in.length(Integer.BYTES, "labels of classes"); left > 0; left--) {
            labels.add(in.i32());
        }
        try {
            return labels.isEmpty() ? Optional.empty() : Optional.of(new Classes(labels));
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("no classes of samples: " + e.getMessage(), e);
        }
    }

    private static List<String> texts(Decoder in) throws MalformedDataException {
        List<String> texts = new ArrayList<>();
        for (int left = in.length(Integer.BYTES, "texts"); left > 0; left--) {
            texts.add(in.text());
        }
        return texts;
    }

    private static void write(Encoder out, List<Double> numbers) {
        out.i32(numbers.size());
        numbers.forEach(out::f64);
    }

    private static List<Double> numbers(Decoder in) throws MalformedDataException {
        List<Double> numbers = new ArrayList<>();
        for (int left = in.length(Double.BYTES, "numbers"); left > 0; left--) {
            numbers.add(in.f64());
        }
        return numbers;
    }
}
