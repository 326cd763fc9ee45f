"""Lesson 01: what its explorables show is what the ledger and Sorrel's registries say."""

import re

import numpy as np
import pytest

from dossier.classroom import registered_question
from dossier.evidence import fact
from dossier.explore import lesson_01
from dossier.explore.lesson_01 import (
    a_citizens_day,
    a_cost_spread_over_time,
    lives,
    records_across_sorrel,
    what_a_budget_can_follow,
)
from dossier.republic import TABLES
from dossier.score.watching import people_followed, records_of_day


@pytest.fixture(scope="module")
def registries(sorrel):
    return {name: sorrel.tables[name] for name in sorrel.registries + sorrel.conduct_registries}


class TestWhatABudgetCanFollow:
    def test_every_method_costs_what_the_ledger_says(self):
        result = what_a_budget_can_follow().at(budget=10**6, days=28)[0]
        hours = 24 * 28
        expected = [
            (fact("F5-002").value, fact("F5-002").value),
            (fact("F5-001").value, fact("F5-001").value),
            (fact("F5-003").high, fact("F5-003").low),
            (10 * 24 / hours, 10 * 24 / hours),
            (fact("F5-005").high, fact("F5-005").low),
        ]
        for row, (dear, cheap) in enumerate(expected):
            assert result["fewest"][row] == pytest.approx(1e6 / (dear * hours))
            assert result["most"][row] == pytest.approx(1e6 / (cheap * hours))

    def test_the_device_alone_follows_as_many_for_a_month_as_for_a_day(self):
        budget = what_a_budget_can_follow()
        day, month = (budget.at(days=days)[0]["most"] for days in (1, 28))
        assert day[3] == pytest.approx(month[3])
        assert np.delete(day / month, 3) == pytest.approx(28)

    def test_it_computes_with_the_learners_own_formula(self):
        def mine(budget, cost_per_hour, days):
            return 7 * people_followed(budget, cost_per_hour, days) if cost_per_hour > 0 else 0

        ours, theirs = (what_a_budget_can_follow(**given).result for given in ({}, {"formula": mine}))
        assert theirs["most"] == pytest.approx(7 * ours["most"])

    @pytest.mark.parametrize(
        ("number", "words"),
        [
            (0.4, "less than one"),
            (5.41, "5"),
            (13.2, "13"),
            (356.9, "360"),
            (37_202, "37,000"),
            (999_900, "1 million"),
            (1.0417e9, "1.04 billion"),
        ],
    )
    def test_people_are_told_with_no_more_digits_than_the_figures_deserve(self, number, words):
        assert lesson_01._people(number) == words


class TestACostSpreadOverTime:
    def test_it_goes_through_the_three_published_figures(self):
        device = a_cost_spread_over_time().result["device"]
        published = [fact("F5-004").stated(cost) for cost in (10, 1.43, 0.36)]
        assert np.round(device[[0, 6, 27]], 2) == pytest.approx(published)

    def test_somebody_who_watches_along_sets_a_floor(self):
        assert (a_cost_spread_over_time().at(looking=50)[0]["device"] > 50).all()


class TestACitizensDay:
    def test_the_rows_are_all_registries_with_words_for_each(self, registries):
        assert {name for name, _, _ in lesson_01.ROWS} == set(registries)
        for name, _, sentence in lesson_01.ROWS:
            fields = set(re.findall(r"{(\w+)", sentence)) - {"district"}
            assert fields <= set(TABLES[name].column_names)

    def test_one_citizen_of_each_activity(self, sorrel):
        activities = [life.label.split(", ")[-1] for life in lives()]
        assert sorted(activities) == sorted(sorrel.people["activity"].unique())

    def test_a_day_shows_exactly_the_records_of_the_registries(self, sorrel, registries):
        explorable = a_citizens_day()
        people = sorrel.people
        people["label"] = (
            people["given_name"]
            + " "
            + people["surname"]
            + ", "
            + people["age"].astype(str)
            + ", "
            + people["activity"]
        )
        rows = [name for name, _, _ in lesson_01.ROWS]
        for life in lives():
            (id_number,) = people.loc[people["label"] == life.label, "id_number"]
            for day in (7, 16, 20):
                found = records_of_day(registries, id_number, f"2016-11-{day:02}")
                counts = explorable.at(citizen=life.label, day=day)[0]["counts"]
                assert counts.tolist() == [int((found["registry"] == name).sum()) for name in rows]


