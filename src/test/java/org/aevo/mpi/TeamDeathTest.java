package org.aevo.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.aevo.team.Collective;
import org.aevo.team.TeamLostException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a team: whoever waits in an operation leaves it. */
class TeamDeathTest {
    /** Generous, for machines that have more to do; nothing here waits for a time-out of its own. */
    private static final double SECONDS = 10;

    private final RunSecret secret = RunSecret.random();
    private final List<Process> children = new ArrayList<>();

    @AfterEach
    void end() {
        children.forEach(Process::destroyForcibly);
    }

    /** Begins an operation, and returns when it waits for the others. */
    private static Future<?> begin(Members members, Runnable operation) throws InterruptedException {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Future<?> future = members.threads.submit(() -> {
            thread.set(Thread.currentThread());
            operation.run();
        });
        assertTrue(Processes.within(10, () -> thread.get() != null && waits(thread.get())));
        return future;
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.WAITING
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(f -> f.getClassName().startsWith("xdev.niodev."));
    }

    private static void assertLost(Future<?> operation) {
        ExecutionException e =
                assertThrows(ExecutionException.class, () -> operation.get((long) SECONDS, TimeUnit.SECONDS));
        assertEquals(TeamLostException.class, e.getCause().getClass());
    }

    private interface Operation {
        void on(Collective member);
    }

    private static Operation operation(String name) {
        return switch (name) {
            case "allreduce" -> member -> member.allreduce(new float[150_000], 150_000);
            case "broadcast" -> member -> member.broadcast(new byte[500_000]);
            default -> member -> member.gather(new byte[500_000]);
        };
    }

    @ParameterizedTest
    @CsvSource({"allreduce, 1, 2", "allreduce, 0, 3", "allreduce, 2, 3", "broadcast, 0, 3", "gather, 2, 3"})
    void closingWakesWhoeverWaits(String name, int closing, int size) throws Exception {
        try (Members members = new Members(secret, size)) {
            List<Collective> team = members.assemble(1);
            List<Future<?>> waiting = new ArrayList<>();
            for (Collective member : team) {
                if (member.rank() != closing) {
                    waiting.add(begin(members, () -> {
                        operation(name).on(member);
                        // who does not need the closing one's part is done, and is lost in the next operation
                        member.allreduce(new float[1], 1);
                    }));
                }
            }
            team.get(closing).close();
            waiting.forEach(TeamDeathTest::assertLost);
            for (Collective member : team) {
                assertThrows(TeamLostException.class, () -> member.broadcast(new byte[1]));
                member.close();
                member.close();
            }
        }
    }

    /** A job's end comes from the link's thread, while the one who computes waits. */
    @Test
    void aMemberThatWaitsIsWokenByItsOwnSideToo() throws Exception {
        try (Members members = new Members(secret, 2)) {
            List<Collective> team = members.assemble(1);
            Future<?> waiting = begin(members, () -> team.get(1).broadcast(new byte[0]));
            team.get(1).close();
            assertLost(waiting);
            assertThrows(TeamLostException.class, () -> team.get(0).allreduce(new float[1], 1));
        }
    }

