"""Insider or hacker: bits add, doors and copies follow their closed forms, orders follow the urn, and a flip is where the odds are even."""

from dataclasses import fields, replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import comb
from scipy.stats import betabinom

from dossier.leak.attribution import (
    HYPOTHESES,
    WORDS,
    Assumptions,
    Findings,
    availability,
    bits_for_insiders,
    in_words,
    judged,
    likelihoods,
    next_filled,
    open_spells,
    orders_chance,
    posterior,
    still_current,
    tornado,
    weight_of_evidence,
)
from dossier.leak.leak_law import chance_all, chance_of_leak

chances = st.floats(1e-6, 1)
inner = st.floats(0.01, 0.99)
correlations = st.floats(0, 1)
PLAIN = Assumptions(
    open_share=0.3,
    common_cause=0,
    copies=0,
    copy_age=1,
    hands=1000,
    willingness=0.001,
    shared_honesty=0,
    error=1e-12,
    order_correlation=0,
    mixing=0.5,
)
SOME = replace(PLAIN, common_cause=0.1, copies=0.3, shared_honesty=0.01, error=0.05, order_correlation=0.5)


def assumptions(**fixed):
    made = {
        "open_share": inner,
        "common_cause": correlations,
        "copies": correlations,
        "copy_age": st.floats(0, 10),
        "hands": st.integers(1, 10_000),
        "willingness": st.floats(0.001, 1),
        "shared_honesty": correlations,
        "error": st.floats(0.001, 0.5),
        "order_correlation": correlations,
        "mixing": correlations,
    }
    return st.builds(Assumptions, **{name: st.just(fixed[name]) if name in fixed else kind for name, kind in made.items()})  # fmt: skip


class TestBits:
    @given(chances, chances)
    def test_turning_the_question_round_turns_the_sign(self, one, other):
        assert weight_of_evidence(one, other) == -weight_of_evidence(other, one)

    @given(chances, chances, chances, chances)
    def test_the_bits_of_two_findings_add_up_to_those_of_both(self, a, b, c, d):
        both = weight_of_evidence(a * c, b * d)
        assert weight_of_evidence(a, b) + weight_of_evidence(c, d) == pytest.approx(both, abs=1e-9)

    @given(st.floats(0.001, 1000), st.lists(st.tuples(chances, chances), min_size=1, max_size=8))
    def test_prior_bits_and_the_findings_bits_make_the_posteriors(self, odds, found):
        one, other = posterior([odds, 1], found)
        assume(0 < other < 1)
        bits = np.log2(odds) + sum(weight_of_evidence(a, b) for a, b in found)
        assert np.log2(one / other) == pytest.approx(bits, abs=1e-6)

    def test_a_chance_of_nothing_is_refused(self):
        with pytest.raises(ValueError, match="alternative is 0: allowed is above 0 and 1"):
            weight_of_evidence(0.5, 0)


class TestPosterior:
    @given(
        st.lists(st.floats(0.01, 1), min_size=3, max_size=3),
        st.lists(st.lists(st.floats(0.01, 1), min_size=3, max_size=3), min_size=1, max_size=6),
    )
    def test_it_is_bayes_rule(self, prior, table):
        direct = np.array(prior) * np.prod(table, axis=0)
        assert posterior(prior, table) == pytest.approx(direct / direct.sum(), rel=1e-9)

    def test_without_a_finding_it_is_the_prior(self):
        assert posterior([3, 1], np.empty((0, 2))).tolist() == pytest.approx([0.75, 0.25])

    def test_what_nobody_thought_possible_stays_impossible(self):
        assert posterior([1, 0], [[1e-300, 1]]).tolist() == [1, 0]

    def test_a_thousand_findings_do_not_drown_in_rounding(self):
        assert posterior([1, 1], np.tile([[0.01, 0.01]], (1000, 1))).tolist() == [0.5, 0.5]

    @pytest.mark.parametrize(
        ("prior", "table", "said"),
        [
            ([0, 0], [[1, 1]], r"prior is \[0.0, 0.0\]"),
            ([-1, 1], [[1, 1]], "prior is -1"),
            ([1, 1], [1, 1], r"likelihoods has shape \(2,\)"),
            ([1, 1], [[1, 1, 1]], r"likelihoods has shape \(1, 3\)"),
            ([1, 1], [[1.2, 1]], "likelihoods is 1.2: allowed is 0 to 1"),
            ([1, 0], [[0, 1]], "likelihoods leave no hypothesis possible"),
            ([1, float("nan")], [[1, 1]], "prior is nan"),
        ],
    )
    def test_refusals(self, prior, table, said):
        with pytest.raises(ValueError, match=said):
            posterior(prior, table)


