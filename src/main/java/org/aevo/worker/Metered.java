package org.aevo.worker;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.aevo.host.ProcessMeter;
import org.aevo.search.Control;
import org.aevo.search.Evaluation;
import org.aevo.search.Evaluator;
import org.aevo.search.ForwardingEvaluator;
import org.aevo.search.Job;
import org.aevo.search.Usage;
import org.aevo.team.Collective;
import org.aevo.team.TeamLostException;

/**
 * An evaluator whose evaluations say what they took of the host. It must be the only one at work in its process, for
 * what is counted is the process's; simulated evaluations, which share one, stay without.
 */
final class Metered extends ForwardingEvaluator {
    private Optional<Collective> members = Optional.empty();

    Metered(Evaluator evaluator) {
        super(evaluator);
    }

    @Override
    public void join(Optional<Collective> team) {
        members = team;
        super.join(team);
    }

    @Override
    public Outcome evaluate(Job job, Control control) {
        if (simulated()) {
            return super.evaluate(job, control);
        }
        ProcessMeter meter = ProcessMeter.start();
        Outcome outcome = super.evaluate(job, control);
        Evaluation evaluation = outcome.evaluation();
        Usage usage = new Usage(
                meter.cpuSeconds(),
                meter.peakMemoryBytes(),
                evaluation.effort().usage().gpuMemoryBytes());
        return new Outcome(
                evaluation.using(members.map(team -> shared(team, usage)).orElse(usage)), outcome.weights());
    }

    /** What all members took, for the leader; the evaluation is good also if one is lost by now. */
    private static Usage shared(Collective team, Usage own) {
        try {
            return team.gather(bytes(own)).stream()
                    .map(Metered::usage)
                    .reduce(Metered::together)
                    .orElse(own);
        } catch (TeamLostException e) {
            return own;
        }
    }

    /** Processor time is that of all; memory that of the member that had most. */
    private static Usage together(Usage one, Usage other) {
        return new Usage(
                one.cpuSeconds() + other.cpuSeconds(),
                Math.max(one.peakMemoryBytes(), other.peakMemoryBytes()),
                Math.max(one.gpuMemoryBytes(), other.gpuMemoryBytes()));
    }

    private static byte[] bytes(Usage usage) {
        return ByteBuffer.allocate(3 * Double.BYTES)
                .putDouble(usage.cpuSeconds())
                .putDouble(usage.peakMemoryBytes())
                .putDouble(usage.gpuMemoryBytes())
                .array();
    }

    private static Usage usage(byte[] bytes) {
        ByteBuffer said = ByteBuffer.wrap(bytes);
        return new Usage(said.getDouble(), said.getDouble(), said.getDouble());
    }
}
