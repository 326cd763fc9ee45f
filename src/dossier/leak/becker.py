"""Who sells: an official weighs the price against the risk and against what selling would cost his conscience.

Lesson 10 uses it to ask when an official sells. Crime as a choice is Becker's (1968, "Crime and Punishment: An Economic Approach"). That
officials differ in their **moral cost**, the money that it would take to make up for having sold, is the usual way to turn one choice into
a share of people. Nobody has measured how it is spread: the lognormal distribution is an assumption.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from dossier import _arguments as given

Numbers = float | NDArray[np.float64]


def expected_gain(price: ArrayLike, detection_probability: ArrayLike, stake: ArrayLike) -> Numbers:
    """
    Give what one sale leaves on average, before conscience is asked.

    Parameters
    ----------
    price : array_like
        What the seller is paid for one record (w), 0 or more.
    detection_probability : array_like
        Chance that the sale is found out (p), 0 to 1, as the seller sees it.
    stake : array_like
        What the seller loses then (S), 0 or more, in the unit of the price.

    Returns
    -------
    float or numpy.ndarray
        ``w - p * S``, of either sign, in the shape that the three broadcast to.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Examples
    --------
    >>> expected_gain(price=90, detection_probability=0.01, stake=5_000)
    40.0
    """
    w = given.numbers("price", price, given.AMOUNT)
    p = given.numbers("detection_probability", detection_probability, given.SHARE)
    s = given.numbers("stake", stake, given.AMOUNT)
    return given.plain(w - p * s)


def share_that_sells(
    price: ArrayLike,
    detection_probability: ArrayLike,
    stake: ArrayLike,
    median_moral_cost: ArrayLike,
    spread: ArrayLike = 1.0,
) -> Numbers:
    """
    Give the share of officials whose moral cost lies below what a sale leaves on average.

    Parameters
    ----------
    price, detection_probability, stake : array_like
        As for `expected_gain`.
    median_moral_cost : array_like
        Half of the officials have a lower moral cost; above 0, in the unit of the price.
    spread : array_like
        How far they differ: the standard deviation of the logarithm of the moral cost, above 0. At 1, two in three lie
        between a third of the median and three times it.

    Returns
    -------
    float or numpy.ndarray
        ``F_m(w - p * S)``, F_m the lognormal distribution function: from 0, where a sale leaves nothing, towards 1.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Examples
    --------
    Where a sale leaves as much as the median official's conscience asks for, half of them sell:

    >>> share_that_sells(price=90, detection_probability=0.01, stake=5_000, median_moral_cost=40)
    0.5
    """
    left = np.asarray(expected_gain(price, detection_probability, stake))
    median = given.numbers("median_moral_cost", median_moral_cost, given.POSITIVE)
    sigma = given.numbers("spread", spread, given.POSITIVE)
    with np.errstate(divide="ignore"):  # nothing left has the logarithm minus infinity, and nobody below it
        return given.plain(ndtr((np.log(np.maximum(left, 0)) - np.log(median)) / sigma))
