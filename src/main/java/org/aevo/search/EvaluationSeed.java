package org.aevo.search;

import org.aevo.random.Seeds;

/**
 * The seed of one evaluation, from the run's seed and the candidate's id alone, so that a candidate trains the same on
 * any rank and at any attempt.
 */
public final class EvaluationSeed {
    /** No fold has this number. */
    private static final int PART = -1;

    private EvaluationSeed() {}

    public static long of(long runSeed, long candidateId) {
        return Seeds.of(runSeed, candidateId);
    }

    /** That of a candidate: its design's own, where it has one. */
    public static long of(long runSeed, Candidate candidate) {
        return candidate.design().seed().orElseGet(() -> of(runSeed, candidate.id()));
    }

    /**
     * That of one fold's training: the evaluation's own for the first.
     *
     * @param fold from 1
     */
    public static long ofFold(long evaluationSeed, int fold) {
        return fold == 1 ? evaluationSeed : Seeds.of(evaluationSeed, fold);
    }

    /** That of the part of the samples which a fold's training sees, where that is not all. */
    public static long ofPart(long foldSeed) {
        return Seeds.of(foldSeed, PART);
    }
}
