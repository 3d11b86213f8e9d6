package org.aevo.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Samples that a trained network has not seen, read and scaled as those that it was trained on. They may be more than memory
 * holds. One thread reads them, once.
 */
public final class NewData {
    /** Keys of an input file in messages, as the options that stand for them. */
    private static final Map<String, String> OPTIONS = Map.of(
            "data.dataset", "--dataset",
            "data.labels", "--labels",
            "data.layout", "--layout",
            "data.kind", "--kind");

    private final DataSource source;
    private final boolean signals;
    private final InputForm form;
    private final List<String> notes = new ArrayList<>();
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private long outside;
    private long samplesOutside;

    /**
     * What to read.
     *
     * @param kind empty: as the first bytes tell
     * @param place path; array of an HDF5 file or archive; the column of labels of a table, which is no feature
     * @param layout of an array of four sides; {@link Layout#AUTO}: the one that gives samples of the right shape, that of
     *     the training's array first
     */
    public record Request(Optional<DataKind> kind, DataSettings.Place place, Layout layout) {}

    /** Takes samples one by one. */
    @FunctionalInterface
    public interface Sink {
        /**
         * @param sample in [0, 1], in the order [channel, row, column]; used again for the next one
         */
        void accept(float[] sample);
    }

    private NewData(OpenedSamples opened, InputForm form) {
        this.source = opened.source();
        this.signals = opened.signals();
        this.form = form;
    }

    /**
     * Looks at the file.
     *
     * @param form of the samples that the network was trained on
     * @throws DataException if it cannot be read, or its samples are others
     */
    public static NewData of(Request request, InputForm form) {
        try {
            Path path = request.place().path().orElseThrow();
            DataKind kind = request.kind().orElseGet(() -> KindOfFile.of(path));
            NewData data = new NewData(OpenedSamples.fitting(request, kind, form), form);
            data.check();
            return data;
        } catch (DataException e) {
            throw inOptions(e);
        }
    }

    private static DataException inOptions(DataException e) {
        String message = e.getMessage();
        for (Map.Entry<String, String> option : OPTIONS.entrySet()) {
            message = message.replace("set " + option.getKey() + " to", "give " + option.getValue())
                    .replace(option.getKey(), option.getValue());
        }
        return new DataException(message, e);
    }

    private void check() {
        Contents contents = source.contents();
        String expected = "expected " + form.shape() + ", as those that the model was trained on";
        if (!OpenedSamples.hasShape(source, form)) {
            throw new DataException(contents.nameAndPlace() + ": samples of "
                    + InputForm.of(contents, form.scaler()).shape()
                    + (contents.layout() == Layout.AUTO
                            ? ""
                            : " (" + contents.layout().text() + ")")
                    + ", " + expected + unknown(contents));
        }
        if (!form.features().isEmpty() && !contents.features().isEmpty()) {
            for (int i = 0; i < form.features().size(); i++) {
                String name = contents.features().get(i);
                if (!name.equals(form.features().get(i))) {
                    throw new DataException(contents.nameAndPlace() + ": feature " + (i + 1) + " is "
                            + CsvColumns.brief(name) + ", expected "
                            + CsvColumns.brief(form.features().get(i))
                            + ", as in the table that the model was trained on: bring the columns into that order");
                }
            }
        }
        contents.remarks().forEach(notes::add);
        if (contents.layout() != Layout.AUTO && contents.layout() != form.layout()) {
            notes.add("the array is read as " + contents.layout().text()
                    + ", in which its samples have the model's shape");
        }
        if (form.bytes() != contents.bytes()) {
            notes.add("the model was trained on " + form.type() + ", these are " + contents.type());
        }
    }

    /** Columns that the training's table did not have. */
    private String unknown(Contents contents) {
        if (form.features().isEmpty() || contents.features().isEmpty()) {
            return "";
        }
        List<String> unknown = contents.features().stream()
                .filter(name -> !form.features().contains(name))
                .limit(3)
                .map(CsvColumns::brief)
                .toList();
        return unknown.isEmpty()
                ? ""
                : "; the model knows no " + String.join(", ", unknown)
                        + ": leave it out, or name it with --labels if it is the column of labels";
    }

    /** Number of samples. */
    public int count() {
        return source.contents().training();
    }

