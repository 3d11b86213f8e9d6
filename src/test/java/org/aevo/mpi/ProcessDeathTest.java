package org.aevo.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workers in real JVMs of their own, killed and stopped by real signals. */
class ProcessDeathTest {
    private final RunSecret secret = RunSecret.random();
    private final Events atMaster = new Events();
    private final List<Process> children = new ArrayList<>();
    private MasterEndpoint master;

    @BeforeEach
    void open() throws Exception {
        master = MasterEndpoint.open(MasterOptions.loopback(), secret, atMaster);
    }

    @AfterEach
    void close() {
        children.forEach(Process::destroyForcibly);
        master.close();
    }

    private record Child(Process process, Link link) {
        void signal(String name) throws Exception {
            assertEquals(
                    0,
                    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                            .start()
                            .waitFor());
        }
    }

    private Child child() throws Exception {
        Process process = Processes.java(
                ChildWorker.class, secret, Integer.toString(master.address().getPort()));
        children.add(process);
        Link link = atMaster.next(LinkEvent.Joined.class).link();
        LinkEvent.Received ready = atMaster.next(LinkEvent.Received.class);
        assertEquals(link, ready.link());
        assertEquals(process.pid(), ((Message.Ready) ready.message()).pid());
        return new Child(process, link);
    }

    private void answers(Child child, long number) throws Exception {
        child.link.send(new Message.Heartbeat(number));
        LinkEvent.Received answer = atMaster.next(LinkEvent.Received.class);
        assertEquals(child.link, answer.link());
        assertEquals(new Message.Heartbeat(number), answer.message());
    }

    @Test
    void aDeadWorkerIsNoticedAndCostsItsOwnLinkOnly() throws Exception {
        Child doomed = child();
        Child other = child();
        Child killed = child();

        long from = System.nanoTime();
        doomed.link.send(new Message.Stop("halt"));
        assertEquals(doomed.link, atMaster.next(LinkEvent.Lost.class).link());
        assertTrue(System.nanoTime() - from < 2e9);
        assertFalse(doomed.link.isOpen());
        doomed.link.send(new Message.Stop("dropped")); // neither blocks nor throws
        answers(other, 1);

        from = System.nanoTime();
        killed.signal("KILL");
        assertEquals(killed.link, atMaster.next(LinkEvent.Lost.class).link());
        assertTrue(System.nanoTime() - from < 2e9);
        answers(other, 2);

        Child late = child();
        answers(late, 3);
        late.link.send(new Message.Stop("done"));
        assertEquals(new Message.Goodbye("done"), atMaster.message());
        assertEquals(late.link, atMaster.next(LinkEvent.Lost.class).link());
        assertTrue(late.process.waitFor(5, TimeUnit.SECONDS));
        assertEquals(
                "", new String(late.process.getInputStream().readAllBytes(), StandardCharsets.UTF_8), "MPJ is silent");
        assertTrue(atMaster.isEmpty());
    }

    @Test
    void aStoppedWorkerBlocksNobody() throws Exception {
        Child stopped = child();
        Child other = child();
        stopped.signal("STOP");
        long from = System.nanoTime();
        Message large = new Message.Welcome(1, "x".repeat(5_000_000), 30);
        for (int i = 0; i < 20; i++) {
            stopped.link.send(large);
            answers(other, i);
        }
        assertTrue(System.nanoTime() - from < 8e9, "sending to a stopped worker took " + (System.nanoTime() - from));
        assertTrue(stopped.link.isOpen());
        stopped.signal("CONT");
        answers(stopped, 99); // behind the large ones
        stopped.signal("STOP");
        from = System.nanoTime();
        stopped.link.send(large);
        stopped.link.close();
        assertTrue(System.nanoTime() - from < 6e9, "closing took " + (System.nanoTime() - from));
        answers(other, 100);
        assertTrue(atMaster.isEmpty());
    }

    /** Small messages are sent by the calling thread, as long as they are few: more would block it in the end. */
    @Test
    void manySmallMessagesToAStoppedWorkerBlockNobody() throws Exception {
        Child stopped = child();
        Child other = child();
        stopped.signal("STOP");
        long from = System.nanoTime();
        Message small = new Message.Unable("x".repeat(500));
        for (int i = 0; i < 20_000; i++) {
            stopped.link.send(small);
        }
        answers(other, 1);
        assertTrue(System.nanoTime() - from < 8e9, "sending to a stopped worker took " + (System.nanoTime() - from));
        stopped.signal("CONT");
        answers(stopped, 2);
    }

    @Test
    void aWorkerThatLosesItsMasterHearsOfIt() throws Exception {
        Process doomed = Processes.java(ChildMaster.class, secret);
        children.add(doomed);
        BufferedReader out = doomed.inputReader(StandardCharsets.UTF_8);
        int port = Integer.parseInt(out.readLine());
        Events atWorker = new Events();
        Link link = new WorkerConnector().connect("localhost", port, secret, Duration.ofSeconds(20), atWorker);
        atWorker.next(LinkEvent.Joined.class);
        long from = System.nanoTime();
        doomed.destroyForcibly();
        assertEquals(link, atWorker.next(LinkEvent.Lost.class).link());
        assertTrue(System.nanoTime() - from < 2e9);
        assertFalse(link.isOpen());
    }
}
