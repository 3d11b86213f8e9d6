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
import org.aevo.codec.Encoder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealTest {
    private static final List<Entry> ENTRIES = SampleRun.entries(1, 4, 2, 0).subList(0, 9);

    @TempDir
    private Path dir;

    private Path file;

    @BeforeEach
    void place() {
        file = dir.resolve("run.journal");
    }

    /** One run, numbers without gaps, and what was written together begins anew with every write. */
    @Test
    void everyRecordHasTheSealOfTheRun() throws IOException {
        try (Journal journal = Journal.create(file)) {
            journal.append(ENTRIES.get(0), ENTRIES.get(1));
            journal.force();
            journal.append(ENTRIES.get(2), ENTRIES.get(3), ENTRIES.get(4));
        }
        try (Journal journal = Journal.open(file, entry -> {})) {
            journal.append(ENTRIES.get(5));
        }
        List<Seal> seals = seals();
        long run = seals.get(0).run();
        assertEquals(
                List.of(
                        new Seal(run, 0, 0),
                        new Seal(run, 1, 1),
                        new Seal(run, 2, 0),
                        new Seal(run, 3, 1),
                        new Seal(run, 4, 2),
                        new Seal(run, 5, 0)),
                seals);
        assertEquals(ENTRIES.subList(0, 6), JournalTest.read(file));
    }

    /** What others read in a payload stands where it stood: a seal is what follows, and one bit. */
    @Test
    void theRestOfAPayloadStays() {
        for (Entry entry : ENTRIES) {
            byte[] plain = EntryCodec.payload(entry);
            Encoder out = new Encoder();
            JournalFormat.write(out, 12, entry, new Seal(7, 3, 1));
            byte[] sealed = Arrays.copyOfRange(out.toBytes(), JournalFormat.RECORD_HEADER_BYTES, out.size());
            assertEquals(plain.length + Seal.BYTES, sealed.length);
            assertEquals(plain[0] | 0x80, sealed[0] & 0xFF);
            assertEquals(-1, Arrays.mismatch(plain, 1, plain.length, sealed, 1, plain.length));
            assertEquals(Optional.of(new Seal(7, 3, 1)), Seal.of(sealed));
            assertEquals(Optional.empty(), Seal.of(plain));
        }
    }

    /** An old journal goes on with seals, whose numbers count what is there. */
    @Test
    void aJournalWithoutSealsGoesOnWithThem() throws IOException {
        unsealed(ENTRIES.subList(0, 4));
        for (int i = 4; i < 6; i++) {
            try (Journal journal = Journal.open(file, entry -> {})) {
                journal.append(ENTRIES.get(i));
            }
        }
        assertEquals(ENTRIES.subList(0, 6), JournalTest.read(file));
        List<Seal> seals = seals();
        assertEquals(List.of(4, 5), seals.stream().map(Seal::sequence).toList());
        assertEquals(seals.get(0).run(), seals.get(1).run());
    }

    @Test
    void anotherRunsRecordIsNotBelieved() throws IOException {
        refused("of another run", new Seal(5, 0, 0), new Seal(5, 1, 0), new Seal(6, 2, 0));
    }

    @Test
    void gapsAndRepetitionsAreNotBelieved() throws IOException {
        refused("is number 3 of the run, expected number 2", new Seal(5, 0, 0), new Seal(5, 1, 0), new Seal(5, 3, 0));
        refused("is number 1 of the run, expected number 2", new Seal(5, 0, 0), new Seal(5, 1, 0), new Seal(5, 1, 0));
    }

    @Test
    void aRecordWithoutASealIsNotBelievedBehindOneWithASeal() throws IOException {
        Encoder out = journal(new Seal(5, 0, 0));
        out.raw(JournalFormat.record(out.size(), EntryCodec.type(ENTRIES.get(1)), EntryCodec.payload(ENTRIES.get(1))));
        Files.write(file, out.toBytes());
        DamagedJournalException e = assertThrows(DamagedJournalException.class, () -> JournalTest.read(file));
        assertTrue(e.getMessage().contains("without the seal"), e.getMessage());
    }

    private void refused(String why, Seal... seals) throws IOException {
        byte[] bytes = journal(seals).toBytes();
        Files.write(file, bytes);
        DamagedJournalException e = assertThrows(DamagedJournalException.class, () -> JournalTest.read(file));
        assertTrue(e.getMessage().contains(why), e.getMessage());
        assertTrue(e.getMessage().contains("2 good records before"), e.getMessage());
        assertThrows(DamagedJournalException.class, () -> Journal.open(file, entry -> {}));
        assertTrue(Arrays.equals(bytes, Files.readAllBytes(file)), "a damaged journal is left as it is");
    }

    @Test
    void runsDiffer() {
        assertFalse(Seal.newRun() == Seal.newRun());
    }

    private static Encoder journal(Seal... seals) {
        Encoder out = new Encoder().raw(JournalFormat.header());
        for (int i = 0; i < seals.length; i++) {
            JournalFormat.write(out, out.size(), ENTRIES.get(i), seals[i]);
        }
        return out;
    }

    private void unsealed(List<Entry> entries) throws IOException {
        Encoder out = new Encoder().raw(JournalFormat.header());
        for (Entry entry : entries) {
            out.raw(JournalFormat.record(out.size(), EntryCodec.type(entry), EntryCodec.payload(entry)));
        }
        Files.write(file, out.toBytes());
    }

    private List<Seal> seals() throws IOException {
        List<Seal> seals = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).position(JournalFormat.HEADER_BYTES);
        while (in.hasRemaining()) {
            byte[] payload = new byte[in.getInt()];
            in.position(in.position() + Integer.BYTES + 1);
            in.get(payload);
            Seal.of(payload).ifPresent(seals::add);
        }
        return seals;
    }
}
