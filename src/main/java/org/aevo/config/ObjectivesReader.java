package org.aevo.config;

import java.util.List;
import java.util.Optional;
import org.aevo.network.EnumText;
import org.aevo.search.Criterion;
import org.aevo.yaml.Suggestion;

/** Reads which objectives of the task are measured, and from which point their hypervolume is. */
final class ObjectivesReader {
    /**
     * Of more objectives almost no candidate is better than another in all of them, so that there is nothing to select by; and
     * the time that exact hypervolumes take grows with their number as an exponent.
     */
    private static final int MOST = 4;

    /** The product of as many is a number still. */
    private static final double LARGEST = 1e50;

    private static final String OBJECTIVES = "objectives";
    private static final String REFERENCE_POINT = "reference-point";

    private ObjectivesReader() {}

    /**
     * What the section says.
     *
     * @param criteria none, or at least two
     * @param referencePoint as many numbers; empty for a point of the run's own
     */
    record Read(List<Criterion> criteria, List<Double> referencePoint) {}

    /**
     * @param kind of the task
     * @param measured what may be an objective of it
     * @param fitness what its fitness stands on
     * @param several whether the search lowers several objectives
     */
    static Read read(Section s, String kind, List<Criterion> measured, Criterion fitness, boolean several) {
        List<Criterion> standard = several ? List.of(fitness, Criterion.PARAMETERS) : List.of();
        List<Criterion> objectives = s.anyOf(
                OBJECTIVES,
                Criterion.class,
                standard,
                "what is measured to be lowered, 2 to " + MOST
                        + " of them: by strategy nsga2, whose default is what task.fitness stands on, and parameters; with any other they are only recorded. The validation loss and figures as task.fitness has them (psnr: its negative), parameters, seconds of gradient steps, estimated floating-point operations of a pass forward of one sample, values of the code");
        Optional<List<Double>> reference = s.optionalDecimals(
                REFERENCE_POINT,
                -LARGEST,
                LARGEST,
                "one number for each objective as it is lowered (1 - ssim, -psnr), from which hypervolumes are measured, so that those of several runs compare; none for the worst of each that the run has seen");
        check(s, kind, measured, objectives, standard);
        if (reference.isPresent() && objectives.isEmpty()) {
            throw s.error(REFERENCE_POINT, "is for task.objectives, and there are none: name them, or leave it out");
        }
        if (reference.isPresent() && reference.get().size() != objectives.size()) {
            throw s.error(
                    REFERENCE_POINT,
                    "is " + Section.print(reference.get()) + ", of "
                            + count(reference.get().size(), "number")
                            + ", but task.objectives has " + objectives.size() + ", "
                            + EnumText.choices(objectives) + ": give one for each, in this order");
        }
        return new Read(objectives, reference.orElse(List.of()));
    }

    private static void check(
            Section s, String kind, List<Criterion> measured, List<Criterion> objectives, List<Criterion> standard) {
        for (Criterion objective : objectives) {
            if (!measured.contains(objective)) {
                String near = Suggestion.nearest(
                                objective.text(),
                                measured.stream().map(Criterion::text).toList())
                        .map(word -> "; did you mean '" + word + "'?")
                        .orElse("");
                throw s.error(
                        OBJECTIVES,
                        "has " + objective.text() + ", which task.kind " + kind + " does not measure; it has "
                                + EnumText.choices(measured) + near);
            }
        }
        if (objectives.size() < 2 && !standard.isEmpty()) {
            throw s.error(
                    OBJECTIVES,
                    "is " + Section.print(objectives)
                            + ", but strategy nsga2 lowers at least 2 objectives: name another, or leave the key out for "
                            + Section.print(standard));
        }
        if (objectives.size() == 1) {
            throw s.error(
                    OBJECTIVES,
                    "is " + Section.print(objectives)
                            + ", a single one: name at least 2, or none and let task.fitness say what is lowered");
        }
        if (objectives.size() > MOST) {
            throw s.error(
                    OBJECTIVES,
                    "is " + Section.print(objectives) + ", " + objectives.size() + " objectives, but at most " + MOST
                            + " are measured: leave out those that matter least");
        }
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
