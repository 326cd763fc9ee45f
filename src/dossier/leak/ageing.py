"""Goods that can be copied and do not wear out, but age: a stock against a flow.

Lesson 09 asks why somebody with access earns order by order, and a thief must sell fast. A record's value to a buyer fades at a constant
rate, as knowledge that is not renewed does (the exponential obsolescence of Pakes and Schankerman 1984, "The rate of obsolescence of
patents, research gaps, and the private rate of return to research resources"). Whoever has access always delivers it fresh; whoever has
a copy delivers what it was on the day of the theft.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import exprel

from dossier import _arguments as given

Numbers = float | NDArray[np.float64]


def value_at_age(age: ArrayLike, value_new: ArrayLike, lifetime: ArrayLike) -> Numbers:
    """
    Give what a record is worth some time after it was written.

    Parameters
    ----------
    age : array_like
        Time since (t), 0 or more, in days.
    value_new : array_like
        What it was worth when new (V0), 0 or more, in money.
    lifetime : array_like
        Its time constant (tau), above 0, in days; `lifetime_of` gives it from a half-life.

    Returns
    -------
    float or numpy.ndarray
        ``V0 * exp(-t / tau)``, in the shape that the three broadcast to.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Examples
    --------
    Half is left after a half-life, a quarter after two:

    >>> value_at_age([30, 60], value_new=100, lifetime=lifetime_of(30)).round(6).tolist()
    [50.0, 25.0]
    """
    old = given.numbers("age", age, given.AMOUNT)
    new = given.numbers("value_new", value_new, given.AMOUNT)
    return given.plain(new * np.exp(-old / given.numbers("lifetime", lifetime, given.POSITIVE)))


def lifetime_of(half_life: ArrayLike) -> Numbers:
    """
    Give the time constant of what loses half its value in a given time.

    Parameters
    ----------
    half_life : array_like
        Above 0, in days.

    Returns
    -------
    float or numpy.ndarray
        ``half_life / ln 2``, in days.

    Raises
    ------
    TypeError
        If it holds anything but numbers.
    ValueError
        If it is not above 0.

    Examples
    --------
    >>> round(lifetime_of(30), 2)
    43.28
    """
    return given.plain(given.numbers("half_life", half_life, given.POSITIVE) / np.log(2))


def earned_with_access(
    days: ArrayLike, orders_a_day: ArrayLike, value_new: ArrayLike, interest: ArrayLike = 0.0
) -> Numbers:
    """
    Give what somebody earns who looks every order up afresh.

    Parameters
    ----------
    days : array_like
        How long the access lasts, 0 or more.
    orders_a_day : array_like
        0 or more, spread evenly.
    value_new : array_like
        What a fresh record sells for, 0 or more, in money.
    interest : array_like
        Rate at which money later is worth less than money now, 0 or more, per day (continuous).

    Returns
    -------
    float or numpy.ndarray
        Present value, in money: ``r * V0 * (1 - exp(-i * T)) / i``, and ``r * V0 * T`` without interest.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Examples
    --------
    >>> earned_with_access(365, orders_a_day=2, value_new=100)
    73000.0
    """
    rate = given.numbers("interest", interest, given.AMOUNT)
    return _earned(days, orders_a_day, value_new, rate)


def earned_with_copy(
    days: ArrayLike,
    orders_a_day: ArrayLike,
    value_new: ArrayLike,
    lifetime: ArrayLike,
    interest: ArrayLike = 0.0,
) -> Numbers:
    """
    Give what somebody earns who sells from one copy, as it ages.

    Parameters
    ----------
    days, orders_a_day, value_new, interest : array_like
        As for `earned_with_access`.
    lifetime : array_like
        As for `value_at_age`.

    Returns
    -------
    float or numpy.ndarray
        Present value, in money: as `earned_with_access`, with the rate ``i + 1 / tau``. However long it goes on, without
        interest it stays below ``r * V0 * tau``: what access earns in tau days.

    Raises
    ------
    TypeError, ValueError
        As for `earned_with_access`.

    Examples
    --------
    Half-life 30 days: over a year, about an eighth of what access earns.

    >>> round(earned_with_copy(365, 2, 100, lifetime_of(30)) / earned_with_access(365, 2, 100), 3)
    0.119
    """
    fading = 1 / given.numbers("lifetime", lifetime, given.POSITIVE)
    return _earned(days, orders_a_day, value_new, given.numbers("interest", interest, given.AMOUNT) + fading)


def _earned(
    days: ArrayLike, orders_a_day: ArrayLike, value_new: ArrayLike, rate: NDArray[np.float64]
) -> Numbers:
    length = given.numbers("days", days, given.AMOUNT)
    a_day = given.numbers("orders_a_day", orders_a_day, given.AMOUNT) * given.numbers(
        "value_new", value_new, given.AMOUNT
    )
    # The integral of exp(-rate * t) up to the length.
    return given.plain(a_day * length * exprel(-rate * length))
