package org.aevo.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever sits between a worker and its master can part them, and nothing else. */
class RelayTest {
    private final RunSecret secret = RunSecret.random();
    private final Events atMaster = new Events();
    private final Events atWorker = new Events();
    private MasterEndpoint master;
    private Relay relay;

    @BeforeEach
    void open() throws Exception {
        master = MasterEndpoint.open(MasterOptions.loopback(), secret, atMaster);
        relay = new Relay(master.address().getPort());
    }

    @AfterEach
    void close() throws Exception {
        relay.close();
        master.close();
    }

    private Link join() throws Exception {
        return new WorkerConnector().connect("localhost", relay.port(), secret, Duration.ofSeconds(10), atWorker);
    }

    /** After so many messages, which it lets through as they are: MPJ's own first, the link's first frame, and two more. */
    private static final int FROM = 4;

    private static Relay.Mischief from(Relay.Mischief what) {
        return (number, message, on) -> {
            if (number < FROM) {
                on.write(message);
            } else {
                what.on(number, message, on);
            }
        };
    }

    private static Relay.Mischief flip(int where) {
        return from((number, message, on) -> {
            if (number == FROM) {
                message[where < 0 ? message.length + where : where] ^= 4;
            }
            on.write(message);
        });
    }

    private static Relay.Mischief drop() {
        return from((number, message, on) -> {
            if (number > FROM) {
                on.write(message);
            }
        });
    }

    private static Relay.Mischief replay() {
        return from((number, message, on) -> {
            on.write(message);
            on.write(message);
        });
    }

    private static Relay.Mischief swap() {
        List<byte[]> held = new ArrayList<>();
        return from((number, message, on) -> {
            if (number == FROM) {
                held.add(message);
                return;
            }
            on.write(message);
            for (byte[] earlier : held) {
                on.write(earlier);
            }
            held.clear();
        });
    }

    /** Says an earlier one again in the place of the next. */
    private static Relay.Mischief old() {
        List<byte[]> earlier = new ArrayList<>();
        return (number, message, on) -> {
            earlier.add(message);
            on.write(number < FROM ? message : earlier.get(number - 1));
        };
    }

    /** A byte less, which MPJ's headers say too. */
    private static Relay.Mischief cut() {
        return from((number, message, on) -> {
            java.nio.ByteBuffer header = java.nio.ByteBuffer.wrap(message);
            header.putInt(24, header.getInt(24) - 1);
            header.putInt(Relay.FRAME_AT - 4, header.getInt(Relay.FRAME_AT - 4) - 1);
            on.write(message, 0, message.length - 1);
        });
    }

