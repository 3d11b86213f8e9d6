package org.aevo.data;

/** Samples and their clean targets: one for each sample, of the same shape, in the same order. */
final class CleanTargets {
    private CleanTargets() {}

    /**
     * What both are together; named after the samples.
     *
     * @throws DataException if they do not go together
     */
    static Contents joined(Contents samples, Contents targets) {
        if (targets.channels() != samples.channels()
                || targets.height() != samples.height()
                || targets.width() != samples.width()) {
            throw new DataException("task.clean: " + targets.nameAndPlace() + " has targets of " + shape(targets)
                    + ", expected " + shape(samples) + ", as the samples of " + samples.nameAndPlace() + " are");
        }
        mustBeAsMany("", targets.training(), samples.training(), samples, targets);
        mustBeAsMany("validation ", targets.validation(), samples.validation(), samples, targets);
        mustBeAsMany("test ", targets.test(), samples.test(), samples, targets);
        return samples.withTargets(targets);
    }

    private static void mustBeAsMany(String part, int found, int expected, Contents samples, Contents targets) {
        if (found != expected) {
            throw new DataException("task.clean: " + targets.nameAndPlace() + " has " + found + " targets for the "
                    + expected + " " + part + "samples of " + samples.nameAndPlace()
                    + ", expected one for each, in the same order");
        }
    }

    private static String shape(Contents contents) {
        return Shapes.text(new int[] {contents.channels(), contents.height(), contents.width()});
    }
}
