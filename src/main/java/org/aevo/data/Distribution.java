package org.aevo.data;

/** How processes that evaluate come by the data. */
public enum Distribution {
    /** Each host reads the files. */
    SHARED_FILE,
    /** Rank 0 reads them, and sends to hosts that have no copy. */
    BROADCAST
}
