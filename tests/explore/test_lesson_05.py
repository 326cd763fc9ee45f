"""Lesson 05: its explorables show what the join, the check character and Sorrel's registries say."""

from itertools import pairwise

import numpy as np
import pytest

from dossier.explore import lesson_05
from dossier.explore.lesson_05 import (
    ALSO,
    BACKWARDS,
    EVERYBODY,
    HER_NUMBER,
    NUMBERS,
    REGISTRIES,
    SHORT,
    SWAPPED,
    a_dossier_fills_in,
    buyers_questions,
    editable_questions,
    files,
    one_slip,
    questions_and_worth,
    what_a_bundle_is_worth,
    where_a_number_lives,
    which_to_leave_out,
)
from dossier.join.bundle import value
from dossier.join.by_number import companions, records_by_registry
from dossier.republic.numbers import is_valid


@pytest.fixture(scope="module")
def known(sorrel):
    return records_by_registry({name: sorrel.tables[name] for name in REGISTRIES}, NUMBERS, ALSO)


@pytest.fixture(scope="module")
def slip_chart():
    return one_slip()


@pytest.fixture(scope="module")
def file_chart():
    return a_dossier_fills_in()


@pytest.fixture(scope="module")
def map_chart():
    return where_a_number_lives()


class TestOneSlip:
    @pytest.mark.parametrize("place", range(1, 18))
    def test_the_verdict_is_that_of_the_number_itself(self, slip_chart, place):
        for digit in (0, 4, 9):
            result, _, (text, _) = slip_chart.at(place=place, digit=digit)
            right = int(HER_NUMBER[place - 1]) == digit
            assert ("Caught." in text) is not right
            assert result["passes"] is right
            assert (result["remainder"] == 1) is right
        result, *_ = slip_chart.at(place=place, slip=SWAPPED)
        assert result["passes"] is (HER_NUMBER[place - 1] == HER_NUMBER[place])

    def test_a_swap_at_the_end_takes_the_neighbour_before(self, slip_chart):
        result, _, _ = slip_chart.at(place=18, slip=SWAPPED)
        assert result["typed"] == HER_NUMBER[:16] + HER_NUMBER[17] + HER_NUMBER[16]

    def test_the_guess_is_about_all_163_slips(self, slip_chart):
        result, _, _ = slip_chart.at()
        assert result["slips"] == result["caught"] == 163

    def test_bars_and_table_show_the_sum_of_the_check(self, slip_chart):
        result, figure, (_, table) = slip_chart.at(place=12, digit=8)
        drawn = np.concatenate([trace["y"] for trace in figure["data"] if trace["type"] == "bar"])
        by_hand = [
            weight * int(one) % 11 for weight, one in zip(table["Weight"], table["Typed"], strict=True)
        ]
        assert drawn.tolist() == by_hand == table["Left over"]
        assert sum(by_hand) % 11 == result["remainder"] == 8


class TestADossierFillsIn:
    def test_the_citizens_have_true_numbers_and_she_is_known_to_all_eight(self, known):
        assert all(map(is_valid, NUMBERS))
        assert (known.loc[HER_NUMBER] > 0).all()

    @pytest.mark.parametrize("place", range(len(NUMBERS)))
    def test_all_eight_show_every_record_once(self, file_chart, known, place):
        citizen = list(files())[place]
        _, figure, (_, table) = file_chart.at(citizen=citizen, bought=8)
        marks = [trace for trace in figure["data"] if trace.get("mode") == "markers"]
        assert sum(len(trace["x"]) for trace in marks) == known.loc[NUMBERS[place]].sum()
        assert table["Records"] == [str(count) for count in known.loc[NUMBERS[place]]]

    def test_it_says_how_rare_a_full_dossier_is(self, file_chart):
        assert (
            "in the middle of Sorrel is known to 3 of the 8 registries; 6 people to all"
            in file_chart.at(bought=8)[2][0]
        )
        assert "in the middle" not in file_chart.at(bought=7)[2][0]

    @pytest.mark.parametrize("order", list(lesson_05.ORDERS))
    def test_each_further_registry_adds_its_records_and_nothing_else(self, file_chart, known, order):
        names = lesson_05.ORDERS[order]
        for bought in range(9):
            result, _, (text, _) = file_chart.at(bought=bought, order=order)
            assert result["counts"].sum() == known.loc[HER_NUMBER, list(names[:bought])].sum()
            assert ("hotel room" in text) is ("hotel_stays" in names[:bought])

    def test_stars_are_the_nights_shared(self, file_chart, sorrel):
        _, figure, (text, _) = file_chart.at(bought=1)
        shared = companions(sorrel.hotel_stays, HER_NUMBER)
        assert len(figure["data"][1]["x"]) == shared["when"].nunique()
        people = sorrel.people.set_index("id_number").loc[shared["companion"].unique()]
        assert all(f"{one.given_name} {one.surname}" in text for one in people.itertuples())

    def test_the_months_add_up_to_what_was_paid_in(self, file_chart, sorrel):
        _, figure, _ = file_chart.at(bought=8)
        deposits = sorrel.deposits
        assert (
            sum(figure["data"][3]["y"]) == deposits.loc[deposits["id_number"] == HER_NUMBER, "amount"].sum()
        )
        assert not any(file_chart.at(bought=6)[1]["data"][3]["y"])


