/**
 * Training: the fitness of one candidate. A {@link org.aevo.train.Trainer} runs the loop (epochs, early stopping,
 * limits, statuses) over a {@link org.aevo.train.Network} that an {@link org.aevo.train.Engine} builds. Nothing here
 * knows that there is a population, and no type of a training library is seen outside the engine's own package.
 */
package org.aevo.train;
