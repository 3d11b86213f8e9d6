package org.aevo.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Hosts with addresses and names of their own, node0 and so on, on this machine: {@code src/test/netns/hosts}. */
final class Network implements AutoCloseable {
    private static final Path HOSTS = Path.of("src/test/netns/hosts").toAbsolutePath();
    /** Many virtual machines that live for seconds. */
    private static final String LIGHT = "-XX:TieredStopAtLevel=1";

    private static final AtomicInteger MADE = new AtomicInteger();

    private final String name;

    private Network(String name) {
        this.name = name;
    }

    /** Why there can be none here; empty if there can. */
    static Optional<String> missing() throws IOException, InterruptedException {
        Process check = new ProcessBuilder(HOSTS.toString(), "check")
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return check.waitFor() == 0 ? Optional.empty() : Optional.of(said);
    }

    static Network of(int hosts) throws IOException, InterruptedException {
        hosts("sweep"); // what an earlier test left that was killed
        Network network = new Network("aevo-" + ProcessHandle.current().pid() + "-" + MADE.incrementAndGet());
        try {
            hosts("up", network.name, Integer.toString(hosts));
        } catch (IOException e) {
            network.close();
            throw e;
        }
        return network;
    }

    /** The IPv4 address of a host. */
    static String address(int host) {
        return "10.77.0." + (host + 1);
    }

    /** The IPv6 address of a host. */
    static String address6(int host) {
        return "[fd77::" + (host + 1) + "]";
    }

    private static void hosts(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(HOSTS.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + said);
        }
    }

    AevoProcess start(int host, Path folder, Map<String, String> environment, String... arguments) throws IOException {
        return start(on(host), folder, environment, arguments);
    }

    /**
     * Starts it on a host, by way of a command there.
     *
     * @param launcher becomes the program, without a process in between
     */
    static AevoProcess start(List<String> launcher, Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> program = new ArrayList<>(launcher);
        program.addAll(AevoProcess.program(LIGHT));
        return AevoProcess.start(program, folder, environment, arguments);
    }

    /** Begins a command line that runs what follows there. */
    List<String> on(int host) {
        return List.of(HOSTS.toString(), "run", name, Integer.toString(host));
    }

    /** Pulls the cable: what the host sends and what is sent to it is gone. */
    void cut(int host) throws IOException, InterruptedException {
        hosts("cut", name, Integer.toString(host));
    }

    void mend(int host) throws IOException, InterruptedException {
        hosts("mend", name, Integer.toString(host));
    }

    void delay(int host, int milliseconds, int lossPercent) throws IOException, InterruptedException {
        hosts("delay", name, Integer.toString(host), Integer.toString(milliseconds), Integer.toString(lossPercent));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        hosts("down", name);
    }
}
