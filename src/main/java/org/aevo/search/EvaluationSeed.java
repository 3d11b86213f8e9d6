package org.aevo.search;

/**
 * The seed of one evaluation, from the run's seed and the candidate's id alone, so that a candidate trains the same on
 * any rank and at any attempt. Two rounds of the SplitMix64 finalizer (Steele, Lea and Flood 2014).
 */
public final class EvaluationSeed {
    private EvaluationSeed() {}

    public static long of(long runSeed, long candidateId) {
        return mix(mix(runSeed) + 0x9E3779B97F4A7C15L * (candidateId + 1));
    }

    /** That of a candidate: its design's own, where it has one. */
    public static long of(long runSeed, Candidate candidate) {
        return candidate.design().seed().orElseGet(() -> of(runSeed, candidate.id()));
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
