"""The leak law: 1 - (1 - q)^k, correlated or not, at every size; and being caught over many sales."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import betabinom, binom

from dossier.leak.leak_law import caught_within, chance_all, chance_of_leak, hands_until

shares = st.floats(0, 1)
inner = st.floats(1e-9, 0.99)
correlations = st.floats(1e-6, 0.99)
counts = st.integers(0, 3000)


def one_by_one(hands, q, rho):
    """The product over the hands, one after the other."""
    n = (1 - rho) / rho
    logs = np.log1p(-(q * n) / (n + np.arange(hands, dtype=np.float64)))
    return -math.expm1(math.fsum(logs.tolist()))


class TestChanceOfLeak:
    @pytest.mark.parametrize(("rho", "known"), [(0, 0.63230), (0.01, 0.21243), (0.1, 0.042074)])
    def test_a_thousand_hands_of_whom_one_in_a_thousand_sells(self, rho, known):
        assert chance_of_leak(1000, 0.001, rho) == pytest.approx(known, rel=2e-5)

    @given(st.integers(0, 300), inner, st.floats(1e-3, 0.99))
    def test_it_is_one_less_the_beta_binomials_chance_of_nobody(self, k, q, rho):
        n = (1 - rho) / rho
        expected = 1 - betabinom.pmf(0, k, q * n, (1 - q) * n)
        assert chance_of_leak(k, q, rho) == pytest.approx(expected, abs=1e-9)

    @given(counts, inner)
    def test_independent_hands_are_binomial(self, k, q):
        assert chance_of_leak(k, q) == pytest.approx(1 - binom.pmf(0, k, q), abs=1e-9)

    @given(counts, inner, correlations)
    def test_it_is_the_product_over_the_hands(self, k, q, rho):
        assert chance_of_leak(k, q, rho) == pytest.approx(one_by_one(k, q, rho), rel=1e-9, abs=1e-300)

    @pytest.mark.parametrize("q", [1e-9, 1e-6, 0.01])
    @pytest.mark.parametrize("rho", [1e-14, 1e-9, 1e-6, 1e-3, 0.1, 0.9])
    def test_a_million_hands_lose_no_digits(self, q, rho):
        assert chance_of_leak(1_000_000, q, rho) == pytest.approx(one_by_one(1_000_000, q, rho), rel=1e-9)

    def test_ten_million_hands_and_one_in_a_billion(self):
        # 1 - exp(k * ln(1 - q)), by the series of the logarithm: k * ln(1 - q) = -0.01 - 5e-12.
        assert chance_of_leak(10_000_000, 1e-9) == pytest.approx(-math.expm1(-0.01 - 5e-12), rel=1e-14)

    @given(st.integers(0, 10_000_000), shares)
    def test_a_correlation_that_goes_to_none_joins_the_independent_value(self, k, q):
        independent = chance_of_leak(k, q)
        for rho in (1e-300, 5e-324, 1e-25):
            assert chance_of_leak(k, q, rho) == pytest.approx(independent, rel=1e-9, abs=1e-30)

    @given(st.integers(1, 10_000_000), shares)
    def test_hands_of_one_mind_are_one_hand(self, k, q):
        assert chance_of_leak(k, q, 1) == pytest.approx(q)
        assert chance_of_leak(k, q, 1 - 1e-15) == pytest.approx(q, abs=1e-12)

    @given(shares, shares)
    def test_no_hands_no_leak_and_one_hand_sells_as_it_likes(self, q, rho):
        assert chance_of_leak([0, 1], q, rho) == pytest.approx([0, q])

    @given(st.integers(1, 10_000_000), shares)
    def test_the_ends_of_willingness(self, k, rho):
        assert chance_of_leak(k, [0, 1], rho) == pytest.approx([0, 1])

    @given(counts, inner, correlations, st.integers(1, 10**6), st.floats(0.01, 1))
    def test_more_hands_and_more_willing_ones_leak_more_and_a_common_mind_leaks_less(
        self, k, q, rho, extra, step
    ):
        here = chance_of_leak(k, q, rho)
        assert chance_of_leak(k + extra, q, rho) >= here
        assert chance_of_leak(k, q + (1 - q) * step, rho) >= here
        assert chance_of_leak(k, q, rho + (1 - rho) * step) <= here * (1 + 1e-9) + 1e-15

    def test_simulated_offices(self):
        rng = np.random.default_rng(1)
        k, q, rho, offices = 200, 0.02, 0.05, 200_000
        n = (1 - rho) / rho
        leaks = (rng.binomial(k, rng.beta(q * n, (1 - q) * n, offices)) > 0).mean()
        expected = chance_of_leak(k, q, rho)
        assert leaks == pytest.approx(expected, abs=5 * math.sqrt(expected * (1 - expected) / offices))

    def test_one_number_gives_a_float_and_arrays_broadcast(self):
        assert isinstance(chance_of_leak(10, 0.1, 0.2), float)
        assert chance_of_leak([[1], [10]], [0.1, 0.2, 0.3], 0.5).shape == (2, 3)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ((-1, 0.1, 0), "hands is -1: allowed is a finite number, 0 or more"),
            ((2.5, 0.1, 0), "hands is 2.5: allowed is a whole number"),
            ((np.inf, 0.1, 0), "hands is inf"),
            ((10, 1.1, 0), "willingness is 1.1: allowed is 0 to 1"),
            ((10, np.nan, 0), "willingness is nan"),
            ((10, 0.1, -0.1), "correlation is -0.1: allowed is 0 to 1"),
        ],
    )
    def test_what_it_refuses(self, arguments, message):
        with pytest.raises(ValueError, match=message):
            chance_of_leak(*arguments)

    def test_words_are_no_numbers(self):
        with pytest.raises(TypeError, match="hands is 'many'"):
            chance_of_leak("many", 0.1)


class TestChanceAll:
    @pytest.mark.parametrize(("each", "things", "known"), [(0.3, 8, 6.5610e-05), (0.5, 12, 0.00024414)])
    def test_databases_open_at_once(self, each, things, known):
        assert chance_all(things, each) == pytest.approx(known, rel=1e-5)

    @given(st.integers(0, 300), inner, st.floats(1e-3, 0.99))
    def test_it_is_the_beta_binomials_chance_of_all(self, j, each, rho):
        n = (1 - rho) / rho
        assert chance_all(j, each, rho) == pytest.approx(
            betabinom.pmf(j, j, each * n, (1 - each) * n), rel=1e-6, abs=1e-12
        )

    @given(st.integers(0, 10_000), shares, shares)
    def test_all_are_shut_unless_one_is_open(self, j, each, rho):
        assert chance_all(j, 1 - each, rho) == pytest.approx(
            1 - chance_of_leak(j, 1 - (1 - each), rho), abs=1e-9
        )

    @given(st.integers(1, 300), st.floats(1e-9, 1), shares, st.floats(0.01, 1))
    def test_a_common_cause_helps_and_one_more_hurts(self, j, each, rho, step):
        here = chance_all(j, each, rho)
        assert chance_all(j, each, rho + (1 - rho) * step) >= here * (1 - 1e-9)
        assert chance_all(j + 1, each, rho) <= here * (1 + 1e-9)

    def test_rare_things_keep_their_digits(self):
        assert chance_all(8, 1e-9) == pytest.approx(1e-72, rel=1e-9)
        assert chance_all(40, 1e-3, 1e-12) == pytest.approx(1e-120, rel=1e-4)

    def test_what_it_refuses(self):
        with pytest.raises(ValueError, match="things is -2"):
            chance_all(-2, 0.5)
        with pytest.raises(ValueError, match="each is 2"):
            chance_all(2, 2)


class TestCaughtWithin:
    @pytest.mark.parametrize(("sales", "known"), [(100, 0.13073), (1000, 0.75364)])
    def test_one_sale_in_714_is_found_out(self, sales, known):
        assert caught_within(sales, 0.0014) == pytest.approx(known, abs=5e-6)

    @given(counts, inner)
    def test_it_is_the_leak_law_with_sales_for_hands(self, n, p):
        assert caught_within(n, p) == pytest.approx(chance_of_leak(n, p), rel=1e-12)

    def test_the_ends(self):
        assert caught_within([0, 1, 5, 0, 5], [1, 1, 1, 0, 0]) == pytest.approx([0, 1, 1, 0, 0])

    def test_what_it_refuses(self):
        with pytest.raises(ValueError, match="sales is -1"):
            caught_within(-1, 0.5)
        with pytest.raises(ValueError, match=r"detection_probability is 1\.5"):
            caught_within(1, 1.5)


class TestHandsUntil:
    @given(st.floats(0, 0.999), st.floats(1e-9, 0.999))
    def test_so_many_hands_have_that_chance(self, chance, q):
        assert caught_within(hands_until(chance, q), q) == pytest.approx(chance, abs=1e-12)

    def test_the_sure_need_one_and_certainty_is_never_reached(self):
        assert hands_until(0.5, 1) == 0
        with pytest.raises(ValueError, match="chance is 1: allowed is 0 to less than 1"):
            hands_until(1, 0.5)
        with pytest.raises(ValueError, match="willingness is 0"):
            hands_until(0.5, 0)
