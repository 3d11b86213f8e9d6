"""The same steady-state algorithm put together from DEAP's toolbox."""
import random

from deap import base, creator, tools

import steady_state

creator.create("Fitness", base.Fitness, weights=(-1.0,))
creator.create("Individual", list, fitness=creator.Fitness, number=-1, generation=0)


def mate(a, b):
    child = steady_state.crossed(a, b, random)
    a[:] = child
    return (a,)


def mutate(individual):
    individual[:] = steady_state.mutated(individual, random)
    return (individual,)


class DeapSteadyState:
    """ask() proposes, tell() takes in."""

    def __init__(self, seed):
        random.seed(seed)
        toolbox = base.Toolbox()
        toolbox.register("individual", lambda: creator.Individual(steady_state.random_genome(random)))
        toolbox.register("select", tools.selTournament, tournsize=steady_state.TOURNAMENT)
        toolbox.register("mate", mate)
        toolbox.register("mutate", mutate)
        self.toolbox = toolbox
        self.population = []
        self.out = {}
        self.seen = set()
        self.asked = 0

    def ask(self):
        toolbox = self.toolbox
        if len(self.population) < steady_state.POPULATION:
            child, parents, operator, generation = toolbox.individual(), (-1, -1), "random", 0
        else:
            a, b = toolbox.select(self.population, 2)
            child = toolbox.clone(a)
            if random.random() < 0.5:
                toolbox.mate(child, b)
                parents, operator = (a.number, b.number), "crossover"
            else:
                toolbox.mutate(child)
                parents, operator = (a.number, -1), "mutation"
            generation = 1 + max(a.generation, b.generation)
            del child.fitness.values
        while tuple(child) in self.seen:
            toolbox.mutate(child)
        self.seen.add(tuple(child))
        child.number, child.generation = self.asked, generation
        self.out[self.asked] = child
        self.asked += 1
        return {
            "id": child.number,
            "generation": generation,
            "parents": parents,
            "operator": operator,
            "genome": tuple(child),
        }

    def tell(self, candidate, result):
        child = self.out.pop(result["id"])
        child.fitness.values = (result["fitness"],)
        self.population.append(child)
        if len(self.population) > steady_state.POPULATION:
            self.population.remove(max(self.population, key=lambda i: i.fitness.values[0]))
