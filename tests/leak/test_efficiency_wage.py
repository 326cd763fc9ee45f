"""The efficiency wage: two careers, and the premium that makes them equal."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.leak.efficiency_wage import honest_premium, value_of_honesty, value_of_selling

bribes = st.floats(0.01, 1e5)
chances = st.floats(1e-6, 1)
discounts = st.floats(0.01, 0.9999)


def test_the_known_answer():
    assert honest_premium(87.5, 0.001, 0.99) == pytest.approx(883.84, abs=0.005)


@given(bribes, chances, discounts)
def test_at_that_premium_both_careers_are_worth_the_same(b, p, delta):
    v = honest_premium(b, p, delta)
    assert value_of_honesty(v, delta) == pytest.approx(value_of_selling(v, b, p, delta), rel=1e-6)


@given(bribes, chances, discounts, st.floats(0.01, 5))
def test_above_it_honesty_pays_and_below_it_selling(b, p, delta, step):
    v = honest_premium(b, p, delta)
    above, below = v * (1 + step), v / (1 + step)
    assert value_of_honesty(above, delta) > value_of_selling(above, b, p, delta) * (1 - 1e-12)
    assert value_of_honesty(below, delta) < value_of_selling(below, b, p, delta) * (1 + 1e-12)


@given(bribes, chances, discounts)
def test_one_lapse_pays_exactly_when_a_life_of_them_does(b, p, delta):
    # Sell once and be honest ever after: b now, against p times the honest career from tomorrow on.
    v = honest_premium(b, p, delta)
    assert b == pytest.approx(delta * p * value_of_honesty(v, delta))


@given(bribes, chances, discounts, st.floats(0.01, 1))
def test_it_falls_with_detection_and_patience_and_grows_with_the_bribe(b, p, delta, step):
    v = honest_premium(b, p, delta)
    assert honest_premium(b, p + (1 - p) * step, delta) <= v
    assert honest_premium(b, p, delta + (0.99999 - delta) * step) < v
    assert honest_premium(b * (1 + step), p, delta) > v


def test_careers_lived_one_by_one():
    rng = np.random.default_rng(5)
    v, b, p, delta, lives = 200.0, 87.5, 0.02, 0.95, 200_000
    until_leaving, until_caught = rng.geometric(1 - delta, lives), rng.geometric(p, lives)
    honest, corrupt = v * until_leaving, (v + b) * np.minimum(until_leaving, until_caught)
    for paid, expected in (
        (honest, value_of_honesty(v, delta)),
        (corrupt, value_of_selling(v, b, p, delta)),
    ):
        assert paid.mean() == pytest.approx(expected, abs=5 * paid.std() / np.sqrt(lives))


def test_the_ends():
    assert honest_premium([1, 1, 0, 0], [0, 0.5, 0, 0.5], [0.5, 0, 0.5, 0]).tolist() == [np.inf, np.inf, 0, 0]
    assert value_of_selling(10, 5, 0, 0.5) == 30  # never caught: both, for ever
    assert isinstance(honest_premium(1, 1, 0.5), float)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"bribe": -1}, "bribe is -1"),
        ({"detection_probability": 2}, "detection_probability is 2: allowed is 0 to 1"),
        ({"discount": 1}, "discount is 1: allowed is 0 to less than 1"),
    ],
)
def test_what_it_refuses(wrong, message):
    with pytest.raises(ValueError, match=message):
        honest_premium(**{"bribe": 1, "detection_probability": 0.1, "discount": 0.9, **wrong})
    with pytest.raises(TypeError, match="premium is None"):
        value_of_honesty(None, 0.5)
