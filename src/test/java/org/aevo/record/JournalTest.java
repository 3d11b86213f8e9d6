package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.aevo.codec.MalformedDataException;
import org.aevo.record.JournalReader.Located;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final List<Entry> ENTRIES = List.of(
            new Entry.Dispatched(1, 1, 2, 0.5),
            new Entry.WorkerLeft(2, 3.25, true, "größe"),
            new Entry.DispatchLost(1, 1, 2, 3.25, ""),
            new Entry.RunEnded(4, false, "stopped"));

    @TempDir
    private Path dir;

    private Path file;

    @BeforeEach
    void place() {
        file = dir.resolve("run.journal");
    }

    @Test
    void entriesComeBackInOrderAfterReopening() throws IOException {
        write(ENTRIES);
        List<Entry> replayed = new ArrayList<>();
        try (Journal journal = Journal.open(file, replayed::add)) {
            assertEquals(0, journal.cutBytes());
            journal.append(ENTRIES.get(0));
        }
        List<Entry> expected = new ArrayList<>(ENTRIES);
        assertEquals(expected, replayed);
        expected.add(ENTRIES.get(0));
        assertEquals(expected, read(file));
    }

    @Test
    void nothingIsWrittenBeforeForce() throws IOException {
        try (Journal journal = Journal.create(file)) {
            journal.append(ENTRIES.get(0));
            assertEquals(List.of(), read(file));
            journal.force();
            assertEquals(ENTRIES.subList(0, 1), read(file));
        }
    }

    /** Its first fields were written when the writer failed. */
    @Test
    void anEntryThatCannotBeWrittenLeavesNothing() throws IOException {
        try (Journal journal = Journal.create(file)) {
            journal.append(ENTRIES.get(0));
            assertThrows(RuntimeException.class, () -> journal.append(new Entry.WorkerLeft(2, 3.25, true, null)));
            String tooLong = "x".repeat(JournalFormat.MAX_PAYLOAD_BYTES);
            assertThrows(
                    IllegalArgumentException.class, () -> journal.append(new Entry.WorkerLeft(2, 3, true, tooLong)));
            journal.append(ENTRIES.get(1));
            journal.force();
        }
        assertEquals(ENTRIES.subList(0, 2), read(file));
    }

    @Test
    void anExistingJournalIsNotOverwritten() throws IOException {
        write(ENTRIES);
        assertThrows(RecordException.class, () -> Journal.create(file));
        assertEquals(ENTRIES, read(file));
    }

    /** A crash may leave any beginning of what was written. */
    @Test
    void aTornTailIsCutAtEveryByte() throws IOException {
        byte[] whole = write(ENTRIES);
        List<Long> ends = ends();
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            long kept = length < JournalFormat.HEADER_BYTES ? 0 : JournalFormat.HEADER_BYTES;
            int records = 0;
            while (ends.get(records) <= length) {
                kept = ends.get(records++);
            }
            List<Entry> replayed = new ArrayList<>();
            try (Journal journal = Journal.open(file, replayed::add)) {
                assertEquals(ENTRIES.subList(0, records), replayed, "cut at " + length);
                assertEquals(length - kept, journal.cutBytes());
                journal.append(ENTRIES.get(3));
            }
            List<Entry> expected = new ArrayList<>(ENTRIES.subList(0, records));
            expected.add(ENTRIES.get(3));
            assertEquals(expected, read(file), "appended after a cut at " + length);
        }
    }

    @Test
    void aTailOfZerosIsCut() throws IOException {
        byte[] whole = write(ENTRIES);
        Files.write(file, Arrays.copyOf(whole, whole.length + 5000));
        try (Journal journal = Journal.open(file, e -> {})) {
            assertEquals(5000, journal.cutBytes());
        }
        assertEquals(whole.length, Files.size(file));
    }

    /** Refused, or the last record is taken for torn: never another entry, never one in the middle left out. */
    @Test
    void aFlippedBitIsNeverReadAsAnEntry() throws IOException {
        byte[] whole = write(ENTRIES);
        long lastStart = ends().get(ENTRIES.size() - 2);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, damaged);
            if (bit / 8 < lastStart) {
                MalformedDataException e = assertThrows(MalformedDataException.class, () -> read(file), "bit " + bit);
                assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
                assertThrows(MalformedDataException.class, () -> Journal.open(file, x -> {}));
                assertEquals(whole.length, Files.size(file), "a damaged journal is left as it is");
            } else {
                assertEquals(ENTRIES.subList(0, ENTRIES.size() - 1), read(file), "bit " + bit);
            }
        }
    }

    @Test
    void damageInTheMiddleNamesItsOffset() throws IOException {
        byte[] whole = write(ENTRIES);
        long second = ends().get(0);
        whole[(int) second + 12] ^= 1;
        Files.write(file, whole);
        MalformedDataException e = assertThrows(MalformedDataException.class, () -> read(file));
        assertTrue(e.getMessage().contains("offset " + second), e.getMessage());
        assertTrue(e.getMessage().contains("" + ends(ENTRIES.size(), whole)), e.getMessage());
    }

    /** A record is good only where it was written; where it is elsewhere, something is lost. */
    @Test
    void aRecordElsewhereIsDamage() throws IOException {
        byte[] whole = write(ENTRIES);
        int second = (int) (long) ends().get(0);
        byte[] without = new byte[whole.length - (second - JournalFormat.HEADER_BYTES)];
        System.arraycopy(whole, 0, without, 0, JournalFormat.HEADER_BYTES);
        System.arraycopy(
                whole, second, without, JournalFormat.HEADER_BYTES, without.length - JournalFormat.HEADER_BYTES);
        Files.write(file, without);
        DamagedJournalException e = assertThrows(DamagedJournalException.class, () -> read(file));
        assertTrue(e.getMessage().contains("stands at 12, which belongs at " + second), e.getMessage());
    }

    @Test
    void aHugeLengthTakesNoMemory() throws IOException {
        write(ENTRIES);
        byte[] whole = Files.readAllBytes(file);
        byte[] lying = Arrays.copyOf(whole, whole.length + 20);
        for (int length : new int[] {Integer.MAX_VALUE, -1, JournalFormat.MAX_PAYLOAD_BYTES, 12}) {
            ByteBuffer.wrap(lying).putInt(whole.length, length);
            Files.write(file, lying);
            assertEquals(ENTRIES, read(file));
        }
    }

    @Test
    void aNewerFormatIsRefusedWithBothVersions() throws IOException {
        byte[] whole = write(ENTRIES);
        ByteBuffer.wrap(whole).putInt(8, 7);
        Files.write(file, whole);
        MalformedDataException e = assertThrows(MalformedDataException.class, () -> Journal.open(file, x -> {}));
        assertTrue(e.getMessage().contains("format 7") && e.getMessage().contains("format 1"), e.getMessage());
    }

    @Test
    void foreignAndMissingFilesAreNamed() throws IOException {
        Files.writeString(file, "#!/bin/sh\necho this is no journal\n");
        assertTrue(assertThrows(MalformedDataException.class, () -> read(file))
                .getMessage()
                .contains("not a journal"));
        Path missing = dir.resolve("none");
        assertTrue(assertThrows(RecordException.class, () -> read(missing))
                .getMessage()
                .contains(missing.toString()));
        assertThrows(RecordException.class, () -> read(dir));
    }

    @Test
    void aFailedWriteIsFinal() throws IOException {
        Journal journal = Journal.create(file);
        journal.append(ENTRIES.get(0));
        journal.force();
        Thread.currentThread().interrupt(); // closes the channel under the write
        journal.append(ENTRIES.get(1));
        RecordException e = assertThrows(RecordException.class, journal::force);
        assertTrue(Thread.interrupted());
        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
        assertTrue(
                assertThrows(RecordException.class, journal::force).getMessage().contains("--resume"));
        journal.close();
        assertEquals(ENTRIES.subList(0, 1), read(file));
    }

    private byte[] write(List<Entry> entries) throws IOException {
        Files.deleteIfExists(file);
        try (Journal journal = Journal.create(file)) {
            journal.append(entries.toArray(Entry[]::new));
            journal.force();
            assertEquals(Files.size(file), journal.durableBytes());
        }
        return Files.readAllBytes(file);
    }

    static List<Entry> read(Path journal) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(journal)) {
            Optional<Located> next = reader.next();
            while (next.isPresent()) {
                entries.add(next.get().entry());
                next = reader.next();
            }
            assertFalse(reader.next().isPresent());
        }
        return entries;
    }

    private static List<Long> ends() {
        List<Long> ends = new ArrayList<>();
        long at = JournalFormat.HEADER_BYTES;
        for (Entry entry : ENTRIES) {
            at += JournalFormat.RECORD_HEADER_BYTES + EntryCodec.payload(entry).length + Seal.BYTES;
            ends.add(at);
        }
        return ends;
    }

    /** Where the third record begins: the first good one after the damage. */
    private static long ends(int records, byte[] whole) {
        assertEquals(whole.length, ends().get(records - 1));
        return ends().get(1);
    }
}
