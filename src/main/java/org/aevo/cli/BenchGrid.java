package org.aevo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.aevo.config.InputException;
import org.aevo.network.EnumText;
import org.aevo.search.Mode;
import org.aevo.search.StrategyKind;

/**
 * Which runs a bench has.
 *
 * @param workers numbers of them, as the user ordered them
 * @param repeats of each combination
 * @param room processes that evaluate for which there is room: processors, or what a scheduler granted
 * @param launched whether a launcher's ranks make the runs, each of them one process, and no more than there is room for
 */
record BenchGrid(Scaling scaling, List<Integer> workers, List<Mode> modes, int repeats, int room, boolean launched) {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,5}");

    BenchGrid {
        workers = List.copyOf(workers);
        modes = List.copyOf(modes);
    }

    /** Numbers of workers, separated by commas. */
    static List<Integer> workers(String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : parts("--workers", text, "numbers of workers, such as 1,2,4")) {
            numbers.add(number("--workers", part));
        }
        return numbers;
    }

    /** Powers of two, as far as there is room. */
    static List<Integer> powersOfTwo(int room) {
        List<Integer> numbers = new ArrayList<>();
        for (int n = 1; n <= room; n *= 2) {
            numbers.add(n);
        }
        return numbers;
    }

    /**
     * The same in the modes that a strategy has.
     *
     * @param asked whether the user named the modes: then each must be one
     */
    BenchGrid serving(StrategyKind strategy, boolean asked) {
        for (Mode mode : modes) {
            if (asked && !strategy.serves(mode)) {
                throw new InputException("--modes: the strategy is " + EnumText.of(strategy) + ", which has no "
                        + EnumText.of(mode) + " mode: leave it out");
            }
        }
        return new BenchGrid(
                scaling, workers, modes.stream().filter(strategy::serves).toList(), repeats, room, launched);
    }

    static List<Mode> modes(String text) {
        List<Mode> modes = new ArrayList<>();
        for (String part : parts("--modes", text, EnumText.choices(Mode.class))) {
            modes.add(constant("--modes", Mode.class, part));
        }
        return modes;
    }

    static Scaling scaling(String text) {
        return constant("--scaling", Scaling.class, text);
    }

    static int number(String option, String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new InputException(option + ": '" + text + "' is not a number from 1 to 999999");
        }
        return Integer.parseInt(text);
    }

    private static <E extends Enum<E>> E constant(String option, Class<E> type, String text) {
        try {
            return EnumText.parse(type, text);
        } catch (IllegalArgumentException e) {
            throw new InputException(option + ": " + e.getMessage(), e);
        }
    }

    private static List<String> parts(String option, String text, String expected) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String one = part.strip();
            if (one.isEmpty()) {
                throw new InputException(option + " '" + text + "': expected " + expected + ", separated by commas");
            }
            if (parts.contains(one)) {
                throw new InputException(option + " '" + text + "': " + one + " stands there twice");
            }
            parts.add(one);
        }
        return parts;
    }
}
