package org.aevo.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** What the values of the train part are like, and what looks odd about them; as they are stored, before scaling. */
final class Survey {
    private static final int DARK = 64;

    private final Contents contents;
    private final double[] first;
    private final boolean[] varies;
    private final OptionalDouble fillValue;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private long samples;
    private long filled;

    Survey(Contents contents) {
        this.contents = contents;
        fillValue = contents.fillValue();
        first = new double[contents.sampleSize()];
        varies = new boolean[first.length];
    }

    /** A sample of the train part. */
    void see(double[] values) {
        if (samples == 0) {
            System.arraycopy(values, 0, first, 0, first.length);
        }
        samples++;
        for (int i = 0; i < values.length; i++) {
            see(i, values[i]);
        }
    }

    /** A sample of unsigned bytes of the train part. */
    void see(byte[] values) {
        if (samples == 0) {
            Arrays.setAll(first, i -> values[i] & 0xFF);
        }
        samples++;
        for (int i = 0; i < values.length; i++) {
            see(i, values[i] & 0xFF);
        }
    }

    private void see(int place, double value) {
        low = Math.min(low, value);
        high = Math.max(high, value);
        varies[place] |= value != first[place];
        if (fillValue.isPresent() && value == fillValue.getAsDouble()) {
            filled++;
        }
    }

    /** {@code 0 to 255}. */
    String range() {
        return number(low) + " to " + number(high);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Float.toString((float) value);
    }

    /** What a user should look at, a line each. */
    List<String> odd(boolean dividedBy255) {
        List<String> lines = new ArrayList<>();
        int constant = 0;
        for (boolean v : varies) {
            constant += v ? 0 : 1;
        }
        if (constant == varies.length) {
            lines.add("all training samples are equal: there is nothing to learn from them");
        } else if (constant > (contents.isImage() ? varies.length / 2 : 0)) {
            lines.add(constant + " of the " + varies.length
                    + (contents.isSignal() ? " values" : contents.isImage() ? " pixel values" : " features")
                    + " are the same in all training samples");
        }
        if (dividedBy255 && high <= 1) {
            lines.add("all bytes are 0 or 1, and bytes are divided by 255, so that losses are near 0 whatever the"
                    + " network: set data.scaling to global, which makes them 0 and 1");
        } else if (dividedBy255 && high < DARK) {
            lines.add("no byte is above " + number(high)
                    + ", and bytes are divided by 255: data.scaling global would use" + " all of 0 to 1");
        }
        if (filled > 0) {
            lines.add(filled + " values are " + number(fillValue.getAsDouble())
                    + ", which the file says stands for missing ones: they are taken as numbers; replace them, or leave"
                    + " out their samples");
        }
        return lines;
    }
}
