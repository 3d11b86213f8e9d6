# How scikit-learn divides the labels of a folder: argv[1], then "name folds" an argument.
import sys
import warnings

import numpy as np
from sklearn.model_selection import StratifiedKFold

warnings.simplefilter("ignore")
folder = sys.argv[1]
for question in sys.argv[2:]:
    name, folds = question.split()
    y = np.fromfile(f"{folder}/{name}.labels", "<i4")
    for fold, (_, held) in enumerate(StratifiedKFold(int(folds)).split(y, y)):
        for label in np.unique(y):
            print(name, folds, fold, label, np.sum(y[held] == label))
