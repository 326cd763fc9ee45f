"""Who sells: the share of officials whose moral cost lies below what a sale leaves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import lognorm

from dossier.leak.becker import expected_gain, share_that_sells

prices = st.floats(0, 1e4)
shares = st.floats(0, 1)
stakes = st.floats(0, 1e6)
medians = st.floats(0.1, 1e5)
spreads = st.floats(0.05, 3)


@given(prices, shares, stakes, medians, spreads)
def test_it_is_scipys_lognormal_at_what_a_sale_leaves(w, p, s, median, spread):
    expected = lognorm.cdf(w - p * s, spread, scale=median)
    assert share_that_sells(w, p, s, median, spread) == pytest.approx(expected, abs=1e-12)


@given(prices, st.floats(0, 1), medians, spreads)
def test_where_a_sale_leaves_nothing_nobody_sells(w, more, median, spread):
    assert share_that_sells(w, 0.5, 2 * w + more, median, spread) == 0


@given(medians, spreads, st.floats(0, 1e4), shares)
def test_half_sell_where_a_sale_leaves_the_median_moral_cost(median, spread, stake, p):
    assert share_that_sells(median + p * stake, p, stake, median, spread) == pytest.approx(0.5, abs=1e-6)


@given(prices, shares, stakes, medians, spreads, st.floats(0, 1))
def test_risk_and_conscience_deter_and_money_tempts(w, p, s, median, spread, step):
    here = share_that_sells(w, p, s, median, spread)
    assert share_that_sells(w, p + (1 - p) * step, s, median, spread) <= here
    assert share_that_sells(w, p, s * (1 + step), median, spread) <= here
    assert share_that_sells(w, p, s, median * (1 + step), spread) <= here
    assert share_that_sells(w * (1 + step), p, s, median, spread) >= here


@given(prices, st.floats(0.01, 1), stakes, medians, spreads, st.floats(0.1, 1))
def test_only_probability_times_stake_counts(w, p, s, median, spread, part):
    rarer_and_harsher = share_that_sells(w, p * part, s / part, median, spread)
    assert rarer_and_harsher == pytest.approx(share_that_sells(w, p, s, median, spread), abs=1e-6)


def test_officials_drawn_one_by_one():
    rng = np.random.default_rng(3)
    moral_cost = rng.lognormal(np.log(100), 1.0, 400_000)
    sells = (moral_cost < expected_gain(87.5, 1e-4, 500_000)).mean()
    expected = share_that_sells(87.5, 1e-4, 500_000, 100, 1.0)
    assert sells == pytest.approx(expected, abs=5 * np.sqrt(expected * (1 - expected) / 400_000))


def test_the_price_of_the_story_and_a_stake_of_500_000():
    # 87.5 leaves are 500,000 times 0.000175, the ceiling of lesson 09.
    assert expected_gain(87.5, 0.000175, 500_000) == pytest.approx(0, abs=1e-12)
    assert isinstance(share_that_sells(87.5, 0, 1, 100), float)
    assert share_that_sells([87.5, 100], [[0.0], [0.1]], 10, 100).shape == (2, 2)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"price": -1}, "price is -1"),
        ({"detection_probability": 1.2}, r"detection_probability is 1\.2: allowed is 0 to 1"),
        ({"stake": np.inf}, "stake is inf"),
        ({"median_moral_cost": 0}, "median_moral_cost is 0: allowed is a finite number, above 0"),
        ({"spread": np.nan}, "spread is nan"),
    ],
)
def test_what_it_refuses(wrong, message):
    arguments = {"price": 1, "detection_probability": 0, "stake": 1, "median_moral_cost": 1, "spread": 1}
    with pytest.raises(ValueError, match=message):
        share_that_sells(**{**arguments, **wrong})


def test_words_are_no_prices():
    with pytest.raises(TypeError, match="price is 'dear'"):
        expected_gain("dear", 0, 0)
