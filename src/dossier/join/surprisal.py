"""Surprisal: how much an attribute gives away, in bits, and how many bits single somebody out.

Lesson 07 fills a bits counter with it. Surprisal is Shannon's (1948): an event of probability p is worth -log2(p) bits; log2(N) bits
name one of N. Bits of independent attributes add up; those of dependent ones do not, which `narrowing` shows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from dossier import _arguments as given

COUNT = given.Range(1, below=True)
SHARE_OF_SOMEBODY = given.Range(0, 1, above=True)


def surprisal(share: ArrayLike) -> float | NDArray[np.float64]:
    """
    Compute what learning an attribute's value is worth.

    Parameters
    ----------
    share : array_like
        Share of the people who have the value; above 0, at most 1.

    Returns
    -------
    float or numpy.ndarray
        Bits, 0 or more, in the shape of ``share``.

    Raises
    ------
    TypeError
        If it holds anything but numbers.
    ValueError
        If a share lies outside its range.

    Notes
    -----
    ``-log2(share)``: 0 bits where everybody has the value, 1 bit more for each halving (Shannon 1948).

    Examples
    --------
    >>> surprisal(0.5)
    1.0
    >>> surprisal(1 / 1024)
    10.0
    """
    # Adding 0 turns -0.0, the surprisal of a certainty, into 0.0.
    return given.plain(-np.log2(given.numbers("share", share, SHARE_OF_SOMEBODY)) + 0.0)


def bits_to_single_out(people: ArrayLike) -> float | NDArray[np.float64]:
    """
    Compute how many bits name one of some people.

    Parameters
    ----------
    people : array_like
        How many there are; 1 or more.

    Returns
    -------
    float or numpy.ndarray
        ``log2(people)``, in the shape of ``people``.

    Raises
    ------
    TypeError
        If it holds anything but numbers.
    ValueError
        If a number is below 1 or not finite.

    Examples
    --------
    >>> round(bits_to_single_out(8e9), 3)
    32.897
    """
    return given.plain(np.log2(given.numbers("people", people, COUNT)))


def mean_surprisal(values: pd.Series) -> float:
    """
    Compute the entropy of a column: what learning a row's value is worth on average.

    Parameters
    ----------
    values : pandas.Series
        One value a row, none missing; not empty.

    Returns
    -------
    float
        Bits: 0 if all are the same, log2 of their number if all differ.

    Raises
    ------
    TypeError
        If it is no Series.
    ValueError
        If it is empty or a value is missing.

    Notes
    -----
    ``sum(share * -log2(share))`` over the values (Shannon 1948).
    """
    values = _complete("values", given.series("values", values))
    shares = values.value_counts(normalize=True).to_numpy(dtype=np.float64)
    return float((shares * surprisal(shares)).sum())


def narrowing(table: pd.DataFrame, row: object, attributes: Sequence[str]) -> pd.DataFrame:
    """
    Learn one person's attributes one after the other, and count who is left.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a person; not empty.
    row : object
        Label of the person in the table's index.
    attributes : sequence of str
        Columns, in the order in which they become known; none may be missing in the table.

    Returns
    -------
    pandas.DataFrame
        A row for each attribute, indexed by its name:

        - ``share``: share of all people who have this person's value;
        - ``bits``: its surprisal;
        - ``added_up``: the bits so far, as if the attributes were independent;
        - ``left``: people who have all the values so far, 1 or more: the anonymity set;
        - ``in_truth``: the bits so far, ``log2(len(table) / left)``; never above ``log2(len(table))``.

    Raises
    ------
    TypeError
        If ``table`` is no DataFrame.
    ValueError
        If it is empty, a column is missing or has missing values, an attribute comes twice, or nobody or more than one has the label.
    """
    names = list(attributes)
    table = given.table("table", table, names)
    if len(set(names)) < len(names):
        raise ValueError(f"attributes is {names}: give each once")
    here = np.asarray(table.index == row)
    if here.sum() != 1:
        raise ValueError(f"row is {row!r}: give a label that the table's index holds exactly once")
    left = np.ones(len(table), dtype=np.bool_)
    steps = []
    for name in names:
        column = _complete(name, table[name])
        same = (column == column[here].iloc[0]).to_numpy(dtype=np.bool_)
        left &= same
        steps.append((same.mean(), left.sum()))
    shares = np.array([share for share, _ in steps], dtype=np.float64)
    number = np.array([count for _, count in steps], dtype=np.int64)
    bits = np.asarray(surprisal(shares)) if names else shares
    return pd.DataFrame(
        {
            "share": shares,
            "bits": bits,
            "added_up": bits.cumsum(),
            "left": number,
            "in_truth": np.asarray(bits_to_single_out(len(table) / np.maximum(number, 1))),
        },
        index=pd.Index(names, name="attribute", dtype=object),
    )


def _complete(name: str, column: pd.Series) -> pd.Series:
    if column.isna().any():
        raise ValueError(f"{name} has {int(column.isna().sum())} missing values: fill them or leave them out")
    return column
