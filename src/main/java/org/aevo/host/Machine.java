package org.aevo.host;

import java.nio.file.Path;

/**
 * A host, and what of it a process there may use.
 *
 * @param cpu model of the processor; empty if unknown
 * @param cores logical processors of the machine; -1 if unknown
 * @param allowedCores those that the process may use: the affinity mask, and the quota of its control groups, which may
 *     be a fraction; NaN if unknown
 * @param affinity their numbers by the mask alone, as {@code 0-3,8}; empty if unknown
 * @param memoryBytes of the machine; -1 if unknown
 * @param allowedMemoryBytes the same, or the limit of its control groups where that is lower; -1 if unknown
 * @param kernel name and release; empty if unknown
 * @param load average over the last minute, when this was asked; NaN if unknown
 */
public record Machine(
        String cpu,
        int cores,
        double allowedCores,
        String affinity,
        long memoryBytes,
        long allowedMemoryBytes,
        String kernel,
        double load) {
    /** A host of which nothing is known: that of a record of an earlier program. */
    public static final Machine UNKNOWN = new Machine("", -1, Double.NaN, "", -1, -1, "", Double.NaN);

    /** The host and the limits of this process, now. */
    public static Machine here() {
        return new MachineReader(Path.of("/")).read();
    }
}
