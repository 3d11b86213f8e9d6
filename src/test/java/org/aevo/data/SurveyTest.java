package org.aevo.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SurveyTest {
    private static Survey survey(boolean image, double[]... samples) {
        int size = samples[0].length;
        Survey survey = new Survey(Contents.of("Set", "")
                .shape(image ? 1 : size, image ? size : 1, 1)
                .training(samples.length)
                .build());
        for (double[] sample : samples) {
            survey.see(sample);
        }
        return survey;
    }

    @Test
    void theRangeIsThatOfAllValues() {
        assertEquals(
                "-3 to 2.5",
                survey(false, new double[] {1, -3}, new double[] {2.5, 0}).range());
    }

    @Test
    void bytesOfMasksAreSaid() {
        Survey survey = survey(true, new double[] {0, 1}, new double[] {1, 0});
        assertTrue(survey.odd(true).get(0).startsWith("all bytes are 0 or 1"));
        assertEquals(List.of(), survey.odd(false));
        assertTrue(survey(true, new double[] {0, 15}, new double[] {9, 0})
                .odd(true)
                .get(0)
                .startsWith("no byte is above 15"));
        assertEquals(
                List.of(),
                survey(true, new double[] {0, 200}, new double[] {9, 0}).odd(true));
    }

    @Test
    void whatIsConstantIsSaid() {
        assertTrue(survey(true, new double[] {7, 7}, new double[] {7, 7})
                .odd(false)
                .get(0)
                .startsWith("all training"));
        assertEquals(
                List.of("1 of the 2 features are the same in all training samples"),
                survey(false, new double[] {7, 1}, new double[] {7, 2}).odd(false));
        // borders of images are so as a rule
        assertEquals(
                List.of(),
                survey(true, new double[] {0, 1}, new double[] {0, 2}).odd(false));
    }

    @Test
    void bytesAreUnsigned() {
        Survey survey = new Survey(Contents.of("Set", "")
                .shape(1, 2, 1)
                .training(1)
                .unsignedBytes()
                .build());
        survey.see(new byte[] {(byte) 200, 3});
        survey.see(new byte[] {4, 3});
        assertEquals("3 to 200", survey.range());
    }
}