class TestWords:
    @given(st.floats(0, 1), st.floats(0, 1))
    def test_more_probable_is_never_said_with_a_weaker_word(self, one, other):
        order = [word for _, word in WORDS]
        low, high = sorted([one, other])
        assert order.index(in_words(high)) <= order.index(in_words(low))

    def test_every_word_begins_at_its_lower_end(self):
        assert [in_words(low) for low, _ in WORDS] == [word for _, word in WORDS]
        assert in_words(1) == "almost certain"

    @pytest.mark.parametrize("wrong", [1.01, -0.1, float("nan")])
    def test_refusals(self, wrong):
        with pytest.raises(ValueError, match="probability is"):
            in_words(wrong)


class TestDoors:
    def test_eight_databases_open_for_three_tenths_of_the_time(self):
        assert chance_all(8, availability(3, 7)) == pytest.approx(6.5610e-05, rel=1e-5)
        assert chance_all(12, availability(1, 1)) == pytest.approx(0.00024414, rel=1e-5)

    def test_what_is_never_repaired_stays_open_and_what_is_never_opened_stays_closed(self):
        assert availability(2, 0) == 1
        assert availability(0, 2) == 0

    @given(st.floats(0.01, 100), st.floats(0.01, 100), st.floats(0.01, 100))
    def test_only_the_ratio_of_the_rates_counts(self, opened, closed, unit):
        assert availability(opened * unit, closed * unit) == pytest.approx(availability(opened, closed))

    def test_two_rates_of_nothing_are_refused(self):
        with pytest.raises(ValueError, match="both 0"):
            availability(0, 0)

    @pytest.mark.parametrize("share", [0.1, 0.3, 0.9])
    def test_a_door_watched_for_long_is_open_for_its_share(self, share):
        span = 20_000.0
        spells = open_spells(share, 1.0, span, np.random.default_rng(11))
        # The share's standard error: sqrt(2 * a * (1 - a) * (mean time of a cycle's correlation) / span), below 0.01 here.
        assert np.diff(spells, axis=1).sum() / span == pytest.approx(share, abs=0.03)

    def test_the_chance_that_a_door_is_open_is_the_same_at_every_moment(self):
        generator = np.random.default_rng(12)
        doors = [open_spells(0.3, 30.0, 100.0, generator) for _ in range(4000)]
        for moment in (0.0, 50.0, 99.9):
            found = np.mean([bool(((s[:, 0] <= moment) & (moment < s[:, 1])).any()) for s in doors])
            assert found == pytest.approx(0.3, abs=0.03)

    @settings(max_examples=50)
    @given(st.floats(0.02, 0.98), st.floats(0.1, 50), st.integers(0, 10_000))
    def test_spells_are_in_order_and_within_what_was_watched(self, share, repair, seed):
        spells = open_spells(share, repair, 20.0, np.random.default_rng(seed))
        edges = spells.ravel()
        assert ((edges >= 0) & (edges <= 20)).all()
        assert (np.diff(edges) >= 0).all()

    @pytest.mark.parametrize(("share", "repair"), [(0, 1), (1, 1), (0.5, 0), (0.5, -1), (float("nan"), 1)])
    def test_refusals(self, share, repair):
        with pytest.raises(ValueError, match=r"(open_share|repair_time) is"):
            open_spells(share, repair, 1.0, np.random.default_rng(0))


