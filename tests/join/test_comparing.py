"""Levels of agreement: what is equal, what is alike, what is missing, and the same by either of rapidfuzz's implementations."""

import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.join.comparing import MISSING, Field, comparison_levels, patterns, similarity

NAMES = st.text("abkr", min_size=1, max_size=5)


def level(field, first, second):
    """The level of one pair, in words."""
    left, right = (pd.DataFrame({field.column: [value]}) for value in (first, second))
    number = comparison_levels(left, right, [field], pd.DataFrame({"left": [0], "right": [0]})).iloc[0, 0]
    return "missing" if number == MISSING else field.levels[number]


@pytest.mark.parametrize(
    ("field", "first", "second", "expected"),
    [
        # Winkler's own example pairs (1990): 0.961 and 0.840.
        (Field("name", "name"), "MARTHA", "MARHTA", "0.92 similar"),
        (Field("name", "name"), "DWAYNE", "DUANE", "0.8 similar"),
        (Field("name", "name"), "MARTHA", "DUANE", "different"),
        (Field("name", "name"), "MARTHA", "MARTHA", "exact"),
        (Field("name", "name", (0.9,)), "MARTHA", "MARHTA", "similar"),
        (Field("name", "name", ()), "MARTHA", "MARHTA", "different"),
        (Field("name"), "Tan", "Tam", "different"),
        (Field("name"), "Tan", " Tan ", "exact"),
        (Field("name"), "Tan", "tan", "different"),
        (Field("born", "number"), "19660412", "19660421", "1 edit"),
        (Field("born", "number"), "19660412", "19670421", "2 edits"),
        (Field("born", "number"), "19660412", "20670421", "different"),
        (Field("born", "number", (1,)), "4223", "422", "similar"),
        (Field("born"), pd.Timestamp("1966-04-12"), "1966-04-12", "exact"),
        # As soon as one is missing, pandas makes a column of whole numbers one of floats.
        (Field("born"), 1966.0, 1966, "exact"),
        (Field("born"), 1966, "1966", "exact"),
        *(
            (Field("name", kind), "Tan", nothing, "missing")
            for kind in ("exact", "name")
            for nothing in (None, np.nan, "", " ", pd.NA)
        ),
        (Field("name"), "", "", "missing"),
    ],
)
def test_what_two_values_have_in_common(field, first, second, expected):
    assert level(field, first, second) == expected
    assert level(field, second, first) == expected


@given(
    st.lists(st.tuples(st.none() | NAMES, st.none() | NAMES), min_size=1, max_size=12),
    st.sampled_from([(0.9,), (0.92, 0.8), (0.95, 0.9, 0.6)]),
)
def test_many_pairs_at_once_are_as_one_by_one(rows, steps):
    field = Field("name", "name", steps)
    left = pd.DataFrame({"name": [row[0] for row in rows]}, dtype=object)
    right = pd.DataFrame({"name": [row[1] for row in rows]}, dtype=object)
    pairs = pd.MultiIndex.from_product([range(len(rows))] * 2, names=["left", "right"]).to_frame(index=False)
    found = comparison_levels(left, right, [field], pairs)["name"]
    for number, one, other in zip(
        found, left["name"][pairs["left"]], right["name"][pairs["right"]], strict=True
    ):
        if one is None or other is None:
            assert number == MISSING
        elif one == other:
            assert number == len(steps) + 1
        else:
            assert number == sum(similarity(one, other) >= step for step in steps)


def test_levels_keep_the_rows_of_the_pairs_and_may_be_of_none():
    people = pd.DataFrame({"name": ["Tan", "Mol"]})
    pairs = pd.DataFrame({"left": [1, 0], "right": [1, 1]}, index=["first", "second"])
    found = comparison_levels(people, people, [Field("name")], pairs)
    assert found["name"].to_dict() == {"first": 1, "second": 0}
    none = comparison_levels(people, people, [Field("name", "name")], pairs[:0])
    assert none.shape == (0, 1)
    assert none["name"].dtype == np.int8


@given(st.lists(st.tuples(*[st.integers(-1, 2)] * 3), min_size=1, max_size=40))
def test_patterns_count_every_pair_once(rows):
    levels = pd.DataFrame(rows, columns=["a", "b", "c"])
    found = patterns(levels)
    assert found["pairs"].is_monotonic_decreasing
    assert not found[["a", "b", "c"]].duplicated().any()
    assert {tuple(row[:3]): row[3] for row in found.itertuples(index=False)} == {
        row: rows.count(row) for row in rows
    }


