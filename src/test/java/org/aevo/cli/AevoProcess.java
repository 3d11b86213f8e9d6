package org.aevo.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a virtual machine of its own, as a user starts it. */
final class AevoProcess implements AutoCloseable {
    private static final long LIMIT_SECONDS = 240;

    private final Process process;
    private final Path out;
    private final Path err;

    private AevoProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * How it ended.
     *
     * @param out standard output
     * @param err standard error
     */
    record Result(int code, String out, String err) {}

    static Result run(Path folder, String... arguments) throws IOException, InterruptedException {
        try (AevoProcess aevo = start(folder, Map.of(), arguments)) {
            return aevo.await();
        }
    }

    /** Starts it in a working directory. */
    static AevoProcess start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        return start(program(), folder, environment, arguments);
    }

    /** The command of the classes under test, without arguments; further options of the virtual machine may be given. */
    static List<String> program(String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                // processes of seconds: what the second compiler would do to them takes longer than it saves
                "-XX:TieredStopAtLevel=1",
                "-Xmx400m",
                "--add-opens=java.base/java.nio=ALL-UNNAMED"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", absoluteClassPath(), "org.aevo.cli.Main"));
        return command;
    }

    /** Starts a program that becomes aevo, such as {@code bin/aevo}. */
    static AevoProcess start(List<String> program, Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        // tests may run in the background of a shell, or under nohup: what they start inherits that it ignores these
        // signals
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT,HUP"));
        command.addAll(program);
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("aevo", ".out");
        Path err = Files.createTempFile("aevo", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new AevoProcess(builder.start(), out, err);
    }

    static String absoluteClassPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(":")) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(":", entries);
    }

    Process process() {
        return process;
    }

    /** Its workers that have begun: not what else it starts, nor what the system puts there before a program runs. */
    List<ProcessHandle> workers() {
        return process.children().filter(AevoProcess::isWorker).toList();
    }

    private static boolean isWorker(ProcessHandle child) {
        try {
            // ProcessHandle gives no arguments where they are as long as a class path
            String[] words = Files.readString(
                            Path.of("/proc", Long.toString(child.pid()), "cmdline"), StandardCharsets.UTF_8)
                    .split("\0");
            return words[0].endsWith("/java") && List.of(words).contains("worker");
        } catch (IOException e) {
            return false; // it has just ended
        }
    }

    /** One of them. */
    ProcessHandle worker() throws Exception {
        Waiting.until(() -> !workers().isEmpty());
        return workers().get(0);
    }

    String errorOutput() throws IOException {
        return Files.readString(err, StandardCharsets.UTF_8);
    }

    /** What it has printed so far. */
    String output() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    Result await() throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + LIMIT_SECONDS + " s: " + errorOutput());
        }
        return new Result(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), errorOutput());
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
    }
}
