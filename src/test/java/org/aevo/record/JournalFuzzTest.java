package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.aevo.codec.Encoder;
import org.aevo.codec.MalformedDataException;
import org.aevo.fuzz.Fuzz;
import org.aevo.fuzz.Mutations;
import org.junit.jupiter.api.Test;

/** Whatever bytes a journal holds, what is read of it was written, or it is refused with the offset. */
class JournalFuzzTest {
    private static final int FIXED_BYTES = 5_000_000;

    private final List<Entry> entries = entries();
    private final byte[] valid = journal(entries, false);
    private final byte[] sealed = journal(entries, true);

    private static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(SampleRun.entries(4, 20, 2, 0.1));
        Entry.RunStarted s = (Entry.RunStarted) entries.get(0);
        // without the long input: most of what is changed should be records
        entries.set(
                0,
                new Entry.RunStarted(
                        s.name(),
                        s.mode(),
                        s.strategy(),
                        1,
                        s.startUtc(),
                        "aevo",
                        "seed: 1\n",
                        "aevo run",
                        "",
                        "17",
                        Map.of("a", "1"),
                        Map.of(),
                        true,
                        2));
        entries.add(new Entry.RunResumed(
                Instant.EPOCH, entries.get(entries.size() - 1).time(), "aevo", 2, SampleRun.PROGRAM));
        return entries;
    }

    /** As this program writes it, or one before there were seals. */
    private static byte[] journal(List<Entry> entries, boolean sealed) {
        Encoder out = new Encoder().raw(JournalFormat.header());
        int sequence = 0;
        for (Entry entry : entries) {
            if (sealed) {
                JournalFormat.write(out, out.size(), entry, new Seal(0x1234_5678_9abcL, sequence++, 0));
            } else {
                out.raw(JournalFormat.record(out.size(), EntryCodec.type(entry), EntryCodec.payload(entry)));
            }
        }
        return out.toBytes();
    }

    /** Damage of any kind: only a beginning of what was written is read, and opening leaves a good journal of that. */
    @Test
    void anyDamage() throws Exception {
        Path file = Fuzz.file("journal");
        fuzz("journal")
                .run(
                        (random, input, other) ->
                                Mutations.bytes(random, start(random).clone(), input),
                        input -> {
                            Files.write(file, input);
                            List<Entry> read;
                            try {
                                read = JournalTest.read(file);
                            } catch (DamagedJournalException e) {
                                checkPart(file, e.offset());
                                assertThrows(DamagedJournalException.class, () -> Journal.open(file, x -> {}));
                                // as any other refusal: the harness expects one kind
                                throw new MalformedDataException(e.getMessage());
                            }
                            assertTrue(read.size() <= entries.size(), "more than was written");
                            assertEquals(entries.subList(0, read.size()), read);
                            // now and then, for it waits for the disk
                            if (input.length % 8 == 0) {
                                try (Journal journal = Journal.open(file, x -> {})) {
                                    assertEquals(Files.size(file), journal.durableBytes());
                                }
                                assertEquals(read, JournalTest.read(file));
                            }
                            return read.size() == entries.size() ? "whole" : "part";
                        });
    }

    private byte[] start(Random random) {
        return random.nextBoolean() ? valid : sealed;
    }

    private void checkPart(Path file, long offset) throws IOException {
        if (offset > JournalFormat.HEADER_BYTES) {
            JournalPart part = JournalPart.read(file, JournalPart.UP_TO_DAMAGE);
            assertEquals(offset, part.end());
            assertEquals(Files.size(file) - offset, part.leftOut());
        } else {
            // before the first record, or already in the header
            Class<? extends IOException> refusal = offset == 0 ? DamagedJournalException.class : RecordException.class;
            assertThrows(refusal, () -> JournalPart.read(file, JournalPart.UP_TO_DAMAGE));
        }
    }

    /** Records with right checksums that say anything: entries that a hostile or a mad program would write. */
    @Test
    void anyRecords() throws Exception {
        Path file = Fuzz.file("records");
        fuzz("records").run(JournalFuzzTest::changeRecords, input -> {
            Files.write(file, input);
            RunHistory history;
            try {
                history = RunHistory.read(file);
            } catch (DamagedJournalException e) {
                throw new MalformedDataException(e.getMessage());
            }
            assertTrue(history.evaluated() <= history.asked());
            assertTrue(history.inserted() <= history.evaluated());
            assertEquals(
                    history.asked() - history.evaluated(), history.unfinished().size());
            assertTrue(history.top(5).size() <= 5);
            return history.sessions().size() + " sessions";
        });
    }

    private Fuzz fuzz(String name) {
        return new Fuzz(name, MalformedDataException.class, FIXED_BYTES, 1000, List.of(valid));
    }

    private record Raw(int type, byte[] payload) {}

    private static byte[] changeRecords(Random random, byte[] input, byte[] other) {
        List<Raw> records = records(input);
        for (int step = random.nextInt(3); step >= 0 && !records.isEmpty(); step--) {
            int at = random.nextInt(records.size());
            int to = random.nextInt(records.size());
            Raw record = records.get(at);
            switch (random.nextInt(8)) {
                case 0 -> records.remove(at);
                case 1 -> records.add(to, record);
                case 2 -> records.set(at, records.set(to, record));
                case 3 -> records.set(at, new Raw(random.nextInt(14), record.payload()));
                case 4, 5 -> records.set(at, new Raw(record.type(), flip(random, record.payload())));
                default ->
                    records.set(
                            at,
                            new Raw(
                                    record.type(),
                                    Mutations.bytes(
                                            random,
                                            record.payload().clone(),
                                            records.get(to).payload())));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(JournalFormat.header());
        for (Raw record : records) {
            // an empty payload is damage, not a record
            byte[] payload = record.payload().length == 0 ? new byte[1] : record.payload();
            out.writeBytes(JournalFormat.record(out.size(), record.type(), payload));
        }
        return out.toByteArray();
    }

    /** Small enough that the payload often stays readable. */
    private static byte[] flip(Random random, byte[] payload) {
        byte[] flipped = payload.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static List<Raw> records(byte[] journal) {
        List<Raw> records = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(journal).position(JournalFormat.HEADER_BYTES);
        while (in.hasRemaining()) {
            byte[] payload = new byte[in.getInt()];
            in.getInt();
            int type = in.get() & 0xFF;
            in.get(payload);
            records.add(new Raw(type, payload));
        }
        return records;
    }
}
