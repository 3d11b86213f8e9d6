package org.aevo.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Opens files that may be anything: only regular ones, or links to such. A FIFO would be waited for, a device read, without
 * an end. It is looked at before it is opened, and again after, whether it is still the one; Java cannot open without waiting.
 */
public final class RegularFile {
    private static final int TYPE = 0xF000;
    private static final int FIFO = 0x1000;
    private static final int CHARACTERS = 0x2000;
    private static final int BLOCKS = 0x6000;
    private static final int SOCKET = 0xC000;

    private RegularFile() {}

    /**
     * Refuses what is no regular file.
     *
     * @throws NoSuchFileException if there is nothing
     * @throws FileSystemException if it is something else; its reason says what
     */
    public static void require(Path file, LinkOption... links) throws IOException {
        look(file, links);
    }

    /** What a file is known by from one look to the next. */
    private static Object look(Path file, LinkOption... links) throws IOException {
        BasicFileAttributes state = Files.readAttributes(file, BasicFileAttributes.class, links);
        if (!state.isRegularFile()) {
            throw new FileSystemException(
                    file.toString(), null, "is " + kind(file, state, links) + ", expected a regular file");
        }
        return Objects.requireNonNullElse(state.fileKey(), "");
    }

    private static String kind(Path file, BasicFileAttributes state, LinkOption... links) throws IOException {
        if (state.isDirectory()) {
            return "a directory";
        }
        if (state.isSymbolicLink()) {
            return "a link";
        }
        return switch ((Integer) Files.getAttribute(file, "unix:mode", links) & TYPE) {
            case FIFO -> "a FIFO";
            case CHARACTERS, BLOCKS -> "a device";
            case SOCKET -> "a socket";
            default -> "something else";
        };
    }

    /**
     * As {@link FileChannel#open}.
     *
     * @throws FileSystemException if it is no regular file
     */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        LinkOption[] links =
                Arrays.stream(options).filter(LinkOption.class::isInstance).toArray(LinkOption[]::new);
        List<OpenOption> wanted = List.of(options);
        Object before;
        try {
            before = look(file, links);
        } catch (NoSuchFileException e) {
            if (!wanted.contains(StandardOpenOption.CREATE)) {
                throw e;
            }
            before = "";
        }
        FileChannel channel = FileChannel.open(file, options);
        try {
            Object after = look(file, links);
            if (!before.equals("") && !before.equals(after)) {
                throw new FileSystemException(file.toString(), null, "was replaced while it was opened; try again");
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * All bytes of a file.
     *
     * @param most that it may have
     * @throws FileSystemException if it is no regular file, or larger
     */
    public static byte[] read(Path file, int most) throws IOException {
        try (FileChannel channel = open(file, StandardOpenOption.READ);
                InputStream in = Channels.newInputStream(channel)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new FileSystemException(file.toString(), null, "is larger than " + bound(most));
            }
            return bytes;
        }
    }

    private static String bound(int most) {
        return most % (1 << 20) == 0 ? (most >> 20) + " MiB" : most + " bytes";
    }

    /**
     * The text of a file.
     *
     * @param most bytes that it may have
     * @throws java.nio.charset.CharacterCodingException if it is no text in this character set
     * @throws FileSystemException as {@link #read}
     */
    public static String readText(Path file, Charset charset, int most) throws IOException {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(read(file, most)))
                .toString();
    }
}
