"""The market: what must hold on every day, what its limits are, where it rests, and that a market written agent by agent agrees."""

import hashlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from dossier.leak.market import (
    MOST_ORDERS,
    Market,
    Shock,
    expected_offers,
    expected_orders,
    market_days,
    names_of_policies,
    next_price,
    next_risk,
    rest,
)

SMALL = Market(officials=1_000, offices=10, orders_per_day=20)
TAUGHT_NOTHING = {"seen_in_office": 0.0, "seen_elsewhere": 0.0}

markets = st.builds(
    Market,
    officials=st.just(200),
    offices=st.sampled_from([1, 4, 200]),
    median_moral_cost=st.floats(1, 5_000),
    spread=st.floats(0.1, 3),
    stake=st.floats(0, 1e6),
    officials_share=st.floats(0, 1),
    capacity=st.integers(1, 5),
    orders_per_day=st.floats(0, 200),
    usual_price=st.floats(1, 1_000),
    elasticity=st.floats(0.1, 4),
    dearest=st.floats(100, 50_000),
    detection=st.floats(0, 1),
    base_risk=st.floats(0, 0.01),
    seen_in_office=st.floats(0, 1),
    seen_elsewhere=st.floats(0, 0.1),
    forgetting=st.floats(0.001, 1),
    price_step=st.floats(0, 0.9),
    replaced_after=st.one_of(st.none(), st.integers(1, 20)),
)
shocks = st.builds(
    Shock,
    day=st.integers(0, 30),
    lasts=st.one_of(st.none(), st.integers(0, 20)),
    reach=st.floats(0, 1),
    audits=st.floats(0, 100),
    pay=st.floats(0, 2),
    access=st.floats(0, 1),
    honesty=st.floats(0.1, 10),
    canaries=st.floats(0, 1),
)


def run(market=SMALL, shock=None, days=365, seed=1, **rules):
    return market_days(market, shock, days, generator=np.random.default_rng(seed), **rules)


def total_sales(market, shock=None, seeds=6):
    return sum(run(market, shock, seed=seed)["sales"].sum() for seed in range(seeds))


@settings(max_examples=30, deadline=None)
@given(markets, shocks, st.integers(0, 2**32))
def test_what_holds_on_every_day(market, shock, seed):
    days = run(market, shock, 40, seed)
    assert np.isfinite(days.to_numpy()).all()
    assert (days["sales"] == np.minimum(days["orders"], days["offers"])).all()
    assert (days["offers"] <= market.capacity * (days["in_post"] + days["arrests"])).all()
    assert (days["sales_reached"] <= days["sales"]).all()
    assert (days["arrests"] <= days["sales"]).all()
    assert days["price"].between(0.01, 2 * market.dearest).all()
    assert days["risk"].between(0, 1).all()
    assert (days.loc[days["price"] > market.dearest, "orders"] == 0).all()


@settings(max_examples=30, deadline=None)
@given(markets, shocks, st.integers(0, 2**32))
def test_money_paid_is_money_received_to_the_cent(market, shock, seed):
    days = run(market, shock, 40, seed)
    cents = {
        name: np.rint(100 * days[name]).astype(int)
        for name in ("price", "buyers_paid", "officials_got", "brokers_kept")
    }
    assert (cents["buyers_paid"] == cents["price"] * days["sales"]).all()
    assert (cents["buyers_paid"] == cents["officials_got"] + cents["brokers_kept"]).all()
    assert (cents["officials_got"] >= 0).all()
    assert (cents["brokers_kept"] >= 0).all()


@settings(max_examples=30, deadline=None)
@given(markets, shocks, st.integers(0, 2**32))
def test_nobody_is_lost(market, shock, seed):
    days = run(market, shock, 40, seed)
    vacant = days["arrests"].cumsum() - days["hires"].cumsum()
    assert (days["in_post"] == market.officials - vacant).all()
    after = market.replaced_after
    filled = 0 * days["arrests"] if after is None else days["arrests"].shift(after, fill_value=0)
    assert (days["hires"] == filled).all()


def test_the_same_seed_gives_the_same_year_byte_for_byte():
    shock = Shock(182, audits=10, reach=0.5)
    first, second = run(Market(), shock), run(Market(), shock)
    assert first.to_numpy().tobytes() == second.to_numpy().tobytes()
    assert not run(Market(), shock, seed=2).equals(first)


def test_a_year_is_the_same_on_every_machine():
    # Prices are whole cents and all else is counted, so the year is a list of whole numbers; only the risk, a mean, is not compared.
    days = run(Market(), Shock(182, audits=10, reach=0.5), seed=3).drop(columns="risk")
    whole = np.rint(100 * days.to_numpy()).astype("<i8")
    assert hashlib.sha256(whole.tobytes()).hexdigest()[:16] == "5407a4818d149351"


