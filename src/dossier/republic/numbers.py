"""Sorrel's ID numbers: 18 characters that give away where and when one was born, and one's sex.

Lessons 05 and 06 take them apart. Region (6), birth date (8), serial (3; odd male, even female), and a check character by
ISO 7064 MOD 11-2, the layout of F4-018 and F4-019; the check itself is python-stdnum's. The region codes begin 67, 68 or
69, which no country has issued, so no number of Sorrel is anybody's.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_2

from dossier.republic.draws import Integers, Texts, rank_within
from dossier.republic.parameters import COUNTY_PEOPLE, DISTRICTS, FIRST_REGION, MAXIMUM_COUNTIES

_SERIALS = 499


class IdNumberParts(NamedTuple):
    """What an ID number says.

    Attributes
    ----------
    region : str
        Six-digit code of the district where the person was registered at birth.
    birth_date : datetime.date
        Date of birth.
    serial : int
        Running number among those of one sex born there that day, 1 to 998.
    sex : str
        "male" where the serial is odd, "female" where it is even.
    check : str
        Check character, a digit or X (for ten).
    """

    region: str
    birth_date: datetime.date
    serial: int
    sex: str
    check: str


def check_character(first_seventeen: str) -> str:
    """The check character that belongs behind the first 17 digits of an ID number.

    Examples
    --------
    >>> check_character("67000019840309001")
    '4'
    """
    if len(first_seventeen) != 17 or not (first_seventeen.isascii() and first_seventeen.isdigit()):
        raise ValueError(f"first_seventeen is {first_seventeen!r}; it must be exactly 17 digits.")
    return str(mod_11_2.calc_check_digit(first_seventeen))


def parse(id_number: str) -> IdNumberParts:
    """Take an ID number apart, after checking it.

    Parameters
    ----------
    id_number : str
        18 characters.

    Returns
    -------
    IdNumberParts
        Region, birth date, serial, sex, check character.

    Raises
    ------
    ValueError
        If it is not a number of Sorrel; the message says what is wrong.

    Examples
    --------
    >>> parse("670000198403090014").sex
    'male'
    """
    if not isinstance(id_number, str):
        raise TypeError(f"id_number is {id_number!r}; it must be text (a number would lose its last digits).")
    if len(id_number) != 18:
        raise ValueError(f"id_number {id_number!r} has {len(id_number)} characters; it must have 18.")
    body, check = id_number[:17], id_number[17]
    if not (body.isascii() and body.isdigit()) or check not in "0123456789X":
        raise ValueError(
            f"id_number {id_number!r} must be 17 digits and a last character that is a digit or X."
        )
    try:
        mod_11_2.validate(id_number)
    except ValidationError:
        raise ValueError(
            f"id_number {id_number!r} fails its check: the last character should be {check_character(body)!r}."
        ) from None
    last = FIRST_REGION + MAXIMUM_COUNTIES * DISTRICTS - 1
    if not FIRST_REGION <= int(body[:6]) <= last:
        raise ValueError(
            f"id_number {id_number!r}: region {body[:6]} is none of Sorrel's, {FIRST_REGION} to {last}."
        )
    try:
        birth_date = datetime.datetime.strptime(body[6:14], "%Y%m%d").date()
    except ValueError:
        raise ValueError(f"id_number {id_number!r}: {body[6:14]} is not a date.") from None
    serial = int(body[14:])
    return IdNumberParts(body[:6], birth_date, serial, "male" if serial % 2 else "female", check)


def is_valid(id_number: str) -> bool:
    """Whether a text is a valid ID number of Sorrel."""
    try:
        parse(id_number)
    except (ValueError, TypeError):
        return False
    return True


def region_codes(county: int) -> Integers:
    """The ten region codes of a county, shape (10,)."""
    return FIRST_REGION + county * DISTRICTS + np.arange(DISTRICTS, dtype=np.int64)


def issue(
    regions: Integers, birth_dates: npt.NDArray[np.datetime64], male: npt.NDArray[np.bool_], starts: Integers
) -> Texts:
    """ID numbers for people, all different.

    Parameters
    ----------
    regions : ndarray of int, shape (n,)
        Six-digit region codes.
    birth_dates : ndarray of datetime64[D], shape (n,)
        Dates of birth.
    male : ndarray of bool, shape (n,)
        Sex.
    starts : ndarray of int, shape (n,)
        Random numbers in 0 .. 498: where the serials of a region, day and sex begin.

    Returns
    -------
    ndarray of object, shape (n,)
        ID numbers of 18 characters.
    """
    dates = birth_dates.astype("datetime64[D]")
    years = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    months = dates.astype("datetime64[M]").astype(np.int64) % 12 + 1
    days = (dates - dates.astype("datetime64[M]")).astype(np.int64) + 1
    place_and_date = regions * 10**8 + years * 10**4 + months * 100 + days
    groups = place_and_date * 2 + male
    _, first, group = np.unique(groups, return_index=True, return_inverse=True)
    ranks = rank_within(group.astype(np.int64))
    if len(ranks) and ranks.max() >= _SERIALS:
        raise ValueError(
            f"more than {_SERIALS} people of one sex share a district and a birthday: too few serials."
        )
    serials = 2 * ((starts[first][group] + ranks) % _SERIALS + 1) - male
    bodies = map(str, (place_and_date * 1000 + serials).tolist())
    return np.array([body + mod_11_2.calc_check_digit(body) for body in bodies], dtype=object)


def county_of_number(id_number: str) -> int:
    """Number of the county that issued an ID number."""
    return (int(parse(id_number).region) - FIRST_REGION) // DISTRICTS


def counties_for(people: int) -> list[int]:
    """How many people live in each county of a republic of ``people``: full counties, then the rest."""
    full, rest = divmod(people, COUNTY_PEOPLE)
    return [COUNTY_PEOPLE] * full + ([rest] if rest else [])
