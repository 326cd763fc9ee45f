"""Linking two registers without a number, from the columns to the links: all steps of lesson 06 in one call.

Nothing here is told the truth. u comes from random pairs; m from expectation-maximisation on pairs that agree on something else, in
several ways (the *training rules*), so that no field is judged on pairs that were chosen for agreeing on it; the share of matches from the
scores themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from .._arguments import whole_number
from .blocking import candidate_pairs, checked_rules, random_pairs
from .comparing import Field, checked_fields, comparison_levels, patterns
from .fellegi_sunter import (
    Shares,
    evidence,
    expectation,
    expectation_maximisation,
    level_shares,
    level_weights,
    posterior,
    prior_bits,
    starting_m,
    term_frequency_adjustment,
)

#: Random pairs drawn to learn u.
RANDOM_PAIRS = 500_000


class Learned(NamedTuple):
    """What was learnt of the fields: m and u, by field and level."""

    m: Shares
    u: Shares


class Linked(NamedTuple):
    """Candidate pairs with their weights, and what these come from.

    Attributes
    ----------
    pairs : pandas.DataFrame
        ``left``, ``right`` (row numbers from 0), ``match_weight`` (bits, prior included) and ``match_probability``; one row for
        each pair that the blocking proposed, in rising order. `dossier.join.evaluating.best_links` picks the links.
    m, u : pandas.Series
        By field and level.
    share : float
        Estimated share of matches among all pairs of the two registers.
    """

    pairs: pd.DataFrame
    m: Shares
    u: Shares
    share: float


def train(
    left: pd.DataFrame,
    right: pd.DataFrame,
    fields: Sequence[Field],
    training: Sequence[Sequence[str]],
    generator: np.random.Generator,
    random: int = RANDOM_PAIRS,
) -> Learned:
    """Learn m and u of each field from two registers of which nobody knows the truth.

    Parameters
    ----------
    left, right : pandas.DataFrame
        Two registers with the columns of the fields and rules.
    fields : sequence of Field
    training : sequence of sequences of str
        Rules, as for `dossier.join.blocking.candidate_pairs`: from the pairs that agree on all columns of one rule, m is learnt of the
        fields that are not in it. Each field must be missing from at least one. Rules on what a household shares (surname,
        address) teach what a household looks like: choose others.
    generator : numpy.random.Generator
        For the random pairs.
    random : int
        How many random pairs, 1 or more.

    Returns
    -------
    Learned

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above, or a rule proposes no pair.

    Notes
    -----
    Where several rules teach a field, their expected matches are counted together.
    """
    fields, rules = checked_fields(fields), checked_rules("training", training)
    for field in fields:
        if all(field.column in rule for rule in rules):
            raise ValueError(
                f"training has {field.column!r} in every rule, so that nothing can be learnt about it: add a rule without it"
            )
    whole_number("random", random, 1)
    by_chance = comparison_levels(left, right, fields, random_pairs(left, right, random, generator))
    u = level_shares(by_chance, fields, pseudo_count=0.5)
    first = starting_m(fields)
    expected = pd.Series(0.5, index=first.index)
    for rule in rules:
        pairs = candidate_pairs(left, right, [rule])
        if pairs.empty:
            raise ValueError(
                f"the training rule {rule!r} proposes no pair: the registers seem to share nobody, or leave it out"
            )
        others = [field for field in fields if field.column not in rule]
        if not others:
            continue
        counted = patterns(comparison_levels(left, right, others, pairs))
        found = expectation_maximisation(
            counted, first, u, share=min(0.5, min(len(left), len(right)) / len(pairs))
        )
        matches = counted["pairs"].to_numpy() * expectation(counted, found.m, found.u, found.share)
        for field in others:
            known = counted[field.column].to_numpy()
            steps = np.bincount(known[known >= 0], matches[known >= 0], minlength=len(field.levels))
            expected.loc[[field.column]] += steps
    m = expected / expected.groupby(level=0).transform("sum")
    return Learned(m.rename("m"), u.rename("u"))


def link_tables(
    left: pd.DataFrame,
    right: pd.DataFrame,
    fields: Sequence[Field],
    blocking: Sequence[Sequence[str]],
    training: Sequence[Sequence[str]],
    generator: np.random.Generator,
    random: int = RANDOM_PAIRS,
) -> Linked:
    """Weigh the pairs of two registers that the blocking proposes, without any truth.

    Parameters
    ----------
    left, right, fields, training, generator, random
        As for `train`.
    blocking : sequence of sequences of str
        Rules: pairs that none of them proposes are never looked at, and lost.

    Returns
    -------
    Linked

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above, or a rule proposes no pair, or too many.

    Notes
    -----
    Agreement on a name is adjusted for how common the name is. The share of matches is that which the posterior probabilities
    add up to, found by turns (expectation-maximisation of the share alone); pairs that were not proposed count as no matches, and a
    smaller register of n gives at most n.
    """
    fields = checked_fields(fields)
    m, u = train(left, right, fields, training, generator, random)
    pairs = candidate_pairs(left, right, blocking)
    levels = comparison_levels(left, right, fields, pairs)
    bits = evidence(levels, level_weights(m, u)).sum(axis=1)
    for field in fields:
        if field.kind == "name":
            bits = bits + term_frequency_adjustment(left, right, pairs, levels, field, u)
    share = _share_of_matches(bits.to_numpy(np.float64), len(left), len(right))
    pairs["match_weight"] = bits + prior_bits(share)
    pairs["match_probability"] = posterior(pairs["match_weight"].to_numpy())
    return Linked(pairs, m, u, share)


def _share_of_matches(bits: np.ndarray, left_rows: int, right_rows: int) -> float:
    all_pairs, most = left_rows * right_rows, min(left_rows, right_rows)
    matches = float(most)
    for _ in range(100):
        # At least half a match, so that the odds stay a number where nothing matches.
        expected = max(
            0.5, min(most, float(np.sum(posterior(bits + prior_bits(min(matches / all_pairs, 0.5))))))
        )
        if abs(expected - matches) < 1e-3:
            break
        matches = expected
    return min(matches / all_pairs, 0.5)
