"""How wrong links grow: closed forms, limits, and Sorrel itself."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.join.false_links import (
    bits_to_tell_apart,
    pairs_among,
    share_of_pairs_alike,
    wrong_links_per_person,
    wrongly_punished,
)
from dossier.republic import Republic


@given(st.integers(2, 10**9))
def test_each_newcomer_meets_all_the_others(people):
    assert pairs_among(people + 1) - pairs_among(people) == pytest.approx(people)
    assert pairs_among(1) == 0


def test_known_answers():
    assert bits_to_tell_apart(1.4e9) == pytest.approx(30.383, abs=5e-4)
    assert bits_to_tell_apart(8e9) == pytest.approx(32.897, abs=5e-4)
    assert wrong_links_per_person(10_001, 1e-4) == pytest.approx(1)
    assert wrongly_punished(0, 0.02) == 0
    assert wrongly_punished(1e9, 0.02) == pytest.approx(0.98)


@given(st.floats(2, 1e10), st.floats(1e-6, 1e3))
def test_so_many_bits_allow_so_many_wrong_links(people, allowed):
    bits = bits_to_tell_apart(people, allowed)
    if bits >= 0:
        assert wrong_links_per_person(people, 2.0**-bits) == pytest.approx(allowed)


@given(st.floats(2, 1e10), st.floats(1e-6, 1e3))
def test_twice_the_people_ask_for_one_bit_more(people, allowed):
    more = bits_to_tell_apart(2 * people - 1, allowed) - bits_to_tell_apart(people, allowed)
    assert more == pytest.approx(1)
    assert bits_to_tell_apart(people, allowed / 2) - bits_to_tell_apart(people, allowed) == pytest.approx(1)


def test_alike_is_counted_pair_by_pair():
    random = np.random.default_rng(8)
    people = pd.DataFrame({"a": random.integers(0, 4, 60), "b": random.integers(0, 3, 60)})
    rows = people.to_numpy().tolist()
    by_hand = np.mean([one == other for one, other in combinations(rows, 2)])
    assert share_of_pairs_alike(people, ["a", "b"]) == pytest.approx(by_hand)


def test_alike_at_both_ends():
    assert share_of_pairs_alike(pd.DataFrame({"a": [1, 2, 3]}), ["a"]) == 0
    assert share_of_pairs_alike(pd.DataFrame({"a": [1, 1, 1]}), ["a"]) == 1
    assert share_of_pairs_alike(pd.DataFrame({"a": [None, None, "x"]}), ["a"]) == 0


def test_sorrel_grows_as_the_formula_says():
    """The rate of a tenth of the people, times all the others, gives the namesakes that each has among everybody."""
    people = Republic.generate(40_000).people
    key = ["surname", "given_name"]
    few = people.sample(4_000, random_state=8)
    expected = wrong_links_per_person(len(people), share_of_pairs_alike(few, key))
    found = people.groupby(key)["id_number"].transform("size").mean() - 1
    assert found == pytest.approx(expected, rel=0.1)


@given(st.floats(0, 1e6), st.floats(0, 1))
def test_the_innocent_are_a_share_of_the_innocent(links, share):
    wrong = wrongly_punished(links, share)
    assert 0 <= wrong <= 1 - share
    assert wrong <= links * share + 1e-12
    assert wrongly_punished(links + 1, share) >= wrong


def test_the_formula_counts_what_chance_does():
    random = np.random.default_rng(8)
    guilty = random.random(200_000) < 0.03
    strangers = random.poisson(1.7, len(guilty))
    hit = random.binomial(strangers, 0.03) > 0
    assert (hit & ~guilty).mean() == pytest.approx(wrongly_punished(1.7, 0.03), rel=0.03)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: pairs_among(0), ValueError, "people is 0"),
        (lambda: wrong_links_per_person(10, 1.5), ValueError, "false_match_rate is 1.5"),
        (lambda: wrong_links_per_person("10", 0.5), TypeError, "people is '10'"),
        (lambda: bits_to_tell_apart(1), ValueError, "people is 1"),
        (lambda: bits_to_tell_apart(10, 0), ValueError, "wrong_per_person is 0"),
        (lambda: wrongly_punished(-1, 0.1), ValueError, "links_per_person is -1"),
        (lambda: wrongly_punished(1, np.nan), ValueError, "share_punished is nan"),
        (lambda: share_of_pairs_alike([1], ["a"]), TypeError, "people is a list"),
        (lambda: share_of_pairs_alike(pd.DataFrame({"a": [1, 2]}), ["b"]), ValueError, "no column 'b'"),
        (lambda: share_of_pairs_alike(pd.DataFrame({"a": [1, 2]}), "a"), ValueError, "key is 'a'"),
        (lambda: share_of_pairs_alike(pd.DataFrame({"a": [1]}), ["a"]), ValueError, "people has 1 row"),
    ],
)
def test_what_they_cannot_take(call, error, words):
    with pytest.raises(error, match=words):
        call()
