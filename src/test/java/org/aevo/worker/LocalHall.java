package org.aevo.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.aevo.mpi.Message;
import org.aevo.team.Collective;
import org.aevo.team.LocalTeam;

/** Where workers that are threads of one process meet: teams are among threads. */
public final class LocalHall {
    private final Map<Long, Gathering> gatherings = new HashMap<>();
    private final AtomicInteger doors = new AtomicInteger();
    /** Collectives of the members of each door, as long as it is open. */
    private final Map<Integer, List<Collective>> met = new ConcurrentHashMap<>();

    private static final class Gathering {
        private final List<Collective> members;
        private final CountDownLatch missing;

        Gathering(int size) {
            members = LocalTeam.of(size);
            missing = new CountDownLatch(size);
        }
    }

    /** A door of its own for one more worker. */
    public Rendezvous open() {
        int port = doors.incrementAndGet();
        met.put(port, new CopyOnWriteArrayList<>());
        return new Rendezvous() {
            @Override
            public Message.Door door() {
                return new Message.Door(List.of("here"), port);
            }

            @Override
            public Collective assemble(long team, int rank, List<Message.Door> all, Duration timeout)
                    throws IOException, InterruptedException {
                Gathering gathering = gathering(team, all.size());
                // before the others can know that all are there: who closes the door then ends the team
                met.get(port).add(gathering.members.get(rank));
                gathering.missing.countDown();
                if (!gathering.missing.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IOException("not all members came in time");
                }
                return gathering.members.get(rank);
            }

            /** As the end of a process closes all that it had. */
            @Override
            public void close() {
                met.get(port).forEach(Collective::close);
            }
        };
    }

    private synchronized Gathering gathering(long team, int size) {
        return gatherings.computeIfAbsent(team, t -> new Gathering(size));
    }
}
