"""How one punishment spreads along the ties of friends."""

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from dossier.republic import Republic
from dossier.score.contagion import averaging_matrix, contagion, influence, loss_by_steps, steps_away

PAIR = np.array([[0.0, 1.0], [1.0, 0.0]])
RING = sparse.csr_array((np.roll(np.eye(7), 1, axis=0) + np.roll(np.eye(7), -1, axis=0)) / 2)
alphas = st.floats(0, 0.95)


def pairs(*names):
    return pd.DataFrame(names, columns=["id_number", "other_id_number"])


def graph(seed, people=12, ties=15):
    """A random society, with people of no friends in it more often than not."""
    rng = np.random.default_rng(seed)
    drawn = rng.integers(0, people, (ties, 2))
    drawn = drawn[drawn[:, 0] != drawn[:, 1]]
    table = pd.DataFrame(drawn.astype(str), columns=["id_number", "other_id_number"])
    return averaging_matrix(table, np.arange(people).astype(str)), rng.normal(1000, 50, people)


def by_inverse(own, averaging, alpha):
    identity = np.eye(len(own))
    return (1 - alpha) * np.linalg.solve(identity - alpha * averaging.toarray(), own)


class TestAveragingMatrix:
    def test_a_row_is_the_mean_over_friends_and_a_loner_keeps_themself(self):
        matrix = averaging_matrix(pairs(("a", "b"), ("a", "c"), ("c", "a")), ["a", "b", "c", "d"])
        assert matrix.toarray() == pytest.approx(
            np.array([[0, 0.5, 0.5, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1]])
        )

    def test_nobody_has_friends(self):
        assert (averaging_matrix(pairs(), ["a", "b"]).toarray() == np.eye(2)).all()

    @pytest.mark.parametrize(
        ("table", "people", "message"),
        [
            (pairs(("a", "b")).drop(columns="other_id_number"), ["a"], "no column 'other_id_number'"),
            (pairs(("a", "b")), [], "people is empty"),
            (pairs(("a", "b")), ["a", "b", "a"], "people holds 'a' more than once"),
            (pairs(("a", "b")), ["a"], "names 'b', who is not among people"),
            (pairs(("a", "a")), ["a"], "'a' as their own friend"),
        ],
    )
    def test_a_table_that_is_no_society_is_refused(self, table, people, message):
        with pytest.raises(ValueError, match=message):
            averaging_matrix(table, people)

    def test_what_is_no_table_is_a_type_error(self):
        with pytest.raises(TypeError, match="acquaintances is a list"):
            averaging_matrix([("a", "b")], ["a", "b"])


