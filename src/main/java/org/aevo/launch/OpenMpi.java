package org.aevo.launch;

import java.util.Map;

/** What {@code mpirun} of Open MPI does to its ranks. */
public final class OpenMpi {
    private static final String KILL_TIMEOUT = "OMPI_MCA_odls_base_sigkill_timeout";
    private static final double DEFAULT_SECONDS = 1;

    private OpenMpi() {}

    /**
     * Seconds between the SIGTERM that it sends to all ranks when it is interrupted and the SIGKILL that follows whatever they
     * do: its parameter {@code odls_base_sigkill_timeout}.
     */
    public static double secondsToKill(Map<String, String> environment) {
        String text = environment.getOrDefault(KILL_TIMEOUT, "").strip();
        return text.matches("\\d{1,9}") ? Double.parseDouble(text) : DEFAULT_SECONDS;
    }
}
