/**
 * What evolves. A {@link org.aevo.genome.Genome} describes an autoencoder: the genes of its encoder, the size of its
 * latent code, its decoder, and the hyper-parameters of its training; or a classifier: the genes of its features and of its
 * head, and its training. A {@link org.aevo.genome.SearchSpace} bounds it; between the {@link org.aevo.network.Ends} of a task
 * it unfolds into a {@link org.aevo.network.Blueprint}.
 *
 * <p>The operators that vary genomes are in {@link org.aevo.genome.variation}.
 */
package org.aevo.genome;