class TestContagion:
    def test_two_friends_meet_in_thirds(self):
        assert contagion([0, 1], PAIR, 0.5) == pytest.approx([1 / 3, 2 / 3], abs=1e-9)

    @given(st.floats(0, 0.99))
    def test_two_friends_in_closed_form(self, alpha):
        assert contagion([0, 1], PAIR, alpha) == pytest.approx(
            [alpha / (1 + alpha), 1 / (1 + alpha)], abs=2e-9
        )

    @given(st.integers(0, 10**6), alphas)
    def test_it_is_the_dense_solution(self, seed, alpha):
        averaging, own = graph(seed)
        scores = contagion(own, averaging, alpha)
        assert np.abs(scores - by_inverse(own, averaging, alpha)).max() <= 1e-9 * np.abs(own).max()

    @given(st.integers(0, 10**6), alphas)
    def test_every_score_is_own_record_and_mean_of_friends(self, seed, alpha):
        averaging, own = graph(seed)
        scores = contagion(own, averaging, alpha)
        assert scores == pytest.approx((1 - alpha) * own + alpha * (averaging @ scores), abs=1e-5)

    @given(st.integers(0, 10**6), alphas)
    def test_no_score_leaves_the_range_of_the_records(self, seed, alpha):
        averaging, own = graph(seed)
        scores = contagion(own, averaging, alpha)
        assert own.min() - 1e-9 <= scores.min()
        assert scores.max() <= own.max() + 1e-9

    @given(st.integers(0, 10**6), alphas, st.integers(0, 11), st.floats(0, 100))
    def test_a_worse_record_of_one_helps_nobody(self, seed, alpha, who, points):
        averaging, own = graph(seed)
        worse = own.copy()
        worse[who] -= points
        assert (contagion(worse, averaging, alpha) <= contagion(own, averaging, alpha) + 1e-5).all()

    @given(st.integers(0, 10**6))
    def test_without_weight_for_friends_the_own_record_stands(self, seed):
        averaging, own = graph(seed)
        assert (contagion(own, averaging, 0) == own).all()
        assert contagion(own, averaging, 1e-9) == pytest.approx(own, abs=1e-6)

    @given(st.integers(0, 10**6), alphas)
    def test_equals_among_equals_stay_equal_and_a_loner_keeps_the_own_record(self, seed, alpha):
        averaging, own = graph(seed)
        assert contagion(np.full(12, 1000.0), averaging, alpha) == pytest.approx(np.full(12, 1000.0))
        alone = averaging.diagonal() == 1
        assert contagion(own, averaging, alpha)[alone] == pytest.approx(own[alone], abs=1e-5)

    @given(alphas, st.integers(0, 6), st.floats(0.01, 500))
    def test_where_all_have_as_many_friends_all_together_lose_exactly_the_punishment(
        self, alpha, who, points
    ):
        before = np.full(7, 1000.0)
        after = before - points * (np.arange(7) == who)
        lost = contagion(before, RING, alpha).sum() - contagion(after, RING, alpha).sum()
        assert lost == pytest.approx(points, abs=2e-5)

    @pytest.mark.parametrize("alpha", [1, 1.5, -0.1, np.nan])
    def test_a_weight_outside_its_range_is_refused(self, alpha):
        with pytest.raises(ValueError, match=f"alpha is {alpha:g}: allowed is 0 to less than 1"):
            contagion([0, 1], PAIR, alpha)

    @pytest.mark.parametrize(
        ("own", "averaging", "message"),
        [
            ([0, 1], [[0, 0.9], [1, 0]], "row 0 adds up to 0.9, not to 1"),
            ([0, 1], [[0, 1], [0, 0]], "row 1 adds up to 0, not to 1 .a person with no friends"),
            ([0, 1], [[2, -1], [1, 0]], "averaging holds -1: allowed are shares"),
            ([0, 1], [[0, np.nan], [1, 0]], "averaging holds nan"),
            ([0, 1], [[0, 1]], "as many rows as columns"),
            ([0, 1, 2], PAIR, "averaging has 2 rows, own_record 3 numbers"),
            ([0, np.nan], PAIR, "own_record is nan: allowed"),
            ([], PAIR, "own_record has shape"),
        ],
    )
    def test_impossible_input_is_refused(self, own, averaging, message):
        with pytest.raises(ValueError, match=message):
            contagion(own, averaging, 0.5)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ((["a", "b"], PAIR, 0.5), "own_record is"),
            (([0, 1], "friends", 0.5), "averaging is"),
            (([0, 1], PAIR, "half"), "alpha is 'half'"),
        ],
    )
    def test_what_is_no_number_is_a_type_error(self, arguments, message):
        with pytest.raises(TypeError, match=message):
            contagion(*arguments)


