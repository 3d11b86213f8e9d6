package org.aevo.cli;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.aevo.config.RunConfig;
import org.aevo.launch.WorkerProcesses;
import org.aevo.launch.WorkerRecords;
import org.aevo.mpi.MasterOptions;
import org.aevo.mpi.RunSecret;

/** Processes on this machine, which this one starts. */
final class LocalWorkforce implements Workforce {
    /** Processes that may die in a row before a place is given up, however few attempts a candidate has. */
    private static final int MIN_FAILURES = 3;

    private final int workers;
    private final int perProcess;
    private final int team;
    private final int maxAttempts;
    private final Duration startTimeout;
    private final GpuShares gpus;
    private final WorkerVm vm;
    private final RunSecret secret = RunSecret.random();

    /**
     * @param directory of the run
     */
    LocalWorkforce(RunConfig config, GpuShares gpus, Path directory) {
        this.workers = config.cluster().workers();
        this.perProcess = config.cluster().workersPerProcess();
        this.team = config.cluster().team();
        this.maxAttempts = config.cluster().maxAttempts();
        this.startTimeout = Duration.ofMillis((long) (1000 * config.cluster().startTimeout()));
        this.gpus = gpus;
        this.vm = new WorkerVm(config, WorkerVm.physicalMemoryMiB() / workers, directory);
    }

    @Override
    public MasterOptions listening() {
        return MasterOptions.loopback();
    }

    @Override
    public RunSecret secret() {
        return secret;
    }

    @Override
    public Engagement engage(
            InetSocketAddress address, WorkerRecords records, Consumer<String> log, Consumer<String> hopeless) {
        String master = address.getAddress().getHostAddress() + ":" + address.getPort();
        WorkerProcesses processes = new WorkerProcesses(
                place -> command(master, place),
                gpus::ofPlace,
                secret,
                Math.max(MIN_FAILURES, maxAttempts + 1),
                processes(team),
                startTimeout,
                records,
                log,
                hopeless);
        vm.warning().ifPresent(text -> System.err.println("aevo: " + text));
        processes.start(processes(workers));
        return processes::close;
    }

    /** That so many workers are in. */
    private int processes(int count) {
        return (count + perProcess - 1) / perProcess;
    }

    @Override
    public Optional<String> awaited() {
        return Optional.empty();
    }

    @Override
    public double patience(String signal) {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public void dissuade() {
        // who starts them sees for himself that the run ends
    }

    private List<String> command(String master, int place) {
        List<String> command = vm.command(master, Math.min(perProcess, workers - (place - 1) * perProcess));
        gpus.ofPlace(place).flatMap(gpus::description).ifPresent(text -> command.addAll(List.of("--gpu-is", text)));
        return command;
    }
}
