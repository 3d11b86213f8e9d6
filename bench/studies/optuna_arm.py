"""One run of bench/studies/search whose candidates one of Optuna's samplers asks for; called by it, with all that it needs as JSON. The space is
expressed as users of Optuna would: sizes and learning rates on a logarithmic scale, parameters of layers under names of their own that
exist where the layer does."""
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "serve"))
import aevo_serve  # noqa: E402

ACTIVATIONS = ["relu", "leaky-relu", "elu", "swish", "tanh", "sigmoid"]
OPTIMIZERS = ["adam", "rmsprop", "nesterov"]
BATCHES = [32, 64, 128, 256]


def main():
    what = json.loads(sys.argv[1])
    if what["optuna"] != "installed":
        sys.path.insert(0, what["optuna"])
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    # what Optuna recommends where several are evaluated at once
    options = {"seed": what["seed"], "constant_liar": True}
    if what["sampler"] == "multivariate":
        options.update(multivariate=True, group=True)
    tried = optuna.create_study(sampler=optuna.samplers.TPESampler(**options))
    space = dict(word.split("=", 1) for word in what["settings"])
    if what.get("usual"):
        tried.enqueue_trial(usual(space))
    words = [word for setting in what["settings"] if not setting.startswith("seed=") for word in ("--set", setting)]
    with aevo_serve.Evaluations(what["input"], "-o", what["place"], "--seed", str(what["seed"]), *words) as aevo:
        out = {}
        told = 0
        while told < what["evaluations"]:
            while len(out) < what["workers"] and told + len(out) < what["evaluations"]:
                trial = tried.ask()
                out[aevo.ask(genome(trial, space))] = trial
            result = aevo.result()
            trial = out.pop(result["id"])
            told += 1
            if result.get("fitness") is None:
                tried.tell(trial, state=optuna.trial.TrialState.FAIL)
            else:
                tried.tell(trial, result["fitness"])
    print(f"optuna {optuna.__version__}: {told} evaluations, best {tried.best_value:.6g}")


def bounds(space, key, standard):
    return json.loads(space.get(key, json.dumps(standard)))


def genome(trial, space):
    family = space["space.family"]
    most = int(space["space.max-genes"])
    genes = trial.suggest_int("genes", 1, most)
    spatial = 0 if family == "dense" else genes if family == "convolutional" else min(genes, trial.suggest_int("spatial", 0, most))
    texts = [convolution(trial, space, i) if i < spatial else dense(trial, space, i) for i in range(genes)]
    up = "upsampling" if family == "dense" else trial.suggest_categorical("up", ["upsampling", "deconvolution"])
    rate = trial.suggest_float("lr", 1e-4, 1e-2, log=True)
    batch = trial.suggest_categorical("batch", BATCHES)
    return f"{' '.join(texts)} | latent({space.get('space.latent', 16)}) | {up} | {trial.suggest_categorical('opt', OPTIMIZERS)}(lr{rate:.6g},batch{batch})"


def dense(trial, space, i):
    low, high = bounds(space, "space.units", [16, 512])
    units = trial.suggest_int(f"units{i}", low, high, log=True)
    text = f"dense({units},{trial.suggest_categorical(f'act{i}', ACTIVATIONS)}"
    if trial.suggest_categorical(f"drop{i}", [False, True]):
        text += f",drop{trial.suggest_float(f'rate{i}', 0.01, 0.5):.3f}"
    return text + ")"


def convolution(trial, space, i):
    if i > 0 and trial.suggest_categorical(f"kind{i}", ["conv", "pool"]) == "pool":
        return "pool(2)"
    low, high = bounds(space, "space.filters", [4, 64])
    text = f"conv({trial.suggest_int(f'filters{i}', low, high, log=True)},k{trial.suggest_int(f'kernel{i}', 1, 7)}"
    text += f",s{trial.suggest_categorical(f'stride{i}', [1, 2])},{trial.suggest_categorical(f'cact{i}', ACTIVATIONS)}"
    return text + (",bn)" if trial.suggest_categorical(f"bn{i}", [False, True]) else ")")


def usual(space):
    """The parameters of what aevo's own search begins with by default: UsualGenome."""
    high = bounds(space, "space.units", [16, 512])[1]
    known = {"opt": "adam", "lr": 0.001, "batch": 32}
    if space["space.family"] == "dense":
        return {**known, "genes": 2, "units0": high // 2, "units1": high // 4, "act0": "relu", "act1": "relu", "drop0": False, "drop1": False}
    filters = bounds(space, "space.filters", [4, 64])[1]
    known.update(genes=3, spatial=2, up="upsampling", kind1="conv", units2=high // 2, act2="relu", drop2=False)
    for i, size in enumerate((filters // 2, filters)):
        known.update({f"filters{i}": size, f"kernel{i}": 3, f"stride{i}": 2, f"cact{i}": "relu", f"bn{i}": False})
    return known


if __name__ == "__main__":
    main()
