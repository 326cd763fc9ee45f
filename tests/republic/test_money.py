"""Deposits and taxes."""

import pytest

from dossier.republic import parameters as p


def test_wages_add_up_to_the_income_that_the_truth_states(sorrel):
    people = sorrel.people.set_index("id_number")
    regular = sorrel.deposits[sorrel.deposits["kind"].isin(["salary", "pension"])]
    paid = regular.groupby("id_number")["amount"].sum()
    income = people.loc[paid.index, "income"]
    assert (paid - income).abs().max() <= 6
    months = regular.groupby("id_number")["when"].agg(lambda when: when.dt.month.nunique())
    assert (months == 12).all()
    kinds = regular.groupby("id_number")["kind"].first()
    assert (people.loc[kinds.index, "activity"].eq("retired") == kinds.eq("pension")).all()


def test_everyone_old_enough_has_an_account_and_nobody_younger(sorrel):
    age = sorrel.people.set_index("id_number")["age"]
    holders = set(sorrel.deposits["id_number"])
    assert holders == set(age[age >= p.ACCOUNT_AGE].index)


def test_the_four_banks_share_the_customers_and_some_people_use_two(sorrel):
    accounts = sorrel.deposits.drop_duplicates(["id_number", "bank"])
    shares = accounts["bank"].value_counts(normalize=True)
    assert shares.is_monotonic_decreasing
    assert len(shares) == 4
    banks = accounts.groupby("id_number").size()
    assert (banks == 2).mean() == pytest.approx(p.SECOND_BANK, abs=0.03)
    assert banks.max() == 2


def test_every_account_closes_the_year_with_interest(sorrel):
    interest = sorrel.deposits[sorrel.deposits["kind"] == "interest"]
    assert len(interest) == len(sorrel.deposits.drop_duplicates(["id_number", "bank"]))
    assert (interest["when"].dt.strftime("%m-%d") == "12-31").all()


def test_a_balance_holds_the_deposit_and_never_falls_faster_than_spending(sorrel):
    deposits = sorrel.deposits.sort_values(["id_number", "bank", "when"], kind="stable")
    assert (deposits["balance"] >= deposits["amount"]).all()
    account = [deposits["id_number"], deposits["bank"]]
    earlier = deposits["balance"] - deposits["amount"]
    # What lies in the account before a deposit is the opening balance and what was saved of earlier deposits.
    assert (earlier.groupby(account).diff().dropna() >= -1).all()


def test_wages_come_on_working_days_and_the_self_employed_are_paid_irregularly(sorrel):
    deposits = sorrel.deposits
    wages = deposits[deposits["kind"] == "salary"]
    assert wages["when"].dt.day_of_week.max() <= 4
    business = deposits[deposits["kind"] == "business"]
    spread = business.groupby("id_number")["amount"].std() / business.groupby("id_number")["amount"].mean()
    assert spread.median() > 0.3


def test_arrears_are_rare_and_commoner_among_the_reckless_and_the_self_employed(sorrel):
    people = sorrel.people
    owes = people["id_number"].isin(sorrel.tax_arrears["id_number"])
    taxed = (people["income"] > 0) & (people["age"] >= 18)
    assert not owes[~taxed].any()
    assert 0.01 < owes[taxed].mean() < 0.05
    own = people["activity"] == "self-employed"
    assert owes[taxed & own].mean() > 2 * owes[taxed & ~own].mean()
    assert people.loc[owes, "recklessness"].mean() > 0.3
    assert 0.5 < sorrel.tax_arrears["settled"].mean() < 0.9
