package org.aevo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.aevo.search.Criterion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectivesReaderTest {
    private static final String BUDGET = "budget: {evaluations: 50}\n";

    private static RunConfig config(String strategy, String task) {
        return RunConfig.parse(BUDGET + "strategy: " + strategy + "\ntask: {" + task + "}\n", "in.yaml");
    }

    private static String problem(String strategy, String task) {
        return assertThrows(InputException.class, () -> config(strategy, task)).getMessage();
    }

    private static List<Criterion> objectives(String strategy, String task) {
        RunConfig config = config(strategy, task);
        RunConfig again = RunConfig.parse(config.effective().yaml(), "effective.yaml");
        assertEquals(config.task(), again.task(), "the effective input says the same");
        assertEquals(config.referencePoint(), again.referencePoint());
        return config.task().fitness().objectives();
    }

    @Test
    void areMeasuredWhateverTheStrategy() {
        assertEquals(List.of(), objectives("genetic", ""));
        assertEquals(
                List.of(Criterion.PARAMETERS, Criterion.PSNR),
                objectives("random", "kind: denoise, objectives: [parameters, psnr]"));
        assertEquals(
                List.of(0.5, -20.0),
                config("genetic", "objectives: [ssim, psnr], reference-point: [0.5, -20]")
                        .referencePoint());
    }

    @Test
    void nsga2HasSomeByDefault() {
        assertEquals(List.of(Criterion.VALIDATION_LOSS, Criterion.PARAMETERS), objectives("nsga2", ""));
        assertEquals(
                List.of(Criterion.MACRO_F1, Criterion.PARAMETERS),
                objectives("nsga2", "kind: classify, fitness: macro-f1"));
        assertEquals(
                List.of(Criterion.SSIM, Criterion.TRAINING_SECONDS, Criterion.OPERATIONS),
                objectives("nsga2", "objectives: [ssim, training-seconds, operations]"));
    }

    /** Every one is measured by some task, and those that none measures are refused for it. */
    @Test
    void eachTaskHasItsOwn() {
        for (Criterion criterion : Criterion.values()) {
            String other = criterion == Criterion.PARAMETERS ? "operations" : "parameters";
            long serving = Arrays.stream(new String[] {"reconstruct", "denoise", "embed", "classify"})
                    .filter(kind -> {
                        try {
                            config(
                                    "genetic",
                                    "kind: " + kind + ", objectives: [" + criterion.text() + ", " + other + "]");
                            return true;
                        } catch (InputException e) {
                            return false;
                        }
                    })
                    .count();
            assertEquals(expectedTasks(criterion), serving, criterion.text());
        }
    }

    private static long expectedTasks(Criterion criterion) {
        return switch (criterion) {
            case PARAMETERS, TRAINING_SECONDS, OPERATIONS -> 4;
            case VALIDATION_LOSS, CODE_SIZE -> 3;
            case PSNR, SSIM -> 2;
            default -> 1;
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            genetic | kind: embed, objectives: [ssim, parameters] | in.yaml:3:33: task.objectives has ssim, which task.kind embed does not measure; it has validation-loss, trustworthiness, continuity, probe-accuracy, knn-accuracy, parameters, training-seconds, operations, code-size
            nsga2 | kind: classify, objectives: [validation-loss, parameters] | in.yaml:3:36: task.objectives has validation-loss, which task.kind classify does not measure; it has cross-entropy, accuracy, macro-f1, parameters, training-seconds, operations
            nsga2 | objectives: [parameters] | in.yaml:3:20: task.objectives is [parameters], but strategy nsga2 lowers at least 2 objectives: name another, or leave the key out for [validation-loss, parameters]
            nsga2 | objectives: [] | in.yaml:3:20: task.objectives is [], but strategy nsga2 lowers at least 2 objectives: name another, or leave the key out for [validation-loss, parameters]
            genetic | objectives: [ssim] | in.yaml:3:20: task.objectives is [ssim], a single one: name at least 2, or none and let task.fitness say what is lowered
            genetic | objectives: [ssim, psnr, parameters, operations, code-size] | in.yaml:3:20: task.objectives is [ssim, psnr, parameters, operations, code-size], 5 objectives, but at most 4 are measured: leave out those that matter least
            genetic | reference-point: [1, 2] | in.yaml:3:25: task.reference-point is for task.objectives, and there are none: name them, or leave it out
            nsga2 | reference-point: [1] | in.yaml:3:25: task.reference-point is [1.0], of 1 number, but task.objectives has 2, validation-loss, parameters: give one for each, in this order
            """)
    void whatCannotBe(String strategy, String task, String message) {
        assertEquals(message, problem(strategy, task));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            textBlock =
                    """
            objectives: [validation-los, parameters]; was ['validation-los', 'parameters'] (did you mean 'validation-loss'?)
            objectives: [parameters, paramters]; was ['parameters', 'paramters'] (did you mean 'parameters'?)
            objectives: [parameters, parameters]; was ['parameters', 'parameters'], in which one stands twice
            objectives: [weight, parameters]; was ['weight', 'parameters']
            objectives: parameters; was 'parameters'
            objectives: [[parameters, ssim]]; was [['parameters', 'ssim']]
            """)
    void whatIsNoList(String task, String end) {
        String problem = problem("nsga2", task);
        String begin = "in.yaml:3:20: task.objectives must be a list of validation-loss, psnr, ssim, ";
        assertEquals(begin, problem.substring(0, Math.min(problem.length(), begin.length())));
        assertEquals(end, problem.substring(problem.indexOf("was ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
            objectives: [ssim, parameters], reference-point: 3; task.reference-point must be a list of numbers
            objectives: [ssim, parameters], reference-point: [a, 2]; task.reference-point must be a list of numbers
            objectives: [ssim, parameters], reference-point: [.inf, 2]; task.reference-point must be a list of numbers
            objectives: [ssim, parameters], reference-point: [.nan, 2]; task.reference-point must be a list of numbers
            """)
    void whatIsNoPoint(String task, String words) {
        assertEquals(true, problem("genetic", task).contains(words), problem("genetic", task));
    }
}
