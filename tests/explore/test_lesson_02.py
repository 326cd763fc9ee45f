"""Lesson 02: what its explorables show is what the scheme says about Sorrel's adults."""

import itertools
import re
from pathlib import Path

import numpy as np
import pytest

from dossier.classroom import registered_question
from dossier.classroom.tasks import lessons
from dossier.explore import lesson_02
from dossier.explore.lesson_02 import (
    HER_NUMBER,
    accounts,
    adults,
    editable_grades,
    editable_rules,
    one_citizens_account,
    way_to,
    who_falls_below_the_line,
    workbench,
    your_own_scheme,
)
from dossier.score.groups import share_by_group
from dossier.score.schemes import (
    events,
    grades,
    other_schemes,
    refused_tickets,
    scores,
    sorrels_grades,
    sorrels_rules,
)

NOTEBOOK = Path(__file__).parents[2] / "lessons" / "02_anatomy_of_a_score.ipynb"


@pytest.fixture(scope="module")
def happened(sorrel):
    return events(sorrel.tables, sorrels_rules())


def scored(happened, **changed):
    """Score the adults with Sorrel's points but for those changed."""
    points = sorrels_rules()["points"].astype(float)
    for event, number in changed.items():
        points[event.replace("_", " ")] = number
    return scores(happened, points, adults().index)


def test_adults_are_all_of_18_and_over_and_each_has_a_group(sorrel):
    assert len(adults()) == (sorrel.people["age"] >= 18).sum()
    assert adults()["age"].min() >= 18
    assert not adults()[list(lesson_02.GROUPS.values())].isna().any(axis=None)


class TestWhoFallsBelowTheLine:
    @pytest.mark.parametrize("line", [625, 850, 950])
    def test_it_counts_whom_the_models_count(self, happened, line):
        result = who_falls_below_the_line().at(line=line, bill=-100, by="age")[0]
        ours = scored(happened, bill_paid_late=-100)
        table = share_by_group(ours < line, adults()["age_group"])
        assert result["barred"] == (ours < line).sum()
        assert result["now"].tolist() == table["chosen"].tolist()
        assert result["size"].tolist() == table["people"].tolist()
        lowest = sorrels_grades()["lowest"]
        lowest["B"] = line
        graded = grades(ours, lowest).value_counts(sort=False)
        assert result["letters"] == graded.index.tolist()
        assert result["graded"].tolist() == graded.tolist()

    def test_newly_barred_and_newly_cleared_explain_the_difference(self, happened):
        own = scored(happened) < 850
        for settings in ({"line": 700}, {"post": 0, "bill": -100}, {"judgment": 0, "work": 20}):
            result = who_falls_below_the_line().at(**settings)[0]
            assert result["barred"] - own.sum() == result["newly"] - result["cleared"]
            assert result["new"].sum() == result["newly"]
        at_home = who_falls_below_the_line().result
        assert (at_home["newly"], at_home["cleared"]) == (0, 0)

    def test_raising_the_line_or_lowering_a_weight_only_ever_bars_more(self):
        chart = who_falls_below_the_line()
        by_line = [chart.at(line=line)[0]["barred"] for line in range(625, 951, 25)]
        by_post = [chart.at(post=points)[0]["barred"] for points in range(0, -101, -10)]
        assert by_line == sorted(by_line)
        assert by_post == sorted(by_post)

    def test_every_adult_stands_in_one_bar(self):
        for settings in ({}, {"work": 20, "line": 950}):
            result = who_falls_below_the_line().at(**settings)[0]
            assert result["people"].sum() == len(adults())
            assert result["hit"].sum() == result["barred"]
            assert (result["hit"] <= result["people"]).all()

    @pytest.mark.parametrize("base", [1000, 900])
    def test_the_axis_holds_every_share_whatever_the_controls_say(self, base):
        chart = who_falls_below_the_line(formula=lambda event_counts, points: base + event_counts @ points)
        harshest = {"line": 950, "judgment": -300, "bill": -100, "post": -100, "work": 0}
        for by, settings in itertools.product(lesson_02.GROUPS, ({}, harshest)):
            result, figure, _ = chart.at(by=by, **settings)
            share = np.maximum(result["now"], result["was"]) / result["size"]
            axis = figure["layout"]["xaxis2"]
            assert share.max() <= max(axis["tickvals"]) < axis["range"][1]

    def test_the_words_give_the_grades_from_the_best_down_and_know_equal_groups(self):
        chart = who_falls_below_the_line()
        text, _ = chart.at()[2]
        graded = re.search(r"People in each grade: (.*)\.", text).group(1)
        counted = {part.split()[0]: int(part.split()[1].replace(",", "")) for part in graded.split(", ")}
        assert list(counted) == list(sorrels_grades().index)
        assert sum(counted.values()) == len(adults())
        text, _ = who_falls_below_the_line(
            formula=lambda event_counts, points: 0 * event_counts.sum(axis=1)
        ).at()[2]
        assert "All groups alike." in text
        assert "Hit most" not in text

    def test_it_computes_with_the_learners_own_formula(self):
        def generous(event_counts, points):
            return 1000 + event_counts @ points.clip(lower=0)

        assert who_falls_below_the_line(formula=generous).result["barred"] == 0

    @pytest.mark.parametrize(
        "formula",
        [
            lambda event_counts, points: None,
            lambda event_counts, points: 7,
            lambda event_counts, points: event_counts @ points * np.nan,
            lambda event_counts, points: event_counts @ point,  # noqa: F821
        ],
    )
    def test_a_formula_that_gives_no_scores_is_refused_in_words(self, formula):
        with pytest.raises(ValueError, match="Your formula"):
            who_falls_below_the_line(formula=formula)


