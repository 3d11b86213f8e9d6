package org.aevo.task;

import org.aevo.network.Shape;

/**
 * What is known of data before they are loaded.
 *
 * @param shape of a sample
 * @param train number of training samples
 * @param validation number of validation samples
 * @param labelled whether each sample has a label
 */
public record Facts(Shape shape, int train, int validation, boolean labelled) {}