def test_scenarios_share_their_people_and_orders_until_the_shock():
    calm, shocked = run(), run(shock=Shock(100, honesty=2))
    assert shocked[:100].equals(calm[:100])
    assert not shocked[100:].equals(calm[100:])
    nothing = run(shock=Shock(100))
    assert nothing.equals(calm)
    assert run(shock=Shock(100, lasts=0, audits=100)).equals(calm)
    assert (
        run(shock=Shock(100, reach=0, audits=100))
        .drop(columns="sales_reached")
        .equals(calm.drop(columns="sales_reached"))
    )


@pytest.mark.parametrize(
    "none",
    [
        {"officials_share": 0.0},
        {"median_moral_cost": 1e9, "spread": 0.1},
        {"orders_per_day": 0.0},
        {"base_risk": 1.0},
    ],
)
def test_no_sellers_or_no_buyers_no_sale(none):
    days = run(replace(SMALL, **none), days=60)
    assert days["sales"].sum() == 0
    assert days["arrests"].sum() == 0
    assert days["buyers_paid"].sum() == 0


def test_nobody_with_access_no_sale():
    days = run(shock=Shock(50, access=1.0), days=100)
    assert days["sales"][:50].min() > 0
    assert days["sales"][50:].sum() == 0


def test_certain_detection_and_public_arrests_end_the_market():
    # Everybody sees every arrest and forgets little: one day of sales, and then none.
    public = replace(SMALL, seen_elsewhere=0.01)
    days = run(public, Shock(100, audits=1 / public.detection), days=365)
    assert days["sales"][:100].min() > 0
    assert days["arrests"][100] == days["sales"][100] > 0
    assert days["sales"][101:150].sum() == 0


def test_certain_detection_that_nobody_hears_of_only_empties_the_posts():
    secret = replace(SMALL, **TAUGHT_NOTHING)
    days = run(secret, Shock(100, audits=1 / secret.detection))
    assert (days["arrests"][100:] == days["sales"][100:]).all()
    assert days["sales"][150:].sum() > 0


def test_no_audits_no_arrests():
    days = run(replace(SMALL, detection=0.0))
    assert days["arrests"].sum() == 0
    assert days["hires"].sum() == 0
    assert (days["in_post"] == 1_000).all()


def test_as_many_arrests_as_the_chance_says():
    market = replace(SMALL, detection=0.005, **TAUGHT_NOTHING)
    years = [run(market, seed=seed) for seed in range(20)]
    sales = sum(year["sales"].sum() for year in years)
    arrests = sum(year["arrests"].sum() for year in years)
    expected = 0.005 * sales  # capacity 1: a day's sales are of different people
    assert abs(arrests - expected) < 4 * np.sqrt(expected)


def test_several_sales_on_one_day_are_several_chances_to_be_caught():
    # One official sells twenty a day: he goes free a day with chance 0.95 ** 20.
    market = Market(
        officials=1,
        offices=1,
        median_moral_cost=1,
        spread=0.01,
        capacity=20,
        orders_per_day=1_000,
        detection=0.05,
        stake=0,
        price_step=0,
        replaced_after=1,
    )
    days = run(market, days=3_000)
    free = 1 - days["arrests"].mean()
    assert (days["sales"] == 20).all()
    assert free == pytest.approx(0.95**20, abs=4 * np.sqrt(0.36 * 0.64 / 3_000))


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (Shock(0), Shock(0, audits=10)),
        (Shock(0, audits=10), Shock(0, audits=50)),
        (Shock(0), Shock(0, pay=1.0)),
        (Shock(0), Shock(0, access=0.5)),
        (Shock(0), Shock(0, honesty=2.0)),
        (Shock(0), Shock(0, canaries=0.0005)),
        (Shock(0, audits=10, reach=0.5), Shock(0, audits=10)),
        (Shock(100, lasts=30, canaries=0.001), Shock(100, canaries=0.001)),
    ],
)
def test_more_pressure_fewer_sales_and_a_higher_price(less, more):
    few, many = run(shock=less), run(shock=more)
    assert total_sales(SMALL, more) < total_sales(SMALL, less)
    assert many["price"].mean() > few["price"].mean()


def test_a_shock_that_reaches_half_the_offices_moves_sales_to_the_others():
    calm, half = run(Market(), Shock(182, reach=0.5)), run(Market(), Shock(182, canaries=0.0005, reach=0.5))
    reached = half["sales_reached"][182:].sum(), calm["sales_reached"][182:].sum()
    others = half["sales"][182:].sum() - reached[0], calm["sales"][182:].sum() - reached[1]
    assert reached[0] < 0.5 * reached[1]
    assert others[0] > 1.2 * others[1]


