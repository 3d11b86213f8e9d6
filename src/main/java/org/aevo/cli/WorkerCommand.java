package org.aevo.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.aevo.config.InputException;
import org.aevo.mpi.RunSecret;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A worker on the master's machine. The master starts it; it ends with the master. */
@Command(
        name = "worker",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Evaluates candidates for a master. Reads the run's secret from AEVO_SECRET or standard input.")
final class WorkerCommand implements Callable<Integer> {
    @Option(names = "--master", required = true, paramLabel = "HOST:PORT", description = "Where the master listens.")
    private String master;

    @Option(
            names = "--connect-timeout",
            defaultValue = "60",
            paramLabel = "SECONDS",
            description = "To reach the master.")
    private double connectTimeout;

    @Override
    public Integer call() throws IOException, InterruptedException {
        int colon = master.lastIndexOf(':');
        if (colon < 1 || !master.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new InputException("--master " + master + ": expected HOST:PORT");
        }
        String host = master.substring(0, colon);
        int port = Integer.parseInt(master.substring(colon + 1));
        Duration timeout = Duration.ofMillis((long) (connectTimeout * 1000));
        return WorkerRank.serve(new MeetingPoint.Place(port, secret(), List.of(host)), timeout);
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
