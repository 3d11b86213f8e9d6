package org.aevo.data;

/**
 * The three parts of a data set; no sample is in two of them. All have one shape.
 *
 * @param checksum 64 hexadecimal digits, which other samples, another order or other labels would change, and the place
 *     and time of files do not
 * @param form of the samples, and how they were scaled
 */
public record Split(Dataset train, Dataset validation, Dataset test, String checksum, InputForm form) {}
