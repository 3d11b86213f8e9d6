package org.aevo.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What links cost: prints, asserts nothing about time. */
@Tag("bench")
class LinkBenchmark {
    private final RunSecret secret = RunSecret.random();
    private final Events atMaster = new Events();

    private Link join(MasterEndpoint master, LinkListener listener) throws Exception {
        return new WorkerConnector()
                .connect("localhost", master.address().getPort(), secret, Duration.ofSeconds(30), listener);
    }

    @Test
    void links() throws Exception {
        try (MasterEndpoint master = MasterEndpoint.open(MasterOptions.loopback(), secret, atMaster)) {
            LinkListener echo = event -> {
                if (event instanceof LinkEvent.Received received) {
                    received.link().send(received.message());
                }
            };
            double[] milliseconds = new double[10];
            Link first = null;
            Link second = null;
            for (int i = 0; i < milliseconds.length; i++) {
                long from = System.nanoTime();
                join(master, echo);
                second = first;
                first = atMaster.next(LinkEvent.Joined.class).link();
                milliseconds[i] = (System.nanoTime() - from) / 1e6;
            }
            System.out.printf("connect to Joined: first %.0f ms, tenth %.0f ms%n", milliseconds[0], milliseconds[9]);

            double best = Double.MAX_VALUE;
            for (int round = 0; round < 5; round++) {
                long from = System.nanoTime();
                for (int i = 0; i < 2000; i++) {
                    first.send(new Message.Heartbeat(i));
                    assertEquals(new Message.Heartbeat(i), atMaster.message());
                }
                best = Math.min(best, (System.nanoTime() - from) / 2000 / 1e3);
            }
            System.out.printf("round trip of a small message: %.0f microseconds%n", best);

            int messages = 50_000;
            for (int round = 0; round < 3; round++) {
                long from = System.nanoTime();
                for (int i = 0; i < messages / 2; i++) {
                    first.send(new Message.Heartbeat(i));
                    second.send(new Message.Heartbeat(i));
                }
                for (int i = 0; i < messages; i++) {
                    atMaster.message();
                }
                System.out.printf(
                        "two workers: %.0f messages/s out and back%n", messages / ((System.nanoTime() - from) / 1e9));
            }

            Message.Result weights = WireFormatTest.result(1, 12_500_000);
            for (int round = 0; round < 3; round++) {
                long from = System.nanoTime();
                byte[] bytes = WireFormat.encode(weights);
                double encode = (System.nanoTime() - from) / 1e6;
                from = System.nanoTime();
                WireFormat.decode(bytes);
                double decode = (System.nanoTime() - from) / 1e6;
                from = System.nanoTime();
                first.send(weights);
                atMaster.message();
                System.out.printf(
                        "50 MB: encode %.0f ms, decode %.0f ms; out and back %.0f ms%n",
                        encode, decode, (System.nanoTime() - from) / 1e6);
            }
            double cpu = Processes.linkCpuSeconds();
            Thread.sleep(10_000);
            System.out.printf("20 idle link ends: %.4f %% of a core%n", 100 * (Processes.linkCpuSeconds() - cpu) / 10);
            System.out.println("threads per link end: "
                    + Thread.getAllStackTraces().keySet().stream()
                                    .filter(t -> t.getName().startsWith("mpi-")
                                            || t.getName().startsWith("Thread-"))
                                    .count()
                            / 20.0);
        }
    }
}
