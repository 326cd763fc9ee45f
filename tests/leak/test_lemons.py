"""Lemons: how many frauds a market of secrets bears."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.leak.lemons import (
    fixed_points,
    frauds_that_stop_it,
    frauds_that_unravel_it,
    next_price,
    price_paid,
    settled_price,
    uniform_costs,
    unravelling,
)

shares = st.floats(0, 0.99)
parts = st.floats(0.02, 0.95)
COSTS = uniform_costs(200, 800)


def known_limit(value, low, high):
    """Double root of ``width * H**2 + (low + k * width - V) * H + k * low = 0``: where the two fixed points meet."""
    width = high - low
    k = (np.sqrt(value) - np.sqrt(low)) ** 2 / width
    staying = (value - low - k * width) / (2 * width)
    if staying > 1:  # all stay until the price falls below the highest cost
        k = value / high - 1
    return k / (1 + k)


class TestOneCost:
    @given(st.floats(1, 1000), st.floats(0, 1))
    def test_at_the_limit_the_price_is_just_the_cost(self, value, part):
        limit = frauds_that_stop_it(part * value, value)
        assert price_paid(value, limit) == pytest.approx(part * value, abs=1e-9)
        assert price_paid(value, min(limit + 0.01, 1)) <= part * value + 1e-9

    def test_what_costs_more_than_it_is_worth_is_never_sold(self):
        assert frauds_that_stop_it([900, 1000, 1100], 1000) == pytest.approx([0.1, 0, 0])


class TestUnravelling:
    @settings(max_examples=40)
    @given(shares, parts, parts)
    def test_where_iteration_ends_is_the_fixed_point_below_the_first_price(self, frauds, low, width):
        costs = uniform_costs(100 * low, 100 * low + 100 * width)
        limit = frauds_that_unravel_it(100, costs)
        if abs(frauds - limit) < 0.01:  # next to the limit the way is long
            return
        path = unravelling(100, frauds, costs, rounds=600)
        assert path[-1] == pytest.approx(settled_price(100, frauds, costs), abs=1e-3)
        assert (np.diff(path) <= 1e-9).all()

    @given(st.floats(0.001, 0.99))
    def test_every_fixed_point_keeps_itself_and_kinds_alternate(self, frauds):
        found = fixed_points(1000, frauds, COSTS)
        for price, _ in found:
            assert next_price(price, 1000, frauds, COSTS) == pytest.approx(price, abs=1e-6)
        kinds = [stable for _, stable in found]
        assert kinds in ([True], [True, False, True])

    @pytest.mark.parametrize("frauds", [0.1, 0.2, 0.3, 0.33])
    def test_the_tipping_price_is_the_root_of_the_quadratic(self, frauds):
        k = frauds / (1 - frauds)
        roots = np.sort(np.roots([600, 200 + 600 * k - 1000, 200 * k]).real)
        tipping = next(price for price, stable in fixed_points(1000, frauds, COSTS) if not stable)
        assert tipping == pytest.approx(200 + 600 * roots[0], rel=1e-9)

    @pytest.mark.parametrize(("low", "high"), [(200, 800), (400, 500), (50, 990), (10, 2000)])
    def test_the_limit_is_where_the_two_roots_meet(self, low, high):
        assert frauds_that_unravel_it(1000, uniform_costs(low, high)) == pytest.approx(
            known_limit(1000, low, high), abs=2e-5
        )

    def test_the_market_lives_just_below_the_limit_and_stops_just_above(self):
        limit = frauds_that_unravel_it(1000, COSTS)
        assert settled_price(1000, limit - 0.001, COSTS) > 400
        assert settled_price(1000, limit + 0.001, COSTS) == 0

    def test_nearly_equal_costs_give_the_limit_of_one_cost(self):
        assert frauds_that_unravel_it(1000, uniform_costs(400, 400.001)) == pytest.approx(
            frauds_that_stop_it(400, 1000), abs=1e-3
        )

    def test_spread_alone_makes_a_market_more_fragile(self):
        limits = [
            frauds_that_unravel_it(1000, uniform_costs(500 - width, 500 + width)) for width in (1, 100, 300)
        ]
        assert (np.diff(limits) < 0).all()

    @given(shares, shares)
    def test_more_frauds_never_raise_the_price(self, one, two):
        few, many = sorted((one, two))
        assert settled_price(1000, many, COSTS) <= settled_price(1000, few, COSTS) + 1e-6

    def test_without_frauds_the_buyer_pays_the_full_value(self):
        assert settled_price(1000, 0, COSTS) == 1000
        assert unravelling(1000, 0, COSTS, 5).tolist() == [1000] * 6
        assert [round(price) for price, _ in fixed_points(1000, 0, COSTS)] == [0, 200, 1000]


@pytest.mark.parametrize(
    ("call", "error", "complaint"),
    [
        (lambda: price_paid(1, 1.2), ValueError, "frauds is 1.2: allowed is 0 to 1"),
        (lambda: frauds_that_stop_it(1, 0), ValueError, "value is 0"),
        (lambda: uniform_costs(5, 5), ValueError, "high is 5: allowed is a number above low, which is 5"),
        (lambda: uniform_costs(-1, 5), ValueError, "low is -1"),
        (
            lambda: next_price(1, 10, 1, COSTS),
            ValueError,
            "frauds is 1: allowed is 0 and less than 1|frauds is 1",
        ),
        (lambda: unravelling(10, 0.1, COSTS, 1.5), TypeError, "rounds is 1.5"),
        (lambda: settled_price("ten", 0.1, COSTS), TypeError, "value is 'ten'"),
    ],
)
def test_bad_arguments_are_named(call, error, complaint):
    with pytest.raises(error, match=complaint):
        call()
