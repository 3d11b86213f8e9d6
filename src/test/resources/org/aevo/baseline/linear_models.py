# What scikit-learn's linear models make of the arrays of a folder: argv[1], then one question an argument.
import sys

import numpy as np
from sklearn.decomposition import PCA
from sklearn.linear_model import Ridge

folder = sys.argv[1]


def floats(name, size):
    return np.fromfile(f"{folder}/{name}", "<f4").astype(float).reshape(-1, int(size))


def write(name, values):
    values.astype("<f8").tofile(f"{folder}/{name}")


def pca(name, size, components):
    model = PCA(int(components), svd_solver="full").fit(floats(name + ".training", size))
    codes = model.transform(floats(name + ".others", size))
    write(name + ".codes", codes)
    write(name + ".reconstructions", model.inverse_transform(codes))
    for i, share in enumerate(model.explained_variance_ratio_):
        print(name, "share", i, share)


def ridge(name, size, penalty):
    model = Ridge(float(penalty), solver="cholesky")
    model.fit(floats(name + ".noisy", size), floats(name + ".clean", size))
    write(name + ".weights", model.coef_)
    write(name + ".intercept", model.intercept_)
    write(name + ".told", model.predict(floats(name + ".others", size)))


def choice(name, size, held_out, *penalties):
    noisy, clean = floats(name + ".noisy", size), floats(name + ".clean", size)
    fitted = len(noisy) - int(held_out)
    for penalty in penalties:
        model = Ridge(float(penalty) * fitted, solver="cholesky").fit(noisy[:fitted], clean[:fitted])
        print(name, "error", penalty, np.mean((model.predict(noisy[fitted:]) - clean[fitted:]) ** 2))


for question in sys.argv[2:]:
    kind, *words = question.split()
    {"pca": pca, "ridge": ridge, "choice": choice}[kind](*words)
