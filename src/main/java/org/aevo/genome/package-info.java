/**
 * What evolves. A {@link org.aevo.genome.Genome} describes an autoencoder: the genes of its encoder, the size of its
 * latent code, how the mirrored decoder enlarges images, and the hyper-parameters of its training. A
 * {@link org.aevo.genome.SearchSpace} bounds it; a {@link org.aevo.genome.Blueprint} unfolds it into the layers of the
 * whole network, with shapes and parameter counts, for any training engine to build.
 *
 * <p>This package imports nothing of the project. The operators that vary genomes are in
 * {@link org.aevo.genome.variation}.
 */
package org.aevo.genome;
