package org.aevo.master;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.aevo.mpi.Link;
import org.aevo.mpi.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DataFeederTest {
    private static final int MIB = 1 << 20;

    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();

    /** Keeps what is sent to one worker. */
    private static final class Worker implements Link {
        private final BlockingQueue<Message.DataPiece> sent = new LinkedBlockingQueue<>();

        @Override
        public int number() {
            return 1;
        }

        @Override
        public String peer() {
            return "worker";
        }

        @Override
        public void send(Message message) {
            sent.add((Message.DataPiece) message);
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

        Message.DataPiece next() throws InterruptedException {
            Message.DataPiece piece = sent.poll(20, TimeUnit.SECONDS);
            assertTrue(piece != null, "nothing came");
            return piece;
        }
    }

    /** Every byte is the number of its MiB. */
    private static byte[] bytes(long from, int length) {
        byte[] piece = new byte[length];
        for (int i = 0; i < length; i++) {
            piece[i] = (byte) ((from + i) / MIB);
        }
        return piece;
    }

    private DataFeeder feeder(long bytes, DataFeeder.Pieces pieces) {
        return new DataFeeder("9f86d081", bytes, pieces, warnings::add);
    }

    @Test
    void piecesAreThoseThatWereAskedFor() throws Exception {
        Worker worker = new Worker();
        try (DataFeeder feeder = feeder(4L * MIB, DataFeederTest::bytes)) {
            assertEquals(new Message.Data("9f86d081", 4L * MIB), feeder.data());
            assertTrue(feeder.hear(worker, new Message.FetchData(1, MIB - 1, 2, 0)));
            assertTrue(feeder.hear(worker, new Message.FetchData(2, 4L * MIB - 3, 3, 0)));
            Message.DataPiece piece = worker.next();
            assertEquals(1, piece.request());
            assertEquals(MIB - 1, piece.from());
            assertArrayEquals(new byte[] {0, 1}, piece.bytes());
            assertArrayEquals(new byte[] {3, 3, 3}, worker.next().bytes());
            assertFalse(feeder.hear(worker, new Message.Heartbeat(1)));
        }
    }

    /** Workers that take nothing hold a bounded part of the master's memory; who has gone holds none. */
    @Test
    void whatIsOnItsWayIsBounded() throws Exception {
        int hosts = 20;
        long most = DataFeeder.ON_THE_WAY;
        List<Worker> workers = new ArrayList<>();
        try (DataFeeder feeder = feeder(1L << 40, (from, length) -> new byte[length])) {
            for (int w = 0; w < hosts; w++) {
                Worker worker = new Worker();
                workers.add(worker);
                for (int request = 1; request <= 4; request++) {
                    feeder.hear(worker, new Message.FetchData(request, (long) request * MIB, MIB, 0));
                }
            }
            awaitPieces(workers, (int) (most / MIB));
            assertEquals(most, feeder.onTheWay());
            assertEquals(most / MIB, sent(workers));
            // what one says has arrived makes room for as much
            feeder.hear(workers.get(0), new Message.FetchData(5, 5L * MIB, MIB, 1));
            awaitPieces(workers, (int) (most / MIB) + 1);
            feeder.forget(workers.get(1));
            feeder.hear(workers.get(2), new Message.DataHere(true, 1, 1));
            awaitPieces(workers, (int) (most / MIB) + 3);
            assertTrue(feeder.onTheWay() <= most);
        }
    }

    private static void awaitPieces(List<Worker> workers, int pieces) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (sent(workers) < pieces && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        assertTrue(sent(workers) >= pieces, sent(workers) + " pieces");
    }

    private static int sent(List<Worker> workers) {
        return workers.stream().mapToInt(worker -> worker.sent.size()).sum();
    }

    /** One that has asked for much, and before the others, does not go before them all. */
    @Test
    void eachHasItsTurn() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        List<Long> order = new ArrayList<>();
        Worker first = new Worker();
        Worker second = new Worker();
        try (DataFeeder feeder = feeder(1000, (from, length) -> {
            try {
                asked.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            order.add(from);
            return new byte[length];
        })) {
            for (int request = 1; request <= 4; request++) {
                feeder.hear(first, new Message.FetchData(request, 100 + request, 1, 0));
            }
            for (int request = 1; request <= 2; request++) {
                feeder.hear(second, new Message.FetchData(request, 200 + request, 1, 0));
            }
            asked.countDown();
            for (int i = 0; i < 4; i++) {
                first.next();
            }
            second.next();
            second.next();
        }
        assertTrue(order.indexOf(201L) <= 2 && order.indexOf(202L) <= 4, order.toString());
    }

    @Test
    void whatCannotBeReadIsSaid() throws Exception {
        Worker worker = new Worker();
        try (DataFeeder feeder = feeder(1000, (from, length) -> {
            throw new IOException("/cache/x.data: it has lost its end");
        })) {
            feeder.hear(worker, new Message.FetchData(1, 0, 10, 0));
            feeder.hear(worker, new Message.FetchData(2, 10, 10, 0));
            assertEquals("/cache/x.data: it has lost its end", worker.next().problem());
            assertEquals("/cache/x.data: it has lost its end", worker.next().problem());
        }
        assertEquals(
                List.of("data cannot be sent to workers: /cache/x.data: it has lost its end"), List.copyOf(warnings));
    }

    @Test
    void whatNobodyAsksForIsRefused() throws Exception {
        Worker worker = new Worker();
        try (DataFeeder feeder = feeder(1000, DataFeederTest::bytes)) {
            for (Message.FetchData wrong : List.of(
                    new Message.FetchData(1, -1, 10, 0),
                    new Message.FetchData(2, 991, 10, 0),
                    new Message.FetchData(3, 0, 0, 0),
                    new Message.FetchData(4, 0, Integer.MAX_VALUE, 0),
                    new Message.FetchData(5, Long.MAX_VALUE, 10, 0))) {
                feeder.hear(worker, wrong);
                Message.DataPiece answer = worker.next();
                assertEquals(wrong.request(), answer.request());
                assertTrue(answer.problem().startsWith("no worker asks for " + wrong.length()), answer.problem());
            }
            for (int request = 6; request < 6 + DataFeeder.MOST_REQUESTS + 1; request++) {
                feeder.hear(worker, new Message.FetchData(request, 0, 1, 0));
            }
            long refused = 0;
            for (int i = 0; i < DataFeeder.MOST_REQUESTS + 1; i++) {
                refused += worker.next().problem().isEmpty() ? 0 : 1;
            }
            assertEquals(1, refused);
        }
    }
}
