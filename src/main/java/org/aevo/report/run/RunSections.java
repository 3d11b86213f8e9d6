package org.aevo.report.run;

import java.util.List;
import org.aevo.record.RunData;
import org.aevo.report.Section;

/** All that is said about one run. */
public final class RunSections {
    private RunSections() {}

    /** The whole story, for a report about this run alone. */
    public static List<Section> of(RunData run) {
        Names names = Names.of(run, "");
        return List.of(new TimeSection(run, names).section());
    }
}
