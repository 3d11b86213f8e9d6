package org.aevo.master;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.aevo.record.Outside;
import org.aevo.record.RunReader;
import org.aevo.search.Budget;
import org.aevo.search.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code bench/studies} computes of run.h5: known answers of files made by hand, and the rows of a real run. */
@Timeout(120)
class StudiesScriptTest {
    /** Makes two runs by hand: rows by id, some not taken in, some without a loss, arrivals out of order. */
    private static final String HAND_MADE =
            """
            import importlib.machinery, importlib.util, os, sys
            import h5py, numpy as np
            sys.path.insert(0, "bench/studies")
            import analysis
            def load(name):
                loader = importlib.machinery.SourceFileLoader(name, "bench/studies/" + name)
                module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
                loader.exec_module(module)
                return module
            def make(name, insertion, arrived, loss, status, **more):
                folder = os.path.join(sys.argv[1], name)
                os.makedirs(folder, exist_ok=True)
                with h5py.File(os.path.join(folder, "run.h5"), "w") as f:
                    f.attrs["complete"], f.attrs["simulated"] = 1, 0
                    t = f.create_group("evaluations")
                    t.attrs["rows"] = len(loss)
                    ones = np.ones(len(loss))
                    columns = dict(insertion=insertion, arrived_s=arrived, validation_loss=loss, status=status,
                                   epochs=[2] * len(loss), build_s=ones, train_s=2 * ones, validate_s=ones, **more)
                    for column, values in columns.items():
                        t[column] = np.array(values)
                    f.create_group("timeline").attrs.update(utilisation=0.5, first_dispatch_s=0.5)
                    f["run/git_commit"] = "0123456789abcdef"
                return analysis.Run(folder)
            nan = float("nan")
            evolved = make("evolved", [1, 0, 3, -1, 2], [2.0, 1.0, 4.0, 9.0, 3.0], [0.4, 0.5, 0.1, 0.05, 0.2], [0] * 5)
            drawn = make("drawn", [0, 1, 2, 3, 4], [1.0, 2.0, 3.0, 4.0, 5.0], [0.6, nan, 0.3, 0.2, 0.2], [0, 2, 0, 0, 0])
            """;

    @TempDir
    Path folder;

    private List<String> python(String program) throws Exception {
        return Outside.python(HAND_MADE + program, folder.toString()).lines().toList();
    }

    /** Before anything is built, run or written. */
    @ParameterizedTest
    @CsvSource({
        "modes,2.2 s,20,0.19",
        "stopping,3 s,20,0.14",
        "evolution,6 evaluations,20,0.07",
        "classify,3.2 s,20,0.13",
        "strategies,2 evaluations,20,0.20",
        "ensemble,96 training samples,200,0.05"
    })
    void aScaleThatIsTooSmallIsRefusedAtOnce(String study, String length, int least, String enough) throws Exception {
        Path output = folder.resolve("output");
        Path runs = folder.resolve("runs");
        Outside.Result said = Outside.script(
                "bench/studies/" + study, "--scale", "0.02", "-o", output.toString(), "--runs", runs.toString());
        assertEquals(1, said.exit());
        assertEquals(
                "bench/studies/" + study + ": --scale 0.02 gives runs of " + length + ", of which at least " + least
                        + " are needed: try " + enough + "\n",
                said.output());
        assertTrue(Files.notExists(output) && Files.notExists(runs));
    }

    @Test
    void lossesAreInTheOrderInWhichTheSearchTookThemIn() throws Exception {
        List<String> said = python(
                """
                print(*evolved.losses, *analysis.best_so_far(drawn.losses))
                print(*evolved.until(3.5), *evolved.until(3.4), analysis.window([evolved, drawn], 10), evolved.busy.sum(), evolved.wall, evolved.commit, evolved.utilisation)
                print(*analysis.curves([evolved, drawn])[0])
                """);
        assertEquals("0.5 0.4 0.2 0.1 0.05 0.6 0.6 0.3 0.2 0.2", said.get(0));
        assertEquals("0.5 0.4 0.2 0.1 0.5 0.4 0.2 9.5 20.0 9.0 0123456789abcdef 0.5", said.get(1));
        assertEquals(List.of(0.55, 0.5, 0.25, 0.15, 0.125), numbers(said.get(2)));
    }

