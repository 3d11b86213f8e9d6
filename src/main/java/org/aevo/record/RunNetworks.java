package org.aevo.record;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.network.Ends;
import org.aevo.network.EnumText;

/** The networks of a run's candidates, from what its journal says of samples and input; the data are not needed. */
public final class RunNetworks {
    /** In the effective input, which has every key. */
    private static final Pattern OUTPUT_ACTIVATION = Pattern.compile("(?m)^  output-activation: ([a-z-]+)$");

    private final RunHistory history;
    private final Ends ends;

    private RunNetworks(RunHistory history, Ends ends) {
        this.history = history;
        this.ends = ends;
    }

    /** Empty where evaluations are simulated, nothing was evaluated yet, or the program did not record the samples' shape. */
    public static Optional<RunNetworks> of(RunHistory history) {
        if (history.inputs().isEmpty() || history.started().isEmpty()) {
            return Optional.empty();
        }
        Inputs inputs = history.inputs().get();
        if (inputs.classes().isPresent()) {
            return Optional.of(new RunNetworks(history, inputs.ends()));
        }
        Matcher output = OUTPUT_ACTIVATION.matcher(history.started().get().inputYaml());
        try {
            return output.find()
                    ? Optional.of(new RunNetworks(
                            history,
                            Ends.autoencoder(inputs.shape(), EnumText.parse(Activation.class, output.group(1)))))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The network of a candidate that was asked; empty if it cannot be built. */
    public Optional<Blueprint> of(long id) {
        try {
            return Optional.of(unfolded(design(id)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What a candidate was asked as. */
    Design design(long id) {
        return history.candidate(id).design();
    }

    /**
     * The network for samples of this run.
     *
     * @throws IllegalArgumentException if it cannot be built
     */
    public Blueprint unfolded(Design design) {
        return design.unfold(ends);
    }
}
