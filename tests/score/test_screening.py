"""Lesson 03's sums: what a flag means when few are guilty, and where the line belongs."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import minimize_scalar
from scipy.stats import norm

from dossier.score.screening import (
    accuracy,
    area_under_roc,
    best_line,
    binormal_rates,
    cost_of_line,
    natural_frequencies,
    positive_predictive_value,
)

shares = st.floats(0, 1)
inner = st.floats(0.01, 0.99)
separations = st.floats(0, 6)
lines = st.floats(-6, 6)


class TestPositivePredictiveValue:
    @pytest.mark.parametrize(("prevalence", "known"), [(0.01, 0.5), (0.001, 0.0901639)])
    def test_a_99_percent_score_where_few_are_guilty(self, prevalence, known):
        assert positive_predictive_value(prevalence, 0.99, 0.99) == pytest.approx(known, rel=1e-6)

    @given(inner, inner)
    def test_where_nobody_is_guilty_every_flag_is_wrong_and_where_all_are_every_flag_is_right(self, se, sp):
        assert positive_predictive_value([0, 1], se, sp) == pytest.approx([0, 1])

    @given(inner, inner)
    def test_a_flag_that_spares_every_innocent_is_always_right(self, pi, se):
        assert positive_predictive_value(pi, se, 1) == 1

    @given(inner, inner)
    def test_a_flag_that_misses_all_the_guilty_is_never_right(self, pi, sp):
        assert positive_predictive_value(pi, 0, sp) == 0

    @given(inner, shares)
    def test_a_flag_that_says_nothing_leaves_the_prevalence(self, pi, share):
        assume(share > 1e-6)
        assert positive_predictive_value(pi, share, 1 - share) == pytest.approx(pi)

    def test_of_nobody_there_is_no_share(self):
        nobody = positive_predictive_value([0.3, 0, 1], [0, 0.5, 0], [1, 1, 0.5])
        assert np.isnan(nobody).all()

    @given(inner, inner, inner, inner)
    def test_it_rises_with_prevalence_and_with_specificity_and_with_sensitivity(self, pi, se, sp, more):
        here = positive_predictive_value(pi, se, sp)
        assert positive_predictive_value(pi + (1 - pi) * more, se, sp) > here
        assert positive_predictive_value(pi, se, sp + (1 - sp) * more) > here
        assert positive_predictive_value(pi, se + (1 - se) * more, sp) > here

    @given(inner, inner, inner)
    def test_odds_are_multiplied_by_the_likelihood_ratio(self, pi, se, sp):
        after = positive_predictive_value(pi, se, sp)
        assert after / (1 - after) == pytest.approx(pi / (1 - pi) * se / (1 - sp))

    def test_arrays_broadcast_and_single_numbers_stay_single(self):
        grid = positive_predictive_value(np.array([[0.1], [0.2]]), 0.9, [0.8, 0.9, 1])
        assert grid.shape == (2, 3)
        assert isinstance(positive_predictive_value(0.1, 0.9, 0.9), float)

    @pytest.mark.parametrize("function", [positive_predictive_value, accuracy])
    @pytest.mark.parametrize("argument", ["prevalence", "sensitivity", "specificity"])
    @pytest.mark.parametrize("wrong", [-0.01, 1.01, 99, np.nan, np.inf, [0.5, np.nan]])
    def test_what_is_no_share_is_refused_by_name_value_and_range(self, function, argument, wrong):
        given = {"prevalence": 0.1, "sensitivity": 0.9, "specificity": 0.9} | {argument: wrong}
        shown = f"{np.ravel(wrong)[-1]:g}"
        with pytest.raises(ValueError, match=f"{argument} is {shown}: allowed is 0 to 1"):
            function(**given)

    @pytest.mark.parametrize("wrong", ["few", None, {}])
    def test_what_is_no_number_is_a_type_error(self, wrong):
        with pytest.raises((TypeError, ValueError), match="prevalence is"):
            positive_predictive_value(wrong, 0.9, 0.9)


class TestAccuracy:
    @given(shares)
    def test_a_flag_that_nobody_gets_is_right_about_all_the_innocent(self, pi):
        assert accuracy(pi, 0, 1) == pytest.approx(1 - pi)

    @given(shares, shares)
    def test_equal_rates_are_the_accuracy_whatever_the_prevalence(self, pi, rate):
        assert accuracy(pi, rate, rate) == pytest.approx(rate)


class TestNaturalFrequencies:
    @given(st.integers(1, 10_000), shares, shares, shares)
    def test_everybody_is_counted_once(self, people, pi, se, sp):
        counts = natural_frequencies(people, pi, se, sp)
        assert sum(counts.values()) == people
        assert min(counts.values()) >= 0

    @given(shares, shares, shares)
    def test_among_very_many_the_counts_are_the_formula(self, pi, se, sp):
        counts = natural_frequencies(10**12, pi, se, sp)
        flagged = counts["guilty_flagged"] + counts["innocent_flagged"]
        assume(flagged > 10**6)
        expected = positive_predictive_value(pi, se, sp)
        assert counts["guilty_flagged"] / flagged == pytest.approx(expected, abs=1e-5)

    def test_the_lessons_thousand(self):
        assert natural_frequencies(1000, 0.001, 0.99, 0.99) == {
            "guilty_flagged": 1,
            "guilty_missed": 0,
            "innocent_flagged": 10,
            "innocent_cleared": 989,
        }

    def test_halves_go_up_and_products_are_not_cut_by_rounding_noise(self):
        assert natural_frequencies(100, 0.29, 0, 1)["guilty_missed"] == 29
        assert natural_frequencies(1000, 0.0005, 1, 1)["guilty_flagged"] == 1

    @pytest.mark.parametrize("wrong", [0, -5])
    def test_nobody_cannot_be_screened(self, wrong):
        with pytest.raises(ValueError, match=f"people is {wrong}: allowed"):
            natural_frequencies(wrong, 0.1, 0.9, 0.9)

    @pytest.mark.parametrize("wrong", [10.0, "10", True, None])
    def test_people_are_whole(self, wrong):
        with pytest.raises(TypeError, match="people is"):
            natural_frequencies(wrong, 0.1, 0.9, 0.9)


class TestTheLine:
    @given(separations, lines)
    def test_the_two_bells_are_mirror_images(self, separation, line):
        sensitivity, specificity = binormal_rates(separation, line)
        mirrored = binormal_rates(separation, separation - line)
        assert (specificity, sensitivity) == pytest.approx(mirrored)

    @given(st.floats(0, 3))
    def test_moving_the_line_up_lowers_sensitivity_and_raises_specificity(self, separation):
        sensitivity, specificity = binormal_rates(separation, np.linspace(-3, 5, 81))
        assert (np.diff(sensitivity) < 0).all()
        assert (np.diff(specificity) > 0).all()

    def test_no_line_at_all_flags_everybody_or_nobody(self):
        sensitivity, specificity = binormal_rates(2, [-np.inf, np.inf])
        assert sensitivity.tolist() == [1, 0]
        assert specificity.tolist() == [0, 1]

    @given(lines)
    def test_without_separation_the_roc_is_the_diagonal(self, line):
        sensitivity, specificity = binormal_rates(0, line)
        assert sensitivity == pytest.approx(1 - specificity)

    @pytest.mark.parametrize("separation", [0, 0.5, 1, 2, 3.5])
    def test_the_area_is_the_integral_of_the_roc(self, separation):
        area, _ = quad(
            lambda false_alarms: binormal_rates(separation, norm.isf(false_alarms))[0], 0, 1, limit=200
        )
        assert area_under_roc(separation) == pytest.approx(area, abs=1e-6)

    def test_the_area_is_the_chance_of_ranking_a_pair_rightly(self):
        generator = np.random.default_rng(3)
        innocent, guilty = generator.normal(0, 1, 200_000), generator.normal(1.5, 1, 200_000)
        assert area_under_roc(1.5) == pytest.approx((guilty > innocent).mean(), abs=0.004)

    @pytest.mark.parametrize("wrong", [-1, np.nan, np.inf])
    @pytest.mark.parametrize("function", [area_under_roc, lambda value: binormal_rates(value, 0)])
    def test_an_impossible_separation_is_refused(self, function, wrong):
        with pytest.raises(ValueError, match=f"separation is {wrong:g}: allowed is a finite number"):
            function(wrong)

    def test_a_line_has_to_be_a_number(self):
        with pytest.raises(ValueError, match="line is nan"):
            binormal_rates(1, np.nan)


class TestTheBestLine:
    @given(st.floats(0.3, 5), inner, st.floats(0.1, 100), st.floats(0.1, 100))
    def test_it_is_where_the_cost_is_least(self, separation, pi, miss, false_alarm):
        best = best_line(separation, pi, miss, false_alarm)
        found = minimize_scalar(
            lambda line: cost_of_line(separation, line, pi, miss, false_alarm),
            bounds=(best - 3, best + 3),
            method="bounded",
        )
        least = cost_of_line(separation, best, pi, miss, false_alarm)
        assert least <= found.fun + 1e-12

    @given(st.floats(0.3, 5), inner, st.floats(0.1, 100), st.floats(0.1, 100))
    def test_there_the_roc_has_the_slope_of_the_costs(self, separation, pi, miss, false_alarm):
        best = best_line(separation, pi, miss, false_alarm)
        log_slope = norm.logpdf(best, separation) - norm.logpdf(best)
        assert log_slope == pytest.approx(np.log((1 - pi) * false_alarm / (pi * miss)), abs=1e-9)

    @given(st.floats(0.1, 6))
    def test_with_equal_stakes_it_is_in_the_middle(self, separation):
        assert best_line(separation, 0.5, 1, 1) == pytest.approx(separation / 2)

    @given(st.floats(0.3, 5), inner, st.floats(1.1, 100))
    def test_a_dearer_false_alarm_moves_it_up_and_so_does_a_rarer_guilt(self, separation, pi, dearer):
        assert best_line(separation, pi, 1, dearer) > best_line(separation, pi, 1, 1)
        assert best_line(separation, pi / dearer, 1, 1) > best_line(separation, pi, 1, 1)

    @given(separations, shares, st.floats(0, 100), st.floats(0, 100))
    def test_flagging_nobody_costs_the_misses_and_flagging_all_the_false_alarms(
        self, separation, pi, miss, false_alarm
    ):
        nobody, everybody = cost_of_line(separation, [np.inf, -np.inf], pi, miss, false_alarm)
        assert nobody == pytest.approx(pi * miss)
        assert everybody == pytest.approx((1 - pi) * false_alarm)

    @given(inner, st.floats(0.1, 100), st.floats(0.1, 100))
    def test_where_suspicion_says_nothing_the_cheaper_mistake_is_made_about_everybody(
        self, pi, miss, false_alarm
    ):
        best = best_line(0, pi, miss, false_alarm)
        assert cost_of_line(0, best, pi, miss, false_alarm) == pytest.approx(
            min(pi * miss, (1 - pi) * false_alarm)
        )
        assert best in (np.inf, -np.inf, 0)

    def test_where_nothing_tells_them_apart_and_the_stakes_are_equal_any_line_will_do(self):
        assert best_line([0, 0, 0], 0.5, 1, [1, 2, 0.5]).tolist() == [0, np.inf, -np.inf]

    @pytest.mark.parametrize(
        ("argument", "wrong", "allowed"),
        [
            ("separation", -1, "0 or more"),
            ("prevalence", 0, "above 0 and less than 1"),
            ("prevalence", 1, "above 0 and less than 1"),
            ("prevalence", 1.5, "above 0 and less than 1"),
            ("cost_of_miss", 0, "above 0"),
            ("cost_of_miss", np.nan, "above 0"),
            ("cost_of_false_alarm", -2, "above 0"),
            ("cost_of_false_alarm", np.inf, "above 0"),
        ],
    )
    def test_what_has_no_best_line_is_refused(self, argument, wrong, allowed):
        given = {"separation": 2, "prevalence": 0.1, "cost_of_miss": 1, "cost_of_false_alarm": 1}
        with pytest.raises(ValueError, match=f"{argument} is {wrong:g}: allowed is .*{allowed}"):
            best_line(**(given | {argument: wrong}))
