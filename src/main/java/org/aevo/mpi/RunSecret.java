package org.aevo.mpi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** What only the processes of one run know: 32 random bytes, as text 64 hexadecimal digits. */
public final class RunSecret {
    /** Environment variable that hands the secret to a child process. */
    public static final String VARIABLE = "AEVO_SECRET";

    private static final int BYTES = 32;
    private final byte[] key;

    private RunSecret(byte[] key) {
        this.key = key;
    }

    public static RunSecret random() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return new RunSecret(key);
    }

    /**
     * @throws IllegalArgumentException if the text is not 64 hexadecimal digits; the message does not repeat it
     */
    public static RunSecret parse(String text) {
        String digits = text.strip();
        if (digits.length() != 2 * BYTES || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException("a run secret has " + 2 * BYTES + " hexadecimal digits; this one has "
                    + digits.length() + " characters or others among them");
        }
        return new RunSecret(HexFormat.of().parseHex(digits));
    }

    /** The secret of the variable {@value #VARIABLE}, if it is set. */
    public static Optional<RunSecret> fromEnvironment(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE)).map(RunSecret::parse);
    }

    /** The secret that a file holds. */
    public static RunSecret read(Path file) throws IOException {
        if (Files.size(file) > 4L * BYTES) {
            throw new IOException(file + ": too long for a run secret");
        }
        try {
            return parse(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** The secret itself, for a child's environment or a file that only its owner reads. */
    public String hex() {
        return HexFormat.of().formatHex(key);
    }

    /** HMAC-SHA-256 over a role's label and what both sides chose at random. */
    byte[] proof(String label, byte[]... parts) {
        return Hmac.of(key, label, parts);
    }

    @Override
    public String toString() {
        return "RunSecret[hidden]";
    }
}