def test_a_campaign_is_forgotten():
    calm = run(Market(), seed=4)
    campaign = run(Market(), Shock(100, lasts=30, canaries=0.001), seed=4)
    during, long_after = slice(100, 130), slice(335, 365)
    assert campaign["sales"][during].mean() < 0.4 * calm["sales"][during].mean()
    assert campaign["sales"][long_after].mean() > 0.9 * calm["sales"][long_after].mean()


def test_it_rests_where_supply_meets_demand():
    # Nobody is caught and nobody learns: a price at which as many offer as order, found here by Brent's method.
    market = Market(detection=0.0, **TAUGHT_NOTHING)
    crossing = brentq(
        lambda price: expected_offers(price, market.base_risk, market) - expected_orders(price, market),
        1,
        10_000,
    )
    assert rest(market).price == pytest.approx(crossing, rel=1e-9)
    assert rest(market).sales == pytest.approx(expected_orders(crossing, market), rel=1e-9)
    means = [run(market, seed=seed)[["price", "orders", "offers", "sales"]].mean() for seed in range(12)]
    price, orders, offers, sales = np.mean(means, axis=0)
    # Who is willing is drawn by chance: 109 of 10,000 give a tenth up or down in a year, a thirtieth in the mean of twelve.
    assert price == pytest.approx(crossing, rel=0.04)
    assert orders == pytest.approx(rest(market).sales, rel=0.03)
    assert offers == pytest.approx(orders, rel=0.01)
    # Days of many orders and days of few do not cancel out: what is too much on a day is lost.
    assert 0.93 * orders < sales < orders


def test_where_many_order_chance_hardly_matters():
    market = Market(
        officials=100_000,
        offices=10,
        orders_per_day=10_000,
        detection=0.0,
        median_moral_cost=400,
        **TAUGHT_NOTHING,
    )
    days = run(market, days=60)
    assert days["sales"].mean() == pytest.approx(rest(market).sales, rel=0.015)
    assert days["price"].mean() == pytest.approx(rest(market).price, rel=0.01)


def test_with_learning_it_settles_near_the_average_rest():
    shock = Shock(0, audits=10)
    long = replace(Market(), replaced_after=1)
    years = [run(long, shock, 730, seed=seed)[365:] for seed in range(5)]
    settled = rest(long, audits=10)
    assert np.mean([year["sales"].mean() for year in years]) == pytest.approx(settled.sales, rel=0.1)


@given(
    audits=st.floats(0, 1_000),
    pay=st.floats(0, 3),
    access=st.floats(0, 0.99),
    honesty=st.floats(0.1, 20),
    canaries=st.floats(0, 0.1),
    elasticity=st.floats(0.1, 4),
)
def test_the_rest_lies_on_both_curves(audits, pay, access, honesty, canaries, elasticity):
    market = Market(elasticity=elasticity)
    found = rest(market, audits, pay, access, honesty, canaries)
    changed = replace(
        market,
        stake=market.stake * (1 + pay),
        median_moral_cost=market.median_moral_cost * honesty,
    )
    offers = (1 - access) * expected_offers(found.price, found.risk, changed)
    assert 0 <= found.sales <= MOST_ORDERS * market.orders_per_day
    if found.sales > 0 and found.price < market.dearest * (1 - 1e-9):
        assert expected_orders(found.price, market) == pytest.approx(found.sales, rel=1e-6)
        assert offers == pytest.approx(found.sales, rel=1e-5)
    else:
        assert found.price == pytest.approx(market.dearest)


@given(st.sampled_from(names_of_policies()), st.floats(0, 0.9), st.floats(0, 0.9))
def test_the_rest_falls_with_every_policy(name, one, other):
    little, much = sorted([one, other])
    start = {"audits": 1, "honesty": 1}.get(name, 0)
    assert (
        rest(Market(), **{name: start + much}).sales <= rest(Market(), **{name: start + little}).sales + 1e-9
    )


@given(st.floats(0.05, 4), st.floats(1, 100))
def test_along_the_demand_curve_volume_moves_elasticity_times_as_far_as_price(elasticity, audits):
    # The lesson's rule of thumb, exact between two rests: log change of sales = -elasticity * log change of price.
    market = Market(elasticity=elasticity, dearest=1e12)
    calm, pressed = rest(market), rest(market, audits=audits)
    assert np.log(pressed.sales / calm.sales) == pytest.approx(
        -elasticity * np.log(pressed.price / calm.price), abs=1e-6
    )


