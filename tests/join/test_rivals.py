"""Rival explanations: a household is worth so many bits and no more, and candidates of one record share one certainty."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.join.fellegi_sunter import posterior
from dossier.join.rivals import evidence_beside_household, weight_among_rivals

BITS = st.floats(-40, 40)
SHARE = st.floats(0.01, 0.99)


@given(BITS, BITS)
def test_without_households_bits_simply_add_up(personal, shared):
    assert evidence_beside_household(personal, shared, 0) == pytest.approx(personal + shared)


@given(BITS, BITS, st.floats(1e-9, 0.9))
def test_what_a_household_shares_is_worth_no_more_than_a_household_is_rare(personal, shared, share):
    found = evidence_beside_household(personal, shared, share)
    assert found <= personal + np.log2(1 / share) + 1e-9
    assert found <= max(personal + shared, personal) + np.log2(1 / (1 - share)) + 1e-9
    assert found <= evidence_beside_household(personal, shared + 1, share)


@given(st.floats(0.01, 0.9), st.floats(0.01, 0.9), st.floats(0.001, 0.5))
def test_it_is_bayes_rule_over_three_kinds_of_pair(m, u, share):
    """One person, two of a household, two strangers: the odds of the first against the others."""
    shared, personal = np.log2(m / u), 2.0
    others = share * m + (1 - share) * u
    assert evidence_beside_household(personal, shared, share) == pytest.approx(
        np.log2(2**personal * m / others)
    )


def test_it_stays_a_number_where_evidence_is_overwhelming():
    assert evidence_beside_household(0, 5_000, 0.5) == pytest.approx(1)
    weights = weight_among_rivals([5_000, -5_000, 0], [0, 0, 1], 0.5, 10)
    assert np.isfinite(weights).all()


@given(st.lists(st.tuples(st.integers(0, 3), BITS), min_size=1, max_size=12), SHARE, st.integers(1, 10_000))
def test_a_record_is_about_one_of_its_candidates_or_about_nobody(rows, found, candidates):
    record, bits = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    probable = posterior(weight_among_rivals(bits, record, found, candidates))
    for one in np.unique(record):
        weight = found / candidates * 2 ** bits[record == one]
        assert np.allclose(probable[record == one], weight / (1 - found + weight.sum()))
        assert probable[record == one].sum() <= 1 + 1e-9


@given(BITS, SHARE)
def test_a_single_candidate_has_the_odds_of_its_bits(bits, found):
    (weight,) = weight_among_rivals([bits], [0], found, 100)
    assert weight == pytest.approx(bits + np.log2(found / (1 - found) / 100))


@given(BITS, st.floats(0, 30))
def test_a_better_candidate_takes_from_the_others(bits, more):
    alone = weight_among_rivals([bits], [0], 0.5, 100)[0]
    beside, better = weight_among_rivals([bits, bits + more], [0, 0], 0.5, 100)
    assert beside <= alone
    assert beside <= better
    assert beside <= 1e-9


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: evidence_beside_household(0, 0, 1),
            ValueError,
            "household_share is 1: allowed is 0 to less than 1",
        ),
        (lambda: evidence_beside_household(np.inf, 0, 0.5), ValueError, "personal is inf"),
        (lambda: evidence_beside_household(0, "5", 0.5), TypeError, "shared is '5'"),
        (
            lambda: weight_among_rivals([1, 2], [0], 0.5, 10),
            ValueError,
            r"record has shape \(1,\) and bits \(2,\)",
        ),
        (lambda: weight_among_rivals([1], [-1], 0.5, 10), ValueError, "record holds -1"),
        (lambda: weight_among_rivals([1], [0.0], 0.5, 10), TypeError, "record is of type float64"),
        (lambda: weight_among_rivals([1], [0], 1, 10), ValueError, "found is 1"),
        (lambda: weight_among_rivals([1], [0], 0.5, 0), ValueError, "candidates is 0"),
        (lambda: weight_among_rivals([np.nan], [0], 0.5, 10), ValueError, "bits is nan"),
    ],
)
def test_bad_arguments_are_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
