"""Sliders and choices: what a reader can move."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.explore import Choice, Slider


@given(low=st.integers(-1000, 1000), span=st.integers(1, 100), step=st.sampled_from([0.5, 1, 2, 7]))
def test_a_linear_slider_runs_from_low_to_high_in_equal_steps(low, span, step):
    slider = Slider("x", "X", low, low + span, step, low)
    values = np.array(slider.values, dtype=float)
    assert values[0] == low
    assert values[-1] == low + span
    assert np.allclose(np.diff(values)[:-1], step)
    assert 0 < values[-1] - values[-2] <= step + 1e-9


@given(low=st.floats(0.01, 100), decades=st.floats(0.5, 9), step=st.sampled_from([1, 2, 3, 5, 10]))
def test_a_log_slider_rises_from_low_to_high_by_similar_factors(low, decades, step):
    high = low * 10**decades
    values = np.array(Slider("x", "X", low, high, step, low, scale="log").values, dtype=float)
    assert values[0] == pytest.approx(low)
    assert values[-1] == pytest.approx(high)
    factors = values[1:] / values[:-1]
    assert (factors > 1).all()
    assert (factors <= 10 ** (1 / step) * 1.2).all()


def test_three_positions_a_decade_are_the_series_one_two_five():
    assert Slider("x", "X", 1, 1000, 3, 1, scale="log").values == (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def test_decimal_steps_show_no_rounding():
    assert Slider("x", "X", 0, 0.5, 0.1, 0.3, unit="km").texts == (
        "0 km",
        "0.1 km",
        "0.2 km",
        "0.3 km",
        "0.4 km",
        "0.5 km",
    )


@given(st.floats(0, 10))
def test_a_value_goes_to_the_nearest_position(value):
    slider = Slider("x", "X", 0, 10, 0.25, 5)
    assert abs(slider.values[slider.position(value)] - value) <= 0.125 + 1e-9


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"low": 5, "high": 5}, "low must be below high"),
        ({"step": 0}, "step of slider 'x' is 0: it must be above 0"),
        ({"high": float("nan")}, "high of slider 'x' is nan"),
        ({"step": 0.001}, "10001 positions: at most 201"),
        ({"default": 11}, "x is 11: allowed is a number from 0 to 10"),
        ({"scale": "log"}, "low of log slider 'x' is 0: it must be above 0"),
        ({"scale": "cubic"}, "allowed are 'linear' and 'log'"),
    ],
)
def test_an_impossible_slider_says_why(changed, message):
    arguments = {"name": "x", "label": "X", "low": 0, "high": 10, "step": 1, "default": 5} | changed
    with pytest.raises(ValueError, match=message):
        Slider(**arguments)


@pytest.mark.parametrize("value", [-0.1, 10.1, float("nan"), "5", None])
def test_a_value_off_the_slider_is_refused(value):
    with pytest.raises(ValueError, match="allowed is a number from 0 to 10"):
        Slider("x", "X", 0, 10, 1, 5).position(value)


def test_a_choice_starts_with_its_first_option_and_refuses_others():
    choice = Choice("regime", "Regime", ["open", "closed"])
    assert choice.default == "open"
    assert choice.position("closed") == 1
    with pytest.raises(ValueError, match="regime is 'ajar': allowed are 'open', 'closed'"):
        choice.position("ajar")
    with pytest.raises(ValueError, match="give at least two, all different"):
        Choice("regime", "Regime", ["open", "open"])
