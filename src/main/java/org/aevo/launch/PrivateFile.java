package org.aevo.launch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;

/**
 * A file that its owner alone can read or write. In a directory that others can write, somebody else's file would lead
 * workers to somebody else's master, and a name leads to one file when it is looked at and to another when it is opened.
 * Therefore it is opened once, and looked at while it is open.
 */
final class PrivateFile {
    private static final String ATTRIBUTES = "unix:uid,mode,dev,ino";
    private static final int KIND = 0170000;
    private static final int REGULAR = 0100000;
    private static final int OTHERS = 077;
    private static final Path SELF = Path.of("/proc/self");

    private PrivateFile() {}

    /**
     * Its text.
     *
     * @param most bytes that it may have
     * @throws NoSuchFileException if there is none of this name
     * @throws LaunchException if it is not a file of this user that only he can read
     */
    static String read(Path file, int most) throws IOException {
        requirePrivate(file, Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            Map<String, Object> named = Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            requirePrivate(file, named);
            if (!isOpen(named)) { // the name has changed hands since it was opened
                throw new NoSuchFileException(file.toString());
            }
            ByteBuffer bytes = ByteBuffer.allocate(most + 1);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // on
            }
            if (!bytes.hasRemaining()) {
                throw new LaunchException(file + ": is longer than " + most + " bytes, so not from your rank 0");
            }
            return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        } catch (NoSuchFileException e) {
            throw e;
        } catch (FileSystemException e) {
            if (Files.isSymbolicLink(file)) { // since it was looked at
                throw foreign(file);
            }
            throw e;
        }
    }

    private static void requirePrivate(Path file, Map<String, Object> attributes) throws IOException {
        int mode = (Integer) attributes.get("mode");
        Object self = Files.getAttribute(SELF, "unix:uid");
        if ((mode & KIND) != REGULAR
                || (mode & OTHERS) != 0
                || !attributes.get("uid").equals(self)) {
            throw foreign(file);
        }
    }

    private static LaunchException foreign(Path file) {
        return new LaunchException(file + ": is not a file of yours that only you can read, so not from your rank 0");
    }

    /** Whether one of this process's descriptors is this very file. */
    private static boolean isOpen(Map<String, Object> wanted) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(SELF.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    // of what is open, whatever name it has by now
                    Map<String, Object> open = Files.readAttributes(descriptor, ATTRIBUTES);
                    if (open.get("ino").equals(wanted.get("ino"))
                            && open.get("dev").equals(wanted.get("dev"))) {
                        return true;
                    }
                } catch (FileSystemException e) {
                    // closed meanwhile
                }
            }
        }
        return false;
    }
}
