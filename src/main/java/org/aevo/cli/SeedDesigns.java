package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.aevo.config.EnsembleInput;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.config.SeedSource;
import org.aevo.design.Folding;
import org.aevo.design.HandmadeNetwork;
import org.aevo.design.NetworkFile;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.model.Contest;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.network.EnumText;
import org.aevo.network.Layer;
import org.aevo.record.EvaluationRow;
import org.aevo.record.RunHistory;
import org.aevo.search.StrategyKind;
import org.aevo.train.Loss;
import org.aevo.train.NetworkPlan;
import org.aevo.yaml.YamlException;

/**
 * From what {@code evolution.seeds} names to the designs themselves, checked against data and space: of a search genomes,
 * into which networks are folded, of a list any designs within the limits of whole networks. Nothing is read where they are
 * written out already, so that a run goes on without the files.
 */
final class SeedDesigns {
    /** Characters of a design's text that messages have. */
    private static final int LONGEST = 100;

    private final RunConfig config;
    private final SearchSpace space;
    /** Where the input names them. */
    private final String key;

    private SeedDesigns(RunConfig config, SearchSpace space, String key) {
        this.config = config;
        this.space = space;
        this.key = key;
    }

    /**
     * An input with its seeds, or the networks of its ensemble, written out.
     *
     * @throws InputException if one is not what it should be, or the space cannot hold it
     */
    static RunConfig writtenOut(RunConfig config, SearchSpace space) {
        if (config.makesEnsemble()) {
            EnsembleInput ensemble = config.ensemble();
            return config.withEnsemble(
                    new SeedDesigns(config, space, EnsembleInput.NETWORKS).of(ensemble.networks()),
                    new SeedDesigns(config, space, EnsembleInput.MONOLITH).of(ensemble.monolith()));
        }
        return config.withSeeds(new SeedDesigns(config, space, SeedSource.KEY).of(config.seeds()));
    }

    /**
     * A design that another program asks for.
     *
     * @throws InputException if it cannot be trained as the input says
     */
    static Design asked(RunConfig config, SearchSpace space, Design design) {
        return new SeedDesigns(config, space, "design").of(design);
    }

    private List<Design> of(List<SeedSource> sources) {
        List<Design> all = new ArrayList<>();
        for (SeedSource source : sources) {
            if (source instanceof SeedSource.File file) {
                all.add(of(file.path()));
            } else if (source instanceof SeedSource.Best best) {
                all.addAll(of(best));
            } else if (source instanceof SeedSource.Text text) {
                all.add(of(text.design()));
            }
        }
        return all;
    }

    private Design of(Design written) {
        String text = written.toString();
        String place = key + ": " + (text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text);
        return admitted(
                place,
                written instanceof HandmadeNetwork network ? network.with(space.ends(), space.latent()) : written);
    }

    private Design of(Path path) {
        Path shown = shown(path);
        try {
            NetworkFile file = NetworkFile.read(shown);
            Blueprint network = file.unfold(space.ends(), space.latent());
            List<String> exceeded =
                    space.exceeded(network, file.network().hyperparameters().batchSize());
            if (!exceeded.isEmpty()) {
                String largest = largest(network).name();
                throw new InputException(file.place(largest) + ": " + String.join("; ", exceeded)
                        + "; its largest layer is '" + largest + "'");
            }
            return admitted(shown.toString(), file.network().with(space.ends(), space.latent()));
        } catch (YamlException e) {
            // what is wrong inside a file has its own place; a file that is not there was looked for from the working
            // directory
            throw new InputException(Files.exists(path) ? e.getMessage() : key + ": " + e.getMessage(), e);
        }
    }

    /** The layer with the most parameters, and of those without any the one with the most values. */
    private static Layer largest(Blueprint network) {
        return network.layers().stream()
                .max(Comparator.comparingLong(Layer::parameters)
                        .thenComparingLong(layer -> layer.output().size()))
                .orElseThrow();
    }

