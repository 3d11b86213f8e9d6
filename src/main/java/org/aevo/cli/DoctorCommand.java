package org.aevo.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.aevo.data.DataException;
import org.aevo.data.DataKind;
import org.aevo.data.DataSettings;
import org.aevo.data.Datasets;
import org.aevo.gpu.NvidiaHost;
import org.aevo.launch.Gpus;
import org.aevo.launch.Placement;
import org.aevo.launch.RankDiscovery;
import org.aevo.mpi.Link;
import org.aevo.mpi.LinkEvent;
import org.aevo.mpi.MasterEndpoint;
import org.aevo.mpi.MasterOptions;
import org.aevo.mpi.RunSecret;
import org.aevo.mpi.WorkerConnector;
import org.aevo.network.EnumText;
import org.aevo.record.Entry;
import org.aevo.record.RunFile;
import org.aevo.record.RunHistory;
import org.aevo.record.ScratchFolder;
import org.aevo.train.Engine;
import org.aevo.train.EngineKind;
import org.aevo.train.SelfCheck;
import picocli.CommandLine.Command;

/** Tries each thing that a run stands on. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Tries what runs stand on: one line each, with the mend where something is missing.",
            "Started by srun or another launcher: one line for each rank."
        })
final class DoctorCommand implements Callable<Integer> {
    private final List<Finding> findings = new ArrayList<>();
    private Placement placement;

    /** What came of one trial. */
    private record Finding(boolean good, String what, String detail) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%-5s %-10s %s", good ? "ok" : "BAD", what, detail);
        }
    }

    @Override
    public Integer call() {
        placement = RankDiscovery.of(System.getenv());
        line(true, "aevo", Build.version() + (Build.commit().isEmpty() ? "" : ", commit " + Build.commit()));
        var os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        line(true, "java", System.getProperty("java.version") + ", " + System.getProperty("java.vm.name"));
        line(
                true,
                "machine",
                String.format(
                        Locale.ROOT,
                        "%d cores, %.1f GiB of memory, %s",
                        Runtime.getRuntime().availableProcessors(),
                        os.getTotalMemorySize() / (double) (1 << 30),
                        System.getProperty("os.arch")));
        messagePassing();
        engines();
        gpus();
        data();
        hdf5();
        slurm();
        if (placement.isOneOfMany()) {
            System.out.println(summary());
        }
        return findings.stream().allMatch(Finding::good) ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** Of one rank among many: what differs between hosts, and what is wrong. */
    private String summary() {
        List<String> bad = findings.stream()
                .filter(f -> !f.good())
                .map(f -> f.what() + ": " + f.detail())
                .toList();
        Map<String, String> details = new HashMap<>();
        findings.forEach(f -> details.putIfAbsent(f.what(), f.detail()));
        return String.format(
                Locale.ROOT,
                "rank %d of %d on %s: %s; java %s; %s; dl4j %s; torch %s; gpus %s",
                placement.rank(),
                placement.size(),
                placement.host(),
                bad.isEmpty() ? "ok" : "BAD " + String.join("; ", bad),
                details.get("java"),
                details.get("machine"),
                details.get("dl4j"),
                details.get("torch"),
                details.get("gpus"));
    }

    /** A real link over loopback, in both directions. */
    private void messagePassing() {
        RunSecret secret = RunSecret.random();
        BlockingQueue<LinkEvent> joined = new LinkedBlockingQueue<>();
        long started = System.nanoTime();
        try (MasterEndpoint endpoint = MasterEndpoint.open(MasterOptions.loopback(), secret, joined::add);
                Link link = new WorkerConnector()
                        .connect(
                                endpoint.address().getAddress().getHostAddress(),
                                endpoint.address().getPort(),
                                secret,
                                Duration.ofSeconds(20),
                                event -> {})) {
            LinkEvent event = joined.poll(20, TimeUnit.SECONDS);
            boolean linked = event instanceof LinkEvent.Joined && link.isOpen();
            line(
                    linked,
                    "mpj",
                    linked
                            ? String.format(
                                    Locale.ROOT,
                                    "MPJ Express %s, two ranks linked over loopback in %.0f ms",
                                    Build.libraryVersion("mpj-express"),
                                    (System.nanoTime() - started) / 1e6)
                            : "two ranks on this machine do not find each other: is loopback firewalled?");
        } catch (IOException | RuntimeException | LinkageError e) {
            line(false, "mpj", "two ranks on this machine cannot be linked: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void engines() {
        for (EngineKind kind : EngineKind.values()) {
            engine(kind, EnumText.of(kind));
        }
    }

    private void engine(EngineKind kind, String name) {
        Optional<String> missing = Engines.missing(kind);
        if (missing.isPresent()) {
            line(true, name, "not usable: " + missing.get());
            return;
        }
        try (Engine engine = Engines.open(kind)) {
            StringBuilder libraries = new StringBuilder();
            engine.libraries()
                    .forEach((library, version) ->
                            libraries.append(", ").append(library).append(' ').append(version));
            line(true, name, "on " + engine.device() + libraries);
            for (SelfCheck check : engine.selfCheck()) {
                line(check.good(), name, check.subject() + ": " + check.detail());
            }
        } catch (RuntimeException | LinkageError e) {
            line(false, name, "cannot start: " + e.getMessage());
        }
    }

    private void gpus() {
        List<String> visible =
                Gpus.onThisHost(System.getenv(), placement.isOneOfMany(), 1).visible();
        new GpuReport(NvidiaHost.look(), visible, GpuBuilds::isHere)
                .lines(System.getenv())
                .forEach(check -> line(check.good(), check.subject(), check.detail()));
    }

    private void data() {
        try {
            line(
                    true,
                    "data",
                    Datasets.inspect(DataSettings.of(DataKind.FASHION_MNIST).build())
                            .description());
        } catch (DataException e) {
            line(false, "data", e.getMessage());
        }
    }

    private void hdf5() {
        try {
            RunHistory history = new RunHistory();
            history.apply(new Entry.RunStarted(
                    "doctor",
                    "async",
                    "genetic",
                    1,
                    Instant.now(),
                    "aevo " + Build.version(),
                    "",
                    "aevo doctor",
                    Build.commit(),
                    System.getProperty("java.version"),
                    Map.of(),
                    Map.of(),
                    true,
                    1));
            String where = ScratchFolder.use(Path.of(""), folder -> {
                RunFile.write(folder.resolve("run.h5"), history, Optional.empty());
                return folder.getParent().toString();
            });
            line(
                    true,
                    "hdf5",
                    "jhdf " + Build.libraryVersion("jhdf") + ", a file was written in " + where + " and read back");
        } catch (IOException e) {
            line(false, "hdf5", "no file can be written in any folder for temporary files: " + e.getMessage());
        }
    }

    private void slurm() {
        String job = System.getenv("SLURM_JOB_ID");
        line(
                true,
                "slurm",
                job == null
                        ? "not inside a job: 'aevo run' starts its workers on this machine"
                        : "job " + job
                                + ", but not one of several tasks of srun: 'aevo run' starts its workers on this node");
    }

    private void line(boolean good, String what, String detail) {
        Finding finding = new Finding(good, what, detail);
        findings.add(finding);
        if (!placement.isOneOfMany()) {
            System.out.println(finding);
        }
    }
}
