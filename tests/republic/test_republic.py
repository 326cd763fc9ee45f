"""A republic: the same from the same seed, whatever is asked of it and in whatever order."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.republic import TABLES, Republic, county, schema
from dossier.republic.county import MAKERS, County
from dossier.republic.draws import Stream
from dossier.republic.numbers import counties_for
from dossier.republic.storage import csv_text


def digests(republic: Republic, names=tuple(TABLES)) -> dict[str, str]:
    return {name: hashlib.sha256(csv_text(name, republic.tables[name])).hexdigest() for name in names}


def test_the_same_arguments_give_the_same_bytes_in_any_order_and_others_give_others():
    first = digests(Republic.generate(people=400, seed=11))
    assert digests(Republic.generate(people=400, seed=11), tuple(reversed(TABLES))) == first
    other = digests(Republic.generate(people=400, seed=12))
    assert {name for name in TABLES if other[name] == first[name]} <= set()


def test_another_process_and_another_instruction_set_give_the_same_bytes():
    code = (
        "from dossier.republic import Republic; from dossier.republic.storage import csv_text; import hashlib;"
        "r = Republic.generate(people=400, seed=11);"
        "print(*(hashlib.sha256(csv_text(n, r.tables[n])).hexdigest() for n in r.tables))"
    )
    mine = list(digests(Republic.generate(people=400, seed=11)).values())
    for extra in ({}, {"PYTHONHASHSEED": "5", "NPY_DISABLE_CPU_FEATURES": _newest_instructions()}):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, **extra},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.split() == mine


def _newest_instructions() -> str:
    """Instruction sets that NumPy found on this machine and can do without."""
    try:
        found = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    except (TypeError, KeyError):
        found = []
    return " ".join(found)


def test_a_new_table_changes_no_other(monkeypatch):
    def rumours(county: County) -> dict[str, object]:
        stream = county.stream("rumours")
        person = stream.below(county.people, 50)
        minute = stream.below(1_000, 50)
        return county.registry(person, minute, {})

    before = digests(Republic.generate(people=300, seed=2))
    table = schema.Table("rumours", "conduct", "What is said", (schema._person(), schema._when("when heard")))
    monkeypatch.setattr(schema, "TABLES", {"rumours": table, **TABLES})
    monkeypatch.setattr(county, "MAKERS", {"rumours": rumours, **MAKERS})
    republic = Republic.generate(people=300, seed=2)
    assert len(republic.tables["rumours"]) == 50
    assert digests(republic) == before


def test_purposes_have_streams_of_their_own():
    purposes = [*TABLES, "names", "trips", "homes"]
    starts = [Stream(1, purpose, 0).uniform(1)[0] for purpose in purposes]
    assert len(set(starts)) == len(purposes)


def test_a_county_can_be_made_alone():
    whole = Republic.generate(people=20_500, seed=3)
    alone = County(2, 500, 3, "concentrated")
    for name in ("people", "flights", "phone_pings", "acquaintances"):
        table = whole.tables[name]
        last = table.tail(len(alone.table(name))).reset_index(drop=True)
        pd.testing.assert_frame_equal(last, alone.table(name))


def test_counties_never_share_a_number():
    republic = Republic.generate(people=20_500, seed=3)
    people = republic.people
    assert len(people) == 20_500
    assert people["id_number"].is_unique
    assert republic.households["household"].is_unique
    assert republic.cells["cell"].is_unique
    assert republic.districts["district"].is_unique
    assert len(republic.cells) == 3 * 576
    bookings = republic.flights.groupby("booking")["id_number"].agg(lambda ids: ids.str[:5].nunique())
    assert bookings.max() == 1, "only people of one county travel together"
    cafes = republic.cafe_sessions.groupby("cafe")["cell"].nunique()
    assert cafes.max() == 1


def test_people_are_shared_out_to_full_counties():
    assert counties_for(1) == [1]
    assert counties_for(10_000) == [10_000]
    assert counties_for(25_000) == [10_000, 10_000, 5_000]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.integers(0, 2**63 - 1))
def test_a_republic_of_any_size_has_exactly_its_people_and_all_its_tables(people, seed):
    republic = Republic.generate(people=people, seed=seed)
    assert len(republic.people) == people
    assert republic.people["id_number"].is_unique
    for name, table in republic.tables.items():
        assert list(table.columns) == TABLES[name].column_names
        for column in TABLES[name].columns:
            if column.refers_to:
                other, field = column.refers_to.split(".")
                assert table[column.name].dropna().isin(republic.tables[other][field]).all()


def test_tables_are_attributes_and_entries_and_changing_one_changes_nothing():
    republic = Republic.generate(people=50)
    assert len(republic.tables) == len(TABLES)
    people = republic.people
    people["surname"] = "X"
    people.loc[0, "age"] = -1
    assert republic.people.equals(Republic.generate(people=50).people)
    assert {"people", "flights", "records"} <= set(dir(republic))
    assert repr(republic) == "Sorrel: 50 people, seed 2016, naming 'concentrated'"
    with pytest.raises(KeyError, match="'trains' is no table of Sorrel"):
        republic.tables["trains"]
    with pytest.raises(AttributeError, match="'trains'; its tables are districts"):
        republic.trains  # noqa: B018


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"people": 0}, ValueError, "people is 0; it must be from 1 to 30,000,000"),
        ({"people": -3}, ValueError, "people is -3"),
        ({"people": 30_000_001}, ValueError, "people is 30000001"),
        ({"people": 10.5}, TypeError, "people is 10.5; it must be a whole number"),
        ({"people": "10"}, TypeError, "people is '10'"),
        ({"people": True}, TypeError, "people is True"),
        ({"people": None}, TypeError, "people is None"),
        ({"seed": -1}, ValueError, "seed is -1; it must be from 0 to"),
        ({"seed": 2**63}, ValueError, "seed is 9223372036854775808"),
        ({"seed": 1.0}, TypeError, "seed is 1.0"),
        ({"naming": "rare"}, ValueError, "naming is 'rare'; it must be one of 'concentrated', 'many'"),
        ({"naming": ["many"]}, ValueError, r"naming is \['many'\]"),
    ],
)
def test_bad_arguments_are_named_with_what_is_allowed(arguments, error, message):
    with pytest.raises(error, match=message):
        Republic.generate(**arguments)


def test_whole_numbers_of_numpy_are_whole_numbers():
    assert Republic.generate(people=np.int64(5), seed=np.uint8(3)).people_count == 5


def test_records_are_all_that_was_written_about_somebody_in_order(sorrel):
    person = sorrel.flights["id_number"].iloc[0]
    records = sorrel.records(id_number=person)
    expected = {
        name: int((sorrel.tables[name]["id_number"] == person).sum())
        for name in (*sorrel.registries, *sorrel.conduct_registries)
    }
    assert records["registry"].value_counts().to_dict() == {name: n for name, n in expected.items() if n}
    assert records["when"].is_monotonic_increasing
    assert set(records["id_number"]) == {person}


def test_records_of_a_day_are_those_between_two_midnights(sorrel):
    day = sorrel.records(day="2016-11-15", registries=["phone_pings", "cafe_sessions"])
    assert list(day.columns) == ["registry", "id_number", "when"]
    assert set(day["when"].dt.strftime("%Y-%m-%d")) == {"2016-11-15"}
    pings = sorrel.phone_pings
    assert (day["registry"] == "phone_pings").sum() == (pings["when"].dt.day == 15).sum()
    assert sorrel.records(day="1850-01-01").empty
    assert sorrel.records(registries=[]).empty


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"registries": ["trains"]}, "holds 'trains'; each must be one of hotel_stays"),
        ({"registries": ["people"]}, "holds 'people'"),
        ({"id_number": "670000000000000000"}, "which is nobody's"),
        ({"day": "yesterdayish"}, "day is 'yesterdayish'; it must be a date such as"),
    ],
)
def test_records_that_cannot_be_asked_for_are_refused(sorrel, arguments, message):
    with pytest.raises(ValueError, match=message):
        sorrel.records(**arguments)


def test_the_package_needs_no_engine_to_be_imported_and_no_scipy_to_read_the_sample():
    code = (
        "import sys; from dossier.republic import Republic; Republic.sample().people;"
        "print([name for name in ('scipy', 'pyarrow.parquet', 'frictionless', 'duckdb') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.strip() == "[]"
