package org.aevo.mpi;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.aevo.team.Collective;

/** Workers that become teams: threads of this process, each with a door of its own. */
final class Members implements Closeable {
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** What a member of a team does. */
    interface Part<T> {
        T play(Collective team) throws Exception;
    }

    final List<TeamDoor> doors = new ArrayList<>();
    final ExecutorService threads = Executors.newCachedThreadPool();

    Members(RunSecret secret, int number) throws IOException {
        for (int i = 0; i < number; i++) {
            doors.add(TeamDoor.open(secret, InetAddress.getLoopbackAddress()));
        }
    }

    int size() {
        return doors.size();
    }

    List<Message.Door> where() {
        return doors.stream().map(TeamDoor::door).toList();
    }

    /** One team of all. */
    List<Collective> assemble(long team) throws Exception {
        List<Callable<Collective>> parts = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            int rank = i;
            parts.add(() -> doors.get(rank).assemble(team, rank, where(), TIMEOUT));
        }
        return all(parts);
    }

    /** What each member has when all have done their part. */
    <T> List<T> play(List<Collective> team, Part<T> part) throws Exception {
        List<Callable<T>> parts = new ArrayList<>();
        for (Collective member : team) {
            parts.add(() -> part.play(member));
        }
        return all(parts);
    }

    private <T> List<T> all(List<Callable<T>> parts) throws Exception {
        List<Future<T>> futures = parts.stream().map(threads::submit).toList();
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get(TIMEOUT.toSeconds() + 5, TimeUnit.SECONDS));
        }
        return results;
    }

    @Override
    public void close() {
        doors.forEach(TeamDoor::close);
        threads.shutdownNow();
    }
}