    @Test
    void aRaceIsDecidedByTheEvaluationsThatEachNeeds() throws Exception {
        List<String> said = python(
                """
                print(analysis.race(evolved, drawn))
                print(analysis.needed(drawn.losses, 0.1), analysis.needed(drawn.losses, 0.6))
                print(analysis.draws(drawn.losses, 0.2), analysis.draws(drawn.losses, 0.19))
                text, raw, curves = load("evolution").tables(["reconstruct"],
                    {("reconstruct", "genetic"): [evolved, evolved], ("reconstruct", "random"): [drawn, evolved]})
                print(raw[1:])
                print(curves[-1])
                print([row for row in text.splitlines() if row.startswith("| reconstruct")])
                """);
        assertEquals(
                "{'evaluations': 5, 'random_best': 0.2, 'evolution_best': 0.05, 'random_needs': 4, 'evolution_needs': 3}",
                said.get(0));
        assertEquals("inf 1", said.get(1));
        // two of five are as low; none is lower
        assertEquals("2.5 inf", said.get(2));
        assertEquals("[('reconstruct', 1, 5, 0.05, 0.2, 3, 4), ('reconstruct', 2, 5, 0.05, 0.05, 5, 5)]", said.get(3));
        assertEquals("('reconstruct', 'random search', 5, '0.125', '0.05', '0.2')", said.get(4));
        // ends; needs 3 and 5 against 4 and 5; two of the ten reach 0.125, one reaches 0.05; failures and seconds
        assertEquals(
                "['| reconstruct | 0.05000 (0.05000–0.05000) | 0.12500 (0.05000–0.20000) | 37.5 (0.0–75.0) | 1 of 2 |', "
                        + "'| reconstruct | 4 (3–5) | 4 (4–5) | 1.2 (1.0–1.3) | 1.3 (1.0–1.7) |', "
                        + "'| reconstruct | 4 (4–4) | 1.2 (1.2–1.2) | 2 of 10 | 5 | 1.2 (1.2–1.2) | 1 of 10 |', "
                        + "'| reconstruct, evolution | 10 | 0 | 4.00 |', '| reconstruct, random search | 10 | 1 | 4.00 |']",
                said.get(5));
    }

    /** Differences are taken within a repeat, and the monolith has the time that the ensemble took. */
    @Test
    void anEnsembleIsComparedRepeatByRepeat() throws Exception {
        List<String> said = python(
                """
                study = load("ensemble")
                def row(rival, repeat, epoch, test, seconds):
                    return dict(rival=rival, repeat=repeat, epoch=epoch, validation_accuracy=nan, test_accuracy=test, effective_s=seconds)
                rows = [row("joint-code", 1, 1, 0.75, 10.0), row("joint-code", 2, 1, 0.5, 12.0), row("joint-code", 1, 5, nan, 20.0),
                        row("monolith", 1, 1, 0.5, 4.0), row("monolith", 2, 1, 0.625, 13.0), row("monolith", 1, 5, 0.75, 9.0),
                        row("monolith", 2, 5, 0.875, 30.0), row("principal-components", 1, -1, 0.25, 3.0),
                        row("principal-components", 2, -1, 0.25, 3.0)]
                diversity = [dict(repeat=r, epoch=1, test_disagreement=0.25 * r, test_error_correlation=c) for r, c in ((1, nan), (2, 0.5))]
                print(study.of(rows, "joint-code", 5), study.within(rows, 1, 10.0), study.within(rows, 2, 12.0))
                print([line for line in study.page("small", rows, diversity).splitlines() if line.startswith("| 1 |")])
                print([line for line in study.page("small", rows, diversity).splitlines() if line.startswith("| monolith |")])
                import types
                print(round(study.estimate(types.SimpleNamespace(seeds=1, workers=1), 4800, 1200)))
                """);
        assertEquals("{} 0.75 None", said.get(0));
        assertEquals(
                "['| 1 | 6.25 ± 26.52 (1 of 2) | 0.00 (0 of 1) | -18.75 ± 26.52 (0 of 2) | 37.50 ± 17.68 (2 of 2) |', "
                        + "'| 1 | 37.5 ± 17.7 | 0.500 |']",
                said.get(1));
        assertEquals(
                "['| monolith | 56.25 ± 8.84 | 81.25 ± 8.84 |', '| monolith | 8.5 ± 6.4 | 19.5 ± 14.8 |']",
                said.get(2));
        // 720,000 samples trained, 58 times 16,000 encoded, 39 classifiers of 20 epochs
        assertEquals(Math.round(144 + 33.408 + 9.36), Integer.parseInt(said.get(3)));
    }

