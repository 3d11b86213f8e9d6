package org.aevo.train.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aevo.network.Blueprint;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.junit.jupiter.api.Test;

class SumTest {
    /** 41 times the float next to 2 / 82 is less than 1. */
    @Test
    void whereTheLibraryRoundsOtherwiseItIsNotAsked() {
        assertTrue(Sum.asUpsampling(2, 4));
        assertTrue(Sum.asUpsampling(3, 9));
        assertTrue(Sum.asUpsampling(4, 6));
        assertTrue(Sum.asUpsampling(9, 4));
        assertFalse(Sum.asUpsampling(2, 82));
    }

    /** Every length from every other, along rows and columns: some by the library's upsampling, some by indices. */
    @Test
    void everyLengthFitsEveryOther() {
        int[] lengths = {2, 3, 4, 5, 6, 7, 9, 10, 14, 41, 49, 82, 98, 123};
        Hyperparameters any = new Hyperparameters(Optimizer.ADAM, 1e-3, 1);
        int wrong = 0;
        try (TorchEngine engine = new TorchEngine()) {
            for (int from : lengths) {
                for (int to : lengths) {
                    Shape samples = new Shape(1, 2, from);
                    Shape shape = new Shape(1, 3, to);
                    float[] values = new float[2 * from];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = i;
                    }
                    try (Network network = engine.build(NetworkPlan.of(stretched(samples, shape), any, 1))) {
                        float[] sum = network.reconstruct(values);
                        for (int i = 0; i < sum.length; i++) {
                            int row = i / to * 2 / 3;
                            int column = i % to * from / to;
                            // the primary input is the value in the corner everywhere
                            wrong += sum[i] == values[row * from + column] + values[0] ? 0 : 1;
                        }
                    }
                }
            }
        }
        assertEquals(0, wrong);
    }

    /** The samples' first value as an image of a shape, with the samples added. */
    private static Blueprint stretched(Shape samples, Shape shape) {
        List<Node> nodes = new ArrayList<>();
        Layer corner = new Layer.Crop("corner", samples, new Shape(1, 1, 1), 0, 0);
        Layer up = new Layer.Upsample("up", corner.output(), Math.max(shape.height(), shape.width()));
        Layer cut = new Layer.Crop("cut", up.output(), shape, 0, 0);
        nodes.add(new Node(corner, List.of(Blueprint.INPUT)));
        nodes.add(new Node(up, List.of("corner")));
        nodes.add(new Node(cut, List.of("up")));
        nodes.add(new Node(new Layer.Join("sum", List.of(shape, samples)), List.of("cut", Blueprint.INPUT)));
        return new Blueprint(samples, nodes, Map.of(Blueprint.OUTPUT, "sum"));
    }
}
