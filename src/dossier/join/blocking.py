"""Blocking: which pairs of records are looked at at all, and which true ones are lost by that.

Two registers of 10,000 make 100 million pairs. Lesson 06 looks only at pairs that agree on something, a *blocking rule*; whoever
agrees on none of the rules is never found, however much else speaks for it (Newcombe and others 1959, "Automatic Linkage of Vital
Records", Science 130).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .._arguments import table, whole_number
from .comparing import Integers, checked_pairs, common_codes

#: More pairs than these do not fit into a small computer's memory.
MOST_PAIRS = 20_000_000


class BlockingLoss(NamedTuple):
    """What blocking saves and what it loses.

    Attributes
    ----------
    pairs, all_pairs : int
        Pairs proposed, and pairs that there are.
    share_kept : float
        The first of the second.
    true_pairs, lost : int
        Pairs that are about one person, and those of them that were not proposed.
    share_lost : float
        The second of the first; not-a-number where there is no true pair.
    """

    pairs: int
    all_pairs: int
    share_kept: float
    true_pairs: int
    lost: int
    share_lost: float


def candidate_pairs(left: pd.DataFrame, right: pd.DataFrame, rules: Sequence[Sequence[str]]) -> pd.DataFrame:
    """Propose the pairs that agree on every column of at least one rule.

    Parameters
    ----------
    left, right : pandas.DataFrame
        Two registers with the rules' columns.
    rules : sequence of sequences of str
        Each rule is a list of columns, as in ``[["surname"], ["given_name", "birth_year"]]``. A missing value agrees with nothing.

    Returns
    -------
    pandas.DataFrame of int64
        Columns ``left`` and ``right``, row numbers from 0, in rising order; no pair twice.

    Raises
    ------
    TypeError
        If a register is no table.
    ValueError
        If there is no rule, a column is missing, or a rule proposes more than 20 million pairs.

    Examples
    --------
    >>> desk = pd.DataFrame({"surname": ["Tan", "Mol"], "year": [1980, 1990]})
    >>> register = pd.DataFrame({"surname": ["Mol", "Lun", "Mol"], "year": [1991, 1980, 1990]})
    >>> candidate_pairs(desk, register, [["surname"], ["year"]]).values.tolist()
    [[0, 1], [1, 0], [1, 2]]
    """
    rules = checked_rules("rules", rules)
    columns = [column for rule in rules for column in rule]
    table("left", left, columns)
    table("right", right, columns)
    found = np.unique(np.concatenate([_agreeing(left, right, rule) for rule in rules]))
    return _pairs(found, len(right))


def random_pairs(
    left: pd.DataFrame, right: pd.DataFrame, number: int, generator: np.random.Generator
) -> pd.DataFrame:
    """Draw pairs at random, all equally likely: almost none of them is about one person.

    Parameters
    ----------
    left, right : pandas.DataFrame
        Two registers.
    number : int
        How many pairs, 1 or more; a pair may be drawn twice.
    generator : numpy.random.Generator

    Returns
    -------
    pandas.DataFrame of int64
        Columns ``left`` and ``right``, row numbers from 0.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Notes
    -----
    Of registers of n that share everybody, one random pair in n is about one person. So what is counted on such pairs
    is u but for a share of 1/n.
    """
    table("left", left)
    table("right", right)
    whole_number("number", number, 1)
    if not isinstance(generator, np.random.Generator):
        raise TypeError(
            f"generator is {generator!r}: give a numpy.random.Generator, as in numpy.random.default_rng(1)"
        )
    return _pairs(generator.integers(len(left) * len(right), size=number), len(right))


def blocking_loss(
    pairs: pd.DataFrame, truth: pd.DataFrame, left: pd.DataFrame, right: pd.DataFrame
) -> BlockingLoss:
    """Count what blocking saves, and the true pairs that it loses.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Pairs proposed: columns ``left`` and ``right``, row numbers from 0.
    truth : pandas.DataFrame
        The pairs that are about one person, likewise.
    left, right : pandas.DataFrame
        The two registers.

    Returns
    -------
    BlockingLoss

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.
    """
    rows = len(table("left", left)), len(table("right", right))
    proposed, true = (
        np.unique(in_left * rows[1] + in_right)
        for in_left, in_right in (checked_pairs("pairs", pairs, *rows), checked_pairs("truth", truth, *rows))
    )
    all_pairs = rows[0] * rows[1]
    lost = len(true) - int(np.isin(true, proposed).sum())
    share_lost = lost / len(true) if len(true) else float("nan")
    return BlockingLoss(len(proposed), all_pairs, len(proposed) / all_pairs, len(true), lost, share_lost)


def checked_rules(argument: str, rules: Any) -> list[list[str]]:
    """Take rules, each a list of at least one column."""
    shown = f"{argument} is {rules!r}: give a list of rules, each a list of columns, as in [['surname', 'birth_date']]"
    if isinstance(rules, str) or not isinstance(rules, Iterable):
        raise TypeError(shown)
    found = list(rules)
    if any(isinstance(rule, str) or not isinstance(rule, Iterable) for rule in found):
        raise TypeError(shown)
    found = [list(rule) for rule in found]
    if not found or not all(found):
        raise ValueError(shown)
    return found


def _agreeing(left: pd.DataFrame, right: pd.DataFrame, rule: Sequence[str]) -> Integers:
    """The pairs that agree on all columns of a rule, each as left * rows of right + right."""
    left_key, right_key = np.zeros(len(left), np.int64), np.zeros(len(right), np.int64)
    for column in rule:
        left_codes, right_codes, texts = common_codes(left[column], right[column])
        both = np.concatenate([left_key, right_key]) * (len(texts) + 1) + np.concatenate(
            [left_codes, right_codes]
        )
        missing = np.concatenate([(left_key < 0) | (left_codes < 0), (right_key < 0) | (right_codes < 0)])
        # Numbered anew after each column, so that the product of many columns stays a small number.
        codes = np.where(missing, -1, pd.factorize(both)[0])
        left_key, right_key = codes[: len(left)], codes[len(left) :]
    in_right = np.argsort(right_key, kind="stable")
    first, last = (np.searchsorted(right_key[in_right], left_key, side) for side in ("left", "right"))
    partners = np.where(left_key < 0, 0, last - first)
    if partners.sum() > MOST_PAIRS:
        raise ValueError(
            f"the rule {list(rule)!r} proposes {partners.sum():,} pairs, more than {MOST_PAIRS:,}: add a column to it"
        )
    in_left = np.repeat(np.arange(len(left)), partners)
    rank = np.arange(len(in_left)) - np.repeat(np.cumsum(partners) - partners, partners)
    return np.asarray(in_left * len(right) + in_right[first[in_left] + rank], dtype=np.int64)


def _pairs(numbers: Integers, right_rows: int) -> pd.DataFrame:
    return pd.DataFrame({"left": numbers // right_rows, "right": numbers % right_rows})
