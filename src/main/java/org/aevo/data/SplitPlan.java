package org.aevo.data;

/**
 * Which samples go into which part.
 *
 * @param test numbers in the official test set if {@code officialTest}, else in the training set
 */
record SplitPlan(int[] train, int[] validation, int[] test, boolean officialTest) {}
