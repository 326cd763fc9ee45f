"""Certainty against severity for those who dislike risk, and those who like it."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import brentq

from dossier.leak.risk_aversion import break_even_detection, utility, worth_of_selling

aversions = st.floats(-3, 6)
wealths = st.floats(1, 1e6)
inner = st.floats(0.01, 0.99)


class TestUtility:
    def test_closed_forms(self):
        c = np.array([0.5, 1, 2, 10])
        assert utility(c, 1) == pytest.approx(np.log(c))
        assert utility(c, 2) == pytest.approx(1 - 1 / c)
        assert utility(c, 0) == pytest.approx(c - 1)
        assert utility(c, 0.5) == pytest.approx(2 * (np.sqrt(c) - 1))

    @given(st.floats(0.01, 100))
    def test_it_passes_smoothly_through_the_logarithm(self, c):
        for gamma in (1 - 1e-9, 1 + 1e-9):
            assert utility(c, gamma) == pytest.approx(np.log(c), rel=1e-6, abs=1e-9)

    @given(st.floats(0.01, 100), st.floats(1.001, 3), aversions)
    def test_more_is_better(self, c, times, gamma):
        assert utility(c * times, gamma) > utility(c, gamma)

    def test_what_it_refuses(self):
        with pytest.raises(ValueError, match="wealth is 0: allowed is a finite number, above 0"):
            utility(0, 1)
        with pytest.raises(ValueError, match="risk_aversion is inf"):
            utility(1, np.inf)


class TestWorthOfSelling:
    @given(wealths, inner, inner, st.floats(0, 0.999))
    def test_who_counts_money_only_gets_the_expected_gain(self, wealth, g, p, part):
        gain = g * wealth
        loss = part * (wealth + gain)
        assert worth_of_selling(wealth, gain, p, loss, 0) == pytest.approx(
            gain - p * loss, abs=1e-9 * (1 + wealth)
        )

    @given(wealths, inner, inner, st.floats(0, 0.99))
    def test_with_logarithmic_utility_it_is_a_geometric_mean(self, wealth, g, p, part):
        gain = g * wealth
        loss = part * (wealth + gain)
        expected = (wealth + gain) ** (1 - p) * (wealth + gain - loss) ** p - wealth
        assert worth_of_selling(wealth, gain, p, loss, 1) == pytest.approx(expected, abs=1e-9 * (1 + wealth))

    @given(wealths, inner, inner, st.floats(0, 0.99))
    def test_with_aversion_2_it_is_a_harmonic_mean(self, wealth, g, p, part):
        gain = g * wealth
        paid = wealth + gain
        expected = 1 / ((1 - p) / paid + p / (paid * (1 - part))) - wealth
        assert worth_of_selling(wealth, gain, p, part * paid, 2) == pytest.approx(
            expected, abs=1e-9 * (1 + wealth)
        )

    @given(aversions, inner, inner)
    def test_a_sure_thing_is_worth_what_it_is(self, gamma, g, part):
        assert worth_of_selling(100, 100 * g, 0, 50, gamma) == pytest.approx(100 * g)
        assert worth_of_selling(100, 100 * g, 1, 100 * part, gamma) == pytest.approx(
            100 * g - 100 * part, abs=1e-9
        )

    @given(inner, st.floats(0.05, 0.95), st.floats(0.05, 0.95), aversions)
    def test_at_one_expected_loss_severity_deters_whoever_dislikes_risk_and_certainty_whoever_likes_it(
        self, p, part, rarer, gamma
    ):
        # The same p * S: once likely and small, once rarer and harsher, a mean-preserving spread.
        wealth, gain = 1000.0, 50.0
        loss = part * rarer * (wealth + gain)
        mild = worth_of_selling(wealth, gain, p, loss, gamma)
        harsh = worth_of_selling(wealth, gain, p * rarer, loss / rarer, gamma)
        slack = 1e-9 * wealth
        if gamma > 0:
            assert harsh <= mild + slack
        elif gamma < 0:
            assert harsh >= mild - slack
        if abs(gamma) > 0.1 and part * (1 - rarer) * p > 0.001:
            assert harsh != pytest.approx(mild, abs=1e-9)

    @given(inner, inner, inner, aversions, st.floats(0.01, 2))
    def test_more_aversion_makes_the_gamble_worth_less(self, g, p, part, gamma, more):
        arguments = (100, 100 * g, p, part * 100)
        assert worth_of_selling(*arguments, gamma + more) <= worth_of_selling(*arguments, gamma) + 1e-9

    def test_nobody_loses_more_than_they_have(self):
        with pytest.raises(ValueError, match=r"loss is 110: allowed is less than wealth \+ gain, 110"):
            worth_of_selling(100, 10, 0.5, 110, 1)


class TestBreakEvenDetection:
    @given(wealths, st.floats(0.001, 2), aversions, st.floats(0.01, 0.98))
    def test_it_is_the_root_of_what_selling_is_worth(self, wealth, g, gamma, part):
        gain = g * wealth
        loss = gain + part * wealth
        closed = break_even_detection(wealth, gain, loss, gamma)
        root = brentq(lambda p: worth_of_selling(wealth, gain, p, loss, gamma), 0, 1, xtol=1e-14)
        assert closed == pytest.approx(root, rel=1e-6, abs=1e-10)

    @given(wealths, inner, inner)
    def test_without_risk_aversion_it_is_the_price_over_the_stake(self, wealth, g, part):
        gain = g * wealth
        loss = gain + part * wealth * 0.99
        assert break_even_detection(wealth, gain, loss, 0) == pytest.approx(gain / loss)

    @given(inner, st.floats(0.05, 0.9))
    def test_a_logarithm_turns_it_into_the_loss_at_which_a_chance_breaks_even(self, g, p):
        # ln: (1 - p) ln(W + w) + p ln(W + w - S) = ln W, so S = (W + w) (1 - (W / (W + w))^(1 / p)).
        wealth, gain = 100.0, 100 * g
        loss = (wealth + gain) * (1 - (wealth / (wealth + gain)) ** (1 / p))
        assume(loss < wealth + gain)
        assert break_even_detection(wealth, gain, loss, 1) == pytest.approx(p, rel=1e-6)

    @given(st.floats(0.05, 0.9), aversions, st.floats(0.05, 2))
    def test_the_more_averse_need_fewer_audits(self, part, gamma, more):
        arguments = (100, 5, 5 + part * 100)
        assert break_even_detection(*arguments, gamma + more) <= break_even_detection(*arguments, gamma) * (
            1 + 1e-12
        )

    def test_a_loss_below_the_gain_never_deters(self):
        assert break_even_detection(100, [10, 10, 0], [9, 10, 0], 2).tolist() == pytest.approx([np.inf, 1, 0])

    def test_what_it_refuses(self):
        with pytest.raises(ValueError, match="gain is -1"):
            break_even_detection(100, -1, 10, 1)
