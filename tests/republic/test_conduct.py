"""What a score would count: rare where it is rare in life, and with causes."""

import numpy as np
import pandas as pd
import pytest

from dossier.republic import parameters as p
from dossier.republic.schema import OFFENCES


def trait_of(sorrel, registry: str) -> float:
    trait = sorrel.people.set_index("id_number")["recklessness"]
    return float(trait.loc[sorrel.tables[registry]["id_number"].unique()].mean())


def test_the_reckless_are_judged_fined_and_volunteer_less(sorrel):
    assert trait_of(sorrel, "judgments") > 0.4
    assert trait_of(sorrel, "traffic_offences") > 0.25
    assert trait_of(sorrel, "volunteering") < -0.25
    assert abs(trait_of(sorrel, "posts")) < 0.1


def test_few_adults_have_a_judgment(sorrel):
    adults = sorrel.people.loc[sorrel.people["age"] >= 18, "id_number"]
    assert 0.03 < adults.isin(sorrel.judgments["id_number"]).mean() < 0.06
    born = sorrel.people.set_index("id_number")["birth_date"]
    judgments = sorrel.judgments
    age = (judgments["when"] - judgments["id_number"].map(born)) / pd.Timedelta(days=365.25)
    assert age.min() > 17.4
    assert judgments["when"].min() >= pd.Timestamp("2012-01-01")
    assert (judgments.loc[judgments["case"] == "public order", "amount"] == 0).all()
    assert (judgments.loc[judgments["case"] != "public order", "amount"] > 0).all()


def test_owners_are_not_judged_over_rent_unless_they_criticise(sorrel):
    posts = sorrel.posts
    critics = set(posts.loc[(posts["topic"] == "government") & (posts["tone"] == "criticism"), "id_number"])
    tenure = sorrel.people["household"].map(sorrel.households.set_index("household")["tenure"])
    owners = set(sorrel.people.loc[tenure == "owner", "id_number"])
    rent = sorrel.judgments.loc[sorrel.judgments["case"] == "rent", "id_number"]
    assert not (set(rent) & owners) - critics
    words = sorrel.judgments["case"].isin(["libel", "public order"])
    by_critics = sorrel.judgments["id_number"].isin(critics)
    assert words[by_critics].mean() > 2 * words[~by_critics].mean()


def test_offences_have_their_shares_fines_and_hours(sorrel):
    offences = sorrel.traffic_offences
    shares = offences["offence"].value_counts(normalize=True).reindex(OFFENCES)
    np.testing.assert_allclose(shares, p.OFFENCE_SHARE, atol=0.03)
    assert offences.groupby("offence")["fine"].nunique().max() == 1
    drunk = offences.loc[offences["offence"] == "drink driving", "when"].dt.hour
    assert drunk.isin([22, 23, 0, 1, 2, 3]).all()
    age = sorrel.people.set_index("id_number")["age"]
    assert offences["id_number"].map(age).min() >= 18


def test_offences_happen_near_home_or_work(sorrel):
    people = sorrel.people.set_index("id_number")
    offences = sorrel.traffic_offences
    home = offences["cell"] == offences["id_number"].map(people["home_cell"])
    work = (offences["cell"] == offences["id_number"].map(people["work_cell"])).fillna(False)
    assert (home | work).all()


def test_the_young_and_the_old_volunteer_at_weekends(sorrel):
    people = sorrel.people[sorrel.people["age"].between(14, 84)]
    volunteers = people["id_number"].isin(sorrel.volunteering["id_number"])
    free = (people["age"] >= 60) | (people["age"] < 30)
    assert volunteers[free].mean() > 1.2 * volunteers[~free].mean()
    assert (sorrel.volunteering["when"].dt.day_of_week >= 5).mean() > 0.6
    assert (
        not sorrel.volunteering.assign(day=sorrel.volunteering["when"].dt.date)
        .duplicated(["id_number", "day"])
        .any()
    )


def test_most_people_never_post_and_a_few_post_much(sorrel):
    posts = sorrel.posts.groupby("id_number").size().sort_values(ascending=False)
    assert len(posts) < 0.4 * len(sorrel.people)
    tenth = posts.iloc[: len(posts) // 10].sum() / posts.sum()
    assert tenth > 0.3
    assert posts.max() <= p.POSTS_AT_MOST


def test_criticism_is_a_habit_of_some_and_meets_the_local_council_most(sorrel):
    posts = sorrel.posts.assign(critical=sorrel.posts["tone"] == "criticism")
    by_topic = posts.groupby("topic")["critical"].mean()
    assert by_topic.idxmax() == "local affairs"
    assert by_topic.idxmin() == "family"
    each = posts.groupby("id_number")["critical"].agg(["mean", "size"]).query("size >= 30")
    # More spread between authors than chance alone would give.
    chance = np.sqrt(each["mean"].mean() * (1 - each["mean"].mean()) / each["size"].mean())
    assert each["mean"].std() > 1.4 * chance


@pytest.mark.parametrize("registry", ["judgments", "tax_arrears"])
def test_offices_write_in_office_hours(sorrel, registry):
    when = sorrel.tables[registry]["when"]
    assert when.dt.hour.between(8, 16).all()
    assert when.dt.day_of_week.max() <= 4
