package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Random;
import org.aevo.codec.Encoder;
import org.aevo.codec.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageSearchTest {
    private static final Entry ENTRY = new Entry.Dispatched(1, 1, 2, 0.5);

    @TempDir
    private Path dir;

    /** Far behind, across the border of what is seen at once. */
    @Test
    void aRecordIsFoundAnywhere() throws IOException {
        byte[] record = record(77);
        for (int at : new int[] {0, 1, 500, (1 << 20) - 12, (1 << 20) - 3, 3_000_001}) {
            byte[] bytes = new byte[at + record.length + 5];
            System.arraycopy(record, 0, bytes, at, record.length);
            assertEquals(
                    Optional.of("a good record stands at " + at + ", which belongs at 77"), search(bytes, 1L << 30));
        }
    }

    /** Of a much longer journal: one alone may be chance, two that follow each other are none. */
    @Test
    void recordsOfALongerJournalAreFoundByTwo() throws IOException {
        long far = 3_000_000_000L;
        byte[] first = record(far);
        byte[] second = record(far + first.length);
        byte[] both = ByteBuffer.allocate(3 + first.length + second.length)
                .put(new byte[3])
                .put(first)
                .put(second)
                .array();
        assertEquals(Optional.of("a good record stands at 3, which belongs at " + far), search(both, 1L << 30));
        assertEquals(Optional.empty(), search(first, 1L << 30));
    }

    /** What it does not look for would be cut off unseen. */
    @Test
    void everyTypeAndVersionIsLookedFor() {
        for (Format<?> format : EntryCodec.FORMATS) {
            assertTrue(format.code() <= DamageSearch.MOST_TYPES, format.toString());
            assertTrue(format.version() <= DamageSearch.MOST_VERSIONS, format.toString());
        }
    }

    @Test
    void garbageHoldsNoRecord() throws IOException {
        byte[] garbage = new byte[2_000_000];
        assertEquals(Optional.empty(), search(garbage, 1L << 30), "zeros");
        new Random(1).nextBytes(garbage);
        assertEquals(Optional.empty(), search(garbage, 1L << 32), "anything");
        assertEquals(Optional.empty(), search(new byte[0], 1L << 30));
    }

    /** What was not looked through is not taken for nothing. */
    @Test
    void givingUpCountsAsFound() throws IOException {
        assertTrue(search(new byte[5000], 4000).orElseThrow().contains("more than can be looked through"));
    }

    private Optional<String> search(byte[] bytes, long most) throws IOException {
        Path file = Files.write(dir.resolve("tail"), bytes);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new DamageSearch(channel, bytes.length, most).from(0);
        }
    }

    private static byte[] record(long offset) {
        Encoder out = new Encoder();
        JournalFormat.write(out, offset, ENTRY, new Seal(9, 3, 0));
        return out.toBytes();
    }
}
