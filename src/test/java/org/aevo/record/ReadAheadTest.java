package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aevo.codec.MalformedDataException;
import org.aevo.record.JournalReader.Located;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReadAheadTest {
    @TempDir
    Path folder;

    private Path file;

    /** Longer than what is read ahead. */
    @BeforeEach
    void journal() throws IOException {
        file = folder.resolve("run.journal");
        try (Journal journal = Journal.create(file)) {
            journal.append(SampleRun.entries(1, 10_000, 4, 0.01).toArray(Entry[]::new));
        }
    }

    private List<Located> alone() throws IOException {
        List<Located> all = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(file)) {
            for (Optional<Located> next = reader.next(); next.isPresent(); next = reader.next()) {
                all.add(next.get());
            }
        }
        return all;
    }

    private static List<Located> rest(ReadAhead ahead) throws IOException {
        List<Located> all = new ArrayList<>();
        for (Optional<Located> next = ahead.next(); next.isPresent(); next = ahead.next()) {
            all.add(next.get());
        }
        return all;
    }

    @Test
    void theSameEntriesInTheSamePlaces() throws IOException {
        Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        try (JournalReader reader = JournalReader.open(file);
                ReadAhead ahead = new ReadAhead(reader)) {
            assertEquals(alone(), rest(ahead));
            assertTrue(ahead.next().isEmpty());
            assertEquals(3, reader.tornBytes());
            assertEquals(Files.size(file) - 3, reader.end());
        }
    }

    @Test
    void damageIsFoundInItsPlaceAndEachTime() throws IOException {
        List<Located> all = alone();
        Located bad = all.get(all.size() / 2);
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) bad.offset() + JournalFormat.RECORD_HEADER_BYTES] ^= 1;
        Files.write(file, bytes);
        try (JournalReader reader = JournalReader.open(file);
                ReadAhead ahead = new ReadAhead(reader)) {
            for (Located good : all.subList(0, all.size() / 2)) {
                assertEquals(Optional.of(good), ahead.next());
            }
            for (int i = 0; i < 2; i++) {
                Exception e = assertThrows(MalformedDataException.class, ahead::next);
                assertTrue(e.getMessage().contains("damaged at offset " + bad.offset()), e.getMessage());
            }
        }
    }

    @Test
    void canBeClosedInTheMiddle() throws IOException {
        JournalReader reader = JournalReader.open(file);
        ReadAhead ahead = new ReadAhead(reader);
        assertTrue(ahead.next().isPresent());
        ahead.close();
        reader.close();
        assertFalse(ahead.reads());
    }

    @Test
    void anInterruptIsNotSwallowed() throws IOException {
        try (JournalReader reader = JournalReader.open(file);
                ReadAhead ahead = new ReadAhead(reader)) {
            Thread.currentThread().interrupt();
            assertThrows(IOException.class, () -> rest(ahead));
            assertTrue(Thread.interrupted());
            assertEquals(alone(), rest(ahead));
        }
    }
}
