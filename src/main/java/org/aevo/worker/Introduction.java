package org.aevo.worker;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.aevo.host.Machine;
import org.aevo.mpi.Message;
import org.aevo.search.Evaluator;

/**
 * What a worker says of itself when it is ready.
 *
 * @param host its launcher's name for the host that it runs on
 * @param gpu that it was given, as CUDA_VISIBLE_DEVICES names it; what it is and its driver, if known
 * @param predecessor the process that it was started in place of
 */
public record Introduction(String host, Optional<String> gpu, Optional<Message.Ended> predecessor) {

    /** The message for a worker that is not ready yet. */
    Message.Preparing preparing(Preparation preparation) {
        return preparation.look(host, ProcessHandle.current().pid());
    }

    /**
     * The message for its evaluator.
     *
     * @param door where its team mates find it; empty where there are no teams
     */
    Message.Ready ready(Evaluator evaluator, Optional<Message.Door> door) {
        return new Message.Ready(
                host,
                evaluator.device() + gpu.map(id -> ", GPU " + id).orElse(""),
                evaluator.data(),
                ProcessHandle.current().pid(),
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0,
                predecessor,
                evaluator.threads(),
                Machine.here(),
                door);
    }
}