    /** At any moment of an exchange. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void closingInTheMiddleOfWorkWakesAll(int size) throws Exception {
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try (Members members = new Members(secret, size)) {
            for (int round = 0; round < 20; round++) {
                List<Collective> team = members.assemble(round);
                List<Future<?>> working = new ArrayList<>();
                for (Collective member : team) {
                    working.add(members.threads.submit(() -> {
                        float[] values = new float[200_000];
                        while (true) {
                            member.allreduce(values, values.length);
                            member.broadcast(new byte[70_000]);
                            member.gather(new byte[70_000]);
                        }
                    }));
                }
                long until = System.nanoTime() + round * 1_000_000L;
                assertTrue(Processes.within(5, () -> System.nanoTime() > until));
                team.get(round % size).close();
                working.forEach(TeamDeathTest::assertLost);
            }
        } finally {
            System.setErr(err);
        }
        assertEquals("", said.toString(StandardCharsets.UTF_8), "MPJ is silent");
    }

    /** A socket's buffers are full, and the other side reads nothing. */
    @Test
    void aMemberThatIsStoppedHoldsUpNobodyWhoCloses() throws Exception {
        List<Process> mates = List.of(child("hear"));
        try (TeamDoor door = TeamDoor.open(secret, InetAddress.getLoopbackAddress());
                Members threads = new Members(secret, 0)) {
            Collective team = lead(door, mates);
            signal(mates.get(0), "STOP");
            Future<?> saying = threads.threads.submit(() -> team.broadcast(new byte[20_000_000]));
            assertThrows(TimeoutException.class, () -> saying.get(300, TimeUnit.MILLISECONDS));
            long from = System.nanoTime();
            team.close();
            assertLost(saying);
            assertTrue(System.nanoTime() - from < SECONDS * 1e9);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aMemberThatIsKilledEndsTheTeam(int mates) throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < mates; i++) {
            processes.add(child("sum", "100000"));
        }
        try (TeamDoor door = TeamDoor.open(secret, InetAddress.getLoopbackAddress());
                Members threads = new Members(secret, 0)) {
            Collective team = lead(door, processes);
            float[] values = new float[100_000];
            for (int i = 0; i < 50; i++) {
                team.allreduce(values, values.length);
            }
            Future<?> working = threads.threads.submit(() -> {
                while (true) {
                    team.allreduce(values, values.length);
                }
            });
            Process killed = processes.get(mates - 1);
            signal(killed, "KILL");
            assertLost(working);
            for (Process other : processes.subList(0, mates - 1)) {
                assertTrue(other.waitFor(10, TimeUnit.SECONDS));
                String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(said.matches("lost after [0-9]+\n"), said); // and no stack trace of MPJ's
            }
        }
    }

    private Process child(String... what) throws Exception {
        Process child = Processes.java(TeamMember.class, secret, what);
        children.add(child);
        return child;
    }

    private static void signal(Process process, String name) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor());
    }

    /** This process leads a team of processes, who have said that they are in it. */
    private static Collective lead(TeamDoor door, List<Process> mates) throws Exception {
        List<String> ports =
                new ArrayList<>(List.of(Integer.toString(door.door().port())));
        List<BufferedReader> said = new ArrayList<>();
        for (Process mate : mates) {
            said.add(mate.inputReader(StandardCharsets.UTF_8));
            ports.add(said.get(said.size() - 1).readLine());
        }
        for (int i = 0; i < mates.size(); i++) {
            BufferedWriter in = mates.get(i).outputWriter(StandardCharsets.UTF_8);
            in.write(TeamMember.invitation(i + 1, ports) + "\n");
            in.flush();
        }
        Collective team = TeamMember.assemble(door, TeamMember.invitation(0, ports));
        for (BufferedReader reader : said) {
            assertEquals("in", reader.readLine());
        }
        return team;
    }

    /** Teams that end in the middle of an exchange leave nothing behind. */
    @Test
    void manyTeamsLeaveNothing() throws Exception {
        try (Members members = new Members(secret, 2)) {
            int threads = 0;
            int descriptors = 0;
            long memory = 0;
            for (int round = 0; round < 200; round++) {
                List<Collective> team = members.assemble(round);
                Future<?> one = members.threads.submit(() -> sumUntilTheEnd(team.get(0)));
                team.get(1).allreduce(new float[100_000], 100_000);
                team.get(1).close();
                assertLost(one);
                if (round == 20) {
                    threads = Processes.threads();
                    descriptors = Processes.descriptors();
                    memory = directBytes();
                }
            }
            int threadsThen = threads;
            int descriptorsThen = descriptors;
            assertTrue(
                    Processes.within(5, () -> Processes.threads() <= threadsThen + 2),
                    () -> threadsThen + " threads, then " + Processes.threads());
            assertTrue(
                    Processes.within(5, () -> Processes.descriptors() <= descriptorsThen + 4),
                    () -> descriptorsThen + " descriptors, then " + Processes.descriptors());
            long grown = directBytes() - memory;
            assertTrue(grown < 1 << 20, () -> grown + " bytes of direct memory more"); // MPJ takes 8 MiB at a time
        }
    }

    private static Void sumUntilTheEnd(Collective member) {
        float[] values = new float[100_000];
        while (true) {
            member.allreduce(values, values.length);
        }
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
