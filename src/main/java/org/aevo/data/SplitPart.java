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

    /** The part of the source that its samples are taken from. */
    DataSource.Part source(SplitPlan plan) {
        return switch (this) {
            case TRAIN -> DataSource.Part.TRAINING;
            case VALIDATION -> plan.officialValidation() ? DataSource.Part.VALIDATION : DataSource.Part.TRAINING;
            case TEST -> plan.officialTest() ? DataSource.Part.TEST : DataSource.Part.TRAINING;
        };
    }
}
