/**
 * What is said about many runs of one experiment: how the work scales with workers, what the barrier costs, what either
 * mode brings for the same evaluations and the same time. {@link org.aevo.report.scaling.ScalingSections} begins it; all
 * else is functions of numbers, each tested by itself.
 */
package org.aevo.report.scaling;
