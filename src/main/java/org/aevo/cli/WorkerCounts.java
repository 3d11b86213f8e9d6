package org.aevo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.aevo.config.InputException;

/** A list of numbers of workers, as options take it: {@code 1,2,4}, {@code 1,2,4,...,4096} or {@code 8,16,24,...,64}. */
final class WorkerCounts {
    private static final String DOTS = "...";

    /** So many numbers before the dots say how they go on. */
    private static final int PATTERN = 3;

    private WorkerCounts() {}

    /**
     * The numbers, ascending, each once.
     *
     * @param most largest number allowed
     * @throws InputException if it is no such list
     */
    static List<Integer> parse(String option, String text, int most) {
        List<Integer> given = new ArrayList<>();
        TreeSet<Integer> all = new TreeSet<>();
        String[] parts = text.split(",", -1);
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i].strip();
            if (!part.equals(DOTS)) {
                given.add(number(option, part, most));
                all.add(given.get(given.size() - 1));
                continue;
            }
            if (given.size() < 2
                    || i + 1 == parts.length
                    || parts[i + 1].strip().equals(DOTS)) {
                throw new InputException(option + ": the dots in '" + text
                        + "' need at least two numbers before and one after them, as in 1,2,4,...,64");
            }
            List<Integer> before = given.subList(Math.max(0, given.size() - PATTERN), given.size());
            all.addAll(between(option, text, before, number(option, parts[i + 1].strip(), most)));
        }
        return List.copyOf(all);
    }

    private static int number(String option, String text, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new InputException(option + ": '" + text + "' is no whole number from 1 to " + most);
    }

    /** What the dots stand for: the same factor again and again, or the same step. */
    private static List<Integer> between(String option, String text, List<Integer> before, int end) {
        List<Integer> byFactor = factor(before, end);
        List<Integer> byStep = step(before, end);
        if (byFactor.isEmpty() == byStep.isEmpty()) {
            throw new InputException(option + ": '" + text + "' "
                    + (byFactor.isEmpty()
                            ? "goes on neither by one factor nor by one step"
                            : "may go on by a factor or by a step; give three numbers before the dots"));
        }
        return byFactor.isEmpty() ? byStep : byFactor;
    }

    private static List<Integer> factor(List<Integer> before, int end) {
        int n = before.size();
        int last = before.get(n - 1);
        int factor = last / before.get(n - 2);
        boolean steady = factor >= 2;
        for (int i = 1; i < n; i++) {
            steady &= before.get(i) == (long) factor * before.get(i - 1);
        }
        List<Integer> on = new ArrayList<>();
        for (long next = last; steady && next <= end; next *= factor) {
            on.add((int) next);
        }
        return !on.isEmpty() && on.get(on.size() - 1) == end ? on : List.of();
    }

    private static List<Integer> step(List<Integer> before, int end) {
        int n = before.size();
        int last = before.get(n - 1);
        int step = last - before.get(n - 2);
        boolean steady = step >= 1 && end >= last && (end - last) % step == 0;
        for (int i = 1; i < n; i++) {
            steady &= before.get(i) - before.get(i - 1) == step;
        }
        List<Integer> on = new ArrayList<>();
        for (long next = last; steady && next <= end; next += step) {
            on.add((int) next);
        }
        return on;
    }
}
