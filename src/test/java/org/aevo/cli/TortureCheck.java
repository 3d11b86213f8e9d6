package org.aevo.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;

/** Everything that must hold of a run that was tortured and then finished in peace. */
final class TortureCheck {
    private static final Set<String> FILES =
            Set.of("best", "input.yaml", "run.h5", "run.journal", "run.lock", "run.log");
    private static final String PYTHON = "/usr/bin/python3";
    private static final String SCRIPT = "check_run.py";

    private final TortureRun run;
    private final RunPaths paths;
    private final List<String> violations = new ArrayList<>();

    private TortureCheck(TortureRun run) {
        this.run = run;
        this.paths = run.paths();
    }

    /** Whether the outside check can be made: h5py for Debian's Python. */
    static boolean hasH5py() throws IOException, InterruptedException {
        return Files.isExecutable(Path.of(PYTHON))
                && python("-c", "import h5py").code() == 0;
    }

    /**
     * What is wrong, a line each; nothing if all is well.
     *
     * @param sameAsUndisturbed whether its decisions must be those of a run in peace: in sync mode
     */
    static List<String> violations(TortureRun run, boolean sameAsUndisturbed) throws Exception {
        TortureCheck check = new TortureCheck(run);
        check.files();
        check.violations.addAll(JournalRules.broken(check.paths.journal()));
        check.verified();
        check.hdf5();
        if (sameAsUndisturbed) {
            check.decisions();
        }
        return check.violations;
    }

    private void files() throws IOException {
        try (Stream<Path> files = Files.list(paths.directory())) {
            files.filter(file -> !FILES.contains(file.getFileName().toString()))
                    .forEach(file -> violations.add(file + " is left over"));
        }
        try (Stream<Path> files = Files.list(paths.best())) {
            // nothing is trained, so there are no weights
            files.forEach(file -> violations.add(file + " is left over"));
        }
    }

    private void verified() throws Exception {
        String out = run.command("verify");
        if (!out.contains(": verified: ")) {
            violations.add("aevo verify: " + out);
        }
    }

    /** The last snapshot, and the file that recover makes, hold what the journal says. */
    private void hdf5() throws Exception {
        Path folder = Objects.requireNonNull(paths.directory().toAbsolutePath().getParent());
        Path snapshot = folder.resolve("snapshot.h5");
        Path entries = folder.resolve("entries.json");
        Path script = folder.resolve(SCRIPT);
        Files.copy(paths.hdf5(), snapshot, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(paths.hdf5());
        run.command("recover");
        EntryDump.write(paths.journal(), entries);
        try (InputStream in = TortureCheck.class.getResourceAsStream(SCRIPT)) {
            Files.write(script, Objects.requireNonNull(in, SCRIPT).readAllBytes());
        }
        Said said = python(
                script.toString(),
                entries.toString(),
                snapshot.toString(),
                paths.hdf5().toString());
        if (said.code() != 0 || !said.text().contains("values are equal")) {
            violations.add("run.h5 is not the journal: " + said.text());
        }
    }

    private void decisions() throws Exception {
        List<String> tortured = decisions(paths.journal());
        List<String> undisturbed = decisions(run.undisturbed());
        if (tortured.size() != undisturbed.size()) {
            violations.add(tortured.size() + " candidates, without disturbance " + undisturbed.size());
            return;
        }
        for (int id = 0; id < tortured.size(); id++) {
            if (!tortured.get(id).equals(undisturbed.get(id))) {
                violations.add(tortured.get(id) + "; without disturbance " + undisturbed.get(id));
                return;
            }
        }
    }

    /** Candidates with their fitness and the place in which they were taken in, by id. */
    private static List<String> decisions(Path journal) throws IOException {
        RunHistory history = RunHistory.read(journal);
        List<String> rows = new ArrayList<>();
        for (long id = 0; id < history.asked(); id++) {
            rows.add(history.candidate(id) + " "
                    + history.evaluation(id)
                            .map(r -> "fitness " + r.evaluation().fitness() + " insertion " + r.insertion()));
        }
        return rows;
    }

    private record Said(int code, String text) {}

    private static Said python(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text.strip());
    }
}
