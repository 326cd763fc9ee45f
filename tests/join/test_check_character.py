"""The check character: every slip in one character and every swap of neighbours is caught, two random ones in nine cases of ten."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest
from stdnum.iso7064 import mod_11_2

from dossier.join.check_character import (
    _WEIGHTS,
    ALLOWED,
    LENGTH,
    expected_caught,
    mistyped,
    neighbour_swaps,
    passes,
    single_errors,
)
from dossier.republic import Republic

BODIES = st.text("0123456789", min_size=17, max_size=17)


@given(BODIES, st.sampled_from("0123456789X"))
def test_it_decides_as_python_stdnum_does(body, last):
    assert passes([body + last])[0] == mod_11_2.is_valid(body + last)


def test_the_weights_are_the_published_ones_of_f4_019():
    assert _WEIGHTS[:17].tolist() == [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def test_the_published_example_passes_and_every_number_of_sorrel():
    assert passes(["11010519491231002X"]).all()
    assert passes(Republic.sample().people["id_number"]).all()


@settings(max_examples=50)
@given(BODIES)
def test_every_single_error_and_every_swap_is_caught(body):
    number = body + mod_11_2.calc_check_digit(body)
    slips, swaps = single_errors(number), neighbour_swaps(number)
    assert len(set(slips)) == len(slips) == 17 * 9 + 10
    assert all(sum(a != b for a, b in zip(slip, number, strict=True)) == 1 for slip in slips)
    assert len(swaps) == sum(a != b for a, b in pairwise(number))
    assert not passes(slips).any()
    assert not passes(swaps).any()


def test_a_swap_of_equals_is_no_error():
    assert neighbour_swaps("0" * 17 + mod_11_2.calc_check_digit("0" * 17)) == ["0" * 16 + "10"]


@given(st.integers(1, LENGTH), st.integers(0, 2**32 - 1))
def test_mistyping_changes_exactly_so_many_characters_to_allowed_ones(errors, seed):
    numbers = ["11010519491231002X", "670005196906242246"]
    for before, after in zip(numbers, mistyped(numbers, errors, np.random.default_rng(seed)), strict=True):
        assert sum(a != b for a, b in zip(before, after, strict=True)) == errors
        assert all(one in allowed for one, allowed in zip(after, ALLOWED, strict=True))


@pytest.mark.parametrize("errors", [1, 2, 3, 4, 18])
def test_the_closed_form_holds_for_evenly_spread_digits(errors):
    rng = np.random.default_rng(17)
    bodies = ["".join(map(str, row)) for row in rng.integers(0, 10, (40_000, 17)).tolist()]
    numbers = [body + mod_11_2.calc_check_digit(body) for body in bodies]
    caught = int((~passes(mistyped(numbers, errors, rng))).sum())
    # The check character is not independent of the others, which moves the share by less than this interval.
    interval = binomtest(caught, len(numbers)).proportion_ci(0.999)
    assert interval.low <= expected_caught(errors) <= interval.high


def test_two_errors_counted_one_by_one():
    """All two-digit words a, b weighted 2 and 4, each replaced by another digit: 810 of 8,100 pairs of moves cancel."""
    moves = [(new - old) % 11 for old in range(10) for new in range(10) if new != old]
    unnoticed = sum((2 * one + 4 * other) % 11 == 0 for one in moves for other in moves)
    assert 1 - unnoticed / len(moves) ** 2 == pytest.approx(expected_caught(2))


@given(st.integers(2, 40))
def test_many_errors_come_nearer_to_ten_elevenths(errors):
    distance = abs(expected_caught(errors) - 10 / 11)
    assert distance <= abs(expected_caught(errors - 1) - 10 / 11)
    assert expected_caught(60) == pytest.approx(10 / 11)


def test_texts_of_another_form_fail():
    assert (
        passes(["", "67", "X" * 18, "67000519690624224 ", "6700051969062422466", "⁶70005196906242246"]).sum()
        == 0
    )
    assert passes([]).shape == (0,)
    assert mistyped([], 2, np.random.default_rng(0)) == []


def test_what_is_refused():
    rng = np.random.default_rng(0)
    with pytest.raises(TypeError, match="numbers is '67'"):
        passes("67")
    with pytest.raises(TypeError, match="numbers holds 67"):
        passes([67])
    with pytest.raises(ValueError, match="give 18 characters that pass"):
        single_errors("670005196906242247")
    with pytest.raises(TypeError, match="id_number is 67"):
        neighbour_swaps(67)
    with pytest.raises(ValueError, match="errors is 19: allowed is a whole number, 1 to 18"):
        mistyped(["670005196906242246"], 19, rng)
    with pytest.raises(ValueError, match="numbers holds '67'"):
        mistyped(["67"], 1, rng)
    with pytest.raises(TypeError, match="generator is 3"):
        mistyped(["670005196906242246"], 1, 3)
    with pytest.raises(ValueError, match="errors is 0"):
        expected_caught(0)
    with pytest.raises(TypeError, match=r"errors is 1\.5"):
        expected_caught(1.5)
