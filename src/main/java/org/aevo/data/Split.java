package org.aevo.data;

/** The three parts of a data set; no sample is in two of them. All have one shape. */
public record Split(Dataset train, Dataset validation, Dataset test) {}
