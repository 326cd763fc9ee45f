"""Effort moves to what is scored: a bonus on one task when there are two.

Lesson 04 uses it to ask what a score does to the things that it cannot see. The model is Holmström and Milgrom's (1991, "Multitask
principal-agent analyses") with a quadratic cost, motives of one's own, and certain measurement.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dossier import _arguments as given

Numbers = NDArray[np.float64]

_BELOW_ONE = given.Range(0, 1, below=True)


@dataclass(frozen=True)
class Efforts:
    """Hours spent on each of two tasks, in the shape of the bonus.

    Attributes
    ----------
    measured, unmeasured : float or numpy.ndarray
        Hours; 0 or more.
    """

    measured: float | Numbers
    unmeasured: float | Numbers


def efforts(
    bonus: ArrayLike, motive_measured: float, motive_unmeasured: float, substitution: float
) -> Efforts:
    """
    Choose the hours on both tasks that are best for the person who works.

    Parameters
    ----------
    bonus : array_like
        beta: points paid for each hour of the measured task; 0 or more.
    motive_measured, motive_unmeasured : float
        What an hour of each is worth to the person without any bonus, in points; 0 or more.
    substitution : float
        gamma: how much an hour of one task adds to the toil of an hour of the other, 0 to less than 1.

    Returns
    -------
    Efforts
        They maximise ``(bonus + motive_measured) * e1 + motive_unmeasured * e2 - cost(e1, e2)``, with
        ``cost = (e1**2 + e2**2) / 2 + substitution * e1 * e2`` and no effort below 0.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one is not finite or out of range.

    Notes
    -----
    Where both are above 0, ``e1 = (r1 - gamma * r2) / (1 - gamma**2)`` with the rewards r of an hour, and e2 likewise. Where one would
    fall below 0 it stays there, and the other is its own reward.

    Examples
    --------
    >>> efforts(bonus=1, motive_measured=4, motive_unmeasured=4, substitution=0.5)
    Efforts(measured=4.0, unmeasured=2.0)
    """
    gamma = given.number("substitution", substitution, _BELOW_ONE)
    first = given.numbers("bonus", bonus, given.AMOUNT) + given.number(
        "motive_measured", motive_measured, given.AMOUNT
    )
    second = np.full_like(first, given.number("motive_unmeasured", motive_unmeasured, given.AMOUNT))
    one, other = _one_task(first, second, gamma), _one_task(second, first, gamma)
    return Efforts(given.plain(one), given.plain(other))


def cost_of_effort(measured: ArrayLike, unmeasured: ArrayLike, substitution: float) -> float | Numbers:
    """
    Weigh the toil of the hours on both tasks.

    Parameters
    ----------
    measured, unmeasured : array_like
        Hours; 0 or more.
    substitution : float
        gamma, 0 to less than 1.

    Returns
    -------
    float or numpy.ndarray
        ``(e1**2 + e2**2) / 2 + substitution * e1 * e2``, in points.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one is not finite or out of range.

    Examples
    --------
    >>> cost_of_effort(4, 2, substitution=0.5)
    14.0
    """
    first, second = (
        given.numbers("measured", measured, given.AMOUNT),
        given.numbers("unmeasured", unmeasured, given.AMOUNT),
    )
    return given.plain(
        (first**2 + second**2) / 2 + given.number("substitution", substitution, _BELOW_ONE) * first * second
    )


def worth_of_hours(
    measured: ArrayLike,
    unmeasured: ArrayLike,
    worth_measured: float,
    worth_unmeasured: float,
    substitution: float,
) -> float | Numbers:
    """
    Add up what all gain from the hours on both tasks, less the toil.

    Parameters
    ----------
    measured, unmeasured : array_like
        Hours; 0 or more.
    worth_measured, worth_unmeasured : float
        What an hour of each task is worth to all, in points; 0 or more.
    substitution : float
        gamma, 0 to less than 1.

    Returns
    -------
    float or numpy.ndarray
        ``v1 * e1 + v2 * e2 - cost(e1, e2)``, in points.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one is not finite or out of range.

    Examples
    --------
    >>> worth_of_hours(4, 2, worth_measured=7, worth_unmeasured=8, substitution=0.5)
    30.0
    """
    first = given.number("worth_measured", worth_measured, given.AMOUNT)
    second = given.number("worth_unmeasured", worth_unmeasured, given.AMOUNT)
    toil = cost_of_effort(measured, unmeasured, substitution)
    return given.plain(first * np.asarray(measured) + second * np.asarray(unmeasured) - toil)


def value_to_all(
    bonus: ArrayLike,
    motive_measured: float,
    motive_unmeasured: float,
    worth_measured: float,
    worth_unmeasured: float,
    substitution: float,
) -> float | Numbers:
    """
    Add up what all gain when the person chooses freely under a bonus.

    Parameters
    ----------
    bonus, motive_measured, motive_unmeasured, substitution
        As for `efforts`.
    worth_measured, worth_unmeasured : float
        What an hour of each task is worth to all, in points; 0 or more.

    Returns
    -------
    float or numpy.ndarray
        Worth of the hours on both tasks less the toil, in points, in the shape of the bonus. The bonus itself is left out: what one
        receives another pays.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one is not finite or out of range.

    Examples
    --------
    >>> value_to_all([0, 1, 4], 4, 4, worth_measured=7, worth_unmeasured=8, substitution=0.5).round(3)
    array([29.333, 30.   , 24.   ])
    """
    chosen = efforts(bonus, motive_measured, motive_unmeasured, substitution)
    return worth_of_hours(chosen.measured, chosen.unmeasured, worth_measured, worth_unmeasured, substitution)


def best_bonus(
    motive_measured: float,
    motive_unmeasured: float,
    worth_measured: float,
    worth_unmeasured: float,
    substitution: float,
) -> float:
    """
    Find the bonus that serves all best.

    Parameters
    ----------
    motive_measured, motive_unmeasured, worth_measured, worth_unmeasured, substitution
        As for `value_to_all`.

    Returns
    -------
    float
        Points an hour, 0 or more; the smallest if several serve as well.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one is not finite or out of range.

    Notes
    -----
    While both tasks are done, ``(v1 - m1) - gamma * (v2 - m2)``: what the person's own motive lacks on the measured task, less gamma
    times what it lacks on the unmeasured one. Once the unmeasured task is given up, nothing is left to spoil, and ``v1 - m1`` may be
    best. So both are tried, each within its range, and no bonus at all.

    Examples
    --------
    >>> best_bonus(4, 4, worth_measured=7, worth_unmeasured=8, substitution=0.5)
    1.0
    """
    gamma = given.number("substitution", substitution, _BELOW_ONE)
    m1, m2 = (
        given.number("motive_measured", motive_measured, given.AMOUNT),
        given.number("motive_unmeasured", motive_unmeasured, given.AMOUNT),
    )
    v1, v2 = (
        given.number("worth_measured", worth_measured, given.AMOUNT),
        given.number("worth_unmeasured", worth_unmeasured, given.AMOUNT),
    )
    begins = max(gamma * m2 - m1, 0.0)
    gives_up = max(m2 / gamma - m1, 0.0) if gamma > 0 else np.inf
    both = min(max(v1 - m1 - gamma * (v2 - m2), begins), gives_up)
    tried = np.array([0.0, both] + ([v1 - m1] if v1 - m1 > gives_up else []))
    value = np.asarray(value_to_all(tried, m1, m2, v1, v2, gamma))
    as_good = value >= value.max() - 1e-12 * max(1.0, float(np.abs(value).max()))
    return float(tried[as_good].min())


def _one_task(own: Numbers, other: Numbers, gamma: float) -> Numbers:
    """Hours on a task from the reward of an hour of it and of the other, with the corners where one of both is given up."""
    both = (own - gamma * other) / (1 - gamma**2)
    return np.where(other <= gamma * own, own, np.maximum(both, 0.0))
