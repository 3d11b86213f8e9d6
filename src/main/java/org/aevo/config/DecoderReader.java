package org.aevo.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.aevo.genome.DoubleRange;
import org.aevo.genome.IntRange;
import org.aevo.genome.SectionSpace;
import org.aevo.network.Activation;

/** Reads the bounds of free decoders in the section {@code space}: those of encoders, but for what has a key of its own. */
final class DecoderReader {
    private static final String STRIDES = "decoder-strides";
    private static final String KERNEL = "decoder-kernel";
    private static final String ACTIVATIONS = "decoder-activations";

    private final Section section;
    private final List<String> given = new ArrayList<>();

    private DecoderReader(Section section) {
        this.section = section;
    }

    /**
     * Empty where decoders mirror encoders, or there are none.
     *
     * @param classify whether there are none
     */
    static Optional<SectionSpace> read(Section section, DecoderKind kind, SectionSpace encoder, boolean classify) {
        return new DecoderReader(section).read(kind, encoder, classify);
    }

    private Optional<SectionSpace> read(DecoderKind kind, SectionSpace encoder, boolean classify) {
        int maxGenes = number("decoder-max-genes", 1, SectionSpace.MOST_GENES, "max-genes", encoder.maxGenes());
        int maxSkips = number("decoder-max-skips", 0, SectionSpace.MOST_SKIPS, "max-skips", encoder.maxSkips());
        IntRange filters = or(
                "decoder-filters",
                section.optionalRange("decoder-filters", 1, SpaceReader.MANY, meaning("filters")),
                encoder.filters());
        IntRange kernel = or(KERNEL, section.optionalRange(KERNEL, 1, 7, meaning("kernel")), encoder.kernel());
        List<Integer> strides = or(
                STRIDES,
                section.optionalIntegers(
                        STRIDES, 1, 7, "by which a gene of a free decoder enlarges; none for space.strides"),
                encoder.strides());
        boolean batchNorm = or(
                "decoder-batch-normalization",
                section.optionalFlag("decoder-batch-normalization", meaning("batch-normalization")),
                encoder.batchNormalization());
        IntRange units = or(
                "decoder-units",
                section.optionalRange("decoder-units", 1, SpaceReader.MANY, meaning("units")),
                encoder.units());
        DoubleRange dropout = or(
                "decoder-dropout",
                section.optionalRange("decoder-dropout", 0, 0.99, meaning("dropout")),
                encoder.dropout());
        List<Activation> activations = or(
                ACTIVATIONS,
                section.optionalChoices(ACTIVATIONS, Activation.OF_VALUES, meaning("activations")),
                encoder.activations());
        if (classify) {
            for (String key : given) {
                SpaceReader.ofAutoencoders(section, key, true);
            }
            return Optional.empty();
        }
        if (kind == DecoderKind.MIRRORED) {
            if (!given.isEmpty()) {
                throw section.error(given.get(0), "is for free decoders: set space.decoder to free, or leave it out");
            }
            return Optional.empty();
        }
        SpaceReader.trusted(section, given.contains(STRIDES) ? STRIDES : KERNEL, strides, kernel);
        return Optional.of(SpaceReader.bounds(
                section,
                "decoder",
                () -> new SectionSpace(
                        maxGenes,
                        maxSkips,
                        filters,
                        kernel,
                        strides,
                        encoder.poolSizes(),
                        units,
                        activations,
                        dropout,
                        batchNorm)));
    }

    private int number(String key, int min, int max, String encoders, int standard) {
        OptionalLong value = section.optionalWhole(key, min, max, meaning(encoders));
        if (value.isPresent()) {
            given.add(key);
        }
        return (int) value.orElse(standard);
    }

    private <T> T or(String key, Optional<T> value, T standard) {
        if (value.isPresent()) {
            given.add(key);
        }
        return value.orElse(standard);
    }

    private static String meaning(String encoders) {
        return "of free decoders; none for space." + encoders;
    }
}