    /** As the user probably wrote it. */
    private static Path shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path) : path;
    }

    private List<Design> of(SeedSource.Best best) {
        RunHistory history;
        try {
            history = RunArgument.history(best.run());
        } catch (IOException | CommandException | InputException e) {
            throw new InputException(key + ": " + e.getMessage(), e);
        }
        List<EvaluationRow> top = history.top(best.number());
        if (top.size() < best.number()) {
            throw new InputException(key + ": " + best.run() + " has "
                    + (top.isEmpty() ? "no candidate" : top.size() + " candidates") + " with a fitness, not the "
                    + best.number() + " asked for");
        }
        return top.stream()
                .map(row -> admitted(
                        key + ": " + best.run() + ": candidate "
                                + row.candidate().id(),
                        row.candidate().design()))
                .toList();
    }

    /** @param place how messages call it */
    private Design admitted(String place, Design design) {
        Blueprint network;
        try {
            network = space.blueprint(design);
        } catch (IllegalArgumentException e) {
            throw new InputException(place + ": " + e.getMessage(), e);
        }
        problem(design, network).ifPresent(problem -> {
            throw new InputException(place + ": " + problem);
        });
        if (config.strategy() == StrategyKind.LIST || config.strategy() == StrategyKind.SERVED) {
            return design;
        }
        if (config.makesEnsemble()) {
            // another seed would train the same member again
            return coded(place, design.withoutSeed(), network);
        }
        List<Genome> genomes = folded(place, design, network);
        return genomes.stream().filter(space::contains).findFirst().orElseThrow(() -> {
            // of a network that is no genome of any other kind there is one, and its reasons
            Genome nearest = genomes.stream()
                    .filter(genome ->
                            genome.decoder().isPresent() == space.decoder().isPresent())
                    .findFirst()
                    .orElse(genomes.get(0));
            return new InputException(
                    place + ": the search space cannot hold it: " + String.join("; ", space.violations(nearest)));
        });
    }

    /** A network whose code can be classified. */
    private static Design coded(String place, Design design, Blueprint network) {
        if (network.latent().isEmpty()) {
            throw new InputException(
                    place + ": no layer makes the code: name it by the key latent, or call one " + Blueprint.LATENT);
        }
        return design;
    }

    /** What keeps a network from being trained as this input says. */
    private Optional<String> problem(Design design, Blueprint network) {
        if (!network.output().layer().output().equals(space.ends().output())) {
            return Optional.of(
                    "the network makes " + network.output().layer().output() + " of samples of " + space.input());
        }
        Loss loss = config.task().loss();
        Optional<String> unfit = loss.refusal(network);
        if (unfit.isPresent()) {
            return unfit.map(reason -> "task.loss is " + reason);
        }
        List<String> exceeded = space.exceeded(network, design.hyperparameters().batchSize());
        if (!exceeded.isEmpty()) {
            return Optional.of(String.join("; ", exceeded));
        }
        return config.simulated()
                ? Optional.empty()
                : Engines.refusal(
                        config.engine(),
                        NetworkPlan.of(network, design.hyperparameters(), 0).with(loss));
    }

    private List<Genome> folded(String place, Design design, Blueprint network) {
        if (design instanceof Genome genome) {
            return List.of(genome);
        }
        if (network.outputActivation() != space.outputActivation()) {
            throw new InputException(place + ": the search space cannot hold it: its output activation is "
                    + EnumText.of(network.outputActivation()) + ", space.output-activation is "
                    + EnumText.of(space.outputActivation()));
        }
        try {
            return Folding.all(network, design.hyperparameters());
        } catch (IllegalArgumentException e) {
            throw new InputException(place + ": the search space cannot hold it: " + e.getMessage(), e);
        }
    }

    /** Whether a code has another size than the input's candidates have: such networks are hardly compared fairly. */
    static Optional<String> otherCode(Design design, SearchSpace space) {
        if (space.ends().classify()) {
            return Optional.empty();
        }
        int code = Contest.code(space.blueprint(design));
        return design instanceof HandmadeNetwork network && code != space.latent()
                ? Optional.of(network.name() + ": its code has " + code + " values, space.latent is " + space.latent())
                : Optional.empty();
    }
}
