"""Stays in hospital: drawn from age and sex alone, and a table that changed no other."""

import hashlib

import numpy as np
import pandas as pd
import pytest

from dossier.republic import parameters as p
from dossier.republic.storage import sample_manifest


@pytest.fixture(scope="module")
def patients(sorrel):
    return sorrel.hospital_stays.merge(sorrel.people, on="id_number", validate="many_to_one")


def test_the_hospital_came_later_and_changed_no_other_table():
    tables = sample_manifest()["tables"]
    earlier = [entry["sha256"] for name, entry in tables.items() if name != "hospital_stays"]
    # What the manifest said of the nineteen tables before there was a hospital.
    assert hashlib.sha256("".join(earlier).encode()).hexdigest() == (
        "4ceebb2d6237391bcbf2cb5179099a4279d21c7a8db36bbe1ac23f4db357941d"
    )


def test_the_hospital_belongs_neither_to_the_dossier_nor_to_the_score(sorrel):
    assert "hospital_stays" not in (*sorrel.registries, *sorrel.conduct_registries)


def test_as_many_are_admitted_as_the_rates_say(sorrel, patients):
    people = sorrel.people
    for diagnosis in p.DIAGNOSES:
        starts = np.array([start for start, _ in diagnosis.rate])
        rates = np.array([rate for _, rate in diagnosis.rate]) / 1_000
        rate = rates[np.searchsorted(starts, people["age"], side="right") - 1]
        expected = (rate * np.where(people["sex"] == "male", diagnosis.men, diagnosis.women)).sum()
        found = (patients["diagnosis"] == diagnosis.name).sum()
        # A few per cent of all stays fall into a journey and do not happen.
        assert abs(found - 0.97 * expected) < 4 * np.sqrt(expected) + 1, diagnosis.name


def test_a_diagnosis_is_met_once_a_year_at_most_and_only_by_those_who_can_have_it(patients):
    assert not patients.duplicated(["id_number", "diagnosis"]).any()
    sexes = patients.groupby("diagnosis")["sex"].unique().map(set)
    assert sexes["birth of a child"] == sexes["miscarriage"] == {"female"}
    assert sexes["prostate cancer"] == {"male"}
    mothers = patients.loc[patients["diagnosis"] == "birth of a child", "age"]
    assert mothers.between(18, 44).all()


def test_nobody_is_admitted_before_birth_or_while_away(sorrel, patients):
    assert (patients["when"] > patients["birth_date"]).all()
    stays = sorrel.hotel_stays[["id_number", "when"]].rename(columns={"when": "check_in"})
    both = patients.merge(stays, on="id_number")
    nearest = (both["when"] - both["check_in"]).abs().min()
    assert nearest > pd.Timedelta(hours=1)


def test_children_have_a_department_of_their_own(patients):
    young = patients["age"] < p.CHILDRENS_DEPARTMENT_BELOW
    assert (patients["department"] == p.CHILDRENS_DEPARTMENT).equals(young)


def test_the_old_are_admitted_more_often(sorrel, patients):
    rate = patients["id_number"].nunique() / len(sorrel.people)
    assert 0.06 < rate < 0.09
    old = sorrel.people["age"] >= 65
    assert (patients["age"] >= 65).sum() / old.sum() > 1.5 * rate