class TestRecordsAcrossSorrel:
    def test_shares_add_up_and_the_zeros_are_the_people_without_a_record(self, sorrel, registries):
        seen = set()
        for table in registries.values():
            seen |= set(table.loc[table["when"].between("2016-11-07", "2016-11-21", "left"), "id_number"])
        share = records_across_sorrel().at(days=14)[0]["share"]
        assert share.sum() == pytest.approx(1)
        assert share[0] == pytest.approx(1 - len(seen) / len(sorrel.people))

    def test_keeping_more_days_only_ever_adds(self):
        explorable = records_across_sorrel()
        kept = [explorable.at(days=days)[0] for days in range(1, 15)]
        assert (np.diff([one["mean"] for one in kept]) > 0).all()
        assert (np.diff([one["share"][0] for one in kept]) <= 0).all()

    def test_phones_and_the_rest_make_the_whole(self):
        means = [
            records_across_sorrel().at(counted=counted, days=14)[0]["mean"]
            for counted in (lesson_01.ALL, lesson_01.PHONES, lesson_01.BUT_PHONES)
        ]
        assert means[0] == pytest.approx(means[1] + means[2])

    def test_a_number_stands_in_its_own_bin(self):
        for records in range(200):
            place = lesson_01._place(records)
            lowest = [0, 1, 2, 4, 8, 16, 32, 64]
            assert round(place) == sum(records >= low for low in lowest) - 1


class TestTheNotebook:
    """What nbval cannot see: prose and questions that repeat a number or a name."""

    def test_the_scene_names_the_person_behind_the_number(self, text, sorrel):
        (id_number,) = set(re.findall(r'"(\d{17}[\dX])"', text))
        person = sorrel.people.set_index("id_number").loc[id_number]
        assert f"{person['given_name']} {person['surname']} runs a home" in text
        assert person["activity"] == "homemaker"
        assert person["sex"] == "female"

    def test_she_is_where_the_first_explorable_begins_as_the_prose_says(self, text, sorrel, registries):
        settings = a_citizens_day().settings
        (id_number,) = set(re.findall(r'"(\d{17}[\dX])"', text))
        assert settings["citizen"].startswith(
            sorrel.people.set_index("id_number").loc[id_number, "given_name"]
        )
        assert settings["day"] == 16
        met = records_of_day(registries, id_number, "2016-11-16")["registry"].unique()
        assert set(met) == {"phone_pings", "cafe_sessions", "posts"}

    def test_there_is_an_infant_of_three_with_a_file(self):
        (infant,) = [life for life in lives() if life.label.endswith("infant")]
        assert infant.label.split(", ")[1] == "3"
        assert len(infant.day) > 0

    def test_the_middle_between_the_phone_companies_is_nearest_to_a_thousand(self):
        cars, phone = fact("F5-002").value, fact("F5-005")
        tens = np.log10(
            [cars / fact("F5-004").stated(0.36), np.sqrt((cars / phone.low) * (cars / phone.high))]
        )
        assert np.round(tens).tolist() == [3, 3]

    def test_the_numeric_question_asks_for_what_the_model_says(self):
        asked = registered_question("01.b")
        assert asked.answer == pytest.approx(people_followed(2e6, fact("F5-002").value, 14))
        assert "2 million" in asked.prompt
        assert "14 days" in asked.prompt
        assert f"{fact('F5-002').value:g} dollars" in asked.prompt
