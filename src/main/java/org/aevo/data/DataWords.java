package org.aevo.data;

import java.util.ArrayList;
import java.util.List;

/** What aevo makes of data, in words. */
final class DataWords {

    private DataWords() {}

    /**
     * What every start says, a line each.
     *
     * @param bytes whether values are divided by 255
     */
    static List<String> of(Contents contents, SplitPlan plan, DataSettings settings, Survey survey, boolean bytes) {
        List<String> lines = new ArrayList<>();
        lines.add("samples are " + shape(contents) + "; " + contents.type() + " from " + survey.range());
        lines.add("train " + plan.train().length + ", validation " + plan.validation().length
                + (plan.officialValidation() ? " of a set of its own" : "") + ", test " + plan.test().length
                + (plan.officialTest() ? " of a set of its own" : "") + ", drawn with data.seed " + settings.seed()
                + "; scaling: " + scaling(contents, settings, bytes));
        settings.clean()
                .ifPresent(clean -> lines.add("targets are clean samples of their own, "
                        + clean.path().or(settings::path).map(Object::toString).orElse("")
                        + clean.dataset()
                                .or(settings::dataset)
                                .map(name -> ", " + name)
                                .orElse("")
                        + ", scaled as the samples are"));
        contents.remarks().forEach(remark -> lines.add("note: " + remark));
        survey.odd(bytes).forEach(remark -> lines.add("note: " + remark));
        return lines;
    }

    private static String shape(Contents contents) {
        if (!contents.isImage()) {
            return "vectors of " + count(contents.channels(), "feature");
        }
        if (contents.isSignal()) {
            return "signals of " + count(contents.channels(), "channel") + ", " + count(contents.width(), "value")
                    + " each";
        }
        return "images of " + count(contents.channels(), "channel") + ", " + count(contents.height(), "row") + ", "
                + count(contents.width(), "column");
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String scaling(Contents contents, DataSettings settings, boolean bytes) {
        if (bytes) {
            return "bytes divided by 255";
        }
        return DataSettings.perFeature(settings.scaling(), contents)
                ? "each feature from its minimum and maximum in train to 0 and 1"
                : "from the minimum and maximum of train to 0 and 1";
    }
}
