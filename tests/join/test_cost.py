"""What linking costs: sums, fits that find what made the numbers, intervals that hold what they promise."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.evidence import linkage_times
from dossier.join.cost import (
    cost_of_checking,
    cost_of_computing,
    fixed_and_marginal,
    pair_growth,
    power_law,
)

SIZES = np.repeat([1e4, 3e4, 1e5, 3e5, 1e6, 3e6], 3)


@given(st.floats(0, 1e12), st.floats(0, 100), st.floats(0, 1e6))
def test_cost_is_linear_in_time_and_in_price(seconds, price, times):
    once = cost_of_computing(seconds, price)
    assert cost_of_computing(seconds * times, price) == pytest.approx(once * times)
    assert cost_of_computing(seconds, price * times) == pytest.approx(once * times)


def test_known_costs():
    assert cost_of_computing(3600, 0.05) == pytest.approx(0.05)
    assert cost_of_checking(1.4e9, 0.1, 1, 6) == pytest.approx(14_000_000)
    assert cost_of_checking(100, 0, 1, 6) == 0


@settings(max_examples=30)
@given(st.floats(0.2, 2.5), st.floats(1e-6, 1))
def test_a_power_law_is_recovered_and_gone_on_with(exponent, factor):
    law = power_law(SIZES, factor * SIZES**exponent)
    assert law.exponent == pytest.approx(exponent)
    ahead = law.forecast(1.4e9)
    assert ahead.middle == pytest.approx(factor * 1.4e9**exponent, rel=1e-6)
    assert ahead.low == pytest.approx(ahead.high, rel=1e-3)


def test_the_interval_is_the_textbooks():
    """Three points, by hand: x = 0, 1, 2 and y = 0, 1, 1 (logarithms). Slope 1/2, one degree of freedom, t = 12.706."""
    law = power_law(np.exp([0, 1, 2]), np.exp([0, 1, 1]))
    assert law.exponent == pytest.approx(0.5)
    assert law.scatter == pytest.approx(np.sqrt(1 / 6))
    ahead = law.forecast(np.exp(3.0))
    margin = 12.7062 * np.sqrt(1 / 6) * np.sqrt(1 + 1 / 3 + 4 / 2)
    assert np.log(ahead.high / ahead.middle) == pytest.approx(margin, rel=1e-4)
    assert ahead.high / ahead.middle == pytest.approx(ahead.middle / ahead.low)


def test_nineteen_in_twenty_new_measurements_fall_inside():
    random = np.random.default_rng(8)
    inside = []
    for _ in range(400):
        noise = np.exp(random.normal(0, 0.2, len(SIZES) + 1))
        ahead = power_law(SIZES, 1e-4 * SIZES * noise[:-1]).forecast(1e8)
        inside.append(ahead.low <= 1e4 * noise[-1] <= ahead.high)
    assert np.mean(inside) == pytest.approx(0.95, abs=0.033)


def test_the_interval_widens_with_the_distance_and_the_confidence():
    noise = np.exp(np.random.default_rng(8).normal(0, 0.1, len(SIZES)))
    law = power_law(SIZES, SIZES * noise)
    width = np.log(law.forecast([1e6, 1e7, 1e9]).high / law.forecast([1e6, 1e7, 1e9]).low)
    assert (np.diff(width) > 0).all()
    assert law.forecast(1e9, 0.99).high > law.forecast(1e9, 0.5).high


@settings(max_examples=30)
@given(st.floats(0, 100), st.floats(1e-7, 1e-3))
def test_fixed_and_marginal_cost_are_recovered(fixed, marginal):
    cost = fixed_and_marginal(SIZES, fixed + marginal * SIZES)
    assert (cost.fixed, cost.marginal) == pytest.approx((fixed, marginal), rel=1e-5, abs=1e-6)
    assert cost.forecast(1e9).middle == pytest.approx(fixed + marginal * 1e9, rel=1e-4)


def test_its_interval_holds_nineteen_in_twenty():
    random = np.random.default_rng(8)
    inside = []
    for _ in range(400):
        noise = 1 + random.normal(0, 0.05, len(SIZES) + 1)
        ahead = fixed_and_marginal(SIZES, (2 + 2e-5 * SIZES) * noise[:-1]).forecast(1e8)
        inside.append(ahead.low <= 2002 * noise[-1] <= ahead.high)
    assert np.mean(inside) == pytest.approx(0.95, abs=0.033)


def test_pairs_grow_by_person_and_by_pair():
    growth = pair_growth(SIZES, 2.2 * SIZES + 6e-7 * SIZES**2)
    assert (growth.per_person, growth.per_pair) == pytest.approx((2.2, 6e-7))
    assert growth.pairs(1e9) == pytest.approx(2.2e9 + 6e11)
    assert pair_growth(SIZES, SIZES**0.5).per_pair == 0


def test_three_ways_go_through_what_was_measured():
    """Each of the lesson's three lines passes near the largest sizes; prolonged, they part company."""
    times = linkage_times()
    pairs = pair_growth(times["people"], times["pairs_proposed"])
    assert pairs.pairs(times["people"]) == pytest.approx(times["pairs_proposed"].to_numpy(), rel=0.05)
    large = times[times["people"] >= 300_000]
    n, seconds = large["people"].to_numpy(float), large["cpu_seconds"].to_numpy()
    line, people = power_law(n, seconds), fixed_and_marginal(n, seconds)
    by_pairs = fixed_and_marginal(pairs.pairs(n), seconds)
    for forecast in (line.forecast(n), people.forecast(n), by_pairs.forecast(pairs.pairs(n))):
        assert forecast.middle == pytest.approx(seconds, rel=0.25)
        assert ((forecast.low <= seconds) & (seconds <= forecast.high)).mean() >= 0.8
    nation = line.forecast(1.4e9), people.forecast(1.4e9), by_pairs.forecast(pairs.pairs(1.4e9))
    assert nation[0].high < nation[1].low < nation[1].high < nation[2].low


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([1, 2], [1, 2]), "at least 3"),
        (([1, 1, 1], [1, 2, 3]), "two sizes at least"),
        (([1, 2, 3], [1, 2]), "two lists of the same length"),
        (([1, 2, 0], [1, 2, 3]), "people is 0"),
        (([1, 2, 3], [1, 2, np.nan]), "seconds is nan"),
    ],
)
def test_what_a_line_cannot_go_through(arguments, words):
    with pytest.raises(ValueError, match=words):
        power_law(*arguments)


def test_other_refusals():
    with pytest.raises(ValueError, match="cpu_seconds is -1"):
        cost_of_computing(-1, 1)
    with pytest.raises(TypeError, match="price_of_core_hour is '5'"):
        cost_of_computing(1, "5")
    with pytest.raises(ValueError, match="wage is -6"):
        cost_of_checking(1, 1, 1, -6)
    with pytest.raises(ValueError, match="confidence is 1"):
        power_law(SIZES, SIZES).forecast(10, confidence=1)
    with pytest.raises(ValueError, match="units is 0"):
        fixed_and_marginal(SIZES, SIZES).forecast(0)
    with pytest.raises(ValueError, match="units has 2 measurements: give at least 3"):
        fixed_and_marginal([1, 2], [1, 2])
    with pytest.raises(ValueError, match="pairs is -1"):
        pair_growth([1, 2, 3], [1, 2, -1])
