package org.aevo.ensemble.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.aevo.ensemble.ClassifierSettings;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.network.Ends;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;

/** The network that tells classes from codes: a hidden layer, if there is one, and a softmax. */
record CodeClassifier(ClassifierSettings settings) implements Design {

    @Override
    public Hyperparameters hyperparameters() {
        return new Hyperparameters(Optimizer.ADAM, settings.learningRate(), settings.batchSize());
    }

    @Override
    public Blueprint unfold(Ends ends) {
        List<Layer> layers = new ArrayList<>();
        Shape before = ends.input();
        if (settings.hidden() > 0) {
            layers.add(new Layer.Dense("hidden", before, settings.hidden(), Activation.RELU, 0));
            before = Shape.vector(settings.hidden());
        }
        layers.add(
                new Layer.Dense("classes", before, Math.toIntExact(ends.output().size()), Activation.SOFTMAX, 0));
        return Blueprint.chain(ends.input(), layers);
    }
}
