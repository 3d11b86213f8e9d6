package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.aevo.genome.Family;
import org.aevo.genome.SearchSpace;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Test;

class RandomSearchTest {
    private static final SearchSpace SPACE = SearchSpace.defaults(Family.DENSE, new Shape(1, 8, 8), 4);

    /** The ids in the order in which a search takes in evaluations that come in a given order. */
    private static List<Insertion> insertions(Mode mode, List<Integer> arrivals) {
        SearchStrategy search = Strategies.create(StrategyKind.RANDOM, mode, SPACE, EvolutionSettings.defaults(), 7);
        arrivals.forEach(a -> search.ask());
        List<Insertion> all = new ArrayList<>();
        for (int id : arrivals) {
            double fitness = 1 + Math.sin(id);
            all.addAll(search.tell(new Evaluation(
                    id,
                    EvaluationStatus.OK,
                    new Score(fitness, fitness, fitness),
                    new Effort(Durations.ZERO, 1, 1, 1),
                    List.of(),
                    "")));
        }
        return all;
    }

    @Test
    void aSynchronousOneIsTheSameWhateverOrderEvaluationsComeIn() {
        List<Integer> ids = new ArrayList<>();
        for (int id = 0; id < 40; id++) {
            ids.add(id);
        }
        List<Insertion> inOrder = insertions(Mode.SYNC, ids);
        assertEquals(40, inOrder.size());
        Collections.shuffle(ids, new Random(3));
        assertEquals(inOrder, insertions(Mode.SYNC, ids));
        assertEquals(
                ids.stream().map(Integer::longValue).toList(),
                insertions(Mode.ASYNC, ids).stream().map(Insertion::id).toList());
    }
}
