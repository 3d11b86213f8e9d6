package org.aevo.genome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.aevo.network.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SectionTest {
    /** Genes that are told apart by their sizes. */
    private static Gene gene(int units) {
        return new Gene.Dense(units, Activation.RELU, 0);
    }

    private static Section section(int first, int genes, Skip... skips) {
        return new Section(
                IntStream.range(first, first + genes)
                        .mapToObj(SectionTest::gene)
                        .toList(),
                List.of(skips));
    }

    private static Skip skip(int from, int to) {
        return new Skip(from, to);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "0,0", "2,1", "-1,3", "0,-2147483648", "2147483647,-2147483648"})
    void skipsLeadAtLeastTwoGenesOn(int from, int to) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Skip(from, to));
        assertTrue(e.getMessage().contains("not from " + from + " to " + to), e.getMessage());
    }

    @Test
    void skipsAreSortedAndOnceAndLeadToGenes() {
        assertEquals(
                List.of(skip(0, 2), skip(0, 3), skip(1, 3)),
                section(1, 4, skip(1, 3), skip(0, 3), skip(0, 2)).skips());
        Exception twice =
                assertThrows(IllegalArgumentException.class, () -> section(1, 4, skip(1, 3), skip(0, 3), skip(1, 3)));
        assertEquals("skip(1,3) stands twice", twice.getMessage());
        Exception beyond = assertThrows(IllegalArgumentException.class, () -> section(1, 3, skip(1, 3)));
        assertEquals("skip(1,3) leads to gene 3, there are 3, counted from 0", beyond.getMessage());
    }

    @Test
    void insertedGenesMoveSkips() {
        Section section = section(1, 4, skip(0, 2), skip(1, 3));
        assertEquals(List.of(skip(1, 3), skip(2, 4)), section.insert(0, gene(9)).skips());
        assertEquals(List.of(skip(0, 3), skip(2, 4)), section.insert(1, gene(9)).skips());
        assertEquals(List.of(skip(0, 3), skip(1, 4)), section.insert(2, gene(9)).skips());
        assertEquals(List.of(skip(0, 2), skip(1, 3)), section.insert(4, gene(9)).skips());
    }

    @Test
    void removedGenesTakeTheirSkipsAlongAndThoseThatSkipNothingAnyMore() {
        Section section = section(1, 5, skip(0, 2), skip(1, 4));
        assertEquals(List.of(skip(0, 3)), section.remove(0).skips());
        assertEquals(List.of(), section.remove(1).skips());
        assertEquals(List.of(skip(1, 3)), section.remove(2).skips());
        assertEquals(List.of(skip(0, 2), skip(1, 3)), section.remove(3).skips());
        assertEquals(List.of(skip(0, 2)), section.remove(4).skips());
    }

    @Test
    void joinedSectionsKeepTheSkipsInsideEachPart() {
        Section a = section(1, 5, skip(0, 2), skip(1, 3), skip(2, 4));
        Section b = section(11, 5, skip(0, 3), skip(2, 4), skip(1, 3));
        Section joined = a.joined(3, b, 1);
        assertEquals(
                List.of(1, 2, 3, 12, 13, 14, 15),
                joined.genes().stream().map(g -> ((Gene.Dense) g).units()).toList());
        assertEquals(List.of(skip(0, 2), skip(3, 5), skip(4, 6)), joined.skips());
        assertEquals(b, a.joined(0, b, 0));
        assertEquals(a, a.joined(5, b, 5));
    }

    @Test
    void absentSkipsAreAllOthers() {
        assertEquals(List.of(skip(0, 3), skip(1, 3)), section(1, 4, skip(0, 2)).absentSkips());
        assertEquals(List.of(), section(1, 2).absentSkips());
        assertEquals(
                section(1, 4, skip(0, 2), skip(1, 3)), section(1, 4, skip(0, 2)).with(skip(1, 3)));
        assertEquals(section(1, 4), section(1, 4, skip(0, 2)).without(skip(0, 2)));
    }

    /** What a skip joins is the same before and after, told by the genes at its ends. */
    @Property(tries = 300, seed = "5")
    void skipsStayWithTheirGenes(
            @ForAll @IntRange(min = 1, max = 9) int genes, @ForAll long chosen, @ForAll int place) {
        Section section = section(1, genes);
        for (Skip skip : section.absentSkips()) {
            section = (chosen >> skip.from() * 7 + skip.to() & 1) == 0 ? section : section.with(skip);
        }
        Section longer = section.insert(Math.floorMod(place, genes + 1), gene(99));
        assertEquals(ends(section), ends(longer));
        int removed = Math.floorMod(place, genes);
        List<String> left = ends(section.remove(removed));
        assertTrue(ends(section).containsAll(left), left.toString());
        assertEquals(section, section.insert(removed, gene(99)).remove(removed));
    }

    private static List<String> ends(Section section) {
        return section.skips().stream()
                .map(skip -> section.get(skip.from()) + " " + section.get(skip.to()))
                .toList();
    }
}
