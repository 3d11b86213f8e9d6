package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategyKindTest {
    @ParameterizedTest
    @CsvSource({
        "sync, genetic, true",
        "sync, aging, true",
        "sync, local, true",
        "sync, nsga2, true",
        "sync, random, false",
        "sync, list, false",
        "sync, pairwise, false",
        "async, genetic, false",
        "async, local, false",
        "sync, GENETIC, false",
        "sync, '', false"
    })
    void synchronousSearchesThatLearnWaitForGenerations(String mode, String strategy, boolean waits) {
        assertEquals(waits, StrategyKind.waitsForGenerations(mode, strategy));
    }

    @ParameterizedTest
    @CsvSource({
        "genetic, true",
        "aging, true",
        "local, false",
        "random, false",
        "list, false",
        "GENETIC, false",
        "'', false"
    })
    void populationsThatHaveNoChildrenAreNobodysToLeave(String strategy, boolean breeds) {
        assertEquals(breeds, StrategyKind.breedsFromPopulation(strategy));
    }
}
