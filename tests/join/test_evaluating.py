"""Judging links: counted by hand, one link for each record, and a curve that agrees with itself."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.join.evaluating import best_links, evaluate, exact_join, threshold_curve

TRUTH = pd.DataFrame({"left": [0, 1, 2, 3], "right": [0, 1, 2, 3]})
PAIRS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=14, unique=True)


def scored(pairs, weights):
    return pd.DataFrame(pairs, columns=["left", "right"], dtype="int64").assign(
        match_weight=np.asarray(weights, float)
    )


WEIGHED = PAIRS.flatmap(
    lambda pairs: st.lists(st.integers(-8, 8), min_size=len(pairs), max_size=len(pairs)).map(
        lambda weights: scored(pairs, weights)
    )
)


def test_links_are_counted():
    links = pd.DataFrame({"left": [0, 1, 5], "right": [0, 1, 3]})
    found = evaluate(links, TRUTH, people=50)
    assert (found.right, found.wrong, found.missed) == (2, 1, 2)
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == 0.5
    assert found.f1 == pytest.approx(2 / (1 / found.precision + 1 / found.recall))
    assert found.wrong_per_1000 == 20


def test_no_links_have_no_precision_and_no_truth_no_recall():
    none = evaluate(TRUTH[:0], TRUTH)
    assert np.isnan(none.precision)
    assert none.recall == none.f1 == 0
    assert np.isnan(none.wrong_per_1000)
    assert np.isnan(evaluate(TRUTH, TRUTH[:0]).recall)
    assert evaluate(TRUTH, TRUTH) == (4, 0, 0, 1, 1, 1, pytest.approx(float("nan"), nan_ok=True))


def test_the_exact_join_links_namesakes_too_unless_told_not_to():
    left = pd.DataFrame({"name": ["Tan", "Mol", None], "year": [1980, 1990, 1970]})
    right = pd.DataFrame({"name": ["Mol", "Tan", "Tan", None], "year": [1990, 1980, 1981, 1970]})
    assert exact_join(left, right, ["name"]).to_numpy().tolist() == [[0, 1], [0, 2], [1, 0]]
    assert exact_join(left, right, ["name"], unambiguous=True).to_numpy().tolist() == [[1, 0]]
    assert exact_join(left, right, ["name", "year"]).to_numpy().tolist() == [[0, 1], [1, 0]]


@settings(max_examples=30)
@given(WEIGHED, st.integers(-8, 8))
def test_best_links_are_stable(table, least):
    """One link for each record, none weaker than asked; and no pair left out that both its records would prefer."""
    links = best_links(table, least)
    assert not links["left"].duplicated().any()
    assert not links["right"].duplicated().any()
    assert (links["match_weight"] >= least).all()
    kept = set(links[["left", "right"]].itertuples(index=False, name=None))
    of_left, of_right = (links.set_index(side)["match_weight"] for side in ("left", "right"))
    for left, right, weight in table.itertuples(index=False, name=None):
        if weight >= least and (left, right) not in kept:
            assert of_left.get(left, -np.inf) >= weight or of_right.get(right, -np.inf) >= weight


@settings(max_examples=30)
@given(WEIGHED)
def test_a_left_record_may_have_several_where_that_is_allowed(table):
    links = best_links(table, -np.inf, one_to_one=False)
    strongest = table.groupby("right")["match_weight"].max()
    assert links.set_index("right")["match_weight"].sort_index().equals(strongest.sort_index())


def test_the_order_of_the_rows_decides_nothing():
    table = scored([(0, 0), (0, 1), (1, 0), (1, 1)], [5, 5, 5, 5])
    for rows in ([0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]):
        assert best_links(table.iloc[rows])[["left", "right"]].to_numpy().tolist() == [[0, 0], [1, 1]]


@settings(max_examples=30)
@given(WEIGHED, st.lists(st.integers(-9, 9), min_size=1, max_size=5))
def test_the_curve_is_the_evaluation_at_each_threshold(table, thresholds):
    curve = threshold_curve(table, TRUTH, thresholds, people=10)
    for row, threshold in zip(curve.itertuples(index=False), thresholds, strict=True):
        assert row.threshold == threshold
        expected = evaluate(table[table["match_weight"] >= threshold], TRUTH, people=10)
        assert tuple(row)[1:] == pytest.approx(tuple(expected), nan_ok=True)


@settings(max_examples=30)
@given(WEIGHED)
def test_a_higher_threshold_finds_less_and_errs_less(table):
    curve = threshold_curve(table, TRUTH, np.arange(-9, 10), people=10)
    assert curve["recall"].is_monotonic_decreasing
    assert curve["wrong_per_1000"].is_monotonic_decreasing


LINK = scored([(0, 0)], [1])


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: evaluate([(0, 0)], TRUTH), TypeError, "links is a list"),
        (lambda: evaluate(LINK, TRUTH[["left"]]), ValueError, "truth has no column 'right'"),
        (lambda: evaluate(LINK, TRUTH, people=0), ValueError, "people is 0"),
        (
            lambda: evaluate(pd.concat([LINK, LINK]), TRUTH),
            ValueError,
            r"links holds the pair \(0, 0\) more than once",
        ),
        (lambda: best_links(TRUTH), ValueError, "scored has no column 'match_weight'"),
        (
            lambda: best_links(LINK.assign(match_weight=np.nan)),
            ValueError,
            r"scored\['match_weight'\] is nan",
        ),
        (lambda: best_links(LINK, least_weight="0"), TypeError, "least_weight is '0'"),
        (
            lambda: threshold_curve(LINK, TRUTH, [np.inf]),
            ValueError,
            "thresholds is inf: allowed is a finite number",
        ),
        (lambda: threshold_curve(TRUTH, TRUTH, [0]), ValueError, "scored has no column 'match_weight'"),
        (lambda: exact_join(TRUTH, TRUTH, []), ValueError, "give a list of rules"),
    ],
)
def test_bad_arguments_are_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
