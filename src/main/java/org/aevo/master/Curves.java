package org.aevo.master;

import java.util.ArrayList;
import java.util.List;
import org.aevo.mpi.Link;
import org.aevo.mpi.Message;
import org.aevo.record.Entry;
import org.aevo.record.RecordException;
import org.aevo.search.Control.Verdict;
import org.aevo.stopping.StoppingRule;

/** What the master hears of trainings while they run, and says to it: verdicts are durable before they are sent. */
final class Curves {
    private final StoppingRule rule;
    private final Ledger ledger;
    private final List<Answer> answers = new ArrayList<>();

    private record Answer(Link link, Message.Verdict verdict) {}

    Curves(StoppingRule rule, Ledger ledger) {
        this.rule = rule;
        this.ledger = ledger;
    }

    /**
     * Takes word of an epoch.
     *
     * @param wanted whether this evaluation is waited for, in this attempt of this worker; of another nothing is recorded, and it may end
     */
    void hear(Link link, Message.EpochDone done, boolean wanted) {
        if (!wanted || done.asks() && !rule.rungs().contains(done.epoch())) {
            if (done.asks()) {
                link.send(new Message.Verdict(done.id(), done.attempt(), done.epoch(), !wanted));
            }
            return;
        }
        if (!done.asks()) {
            ledger.enter(new Entry.EpochSeen(
                    done.id(),
                    done.attempt(),
                    done.epoch(),
                    done.trainLoss(),
                    done.validationLoss(),
                    done.elapsed(),
                    ledger.now()));
            return;
        }
        boolean stop = rule.judge(done.id(), done.epoch(), done.loss()) == Verdict.STOP;
        ledger.enter(new Entry.Judged(done.id(), done.attempt(), done.epoch(), done.loss(), stop, ledger.now()));
        answers.add(new Answer(link, new Message.Verdict(done.id(), done.attempt(), done.epoch(), stop)));
    }

    /**
     * Sends what was judged.
     *
     * @throws RecordException if the disk does not take it; nobody hears of it then
     */
    void answer() throws RecordException {
        if (answers.isEmpty()) {
            return;
        }
        ledger.commit();
        answers.forEach(answer -> answer.link().send(answer.verdict()));
        answers.clear();
    }

    /** The search took evaluations in. */
    void takenIn() {
        rule.takenIn();
    }
}
