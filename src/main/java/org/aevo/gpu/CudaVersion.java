package org.aevo.gpu;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The newest CUDA that a driver serves. It serves older ones too, and all of the same major number (NVIDIA's "minor
 * version compatibility").
 *
 * @param minor empty if only the driver's own version is known
 */
public record CudaVersion(int major, OptionalInt minor) {
    private static final Pattern BRANCH = Pattern.compile("(\\d{1,6})\\..*");

    /** From NVIDIA's table of minor version compatibility, newest first. */
    private static final List<Family> FAMILIES = List.of(new Family(13, 580), new Family(12, 525), new Family(11, 450));

    /** CUDA of one major number, and the branch of drivers that serves all of it. */
    private record Family(int major, int driver) {}

    /** What a driver serves at least, by its version, such as 580.159.03; empty if it is older than CUDA 11. */
    static Optional<CudaVersion> ofDriver(String version) {
        Matcher m = BRANCH.matcher(version);
        if (!m.matches()) {
            return Optional.empty();
        }
        int branch = Integer.parseInt(m.group(1));
        return FAMILIES.stream()
                .filter(family -> branch >= family.driver)
                .findFirst()
                .map(family -> new CudaVersion(family.major, OptionalInt.empty()));
    }

    /** The first branch of drivers that serves CUDA of a major number. */
    static int driverFor(int major) {
        return FAMILIES.stream()
                .filter(family -> family.major == major)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("CUDA " + major + " is not in the table"))
                .driver;
    }

    @Override
    public String toString() {
        return "CUDA " + major + (minor.isPresent() ? "." + minor.getAsInt() : "");
    }
}
