package org.aevo.train;

/**
 * Samples of a batch that one member of a team takes: neighbours, as many as others take or one more.
 *
 * @param from the first one's place
 * @param to the place behind the last one
 */
record Share(int from, int to) {

    /**
     * That of a rank. Where there are fewer samples than members, the last ranks take none.
     *
     * @param from place of the batch's first sample
     * @param to place behind its last one
     */
    static Share of(int from, int to, int rank, int size) {
        int each = (to - from) / size;
        int more = (to - from) % size;
        int first = from + rank * each + Math.min(rank, more);
        return new Share(first, first + each + (rank < more ? 1 : 0));
    }

    int count() {
        return to - from;
    }

    boolean isEmpty() {
        return from == to;
    }
}
