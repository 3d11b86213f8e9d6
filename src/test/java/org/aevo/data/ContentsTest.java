package org.aevo.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ContentsTest {
    /** No component is what a builder begins with. */
    private static final Contents ALL = new Contents(
            "Set",
            "/place",
            2,
            3,
            4,
            5,
            6,
            7,
            "bits",
            true,
            true,
            true,
            List.of("odd"),
            OptionalDouble.of(-1),
            List.of(Path.of("/other")),
            Layout.CHANNELS_LAST,
            List.of("x", "y"));

    @Test
    void otherRemarksChangeNothingElse() {
        assertFalse(ALL.equals(ALL.withRemarks(List.of())));
        assertEquals(ALL, ALL.withRemarks(List.of()).withRemarks(ALL.remarks()));
    }

    @Test
    void targetsBringTheirFilesAndRemarks() {
        Contents samples = Contents.of("Set", "/place").unsignedBytes().build();
        Contents targets = ALL.withRemarks(List.of("odd", "odder"));
        Contents both = samples.withRemarks(List.of("odd")).withTargets(targets);
        assertTrue(both.paired() && both.bytes());
        assertEquals("unsigned bytes", both.type());
        assertEquals(List.of("odd", "clean targets: odder"), both.remarks());
        assertEquals(List.of(Path.of("/other")), both.otherFiles());
        Contents doubles = Contents.of("targets", "").build();
        assertFalse(ALL.withTargets(doubles).bytes());
    }

    @Test
    void partsOfTheirOwnReplaceThoseOfTheSet() {
        Contents validation = Contents.of("v", "")
                .training(11)
                .otherFiles(List.of(Path.of("/v")))
                .build();
        Contents both = ALL.withParts(Optional.of(validation), Optional.empty());
        assertEquals(11, both.validation());
        assertEquals(0, both.test());
        assertEquals(List.of(Path.of("/other"), Path.of("/v")), both.otherFiles());
        Contents test = Contents.of("t", "").training(7).build();
        Contents six = Contents.of("v", "").training(6).build();
        assertEquals(ALL, ALL.withParts(Optional.of(six), Optional.of(test)));
    }
}
