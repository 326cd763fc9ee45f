"""Lesson 11: its explorables show what the models of attribution say, the tables are followed, and the cases are coded as the ledger has them."""

from dataclasses import asdict, replace

import numpy as np
import pytest

from dossier.evidence import cases, ledger
from dossier.explore.formula import FormulaProblem
from dossier.explore.lesson_11 import (
    ALL_SEVEN,
    CODED,
    DEFAULTS,
    FIRST_TELLS_NOTHING,
    FOUND,
    HANDLES,
    KEYS,
    SUPPOSED,
    THE_STORY,
    YEAR,
    _word,
    bits_with,
    board,
    case_likelihoods,
    counted_twice,
    editable_findings,
    editable_judgements,
    editable_ranges,
    eight_doors,
    findings_and_board,
    judgements,
    prior_of,
    ranges_and_tornado,
    the_evidence_board,
    what_would_turn_it,
    where_the_answer_is_known,
)
from dossier.leak.attribution import Findings, likelihoods, orders_chance, posterior


@pytest.fixture(scope="module")
def doors_chart():
    return eight_doors()


@pytest.fixture(scope="module")
def known_chart():
    return where_the_answer_is_known()


class TestEightDoors:
    @pytest.mark.parametrize(("doors", "share"), [(1, 30), (2, 50), (3, 80), (12, 95)])
    def test_the_orange_row_is_where_all_are_open(self, doors_chart, doors, share):
        result, *_ = doors_chart.at(doors=doors, open_share=share)
        moments = np.linspace(0, YEAR, 20_001)
        each = [((s[:, :1] <= moments) & (moments < s[:, 1:])).any(axis=0) for s in result["spells"]]
        together = (result["all"][:, :1] <= moments) & (moments < result["all"][:, 1:])
        assert (np.all(each, axis=0) == together.any(axis=0)).mean() > 0.999

    def test_the_guess_is_the_formulas_half_an_hour(self, doors_chart):
        result, _, (text, _) = doors_chart.at()
        assert result["expected"] == pytest.approx(YEAR * 6.5610e-05, rel=1e-5)
        assert "34 minutes" in text

    def test_a_longer_stretch_changes_no_expectation(self, doors_chart):
        found = {doors_chart.at(repair_days=days)[0]["expected"] for days in (20, 60, 120)}
        assert len(found) == 1


class TestCountedTwice:
    def test_the_joint_line_is_the_model_of_all_orders(self):
        result, *_ = counted_twice().at(correlation=0.35, insiders=70, outsiders=10)
        for orders in range(11):
            one, other = (orders_chance(orders, 0, each, 0.35) for each in (0.7, 0.1))
            assert result["joint"][orders] == pytest.approx(np.log2(one / other), abs=1e-9)

    def test_orders_that_do_not_go_together_simply_add_up(self):
        result, *_ = counted_twice().at(correlation=0)
        assert result["joint"] == pytest.approx(result["naive"])

    def test_the_guess_is_about_the_joint_line(self):
        chart = counted_twice()
        result, *_ = chart.at()
        assert chart.payload["guess"]["truth"] == pytest.approx(result["joint"][list(HANDLES)].tolist())

    def test_a_learners_formula_is_what_is_drawn(self):
        result, *_ = counted_twice(formula=lambda each, rho, filled: each).at(correlation=0.5)
        assert result["joint"] == pytest.approx(result["naive"])

    @pytest.mark.parametrize("formula", [lambda *_: None, lambda *_: 0.0, lambda *_: 1 / 0, lambda *_: "x"])
    def test_a_formula_that_gives_no_chance_is_said(self, formula):
        with pytest.raises(FormulaProblem, match="Your formula"):
            counted_twice(formula=formula)


