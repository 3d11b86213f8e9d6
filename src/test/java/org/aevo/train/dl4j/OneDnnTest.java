package org.aevo.train.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.aevo.train.ChildJvm;
import org.aevo.train.SelfCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Convolutions run on oneDNN: by the library's own word, and by oneDNN's log. Nothing is timed. */
class OneDnnTest {

    @Test
    void everyCheckOfTheEngineIsGood() {
        List<SelfCheck> checks = new Dl4jEngine().selfCheck();
        assertEquals(
                List.of("backend", "natives", "threads", "oneDNN convolution"),
                checks.stream().map(SelfCheck::subject).toList());
        for (SelfCheck check : checks) {
            assertTrue(check.good(), check.toString());
        }
        assertEquals("MKLDNNConvHelper computes", checks.get(3).detail());
    }

    @Test
    void oneDnnLogsForwardAndBackward(@TempDir Path directory) throws Exception {
        List<String> log = ChildJvm.run(directory, List.of(), List.of("DNNL_VERBOSE=1"), SelfCheckMain.class);
        for (String kind : List.of("forward", "backward_data", "backward_weights")) {
            assertTrue(
                    log.stream().anyMatch(l -> l.contains("exec,cpu,convolution") && l.contains(kind)),
                    () -> kind + " not in " + log);
        }
    }

    /** The way back to slow convolutions must be seen. */
    @Test
    void disabledHelpersAreReported(@TempDir Path directory) throws Exception {
        List<String> log = ChildJvm.run(
                directory,
                List.of("-Dorg.eclipse.deeplearning4j.helpers.disable=true"),
                List.of("DNNL_VERBOSE=1"),
                SelfCheckMain.class);
        assertFalse(log.stream().anyMatch(l -> l.contains("exec,cpu,convolution")));
        assertTrue(log.contains("oneDNN convolution false"), log.toString());
    }

    /** Prints what the engine finds. */
    static final class SelfCheckMain {
        public static void main(String[] arguments) {
            for (SelfCheck check : new Dl4jEngine().selfCheck()) {
                System.out.println(check.subject() + " " + check.good());
            }
        }
    }

    @Test
    void nativesAreChosenByTheCpu() {
        String modern = "processor: 0\nflags\t\t: fpu sse avx2 avx512f avx512dq avx512cd avx512bw avx512vl\n";
        assertEquals("-onednn-avx512", NativeSettings.extension(modern));
        assertEquals("-onednn-avx2", NativeSettings.extension(modern.replace("avx512bw", "")));
        assertEquals("-onednn-avx2", NativeSettings.extension(""));
    }
}
