package org.aevo.genome.variation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.aevo.genome.Family;
import org.aevo.genome.IntRange;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.SearchSpaceBuilder;
import org.aevo.genome.Spaces;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Test;

class UsualGenomeTest {
    private static final Shape IMAGE = new Shape(1, 28, 28);

    @Test
    void isInEverySpace() {
        List<SearchSpace> spaces = new ArrayList<>(Spaces.all());
        spaces.addAll(Spaces.tight());
        for (Family family : Family.values()) {
            spaces.addAll(Spaces.small(family, true, true));
            spaces.add(SearchSpaceBuilder.classifier(family, IMAGE, 10).build());
        }
        for (SearchSpace space : spaces) {
            assertEquals(List.of(), space.violations(UsualGenome.of(space)), space::toString);
        }
    }

    @Test
    void isWhatPeopleTryFirst() {
        assertEquals(
                "dense(256,relu) dense(128,relu) | latent(16) | upsampling | adam(lr0.001,batch32)",
                UsualGenome.of(SearchSpace.defaults(Family.DENSE, IMAGE, 16)).toString());
        assertEquals(
                "conv(32,k3,s2,relu) conv(64,k3,s2,relu) | latent(16) | upsampling | adam(lr0.001,batch32)",
                UsualGenome.of(SearchSpace.defaults(Family.CONVOLUTIONAL, IMAGE, 16))
                        .toString());
        assertEquals(
                "conv(32,k3,s2,relu) conv(64,k3,s2,relu) dense(256,relu) | latent(16) | upsampling | adam(lr0.001,batch32)",
                UsualGenome.of(SearchSpace.defaults(Family.MIXED, IMAGE, 16)).toString());
    }

    @Test
    void takesTheNearestThatTheSpaceHas() {
        SearchSpace odd = SearchSpace.defaults(Family.DENSE, IMAGE, 16).toBuilder()
                .optimizers(List.of(Optimizer.RMSPROP))
                .batchSizes(List.of(128, 64))
                .units(new IntRange(100, 120))
                .maxGenes(1)
                .build();
        assertEquals(
                "dense(100,relu) | latent(16) | upsampling | rmsprop(lr0.001,batch64)",
                UsualGenome.of(odd).toString());
    }
}
