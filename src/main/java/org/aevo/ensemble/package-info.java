/**
 * Eager ensembles: several autoencoders, each stopped after few epochs, whose codes together feed one classifier. A run of one is a
 * plan of tasks, {@link org.aevo.ensemble.EnsemblePlan}; each is a candidate of the run, under its number, and says by
 * {@link org.aevo.search.Candidate#operator} which it is. What a task leaves to others is kept as arrays, {@link
 * org.aevo.ensemble.KeptArrays}.
 */
package org.aevo.ensemble;
