package org.aevo.train;

/** How many threads native libraries compute with: {@value #VARIABLE}, one if that is not set. */
public final class OmpThreads {
    /** The environment variable. */
    public static final String VARIABLE = "OMP_NUM_THREADS";

    private OmpThreads() {}

    /**
     * The number of threads.
     *
     * @param environment value of the variable, null if it is not set
     * @throws IllegalStateException if it is no number
     */
    public static int of(String environment) {
        if (environment == null) {
            return 1;
        }
        try {
            return Math.max(1, Integer.parseInt(environment.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalStateException(
                    "the environment variable " + VARIABLE + " must be a number, was '" + environment + "'", e);
        }
    }
}
