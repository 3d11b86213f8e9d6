package org.aevo.train;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder that engines unpack their native libraries into. */
public final class NativesFolder {
    /** What the natives of an engine take, with room to spare. */
    private static final long ENOUGH_MIB = 1024;

    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final String OTHER =
            "name another folder by AEVO_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=FOLDER";

    private NativesFolder() {}

    /** Finds or makes it. */
    @FunctionalInterface
    public interface Place {
        File get() throws IOException;
    }

    /**
     * For the message that natives cannot be loaded: what the folder has to do with it. Of what is not unpacked for lack of
     * room, or lies where nothing may be executed, the linker says only that it cannot be found or mapped. Empty if
     * nothing is wrong with the folder.
     */
    public static String problem(Place place) {
        try {
            Path folder = place.get().toPath().toRealPath();
            if (isNotExecutable(folder, Files.readAllLines(MOUNTS, StandardCharsets.ISO_8859_1))) {
                return "; " + folder
                        + ", where natives are unpacked, is on a file system from which no program may be run"
                        + " (mounted noexec): " + OTHER;
            }
            long left = Files.getFileStore(folder).getUsableSpace() >> 20;
            return left >= ENOUGH_MIB
                    ? ""
                    : "; the disk of " + folder + ", where natives are unpacked, has " + left
                            + " MiB left: free some more, or " + OTHER;
        } catch (IOException e) {
            return "; they cannot be unpacked: " + e.getMessage();
        }
    }

    /** @param mounts lines of /proc/self/mountinfo; of two at one place the later one covers the other */
    static boolean isNotExecutable(Path folder, List<String> mounts) {
        int longest = -1;
        boolean noexec = false;
        for (String line : mounts) {
            String[] fields = line.split(" ");
            Path point = Path.of(unescaped(fields[4]));
            if (folder.startsWith(point) && point.getNameCount() >= longest) {
                longest = point.getNameCount();
                noexec = List.of(fields[5].split(",")).contains("noexec");
            }
        }
        return noexec;
    }

    /** Blanks and the like are there by their octal number; other letters by their bytes. */
    private static String unescaped(String field) {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            boolean escaped = field.charAt(i) == '\\' && i + 3 < field.length();
            bytes.append(escaped ? (char) Integer.parseInt(field.substring(i + 1, i + 4), 8) : field.charAt(i));
            i += escaped ? 3 : 0;
        }
        return new String(bytes.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
