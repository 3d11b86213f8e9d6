/**
 * The operators that make and vary genomes of a {@link org.aevo.genome.SearchSpace}: {@link
 * org.aevo.genome.variation.RandomGenome}, {@link org.aevo.genome.variation.OnePointCrossover}, the {@link
 * org.aevo.genome.variation.Mutation}s, and {@link org.aevo.genome.variation.Variation}, which applies them with the
 * probabilities of {@link org.aevo.genome.variation.VariationRates}. What they yield is in the space by construction:
 * genes are drawn within their bounds and joined where they fit, and what exceeds a limit of the whole network is drawn
 * again, then made smaller.
 *
 * <p>{@link org.aevo.genome.variation.LargeScaleVariation} has mutations of its own, those of one published search: one at a time, each
 * with the same probability, from {@link org.aevo.genome.variation.TrivialGenomes} on.
 *
 * <p>A new mutation is one class and one line in {@code Variation}. Operators see a genome only through its sections and
 * its {@code with...} methods. What changes genes or skips is made for one role, and applied to each section that genomes of a
 * space have, with its probability each time: encoder and decoder vary independently, as do the features and the head of
 * classifiers; a section of another role would be varied and crossed over by the same classes. Weights that a child inherits follow from its candidate's parents and concern no
 * operator; of several objectives only selection knows.
 */
package org.aevo.genome.variation;
