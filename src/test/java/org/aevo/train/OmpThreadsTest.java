package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OmpThreadsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"' 3 '|3", "'2,1'|2", "' 4 , 2,1'|4", "''|1", "' '|1", "+2|2", "512|512"})
    void threadsComeFromTheEnvironment(String value, int threads) {
        assertEquals(threads, OmpThreads.of(value));
        assertEquals(Optional.empty(), OmpThreads.problem(value));
    }

    @Test
    void oneIfItIsNotSet() {
        assertEquals(1, OmpThreads.of(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "1 2", "0,4", "2,", "2.5", "513", "99999999999999999999", "0x2"})
    void whatIsNoNumberOfThreadsIsNamed(String value) {
        String problem = OmpThreads.problem(value).orElseThrow();
        assertTrue(problem.startsWith("the environment variable OMP_NUM_THREADS must be "), problem);
        assertTrue(problem.contains("was '" + value + "'"), problem);
        assertEquals(
                problem,
                assertThrows(IllegalStateException.class, () -> OmpThreads.of(value))
                        .getMessage());
    }
}
