"""Lesson 09's charts: they draw what the models give, show every case, and make up no price."""

import re

import numpy as np
import pandas as pd
import pytest

from dossier.evidence import cases, fact, ledger, uk_tariff
from dossier.explore import lesson_09
from dossier.explore.formula import FormulaProblem
from dossier.explore.lesson_09 import (
    ALL_HOLDERS,
    ANYBODY,
    BOTH,
    BULK,
    HOURS,
    INSIDER,
    LAWFUL,
    LIST,
    ORDER,
    a_copy_or_access,
    clerks_stake,
    documented_cases,
    editable_stake,
    many_brokers,
    offers,
    prices_of_a_person,
    stake_and_price,
    stakes,
    what_a_bundle_earns,
    what_a_price_allows,
    when_frauds_stop_it,
)
from dossier.leak.bundling import best_uniform_bundle
from dossier.leak.cournot import equilibrium
from dossier.leak.price import detection_ceiling


class TestWhatAPriceAllows:
    def test_the_known_answers_stand_at_the_clerks_highest_stake(self):
        assert stakes(clerks_stake()) == (100_000, 500_000)
        chart = what_a_price_allows()
        for sellers, known in ((1, 1 / 0.0014), (8, 1 / 0.000175)):
            assert chart.at(brokers=0, sellers=sellers)[0]["sales"][-1, 1] == pytest.approx(known)

    @pytest.mark.parametrize("settings", [{}, {"price": 50, "brokers": 96}, {"sellers": 1, "conscience": 90}])
    def test_the_last_bar_is_the_models_ceiling(self, settings):
        chart = what_a_price_allows()
        result, figure, _ = chart.at(**settings)
        now = {"price": 700, "brokers": 50, "sellers": 8, "conscience": 0} | settings
        left = 1 - now["brokers"] / 100
        each = now["price"] * left / now["sellers"]
        ceiling = detection_ceiling(
            now["price"], [100_000, 500_000], each * now["conscience"] / 100, now["sellers"], left
        )
        assert result["sales"][-1] == pytest.approx(1 / ceiling)
        assert figure["data"][-2]["x"] == pytest.approx(np.clip(1 / ceiling, 1, 1e8))

    def test_every_step_down_only_lowers_the_risk(self):
        result, *_ = what_a_price_allows().at(conscience=50)
        assert (np.diff(result["sales"], axis=0) >= 0).all()

    def test_it_follows_the_table_and_a_weaker_punishment_says_less(self):
        table = editable_stake()
        both = stake_and_price(table)
        before = both.chart.result["sales"][-1, 1]
        weaker = table.value
        weaker["chance"] = [13, 3, 3, 3]
        table.value = weaker
        assert both.chart.result["sales"][-1, 1] < before / 10
        assert "100" in both.text

    @pytest.mark.parametrize(
        ("change", "complaint"),
        [
            ({"high": [1.0, 3, 1, 2]}, "At most must not be less"),
            ({"low": [0.0, 0, 0, 0]}, "nothing is at stake at the lowest"),
        ],
    )
    def test_a_stake_that_makes_no_sense_is_refused(self, change, complaint):
        table = editable_stake()
        with pytest.raises(ValueError, match=complaint):
            table.value = table.value.assign(**change)

    def test_a_learners_formula_is_what_is_drawn_and_what_fails_says_so(self):
        half = what_a_price_allows(formula=lambda price, stake, sellers, moral: 0.5)
        assert (half.result["sales"] == 2).all()
        with pytest.raises(FormulaProblem, match="return"):
            what_a_price_allows(formula=lambda *_: None)

    def test_a_negative_risk_is_drawn_at_the_edge(self):
        edge = what_a_price_allows(formula=lambda *_: -0.1)
        assert max(edge.at()[1]["data"][-2]["x"]) == 1e8


