package org.aevo.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.aevo.Locks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Many links of one master, at once and one after another. */
@ResourceLock(Locks.LINKS)
class ManyLinksTest {
    private final RunSecret secret = RunSecret.random();
    private final Events atMaster = new Events();

    private Link join(MasterEndpoint master, LinkListener listener) throws Exception {
        return new WorkerConnector()
                .connect("localhost", master.address().getPort(), secret, Duration.ofSeconds(30), listener);
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    @Test
    void sixtyFourWorkersInOneJvm() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try (MasterEndpoint master = MasterEndpoint.open(MasterOptions.loopback(), secret, atMaster)) {
            List<Future<Link>> joining = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                joining.add(pool.submit(() -> join(master, event -> {
                    if (event instanceof LinkEvent.Received received) {
                        received.link().send(received.message());
                    }
                })));
            }
            Set<Link> links = new HashSet<>();
            for (Future<Link> link : joining) {
                assertTrue(link.get().isOpen());
                links.add(atMaster.next(LinkEvent.Joined.class).link());
            }
            links.forEach(link -> link.send(new Message.Heartbeat(link.number())));
            Set<Link> answered = new HashSet<>();
            while (answered.size() < 64) {
                LinkEvent.Received event = atMaster.next(LinkEvent.Received.class);
                assertEquals(new Message.Heartbeat(event.link().number()), event.message());
                answered.add(event.link());
            }
            assertEquals(links, answered);
            double cpu = Processes.linkCpuSeconds();
            assertTrue(cpu > 0);
            Thread.sleep(2000);
            double used = (Processes.linkCpuSeconds() - cpu) / 2;
            assertTrue(used < 0.05, "idle links use " + used + " of a core");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void closedAndLostLinksLeaveNothingBehind() throws Exception {
        try (MasterEndpoint master = MasterEndpoint.open(MasterOptions.loopback(), secret, atMaster)) {
            int threads = 0;
            int descriptors = 0;
            int classes = 0;
            long direct = 0;
            for (int i = 0; i < 33; i++) {
                if (i == 3) { // the first ones load classes and open jars
                    threads = Processes.threads();
                    descriptors = Processes.descriptors();
                    direct = directBytes();
                    System.gc();
                    classes = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
                }
                Link toMaster = join(master, new Events());
                Link toWorker = atMaster.next(LinkEvent.Joined.class).link();
                toWorker.send(new Message.Heartbeat(i));
                if (i % 2 == 0) {
                    toMaster.close();
                    atMaster.next(LinkEvent.Lost.class);
                } else {
                    toWorker.close();
                }
            }
            int classesBefore = classes;
            int threadsBefore = threads;
            int descriptorsBefore = descriptors;
            assertTrue(
                    Processes.within(
                            5,
                            () -> Processes.threads() <= threadsBefore + 2
                                    && Processes.descriptors() <= descriptorsBefore + 2),
                    () -> "threads " + threadsBefore + " -> " + Processes.threads() + ", descriptors "
                            + descriptorsBefore + " -> " + Processes.descriptors());
            // a world's classes go with it
            assertTrue(
                    Processes.within(5, () -> {
                        System.gc();
                        return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount() < classesBefore + 100;
                    }),
                    () -> "classes " + classesBefore + " -> "
                            + ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
            assertTrue(directBytes() <= direct + (2 << 20), "direct memory " + direct + " -> " + directBytes());
        }
    }
}
