"""Blocking: the pairs that agree, each once, and what is lost."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.join import blocking
from dossier.join.blocking import blocking_loss, candidate_pairs, random_pairs

VALUES = st.sampled_from([None, "", "a", "b", "c"])
REGISTERS = st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=8)
RULES = st.lists(
    st.lists(st.sampled_from("xyz"), min_size=1, max_size=3, unique=True), min_size=1, max_size=3
)


def register(rows):
    return pd.DataFrame(rows, columns=["x", "y", "z"], dtype=object)


@given(REGISTERS, REGISTERS, RULES)
def test_it_proposes_what_looking_at_every_pair_would(left, right, rules):
    found = candidate_pairs(register(left), register(right), rules)
    places = {"x": 0, "y": 1, "z": 2}
    expected = [
        (i, j)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if any(all(one[places[c]] and one[places[c]] == other[places[c]] for c in rule) for rule in rules)
    ]
    assert list(found.itertuples(index=False, name=None)) == expected
    assert found.dtypes.tolist() == [np.int64, np.int64]


@settings(max_examples=30)
@given(REGISTERS, REGISTERS, RULES)
def test_another_rule_never_loses_more_and_another_column_never_less(left, right, rules):
    left, right = register(left), register(right)
    truth = pd.DataFrame({"left": range(min(len(left), len(right)))}).assign(right=lambda t: t["left"])

    def lost(rules):
        return blocking_loss(candidate_pairs(left, right, rules), truth, left, right).lost

    assert lost([*rules, ["x"]]) <= lost(rules)
    assert lost([list(dict.fromkeys([*rule, "y"])) for rule in rules]) >= lost(rules)


def test_the_loss_is_counted():
    left, right = register([("a", "a", "a")] * 2), register([("a", "a", "a")] * 5)
    pairs = pd.DataFrame({"left": [0, 0, 1], "right": [0, 1, 1]})
    truth = pd.DataFrame({"left": [0, 1, 1, 1], "right": [0, 1, 2, 3]})
    assert blocking_loss(pairs, truth, left, right) == (3, 10, 0.3, 4, 2, 0.5)
    assert np.isnan(blocking_loss(pairs, truth[:0], left, right).share_lost)


def test_random_pairs_are_spread_evenly_and_repeat_with_their_seed():
    left, right = register([("a", "a", "a")] * 4), register([("a", "a", "a")] * 5)
    drawn = random_pairs(left, right, 20_000, np.random.default_rng(1))
    counts = drawn.value_counts()
    assert len(counts) == 20
    # Each of 20 pairs is drawn 1,000 times on average, with a standard deviation of 31.
    assert counts.between(850, 1150).all()
    pd.testing.assert_frame_equal(drawn, random_pairs(left, right, 20_000, np.random.default_rng(1)))


def test_a_rule_that_would_fill_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr(blocking, "MOST_PAIRS", 8)
    crowd = register([("a", "b", None)] * 3)
    with pytest.raises(
        ValueError, match=r"the rule \['x'\] proposes 9 pairs, more than 8: add a column to it"
    ):
        candidate_pairs(crowd, crowd, [["z"], ["x"]])


ONE = register([("a", "b", "c")])
PAIR = pd.DataFrame({"left": [0], "right": [0]})


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: candidate_pairs(ONE, ONE, []), ValueError, "rules is .*: give a list of rules"),
        (lambda: candidate_pairs(ONE, ONE, ["x"]), TypeError, "give a list of rules, each a list of columns"),
        (lambda: candidate_pairs(ONE, ONE, "x"), TypeError, "rules is 'x'"),
        (lambda: candidate_pairs(ONE, ONE, [[]]), ValueError, "give a list of rules"),
        (lambda: candidate_pairs(ONE, ONE, 3), TypeError, "rules is 3"),
        (lambda: candidate_pairs(ONE, ONE[["x"]], [["y"]]), ValueError, "right has no column 'y'; it has x"),
        (lambda: candidate_pairs(None, ONE, [["y"]]), TypeError, "left is a NoneType"),
        (lambda: random_pairs(ONE, ONE, 0, np.random.default_rng(1)), ValueError, "number is 0"),
        (lambda: random_pairs(ONE, ONE, 1, 7), TypeError, "generator is 7: give a numpy.random.Generator"),
        (lambda: random_pairs(ONE[:0], ONE, 1, np.random.default_rng(1)), ValueError, "left is empty"),
        (lambda: blocking_loss(PAIR, PAIR.assign(left=1), ONE, ONE), ValueError, r"truth\['left'\] holds 1"),
    ],
)
def test_bad_arguments_are_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
