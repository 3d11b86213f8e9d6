package org.aevo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.design.HandmadeNetwork;
import org.aevo.design.NetworkFile;
import org.aevo.genome.SearchSpace;
import org.aevo.model.Contest;
import org.aevo.model.Entrant;
import org.aevo.network.Blueprint;
import org.aevo.network.Shape;
import org.aevo.task.Classify;
import org.aevo.train.NetworkPlan;
import org.aevo.yaml.YamlException;

/**
 * The networks that {@code aevo train} holds a candidate against, in the order of the table.
 *
 * @param random the best of a random search
 * @param files network files of the user
 * @param textbooks whether those that this program brings along are among them
 */
record OtherNetworks(Optional<RandomRun> random, List<Path> files, boolean textbooks) {

    /**
     * All of them.
     *
     * @param winner the candidate's network
     * @throws InputException if a file is no network for these data and this task
     */
    List<Entrant> entrants(RunConfig config, SearchSpace space, Blueprint winner) {
        List<Entrant> others = new ArrayList<>();
        random.ifPresent(other -> others.add(other.best()));
        for (Path file : files) {
            others.add(Entrant.network(network(file, config, space, winner)));
        }
        if (textbooks) {
            try {
                others.addAll(
                        space.ends().classify()
                                ? Entrant.baselines(space.input())
                                : Entrant.textbooks(space.input(), Contest.code(winner)));
            } catch (YamlException e) {
                throw new InputException(e.getMessage() + " (--no-textbooks leaves them out)", e);
            }
        }
        return others;
    }

    private static HandmadeNetwork network(Path path, RunConfig config, SearchSpace space, Blueprint winner) {
        try {
            NetworkFile file = NetworkFile.read(path);
            int code = space.ends().classify() ? 0 : Contest.code(winner);
            Blueprint blueprint = file.unfold(space.ends(), code);
            HandmadeNetwork network = file.network().with(space.ends(), code);
            NetworkPlan plan = NetworkPlan.of(blueprint, network.hyperparameters(), 0)
                    .with(config.task().loss());
            Engines.refusal(config.engine(), plan).ifPresent(problem -> {
                throw new InputException(path + ": " + problem);
            });
            return network;
        } catch (YamlException e) {
            throw new InputException("--beside: " + e.getMessage(), e);
        }
    }

    /** What one must know of the rows that there are, or are not. */
    List<String> notes(RunConfig config, Shape samples) {
        List<String> notes = new ArrayList<>(random.map(RandomRun::notes)
                .orElse(List.of("There is no line of random search: run the same input with --strategy random, and name"
                        + " that run with --random-run.")));
        boolean classifies = config.task() instanceof Classify;
        if (!textbooks) {
            notes.add((classifies ? "The published baselines" : "The autoencoders of the textbooks")
                    + " were left out (--no-textbooks).");
        } else if (classifies && Entrant.baselines(samples).isEmpty()) {
            notes.add("There is no line of a published baseline: those are for samples of 1x28x28, these are " + samples
                    + "; --beside takes the file of another network.");
        }
        return notes;
    }
}
