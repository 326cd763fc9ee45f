"""Judging a linkage against the truth: what was found, what was missed, and who got somebody else's records.

Lesson 06 judges its links on registers of which it knows the truth; who links registers in earnest does not. Every result
stands beside the *exact join*, which links what is equal: a linkage worth its trouble beats it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from .._arguments import FINITE, Range, number, numbers, table, whole_number
from .blocking import candidate_pairs


class Evaluation(NamedTuple):
    """How good some links are.

    Attributes
    ----------
    right, wrong, missed : int
        Links that are true, links that are not, and true pairs without a link.
    precision, recall : float
        Share of the links that are true, and of the true pairs that are linked; not-a-number where there are none.
    f1 : float
        Their harmonic mean, ``2 * right / (2 * right + wrong + missed)``.
    wrong_per_1000 : float
        Wrong links per 1,000 people; not-a-number where it was not said how many people there are.
    """

    right: int
    wrong: int
    missed: int
    precision: float
    recall: float
    f1: float
    wrong_per_1000: float


def exact_join(
    left: pd.DataFrame, right: pd.DataFrame, on: Sequence[str], unambiguous: bool = False
) -> pd.DataFrame:
    """Link the records that are equal in some columns: the baseline.

    Parameters
    ----------
    left, right : pandas.DataFrame
        Two registers with these columns.
    on : sequence of str
        A missing value equals nothing.
    unambiguous : bool
        Whether to leave out records that are equal to more than one.

    Returns
    -------
    pandas.DataFrame of int64
        Columns ``left`` and ``right``, row numbers from 0.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.
    """
    pairs = candidate_pairs(left, right, [on])
    if unambiguous:
        pairs = pairs[~pairs["left"].duplicated(keep=False) & ~pairs["right"].duplicated(keep=False)]
    return pairs.reset_index(drop=True)


def best_links(scored: pd.DataFrame, least_weight: float = 0.0, one_to_one: bool = True) -> pd.DataFrame:
    """Keep the best link of each record.

    Parameters
    ----------
    scored : pandas.DataFrame
        Columns ``left``, ``right`` and ``match_weight`` (bits, prior included), one row a pair.
    least_weight : float
        Bits from which a pair may be a link; 0 is a probability of one half.
    one_to_one : bool
        Whether no record may have two links: the strongest pair is taken first, then the strongest of those whose records are
        both free, and so on. If false, each right record keeps its best left one, and a left one may have several.

    Returns
    -------
    pandas.DataFrame
        Rows of ``scored``, the strongest first; of equal ones, the smaller ``left`` and ``right``.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Notes
    -----
    Taking the strongest first need not give the greatest sum of weights; it gives the pairs that no two records would both
    leave (Gale and Shapley 1962).
    """
    pairs = table("scored", scored, ("left", "right", "match_weight"), empty=True)
    weights = numbers("scored['match_weight']", pairs["match_weight"].to_numpy(np.float64), Range())
    least = number("least_weight", least_weight, Range())
    order = ["match_weight", "left", "right"]
    found = pairs[weights >= least].sort_values(order, ascending=[False, True, True], ignore_index=True)
    if not one_to_one:
        return found.drop_duplicates("right", ignore_index=True)
    free_left, free_right = set(found["left"]), set(found["right"])
    kept = []
    for row, (left, right) in enumerate(zip(found["left"], found["right"], strict=True)):
        if left in free_left and right in free_right:
            free_left.remove(left)
            free_right.remove(right)
            kept.append(row)
    return found.iloc[kept].reset_index(drop=True)


def evaluate(links: pd.DataFrame, truth: pd.DataFrame, people: int | None = None) -> Evaluation:
    """Compare links with the truth.

    Parameters
    ----------
    links, truth : pandas.DataFrame
        Columns ``left`` and ``right``: the pairs linked, and all pairs that are about one person.
    people : int, optional
        How many people the registers are about, 1 or more.

    Returns
    -------
    Evaluation

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Examples
    --------
    >>> links = pd.DataFrame({"left": [0, 1, 2], "right": [0, 1, 7]})
    >>> truth = pd.DataFrame({"left": [0, 1, 2, 3], "right": [0, 1, 2, 3]})
    >>> found = evaluate(links, truth, people=100)
    >>> found.right, found.wrong, found.missed, found.wrong_per_1000
    (2, 1, 2, 10.0)
    """
    true = _true(links, truth)
    if people is not None:
        whole_number("people", people, 1)
    return _evaluation(int(true.sum()), int((~true).sum()), _number_of(truth), people)


def threshold_curve(
    scored: pd.DataFrame, truth: pd.DataFrame, thresholds: ArrayLike, people: int | None = None
) -> pd.DataFrame:
    """Evaluate the links above each of some thresholds.

    Parameters
    ----------
    scored : pandas.DataFrame
        Columns ``left``, ``right`` and ``match_weight``, one row a pair: all pairs, or those that `best_links` kept.
    truth : pandas.DataFrame
        Columns ``left`` and ``right``: all pairs that are about one person.
    thresholds : array_like
        Bits; pairs with as many or more are links.
    people : int, optional
        As for `evaluate`.

    Returns
    -------
    pandas.DataFrame
        A row for each threshold: ``threshold``, then the columns of `Evaluation`.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.
    """
    true = _true(scored, truth)
    table("scored", scored, ["match_weight"], empty=True)
    weights = numbers("scored['match_weight']", scored["match_weight"].to_numpy(np.float64), Range())
    cuts = np.atleast_1d(numbers("thresholds", thresholds, FINITE))
    if people is not None:
        whole_number("people", people, 1)
    true_weights, other_weights = np.sort(weights[true]), np.sort(weights[~true])
    pairs = _number_of(truth)
    rows = []
    for cut in cuts:
        right = len(true_weights) - int(np.searchsorted(true_weights, cut))
        wrong = len(other_weights) - int(np.searchsorted(other_weights, cut))
        rows.append((cut, *_evaluation(right, wrong, pairs, people)))
    return pd.DataFrame(rows, columns=["threshold", *Evaluation._fields])


def _number_of(truth: pd.DataFrame) -> int:
    return len(truth[["left", "right"]].drop_duplicates())


def _true(links: pd.DataFrame, truth: pd.DataFrame) -> NDArray[np.bool_]:
    """Which links are true."""
    linked = table("links", links, ("left", "right"), empty=True)[["left", "right"]]
    true = table("truth", truth, ("left", "right"), empty=True)[["left", "right"]].drop_duplicates()
    if linked.duplicated().any():
        twice = tuple(linked[linked.duplicated()].iloc[0])
        raise ValueError(f"links holds the pair {twice} more than once: give each once")
    return pd.MultiIndex.from_frame(linked).isin(pd.MultiIndex.from_frame(true))


def _evaluation(right: int, wrong: int, true_pairs: int, people: int | None) -> Evaluation:
    missed = true_pairs - right

    def share(part: float, whole: float) -> float:
        return part / whole if whole else float("nan")

    return Evaluation(
        right,
        wrong,
        missed,
        share(right, right + wrong),
        share(right, true_pairs),
        share(2 * right, 2 * right + wrong + missed),
        float("nan") if people is None else 1000 * wrong / people,
    )
