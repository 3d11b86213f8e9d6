package org.aevo.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short name of a run that no other has: what belongs to one run is known by it wherever it lies. */
public final class RunIdentity {
    private static final int BYTES = 16;

    private RunIdentity() {}

    /**
     * The name of a run, from what its journal begins with: it stays the same when the run is gone on with.
     *
     * @return 32 hexadecimal digits
     */
    public static String of(Entry.RunStarted started) {
        String beginning = started.startUtc() + "\n" + started.seed() + "\n" + started.name() + "\n"
                + started.commandLine() + "\n" + started.inputYaml();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(beginning.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }
}
