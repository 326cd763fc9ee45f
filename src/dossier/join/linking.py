"""Linking two registers without a number, from the columns to the links: all steps of lesson 06 in one call.

Nothing here is told the truth. u comes from random pairs; m from expectation-maximisation on pairs that agree on something else, in
several ways (the *training rules*), so that no field is judged on pairs that were chosen for agreeing on it; the share of matches from the
weights themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from .._arguments import table, whole_number
from .blocking import candidate_pairs, checked_rules, random_pairs
from .comparing import Field, checked_fields, comparison_levels, patterns
from .fellegi_sunter import (
    Shares,
    equal_by_chance,
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
from .rivals import evidence_beside_household, weight_among_rivals

#: Random pairs drawn to learn u.
RANDOM_PAIRS = 200_000
#: Turns after which two shares that still move are taken as they are.
MOST_TURNS = 200


class Learned(NamedTuple):
    """What was learnt of the fields: m and u, by field and level."""

    m: Shares
    u: Shares


class Plan(NamedTuple):
    """How two registers are linked: the arguments of `link_tables`, as in ``link_tables(left, right, **plan._asdict(), generator=...)``.

    Attributes
    ----------
    fields : sequence of Field
    blocking, training : sequence of sequences of str
    shared : sequence of str
    """

    fields: Sequence[Field]
    blocking: Sequence[Sequence[str]]
    training: Sequence[Sequence[str]]
    shared: Sequence[str] = ()


class Linked(NamedTuple):
    """Candidate pairs with their weights, and what these come from.

    Attributes
    ----------
    pairs : pandas.DataFrame
        ``left``, ``right`` (row numbers from 0), ``evidence`` (bits of the fields), ``match_weight`` (log2 of the odds, prior and
        rivals included) and ``match_probability``; a row for each pair that the blocking proposed, in rising order. Those with a
        weight above 0 are the links, at most one for each right record; `dossier.join.evaluating.best_links` picks others.
    m, u : pandas.Series
        By field and level.
    found : float
        Estimated share of the right register's records whose person is in the left one.
    household_share : float
        Estimated share of pairs of people who share a household; 0 where no field was said to be shared.
    """

    pairs: pd.DataFrame
    m: Shares
    u: Shares
    found: float
    household_share: float


def train(
    left: pd.DataFrame,
    right: pd.DataFrame,
    fields: Sequence[Field],
    training: Sequence[Sequence[str]],
    generator: np.random.Generator,
    random: int = RANDOM_PAIRS,
    learn_u: bool = True,
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
    learn_u : bool
        Whether expectation-maximisation learns chance agreement anew among a rule's pairs, or takes it from random pairs. The latter
        is where households are taken for persons.

    Returns
    -------
    Learned

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above, or a rule proposes no pair.

    Notes
    -----
    Where several rules teach a field, their expected matches are counted together. Within a rule's pairs chance agreement is
    another than in random ones (namesakes are mostly of one sex); the u returned is that of random pairs, exact agreement
    counted over all of them.
    """
    fields, rules = checked_fields(fields), checked_rules("training", training)
    for field in fields:
        if all(field.column in rule for rule in rules):
            raise ValueError(
                f"training has {field.column!r} in every rule, so that nothing can be learnt about it: add a rule without it"
            )
    whole_number("random", random, 1)
    for argument, register in (("left", left), ("right", right)):
        for field in fields:
            values = table(argument, register, [field.column])[field.column]
            if (values.isna() | (values == "")).all():
                raise ValueError(f"{argument} has nothing in {field.column!r}: leave that field out")
    by_chance = comparison_levels(left, right, fields, random_pairs(left, right, random, generator))
    u = level_shares(by_chance, fields, pseudo_count=0.5)
    for field in fields:
        of_field = u[field.column].to_numpy(np.float64)
        # Of exact agreement, the rarest and weightiest, a sample would hold a handful; it can be counted over all pairs.
        exact = np.clip(equal_by_chance(left[field.column], right[field.column]), 1e-9, 1 - 1e-9)
        u.loc[[field.column]] = [*of_field[:-1] / of_field[:-1].sum() * (1 - exact), exact]
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
        # u of the rule's own pairs: namesakes are mostly of one sex, random pairs are not.
        share = min(0.5, min(len(left), len(right)) / len(pairs))
        found = expectation_maximisation(counted, first, u, share, learn_u)
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
    shared: Sequence[str] = (),
    random: int = RANDOM_PAIRS,
) -> Linked:
    """Weigh the pairs of two registers that the blocking proposes, without any truth.

    Parameters
    ----------
    left : pandas.DataFrame
        A register that holds each person once at most.
    right : pandas.DataFrame
        The register whose records are looked for in it; it may hold a person more than once.
    fields, training, generator, random
        As for `train`.
    blocking : sequence of sequences of str
        Rules: pairs that none of them proposes are never looked at, and lost.
    shared : sequence of str
        Columns of ``fields`` in which members of a household agree as often as one person would: address, surname. Without
        any, a pair who live together may pass for one person.

    Returns
    -------
    Linked

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above, or a rule proposes no pair, or too many.

    Notes
    -----
    Agreement on a name is adjusted for how common the name is. Households and better candidates are weighed as `dossier.join.rivals`
    says. How many records are found, and how many pairs live together, are the numbers to which the probabilities add up,
    found by turns.
    """
    fields = checked_fields(fields)
    columns = [field.column for field in fields]
    if isinstance(shared, str) or not set(shared) <= set(columns):
        raise ValueError(f"shared is {shared!r}: give a list of columns out of {', '.join(columns)}")
    m, u = train(left, right, fields, training, generator, random)
    pairs = candidate_pairs(left, right, blocking)
    levels = comparison_levels(left, right, fields, pairs)
    bits = evidence(levels, level_weights(m, u))
    for field in fields:
        if field.kind == "name":
            bits[field.column] += term_frequency_adjustment(left, right, pairs, levels, field, u)
    common = bits[list(shared)].sum(axis=1).to_numpy(np.float64)
    own = bits.drop(columns=list(shared)).sum(axis=1).to_numpy(np.float64)
    record, rows = pairs["right"].to_numpy(), len(left)
    found, households = 0.5, 1 / rows if len(shared) else 0.0
    for _ in range(MOST_TURNS):
        together = evidence_beside_household(own, common, households)
        weight = weight_among_rivals(together, record, found, rows)
        probable = np.asarray(posterior(weight))
        of_household = posterior(common + prior_bits(households)) * (1 - probable)
        # Half a record is kept on either side: odds of none or all could never move again.
        expected = float(np.clip(probable.sum(), 0.5, len(right) - 0.5)) / len(right)
        of_pairs = float(np.sum(of_household)) / (rows * len(right) - probable.sum()) if len(shared) else 0.0
        done = abs(expected - found) < 1e-6 and abs(of_pairs - households) < 1e-6 * households + 1e-15
        found, households = expected, min(of_pairs, 0.5)
        if done:
            break
    pairs["evidence"] = together
    pairs["match_weight"] = weight
    pairs["match_probability"] = probable
    return Linked(pairs, m, u, found, float(households))
