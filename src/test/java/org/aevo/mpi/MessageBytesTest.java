package org.aevo.mpi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.aevo.HexLines;
import org.junit.jupiter.api.Test;

/**
 * The bytes of messages change with {@link WireFormat#VERSION} alone. {@code messages.hex} holds those of each
 * {@linkplain MessageExamples example}, without the version.
 */
class MessageBytesTest {
    private final Map<String, byte[]> written = HexLines.read(MessageBytesTest.class, "messages.hex");

    @Test
    void eachTypeHasAnExample() {
        assertEquals(
                new HashSet<>(HexLines.records(Message.class)),
                MessageExamples.ALL.stream().map(Object::getClass).collect(Collectors.toSet()));
        assertEquals(HexLines.records(Message.class).size(), MessageExamples.ALL.size());
        assertEquals(MessageExamples.ALL.size(), written.size());
    }

    @Test
    void whatIsSentIsAsItWasAndUnderstood() throws Exception {
        for (Message message : MessageExamples.ALL) {
            byte[] bytes = WireFormat.encode(message);
            String name = message.getClass().getSimpleName();
            String line = name + " " + HexFormat.of().formatHex(bytes, Integer.BYTES, bytes.length);
            byte[] was = written.get(name);
            assertNotNull(was, () -> "messages.hex has no line\n" + line);
            assertEquals(name + " " + HexFormat.of().formatHex(was), line);
            Message back = WireFormat.decode(bytes);
            assertArrayEquals(bytes, WireFormat.encode(back), name);
            // weights are arrays, which records compare by identity
            if (!(message instanceof Message.Result || message instanceof Message.Keep)) {
                assertEquals(message, back);
            }
        }
    }
}
