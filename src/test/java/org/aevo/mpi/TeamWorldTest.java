package org.aevo.mpi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.aevo.team.Collective;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the members of a team do together, as threads of one process. */
class TeamWorldTest {
    /** Around the pieces that MPJ is given. */
    private static final int[] LENGTHS = {0, 1, 3, 64_999, 65_000, 65_001, 200_000};

    private final RunSecret secret = RunSecret.random();

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void sumsHaveTheSameBitsEverywhere(int size) throws Exception {
        try (Members members = new Members(secret, size)) {
            List<Collective> team = members.assemble(1);
            for (int length : LENGTHS) {
                double[] expected = new double[length];
                double[] magnitude = new double[length];
                List<float[]> sums = members.play(team, member -> {
                    float[] values = values(member.rank(), length);
                    member.allreduce(values, length);
                    return values;
                });
                for (int rank = 0; rank < size; rank++) {
                    float[] values = values(rank, length);
                    for (int i = 0; i < length; i++) {
                        expected[i] += values[i];
                        magnitude[i] = Math.max(magnitude[i], Math.abs(values[i]));
                    }
                }
                for (float[] sum : sums) {
                    assertArrayEquals(bits(sums.get(0)), bits(sum));
                }
                for (int i = 0; i < length; i++) {
                    assertEquals(expected[i], sums.get(0)[i], 1e-6 * magnitude[i]);
                }
                // what is behind the count stays as it was
                assertEquals(7.5f, sums.get(0)[length]);
            }
            team.forEach(Collective::close);
        }
    }

    /** So different in size that their sum depends on its order. */
    private static float[] values(int rank, int length) {
        Random random = new Random(100 * rank + length);
        float[] values = new float[length + 1];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(12) - 6));
        }
        values[length] = 7.5f;
        return values;
    }

    private static int[] bits(float[] values) {
        return IntStream.range(0, values.length)
                .map(i -> Float.floatToRawIntBits(values[i]))
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void wordsReachWhomTheyAreFor(int size) throws Exception {
        try (Members members = new Members(secret, size)) {
            List<Collective> team = members.assemble(5);
            for (int length : new int[] {0, 1, 1000, 260_000, 260_001, 6_000_000}) {
                List<byte[]> heard =
                        members.play(team, member -> member.broadcast(member.leads() ? word(9, length) : new byte[0]));
                heard.forEach(word -> assertArrayEquals(word(9, length), word));
            }
            for (int length : new int[] {0, 1, 300_000, 3_000_000}) {
                List<List<byte[]>> gathered =
                        members.play(team, member -> member.gather(word(member.rank(), length / (1 + member.rank()))));
                List<byte[]> all = new ArrayList<>(gathered.get(0));
                assertEquals(size, all.size());
                for (int rank = 0; rank < size; rank++) {
                    assertArrayEquals(word(rank, length / (1 + rank)), all.get(rank));
                    assertEquals(rank == 0 ? size : 0, gathered.get(rank).size());
                }
            }
            team.forEach(Collective::close);
        }
    }

    private static byte[] word(int seed, int length) {
        byte[] word = new byte[length];
        new Random(seed).nextBytes(word);
        return word;
    }

    /** A leader may be far ahead of who listens. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void manyWordsBeforeAnybodyListens(int size) throws Exception {
        try (Members members = new Members(secret, size)) {
            List<Collective> team = members.assemble(5);
            List<Long> sums = members.play(team, member -> {
                long sum = 0;
                for (int i = 0; i < 400; i++) {
                    if (!member.leads() && i % 100 == 0) {
                        Thread.sleep(20);
                    }
                    byte[] word = member.broadcast(word(i, 50_000));
                    sum += Arrays.hashCode(word);
                }
                return sum;
            });
            sums.forEach(sum -> assertEquals(sums.get(0), sum));
            team.forEach(Collective::close);
        }
    }

    @Test
    void moreThanThereIsCannotBeSummed() throws Exception {
        try (Members members = new Members(secret, 2)) {
            List<Collective> team = members.assemble(1);
            assertThrows(IndexOutOfBoundsException.class, () -> team.get(0).allreduce(new float[3], 4));
            team.forEach(Collective::close);
        }
    }
}