class TestTheBoard:
    def test_at_first_what_the_ledger_states_counts_and_the_rest_does_not(self):
        ticked = editable_findings().value["counts"]
        assert ticked.tolist() == [source != SUPPOSED for *_, source in FOUND]
        for *_, source in FOUND:
            assert source == SUPPOSED or set(source.split(", ")) <= set(ledger().index)

    def test_bits_and_probabilities_are_bayes_rule(self):
        result, *_ = the_evidence_board().at(prior_bits=-3, mixture=20, open_share=50)
        rows = board(replace(DEFAULTS, open_share=0.5), judgements())[result["counts"]]
        prior = prior_of(-3, 0.2)
        assert result["posterior"] == pytest.approx(posterior(prior, rows))
        insiders, outsiders, _ = result["posterior"]
        assert result["total"] == pytest.approx(np.log2(insiders / outsiders))

    def test_the_board_has_the_models_rows(self):
        rows = dict(zip(KEYS, board(DEFAULTS, judgements()), strict=True))
        assert rows["breadth"] == pytest.approx(likelihoods(Findings(8), DEFAULTS)[0])
        assert rows["orders"] == pytest.approx(
            orders_chance(10, 0, rows["breadth"], DEFAULTS.order_correlation, after=1)
        )

    def test_without_a_finding_the_prior_stays(self):
        findings = editable_findings()
        none = findings.value
        none["counts"] = False
        findings.value = none
        result, *_ = the_evidence_board(findings=findings).at(mixture=40)
        assert result["posterior"] == pytest.approx(prior_of(0, 0.4))
        assert not result["bits"].any()

    def test_what_is_ticked_and_typed_is_followed(self):
        findings, by_hand = editable_findings(), editable_judgements()
        chart = the_evidence_board(findings=findings, judgements=by_hand)
        before = chart.at()[0]["bits"]
        changed = by_hand.value
        changed.loc["Made to order: one person"] = [20, 80]
        by_hand.value = changed
        after = chart.at()[0]["bits"]
        assert after[KEYS.index("order") + 1] == pytest.approx(-2)
        ticked = findings.value
        ticked["counts"] = [key == "order" for key in KEYS]
        findings.value = ticked
        assert chart.at()[0]["total"] == pytest.approx(-2)
        assert np.delete(before, KEYS.index("order") + 1) == pytest.approx(
            np.delete(after, KEYS.index("order") + 1)
        )

    def test_the_learners_own_formulas_compute_it(self):
        chart = the_evidence_board(weigh=lambda one, other: one - other, update=lambda prior, rows: prior)
        result, _, (text, _) = chart.at()
        rows = result["rows"][result["counts"]]
        assert result["total"] == pytest.approx((rows[:, 0] - rows[:, 1]).sum())
        assert result["posterior"].tolist() == prior_of(0, 0.3).tolist()
        assert "Your two formulas disagree" in text

    def test_formulas_that_are_right_never_disagree(self):
        chart = the_evidence_board()
        for prior in (-10, 0, 10):
            assert "disagree" not in chart.at(prior_bits=prior, mixture=90)[2][0]

    def test_bits_turned_round_are_refused(self):
        with pytest.raises(FormulaProblem, match="turned round"):
            the_evidence_board(weigh=lambda one, other: np.log2(other / one))

    def test_probabilities_that_do_not_sum_to_1_are_refused(self):
        with pytest.raises(FormulaProblem, match=r"sum to 0\.084, not to 1: divide them by their sum"):
            the_evidence_board(update=lambda prior, rows: prior * np.prod(rows, axis=0))

    def test_the_words_are_those_of_the_number_beside_them(self):
        assert [_word(share) for share in (0.8951, 0.0199, 0.015, 0.0149, 0.9796)] == [
            "very likely",
            "very unlikely",
            "very unlikely",
            "almost certainly not",
            "almost certain",
        ]

    def test_what_is_assumed_may_be_listed_again_after_it_was_computed_with(self):
        before = asdict(DEFAULTS)
        the_evidence_board()
        assert asdict(DEFAULTS) == before
        assert all(isinstance(value, float | int) for value in before.values())

    @pytest.mark.parametrize(
        "update", [lambda *_: None, lambda *_: [1, 2], lambda *_: [0.5, 0.5, 7], lambda *_: [np.nan] * 3]
    )
    def test_an_update_that_gives_no_probabilities_is_said(self, update):
        with pytest.raises(FormulaProblem, match="Your formula gave"):
            the_evidence_board(update=update)

    def test_prior_odds_double_with_every_bit(self):
        for bits in (-10, 0, 4):
            insiders, outsiders, mixture = prior_of(bits, 0.25)
            assert insiders / outsiders == pytest.approx(2.0**bits)
            assert mixture == 0.25

    def test_tables_and_board_are_told_together(self):
        shown = repr(findings_and_board(editable_findings(), editable_judgements()))
        assert shown.index("The findings") < shown.index("Set by hand") < shown.index("The evidence board")