def test_it_runs_without_compiled_code_as_in_a_browser():
    """The browser has rapidfuzz in pure Python only: the same levels come of it."""
    program = (
        "import numpy as np, pandas as pd; from dossier.join.comparing import *\n"
        "from rapidfuzz.distance import JaroWinkler; print(JaroWinkler.similarity.__module__)\n"
        "words = [f'{a}{b}{c}' for a in 'bkr' for b in ('an', 'ou', 'i') for c in ('ta', 'at', 'mol')]\n"
        "t = pd.DataFrame({'name': words, 'born': range(1960, 1987)})\n"
        "pairs = pd.DataFrame({'left': np.repeat(range(27), 27), 'right': list(range(27)) * 27})\n"
        "print(comparison_levels(t, t, [Field('name', 'name'), Field('born', 'number')], pairs).to_csv())"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "RAPIDFUZZ_IMPLEMENTATION": implementation},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split("\n", 1)
        for implementation in ("python", "cpp")
    ]
    assert outputs[0][0].endswith("_py")
    assert not outputs[1][0].endswith("_py")
    assert outputs[0][1] == outputs[1][1]


GOOD = pd.DataFrame({"name": ["Tan", "Mol"]})
PAIR = pd.DataFrame({"left": [0], "right": [1]})


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((GOOD, [["Tan"]], [Field("name")], PAIR), TypeError, "right is a list: give a pandas DataFrame"),
        ((GOOD, GOOD, [Field("born")], PAIR), ValueError, "left has no column 'born'; it has name"),
        ((GOOD[:0], GOOD, [Field("name")], PAIR), ValueError, "left is empty"),
        ((GOOD, GOOD, [], PAIR), ValueError, "fields has the columns of nothing"),
        ((GOOD, GOOD, ["name"], PAIR), TypeError, "fields holds 'name': give a list of Field"),
        ((GOOD, GOOD, Field("name"), PAIR), TypeError, "give a list of Field"),
        ((GOOD, GOOD, [Field("name"), Field("name", "name")], PAIR), ValueError, "name, name: give .* each once"),
        ((GOOD, GOOD, [Field("name")], PAIR.assign(right=2)), ValueError, r"pairs\['right'\] holds 2: allowed is a row number, 0 to 1"),
        ((GOOD, GOOD, [Field("name")], PAIR.assign(left=-1)), ValueError, r"pairs\['left'\] holds -1"),
        ((GOOD, GOOD, [Field("name")], PAIR.assign(left="0")), TypeError, r"pairs\['left'\] is of type"),
        ((GOOD, GOOD, [Field("name")], PAIR[["left"]]), ValueError, "pairs has no column 'right'"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(arguments, error, message):
    with pytest.raises(error, match=message):
        comparison_levels(*arguments)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((7,), TypeError, "column is 7: give the name of a column"),
        (
            ("name", "sound"),
            ValueError,
            "kind of 'name' is 'sound': allowed is one of 'exact', 'name', 'number'",
        ),
        (("name", "name", (1.5,)), ValueError, "similar is 1.5"),
        (("name", "name", (1,)), ValueError, "similar is 1: allowed is a similarity above 0 and below 1"),
        (("name", "name", (0.8, 0.9)), ValueError, "give the nearest first"),
        (("name", "name", (0.8, 0.8)), ValueError, "each once"),
        (("name", "name", "0.9"), TypeError, "similar of 'name' is '0.9': give a list of numbers"),
        (("name", "name", 0.9), TypeError, "give a list of numbers"),
        (("name", "exact", (0.9,)), ValueError, "an exact field has no such level"),
        (("name", "number", (0.9,)), TypeError, "give a whole number, 1 or more"),
        (("name", "number", (2, 1)), ValueError, "give the nearest first"),
    ],
)
def test_a_field_that_makes_no_sense_is_refused(arguments, error, message):
    with pytest.raises(error, match=message):
        Field(*arguments)


def test_other_bad_arguments_are_refused():
    with pytest.raises(TypeError, match="second is None: give text"):
        similarity("Tan", None)
    with pytest.raises(ValueError, match="levels is empty"):
        patterns(pd.DataFrame({"name": []}))
    with pytest.raises(ValueError, match="levels has a column 'pairs'"):
        patterns(pd.DataFrame({"pairs": [1]}))


@settings(max_examples=30)
@given(NAMES, NAMES)
def test_similarity_is_the_same_both_ways_and_1_only_for_equals(one, other):
    assert similarity(one, other) == similarity(other, one)
    assert (similarity(one, other) == 1) == (one == other)
