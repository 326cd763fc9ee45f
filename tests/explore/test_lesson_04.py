"""Lesson 04: what its explorables show is what the models and Sorrel say, and so do its prose, questions and exercise."""

import numpy as np
import pytest
from scipy.stats import lognorm

from dossier.classroom import registered_question
from dossier.classroom.tasks import task
from dossier.explore import lesson_04
from dossier.explore.formula import FormulaProblem
from dossier.explore.lesson_04 import (
    citizens,
    one_punishment,
    there_and_back,
    what_a_bonus_buys,
    who_falls_silent,
    whose_punishment_weighs_more,
)
from dossier.score import chilling, gaming
from dossier.score.contagion import averaging_matrix, contagion, influence
from dossier.score.schemes import events, scores, sorrels_rules

CHILD, MOTHER = "670000201508206487", "670008199305104502"


@pytest.fixture(scope="module")
def averaging(sorrel):
    return averaging_matrix(sorrel.acquaintances, sorrel.people["id_number"])


def one_round(scores, own_record, mean_of_friends, alpha):
    return (1 - alpha) * own_record + alpha * (mean_of_friends @ scores)


class TestOnePunishment:
    def test_the_labels_say_how_many_friends_each_has(self, sorrel):
        ties = sorrel.acquaintances
        for label, row in citizens().items():
            id_number = sorrel.people["id_number"].iloc[row]
            known = (ties["id_number"] == id_number).sum() + (ties["other_id_number"] == id_number).sum()
            assert label.split(", ")[1].split()[0] == str(known)
        assert [int(label.split(", ")[1].split()[0]) for label in citizens()] == [0, 1, 5, 10, 20, 25]

    @pytest.mark.parametrize("alpha", [0.1, 0.5, 0.9])
    def test_all_rings_together_lose_what_the_weights_say(self, averaging, alpha):
        weights, chart = 100 * influence(averaging, alpha), one_punishment()
        for label, row in citizens().items():
            result = chart.at(who=label, alpha=alpha)[0]
            assert result["total"] == pytest.approx(weights[row], abs=1e-3)
            assert result["loss"].sum() == pytest.approx(result["total"])

    def test_it_computes_with_the_learners_own_round(self):
        ours, theirs = one_punishment().result, one_punishment(formula=one_round).result
        assert theirs["loss"] == pytest.approx(ours["loss"], abs=1e-2)
        doubled = one_punishment(formula=lambda *given: 0.5 * one_round(*given)).result
        assert doubled["total"] < 0.6 * ours["total"]

    @pytest.mark.parametrize("wrong", [lambda *given: None, lambda *given: given[0][:3], lambda: 1])
    def test_a_function_that_gives_no_scores_is_told_in_one_line(self, wrong):
        with pytest.raises(FormulaProblem, match=r"Your formula (stopped with a|gave no score)"):
            one_punishment(formula=wrong)

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            (lambda now, own, mean, alpha: (1 - alpha) * own + alpha * (mean * now), "a table, .*: use @"),
            (lambda now, own, mean, alpha: own + 2 * (mean @ now), "do not come to rest"),
        ],
        ids=["entry by entry", "weights that grow"],
    )
    def test_a_table_and_scores_without_rest_are_called_so(self, wrong, words):
        with pytest.raises(FormulaProblem, match=words):
            one_punishment(formula=wrong)


class TestWhoWeighsMore:
    def test_without_weight_for_friends_everybody_weighs_the_same(self):
        result = whose_punishment_weighs_more().at(alpha=0)[0]
        for line in ("low", "middle", "high"):
            assert result[line] == pytest.approx(100)

    def test_everybody_is_in_a_group_and_popular_ones_weigh_more(self, sorrel):
        result = whose_punishment_weighs_more().at(alpha=0.9)[0]
        assert result["people"].sum() == len(sorrel.people)
        assert (result["low"] <= result["middle"]).all()
        assert (result["middle"] <= result["high"]).all()
        assert result["middle"][0] == pytest.approx(100)
        assert (np.diff(result["middle"][[1, 5, 10, 15, 20, 25]]) > 0).all()


