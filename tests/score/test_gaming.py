"""What a bonus on one task does to the other."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import minimize, minimize_scalar

from dossier.score.gaming import best_bonus, cost_of_effort, efforts, value_to_all

points = st.floats(0, 20)
gammas = st.floats(0, 0.95)


class TestEfforts:
    def test_the_lessons_example_by_hand(self):
        # 5 = e1 + e2/2 and 4 = e2 + e1/2 meet at 4 and 2.
        chosen = efforts(1, 4, 4, 0.5)
        assert (chosen.measured, chosen.unmeasured) == (4, 2)

    @given(points, points, points, gammas)
    def test_no_other_hours_are_better(self, bonus, m1, m2, gamma):
        def regret(hours):
            return cost_of_effort(*np.maximum(hours, 0), gamma) - (bonus + m1) * hours[0] - m2 * hours[1]

        chosen = efforts(bonus, m1, m2, gamma)
        found = minimize(regret, [1.0, 1.0], bounds=[(0, None)] * 2, method="L-BFGS-B", tol=1e-14)
        assert regret([chosen.measured, chosen.unmeasured]) <= found.fun + 1e-7 * (1 + abs(found.fun))

    @given(points, points, points, gammas)
    def test_marginal_reward_is_marginal_toil_or_the_task_is_given_up(self, bonus, m1, m2, gamma):
        chosen = efforts(bonus, m1, m2, gamma)
        for reward, own, other in (
            (bonus + m1, chosen.measured, chosen.unmeasured),
            (m2, chosen.unmeasured, chosen.measured),
        ):
            gap = reward - (own + gamma * other)
            assert own >= 0
            assert gap == pytest.approx(0, abs=1e-9 * 100) if own > 0 else gap <= 1e-9

    @given(points, points, st.floats(0.01, 20), gammas)
    def test_a_higher_bonus_moves_hours_from_the_unmeasured_to_the_measured(self, m1, m2, more, gamma):
        chosen = efforts(np.array([0, more]), m1, m2, gamma)
        assert chosen.measured[1] >= chosen.measured[0] - 1e-9
        assert chosen.unmeasured[1] <= chosen.unmeasured[0] + 1e-9

    def test_tasks_that_do_not_compete_leave_each_other_alone(self):
        chosen = efforts(np.array([0, 3, 9]), 2, 5, 0)
        assert chosen.measured == pytest.approx([2, 5, 11])
        assert chosen.unmeasured == pytest.approx([5, 5, 5])

    def test_without_a_bonus_equal_motives_give_equal_hours(self):
        chosen = efforts(0, 4, 4, 0.5)
        assert chosen.measured == chosen.unmeasured == pytest.approx(4 / 1.5)

    def test_from_the_corner_on_nothing_unmeasured_is_done(self):
        # It is given up where m2 = gamma * (bonus + m1): at a bonus of 4.
        chosen = efforts(np.array([3.99, 4, 6]), 4, 4, 0.5)
        assert chosen.unmeasured[0] > 0
        assert chosen.unmeasured[1:].tolist() == [0, 0]
        assert chosen.measured[1:] == pytest.approx([8, 10])

    @pytest.mark.parametrize("argument", ["bonus", "motive_measured", "motive_unmeasured", "substitution"])
    @pytest.mark.parametrize("wrong", [-0.1, np.nan, np.inf])
    def test_impossible_numbers_are_refused(self, argument, wrong):
        given = {"bonus": 1, "motive_measured": 1, "motive_unmeasured": 1, "substitution": 0.5}
        with pytest.raises(ValueError, match=f"{argument} is {wrong:g}: allowed"):
            efforts(**(given | {argument: wrong}))

    def test_perfect_substitutes_and_words_are_refused(self):
        with pytest.raises(ValueError, match="substitution is 1: allowed is 0 to less than 1"):
            efforts(1, 1, 1, 1)
        with pytest.raises(TypeError, match="bonus is 'high'"):
            efforts("high", 1, 1, 0.5)
        with pytest.raises(TypeError, match=r"motive_measured is .*: give one number"):
            efforts(1, [1, 2], 1, 0.5)


class TestTheBestBonus:
    def test_it_is_what_is_missing_less_what_it_spoils(self):
        assert best_bonus(4, 4, 7, 8, 0.5) == pytest.approx((7 - 4) - 0.5 * (8 - 4))

    def test_tasks_that_do_not_compete_deserve_exactly_what_is_missing(self):
        assert best_bonus(4, 4, 7, 8, 0) == pytest.approx(3)

    def test_no_bonus_is_best_when_the_unmeasured_is_worth_enough(self):
        assert best_bonus(4, 4, 7, 12, 0.5) == 0

    @given(points, points, points, points, gammas)
    def test_a_search_finds_no_better_one(self, m1, m2, v1, v2, gamma):
        best = best_bonus(m1, m2, v1, v2, gamma)
        reached = value_to_all(best, m1, m2, v1, v2, gamma)
        tried = np.linspace(0, 60, 1201)
        values = value_to_all(tried, m1, m2, v1, v2, gamma)
        near = tried[int(np.argmax(values))]
        polished = minimize_scalar(
            lambda bonus: -value_to_all(bonus, m1, m2, v1, v2, gamma),
            bounds=(max(near - 0.1, 0), near + 0.1),
            method="bounded",
        )
        assert reached >= max(values.max(), -polished.fun) - 1e-6 * (1 + abs(reached))

    @given(points, points, points, points, gammas)
    def test_value_at_least_that_of_no_bonus(self, m1, m2, v1, v2, gamma):
        best = best_bonus(m1, m2, v1, v2, gamma)
        assert best >= 0
        none, some = value_to_all(np.array([0, best]), m1, m2, v1, v2, gamma)
        assert some >= none - 1e-9 * (1 + abs(none))

    @given(points, points, points, gammas)
    def test_a_worthier_unmeasured_task_never_deserves_a_higher_bonus_on_the_other(self, m1, m2, v1, gamma):
        assume(gamma > 0.01)
        bonuses = [best_bonus(m1, m2, v1, v2, gamma) for v2 in (0, 5, 10, 20)]
        assert (np.diff(bonuses) <= 1e-9).all()

    def test_the_value_is_worth_less_toil(self):
        assert value_to_all(1, 4, 4, 7, 8, 0.5) == pytest.approx(7 * 4 + 8 * 2 - 14)

    @pytest.mark.parametrize("argument", ["worth_measured", "worth_unmeasured"])
    def test_a_negative_worth_is_refused(self, argument):
        given = {"motive_measured": 1, "motive_unmeasured": 1, "worth_measured": 1, "worth_unmeasured": 1}
        with pytest.raises(ValueError, match=f"{argument} is -1: allowed"):
            best_bonus(**(given | {argument: -1}), substitution=0.5)