class TestTwoSchemes:
    @pytest.mark.parametrize("other", list(other_schemes()))
    def test_it_starts_from_full_agreement(self, other):
        way = way_to(other)
        assert way.correlation[0] == 1
        assert way.common[0] == 1
        # As many as under Sorrel's own scheme; more only where several stand on the same score.
        assert (way.punished >= way.punished[0]).all()

    def test_the_end_of_the_way_is_the_other_scheme(self, happened):
        own = scored(happened)
        other = scores(happened, other_schemes()["roads first"], adults().index)
        line = other.nsmallest(int((own < 850).sum())).iloc[-1]
        assert way_to("roads first").both[-1] == ((other <= line) & (own < 850)).sum()

    def test_what_the_lesson_says_of_it(self):
        for other in ("bills first", "words first"):
            way = way_to(other)
            assert way.correlation.min() > 0.99
            assert way.common[-1] < 0.5


class TestYourOwnScheme:
    def test_untouched_tables_are_sorrels_scheme(self):
        alone = your_own_scheme().at()
        tables = your_own_scheme(rules=editable_rules(), grades=editable_grades()).at()
        assert tables[2][0] == alone[2][0]
        assert alone[0]["newly"] == alone[0]["cleared"] == 0

    def test_it_follows_the_tables(self, happened, sorrel):
        rules, table = editable_rules(), editable_grades()
        chart = your_own_scheme(rules=rules, grades=table)
        changed = rules.value
        changed.loc["critical post", "points"] = 0
        rules.value = changed
        changed = table.value
        changed.loc["B", ["lowest", "may_fly"]] = [900.0, False]
        table.value = changed
        result = chart.result
        ours = scored(happened, critical_post=0)
        barred = ours < 960
        assert result["barred"] == barred.sum()
        assert result["tickets"] == len(refused_tickets(sorrel.flights, barred))

    def test_the_workbench_tells_of_both_tables_and_the_chart(self):
        rules, table = editable_rules(), editable_grades()
        bench = workbench(rules, table)
        for part in (rules, table, your_own_scheme()):
            assert str(part) in str(bench)
        changed = rules.value
        changed["points"] = 0
        rules.value = changed
        assert bench.chart.result["barred"] == 0

    def test_rebates_go_to_those_who_pay_the_bills(self, happened, sorrel):
        table = editable_grades()
        changed = table.value
        changed["heating_rebate"] = [100, 0, 0, 0, 0, 0]
        table.value = changed
        bills = sorrel.utility_payments
        payers = set(bills.loc[bills["service"] == "heating", "id_number"])
        top = scored(happened)
        expected = sum(one in payers for one in top.index[top >= 1050])
        result = your_own_scheme(grades=table).result
        assert (result["rebates"], result["rebated"]) == (100 * expected, expected)

    @pytest.mark.parametrize("line", [960.0, 970.0])
    def test_lines_out_of_order_are_refused_in_words(self, line):
        table = editable_grades()
        changed = table.value
        changed.loc["B", "lowest"] = line
        words = rf"The line of B \({line:g}\) must lie below that of A \(960\)\."
        with pytest.raises(ValueError, match=words):
            table.value = changed
        assert table.value.equals(table.original)

    def test_a_scheme_without_points_has_no_order(self):
        rules = editable_rules()
        changed = rules.value
        changed["points"] = 0
        rules.value = changed
        text, _ = your_own_scheme(rules=rules).at()[2]
        assert "no order" in text

    def test_everybody_barred_still_fits_the_chart(self):
        table = editable_grades()
        changed = table.value
        changed["may_fly"] = False
        table.value = changed
        result, figure, _ = your_own_scheme(grades=table).at()
        assert result["barred"] == len(adults())
        assert max(figure["layout"]["xaxis2"]["tickvals"]) == 1


