"""Two registers of Sorrel that share people and no ID number.

Lessons 06 and 08 link them. Each holds most of the people, chosen by chance and apart from the other. The second was
typed by hand: names are mistyped or spelt another way, dates have a wrong digit, addresses are those of before.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from dossier._arguments import Range, number, table, whole_number
from dossier.republic.draws import Stream
from dossier.republic.errors import corrupt

COLUMNS = ("given_name", "surname", "birth_date", "sex", "district")
_NAME = {"typo": 0.02, "transposition": 0.01, "spelling": 0.03, "missing": 0.01}
#: Share of the second register's values with each kind of error. Our choice, of the size that FEBRL's generator uses.
ERRORS = {
    "given_name": _NAME,
    "surname": _NAME,
    "birth_date": {"typo": 0.02, "transposition": 0.01, "missing": 0.01},
    "sex": {"missing": 0.01},
    "district": {"stale": 0.1},
}


class TwoRegisters(NamedTuple):
    """Two registers and the truth about them.

    Attributes
    ----------
    left, right : pandas.DataFrame
        Columns ``given_name``, ``surname``, ``birth_date`` (text, "1966-04-12"), ``sex``, ``district``; rows numbered from 0.
    truth : pandas.Series of int
        For each row of ``right`` that is about somebody in ``left``, the row of ``left``. Only for evaluation.
    left_source, right_source : pandas.Series
        For each row of the register, the index label of the row of ``people`` that it is about. Only for evaluation.
    """

    left: pd.DataFrame
    right: pd.DataFrame
    truth: pd.Series[int]
    left_source: pd.Series[Any]
    right_source: pd.Series[Any]


def two_registers(people: pd.DataFrame, share: float = 0.8, seed: int = 0) -> TwoRegisters:
    """Draw two registers from Sorrel's people, and spoil the second.

    Parameters
    ----------
    people : pandas.DataFrame
        Sorrel's people.
    share : float
        How much of the people each register holds, above 0 and at most 1.
    seed : int
        0 or greater; the same seed gives the same registers.

    Returns
    -------
    TwoRegisters

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above, or a register would be empty.
    """
    people = table("people", people, COLUMNS)
    share = number("share", share, Range(0, 1, above=True))
    seed = whole_number("seed", seed, 0)
    size = len(people)
    draws = Stream(seed, "two registers", 0)
    in_left = np.flatnonzero(draws.uniform(size) < share)
    in_right = np.flatnonzero(draws.uniform(size) < share)
    if not len(in_left) or not len(in_right):
        raise ValueError(
            f"people has {size} rows: too few for two registers that hold {share:.0%} of them each"
        )
    in_right = in_right[draws.order(len(in_right))]
    left, right = (people[list(COLUMNS)].iloc[rows].reset_index(drop=True) for rows in (in_left, in_right))
    right = corrupt(right, ERRORS, seed=seed).table
    for register in (left, right):
        register["birth_date"] = register["birth_date"].dt.strftime("%Y-%m-%d")
    row_in_left = pd.Series(np.arange(len(in_left)), index=in_left).reindex(in_right)
    truth = pd.Series(row_in_left.to_numpy(), index=right.index, name="left").dropna().astype("int64")
    sources = (pd.Series(people.index[rows], name="source") for rows in (in_left, in_right))
    return TwoRegisters(left, right, truth, *sources)
