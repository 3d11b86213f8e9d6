package org.aevo.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Ways to change bytes and texts: flip, cut, double, splice, and lengths that lie. */
public final class Mutations {
    private static final int MAX_STEPS = 4;
    private static final int MAX_BYTES = 300_000;
    private static final int[] NUMBERS = {
        0,
        1,
        -1,
        2,
        127,
        128,
        255,
        256,
        65_535,
        65_536,
        1 << 20,
        1 << 24,
        64 << 20,
        1 << 30,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE
    };
    private static final double[] REALS = {
        0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE
    };

    private Mutations() {}

    /** A few changes one after the other. */
    public static byte[] bytes(Random random, byte[] input, byte[] other) {
        byte[] changed = input;
        for (int step = 1 + random.nextInt(MAX_STEPS); step > 0; step--) {
            changed = once(random, changed, other);
        }
        return changed.length > MAX_BYTES ? Arrays.copyOf(changed, MAX_BYTES) : changed;
    }

    /** The same for a text, of which words are exchanged too, for those of a list as well. */
    public static byte[] text(Random random, byte[] input, byte[] other, List<String> words) {
        byte[] changed = input;
        for (int step = 1 + random.nextInt(MAX_STEPS); step > 0; step--) {
            changed = switch (random.nextInt(8)) {
                case 0, 1 -> exchangeWord(random, changed, words);
                case 2 -> insert(changed, random.nextInt(changed.length + 1), utf8(any(random, words)));
                case 3 -> exchangeNumber(random, changed);
                case 4, 5 -> moveLine(random, changed, other);
                case 6 -> random.nextInt(20) == 0 ? nest(random, changed, words) : changed;
                default -> once(random, changed, other);
            };
        }
        return changed.length > MAX_BYTES ? Arrays.copyOf(changed, MAX_BYTES) : changed;
    }

    private static byte[] once(Random random, byte[] in, byte[] other) {
        int at = random.nextInt(in.length + 1);
        int end = at + random.nextInt(Math.min(in.length - at, 1 + random.nextInt(200)) + 1);
        switch (random.nextInt(12)) {
            case 0, 1:
                if (at < in.length) {
                    in[at] ^= (byte) (1 << random.nextInt(8));
                }
                return in;
            case 2:
                if (at < in.length) {
                    in[at] = (byte) random.nextInt(256);
                }
                return in;
            case 3, 4:
                return write(
                        in,
                        at,
                        ByteBuffer.allocate(4).putInt(number(random, in)).array());
            case 5:
                return write(
                        in,
                        at,
                        ByteBuffer.allocate(8).putLong(number(random, in)).array());
            case 6:
                return write(
                        in,
                        at,
                        ByteBuffer.allocate(8)
                                .putDouble(REALS[random.nextInt(REALS.length)])
                                .array());
            case 7:
                return insert(Arrays.copyOf(in, at), at, Arrays.copyOfRange(in, end, in.length));
            case 8:
                return insert(in, at, Arrays.copyOfRange(in, at, end));
            case 9:
                return Arrays.copyOf(in, at);
            case 10:
                int from = random.nextInt(other.length + 1);
                return insert(Arrays.copyOf(in, at), at, Arrays.copyOfRange(other, from, other.length));
            default:
                byte[] noise = new byte[random.nextInt(20)];
                random.nextBytes(noise);
                return insert(in, at, noise);
        }
    }

    private static int number(Random random, byte[] in) {
        return switch (random.nextInt(4)) {
            case 0 -> in.length - random.nextInt(Math.min(in.length, 16) + 1);
            case 1 -> random.nextInt();
            default -> NUMBERS[random.nextInt(NUMBERS.length)];
        };
    }

    private static byte[] write(byte[] in, int at, byte[] value) {
        System.arraycopy(value, 0, in, at, Math.min(value.length, in.length - at));
        return in;
    }

    private static byte[] insert(byte[] in, int at, byte[] more) {
        byte[] out = Arrays.copyOf(in, in.length + more.length);
        System.arraycopy(in, at, out, at + more.length, in.length - at);
        System.arraycopy(more, 0, out, at, more.length);
        return out;
    }

    private static byte[] exchangeWord(Random random, byte[] in, List<String> words) {
        int start = random.nextInt(in.length + 1);
        while (start > 0 && start < in.length && Character.isLetterOrDigit(in[start - 1])) {
            start--;
        }
        int end = start;
        while (end < in.length && (Character.isLetterOrDigit(in[end]) || in[end] == '-' || in[end] == '.')) {
            end++;
        }
        return join(Arrays.copyOf(in, start), utf8(any(random, words)), Arrays.copyOfRange(in, end, in.length));
    }

    private static byte[] exchangeNumber(Random random, byte[] in) {
        int start = random.nextInt(in.length + 1);
        while (start < in.length && !Character.isDigit(in[start])) {
            start++;
        }
        int end = start;
        while (end < in.length && (Character.isDigit(in[end]) || in[end] == '.')) {
            end++;
        }
        String value =
                switch (random.nextInt(5)) {
                    case 0 -> "" + NUMBERS[random.nextInt(NUMBERS.length)];
                    case 1 -> "" + REALS[random.nextInt(REALS.length)];
                    case 2 -> "9".repeat(1 + random.nextInt(4000));
                    case 3 -> "1e" + random.nextInt(1000);
                    default -> "" + random.nextInt(100);
                };
        return join(Arrays.copyOf(in, start), utf8(value), Arrays.copyOfRange(in, end, in.length));
    }

    /** A line of this text or another, dropped, doubled or put elsewhere, perhaps indented otherwise. */
    private static byte[] moveLine(Random random, byte[] in, byte[] other) {
        String[] lines = Fuzz.text(random.nextBoolean() ? in : other).split("\n", -1);
        String line = lines[random.nextInt(lines.length)];
        String moved = " ".repeat(random.nextInt(4)) + (random.nextBoolean() ? line : line.strip()) + "\n";
        int at = random.nextInt(in.length + 1);
        while (at > 0 && in[at - 1] != '\n') {
            at--;
        }
        return insert(in, at, utf8(moved));
    }

    /** Something again and again, or within itself. */
    private static byte[] nest(Random random, byte[] in, List<String> words) {
        String word = any(random, words);
        int times = 1 + random.nextInt(1 + random.nextInt(20_000));
        String many =
                (random.nextBoolean() ? word : word + "\n").repeat(Math.min(times, MAX_BYTES / (word.length() + 1)));
        return insert(in, random.nextInt(in.length + 1), utf8(many));
    }

    private static byte[] join(byte[] a, byte[] b, byte[] c) {
        return insert(insert(a, a.length, b), a.length + b.length, c);
    }

    private static String any(Random random, List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
