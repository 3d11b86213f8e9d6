package org.aevo.train;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.aevo.search.Control;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.aevo.search.Inheritance;
import org.aevo.search.Teamwork;
import org.aevo.team.Collective;
import org.aevo.team.TeamLostException;

/** One member's part of an evaluation that a team shares. */
final class TeamMembership implements Membership {
    private final Agreement agreement;
    private final Engine engine;
    private boolean parted;

    TeamMembership(Collective members, Engine engine, LearningRateRule rule, Stopwatch watch) {
        this.agreement = new Agreement(members, watch);
        this.engine = new TeamEngine(engine, agreement, rule);
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public boolean leads() {
        return agreement.leads();
    }

    /** The leader's follower hears of everything and decides for all. */
    @Override
    public Control following(Control own) {
        return new Control() {
            @Override
            public void step(int epoch, int samples, int of) {
                if (agreement.leads()) {
                    own.step(epoch, samples, of);
                }
            }

            @Override
            public Verdict epoch(Evaluation.Epoch point) {
                byte[] verdict = agreement.apart(() -> agreement.leaders(
                        () -> new byte[] {(byte) own.epoch(point).ordinal()}));
                return Verdict.values()[verdict[0]];
            }
        };
    }

    @Override
    public Optional<String> refusal(Optional<String> own) {
        return agreement.apart(() -> agreement.objection(own));
    }

    @Override
    public Inheritance inheritance(Supplier<Inheritance> own) {
        byte[] word = agreement.apart(() -> agreement.leaders(() -> {
            Inheritance found = own.get();
            return ByteBuffer.allocate(1 + Double.BYTES + Long.BYTES)
                    .put((byte) found.origin().ordinal())
                    .putDouble(found.share())
                    .putLong(found.epochs())
                    .array();
        }));
        ByteBuffer said = ByteBuffer.wrap(word);
        return new Inheritance(Inheritance.Origin.of(said.get()), said.getDouble(), said.getLong());
    }

    /** The leader measures: what all would have to put together is more than what each has to compute. */
    @Override
    public Map<Figure, Double> figures(Fold fold, Network network) {
        byte[] word = agreement.leaders(() -> {
            Map<Figure, Double> figures = fold.figures(((TeamNetwork) network).own());
            ByteBuffer said = ByteBuffer.allocate(figures.size() * (1 + Double.BYTES));
            figures.forEach((figure, value) -> said.put((byte) figure.ordinal()).putDouble(value));
            return said.array();
        });
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        ByteBuffer said = ByteBuffer.wrap(word);
        while (said.hasRemaining()) {
            figures.put(Figure.values()[said.get()], said.getDouble());
        }
        return figures;
    }

    @Override
    public void failed(Throwable e) {
        if (!agreement.isShared(e)) {
            parted = true;
            agreement.close();
        }
    }

    @Override
    public Teamwork ended(EvaluationStatus status) {
        if (!parted) {
            agreement.forget(); // the end came before an update that failed could matter
            double[] all = agreement.apart(() -> agreement.all(() -> (double) status.ordinal()));
            for (int rank = 1; rank < all.length; rank++) {
                if (all[rank] != all[0]) {
                    agreement.close();
                    throw new TeamLostException("member " + rank + " ended with "
                            + EvaluationStatus.of((int) all[rank]) + ", the leader with "
                            + EvaluationStatus.of((int) all[0]) + ": they are out of step");
                }
            }
        }
        return new Teamwork(agreement.size(), agreement.communicationSeconds());
    }
}
