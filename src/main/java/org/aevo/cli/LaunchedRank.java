package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.config.RunConfig;
import org.aevo.launch.MeetingPoint;
import org.aevo.launch.Placement;
import org.aevo.launch.Slurm;
import org.aevo.launch.WorkerAgent;

/** A launcher's rank beside rank 0: it keeps a worker at work on its host. */
final class LaunchedRank {
    private final Placement placement;
    private final Map<String, String> environment;
    private final RunConfig config;
    private final GpuShares gpus;

    LaunchedRank(Placement placement, Map<String, String> environment, RunConfig config, GpuShares gpus) {
        this.placement = placement;
        this.environment = environment;
        this.config = config;
        this.gpus = gpus;
    }

    /**
     * Serves until the run ends.
     *
     * @param agreed where the master is; empty if it says so itself in a {@link MeetingPoint}
     */
    int serve(Optional<MeetingPoint.Place> agreed) throws IOException, InterruptedException {
        // A scheduler that ends a step signals every task: rank 0 decides what becomes of work that is under way.
        if (placement.launcher() == Placement.Launcher.USER) {
            StopSignals.ignoreNotice();
        } else {
            StopSignals.ignore();
        }
        MeetingPoint.Place master;
        WorkerAgent.Meeting meeting;
        if (agreed.isPresent()) {
            master = agreed.get();
            meeting = () -> agreed;
        } else {
            Path file = MeetingPoint.file(placement);
            master = MeetingPoint.await(file, seconds(config.cluster().startTimeout()), this::sayForHost);
            meeting = () -> MeetingPoint.read(file);
        }
        Optional<String> gpu = gpus.ofRank(placement, master);
        WorkerVm vm = new WorkerVm(config, availableMiB(), Path.of(""));
        vm.warning().ifPresent(this::say);
        WorkerAgent agent = new WorkerAgent(
                meeting,
                place -> command(vm, place, gpu, agreed.isPresent()),
                gpu,
                seconds(config.cluster().startTimeout()),
                seconds(config.cluster().heartbeatTimeout()),
                this::say);
        return agent.run() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private List<String> command(
            WorkerVm vm, MeetingPoint.Place master, Optional<String> gpu, boolean masterMayComeLater) {
        List<String> command = vm.command(
                new MasterAddress(master.hosts(), master.port()).toString(),
                config.cluster().workersPerProcess());
        String patience = Double.toString(config.cluster().startTimeout());
        command.addAll(List.of("--connect-timeout", patience, "--host", placement.host()));
        gpu.flatMap(gpus::description).ifPresent(text -> command.addAll(List.of("--gpu-is", text)));
        if (masterMayComeLater) {
            command.addAll(List.of("--refused-timeout", patience));
        }
        return command;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (1000 * seconds));
    }

    private void say(String line) {
        System.err.println("rank " + placement.rank() + " (" + placement.host() + "): " + line);
    }

    /** One rank speaks for all of its host. */
    private void sayForHost(String line) {
        if (placement.localRank().orElse(0) == 0 || placement.rank() == 1) {
            say(line);
        }
    }

    /** Memory for this rank: what the scheduler granted it, or its share of the host. */
    private long availableMiB() {
        int ranksHere = placement.localSize().orElse(1);
        return Slurm.memoryOfTask(environment, ranksHere).orElse(WorkerVm.physicalMemoryMiB() / ranksHere);
    }
}
