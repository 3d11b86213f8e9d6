package org.aevo.master;

/** What a master knows of worker processes on its host, for those who keep them. Thread safe. */
public interface WorkerRecords {

    /** Whether an evaluation has come from a process. */
    boolean hasWorked(long pid);

    /** Whether a process was silent for too long: whatever it does, nobody waits for it any more. */
    boolean isGivenUp(long pid);
}
