package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.aevo.team.Collective;
import org.aevo.team.LocalTeam;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AgreementTest {
    private static final int SIZE = 3;
    private final ExecutorService threads = Executors.newFixedThreadPool(SIZE);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private <T> List<T> all(Function<Agreement, T> part) throws Exception {
        List<Future<T>> parts = new ArrayList<>();
        for (Collective member : LocalTeam.of(SIZE)) {
            parts.add(threads.submit(() -> part.apply(new Agreement(member, new Stopwatch(1e9)))));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> one : parts) {
            results.add(one.get(30, TimeUnit.SECONDS));
        }
        return results;
    }

    /** To 48 bits, of whatever size, and what is no number. */
    @Test
    void whatMembersSayArrivesAsItIs() throws Exception {
        double[] words = {Math.PI, 1e-30 / 3, -123456789.123};
        double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, 0};
        all(agreement -> {
            double[] heard = agreement.all(() -> words[agreement.rank()]);
            for (int rank = 0; rank < SIZE; rank++) {
                assertEquals(words[rank], heard[rank], Math.abs(words[rank]) * Math.pow(2, -45));
            }
            assertArrayEquals(odd, agreement.all(() -> odd[agreement.rank()]));
            return 0;
        });
    }

    @Test
    void sumsAreOfWhatIsCounted() throws Exception {
        all(agreement -> {
            float[] values = new float[2 + agreement.room()];
            values[0] = 1 + agreement.rank();
            values[1] = 10;
            agreement.sum(values, 2, 0);
            assertEquals(6, values[0]);
            assertEquals(30, values[1]);
            return 0;
        });
    }

    @Test
    void theLeaderSpeaksForAll() throws Exception {
        all(agreement -> {
            byte[] said = agreement.leaders(() -> {
                assertTrue(agreement.leads(), "a follower was asked");
                return new byte[] {7};
            });
            assertArrayEquals(new byte[] {7}, said);
            return 0;
        });
    }

    /** The first by rank is told of; what the others fail with is not lost on them alone. */
    @Test
    void failuresAreThrownOnAll() throws Exception {
        List<String> said = all(agreement -> {
            IllegalArgumentException thrown = assertThrows(
                    IllegalArgumentException.class,
                    () -> agreement.together(() -> {
                        if (agreement.rank() > 0) {
                            throw new IllegalArgumentException("odd " + agreement.rank());
                        }
                    }));
            assertTrue(agreement.isShared(thrown));
            assertFalse(agreement.isShared(new IllegalArgumentException("another")));
            agreement.together(() -> {}); // and nothing is left of it
            return thrown.getMessage();
        });
        assertEquals(List.of("rank 1 of 3: odd 1", "rank 1 of 3: odd 1", "rank 1 of 3: odd 1"), said);
    }

    /** What fails between operations is told in the next one, and what is summed there is not its rubbish. */
    @Test
    void failuresBetweenOperationsAreTold() throws Exception {
        all(agreement -> {
            agreement.before(() -> {
                if (agreement.rank() == 2) {
                    throw new OutOfMemoryError("no room\nfor it");
                }
            });
            agreement.before(() -> assertTrue(agreement.rank() != 2, "goes on after a failure"));
            OutOfMemoryError thrown =
                    assertThrows(OutOfMemoryError.class, () -> agreement.leaders(() -> new byte[] {1}));
            assertEquals("rank 2 of 3: no room", thrown.getMessage());
            return 0;
        });
    }

    @Test
    void objections() throws Exception {
        all(agreement -> {
            assertEquals(Optional.empty(), agreement.objection(Optional.empty()));
            Optional<String> mine = agreement.rank() == 0 ? Optional.empty() : Optional.of("no " + agreement.rank());
            assertEquals(Optional.of("rank 1 of 3: no 1"), agreement.objection(mine));
            assertEquals(Optional.of("no"), agreement.objection(Optional.of("no")));
            return 0;
        });
    }
}
