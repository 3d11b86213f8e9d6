package org.aevo.data;

/**
 * What a load will give.
 *
 * @param train number of samples in the train part
 * @param validation number of samples in the validation part
 * @param test number of samples in the test part
 * @param labelled whether each sample has a label
 * @param description one line: {@code Fashion-MNIST, 2000 + 500 + 1000 of 70000 images 1x28x28 (/a/path)}
 */
public record Summary(
        int channels,
        int height,
        int width,
        int train,
        int validation,
        int test,
        boolean labelled,
        String description) {}
