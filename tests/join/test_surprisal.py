"""Bits: known answers, additivity under independence, and what dependence takes away."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.join.surprisal import bits_to_single_out, mean_surprisal, narrowing, surprisal


@pytest.mark.parametrize(("people", "bits"), [(1.4e9, 30.383), (8e9, 32.897), (10_000, 13.288), (1, 0)])
def test_the_bits_that_name_one_of_many(people, bits):
    assert bits_to_single_out(people) == pytest.approx(bits, abs=5e-4)


@given(st.floats(1e-9, 1), st.floats(1e-9, 1))
def test_bits_of_independent_attributes_add_up(one, other):
    assert surprisal(one * other) == pytest.approx(surprisal(one) + surprisal(other), abs=1e-9)
    assert surprisal(one) >= 0


def test_a_certainty_is_worth_nothing_and_arrays_keep_their_shape():
    assert str(surprisal(1)) == "0.0"
    assert surprisal([[0.5], [0.25]]).tolist() == [[1], [2]]


@pytest.mark.parametrize("values", [["a"] * 8, list("abcdefgh"), list("aabbccdd")])
def test_entropy_of_equal_shares_is_the_log_of_their_number(values):
    assert mean_surprisal(pd.Series(values)) == pytest.approx(np.log2(len(set(values))))


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30))
def test_entropy_is_the_mean_of_the_rows_surprisals(values):
    column = pd.Series(values)
    shares = column.map(column.value_counts(normalize=True)).to_numpy()
    assert mean_surprisal(column) == pytest.approx(np.mean(surprisal(shares)))


def test_independent_attributes_leave_as_many_as_their_bits_say():
    table = pd.DataFrame([(a, b, c) for a in "xy" for b in "pqrs" for c in range(8)], columns=list("abc"))
    found = narrowing(table, 5, ["a", "b", "c"])
    assert found["bits"].tolist() == [1, 2, 3]
    assert found["left"].tolist() == [32, 8, 1]
    assert found["in_truth"].tolist() == found["added_up"].tolist() == [1, 3, 6]


def test_what_follows_from_something_known_adds_nothing_in_truth():
    table = pd.DataFrame({"year": [1980, 1980, 1990, 1990], "decade": [8, 8, 9, 9]})
    found = narrowing(table, 0, ["year", "decade"])
    assert found["in_truth"].tolist() == [1, 1]
    assert found["added_up"].tolist() == [1, 2]


@given(st.lists(st.tuples(*[st.integers(0, 2)] * 3), min_size=1, max_size=20), st.data())
def test_the_set_shrinks_and_still_holds_the_person(rows, data):
    table = pd.DataFrame(rows, columns=list("abc"))
    row = data.draw(st.sampled_from(range(len(rows))))
    found = narrowing(table, row, data.draw(st.permutations(list("abc"))))
    assert found["left"].is_monotonic_decreasing
    assert found["left"].iloc[-1] == rows.count(rows[row])
    assert (found["in_truth"] <= np.log2(len(rows)) + 1e-12).all()


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: surprisal(0), ValueError, "share is 0: allowed is above 0 and 1"),
        (lambda: surprisal(1.5), ValueError, r"share is 1\.5"),
        (lambda: surprisal("half"), TypeError, "share is 'half'"),
        (lambda: surprisal(float("nan")), ValueError, "share is nan"),
        (lambda: bits_to_single_out(0), ValueError, "people is 0"),
        (lambda: bits_to_single_out(float("inf")), ValueError, "people is inf"),
        (lambda: mean_surprisal(pd.Series([], dtype=float)), ValueError, "values is empty"),
        (lambda: mean_surprisal(pd.Series([1, None])), ValueError, "values has 1 missing"),
        (lambda: mean_surprisal([1, 2]), TypeError, "values is a list"),
        (lambda: narrowing(pd.DataFrame({"a": [1]}), 0, ["b"]), ValueError, "no column 'b'"),
        (lambda: narrowing(pd.DataFrame({"a": [1]}), 7, ["a"]), ValueError, "row is 7"),
        (lambda: narrowing(pd.DataFrame({"a": [1]}), 0, ["a", "a"]), ValueError, "give each once"),
        (lambda: narrowing(pd.DataFrame({"a": [1, None]}), 0, ["a"]), ValueError, "a has 1 missing"),
    ],
)
def test_bad_input_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
