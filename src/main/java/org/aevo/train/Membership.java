package org.aevo.train;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.aevo.search.Control;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.aevo.search.Inheritance;
import org.aevo.search.Teamwork;

/** With whom one candidate is evaluated: alone, or as a member of a team. */
interface Membership {

    /** What builds networks. */
    Engine engine();

    /** Whether this rank's outcome counts, and what is left to children is left by it. */
    boolean leads();

    /** What follows the evaluation and may end it. */
    Control following(Control own);

    /** Why the candidate is not built, if any rank does not build it. */
    Optional<String> refusal(Optional<String> own);

    /**
     * What the first weights are of.
     *
     * @param own looks for the parent's; only a leader does
     */
    Inheritance inheritance(Supplier<Inheritance> own);

    /** Figures of a trained network. */
    Map<Figure, Double> figures(Fold fold, Network network);

    /** Something went wrong: where it did on this rank alone, the others do not wait for it. */
    void failed(Throwable e);

    /**
     * The evaluation is over.
     *
     * @throws org.aevo.team.TeamLostException if that of another member is not, or ended otherwise
     */
    Teamwork ended(EvaluationStatus status);

    /** One rank that asks nobody. */
    static Membership alone(Engine engine) {
        return new Membership() {
            @Override
            public Engine engine() {
                return engine;
            }

            @Override
            public boolean leads() {
                return true;
            }

            @Override
            public Control following(Control own) {
                return own;
            }

            @Override
            public Optional<String> refusal(Optional<String> own) {
                return own;
            }

            @Override
            public Inheritance inheritance(Supplier<Inheritance> own) {
                return own.get();
            }

            @Override
            public Map<Figure, Double> figures(Fold fold, Network network) {
                return fold.figures(network);
            }

            @Override
            public void failed(Throwable e) {
                // nobody waits
            }

            @Override
            public Teamwork ended(EvaluationStatus status) {
                return Teamwork.ALONE;
            }
        };
    }
}
