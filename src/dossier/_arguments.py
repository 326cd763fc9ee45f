"""What the models check of their arguments: one wording for every refusal.

A refusal names the argument, what was given and what is allowed, and where it helps the way out.
"""

from __future__ import annotations

import reprlib
from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Integral
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Range:
    """The numbers that an argument may take, and how to say so.

    Parameters
    ----------
    low, high : float
        Ends; NaN is never allowed.
    above, below : bool
        Whether the end itself is excluded.
    """

    low: float = -np.inf
    high: float = np.inf
    above: bool = False
    below: bool = False

    def holds(self, numbers: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell which of some numbers are allowed."""
        enough = numbers > self.low if self.above else numbers >= self.low
        return np.asarray(enough & (numbers < self.high if self.below else numbers <= self.high))

    def __str__(self) -> str:
        """The range in words."""
        if np.isfinite(self.high):
            low = f"above {self.low:g}" if self.above else f"{self.low:g}"
            high = f"less than {self.high:g}" if self.below else f"{self.high:g}"
            return f"{low} {'and' if self.above else 'to'} {high}"
        kind = "a finite number" if self.below else "a number"
        if not np.isfinite(self.low):
            return kind
        return f"{kind}, above {self.low:g}" if self.above else f"{kind}, {self.low:g} or more"


#: A probability, a share.
SHARE = Range(0, 1)
#: A finite number of either sign.
FINITE = Range(above=True, below=True)
#: A finite number, 0 or more.
AMOUNT = Range(0, below=True)
#: A finite number above 0.
POSITIVE = Range(0, above=True, below=True)


def numbers(argument: str, value: ArrayLike, allowed: Range) -> NDArray[np.float64]:
    """Take one number or an array of them.

    Raises
    ------
    TypeError
        If it holds anything but numbers.
    ValueError
        If one of them is not allowed; the first is shown.
    """
    try:
        if (
            value is None or np.asarray(value).dtype.kind in "bSU"
        ):  # NumPy would read None, True and "3" as numbers
            raise TypeError
        found = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        shown = reprlib.repr(value.tolist() if isinstance(value, (np.ndarray, pd.Series)) else value)
        raise TypeError(f"{argument} is {shown}: give a number or an array of numbers") from None
    right = allowed.holds(found)
    if not right.all():
        raise ValueError(f"{argument} is {found[~right].flat[0]:g}: allowed is {allowed}")
    return found


def number(argument: str, value: Any, allowed: Range) -> float:
    """Take one number.

    Raises
    ------
    TypeError
        If it is no number, or more than one.
    ValueError
        If it is not allowed.
    """
    if isinstance(value, (bool, np.bool_, str)) or np.ndim(value):
        raise TypeError(f"{argument} is {value!r}: give one number")
    return float(numbers(argument, value, allowed))


def plain(found: ArrayLike) -> float | NDArray[np.float64]:
    """Give a result back in the shape of what was asked: a float where that was one number."""
    numbers = np.asarray(found, dtype=np.float64)
    return numbers if numbers.ndim else float(numbers)


def whole_number(argument: str, value: Any, low: int, high: int | None = None) -> int:
    """Take one whole number, from ``low`` to ``high``.

    Raises
    ------
    TypeError
        If it is no whole number.
    ValueError
        If it lies outside the range.
    """
    allowed = f"{low} or more" if high is None else f"{low} to {high}"
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{argument} is {value!r}: give a whole number, {allowed}")
    whole = int(value)
    if whole < low or (high is not None and whole > high):
        raise ValueError(f"{argument} is {whole}: allowed is a whole number, {allowed}")
    return whole


def table(argument: str, value: Any, columns: Iterable[str] = (), *, empty: bool = False) -> pd.DataFrame:
    """Take a table that has some columns.

    Raises
    ------
    TypeError
        If it is no DataFrame.
    ValueError
        If a column is missing, or there is no row although ``empty`` is not allowed.
    """
    if not isinstance(value, pd.DataFrame):
        raise TypeError(f"{argument} is a {type(value).__name__}: give a pandas DataFrame")
    for column in columns:
        if column not in value.columns:
            raise ValueError(
                f"{argument} has no column {column!r}; it has {', '.join(map(str, value.columns))}"
            )
    if value.empty and not empty:
        raise ValueError(f"{argument} is empty: give at least one row")
    return value


def series(argument: str, value: Any, *, empty: bool = False) -> pd.Series:
    """Take a pandas Series.

    Raises
    ------
    TypeError
        If it is none.
    ValueError
        If it is empty although that is not allowed.
    """
    if not isinstance(value, pd.Series):
        raise TypeError(f"{argument} is a {type(value).__name__}: give a pandas Series")
    if value.empty and not empty:
        raise ValueError(f"{argument} is empty: give at least one")
    return value


def once(argument: str, index: pd.Index) -> pd.Index:
    """Take an index that names something, and everything once.

    Raises
    ------
    ValueError
        If it is empty or names something twice.
    """
    if index.empty:
        raise ValueError(f"{argument} is empty: give at least one")
    if index.has_duplicates:
        raise ValueError(
            f"{argument} holds {index[index.duplicated()].tolist()[0]!r} more than once: give each once"
        )
    return index
