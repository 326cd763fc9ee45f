"""Lesson 10: its explorables show what the models say, take the learner's formulas, and one of them remembers."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from dossier.evidence import fact
from dossier.explore.formula import FormulaProblem
from dossier.explore.lesson_10 import (
    CLASSES,
    OF,
    PRICE,
    STAKE,
    an_office_that_remembers,
    certain_or_severe,
    chance,
    documented_hands,
    few,
    how_many_sell,
    the_leak_law,
    the_price_of_honesty,
    the_whole_office,
    tips_back,
    who_sells,
)
from dossier.leak.efficiency_wage import honest_premium
from dossier.leak.leak_law import chance_of_leak
from dossier.leak.norms import fixed_points


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "none"),
        (0.5, "50%"),
        (0.0188, "1.9%"),
        (0.0005, "5 of 10,000"),
        (0.00016, "1.6 of 10,000"),
        (2.1e-6, "2.1 in a million"),
        (1.2e-8, "12 in a billion"),
        (1e-12, "fewer than 1 in a billion"),
        (0.9999, "nearly all"),
    ],
)
def test_a_small_share_keeps_its_size(share, said):
    assert few(share) == said


@given(st.floats(0, 1))
def test_a_chance_is_never_said_to_be_certain(share):
    assert chance(share) not in ("0%", "100%", "0.0%", "100.0%")


class TestWhoSells:
    def test_the_prompt_says_how_many_sell_at_half_the_price(self):
        chart = who_sells()
        assert "5 of 10,000 officials sell" in chart.guess.prompt
        assert OF * chart.at(price=PRICE)[0]["share"] == pytest.approx(5, abs=0.5)
        assert chart.guess.truth(chart.result, chart.settings) == 188

    def test_the_hatched_part_ends_where_a_sale_leaves_nothing_more(self):
        result, figure, _ = who_sells().at(price=175, found_out=1)
        assert max(figure["data"][0]["x"]) == pytest.approx(125)
        assert result["left"] == pytest.approx(125)

    def test_the_two_ways_to_nobody_that_the_lesson_tells(self, text):
        assert "*Sales found out* to 3.5" in text
        assert "raise *Stake* to 2 million" in text
        for way in ({"found_out": 3.5}, {"stake": 2_000_000}):
            result, _, (said, _) = who_sells().at(**way)
            assert result["share"] == 0
            assert "nobody sells" in said

    def test_it_computes_with_the_learners_formula_and_says_what_is_wrong_with_it(self):
        assert who_sells(formula=lambda *_: 0.25).result["share"] == 0.25
        with pytest.raises(FormulaProblem, match="gave no number"):
            who_sells(formula=lambda *_: None)


class TestCertainOrSevere:
    def test_the_guess_is_about_the_default(self):
        chart = certain_or_severe()
        assert chart.settings == {"stake": 200_000, "risk_aversion": 2, "risk": 70}
        assert chart.result["here"] == pytest.approx(-17.5, abs=0.05)
        assert f"1 sale of {200_000 / 70:,.0f}" in chart.guess.prompt

    def test_the_curve_crosses_0_where_the_lesson_says(self, text):
        assert "crossed 0 at about 120,000 leaves" in text
        result, figure, _ = certain_or_severe().at()
        curve = figure["data"][2]
        crossing = np.interp(0, -np.asarray(result["worth"]), curve["x"])
        assert crossing == pytest.approx(120_000, rel=0.005)

    def test_severity_deters_who_dislikes_risk_and_tempts_who_likes_it(self):
        for aversion, sign in ((3, -1), (0, 0), (-1.5, 1)):
            worth = certain_or_severe().at(risk_aversion=aversion)[0]["worth"]
            change = np.diff(worth[np.isfinite(worth)])
            assert np.allclose(change, 0, atol=1e-6) if sign == 0 else (np.sign(change) == sign).all()

    def test_the_closed_form_with_aversion_2(self):
        wealth, stake, risk = 600_000, 100_000, 70
        p = risk / stake
        harmonic = 1 / ((1 - p) / (wealth + PRICE) + p / (wealth + PRICE - stake)) - wealth
        assert certain_or_severe().at(stake=stake)[0]["here"] == pytest.approx(harmonic)

    @pytest.mark.parametrize("risk_aversion", [-2, 0, 2, 4])
    @pytest.mark.parametrize("stake", [1_000, 500_000])
    def test_the_mark_stays_in_the_chart_and_says_its_number(self, stake, risk_aversion):
        result, figure, _ = certain_or_severe().at(stake=stake, risk_aversion=risk_aversion)
        mark = figure["data"][3]
        low, high = figure["layout"]["yaxis"]["range"]
        assert low < mark["y"][0] < high
        (said,) = re.findall(r"[\d.,]+", mark["text"][0])
        assert float(said.replace(",", "")) == pytest.approx(abs(result["here"]), abs=0.5)


class TestThePriceOfHonesty:
    def test_the_known_answer_and_the_bill(self):
        result, _, (said, _) = the_price_of_honesty().at(found_out=10)
        assert result["here"] == pytest.approx(883.84, abs=0.005)
        assert result["bill"] == pytest.approx(883.838 * 5_000 * 52, rel=1e-5)
        assert "230 million leaves a year" in said

    def test_it_costs_what_selling_brings_where_the_lines_cross(self):
        result = the_price_of_honesty().result
        assert honest_premium(PRICE, result["even"] / OF, 0.99) == pytest.approx(PRICE)

    def test_it_draws_the_learners_formula(self):
        flat = the_price_of_honesty(formula=lambda bribe, found_out, discount: 7)
        assert (flat.result["along"] == 7).all()
        with pytest.raises(FormulaProblem, match="ZeroDivisionError"):
            the_price_of_honesty(formula=lambda bribe, found_out, discount: 1 / 0)
        with pytest.raises(FormulaProblem, match="end with a return"):
            the_price_of_honesty(formula=lambda bribe, found_out, discount: None)

    def test_one_official_and_as_much_as_the_bribe_are_said_so(self):
        said = the_price_of_honesty().at(found_out=100, officials=1)[2][0]
        assert "as much as selling brings" in said
        assert "For 1 official that is" in said


class TestTheLeakLaw:
    def test_the_known_answers(self):
        chart = the_leak_law()
        assert chart.result["here"] == pytest.approx(0.63230, abs=5e-6)
        assert chart.at(correlation=0.1)[0]["here_together"] == pytest.approx(0.042074, abs=5e-7)
        assert chart.at(correlation=0.01)[0]["here_together"] == pytest.approx(0.21243, abs=5e-6)
        assert "Even odds need 693 hands" in chart.at()[2][0]

    def test_the_documented_hands_are_the_ledgers(self):
        assert [many for many, _, _ in documented_hands()] == [4_000, 26_000, 300_000]
        for many, _, row in documented_hands():
            assert many == fact(row).value
        _, _, (_, table) = the_leak_law().at(one_in=1_000_000)
        assert table["Somebody sells"][2] == "25.9%"

    def test_it_draws_the_learners_formula(self):
        assert (the_leak_law(formula=lambda hands, willing: 0.5).result["alone"] == 0.5).all()
        with pytest.raises(FormulaProblem, match="end with a return"):
            the_leak_law(formula=lambda hands, willing: None)

    @pytest.mark.parametrize("hands", [1, 1_000, 10_000_000])
    @pytest.mark.parametrize("correlation", [0, 0.1, 0.5])
    def test_a_label_is_never_empty_lest_it_never_comes_back(self, hands, correlation):
        figure = the_leak_law().at(hands=hands, correlation=correlation)[1]
        assert all(figure["data"][5]["text"])


class TestHowManySell:
    @pytest.mark.parametrize("correlation", [0.01, 0.1, 0.5])
    @pytest.mark.parametrize(("hands", "one_in"), [(10, 10), (1_000, 1_000), (10_000, 10_000)])
    def test_the_bars_are_all_there_is_and_have_the_same_mean(self, correlation, hands, one_in):
        result = how_many_sell().at(correlation=correlation, hands=hands, one_in=one_in)[0]
        assert result["together"].sum() == pytest.approx(1, abs=1e-6)
        assert result["alone"] == pytest.approx(
            [
                binom.cdf(high, hands, 1 / one_in) - binom.cdf(low - 1, hands, 1 / one_in)
                for low, high, _ in CLASSES
            ],
            abs=1e-9,
        )
        assert 1 - result["together"][0] == pytest.approx(result["leak"], rel=1e-6)
        assert result["when_it_leaks"] * result["leak"] == pytest.approx(hands / one_in)

    @pytest.mark.parametrize("correlation", [0.01, 0.5])
    @pytest.mark.parametrize("hands", [10, 10_000])
    @pytest.mark.parametrize("one_in", [10, 10_000])
    def test_a_label_is_never_empty_lest_it_never_comes_back(self, correlation, hands, one_in):
        figure = how_many_sell().at(correlation=correlation, hands=hands, one_in=one_in)[1]
        for labels in figure["data"][1], figure["data"][3]:
            assert len(labels["text"]) == len(CLASSES)
            assert all(labels["text"])

    def test_most_leaks_are_of_a_few_and_the_average_comes_from_rare_offices(self, text):
        result = how_many_sell().result
        assert "The average of 24" in text
        assert result["when_it_leaks"] == pytest.approx(24, abs=0.5)
        assert 0.5 < result["together"][1:3].sum() / result["leak"] < 0.6
        assert 0 < result["together"][4] < 0.01

    def test_culture_works_in_both_directions(self, text):
        chart = how_many_sell()
        assert chart.result["together"][0] > chart.result["alone"][0]
        assert chart.result["together"][4] > chart.result["alone"][4]
        assert "96 offices of 100" in text
        assert chart.result["together"][0] == pytest.approx(0.96, abs=0.005)
        assert "more than a hundred sell in such an office" in text
        assert chart.at(correlation=0.5)[0]["when_it_leaks"] > 100


class TestAnOfficeThatRemembers:
    @staticmethod
    def walk(audits, office="honest"):
        """Drag the audits through some places, and give the share and the office after each."""
        chart = an_office_that_remembers()
        memory = chart.controls[-1]
        for place in audits:
            for _ in range(2):  # the office may change on arriving, and is then shown as changed
                result, _, _ = chart.at(audits=place, office=office)
                office = memory.becomes(result, {"audits": place, "office": office})
            yield result["state"], office

    def test_down_over_the_edge_and_up_again_is_another_way(self):
        down = np.arange(70, -1, -1) / 10
        there = list(self.walk(down))
        back = list(self.walk(down[::-1], office=there[-1][1]))[::-1]
        differs = [
            place for place, one, other in zip(down, there, back, strict=True) if abs(one[0] - other[0]) > 0.5
        ]
        assert min(differs) == pytest.approx(1.6)
        assert max(differs) == pytest.approx(4.3)
        assert there[0] == back[0] == (0, "honest")
        assert there[-1] == back[-1]

    def test_the_guess_asks_for_the_way_back(self):
        chart = an_office_that_remembers()
        truth = chart.guess.truth(chart.result, chart.settings)
        assert truth == pytest.approx(4.4)
        assert list(self.walk([5, 1, truth]))[-1] == (0, "honest")
        assert list(self.walk([5, 1, truth - 0.1]))[-1][1] == "corrupt"
        for of_ten_thousand, number in ((tips_back(0.9, 25) - 0.01, 3), (tips_back(0.9, 25) + 0.01, 1)):
            found = fixed_points(PRICE, of_ten_thousand / OF, STAKE, 25, 0.5, 0.9)
            assert len(found) == number

    @settings(max_examples=30)
    @given(st.integers(0, 70), st.integers(0, 19), st.integers(0, 18), st.integers(0, 1))
    def test_what_the_office_becomes_keeps_itself_up(self, audits, shield, median, office):
        chart = an_office_that_remembers()
        position = {"audits": audits, "shield": shield, "median": median, "office": office}
        result, _, _ = chart._evaluate(position)
        after = chart.controls[-1].after(result, chart._settings(position))
        again, _, _ = chart._evaluate({**position, "office": after})
        assert chart.controls[-1].after(again, chart._settings({**position, "office": after})) == after
        assert any(again["state"] == point for point in again["points"]) or not again["points"]

    def test_it_remembers_down_to_the_shielding_that_the_lesson_says(self, text):
        assert "nothing is remembered at 40 % and below" in text
        for shield, remembers in ((0.4, False), (0.45, True)):
            found = [
                an_office_that_remembers().at(audits=step / 10, shield=shield)[0]["points"]
                for step in range(13, 20)
            ]
            assert any(len(points) > 1 for points in found) == remembers

    def test_without_a_shield_nothing_is_remembered(self):
        chart = an_office_that_remembers()
        for audits in (0, 1.2, 1.6, 3, 7):
            honest, corrupt = (
                chart.at(audits=audits, shield=0, office=office)[0] for office in ("honest", "corrupt")
            )
            assert honest["state"] == corrupt["state"]
            assert honest["tipping"] == []


class TestTheWholeOffice:
    def test_it_is_beckers_share_put_into_the_leak_law(self):
        chart = the_whole_office()
        result = chart.result
        assert result["here"] == pytest.approx(1 - chance_of_leak(20_000, result["share"]))
        assert result["stake"] == 200_000
        assert chart.at(premium=1_000)[0]["stake"] == 200_000 + 99 * 1_000

    @pytest.mark.parametrize(
        "way", [{"hands": 500}, {"found_out": 4}, {"penalty": 275_000}, {"premium": 600}]
    )
    def test_the_four_ways_to_more_than_90_percent(self, way, text):
        assert "There are four ways to more than 90 %" in text
        chart = the_whole_office()
        assert chart.result["here"] < 0.1
        assert chart.at(**way)[0]["here"] > 0.9
