"""Records that age: a stolen copy against continued access."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from dossier.leak.ageing import earned_with_access, earned_with_copy, lifetime_of, value_at_age

days = st.floats(0, 4000)
lifetimes = st.floats(0.05, 1e4)
rates = st.floats(0, 0.01)


class TestValue:
    @given(lifetimes, st.floats(0, 1e4))
    def test_half_is_left_after_each_half_life(self, half_life, value):
        left = value_at_age([0, half_life, 2 * half_life], value, lifetime_of(half_life))
        assert left == pytest.approx([value, value / 2, value / 4])

    @given(days, days, lifetimes)
    def test_it_only_falls(self, one, two, lifetime):
        young, old = sorted((one, two))
        assert value_at_age(old, 100, lifetime) <= value_at_age(young, 100, lifetime) <= 100


class TestEarned:
    @given(st.floats(0.1, 20), st.floats(0.05, 1000), rates)
    def test_a_copy_earns_the_integral_of_its_fading_value(self, lifetimes_long, lifetime, interest):
        length = lifetimes_long * lifetime

        def paid(t):
            return 3 * value_at_age(t, 50, lifetime) * np.exp(-interest * t)

        summed = quad(paid, 0, length)[0]
        assert earned_with_copy(length, 3, 50, lifetime, interest) == pytest.approx(summed, rel=1e-6)

    @given(days, lifetimes, rates)
    def test_it_never_earns_more_than_access_nor_more_than_its_lifetime_of_access(
        self, length, lifetime, interest
    ):
        copy, access = (
            earned_with_copy(length, 2, 10, lifetime, interest),
            earned_with_access(length, 2, 10, interest),
        )
        assert copy <= access * (1 + 1e-9)
        assert copy <= 2 * 10 * lifetime * (1 + 1e-9)

    def test_what_never_ages_is_worth_as_much_as_access_and_a_location_next_to_nothing(self):
        assert earned_with_copy(365, 1, 1, 1e12) == pytest.approx(365)
        assert earned_with_copy(365, 1, 1, lifetime_of(1 / 24)) == pytest.approx(1 / 24 / np.log(2))

    @given(days)
    def test_without_interest_access_earns_the_same_every_day(self, length):
        assert earned_with_access(length, 2, 10) == 20 * length
        assert earned_with_access(length, 2, 10, 1e-14) == pytest.approx(20 * length, rel=1e-6)

    def test_no_days_no_money(self):
        assert earned_with_access(0, 2, 10, 0.1) == earned_with_copy(0, 2, 10, 5) == 0

    def test_arrays_broadcast(self):
        assert earned_with_copy([[1], [2]], 1, 1, [1, 2, 3]).shape == (2, 3)


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (lambda: value_at_age(-1, 1, 1), "age is -1"),
        (lambda: value_at_age(1, 1, 0), "lifetime is 0: allowed is a finite number, above 0"),
        (lambda: lifetime_of(0), "half_life is 0"),
        (lambda: earned_with_access(1, -1, 1), "orders_a_day is -1"),
        (lambda: earned_with_access(1, 1, 1, interest=-0.1), "interest is -0.1"),
        (lambda: earned_with_copy(np.inf, 1, 1, 1), "days is inf"),
    ],
)
def test_bad_arguments_are_named(call, complaint):
    with pytest.raises(ValueError, match=complaint):
        call()
