package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is believed on resume is on the disk, also after a force and a truncation that failed. */
class JournalDiskTest {
    private static final List<Entry> ENTRIES = SampleRun.entries(1, 12, 2, 0);

    @TempDir
    private Path dir;

    @Test
    void whatAFailedForceLeftIsWrittenAnew() throws IOException {
        Path file = dir.resolve("run.journal");
        try (Journal journal = Journal.create(file)) {
            journal.append(ENTRIES.get(0), ENTRIES.get(1));
        }
        for (int together = 1; together < 4; together++) {
            FailingDisk disk = new FailingDisk(file);
            Journal failing = Journal.open(file, entry -> {}, Holding.NOTHING, disk::open);
            List<Entry> before = JournalTest.read(file);
            disk.fail();
            int from = before.size();
            failing.append(ENTRIES.subList(from, from + together).toArray(Entry[]::new));
            assertThrows(RecordException.class, failing::force);
            failing.close();
            // the page cache has it, for the truncation failed too; the disk does not
            assertEquals(from + together, JournalTest.read(file).size());
            assertEquals(before.size(), entries(disk.stored()).size());
            disk.mend();

            List<Entry> believed = new ArrayList<>();
            Journal.open(file, believed::add, Holding.NOTHING, disk::open).close();
            assertEquals(ENTRIES.subList(0, from + together), believed);
            assertEquals(believed, entries(disk.stored()), "a power cut right after takes nothing that was believed");
        }
    }

    /** A write that is longer than what is written anew of any journal is found by its seals. */
    @Test
    void aLongWriteIsWrittenAnewFromItsBeginning() throws IOException {
        Path file = dir.resolve("run.journal");
        Journal.create(file).close();
        FailingDisk disk = new FailingDisk(file);
        Journal failing = Journal.open(file, entry -> {}, Holding.NOTHING, disk::open);
        disk.fail();
        String reason = "x".repeat(300_000);
        Entry[] entries = new Entry[8];
        Arrays.setAll(entries, i -> new Entry.WorkerLeft(i, i, true, reason));
        failing.append(entries);
        assertThrows(RecordException.class, failing::force);
        failing.close();
        disk.mend();
        Journal.open(file, entry -> {}, Holding.NOTHING, disk::open).close();
        assertTrue(Arrays.equals(Files.readAllBytes(file), disk.stored()));
    }

    @Test
    void whatIsCutOffIsOnTheDiskBefore() throws IOException {
        Path file = dir.resolve("run.journal");
        try (Journal journal = Journal.create(file)) {
            journal.append(ENTRIES.get(0), ENTRIES.get(1));
        }
        byte[] whole = Files.readAllBytes(file);
        for (int i = 1; i <= 3; i++) {
            byte[] tail = new byte[30 + i];
            Arrays.fill(tail, (byte) 0xEE);
            Files.write(
                    file,
                    ByteBuffer.allocate(whole.length + tail.length)
                            .put(whole)
                            .put(tail)
                            .array());
            try (Journal journal = Journal.open(file, entry -> {})) {
                Path kept = journal.cutKept().orElseThrow();
                String name = "run.journal.cut-" + whole.length + (i == 1 ? "" : "-" + i);
                assertEquals(dir.resolve(name), kept, "never in another's place");
                assertTrue(Arrays.equals(tail, Files.readAllBytes(kept)));
            }
            assertTrue(Arrays.equals(whole, Files.readAllBytes(file)));
        }
        // a crash between keeping and cutting: the same tail is kept once
        byte[] tail = Files.readAllBytes(dir.resolve("run.journal.cut-" + whole.length));
        Files.write(
                file,
                ByteBuffer.allocate(whole.length + tail.length)
                        .put(whole)
                        .put(tail)
                        .array());
        Journal.open(file, entry -> {}).close();
        try (var files = Files.list(dir)) {
            assertEquals(4, files.count());
        }
    }

    private List<Entry> entries(byte[] journal) throws IOException {
        return JournalTest.read(Files.write(dir.resolve("stored"), journal));
    }
}
