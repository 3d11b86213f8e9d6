package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.List;
import org.aevo.genome.Genome;

/**
 * A varied genome and what made it.
 *
 * @param operators names of what changed it, in order, each once; empty if nothing did
 */
public record Offspring(Genome genome, List<String> operators) {
    /** Name of the crossover among the operators. */
    public static final String CROSSOVER = "crossover";

    public Offspring {
        operators = List.copyOf(operators);
    }

    /** Whether it has genes of both parents. */
    public boolean crossed() {
        return operators.contains(CROSSOVER);
    }

    /** The operators joined by {@code +}; {@code copy} if there are none. */
    public String operator() {
        return operators.isEmpty() ? "copy" : String.join("+", operators);
    }

    Offspring then(String operator, Genome next) {
        List<String> names = new ArrayList<>(operators);
        if (!names.contains(operator)) {
            names.add(operator);
        }
        return new Offspring(next, names);
    }
}