def test_the_rest_of_arrays_is_that_of_each_number():
    audits, honesty = np.array([1.0, 5, 50])[:, None], np.array([1.0, 2])
    found = rest(Market(), audits=audits, honesty=honesty)
    assert found.price.shape == found.sales.shape == found.risk.shape == (3, 2)
    one = rest(Market(), audits=50, honesty=2)
    assert (found.price[2, 1], found.sales[2, 1], found.risk[2, 1]) == (one.price, one.sales, one.risk)


def test_the_limits_of_the_rest():
    assert rest(Market(), access=1).sales == 0
    assert rest(Market(), canaries=1).sales == pytest.approx(0, abs=1e-9)
    saints_absent = rest(Market(median_moral_cost=0.001, base_risk=0, detection=0))
    assert saints_absent.sales == pytest.approx(400)
    assert 0 < saints_absent.price < 300 * MOST_ORDERS ** (-1 / 0.5)


def test_the_prices_own_rule():
    assert next_price(300, 100, 0) == pytest.approx(330)
    assert next_price(300, 0, 100) == pytest.approx(270)
    assert next_price(300, 50, 50) == next_price(300, 0, 0) == 300


def test_risk_is_forgotten_by_half_in_69_days():
    risk = 0.0101
    for _ in range(69):
        risk = next_risk(risk, 0.0001, 0, 0)
    assert risk == pytest.approx(0.0051, rel=0.01)


def test_a_learners_own_rules_are_used():
    frozen = run(price_rule=lambda price, orders, offers: price)
    assert frozen["price"].nunique() == 1
    fearless = run(risk_rule=lambda risk, base, here, elsewhere: 0 * risk)
    assert (fearless["risk"][1:] == 0).all()
    assert run(price_rule=next_price, risk_rule=next_risk).equals(run())


@pytest.mark.parametrize(
    ("rules", "named"),
    [
        ({"price_rule": lambda *_: float("nan")}, "price_rule"),
        ({"price_rule": lambda *_: None}, "price_rule"),
        ({"risk_rule": lambda *_: 0.0}, "risk_rule"),
        ({"risk_rule": lambda risk, *_: np.inf * risk}, "risk_rule"),
    ],
)
def test_a_rule_that_gives_no_numbers_is_named(rules, named):
    with pytest.raises(ValueError, match=named):
        run(**rules)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"officials": 0}, ValueError),
        ({"officials": 10.5}, TypeError),
        ({"officials": 101, "offices": 10}, ValueError),
        ({"offices": True}, TypeError),
        ({"capacity": 0}, ValueError),
        ({"median_moral_cost": 0}, ValueError),
        ({"spread": float("nan")}, ValueError),
        ({"stake": -1}, ValueError),
        ({"officials_share": 1.1}, ValueError),
        ({"orders_per_day": float("inf")}, ValueError),
        ({"elasticity": 0}, ValueError),
        ({"elasticity": "0.5"}, TypeError),
        ({"detection": 2}, ValueError),
        ({"forgetting": 0}, ValueError),
        ({"price_step": 1}, ValueError),
        ({"replaced_after": 0}, ValueError),
        ({"replaced_after": 1.5}, TypeError),
        ({"dearest": None}, TypeError),
    ],
)
def test_no_market_with_a_bad_number(arguments, error):
    with pytest.raises(error, match=next(iter(arguments))):
        Market(**arguments)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"day": -1}, ValueError),
        ({"day": 1.5}, TypeError),
        ({"lasts": -1}, ValueError),
        ({"reach": 1.5}, ValueError),
        ({"audits": -1}, ValueError),
        ({"pay": float("nan")}, ValueError),
        ({"access": 50}, ValueError),
        ({"honesty": 0}, ValueError),
        ({"canaries": [0.1]}, TypeError),
    ],
)
def test_no_shock_with_a_bad_number(arguments, error):
    with pytest.raises(error, match=next(iter(arguments))):
        Shock(**arguments)


def test_other_bad_arguments():
    with pytest.raises(TypeError, match="market"):
        market_days({}, generator=np.random.default_rng(1))
    with pytest.raises(TypeError, match="shock"):
        run(shock="audits")
    with pytest.raises(TypeError, match="generator"):
        market_days(SMALL, generator=1)
    with pytest.raises(ValueError, match="days"):
        run(days=0)
    with pytest.raises(ValueError, match="price"):
        expected_orders(0, SMALL)
    with pytest.raises(ValueError, match="risk"):
        expected_offers(300, 1.5, SMALL)
    with pytest.raises(ValueError, match="access"):
        rest(SMALL, access=-0.1)
