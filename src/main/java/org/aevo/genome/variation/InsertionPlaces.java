package org.aevo.genome.variation;

import java.util.List;
import java.util.stream.IntStream;
import org.aevo.genome.Family;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;

/** The places of a section at which one more gene of a kind may stand: none where it has as many genes as it may have. */
final class InsertionPlaces {
    private final SearchSpace space;
    private final Role role;

    InsertionPlaces(SearchSpace space, Role role) {
        this.space = space;
        this.role = role;
    }

    /** Of convolutions: in front of the dense genes, of a decoder behind them. */
    List<Integer> spatial(Section section) {
        return places(section, Family.DENSE, !role.enlarges());
    }

    /** Of dense genes: behind the spatial ones, of a decoder in front of them. */
    List<Integer> dense(Section section) {
        return places(section, Family.CONVOLUTIONAL, role.enlarges());
    }

    private List<Integer> places(Section section, Family without, boolean first) {
        if (space.family(role) == without
                || section.size() >= space.section(role).maxGenes()) {
            return List.of();
        }
        int border = section.leading(!role.enlarges());
        return IntStream.rangeClosed(first ? 0 : border, first ? border : section.size())
                .boxed()
                .toList();
    }
}
