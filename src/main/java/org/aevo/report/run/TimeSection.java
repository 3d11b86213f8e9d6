package org.aevo.report.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aevo.record.Accounting;
import org.aevo.record.RunData;
import org.aevo.report.DataTable;
import org.aevo.report.Numbers;
import org.aevo.report.Section;

/** Where the workers' time went. */
final class TimeSection {
    private final RunData run;
    private final Names names;

    TimeSection(RunData run, Names names) {
        this.run = run;
        this.names = names;
    }

    Section section() {
        List<Section.Block> blocks = new ArrayList<>();
        Optional<Accounting> accounting = run.accounting();
        if (accounting.isEmpty()) {
            blocks.add(new Section.Text("No evaluation has arrived, so that there is nothing to account for."));
        } else {
            Accounting a = accounting.get();
            blocks.add(new Section.Text("Between the first dispatch and the last arrival the workers were busy "
                    + Numbers.percent(a.utilisation()) + " of their time: this is the utilisation."));
            blocks.add(BreakdownBars.of(
                    names.of("breakdown"),
                    "Where the workers' time went between the first dispatch and the last arrival.",
                    List.of(new BreakdownBars.Bar("", a))));
            blocks.add(breakdown(a));
            blocks.add(Gantt.of(names.of("gantt"), names.title("What each worker did"), run));
        }
        return new Section(names.of("time"), "Where the time went", blocks);
    }

    private DataTable breakdown(Accounting accounting) {
        List<List<Object>> rows = new ArrayList<>();
        double sum = 0;
        for (Activity activity : Activity.values()) {
            double share = activity.share(accounting);
            sum += share;
            rows.add(List.of(activity.text, share, share * accounting.capacity()));
        }
        rows.add(List.of("sum", sum, accounting.capacity()));
        return new DataTable(
                names.of("time-shares"),
                "Shares of the workers' time, which add up to 1, and worker-seconds.",
                List.of("activity", "share", "worker_s"),
                rows);
    }
}
