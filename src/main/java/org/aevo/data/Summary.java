package org.aevo.data;

import java.util.List;

/**
 * What a load will give.
 *
 * @param train number of samples in the train part
 * @param validation number of samples in the validation part
 * @param test number of samples in the test part
 * @param labelled whether each sample has a label
 * @param description one line: {@code Fashion-MNIST, 2000 + 500 + 1000 of 70000 images 1x28x28 (/a/path)}
 * @param remarks what a user should see before a search begins: how the data were understood, and what looks odd
 */
public record Summary(
        int channels,
        int height,
        int width,
        int train,
        int validation,
        int test,
        boolean labelled,
        String description,
        List<String> remarks) {

    public Summary {
        remarks = List.copyOf(remarks);
    }
}
