"""Link two tables with `recordlinkage` and its ECM classifier: run by ``join.py`` in an environment of its own, since it wants an old pandas.

Its blocking rules and columns come as JSON, on standard input; times and links go back the same way. Strings are compared as in its own
guide (Jaro-Winkler, agreement from 0.85), everything else as equal or not.
"""

import json
import sys
import time

import pandas as pd
import recordlinkage


def linked(left, right, rules, names, exact):
    index = recordlinkage.Index()
    for rule in rules:
        index.block(rule)
    pairs = index.index(left, right)
    compare = recordlinkage.Compare()
    for column in names:
        compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    for column in exact:
        compare.exact(column, column, label=column)
    agreement = compare.compute(pairs, left, right)
    classifier = recordlinkage.ECMClassifier()
    classifier.fit(agreement)
    return classifier.prob(agreement)


def main():
    asked = json.load(sys.stdin)
    left, right = (
        # A missing value agrees with none, and must not be blocked on.
        pd.read_csv(path, dtype=str)
        for path in (asked["left"], asked["right"])
    )
    seconds = []
    for _ in range(asked["rounds"]):
        began = time.process_time()
        probability = linked(left, right, asked["rules"], asked["names"], asked["exact"])
        seconds.append(time.process_time() - began)
    links = probability[probability >= 0.5].reset_index()
    links.columns = ["left", "right", "probability"]
    json.dump({"seconds": seconds, "links": links.to_dict("list")}, sys.stdout)


if __name__ == "__main__":
    main()