class TestStillCurrent:
    @given(st.floats(0.001, 50), st.floats(0.01, 5))
    def test_it_is_the_mean_over_the_ages(self, rate, age):
        exponential, _ = quad(lambda t: np.exp(-rate * t * age - t), 0, np.inf)
        uniform, _ = quad(lambda t: np.exp(-rate * t * 2 * age), 0, 1, points=[1 / (1 + rate * age)])
        assert still_current(rate, age) == pytest.approx(exponential, rel=1e-6)
        assert still_current(rate, age, "uniform") == pytest.approx(uniform, rel=1e-6)

    @pytest.mark.parametrize("ages", ["exponential", "uniform"])
    def test_what_never_changes_and_what_was_copied_just_now_are_current(self, ages):
        assert still_current(0, 5, ages) == 1
        assert still_current(100, 0, ages) == 1
        assert still_current([0.0, 1e6], 1, ages) == pytest.approx([1, 0], abs=1e-5)

    @given(st.floats(0.01, 50), st.floats(0.01, 5))
    def test_older_is_never_more_current(self, rate, age):
        for ages in ("exponential", "uniform"):
            assert still_current(rate, age * 1.5, ages) < still_current(rate, age, ages)

    def test_refusals(self):
        with pytest.raises(ValueError, match="ages is 'normal'"):
            still_current(1, 1, "normal")
        with pytest.raises(ValueError, match="mean_age is -1"):
            still_current(1, -1)


class TestOrders:
    @given(st.integers(0, 12), st.integers(0, 12), inner, st.floats(0.001, 0.95))
    def test_the_urn_is_the_beta_binomial(self, filled, missed, each, rho):
        a, b = each * (1 - rho) / rho, (1 - each) * (1 - rho) / rho
        n = filled + missed
        expected = betabinom.pmf(filled, n, a, b) / comb(n, filled)
        assert orders_chance(filled, missed, each, rho) == pytest.approx(expected, rel=1e-6)

    @given(st.integers(0, 20), st.integers(0, 20), inner)
    def test_orders_that_have_nothing_to_do_with_each_other_multiply(self, filled, missed, each):
        expected = each**filled * (1 - each) ** missed
        assert orders_chance(filled, missed, each, 0) == pytest.approx(expected)

    @given(st.integers(1, 20), inner)
    def test_orders_that_go_fully_together_are_one_order(self, filled, each):
        assert orders_chance(filled, 0, each, 1) == pytest.approx(each)
        assert orders_chance(filled, 1, each, 1) == 0
        assert orders_chance(filled, 0, each, 1, after=1) == 1

    @given(st.integers(0, 10), inner, correlations)
    def test_all_filled_is_the_leak_laws_other_end(self, filled, each, rho):
        assert orders_chance(filled, 0, each, rho) == pytest.approx(chance_all(filled, each, rho), rel=1e-7)

    @given(st.integers(0, 8), st.integers(0, 8), st.integers(0, 5), inner, st.floats(0, 0.99))
    def test_what_is_known_beforehand_is_not_counted_again(self, filled, missed, known, each, rho):
        whole = orders_chance(known + filled, missed, each, rho)
        parts = orders_chance(known, 0, each, rho) * orders_chance(filled, missed, each, rho, after=known)
        assert whole == pytest.approx(parts, rel=1e-9)

    @given(st.integers(0, 50), st.integers(0, 50), inner, st.floats(0, 1))
    def test_one_more_filled_never_lowers_the_next_chance(self, filled, missed, each, rho):
        assert next_filled(each, rho, filled + 1, missed) >= next_filled(each, rho, filled, missed) - 1e-12

    @given(st.integers(1, 30), inner, inner, st.floats(0.01, 0.99))
    def test_a_sum_that_counts_one_fact_again_and_again_says_too_much(self, orders, one, other, rho):
        assume(abs(one - other) > 0.01)
        joint = np.log2(orders_chance(orders, 0, one, rho) / orders_chance(orders, 0, other, rho))
        naive = orders * np.log2(one / other)
        assert abs(joint) <= abs(naive) + 1e-9

    @pytest.mark.parametrize(
        "arguments", [(-1, 0, 0.5, 0), (1, -1, 0.5, 0), (1, 0, 1.5, 0), (1, 0, 0.5, float("nan"))]
    )
    def test_values_out_of_range_are_refused(self, arguments):
        with pytest.raises(ValueError, match="allowed is"):
            orders_chance(*arguments)

    def test_half_an_order_is_refused(self):
        with pytest.raises(TypeError, match=r"filled is 1\.5: give a whole number"):
            orders_chance(1.5, 0, 0.5, 0)


