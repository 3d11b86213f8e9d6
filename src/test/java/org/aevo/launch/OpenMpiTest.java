package org.aevo.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenMpiTest {
    @Test
    void aSecondUnlessTheUserSaysMore() {
        String name = "OMPI_MCA_odls_base_sigkill_timeout";
        assertEquals(1, OpenMpi.secondsToKill(Map.of()));
        assertEquals(30, OpenMpi.secondsToKill(Map.of(name, "30")));
        assertEquals(1, OpenMpi.secondsToKill(Map.of(name, "soon")));
    }
}
