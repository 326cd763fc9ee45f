"""Lesson 03: its explorables show what the models, the ledger and Sorrel's registries say."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.evidence import fact
from dossier.explore import lesson_03
from dossier.explore.formula import FormulaProblem
from dossier.explore.lesson_03 import (
    COLUMNS,
    KINDS,
    PEOPLE,
    a_thousand_people,
    documented_shares,
    the_line_is_a_choice,
    what_reviews_found,
    whose_records_go_astray,
)
from dossier.republic import Republic
from dossier.score.groups import share_by_group, surname_commonness
from dossier.score.linkage_error import (
    changed_verdicts,
    expected_foreign_events,
    misdirected,
    misdirections,
    namesake_groups,
)
from dossier.score.schemes import events, scores, sorrels_rules
from dossier.score.screening import best_line, binormal_rates, positive_predictive_value


def area(x, y):
    """The area inside a closed outline, by the shoelace formula."""
    return abs(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2


@pytest.fixture(scope="module")
def thousand():
    return a_thousand_people()


@pytest.fixture(scope="module")
def line_chart():
    return the_line_is_a_choice()


@pytest.fixture(scope="module")
def astray_chart():
    return whose_records_go_astray()


class TestAThousandPeople:
    @given(st.integers(0, PEOPLE), st.integers(0, PEOPLE))
    def test_a_run_covers_as_many_places_as_it_has_people(self, one, another):
        first, last = sorted((one, another))
        x, y = lesson_03._run(first, last)
        assert len(x) == len(y) == 9
        assert area(x, y) == pytest.approx(last - first)

    @pytest.mark.parametrize(("guilty", "caught", "cleared"), [(0, 0, 50), (13, 77, 90.5), (200, 100, 100)])
    def test_the_field_shows_the_counts_and_covers_everybody_once(self, thousand, guilty, caught, cleared):
        result, figure, (_, table) = thousand.at(guilty=guilty, sensitivity=caught, specificity=cleared)
        areas = [area(trace["x"], trace["y"]) for trace in figure["data"][: len(KINDS)]]
        assert areas == pytest.approx([result["counts"][kind] for kind, *_ in KINDS])
        assert sum(areas) == PEOPLE
        assert sum(table["Flagged"]) + sum(table["Not flagged"]) == PEOPLE

    def test_at_first_eleven_are_flagged_and_one_is_guilty(self, thousand):
        _, _, (text, _) = thousand.at()
        assert "So 11 are flagged, and 9.0% of the flagged are guilty" in text

    def test_it_computes_with_the_learners_own_formula(self):
        mine = a_thousand_people(formula=lambda prevalence, sensitivity, specificity: sensitivity / 2)
        assert mine.at(sensitivity=60)[0]["share"] == 0.3

    def test_a_learners_division_by_zero_is_no_error_and_a_mistake_is_told_in_one_line(self):
        def careless(prevalence, sensitivity, specificity):
            flagged = sensitivity * prevalence + (1 - specificity) * (1 - prevalence)
            return sensitivity * prevalence / flagged

        text = a_thousand_people(formula=careless).at(guilty=0, specificity=100)[2][0]
        assert "Nobody is flagged" in text
        with pytest.raises(FormulaProblem, match="stopped with a NameError"):
            a_thousand_people(formula=lambda prevalence, sensitivity, specificity: innocent)  # noqa: F821

    @pytest.mark.parametrize("chart", [a_thousand_people, the_line_is_a_choice])
    def test_a_formula_without_a_return_is_told_so(self, chart):
        with pytest.raises(FormulaProblem, match=r"gave nothing back\. Does it end with a return\?"):
            chart(formula=lambda prevalence, sensitivity, specificity: None)

    def test_less_than_half_a_person_is_not_called_nobody_and_then_counted(self, thousand):
        _, figure, (text, _) = thousand.at(guilty=1, sensitivity=40)
        assert "on average 0.4 of a guilty person is flagged, drawn as nobody" in text
        assert "guilty, flagged: 0 (0.4 on average)" in str(figure["data"])
        assert "on average" not in thousand.at(guilty=1, sensitivity=0)[2][0]
        assert "nobody is flagged wrongly" in thousand.at(guilty=1, sensitivity=40, specificity=100)[2][0]

    def test_people_stand_forty_in_a_row_as_the_axis_says(self, thousand):
        assert f"{COLUMNS} in a row" in thousand.at()[1]["layout"]["xaxis"]["title"]["text"]


class TestTheLineIsAChoice:
    def test_the_areas_are_the_rates(self, line_chart):
        for line in (-1.0, 0.7, 2.5):
            result, figure, _ = line_chart.at(line=line)
            false_alarms, misses = (
                area(figure["data"][place]["x"], figure["data"][place]["y"]) for place in (2, 3)
            )
            assert false_alarms == pytest.approx(1 - result["specificity"], abs=0.003)
            assert misses == pytest.approx(1 - result["sensitivity"], abs=0.003)

    def test_the_star_is_the_cheapest_line_and_lies_on_the_roc(self, line_chart):
        result, figure, _ = line_chart.at(separation=1.5, prevalence=0.05, miss=5)
        assert result["best"] == pytest.approx(best_line(1.5, 0.05, 5, 1))
        assert figure["data"][5]["x"] == [result["best"]]
        sensitivity, specificity = binormal_rates(1.5, result["best"])
        assert result["at_best"] == pytest.approx((sensitivity, specificity))
        assert result["cost_at_best"] <= result["cost"]

    def test_no_line_is_cheaper_than_the_star(self, line_chart):
        costs = [line_chart.at(line=line)[0]["cost"] for line in np.linspace(-3, 6, 91)]
        assert min(costs) >= line_chart.result["cost_at_best"]
        assert min(costs) == pytest.approx(line_chart.result["cost_at_best"], rel=0.01)

    @pytest.mark.parametrize(
        ("prevalence", "miss", "said", "cost"),
        [
            (0.01, 10, "flagging nobody costs least", 100),
            (0.5, 1000, "flagging everybody costs least", 500),
            (0.5, 1, "every line costs the same", 500),
        ],
    )
    def test_without_separation_the_cheaper_mistake_is_made_about_all(
        self, line_chart, prevalence, miss, said, cost
    ):
        result, _, (text, _) = line_chart.at(separation=0, prevalence=prevalence, miss=miss)
        assert result["cost_at_best"] == pytest.approx(cost, rel=0.01)
        assert said in text

    def test_the_cost_is_told_and_so_is_whom_the_cheapest_line_spares(self, line_chart, cells):
        result, _, (text, _) = line_chart.at()
        assert "173 false alarms per 1,000 people; the star's line, at 2.1, costs 72" in text
        assert "99 innocent ones" in text
        assert f"misses {1 - result['at_best'][0]:.0%}".replace("%", " %") in cells["look-line"]
        assert f"only {result['share_at_best']:.0%}".replace("%", " %") in cells["look-line"]

    @pytest.mark.parametrize(("prevalence", "miss", "side"), [(0.001, 0.1, "right"), (0.5, 1000, "left")])
    def test_a_star_beyond_the_chart_is_told(self, line_chart, prevalence, miss, side):
        _, _, (text, _) = line_chart.at(separation=0.5, prevalence=prevalence, miss=miss)
        assert f"off the chart to the {side}" in text

    def test_it_computes_with_the_learners_own_formula(self):
        mine = the_line_is_a_choice(formula=lambda prevalence, sensitivity, specificity: prevalence * 2)
        assert mine.at(prevalence=0.2)[0]["share"] == 0.4


@pytest.fixture(scope="module")
def sorrel():
    return lesson_03._people("concentrated"), lesson_03._events()


class TestWhoseRecordsGoAstray:
    def test_it_is_the_experiment_of_the_models(self, sorrel, astray_chart):
        people, happened = sorrel
        groups = namesake_groups(people, ["surname", "given_name"])
        astray = misdirections(happened, groups, np.random.default_rng(lesson_03.DRAWN_BY))
        points, ids = sorrels_rules()["points"], people["id_number"]
        true = scores(happened, points, ids)
        filed = scores(misdirected(happened, astray, 0.1), points, ids)
        found = changed_verdicts(true, filed, lesson_03.line_for_flying())
        fifths = surname_commonness(people.set_index("id_number")["surname"])
        result = astray_chart.at(error_rate=10, key="full name")[0]
        assert result["punished"] == found["wrongly_punished"].sum()
        assert result["spared"] == found["wrongly_spared"].sum()
        expected = share_by_group(found["wrongly_punished"], fifths)["share"]
        assert result["share"] == pytest.approx(expected.to_numpy())

    def test_another_naming_regime_is_about_the_same_people_and_their_deeds(self):
        few, many = (Republic.generate(3_000, naming=naming) for naming in ("concentrated", "many"))
        pd.testing.assert_frame_equal(few.people.drop(columns="surname"), many.people.drop(columns="surname"))
        pd.testing.assert_frame_equal(*(events(one.tables, sorrels_rules()) for one in (few, many)))

    def test_without_errors_nobody_is_hit(self, astray_chart):
        for key in lesson_03.KEYS:
            result = astray_chart.at(error_rate=0, key=key)[0]
            assert result["punished"] == result["spared"] == result["moved"] == 0
            assert (result["high"] == 0).all()

    def test_more_errors_move_more_records_as_many_as_the_formula_expects(self, astray_chart):
        results = [astray_chart.at(error_rate=rate)[0] for rate in range(0, 21, 4)]
        moved, expected = ([result[name] for result in results] for name in ("moved", "expected"))
        assert (np.diff(moved) > 0).all()
        assert moved == pytest.approx(expected, abs=5 * np.sqrt(max(expected)))

    def test_a_looser_key_and_fewer_surnames_hit_more_people(self, astray_chart):
        chart = astray_chart
        hit = {key: chart.at(key=key)[0]["punished"] for key in lesson_03.KEYS}
        assert hit["full name and birth year"] < hit["full name"] < hit["surname and birth year"]
        many = chart.at(naming="many rare surnames")[0]["punished"]
        assert many < hit["full name"] / 3

    def test_the_commonest_names_pay_beyond_chance(self, astray_chart):
        result = astray_chart.result
        assert result["low"][-1] > result["high"][0]
        assert ((result["low"] <= result["share"]) & (result["share"] <= result["high"])).all()

    def test_the_question_states_the_rarest_fifth_as_the_chart_shows_it(self, astray_chart):
        chart = astray_chart
        assert round(10_000 * chart.result["share"][0]) == 4
        assert "4 are punished" in chart.guess.prompt

    def test_the_line_is_the_one_below_which_nobody_may_fly(self):
        assert lesson_03.line_for_flying() == 850


class TestWhatReviewsFound:
    def test_every_share_is_the_ledgers(self):
        shares = {found.id: found.share for found in documented_shares()}
        assert shares["F3-015"] == fact("F3-015").value / 100 == 0.93
        assert shares["F3-016"] == 0.7
        assert shares["F4-034"] == 0.97
        assert shares["F4-035"] == 0.5
        # 300 legitimate votes to each double vote: the predictive value is 1 in 301.
        assert 1 - shares["F4-020"] == pytest.approx(1 / 301)
        assert 1 - shares["F4-022"] == pytest.approx(8 / 10_969)

    def test_the_words_name_the_denominator_of_the_chosen_case(self):
        texts = {
            found.label: what_reviews_found().at(case=found.label)[2][0] for found in documented_shares()
        }
        for found in documented_shares():
            assert found.of in texts[found.label]
            assert found.id in texts[found.label]

    def test_a_guess_is_compared_with_the_review_and_not_with_a_model(self):
        assert what_reviews_found().payload["guess"]["said_by"] == "the review"

    def test_they_stand_by_year_and_not_by_size(self):
        ends = [found.years[1] for found in documented_shares()]
        assert ends == sorted(ends)
        about_half = what_reviews_found().at(case="terror screening")[2][0]
        assert about_half.startswith("About half of the tens of thousands of names")

    def test_numbers_in_the_words_stand_in_the_claims(self):
        assert fact("F3-016").stated(62_784)
        assert fact("F4-034").stated(16_000)
        assert fact("F4-022").stated(10_969)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0%"),
        (1, "100%"),
        (1 - 1e-9, "over 99.9%"),
        (4e-11, "under 0.001%"),
        (0.997, "99.7%"),
        (0.62, "62%"),
        (0.09016, "9.0%"),
        (0.0033, "0.33%"),
    ],
)
def test_a_share_is_told_with_the_digits_that_help(share, words):
    assert lesson_03._percent(share) == words


def test_the_flag_of_the_models_is_the_default_formula(thousand):
    result = thousand.at(guilty=10)[0]
    assert result["share"] == positive_predictive_value(0.01, 0.99, 0.99)


def test_the_people_are_those_of_the_sample_and_more(sorrel):
    first = sorrel[0].iloc[:10_000].drop(columns="birth_year").reset_index(drop=True)
    pd.testing.assert_frame_equal(first, Republic.sample().people)


@pytest.fixture(scope="module")
def cells():
    path = Path(__file__).parents[2] / "lessons" / "03_wrongly_punished.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}


class TestTheNotebook:
    """What nbval cannot see: prose, and learners' cells that must say what the models say."""

    def run(self, source):
        names = {}
        exec(source, names)
        return names

    def test_the_learners_formulas_are_the_models(self, cells):
        share = self.run(cells["share-guilty"])["share_guilty"]
        assert share(0.02, 0.8, 0.9) == pytest.approx(positive_predictive_value(0.02, 0.8, 0.9))
        cheapest = self.run(cells["cheapest-line"])["cheapest_line"]
        assert cheapest(1.5, 0.05, 3, 2) == pytest.approx(best_line(1.5, 0.05, 3, 2))
        foreign = self.run(cells["expected-foreign"])["expected_foreign"]
        groups, number = (
            pd.Series(0, index=list("abcde")),
            pd.Series({"a": 9, "b": 3, "c": 0, "d": 1, "e": 12}),
        )
        model = expected_foreign_events(number, groups, 0.1)["a"]
        assert foreign([3, 0, 1, 12], 0.1) == pytest.approx(model)

    def test_the_scene_is_about_two_namesakes_and_one_judgment(self, cells, sorrel):
        people, happened = sorrel
        numbers = re.findall(r'"(\d{17}[\dX])"', cells["account"])
        him, other = people.set_index("id_number").loc[numbers].to_dict("records")
        for column in ("given_name", "surname", "birth_year"):
            assert him[column] == other[column]
        assert f"{him['given_name']} {him['surname']}, {him['age']}," in cells["scene"]
        assert str(him["birth_year"]) in cells["two-ways"]
        kinds = {one: happened.loc[happened["id_number"] == one, "event"].tolist() for one in numbers}
        assert kinds[numbers[0]] == ["voluntary work"] * 2
        assert kinds[numbers[1]] == ["judgment, not obeyed"]
        districts = Republic.generate(lesson_03.POPULATION).districts.set_index("district")["county"]
        assert districts[him["district"]] != districts[other["district"]]

    def test_a_sleeping_score_is_right_about_999_of_1000(self, cells, thousand):
        counts = thousand.at(guilty=1, sensitivity=0, specificity=100)[0]["counts"]
        assert counts["innocent_cleared"] == 999
        assert "right about 999 of 1,000" in cells["look-thousand"]

    def test_which_of_the_two_shares_moves_more_as_the_prose_asks(self, thousand):
        guilty_missed, innocent_flagged = (
            thousand.at(**{which: 90})[0]["share"] for which in ("sensitivity", "specificity")
        )
        assert guilty_missed == pytest.approx(0.083, abs=0.001)
        assert innocent_flagged == pytest.approx(0.0098, abs=0.0001)

    def test_the_total_hides_most_of_those_who_changed_sides(self, astray_chart, cells):
        result = astray_chart.at()[0]
        assert "over a hundred changed sides" in cells["predict-names"]
        assert result["punished"] + result["spared"] > 100
        assert abs(result["punished"] - result["spared"]) < 10

    def test_numbers_in_the_prose_stand_in_the_claims_that_it_cites(self, cells):
        for id, numbers in {
            "F4-026": (8_185, 2011),
            "F4-028": (99,),
            "F4-027": (1_853,),
            "F3-015": (93,),
            "F3-016": (70,),
            "F3-018": (3, 69),
            "F3-019": (470_000,),
            "F3-022": (26_000,),
            "F3-023": (50_000, 1_600),
        }.items():
            claim = fact(id).claim
            cited = next(text for text in cells.values() if f"({id}" in text or f"{id}:" in text)
            for number in numbers:
                assert f"{number:,}" in claim or str(number) in claim
                assert f"{number:,}" in cited or str(number) in cited
