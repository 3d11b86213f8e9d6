package org.aevo.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a loaded split depends on, as text: the settings, and of each file its place, its size and when it was
 * changed. Equal texts mean equal splits.
 *
 * @param bytes of the files, or of a set that is computed
 */
record Fingerprint(String text, long bytes) {
    private static final List<String> STATE = List.of("size", "lastModifiedTime", "ctime", "ino");
    private static final int NAME_BYTES = 16;

    /** Empty if a file is missing or cannot be looked at: reading it will say why. */
    static Optional<Fingerprint> of(DataSettings settings, Map<String, String> environment) {
        StringBuilder text = new StringBuilder(settings.toString());
        long bytes = 0;
        try {
            for (Path file : Datasets.files(settings, environment)) {
                text.append('\n').append(state(file));
                bytes += Files.size(file);
            }
            if (settings.kind().isSynthetic()) {
                Contents contents = new SyntheticSource(settings).contents();
                bytes = (long) contents.training() * contents.sampleSize() * Float.BYTES;
            }
        } catch (DataException | IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
        return Optional.of(new Fingerprint(text.toString(), bytes));
    }

    private static String state(Path file) throws IOException {
        // whoever sets the time of a file back changes its ctime
        Map<String, Object> state = Files.readAttributes(file, "unix:" + String.join(",", STATE));
        StringBuilder text = new StringBuilder().append(file).append(' ').append(file.toRealPath());
        STATE.forEach(name -> text.append(' ').append(state.get(name)));
        return text.toString();
    }

    /** Of files that only reading tells of; another text when one of them has changed. */
    static String states(List<Path> files) {
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            try {
                text.append(state(file)).append('\n');
            } catch (IOException | UnsupportedOperationException e) {
                text.append(file).append(" cannot be looked at\n");
            }
        }
        return text.toString();
    }

    /** A file name, other for another text. */
    String name() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
