package org.aevo.genome.variation;

import java.util.List;
import java.util.random.RandomGenerator;
import org.aevo.genome.Section;
import org.aevo.genome.Skip;

/** Skips for a section that has none: any number up to the most with the same probability, and any of that number. */
final class RandomSkips {
    private RandomSkips() {}

    static Section added(Section section, int most, RandomGenerator random) {
        List<Skip> absent = section.absentSkips();
        int number = random.nextInt(1 + Math.min(most, absent.size()));
        Section current = section;
        for (int i = 0; i < number; i++) {
            current = current.with(absent.remove(random.nextInt(absent.size())));
        }
        return current;
    }
}
