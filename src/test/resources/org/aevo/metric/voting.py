# What scikit-learn says about classifiers that vote: argv[1] is the folder, then one question an argument.
import sys
from itertools import combinations

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.ensemble import VotingClassifier
from sklearn.metrics import accuracy_score, hamming_loss, matthews_corrcoef
from sklearn.preprocessing import LabelEncoder


class Known(ClassifierMixin, BaseEstimator):
    """A classifier whose probabilities of sample i are known."""

    def __init__(self, probabilities):
        self.probabilities = probabilities

    def predict_proba(self, samples):
        return self.probabilities[samples[:, 0]]

    def predict(self, samples):
        return self.predict_proba(samples).argmax(1)


folder = sys.argv[1]
for question in sys.argv[2:]:
    name, members, classes = question.split()
    members, classes = int(members), int(classes)
    labels = np.fromfile(f"{folder}/{name}.labels", "<i4")
    known = [Known(np.fromfile(f"{folder}/{name}.{m}", "<f4").astype(float).reshape(-1, classes)) for m in range(members)]
    samples = np.arange(len(labels))[:, None]
    for voting in "hard", "soft":
        vote = VotingClassifier([(str(m), member) for m, member in enumerate(known)], voting=voting)
        vote.estimators_ = known
        vote.le_ = LabelEncoder().fit(range(classes))
        vote.classes_ = vote.le_.classes_
        told = vote.predict(samples)
        print(name, voting, accuracy_score(labels, told))
        for i, c in enumerate(told):
            print(name, voting, i, c)
    told = [member.predict(samples) for member in known]
    print(name, "disagreement", np.mean([hamming_loss(a, b) for a, b in combinations(told, 2)]))
    print(name, "phi", np.mean([matthews_corrcoef(a != labels, b != labels) for a, b in combinations(told, 2)]))
