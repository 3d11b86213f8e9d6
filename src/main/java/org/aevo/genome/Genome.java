package org.aevo.genome;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.network.Ends;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Require;

/**
 * An autoencoder: the genes of its encoder, from the input to the last layer before the bottleneck, the bottleneck's size,
 * the decoder, which mirrors the encoder or has genes of its own, and what training needs. Or a classifier: the genes of its
 * features, those of its head, and what training needs. Immutable; equal genomes describe the same training.
 *
 * <p>Where no decoder mirrors a gene that shrinks an image, nothing has to be enlarged by one rule: {@code
 * upscaling} is then always {@link Upscaling#UPSAMPLING}, so that two genomes that describe one network are equal.
 *
 * <p>Its one-line text is made and read by {@link GenomeText}. A genome says nothing of the data's shape: with one, it
 * unfolds into a {@link Blueprint}.
 *
 * @param sections by role; of an autoencoder an encoder always, a decoder only where it is free; of a classifier features and
 *     head, which may be empty
 * @param latent units of the dense bottleneck; the search space fixes it; 0 of a classifier, which has none
 * @param upscaling how a mirrored decoder enlarges images
 */
public record Genome(Map<Role, Section> sections, int latent, Upscaling upscaling, Hyperparameters hyperparameters)
        implements Design {
    private static final Set<Role> CLASSIFIER = Set.of(Role.FEATURES, Role.HEAD);
    private static final Set<Set<Role>> AUTOENCODERS = Set.of(Set.of(Role.ENCODER), Set.of(Role.ENCODER, Role.DECODER));

    public Genome {
        Set<Role> roles = sections.keySet();
        boolean classifies = roles.equals(CLASSIFIER);
        if (!classifies && !AUTOENCODERS.contains(roles)) {
            throw new IllegalArgumentException(
                    "a genome must have an encoder, and a decoder where that is free, or features and a head; this has "
                            + roles.stream().sorted().toList());
        }
        sections = Collections.unmodifiableMap(new EnumMap<>(sections));
        sections.forEach(Genome::check);
        if (classifies && latent != 0) {
            throw new IllegalArgumentException("a classifier has no code: its latent must be 0, was " + latent);
        } else if (!classifies) {
            Require.positive("latent", latent);
        }
        Require.given("upscaling", upscaling);
        Require.given("hyperparameters", hyperparameters);
        if (!shrinks(sections)) {
            upscaling = Upscaling.UPSAMPLING;
        }
    }

    /** One whose decoder mirrors the encoder. */
    public Genome(Section encoder, int latent, Upscaling upscaling, Hyperparameters hyperparameters) {
        this(Map.of(Role.ENCODER, encoder), latent, upscaling, hyperparameters);
    }

    /** One whose decoder mirrors the encoder, without skips. */
    public Genome(List<Gene> encoder, int latent, Upscaling upscaling, Hyperparameters hyperparameters) {
        this(Section.of(encoder), latent, upscaling, hyperparameters);
    }

    /** A classifier. */
    public static Genome classifier(Section features, Section head, Hyperparameters hyperparameters) {
        return new Genome(Map.of(Role.FEATURES, features, Role.HEAD, head), 0, Upscaling.UPSAMPLING, hyperparameters);
    }

    /** Whether it is a classifier, and no autoencoder. */
    public boolean classifies() {
        return sections.containsKey(Role.HEAD);
    }

    /** The encoder of an autoencoder. */
    public Section encoder() {
        return section(Role.ENCODER)
                .orElseThrow(() -> new IllegalStateException("a classifier has no encoder: " + this));
    }

    /** The section of a role, if there is one. */
    public Optional<Section> section(Role role) {
        return Optional.ofNullable(sections.get(role));
    }

    /** The decoder, if it is free; empty if it mirrors the encoder. */
    public Optional<Section> decoder() {
        return section(Role.DECODER);
    }

    /** Whether the decoder mirrors a gene that makes images smaller, so that it must enlarge them. */
    public boolean shrinks() {
        return shrinks(sections);
    }

    private static boolean shrinks(Map<Role, Section> sections) {
        if (!sections.containsKey(Role.ENCODER) || sections.containsKey(Role.DECODER)) {
            return false;
        }
        for (Gene gene : sections.get(Role.ENCODER).genes()) {
            if (gene.step() > 1) {
                return true;
            }
        }
        return false;
    }

    private static void check(Role role, Section section) {
        for (int i = 0; i < section.size(); i++) {
            if (!role.holds(section.get(i))) {
                throw new IllegalArgumentException(Places.gene(role, i) + " is " + GenomeText.print(section.get(i))
                        + ", which is of " + others(role, section.get(i)));
            }
        }
    }

    /** Where a gene may stand that one section does not hold: in another one of autoencoders, or of classifiers. */
    private static String others(Role role, Gene gene) {
        return Arrays.stream(Role.values())
                .filter(other -> other.classifies() == role.classifies() && other.holds(gene))
                .map(Role::article)
                .findFirst()
                .orElse("a decoder");
    }

    /** This genome with another section of a role, or with one more. */
    public Genome with(Role role, Section section) {
        Map<Role, Section> changed = new EnumMap<>(sections);
        changed.put(role, section);
        return new Genome(changed, latent, upscaling, hyperparameters);
    }

    /** This genome with other encoder genes, without skips. */
    public Genome withEncoder(List<Gene> genes) {
        return with(Role.ENCODER, Section.of(genes));
    }

    /** This genome with another way to enlarge. */
    public Genome withUpscaling(Upscaling other) {
        return new Genome(sections, latent, other, hyperparameters);
    }

    /** This genome trained in another way. */
    public Genome withHyperparameters(Hyperparameters other) {
        return new Genome(sections, latent, upscaling, other);
    }

    @Override
    public Blueprint unfold(Ends ends) {
        return Unfolding.of(this, ends);
    }

    @Override
    public String toString() {
        return GenomeText.print(this);
    }
}
