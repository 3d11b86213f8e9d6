package org.aevo.train.dl4j;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aevo.network.Layer.Join;
import org.aevo.network.Shape;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;

/**
 * A join of vertices that the library has. Row i of h rows is row i g / h, rounded down, of g rows: these, each repeated
 * h / d times, of which every (g / d)th is taken, where d divides both h and g. Columns alike, and after the rows, so that
 * what stands between is large along one side only.
 */
final class LibraryJoin {
    private final Join join;
    private final InnerNames names;
    private final GraphVertices vertices;

    LibraryJoin(Join join, InnerNames names, GraphVertices vertices) {
        this.join = join;
        this.names = names;
        this.vertices = vertices;
    }

    /** Adds the vertices. The last one has the join's name, and stands as an image if its shape is one. */
    Place of(List<Place> inputs) {
        Shape shape = join.input();
        String first = inForm(inputs.get(0), shape.isImage(), shape, "1");
        List<String> summands = new ArrayList<>(List.of(first));
        for (int i = 1; i < inputs.size(); i++) {
            summands.add(fitted(inputs.get(i), join.inputs().get(i), first, Integer.toString(i + 1)));
        }
        vertices.add(join.name(), new ElementWiseVertex(ElementWiseVertex.Op.Add), summands);
        return new Place(join.name(), shape, shape.isImage());
    }

    private String fitted(Place place, Shape own, String first, String number) {
        Shape wanted = join.input();
        Shape from = wanted.isImage() ? own : Shape.vector(Math.toIntExact(own.size()));
        String at = inForm(place, wanted.isImage(), own, number);
        if (from.channels() > wanted.channels()) {
            at = added(number + "_cut", new SubsetVertex(0, wanted.channels() - 1), at);
        }
        at = resized(at, from.height(), wanted.height(), true, number + "_rows");
        at = resized(at, from.width(), wanted.width(), false, number + "_columns");
        int missing = wanted.channels() - from.channels();
        if (missing > 0) {
            String some = added(number + "_some", new SubsetVertex(0, missing - 1), first);
            String zeros = added(number + "_zeros", new ScaleVertex(0), some);
            at = added(number + "_padded", new MergeVertex(), at, zeros);
        }
        return at;
    }

    private String inForm(Place place, boolean image, Shape shape, String number) {
        Optional<InputPreProcessor> reshape = place.into(image, shape);
        return reshape.isEmpty()
                ? place.maker()
                : added(number + "_form", new PreprocessorVertex(reshape.get()), place.maker());
    }

    private String resized(String input, int there, int wanted, boolean rows, String what) {
        int divisor = BigInteger.valueOf(there).gcd(BigInteger.valueOf(wanted)).intValueExact();
        int repeats = wanted / divisor;
        int step = there / divisor;
        String at = input;
        if (repeats > 1) {
            Upsampling2D.Builder repeated = new Upsampling2D.Builder();
            at = added(
                    repeated.size(sides(rows, repeats))
                            .name(name(what + "_repeated"))
                            .build(),
                    at);
        }
        if (step > 1) {
            SubsamplingLayer.Builder taken = new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX);
            taken.kernelSize(1, 1).stride(sides(rows, step)).convolutionMode(ConvolutionMode.Truncate);
            at = added(taken.name(name(what + "_taken")).build(), at);
        }
        return at;
    }

    private static int[] sides(boolean rows, int number) {
        return rows ? new int[] {number, 1} : new int[] {1, number};
    }

    private String added(Layer layer, String input) {
        vertices.add(layer, null, input);
        return layer.getLayerName();
    }

    private String added(String what, GraphVertex vertex, String... inputs) {
        String name = name(what);
        vertices.add(name, vertex, List.of(inputs));
        return name;
    }

    private String name(String what) {
        return names.of(join.name() + "_" + what);
    }
}
