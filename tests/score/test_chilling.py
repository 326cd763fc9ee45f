"""How a town falls silent, and why it stays silent."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import lognorm, norm, uniform

from dossier.score.chilling import (
    balances,
    cascade,
    chance_of_being_seen,
    penalty_that_holds,
    share_that_speaks,
    there_and_back,
    tipping,
)

PEOPLE = lognorm(s=0.5, scale=10)
penalties = st.floats(0, 100)
shares = st.floats(0, 1)


class TestOneRound:
    def test_numbers_protect(self):
        assert chance_of_being_seen([0, 0.5, 1], 0.5, 0.8) == pytest.approx([0.5, 0.3, 0.1])

    def test_without_a_penalty_everybody_speaks_whom_it_benefits(self):
        assert share_that_speaks(0, 0, PEOPLE, 1, 0) == 1
        assert share_that_speaks(0.3, 0, norm(loc=1), 1, 0.5) == pytest.approx(norm.cdf(1))

    @given(shares, penalties, shares, shares, st.floats(0, 1), st.floats(0, 50))
    def test_more_speakers_encourage_and_a_higher_penalty_frightens(
        self, share, penalty, seen, safety, more, dearer
    ):
        now = share_that_speaks(share, penalty, PEOPLE, seen, safety)
        assert share_that_speaks(min(share + more, 1), penalty, PEOPLE, seen, safety) >= now
        assert share_that_speaks(share, penalty + dearer, PEOPLE, seen, safety) <= now
        assert 0 <= now <= 1

    @given(st.integers(0, 10**6), st.floats(1, 80), shares)
    def test_it_is_the_share_of_a_crowd_that_was_drawn(self, seed, penalty, share):
        crowd = PEOPLE.rvs(20_000, random_state=np.random.default_rng(seed))
        counted = (crowd > penalty * chance_of_being_seen(share, 0.5, 0.9)).mean()
        # Five standard errors of a share of 20,000.
        assert counted == pytest.approx(share_that_speaks(share, penalty, PEOPLE, 0.5, 0.9), abs=0.018)

    @pytest.mark.parametrize("argument", ["share", "seen_alone", "safety"])
    @pytest.mark.parametrize("wrong", [-0.1, 1.1, np.nan])
    def test_what_is_no_share_is_refused(self, argument, wrong):
        given = {"share": 0.5, "seen_alone": 0.5, "safety": 0.5}
        with pytest.raises(ValueError, match=f"{argument} is {wrong:g}: allowed is 0 to 1"):
            chance_of_being_seen(**(given | {argument: wrong}))

    def test_impossible_penalties_and_distributions_are_refused(self):
        with pytest.raises(ValueError, match="penalty is -1: allowed"):
            share_that_speaks(0.5, -1, PEOPLE, 0.5, 0.5)
        with pytest.raises(ValueError, match="penalty is inf"):
            share_that_speaks(0.5, np.inf, PEOPLE, 0.5, 0.5)
        with pytest.raises(TypeError, match="benefits is"):
            share_that_speaks(0.5, 1, [1, 2, 3], 0.5, 0.5)
        with pytest.raises(TypeError, match="share is 'half'"):
            share_that_speaks("half", 1, PEOPLE, 0.5, 0.5)


class TestCascade:
    @given(st.floats(0, 1), st.floats(0, 0.95))
    def test_uniform_benefits_end_where_the_sum_by_hand_says(self, penalty, safety):
        # s = 1 - t (1 - g s), so s = (1 - t) / (1 - t g).
        ends = cascade(penalty, uniform(), 1, safety)[-1]
        assert ends == pytest.approx((1 - penalty) / (1 - penalty * safety), abs=1e-7)

    @given(penalties, shares)
    def test_without_safety_of_numbers_it_is_over_after_one_round(self, penalty, seen):
        shares = cascade(penalty, PEOPLE, seen, 0)
        assert shares[1:] == pytest.approx(np.full(len(shares) - 1, PEOPLE.sf(penalty * seen)))
        assert tipping(PEOPLE, 0.5, 0) is None

    @settings(max_examples=50)
    @given(penalties, shares, shares)
    def test_from_above_it_falls_to_the_largest_balance_and_from_below_it_rises_to_the_smallest(
        self, penalty, seen, safety
    ):
        found = balances(penalty, PEOPLE, seen, safety)
        down, up = (cascade(penalty, PEOPLE, seen, safety, start=start) for start in (1.0, 0.0))
        assert (np.diff(down) <= 1e-12).all()
        assert (np.diff(up) >= -1e-12).all()
        assert down[-1] == pytest.approx(found[-1].share, abs=1e-4)
        assert up[-1] == pytest.approx(found[0].share, abs=1e-4)

    def test_bad_input_is_refused(self):
        with pytest.raises(ValueError, match="start is 2: allowed is 0 to 1"):
            cascade(1, PEOPLE, 0.5, 0.5, start=2)
        with pytest.raises(ValueError, match="tolerance is 0: allowed"):
            cascade(1, PEOPLE, 0.5, 0.5, tolerance=0)
        with pytest.raises(TypeError, match="give one number"):
            cascade([1, 2], PEOPLE, 0.5, 0.5)


class TestBalances:
    @given(penalties, shares, shares)
    def test_each_reproduces_itself_and_stable_ones_and_tipping_points_take_turns(
        self, penalty, seen, safety
    ):
        found = balances(penalty, PEOPLE, seen, safety)
        for one in found:
            assert share_that_speaks(one.share, penalty, PEOPLE, seen, safety) == pytest.approx(
                one.share, abs=1e-9
            )
        assert [one.stable for one in found] == [place % 2 == 0 for place in range(len(found))]
        assert len(found) % 2 == 1

    def test_a_small_push_dies_away_at_a_stable_share_and_grows_at_a_tipping_point(self):
        low, middle, high = balances(50, PEOPLE, 0.5, 0.9)
        assert low.share < middle.share < high.share
        for start, ends in ((middle.share + 0.01, high.share), (middle.share - 0.01, low.share)):
            assert cascade(50, PEOPLE, 0.5, 0.9, start=start)[-1] == pytest.approx(ends, abs=1e-6)

    def test_nobody_speaks_where_even_the_boldest_dare_not_alone(self):
        low, middle, high = (
            balances(1.5, uniform(), 1, 1)[0],
            *balances(1.5, uniform(loc=0.9, scale=0.2), 1, 1)[-2:],
        )
        assert (low.share, low.stable) == (0, True)
        assert not middle.stable
        assert (high.share, high.stable) == (1, True)

    def test_a_crowd_that_nobody_can_see_speaks(self):
        (only,) = balances(100, PEOPLE, 0, 0.5)
        assert (only.share, only.stable) == (1, True)


class TestTipping:
    def test_just_below_there_is_a_speaking_town_and_just_above_there_is_none(self):
        turn = tipping(PEOPLE, 0.5, 0.9)
        assert cascade(turn.silenced_at * 0.9999, PEOPLE, 0.5, 0.9)[-1] >= turn.last_share
        assert cascade(turn.silenced_at * 1.0001, PEOPLE, 0.5, 0.9)[-1] < 0.1
        assert cascade(turn.returns_at * 1.0001, PEOPLE, 0.5, 0.9, start=0)[-1] <= turn.first_share
        assert cascade(turn.returns_at * 0.9999, PEOPLE, 0.5, 0.9, start=0)[-1] > 0.9

    def test_taking_the_penalty_back_does_not_bring_speech_back_by_itself(self):
        turn = tipping(PEOPLE, 0.5, 0.9)
        between = (turn.silenced_at + turn.returns_at) / 2
        speaking = cascade(between, PEOPLE, 0.5, 0.9)[-1]
        silenced = cascade(turn.silenced_at * 1.1, PEOPLE, 0.5, 0.9)[-1]
        afterwards = cascade(between, PEOPLE, 0.5, 0.9, start=silenced)[-1]
        assert speaking > 0.9
        assert afterwards < 0.2

    @settings(max_examples=40)
    @given(st.floats(0.2, 0.9), st.floats(0.05, 1), st.floats(0, 0.97))
    def test_the_two_penalties_bound_where_there_is_more_than_one_balance(self, spread, seen, safety):
        people = lognorm(s=spread, scale=10)
        turn = tipping(people, seen, safety)
        if turn is None:
            levels = np.geomspace(1, 1000, 15)
            assert all(len(balances(level, people, seen, safety)) == 1 for level in levels)
            return
        assert turn.returns_at <= turn.silenced_at
        assert len(balances(turn.silenced_at * 1.01, people, seen, safety)) == 1
        assert len(balances(turn.returns_at * 0.99, people, seen, safety)) == 1
        if turn.silenced_at > turn.returns_at * 1.01:
            between = np.sqrt(turn.silenced_at * turn.returns_at)
            assert len(balances(between, people, seen, safety)) == 3

    @given(st.floats(0.5, 1), st.floats(0, 0.97))
    def test_more_watching_is_the_same_as_a_higher_penalty(self, seen, safety):
        half, whole = tipping(PEOPLE, seen / 2, safety), tipping(PEOPLE, seen, safety)
        assert (half is None) == (whole is None)
        if whole is not None:
            assert half.silenced_at == pytest.approx(2 * whole.silenced_at)
            assert half.returns_at == pytest.approx(2 * whole.returns_at)

    def test_if_nobody_is_seen_once_all_speak_no_penalty_silences(self):
        turn = tipping(PEOPLE, 0.5, 1)
        assert (turn.silenced_at, turn.last_share) == (np.inf, 1)
        assert cascade(10_000, PEOPLE, 0.5, 1)[-1] == 1

    @given(st.floats(0.001, 0.999), st.floats(0.01, 1), st.floats(0, 0.99))
    def test_the_model_read_backwards_is_the_model(self, share, seen, safety):
        penalty = penalty_that_holds(share, PEOPLE, seen, safety)
        assert share_that_speaks(share, penalty, PEOPLE, seen, safety) == pytest.approx(share)

    def test_where_nobody_is_seen_the_question_has_no_answer(self):
        with pytest.raises(ValueError, match="seen_alone is 0"):
            tipping(PEOPLE, 0, 0.5)


class TestThereAndBack:
    @settings(max_examples=25)
    @given(st.floats(0.2, 0.9), st.floats(0.05, 1), st.floats(0, 0.97))
    def test_it_is_where_cascades_from_a_speaking_and_from_a_silent_town_end(self, spread, seen, safety):
        people = lognorm(s=spread, scale=10)
        turn = tipping(people, seen, safety)
        levels = np.array([0.5, 5, 20, 35, 50, 80, 300])
        if turn is not None:  # within a hair of a jump, a cascade may stop short of it
            near = [abs(levels / edge - 1) < 0.02 for edge in (turn.silenced_at, turn.returns_at)]
            levels = levels[~np.any(near, axis=0)]
        raised, taken_back = there_and_back(levels, people, seen, safety)
        for level, up, back in zip(levels, raised, taken_back, strict=True):
            assert up == pytest.approx(cascade(level, people, seen, safety)[-1], abs=2e-3)
            assert back == pytest.approx(cascade(level, people, seen, safety, start=0.0)[-1], abs=2e-3)

    @given(st.floats(0.2, 0.9), st.floats(0.05, 1), shares)
    def test_a_higher_penalty_never_frees_speech_and_silence_never_speaks_more(self, spread, seen, safety):
        levels = np.linspace(0, 200, 101)
        raised, taken_back = there_and_back(levels, lognorm(s=spread, scale=10), seen, safety)
        assert (np.diff(raised) <= 1e-12).all()
        assert (np.diff(taken_back) <= 1e-12).all()
        assert (raised >= taken_back - 1e-9).all()
        assert raised[0] == pytest.approx(1)
        assert taken_back[0] == pytest.approx(1)
