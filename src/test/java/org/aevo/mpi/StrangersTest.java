package org.aevo.mpi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who does not belong to the run gets nowhere and harms nobody. */
class StrangersTest {
    private static final Duration JOIN_TIMEOUT = Duration.ofMillis(1500);
    private final RunSecret secret = RunSecret.random();
    private final Events atMaster = new Events();
    private MasterEndpoint master;
    private int port;

    @BeforeEach
    void open() throws Exception {
        MasterOptions options = MasterOptions.loopback().withJoinTimeout(JOIN_TIMEOUT);
        master = MasterEndpoint.open(options, secret, atMaster);
        port = master.address().getPort();
    }

    @AfterEach
    void close() {
        master.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** True if the master closes the connection before the read times out; a reset counts. */
    private static boolean isDropped(Socket socket) throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {
                // its greeting
            }
            return true;
        } catch (SocketException e) {
            return true;
        }
    }

    private Link join(RunSecret known) throws Exception {
        return new WorkerConnector().connect("localhost", port, known, Duration.ofSeconds(10), new Events());
    }

    private void aWorkerStillJoins() throws Exception {
        try (Link link = join(secret)) {
            atMaster.next(LinkEvent.Joined.class);
            link.send(new Message.Heartbeat(5));
            assertEquals(new Message.Heartbeat(5), atMaster.message());
        }
        atMaster.next(LinkEvent.Lost.class);
        assertTrue(atMaster.isEmpty());
    }

    @Test
    void randomBytesSilenceAndHalfGreetings() throws Exception {
        Random random = new Random(7);
        List<Socket> strangers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Socket socket = connect();
            strangers.add(socket);
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            if (i % 3 == 1) {
                socket.getOutputStream().write(noise);
            } else if (i % 3 == 2) {
                socket.getOutputStream().write("AEVO".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            }
        }
        aWorkerStillJoins(); // while they hang on
        for (Socket stranger : strangers) {
            assertTrue(isDropped(stranger));
            stranger.close();
        }
    }

    @Test
    void aCrowdThatSaysNothingKeepsNoWorkerOut() throws Exception {
        List<String> log = Collections.synchronizedList(new ArrayList<>());
        List<Socket> crowd = new ArrayList<>();
        MasterOptions patient = MasterOptions.loopback();
        try (MasterEndpoint crowded = MasterEndpoint.open(patient, secret, atMaster, log::add)) {
            int door = crowded.address().getPort();
            for (int i = 0; i <= MasterEndpoint.MAX_UNPROVEN; i++) {
                crowd.add(new Socket(InetAddress.getLoopbackAddress(), door));
            }
            // before the first of them would be dropped for its silence alone
            new WorkerConnector()
                    .connect("localhost", door, secret, Duration.ofSeconds(8), new Events())
                    .close();
            atMaster.next(LinkEvent.Joined.class);
            assertEquals(
                    "127.0.0.1:" + crowd.get(0).getLocalPort()
                            + " came to the workers' port and did not join: it proved nothing, and others waited",
                    log.get(0));
        } finally {
            for (Socket stranger : crowd) {
                stranger.close();
            }
        }
        assertTrue(log.size() <= 11, log.toString()); // the others are counted
    }

    @Test
    void aWrongSecretIsToldOnTheWorkersSide() throws Exception {
        String message = assertThrows(WrongSecretException.class, () -> join(RunSecret.random()))
                .getMessage();
        assertEquals("the master at localhost:" + port + " does not know this run's secret", message);
        aWorkerStillJoins();
    }

    @Test
    void anotherVersionIsNamedOnTheWorkersSide() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> {
                try (Socket socket = other.accept()) {
                    socket.getInputStream().readNBytes(38);
                    socket.getOutputStream().write(new byte[] {'A', 'E', 'V', 'O', 0, 9});
                    socket.getInputStream().read();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            thread.start();
            String message = assertThrows(OtherVersionException.class, () -> new WorkerConnector()
                            .connect("localhost", other.getLocalPort(), secret, Duration.ofSeconds(5), new Events()))
                    .getMessage();
            assertTrue(
                    message.contains("speaks version 9") && message.contains("version " + WireFormat.VERSION), message);
            thread.join();
        }
        try (Socket socket = connect()) {
            socket.getOutputStream().write(new byte[] {'A', 'E', 'V', 'O', 0, 9});
            assertArrayEquals(
                    new byte[] {'A', 'E', 'V', 'O', 0, WireFormat.VERSION},
                    socket.getInputStream().readNBytes(6));
        }
    }

    /** Overhears a worker's whole join through a proxy, then says the same again. */
    @Test
    void anOverheardProofServesNobodyElse() throws Exception {
        ByteArrayOutputStream overheard = new ByteArrayOutputStream();
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread relay = new Thread(() -> {
                try (Socket worker = proxy.accept();
                        Socket toMaster = connect()) {
                    byte[] hello = worker.getInputStream().readNBytes(38);
                    toMaster.getOutputStream().write(hello);
                    worker.getOutputStream().write(toMaster.getInputStream().readNBytes(38));
                    byte[] proof = worker.getInputStream().readNBytes(32);
                    overheard.write(hello);
                    overheard.write(proof);
                    toMaster.getOutputStream().write(proof);
                    worker.getOutputStream().write(toMaster.getInputStream().readNBytes(33));
                    Thread back = new Thread(() -> pump(toMaster, worker));
                    back.start();
                    pump(worker, toMaster);
                    back.join();
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            relay.start();
            try (Link link = new WorkerConnector()
                    .connect("localhost", proxy.getLocalPort(), secret, Duration.ofSeconds(10), new Events())) {
                atMaster.next(LinkEvent.Joined.class);
            }
            atMaster.next(LinkEvent.Lost.class);
            relay.join();
        }
        byte[] said = overheard.toByteArray();
        assertEquals(70, said.length);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(said, 0, 38);
            byte[] greeting = socket.getInputStream().readNBytes(38);
            socket.getOutputStream().write(said, 38, 32);
            assertEquals(0, socket.getInputStream().read(), "refused");
            // nor does its own greeting, or the worker's label turned round
            assertFalse(Arrays.equals(greeting, 0, 38, said, 0, 38));
        }
        aWorkerStillJoins();
    }

    /** A proxy that knows MPJ's ports as soon as the worker does, and is there first: with noise, with silence. */
    @Test
    void whoIsFirstAtTheMastersMpjPortsIsNotTakenForTheWorker() throws Exception {
        List<Socket> strangers = new ArrayList<>();
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread relay = new Thread(() -> {
                try (Socket worker = proxy.accept();
                        Socket toMaster = connect()) {
                    Thread forth = new Thread(() -> pump(worker, toMaster));
                    forth.start();
                    worker.getOutputStream().write(toMaster.getInputStream().readNBytes(38));
                    worker.getOutputStream().write(toMaster.getInputStream().readNBytes(33));
                    byte[] ports = toMaster.getInputStream().readNBytes(8);
                    for (int i = 0; i < 8; i++) {
                        int port = ByteBuffer.wrap(ports).getInt(i % 2 * Integer.BYTES);
                        Socket stranger = new Socket(InetAddress.getLoopbackAddress(), port);
                        strangers.add(stranger);
                        if (i > 3) {
                            stranger.getOutputStream().write(new byte[100]);
                        }
                        if (i > 5) {
                            stranger.close();
                        }
                    }
                    worker.getOutputStream().write(ports);
                    pump(toMaster, worker);
                    forth.join();
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            relay.start();
            try (Link link = new WorkerConnector()
                    .connect("localhost", proxy.getLocalPort(), secret, Duration.ofSeconds(10), new Events())) {
                atMaster.next(LinkEvent.Joined.class);
                link.send(new Message.Heartbeat(9));
                assertEquals(new Message.Heartbeat(9), atMaster.message());
                for (Socket stranger : strangers) {
                    assertTrue(stranger.isClosed() || isDropped(stranger));
                    stranger.close();
                }
            }
            atMaster.next(LinkEvent.Lost.class);
            relay.join();
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[4096];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // the join connection is closed when the link stands
        }
    }

    /** Knows the secret, and then makes no world. */
    @Test
    void aWorkerThatDiesInTheMiddleOfItsJoinLeavesNothingBehind() throws Exception {
        aWorkerStillJoins();
        int threads = Processes.threads();
        int descriptors = Processes.descriptors();
        for (int i = 0; i < 8; i++) {
            try (Socket socket = connect()) {
                JoinConnection connection = new JoinConnection(socket, Deadline.in(Duration.ofSeconds(5)));
                Handshake.asWorker(connection, secret);
                if (i % 2 == 0) {
                    ByteBuffer ports = ByteBuffer.allocate(8).putInt(25_000 + i).putInt(39_000 + i);
                    connection.read(8, "ports");
                    connection.write(ports); // and never connects to MPJ's
                }
            }
        }
        aWorkerStillJoins();
        assertTrue(
                Processes.within(8, () -> Processes.threads() <= threads && Processes.descriptors() <= descriptors),
                () -> "threads " + threads + " -> " + Processes.threads() + ", descriptors " + descriptors + " -> "
                        + Processes.descriptors());
    }
}