    /** Of classifiers the fitness is what a search lowers, and there is no validation loss. */
    @Test
    void classifiersAreRankedByFitnessAndTestedByAccuracy() throws Exception {
        List<String> said = python(
                """
                told = make("told", [0, 1, 2], [1.0, 2.0, 3.0], [nan] * 3, [0] * 3, fitness=[0.5, 0.3, 0.4], accuracy=[0.8, 0.9, 0.95])
                import types
                def tested(*accuracies):
                    return dict(parameters=7, repeats=[dict(accuracy=a) for a in accuracies])
                study = load("classify")
                text, raw = study.tables(types.SimpleNamespace(seeds=1, repeats=2, processors=5, population=20), 2.0,
                    {(arm, 1): told for arm in study.ARMS}, {(arm, 1): tested(0.75, 0.85) for arm in study.TESTED}, [1.25])
                print(raw[1], raw[2][:6], raw[-1])
                print([row for row in text.splitlines() if row.startswith("| evolution, sync") or row.startswith("| random") or row.startswith("| baseline")])
                print("1.25" in text)
                """);
        assertEquals(
                "('evolution, async', 1, 2, '0.3', '0.9000', 7, '0.8000', '0.0707', '0.7500 0.8500') "
                        + "('evolution, sync', 1, 2, '0.3', '0.9000', '') ('baseline', 1, '', '', '', 7, '0.8000', '0.0707', '0.7500 0.8500')",
                said.get(0));
        assertEquals(
                "['| random search | 80.00 (80.00–80.00) | 7.07 (7.07–7.07) | 7 (7–7) |', "
                        + "'| baseline | 80.00 (80.00–80.00) | 7.07 (7.07–7.07) | 7 (7–7) |', "
                        + "'| evolution, sync | 2 (2–2) | 0.3000 (0.3000–0.3000) | 90.00 (90.00–90.00) | 0.500 (0.500–0.500) | 4.00 (4.00–4.00) |', "
                        + "'| random search | 2 (2–2) | 0.3000 (0.3000–0.3000) | 90.00 (90.00–90.00) | 0.500 (0.500–0.500) | 4.00 (4.00–4.00) |']",
                said.get(1));
        assertEquals("True", said.get(2));
    }

    /** Two runs by hand: what reaches the target when, and what their fronts dominate, worked out on paper. */
    @Test
    void strategiesAreHeldAgainstATargetAndByTheirFronts() throws Exception {
        List<String> said = python(
                """
                sized = make("sized", [0, 1, 2, 3], [1.0, 2.0, 3.0, 4.0], [0.2, 0.1, 0.15, nan], [0, 0, 0, 2],
                             parameters=[100, 10000, 1000, 0], cumulated_epochs=[2, 4, 6, 0],
                             cpu_s=[1.0, nan, 2.0, 4.0])
                print([(x, round(y, 9)) for x, y in analysis.front(sized.losses, sized.parameters)])
                print(round(analysis.area(analysis.front(sized.losses, sized.parameters), 0.2, 4), 9),
                      round(analysis.area([(0.1, 2.0), (0.15, 1.0)], 0.25, 4), 9))
                print(analysis.seconds_to(sized, 0.15), analysis.seconds_to(sized, 0.01))
                import types
                study = load("strategies")
                text, raw = study.tables(types.SimpleNamespace(seeds=1), {(arm, 1): sized for arm in study.ARMS})
                print(raw[1])
                print([row for row in text.splitlines() if row.startswith("| pairwise, inherited") or row.startswith("| nsga2")])
                """);
        assertEquals("[(0.1, 4.0), (0.15, 3.0), (0.2, 2.0)]", said.get(0));
        assertEquals("0.05 0.4", said.get(1));
        // processor time, and what an evaluation took where that is unknown
        assertEquals("5.0 inf", said.get(2));
        assertEquals("('random', 1, 4, '0.1', '2', '5', '11', '10000', '4', '0.05', 1)", said.get(3));
        assertEquals(
                "['| pairwise, inherited | 0.10000 (0.10000–0.10000) | 1 of 1 | 2 (2–2) | 5.0 (5.0–5.0) | 11.0 (11.0–11.0) | 10,000 (10,000–10,000) | 4 (4–4) | 1 |', "
                        + "'| nsga2 | 0.10000 (0.10000–0.10000) | 1 of 1 | 2 (2–2) | 5.0 (5.0–5.0) | 11.0 (11.0–11.0) | 10,000 (10,000–10,000) | 4 (4–4) | 1 |', "
                        + "'| nsga2 | 0.0500 (0.0500–0.0500) | 3 (3–3) | 0.10000 (0.10000–0.10000) | 10,000 (10,000–10,000) |']",
                said.get(4));
    }

