package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writer, reader and the file itself agree on the digest of every beginning. */
class JournalDigestTest {
    @TempDir
    private Path dir;

    @Test
    void writerReaderAndFileAgree() throws IOException {
        Path file = dir.resolve("run.journal");
        List<Entry> entries = SampleRun.entries(1, 10, 2, 0);
        try (Journal journal = Journal.create(file)) {
            for (Entry entry : entries.subList(0, 10)) {
                journal.append(entry);
                JournalDigest promised = journal.digest();
                journal.force();
                assertEquals(promised, journal.digest());
                assertEquals(expected(file), journal.digest());
            }
        }
        try (Journal journal = Journal.open(file, entry -> {})) {
            assertEquals(expected(file), journal.digest());
            journal.append(entries.get(10), entries.get(11));
        }
        JournalDigest whole = expected(file);
        try (JournalReader reader = JournalReader.open(file)) {
            while (reader.next().isPresent()) {
                assertEquals(Optional.of(reader.digest()), JournalDigest.of(file, reader.end()));
            }
            assertEquals(whole, reader.digest());
        }
        assertEquals(Optional.of(whole), JournalDigest.of(file, whole.bytes()));
        assertEquals(Optional.empty(), JournalDigest.of(file, whole.bytes() + 1));
        assertEquals(Optional.empty(), JournalDigest.of(file, -1));
    }

    private static JournalDigest expected(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return new JournalDigest(bytes.length, (int) crc.getValue());
    }
}