    /** Sides of one sample as its array has them; of images in files [row, column], of coloured ones [channel, row, column]. */
    public List<Integer> sides() {
        Contents contents = source.contents();
        int channels = contents.channels();
        int height = contents.height();
        int width = contents.width();
        if (signals) {
            return switch (contents.layout()) {
                case CHANNELS_FIRST -> List.of(channels, width);
                case CHANNELS_LAST -> List.of(width, channels);
                case AUTO -> List.of(width);
            };
        }
        if (!contents.isImage() && contents.layout() == Layout.AUTO) {
            return List.of(channels);
        }
        return switch (contents.layout()) {
            case CHANNELS_FIRST -> List.of(channels, height, width);
            case CHANNELS_LAST -> List.of(height, width, channels);
            case AUTO -> channels == 1 ? List.of(height, width) : List.of(channels, height, width);
        };
    }

    /**
     * Brings values of whole samples into the order in which the array has them, see {@link #sides}.
     *
     * @param values in the order [channel, row, column]; not changed
     */
    public float[] inOwnOrder(float[] values) {
        Contents contents = source.contents();
        Optional<int[]> places = new SampleShape(
                        contents.channels(), contents.height(), contents.width(), contents.layout(), Optional.empty())
                .places();
        if (places.isEmpty()) {
            return values;
        }
        int[] to = places.get();
        float[] ordered = new float[values.length];
        for (int sample = 0; sample < values.length; sample += to.length) {
            for (int i = 0; i < to.length; i++) {
                ordered[sample + to[i]] = values[sample + i];
            }
        }
        return ordered;
    }

    /** Names of the values of a sample, where a table has them. */
    public List<String> features() {
        return source.contents().features();
    }

    /** One line: {@code NumPy array (x.npy), 64-bit floats}. */
    public String description() {
        return source.contents().nameAndPlace() + ", " + source.contents().type();
    }

    /** How the file was understood, a line each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * Hands out all samples in their order.
     *
     * @throws DataException if one cannot be read, or has a value that is no finite number
     */
    public void read(Sink sink) {
        Scaler scaler = form.scaler();
        float[] scaled = new float[form.size()];
        try {
            if (source.contents().bytes() && scaler.rule() == Scaler.Rule.BYTES) {
                float[] table = Values.scaledBytes();
                source.readBytes(DataSource.Part.TRAINING, DataSource.EVERY, (number, bytes, label) -> {
                    for (int i = 0; i < scaled.length; i++) {
                        scaled[i] = table[bytes[i] & 0xFF];
                    }
                    sink.accept(scaled);
                });
                return;
            }
            source.read(DataSource.Part.TRAINING, DataSource.EVERY, (number, values, label) -> {
                look(number, values);
                scaler.scale(values, scaled, 0);
                sink.accept(scaled);
            });
        } catch (DataException e) {
            throw inOptions(e);
        }
    }

    private void look(int number, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new DataException(source.contents().nameAndPlace() + ": value " + i + " of sample " + number
                        + " (counted from 0) is " + values[i] + ", expected a finite number");
            }
            low = Math.min(low, values[i]);
            high = Math.max(high, values[i]);
        }
        int clipped = form.scaler().outside(values);
        outside += clipped;
        samplesOutside += clipped > 0 ? 1 : 0;
    }

    /** Values read so far that were outside of the range of the training, and were clipped to it. */
    public long outside() {
        return outside;
    }

    /** What a user should see when all are read: values that the training did not have. */
    public Optional<String> clipped() {
        if (outside == 0) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "%d of %d values (%.3g%%), in %d of %d samples, were outside of the range that the model was trained on, and"
                        + " were clipped to it; values are from %s to %s",
                outside,
                (long) count() * form.size(),
                100.0 * outside / ((double) count() * form.size()),
                samplesOutside,
                count(),
                (float) low,
                (float) high));
    }

    /** What makes all results doubtful: values that use next to nothing of the training's range. */
    public Optional<String> narrow() {
        double[] lows = form.scaler().low();
        double[] highs = form.scaler().high();
        if (lows.length > 1 || high <= low || (high - low) * 50 > highs[0] - lows[0]) {
            return Optional.empty();
        }
        return Optional.of(
                "values are from " + (float) low + " to " + (float) high + ", next to nothing of the range from "
                        + (float) lows[0] + " to " + (float) highs[0]
                        + " that the model was trained on: are they scaled already?"
                        + " Raw ones are expected");
    }
}
