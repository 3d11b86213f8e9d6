package org.aevo.genome;

/** Checks of constructor arguments, with the offending value in the message. */
final class Require {

    private Require() {}

    static void positive(String name, int value) {
        atLeast(1, name, value);
    }

    static void atLeast(int minimum, String name, int value) {
        if (value < minimum) {
            throw new IllegalArgumentException(name + " must be at least " + minimum + ", was " + value);
        }
    }

    static void given(String name, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
    }
}