class TestSilence:
    def test_the_stairs_begin_with_everybody_and_touch_curve_and_line_in_turn(self):
        result = who_falls_silent().at(penalty=70)[0]
        across, up, shares = result["across"], result["up"], result["shares"]
        assert (across[0], up[0]) == (1, 1)
        assert across[::2] == pytest.approx(up[::2])
        assert up[1::2] == pytest.approx(np.append(shares[1:], shares[-1]))

    def test_way_back_and_stairs_agree_with_the_model(self):
        chart, stairs = there_and_back(), who_falls_silent()
        people = lognorm(s=0.5, scale=10)
        for penalty in (30, 50, 80):
            down = stairs.at(penalty=penalty)[0]["shares"][-1]
            assert chart.result["raised"][penalty] == pytest.approx(down, abs=2e-3)
            up = chilling.cascade(penalty, people, 0.5, 0.9, start=0.0)[-1]
            assert chart.result["taken_back"][penalty] == pytest.approx(up, abs=2e-3)

    def test_a_town_that_no_penalty_silences_is_called_so(self):
        chart = there_and_back()
        assert "No penalty up to 100 points silences this town" in chart.at(seen_alone=0.05)[2][0]
        assert "falls below 88.5" in chart.at(seen_alone=0.2)[2][0]

    def test_marks_that_vanish_leave_as_many_points(self):
        for chart, settings in (
            (who_falls_silent(), [{"penalty": penalty} for penalty in (0, 50, 61, 62, 100)]),
            (there_and_back(), [{"seen_alone": seen} for seen in (0.05, 0.2, 0.5)]),
        ):
            figures = [chart.at(**one)[1] for one in settings]
            lengths = [
                [len(trace["x"]) for trace in figure["data"] if "markers" in trace["mode"]]
                for figure in figures
            ]
            assert all(one == lengths[0] for one in lengths)

    @pytest.mark.parametrize(
        ("share", "words"), [(1.0, "100%"), (0.995, "99.5%"), (0.98, "98%"), (0.0, "0%")]
    )
    def test_nearly_all_is_not_said_to_be_all(self, share, words):
        assert lesson_04._percent(share) == words


class TestABonus:
    def test_the_marked_bonus_is_the_highest_point_of_the_line(self):
        chart = what_a_bonus_buys()
        for substitution in (0, 0.25, 0.5, 0.9):
            for worth in (0, 8, 16):
                result = chart.at(substitution=substitution, worth_unmeasured=worth)[0]
                assert result["highest"] >= result["total"].max() - 0.02
                expected = gaming.value_to_all(result["bonus"], 4, 4, 7, worth, substitution)
                assert result["total"] == pytest.approx(expected)

    def test_it_computes_with_the_learners_own_function(self):
        def mine(bonus, gamma):
            chosen = gaming.efforts(bonus, 4, 4, gamma)
            return chosen.measured, chosen.unmeasured

        ours, same = what_a_bonus_buys().result, what_a_bonus_buys(formula=mine)
        assert same.result["total"] == pytest.approx(ours["total"])
        assert same.result["best"] == pytest.approx(ours["best"])
        with pytest.raises(FormulaProblem, match="gave no two numbers"):
            what_a_bonus_buys(formula=lambda bonus, gamma: None)
        with pytest.raises(FormulaProblem, match="stopped with a ZeroDivisionError"):
            what_a_bonus_buys(formula=lambda bonus, gamma: (1 / 0, 1))


