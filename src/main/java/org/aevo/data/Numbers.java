package org.aevo.data;

/** A flat array of numbers of any type, as doubles. */
@FunctionalInterface
interface Numbers {

    double at(int index);

    /**
     * @param array of a numeric primitive type
     * @param where it comes from, for the message
     * @throws DataException if it is of another type
     */
    static Numbers of(Object array, String where) {
        if (array instanceof float[] values) {
            return i -> values[i];
        }
        if (array instanceof double[] values) {
            return i -> values[i];
        }
        if (array instanceof int[] values) {
            return i -> values[i];
        }
        if (array instanceof byte[] values) {
            return i -> values[i];
        }
        if (array instanceof short[] values) {
            return i -> values[i];
        }
        if (array instanceof long[] values) {
            return i -> values[i];
        }
        throw new DataException(where + " holds values of the type "
                + (array == null
                        ? "nothing"
                        : array.getClass().getComponentType().getSimpleName())
                + ", expected floats of 16 to 64 bits, or whole numbers of up to 63 bits");
    }
}