class TestTornado:
    @pytest.mark.parametrize("prior", [-9, 0, 9])
    def test_a_flip_is_where_the_odds_are_even(self, prior):
        table = what_would_turn_it().at(prior_bits=prior)[0]["table"]
        for name, value in table["flip"].dropna().items():
            if name != "hands":
                assert bits_with(prior_bits=prior, **{str(name): value}) == pytest.approx(0, abs=1e-6)

    def test_the_guess_counts_the_assumptions_that_turn_it(self):
        chart = what_would_turn_it()
        table = chart.at()[0]["table"]
        crossing = (np.sign(table["at_low"]) != np.sign(table["at_high"])).sum()
        assert chart.payload["guess"]["truth"] == crossing

    def test_only_what_grows_old_feels_the_age_of_a_copy(self):
        chart = what_would_turn_it()
        assert chart.at()[0]["table"].loc["copy_age", "swing"] < 0.01
        assert chart.at(counted_in=ALL_SEVEN)[0]["table"].loc["copy_age", "swing"] > 0.5

    def test_how_far_orders_go_together_matters_most_once_they_count(self):
        chart = what_would_turn_it()
        assert chart.at()[0]["table"].loc["order_correlation", "swing"] == 0
        assert chart.at(counted_in=ALL_SEVEN)[0]["table"].index[0] == "order_correlation"

    def test_a_range_that_is_changed_is_followed(self):
        ranges = editable_ranges()
        chart = what_would_turn_it(ranges=ranges)
        changed = ranges.value
        changed.loc["A database is open, %"] = [49.0, 50.0, 51.0]
        ranges.value = changed
        result = chart.at()[0]
        row = result["table"].loc["open_share"]
        assert (row["low"], row["high"]) == pytest.approx((0.49, 0.51))
        assert result["now"] == pytest.approx(bits_with(open_share=0.5), abs=0.01)

    @pytest.mark.parametrize(
        ("row", "low", "assumed", "high", "said"),
        [
            ("People with access", 900, 500, 100, "900 is above the high end, 100"),
            ("People with access", 0, 50, 100, "allowed is 1 to 30,000"),
            ("Office of one mind, %", 0, 1, 150, "allowed is 0 to 100"),
            ("Office of one mind, %", 0, 30, 20, "allowed is 0 to 20, the ends beside it"),
        ],
    )
    def test_a_range_that_is_none_is_refused(self, row, low, assumed, high, said):
        ranges = editable_ranges()
        changed = ranges.value
        changed.loc[row] = [low, assumed, high]
        with pytest.raises(ValueError, match=said):
            ranges.value = changed

    def test_table_and_chart_are_told_together(self):
        shown = repr(ranges_and_tornado(editable_ranges(), editable_judgements()))
        assert "How wrong could it be?" in shown
        assert "What would turn it" in shown


class TestKnownCases:
    def test_every_case_rests_on_the_ledger(self):
        facts, table = ledger(), cases()
        for case in CODED:
            assert case.source in facts.index
            assert case.id in table.index or facts.loc[case.source, "claim"].startswith("Hackers")

    def test_whoever_it_was_is_what_the_table_says(self):
        table = cases()
        for case in CODED:
            if case.id in table.index:
                assert str(table.loc[case.id, "who_leaked"]).startswith(
                    "insider" if case.insiders else "hacker"
                )

    def test_no_case_whose_answer_is_contested_counts(self):
        contested = cases()["contested"]
        for case in CODED:
            if case.insiders and case.id in contested.index:
                assert not contested[case.id]

    def test_a_cases_bits_are_those_of_the_findings(self):
        for case in CODED:
            found = case_likelihoods(case)
            assert found["bits"].to_numpy() == pytest.approx(np.log2(found["insiders"] / found["outsiders"]))
            assert len(found) == 1 + case.live + (case.to_order is not None)

    def test_one_database_tells_nothing_where_the_first_does_not_count(self):
        case = next(one for one in CODED if one.id == "CN-2012-HENAN")
        assert case_likelihoods(case, first=False)["bits"].tolist() == pytest.approx([0])

    def test_the_story_has_the_boards_rows(self):
        rows = dict(zip(KEYS, board(DEFAULTS, judgements()), strict=True))
        found = case_likelihoods(THE_STORY)[["insiders", "outsiders"]].to_numpy()
        assert found == pytest.approx(np.array([rows[key][:2] for key in ("breadth", "live", "order")]))

    def test_a_prior_beyond_all_evidence_decides_everything(self, known_chart):
        result, *_ = known_chart.at(prior_bits=6)
        assert result["right"].tolist() == result["truth"].tolist()
        result, *_ = known_chart.at(prior_bits=-6, first=FIRST_TELLS_NOTHING)
        assert result["right"].tolist() == (~result["truth"]).tolist()

    def test_a_case_at_even_is_on_no_side(self, known_chart):
        result, _, (text, _) = known_chart.at(to_order=40, first=FIRST_TELLS_NOTHING)
        assert not (result["right"] & result["even"]).any()
        assert result["even"].sum() == 16
        assert "2 of 18 on the right side of even and 16 exactly at even" in text

    def test_the_brier_score_is_the_mean_squared_distance(self, known_chart):
        result, *_ = known_chart.at()
        chances = result["chances"][1:]
        by_hand = [(1 - one) ** 2 if insiders else one**2 for one, insiders in zip(chances, result["truth"], strict=True)]  # fmt: skip
        assert result["brier"] == pytest.approx(np.mean(by_hand))
