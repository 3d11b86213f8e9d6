# What scikit-learn and scikit-image say about the arrays of a folder: argv[1], then one question an argument.
import sys
import warnings

import numpy as np
from skimage.metrics import peak_signal_noise_ratio, structural_similarity
from sklearn.linear_model import LogisticRegression
from sklearn.manifold import trustworthiness
from sklearn.multiclass import OneVsRestClassifier
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.simplefilter("ignore")
folder = sys.argv[1]


def floats(name, *shape):
    return np.fromfile(f"{folder}/{name}", "<f4").astype(float).reshape(shape)


def labels(name):
    return np.fromfile(f"{folder}/{name}", "<i4")


def images(name, channels, height, width):
    shape = -1, int(channels), int(height), int(width)
    pairs = list(zip(floats(name + ".reference", *shape), floats(name + ".images", *shape)))
    print(name, "psnr", np.mean([peak_signal_noise_ratio(a, b, data_range=1) for a, b in pairs]))
    print(name, "ssim", np.mean([structural_similarity(a, b, data_range=1, channel_axis=0) for a, b in pairs]))


def neighbourhood(name, count, *neighbours):
    original = floats(name + ".original", int(count), -1)
    codes = floats(name + ".codes", int(count), -1)
    for k in neighbours:
        print(name, "trustworthiness", k, trustworthiness(original, codes, n_neighbors=int(k)))
        print(name, "continuity", k, trustworthiness(codes, original, n_neighbors=int(k)))


def classes(name, *neighbours):
    y, others = labels(name + ".training.labels"), labels(name + ".labels")
    x, told = floats(name + ".training", len(y), -1), floats(name + ".codes", len(others), -1)
    probe = make_pipeline(StandardScaler(), OneVsRestClassifier(LogisticRegression(tol=1e-8, max_iter=10000)))
    print(name, "probe", probe.fit(x, y).score(told, others))
    for k in neighbours:
        print(name, "knn", k, KNeighborsClassifier(int(k)).fit(x, y).score(told, others))


for question in sys.argv[2:]:
    kind, *words = question.split()
    {"images": images, "neighbourhood": neighbourhood, "classes": classes}[kind](*words)
