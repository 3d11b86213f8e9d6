package org.aevo.genome;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.network.Ends;
import org.aevo.network.EnumText;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Optimizer;
import org.aevo.network.Require;
import org.aevo.network.Shape;

/**
 * Which genomes may evolve: a family of autoencoders or classifiers for samples of one shape, the bounds of every section and
 * parameter, and limits of the whole network.
 *
 * <p>Built from {@link #defaults} with {@link #toBuilder}.
 *
 * @param ends what goes into the networks, and what comes out
 * @param latent units of an autoencoder's bottleneck, at most the number of values of the input; 0 of classifiers
 * @param sections bounds of the sections that evolve, by role: the encoder, and the decoder where it is free; of classifiers
 *     the head in family {@link Family#DENSE}, the features in family {@link Family#CONVOLUTIONAL}, both in {@link
 *     Family#MIXED}: what does not evolve is empty
 * @param minGenes genes that the first of these sections has at least, that is the one that leads away from the samples; 0
 *     where a network may have no hidden layer but the bottleneck
 * @param upscalings how decoders may enlarge: all that is mirrored, or each gene of a free one; means nothing for classifiers
 * @param learningRate searched on a log scale
 * @param maxParameters most trainable numbers of the whole network
 * @param maxLayers most layers of the whole network, as {@link Blueprint#depth} counts them
 * @param maxMemoryBytes most {@link Blueprint#trainingBytes} at the genome's batch size
 */
