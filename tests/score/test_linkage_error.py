"""Lesson 03's mix-ups: records that reach a namesake, what they do to accounts, and what could have been expected."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import bootstrap

from dossier.score.linkage_error import (
    bootstrap_interval,
    chance_of_a_foreign_event,
    changed_verdicts,
    expected_foreign_events,
    misdirected,
    misdirections,
    namesake_groups,
    namesakes,
)


def country(sizes):
    """People in namesake groups of the given sizes, in a scattered order."""
    codes = np.repeat(np.arange(len(sizes)), sizes)
    codes = np.random.default_rng(1).permutation(codes)
    return pd.Series(codes, index=pd.Index([f"p{place}" for place in range(len(codes))], name="id_number"))


def events_of(counts, groups):
    """Events, so many for each person in turn."""
    return pd.DataFrame({"id_number": np.repeat(groups.index.to_numpy(), counts)})


sizes = st.lists(st.integers(1, 6), min_size=1, max_size=8)
rates = st.floats(0, 1)


@st.composite
def worlds(draw):
    groups = country(draw(sizes))
    counts = draw(st.lists(st.integers(0, 5), min_size=len(groups), max_size=len(groups)))
    return groups, np.array(counts), draw(st.integers(0, 2**32))


class TestNamesakes:
    def test_only_those_who_agree_on_the_whole_key_are_namesakes(self):
        people = pd.DataFrame(
            {
                "id_number": ["1", "2", "3", "4"],
                "surname": ["Lane", "Lane", "Lane", "Moor"],
                "given_name": ["Ada", "Ada", "Bo", "Ada"],
                "birth_year": [1990, 1990, 1990, 1990],
            }
        )
        both = namesake_groups(people, ["surname", "given_name", "birth_year"])
        assert namesakes(both).to_dict() == {"1": 1, "2": 1, "3": 0, "4": 0}
        assert namesakes(namesake_groups(people, ["surname"])).tolist() == [2, 2, 2, 0]

    @given(sizes)
    def test_everybody_in_a_group_has_the_others(self, sizes):
        others = namesakes(country(sizes))
        assert sorted(others) == sorted(size - 1 for size in sizes for _ in range(size))

    def test_pairs_grow_with_the_square_of_the_population(self):
        # Birthdays: expected pairs are n (n - 1) / 2 times the chance that two people agree.
        generator = np.random.default_rng(3)
        pairs = []
        for people in (4_000, 8_000):
            drawn = [generator.integers(0, 5_000, people) for _ in range(30)]
            pairs.append(np.mean([namesakes(pd.Series(codes)).sum() / 2 for codes in drawn]))
        assert pairs[1] / pairs[0] == pytest.approx(4, rel=0.03)

    @pytest.mark.parametrize(
        ("people", "key", "error", "words"),
        [
            ("people", ["surname"], TypeError, "people is a str"),
            (pd.DataFrame({"id_number": ["1"], "surname": ["a"]}), "surname", TypeError, "key is 'surname'"),
            (pd.DataFrame({"id_number": ["1"], "surname": ["a"]}), [], ValueError, "key is empty"),
            (pd.DataFrame({"id_number": [], "surname": []}), ["surname"], ValueError, "people is empty"),
            (pd.DataFrame({"id_number": ["1"]}), ["surname"], ValueError, "no column 'surname'"),
            (
                pd.DataFrame({"id_number": ["1"], "surname": [None]}),
                ["surname"],
                ValueError,
                "missing values",
            ),
            (
                pd.DataFrame({"id_number": ["1", "1"], "surname": ["a", "b"]}),
                ["surname"],
                ValueError,
                "1 more than once",
            ),
        ],
    )
    def test_what_cannot_be_grouped_is_refused(self, people, key, error, words):
        with pytest.raises(error, match=words):
            namesake_groups(people, key)

    @pytest.mark.parametrize(
        ("groups", "error"),
        [
            ([0, 1], TypeError),
            (pd.Series([], dtype=int), ValueError),
            (pd.Series([0.5]), ValueError),
            (pd.Series([-1]), ValueError),
        ],
    )
    def test_groups_are_whole_numbers_by_person(self, groups, error):
        with pytest.raises(error, match="groups"):
            namesakes(groups)


class TestMisdirected:
    @given(worlds(), rates)
    def test_no_event_is_lost_and_none_leaves_its_group(self, world, rate):
        groups, counts, seed = world
        events = events_of(counts, groups)
        filed = misdirected(events, misdirections(events, groups, np.random.default_rng(seed)), rate)
        assert len(filed) == len(events)
        assert (groups[filed["id_number"]].to_numpy() == groups[events["id_number"]].to_numpy()).all()

    @given(worlds())
    def test_at_rate_0_nothing_changes_and_at_rate_1_every_account_with_a_namesake_changes_hands(self, world):
        groups, counts, seed = world
        events = events_of(counts, groups)
        astray = misdirections(events, groups, np.random.default_rng(seed))
        assert misdirected(events, astray, 0).equals(events)
        moved = misdirected(events, astray, 1)["id_number"] != events["id_number"]
        assert (moved == (namesakes(groups)[events["id_number"]].to_numpy() > 0)).all()

    @given(worlds(), rates)
    def test_who_has_no_namesake_keeps_the_account(self, world, rate):
        groups, counts, seed = world
        events = events_of(counts, groups)
        filed = misdirected(events, misdirections(events, groups, np.random.default_rng(seed)), rate)
        alone = namesakes(groups)[lambda others: others == 0].index
        before = events["id_number"].value_counts().reindex(alone, fill_value=0)
        after = filed["id_number"].value_counts().reindex(alone, fill_value=0)
        assert before.equals(after)

    def test_pairs_swap_their_accounts_exactly_at_rate_1(self):
        groups = country([2] * 40)
        counts = np.random.default_rng(5).integers(0, 6, len(groups))
        events = events_of(counts, groups)
        filed = misdirected(events, misdirections(events, groups, np.random.default_rng(6)), 1)
        after = filed["id_number"].value_counts().reindex(groups.index, fill_value=0)
        other = (
            pd.Series(groups.index, index=groups.index)
            .groupby(groups)
            .transform(lambda pair: pair.to_numpy()[::-1])
        )
        assert after.tolist() == pd.Series(counts, index=groups.index)[other].tolist()

    @given(worlds(), rates, rates)
    def test_what_is_astray_at_one_rate_is_astray_at_every_higher_one(self, world, one, another):
        groups, counts, seed = world
        events = events_of(counts, groups)
        astray = misdirections(events, groups, np.random.default_rng(seed))
        low, high = (
            misdirected(events, astray, rate)["id_number"] != events["id_number"]
            for rate in sorted((one, another))
        )
        assert (high | ~low).all()

    def test_every_namesake_is_as_likely_as_every_other(self):
        groups = country([4, 1, 3])
        four = groups.index[groups == 0]
        events = pd.DataFrame({"id_number": [four[1]] * 30_000})
        reached = misdirections(events, groups, np.random.default_rng(7))["recipient"].value_counts()
        assert set(reached.index) == set(four) - {four[1]}
        assert reached.to_numpy() == pytest.approx(10_000, abs=5 * np.sqrt(30_000 * 2 / 9))

    def test_the_same_seed_gives_the_same_bytes_and_another_key_the_same_draws(self):
        groups, alone = country([3, 2]), country([1, 1, 1, 1, 1])
        events = events_of([2, 3, 1, 0, 4], groups)
        one, two = (misdirections(events, groups, np.random.default_rng(8)) for _ in range(2))
        assert one.equals(two)
        generators = [np.random.default_rng(8) for _ in range(2)]
        for generator, which in zip(generators, (groups, alone), strict=True):
            misdirections(events, which, generator)
        assert generators[0].random() == generators[1].random()

    def test_no_events_is_no_problem(self):
        groups = country([2])
        nothing = events_of([0, 0], groups)
        assert misdirected(nothing, misdirections(nothing, groups, np.random.default_rng(1)), 0.5).empty

    @pytest.mark.parametrize("wrong", [-0.1, 1.1, np.nan])
    def test_an_impossible_rate_is_refused(self, wrong):
        groups = country([2])
        events = events_of([1, 0], groups)
        astray = misdirections(events, groups, np.random.default_rng(1))
        with pytest.raises(ValueError, match=f"error_rate is {wrong:g}: allowed is 0 to 1"):
            misdirected(events, astray, wrong)

    def test_tables_that_do_not_belong_together_are_refused(self):
        groups = country([2])
        events, generator = events_of([1, 1], groups), np.random.default_rng(1)
        astray = misdirections(events, groups, generator)
        with pytest.raises(ValueError, match="other rows than events"):
            misdirected(events.iloc[:1], astray, 0.5)
        with pytest.raises(ValueError, match="no column 'id_number'"):
            misdirections(events.rename(columns={"id_number": "who"}), groups, generator)
        with pytest.raises(ValueError, match="stranger, who is not in groups"):
            misdirections(pd.DataFrame({"id_number": ["stranger"]}), groups, generator)
        with pytest.raises(TypeError, match="generator is a int"):
            misdirections(events, groups, 3)
        with pytest.raises(TypeError, match="error_rate is 'often'"):
            misdirected(events, astray, "often")


class TestWhatCanBeExpected:
    @given(worlds(), rates)
    def test_what_all_receive_is_what_went_astray(self, world, rate):
        groups, counts, _ = world
        own = pd.Series(counts, index=groups.index)
        expected = expected_foreign_events(own, groups, rate)
        assert expected.sum() == pytest.approx(rate * own[namesakes(groups) > 0].sum())
        assert (expected[namesakes(groups) == 0] == 0).all()

    @pytest.mark.parametrize("rate", [0.05, 0.4, 1.0])
    def test_the_simulation_agrees_person_by_person(self, rate):
        groups = country([1, 2, 3, 5, 2])
        counts = np.random.default_rng(9).integers(0, 6, len(groups))
        events, own = events_of(counts, groups), pd.Series(counts, index=groups.index)
        runs = 400
        received, ever = np.zeros(len(groups)), np.zeros(len(groups))
        generator = np.random.default_rng(10)
        for _ in range(runs):
            filed = misdirected(events, misdirections(events, groups, generator), rate)
            foreign = filed["id_number"][filed["id_number"] != events["id_number"]]
            number = foreign.value_counts().reindex(groups.index, fill_value=0).to_numpy()
            received += number
            ever += number > 0
        # A sum of independent chances varies less than a Poisson number of its mean; five standard errors.
        expected = expected_foreign_events(own, groups, rate).to_numpy()
        assert np.abs(received / runs - expected) == pytest.approx(
            0, abs=5 * np.sqrt(expected.max() / runs) + 1e-12
        )
        chance = chance_of_a_foreign_event(own, groups, rate).to_numpy()
        assert (np.abs(ever / runs - chance) <= 5 * np.sqrt(chance * (1 - chance) / runs) + 1e-9).all()

    @given(worlds(), rates)
    def test_the_chance_never_exceeds_the_expected_number(self, world, rate):
        groups, counts, _ = world
        own = pd.Series(counts, index=groups.index)
        chance = chance_of_a_foreign_event(own, groups, rate)
        assert (chance <= expected_foreign_events(own, groups, rate) + 1e-12).all()
        assert ((chance >= 0) & (chance <= 1)).all()

    def test_who_is_missing_has_no_events(self):
        groups = country([3])
        some = pd.Series({groups.index[0]: 4})
        assert expected_foreign_events(some, groups, 0.5).tolist() == [0, 1, 1]

    @pytest.mark.parametrize("function", [expected_foreign_events, chance_of_a_foreign_event])
    @pytest.mark.parametrize(
        ("own", "error", "words"),
        [
            ({"p0": 1}, TypeError, "events_of is a dict"),
            (pd.Series({"p0": -1.0}), ValueError, "events_of holds -1"),
            (pd.Series({"p0": np.nan}), ValueError, "events_of holds nan"),
            (pd.Series({"x": 1.0}), ValueError, "names x, who is not in groups"),
        ],
    )
    def test_impossible_numbers_of_events_are_refused(self, function, own, error, words):
        with pytest.raises(error, match=words):
            function(own, country([2]), 0.5)


class TestChangedVerdicts:
    def test_below_is_punished_and_on_the_line_is_not(self):
        true = pd.Series([950.0, 950, 899, 899, 900], index=list("abcde"))
        filed = pd.Series([899.0, 900, 900, 850, 899.5], index=list("abcde"))
        found = changed_verdicts(true, filed, 900)
        assert found["wrongly_punished"].tolist() == [True, False, False, False, True]
        assert found["wrongly_spared"].tolist() == [False, False, True, False, False]

    @given(
        st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=1, max_size=30),
        st.integers(-6, 6),
    )
    def test_the_verdicts_balance(self, pairs, line):
        true, filed = (pd.Series(side, dtype=float) for side in zip(*pairs, strict=True))
        found = changed_verdicts(true, filed, line)
        assert not (found["wrongly_punished"] & found["wrongly_spared"]).any()
        difference = found["wrongly_punished"].sum() - found["wrongly_spared"].sum()
        assert difference == (filed < line).sum() - (true < line).sum()

    @pytest.mark.parametrize(
        ("true", "filed", "line", "error", "words"),
        [
            ([1.0], pd.Series([1.0]), 0, TypeError, "true_scores is a list"),
            (pd.Series([], dtype=float), pd.Series([], dtype=float), 0, ValueError, "true_scores is empty"),
            (pd.Series([1.0]), pd.Series([np.nan]), 0, ValueError, "scores holds missing values"),
            (pd.Series([1.0]), pd.Series([1.0], index=[7]), 0, ValueError, "other people"),
            (pd.Series([1.0]), pd.Series([1.0]), np.nan, ValueError, "line is nan"),
        ],
    )
    def test_what_cannot_be_compared_is_refused(self, true, filed, line, error, words):
        with pytest.raises(error, match=words):
            changed_verdicts(true, filed, line)


class TestBootstrapInterval:
    def test_it_is_scipys_where_every_cluster_is_one_person(self):
        chosen = pd.Series(np.random.default_rng(11).random(400) < 0.2)
        ours = bootstrap_interval(
            chosen, pd.Series(np.arange(400)), np.random.default_rng(12), resamples=20_000
        )
        theirs = bootstrap(
            (chosen.to_numpy(dtype=float),),
            np.mean,
            method="percentile",
            n_resamples=20_000,
            random_state=np.random.default_rng(13),
        ).confidence_interval
        assert ours == pytest.approx(tuple(theirs), abs=0.004)

    def test_people_whose_fates_hang_together_are_less_evidence(self):
        chosen = pd.Series(np.repeat(np.random.default_rng(14).random(100) < 0.3, 4))
        apart = bootstrap_interval(chosen, pd.Series(np.arange(400)), np.random.default_rng(15))
        together = bootstrap_interval(
            chosen, pd.Series(np.repeat(np.arange(100), 4)), np.random.default_rng(15)
        )
        assert (together[1] - together[0]) / (apart[1] - apart[0]) == pytest.approx(2, rel=0.15)

    @settings(max_examples=30)
    @given(st.lists(st.booleans(), min_size=1, max_size=40), st.integers(1, 5))
    def test_it_lies_within_0_and_1_and_has_a_low_and_a_high_end(self, chosen, size):
        people = pd.Series(chosen)
        low, high = bootstrap_interval(
            people, pd.Series(np.arange(len(people)) // size), np.random.default_rng(16), resamples=200
        )
        assert 0 <= low <= high <= 1

    def test_it_covers_the_truth_about_as_often_as_it_says(self):
        generator, hits = np.random.default_rng(17), 0
        for _ in range(300):
            chosen = pd.Series(np.repeat(generator.random(150) < 0.3, 2))
            clusters = pd.Series(np.repeat(np.arange(150), 2))
            low, high = bootstrap_interval(chosen, clusters, generator, resamples=400)
            hits += low <= 0.3 <= high
        assert hits / 300 == pytest.approx(0.95, abs=0.05)

    def test_the_same_seed_gives_the_same_interval(self):
        chosen, clusters = pd.Series([True, False, True, False]), pd.Series([0, 0, 1, 2])
        one, two = (bootstrap_interval(chosen, clusters, np.random.default_rng(1)) for _ in range(2))
        assert one == two

    @pytest.mark.parametrize(
        ("change", "error", "words"),
        [
            ({"chosen": pd.Series([1, 0])}, TypeError, "True and False"),
            ({"chosen": pd.Series([], dtype=bool)}, ValueError, "chosen is empty"),
            ({"clusters": pd.Series([0, 1], index=[5, 6])}, ValueError, "other people"),
            ({"generator": 3}, TypeError, "generator is a int"),
            ({"confidence": 1}, ValueError, "confidence is 1"),
            ({"resamples": 5}, ValueError, "resamples is 5"),
        ],
    )
    def test_bad_input_is_refused(self, change, error, words):
        given = {
            "chosen": pd.Series([True, False]),
            "clusters": pd.Series([0, 1]),
            "generator": np.random.default_rng(1),
        } | change
        with pytest.raises(error, match=words):
            bootstrap_interval(**given)
