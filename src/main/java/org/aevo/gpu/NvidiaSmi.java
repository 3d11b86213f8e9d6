package org.aevo.gpu;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The driver's own program. It may be missing, fail, hang with its driver, or say what was not foreseen. */
final class NvidiaSmi {
    private static final int MOST_BYTES = 1 << 20;
    private static final int SHOWN = 120;
    private static final File NOTHING = new File("/dev/null");
    private static final Pattern CUDA = Pattern.compile("CUDA[ A-Z]{0,8} Version\\s*:\\s*(\\d{1,4})\\.(\\d{1,4})");
    private static final Pattern DRIVER = Pattern.compile("\\d{1,6}(\\.\\d{1,6}){1,3}");

    private final String program;
    private final Duration patience;

    /**
     * @param program to be found on the PATH, or a file
     * @param patience for each of its answers
     */
    NvidiaSmi(String program, Duration patience) {
        this.program = program;
        this.patience = patience;
    }

    /** What came of one call. */
    private record Answer(int code, String text) {}

    /** It does not answer. */
    private static final class SilentException extends IOException {
        private static final long serialVersionUID = 1;

        SilentException(String message) {
            super(message);
        }
    }

    /** Never throws: what is wrong is the host's problem. */
    NvidiaHost ask() {
        try {
            Answer answer = call("--query-gpu=index,uuid,name,compute_cap,driver_version,memory.total");
            if (answer.code != 0 && answer.text.contains("compute_cap")) { // drivers before 2021 do not tell it
                Answer older = call("--query-gpu=index,uuid,name,driver_version,memory.total");
                return older.code == 0 ? host(older.text, false) : failed(older);
            }
            return answer.code == 0 ? host(answer.text, true) : failed(answer);
        } catch (SilentException e) {
            return problem(e.getMessage());
        } catch (IOException e) { // there is none
            return NvidiaHost.NONE;
        }
    }

    private static NvidiaHost problem(String text) {
        return new NvidiaHost(Optional.empty(), Optional.empty(), List.of(), Optional.of(text));
    }

    private NvidiaHost failed(Answer answer) {
        String words = answer.text
                .lines()
                .map(NvidiaSmi::printable)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("it says nothing");
        return problem(program + " fails (code " + answer.code + ": " + words
                + "): is the NVIDIA driver installed and loaded?");
    }

    private NvidiaHost host(String text, boolean withCapability) throws IOException {
        List<Gpu> gpus = new ArrayList<>();
        Optional<String> driver = Optional.empty();
        Optional<String> strange = Optional.empty();
        for (String line : text.split("\\R")) {
            if (line.isBlank()) {
                continue;
            }
            List<String> fields = fields(line, withCapability ? 6 : 5);
            if (fields.isEmpty()
                    || !fields.get(0).matches("\\d{1,4}")
                    || fields.get(2).isEmpty()) {
                strange = strange.or(() -> Optional.of(program + " says what is not understood: " + printable(line)));
                continue;
            }
            int last = fields.size() - 1;
            gpus.add(new Gpu(
                    Integer.parseInt(fields.get(0)),
                    fields.get(1),
                    fields.get(2),
                    withCapability ? ComputeCapability.parse(fields.get(3)) : Optional.empty(),
                    whole(fields.get(last))));
            driver = driver.or(() -> Optional.of(fields.get(last - 1))
                    .filter(v -> DRIVER.matcher(v).matches()));
        }
        Optional<CudaVersion> least = driver.flatMap(CudaVersion::ofDriver);
        Optional<CudaVersion> cuda = gpus.isEmpty() ? Optional.empty() : cuda().or(() -> least);
        return new NvidiaHost(driver, cuda, gpus, strange);
    }

    /** Fields between commas; a name, the third, may hold some itself. Empty if there are too few. */
    private static List<String> fields(String line, int count) {
        List<String> parts = new ArrayList<>();
        for (String part : line.split(",", -1)) {
            parts.add(printable(part));
        }
        while (parts.size() > count) {
            parts.set(2, parts.get(2) + ", " + parts.remove(3));
        }
        return parts.size() == count ? parts : List.of();
    }

    private static OptionalLong whole(String text) {
        return text.matches("\\d{1,12}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** By the head of its long report: it asks the driver's library in force, which may be newer than the driver. */
    private Optional<CudaVersion> cuda() throws IOException {
        Answer answer = run(List.of(program, "-q", "-d", "COMPUTE"));
        Matcher m = CUDA.matcher(answer.text);
        return answer.code == 0 && m.find()
                ? Optional.of(
                        new CudaVersion(Integer.parseInt(m.group(1)), OptionalInt.of(Integer.parseInt(m.group(2)))))
                : Optional.empty();
    }

    private Answer call(String query) throws IOException {
        return run(List.of(program, query, "--format=csv,noheader,nounits"));
    }

    /**
     * @throws SilentException if it does not end in time, or never ceases to talk
     */
    private Answer run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(NOTHING)
                .start();
        StringBuffer text = new StringBuffer();
        Thread reader = new Thread(() -> read(process.getInputStream(), text), "read-" + program);
        reader.setDaemon(true); // a child of it may keep its output open
        reader.start();
        try {
            long end = System.nanoTime() + patience.toNanos();
            boolean ended = process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (ended) {
                TimeUnit.NANOSECONDS.timedJoin(reader, Math.max(1, end - System.nanoTime()));
            }
            if (!ended) {
                throw new SilentException(program + " does not answer within " + patience.toSeconds()
                        + " s: the NVIDIA driver may hang ('dmesg' may say why); reset the GPU or take another host");
            }
            return new Answer(process.exitValue(), text.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SilentException(program + " was not waited for");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly(); // not waited for: a driver that hangs holds it
        }
    }

    private static void read(InputStream in, StringBuffer text) {
        byte[] buffer = new byte[1 << 13];
        int total = 0;
        try {
            for (int n = in.read(buffer); n >= 0 && total < MOST_BYTES; n = in.read(buffer)) {
                total += n;
                text.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // it was ended: what it said until then serves
        }
    }

    /** On one line of a terminal, and not for ever. */
    static String printable(String text) {
        String clean = text.replaceAll("[^!-~]+", " ").strip();
        return clean.length() > SHOWN ? clean.substring(0, SHOWN) : clean;
    }
}
