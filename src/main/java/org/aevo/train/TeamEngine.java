package org.aevo.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * An engine whose networks all members of a team have, and train together on shares of each batch. A network is built by all
 * or by none, and begins with the leader's weights.
 *
 * <p>What a network draws for dropout differs from member to member: the leader draws as one that trains alone.
 */
final class TeamEngine implements Engine {
    private final Engine engine;
    private final Agreement agreement;
    private final LearningRateRule rule;

    /** @param engine of this member, which stays the caller's */
    TeamEngine(Engine engine, Agreement agreement, LearningRateRule rule) {
        this.engine = engine;
        this.agreement = agreement;
        this.rule = rule;
    }

    @Override
    public Network build(NetworkPlan plan) {
        return agreement.apart(() -> buildTogether(plan));
    }

    private Network buildTogether(NetworkPlan plan) {
        NetworkPlan mine = plan.scaled(rule.factor(agreement.size())).seeded(seed(plan.seed()));
        TeamNetwork[] built = new TeamNetwork[1];
        try {
            agreement.together(() -> built[0] = shared(engine.build(mine), plan));
            built[0].equalize();
            return built[0];
        } catch (RuntimeException | Error e) {
            if (built[0] != null) {
                built[0].close();
            }
            throw e;
        }
    }

    private TeamNetwork shared(Network own, NetworkPlan plan) {
        try {
            return new TeamNetwork(own, plan.blueprint(), agreement);
        } catch (RuntimeException | Error e) {
            own.close();
            throw e;
        }
    }

    private long seed(long plans) {
        return agreement.leads() ? plans : new SplittableRandom(plans + agreement.rank()).nextLong();
    }

    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public String device() {
        return engine.device();
    }

    @Override
    public int threads() {
        return engine.threads();
    }

    @Override
    public void markDeviceMemory() {
        engine.markDeviceMemory();
    }

    @Override
    public double peakDeviceMemory() {
        return engine.peakDeviceMemory();
    }

    @Override
    public Map<String, String> libraries() {
        return engine.libraries();
    }

    @Override
    public List<SelfCheck> selfCheck() {
        return engine.selfCheck();
    }

    /** All are asked: one that did not build what the others do would not come to the next operation. */
    @Override
    public Optional<String> refusal(NetworkPlan plan) {
        Optional<String> own = engine.refusal(plan);
        return agreement.apart(() -> agreement.objection(own));
    }

    @Override
    public void close() {
        // the member's own
    }
}
