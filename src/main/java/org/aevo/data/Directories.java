package org.aevo.data;

import java.nio.file.Files;
import java.nio.file.Path;

/** Checks of directories that hold data. */
final class Directories {

    private Directories() {}

    /**
     * @param what should be in it, for the message
     * @throws DataException if it is no directory
     */
    static void mustExist(Path directory, String what) {
        if (!Files.exists(directory)) {
            throw new DataException(directory + ": no such directory; expected one with " + what);
        }
        if (!Files.isDirectory(directory)) {
            throw new DataException(directory + ": is a file, expected a directory with " + what);
        }
    }
}
