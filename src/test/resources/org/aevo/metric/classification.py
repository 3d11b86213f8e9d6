# What scikit-learn says about the logits and labels of a folder: argv[1], then one question an argument.
import sys
import warnings

import numpy as np
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score, log_loss

warnings.simplefilter("ignore")
folder = sys.argv[1]
for question in sys.argv[2:]:
    name, classes = question.split()
    classes = int(classes)
    z = np.fromfile(f"{folder}/{name}.logits", "<f4").astype(float).reshape(-1, classes)
    y = np.fromfile(f"{folder}/{name}.labels", "<i4")
    told = z.argmax(1)
    p = np.exp(z - z.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    print(name, "accuracy", accuracy_score(y, told))
    print(name, "f1", f1_score(y, told, average="macro"))
    print(name, "entropy", log_loss(y, p, labels=range(classes)))
    for i, row in enumerate(confusion_matrix(y, told, labels=range(classes))):
        for j, count in enumerate(row):
            print(name, i, j, count)
