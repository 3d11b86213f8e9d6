package org.aevo.train.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.network.Blueprint;
import org.aevo.network.Node;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** A blueprint as functions of tensors: from samples to the output that is trained, and to the code. */
final class LayerGraph {

    /** What a node does, on what was made before it. */
    @FunctionalInterface
    interface Operation {
        /**
         * In memory of its own, or a view of what it takes; writes to nothing that it takes.
         *
         * @param values the samples, then what each node has made so far
         */
        Tensor apply(Tensor[] values, boolean training);
    }

    /**
     * A node on the way to a result.
     *
     * @param spent places of values that no node behind this one takes
     */
    private record Stage(int place, Operation operation, int[] spent) {}

    private final Map<String, Integer> places = new HashMap<>(Map.of(Blueprint.INPUT, 0));
    private final List<Operation> operations = new ArrayList<>();
    private final List<Stage> output;
    private final Optional<List<Stage>> code;

    LayerGraph(Blueprint blueprint, LayerSteps steps) {
        for (Node node : blueprint.nodes()) {
            int[] inputs = node.inputs().stream().mapToInt(places::get).toArray();
            operations.add(steps.of(node, inputs));
            places.put(node.name(), operations.size());
        }
        output = stages(blueprint.upTo(blueprint.output().name()));
        code = blueprint.latent().map(node -> stages(blueprint.upTo(node.name())));
    }

    /** Those of the nodes that a result depends on. */
    private List<Stage> stages(List<Node> nodes) {
        Map<Integer, Integer> last = new HashMap<>();
        for (Node node : nodes) {
            node.inputs().forEach(name -> last.put(places.get(name), places.get(node.name())));
        }
        List<Stage> stages = new ArrayList<>();
        for (Node node : nodes) {
            int place = places.get(node.name());
            // the samples are the caller's
            int[] spent = last.entrySet().stream()
                    .filter(use -> use.getValue() == place && use.getKey() > 0)
                    .mapToInt(Map.Entry::getKey)
                    .toArray();
            stages.add(new Stage(place, operations.get(place - 1), spent));
        }
        return stages;
    }

    boolean hasCode() {
        return code.isPresent();
    }

    Tensor forward(Tensor x, boolean training) {
        return through(x, output, training);
    }

    /** The code, without training. */
    Tensor encode(Tensor x) {
        return through(x, code.orElseThrow(), false);
    }

    private Tensor through(Tensor x, List<Stage> stages, boolean training) {
        Tensor[] values = new Tensor[operations.size() + 1];
        values[0] = x;
        int place = 0;
        if (training) {
            for (Stage stage : stages) {
                place = stage.place();
                values[place] = stage.operation().apply(values, true);
            }
            return values[place];
        }
        // No step backward will want what a layer makes: it goes as soon as the last layer that takes it has had it.
        PointerScope all = PointerScope.getInnerScope();
        for (Stage stage : stages) {
            place = stage.place();
            try (PointerScope own = new PointerScope()) {
                values[place] = new Tensor(stage.operation().apply(values, false));
                all.attach(values[place]);
            }
            for (int spent : stage.spent()) {
                all.detach(values[spent]);
            }
        }
        return values[place];
    }
}
