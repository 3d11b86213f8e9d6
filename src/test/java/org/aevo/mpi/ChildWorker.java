package org.aevo.mpi;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;

/** A worker in a JVM of its own: answers heartbeats, and dies as it is told. */
final class ChildWorker {
    private ChildWorker() {}

    public static void main(String[] args) throws Exception {
        LinkedBlockingQueue<LinkEvent> events = new LinkedBlockingQueue<>();
        RunSecret secret = RunSecret.fromEnvironment(System.getenv()).orElseThrow();
        Link link = new WorkerConnector()
                .connect("localhost", Integer.parseInt(args[0]), secret, Duration.ofSeconds(20), events::add);
        link.send(new Message.Ready("child", "cpu", "", ProcessHandle.current().pid(), 0, java.util.Optional.empty()));
        while (true) {
            LinkEvent event = events.take();
            if (event instanceof LinkEvent.Lost) {
                System.exit(3);
            }
            if (event instanceof LinkEvent.Received received) {
                if (received.message() instanceof Message.Stop stop) {
                    if (stop.reason().equals("halt")) {
                        Runtime.getRuntime().halt(137);
                    }
                    link.send(new Message.Goodbye(stop.reason()));
                    link.close();
                    System.exit(0);
                }
                if (received.message() instanceof Message.Heartbeat) {
                    link.send(received.message());
                }
            }
        }
    }
}
