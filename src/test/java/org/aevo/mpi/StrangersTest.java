package org.aevo.mpi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.aevo.Locks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Who does not belong to the run gets nowhere and harms nobody. */
@ResourceLock(Locks.LINKS)
class StrangersTest {
    private static final byte ANOTHER_VERSION = (byte) (WireFormat.VERSION + 1);
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
            for (int i = 0; i <= Lobby.MAX_UNPROVEN; i++) {
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
                    socket.getInputStream().readNBytes(Greeting.BYTES);
                    socket.getOutputStream().write(new byte[] {'A', 'E', 'V', 'O', 0, ANOTHER_VERSION});
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
                    message.contains("speaks version " + ANOTHER_VERSION)
                            && message.contains("version " + WireFormat.VERSION),
                    message);
            thread.join();
        }
        try (Socket socket = connect()) {
            socket.getOutputStream().write(new byte[] {'A', 'E', 'V', 'O', 0, ANOTHER_VERSION});
            assertArrayEquals(
                    new byte[] {'A', 'E', 'V', 'O', 0, WireFormat.VERSION},
                    socket.getInputStream().readNBytes(6));
        }
    }

    /** Overhears a worker's whole join through a relay, then says the same again, on each of its connections. */
    @Test
    void whatWasOverheardServesNobodyElse() throws Exception {
        byte[] said;
        List<byte[]> greetings;
        try (Relay relay = new Relay(port)) {
            Link link = new WorkerConnector()
                    .connect("localhost", relay.port(), secret, Duration.ofSeconds(10), new Events());
            atMaster.next(LinkEvent.Joined.class);
            said = relay.joins();
            greetings = List.copyOf(relay.greetings());
            for (byte[] greeting : greetings.subList(1, 3)) { // while the link stands, too
                try (Socket socket = connect()) {
                    socket.getOutputStream().write(greeting);
                    assertTrue(isDropped(socket));
                }
            }
            link.close();
            atMaster.next(LinkEvent.Lost.class);
        }
        assertEquals(Greeting.BYTES + Handshake.PROOF_BYTES + SessionKeys.TOKEN_BYTES, said.length);
        assertEquals(3, greetings.size());
        for (byte[] greeting : greetings.subList(1, 3)) {
            try (Socket socket = connect()) {
                socket.getOutputStream().write(greeting);
                assertTrue(isDropped(socket));
            }
        }
        try (Socket socket = connect()) {
            socket.getOutputStream().write(said, 0, Greeting.BYTES);
            byte[] greeting = socket.getInputStream().readNBytes(Greeting.BYTES);
            socket.getOutputStream().write(said, Greeting.BYTES, Handshake.PROOF_BYTES);
            assertEquals(0, socket.getInputStream().read(), "refused");
            // nor does its own greeting, or the worker's label turned round
            assertFalse(Arrays.equals(greeting, 0, Greeting.BYTES, said, 0, Greeting.BYTES));
        }
        aWorkerStillJoins();
    }

    /** Says the session's name before the worker's own connections come; without the key, that is all it can say. */
    @Test
    void aSessionsNameAloneOpensNothing() throws Exception {
        try (Socket socket = connect();
                Socket stranger = connect()) {
            JoinConnection worker = new JoinConnection(socket, Deadline.in(Duration.ofSeconds(5)));
            SessionKeys keys = Handshake.asGuest(Meeting.RUN, worker, secret);
            byte[] token = Direction.FROM_WORKER.token(keys); // the other one's
            stranger.getOutputStream()
                    .write(Greeting.of(Greeting.FROM_MASTER, keys.id(), token).array());
            assertTrue(isDropped(stranger));
            for (Direction direction : Direction.values()) {
                Socket line = connect();
                line.getOutputStream()
                        .write(Greeting.of(direction.purpose(), keys.id(), direction.token(keys))
                                .array());
            }
            worker.write(keys.token(Lines.MADE));
            worker.expect(keys.token(Lines.TAKEN), "word");
        }
    }

    /** What MPJ listens on is closed before it looks at it, and no other host reaches it; so nothing is left to knock at. */
    @Test
    void neitherSideListensForTheOtherBesideTheJoinPort() throws Exception {
        Set<Integer> before = listening();
        assertTrue(before.contains(port), before.toString());
        try (Link link = join(secret)) {
            atMaster.next(LinkEvent.Joined.class);
            assertTrue(link.isOpen());
            Set<Integer> more = listening();
            more.removeAll(before);
            assertEquals(Set.of(), more);
        }
        atMaster.next(LinkEvent.Lost.class);
    }

    /** Ports that this process listens on, as the kernel has them. */
    private static Set<Integer> listening() throws IOException {
        Set<String> own = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    own.add(Files.readSymbolicLink(descriptor).toString());
                } catch (NoSuchFileException e) {
                    // closed meanwhile
                }
            }
        }
        Set<Integer> ports = new HashSet<>();
        for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] columns = line.strip().split("\\s+");
                if (columns[3].equals("0A") && own.contains("socket:[" + columns[9] + "]")) {
                    ports.add(Integer.parseInt(columns[1].substring(columns[1].indexOf(':') + 1), 16));
                }
            }
        }
        return ports;
    }

    /**
     * Knocks at every new port of this host that anybody listens on, with MPJ's first words, and at the join port without
     * a pause: with a greeting, with half of one, with nothing.
     */
    @Test
    void whoKnocksEverywhereDelaysNobody() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger knocks = new AtomicInteger();
        List<Thread> strangers = new ArrayList<>();
        for (int s = 0; s < 3; s++) {
            Random random = new Random(s);
            Thread stranger = new Thread(() -> {
                Deque<Socket> held = new ArrayDeque<>();
                try {
                    while (!over.get()) {
                        try {
                            Socket socket = connect();
                            knocks.incrementAndGet();
                            held.add(socket);
                            byte[] greeting = Greeting.of(Greeting.JOIN, new byte[Greeting.REST_BYTES])
                                    .array();
                            socket.getOutputStream().write(greeting, 0, random.nextInt(3) * greeting.length / 2);
                        } catch (IOException e) {
                            // sent away at once
                        }
                        if (held.size() > 300) {
                            held.remove().close();
                        }
                    }
                    for (Socket socket : held) {
                        socket.close();
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            strangers.add(stranger);
            stranger.start();
        }
        int threads = Processes.threads();
        try {
            for (int i = 0; i < 3; i++) {
                Link link = join(secret);
                atMaster.next(LinkEvent.Joined.class);
                link.send(new Message.Heartbeat(i));
                assertEquals(new Message.Heartbeat(i), atMaster.message());
                link.close();
                atMaster.next(LinkEvent.Lost.class);
            }
            assertTrue(Processes.within(10, () -> knocks.get() > 2 * Lobby.MAX_UNPROVEN), () -> knocks + " knocks");
            assertTrue(Processes.threads() < threads + 20, "a thread for each of them");
        } finally {
            over.set(true);
            for (Thread stranger : strangers) {
                stranger.join();
            }
        }
        aWorkerStillJoins();
    }

    /** Knows the secret, and then makes no world. */
    @Test
    void aWorkerThatDiesInTheMiddleOfItsJoinLeavesNothingBehind() throws Exception {
        aWorkerStillJoins();
        int threads = Processes.threads();
        int descriptors = Processes.descriptors();
        for (int i = 0; i < 8; i++) {
            try (Socket socket = connect();
                    Socket line = connect()) {
                JoinConnection connection = new JoinConnection(socket, Deadline.in(Duration.ofSeconds(5)));
                SessionKeys keys = Handshake.asGuest(Meeting.RUN, connection, secret);
                if (i % 2 == 0) { // and makes only one of its connections, or says that it made them
                    line.getOutputStream()
                            .write(Greeting.of(Greeting.FROM_MASTER, keys.id(), Direction.FROM_MASTER.token(keys))
                                    .array());
                }
                if (i % 4 < 2) {
                    connection.write(keys.token(Lines.MADE));
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
