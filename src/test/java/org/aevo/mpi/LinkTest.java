package org.aevo.mpi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Master and workers in one JVM, over real MPJ worlds. */
class LinkTest {
    private static final int LIMIT = 100_000_000;
    private final RunSecret secret = RunSecret.random();
    private final Events atMaster = new Events();
    private MasterEndpoint master;

    @BeforeEach
    void open() throws Exception {
        master = MasterEndpoint.open(MasterOptions.loopback().withMaxMessageBytes(LIMIT), secret, atMaster);
    }

    @AfterEach
    void close() {
        master.close();
    }

    private Link join(Events events) throws Exception {
        return new WorkerConnector(LIMIT)
                .connect("localhost", master.address().getPort(), secret, Duration.ofSeconds(20), events);
    }

    @Test
    void messagesOfAllSizesGoBothWaysInOrder() throws Exception {
        Events atWorker = new Events();
        Link toMaster = join(atWorker);
        assertEquals(toMaster, atWorker.next(LinkEvent.Joined.class).link());
        Link toWorker = atMaster.next(LinkEvent.Joined.class).link();
        assertEquals(1, toWorker.number());
        List<Message> sent = new ArrayList<>();
        for (int size : new int[] {0, 1, 100, 65_000, 65_270, 65_280, 65_290, 131_072, 1_000_000}) {
            sent.add(new Message.Welcome(size, "y".repeat(size), 30));
        }
        for (int i = 0; i < 500; i++) {
            sent.add(new Message.Heartbeat(i));
        }
        sent.forEach(toWorker::send);
        sent.forEach(toMaster::send);
        for (Message message : sent) {
            assertEquals(message, atWorker.message());
            assertEquals(message, atMaster.message());
        }
        long bytes = sent.stream().mapToLong(m -> WireFormat.encode(m).length).sum();
        Link.Traffic expected = new Link.Traffic(sent.size(), bytes, sent.size(), bytes);
        assertEquals(expected, toWorker.traffic());
        assertEquals(expected, toMaster.traffic());
        assertEquals(expected, master.traffic());
    }

    @Test
    void fiftyMegabytesOfWeightsBothWaysAtOnce() throws Exception {
        Events atWorker = new Events();
        Link toMaster = join(atWorker);
        atWorker.next(LinkEvent.Joined.class);
        Link toWorker = atMaster.next(LinkEvent.Joined.class).link();
        Message.Result result = WireFormatTest.result(7, 12_500_000);
        toMaster.send(result);
        toWorker.send(result);
        toMaster.send(new Message.Heartbeat(8));
        for (Events side : List.of(atMaster, atWorker)) {
            Message.Result arrived = (Message.Result) side.message();
            assertEquals(result.evaluation(), arrived.evaluation());
            assertArrayEquals(
                    result.weights().orElseThrow().arrays().get(0).values(),
                    arrived.weights().orElseThrow().arrays().get(0).values());
        }
        assertEquals(new Message.Heartbeat(8), atMaster.message());
    }

    @Test
    void tooLargeAMessageIsRefusedWhereItIsSent() throws Exception {
        Link toMaster = new WorkerConnector(1000)
                .connect("localhost", master.address().getPort(), secret, Duration.ofSeconds(20), new Events());
        atMaster.next(LinkEvent.Joined.class);
        Message message = new Message.Unable("x".repeat(1000));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> toMaster.send(message))
                .getMessage()
                .contains("1000"));
        toMaster.send(new Message.Heartbeat(1));
        assertEquals(new Message.Heartbeat(1), atMaster.message());
    }

    @Test
    void aMessageBeyondTheReceiversLimitCostsTheLink() throws Exception {
        Events atWorker = new Events();
        new WorkerConnector(1000)
                .connect("localhost", master.address().getPort(), secret, Duration.ofSeconds(20), atWorker);
        atWorker.next(LinkEvent.Joined.class);
        atMaster.next(LinkEvent.Joined.class).link().send(new Message.Welcome(1, "x".repeat(1000), 30));
        assertTrue(atWorker.next(LinkEvent.Lost.class).reason().contains("limit is 1000"));
        atMaster.next(LinkEvent.Lost.class);
    }

    @Test
    void whatWasSentBeforeACloseArrives() throws Exception {
        Link toMaster = join(new Events());
        Link toWorker = atMaster.next(LinkEvent.Joined.class).link();
        for (int i = 0; i < 200; i++) {
            toMaster.send(new Message.Unable("z".repeat(20_000)));
        }
        toMaster.send(new Message.Goodbye("done"));
        toMaster.close();
        assertFalse(toMaster.isOpen());
        for (int i = 0; i < 200; i++) {
            assertTrue(atMaster.message() instanceof Message.Unable);
        }
        assertEquals(new Message.Goodbye("done"), atMaster.message());
        assertTrue(atMaster.next(LinkEvent.Lost.class).reason().contains("closed"));
        assertFalse(toWorker.isOpen());
        toMaster.send(new Message.Heartbeat(1));
        toMaster.close();
        assertTrue(atMaster.isEmpty());
    }

    @Test
    void theMastersCloseEndsTheWorkersLink() throws Exception {
        Events atWorker = new Events();
        join(atWorker);
        atWorker.next(LinkEvent.Joined.class);
        Link toWorker = atMaster.next(LinkEvent.Joined.class).link();
        toWorker.send(new Message.Stop("over"));
        master.close();
        assertEquals(new Message.Stop("over"), atWorker.message());
        atWorker.next(LinkEvent.Lost.class);
        assertFalse(toWorker.isOpen());
        assertTrue(atMaster.isEmpty());
        assertThrows(IOException.class, () -> new WorkerConnector()
                .connect("localhost", master.address().getPort(), secret, Duration.ofMillis(300), new Events()));
    }

    @Test
    void aWorkerWaitsForItsMasterAndSaysWhichInTheEnd() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        String message = assertThrows(IOException.class, () -> new WorkerConnector()
                        .connect("localhost", free, secret, Duration.ofMillis(300), new Events()))
                .getMessage();
        assertTrue(message.contains("localhost:" + free) && message.contains("0.3 s"), message);
        assertTrue(assertThrows(IOException.class, () -> new WorkerConnector()
                        .connect("no-such-host.invalid", 1, secret, Duration.ofMillis(1), new Events()))
                .getMessage()
                .contains("no-such-host.invalid:1"));
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Events atWorker = new Events();
            Future<Link> early = pool.submit(
                    () -> new WorkerConnector().connect("localhost", free, secret, Duration.ofSeconds(15), atWorker));
            Thread.sleep(300);
            try (MasterEndpoint late =
                    MasterEndpoint.open(MasterOptions.loopback().withPort(free), secret, new Events())) {
                assertTrue(early.get().isOpen());
                assertEquals(free, late.address().getPort());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        int port = master.address().getPort();
        assertTrue(port >= 20_000 && port < 25_000);
        assertTrue(assertThrows(
                        IOException.class,
                        () -> MasterEndpoint.open(MasterOptions.loopback().withPort(port), secret, new Events()))
                .getMessage()
                .contains(":" + port));
    }
}