    /** Two seeds by hand of three searches: what each needs, and which of those that are not aevo's is the one to beat. */
    @Test
    void searchesAreHeldAgainstRandomSearchAndAgainstTheBestOfTheOthers() throws Exception {
        List<String> said = python(
                """
                import types
                study = load("search")
                def searched(name, losses, cpu):
                    n = len(losses)
                    return make(name, range(n), np.arange(n) + 1.0, losses, np.isnan(losses).astype(int), cpu_s=cpu)
                read = {}
                for s, worse in ((1, 0), (2, 0.1)):
                    read["denoise-dense", "aevo", s] = searched(f"a{s}", [0.5, 0.3, 0.1 + worse, 0.2], [1.0, 2.0, 4.0, 8.0])
                    read["denoise-dense", "random", s] = searched(f"r{s}", [0.9, nan, 0.4, 0.5], [1.0] * 4)
                    read["denoise-dense", "optuna, default", s] = searched(f"o{s}", [0.6, 0.5, 0.3, 0.2], [0.5] * 4)
                arms = ["aevo", "random", "optuna, default"]
                text, raw, curves = study.tables(types.SimpleNamespace(seeds=2), ["denoise-dense"], arms, read, 4)
                print([line for line in text.splitlines() if line.startswith("Target")])
                for row in text.splitlines():
                    if row.startswith(("| aevo", "| random", "| optuna")):
                        print(row)
                print(raw[0][4:])
                print(raw[2])
                print(curves[4])
                full = {("denoise-mixed", s): [dict(kind="candidate", model=f"candidate {s}", parameters=9, epochs=5, mse=0.2),
                                               dict(kind="textbook", model="textbook, dense", parameters=8, epochs=6, mse=0.1 * s)] for s in (1, 2, 3)}
                text, raw = study.against_textbooks(full)
                print([row for row in text.splitlines() if row.startswith(("| aevo", "| text"))])
                print(raw[-1], study.against_textbooks({}))
                """);
        assertEquals("[\"Target 0.40000, the others' end 0.20000.\"]", said.get(0));
        // after two and three evaluations, of 1 + 2 and 1 + 2 + 4 seconds
        assertEquals(
                "| aevo | 2 (2–2) | 3.0 (3.0–3.0) | 3 (3–3) | 7 (7–7) | 15 (15–15) | 0 | 0 |",
                said.get(1).replaceAll("  +", " "));
        assertEquals(
                "| random | 3 (3–3) | 3.0 (3.0–3.0) | never (never–never) | never (never–never) | 4 (4–4) | 0 | 2 |",
                said.get(2).replaceAll("  +", " "));
        assertEquals(
                "| optuna, default | 3 (3–3) | 1.5 (1.5–1.5) | 4 (4–4) | 2 (2–2) | 2 (2–2) | 0 | 0 |",
                said.get(3).replaceAll("  +", " "));
        assertEquals(
                "('target', 'evaluations_to_target', 'worker_seconds_to_target', 'others_end', 'evaluations_to_others_end', "
                        + "'worker_seconds_to_others_end', 'worker_seconds', 'without_result')",
                said.get(4));
        assertEquals("('denoise-dense', 'aevo', 2, 4, '0.4', 2, '3', '0.2', 3, '7', '15', 0)", said.get(5));
        assertEquals("('denoise-dense', 'aevo', 4, '0.15', '0.1', '0.2')", said.get(6));
        assertEquals(
                "[\"| aevo's best | 0.20000 (0.20000–0.20000) |  |\", '| textbook, dense | 0.20000 (0.10000–0.30000) | 1 of 3 |']",
                said.get(7));
        assertEquals(
                "('denoise-mixed', 3, 'textbook, dense', 8, 6, '0.3') ('', [('task', 'seed', 'model', 'parameters', 'epochs', 'mse')])",
                said.get(8));
    }

