package org.aevo.data;

/**
 * Which samples go into which part.
 *
 * @param validation numbers in the validation set if {@code officialValidation}, else in the training set
 * @param test numbers in the official test set if {@code officialTest}, else in the training set
 */
record SplitPlan(int[] train, int[] validation, int[] test, boolean officialValidation, boolean officialTest) {}
