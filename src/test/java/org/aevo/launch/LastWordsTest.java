package org.aevo.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LastWordsTest {
    private static String of(String output) {
        LastWords words = new LastWords();
        output.lines().forEach(words::hear);
        return words.text();
    }

    @Test
    void theLastLineCounts() {
        assertEquals("", of(""));
        assertEquals("second", of("first\nsecond\n\n"));
        assertEquals(
                "Terminating due to java.lang.OutOfMemoryError: Java heap space",
                of("ready\nTerminating due to java.lang.OutOfMemoryError: Java heap space\n"));
    }

    @Test
    void theyStandOnACommandLine() {
        assertEquals("a?b", of("a\0b"));
        assertEquals(203, of("x".repeat(200_000)).length());
    }

    @Test
    void ofACrashReportTheLineThatNamesTheReason() {
        String report =
                """
                training
                #
                # A fatal error has been detected by the Java Runtime Environment:
                #
                #  SIGSEGV (0xb) at pc=0x00007f0000001234, pid=17, tid=18
                #
                # JRE version: OpenJDK Runtime Environment (17.0.15+6) (build 17.0.15+6)
                # Problematic frame:
                # C  [libnd4jcpu.so+0x1234]
                #
                [error occurred during error reporting]
                Aborted
                """;
        assertEquals("SIGSEGV (0xb) at pc=0x00007f0000001234, pid=17, tid=18", of(report));
        assertEquals(
                "There is insufficient memory for the Java Runtime Environment to continue.",
                of("#\n# There is insufficient memory for the Java Runtime Environment to continue.\n"
                        + "# Native memory allocation (mmap) failed to map 4096 bytes\n"));
    }
}
