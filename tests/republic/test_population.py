"""The people: an age pyramid, households, work and incomes that hang together."""

import numpy as np
import pandas as pd
import pytest

from dossier.republic import parameters as p


def test_the_age_pyramid_is_that_of_an_ageing_country(sorrel):
    age = sorrel.people["age"]
    bands = pd.cut(age, [-1, 17, 64, 120]).value_counts(normalize=True, sort=False)
    np.testing.assert_allclose(bands, [0.24, 0.61, 0.15], atol=0.03)
    decades = (age // 10).value_counts(normalize=True).sort_index()
    assert decades.max() < 0.22
    assert decades.loc[0] > decades.loc[7] > decades.loc[8] > decades.loc[9]


def test_ages_are_those_of_the_birth_dates_on_the_last_day_of_the_year(sorrel):
    people = sorrel.people
    assert (people["age"] == 2016 - people["birth_date"].dt.year).all()
    # Birthdays are spread over the year, 29 February included.
    assert people["birth_date"].dt.day_of_year.nunique() == 366
    assert people["birth_date"].dt.month.value_counts(normalize=True).between(0.06, 0.11).all()


def test_the_sexes_are_even(sorrel):
    assert (sorrel.people["sex"] == "male").mean() == pytest.approx(0.5, abs=0.02)


def test_households_are_the_people_who_live_in_them(sorrel):
    people, households = sorrel.people, sorrel.households.set_index("household")
    grouped = people.groupby("household")
    assert (grouped.size() == households["size"]).all()
    assert (grouped["income"].sum() == households["income"]).all()
    assert (grouped["role"].agg(lambda roles: (roles == "head").sum()) == 1).all()
    heads = people[people["role"] == "head"].set_index("household")
    assert (heads["surname"] == households["surname"]).all()
    assert (people["home_cell"] == people["household"].map(households["cell"])).all()
    assert (people["district"] == people["household"].map(households["district"])).all()
    assert not households["address"].duplicated().any()


def test_families_share_a_surname_and_partners_often_do(sorrel):
    people = sorrel.people
    head = people[people["role"] == "head"].set_index("household")["surname"]
    same = people["surname"] == people["household"].map(head)
    assert same[people["role"].isin(["child", "parent"])].all()
    assert same[people["role"] == "partner"].mean() == pytest.approx(p.PARTNER_TAKES_SURNAME, abs=0.05)
    assert same[people["role"] == "lodger"].mean() < 0.1


def test_nobody_is_impossibly_young_or_old_for_their_place(sorrel):
    people = sorrel.people
    head_age = people["household"].map(people[people["role"] == "head"].set_index("household")["age"])
    gap = head_age - people["age"]
    children, parents, partners = (people["role"] == role for role in ("child", "parent", "partner"))
    assert gap[children].min() >= p.PARENT_YOUNGEST
    assert (-gap[parents]).min() >= p.PARENT_AGE_GAP[0]
    assert gap[partners].abs().max() <= p.PARTNER_AGE_GAP
    assert people["age"][people["role"].isin(["head", "partner", "lodger"])].min() >= 18
    assert people["age"].max() <= p.OLDEST


def test_what_people_do_fits_their_age_and_so_does_where(sorrel):
    people = sorrel.people
    ages = people.groupby("activity")["age"].agg(["min", "max"])
    assert tuple(ages.loc["infant"]) == (0, 5)
    assert tuple(ages.loc["pupil"]) == (6, 17)
    assert ages.loc["employee", "min"] >= 18
    assert ages.loc["retired", "min"] >= p.EARLY_RETIREMENT_AGE
    goes_out = people["activity"].isin(["pupil", "student", "employee", "official", "self-employed"])
    assert people["work_cell"].notna().equals(goes_out)
    assert (people["phone"] & (people["age"] < 10)).sum() == 0


def test_incomes_are_skewed_and_shared_within_households(sorrel):
    people = sorrel.people
    working = people[people["activity"] == "employee"]
    log_income = np.log(working["income"])
    assert abs(log_income.skew()) < 0.25, "log incomes are symmetric"
    assert working["income"].skew() > 1, "incomes are not"
    assert working["income"].median() == pytest.approx(p.MEDIAN_INCOME["employee"], rel=0.2)
    assert (people[people["activity"].isin(["infant", "pupil", "homemaker"])]["income"] == 0).all()
    pairs = working.assign(luck=log_income).groupby("household")["luck"].agg(list)
    couples = np.array([luck[:2] for luck in pairs if len(luck) >= 2])
    shared = p.INCOME_SHARED**2 / (p.INCOME_SHARED**2 + p.INCOME_OWN**2)
    assert np.corrcoef(couples.T)[0, 1] == pytest.approx(shared, abs=0.1)


def test_districts_differ_in_people_and_incomes(sorrel):
    districts = sorrel.districts.set_index("district")
    by_kind = sorrel.households.assign(kind=sorrel.households["district"].map(districts["kind"]))
    homes = by_kind.groupby("kind").size() / districts["kind"].value_counts()
    assert homes["centre"] > homes["suburb"] > homes["rural"]
    each = by_kind.assign(each=by_kind["income"] / by_kind["size"]).groupby("kind")["each"].median()
    assert each["rural"] < each["suburb"]


def test_homes_lie_in_their_district_and_cells_tile_the_county(sorrel):
    cells = sorrel.cells.set_index("cell")
    households = sorrel.households
    assert (households["cell"].map(cells["district"]) == households["district"]).all()
    assert len(cells) == p.GRID**2
    assert (cells["x"] == cells["column"] + 0.5).all()
    assert (cells["y"] == cells["row"] + 0.5).all()
    assert (cells.index == cells["row"] * p.GRID + cells["column"]).all()
    assert set(cells["district"]) == set(sorrel.districts["district"])


def test_the_hidden_trait_is_standard_normal_and_in_no_registry(sorrel):
    trait = sorrel.people["recklessness"]
    assert trait.mean() == pytest.approx(0, abs=0.05)
    assert trait.std() == pytest.approx(1, abs=0.03)
    holders = [name for name, table in sorrel.tables.items() if "recklessness" in table]
    assert holders == ["people"]