class TestPrices:
    def test_every_offer_divides_figures_of_the_row_that_it_names(self):
        by_label = {offer.label: offer for offer in offers()}
        assert {offer.ids for offer in offers()} <= set(ledger().index)
        assert by_label["hotel guests, Huazhu"].low == pytest.approx(56_000 / 130e6)
        assert by_label["e-mail names, AOL"].low == pytest.approx(28_000 / 92e6)
        assert by_label["police file, Shanghai"].low == pytest.approx(200_000 / 1e9)
        assert by_label["test file, Netherlands"].hours == pytest.approx((30 / 11, 50 / 11))
        noted = re.search(r"about ([\d.]+) (?:US )?dollar", ledger().loc["F2-105", "note"], re.IGNORECASE)
        assert by_label["hotel guests, Huazhu"].low == pytest.approx(float(noted[1]), rel=0.1)

    def test_local_pay_is_known_for_one_offer_only_and_the_rest_says_so(self):
        result, figure, (text, table) = prices_of_a_person().at(measure=HOURS)
        assert np.isfinite(result["low"]).sum() == 1
        assert table["Price"].count("no local pay in the ledger") == len(result["offers"]) - 1
        assert (
            sum(label.strip().startswith("?") for label in figure["data"][3]["text"])
            == len(result["offers"]) - 1
        )
        assert "2.7 to 4.5" in text

    def test_the_kinds_are_shown_apart_and_the_list_is_the_tariff(self):
        chart = prices_of_a_person()
        counts = {shown: len(chart.at(shown=shown)[0]["offers"]) for shown in (BOTH, BULK, ORDER, LIST)}
        assert counts[BOTH] == counts[BULK] + counts[ORDER]
        assert counts[LIST] == len(uk_tariff())
        listed = chart.at(shown=LIST)[0]["high"].max()
        assert listed == pytest.approx(cases().loc["UK-2006-TARIFF", "price_usd_approx_high"])

    def test_bulk_is_cheaper_by_four_to_six_orders_of_magnitude(self):
        cheapest = sorted(offer.low for offer in offers() if offer.kind == BULK)[:5]
        dossier = fact("F1-002").value
        assert 1e4 < dossier / max(cheapest) < dossier / min(cheapest) < 1e6


class TestCases:
    def test_every_case_is_drawn_once_and_none_without_a_price_gets_one(self):
        frame = lesson_09._plotted_cases()
        assert len(frame) == len(cases())
        assert not frame.duplicated(["x", "y"]).any()
        known = cases()["price_usd_approx_low"].astype(float) > 0
        assert (frame["bought"].isin(lesson_09.BOUGHT) == known).all()
        assert (frame.loc[~known, "x"] < 10**-2.25).all()
        assert (frame.loc[known, "x"] > 10**-2.25).all()

    def test_each_count_adds_up_and_everybody_is_somewhere(self):
        chart = documented_cases()
        everywhere = chart.at(leaked_by=ANYBODY, holder=ALL_HOLDERS)[0]["match"]
        assert everywhere.all()
        by = [chart.at(leaked_by=who, holder=ALL_HOLDERS)[0]["match"] for who in lesson_09.SYMBOLS]
        assert (np.sum(by, axis=0) == 1).all()
        held = np.any(
            [chart.at(leaked_by=ANYBODY, holder=one)[0]["match"] for one in lesson_09.HOLDERS], axis=0
        )
        assert cases().index[~held].tolist() == ["BR-2021-CPF"]  # nobody knows who held it

    def test_lawful_sales_are_the_two_controls(self):
        _, _, (text, table) = documented_cases().at(leaked_by=LAWFUL, holder=ALL_HOLDERS)
        assert table["Case"] == ["California, motor-vehicle office", "USA, soldiers"]
        assert table["Price, dollars"][0] == "51,600,000 a year"
        assert text.startswith("2 of the 52")

    def test_the_silent_are_counted_and_listed(self):
        _, _, (text, table) = documented_cases().at(leaked_by=INSIDER, holder="the state")
        counts = [int(number) for number in re.findall(r"\d+", text)]
        assert counts[0] == sum(counts[2:]) == len(table["Case"])
        assert (
            table["Price, dollars"].count("missing") + table["Price, dollars"].count("a few hundred")
            == counts[3]
        )

    def test_no_case_fits_says_so(self):
        assert "None" in documented_cases().at(leaked_by="an outsider", holder="another firm")[2][0]

    def test_every_case_has_a_name_of_its_own_and_the_dearest_comes_first(self):
        assert set(lesson_09.NAMES) == set(cases().index)
        _, _, (text, table) = documented_cases().at()
        assert len(set(table["Case"])) == len(cases())
        assert (
            text
            == "All 52 documented cases: 28 with a price, 21 with none in figures, 3 where nothing was paid."
        )
        kinds = [
            "missing" if price in ("missing", "a few hundred") else price for price in table["Price, dollars"]
        ]
        assert kinds[0].startswith("51,600,000")
        assert kinds[28:31] == ["0"] * 3
        assert set(kinds[31:]) == {"missing"}


