package org.aevo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A disk in memory, of a few kilobytes, that one child process sees and nobody else. */
public final class SmallDisk {
    private static final int NOT_PERMITTED = 99;

    private SmallDisk() {}

    /** How the child ended, and what it said on both its outputs. */
    public record Outcome(int code, String said) {}

    /**
     * Runs a command that finds such a disk in the place of a folder; empty where that is not permitted, which is said.
     *
     * @param size as mount takes it: {@code 512k}
     */
    public static Optional<Outcome> run(Path folder, String size, List<String> command)
            throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o size=" + size + " tmpfs " + folder + " || exit " + NOT_PERMITTED + "; exec \"$@\"",
                "sh"));
        whole.addAll(command);
        Process process;
        try {
            process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        } catch (IOException e) {
            return skipped(e.getMessage());
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        return code == NOT_PERMITTED || said.startsWith("unshare:")
                ? skipped(said)
                : Optional.of(new Outcome(code, said));
    }

    private static Optional<Outcome> skipped(String why) {
        System.err.println("SKIPPED: no full disk was tried; it needs unshare and user namespaces: " + why);
        return Optional.empty();
    }
}