public record SearchSpace(
        Family family,
        Ends ends,
        int latent,
        Map<Role, SectionSpace> sections,
        int minGenes,
        List<Upscaling> upscalings,
        DoubleRange learningRate,
        List<Integer> batchSizes,
        List<Optimizer> optimizers,
        long maxParameters,
        int maxLayers,
        long maxMemoryBytes) {

    public SearchSpace {
        Require.given("family", family);
        Require.given("ends of the networks", ends);
        Set<Role> roles = sections.keySet();
        if (!evolving(family, ends).contains(roles)) {
            throw new IllegalArgumentException(
                    "sections " + roles.stream().sorted().toList()
                            + " are not those of " + (ends.classify() ? "classifiers" : "autoencoders") + " of family "
                            + EnumText.of(family));
        }
        sections = Collections.unmodifiableMap(new EnumMap<>(sections));
        SectionSpace first = sections.values().iterator().next();
        if (minGenes < 0 || minGenes > first.maxGenes()) {
            throw new IllegalArgumentException("min genes must be within 0.." + first.maxGenes() + ", was " + minGenes);
        }
        Shape input = ends.input();
        upscalings = SectionSpace.choices("upscalings", upscalings, false);
        batchSizes = SectionSpace.choices("batch sizes", batchSizes, false);
        optimizers = SectionSpace.choices("optimizers", optimizers, false);

        if (input.size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("an input of " + input + " is too large for a dense layer");
        }
        if (ends.classify()) {
            if (latent != 0) {
                throw new IllegalArgumentException("latent must be 0 of classifiers, was " + latent);
            }
        } else {
            Require.positive("latent", latent);
        }
        if (latent > input.size()) {
            throw new IllegalArgumentException(
                    "latent must be at most the input's " + input.size() + " values, was " + latent);
        }
        if (family != Family.DENSE && input.side() < 2) {
            throw new IllegalArgumentException("family " + EnumText.of(family)
                    + " needs images of at least 2x2 pixels or signals, the input is " + input + ": use family dense");
        }
        batchSizes.forEach(s -> SectionSpace.within("batch size", new IntRange(1, SectionSpace.MOST_UNITS), s));
        Require.given("learning rate", learningRate);
        if (!(learningRate.min() > 0)) {
            throw new IllegalArgumentException("learning rate must be positive, was " + learningRate);
        }
        if (maxParameters < 1) {
            throw new IllegalArgumentException("max parameters must be at least 1, was " + maxParameters);
        }
        Require.positive("max layers", maxLayers);
        if (maxMemoryBytes < 1) {
            throw new IllegalArgumentException("max memory must be at least 1 byte, was " + maxMemoryBytes);
        }
        sections.forEach((role, bounds) -> {
            if (role.family(family) != Family.DENSE) {
                fits(bounds.filters(), input);
            }
        });
    }

    /** Which sections may evolve. */
    private static List<Set<Role>> evolving(Family family, Ends ends) {
        if (!ends.classify()) {
            return List.of(Set.of(Role.ENCODER), Set.of(Role.ENCODER, Role.DECODER));
        }
        return switch (family) {
            case DENSE -> List.of(Set.of(Role.HEAD));
            case CONVOLUTIONAL -> List.of(Set.of(Role.FEATURES));
            case MIXED -> List.of(Set.of(Role.FEATURES, Role.HEAD));
        };
    }

    /** The space of autoencoders with all defaults, see {@link SearchSpaceBuilder}. */
    public static SearchSpace defaults(Family family, Shape input, int latent) {
        return new SearchSpaceBuilder(family, input, latent).build();
    }

    /** A builder that starts with the values of this space. */
    public SearchSpaceBuilder toBuilder() {
        return new SearchSpaceBuilder(this);
    }

    /** Shape of a sample. */
    public Shape input() {
        return ends.input();
    }

    /** Of the last layer. */
    public Activation outputActivation() {
        return ends.outputActivation();
    }

    /** Whether genomes are classifiers, and no autoencoders. */
    public boolean classifies() {
        return ends.classify();
    }

    /** How many classes are told apart; 0 of autoencoders. */
    public int classes() {
        return classifies() ? (int) ends.output().size() : 0;
    }

    /** The roles of the sections that evolve; there is one at least. */
    public List<Role> roles() {
        return List.copyOf(sections.keySet());
    }

    /** Which kinds of genes a section may have. */
    public Family family(Role role) {
        return role.family(family);
    }

    /** How many genes a section that evolves has at least: the first one {@link #minGenes}, another one none. */
    public int fewestGenes(Role role) {
        return role == roles().get(0) ? minGenes : 0;
    }

    /** Bounds of encoders. */
    public SectionSpace encoder() {
        return section(Role.ENCODER);
    }

    /** Bounds of free decoders; empty where there are none, since decoders mirror encoders or these are classifiers. */
    public Optional<SectionSpace> decoder() {
        return Optional.ofNullable(sections.get(Role.DECODER));
    }

    /** Whether decoders mirror encoders. */
    public boolean mirrors() {
        return !classifies() && decoder().isEmpty();
    }

    /**
     * The bounds of a section.
     *
     * @throws IllegalArgumentException if the genomes of this space have none of that role
     */
    public SectionSpace section(Role role) {
        SectionSpace bounds = sections.get(role);
        if (bounds == null) {
            throw new IllegalArgumentException("no " + role + " evolves in this space, but " + roles());
        }
        return bounds;
    }

    /** The genome that has these sections, and is empty where nothing evolves. */
    public Genome genome(Map<Role, Section> evolved, Upscaling upscaling, Hyperparameters hyperparameters) {
        Map<Role, Section> all = new EnumMap<>(evolved);
        if (classifies()) {
            all.putIfAbsent(Role.FEATURES, Section.EMPTY);
            all.putIfAbsent(Role.HEAD, Section.EMPTY);
        }
        return new Genome(all, latent, upscaling, hyperparameters);
    }

    /** The whole network of a genome or of another design, for the samples that this space is for. */
    public Blueprint blueprint(Design design) {
        return design.unfold(ends);
    }

    /** Why a genome is not in this space: one line for each gene or limit; empty if it is. */
    public List<String> violations(Genome genome) {
        return new Violations(this, genome).list();
    }

    /** Which limits of whole networks one exceeds that is trained in batches of a size, a line for each; they bind any design. */
    public List<String> exceeded(Blueprint network, int batchSize) {
        List<String> exceeded = new ArrayList<>();
        limit(exceeded, "parameters", "max-parameters", maxParameters, network.parameters());
        limit(exceeded, "layers", "max-layers", maxLayers, network.depth());
        limit(exceeded, "bytes of training memory", "max-memory", maxMemoryBytes, network.trainingBytes(batchSize));
        return exceeded;
    }

    private static void limit(List<String> exceeded, String what, String key, long most, long value) {
        if (value > most) {
            exceeded.add("the network must have at most " + most + " " + what + " (space." + key + "), has " + value);
        }
    }

    /** Whether a genome meets every bound and limit. */
    public boolean contains(Genome genome) {
        return violations(genome).isEmpty();
    }

    private static void fits(IntRange filters, Shape input) {
        if (input.height() * (long) input.width() * filters.max() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("filters " + filters + " are too many for an input of " + input);
        }
    }
}
