package org.aevo.train;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many threads native libraries compute with: {@value #VARIABLE}, one if that is not set or blank. Of a list, which has
 * a number for each level of nested regions, it is the first.
 */
public final class OmpThreads {
    /** The environment variable. */
    public static final String VARIABLE = "OMP_NUM_THREADS";

    /** With more the libraries find no room for the stacks of their threads. */
    static final int MOST = 512;

    private static final Pattern NUMBERS = Pattern.compile("\\s*\\+?(\\d{1,9})\\s*(,\\s*\\+?\\d+\\s*)*");

    private OmpThreads() {}

    /**
     * The number of threads.
     *
     * @param environment value of the variable, null if it is not set
     * @throws IllegalStateException if it is none, in one line
     */
    public static int of(String environment) {
        problem(environment).ifPresent(text -> {
            throw new IllegalStateException(text);
        });
        return environment == null || environment.isBlank() ? 1 : number(environment);
    }

    /**
     * What is wrong with it, and what to do; empty if it is a number of threads.
     *
     * @param environment value of the variable, null if it is not set
     */
    public static Optional<String> problem(String environment) {
        if (environment == null || environment.isBlank()) {
            return Optional.empty();
        }
        int threads = number(environment);
        return threads >= 1 && threads <= MOST
                ? Optional.empty()
                : Optional.of("the environment variable " + VARIABLE + " must be a number of threads from 1 to " + MOST
                        + ", was '" + environment.replaceAll("\\p{Cntrl}", "?")
                        + "': unset it for one thread in each process, or set it to how many each is to have");
    }

    /** 0 for what is no number. */
    private static int number(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        return numbers.matches() ? Integer.parseInt(numbers.group(1)) : 0;
    }
}
