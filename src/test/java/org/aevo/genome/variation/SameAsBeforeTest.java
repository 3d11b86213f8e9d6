package org.aevo.genome.variation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Spaces;
import org.aevo.random.Generators;
import org.junit.jupiter.api.Test;

/**
 * Mirrored autoencoders without skips are drawn and varied as 0.6.0 did it, to the letter: its genomes are in a resource,
 * the first of each space in full, all of them as a hash.
 */
class SameAsBeforeTest {
    private static final int GENOMES = 200;
    private static final int IN_FULL = 12;

    @Test
    void sameSeedSameGenomes() throws IOException {
        List<SearchSpace> spaces = new ArrayList<>(Spaces.all());
        spaces.addAll(Spaces.tight());
        StringBuilder found = new StringBuilder();
        for (int i = 0; i < spaces.size(); i++) {
            SearchSpace space = spaces.get(i);
            List<String> lines = lines(space, i);
            found.append("# ").append(space.family()).append(' ').append(space.input());
            found.append(' ').append(hash(lines)).append('\n');
            lines.subList(0, IN_FULL).forEach(line -> found.append(line).append('\n'));
        }
        try (InputStream before = getClass().getResourceAsStream("/org/aevo/genome/genomes-0.6.0.txt")) {
            assertEquals(new String(before.readAllBytes(), UTF_8), found.toString());
        }
    }

    private static List<String> lines(SearchSpace space, long seed) {
        RandomGenerator random = Generators.seeded(seed);
        RandomGenome genomes = new RandomGenome(space, VariationRates.earlier());
        Variation variation = new Variation(space, VariationRates.earlier());
        List<String> lines = new ArrayList<>();
        List<Genome> parents = new ArrayList<>(List.of(genomes.next(random), genomes.next(random)));
        parents.forEach(genome -> lines.add("random " + genome));
        while (lines.size() < GENOMES) {
            Offspring child = variation.reproduce(parents.get(0), parents.get(1), random);
            lines.add(child.operator() + " " + child.genome());
            parents.remove(0);
            // a newcomer now and then, so that children stay different
            parents.add(lines.size() % 5 == 0 ? genomes.next(random) : child.genome());
        }
        return lines;
    }

    private static String hash(List<String> lines) {
        try {
            byte[] all = String.join("\n", lines).getBytes(UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
