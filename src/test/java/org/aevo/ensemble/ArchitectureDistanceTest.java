package org.aevo.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.aevo.genome.GenomeText;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Test;

class ArchitectureDistanceTest {
    private static Blueprint network(String genes) {
        return GenomeText.parse(genes + "| latent(2) | upsampling | adam(lr0.01,batch10)")
                .unfold(Shape.vector(20), Activation.SIGMOID);
    }

    @Test
    void countsLayersThatHadToBeChanged() {
        Blueprint none = network("- ");
        Blueprint one = network("dense(8,relu) ");
        // latent and output are both networks'; a hidden layer on either side is new
        assertEquals(2.0 / 4, ArchitectureDistance.of(none, one));
        assertEquals(0, ArchitectureDistance.of(one, network("dense(8,relu) ")));
        // sizes or activation of the hidden layers
        assertEquals(1.0 / 4, ArchitectureDistance.of(one, network("dense(9,relu) ")));
        assertEquals(1.0 / 4, ArchitectureDistance.of(one, network("dense(8,tanh) ")));
        List<Blueprint> all = List.of(none, one, network("dense(9,relu) dense(3,elu) "));
        for (Blueprint a : all) {
            for (Blueprint b : all) {
                assertEquals(ArchitectureDistance.of(a, b), ArchitectureDistance.of(b, a));
            }
        }
    }

    @Test
    void theFarthestFromThoseChosenComesNext() {
        List<Blueprint> networks = Stream.of(
                        "dense(8,relu) ",
                        "dense(8,tanh) ",
                        "- ",
                        "dense(8,relu) dense(4,relu) dense(3,relu) ",
                        "dense(9,relu) ")
                .map(ArchitectureDistanceTest::network)
                .toList();
        // the chain of three is 1/2 away from the first, and so are others: the earlier one comes first
        assertEquals(List.of(0), ArchitectureDistance.farthest(networks, 1));
        List<Integer> chosen = ArchitectureDistance.farthest(networks, 5);
        assertEquals(List.of(0, 2), chosen.subList(0, 2));
        assertEquals(List.of(0, 1, 2, 3, 4), chosen.stream().sorted().toList());
        // each step by hand: the largest distance to the nearest of those before
        for (int n = 1; n < chosen.size(); n++) {
            double best = -1;
            int expected = -1;
            for (int i = 0; i < networks.size(); i++) {
                if (chosen.subList(0, n).contains(i)) {
                    continue;
                }
                double nearest = Double.POSITIVE_INFINITY;
                for (int before : chosen.subList(0, n)) {
                    nearest = Math.min(nearest, ArchitectureDistance.of(networks.get(before), networks.get(i)));
                }
                if (nearest > best) {
                    best = nearest;
                    expected = i;
                }
            }
            assertEquals(expected, chosen.get(n));
        }
        assertThrows(IllegalArgumentException.class, () -> ArchitectureDistance.farthest(networks, 6));
    }
}