class TestInfluence:
    @given(st.integers(0, 10**6), alphas)
    def test_it_is_what_all_lose_for_a_point_of_one(self, seed, alpha):
        averaging, _ = graph(seed)
        columns = [contagion(np.eye(12)[who], averaging, alpha).sum() for who in range(12)]
        assert influence(averaging, alpha) == pytest.approx(columns, abs=1e-7)

    @given(st.integers(0, 10**6), alphas)
    def test_the_mean_weight_is_one(self, seed, alpha):
        assert influence(graph(seed)[0], alpha).mean() == pytest.approx(1)

    def test_where_all_have_as_many_friends_all_weigh_the_same(self):
        assert influence(RING, 0.9) == pytest.approx(np.ones(7))

    @given(st.integers(1, 30), st.floats(0, 0.99))
    def test_a_star_in_closed_form(self, leaves, alpha):
        middle = np.zeros((leaves + 1, leaves + 1))
        middle[0, 1:], middle[1:, 0] = 1 / leaves, 1
        expected = (1 + leaves * alpha) / (1 + alpha)
        assert influence(middle, alpha) == pytest.approx(
            [expected] + [(leaves + 1 - expected) / leaves] * leaves, abs=1e-6
        )

    def test_close_to_alpha_1_it_is_the_number_of_friends_over_its_mean(self):
        ties = [(0, 1), (1, 2), (2, 3), (3, 0), (0, 2), (3, 4)]
        table = pd.DataFrame(np.array(ties).astype(str), columns=["id_number", "other_id_number"])
        friends = np.bincount(np.ravel(ties))
        weights = influence(averaging_matrix(table, list("01234")), 0.99999)
        assert weights == pytest.approx(friends / friends.mean(), rel=1e-3)

    def test_bad_input_is_refused(self):
        with pytest.raises(ValueError, match="alpha is 1"):
            influence(PAIR, 1)
        with pytest.raises(ValueError, match="row 0 adds up to 2"):
            influence(PAIR * 2, 0.5)


class TestSteps:
    def test_a_chain_is_counted_and_a_stranger_is_out_of_reach(self):
        averaging = averaging_matrix(pairs(("a", "b"), ("b", "c")), ["a", "b", "c", "d"])
        assert steps_away(averaging, 0).tolist() == [0, 1, 2, np.inf]

    def test_the_losses_of_all_rings_add_up_and_each_person_is_in_one(self):
        averaging, _ = graph(5, people=40, ties=60)
        loss = contagion(100 * np.eye(40)[3], averaging, 0.6)
        steps = steps_away(averaging, 3)
        rings = loss_by_steps(loss, steps, furthest=3)
        assert rings["loss"].sum() == pytest.approx(loss.sum())
        assert rings["people"].sum() == np.isfinite(steps).sum()
        assert rings.loc[0, "people"] == 1
        assert rings.loc[0, "mean_loss"] == pytest.approx(loss[3])
        assert loss[np.isinf(steps)] == pytest.approx(0)

    @pytest.mark.parametrize(("person", "error"), [(2, ValueError), (-1, ValueError), (0.5, TypeError)])
    def test_a_person_who_is_not_there_is_refused(self, person, error):
        with pytest.raises(error, match=f"person is {person}"):
            steps_away(PAIR, person)

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ({"loss": [-1, 0]}, "loss is -1: allowed"),
            ({"steps": [0]}, r"steps has shape \(1,\), loss \(2,\)"),
            ({"steps": [0, np.nan]}, "steps is nan: allowed"),
            ({"furthest": 0}, "furthest is 0"),
        ],
    )
    def test_impossible_rings_are_refused(self, given, message):
        with pytest.raises(ValueError, match=message):
            loss_by_steps(**({"loss": [1, 0], "steps": [0, 1]} | given))


def test_fifty_thousand_people_take_less_than_a_second():
    people = 50_000
    republic = Republic.generate(people=people)
    averaging = averaging_matrix(republic.acquaintances, republic.people["id_number"])
    own = np.random.default_rng(4).normal(1000, 50, people)
    for alpha in (0.5, 0.9):
        began = time.process_time()
        scores = contagion(own, averaging, alpha)
        assert time.process_time() - began < 1
        left = scores - (1 - alpha) * own - alpha * (averaging @ scores)
        # The inverse of I - alpha W enlarges no more than this in the largest entry.
        assert np.abs(left).max() / (1 - alpha) < 1e-6
