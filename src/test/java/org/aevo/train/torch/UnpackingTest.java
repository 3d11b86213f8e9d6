package org.aevo.train.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.aevo.train.ChildJvm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackingTest {
    private static final int PROCESSES = 3;

    @TempDir
    Path folder;

    /** Opens the engine. */
    public static final class Opening {
        private Opening() {}

        public static void main(String[] arguments) {
            try (TorchEngine engine = new TorchEngine()) {
                System.out.println("opened on " + engine.device());
            }
        }
    }

    /** Without the lock most of them are killed by SIGBUS. */
    @Test
    @Tag("long")
    void processesThatStartAtOnceOnANewHostUnpackOneAfterTheOther() throws Exception {
        Path cache = folder.resolve("cache");
        ExecutorService threads = Executors.newFixedThreadPool(PROCESSES);
        try {
            List<Future<List<String>>> said = new ArrayList<>();
            for (int n = 0; n < PROCESSES; n++) {
                said.add(threads.submit(() -> ChildJvm.run(
                        folder, List.of("-Dorg.bytedeco.javacpp.cachedir=" + cache), List.of(), Opening.class)));
            }
            for (Future<List<String>> lines : said) {
                assertEquals(
                        1,
                        lines.get().stream()
                                .filter(line -> line.startsWith("opened on "))
                                .count());
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
