package org.aevo.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Feeds a reader with mutations of valid inputs. Each must be accepted, or refused with the documented exception and one
 * short line; in bounded time; without allocating more than a multiple of its length. An input with an outcome that was
 * not seen before is mutated further: that leads past the first checks.
 *
 * <p>{@code aevo.fuzz.cases} and {@code aevo.fuzz.seed} set how many and which; {@code aevo.fuzz.input} names the file of
 * one input, as a failure leaves it, to be tried alone.
 */
public final class Fuzz {
    private static final long CASES = Long.getLong("aevo.fuzz.cases", 2000);
    private static final long SEED = Long.getLong("aevo.fuzz.seed", 20260101);
    private static final Optional<String> INPUT = Optional.ofNullable(System.getProperty("aevo.fuzz.input"));
    /** Of one case: far above what a busy machine can do to milliseconds. */
    private static final long LIMIT_SECONDS = 30;

    private static final int MAX_CORPUS = 400;
    private static final int MAX_CORPUS_BYTES = 20_000;
    private static final int MAX_MESSAGE = 2000;

    private final String name;
    private final Class<? extends Exception> refusal;
    private final long fixedBytes;
    private final long bytesPerByte;
    private final List<byte[]> corpus;
    private final Map<String, Long> outcomes = new HashMap<>();
    private long cases;
    private volatile byte[] current = new byte[0];
    private volatile long began;

    /** Takes an input and says in a word what it was; checks what must hold for one that is accepted. */
    @FunctionalInterface
    public interface Target {
        String take(byte[] input) throws Exception;
    }

    /** Makes another input from one, perhaps with parts of a second. */
    @FunctionalInterface
    public interface Mutator {
        byte[] mutate(Random random, byte[] input, byte[] other);
    }

    /**
     * @param refusal what the target may throw, exactly
     * @param fixedBytes that the target may allocate for any input
     * @param bytesPerByte that it may allocate further, for each byte of the input
     * @param valid inputs to begin with, all of them accepted
     */
    public Fuzz(
            String name, Class<? extends Exception> refusal, long fixedBytes, long bytesPerByte, List<byte[]> valid) {
        this.name = name;
        this.refusal = refusal;
        this.fixedBytes = fixedBytes;
        this.bytesPerByte = bytesPerByte;
        this.corpus = new ArrayList<>(valid);
    }

    public void run(Mutator mutator, Target target) throws Exception {
        Optional<Throwable> failure = watched(() -> all(mutator, target));
        System.out.println("fuzz " + name + ": " + cases + " cases, seed " + SEED + ", " + outcomes.size()
                + " different outcomes, " + outcomes.getOrDefault("accepted", 0L) + " accepted");
        if (failure.isPresent()) {
            Path file = Path.of("target", "fuzz", name + "-" + SEED + "-" + cases + ".bin");
            Files.createDirectories(file.getParent());
            Files.write(file, current);
            throw new AssertionError(
                    name + ", seed " + SEED + ", case " + cases + ", input in " + file + ": " + failure.get(),
                    failure.get());
        }
    }

    private Optional<Throwable> all(Mutator mutator, Target target) {
        try {
            for (byte[] valid : List.copyOf(corpus)) {
                if (!one(valid, target, true)) {
                    return Optional.of(new AssertionError("a valid input is refused"));
                }
            }
            if (INPUT.isPresent()) {
                one(Files.readAllBytes(Path.of(INPUT.get())), target, false);
                return Optional.empty();
            }
            Random random = new Random(SEED);
            for (cases = 1; cases <= CASES; cases++) {
                byte[] input = mutator.mutate(random, any(random).clone(), any(random));
                one(input, target, false);
            }
            cases = CASES;
            return Optional.empty();
        } catch (Throwable e) {
            return Optional.of(e);
        }
    }

    private byte[] any(Random random) {
        return corpus.get(random.nextInt(corpus.size()));
    }

    /** Whether the input was accepted. */
    private boolean one(byte[] input, Target target, boolean known) throws Exception {
        current = input;
        began = System.nanoTime();
        long before = allocated();
        String outcome;
        boolean accepted = false;
        try {
            outcome = "accepted as " + target.take(input.clone());
            accepted = true;
        } catch (Exception e) {
            if (e.getClass() != refusal) {
                throw e;
            }
            outcome = checked(e.getMessage());
        }
        long bytes = allocated() - before;
        long allowed = fixedBytes + bytesPerByte * input.length;
        if (!known && bytes > allowed) {
            throw new AssertionError(bytes + " bytes allocated for an input of " + input.length + ", allowed are "
                    + allowed + "; outcome: " + outcome);
        }
        if (accepted) {
            outcomes.merge("accepted", 1L, Long::sum);
        }
        boolean isNew = outcomes.merge(outcome, 1L, Long::sum) == 1;
        if (isNew && !known && corpus.size() < MAX_CORPUS && input.length <= MAX_CORPUS_BYTES) {
            corpus.add(input);
        }
        return accepted;
    }

    /** The kind of a message: without numbers and quotations. */
    private static String checked(String message) {
        if (message == null || message.isBlank() || message.length() > MAX_MESSAGE) {
            throw new AssertionError(
                    "no message, or one of " + (message == null ? 0 : message.length()) + " characters: " + message);
        }
        if (message.lines().count() != 1) {
            throw new AssertionError("a message of several lines: " + message);
        }
        return message.replaceAll("'[^']*'", "''").replaceAll("-?[0-9][0-9.eE+-]*", "0");
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /** Runs it in a thread of its own; a case that takes too long is a failure, with the place where it is. */
    private Optional<Throwable> watched(Supplier<Optional<Throwable>> work) throws InterruptedException {
        List<Throwable> failures = new ArrayList<>();
        began = System.nanoTime();
        Thread thread = new Thread(() -> work.get().ifPresent(failures::add), "fuzz-" + name);
        thread.setDaemon(true);
        thread.start();
        while (thread.isAlive()) {
            thread.join(100);
            if (thread.isAlive() && System.nanoTime() - began > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
                AssertionError hang = new AssertionError("still at it after " + LIMIT_SECONDS + " s");
                hang.setStackTrace(thread.getStackTrace());
                return Optional.of(hang);
            }
        }
        return failures.stream().findFirst();
    }

    /** A target of text, given as bytes of UTF-8, damaged perhaps. */
    public static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    /** An empty file in a folder that is deleted in the end, with all that targets left beside it. */
    public static Path file(String name) throws IOException {
        Path folder = Files.createTempDirectory("aevo-fuzz-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        return Files.createFile(folder.resolve(name));
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            // what the system's own tidying takes
        }
    }
}
