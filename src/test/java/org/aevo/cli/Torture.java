package org.aevo.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.aevo.record.RunHistory;

/**
 * {@code Torture PROGRAM FOLDER [KILLS] [SEED]}: kills workers and masters of four real runs, one of each mode with workers alone and one with teams, on a random
 * schedule until so many processes were killed, lets them spend their budget, and checks that nothing was lost and
 * nothing doubled. Ends with code 1 if a check fails; the folder is kept for a look.
 */
final class Torture {
    private static final int MORE_EVALUATIONS = 100;
    private static final int KILLS_PER_BIRTH = 20;
    private static final int RUNS = 4;

    private Torture() {}

    public static void main(String[] arguments) throws Exception {
        List<String> program = List.of(Path.of(arguments[0]).toAbsolutePath().toString());
        Path folder = Files.createDirectories(Path.of(arguments[1])).toAbsolutePath();
        int kills = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 300;
        long seed = arguments.length > 3 ? Long.parseLong(arguments[3]) : new Random().nextInt(1_000_000);
        System.out.printf("torture: %d kills, seed %d, in %s%n", kills, seed, folder);
        if (!TortureCheck.hasH5py()) {
            System.err.println("torture: the check of run.h5 needs h5py: bin/setup tests installs it");
            System.exit(ExitCode.FAILED);
        }
        boolean good = true;
        int run = 0;
        for (int team : new int[] {1, 2}) {
            for (String mode : List.of("sync", "async")) {
                // the rest of the kills divided by the rest of the runs
                int share = kills / (RUNS - run);
                kills -= share;
                good &= quarter(folder, mode, team, share, seed + run++, program);
            }
        }
        if (!good) {
            System.out.printf("torture: FAILED with seed %d; the runs are in %s%n", seed, folder);
            System.exit(ExitCode.FAILED);
        }
    }

    private static boolean quarter(Path folder, String mode, int team, int kills, long seed, List<String> program)
            throws Exception {
        String name = team == 1 ? mode : mode + "-teams";
        Path own = Files.createDirectories(folder.resolve(name));
        long started = System.nanoTime();
        List<String> violations;
        TortureRun run = new TortureRun(own, mode, team, seed, program, line -> System.out.println(name + " " + line));
        try (run) {
            for (int birth = 0; birth < kills / KILLS_PER_BIRTH; birth++) {
                run.dieAtBirth(500L * birth);
            }
            run.suffer(new TorturePlan(seed), kills);
            run.finish(MORE_EVALUATIONS);
            violations = TortureCheck.violations(run, mode.equals("sync"));
        } catch (AssertionError e) {
            violations = List.of(e.getMessage());
        }
        System.out.printf("%s: %s%n", name, run.tally());
        if (Files.exists(run.paths().journal())) {
            RunHistory history = RunHistory.read(run.paths().journal());
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d evaluations, %d worker processes, %.0f s of the run, %.0f s in all%n",
                    name,
                    history.evaluated(),
                    history.workers().size(),
                    history.wallSeconds(),
                    (System.nanoTime() - started) / 1e9);
        }
        violations.forEach(violation -> System.out.printf("%s: VIOLATION: %s%n", name, violation));
        if (violations.isEmpty()) {
            System.out.println(name + ": every check passed");
        }
        return violations.isEmpty();
    }
}
