package org.aevo.data;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** What every data error must be like. */
final class DataErrors {

    private DataErrors() {}

    /** The action fails with one line in which all the parts stand. */
    static void assertFails(Executable action, String... parts) {
        String message = assertThrows(DataException.class, action).getMessage();
        assertFalse(message.contains("\n"), message);
        for (String part : parts) {
            assertTrue(message.contains(part), "'" + part + "' is not in: " + message);
        }
    }
}
