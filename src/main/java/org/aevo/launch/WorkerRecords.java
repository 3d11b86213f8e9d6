package org.aevo.launch;

import java.util.function.LongPredicate;

/**
 * What a master knows of worker processes on its host, for those who keep them.
 *
 * @param hasBeenReady whether a process has said that it can work; thread safe
 * @param hasWorked whether an evaluation has come from a process; thread safe
 * @param isGivenUp whether a process was silent for too long: whatever it does, nobody waits for it any more; thread
 *     safe
 * @param isPreparing whether a process says that it is preparing, and is waited for; thread safe
 */
public record WorkerRecords(
        LongPredicate hasBeenReady, LongPredicate hasWorked, LongPredicate isGivenUp, LongPredicate isPreparing) {}
