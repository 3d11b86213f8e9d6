package org.aevo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InheritanceReaderTest {
    private static final String BUDGET = "budget: {evaluations: 50}\n";

    private static RunConfig parse(String... lines) {
        return RunConfig.parse(BUDGET + String.join("\n", lines) + "\n", "in.yaml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "strategy: genetic|no",
                "strategy: aging|no",
                "strategy: random|no",
                "strategy: pairwise|yes",
                "{strategy: pairwise, evaluator: {kind: simulated}}|no",
                "{strategy: pairwise, task: {kind: classify, folds: 3}}|no",
                "{strategy: pairwise, task: {kind: classify}}|yes",
                "{strategy: pairwise, evolution: {inherit-weights: no}}|no",
                "{strategy: local, evolution: {inherit-weights: yes}}|yes",
                "{strategy: local, evolution: {inherit-weights: true}}|yes",
                "{strategy: pairwise, evolution: {inherit-weights: false}}|no"
            })
    void whatIsNotSaidFollowsFromTheRest(String input, String expected) {
        String lines = input.startsWith("{")
                ? input.replace("{strategy", "strategy").replace(", e", "\ne").replace(", task", "\ntask")
                : input;
        String text = lines.equals(input) ? lines : lines.substring(0, lines.length() - 1);
        RunConfig config = parse(text);
        assertEquals(expected.equals("yes"), config.inheritsWeights());
        String effective = config.effective().yaml();
        assertTrue(effective.contains("  inherit-weights: " + expected + "\n"), effective);
        RunConfig again = RunConfig.parse(effective, "again.yaml");
        assertEquals(effective, again.effective().yaml());
        assertEquals(config.inheritsWeights(), again.inheritsWeights());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "evaluator: {kind: simulated}|in.yaml:2:30: evolution.inherit-weights is yes, but simulated evaluations train no"
                        + " weights that could be inherited; set it to no, or evaluator.kind to train",
                "task: {kind: classify, folds: 4}|in.yaml:2:30: evolution.inherit-weights is yes, but with task.folds 4 parents were"
                        + " trained on what their children are validated with; set it to no, or task.folds to 1",
                "evaluator: 3|in.yaml:3:12: 'evaluator' must be followed by keys of its own"
            })
    void whatCannotInheritIsRefused(String line, String expected) {
        String message = assertThrows(InputException.class, () -> parse("evolution: {inherit-weights: yes}", line))
                .getMessage();
        assertEquals(expected, message);
    }

    @Test
    void anotherAnswerIsNone() {
        String message = assertThrows(InputException.class, () -> parse("evolution: {inherit-weights: maybe}"))
                .getMessage();
        assertTrue(message.startsWith("in.yaml:2:30: evolution.inherit-weights must be yes or no, was "), message);
    }

    /** The same input with another strategy is another search, not an error. */
    @Test
    void withoutParentsNothingIsInherited() {
        RunConfig config = parse("strategy: random", "evolution: {inherit-weights: yes}");
        assertEquals(false, config.inheritsWeights());
        assertEquals(
                List.of(
                        "evolution.inherit-weights is yes, but candidates of strategy random have no parents: nothing is"
                                + " inherited"),
                config.hints());
    }
}
