"""What a budget prevents: the best mix is the best there is, and never worse than a policy alone."""

from dataclasses import replace
from math import comb

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.leak.market import Market, names_of_policies, rest
from dossier.leak.policy import BEFORE, STEPS, divisions, frontier
from dossier.leak.policy import settings as bought

COSTS = pd.DataFrame(
    {"cost": [2_000.0, 15_000, 1_500, 300, 500], "at_most": [50.0, 50, 50, 200, 20]}, index=list(STEPS)
)
BUDGETS = np.array([0, 1_000, 5_000, 20_000, 50_000.0])
tables = st.builds(
    lambda cost, most: pd.DataFrame({"cost": cost, "at_most": most}, index=list(STEPS)),
    st.lists(st.floats(10, 100_000), min_size=5, max_size=5),
    st.lists(st.floats(0, 1_000), min_size=5, max_size=5),
)


def test_every_policy_of_the_market_can_be_bought():
    assert list(STEPS) == list(BEFORE) == names_of_policies()


@given(st.integers(1, 5), st.integers(1, 8))
def test_all_divisions_each_once(policies, parts):
    found = divisions(policies, parts)
    assert len(found) == comb(parts + policies - 1, policies - 1)
    assert len(np.unique(found.round(9), axis=0)) == len(found)
    assert np.allclose(found.sum(axis=1), 1)
    assert (found >= 0).all()


@settings(max_examples=25, deadline=None)
@given(tables)
def test_the_best_mix_is_no_worse_than_any_policy_and_falls_with_the_budget(table):
    found = frontier(Market(), table, BUDGETS, parts=4)
    assert (found.best[:, None] <= found.alone + 1e-12).all()
    assert (np.diff(found.best) <= 1e-9).all()
    assert (np.diff(found.alone, axis=0) <= 1e-9).all()
    assert found.best[0] == pytest.approx(found.before)


def test_the_mix_gives_what_is_said():
    found = frontier(Market(), COSTS, BUDGETS)
    again = rest(Market(), **bought(COSTS, BUDGETS[:, None] * found.shares)).sales
    assert again == pytest.approx(found.best)


def test_a_finer_division_is_no_worse():
    coarse, fine = (frontier(Market(), COSTS, BUDGETS, parts=parts) for parts in (4, 8))
    assert (fine.best <= coarse.best + 1e-12).all()


def test_alone_is_the_rest_with_that_policy():
    found = frontier(Market(), COSTS, [10_000])
    assert found.alone[0, 0] == pytest.approx(rest(Market(), audits=6).sales)
    assert found.alone[0, 3] == pytest.approx(rest(Market(), honesty=1 + 0.01 * 10_000 / 300).sales)
    assert found.alone[0, 4] == pytest.approx(rest(Market(), canaries=0.0002).sales)


def test_what_is_too_dear_or_not_allowed_does_nothing():
    nothing = COSTS.assign(at_most=0.0)
    assert frontier(Market(), nothing, BUDGETS).best == pytest.approx(rest(Market()).sales)


def test_nobody_can_take_more_than_all_access():
    everything = pd.DataFrame({"cost": [1.0], "at_most": [1_000.0]}, index=["access"])
    assert bought(everything, np.array([500.0]))["access"] == 1
    assert frontier(Market(), everything, [500], parts=1).best[0] == 0


def test_in_a_market_without_buyers_there_is_nothing_to_prevent():
    found = frontier(replace(Market(), orders_per_day=0.0), COSTS, BUDGETS, parts=2)
    assert found.before == 0
    assert (found.best == 0).all()


@pytest.mark.parametrize(
    ("table", "error", "named"),
    [
        (None, TypeError, "policies"),
        (COSTS.iloc[:0], ValueError, "policies"),
        (COSTS.drop(columns="cost"), ValueError, "cost"),
        (COSTS.rename({"audits": "prayers"}), ValueError, "prayers"),
        (pd.concat([COSTS, COSTS]), ValueError, "more than once"),
        (COSTS.assign(cost=0.0), ValueError, "cost"),
        (COSTS.assign(at_most=-1.0), ValueError, "at_most"),
        (COSTS.assign(at_most=np.nan), ValueError, "at_most"),
    ],
)
def test_no_frontier_of_a_bad_table(table, error, named):
    with pytest.raises(error, match=named):
        frontier(Market(), table, BUDGETS)


def test_no_frontier_of_a_bad_budget():
    with pytest.raises(ValueError, match="budgets"):
        frontier(Market(), COSTS, [-1])
    with pytest.raises(ValueError, match="parts"):
        frontier(Market(), COSTS, [1], parts=0)
