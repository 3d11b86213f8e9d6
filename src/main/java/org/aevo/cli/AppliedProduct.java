package org.aevo.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aevo.apply.Product;
import org.aevo.apply.What;
import org.aevo.config.InputException;
import org.aevo.data.NewData;
import org.aevo.network.Classes;
import org.aevo.network.EnumText;
import org.aevo.record.ModelReader;

/**
 * What a model can make of new data.
 *
 * @param quantile of the errors of training samples: the threshold of errors
 * @param scaled whether reconstructions stay in [0, 1]
 */
record AppliedProduct(What what, ModelReader.Model model, double quantile, boolean scaled) {

    /**
     * @throws InputException if it does not make this
     */
    AppliedProduct {
        Optional<Classes> classes = model.newSamples().inputs().classes();
        if (classes.isPresent() && !what.ofClassifiers()) {
            throw new InputException("--as " + EnumText.of(what) + ": " + EnumText.of(what)
                    + " are given by autoencoders, and this model is a classifier of "
                    + classes.get().count()
                    + " classes; labels and probabilities can be had");
        }
        if (classes.isEmpty() && what.ofClassifiers()) {
            throw new InputException("--as " + EnumText.of(what) + ": " + EnumText.of(what)
                    + " are given by models that classify, and this one is an autoencoder; "
                    + (model.blueprint().latent().isPresent() ? "codes, " : "")
                    + "reconstructions and errors can be had");
        }
        if (what == What.CODES && model.blueprint().latent().isEmpty()) {
            throw new InputException(
                    "--as codes: the network of this model has no code; reconstructions and errors can be had");
        }
    }

    /**
     * Of these data.
     *
     * @param source as the user named it
     */
    Product of(NewData data, Path source) {
        Map<String, Object> about = new TreeMap<>();
        about.put("created_by", "aevo " + Build.version());
        about.put("source", source.toString());
        about.put("run", model.about().run());
        about.put("candidate", model.about().candidate());
        about.put("genome", model.about().genome());
        double threshold = Double.NaN;
        if (what == What.ERRORS) {
            threshold = model.newSamples().errors().quantile(quantile);
            about.put("threshold", threshold);
            about.put("quantile", quantile);
        }
        if (what == What.RECONSTRUCTIONS) {
            about.put("units", scaled ? "0 to 1" : "those of the data");
        }
        Optional<Classes> classes = model.newSamples().inputs().classes();
        return new Product(what, data.count(), sides(data), columns(data), threshold, classes, about);
    }

    private List<Integer> sides(NewData data) {
        return switch (what) {
            case CODES ->
                List.of(Math.toIntExact(model.blueprint()
                        .latent()
                        .orElseThrow()
                        .layer()
                        .output()
                        .size()));
            case RECONSTRUCTIONS -> data.sides();
            case ERRORS, LABELS -> List.of();
            case PROBABILITIES -> List.of(classes().count());
        };
    }

    private List<String> columns(NewData data) {
        return switch (what) {
            case CODES, ERRORS, LABELS -> List.of();
            case RECONSTRUCTIONS -> data.features();
            case PROBABILITIES ->
                classes().labels().stream().map(label -> "probability_" + label).toList();
        };
    }

    private Classes classes() {
        return model.newSamples().inputs().classes().orElseThrow();
    }
}