class TestLikelihoods:
    def test_the_plain_case_is_the_two_laws(self):
        rows = likelihoods(Findings(8), PLAIN)
        assert rows[0, 0] == pytest.approx(chance_of_leak(1000, 0.001) ** 8, rel=1e-6)
        assert rows[0, 1] == pytest.approx(6.5610e-05, rel=1e-5)
        assert rows[1:].tolist() == [[1, 1, 1], [1, 1, 1]]

    @given(assumptions())
    def test_nothing_found_is_no_evidence(self, assumed):
        assert likelihoods(Findings(), assumed) == pytest.approx(np.ones((3, 3)))

    @given(assumptions(), st.integers(0, 12), st.lists(st.floats(0, 1e4), max_size=5), st.integers(0, 30))
    def test_they_are_chances(self, assumed, databases, current, filled):
        rows = likelihoods(Findings(databases, tuple(current), filled, 1), assumed)
        assert ((rows >= 0) & (rows <= 1 + 1e-9)).all()

    @given(assumptions(common_cause=0), st.integers(1, 12))
    def test_without_a_common_cause_a_mixture_lies_between(self, assumed, databases):
        (inside, outside, both), *_ = likelihoods(Findings(databases), assumed)
        assert min(inside, outside) * (1 - 1e-9) <= both <= max(inside, outside) * (1 + 1e-9)
        share, each = assumed.mixing, assumed.answers
        assert both == pytest.approx((share * each[0] + (1 - share) * each[1]) ** databases, rel=1e-6)

    @pytest.mark.parametrize(("share", "same_as"), [(1.0, 0), (0.0, 1)])
    @given(assumed=assumptions(), filled=st.integers(0, 10))
    def test_a_mixture_of_one_kind_is_that_kind(self, share, same_as, assumed, filled):
        rows = likelihoods(Findings(6, (0.5, 100), filled, 1), replace(assumed, mixing=share))
        assert rows[:, 2] == pytest.approx(rows[:, same_as], rel=1e-9, abs=1e-300)

    @given(assumptions(), st.integers(1, 12), st.floats(0, 1e4))
    def test_an_open_door_shows_what_is_current_as_an_insider_does(self, assumed, databases, rate):
        now = replace(assumed, copies=0)
        _, fresh, _ = likelihoods(Findings(databases, (rate,)), now)
        assert fresh == pytest.approx(np.full(3, 1 - now.error))

    @given(assumptions(copies=0.5, open_share=0.3), st.floats(0.1, 100))
    def test_the_faster_the_truth_changes_the_more_a_current_answer_says(self, assumed, rate):
        slow, fast = (likelihoods(Findings(1, (r,)), replace(assumed, copy_age=1))[1] for r in (rate, 2 * rate))  # fmt: skip
        assert fast[1] < slow[1]
        assert fast[0] == slow[0]

    @given(assumptions(), st.integers(1, 12))
    def test_doors_that_are_open_longer_speak_for_outsiders(self, assumed, databases):
        wider = replace(assumed, open_share=assumed.open_share + (1 - assumed.open_share) / 2)
        (_, before, _), *_ = likelihoods(Findings(databases), assumed)
        (_, after, _), *_ = likelihoods(Findings(databases), wider)
        assert after >= before * (1 - 1e-9)

    @pytest.mark.parametrize(
        ("name", "wrong"),
        [
            ("open_share", 0),
            ("open_share", 1),
            ("common_cause", 1.1),
            ("copy_age", -1),
            ("hands", 0),
            ("hands", 2.5),
            ("willingness", 0),
            ("error", 0),
            ("mixing", float("nan")),
        ],
    )
    def test_refusals_name_the_assumption(self, name, wrong):
        with pytest.raises(ValueError, match=f"{name} is"):
            replace(SOME, **{name: wrong})

    @pytest.mark.parametrize(("name", "wrong"), [("databases", -1), ("filled", -2), ("current", (-1.0,))])
    def test_refusals_name_the_finding(self, name, wrong):
        with pytest.raises(ValueError, match=f"{name} is"):
            Findings(**{name: wrong})


