package org.aevo.data;

/** Numbers of the random streams that data are made and divided with. */
final class Streams {
    static final int SAMPLES = 1;
    static final int SPLIT = 2;
    static final int TEST_SPLIT = 3;
    static final int VALIDATION_SPLIT = 4;

    private Streams() {}
}
