"""Extracts without names: what k and l are, that coarsening never lowers k, and that the names come back."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.join.anonymity import (
    BIRTH_LEVELS,
    PLACE_LEVELS,
    QUASI_IDENTIFIERS,
    anonymised,
    anonymity_sets,
    expected_unique,
    generalised,
    k_anonymity,
    l_diversity,
    named,
    public_list,
)
from dossier.republic import Republic

KEY = list(QUASI_IDENTIFIERS)
REGIONS = pd.Series({"a": "north", "b": "north", "c": "south"})


@pytest.fixture(scope="module")
def sorrel():
    return Republic.sample()


@pytest.fixture(scope="module")
def extract_and_whose(sorrel):
    return anonymised(sorrel.hospital_stays, sorrel.people, np.random.default_rng(7))


@pytest.fixture(scope="module")
def regions(sorrel):
    return sorrel.districts.set_index("district")["kind"]


@st.composite
def small_tables(draw):
    rows = st.tuples(
        st.dates(pd.Timestamp("1979-11-01").date(), pd.Timestamp("1981-02-01").date()),
        st.sampled_from(["female", "male"]),
        st.sampled_from(list(REGIONS.index)),
        st.sampled_from(["flu", "fracture", "asthma"]),
    )
    table = pd.DataFrame(draw(st.lists(rows, min_size=1, max_size=25)), columns=[*KEY, "diagnosis"])
    return table.assign(birth_date=pd.to_datetime(table["birth_date"]))


@given(small_tables())
def test_k_and_l_are_what_counting_by_hand_gives(table):
    groups: dict[tuple, list] = {}
    for row in table.itertuples(index=False):
        groups.setdefault(tuple(row[:3]), []).append(row.diagnosis)
    assert k_anonymity(table, KEY) == min(map(len, groups.values()))
    assert l_diversity(table, KEY, "diagnosis") == min(len(set(secrets)) for secrets in groups.values())
    assert 1 <= l_diversity(table, KEY, "diagnosis") <= k_anonymity(table, KEY)


@settings(max_examples=30)
@given(small_tables())
def test_coarsening_never_lowers_anybodys_set_and_ends_with_sex_alone(table):
    for place in PLACE_LEVELS:
        sets = [
            anonymity_sets(generalised(table, REGIONS, birth=birth, place=place), KEY)
            for birth in BIRTH_LEVELS
        ]
        assert all((coarse >= fine).all() for fine, coarse in pairwise(sets))
    for birth in BIRTH_LEVELS:
        sets = [
            anonymity_sets(generalised(table, REGIONS, birth=birth, place=place), KEY)
            for place in PLACE_LEVELS
        ]
        assert all((coarse >= fine).all() for fine, coarse in pairwise(sets))
    bare = generalised(table, REGIONS, birth="nothing", place="nothing")
    assert anonymity_sets(bare, KEY).tolist() == anonymity_sets(table, ["sex"]).tolist()


def test_the_levels_say_what_they_say():
    table = pd.DataFrame({"birth_date": [pd.Timestamp("1986-04-12")], "district": ["c"]})
    births = [generalised(table, REGIONS, birth=birth)["birth_date"].iloc[0] for birth in BIRTH_LEVELS]
    places = [generalised(table, REGIONS, place=place)["district"].iloc[0] for place in PLACE_LEVELS]
    assert births == ["1986-04-12", "1986-04", "1986", "1980s", "*"]
    assert places == ["c", "south", "*"]


def test_the_extract_names_nobody_and_holds_every_stay(sorrel, extract_and_whose):
    extract, whose = extract_and_whose
    assert list(extract.columns) == [*KEY, "diagnosis"]
    assert list(extract.index) == list(range(len(sorrel.hospital_stays)))
    truth = sorrel.people.set_index("id_number").loc[whose]
    assert (truth[KEY].to_numpy() == extract[KEY].to_numpy()).all()
    stays = sorrel.hospital_stays
    behind = list(zip(whose, extract["diagnosis"], strict=True))
    assert sorted(behind) == sorted(zip(stays["id_number"], stays["diagnosis"], strict=True))
    assert behind != list(zip(stays["id_number"], stays["diagnosis"], strict=True))
    again, _ = anonymised(stays, sorrel.people, np.random.default_rng(7))
    pd.testing.assert_frame_equal(extract, again)


def test_the_roll_lists_the_adults_and_no_number(sorrel):
    roll = public_list(sorrel.people)
    assert len(roll) == (sorrel.people["age"] >= 18).sum()
    assert list(roll.columns) == ["surname", "given_name", *KEY]
    assert roll["birth_date"].max() < pd.Timestamp("1999-01-01")


def test_a_plain_merge_names_most_patients_and_all_of_them_rightly(sorrel, extract_and_whose):
    extract, whose = extract_and_whose
    found = named(extract, public_list(sorrel.people))
    truth = sorrel.people.set_index("id_number").loc[whose.loc[found.index]]
    assert (truth[["surname", "given_name"]].to_numpy() == found[["surname", "given_name"]].to_numpy()).all()
    adults = sorrel.people.set_index("id_number").loc[whose, "age"] >= 18
    assert len(found) > 0.95 * adults.sum()
    assert adults.to_numpy()[found.index].all()


def test_nobody_is_named_where_two_on_the_roll_fit_or_none():
    roll = pd.DataFrame({"surname": ["A", "B", "C"], "given_name": ["a", "b", "c"], "year": [1, 1, 2]})
    extract = pd.DataFrame({"year": [1, 2, 3, 2], "diagnosis": ["w", "x", "y", "z"]}, index=[10, 11, 12, 13])
    found = named(extract, roll, ["year"])
    assert found.index.tolist() == [11, 13]
    assert found["surname"].tolist() == ["C", "C"]
    assert found["diagnosis"].tolist() == ["x", "z"]
    assert named(extract.head(1), roll, ["year"]).empty


def test_fewer_are_named_the_coarser_the_extract(sorrel, extract_and_whose, regions):
    extract, roll = extract_and_whose[0], public_list(sorrel.people)
    number = [
        len(named(generalised(extract, regions, birth=birth), generalised(roll, regions, birth=birth)))
        for birth in BIRTH_LEVELS
    ]
    assert number == sorted(number, reverse=True)
    assert number[-1] == 0


def test_the_closed_form_gives_the_published_check_and_its_limits():
    assert expected_unique(9_330, 56_940) == pytest.approx(np.exp(-9_330 / 56_940), abs=1e-3)
    assert expected_unique(1, 5) == 1
    assert expected_unique(2, 1) == 0
    assert expected_unique([10, 100], 1_000)[0] > expected_unique([10, 100], 1_000)[1]


def test_the_closed_form_is_what_drawing_gives():
    generator = np.random.default_rng(5)
    counts = np.bincount(generator.integers(0, 400, 300), minlength=400)
    shares = [
        (np.bincount(generator.integers(0, 400, 300), minlength=400) == 1).sum() / 300 for _ in range(300)
    ]
    assert counts.sum() == 300
    assert np.mean(shares) == pytest.approx(expected_unique(300, 400), abs=0.01)


def test_the_closed_form_comes_near_to_sorrel(sorrel):
    people = sorrel.people
    days = (people["birth_date"].max() - people["birth_date"].min()).days
    sizes = people["district"].value_counts().to_numpy()
    expected = (sizes * expected_unique(sizes, 2 * days)).sum() / len(people)
    alone = (anonymity_sets(people, KEY) == 1).mean()
    assert alone == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda t: k_anonymity(t, []), ValueError, "quasi_identifiers is empty"),
        (lambda t: k_anonymity(t, ["shoe"]), ValueError, "no column 'shoe'"),
        (lambda t: k_anonymity(t.head(0), KEY), ValueError, "table is empty"),
        (lambda t: k_anonymity([1], KEY), TypeError, "table is a list"),
        (lambda t: l_diversity(t, KEY, "shoe"), ValueError, "no column 'shoe'"),
        (lambda t: generalised(t, REGIONS, birth="week"), ValueError, "birth is 'week'"),
        (lambda t: generalised(t, REGIONS, place="street"), ValueError, "place is 'street'"),
        (lambda t: generalised(t, REGIONS.drop("a")), ValueError, "none for district 'a'"),
        (lambda t: named(t, t), ValueError, "no column 'surname'"),
        (lambda t: public_list(t), ValueError, "no column 'surname'"),
        (lambda t: expected_unique(0, 5), ValueError, "people is 0"),
        (lambda t: expected_unique(5, 0.5), ValueError, r"cells is 0\.5"),
        (lambda t: expected_unique(None, 5), TypeError, "people is None"),
    ],
)
def test_bad_input_is_refused(call, error, message):
    table = pd.DataFrame(
        {"birth_date": [pd.Timestamp("1980-01-01")], "sex": ["male"], "district": ["a"], "diagnosis": ["flu"]}
    )
    with pytest.raises(error, match=message):
        call(table)


def test_a_patient_whom_nobody_knows_is_refused(sorrel):
    stays = sorrel.hospital_stays.assign(id_number="670000190001010000")
    with pytest.raises(ValueError, match="who is not among the people"):
        anonymised(stays, sorrel.people, np.random.default_rng(1))
    with pytest.raises(ValueError, match="more than once"):
        anonymised(stays, pd.concat([sorrel.people] * 2), np.random.default_rng(1))
