package org.aevo.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import org.aevo.config.RunConfig;
import org.aevo.mpi.Link;
import org.aevo.mpi.LinkEvent;
import org.aevo.mpi.RunSecret;
import org.aevo.mpi.WorkerConnector;
import org.aevo.worker.WorkerLoop;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** A rank that evaluates. The master starts it; it ends with the master. */
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
    public Integer call() throws Exception {
        // Ctrl-C reaches every process of a terminal: the master alone decides what it means.
        Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
        RunSecret secret = secret();
        int colon = master.lastIndexOf(':');
        if (colon < 1) {
            throw new CommandException("--master " + master + ": expected HOST:PORT");
        }
        String host = master.substring(0, colon);
        int port = Integer.parseInt(master.substring(colon + 1));

        BlockingQueue<LinkEvent> events = new LinkedBlockingQueue<>();
        Duration timeout = Duration.ofMillis((long) (connectTimeout * 1000));
        Link link = new WorkerConnector().connect(host, port, secret, timeout, events::add);
        WorkerLoop.End end = new WorkerLoop(
                        link,
                        events,
                        yaml -> Evaluators.of(RunConfig.parse(yaml, "the master's input")),
                        () -> Runtime.getRuntime().halt(ExitCode.DONE))
                .run();
        link.close();
        return end == WorkerLoop.End.STOPPED ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static RunSecret secret() throws IOException {
        Optional<RunSecret> given = RunSecret.fromEnvironment(System.getenv());
        if (given.isPresent()) {
            return given.get();
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        String line = in.readLine();
        if (line == null) {
            throw new CommandException("no secret: the master hands it to its workers; 'aevo run' starts both");
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
