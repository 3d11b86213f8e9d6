package org.aevo.report.run;

import org.aevo.report.Figure;

/** What a network makes of samples, as one picture. */
public final class ModelPicture {
    private ModelPicture() {}

    /** Samples, what the network gets and what it makes of it; below them its codes in a plane. */
    public static Figure of(Outputs outputs) {
        return new OutputSection(outputs, new Names("", false)).picture();
    }
}
