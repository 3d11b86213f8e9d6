package org.aevo.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.aevo.team.Collective;
import org.junit.jupiter.api.Test;

/** How members find each other, and who else comes to their doors. */
class TeamDoorTest {
    private static final Duration SHORT = Duration.ofMillis(700);

    private final RunSecret secret = RunSecret.random();

    private static void assertWorks(List<Collective> team, Members members) throws Exception {
        List<Float> sums = members.play(team, member -> {
            float[] values = {1 + member.rank()};
            member.allreduce(values, 1);
            return values[0];
        });
        float expected = team.size() * (team.size() + 1) / 2f;
        assertEquals(Collections.nCopies(team.size(), expected), sums);
    }

    /** Runs a part on a thread of its own, and says how it failed. */
    private static Throwable failure(Future<?> future) {
        return assertThrows(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS))
                .getCause();
    }

    @Test
    void teamsFormAnew() throws Exception {
        try (Members members = new Members(secret, 3)) {
            for (int round = 0; round < 4; round++) {
                Collections.shuffle(members.doors, new Random(round)); // other ranks
                List<Collective> team = members.assemble(100 - round);
                for (int rank = 0; rank < team.size(); rank++) {
                    assertEquals(rank, team.get(rank).rank());
                    assertEquals(3, team.get(rank).size());
                }
                assertWorks(team, members);
                team.get(round % 3).close();
            }
        }
    }

    @Test
    void twoTeamsOfOneProcessAtATime() throws Exception {
        try (Members some = new Members(secret, 2);
                Members others = new Members(secret, 3)) {
            Future<List<Collective>> first = some.threads.submit(() -> some.assemble(1));
            List<Collective> second = others.assemble(2);
            List<Collective> one = first.get(20, TimeUnit.SECONDS);
            one.get(0).close();
            assertWorks(second, others);
            second.get(0).close();
        }
    }

    @Test
    void aDoorOfAllInterfacesNamesThisHostsAddressesAndLoopbackLast() throws Exception {
        try (TeamDoor leader = TeamDoor.open(secret);
                TeamDoor other = TeamDoor.open(secret);
                Members threads = new Members(secret, 0)) {
            List<String> hosts = leader.door().hosts();
            assertEquals("127.0.0.1", hosts.get(hosts.size() - 1));
            assertTrue(leader.door().port() >= 20_000 && leader.door().port() < 25_000);
            List<Message.Door> doors = List.of(leader.door(), other.door());
            Future<Collective> second = threads.threads.submit(() -> other.assemble(1, 1, doors, Members.TIMEOUT));
            try (Collective first = leader.assemble(1, 0, doors, Members.TIMEOUT)) {
                assertWorks(List.of(first, second.get(20, TimeUnit.SECONDS)), threads);
            }
        }
    }

    /** As on a cluster: a name that nobody knows, an address where nobody listens, another one's door, then the right one. */
    @Test
    void addressesAreTriedInTurn() throws Exception {
        List<String> hosts = List.of("no-such-host.invalid", "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5");
        try (TeamDoor leader = TeamDoor.open(secret, InetAddress.getByName("127.0.0.5"), 0, hosts);
                TeamDoor sameRun = at("127.0.0.3", leader, secret);
                TeamDoor otherRun = at("127.0.0.4", leader, RunSecret.random());
                TeamDoor second = TeamDoor.open(secret, InetAddress.getLoopbackAddress());
                Members threads = new Members(secret, 0)) {
            List<Message.Door> doors = List.of(leader.door(), second.door());
            Future<Collective> led = threads.threads.submit(() -> leader.assemble(1, 0, doors, Members.TIMEOUT));
            try (Collective team = second.assemble(1, 1, doors, Members.TIMEOUT)) {
                assertWorks(List.of(led.get(20, TimeUnit.SECONDS), team), threads);
            }
            TeamAssembly lost = new TeamAssembly(1, 1, List.of(sameRun.door(), second.door()));
            IOException e =
                    assertThrows(IOException.class, () -> new TeamCall(secret, lost, Deadline.in(SHORT)).connect(0));
            assertTrue(
                    e.getMessage().contains("127.0.0.3: no word that this member is expected in time"), e.getMessage());
            assertEquals(leader.door().port(), otherRun.door().port());
        }
    }

    private static TeamDoor at(String address, TeamDoor other, RunSecret secret) throws IOException {
        return TeamDoor.open(
                secret, InetAddress.getByName(address), other.door().port(), List.of(address));
    }

    @Test
    void aMemberThatNeverComesIsNamed() throws Exception {
        try (Members members = new Members(secret, 3)) {
            List<Future<Collective>> there = new ArrayList<>();
            for (int rank : new int[] {0, 2}) {
                there.add(members.threads.submit(
                        () -> members.doors.get(rank).assemble(7, rank, members.where(), SHORT)));
            }
            int port = members.where().get(1).port();
            String missing = "member 1 of team 7 (127.0.0.1, port " + port + ")";
            assertEquals(
                    missing + " did not come in time", failure(there.get(0)).getMessage());
            String message = failure(there.get(1)).getMessage();
            assertTrue(message.startsWith(missing + " was not reached in time: 127.0.0.1: "), message);
            List<Collective> team = members.assemble(8);
            assertWorks(team, members);
            team.get(0).close();
        }
    }

    @Test
    void aMemberThatIsGoneIsNamedToo() throws Exception {
        try (Members members = new Members(secret, 2)) {
            List<Message.Door> doors = members.where();
            members.doors.get(0).close();
            IOException e =
                    assertThrows(IOException.class, () -> members.doors.get(1).assemble(7, 1, doors, SHORT));
            assertTrue(
                    e.getMessage().contains("member 0 of team 7")
                            && e.getMessage().contains("refused"),
                    e.getMessage());
        }
    }

    @Test
    void anotherSecretAnotherRankAnotherTeamGetNowhere() throws Exception {
        try (Members members = new Members(secret, 3);
                Members others = new Members(RunSecret.random(), 1)) {
            List<Message.Door> doors = members.where();
            Future<Collective> leader = members.threads.submit(
                    () -> members.doors.get(0).assemble(1, 0, doors.subList(0, 2), Members.TIMEOUT));
            List<Message.Door> pair = List.of(doors.get(0), others.where().get(0));
            Future<Collective> wrongSecret =
                    others.threads.submit(() -> others.doors.get(0).assemble(1, 1, pair, SHORT));
            Future<Collective> wrongTeam =
                    others.threads.submit(() -> members.doors.get(1).assemble(2, 1, doors.subList(0, 2), SHORT));
            Future<Collective> wrongRank =
                    others.threads.submit(() -> members.doors.get(2).assemble(1, 2, doors, SHORT));
            assertTrue(failure(wrongSecret).getMessage().contains("does not know this run's secret"));
            assertTrue(failure(wrongTeam).getMessage().contains("was not reached in time"));
            assertTrue(failure(wrongRank).getMessage().contains("was not reached in time"));
            assertFalse(leader.isDone());
            try (Collective second = members.doors.get(1).assemble(1, 1, doors.subList(0, 2), Members.TIMEOUT)) {
                assertWorks(List.of(leader.get(20, TimeUnit.SECONDS), second), members);
            }
        }
    }

    /** Who was held up while its team ended, and comes now. */
    @Test
    void whoComesForATeamOfThePastIsTurnedAwayAtOnce() throws Exception {
        try (Members members = new Members(secret, 2)) {
            members.assemble(1).get(0).close();
            long from = System.nanoTime();
            TeamAssembly late = new TeamAssembly(1, 1, members.where());
            IOException e =
                    assertThrows(IOException.class, () -> new TeamCall(secret, late, Deadline.in(SHORT)).connect(0));
            assertTrue(e.getMessage().contains("the connection ended before the word"), e.getMessage());
            assertTrue(System.nanoTime() - from < 10e9);
        }
    }

    @Test
    void strangersCostNothing() throws Exception {
        try (Members members = new Members(secret, 2)) {
            Random random = new Random(5);
            List<Socket> strangers = new ArrayList<>();
            Future<List<Collective>> assembling = null;
            for (int i = 0; i < 300; i++) {
                Socket socket = new Socket();
                socket.connect(new InetSocketAddress(
                        "127.0.0.1", members.where().get(i % 2).port()));
                strangers.add(socket);
                byte[] noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                try {
                    switch (i % 4) {
                        case 0 -> socket.close(); // a scan
                        case 1 -> socket.getOutputStream().write(noise);
                        case 2 ->
                            socket.getOutputStream()
                                    .write(Greeting.of(Meeting.TEAM.purpose(), new byte[32])
                                            .array());
                        default -> {
                            // says nothing
                        }
                    }
                } catch (IOException e) {
                    // turned away already
                }
                if (i == 150) {
                    assembling = members.threads.submit(() -> members.assemble(3));
                }
            }
            List<Collective> team = assembling.get(20, TimeUnit.SECONDS);
            assertWorks(team, members);
            team.get(0).close();
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void anInterruptEndsAnAssembly() throws Exception {
        try (Members members = new Members(secret, 3)) {
            int sockets = Processes.descriptors();
            // waits for those who come; comes, and waits for a word
            for (int waiting : new int[] {0, 2}) {
                Future<Throwable> failed = interrupt(members, waiting, 50 + waiting);
                assertEquals(
                        InterruptedException.class,
                        failed.get(20, TimeUnit.SECONDS).getClass());
            }
            assertTrue(Processes.within(10, () -> Processes.descriptors() <= sockets));
            List<Collective> team = members.assemble(60);
            assertWorks(team, members);
            team.get(0).close();
        }
    }

    private static Future<Throwable> interrupt(Members members, int rank, long team) throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Future<Throwable> failed = members.threads.submit(() -> {
            thread.set(Thread.currentThread());
            return assertThrows(
                    Throwable.class,
                    () -> members.doors.get(rank).assemble(team, rank, members.where(), Members.TIMEOUT));
        });
        // in a wait of its own, or in a read, for what never comes
        assertTrue(Processes.within(10, () -> thread.get() != null && isAssembling(thread.get())));
        thread.get().interrupt();
        return failed;
    }

    private static boolean isAssembling(Thread thread) {
        return Arrays.stream(thread.getStackTrace()).anyMatch(f -> f.getMethodName()
                .equals(f.getClassName().equals(TeamAssembly.class.getName()) ? "await" : "expect"));
    }

    @Test
    void aClosedDoorEndsItsAssembly() throws Exception {
        try (Members members = new Members(secret, 2)) {
            Future<Collective> waiting =
                    members.threads.submit(() -> members.doors.get(0).assemble(1, 0, members.where(), Members.TIMEOUT));
            assertThrows(TimeoutException.class, () -> waiting.get(200, TimeUnit.MILLISECONDS));
            members.doors.get(0).close();
            assertEquals("the assembly of team 1 has ended", failure(waiting).getMessage());
            assertEquals(
                    "the door is closed",
                    assertThrows(
                                    IOException.class,
                                    () -> members.doors.get(0).assemble(2, 0, members.where(), Members.TIMEOUT))
                            .getMessage());
        }
    }

    @Test
    void aTeamHasTwoMembersAtLeast() throws Exception {
        try (Members members = new Members(secret, 1)) {
            TeamDoor door = members.doors.get(0);
            assertThrows(IllegalArgumentException.class, () -> door.assemble(1, 0, members.where(), Members.TIMEOUT));
            List<Message.Door> two = List.of(door.door(), door.door());
            assertThrows(IllegalArgumentException.class, () -> door.assemble(1, 2, two, Members.TIMEOUT));
        }
    }
}
