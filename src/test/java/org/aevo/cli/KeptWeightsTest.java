package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Optional;
import org.aevo.mpi.Message;
import org.aevo.record.WeightShelf;
import org.aevo.search.Inheritance.Origin;
import org.aevo.search.ParentWeights;
import org.aevo.search.TrainedNetwork;
import org.junit.jupiter.api.Test;

class KeptWeightsTest {
    /** Has nothing. */
    private static final ParentWeights AT_MASTER = new ParentWeights() {
        @Override
        public Answer get(long id) {
            return new NotFound(Origin.MISSING, "not at the master");
        }

        @Override
        public void put(TrainedNetwork network) {
            throw new AssertionError("nobody puts");
        }
    };

    @Test
    void asksTheMasterWhereNoFileCanHaveTheNameOfTheFolder() {
        Optional<ParentWeights> weights = KeptWeights.ofWorker(
                Optional.of(new Message.Store("of this run", "/runs/a\0b")), WeightShelf.PARENTS, AT_MASTER);
        assertSame(AT_MASTER, weights.orElseThrow());
    }

    @Test
    void inheritsNothingWhereTheMasterNamesNoStore() {
        assertEquals(Optional.empty(), KeptWeights.ofWorker(Optional.empty(), WeightShelf.ENSEMBLE, AT_MASTER));
    }
}
