package org.aevo.genome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.aevo.network.Activation;
import org.aevo.network.Ends;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClassifierSpaceTest {
    private static final Shape IMAGE = new Shape(1, 28, 28);
    private static final String TRAINING = " | softmax | adam(lr0.001,batch128)";

    private static SearchSpace space(Family family) {
        return SearchSpaceBuilder.classifier(family, IMAGE, 10).build();
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void defaultsAreThoseOfTheManual(Family family) {
        SearchSpace space = space(family);
        assertEquals(Ends.classifier(IMAGE, 10), space.ends());
        assertEquals(10, space.classes());
        assertEquals(0, space.latent());
        assertEquals(Activation.SOFTMAX, space.outputActivation());
        assertEquals(
                switch (family) {
                    case DENSE -> List.of(Role.HEAD);
                    case CONVOLUTIONAL -> List.of(Role.FEATURES);
                    case MIXED -> List.of(Role.FEATURES, Role.HEAD);
                },
                space.roles());
        space.roles().forEach(role -> {
            assertEquals(role == Role.HEAD ? 3 : 6, space.section(role).maxGenes());
            assertEquals(role == Role.HEAD ? Family.DENSE : Family.CONVOLUTIONAL, space.family(role));
            assertEquals(new IntRange(16, 512), space.section(role).units());
        });
        assertEquals(Optional.empty(), space.decoder());
        assertEquals(space, space.toBuilder().build());
        SearchSpace other = space.toBuilder()
                .headMaxGenes(5)
                .maxGenes(4)
                .units(new IntRange(1, 9))
                .build();
        space.roles().forEach(role -> {
            assertEquals(role == Role.HEAD ? 5 : 4, other.section(role).maxGenes());
            assertEquals(new IntRange(1, 9), other.section(role).units());
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            nullValues = "none",
            value = {
                "MIXED ; conv(8,k3,s1,relu) pool(2) | dense(32,relu) ; none",
                "MIXED ; conv(8,k3,s1,relu) pool(2) | - ; none",
                "MIXED ; - | dense(32,relu) ; the features must have 1..6 genes, has 0 (space.min-genes)",
                "MIXED ; conv(8,k3,s1,relu) | dense(32,relu) dense(32,relu) dense(32,relu) dense(32,relu) ; the head must have 0..3 genes, has 4",
                "MIXED ; pool(2) | - ; features gene 0 pool(2): cannot be the first gene",
                "MIXED ; conv(8,k3,s1,relu) pool(2) pool(2) pool(2) pool(2) pool(2) | - ; none",
                "MIXED ; conv(8,k3,s2,relu) pool(2) pool(2) pool(2) pool(2) pool(2) | - ; features gene 5 pool(2): has no neighbourhood left",
                "MIXED ; conv(80,k3,s1,relu) | - ; features gene 0 conv(80,k3,s1,relu): filters must be within 4..64, was 80",
                "MIXED ; conv(8,k3,s1,relu) | dense(8,relu) ; head gene 0 dense(8,relu): units must be within 16..512, was 8",
                "MIXED ; conv(8,k3,s1,identity) | - ; features gene 0 conv(8,k3,s1,identity): activation must be one of",
                "MIXED ; conv(64,k3,s1,relu) | dense(512,relu) ; the network must have at most 2000000 parameters",
                "DENSE ; - | dense(32,relu) ; none",
                "DENSE ; - | - ; the head must have 1..3 genes, has 0",
                "DENSE ; conv(8,k3,s1,relu) | dense(32,relu) ; the features must have no genes in family dense, has 1",
                "CONVOLUTIONAL ; conv(8,k3,s1,relu) | - ; none",
                "CONVOLUTIONAL ; conv(8,k3,s1,relu) | dense(32,relu) ; the head must have no genes in family convolutional, has 1"
            })
    // five times the side of 28 can be halved: 14, 7, 4, 2, 1
    void whatIsInTheSpace(Family family, String sections, String violation) {
        List<String> found = space(family).violations(GenomeText.parse(sections + TRAINING));
        if (violation == null) {
            assertEquals(List.of(), found);
        } else {
            assertEquals(1, found.size(), found::toString);
            assertTrue(found.get(0).startsWith(violation), found.get(0));
        }
    }

    @Test
    void oneKindOfNetwork() {
        String autoencoder = "dense(32,relu) | latent(16) | upsampling | adam(lr0.001,batch128)";
        assertEquals(
                List.of("the search is for classifiers: features and a head, it has an encoder"),
                space(Family.DENSE).violations(GenomeText.parse(autoencoder)));
        assertEquals(
                List.of("the search is for autoencoders: an encoder, it has features and a head"),
                SearchSpace.defaults(Family.DENSE, IMAGE, 16)
                        .violations(GenomeText.parse("- | dense(32,relu)" + TRAINING)));
    }

    @Test
    void whatCannotBeIsRefused() {
        SearchSpace mixed = space(Family.MIXED);
        Exception e = assertThrows(IllegalArgumentException.class, () -> mixed.section(Role.ENCODER));
        assertEquals("no encoder evolves in this space, but [features, head]", e.getMessage());
        e = assertThrows(
                IllegalArgumentException.class, () -> SearchSpaceBuilder.classifier(Family.MIXED, Shape.vector(9), 2)
                        .build());
        assertTrue(e.getMessage().contains("use family dense"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> SearchSpaceBuilder.classifier(Family.DENSE, IMAGE, 1));
    }
}
