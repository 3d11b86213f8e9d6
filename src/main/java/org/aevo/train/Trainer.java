package org.aevo.train;

import java.util.Optional;
import java.util.function.Function;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.search.Control;
import org.aevo.search.Evaluator;
import org.aevo.search.Job;
import org.aevo.search.ParentWeights;
import org.aevo.team.Collective;

/**
 * Evaluates candidates by training them with early stopping, for an {@link Objective}. The best epoch is that of the
 * lowest validation score, for autoencoders the mean squared error per value (see {@link Network}) whatever training
 * lowers; of its weights the objective makes figures. That counts as validation, and a time limit leaves it the time.
 *
 * <p>An epoch sees the training samples in a new order, in batches of the candidate's batch size; the last batch may
 * be smaller. Its training loss is the mean over its samples of the loss that each had just before the step it took
 * part in. An epoch that {@linkplain TrainingSettings#maxSteps the last step} ends early is validated like the others.
 *
 * <p>Of several folds each trains a network of its own, one after the other, from weights and in orders of its own. Losses
 * and figures of the result are means over the folds, of the fitness too what it is made of; times and epochs add up, and
 * the weights are those of the fold with the lowest validation score. A fold that ends badly ends the candidate; all share
 * one time limit, and there is a result only if each has finished an epoch. A {@link org.aevo.search.Control} that says
 * stop ends the fold, as patience does, and not those that follow. Where nothing is held
 * out, all epochs are run, and the fitness is the training loss.
 */
public final class Trainer implements Evaluator {
    private final Engine engine;
    private final Function<Design, Blueprint> space;
    private final Objective objective;
    private final TrainingSettings settings;
    private final MemoryBudget memory;
    private final Optional<WeightInheritance> inheritance;
    private final LearningRateRule rule;
    private volatile Optional<Collective> members = Optional.empty();

    /** For reconstruction, with as much memory as there is. */
    public Trainer(
            Engine engine,
            Function<Design, Blueprint> space,
            Samples train,
            Samples validation,
            TrainingSettings settings) {
        this(engine, space, Objective.reconstruction(train, validation), settings, MemoryBudget.UNLIMITED);
    }

    /**
     * Takes the engine over and closes it.
     *
     * @param space unfolds a design; throws IllegalArgumentException if it cannot be built or exceeds a limit
     */
    public Trainer(
            Engine engine,
            Function<Design, Blueprint> space,
            Objective objective,
            TrainingSettings settings,
            MemoryBudget memory) {
        this(engine, space, objective, settings, memory, Optional.empty());
    }

    /**
     * One whose candidates inherit.
     *
     * @param parents where candidates find the networks of their parents and leave their own; empty if nothing is inherited
     * @throws IllegalArgumentException if weights are inherited and there are several folds: one would be validated with
     *     what its parent's others were trained on
     */
    public Trainer(
            Engine engine,
            Function<Design, Blueprint> space,
            Objective objective,
            TrainingSettings settings,
            MemoryBudget memory,
            Optional<ParentWeights> parents) {
        this(engine, space, objective, settings, memory, parents, LearningRateRule.CONSTANT);
    }

    /**
     * One that may become a member of a team.
     *
     * @param parents as above; of a team the leader's are asked
     * @param rule what becomes of learning rates in a team
     * @throws IllegalArgumentException as above
     */
    public Trainer(
            Engine engine,
            Function<Design, Blueprint> space,
            Objective objective,
            TrainingSettings settings,
            MemoryBudget memory,
            Optional<ParentWeights> parents,
            LearningRateRule rule) {
        if (parents.isPresent() && objective.folds().size() > 1) {
            throw new IllegalArgumentException("weights are inherited where there is one fold, there are "
                    + objective.folds().size());
        }
        int train = objective.folds().stream()
                .mapToInt(fold -> fold.targets().count())
                .min()
                .orElseThrow();
        if (settings.samplesPerEpoch() > settings.part(train)) {
            throw new IllegalArgumentException("samples per epoch must be at most the " + settings.part(train)
                    + " training samples, was " + settings.samplesPerEpoch());
        }
        this.engine = engine;
        this.space = space;
        this.objective = objective;
        this.settings = settings;
        this.memory = memory;
        this.inheritance = parents.map(networks -> new WeightInheritance(networks, space));
        this.rule = rule;
    }

    @Override
    public void join(Optional<Collective> others) {
        members = others;
    }

    /**
     * As a member of a team it computes its share of each batch. What goes wrong with the candidate at one member while the
     * others wait for it is every member's outcome. What goes wrong at one otherwise, its heap for instance, is its own outcome, and
     * ends the team: it closes the {@link Collective}.
     */
    @Override
    public Outcome evaluate(Job job, Control control) {
        Stopwatch watch = new Stopwatch(settings.timeLimit());
        Optional<Collective> team = members;
        Membership ranks = team.<Membership>map(all -> new TeamMembership(all, engine, rule, watch))
                .orElseGet(() -> Membership.alone(engine));
        try {
            return new CandidateTraining(ranks, space, objective, settings, memory, inheritance, job, control, watch)
                    .run();
        } catch (RuntimeException | Error e) {
            team.ifPresent(Collective::close);
            throw e;
        }
    }

    @Override
    public String device() {
        return engine.name() + " on " + engine.device();
    }

    @Override
    public int threads() {
        return engine.threads();
    }

    @Override
    public boolean simulated() {
        return false;
    }

    @Override
    public void close() {
        engine.close();
    }
}