class TestJudged:
    TABLE = pd.DataFrame({"insiders": [0.5, 0.2], "outsiders": [0.1, 0.8]})

    @given(correlations)
    def test_a_mixture_lies_between_in_proportion(self, share):
        rows = judged(self.TABLE, share)
        assert rows[:, 2] == pytest.approx([0.1 + 0.4 * share, 0.8 - 0.6 * share])

    def test_refusals(self):
        with pytest.raises(ValueError, match="judgements has no column 'outsiders'"):
            judged(self.TABLE[["insiders"]], 0.5)
        with pytest.raises(ValueError, match="insiders of judgements is 0"):
            judged(self.TABLE.assign(insiders=0.0), 0.5)
        with pytest.raises(TypeError, match="judgements is a dict"):
            judged({}, 0.5)

    def test_an_empty_table_is_no_evidence(self):
        assert judged(self.TABLE.iloc[:0], 0.5).shape == (0, len(HYPOTHESES))


FOUND = Findings(8, (8766.0,))
RANGES = {"open_share": (0.05, 0.9), "shared_honesty": (0.0, 0.3), "willingness": (1e-4, 0.05)}
verdict = partial(bits_for_insiders, [1, 1, 1], FOUND)


class TestTornado:
    def test_at_the_flip_the_odds_are_even(self):
        table = tornado(verdict, SOME, RANGES)
        flips = table["flip"].dropna()
        assert len(flips) >= 1
        for name, value in flips.items():
            assert bits_for_insiders([1, 1, 1], FOUND, replace(SOME, **{name: value})) == pytest.approx(
                0, abs=1e-6
            )

    def test_the_share_at_which_two_plain_hypotheses_are_even(self):
        # 0.63230^8 against a^8: even where the door is open as often as somebody sells.
        (flip,) = tornado(
            partial(bits_for_insiders, [1, 1, 0], Findings(8)), PLAIN, {"open_share": (0.1, 0.9)}
        )["flip"]
        assert flip == pytest.approx(chance_of_leak(1000, 0.001), abs=1e-6)

    def test_the_largest_swing_stands_first_and_ends_are_what_the_model_says(self):
        table = tornado(verdict, SOME, RANGES)
        assert table["swing"].is_monotonic_decreasing
        for name, row in table.iterrows():
            for end in ("low", "high"):
                expected = bits_for_insiders([1, 1, 1], FOUND, replace(SOME, **{name: row[end]}))
                assert row[f"at_{end}"] == pytest.approx(expected)

    def test_no_flip_is_named_where_none_is(self):
        table = tornado(verdict, SOME, {"error": (0.01, 0.02), "hands": (1000, 1000)})
        assert table["flip"].isna().all()
        assert table.loc["hands", "swing"] == 0

    def test_hands_stay_whole(self):
        (flip,) = tornado(verdict, replace(SOME, willingness=0.01), {"hands": (1, 100_000)})["flip"]
        fewer, more = (
            bits_for_insiders([1, 1, 1], FOUND, replace(SOME, willingness=0.01, hands=round(flip) + step))
            for step in (-1, 1)
        )
        assert fewer < 0 < more

    def test_prior_bits_move_the_verdict_by_as_much(self):
        none = [bits_for_insiders([odds, 1, 0], FOUND, SOME) for odds in (1, 8)]
        assert none[1] - none[0] == pytest.approx(3)

    def test_unknown_names_are_refused(self):
        with pytest.raises(ValueError, match="ranges has 'luck': allowed are open_share, "):
            tornado(verdict, SOME, {"luck": (0, 1)})

    def test_every_assumption_can_be_moved(self):
        ranges = {one.name: (getattr(SOME, one.name), getattr(SOME, one.name)) for one in fields(Assumptions)}
        assert len(tornado(verdict, SOME, ranges)) == len(fields(Assumptions))
