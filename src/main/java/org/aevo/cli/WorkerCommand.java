package org.aevo.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.aevo.config.InputException;
import org.aevo.launch.MeetingPoint;
import org.aevo.launch.RankDiscovery;
import org.aevo.launch.WorkerProcess;
import org.aevo.mpi.Message;
import org.aevo.mpi.RunSecret;
import org.aevo.worker.Introduction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A worker on the master's machine. The master starts it; it ends with the master. */
@Command(
        name = "worker",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Evaluates candidates for a master. Reads the run's secret from AEVO_SECRET or standard input.")
final class WorkerCommand implements Callable<Integer> {
    private static final long BEAT_MILLIS = 1000;

    @Option(names = "--master", required = true, paramLabel = "HOST:PORT", description = "Where the master listens.")
    private String master;

    @Option(
            names = "--connect-timeout",
            defaultValue = "120",
            paramLabel = "SECONDS",
            description = "To reach the master.")
    private double connectTimeout;

    @Option(
            names = "--refused-timeout",
            defaultValue = "15",
            paramLabel = "SECONDS",
            description = "The same, if its host answers that nobody listens.")
    private double refusedTimeout;

    @Option(
            names = "--count",
            defaultValue = "1",
            paramLabel = "N",
            description = "Simulated workers that this process is.")
    private int count;

    @Option(names = "--host", paramLabel = "NAME", description = "The launcher's name for this host.")
    private Optional<String> host;

    @Option(names = "--gpu", paramLabel = "ID", description = "The one that this process was given, for the record.")
    private Optional<String> gpu;

    @Option(names = "--gpu-is", paramLabel = "TEXT", description = "Its name and driver, for the record.")
    private Optional<String> gpuIs;

    @Option(
            names = "--predecessor",
            paramLabel = "TEXT",
            description = "Process id and end of the process that this one takes the place of.")
    private Optional<String> predecessor;

    @Override
    public Integer call() throws IOException, InterruptedException {
        tellThatThisLives();
        MasterAddress address = MasterAddress.parse(master);
        MeetingPoint.Place place = new MeetingPoint.Place(address.port(), secret(), address.hosts());
        return new WorkerRank(
                        place,
                        seconds(connectTimeout),
                        seconds(refusedTimeout),
                        new Introduction(
                                host.orElseGet(
                                        () -> RankDiscovery.of(System.getenv()).host()),
                                gpu.map(id ->
                                        id + gpuIs.map(text -> ": " + text).orElse("")),
                                predecessor.map(WorkerCommand::ended)))
                .serve(count);
    }

    /** To the process that started this one: from a thread of its own, whatever else goes on. */
    private static void tellThatThisLives() {
        Thread beat = new Thread(
                () -> {
                    try {
                        while (true) {
                            System.out.println(WorkerProcess.ALIVE);
                            Thread.sleep(BEAT_MILLIS);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "alive");
        beat.setDaemon(true);
        beat.start();
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    private static Message.Ended ended(String text) {
        int space = text.indexOf(' ');
        if (space < 1 || !text.substring(0, space).matches("\\d{1,18}")) {
            throw new InputException("--predecessor " + text + ": expected a process id and how it ended");
        }
        return new Message.Ended(Long.parseLong(text.substring(0, space)), text.substring(space + 1));
    }

    private static RunSecret secret() throws IOException {
        Optional<RunSecret> given = RunSecret.fromEnvironment(System.getenv());
        if (given.isPresent()) {
            return given.get();
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        String line = in.readLine();
        if (line == null) {
            throw new InputException("no secret: the master hands it to its workers; 'aevo run' starts both");
        }
        Thread watch = new Thread(() -> haltAtEnd(in), "watch-master");
        watch.setDaemon(true);
        watch.start();
        return RunSecret.parse(line);
    }

    /** The master holds the other end of the pipe: its end is the master's end. */
    private static void haltAtEnd(BufferedReader in) {
        try {
            // nothing more is said: this returns when the other end closes
            in.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // as good as the end
        }
        Runtime.getRuntime().halt(ExitCode.FAILED);
    }
}
