package org.aevo.train;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that engines unpack their native libraries into. */
public final class NativesFolder {
    /** What the natives of an engine take, with room to spare. */
    private static final long ENOUGH_MIB = 1024;

    private NativesFolder() {}

    /** Finds or makes it. */
    @FunctionalInterface
    public interface Place {
        File get() throws IOException;
    }

    /**
     * For the message that natives cannot be loaded: what is not unpacked for lack of room is not found, and the linker says
     * only that. Empty if there is room.
     */
    public static String lackOfRoom(Place place) {
        try {
            Path folder = place.get().toPath();
            long left = Files.getFileStore(folder).getUsableSpace() >> 20;
            return left >= ENOUGH_MIB
                    ? ""
                    : "; the disk of " + folder + ", where natives are unpacked, has " + left
                            + " MiB left: free some more, or name another folder by"
                            + " AEVO_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=FOLDER";
        } catch (IOException e) {
            return "; they cannot be unpacked: " + e.getMessage();
        }
    }
}
