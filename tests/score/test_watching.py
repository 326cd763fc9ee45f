"""Lesson 01's sums: what a budget can follow, and what a day leaves behind."""

import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.score.watching import (
    average_cost_per_hour,
    people_followed,
    records_of_day,
    records_per_person_per_day,
)

money = st.floats(1e-3, 1e12)
prices = st.floats(1e-3, 1e6)
lengths = st.floats(1e-2, 1e5)


class TestPeopleFollowed:
    def test_a_budget_of_exactly_one_pursuit_follows_one_person(self):
        assert people_followed(275 * 24 * 28, 275, 28) == 1

    def test_a_million_dollars_keeps_a_five_car_team_on_five_people_for_four_weeks(self):
        assert people_followed(1e6, 275, 28) == pytest.approx(5.41126, rel=1e-5)

    def test_no_money_follows_nobody(self):
        assert people_followed(0, 275, 28) == 0

    @given(money, prices, lengths, st.floats(0.01, 100))
    def test_scaling(self, budget, price, days, factor):
        people = people_followed(budget, price, days)
        assert people_followed(factor * budget, price, days) == pytest.approx(factor * people)
        assert people_followed(budget, factor * price, days) == pytest.approx(people / factor)
        assert people_followed(budget, price, factor * days) == pytest.approx(people / factor)

    @given(money, prices, lengths)
    def test_the_budget_is_spent_exactly(self, budget, price, days):
        assert people_followed(budget, price, days) * price * 24 * days == pytest.approx(budget)

    def test_arrays_broadcast_and_single_numbers_stay_single(self):
        grid = people_followed(np.array([[1e3], [1e6]]), np.array([275, 0.36]), 28)
        assert grid.shape == (2, 2)
        assert grid[1, 1] == people_followed(1e6, 0.36, 28)
        assert isinstance(people_followed(1, 1, 1), float)

    @pytest.mark.parametrize("argument", ["budget", "cost_per_hour", "days"])
    @pytest.mark.parametrize("wrong", [-1, np.nan, np.inf, -np.inf, [1, np.nan]])
    def test_impossible_numbers_are_refused_by_name_value_and_range(self, argument, wrong):
        given = {"budget": 1, "cost_per_hour": 1, "days": 1} | {argument: wrong}
        shown = f"{np.ravel(wrong)[-1]:g}"
        with pytest.raises(ValueError, match=f"{argument} is {shown}: allowed is a finite number"):
            people_followed(**given)

    @pytest.mark.parametrize("argument", ["cost_per_hour", "days"])
    def test_nothing_is_divided_by_zero(self, argument):
        with pytest.raises(ValueError, match=f"{argument} is 0: allowed is a finite number, above 0"):
            people_followed(**({"budget": 1, "cost_per_hour": 1, "days": 1} | {argument: 0}))

    @pytest.mark.parametrize("wrong", ["a lot", None, {}])
    def test_what_is_no_number_is_a_type_error(self, wrong):
        with pytest.raises((TypeError, ValueError), match="budget is"):
            people_followed(wrong, 1, 1)


class TestAverageCostPerHour:
    def test_a_team_costs_the_same_at_any_length(self):
        assert average_cost_per_hour(0, 275, [1, 7, 28]) == pytest.approx([275, 275, 275])

    def test_one_fixed_cost_gives_the_three_published_figures_of_the_device(self):
        # Bankston and Soltani 2014: 10 dollars an hour over a day, 1.43 over a week, 0.36 over 28 days.
        assert np.round(average_cost_per_hour(240, 0, [1, 7, 28]), 2) == pytest.approx([10, 1.43, 0.36])

    @given(money, prices, lengths)
    def test_the_total_is_the_fixed_cost_and_the_hours(self, fixed, running, days):
        total = average_cost_per_hour(fixed, running, days) * 24 * days
        assert total == pytest.approx(fixed + running * 24 * days)

    @given(money, prices, lengths, st.floats(1.01, 100))
    def test_time_only_ever_makes_an_hour_cheaper_down_to_the_running_cost(
        self, fixed, running, days, factor
    ):
        early, late = average_cost_per_hour(fixed, running, np.array([days, factor * days]))
        assert early >= late >= running

    @pytest.mark.parametrize("argument", ["fixed_cost", "running_cost_per_hour", "days"])
    @pytest.mark.parametrize("wrong", [-1, np.nan, np.inf])
    def test_impossible_numbers_are_refused(self, argument, wrong):
        given = {"fixed_cost": 1, "running_cost_per_hour": 1, "days": 1} | {argument: wrong}
        with pytest.raises(ValueError, match=f"{argument} is {wrong:g}: allowed"):
            average_cost_per_hour(**given)


@pytest.fixture
def registries():
    """Ada leaves four records on 8 November, one of them in its last minute; Bo leaves one; Cy none."""
    bank = pd.DataFrame(
        {
            "id_number": ["ada", "ada", "bo"],
            "when": pd.to_datetime(["2016-11-08 09:30", "2016-11-09 00:00", "2016-11-08 12:00"]),
            "bank": ["Meadow Bank", "Meadow Bank", "Granite Bank"],
            "amount": [2100, 5, 70],
        }
    )
    phone = pd.DataFrame(
        {
            "id_number": ["ada", "ada", "ada", "dee"],
            "when": pd.to_datetime(
                ["2016-11-08 23:59", "2016-11-08 00:00", "2016-11-08 09:30", "2016-11-08 10:00"]
            ),
            "cell": [7, 3, 4, 9],
        }
    )
    return {"deposits": bank, "phone_pings": phone}


