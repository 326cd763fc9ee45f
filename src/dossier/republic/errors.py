"""Spoil a table on purpose, at stated rates, and keep the truth.

Lessons 03 and 06 link records that were typed by hand. Sorrel's tables are without error; this step adds what clerks and time
add, each kind at its own rate, and returns a map of what was done and of whom each row is really about. The kinds are those of
the FEBRL generator (Christen 2005) and of the record-linkage literature after it.

An error is drawn for each value on its own, at most one a value. The rate is the share *of the values that the error can
apply to* that get it: a value that is missing already cannot go missing, a name without two neighbouring letters that differ
cannot have them swapped.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from dossier.republic.draws import Stream, span

#: What spelling the same sound another way may exchange, in either direction.
SPELLINGS = (
    ("ou", "u"),
    ("kh", "h"),
    ("zh", "j"),
    ("ph", "f"),
    ("th", "t"),
    ("sk", "sc"),
    ("v", "w"),
    ("y", "i"),
    ("k", "c"),
    ("z", "s"),
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"

Value = Any
Random = npt.NDArray[np.float64]


class Corrupted(NamedTuple):
    """A spoilt table and the truth about it.

    Attributes
    ----------
    table : pandas.DataFrame
        The columns of the table given, spoilt.
    truth : pandas.DataFrame
        One row per row of ``table``, same index: ``source``, the index label of the row of the original that it is really
        about; ``duplicate``, whether it is a second copy; and for each column the kind of error in it, "" for none.
    """

    table: pd.DataFrame
    truth: pd.DataFrame


def _typing_error(text: str, random: Random) -> str | None:
    """One key wrong: a character left out, put in, or replaced."""
    if not text:
        return None
    kind, place, key = random
    at = int(place * len(text))
    old = text[at]
    keys = _DIGITS if old.isdigit() else _LETTERS
    new = [character for character in keys if character != old.lower()][int(key * (len(keys) - 1))]
    new = new.upper() if old.isupper() else new
    if kind < 0.25 and len(text) > 1:
        return text[:at] + text[at + 1 :]
    if kind < 0.5:
        return text[: at + 1] + new.lower() + text[at + 1 :]
    return text[:at] + new + text[at + 1 :]


def _swapped_neighbours(text: str, random: Random) -> str | None:
    """Two neighbouring characters that differ, exchanged; their case stays in its place."""
    places = [
        i
        for i in range(len(text) - 1)
        if text[i].isalnum() and text[i + 1].isalnum() and text[i].lower() != text[i + 1].lower()
    ]
    if not places:
        return None
    i = places[int(random[0] * len(places))]
    one, other = text[i + 1], text[i]
    if one.isalpha() and other.isalpha():
        one = one.upper() if other.isupper() else one.lower()
        other = other.upper() if text[i + 1].isupper() else other.lower()
    return text[:i] + one + other + text[i + 2 :]


def _other_spelling(text: str, random: Random) -> str | None:
    """The same sound written another way, as when a name is carried over from another script."""
    lower = text.lower()
    options = []
    for one, other in SPELLINGS:
        for old, new in ((one, other), (other, one)):
            at = lower.find(old)
            # "u" stands inside "ou", "h" inside "kh": writing those once more would spell another sound.
            inside = len(old) < len(new) and lower[max(at - len(new) + len(old), 0) : at + len(old)] == new
            if at >= 0 and not inside and lower[at : at + len(new)] != new:
                options.append((at, old, new))
    if not options:
        return None
    at, old, new = options[int(random[0] * len(options))]
    new = new.capitalize() if text[at].isupper() else new
    return text[:at] + new + text[at + len(old) :]


_CHANGES: Mapping[str, Callable[[str, Random], str | None]] = {
    "typo": _typing_error,
    "transposition": _swapped_neighbours,
    "spelling": _other_spelling,
}
KINDS = (*_CHANGES, "missing", "stale")


def _check_rate(name: str, rate: Any) -> float:
    if isinstance(rate, bool) or not isinstance(rate, int | float | np.integer | np.floating):
        raise TypeError(f"{name} is {rate!r}; it must be a number from 0 to 1.")
    if not 0 <= rate <= 1:
        raise ValueError(f"{name} is {rate!r}; it must be a rate from 0 to 1.")
    return float(rate)


def _check_column(table: pd.DataFrame, argument: str, column: Any) -> None:
    if column not in table.columns:
        raise ValueError(
            f"{argument} names the column {column!r}; the table has {', '.join(map(str, table.columns))}."
        )


def corrupt(
    table: pd.DataFrame,
    rates: Mapping[str, Mapping[str, float]] | None = None,
    *,
    swaps: Mapping[tuple[str, str], float] | None = None,
    duplicates: float = 0.0,
    seed: int = 0,
) -> Corrupted:
    """Add errors to a table.

    Parameters
    ----------
    table : pandas.DataFrame
        At least one row; its index labels must differ, for they name the truth.
    rates : Mapping of column to Mapping of kind to rate, optional
        For each column the rate of each kind of error, summing to at most 1. The kinds are

        - ``"typo"``: a character left out, put in or replaced;
        - ``"transposition"``: two neighbouring characters exchanged;
        - ``"spelling"``: the same sound written another way (`SPELLINGS`);
        - ``"missing"``: no value;
        - ``"stale"``: the value of before, here another row's value of the same column.

        Numbers and dates have a digit replaced or two exchanged, and stay numbers and (within the column's range) dates.
        A truth value is turned round by a typo.
    swaps : Mapping of pairs of columns to rate, optional
        Two fields entered in each other's place. A row's fields with any other error are not swapped.
    duplicates : float
        Share of rows entered twice. The copies get errors of their own; all rows are then shuffled.
    seed : int
        0 or greater; the same seed spoils the same table in the same way.

    Returns
    -------
    Corrupted
        The spoilt table and the truth map. With all rates 0, the table as it was.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above; the message names it, what was given and what is allowed.

    Examples
    --------
    >>> people = pd.DataFrame({"surname": ["Tolilm", "Kelesk"], "given_name": ["Bana", "Divin"]})
    >>> spoilt = corrupt(people, {"surname": {"missing": 1.0}})
    >>> spoilt.table["surname"].isna().all(), spoilt.truth["surname"].unique()[0]
    (np.True_, 'missing')
    """
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"table is a {type(table).__name__}; it must be a pandas DataFrame.")
    if table.empty:
        raise ValueError("table is empty; it must have at least one row and one column.")
    if table.index.has_duplicates:
        raise ValueError("table has index labels that occur twice; call reset_index(drop=True) first.")
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer):
        raise TypeError(f"seed is {seed!r}; it must be a whole number of at least 0.")
    if seed < 0:
        raise ValueError(f"seed is {seed!r}; it must be at least 0.")
    wanted = _checked_rates(table, rates or {})
    pairs = _checked_swaps(table, swaps or {})
    copied = _check_rate("duplicates", duplicates)

    stream = Stream(int(seed), "errors of rows", 0)
    size = len(table)
    again = np.flatnonzero(stream.chance(copied, size))
    origin = np.concatenate([span(size), again])
    if len(again):
        origin = origin[stream.order(len(origin))]
    spoilt = table.iloc[origin]
    truth = pd.DataFrame({"source": spoilt.index, "duplicate": pd.Series(origin).duplicated().to_numpy()})
    spoilt = spoilt.reset_index(drop=True) if len(again) else spoilt.copy()
    truth.index = spoilt.index

    for column in table.columns:
        kinds = np.full(len(spoilt), "", dtype=object)
        if column in wanted:
            own = Stream(int(seed), f"errors of column {column}", 0)
            spoilt[column], kinds = _spoil(spoilt[column], wanted[column], own)
        truth[column] = pd.Series(kinds, index=spoilt.index, dtype=str)

    for (one, other), rate in pairs.items():
        own = Stream(int(seed), f"errors of pair {one}, {other}", 0)
        clean = (truth[one] == "") & (truth[other] == "") & spoilt[one].notna() & spoilt[other].notna()
        differs = (spoilt[one] != spoilt[other]).fillna(False).to_numpy(dtype=bool)
        chosen = own.chance(rate, len(spoilt)) & clean.to_numpy(dtype=bool) & differs
        first, second = spoilt.loc[chosen, one].copy(), spoilt.loc[chosen, other].copy()
        spoilt.loc[chosen, one], spoilt.loc[chosen, other] = second, first
        truth.loc[chosen, [one, other]] = "swap"
    return Corrupted(spoilt, truth)


def _checked_rates(
    table: pd.DataFrame, rates: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    if not isinstance(rates, Mapping):
        raise TypeError(
            f"rates is {rates!r}; it must map columns to rates, as in {{'surname': {{'typo': 0.02}}}}."
        )
    checked: dict[str, dict[str, float]] = {}
    for column, kinds in rates.items():
        _check_column(table, "rates", column)
        if not isinstance(kinds, Mapping):
            raise TypeError(
                f"rates[{column!r}] is {kinds!r}; it must map kinds to rates, as in {{'typo': 0.02}}."
            )
        for kind in kinds:
            if kind not in KINDS:
                raise ValueError(f"rates[{column!r}] names {kind!r}; the kinds are {', '.join(KINDS)}.")
        checked[column] = {
            kind: _check_rate(f"rates[{column!r}][{kind!r}]", rate) for kind, rate in kinds.items()
        }
        total = sum(checked[column].values())
        if total > 1 + 1e-12:
            raise ValueError(
                f"rates[{column!r}] sum to {total:g}; a value has one error at most, so at most 1 is allowed."
            )
    return checked


def _checked_swaps(
    table: pd.DataFrame, swaps: Mapping[tuple[str, str], float]
) -> dict[tuple[str, str], float]:
    if not isinstance(swaps, Mapping):
        raise TypeError(f"swaps is {swaps!r}; it must map pairs of columns to rates.")
    checked: dict[tuple[str, str], float] = {}
    for pair, rate in swaps.items():
        if not isinstance(pair, Sequence) or isinstance(pair, str) or len(pair) != 2 or pair[0] == pair[1]:
            raise ValueError(f"swaps names {pair!r}; each key must be a pair of different columns.")
        for column in pair:
            _check_column(table, "swaps", column)
        if table[pair[0]].dtype != table[pair[1]].dtype:
            raise ValueError(
                f"swaps names {pair!r}, columns of different types; only like can be entered for like."
            )
        checked[pair[0], pair[1]] = _check_rate(f"swaps[{pair!r}]", rate)
    return checked


def _spoil(
    column: pd.Series[Any], rates: Mapping[str, float], stream: Stream
) -> tuple[pd.Series[Any], npt.NDArray[Any]]:
    """A column with errors, and the kind of error in each value."""
    size = len(column)
    values = column.astype(object).to_numpy(copy=True)
    kinds = np.full(size, "", dtype=object)
    present = column.notna().to_numpy(dtype=bool)
    bounds = np.cumsum(list(rates.values())) if rates else np.zeros(0)
    chosen = np.searchsorted(bounds, stream.uniform(size), side="right")
    random = stream.uniform(3 * size).reshape(size, 3)
    # An error must fit in the column: what holds no missing value becomes a type that does.
    if rates.get("missing", 0) and column.dtype.kind in "iub":
        column = column.astype("Int64" if column.dtype.kind in "iu" else "boolean")
    # Once: looked for at every wrong date, they would cost the square of the rows.
    dated = present.any() and isinstance(values[present.argmax()], pd.Timestamp)
    ends = (column.min(), column.max()) if dated else None
    for code, kind in enumerate(rates):
        for row in np.flatnonzero((chosen == code) & present).tolist():
            if kind == "missing":
                values[row], kinds[row] = None, kind
                continue
            if kind == "stale":
                changed = _older(column, values[row], random[row])
            else:
                changed = _respelt(values[row], kind, random[row], ends)
            if changed is not None:
                values[row], kinds[row] = changed, kind
    return pd.Series(values, index=column.index).astype(column.dtype), kinds


def _older(column: pd.Series[Any], value: Value, random: Random) -> Value | None:
    """Another row's value that differs, tried at three places."""
    for place in random:
        found = column.iloc[int(place * len(column))]
        if not pd.isna(found) and found != value:
            return found
    return None


def _respelt(
    value: Value, kind: str, random: Random, ends: tuple[pd.Timestamp, pd.Timestamp] | None
) -> Value | None:
    """``value`` with an error in its text or its digits, of the same type; None where none of that kind is possible.

    A time stays between the ``ends``.
    """
    if isinstance(value, str):
        return _CHANGES[kind](value, random)
    if kind == "spelling":
        return None
    if isinstance(value, bool | np.bool_):
        return not value if kind == "typo" else None
    if not isinstance(value, pd.Timestamp):
        numbers = [_number(type(value), text) for text in _misread(str(value), kind)]
        found = [number for number in numbers if number is not None and number != value]
        return found[int(random[0] * len(found))] if found else None
    form = "%Y%m%d" if value == value.normalize() else "%Y%m%d%H%M"
    low, high = ends or (value, value)
    dates = [
        date for text in _misread(value.strftime(form), kind) if low <= (date := _date(text, form)) <= high
    ]
    return dates[int(random[0] * len(dates))] if dates else None


def _misread(text: str, kind: str) -> list[str]:
    """All texts with one digit wrong (a typo) or two different neighbouring digits exchanged (a transposition)."""
    if kind == "typo":
        places = [i for i, character in enumerate(text) if character.isdigit()]
        return [text[:i] + digit + text[i + 1 :] for i in places for digit in _DIGITS if digit != text[i]]
    pairs = [i for i in range(len(text) - 1) if text[i : i + 2].isdigit() and text[i] != text[i + 1]]
    return [text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in pairs]


def _number(kind: type, text: str) -> Value | None:
    """The number that ``text`` writes, unless it begins with a zero that nobody would write."""
    number = kind(text)
    return number if str(number) == text else None


@lru_cache(maxsize=2**17)
def _date(text: str, form: str) -> pd.Timestamp:
    """The time that ``text`` writes; long ago where it writes none."""
    try:
        return pd.Timestamp(datetime.datetime.strptime(text, form))
    except ValueError:
        return pd.Timestamp.min
