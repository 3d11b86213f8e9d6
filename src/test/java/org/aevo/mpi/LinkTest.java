package org.aevo.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkTest {
    private final RunSecret secret = RunSecret.random();
    private final Events atMaster = new Events();
    private MasterEndpoint master;

    @BeforeEach
    void open() throws Exception {
        master = MasterEndpoint.open(MasterOptions.loopback(), secret, atMaster);
    }

    @AfterEach
    void close() {
        master.close();
    }

    private Link join(Events events) throws Exception {
        return new WorkerConnector()
                .connect("localhost", master.address().getPort(), secret, Duration.ofSeconds(15), events);
    }

    @Test
    void messagesGoBothWays() throws Exception {
        Events atWorker = new Events();
        long t0 = System.nanoTime();
        Link worker = join(atWorker);
        System.out.println("join ms " + (System.nanoTime() - t0) / 1e6);
        t0 = System.nanoTime();
        join(new Events());
        System.out.println("join ms " + (System.nanoTime() - t0) / 1e6);
        atWorker.next(LinkEvent.Joined.class);
        Link toWorker = atMaster.next(LinkEvent.Joined.class).link();
        worker.send(new Message.Ready("h", "cpu", 1, 0.5));
        atMaster.next(LinkEvent.Joined.class);
        assertEquals(new Message.Ready("h", "cpu", 1, 0.5), atMaster.message());
        String big = "x".repeat(50_000_000);
        t0 = System.nanoTime();
        toWorker.send(new Message.Welcome(1, big));
        assertEquals(new Message.Welcome(1, big), atWorker.message());
        System.out.println("50 MB ms " + (System.nanoTime() - t0) / 1e6);
        t0 = System.nanoTime();
        worker.close();
        System.out.println("close ms " + (System.nanoTime() - t0) / 1e6);
        System.out.println(atMaster.next(LinkEvent.Lost.class));
        assertTrue(atMaster.isEmpty());
    }
}
