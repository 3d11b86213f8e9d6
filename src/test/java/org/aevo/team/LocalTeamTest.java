package org.aevo.team;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LocalTeamTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void operationsFollowOneAnother() throws Exception {
        List<String> said = all(LocalTeam.of(3), member -> {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                float[] values = {member.rank(), i, 7};
                member.allreduce(values, 2);
                assertArrayEquals(new float[] {3, 3 * i, 7}, values);
                text.append(member.broadcast(new byte[] {(byte) (i + member.rank())})[0]);
                List<byte[]> gathered = member.gather(new byte[] {(byte) member.rank()});
                assertEquals(member.leads() ? 3 : 0, gathered.size());
            }
            return text.toString();
        });
        assertEquals(said.get(0), said.get(1));
        assertEquals(said.get(0), said.get(2));
    }

    @Test
    void closingWakesWhoWaits() throws Exception {
        List<Collective> team = LocalTeam.of(2);
        Future<?> waits = threads.submit(() -> team.get(1).allreduce(new float[1], 1));
        team.get(0).close();
        ExecutionException lost = assertThrows(ExecutionException.class, () -> waits.get(10, TimeUnit.SECONDS));
        assertEquals(TeamLostException.class, lost.getCause().getClass());
        assertThrows(TeamLostException.class, () -> team.get(0).broadcast(new byte[0]));
    }

    private <T> List<T> all(List<Collective> team, Function<Collective, T> part) throws Exception {
        List<Future<T>> parts = new ArrayList<>();
        team.forEach(member -> parts.add(threads.submit(() -> part.apply(member))));
        List<T> results = new ArrayList<>();
        for (Future<T> one : parts) {
            results.add(one.get(20, TimeUnit.SECONDS));
        }
        return results;
    }
}
