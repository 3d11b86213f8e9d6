package org.aevo.worker;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.aevo.mpi.Message;

/**
 * What a worker says of itself when it is ready.
 *
 * @param host its launcher's name for the host that it runs on
 * @param gpu that it was given, as CUDA_VISIBLE_DEVICES names it; what it is and its driver, if known
 * @param predecessor the process that it was started in place of
 */
public record Introduction(String host, Optional<String> gpu, Optional<Message.Ended> predecessor) {

    /**
     * The message for an evaluator.
     *
     * @param device that it computes on
     * @param data checksum of the data that it evaluates on; empty if it needs none
     */
    Message.Ready ready(String device, String data) {
        return new Message.Ready(
                host,
                device + gpu.map(id -> ", GPU " + id).orElse(""),
                data,
                ProcessHandle.current().pid(),
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0,
                predecessor);
    }
}
