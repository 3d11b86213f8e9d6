package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;
import org.aevo.genome.Upscaling;
import org.aevo.network.Blueprint;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;

/**
 * A genome that meets the limits of a space if any does. Parameters, layers and memory only grow with filters, kernels,
 * units, batch size, batch normalisation and skips, so those take their least values and only {@link SmallestChains} are
 * searched. A free decoder adds to what the encoder needs whatever that is: of either section only those chains are paired
 * that none needs less than in every respect.
 */
final class SmallestGenome {
    private final SearchSpace space;
    private long parameters = Long.MAX_VALUE;
    private long memory = Long.MAX_VALUE;
    private int layers = Integer.MAX_VALUE;

    private SmallestGenome(SearchSpace space) {
        this.space = space;
    }

    /**
     * The genome.
     *
     * @throws IllegalArgumentException if none was found; the message compares the smallest networks with the limits
     */
    static Genome of(SearchSpace space) {
        SmallestGenome search = new SmallestGenome(space);
        if (space.classifies()) {
            return search.classifier();
        }
        return space.mirrors() ? search.mirrored() : search.free();
    }

    private Genome mirrored() {
        SmallestChains chains = new SmallestChains(space, Role.ENCODER);
        while (chains.hasNext()) {
            List<Gene> chain = chains.next();
            for (Upscaling upscaling : space.upscalings()) {
                Genome genome = genome(chain).withUpscaling(upscaling);
                if (meetsLimits(genome)) {
                    return genome;
                }
            }
        }
        throw new IllegalArgumentException(message());
    }

    /** All features with all heads, which are few: with as many genes as there must be, or one where there need be none. */
    private Genome classifier() {
        Iterator<List<Gene>> features = chains(Role.FEATURES);
        while (features.hasNext()) {
            Section section = Section.of(features.next());
            Iterator<List<Gene>> heads = chains(Role.HEAD);
            while (heads.hasNext()) {
                Section head = Section.of(heads.next());
                Genome genome = Genome.classifier(section, head, training());
                if (meetsLimits(genome)) {
                    return genome;
                }
            }
        }
        throw new IllegalArgumentException(message());
    }

    /** Those of a section; where it does not evolve the one of no genes. */
    private Iterator<List<Gene>> chains(Role role) {
        return space.roles().contains(role)
                ? new SmallestChains(space, role)
                : List.of(List.<Gene>of()).iterator();
    }

    private Genome free() {
        SmallestChains encoders = new SmallestChains(space, Role.ENCODER);
        SmallestChains decoders = new SmallestChains(space, Role.DECODER);
        Section none = Section.of(List.of());
        Front small = new Front();
        Front smallDecoders = new Front();
        while (encoders.hasNext() || decoders.hasNext()) {
            if (encoders.hasNext()) {
                Section encoder = Section.of(encoders.next());
                if (small.takes(encoder, pair(encoder, none))) {
                    for (Section decoder : smallDecoders.sections()) {
                        if (meetsLimits(pair(encoder, decoder))) {
                            return pair(encoder, decoder);
                        }
                    }
                }
            }
            if (decoders.hasNext()) {
                Section decoder = Section.of(decoders.next());
                if (smallDecoders.takes(decoder, pair(none, decoder))) {
                    for (Section encoder : small.sections()) {
                        if (meetsLimits(pair(encoder, decoder))) {
                            return pair(encoder, decoder);
                        }
                    }
                }
            }
        }
        throw new IllegalArgumentException(message());
    }

    /** Sections of which none needs more than another one in every respect. */
    private final class Front {
        private final List<Needs> all = new ArrayList<>();

        /** Whether a section is among them, now that it has come. */
        boolean takes(Section section, Genome withIt) {
            Needs needs = Needs.of(section, space.blueprint(withIt));
            if (all.stream().anyMatch(other -> other.atMost(needs))) {
                return false;
            }
            all.removeIf(needs::atMost);
            all.add(needs);
            return true;
        }

        List<Section> sections() {
            return all.stream().map(Needs::section).toList();
        }
    }

    /** All that limits count, of a network with one section and nothing in place of the other. */
    private record Needs(Section section, long parameters, int depth, long training, long forward, long largest) {
        static Needs of(Section section, Blueprint network) {
            long training = 0;
            long forward = 0;
            long largest = 0;
            for (Layer layer : network.layers()) {
                training += layer.trainingValues();
                forward += layer.forwardValues();
                largest = Math.max(largest, layer.output().size());
            }
            return new Needs(section, network.parameters(), network.depth(), training, forward, largest);
        }

        boolean atMost(Needs other) {
            return parameters <= other.parameters
                    && depth <= other.depth
                    && training <= other.training
                    && forward <= other.forward
                    && largest <= other.largest;
        }
    }

    private boolean meetsLimits(Genome genome) {
        if (space.contains(genome)) {
            return true;
        }
        Blueprint network = space.blueprint(genome);
        parameters = Math.min(parameters, network.parameters());
        layers = Math.min(layers, network.depth());
        memory = Math.min(memory, network.trainingBytes(genome.hyperparameters().batchSize()));
        return false;
    }

    private Genome genome(List<Gene> encoder) {
        return new Genome(encoder, space.latent(), Upscaling.UPSAMPLING, training());
    }

    private Hyperparameters training() {
        return new Hyperparameters(
                space.optimizers().get(0), space.learningRate().min(), Collections.min(space.batchSizes()));
    }

    private Genome pair(Section encoder, Section decoder) {
        return genome(encoder.genes()).with(Role.DECODER, decoder);
    }

    private String message() {
        if (parameters == Long.MAX_VALUE) {
            Role first = space.roles().get(0);
            int fewest = space.fewestGenes(first);
            return fewest > 1
                    ? "no " + fewest + " genes (space.min-genes) of the " + first + " fit the input " + space.input()
                            + ": strides " + space.section(first).strides() + " leave no image for the last of them"
                    : "no gene of the " + first + " fits the input " + space.input() + ": strides "
                            + space.section(first).strides() + " are larger than the image";
        }
        return "no network meets the limits of the search space: the smallest has " + parameters
                + " parameters (at most " + space.maxParameters() + " allowed), " + layers + " layers (at most "
                + space.maxLayers() + "), " + memory + " bytes of training memory (at most " + space.maxMemoryBytes()
                + "); raise the limits or lower the least filters, units, kernel or batch size";
    }
}
