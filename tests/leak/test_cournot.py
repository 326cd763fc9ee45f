"""Many brokers: the price falls to the cost, and replies find the equilibrium, or do not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from dossier.leak.cournot import best_reply, cost_behind, equilibrium, replies

tops = st.floats(1, 1e4)
parts = st.floats(0, 1)
counts = st.integers(1, 500)
slopes = st.floats(0.01, 100)


@pytest.mark.parametrize(("sellers", "known"), [(1, 2800), (10, 1000), (300, 614.6179)])
def test_the_known_prices(sellers, known):
    assert equilibrium(sellers, choke_price=5000, cost=600).price == pytest.approx(known, rel=1e-6)


class TestEquilibrium:
    @given(tops, parts, counts, slopes)
    def test_nobody_gains_by_selling_another_quantity(self, top, part, n, slope):
        found = equilibrium(n, top, part * top, slope)
        others = found.total - found.each
        best = minimize_scalar(
            lambda q: -(top - slope * (others + q) - part * top) * q,
            bounds=(0, top / slope),
            method="bounded",
        )
        assert found.profit >= -best.fun - 1e-6 * top**2 / slope
        assert best_reply(others, top, part * top, slope) == pytest.approx(found.each, abs=1e-9 * top / slope)

    @given(tops, parts, counts)
    def test_one_more_seller_lowers_price_and_profit_and_never_below_cost(self, top, part, n):
        here, more = equilibrium([n, n + 1], top, part * top).price
        assert part * top - 1e-9 * top <= more <= here + 1e-9 * top

    def test_alone_it_is_a_monopoly_and_without_end_the_cost(self):
        assert equilibrium(1, 10, 4).price == 7
        assert equilibrium(1e12, 10, 4).price == pytest.approx(4)

    def test_a_cost_at_or_above_the_choke_price_ends_all_sales(self):
        nothing = equilibrium([1, 9], choke_price=10, cost=[10, 30])
        assert nothing.price.tolist() == [10, 10]
        assert nothing.total.tolist() == nothing.profit.tolist() == [0, 0]

    @given(tops, parts, counts)
    def test_the_price_gives_the_cost_back(self, top, part, n):
        price = equilibrium(n, top, part * top).price
        found = cost_behind(price, n, top)
        # A cost of nothing may come back as a hair below it, which is no cost.
        assert found == pytest.approx(part * top, abs=1e-9 * top) or (np.isnan(found) and part < 1e-9)

    def test_no_cost_fits_a_low_price_of_a_monopoly(self):
        assert np.isnan(cost_behind(100, sellers=1, choke_price=5000))


class TestReplies:
    @given(st.integers(1, 12), parts, st.floats(0, 30))
    def test_in_turn_they_find_the_equilibrium(self, n, part, start):
        path = replies(n, 400, choke_price=20, cost=20 * part, start=start)
        assert path[-1] == pytest.approx(np.full(n, equilibrium(n, 20, 20 * part).each), abs=1e-4)

    def test_two_who_answer_at_once_find_it_too(self):
        assert replies(2, 60, 5000, 600, order="at once")[-1] == pytest.approx([4400 / 3] * 2)

    def test_three_go_round_in_circles(self):
        path = replies(3, 40, 5000, 600, order="at once", start=1000)
        assert path[::2].std() == 0
        assert path[1::2].std() == 0
        assert path[1, 0] - 1100 == pytest.approx(1100 - path[0, 0])

    @pytest.mark.parametrize("n", [4, 5, 10])
    def test_more_swing_away_until_some_sell_nothing(self, n):
        away = np.abs(
            replies(n, 12, 5000, 600, order="at once", start=4400 / (n + 1) + 1)[:, 0] - 4400 / (n + 1)
        )
        assert away[1:3] == pytest.approx(away[:2] * (n - 1) / 2)
        assert replies(n, 60, 5000, 600, order="at once", start=1)[-2:].min() == 0

    def test_a_single_seller_is_there_in_one_step(self):
        assert replies(1, 1, 10, 4).tolist() == [[0], [3]]


@pytest.mark.parametrize(
    ("call", "error", "complaint"),
    [
        (lambda: equilibrium(0, 10, 1), ValueError, "sellers is 0: allowed is a finite number, 1 or more"),
        (lambda: equilibrium(1, 0, 1), ValueError, "choke_price is 0"),
        (lambda: equilibrium(1, 10, -1), ValueError, "cost is -1"),
        (lambda: equilibrium(1, 10, 1, slope=0), ValueError, "slope is 0"),
        (lambda: best_reply(-1, 10, 1), ValueError, "others is -1"),
        (lambda: replies(2.5, 1, 10, 1), TypeError, "sellers is 2.5: give a whole number"),
        (lambda: replies(2, 1, 10, 1, order="soon"), ValueError, "order is 'soon': allowed are 'in turn'"),
        (lambda: replies(2, -1, 10, 1), ValueError, "rounds is -1"),
        (lambda: cost_behind(11, 2, 10), ValueError, "price is 11: allowed is 0 to the choke price"),
    ],
)
def test_bad_arguments_are_named(call, error, complaint):
    with pytest.raises(error, match=complaint):
        call()
