package org.aevo.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.aevo.codec.Decoder;
import org.aevo.codec.Encoder;
import org.aevo.codec.MalformedDataException;
import org.aevo.codec.SearchCodec;
import org.aevo.io.RegularFile;
import org.aevo.search.Weights;

/**
 * Weights of candidates that may become parents, a file of each in a folder that all ranks share. Each is written beside
 * its place and renamed, under a name that no other writer has, so that no reader ever sees a part of one, whoever is killed.
 *
 * <p>A file, big-endian: u64 {@code "AEVOWGT1"}, i64 id of the candidate, the weights as messages have them, u32 CRC-32C of
 * all before. The store is as small as {@link #keep} makes it.
 */
public final class WeightStore {
    private static final long MAGIC = 0x4145564F57475431L;
    private static final int HEADER_BYTES = 2 * Long.BYTES;

    /** A file may be replaced while it is opened, again and again by somebody who is very busy. */
    private static final int TRIES = 20;

    /** Only what {@link #put} makes: whole files, and those that it was writing. */
    private static final Pattern NAME =
            Pattern.compile("(0|[1-9][0-9]{0,18})\\.weights(" + DurableFiles.TEMPORARY + "[0-9]+-[0-9a-f]+)?");

    private final Path folder;
    private final int mostBytes;

    /**
     * @param folder made when it is first needed, in one that is there
     * @param mostBytes of a file: more is neither written nor read
     */
    public WeightStore(Path folder, int mostBytes) {
        if (mostBytes < 1 || mostBytes == Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "bytes of a candidate's weights must be 1 to " + (Integer.MAX_VALUE - 1) + ", were " + mostBytes);
        }
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    /**
     * Writes the weights of a candidate, in place of any that it had, and waits until the disk has them. Safe to be called
     * by several processes, of one candidate too: what the last one wrote stays.
     *
     * @throws RecordException if they cannot be written or are too large; what was there before stays, and nothing else
     */
    public void put(long id, Weights weights) throws RecordException {
        Path file = file(id);
        ByteBuffer bytes = bytes(file, id, weights);
        Path temporary = DurableFiles.unique(file);
        try {
            makeFolder();
            write(temporary, bytes);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw RecordException.of(file, "be written", e);
        }
    }

    private ByteBuffer bytes(Path file, long id, Weights weights) throws RecordException {
        long least = HEADER_BYTES + Float.BYTES * weights.size();
        if (least <= mostBytes) {
            Encoder out = new Encoder().i64(MAGIC).i64(id);
            SearchCodec.write(out, weights);
            out.i32((int) checksum(out.written(0)));
            if (out.size() <= mostBytes) {
                return out.written(0);
            }
            least = out.size();
        }
        throw new RecordException(file + ": weights of candidate " + id + " have " + least + " bytes, expected at most "
                + mostBytes + "; lower the most parameters that a network may have");
    }

    private void makeFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            try {
                Files.createDirectory(folder);
            } catch (FileAlreadyExistsException e) {
                // another rank was first; or a file has the name, which writing into it will tell
            }
        }
    }

    private static void write(Path temporary, ByteBuffer bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            // only now does a disk elsewhere tell that it is full
            channel.force(false);
        }
    }

    /** The weights of a candidate, or why not. */
    public StoredWeights get(long id) {
        Path file = file(id);
        byte[] bytes;
        try {
            bytes = read(file);
        } catch (NoSuchFileException e) {
            return new StoredWeights.NotFound(StoredWeights.Why.MISSING, file + ": there is no such file");
        } catch (IOException e) {
            return damaged(RecordException.of(file, "be read", e).getMessage());
        }
        return decoded(file, id, bytes);
    }

    private byte[] read(Path file) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return RegularFile.read(file, mostBytes);
            } catch (NoSuchFileException e) {
                throw e;
            } catch (FileSystemException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static StoredWeights decoded(Path file, long id, byte[] bytes) {
        int body = bytes.length - Integer.BYTES;
        if (body < HEADER_BYTES) {
            return damaged(file + ": damaged, has only " + bytes.length + " bytes");
        }
        ByteBuffer all = ByteBuffer.wrap(bytes);
        if (all.getLong(0) != MAGIC) {
            return damaged(file + ": damaged, does not begin as weights do");
        }
        if ((int) checksum(all.slice(0, body)) != all.getInt(body)) {
            return damaged(file + ": damaged, its checksum does not match");
        }
        long found = all.getLong(Long.BYTES);
        if (found != id) {
            return new StoredWeights.NotFound(
                    StoredWeights.Why.OF_ANOTHER,
                    file + ": expected weights of candidate " + id + ", found those of " + found);
        }
        try {
            Decoder in = new Decoder(bytes);
            in.i64();
            in.i64();
            Weights weights = SearchCodec.readWeights(in);
            in.i32();
            in.end();
            return new StoredWeights.Found(weights);
        } catch (MalformedDataException e) {
            return damaged(file + ": damaged: " + e.getMessage());
        }
    }

    private static StoredWeights damaged(String message) {
        return new StoredWeights.NotFound(StoredWeights.Why.DAMAGED, message);
    }

    /**
     * Removes the weights of all other candidates, and what killed writers left of them; files that are none of the store's
     * stay. For one process alone.
     *
     * @param ids those of candidates that are being evaluated too: their workers may write at any time, and may have
     *     written before anybody hears of it
     * @throws RecordException if a file cannot be removed
     */
    public void keep(Set<Long> ids) throws RecordException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.weights*")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()
                        && !kept(name.group(1), ids)
                        && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw RecordException.of(folder, "be cleaned", e);
        }
    }

    private static boolean kept(String id, Set<Long> ids) {
        try {
            return ids.contains(Long.parseLong(id));
        } catch (NumberFormatException e) {
            // larger than any candidate's: not of this store
            return true;
        }
    }

    private Path file(long id) {
        if (id < 0) {
            throw new IllegalArgumentException("id of a candidate must be at least 0, was " + id);
        }
        return folder.resolve(id + ".weights");
    }

    private static long checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }
}
