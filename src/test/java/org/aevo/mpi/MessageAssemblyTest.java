package org.aevo.mpi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.aevo.codec.MalformedDataException;
import org.junit.jupiter.api.Test;

class MessageAssemblyTest {
    private static final int LIMIT = 10_000_000;

    private static Optional<byte[]> through(Outbox outbox, MessageAssembly assembly, ByteBuffer frame)
            throws Exception {
        int length = outbox.next(frame);
        ByteBuffer arrived = ByteBuffer.wrap(frame.array(), 0, length);
        outbox.confirm(length, 1);
        return assembly.take(arrived.get(), arrived);
    }

    @Test
    void messagesOfAllSizesComeOutAsTheyWentIn() throws Exception {
        Random random = new Random(1);
        MessageAssembly assembly = new MessageAssembly(LIMIT);
        Outbox outbox = new Outbox();
        ByteBuffer frame = ByteBuffer.allocate(1000);
        for (int size : new int[] {1, 2, 994, 995, 996, 1994, 1995, 5000, 1_000_000, LIMIT}) {
            byte[] message = new byte[size];
            random.nextBytes(message);
            outbox.add(message);
            Optional<byte[]> whole = Optional.empty();
            while (whole.isEmpty()) {
                whole = through(outbox, assembly, frame);
            }
            assertArrayEquals(message, whole.get());
        }
    }

    /** What is queued together leaves together, in order, between messages too long for that. */
    @Test
    void smallMessagesShareAFrame() throws Exception {
        Random random = new Random(2);
        MessageAssembly assembly = new MessageAssembly(LIMIT);
        Outbox outbox = new Outbox();
        List<byte[]> sent = new ArrayList<>();
        for (int size : new int[] {1, 100, 200, 5000, 300, 3, 691, 400, 990, 7, 1, 994}) {
            byte[] message = new byte[size];
            random.nextBytes(message);
            sent.add(message);
            outbox.add(message);
        }
        List<byte[]> arrived = new ArrayList<>();
        ByteBuffer frame = ByteBuffer.allocate(1000);
        int frames = 0;
        while (arrived.size() < sent.size()) {
            int length = outbox.next(frame);
            ByteBuffer taken = ByteBuffer.wrap(frame.array(), 0, length);
            outbox.confirm(length, 1);
            frames++;
            byte kind = taken.get();
            if (kind == Frames.SEVERAL) {
                int before = arrived.size();
                while (taken.hasRemaining()) {
                    arrived.add(assembly.whole(taken));
                }
                assertTrue(arrived.size() >= before + 2);
            } else {
                assembly.take(kind, taken).ifPresent(arrived::add);
            }
        }
        for (int i = 0; i < sent.size(); i++) {
            assertArrayEquals(sent.get(i), arrived.get(i));
        }
        // {1, 100, 200}, 5000 in 6 pieces, {300, 3}, {691}, {400}, {990}, {7, 1}, {994}
        assertEquals(13, frames);
        assertEquals(sent.size(), outbox.traffic().messagesSent());
        assertEquals(
                sent.stream().mapToLong(message -> message.length).sum(),
                outbox.traffic().bytesSent());
    }

