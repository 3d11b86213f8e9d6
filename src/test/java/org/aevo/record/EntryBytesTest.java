package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.aevo.HexLines;
import org.junit.jupiter.api.Test;

/**
 * The bytes of entries are those that earlier programs wrote, and these are read for ever. {@code entries.hex} has a line
 * for each type and version: its code, and the payload of its {@linkplain EntryExamples example} without a seal. An
 * entry that gets another version gets another line.
 */
class EntryBytesTest {
    private final Map<String, byte[]> written = HexLines.read(EntryBytesTest.class, "entries.hex");

    @Test
    void eachTypeHasAnExample() {
        assertEquals(
                new HashSet<>(HexLines.records(Entry.class)),
                EntryExamples.ALL.stream().map(Object::getClass).collect(Collectors.toSet()));
        assertEquals(HexLines.records(Entry.class).size(), EntryExamples.ALL.size());
    }

    @Test
    void whatIsWrittenIsAsItWas() {
        for (Entry entry : EntryExamples.ALL) {
            byte[] payload = EntryCodec.payload(entry);
            String name = name(entry) + "/" + payload[0];
            String line = name + " " + hex(EntryCodec.type(entry), payload);
            byte[] was = written.get(name);
            assertNotNull(was, () -> "entries.hex has no line\n" + line);
            assertEquals(name + " " + HexFormat.of().formatHex(was), line);
        }
    }

    @Test
    void whatWasWrittenIsRead() throws Exception {
        for (Entry example : EntryExamples.ALL) {
            int newest = EntryCodec.payload(example)[0];
            for (int version = 1; version <= newest; version++) {
                String name = name(example) + "/" + version;
                byte[] was = written.get(name);
                assertNotNull(was, () -> "entries.hex has no line " + name);
                Entry read = EntryCodec.entry(was[0], Arrays.copyOfRange(was, 1, was.length));
                assertEquals(example.getClass(), read.getClass(), name);
                assertEquals(example.time(), read.time(), name);
                assertEquals(version == newest, example.equals(read), name);
            }
        }
    }

    private static String name(Entry entry) {
        return entry.getClass().getSimpleName();
    }

    private static String hex(int type, byte[] payload) {
        return HexFormat.of().toHexDigits((byte) type) + HexFormat.of().formatHex(payload);
    }
}
