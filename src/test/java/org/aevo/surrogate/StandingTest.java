package org.aevo.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import org.aevo.random.Generators;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static Standing of(double... fitness) {
        Standing standing = new Standing();
        for (double value : fitness) {
            standing.add(value);
        }
        return standing;
    }

    @Test
    void theBetterIsLessWhateverTheSign() {
        RandomGenerator random = Generators.seeded(1);
        for (double shift : new double[] {0, 1, -0.5, -10}) {
            Standing standing = new Standing();
            double[] values = random.doubles(100).map(v -> v + shift).toArray();
            for (double value : values) {
                standing.add(value);
            }
            for (double a : values) {
                for (double b : values) {
                    assertTrue(a >= b || standing.of(a) < standing.of(b), a + " and " + b);
                }
            }
        }
    }

    @Test
    void logarithmsOfWhatIsGoodAndLessOfWhatIsBad() {
        Standing standing = of(4, 1, 2);
        assertEquals(0, standing.of(2));
        assertEquals(-Math.log(2), standing.of(1), 1e-12);
        assertEquals(0.3 * Math.log(2), standing.of(4), 1e-12);
        assertEquals(0.3 * Math.log(2), standing.of(Double.NaN), 1e-12, "no result is as bad as the worst");
    }

    @Test
    void whereThereIsNothingToCompareAllAreAlike() {
        assertEquals(0, of().of(3));
        assertEquals(0, of().of(Double.NaN));
        assertEquals(0, of(5).of(5));
        assertEquals(0, of(-5).of(-5));
        assertEquals(0, of(0, 0, 0).of(0));
    }
}