class TestTheNotebook:
    """What nbval cannot see: prose and questions that repeat a number or a name."""

    def test_the_scene_is_true_of_sorrel(self, text, sorrel):
        people = sorrel.people.set_index("id_number")
        child, mother = people.loc[CHILD], people.loc[MOTHER]
        assert CHILD in text
        assert MOTHER in text
        assert f"{child['given_name']} {child['surname']} is one year old" in text
        assert f"her mother, {mother['given_name']}," in text
        assert (child["age"], child["sex"], mother["sex"]) == (1, "female", "female")
        assert child["household"] == mother["household"]
        ties = sorrel.acquaintances
        hers = ties[(ties["id_number"] == CHILD) | (ties["other_id_number"] == CHILD)]
        assert set(hers[["id_number", "other_id_number"]].to_numpy().ravel()) == {CHILD, MOTHER}

    def test_mother_and_child_have_the_points_that_the_scene_says(self, sorrel):
        rules = sorrels_rules()
        own = scores(events(sorrel.tables, rules), rules["points"], sorrel.people["id_number"])
        assert (own[MOTHER], own[CHILD]) == (900, 1000)

    def test_what_the_prose_and_the_first_question_say_of_her_punishment(self, text, sorrel, averaging):
        row = int(np.flatnonzero(sorrel.people["id_number"] == MOTHER)[0])
        loss = contagion(100 * np.eye(1, len(sorrel.people), row).ravel(), averaging, 0.5)
        assert 25 < loss[sorrel.people["id_number"] == CHILD][0] < 30
        assert round(loss.sum()) == 127
        assert "loses 127" in registered_question("04.a").prompt
        weights = 100 * influence(averaging, 0.5)[list(citizens().values())]
        assert f"cost Sorrel {weights[1]:.0f}; taken from Povie, {weights[-1]:.0f}" in text

    def test_most_with_a_clean_record_fall_below_a_thousand(self, text, sorrel, averaging):
        rules = sorrels_rules()
        own = scores(events(sorrel.tables, rules), rules["points"], sorrel.people["id_number"]).to_numpy()
        shared = contagion(own, averaging, 0.5)
        clean = own >= 1000
        assert "Nine in ten" in text
        assert (shared[clean] < 1000).mean() == pytest.approx(0.9, abs=0.02)
        assert np.median(1000 - shared[clean]) < 10
        assert (shared < 960).sum() < (own < 960).sum()

    def test_the_numeric_question_asks_for_what_the_model_says(self):
        asked = registered_question("04.b")
        loss = contagion([100, 0], [[0, 1], [1, 0]], 0.8)
        assert asked.answer == pytest.approx(loss[1])
        assert f"x is {loss[0]:.1f} and y is {loss[1]:.1f}" in asked.reply

    def test_the_question_on_silence_says_what_the_model_says(self):
        asked = registered_question("04.c")
        chart = there_and_back().result
        right = next(choice for choice in asked.choices if choice.correct)
        assert f"About {chart['taken_back'][50]:.0%}".replace("%", " %") in right.answer
        assert f"below {chart['turn'].returns_at:.1f}" in right.reply
        assert chart["turn"].silenced_at < 70
        assert chart["raised"][50] > 0.99

    def test_the_tipping_points_are_where_the_text_sends_the_reader(self, text):
        assert "Pull the penalty down to 50" in text
        stairs = who_falls_silent()
        assert len(stairs.at(penalty=50)[0]["tipping"]) == 1
        assert len(stairs.at(penalty=65)[0]["tipping"]) == 0
        assert "between 75 % and 70 % the gap closes" in text
        assert there_and_back().at(safety=0.75)[0]["turn"] is not None
        assert there_and_back().at(safety=0.7)[0]["turn"] is None

    def test_the_formula_of_the_best_bonus_holds_at_both_places(self):
        for gamma in (0.5, 0):
            assert gaming.best_bonus(4, 4, 7, 8, gamma) == pytest.approx((7 - 4) - gamma * (8 - 4))

    def test_the_exercise_and_the_model_say_the_same(self):
        for id, expected in (
            ("04.1", contagion([100, 0], [[0, 1], [1, 0]], 0.25)[1]),
            ("04.7", gaming.best_bonus(2, 4, 6, 9, 0.4)),
        ):
            names = {"alpha": 0.25}
            exec(task(id).solution, names)
            assert names[task(id).name] == pytest.approx(expected)
