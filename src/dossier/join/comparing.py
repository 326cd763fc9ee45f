"""Comparing two records field by field: how much they agree, in a few levels that can be counted.

Lesson 06 asks whether two records without a number are about one person. Fellegi and Sunter (1969, "A Theory for Record Linkage",
Journal of the American Statistical Association 64) answer from the *comparison vector*: for each field, whether the two values
agree. Winkler (1990, "String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model of Record Linkage") put
levels between agreeing and differing, by a similarity of names that forgives typing errors.

A *field* is a column that both registers have. A table of *pairs* has the columns ``left`` and ``right``: row numbers, from 0, in the
two registers. A table of *levels* has a row for each pair and a column for each field: -1 where a value is missing, 0 where
the two differ, then similar (more than one step, perhaps), and the highest number where they are exactly equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._arguments import SHARE, number, series, table, whole_number

Kind = Literal["exact", "name", "number"]
Integers = NDArray[np.int64]

#: Level of a pair of which one value, or both, are missing.
MISSING = -1
#: Jaro-Winkler similarities from which two names are alike, and edits up to which two written numbers are.
ALIKE: dict[str, tuple[float, ...]] = {"exact": (), "name": (0.92, 0.8), "number": (1, 2)}


@dataclass(frozen=True)
class Field:
    """A column that both registers have, and how two of its values are compared.

    Values are compared as text, and capital letters count: bring them into one form first.

    Parameters
    ----------
    column : str
    kind : {"exact", "name", "number"}
        Exact: equal or different. A name: equal, similar by Jaro and Winkler's measure, or different. A written number (a date, a
        postcode, an identity number): equal, a few edits apart, or different; an edit is a character put in, left out or replaced,
        or two neighbours swapped.
    similar : sequence of float, optional
        Where "similar" begins, the nearest first, one level each: for a name least similarities, above 0 and below 1, falling; for a number most
        edits, whole numbers from 1, rising. Without it (0.92, 0.8) and (1, 2).

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Examples
    --------
    >>> Field("surname", "name", similar=[0.9]).levels
    ('different', 'similar', 'exact')
    """

    column: str
    kind: Kind = "exact"
    similar: Sequence[float] | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be compared, and fill in the usual steps."""
        if not isinstance(self.column, str):
            raise TypeError(f"column is {self.column!r}: give the name of a column")
        if self.kind not in get_args(Kind):
            allowed = ", ".join(map(repr, get_args(Kind)))
            raise ValueError(f"kind of {self.column!r} is {self.kind!r}: allowed is one of {allowed}")
        steps = ALIKE[self.kind] if self.similar is None else self.similar
        if isinstance(steps, str) or not isinstance(steps, Iterable):
            raise TypeError(f"similar of {self.column!r} is {steps!r}: give a list of numbers")
        steps = tuple(steps)
        if self.kind == "exact" and steps:
            raise ValueError(f"similar of {self.column!r} is {steps!r}: an exact field has no such level")
        for step in steps:
            if self.kind == "number":
                whole_number("similar", step, 1)
            elif not 0 < number("similar", step, SHARE) < 1:
                raise ValueError(f"similar is {step!r}: allowed is a similarity above 0 and below 1")
        if list(steps) != sorted(set(steps), reverse=self.kind == "name"):
            raise ValueError(f"similar of {self.column!r} is {steps!r}: give the nearest first, each once")
        object.__setattr__(self, "similar", steps)

    @property
    def steps(self) -> tuple[float, ...]:
        """Where each level of "similar" begins, the nearest first."""
        return tuple(self.similar or ())

    @property
    def levels(self) -> tuple[str, ...]:
        """What the levels 0, 1, ... are called."""
        nearest_last = self.steps[::-1]
        if len(nearest_last) == 1:
            between = ["similar"]
        elif self.kind == "name":
            between = [f"{step:g} similar" for step in nearest_last]
        else:
            between = [f"{step:g} edit{'s' * (step > 1)}" for step in nearest_last]
        return ("different", *between, "exact")


def similarity(first: str, second: str) -> float:
    """Tell how similar two names are, by Jaro and Winkler's measure.

    Parameters
    ----------
    first, second : str

    Returns
    -------
    float
        From 0 (no letter in common near its place) to 1 (equal). Agreement in the first letters counts more.

    Raises
    ------
    TypeError
        If one is no text.

    Examples
    --------
    >>> round(similarity("Martha", "Marhta"), 4)
    0.9611
    """
    from rapidfuzz.distance import JaroWinkler

    for argument, value in (("first", first), ("second", second)):
        if not isinstance(value, str):
            raise TypeError(f"{argument} is {value!r}: give text")
    return float(JaroWinkler.similarity(first, second))


def comparison_levels(
    left: pd.DataFrame, right: pd.DataFrame, fields: Sequence[Field], pairs: pd.DataFrame
) -> pd.DataFrame:
    """Compare pairs of records, field by field.

    Parameters
    ----------
    left, right : pandas.DataFrame
        Two registers with the fields' columns. Missing values and empty texts are missing.
    fields : sequence of Field
    pairs : pandas.DataFrame
        Columns ``left`` and ``right``, row numbers from 0.

    Returns
    -------
    pandas.DataFrame of int8
        Levels: the rows and index of ``pairs``, a column for each field.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Notes
    -----
    Each two different values are compared once, however many pairs hold them.
    """
    fields = checked_fields(fields)
    columns = [field.column for field in fields]
    table("left", left, columns)
    table("right", right, columns)
    in_left, in_right = checked_pairs("pairs", pairs, len(left), len(right))
    levels = {}
    for field in fields:
        left_codes, right_codes, texts = common_codes(left[field.column], right[field.column])
        levels[field.column] = _levels(field, left_codes[in_left], right_codes[in_right], texts)
    return pd.DataFrame(levels, index=pairs.index)


