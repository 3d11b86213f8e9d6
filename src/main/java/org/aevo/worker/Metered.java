package org.aevo.worker;

import org.aevo.host.ProcessMeter;
import org.aevo.search.Control;
import org.aevo.search.Evaluation;
import org.aevo.search.Evaluator;
import org.aevo.search.ForwardingEvaluator;
import org.aevo.search.Job;
import org.aevo.search.Usage;

/**
 * An evaluator whose evaluations say what they took of the host. It must be the only one at work in its process, for
 * what is counted is the process's; simulated evaluations, which share one, stay without.
 */
final class Metered extends ForwardingEvaluator {
    Metered(Evaluator evaluator) {
        super(evaluator);
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
        return new Outcome(evaluation.using(usage), outcome.weights());
    }
}
