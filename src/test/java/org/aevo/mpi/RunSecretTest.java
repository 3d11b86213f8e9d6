package org.aevo.mpi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSecretTest {
    @Test
    void textAndBack(@TempDir Path directory) throws Exception {
        RunSecret secret = RunSecret.random();
        assertEquals(64, secret.hex().length());
        assertEquals(secret.hex(), RunSecret.parse(secret.hex()).hex());
        Path file = directory.resolve("secret");
        Files.writeString(file, secret.hex() + "\n");
        assertEquals(secret.hex(), RunSecret.read(file).hex());
        assertEquals(
                secret.hex(),
                RunSecret.fromEnvironment(Map.of(RunSecret.VARIABLE, secret.hex()))
                        .orElseThrow()
                        .hex());
        assertTrue(RunSecret.fromEnvironment(Map.of()).isEmpty());
        assertNotEquals(secret.hex(), RunSecret.random().hex());
    }

    @Test
    void isNeverInAMessage(@TempDir Path directory) throws Exception {
        RunSecret secret = RunSecret.random();
        assertFalse(secret.toString().contains(secret.hex().substring(0, 8)));
        String wrong = secret.hex().substring(1) + "x";
        assertFalse(assertThrows(IllegalArgumentException.class, () -> RunSecret.parse(wrong))
                .getMessage()
                .contains(wrong));
        Path file = directory.resolve("secret");
        Files.writeString(file, wrong);
        String message =
                assertThrows(IOException.class, () -> RunSecret.read(file)).getMessage();
        assertTrue(message.startsWith(file.toString()), message);
        assertFalse(message.contains(wrong));
    }

    @Test
    void aProofHangsOnSecretLabelAndData() {
        RunSecret secret = RunSecret.parse("0b".repeat(32));
        byte[] data = {1, 2, 3};
        assertEquals(32, secret.proof("a", data).length);
        assertArrayEquals(secret.proof("a", data), RunSecret.parse(secret.hex()).proof("a", data));
        assertFalse(Arrays.equals(secret.proof("a", data), RunSecret.random().proof("a", data)));
        assertFalse(Arrays.equals(secret.proof("a", data), secret.proof("b", data)));
        assertFalse(Arrays.equals(secret.proof("a", data), secret.proof("a", new byte[] {1, 2, 4})));
        assertFalse(Arrays.equals(
                secret.proof("ab", "c".getBytes(StandardCharsets.US_ASCII)),
                secret.proof("a", "bc".getBytes(StandardCharsets.US_ASCII))));
    }
}
