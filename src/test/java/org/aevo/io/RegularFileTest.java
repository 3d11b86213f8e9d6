package org.aevo.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is in place of a file. */
@Timeout(20)
class RegularFileTest {
    @TempDir
    private Path dir;

    @Test
    void filesAndLinksToFilesAreOpened() throws Exception {
        Path file = Files.write(dir.resolve("file"), new byte[] {1, 2, 3});
        Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of("file"));
        assertArrayEquals(new byte[] {1, 2, 3}, RegularFile.read(file, 3));
        assertArrayEquals(new byte[] {1, 2, 3}, RegularFile.read(link, 100));
        assertRefused(link, "is a link", LinkOption.NOFOLLOW_LINKS);
        Path made = dir.resolve("made");
        assertThrows(NoSuchFileException.class, () -> RegularFile.open(made, StandardOpenOption.READ));
        try (FileChannel channel =
                RegularFile.open(made, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            assertEquals(0, channel.size());
        }
    }

    @Test
    void whatIsNoFileIsNamedAndNotOpened() throws Exception {
        Path fifo = dir.resolve("fifo");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        assertRefused(fifo, "is a FIFO");
        Files.createSymbolicLink(dir.resolve("link"), fifo);
        assertRefused(dir.resolve("link"), "is a FIFO");
        assertRefused(Path.of("/dev/zero"), "is a device");
        assertRefused(dir, "is a directory");
        Path socket = dir.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertRefused(socket, "is a socket");
        }
    }

    private static void assertRefused(Path file, String why, LinkOption... links) {
        FileSystemException e = assertThrows(FileSystemException.class, () -> RegularFile.require(file, links));
        assertEquals(why + ", expected a regular file", e.getReason());
        if (links.length == 0) {
            assertThrows(FileSystemException.class, () -> RegularFile.open(file, StandardOpenOption.READ));
            assertThrows(
                    FileSystemException.class,
                    () -> RegularFile.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        }
    }

    @Test
    void moreThanTheBoundIsNotRead() throws Exception {
        Path file = Files.write(dir.resolve("file"), new byte[(1 << 20) + 1]);
        FileSystemException e = assertThrows(FileSystemException.class, () -> RegularFile.read(file, 1 << 20));
        assertEquals("is larger than 1 MiB", e.getReason());
        Files.write(file, new byte[] {'a', (byte) 0xFF});
        assertThrows(CharacterCodingException.class, () -> RegularFile.readText(file, StandardCharsets.UTF_8, 10));
        Files.writeString(file, "größe");
        assertTrue(RegularFile.readText(file, StandardCharsets.UTF_8, 10).equals("größe"));
    }
}