    @Test
    void aFrameOfSeveralThatDoesNotAddUpIsRefused() throws Exception {
        MessageAssembly assembly = new MessageAssembly(LIMIT);
        for (int announced : new int[] {0, -1, 4, LIMIT + 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            ByteBuffer frame =
                    ByteBuffer.allocate(7).putInt(announced).put(new byte[3]).flip();
            assertThrows(MalformedDataException.class, () -> assembly.whole(frame), "announced " + announced);
        }
        assertThrows(MalformedDataException.class, () -> assembly.whole(ByteBuffer.wrap(new byte[3])));
        assembly.take(
                Frames.FIRST, ByteBuffer.allocate(5).putInt(100).put((byte) 1).flip());
        ByteBuffer inside = ByteBuffer.allocate(5).putInt(1).put((byte) 1).flip();
        assertThrows(MalformedDataException.class, () -> assembly.whole(inside));
    }

    @Test
    void tooLongAMessageIsRefusedBeforeMemoryIsTaken() {
        MessageAssembly assembly = new MessageAssembly(LIMIT);
        for (int announced : new int[] {LIMIT + 1, Integer.MAX_VALUE, 0, -1, Integer.MIN_VALUE}) {
            ByteBuffer frame =
                    ByteBuffer.allocate(5).putInt(announced).put((byte) 1).flip();
            String message = assertThrows(MalformedDataException.class, () -> assembly.take(Frames.FIRST, frame))
                    .getMessage();
            assertTrue(message.contains(Integer.toString(announced)), message);
        }
    }

    @Test
    void memoryGrowsWithWhatHasArrived() throws Exception {
        MessageAssembly[] many = new MessageAssembly[1000];
        for (int i = 0; i < many.length; i++) {
            many[i] = new MessageAssembly(1 << 30);
            // a GiB each, were the announcement believed
            many[i].take(
                    Frames.FIRST,
                    ByteBuffer.allocate(5).putInt(1 << 30).put((byte) 1).flip());
        }
        assertEquals(1000, many.length);
    }

    @Test
    void piecesOutOfPlaceAreRefused() throws Exception {
        assertThrows(MalformedDataException.class, () -> new MessageAssembly(LIMIT)
                .take(Frames.MORE, ByteBuffer.allocate(1)));
        assertThrows(MalformedDataException.class, () -> new MessageAssembly(LIMIT)
                .take(Frames.FIRST, ByteBuffer.allocate(3)));
        assertThrows(MalformedDataException.class, () -> new MessageAssembly(LIMIT)
                .take(Frames.FIRST, ByteBuffer.allocate(6).putInt(1).position(6).flip()));
        MessageAssembly begun = new MessageAssembly(LIMIT);
        begun.take(Frames.FIRST, ByteBuffer.allocate(5).putInt(2).put((byte) 1).flip());
        ByteBuffer second = ByteBuffer.allocate(5).putInt(2).put((byte) 1).flip();
        assertThrows(MalformedDataException.class, () -> begun.take(Frames.FIRST, second));
    }

    @Test
    void noMoreThanTheWindowIsUnderWay() throws Exception {
        Outbox outbox = new Outbox();
        outbox.add(new byte[4 * Outbox.WINDOW]);
        ByteBuffer frame = ByteBuffer.allocate(60_000);
        long sent = 0;
        while (sent < Outbox.WINDOW) {
            sent += outbox.next(frame);
        }
        assertTrue(sent < Outbox.WINDOW + frame.capacity());
        // its own confirmations are not held up by the window
        outbox.owe(Outbox.WINDOW);
        outbox.next(frame);
        assertEquals(Frames.CONFIRM, frame.get(0));
        assertEquals(Outbox.WINDOW, frame.getInt(1));
        assertEquals(1, frame.getInt(5));
        outbox.stop();
        assertEquals(0, outbox.next(frame));
    }

    @Test
    void smallMessagesPassTheSendingThreadAsLongAsLittleIsUnderWay() throws Exception {
        Outbox outbox = new Outbox();
        for (int i = 0; i < Outbox.EASY_FRAMES; i++) {
            assertTrue(outbox.claim(100));
            assertFalse(outbox.claim(100), "one sends at a time");
            outbox.release(Optional.empty());
        }
        assertFalse(outbox.claim(100), "nothing was confirmed yet");
        outbox.confirm(Outbox.EASY_FRAMES * (100 + Outbox.FIRST_BYTES), Outbox.EASY_FRAMES);
        assertFalse(outbox.claim(Outbox.EASY_BYTES), "too large");
        assertTrue(outbox.claim(100));
        outbox.release(Optional.empty());
        outbox.add(new byte[1]);
        assertFalse(outbox.claim(100), "what was added comes first");
        ByteBuffer frame = ByteBuffer.allocate(60_000);
        assertEquals(Outbox.FIRST_BYTES + 1, outbox.next(frame));
        assertFalse(outbox.claim(100), "the thread is still sending");
        assertEquals(
                new Link.Traffic(Outbox.EASY_FRAMES + 2, 100 * (Outbox.EASY_FRAMES + 1) + 1, 0, 0), outbox.traffic());
    }

    @Test
    void whatCouldNotBeSentEndsTheSendingThread() throws Exception {
        Outbox outbox = new Outbox();
        assertTrue(outbox.claim(1));
        outbox.release(Optional.of(new IOException("no route")));
        assertFalse(outbox.claim(1));
        assertEquals(
                "no route",
                assertThrows(IOException.class, () -> outbox.next(ByteBuffer.allocate(100)))
                        .getMessage());
    }

    @Test
    void smallFramesAreConfirmedBeforeTheSenderHasToWait() throws Exception {
        Outbox outbox = new Outbox();
        for (int i = 0; i < Outbox.EASY_FRAMES / 2; i++) {
            outbox.owe(10);
        }
        ByteBuffer frame = ByteBuffer.allocate(100);
        assertEquals(9, outbox.next(frame));
        assertEquals(Frames.CONFIRM, frame.get(0));
        assertEquals(Outbox.EASY_FRAMES / 2, frame.getInt(5));
    }
}