    /** Each seed is held against its own run without a rule, after as many evaluations; what they took is worked out on paper. */
    @Test
    void whatARuleSavesIsCountedAtEqualEvaluations() throws Exception {
        List<String> said = python(
                """
                import types
                study = load("stopping")
                def searched(name, losses, epochs, stopped, cpu):
                    run = make(name, [0, 1, 2, 3], [1.0, 2.0, 3.0, 4.0], losses, [0] * 4, cpu_s=cpu, stopped=stopped, id=[10, 11, 12, 13])
                    run.trained = np.array(epochs)
                    return run
                plain = searched("plain", [0.4, 0.3, 0.2, 0.1], [10] * 4, [0] * 4, [10.0] * 4)
                ruled = searched("ruled", [0.5, 0.25, 0.35, 0.05], [10, 1, 3, 10], [0, 1, 3, 0], [10.0, 1.0, 4.0, 40.0])
                print(study.equal([plain, ruled], 2.6), study.winner(plain, 4), study.winner(plain, 3), study.winner(ruled, 3))
                print(*map(study.named, study.ARMS))
                read = {(arm, 1): ruled if arm in study.RULES else plain for arm in study.ARMS}
                full = {key: dict(epochs=60, held_out_loss=0.015, mse=0.0155) for key in read}
                text, raw = study.tables(1, 3.5, read, full)
                print([row for row in text.splitlines() if row.startswith("| 10 epochs")])
                print(raw[-1])
                text, raw = study.at_equal_evaluations(1, {1: 3}, read, full)
                print([row for row in text.splitlines() if row.startswith("| 10 epochs")])
                print(raw[1], raw[-1])
                """);
        // three arrived by 2.5 s after the first dispatch; of the first three the best is not the run's best, but of
        // all four it is
        assertEquals("3 None 12 11", said.get(0));
        assertEquals("1-epochs 3-epochs 10-epochs 10-epochs-halving 10-epochs-median", said.get(1));
        String after = "0.01500 (0.01500–0.01500) | 0.01550 (0.01550–0.01550) |";
        assertEquals(
                "['| 10 epochs | 4,114 (4,114–4,114) |  | 0.10000 (0.10000–0.10000) | " + after
                        + "', '| 10 epochs, halving | 4,114 (4,114–4,114) | 50 (50–50) | 0.05000 (0.05000–0.05000) | "
                        + after
                        + "', '| 10 epochs, median | 4,114 (4,114–4,114) | 50 (50–50) | 0.05000 (0.05000–0.05000) | "
                        + after
                        + "']",
                said.get(2));
        assertEquals("('10 epochs, median', 1, '3.5', 4, 2, '0.05', 60, '0.015', '0.0155')", said.get(3));
        // of three: 14 epochs in place of 30, 15 s of processors in place of 30; each took 4 s of a worker
        String ruled = "67 (67–67) | 53 (53–53) | 0 (0–0) | 50 (50–50) | 0.25000 (0.25000–0.25000) | " + after;
        assertEquals(
                "['| 10 epochs | 0 (0–0) |  |  |  | 0.20000 (0.20000–0.20000) | " + after
                        + "', '| 10 epochs, halving | " + ruled + "', '| 10 epochs, median | " + ruled + "']",
                said.get(4));
        assertEquals(
                "('10 epochs', 1, 3, 0, 30, '12', '30', '0.2', '0.015', '0.0155') "
                        + "('10 epochs, median', 1, 3, 2, 14, '12', '15', '0.25', '0.015', '0.0155')",
                said.get(5));
    }

    @Test
    void aRealRunIsReadAsItsOwnProgressTellsIt() throws Exception {
        Path run = folder.resolve("real");
        new InProcessRun(run, Mode.SYNC, 7, Budget.ofEvaluations(50), 3).run();
        List<String> said = python(
                """
                real = analysis.Run(os.path.join(sys.argv[1], "real"))
                print(len(real.losses), real.complete)
                print(*analysis.best_so_far(real.losses))
                """);
        assertEquals("50 True", said.get(0));
        double[] progress = RunReader.read(run).progress().doubles("best_fitness");
        // the last two arrived, but their generation of eight was not complete
        assertEquals(48, progress.length);
        double[] counted =
                Stream.of(said.get(1).split(" ")).mapToDouble(Double::valueOf).toArray();
        assertArrayEquals(progress, Arrays.copyOf(counted, 48));
        assertTrue(counted[49] <= counted[47] && counted[47] < counted[0], said.get(1));
    }

    private static List<Double> numbers(String line) {
        return List.of(line.split(" ")).stream()
                .map(Double::valueOf)
                .map(x -> Math.round(x * 1e9) / 1e9)
                .toList();
    }
}
