package org.aevo.data;

import java.util.Optional;

/** Data that were found good, of which nothing is loaded that is not asked for. */
public interface CheckedData {

    /** What a load would give. */
    Summary summary();

    /** What a sample is, and how it becomes a network's input. */
    InputForm form();

    /** Labels of the parts that a search sees, in the order of their samples; empty if there are none. Reads nothing else. */
    Optional<SeenLabels> labels();

    /** How often each label occurs in each part; empty if there are none. */
    Optional<LabelCounts> labelCounts();

    /**
     * Labels of the parts that a search sees.
     *
     * @param train one per training sample
     * @param validation one per validation sample
     */
    record SeenLabels(int[] train, int[] validation) {}
}
