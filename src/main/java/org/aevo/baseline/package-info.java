/**
 * What a user would do without a search: linear models that need no training loop. {@link
 * org.aevo.baseline.PrincipalComponents} is the best linear autoencoder of a latent size, {@link
 * org.aevo.baseline.RidgeRegression} the linear denoiser.
 *
 * <p>Both read the samples once, a part at a time, and keep what they need of them, products of values with values, in
 * native memory: {@code 16 d^2} bytes for samples of d values, twice that for a regression. OpenBLAS computes, in
 * doubles, with {@code OMP_NUM_THREADS} threads; both engines bring it along, and nothing else of theirs is loaded.
 */
package org.aevo.baseline;
