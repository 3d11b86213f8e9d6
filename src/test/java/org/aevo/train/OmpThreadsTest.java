package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OmpThreadsTest {
    @Test
    void threadsComeFromTheEnvironment() {
        assertEquals(1, OmpThreads.of(null));
        assertEquals(3, OmpThreads.of(" 3 "));
        assertEquals(1, OmpThreads.of("0"));
        assertTrue(assertThrows(IllegalStateException.class, () -> OmpThreads.of("many"))
                .getMessage()
                .contains("'many'"));
    }
}