def patterns(levels: pd.DataFrame) -> pd.DataFrame:
    """Count the comparison vectors that occur.

    Parameters
    ----------
    levels : pandas.DataFrame of int
        As `comparison_levels` gives them. At least one row.

    Returns
    -------
    pandas.DataFrame
        The different rows, the commonest first, and in the column ``pairs`` how many pairs have each.

    Raises
    ------
    TypeError, ValueError
        If it is no such table.
    """
    counted = table("levels", levels)
    if "pairs" in counted.columns:
        raise ValueError(
            "levels has a column 'pairs', which here counts pairs: call that field something else"
        )
    columns = list(counted.columns)
    found = counted.groupby(columns, sort=False, as_index=False).size().rename(columns={"size": "pairs"})
    return found.sort_values(["pairs", *columns], ascending=False, ignore_index=True)


def checked_fields(fields: Any) -> list[Field]:
    """Take fields, each of another column."""
    if isinstance(fields, (str, Field)) or not isinstance(fields, Iterable):
        raise TypeError(f"fields is {fields!r}: give a list of Field")
    found = list(fields)
    for field in found:
        if not isinstance(field, Field):
            raise TypeError(f"fields holds {field!r}: give a list of Field")
    names = [field.column for field in found]
    if not names or len(set(names)) < len(names):
        raise ValueError(
            f"fields has the columns {', '.join(names) or 'of nothing'}: give at least one, and each once"
        )
    return found


def checked_pairs(argument: str, pairs: Any, left_rows: int, right_rows: int) -> tuple[Integers, Integers]:
    """Take pairs of row numbers that exist."""
    given = table(argument, pairs, ("left", "right"), empty=True)
    found = []
    for side, rows in (("left", left_rows), ("right", right_rows)):
        values = given[side].to_numpy()
        if len(values) and values.dtype.kind not in "iu":
            raise TypeError(f"{argument}[{side!r}] is of type {values.dtype}: give row numbers, from 0")
        if len(values) and not 0 <= values.min() <= values.max() < rows:
            wrong = values.min() if values.min() < 0 else values.max()
            raise ValueError(f"{argument}[{side!r}] holds {wrong}: allowed is a row number, 0 to {rows - 1}")
        found.append(values.astype(np.int64))
    return found[0], found[1]


def common_codes(left: Any, right: Any) -> tuple[Integers, Integers, NDArray[np.object_]]:
    """Number the values of two columns: equal text, equal number; -1 where missing. And the texts, by number."""
    texts = np.concatenate(
        [_text(series("left", left, empty=True)), _text(series("right", right, empty=True))]
    )
    codes, distinct = pd.factorize(texts)
    return codes[: len(left)], codes[len(left) :], np.asarray(distinct, dtype=object)


def _text(column: pd.Series) -> NDArray[np.object_]:
    codes, distinct = pd.factorize(column)
    if pd.api.types.is_datetime64_any_dtype(distinct):
        written = [str(day)[:10] if day == day.normalize() else str(day) for day in distinct]
    else:
        written = [_written(value) for value in distinct.tolist()]
    # The last stands for missing, which factorize numbers -1.
    texts = np.array([*(text or None for text in written), None], dtype=object)
    return np.asarray(texts[codes], dtype=object)


def _written(value: Any) -> str:
    # A column of whole numbers turns into one of floats as soon as one is missing.
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _levels(field: Field, left: Integers, right: Integers, texts: NDArray[np.object_]) -> NDArray[np.int8]:
    levels = np.where(left == right, len(field.levels) - 1, 0).astype(np.int8)
    levels[(left < 0) | (right < 0)] = MISSING
    if not field.steps:
        return levels
    differ = np.flatnonzero(levels == 0)
    # The measures are the same both ways round, so that each two values need comparing once.
    low, high = np.minimum(left[differ], right[differ]), np.maximum(left[differ], right[differ])
    place, distinct = pd.factorize(low * len(texts) + high)
    if len(distinct):
        levels[differ] = _similar(field, texts[distinct // len(texts)], texts[distinct % len(texts)])[place]
    return levels


def _similar(field: Field, first: NDArray[np.object_], second: NDArray[np.object_]) -> NDArray[np.int8]:
    """Level of each two different texts, from 0 to that below "exact"."""
    from rapidfuzz.distance import OSA, JaroWinkler
    from rapidfuzz.process import cpdist

    if field.kind == "name":
        alike = cpdist(first, second, scorer=JaroWinkler.similarity, dtype=np.float64)
        reached = [alike >= step for step in field.steps]
    else:
        most = int(field.steps[-1])
        apart = cpdist(first, second, scorer=OSA.distance, score_cutoff=most, dtype=np.int64)
        reached = [apart <= step for step in field.steps]
    return np.asarray(np.sum(reached, axis=0), dtype=np.int8)
