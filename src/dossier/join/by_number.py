"""The exact join: everything that registries hold about a number.

Lesson 05 uses it to ask what one ID number opens. Registries come in as tables; each record names its person in the column
``id_number``, and some name a second person (the landlord of a tenancy). Numbers of their own for each sector follow the idea of
Chaum (1985, "Security without identification: transaction systems to make Big Brother obsolete").
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from dossier import _arguments as given

Registries = Mapping[str, pd.DataFrame]
#: Columns besides ``id_number`` that hold the numbers of people, by registry.
Also = Mapping[str, str]


def joined(registries: Registries, ids: Iterable[str], also: Also | None = None) -> pd.DataFrame:
    """
    Join registries by number: find every record about some people.

    Parameters
    ----------
    registries : mapping of str to pandas.DataFrame
        Registries by name, each with the columns ``id_number`` (text) and ``when`` (timestamp).
    ids : iterable of str
        Whose records, each number once. A number that no registry holds finds nothing.
    also : mapping of str to str, optional
        For some registries a second column that names a person, such as ``{"rentals": "landlord"}``.

    Returns
    -------
    pandas.DataFrame
        One row for each record and person that it names: ``id_number``, ``when``, ``registry``, ``column`` (which column named the
        person) and ``row`` (the record's label in its registry), in the order of time. A record that names two of the people stands
        twice.

    Raises
    ------
    TypeError
        If ``registries`` or ``also`` is no mapping, a registry no table, or ``ids`` is one text.
    ValueError
        If there is no registry or no number, a number is given twice, or a column is missing.

    Examples
    --------
    >>> stays = pd.DataFrame({"id_number": ["a", "b"], "when": pd.to_datetime(["2016-03-01", "2016-03-02"])})
    >>> joined({"hotel": stays}, ["b"])[["id_number", "registry", "row"]].values.tolist()
    [['b', 'hotel', 1]]
    """
    people = _people(ids)
    parts = []
    for name, column in _places(registries, also):
        registry = registries[name]
        found = registry[registry[column].isin(people)]
        parts.append(
            pd.DataFrame(
                {
                    "id_number": found[column],
                    "when": found["when"],
                    "registry": name,
                    "column": column,
                    "row": found.index,
                }
            )
        )
    # Empty tables would take part in deciding the types of the columns.
    filled = [part for part in parts if len(part)] or parts[:1]
    return pd.concat(filled).sort_values("when", kind="stable", ignore_index=True)


def records_by_registry(registries: Registries, ids: Iterable[str], also: Also | None = None) -> pd.DataFrame:
    """
    Count what each registry holds about each person.

    Parameters
    ----------
    registries, ids, also
        As for `joined`.

    Returns
    -------
    pandas.DataFrame, shape (people, registries)
        Records (int64), people down in the order of ``ids``. Where it is above 0 the registry knows the person.

    Raises
    ------
    TypeError, ValueError
        As for `joined`.
    """
    people = _people(ids)
    counts = pd.DataFrame(np.int64(0), index=people, columns=pd.Index(list(registries), name="registry"))
    for name, column in _places(registries, also):
        place = people.get_indexer(pd.Index(registries[name][column].dropna()))
        counts[name] += np.bincount(place[place >= 0], minlength=len(people))
    return counts


def companions(hotel_stays: pd.DataFrame, id_number: str | None = None) -> pd.DataFrame:
    """
    Join the hotels' registry with itself: who shared a room.

    Parameters
    ----------
    hotel_stays : pandas.DataFrame
        With the columns ``id_number``, ``hotel``, ``room`` and ``when`` (check-in). Guests of one room check in at one time.
    id_number : str, optional
        Only the companions of this person.

    Returns
    -------
    pandas.DataFrame
        One row for each stay and companion: ``id_number``, ``companion``, ``when``, ``hotel``, ``room``. Without ``id_number`` each
        pair stands twice, once from either side. Nobody is their own companion.

    Raises
    ------
    TypeError
        If ``hotel_stays`` is no table, or ``id_number`` no text.
    ValueError
        If a column is missing.
    """
    given.table("hotel_stays", hotel_stays, ("id_number", "hotel", "room", "when"), empty=True)
    stays = hotel_stays[["id_number", "when", "hotel", "room"]]
    theirs = stays
    if id_number is not None:
        if not isinstance(id_number, str):
            raise TypeError(f"id_number is {id_number!r}: give one ID number as text")
        theirs = stays[stays["id_number"] == id_number]
    others = stays.rename(columns={"id_number": "companion"})
    pairs = theirs.merge(others, on=["hotel", "room", "when"])
    pairs = pairs[pairs["id_number"] != pairs["companion"]]
    return pairs[["id_number", "companion", "when", "hotel", "room"]].reset_index(drop=True)


def usual_cells(phone_pings: pd.DataFrame, first_hour: int, last_hour: int) -> pd.Series:
    """
    Find the cell in which each phone is used most at some time of the day.

    Parameters
    ----------
    phone_pings : pandas.DataFrame
        With the columns ``id_number``, ``when`` and ``cell``.
    first_hour, last_hour : int
        Hours of the clock, 0 to 23: from the first up to, but without, the last. A span may pass midnight: 21 and 7 are a night; the same
        hour twice is the whole day.

    Returns
    -------
    pandas.Series of int, shape (people,)
        The cell with most records, by ID number; the lowest number among equals. Phones that were not used then are left out.

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If a column is missing, or an hour lies outside 0 to 23.
    """
    given.table("phone_pings", phone_pings, ("id_number", "when", "cell"), empty=True)
    first = given.whole_number("first_hour", first_hour, 0, 23)
    last = given.whole_number("last_hour", last_hour, 0, 23)
    since = (phone_pings["when"].dt.hour - first) % 24
    then = phone_pings[since < ((last - first) % 24 or 24)]
    uses = then.groupby(["id_number", "cell"]).size().rename("uses").reset_index()
    uses = uses.sort_values(["id_number", "uses", "cell"], ascending=[True, False, True])
    most_used: pd.Series = uses.drop_duplicates("id_number").set_index("id_number")["cell"]
    return most_used


def sector_numbers(ids: Iterable[str], sector: str, key: bytes) -> list[str]:
    """
    Give people a number that only one sector knows, derived from their own.

    Parameters
    ----------
    ids : iterable of str
        ID numbers; the same one always gives the same result.
    sector : str
        Who is to know them by it: "hotels".
    key : bytes
        The secret of whoever derives the numbers, 16 bytes or more. Without it they cannot be led back, nor can those of two sectors be
        matched.

    Returns
    -------
    list of str
        18 characters each: the first 72 bits of HMAC-SHA256 (RFC 2104).

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If ``sector`` is empty or ``key`` has fewer than 16 bytes.

    Examples
    --------
    >>> hotels, banks = (sector_numbers(["670005196906242246"], sector, bytes(16)) for sector in ("hotels", "banks"))
    >>> hotels == banks
    False
    """
    if isinstance(ids, str):
        raise TypeError(f"ids is {ids!r}: give a list of ID numbers")
    if not isinstance(sector, str) or not isinstance(key, bytes):
        wrong = ("sector", sector, "text") if not isinstance(sector, str) else ("key", key, "bytes")
        raise TypeError(f"{wrong[0]} is {wrong[1]!r}: give {wrong[2]}")
    if not sector:
        raise ValueError("sector is empty: give its name")
    if len(key) < 16:
        raise ValueError(f"key has {len(key)} bytes: give 16 or more")
    return [hmac.new(key, f"{sector}:{one}".encode(), hashlib.sha256).hexdigest()[:18].upper() for one in ids]


def _people(ids: Iterable[str]) -> pd.Index:
    if isinstance(ids, str):
        raise TypeError(f"ids is {ids!r}: give a list of ID numbers, even for one")
    return given.once("ids", pd.Index(list(ids), name="id_number", dtype=object))


def _places(registries: Registries, also: Also | None) -> list[tuple[str, str]]:
    """Every column that names people: which registry, which column."""
    for argument, value in (("registries", registries), ("also", also or {})):
        if not isinstance(value, Mapping):
            raise TypeError(f"{argument} is a {type(value).__name__}: give a dictionary by registry")
    if not registries:
        raise ValueError("registries is empty: give at least one table")
    for name in also or {}:
        if name not in registries:
            raise ValueError(
                f"also names {name!r}, which is no registry; these are: {', '.join(map(str, registries))}"
            )
    places = []
    for name, registry in registries.items():
        columns = ["id_number", *([also[name]] if also and name in also else [])]
        given.table(f"registries[{name!r}]", registry, (*columns, "when"), empty=True)
        places += [(name, column) for column in columns]
    return places
