"""Lesson 12's explorables: they compute with the learner's rules and costs, and say what the market does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.explore import lesson_12 as lesson
from dossier.explore.formula import FormulaProblem
from dossier.leak.market import Market, Shock, market_days, names_of_policies, rest


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_labels_keep_apart_and_in_order(heights):
    placed = lesson._apart(np.array(heights), 0.1, 0.0, 1.0)
    assert (np.diff(np.sort(placed)) >= 0.1 - 1e-12).all()
    assert placed.min() >= -1e-12
    assert placed.max() <= 1 + 1e-12
    assert (np.argsort(placed, kind="stable") == np.argsort(heights, kind="stable")).all()


@pytest.mark.parametrize("risk", [0, 1, 4, 20])
@pytest.mark.parametrize("elasticity", [0.1, 0.5, 3])
def test_the_lessons_curves_meet_where_the_model_rests(risk, elasticity):
    # The lesson's curves are the model's, without learning: all that officials believe in is their base.
    market = Market(base_risk=risk / 10_000, detection=0.0, elasticity=elasticity)
    found = lesson.where_they_meet(risk=risk, elasticity=elasticity).result
    assert found["price"] == pytest.approx(rest(market).price, rel=1e-6)
    assert found["sales"] == pytest.approx(rest(market).sales, rel=1e-5)


def test_the_crossing_follows_the_learners_curves():
    found = lesson.where_they_meet(
        orders=lambda price, elasticity: 200 - price, offers=lambda price, risk: 1.0 * price
    )
    assert found.result["price"] == pytest.approx(100)
    assert found.result["sales"] == pytest.approx(100)


def test_the_year_follows_the_learners_rules():
    usual = lesson.a_market_year()
    stubborn = lesson.a_market_year(price_rule=lambda price, orders, offers: price)
    assert np.ptp(stubborn.result["shocked"]["price"]) == 0
    assert np.ptp(usual.result["shocked"]["price"]) > 100
    fearless = lesson.a_market_year(risk_rule=lambda risk, base, here, elsewhere: base)
    assert fearless.result["settled"]["sales"] > 0.95 > usual.result["settled"]["sales"]


@pytest.mark.parametrize(
    "make",
    [
        lambda: lesson.where_they_meet(orders=lambda price, elasticity: None),
        lambda: lesson.where_they_meet(offers=lambda price: price),
        lambda: lesson.a_market_year(price_rule=lambda price, orders, offers: None),
        lambda: lesson.a_market_year(risk_rule=lambda risk, base, here, elsewhere: 1 / 0),
    ],
)
def test_what_is_wrong_with_a_formula_is_said_in_one_line(make):
    with pytest.raises(FormulaProblem, match="formula"):
        make()


def test_a_rule_without_a_return_is_named():
    with pytest.raises(FormulaProblem, match="next_price gave nothing"):
        lesson.a_market_year(price_rule=lambda price, orders, offers: None)


@pytest.mark.parametrize(
    ("ratio", "words"),
    [(1.788, "× 1.79"), (1 / 3.2, "÷ 3.20"), (1.001, "the same"), (0, "none left"), (98, "× 98")],
)
def test_changes_are_said_in_times(ratio, words):
    assert lesson._times(ratio) == words


def test_a_market_without_sales_has_no_price():
    chart = lesson.a_market_year(kind=lesson.ACCESS, strength=10)
    assert chart.result["settled"]["sales"] == 0
    assert "no sales, so no price" in repr(chart)


def test_every_policy_is_a_shock_and_no_strength_is_none():
    for kind, name in zip(lesson.KINDS, names_of_policies(), strict=True):
        assert list(lesson.shock_of(kind, 5)) == [name]
        assert Shock(**lesson.shock_of(kind, 0)) == Shock()


def test_a_year_with_no_strength_is_the_calm_one():
    found = lesson.a_market_year(strength=0).result
    assert (found["shocked"]["sales"] == found["calm"]["sales"]).all()
    assert found["settled"] == {"price": 1.0, "sales": 1.0}


def test_the_five_answers_are_the_markets(tmp_path, monkeypatch):
    monkeypatch.setenv("DOSSIER_CACHE", str(tmp_path))
    found = lesson.compare(0.5, seeds=2)
    for seed in range(2):
        calm = market_days(Market(), generator=np.random.default_rng(seed))
        year = market_days(Market(), Shock(182, honesty=2), generator=np.random.default_rng(seed))
        expected = year["price"][275:].mean() / calm["price"][275:].mean()
        assert found[lesson.HONESTY][lesson.IN_THE_END]["price"][seed] == pytest.approx(expected)


def test_what_the_lesson_says_of_the_five_answers():
    insist, shop = lesson.five_answers().result, lesson.five_answers(buyers=lesson.SHOP).result
    at_once = lesson.five_answers(period=lesson.AT_ONCE).result

    def further(result):
        price, sold = np.median(result["price"], axis=1), np.median(result["sales"], axis=1)
        return np.log(price) > -np.log(sold)

    assert further(insist).all()
    assert not further(shop).any()
    assert not further(at_once).any()


def test_the_frontier_follows_the_learners_costs():
    costs = lesson.editable_costs()
    chart = lesson.what_a_budget_prevents(costs=costs)
    before = chart.result["best"][-1]
    cheaper = costs.value.copy()
    cheaper["cost"] = 10.0
    costs.value = cheaper
    assert chart.result["best"][-1] > before
