package org.aevo.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real SLURM of four virtual nodes n1 to n4, with 4 CPUs and 2 GPUs that are empty files each. */
final class SlurmLab implements AutoCloseable {
    private static final Path SCRIPT = Path.of("src/test/slurm/lab").toAbsolutePath();
    private static final String NODE_STORAGE =
            Path.of("target/node-storage").toAbsolutePath().toString();
    private static final long LIMIT_SECONDS = 180;
    private static final List<String> ENDED = List.of("COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL");

    /** How SLURM knows the processes of a step, and so which of them get its signals. */
    enum Tracking {
        /** By their parents: all get them. */
        LINUXPROC,
        /** By a control group: the one that SLURM started gets them. */
        CGROUP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Path directory;

    private SlurmLab(Path directory) {
        this.directory = directory;
    }

    /** How a program ended. */
    record Result(int code, String out) {}

    /** A job as the controller sees it; {@code code} is the exit code of its script, -1 if a signal ended that. */
    record Job(String id, String state, int code, int restarts, Path output) {
        boolean ended() {
            return ENDED.contains(state);
        }

        String text() {
            try {
                return Files.exists(output) ? Files.readString(output) : "";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Why there can be no lab here. */
    static Optional<String> missing(Tracking tracking) throws IOException, InterruptedException {
        Result check = execute(Path.of("."), Map.of(), SCRIPT.toString(), "check", tracking.toString());
        return check.code() == 0 ? Optional.empty() : Optional.of(check.out().strip());
    }

    static SlurmLab start(Path directory, Tracking tracking) throws IOException, InterruptedException {
        Files.createDirectories(Path.of(NODE_STORAGE));
        SlurmLab lab = new SlurmLab(directory);
        lab.verb("up", "4", "2", tracking.toString());
        return lab;
    }

    private void verb(String verb, String... arguments) throws IOException, InterruptedException {
        run(
                directory.getParent(),
                Stream.concat(Stream.of(SCRIPT.toString(), verb, directory.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    /** The node's daemon and all that runs there dies without a word, and the controller knows. */
    void lose(String node) throws IOException, InterruptedException {
        verb("lose", node);
    }

    void repair(String node) throws IOException, InterruptedException {
        verb("repair", node);
    }

    /** Submits a job from a folder, and gives its number. */
    String submit(Path folder, Stream<String> options, Path script, String... arguments)
            throws IOException, InterruptedException {
        return run(
                        folder,
                        Stream.of(
                                        Stream.of("sbatch", "--parsable"),
                                        options,
                                        Stream.of(script.toString()),
                                        Stream.of(arguments))
                                .flatMap(part -> part)
                                .toArray(String[]::new))
                .strip();
    }

    Job job(String id) throws IOException, InterruptedException {
        String text = run(directory, "scontrol", "show", "job", id);
        return new Job(
                id,
                field(text, "JobState=(\\w+)"),
                text.contains("ExitCode=0:0") || !text.contains("ExitCode=0:")
                        ? Integer.parseInt(field(text, "ExitCode=(\\d+)"))
                        : -1,
                Integer.parseInt(field(text, "Restarts=(\\d+)")),
                Path.of(field(text, "StdOut=(.*)")));
    }

    private static String field(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError(pattern + " is not in " + text);
        }
        return matcher.group(1);
    }

    Job await(String id) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        Job job = job(id);
        while (!job.ended()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + job + ": " + job.text());
            }
            TimeUnit.MILLISECONDS.sleep(100);
            job = job(id);
        }
        return job;
    }

    /** Runs a program that must end well, and gives what it printed. */
    String run(Path folder, String... command) throws IOException, InterruptedException {
        Result result = attempt(folder, command);
        if (result.code() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + result);
        }
        return result.out();
    }

    Result attempt(Path folder, String... command) throws IOException, InterruptedException {
        return execute(
                folder,
                Map.of(
                        "SLURM_CONF",
                        directory.resolve("slurm.conf").toString(),
                        "AEVO_NODE_STORAGE",
                        NODE_STORAGE,
                        // of processes that run for seconds
                        "AEVO_JAVA_OPTIONS",
                        "-XX:TieredStopAtLevel=1"),
                command);
    }

    private static Result execute(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        // to a file: daemons that are started inherit it, and would keep a pipe open
        Path out = Files.createTempFile("slurm", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " hangs: " + Files.readString(out));
            }
            return new Result(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            verb("down");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
