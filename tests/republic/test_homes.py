"""Homes: every household owns or rents the one it lives in, and pays its bills."""

import pandas as pd
import pytest

from dossier.republic import parameters as p


def test_every_rented_home_has_a_tenancy_of_its_head_and_no_other_home_has(sorrel):
    heads = sorrel.people[sorrel.people["role"] == "head"][["household", "id_number"]]
    homes = sorrel.households.merge(heads, on="household")
    rented = homes[homes["tenure"] == "tenant"]
    merged = sorrel.rentals.merge(rented, on=["id_number", "address", "cell"])
    assert len(merged) == len(rented) == len(sorrel.rentals)


def test_landlords_own_what_they_let_and_live_elsewhere_in_their_own(sorrel):
    rentals, properties = sorrel.rentals, sorrel.properties
    private = rentals.dropna(subset="landlord")
    assert len(private) / len(rentals) == pytest.approx(p.PRIVATE_LANDLORD_SHARE, abs=0.04)
    owned = private.merge(properties, left_on=["landlord", "address"], right_on=["id_number", "address"])
    assert len(owned) == len(private)
    assert not (private["landlord"] == private["id_number"]).any()
    people = sorrel.people.set_index("id_number")
    landlords = people.loc[private["landlord"].unique(), "income"]
    assert landlords.median() > 1.3 * people.loc[people["role"] == "head", "income"].median()
    tenure = sorrel.households.set_index("household")["tenure"]
    assert (people.loc[private["landlord"], "household"].map(tenure) == "owner").all()


def test_owners_own_the_home_they_live_in(sorrel):
    heads = sorrel.people[sorrel.people["role"] == "head"][["household", "id_number"]]
    owners = sorrel.households.merge(heads, on="household").query("tenure == 'owner'")
    assert len(owners.merge(sorrel.properties, on=["id_number", "address", "cell"])) == len(owners)
    assert len(sorrel.properties) == len(owners) + sorrel.rentals["landlord"].notna().sum()
    assert 0.45 < len(owners) / len(sorrel.households) < 0.7


def test_contracts_are_signed_by_adults_in_office_hours(sorrel):
    birth = sorrel.people.set_index("id_number")["birth_date"]
    for registry in (sorrel.rentals, sorrel.properties):
        years = (registry["when"] - registry["id_number"].map(birth)) / pd.Timedelta(days=365.25)
        assert years.min() > 17.4
        assert registry["when"].dt.hour.between(8, 16).all()
        assert registry["when"].dt.day_of_week.max() <= 4


def test_dear_districts_are_dear_to_rent_and_to_buy(sorrel):
    cells = sorrel.cells.set_index("cell")["district"]
    kinds = sorrel.districts.set_index("district")["kind"]
    price = sorrel.properties["value"] / sorrel.properties["area"]
    by_kind = price.groupby(sorrel.properties["cell"].map(cells).map(kinds)).median()
    assert by_kind["centre"] > by_kind["suburb"] > by_kind["rural"]
    rented = sorrel.rentals.merge(sorrel.properties, on=["address", "cell"])
    yields = 12 * rented["rent"] / rented["value"]
    assert yields.median() == pytest.approx(p.RENT_YIELD[0], rel=0.05)


def test_the_richer_and_older_own(sorrel):
    heads = sorrel.people[sorrel.people["role"] == "head"].merge(
        sorrel.households[["household", "tenure", "income"]], on="household", suffixes=("", "_home")
    )
    tenure = heads.groupby("tenure")[["age", "income_home"]].median()
    assert tenure.loc["owner", "age"] > tenure.loc["tenant", "age"]
    assert tenure.loc["owner", "income_home"] > tenure.loc["tenant", "income_home"]


def test_every_home_pays_every_bill_of_the_year(sorrel):
    bills = sorrel.utility_payments
    services = pd.crosstab(bills["id_number"], bills["service"])
    assert len(services) == len(sorrel.households)
    for service, (_, _, months) in p.BILLS.items():
        assert (services[service] == len(months)).all()


def test_the_reckless_pay_late(sorrel):
    bills = sorrel.utility_payments
    late = (bills["days_late"] > 0).groupby(bills["id_number"]).mean()
    trait = sorrel.people.set_index("id_number")["recklessness"].loc[late.index]
    assert late[trait > 1].mean() > 2.5 * late[trait < -1].mean()
    assert 0.03 < late.mean() < 0.12
