package org.aevo.network;

/** Checks of constructor arguments, with the offending value in the message. */
public final class Require {

    private Require() {}

    public static void positive(String name, int value) {
        atLeast(1, name, value);
    }

    public static void atLeast(int minimum, String name, int value) {
        if (value < minimum) {
            throw new IllegalArgumentException(name + " must be at least " + minimum + ", was " + value);
        }
    }

    public static void given(String name, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
    }
}
