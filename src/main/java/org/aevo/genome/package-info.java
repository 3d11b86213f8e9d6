/**
 * What evolves. A {@link org.aevo.genome.Genome} describes an autoencoder: the genes of its encoder, the size of its
 * latent code, its decoder, and the hyper-parameters of its training. A {@link org.aevo.genome.SearchSpace} bounds it;
 * with the shape of samples it unfolds into a {@link org.aevo.network.Blueprint}.
 *
 * <p>The operators that vary genomes are in {@link org.aevo.genome.variation}.
 */
package org.aevo.genome;