class TestWhereANumberLives:
    def test_the_times_of_day_share_out_the_whole_day(self, map_chart, known):
        uses = {time: map_chart.at(time=time)[0]["uses"].sum() for time in lesson_05.TIMES}
        whole = uses.pop("all day")
        assert whole == known.loc[HER_NUMBER, "phone_pings"]
        # Between 7 and 9 in the morning none of the three looks.
        assert 0 < sum(uses.values()) <= whole

    def test_nothing_bought_shows_nothing(self, map_chart):
        result, _, _ = map_chart.at(bought="nothing")
        assert not any(len(result[name]) for name in ("homes", "cafes", "cells", "now"))

    def test_registries_that_know_places_are_bought_one_at_a_time_in_the_storys_order(self):
        steps = list(lesson_05.MAPPED.values())
        assert [len(step) for step in steps] == list(range(5))
        assert all(step == later[: len(step)] for step, later in pairwise(steps))
        assert list(steps[-1]) == [name for name in REGISTRIES if name in steps[-1]]

    @pytest.mark.parametrize("place", range(len(NUMBERS)))
    def test_the_last_use_of_the_phone_is_the_registrys_last_record(self, map_chart, sorrel, place):
        pings = sorrel.phone_pings[sorrel.phone_pings["id_number"] == NUMBERS[place]].sort_values("when")
        for time in lesson_05.TIMES:
            result, _, (text, _) = map_chart.at(citizen=list(files())[place], time=time)
            assert result["now"].tolist() == pings["cell"].tolist()[-1:]
            assert ("No phone is known" in text) is pings.empty
            if len(pings):
                assert f"{pings['when'].iloc[-1]:%H:%M}, in cell {pings['cell'].iloc[-1]}." in text
        assert "last use" not in map_chart.at(bought="cafés, rentals, land")[2][0]

    def test_her_home_is_the_one_property_that_she_does_not_let(self, sorrel):
        hers = sorrel.people.set_index("id_number").loc[HER_NUMBER]
        owned = sorrel.properties[sorrel.properties["id_number"] == HER_NUMBER]
        let = sorrel.rentals[sorrel.rentals["landlord"] == HER_NUMBER]
        left = owned[~owned["address"].isin(let["address"])]
        assert left["cell"].tolist() == [hers["home_cell"]] == [376]

    def test_cells_stand_where_sorrel_has_them(self, sorrel):
        cells = sorrel.cells
        x, y = lesson_05._middle(cells["cell"].to_numpy())
        assert np.allclose(x, cells["x"])
        assert np.allclose(y, cells["y"])

    def test_the_share_guessed_is_that_of_the_truth(self, map_chart, sorrel):
        night = sorrel.phone_pings[(sorrel.phone_pings["when"].dt.hour + 3) % 24 < 10]
        most = night.groupby("id_number")["cell"].agg(lambda cells: cells.mode()[0])
        homes = sorrel.people.set_index("id_number")["home_cell"].loc[most.index]
        assert lesson_05._share_at_home() == pytest.approx((most == homes).mean())


