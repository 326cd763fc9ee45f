"""What following a person costs, and how much is written down about a day without anybody following.

Lesson 01 uses it to ask who writes down your day. The cost per hour of each method comes from Bankston and Soltani 2014 (ledger
F5-001 to F5-007); the records come from Sorrel's registries, which callers hand in as tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from dossier import _arguments as given

HOURS_A_DAY = 24


def people_followed(
    budget: ArrayLike, cost_per_hour: ArrayLike, days: ArrayLike
) -> float | NDArray[np.float64]:
    """
    Count the people that a budget can follow around the clock.

    Parameters
    ----------
    budget : array_like
        Money to spend; 0 or more.
    cost_per_hour : array_like
        What following one person costs, in the same money an hour; above 0.
    days : array_like
        How long each person is followed, in days of 24 hours; above 0.

    Returns
    -------
    float or numpy.ndarray
        People, fractions included, in the shape that the three broadcast to: a float where all are single numbers.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one is not finite or lies outside its range, or the shapes do not fit together.

    Notes
    -----
    ``budget / (cost_per_hour * 24 * days)``. The costs per hour in the ledger are Bankston and Soltani's (2014).

    Examples
    --------
    >>> people_followed(budget=66_000, cost_per_hour=275, days=10)
    1.0
    """
    money = given.numbers("budget", budget, given.AMOUNT)
    price = given.numbers("cost_per_hour", cost_per_hour, given.POSITIVE)
    length = given.numbers("days", days, given.POSITIVE)
    return given.plain(money / (price * HOURS_A_DAY * length))


def average_cost_per_hour(
    fixed_cost: ArrayLike, running_cost_per_hour: ArrayLike, days: ArrayLike
) -> float | NDArray[np.float64]:
    """
    Spread a fixed cost over the time it serves: what an hour of following one person costs on average.

    Parameters
    ----------
    fixed_cost : array_like
        Money spent once for each person, before the first hour; 0 or more.
    running_cost_per_hour : array_like
        Money spent in every hour; 0 or more.
    days : array_like
        How long the person is followed, in days of 24 hours; above 0.

    Returns
    -------
    float or numpy.ndarray
        Money an hour, in the shape that the three broadcast to: a float where all are single numbers.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one is not finite or lies outside its range, or the shapes do not fit together.

    Examples
    --------
    >>> average_cost_per_hour(fixed_cost=240, running_cost_per_hour=0, days=1)
    10.0
    """
    once = given.numbers("fixed_cost", fixed_cost, given.AMOUNT)
    always = given.numbers("running_cost_per_hour", running_cost_per_hour, given.AMOUNT)
    length = given.numbers("days", days, given.POSITIVE)
    return given.plain(once / (HOURS_A_DAY * length) + always)


def records_of_day(registries: Mapping[str, pd.DataFrame], id_number: str, day: Any) -> pd.DataFrame:
    """
    Collect every record that one person left on one day, in the order of the clock.

    Parameters
    ----------
    registries : mapping of str to pandas.DataFrame
        Registries by name; each has the columns ``id_number`` (text) and ``when`` (timestamp).
    id_number : str
        Whose records. An ID number that no registry holds leaves no records.
    day : str, datetime.date or pandas.Timestamp
        The calendar day, midnight to midnight; a time of day is ignored.

    Returns
    -------
    pandas.DataFrame
        One row a record: ``when``, ``registry`` (its name) and ``record`` (what it says besides, "bank Meadow Bank, amount 2100").

    Raises
    ------
    TypeError
        If ``registries`` is not a mapping of tables, or ``id_number`` is not text.
    ValueError
        If there is no registry, a column is missing or of the wrong kind, or ``day`` is no date.
    """
    _check_registries(registries)
    if not isinstance(id_number, str):
        raise TypeError(f"id_number is {id_number!r}: give one ID number as text")
    midnight = _midnight("day", day)
    found = []
    for name, table in registries.items():
        hers = table.loc[(table["id_number"] == id_number) & (table["when"].dt.normalize() == midnight)]
        details = [column for column in hers.columns if column not in ("id_number", "when")]
        words = [
            ", ".join(
                f"{column.replace('_', ' ')} {row[column]}" for column in details if pd.notna(row[column])
            )
            for row in hers.to_dict("records")
        ]
        found.append(pd.DataFrame({"when": hers["when"], "registry": name, "record": words}))
    return pd.concat(found).sort_values("when", kind="stable", ignore_index=True)


def records_per_person_per_day(
    registries: Mapping[str, pd.DataFrame], ids: Iterable[str], days: Iterable[Any]
) -> pd.DataFrame:
    """
    Count the records that each of some people left on each of some days.

    Parameters
    ----------
    registries : mapping of str to pandas.DataFrame
        Registries by name; each has the columns ``id_number`` (text) and ``when`` (timestamp).
    ids : iterable of str, shape (people,)
        Whose records to count, each once. Whoever left none counts as 0, so pass everybody, not only those who occur.
    days : iterable of dates, shape (days,)
        The calendar days, each once.

    Returns
    -------
    pandas.DataFrame, shape (people, days)
        Records (int64), people down, days across. Records of other people and of other days are left out.

    Raises
    ------
    TypeError
        If ``registries`` is not a mapping of tables.
    ValueError
        If there is no registry, person or day, one is given twice, or a column is missing or of the wrong kind.
    """
    _check_registries(registries)
    people = pd.Index(list(ids), name="id_number")
    calendar = pd.DatetimeIndex([_midnight("days", day) for day in days], name="day")
    given.once("ids", people)
    given.once("days", calendar)
    counts = np.zeros(len(people) * len(calendar), dtype=np.int64)
    for table in registries.values():
        person = people.get_indexer(pd.Index(table["id_number"]))
        day = calendar.get_indexer(pd.DatetimeIndex(table["when"].dt.normalize()))
        wanted = (person >= 0) & (day >= 0)
        place = person[wanted] * len(calendar) + day[wanted]
        counts += np.bincount(place, minlength=len(counts))
    return pd.DataFrame(counts.reshape(len(people), len(calendar)), index=people, columns=calendar)


def _check_registries(registries: Mapping[str, pd.DataFrame]) -> None:
    if not isinstance(registries, Mapping):
        raise TypeError(f"registries is a {type(registries).__name__}: give a dictionary of tables by name")
    if not registries:
        raise ValueError("registries is empty: give at least one table")
    for name, registry in registries.items():
        given.table(f"registries[{name!r}]", registry, ("id_number", "when"), empty=True)
        if not pd.api.types.is_datetime64_any_dtype(registry["when"]):
            raise ValueError(
                f"registries[{name!r}]['when'] holds {registry['when'].dtype}: timestamps are needed "
                "(pandas.to_datetime makes them)"
            )


def _midnight(argument: str, day: Any) -> pd.Timestamp:
    refusal = f"{argument} is {day!r}: give a date such as '2016-11-08'"
    if isinstance(day, (int, float)):  # pandas would count nanoseconds from 1970
        raise ValueError(refusal)
    try:
        date = pd.Timestamp(day)
    except (TypeError, ValueError):
        raise ValueError(refusal) from None
    if pd.isna(date):
        raise ValueError(refusal)
    return date.normalize()
