package org.aevo.genome.variation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.aevo.genome.Family;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.SearchSpaceBuilder;
import org.aevo.genome.Section;
import org.aevo.genome.Spaces;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Shape;
import org.aevo.random.Generators;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the layers that genomes unfold into. */
class GeneInputTest {
    private static final VariationRates RATES = VariationRates.defaults();

    private static List<SearchSpace> spaces() {
        List<SearchSpace> spaces = new ArrayList<>(Spaces.all());
        for (Family family : Family.values()) {
            spaces.addAll(Spaces.small(family, true, false));
            spaces.add(SearchSpaceBuilder.classifier(family, new Shape(3, 27, 31), 5)
                    .build());
            spaces.add(SearchSpaceBuilder.classifier(family, new Shape(3, 1, 61), 5)
                    .build());
        }
        return spaces;
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void isWhatTheLayersOfGenesFind(SearchSpace space) {
        RandomGenome genomes = new RandomGenome(space, RATES);
        RandomGenerator random = Generators.seeded(31);
        int compared = 0;
        for (int i = 0; i < 30; i++) {
            Genome genome = genomes.next(random);
            Blueprint network = space.blueprint(genome);
            for (Role role : space.roles()) {
                GeneInput inputs = new GeneInput(space, role);
                Section section = genome.section(role).orElseThrow();
                for (int place = 0; place < section.size(); place++) {
                    Shape found = input(network, role, place, section);
                    if (section.get(place) instanceof Gene.Dense) {
                        assertEquals(found.size(), inputs.values(genome, place), genome::toString);
                    } else {
                        assertEquals(found.channels(), inputs.channels(genome, place), genome::toString);
                    }
                    compared++;
                }
            }
        }
        assertTrue(compared >= 30, "compared: " + compared);
    }

    /** Layers of a decoder are numbered by themselves: what a gene became is told by its kind and their order. */
    private static Shape input(Blueprint network, Role role, int place, Section section) {
        boolean spatial = section.get(place).spatial();
        String first = role.toString().substring(0, 1);
        List<Shape> found = network.layers().stream()
                .filter(layer -> layer.name().startsWith(first + (role.enlarges() ? "" : place + "_")))
                .filter(layer -> spatial ? layer instanceof Layer.Windowed : layer instanceof Layer.Dense)
                .map(Layer::input)
                .toList();
        return found.get(!role.enlarges() ? 0 : spatial ? place - section.leading(false) : place);
    }
}
