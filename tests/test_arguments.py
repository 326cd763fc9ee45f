"""What a refusal says: the argument, what was given, what is allowed."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier import _arguments as arguments
from dossier._arguments import AMOUNT, FINITE, POSITIVE, SHARE, Range


@pytest.mark.parametrize(
    ("allowed", "words"),
    [
        (SHARE, "0 to 1"),
        (Range(0, 1, below=True), "0 to less than 1"),
        (Range(0, 1, above=True, below=True), "above 0 and less than 1"),
        (AMOUNT, "a finite number, 0 or more"),
        (POSITIVE, "a finite number, above 0"),
        (FINITE, "a finite number"),
        (Range(), "a number"),
    ],
)
def test_a_range_is_said_in_words(allowed, words):
    assert str(allowed) == words


@given(st.floats(allow_nan=False))
def test_an_open_end_differs_from_a_closed_one_at_that_end_only(number):
    at = np.array([number])
    closed, half = Range(0, 1), Range(0, 1, above=True, below=True)
    assert bool(closed.holds(at)[0]) == (0 <= number <= 1)
    assert bool(half.holds(at)[0]) == (closed.holds(at)[0] and number not in (0, 1))


@pytest.mark.parametrize("allowed", [SHARE, AMOUNT, POSITIVE, FINITE, Range()])
def test_nan_is_never_allowed(allowed):
    with pytest.raises(ValueError, match="share is nan: allowed is"):
        arguments.numbers("share", [0.5, np.nan], allowed)


def test_the_first_wrong_number_is_shown():
    with pytest.raises(ValueError, match=r"^share is 1\.5: allowed is 0 to 1$"):
        arguments.numbers("share", [[0.1, 1.5], [-2, 1]], SHARE)


@pytest.mark.parametrize("value", ["many", "3", True, None, [[1], [1, 2]], {"a": 1}])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(TypeError, match=r"share is .*: give a number or an array of numbers"):
        arguments.numbers("share", value, Range())


def test_a_long_array_is_shown_in_short():
    with pytest.raises(TypeError) as refusal:
        arguments.numbers("share", pd.Series(["half"] * 10_000), SHARE)
    assert len(str(refusal.value)) < 120
    assert "share is ['half', " in str(refusal.value)


@pytest.mark.parametrize("value", [True, np.True_, "0.5", [0.5], np.array([0.5]), None])
def test_one_number_is_one_number(value):
    with pytest.raises(TypeError, match="alpha is"):
        arguments.number("alpha", value, SHARE)
    assert arguments.number("alpha", np.float32(0.5), SHARE) == 0.5


@pytest.mark.parametrize(
    ("value", "kind"), [(2.0, TypeError), (True, TypeError), (0, ValueError), (6, ValueError)]
)
def test_a_whole_number_says_its_range(value, kind):
    with pytest.raises(kind, match=r"groups is .* whole number, 1 to 5"):
        arguments.whole_number("groups", value, 1, 5)
    assert arguments.whole_number("groups", np.int32(5), 1, 5) == 5
    assert arguments.whole_number("people", 10**9, 1) == 10**9


def test_tables_series_and_names():
    table = pd.DataFrame({"when": [1], "id_number": ["x"]})
    assert arguments.table("events", table, ["when"]) is table
    with pytest.raises(TypeError, match="events is a list: give a pandas DataFrame"):
        arguments.table("events", [1])
    with pytest.raises(ValueError, match="events has no column 'event'; it has when, id_number"):
        arguments.table("events", table, ["event"])
    with pytest.raises(ValueError, match="events is empty"):
        arguments.table("events", table.head(0))
    assert arguments.table("events", table.head(0), empty=True).empty
    with pytest.raises(TypeError, match="scores is a dict: give a pandas Series"):
        arguments.series("scores", {})
    with pytest.raises(ValueError, match="scores is empty"):
        arguments.series("scores", pd.Series([], dtype=float))
    with pytest.raises(ValueError, match="people holds 'x' more than once"):
        arguments.once("people", pd.Index(["x", "y", "x"]))
    with pytest.raises(ValueError, match="people is empty"):
        arguments.once("people", pd.Index([]))
