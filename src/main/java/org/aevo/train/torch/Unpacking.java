package org.aevo.train.torch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process of a host unpacks natives, the others wait for it. JavaCPP has a lock of its own, for one file after the
 * other; but the system's linker maps a library that another one depends on, whether or not it is written to its end,
 * and a process that reads beyond that end is killed (SIGBUS).
 */
final class Unpacking {
    private static final Logger LOG = LoggerFactory.getLogger(Unpacking.class);

    private Unpacking() {}

    /**
     * Loads natives, which unpacks them if need be.
     *
     * @param folder that they are unpacked into
     * @param name of these natives in this version
     */
    static void guard(Path folder, String name, Runnable load) {
        Path done = folder.resolve(name + ".unpacked");
        if (Files.exists(done)) {
            load.run();
            return;
        }
        boolean loaded = false;
        try (FileChannel channel = FileChannel.open(
                        folder.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            loaded = true;
            load.run();
            Files.createFile(done);
        } catch (FileAlreadyExistsException e) {
            // by the process that was waited for
        } catch (IOException e) {
            LOG.info("{}: processes that start at once are not kept apart here: {}", folder, e.toString());
            if (!loaded) {
                load.run();
            }
        }
    }
}
