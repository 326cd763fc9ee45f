"""Guessing somebody from others: small cases by hand, and Sorrel's friends."""

import pandas as pd
import pytest

from dossier.join.others import accuracy_from_others, both_ways, guessed_from_others
from dossier.republic import Republic

VALUES = pd.Series({"ann": "north", "bo": "north", "cy": "south", "di": "south", "ed": "south"})


def paired(*pairs):
    return both_ways(pd.DataFrame(pairs, columns=["id_number", "other_id_number"]))


def test_everybody_stands_in_front_of_each_whom_they_know():
    pairs = paired(("ann", "bo"), ("bo", "cy"))
    assert sorted(zip(pairs["id_number"], pairs["other_id_number"], strict=True)) == [
        ("ann", "bo"),
        ("bo", "ann"),
        ("bo", "cy"),
        ("cy", "bo"),
    ]


def test_the_commonest_value_among_the_others_is_taken():
    guess = guessed_from_others(VALUES, paired(("ann", "bo"), ("ann", "cy"), ("ann", "di"), ("zoe", "bo")))
    # Ann's others are one northerner and two southerners; Bo's are Ann and Zoe, who tells nothing.
    assert guess.to_dict() == {"ann": "south", "bo": "north", "cy": "north", "di": "north", "zoe": "north"}


def test_between_equals_the_value_that_is_commoner_everywhere_is_taken():
    assert guessed_from_others(VALUES, paired(("zoe", "ann"), ("zoe", "cy")))["zoe"] == "south"


def test_ones_own_value_is_never_used():
    pairs = paired(("ann", "bo"), ("cy", "di"))
    changed = guessed_from_others(VALUES.replace({"north": "west"}), pairs)
    without = guessed_from_others(VALUES.drop("ann"), pairs)
    assert without["ann"] == "north"
    assert changed["ann"] == "west"


def test_accuracy_and_base_rate_by_hand():
    found = accuracy_from_others(VALUES, paired(("ann", "bo"), ("bo", "cy"), ("di", "ed")))
    # Guesses: ann north, bo (north, south: south is commoner), cy north, di south, ed south.
    assert (found.people, found.accuracy, found.base_rate) == (5, 3 / 5, 3 / 5)


def test_friends_give_away_where_one_lives_and_how_old_one_is():
    sorrel = Republic.sample()
    people = sorrel.people.set_index("id_number")
    known = sorrel.acquaintances
    friends = both_ways(known[known["tie"] == "friend"])
    for values in (people["district"], people["age"] // 10):
        found = accuracy_from_others(values, friends)
        assert found.accuracy > 3 * found.base_rate
    # Nobody chooses friends by sex in Sorrel, so friends say nothing of it.
    found = accuracy_from_others(people["sex"], friends)
    assert abs(found.accuracy - 0.5) < 0.05


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: both_ways(pd.DataFrame({"id_number": []})), ValueError, "no column 'other_id_number'"),
        (lambda: guessed_from_others(VALUES.head(0), paired(("ann", "bo"))), ValueError, "values is empty"),
        (lambda: guessed_from_others(VALUES, paired()), ValueError, "pairs is empty"),
        (lambda: guessed_from_others(list(VALUES), paired(("ann", "bo"))), TypeError, "values is a list"),
        (
            lambda: guessed_from_others(pd.concat([VALUES, VALUES]), paired(("ann", "bo"))),
            ValueError,
            "more than once",
        ),
        (lambda: accuracy_from_others(VALUES, paired(("zoe", "yan"))), ValueError, "nothing to guess"),
    ],
)
def test_bad_input_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
