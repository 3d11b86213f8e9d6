package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.aevo.codec.MalformedDataException;
import org.aevo.record.JournalReader.Located;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No acknowledged record is silently gone, whatever happens to a journal, with seals, without, or with seals from some
 * place on: it is refused and left as it is, or nothing but a tail without any whole record is cut off and kept.
 */
class DamageTest {
    private static final int CASES = 240;

    @TempDir
    private Path dir;

    private final List<Original> originals = new ArrayList<>();

    private record Original(String name, byte[] bytes, List<byte[]> records, List<Entry> entries) {
        static Original of(String name, Path journal) throws IOException {
            byte[] bytes = Files.readAllBytes(journal);
            List<byte[]> records = new ArrayList<>();
            ByteBuffer in = ByteBuffer.wrap(bytes).position(JournalFormat.HEADER_BYTES);
            while (in.hasRemaining()) {
                byte[] record = new byte[JournalFormat.RECORD_HEADER_BYTES + in.getInt(in.position())];
                in.get(record);
                records.add(record);
            }
            return new Original(name, bytes, records, JournalTest.read(journal));
        }
    }

    @BeforeEach
    void originals() throws IOException {
        for (String name : OldRuns.NAMES) {
            Original old = Original.of(name, OldRuns.journal(name));
            originals.add(old);
            Path sealed = dir.resolve(name + ".sealed");
            try (Journal journal = Journal.create(sealed)) {
                journal.append(old.entries().toArray(Entry[]::new));
            }
            originals.add(Original.of(name + ", sealed", sealed));
            Path mixed = dir.resolve(name + ".mixed");
            int half = old.records().size() / 2;
            int bytes = JournalFormat.HEADER_BYTES
                    + old.records().subList(0, half).stream()
                            .mapToInt(r -> r.length)
                            .sum();
            Files.write(mixed, Arrays.copyOf(old.bytes(), bytes));
            try (Journal journal = Journal.open(mixed, entry -> {})) {
                journal.append(old.entries().subList(half, old.entries().size()).toArray(Entry[]::new));
            }
            originals.add(Original.of(name + ", sealed from the middle on", mixed));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsSilentlyGone(Damage damage) throws IOException {
        Random random = new Random(damage.ordinal());
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            Original original = originals.get(random.nextInt(originals.size()));
            Original other = originals.get(random.nextInt(originals.size()));
            byte[] damaged = damage.to(original.bytes(), original.records(), other.bytes(), random);
            if (!Arrays.equals(damaged, original.bytes())) {
                refused += check(damage + ", case " + i + " of " + original.name(), original, other, damaged) ? 1 : 0;
            }
        }
        boolean endOnly = damage == Damage.GARBAGE_BEHIND || damage == Damage.TRUNCATED;
        assertTrue(endOnly ? refused == 0 : refused > CASES / 3, damage + ": " + refused + " refused");
    }

    /** Whether it was refused. */
    private boolean check(String what, Original original, Original other, byte[] damaged) throws IOException {
        Path file = dir.resolve("run.journal");
        Files.write(file, damaged);
        List<Entry> read = new ArrayList<>();
        long end;
        long torn;
        try (JournalReader reader = JournalReader.open(file)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                read.add(next.map(Located::entry).orElseThrow());
            }
            end = reader.end();
            torn = reader.tornBytes();
        } catch (MalformedDataException e) {
            assertThrows(MalformedDataException.class, () -> Journal.open(file, entry -> {}), what);
            assertArrayEquals(damaged, Files.readAllBytes(file), what + ": left as it is");
            assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
            return true;
        }
        assertTrue(read.size() <= original.entries().size(), what + ": more than was written");
        assertEquals(original.entries().subList(0, read.size()), read, what);
        assertEquals(damaged.length, end + torn, what);
        if (torn == 0) {
            assertArrayEquals(
                    Arrays.copyOf(original.bytes(), damaged.length), damaged, what + ": what is gone is seen");
            return false;
        }
        byte[] tail = Arrays.copyOfRange(damaged, (int) end, damaged.length);
        for (Original each : List.of(original, other)) {
            for (byte[] record : each.records()) {
                assertFalse(contains(tail, record), what + ": a whole record is behind " + end);
            }
        }
        if (damaged.length % 4 > 0) {
            return false; // opening waits for the disk
        }
        try (Journal journal = Journal.open(file, entry -> {})) {
            Path kept = journal.cutKept().orElseThrow();
            assertArrayEquals(tail, Files.readAllBytes(kept), what + ": kept");
            Files.delete(kept);
        }
        return false;
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(new String(part, StandardCharsets.ISO_8859_1));
    }
}
