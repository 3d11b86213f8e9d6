package org.aevo.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.aevo.genome.Family;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Synchronous searches with the seeds of 0.6.0 propose the candidates that it proposed, and count their diversity alike. */
class SameSearchAsBeforeTest {
    private static final int EVALUATIONS = 120;

    @ParameterizedTest
    @EnumSource(Family.class)
    void sameSeedSameSearch(Family family) throws IOException {
        SearchSpace space = SearchSpace.defaults(family, new Shape(1, 28, 28), 16);
        SearchStrategy evolution =
                new GenerationalEvolution(space, EvolutionSettings.defaults().with(VariationRates.earlier()), 7);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < EVALUATIONS; i++) {
            Candidate candidate = ((Proposal.Next) evolution.ask()).candidate();
            lines.add("%d %d %d %d %s %s"
                    .formatted(
                            candidate.id(),
                            candidate.generation(),
                            candidate.parentA(),
                            candidate.parentB(),
                            candidate.operator(),
                            candidate.genome()));
            Evaluation evaluation = Evaluations.of(candidate, genome -> checksum(genome.toString()));
            for (Insertion told : evolution.tell(evaluation)) {
                lines.add("told %d %s %s %s"
                        .formatted(told.id(), told.bestFitness(), told.meanFitness(), told.diversity()));
            }
        }
        String file = "/org/aevo/search/search-" + family.name() + "-0.6.0.txt";
        try (InputStream before = getClass().getResourceAsStream(file)) {
            assertEquals(new String(before.readAllBytes(), UTF_8), String.join("\n", lines) + "\n");
        }
    }

    private static double checksum(String text) {
        CRC32 checksum = new CRC32();
        checksum.update(text.getBytes(UTF_8));
        return checksum.getValue();
    }
}