class TestBrokers:
    @pytest.mark.parametrize(("brokers", "price"), [(1, "2,800"), (10, "1,000"), (300, "615")])
    def test_known_prices(self, brokers, price):
        result, _, (text, _) = many_brokers().at(brokers=brokers)
        assert result["price"] == pytest.approx(equilibrium(brokers, 5000, 600).price)
        assert f"the price is {price} leaves" in text

    def test_the_table_is_the_curve(self):
        _, _, (_, table) = many_brokers().at()
        assert table["Price"] == [f"{equilibrium(n, 5000, 600).price:,.0f}" for n in table["Brokers"]]


class TestAgeing:
    def test_a_short_half_life_leaves_nothing_and_a_long_one_nearly_all(self):
        chart = a_copy_or_access()
        shares = [
            float(result["copy"][-1] / result["access"][-1])
            for result in (chart.at(half_life=days)[0] for days in (0.05, 20, 3650))
        ]
        assert shares == pytest.approx([0.05 / np.log(2) / 365, 20 / np.log(2) / 365, 0.966], rel=0.01)


class TestBundle:
    def test_alone_a_good_earns_a_quarter_whatever_the_correlation(self):
        chart = what_a_bundle_earns()
        for settings in ({"goods": 1}, {"goods": 40, "correlation": 1}):
            assert chart.at(**settings)[0]["profit"] == pytest.approx(0.25, abs=1e-3)

    @pytest.mark.parametrize("goods", [2, 10, 20])
    def test_it_agrees_with_the_closed_form(self, goods):
        profit = what_a_bundle_earns().at(goods=goods)[0]["profit"]
        assert profit == pytest.approx(best_uniform_bundle(goods).profit / goods, rel=0.02)

    def test_the_rectangle_is_the_profit(self):
        result, figure, _ = what_a_bundle_earns().at(goods=7, correlation=0.3)
        corner = figure["data"][1]
        assert max(corner["x"]) * max(corner["y"]) == pytest.approx(result["profit"])


class TestFrauds:
    def test_the_path_ends_where_the_curve_is(self):
        chart = when_frauds_stop_it()
        for frauds in (10, 30, 50):
            result, *_ = chart.at(frauds=frauds)
            curve = np.interp(result["kept"], result["shares"], result["prices"])
            assert result["path"][-1] == pytest.approx(result["settled"], abs=1)
            assert curve == pytest.approx(result["settled"], abs=5)

    def test_a_sample_that_exposes_frauds_keeps_the_market_alive(self):
        chart = when_frauds_stop_it()
        assert chart.at(frauds=50)[0]["settled"] == 0
        assert chart.at(frauds=50, seen=80)[0]["settled"] > 500

    def test_equal_costs_bring_the_limit_to_a_half(self):
        assert when_frauds_stop_it().at(spread=20)[0]["limit"] == pytest.approx(0.48, abs=0.01)


def test_the_table_of_stakes_is_a_frame_that_lessons_can_read():
    assert isinstance(clerks_stake(), pd.DataFrame)
    assert (clerks_stake()["low"] <= clerks_stake()["high"]).all()
