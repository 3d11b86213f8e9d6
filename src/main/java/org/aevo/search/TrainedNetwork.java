package org.aevo.search;

import org.aevo.network.Design;

/**
 * The network of an evaluated candidate as it may be handed on to children.
 *
 * @param id of the candidate
 * @param design that it was built from
 * @param epochs that the weights were trained for, ancestors' included
 * @param weights of the epoch that gave the fitness
 */
public record TrainedNetwork(long id, Design design, long epochs, Weights weights) {}