    static Stream<Arguments> mischief() {
        List<Arguments> all = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            all.add(Arguments.of("a bit of what is said", direction, flip(Relay.FRAME_AT + 8)));
            all.add(Arguments.of("a bit of the seal", direction, flip(-1)));
            all.add(Arguments.of("a bit of the kind", direction, flip(Relay.FRAME_AT)));
            all.add(Arguments.of("left out", direction, drop()));
            all.add(Arguments.of("said twice", direction, replay()));
            all.add(Arguments.of("in another order", direction, swap()));
            all.add(Arguments.of("an old one in place of the next", direction, old()));
            all.add(Arguments.of("cut off", direction, cut()));
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("mischief")
    void whatIsChangedOnItsWayIsSeen(String what, Direction direction, Relay.Mischief mischief) throws Exception {
        relay.to(direction, mischief);
        Link toMaster = join();
        atWorker.next(LinkEvent.Joined.class);
        Link toWorker = atMaster.next(LinkEvent.Joined.class).link();
        boolean fromMaster = direction == Direction.FROM_MASTER;
        Link sender = fromMaster ? toWorker : toMaster;
        Events hearer = fromMaster ? atWorker : atMaster;
        for (int i = 1; i <= 6; i++) {
            sender.send(new Message.Heartbeat(i));
        }
        List<Message> taken = new ArrayList<>();
        LinkEvent event = hearer.next(LinkEvent.class);
        while (event instanceof LinkEvent.Received received) {
            taken.add(received.message());
            event = hearer.next(LinkEvent.class);
        }
        String peer = (fromMaster ? toMaster : toWorker).peer();
        assertEquals("frames from " + peer + " were changed on their way", ((LinkEvent.Lost) event).reason());
        List<Message> before = List.of(new Message.Heartbeat(1), new Message.Heartbeat(2));
        if (what.equals("said twice")) { // the first time it is good
            before = List.of(new Message.Heartbeat(1), new Message.Heartbeat(2), new Message.Heartbeat(3));
        }
        assertEquals(before, taken);
        (fromMaster ? atMaster : atWorker).next(LinkEvent.Lost.class);
        relay.to(direction, (number, message, on) -> on.write(message));
        aWorkerJoins();
    }

    private void aWorkerJoins() throws Exception {
        try (Link link = join()) {
            atWorker.next(LinkEvent.Joined.class);
            atMaster.next(LinkEvent.Joined.class);
            link.send(new Message.Heartbeat(7));
            assertEquals(new Message.Heartbeat(7), atMaster.message());
        }
    }

    /** What the master says comes back to it as if a worker said it. */
    @Test
    void nobodyHearsItself() throws Exception {
        List<byte[]> said = new ArrayList<>();
        relay.to(Direction.FROM_MASTER, (number, message, on) -> {
            synchronized (said) {
                said.add(java.util.Arrays.copyOfRange(message, Relay.FRAME_AT, message.length));
            }
            on.write(message);
        });
        relay.to(Direction.FROM_WORKER, from((number, message, on) -> {
            synchronized (said) {
                byte[] frame = said.get(number);
                System.arraycopy(frame, 0, message, Relay.FRAME_AT, frame.length);
            }
            on.write(message);
        }));
        Link toMaster = join();
        atWorker.next(LinkEvent.Joined.class);
        Link toWorker = atMaster.next(LinkEvent.Joined.class).link();
        for (int i = 1; i <= FROM; i++) {
            toWorker.send(new Message.Heartbeat(100 + i));
            assertEquals(new Message.Heartbeat(100 + i), atWorker.message());
        }
        for (int i = 1; i <= FROM; i++) {
            toMaster.send(new Message.Heartbeat(i));
        }
        assertEquals(new Message.Heartbeat(1), atMaster.message());
        assertEquals(new Message.Heartbeat(2), atMaster.message());
        assertTrue(atMaster.next(LinkEvent.Lost.class).reason().contains("changed on their way"));
    }

    /** MPJ's own headers carry no seal: what is done to them ends the link too, or is of no consequence. */
    @Test
    void whateverBytesItChangesNothingWrongArrives() throws Exception {
        Random random = new Random(11);
        int ends = 0;
        for (int round = 0; round < 25; round++) {
            int victim = 2 + random.nextInt(4);
            int bits = 1 + random.nextInt(3);
            relay.to(Direction.FROM_WORKER, (number, message, on) -> {
                for (int i = 0; number == victim && i < bits; i++) {
                    message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(8));
                }
                on.write(message);
            });
            Link link = new WorkerConnector()
                    .connect("localhost", relay.port(), secret, Duration.ofSeconds(10), new Events());
            Link there = atMaster.next(LinkEvent.Joined.class).link();
            for (int i = 1; i <= 6; i++) {
                link.send(new Message.Heartbeat(i));
            }
            long expected = 1;
            boolean going = true;
            while (going && expected <= 6) {
                // a length that was enlarged waits for more: that silence is for the master's signs of life to see
                Optional<LinkEvent> event = atMaster.within(Duration.ofMillis(200));
                if (event.isPresent() && event.get() instanceof LinkEvent.Received received) {
                    assertEquals(new Message.Heartbeat(expected++), received.message());
                } else {
                    going = false;
                }
            }
            ends += going ? 0 : 1;
            there.close();
            link.close();
            atMaster.clear();
        }
        assertTrue(ends > 10, ends + " links ended");
        relay.to(Direction.FROM_WORKER, (number, message, on) -> on.write(message));
        aWorkerJoins();
    }

    /** A header may announce whatever it likes: no memory is taken for it. */
    @Test
    void anEnormousAnnouncementCostsItsLinkAlone() throws Exception {
        relay.to(Direction.FROM_WORKER, from((number, message, on) -> {
            java.nio.ByteBuffer.wrap(message).putInt(24, 1_500_000_000).putInt(32, 3);
            on.write(message);
        }));
        Link toMaster = join();
        atMaster.next(LinkEvent.Joined.class);
        for (int i = 1; i <= 4; i++) {
            toMaster.send(new Message.Heartbeat(i));
        }
        assertEquals(new Message.Heartbeat(1), atMaster.message());
        assertEquals(new Message.Heartbeat(2), atMaster.message());
        atMaster.next(LinkEvent.Lost.class);
    }

    /** The rest of the join is under the session's key as well. */
    @Test
    void aJoinThatIsChangedComesToNothing() throws IOException, InterruptedException {
        relay.to(Direction.FROM_WORKER, (number, message, on) -> {
            message[message.length - 1] ^= 1;
            on.write(message);
        });
        String reason = "";
        try {
            new WorkerConnector()
                    .connect("localhost", relay.port(), secret, Duration.ofMillis(500), atWorker)
                    .close();
        } catch (IOException e) {
            reason = e.getMessage();
        }
        assertTrue(reason.contains("no link with the master") || reason.isEmpty(), reason);
        assertTrue(atMaster.within(Duration.ofMillis(100)).isEmpty(), "no worker for the master");
    }
}
