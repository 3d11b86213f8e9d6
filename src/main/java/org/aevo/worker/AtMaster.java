package org.aevo.worker;

import org.aevo.search.ParentWeights;

/**
 * What a worker that has no files of its own gets from the master, by messages.
 *
 * @param weights the networks of parents
 */
public record AtMaster(ParentWeights weights, DataByMessage data) {}