class TestOneCitizensAccount:
    def test_it_ends_where_the_model_does(self, happened):
        ours, charted = scored(happened), one_citizens_account()
        for account in accounts():
            assert charted.at(citizen=account.label)[0]["final"] == ours[account.id_number]

    def test_the_slider_changes_only_the_posts(self, happened):
        ours, charted = scored(happened, critical_post=-100), one_citizens_account()
        for account in accounts():
            assert charted.at(citizen=account.label, post=-100)[0]["final"] == ours[account.id_number]

    def test_the_citizens_are_ten_or_so_all_different_and_of_every_grade(self):
        labels = [account.label for account in accounts()]
        assert 8 <= len(labels) == len(set(labels)) <= 12
        found = {one_citizens_account().at(citizen=label)[0]["grade"] for label in labels}
        assert found == set(sorrels_grades().index)

    def test_whoever_wrote_no_critical_post_is_said_to_be_out_of_the_sliders_reach(self):
        for account in accounts():
            text, _ = one_citizens_account().at(citizen=account.label)[2]
            assert ("slider changes nothing" in text) == ("critical post" not in account.event)

    def test_the_list_does_not_tell_the_answer_of_the_exercise(self):
        exercise = NOTEBOOK.parents[1] / "exercises" / NOTEBOOK.name
        (asked,) = re.findall(r"\d{17}[\dX]", exercise.read_text(encoding="utf-8"))
        assert asked not in {account.id_number for account in accounts()}

    def test_time_runs_forward_and_early_judgments_stand_before_the_year(self):
        for account in accounts():
            assert (np.diff(account.month) >= 0).all()
            early = [date < "2016" for date in account.date]
            assert (account.month < 0).tolist() == early
            assert account.month.min() >= -1
            assert account.month.max() <= 12


