"""Feedback looks at type, then size, then value, and each message says which."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.classroom.compare import NOT_YET, difference, equal

SERIES = pd.Series([1, 2], index=["a", "b"])


@pytest.mark.parametrize(
    ("answer", "reference", "message"),
    [
        (..., 3, NOT_YET),
        (None, 3, "is None, that is, nothing at all"),
        ("8760", 8760, "text, because it stands in quotes"),
        (True, 1, "a comparison, where a number is asked for"),
        ((1, 0), 1000, r"is 2 numbers, \(1, 0\). A comma parts numbers: write 1000"),
        ([3], 3, "one number, and is a list"),
        (SERIES, 3, "one number, and is a column of a table"),
        (len, 3, "a function: call it with round brackets"),
        (1 + 2j, 3, "of type complex"),
        (float("nan"), 3, "not a number: something was missing"),
        (float("inf"), 3, "divided by zero"),
        (-3, 3, "its sign is wrong"),
        (2, 3, "is 2, which is too small"),
        (12345, 3, "is 12,345, which is too large"),
        (1, True, "should be True or False, and is a number"),
        (False, True, "is False. Look again"),
        (3, "cars", "should be text in quotes, and is a number"),
        ("car", "cars", "is 'car', which is not the one asked for"),
        (3, [1, 2], "should be a list of 2, and is a number"),
        ({"a": 1}, [1, 2], "should be a list of 2, and is a dictionary"),
        ([1, 2, 3], [1, 2], "has 3 entries, and should have 2"),
        ([1, "2"], [1, 2], r"x\[1\] is text"),
        ([1, 2], SERIES, "should be a column of a table"),
        (pd.Series([1, 2]), SERIES, "labelled differently"),
        (pd.Series([1, 3], index=["a", "b"]), SERIES, r"x\['b'\] is 3, which is too large"),
    ],
)
def test_each_difference_has_its_own_message(answer, reference, message):
    assert difference(answer, reference, name="x") is not None
    with pytest.raises(AssertionError, match=message):
        raise AssertionError(difference(answer, reference, name="x"))


@pytest.mark.parametrize(
    ("answer", "reference"),
    [
        (np.float64(3), 3),
        (np.int64(3), 3.0),
        ([1, 2], (1, 2)),
        (np.array([1, 2]), [1, 2]),
        (pd.Series([2, 1], index=["b", "a"]), SERIES),
        (np.True_, True),
        ("cars", "cars"),
    ],
)
def test_the_same_answer_in_another_dress_is_right(answer, reference):
    assert equal(answer, reference)


@given(st.floats(-1e9, 1e9), st.floats(0, 0.1))
def test_equality_is_symmetric_and_every_number_equals_itself(number, tolerance):
    assert equal(number, number, tolerance=tolerance)
    other = number * (1 + tolerance / 2) + 1e-3
    assert equal(number, other, tolerance=tolerance) == equal(other, number, tolerance=tolerance)


@given(st.floats(1e-6, 1e6), st.floats(0.001, 0.2))
def test_tolerance_is_relative(number, tolerance):
    assert equal(number * (1 + tolerance * 0.99), number, tolerance=tolerance)
    assert not equal(number * (1 + tolerance * 1.3), number, tolerance=tolerance)
