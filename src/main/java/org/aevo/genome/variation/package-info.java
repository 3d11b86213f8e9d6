/**
 * The operators that make and vary genomes of a {@link org.aevo.genome.SearchSpace}: {@link
 * org.aevo.genome.variation.RandomGenome}, {@link org.aevo.genome.variation.OnePointCrossover}, the {@link
 * org.aevo.genome.variation.Mutation}s, and {@link org.aevo.genome.variation.Variation}, which applies them with the
 * probabilities of {@link org.aevo.genome.variation.VariationRates}. What they yield is in the space by construction:
 * genes are drawn within their bounds and joined where they fit, and what exceeds a limit of the whole network is drawn
 * again, then made smaller.
 *
 * <p>A new mutation is one class and one line in {@code Variation}. What is to come finds its place so: operators see a
 * genome only through its list of genes and its {@code with...} methods, so that a genome of several sections (a free
 * decoder, a classifier's head) has each section crossed over by the same cut of two lists; skip connections are
 * parameters of a gene that name earlier genes, which {@code Violations} checks and a mutation of their own draws;
 * weights that a child inherits follow from its candidate's parents and concern no operator; of several objectives only
 * selection knows.
 */
package org.aevo.genome.variation;
