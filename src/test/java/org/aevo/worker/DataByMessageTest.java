package org.aevo.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.aevo.mpi.Link;
import org.aevo.mpi.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DataByMessageTest {
    private static final int BYTES = 11 * DataByMessage.PIECE / 2;

    private final byte[] data = new byte[BYTES];
    private final Deque<Message.FetchData> asked = new ArrayDeque<>();
    private int most;
    private int answered;
    private UnaryOperator<Message.DataPiece> change = UnaryOperator.identity();

    {
        new Random(3).nextBytes(data);
    }

    /** A master that answers the oldest request when the worker has asked for as much as it may, or all. */
    private final Link link = new Link() {
        @Override
        public int number() {
            return 0;
        }

        @Override
        public String peer() {
            return "master";
        }

        @Override
        public void send(Message message) {
            Message.FetchData fetch = (Message.FetchData) message;
            assertTrue(fetch.arrived() <= answered, "what was not answered has not arrived");
            asked.add(fetch);
            most = Math.max(most, (int) (fetch.request() - fetch.arrived()));
            boolean last = fetch.from() + fetch.length() == BYTES;
            while (asked.size() == DataByMessage.ASKED_AT_ONCE || last && !asked.isEmpty()) {
                Message.FetchData one = asked.remove();
                answered++;
                byte[] bytes = Arrays.copyOfRange(data, (int) one.from(), (int) one.from() + one.length());
                Message.DataPiece piece = change.apply(new Message.DataPiece(one.request(), one.from(), bytes, ""));
                assertTrue(atMaster.hear(piece));
            }
        }

        @Override
        public void post(Message message) {
            send(message);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public Traffic traffic() {
            return Traffic.NONE;
        }

        @Override
        public void close() {}
    };

    private final DataByMessage atMaster = new DataByMessage(link, 0.3);

    private byte[] fetched() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        atMaster.fetch(BYTES, (from, bytes) -> {
            assertEquals(all.size(), from);
            all.write(bytes);
        });
        return all.toByteArray();
    }

    @Test
    void allComesInOrderAndLittleIsAskedForAtOnce() throws Exception {
        assertArrayEquals(data, fetched());
        assertTrue(most <= DataByMessage.ASKED_AT_ONCE, "asked for at once: " + most);
        assertFalse(atMaster.hear(new Message.Heartbeat(1)));
    }

    /** What comes for a fetch that was given up is not taken for what the next one asked for. */
    @Test
    void aFetchMayBeginAnew() throws Exception {
        IOException full = new IOException("No space left on device");
        assertEquals(
                full,
                assertThrows(
                        IOException.class,
                        () -> atMaster.fetch(BYTES, (from, bytes) -> {
                            throw full;
                        })));
        assertArrayEquals(data, fetched());
    }

    private String refused() {
        return assertThrows(IllegalStateException.class, this::fetched).getMessage();
    }

    @Test
    void whatTheMasterSaysIsWrongIsSaid() {
        change = piece -> new Message.DataPiece(piece.request(), piece.from(), new byte[0], "its disk is gone");
        assertEquals("the master cannot send the data: its disk is gone", refused());
    }

    @Test
    void anotherPieceIsNotTaken() {
        change = piece -> new Message.DataPiece(piece.request(), piece.from() + 1, piece.bytes(), "");
        assertEquals("the master sent 262144 bytes of the data from 1, asked for were 262144 from 0", refused());
    }

    @Test
    void aPieceThatIsLeftOutIsNoticed() {
        change = piece -> new Message.DataPiece(piece.request() + 1, piece.from(), piece.bytes(), "");
        assertEquals("the master left out a piece of the data", refused());
    }

    @Test
    void aMasterThatSendsNothingIsNotWaitedForForEver() {
        change = piece -> new Message.DataPiece(0, 0, new byte[0], "");
        assertEquals("the master sent nothing of the data for 0 s", refused());
    }
}
