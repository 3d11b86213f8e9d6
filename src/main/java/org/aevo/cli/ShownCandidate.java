package org.aevo.cli;

import java.util.Optional;
import java.util.OptionalLong;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.data.DataException;
import org.aevo.design.DotText;
import org.aevo.design.HandmadeNetwork;
import org.aevo.design.NetworkText;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.network.Blueprint;
import org.aevo.network.Classes;
import org.aevo.record.Entry;
import org.aevo.record.EvaluationRow;
import org.aevo.record.Inputs;
import org.aevo.record.RunHistory;
import org.aevo.search.Candidate;
import org.aevo.search.EvaluationSeed;

/** One candidate of a run, as a text that other programs take. */
final class ShownCandidate {
    /** What it is shown as. */
    enum Form {
        /** Its text of one line. */
        GENOME,
        /** A network file. */
        NETWORK,
        /** A picture, in Graphviz's language. */
        DOT
    }

    private final RunHistory history;
    private final Candidate candidate;
    private final boolean inherits;

    /**
     * @param id of the candidate; empty for the best
     * @throws InputException if there is none
     */
    ShownCandidate(RunHistory history, OptionalLong id) {
        this.history = history;
        OptionalLong wanted = id.isPresent() ? id : history.best();
        if (wanted.isEmpty()) {
            throw new InputException("--as: the run has no best candidate yet; name one by --id");
        }
        requireAsked(history, wanted.getAsLong());
        EvaluationRow row = history.evaluation(wanted.getAsLong())
                .orElseThrow(() -> new InputException("--id " + wanted.getAsLong()
                        + ": its evaluation was not finished; 'aevo show' lists those that were"));
        this.candidate = row.candidate();
        this.inherits = row.evaluation().effort().inheritance().share() > 0;
    }

    /** @throws InputException if the run has no such candidate */
    static void requireAsked(RunHistory history, long id) {
        if (id < 0 || id >= history.asked()) {
            throw new InputException("--id " + id + ": no such candidate; the run has "
                    + (history.asked() == 0 ? "none" : "0 to " + (history.asked() - 1)));
        }
    }

    /** With a line break at its end. */
    String text(Form form) {
        return switch (form) {
            case GENOME -> candidate.design() + "\n";
            case NETWORK -> network();
            case DOT -> DotText.of(title(), blueprint());
        };
    }

    private String title() {
        Entry.RunStarted started = history.started().orElseThrow();
        return "candidate " + candidate.id() + " of " + started.name();
    }

    /**
     * With every parameter and the seed of its evaluation, so that, evaluated again with the same input, it gives the same
     * bits, if it inherited nothing.
     */
    private String network() {
        Entry.RunStarted started = history.started().orElseThrow();
        String name = candidate.design() instanceof HandmadeNetwork network
                ? network.name()
                : RunStart.folder(started.name()) + "-" + candidate.id();
        HandmadeNetwork network = HandmadeNetwork.of(
                        name.length() > HandmadeNetwork.LONGEST_NAME
                                ? name.substring(0, HandmadeNetwork.LONGEST_NAME)
                                : name,
                        blueprint(),
                        candidate.design().hyperparameters())
                .withSeed(EvaluationSeed.of(started.seed(), candidate));
        return "# " + title()
                + ". 'aevo evaluate THIS INPUT' with the run's input.yaml evaluates it again, with the same\n"
                + (inherits
                        ? "# seed, but from initial weights: in the run it began with those of its parent. Without the key seed it has"
                                + " another one.\n"
                        : "# seed: to the same bits on the same processor and libraries. Without the key seed it has another one.\n")
                + (candidate.design() instanceof Genome genome ? "# genome: " + genome + "\n" : "")
                + NetworkText.file(network);
    }

    private Blueprint blueprint() {
        RunConfig config = RunConfig.parse(history.started().orElseThrow().inputYaml(), "the run's input");
        try {
            return space(config).blueprint(candidate.design());
        } catch (DataException e) {
            throw new CommandException(
                    "the network needs the shape of the run's data: " + e.getMessage() + "; --as genome does not", e);
        }
    }

    /** The journal knows the shape of samples; older ones do not, and the data must be looked at. */
    private SearchSpace space(RunConfig config) {
        Optional<Inputs> inputs = history.inputs();
        return inputs.isPresent()
                ? config.space()
                        .of(
                                inputs.get().shape(),
                                inputs.get().classes().map(Classes::count).orElse(0))
                : Evaluators.space(SameData.atLastPlace(config, history.data()));
    }
}
