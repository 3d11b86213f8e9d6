package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuideSettingsTest {
    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void aCostWeightBeyondItsBoundsIsRefused(double weight) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new GuideSettings(GuideKind.SURROGATE, weight, ParentsKind.EVALUATED));
    }

    @Test
    void withoutAGuideNothingCounts() {
        assertEquals(GuideSettings.NONE, GuideSettings.of(GuideKind.NONE));
    }
}
