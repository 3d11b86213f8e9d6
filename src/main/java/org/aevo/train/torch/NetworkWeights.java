package org.aevo.train.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aevo.search.Weights;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * The arrays of {@link org.aevo.train.Network#weights} on the device: those that are trained in one flat tensor, with
 * their gradients in another, and the running averages of normalisation in a third. Three, because the library
 * refuses a step backward if anything in a tensor that it started from was written to on the way.
 */
final class NetworkWeights {
    private final List<String> names;
    private final FlatArrays trained;
    private final FlatArrays running;
    private final Tensor gradient;
    private final Strung shared;
    private final Owned owned;

    /** Of the trained and the running arrays, while weights are kept. */
    private Optional<List<Tensor>> kept = Optional.empty();

    NetworkWeights(Weights initial, ImageOrder order, TensorOptions options, Owned owned) {
        this.owned = owned;
        names = initial.arrays().stream().map(Weights.Array::name).toList();
        trained = new FlatArrays(owned, arrays(initial, false), order, options);
        running = new FlatArrays(owned, arrays(initial, true), order, options);
        gradient = owned.own(torch.zeros_like(trained.flat()));
        shared = new Strung(List.of(gradient, running.flat()));
    }

    private static List<Weights.Array> arrays(Weights weights, boolean running) {
        return weights.arrays().stream()
                .filter(a -> running == (a.name().endsWith("_mean") || a.name().endsWith("_var")))
                .toList();
    }

    /** All numbers that are trained, one behind the other. */
    Tensor flat() {
        return trained.flat();
    }

    /** Their gradients, in the same places; they add up until they are set to zero. */
    Tensor gradient() {
        return gradient;
    }

    /** What a step makes of samples: all gradients, and the running averages. */
    Strung shared() {
        return shared;
    }

    /** An array that is trained, ready for a pass backward. */
    Tensor trained(String name) {
        Tensor view = owned.own(trained.view(name, trained.flat()));
        view.set_requires_grad(true);
        view.mutable_grad().put(trained.view(name, gradient));
        return view;
    }

    /** What adds a share of all that layers multiply with to its gradient, where it lies: nothing has to be copied. */
    Runnable decay(double share) {
        Scalar factor = owned.own(new Scalar(share));
        List<Tensor> values = new ArrayList<>();
        List<Tensor> gradients = new ArrayList<>();
        for (String name : trained.names()) {
            if (name.endsWith("_W")) {
                values.add(owned.own(trained.numbers(name, trained.flat())));
                gradients.add(owned.own(trained.numbers(name, gradient)));
            }
        }
        return () -> {
            for (int i = 0; i < values.size(); i++) {
                gradients.get(i).add_(values.get(i), factor);
            }
        };
    }

    /** A running average. */
    Tensor running(String name) {
        return owned.own(running.view(name, running.flat()));
    }

    Weights copy() {
        Map<String, Weights.Array> copies = Stream.concat(trained.copy().stream(), running.copy().stream())
                .collect(Collectors.toMap(Weights.Array::name, Function.identity()));
        return new Weights(names.stream().map(copies::get).toList());
    }

    /** @throws IllegalArgumentException if names or shapes differ */
    void load(Weights weights) {
        List<String> given = weights.arrays().stream().map(Weights.Array::name).toList();
        if (!given.equals(names)) {
            throw new IllegalArgumentException("weights " + given + " are not those of the network " + names);
        }
        for (Weights.Array array : weights.arrays()) {
            int[] shape = (trained.contains(array.name()) ? trained : running).shape(array.name());
            if (!Arrays.equals(shape, array.shape())) {
                throw new IllegalArgumentException("weights " + array.name() + " have shape "
                        + Arrays.toString(array.shape()) + ", the network's " + Arrays.toString(shape));
            }
        }
        trained.load(weights.arrays());
        running.load(weights.arrays());
    }

    void keep() {
        if (kept.isEmpty()) {
            kept = Optional.of(List.of(
                    owned.own(trained.flat().clone()), owned.own(running.flat().clone())));
        } else {
            kept.get().get(0).copy_(trained.flat());
            kept.get().get(1).copy_(running.flat());
        }
    }

    /** @throws IllegalStateException if none were kept */
    void restore() {
        List<Tensor> copies = kept.orElseThrow(() -> new IllegalStateException("no weights were kept"));
        trained.flat().copy_(copies.get(0));
        running.flat().copy_(copies.get(1));
    }
}
