/**
 * Message passing: a star of two-rank MPJ Express worlds. In one world of all ranks, the end of one process closes
 * every other rank's device; so rank 0 shares a world of its own with each worker, and a dead worker costs its own
 * link only.
 *
 * <p>A worker joins at the {@link org.aevo.mpi.MasterEndpoint}: over one TCP connection both sides prove that they know
 * the run's secret, and the worker makes two more to the same port, which MPJ is given; then everything else goes through
 * MPJ as {@link org.aevo.mpi.Message}s over a {@link org.aevo.mpi.Link}, in frames that each carry a seal.
 */
package org.aevo.mpi;
