"""Errors on purpose: at the stated rates, of the stated kinds, with the truth kept."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein, Levenshtein

from dossier.republic import Republic
from dossier.republic.errors import KINDS, SPELLINGS, corrupt
from dossier.republic.numbers import is_valid

COLUMNS = [
    "id_number",
    "surname",
    "given_name",
    "sex",
    "birth_date",
    "district",
    "age",
    "phone",
    "recklessness",
]


@pytest.fixture(scope="module")
def people(sorrel) -> pd.DataFrame:
    return sorrel.people[COLUMNS]


def merged(people: pd.DataFrame, column: str, spoilt) -> pd.DataFrame:
    """Original and spoilt values of a column side by side, where they were spoilt."""
    before = people.loc[spoilt.truth["source"], column].set_axis(spoilt.table.index)
    pairs = pd.DataFrame({"before": before, "after": spoilt.table[column]})
    return pairs[spoilt.truth[column] != ""]


def close(observed: float, rate: float, size: int) -> bool:
    return abs(observed - rate) <= 4.5 * np.sqrt(rate * (1 - rate) / size) + 1e-12


@pytest.mark.parametrize("rates", [{}, {column: dict.fromkeys(KINDS, 0.0) for column in COLUMNS}])
def test_no_errors_leave_the_table_as_it_was(people, rates):
    spoilt = corrupt(people, rates, swaps={("surname", "given_name"): 0.0}, duplicates=0.0)
    pd.testing.assert_frame_equal(spoilt.table, people)
    assert (spoilt.truth["source"] == people.index).all()
    assert not spoilt.truth["duplicate"].any()
    assert (spoilt.truth[COLUMNS] == "").all(axis=None)


@pytest.mark.parametrize("kind", ["typo", "transposition", "missing", "stale"])
@pytest.mark.parametrize("column", ["id_number", "surname", "birth_date", "district"])
@pytest.mark.parametrize("rate", [0.03, 0.5])
def test_measured_rates_are_the_stated_ones(people, column, kind, rate):
    spoilt = corrupt(people, {column: {kind: rate}}, seed=4)
    kinds = spoilt.truth[column]
    assert set(kinds) == {"", kind}
    # Of the values that it can apply to: some dates have no exchange that gives another date.
    possible = (corrupt(people, {column: {kind: 1.0}}, seed=5).truth[column] == kind).mean()
    assert possible > 0.65
    assert close((kinds == kind).mean(), rate * possible, len(people))
    changed = spoilt.table[column] != people[column]
    assert (changed == (kinds != "")).all(), "what the truth calls wrong is what differs"


def test_several_kinds_in_one_column_keep_their_rates_and_a_value_has_one_error_at_most(people):
    rates = {"typo": 0.1, "missing": 0.2, "stale": 0.3, "transposition": 0.05}
    kinds = corrupt(people, {"surname": rates}, seed=8).truth["surname"].value_counts(normalize=True)
    for kind, rate in rates.items():
        assert close(kinds[kind], rate, len(people)) or kind in ("stale", "transposition")
    assert kinds[""] == pytest.approx(0.35, abs=0.03)


def test_a_rate_of_one_spoils_every_value(people):
    for kind in ("typo", "missing"):
        assert (corrupt(people, {"surname": {kind: 1.0}}).truth["surname"] == kind).all()


def test_a_typo_is_one_key_and_a_transposition_one_exchange(people):
    typos = merged(people, "surname", corrupt(people, {"surname": {"typo": 0.3}}, seed=1))
    assert {Levenshtein.distance(*pair) for pair in typos.to_numpy()} == {1}
    lengths = (typos["after"].str.len() - typos["before"].str.len()).value_counts(normalize=True)
    assert set(lengths.index) == {-1, 0, 1}
    swapped = merged(people, "surname", corrupt(people, {"surname": {"transposition": 0.3}}, seed=1))
    distance = {DamerauLevenshtein.distance(*(name.lower() for name in pair)) for pair in swapped.to_numpy()}
    assert distance == {1}
    assert (swapped["before"].str.len() == swapped["after"].str.len()).all()
    assert swapped["after"].str.istitle().all()


def test_the_check_of_an_id_number_catches_every_typo_and_exchange(people):
    for kind in ("typo", "transposition"):
        wrong = merged(people, "id_number", corrupt(people, {"id_number": {kind: 0.2}}))
        assert len(wrong) > 1_000
        assert not wrong["after"].map(is_valid).any()


def test_another_spelling_exchanges_one_sound_and_can_be_undone(people):
    spoilt = corrupt(people, {"surname": {"spelling": 1.0}}, seed=2)
    pairs = merged(people, "surname", spoilt)
    assert len(pairs) > 0.9 * len(people)
    exchanges = {*SPELLINGS, *((other, one) for one, other in SPELLINGS)}
    for before, after in pairs.drop_duplicates().to_numpy():
        undone = {
            after.lower()[:at] + old + after.lower()[at + len(new) :]
            for old, new in exchanges
            for at in range(len(after))
            if after.lower().startswith(new, at)
        }
        assert before.lower() in undone
        assert after.istitle()
    untouched = spoilt.truth["surname"] == ""
    assert (spoilt.table.loc[untouched, "surname"] == people.loc[untouched, "surname"]).all()


def test_numbers_dates_and_truth_values_stay_what_they_are(people):
    typo = {"typo": 0.4}
    rates = {"age": typo, "birth_date": typo, "phone": typo, "recklessness": typo}
    spoilt = corrupt(people, rates, seed=6)
    assert (spoilt.table.dtypes == people.dtypes).all()
    dates = merged(people, "birth_date", spoilt)
    assert dates["after"].between(people["birth_date"].min(), people["birth_date"].max()).all()
    one_digit = dates["before"].dt.strftime("%Y%m%d"), dates["after"].dt.strftime("%Y%m%d")
    assert {Levenshtein.distance(*pair) for pair in zip(*one_digit, strict=True)} == {1}
    ages = merged(people, "age", spoilt).astype(str)
    assert {Levenshtein.distance(*pair) for pair in ages.to_numpy()} == {1}
    flips = merged(people, "phone", spoilt)
    assert (flips["before"] != flips["after"]).all()


def test_missing_values_make_room_for_themselves_and_stay_missing(people):
    everywhere = {column: {"missing": 0.1} for column in COLUMNS}
    spoilt = corrupt(people, everywhere, seed=3)
    for column in COLUMNS:
        assert (spoilt.table[column].isna() == (spoilt.truth[column] == "missing")).all()
    again = corrupt(spoilt.table, {"surname": {"missing": 1.0}})
    assert (again.truth["surname"] == "missing").mean() == pytest.approx(0.9, abs=0.02)


def test_a_stale_value_is_one_that_another_row_has(people):
    stale = merged(people, "district", corrupt(people, {"district": {"stale": 0.2}}))
    assert set(stale["after"]) <= set(people["district"])
    assert (stale["before"] != stale["after"]).all()


def test_swapped_fields_trade_places(people):
    spoilt = corrupt(people, swaps={("surname", "given_name"): 0.1}, seed=5)
    swapped = spoilt.truth["surname"] == "swap"
    assert close(swapped.mean(), 0.1, len(people))
    assert (spoilt.table.loc[swapped, "surname"] == people.loc[swapped, "given_name"]).all()
    assert (spoilt.table.loc[swapped, "given_name"] == people.loc[swapped, "surname"]).all()
    assert (spoilt.truth["given_name"] == spoilt.truth["surname"]).all()


def test_duplicates_are_second_copies_with_errors_of_their_own(people):
    spoilt = corrupt(people, {"surname": {"typo": 0.5}}, duplicates=0.2, seed=9)
    truth = spoilt.truth
    assert close(truth["duplicate"].sum() / len(people), 0.2, len(people))
    assert len(spoilt.table) == len(people) + truth["duplicate"].sum()
    assert set(truth["source"]) == set(people.index)
    assert truth["source"].value_counts().max() == 2
    twice = truth["source"].duplicated(keep=False)
    kinds = truth.loc[twice].groupby("source")["surname"].nunique()
    assert 0.4 < (kinds == 2).mean() < 0.6, "one copy is wrong where the other is right about half the time"
    assert (people.loc[truth["source"], "id_number"].to_numpy() == spoilt.table["id_number"].to_numpy()).all()
    assert truth["duplicate"].head(5_000).any(), "copies are not all at the end"


def test_the_original_is_left_alone_and_the_seed_decides(people):
    before = people.copy(deep=True)
    rates = {"surname": {"typo": 0.2}, "age": {"missing": 0.2}}
    first = corrupt(people, rates, duplicates=0.1, seed=1)
    pd.testing.assert_frame_equal(people, before)
    same, other = (
        corrupt(people, rates, duplicates=0.1, seed=1),
        corrupt(people, rates, duplicates=0.1, seed=2),
    )
    pd.testing.assert_frame_equal(first.table, same.table)
    pd.testing.assert_frame_equal(first.truth, same.truth)
    assert not first.table.equals(other.table)


def test_errors_in_one_column_do_not_depend_on_those_in_another(people):
    alone = corrupt(people, {"surname": {"typo": 0.2}}, seed=1)
    both = corrupt(people, {"surname": {"typo": 0.2}, "age": {"typo": 0.5}}, seed=1)
    assert alone.table["surname"].equals(both.table["surname"])


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(st.text(max_size=12), min_size=1, max_size=8),
    kind=st.sampled_from(KINDS),
    seed=st.integers(0, 10_000),
)
def test_any_text_survives_any_error(texts, kind, seed):
    table = pd.DataFrame({"text": pd.Series(texts, dtype=object)})
    spoilt = corrupt(table, {"text": {kind: 1.0}}, seed=seed)
    differs = spoilt.table["text"].isna() | (spoilt.table["text"] != table["text"])
    assert (differs == (spoilt.truth["text"] == kind)).all()


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"rates": {"surname": {"typo": 1.5}}}, ValueError, r"rates\['surname'\]\['typo'\] is 1.5.*0 to 1"),
        ({"rates": {"surname": {"typo": -0.1}}}, ValueError, "is -0.1"),
        ({"rates": {"surname": {"typo": float("nan")}}}, ValueError, "is nan"),
        ({"rates": {"surname": {"typo": "much"}}}, TypeError, "is 'much'"),
        ({"rates": {"surname": {"typo": True}}}, TypeError, "is True"),
        ({"rates": {"surname": {"typo": 0.6, "stale": 0.6}}}, ValueError, "sum to 1.2"),
        ({"rates": {"surname": {"smudge": 0.1}}}, ValueError, "names 'smudge'; the kinds are typo"),
        ({"rates": {"name": {"typo": 0.1}}}, ValueError, "names the column 'name'; the table has id_number"),
        ({"rates": {"surname": 0.1}}, TypeError, r"rates\['surname'\] is 0.1"),
        ({"rates": 0.1}, TypeError, "rates is 0.1"),
        ({"swaps": {"surname": 0.1}}, ValueError, "swaps names 'surname'"),
        ({"swaps": {("surname", "surname"): 0.1}}, ValueError, "different columns"),
        ({"swaps": {("surname", "age"): 0.1}}, ValueError, "different types"),
        ({"swaps": {("surname", "given_name"): 2}}, ValueError, "is 2"),
        ({"swaps": 3}, TypeError, "swaps is 3"),
        ({"duplicates": 1.01}, ValueError, "duplicates is 1.01"),
        ({"seed": -1}, ValueError, "seed is -1"),
        ({"seed": 1.0}, TypeError, "seed is 1.0"),
    ],
)
def test_bad_arguments_are_named_with_what_is_allowed(people, arguments, error, message):
    with pytest.raises(error, match=message):
        corrupt(people, **arguments)


def test_a_table_that_cannot_be_traced_is_refused(people):
    with pytest.raises(TypeError, match="table is a list"):
        corrupt([1, 2])
    with pytest.raises(ValueError, match="table is empty"):
        corrupt(people.head(0))
    with pytest.raises(ValueError, match="reset_index"):
        corrupt(pd.concat([people, people]))


def test_whole_registries_can_be_spoilt():
    pings = Republic.generate(people=300).phone_pings
    spoilt = corrupt(pings, {"when": {"typo": 0.1}, "cell": {"stale": 0.1}, "id_number": {"typo": 0.05}})
    times = merged(pings, "when", spoilt)
    assert len(times) > 0.05 * len(pings)
    assert times["after"].between(pings["when"].min(), pings["when"].max()).all()
