package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.aevo.genome.variation.VariationRates;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvolutionSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "1,5,1,1,1,1,'population must be at least 2, was 1'",
        "5,0,1,1,1,1,'offspring must be at least 1, was 0'",
        "5,5,0,1,1,1,'min population must be at least 1, was 0'",
        "5,5,6,1,1,1,'min population must be at most the population of 5, was 6'",
        "5,5,5,0,1,1,'tournament must be at least 1, was 0'",
        "5,5,5,6,1,1,'tournament must be at most the population of 5, was 6'",
        "5,5,5,2,0,1,'neighbours must be at least 1, was 0'",
        "5,5,5,2,1,0,'max tries must be at least 1, was 0'"
    })
    void wrongSettingsAreNamed(
            int population,
            int offspring,
            int minPopulation,
            int tournament,
            int neighbours,
            int maxTries,
            String message) {
        VariationRates rates = VariationRates.defaults();
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> new EvolutionSettings(
                        population, offspring, minPopulation, tournament, neighbours, maxTries, rates));
        assertEquals(message, e.getMessage());
    }
}
