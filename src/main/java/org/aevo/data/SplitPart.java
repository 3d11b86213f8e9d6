package org.aevo.data;

/** The parts of a split. */
enum SplitPart {
    TRAIN,
    VALIDATION,
    TEST;

    /** The numbers of its samples in their source. */
    int[] of(SplitPlan plan) {
        return switch (this) {
            case TRAIN -> plan.train();
            case VALIDATION -> plan.validation();
            case TEST -> plan.test();
        };
    }
}
