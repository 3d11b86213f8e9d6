package org.aevo.baseline;

import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What linear models cost, in processor time of one thread; prints, asserts nothing. {@code -Dtest=LinearModelBench} */
@Tag("bench")
class LinearModelBench {
    @Test
    void wholeDataSets() {
        for (int[] set : new int[][] {{54_000, 784}, {50_000, 3072}}) {
            int count = set[0];
            int size = set[1];
            float[] part = new float[Rows.PART * size];
            Random random = new Random(1);
            for (int i = 0; i < part.length; i++) {
                part[i] = random.nextFloat();
            }
            Rows rows = new Rows(count, size, (from, to) -> {
                float[] values = new float[(to - from) * size];
                // another sample each time, or a matrix has less than full rank
                for (int i = 0; i < values.length; i++) {
                    values[i] = part[(int) ((i + 7919L * from) % part.length)];
                }
                return values;
            });
            for (int components : new int[] {16, 64}) {
                long start = processor();
                PrincipalComponents model = PrincipalComponents.fit(rows, components);
                print("PCA of " + components, count, size, start);
                start = processor();
                model.decode(model.encode(rows.values(0, 1000)));
                print("its reconstructions", 1000, size, start);
            }
            long start = processor();
            RidgeRegression model = RidgeRegression.fit(rows, rows);
            print("ridge regression", count, size, start);
            start = processor();
            model.apply(rows.values(0, 1000));
            print("its predictions", 1000, size, start);
        }
    }

    private static long processor() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void print(String what, int count, int size, long start) {
        System.out.printf("%-20s %d x %d: %.2f s%n", what, count, size, (processor() - start) * 1e-9);
    }
}