class TestTheBundle:
    def test_about_her_the_whole_is_worth_more_and_about_brothe_less(self):
        chart = what_a_bundle_is_worth()
        her, brothe = (list(files())[place] for place in (0, 3))
        assert (
            "680 leaves to the buyer, about Skara Khizhyndel: 390 more than the sum of the parts, 290"
            in chart.at(citizen=her)[2][0]
        )
        assert (
            "170 leaves to the buyer, about Brothe Yoresk: 30 less than the sum of the parts, 200"
            in chart.at(citizen=brothe)[2][0]
        )

    @pytest.mark.parametrize("citizen", [*range(len(NUMBERS)), EVERYBODY])
    def test_the_order_changes_the_way_and_not_the_end(self, citizen):
        chart = what_a_bundle_is_worth()
        citizen = citizen if citizen == EVERYBODY else list(files())[citizen]
        there, back = (chart.at(citizen=citizen, order=order)[0] for order in lesson_05.ORDERS)
        for line in ("together", "parts", "records"):
            assert there[line][-1] == pytest.approx(back[line][-1])
            assert (np.diff(there[line]) >= 0).all()
        assert not np.allclose(there["together"], back["together"])

    def test_alone_the_phone_is_worth_most_and_the_hotels_are_missed_most(self):
        chart = which_to_leave_out()
        text = chart.at()[2][0]
        assert "Worth most alone: phone (110). Missed most when left out: hotel (510)." in text
        assert "Missed most when left out: phone" in chart.at(citizen=EVERYBODY)[2][0]
        assert chart.payload["guess"]["truth"] == 510

    def test_the_charts_follow_the_learners_own_prices(self, known):
        table = editable_questions()
        bundle, left_out = what_a_bundle_is_worth(questions=table), which_to_leave_out(questions=table)
        changed = table.value
        changed["price"] = 0
        changed.loc["What is she paid?", "price"] = 70
        table.value = changed
        assert bundle.at()[0]["together"][-1] == 70 == bundle.at()[0]["parts"][-1]
        assert left_out.at()[0]["loss"].sum() == 70
        changed["how"], changed["price"] = "any", 500
        table.value = changed
        result, figure, _ = bundle.at(order=BACKWARDS)
        assert (
            result["together"][-1] == 4000 == value(changed, known.loc[[HER_NUMBER]] > 0, REGISTRIES).iloc[0]
        )
        assert result["parts"][-1] > 4000
        low, high = figure["layout"]["yaxis"]["range"]
        drawn = np.concatenate([trace["y"] for trace in figure["data"]])
        assert drawn.min() >= low
        assert drawn.max() <= high
        assert left_out.at()[1]["layout"]["xaxis"]["range"][1] > left_out.at()[0]["alone"].max()

    @pytest.mark.parametrize(("how", "price"), [("any", 0), ("any", 500), ("all", 120), ("all", 500)])
    def test_the_words_at_the_lines_ends_never_meet(self, how, price):
        asked = buyers_questions().assign(how=how, price=price)
        for citizen in (*files(), EVERYBODY):
            result = lesson_05._bundle_model(asked, citizen, lesson_05.STORY)
            layout = lesson_05._bundle_figure(result, {"order": lesson_05.STORY})["layout"]
            low, high = layout["yaxis"]["range"]
            together, parts = result["labels"]
            assert abs(together - parts) >= 0.05 * (high - low)
            assert bool(together > parts) is bool(result["together"][-1] >= result["parts"][-1])

    def test_the_axis_of_the_losses_ends_near_the_longest_bar(self):
        chart = which_to_leave_out()
        for citizen, least in ((next(iter(files())), 0.5), (EVERYBODY, 0.7)):
            result, figure, _ = chart.at(citizen=citizen)
            assert result["loss"].max() > least * figure["layout"]["xaxis"]["tickvals"][-1]

    def test_beside_each_other_the_chart_follows_the_table_and_both_can_be_read(self):
        table = editable_questions()
        both = questions_and_worth(table)
        left, right = both.children
        assert (left.children, right) == ((table,), both.chart)
        assert "Can she be pressed?" in repr(both)
        assert "All eight together are worth 680 leaves" in both._repr_mimebundle_()["text/plain"]
        table.value = table.value.assign(price=10)
        assert both.chart.at()[0]["together"][-1] == 80

    def test_the_table_says_what_the_questions_need(self):
        shown = editable_questions().value
        assert (shown[["needs", "how", "price"]] == buyers_questions()).all(axis=None)
        for needs, said in zip(shown["needs"], shown["registries"], strict=True):
            assert said == ", ".join(SHORT[name] for name in needs.split(", "))
