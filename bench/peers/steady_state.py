"""The steady-state genetic algorithm of the peers: that of aevo in as few lines as a Python user would write.

A genome is what a dense autoencoder of aevo is: one to three layers (units, activation, dropout), learning rate, batch
size, optimizer. Same population, tournament, rates; a genome is proposed only once.
"""
import bisect
import random

ACTIVATIONS = ("relu", "leaky-relu", "tanh", "sigmoid", "elu")
OPTIMIZERS = ("adam", "sgd", "rmsprop", "nesterovs")
BATCHES = (16, 32, 64, 128)
POPULATION = 100
TOURNAMENT = 3
MAX_GENES = 3
UNITS = (16, 256)


def gene(rng):
    dropout = 0.0 if rng.random() < 0.5 else round(rng.uniform(0, 0.5), 3)
    return (rng.randint(*UNITS), rng.choice(ACTIVATIONS), dropout)


def random_genome(rng):
    return (
        tuple(gene(rng) for _ in range(rng.randint(1, MAX_GENES))),
        10 ** rng.uniform(-4, -1),
        rng.choice(BATCHES),
        rng.choice(OPTIMIZERS),
    )


def mutated_gene(g, rng):
    units, activation, dropout = g
    if rng.random() < 0.5:
        units = min(UNITS[1], max(UNITS[0], round(units * (1 + 0.2 * rng.gauss(0, 1)))))
    if rng.random() < 0.5:
        activation = rng.choice(ACTIVATIONS)
    if rng.random() < 0.5:
        dropout = min(0.5, max(0.0, round(dropout + 0.1 * rng.gauss(0, 1), 3)))
    return (units, activation, dropout)


def mutated(genome, rng):
    layers, rate, batch, optimizer = genome
    layers = [mutated_gene(g, rng) if rng.random() < 0.3 else g for g in layers]
    if len(layers) < MAX_GENES and rng.random() < 0.2:
        layers.insert(rng.randint(0, len(layers)), gene(rng))
    if len(layers) > 1 and rng.random() < 0.2:
        del layers[rng.randrange(len(layers))]
    if rng.random() < 0.3:
        rate = min(0.1, max(1e-4, rate * 2 ** rng.uniform(-1, 1)))
    if rng.random() < 0.1:
        batch = rng.choice(BATCHES)
    if rng.random() < 0.1:
        optimizer = rng.choice(OPTIMIZERS)
    return (tuple(layers), rate, batch, optimizer)


def crossed(a, b, rng):
    cut_a, cut_b = rng.randint(0, len(a[0])), rng.randint(0, len(b[0]))
    layers = (a[0][:cut_a] + b[0][cut_b:])[:MAX_GENES] or a[0]
    return (layers, rng.choice((a[1], b[1])), rng.choice((a[2], b[2])), rng.choice((a[3], b[3])))


class SteadyState:
    """ask() proposes, tell() takes in."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.members = []  # (fitness, id, generation, genome), sorted
        self.seen = set()
        self.asked = 0

    def select(self):
        return self.members[min(self.rng.randrange(len(self.members)) for _ in range(TOURNAMENT))]

    def ask(self):
        rng = self.rng
        if len(self.members) < POPULATION:
            genome, generation, parents, operator = random_genome(rng), 0, (-1, -1), "random"
        else:
            a, b = self.select(), self.select()
            if rng.random() < 0.5:
                genome, parents, operator = crossed(a[3], b[3], rng), (a[1], b[1]), "crossover"
            else:
                genome, parents, operator = mutated(a[3], rng), (a[1], -1), "mutation"
            generation = 1 + max(a[2], b[2])
        while genome in self.seen:
            genome = mutated(genome, rng)
        self.seen.add(genome)
        candidate = {
            "id": self.asked,
            "generation": generation,
            "parents": parents,
            "operator": operator,
            "genome": genome,
        }
        self.asked += 1
        return candidate

    def tell(self, candidate, result):
        member = (result["fitness"], candidate["id"], candidate["generation"], candidate["genome"])
        bisect.insort(self.members, member)
        if len(self.members) > POPULATION:
            self.members.pop()


def evaluate(candidate, seed):
    """Nothing but the fitness that aevo's simulated evaluation invents."""
    import math
    import time

    started = time.perf_counter()
    layers, rate, _, _ = candidate["genome"]
    penalty = 0.1 * abs(len(layers) - 4)
    for units, activation, dropout in layers:
        penalty += 0.1 * abs(math.log2(units) - 6) + (0 if activation == "relu" else 0.02) + 0.1 * dropout
    penalty += 0.2 * (math.log10(rate) + 2.7) ** 2
    fitness = 0.01 * (1 + penalty) * math.exp(0.01 * random.Random(seed).gauss(0, 1))
    return {
        "id": candidate["id"],
        "status": 0,
        "fitness": fitness,
        "train_loss": fitness,
        "validation_loss": fitness,
        "parameters": sum(u for u, _, _ in layers),
        "epochs": 1,
        "durations": (0.0, time.perf_counter() - started, 0.0),
        "curve": [(1, fitness, fitness, 0.0)],
        "message": "",
    }