class TestTheNotebook:
    """What nbval cannot see: prose and questions that repeat a number or a name."""

    def test_the_scene_tells_the_truth_about_the_citizen(self, text, sorrel, happened):
        assert set(re.findall(r'"(\d{17}[\dX])"', text)) == {HER_NUMBER}
        person = adults().loc[HER_NUMBER]
        assert (
            f"{person['given_name']} {person['surname']}, {person['age']}, runs a home and rents it" in text
        )
        assert (person["sex"], person["activity"], person["tenure"]) == ("female", "homemaker", "tenant")
        assert HER_NUMBER not in set(sorrel.flights["id_number"])
        (judgment,) = sorrel.judgments.query("id_number == @HER_NUMBER").to_dict("records")
        assert (judgment["case"], judgment["obeyed"], judgment["when"].year) == ("debt", True, 2015)
        hers = happened[happened["id_number"] == HER_NUMBER]["event"].value_counts()
        assert (hers["critical post"], hers["praising post"], hers.sum()) == (3, 2, 6)
        assert scored(happened)[HER_NUMBER] == 790
        assert "790 points" in text
        # Without the posts she is a B.
        assert 850 <= scored(happened, critical_post=0)[HER_NUMBER] < 960

    def test_she_is_first_in_the_list_and_the_list_has_the_cs_that_the_prose_names(self):
        assert accounts()[0].id_number == HER_NUMBER
        for event in ("drink driving", "tax still owed", "bill paid late"):
            chart = one_citizens_account()
            grades_of = [chart.at(citizen=one.label)[0]["grade"] for one in accounts() if event in one.event]
            assert "C" in grades_of

    def test_the_two_mercies_are_as_told(self, text, happened):
        barred, home = scored(happened) < 850, adults()["home"]

        def cleared(**changed):
            return 1000 * (barred & (scored(happened, **changed) >= 850)).groupby(home).mean()

        tax = cleared(tax_still_owed=-100)
        judgment = cleared(**{"judgment, not obeyed": -140})
        assert (round(tax["own"], 1), round(tax["rent"], 1)) == (6.3, 4.4)
        assert (round(judgment["own"], 1), round(judgment["rent"], 1)) == (6.5, 14.1)
        assert "6.3 of each thousand who own, and 4.4 of each thousand who rent" in text
        assert "clears 6.5 and 14.1" in text

    def test_most_of_the_punished_are_careless_on_some_lists_more_than_on_others(self, text, happened):
        reckless = adults()["recklessness"]
        careless = reckless > reckless.median()
        assert careless.mean() == pytest.approx(0.5, abs=0.001)
        found, at_850 = {}, {}
        for name, points in other_schemes().assign(Sorrel=sorrels_rules()["points"]).items():
            ours = scores(happened, points, adults().index)
            at_850[name] = (ours < 850).sum()
            listed = ours <= ours.nsmallest(242).max()
            assert listed.sum() == (242 if name == "Sorrel" else way_to(name).punished[-1])
            found[name] = careless[listed].mean()
        assert min(found.values()) > 0.7
        assert max(found.values()) - min(found.values()) > 0.1
        assert (min(at_850.values()), sorted(at_850.values())[-2], at_850["Sorrel"]) == (44, 133, 242)
        assert "44 to 133" in text
        barred = scored(happened) < 850
        assert (reckless[barred] < reckless[HER_NUMBER]).sum() == 5
        assert "of the 242 barred, only five are more careful" in text
        # The reply to question 02.b: the trait was drawn without looking at the home.
        assert abs(np.subtract(*adults().groupby("home")["recklessness"].mean())) < 0.01

    def test_one_party_changes_the_order_more_and_the_list_less(self):
        bills, thanks = way_to("bills first"), way_to("thanks first")
        assert thanks.correlation[-1] < bills.correlation[-1]
        assert thanks.common[-1] > bills.common[-1]

    def test_sorrel_bars_about_three_in_a_hundred(self, happened):
        assert round((scored(happened) < 850).mean(), 2) == 0.03

    def test_the_numeric_question_asks_for_what_the_model_says(self):
        points = sorrels_rules()["points"]
        events_asked = {"bill paid late": 2, "parking offence": 1, "voluntary work": 5}
        assert registered_question("02.a").answer == 1000 + sum(
            points[event] * number for event, number in events_asked.items()
        )

    def test_the_example_essay_of_the_exercise_has_the_right_numbers(self, happened):
        newly = (scored(happened, bill_paid_late=-100) < 850) & (scored(happened) >= 850)
        rate = newly.groupby(adults()["home"]).mean()
        assert newly.sum() == 53
        assert newly[adults()["home"] == "rent"].sum() == 28
        tasks = {task.id: task for task in lessons()["02"]}
        # The number of the essay is one that the check before it takes.
        assert rate["rent"] / rate["own"] == pytest.approx(1.56, rel=tasks["02.6"].tolerance)
        for part in ("53 more adults", "1.56 times", "53 people, 28 of whom"):
            assert part in tasks["02.8"].example