class TestRecordsOfDay:
    def test_every_record_from_midnight_to_midnight_by_the_clock(self, registries):
        day = records_of_day(registries, "ada", "2016-11-08")
        assert list(day["when"].dt.strftime("%H:%M")) == ["00:00", "09:30", "09:30", "23:59"]
        assert list(day["registry"]) == ["phone_pings", "deposits", "phone_pings", "phone_pings"]
        assert day["record"][0] == "cell 3"
        assert day["record"][1] == "bank Meadow Bank, amount 2100"

    def test_a_stranger_leaves_an_empty_table_with_the_same_columns(self, registries):
        day = records_of_day(registries, "nobody", "2016-11-08")
        assert day.empty
        assert list(day.columns) == ["when", "registry", "record"]

    @pytest.mark.parametrize(
        "day",
        ["2016-11-08", "2016-11-08 17:00", datetime.date(2016, 11, 8), pd.Timestamp("2016-11-08 23:00")],
    )
    def test_a_day_may_be_given_in_any_form(self, registries, day):
        assert len(records_of_day(registries, "ada", day)) == 4

    @pytest.mark.parametrize("wrong", ["tomorrow-ish", None, 8, float("nan")])
    def test_what_is_no_day_is_refused(self, registries, wrong):
        with pytest.raises(ValueError, match=r"day is .*: give a date such as"):
            records_of_day(registries, "ada", wrong)

    def test_an_id_number_is_text(self, registries):
        with pytest.raises(TypeError, match="id_number is 17: give one ID number as text"):
            records_of_day(registries, 17, "2016-11-08")


class TestRecordsPerPersonPerDay:
    days = ("2016-11-08", "2016-11-09")

    def test_everybody_is_counted_also_who_left_nothing(self, registries):
        counts = records_per_person_per_day(registries, ["cy", "ada", "bo"], self.days)
        assert counts.to_numpy().tolist() == [[0, 0], [4, 1], [1, 0]]
        assert counts.index.name == "id_number"
        assert list(counts.columns) == list(pd.to_datetime(self.days))

    def test_other_people_and_other_days_are_left_out(self, registries):
        assert records_per_person_per_day(registries, ["dee"], ["2016-11-09"]).to_numpy().tolist() == [[0]]

    def test_registries_add_up(self, registries):
        ids = ["ada", "bo", "cy", "dee"]
        apart = [
            records_per_person_per_day({name: table}, ids, self.days) for name, table in registries.items()
        ]
        pd.testing.assert_frame_equal(
            apart[0] + apart[1], records_per_person_per_day(registries, ids, self.days)
        )

    @given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3 * 24 * 60 - 1)), max_size=60))
    def test_it_agrees_with_reading_day_by_day(self, drawn):
        people, midnight = ["a", "b", "c", "d"], pd.Timestamp("2016-11-07")
        table = pd.DataFrame(
            {
                "id_number": pd.Series([people[person] for person, _ in drawn], dtype="str"),
                "when": pd.to_datetime([midnight + pd.Timedelta(minutes=minute) for _, minute in drawn]),
            }
        )
        days = pd.date_range(midnight, periods=3)
        counts = records_per_person_per_day({"one": table}, people, days)
        assert counts.to_numpy().sum() == len(drawn)
        for person in people:
            for day in days:
                assert counts.loc[person, day] == len(records_of_day({"one": table}, person, day))

    def test_a_record_without_a_time_belongs_to_no_day(self, registries):
        registries["deposits"].loc[0, "when"] = pd.NaT
        assert records_per_person_per_day(registries, ["ada"], self.days).to_numpy().tolist() == [[3, 1]]

    @pytest.mark.parametrize(("argument", "wrong"), [("ids", []), ("days", [])])
    def test_nobody_and_never_are_refused(self, registries, argument, wrong):
        given = {"ids": ["ada"], "days": self.days} | {argument: wrong}
        with pytest.raises(ValueError, match=f"{argument} is empty: give at least one"):
            records_per_person_per_day(registries, **given)

    @pytest.mark.parametrize(
        ("argument", "wrong"), [("ids", ["ada", "bo", "ada"]), ("days", ["2016-11-08", "2016-11-08 09:00"])]
    )
    def test_counting_twice_is_refused(self, registries, argument, wrong):
        given = {"ids": ["ada"], "days": self.days} | {argument: wrong}
        with pytest.raises(ValueError, match=f"{argument} holds .* more than once"):
            records_per_person_per_day(registries, **given)


@pytest.mark.parametrize(
    "count",
    [
        lambda tables: records_of_day(tables, "ada", "2016-11-08"),
        lambda tables: records_per_person_per_day(tables, ["ada"], ["2016-11-08"]),
    ],
    ids=["records_of_day", "records_per_person_per_day"],
)
class TestBadRegistries:
    def test_a_list_of_tables(self, registries, count):
        with pytest.raises(TypeError, match="registries is a list: give a dictionary of tables by name"):
            count(list(registries.values()))

    def test_none_at_all(self, count):
        with pytest.raises(ValueError, match="registries is empty"):
            count({})

    def test_something_else_than_a_table(self, count):
        with pytest.raises(TypeError, match=r"registries\['bank'\] is a str: give a pandas DataFrame"):
            count({"bank": "deposits.csv"})

    @pytest.mark.parametrize("column", ["id_number", "when"])
    def test_a_missing_column(self, registries, count, column):
        registries["deposits"] = registries["deposits"].drop(columns=column)
        with pytest.raises(ValueError, match=rf"registries\['deposits'\] has no column '{column}'"):
            count(registries)

    def test_times_that_are_still_text(self, registries, count):
        registries["deposits"]["when"] = registries["deposits"]["when"].astype(str)
        with pytest.raises(
            ValueError, match=r"registries\['deposits'\]\['when'\] holds .*timestamps are needed"
        ):
            count(registries)
