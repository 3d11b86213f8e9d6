package org.aevo.mpi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aevo.codec.MalformedDataException;
import org.aevo.fuzz.Fuzz;
import org.aevo.fuzz.Mutations;
import org.aevo.genome.GenomeText;
import org.aevo.search.Candidate;
import org.junit.jupiter.api.Test;

/** What comes over a link is a message, or refused; whatever lengths it claims. */
class MessageFuzzTest {
    private static final int LIMIT = 1 << 30;
    private static final String GENOME =
            "conv(16,k3,s1,relu,bn) pool(2) dense(64,tanh,drop0.1) | latent(16) | deconvolution | adam(lr0.001,batch128)";

    private static final List<byte[]> VALID = Stream.of(
                    new Message.Welcome(3, "seed: 1\n# größe\n", 30),
                    new Message.Assign(new Candidate(5, 1, 2, -1, "mutate", GenomeText.parse(GENOME)), 1, -77, 0.25),
                    new Message.Stop("budget spent"),
                    new Message.Ready(
                            "node1",
                            "cpu",
                            "9f86d081",
                            4711,
                            1.5,
                            Optional.of(new Message.Ended(12, "was killed by signal 9 (SIGKILL)"))),
                    new Message.Preparing("node1", 4711, "loading the data", 40.5, 0.25),
                    WireFormatTest.result(4, 0),
                    WireFormatTest.result(9, 40),
                    new Message.Unable("no data"),
                    new Message.Goodbye(""),
                    new Message.Heartbeat(-1))
            .map(WireFormat::encode)
            .toList();

    @Test
    void anyMessage() throws Exception {
        new Fuzz("message", MalformedDataException.class, 200_000, 200, VALID).run(Mutations::bytes, input -> {
            Message message = WireFormat.decode(input);
            byte[] again = WireFormat.encode(message);
            assertArrayEquals(again, WireFormat.encode(WireFormat.decode(again)));
            return message.getClass().getSimpleName();
        });
    }

    /** An input is a sequence of frames, each after its length in two bytes. */
    @Test
    void anyFrames() throws Exception {
        List<byte[]> valid =
                Stream.of(10, 64, 1000).map(size -> frames(VALID, size)).toList();
        assertEquals(VALID.size(), messages(valid.get(0)));
        new Fuzz("frames", MalformedDataException.class, 300_000, 200, valid)
                .run(Mutations::bytes, input -> messages(input) + " messages");
    }

    private static byte[] frames(List<byte[]> messages, int frameBytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            ByteBuffer whole = ByteBuffer.allocate(Integer.BYTES + message.length);
            whole.putInt(message.length).put(message).flip();
            byte kind = Frames.FIRST;
            while (whole.hasRemaining()) {
                byte[] part = new byte[Math.min(whole.remaining(), frameBytes)];
                whole.get(part);
                out.write((part.length + 1) >> 8);
                out.write(part.length + 1);
                out.write(kind);
                out.writeBytes(part);
                kind = Frames.MORE;
            }
        }
        return out.toByteArray();
    }

    private static int messages(byte[] input) throws MalformedDataException {
        MessageAssembly assembly = new MessageAssembly(LIMIT);
        ByteBuffer in = ByteBuffer.wrap(input);
        int messages = 0;
        while (in.remaining() >= 3) {
            int length = Math.max(1, Math.min(in.getShort() & 0xFFFF, in.remaining()));
            ByteBuffer frame = in.slice(in.position(), length);
            in.position(in.position() + length);
            byte kind = frame.get();
            Optional<byte[]> whole = assembly.take(kind == Frames.FIRST ? Frames.FIRST : Frames.MORE, frame);
            if (whole.isPresent()) {
                assertTrue(whole.get().length <= input.length, "as long as what arrived");
                messages++;
            }
        }
        return messages;
    }
}
