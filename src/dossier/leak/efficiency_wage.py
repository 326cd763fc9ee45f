"""The efficiency wage: pay somebody so well that losing the job is worse than what selling brings.

Lesson 10 uses it to ask what honesty costs. The idea that enforcers are paid more than they could earn elsewhere, and lose it if caught, is
Becker's and Stigler's (1974, "Law Enforcement, Malfeasance, and Compensation of Enforcers"); Shapiro and Stiglitz (1984) have it for work
in general. All values count only the premium, the pay above the next best job, and the bribes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dossier import _arguments as given

Numbers = float | NDArray[np.float64]

_DISCOUNT = given.Range(0, 1, below=True)


def value_of_honesty(premium: ArrayLike, discount: ArrayLike) -> Numbers:
    """
    Give the value of an honest career from now on.

    Parameters
    ----------
    premium : array_like
        Pay above the next best job (v), in each period, 0 or more.
    discount : array_like
        What the next period counts (delta), from 0 to less than 1; it may also be read as the chance that there is one.

    Returns
    -------
    float or numpy.ndarray
        ``v / (1 - delta)``.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Examples
    --------
    >>> value_of_honesty(premium=10, discount=0.75)
    40.0
    """
    v = given.numbers("premium", premium, given.AMOUNT)
    delta = given.numbers("discount", discount, _DISCOUNT)
    return given.plain(v / (1 - delta))


def value_of_selling(
    premium: ArrayLike, bribe: ArrayLike, detection_probability: ArrayLike, discount: ArrayLike
) -> Numbers:
    """
    Give the value of a career that sells in every period until it is found out.

    Parameters
    ----------
    premium, discount : array_like
        As for `value_of_honesty`.
    bribe : array_like
        What selling brings in each period (b), 0 or more.
    detection_probability : array_like
        Chance that a period's selling is found out (p), 0 to 1. Then the job is lost from the next period on; what was paid is kept.

    Returns
    -------
    float or numpy.ndarray
        ``(v + b) / (1 - delta * (1 - p))``.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Examples
    --------
    >>> value_of_selling(premium=10, bribe=5, detection_probability=1, discount=0.75)
    15.0
    """
    v = given.numbers("premium", premium, given.AMOUNT)
    b = given.numbers("bribe", bribe, given.AMOUNT)
    p = given.numbers("detection_probability", detection_probability, given.SHARE)
    delta = given.numbers("discount", discount, _DISCOUNT)
    return given.plain((v + b) / (1 - delta * (1 - p)))


def honest_premium(bribe: ArrayLike, detection_probability: ArrayLike, discount: ArrayLike) -> Numbers:
    """
    Give the smallest premium that keeps an official honest.

    Parameters
    ----------
    bribe, detection_probability, discount : array_like
        As for `value_of_selling`.

    Returns
    -------
    float or numpy.ndarray
        ``b * (1 - delta) / (delta * p)``, where both careers are worth the same. Infinite where nobody is ever caught, or nobody counts
        tomorrow; 0 where there is no bribe.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Examples
    --------
    >>> round(honest_premium(bribe=87.5, detection_probability=0.001, discount=0.99), 2)
    883.84
    """
    b = given.numbers("bribe", bribe, given.AMOUNT)
    p = given.numbers("detection_probability", detection_probability, given.SHARE)
    delta = given.numbers("discount", discount, _DISCOUNT)
    with np.errstate(divide="ignore", invalid="ignore"):
        return given.plain(np.where(b == 0, 0.0, b * (1 - delta) / (delta * p)))
