package org.aevo.train.bench;

import java.io.IOException;
import java.util.Locale;
import org.aevo.search.Evaluation;

/**
 * Resident memory of a worker over many {@link SmallCandidates}, and what they cost, by {@code MemoryBenchmark [engine]
 * [candidates] [every] [graphs]}.
 */
public final class MemoryBenchmark {
    private MemoryBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        String engine = arguments.length > 0 ? arguments[0] : "dl4j";
        int candidates = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1000;
        int every = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 50;
        boolean graphs = arguments.length > 3 && arguments[3].equals("graphs");
        System.out.printf(
                Locale.ROOT,
                "%10s %8s %9s %9s %12s %9s  %s%n",
                "candidates",
                "RSS MB",
                "heap MB",
                "failed",
                "build s each",
                "s each",
                engine);
        int failed = 0;
        long first = 0;
        try (SmallCandidates row = new SmallCandidates(BenchmarkEngines.open(engine), graphs)) {
            long start = System.nanoTime();
            double build = 0;
            for (int i = 1; i <= candidates; i++) {
                Evaluation evaluation = row.next();
                build += evaluation.effort().durations().build();
                if (!evaluation.hasFitness()) {
                    failed++;
                    System.out.println(evaluation.status() + ": " + evaluation.message());
                }
                if (i % every == 0) {
                    Runtime heap = Runtime.getRuntime();
                    long resident = ResidentMemory.megabytes();
                    first = first == 0 ? resident : first;
                    System.out.printf(
                            Locale.ROOT,
                            "%10d %8d %9d %9d %12.4f %9.3f  %.3f%n",
                            i,
                            resident,
                            (heap.totalMemory() - heap.freeMemory()) >> 20,
                            failed,
                            build / every,
                            (System.nanoTime() - start) * 1e-9 / every,
                            resident / (double) first);
                    start = System.nanoTime();
                    build = 0;
                }
            }
        }
    }
}
