"""From a price to a ceiling on the risk that the seller feels: what a seller accepts, and what that gives away.

Lesson 09 asks it of 700 yuan. Whoever sells a record at a price, and need not, finds the price worth the risk (revealed preference,
with the choice of Becker 1968, "Crime and punishment: an economic approach"): what reaches them is at least the probability of being
caught times the stake, plus their moral cost. Turned round, the price is an upper bound on the probability *that they feel*. It bounds
neither the true probability nor anybody else's, and the stake is an assumption.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dossier import _arguments as given

Numbers = float | NDArray[np.float64]


def reservation_price(
    detection_probability: ArrayLike, stake: ArrayLike, moral_cost: ArrayLike = 0.0
) -> Numbers:
    """
    Give the least that a seller accepts for one sale.

    Parameters
    ----------
    detection_probability : array_like
        Chance, as the seller feels it, that this sale is found out (p), 0 to 1.
    stake : array_like
        What the seller loses if caught (S), above 0, in money.
    moral_cost : array_like
        What selling costs them beside the risk (m): conscience and effort; 0 or more, in money per sale.

    Returns
    -------
    float or numpy.ndarray
        ``p * S + m``, in money, in the shape that the three broadcast to.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Examples
    --------
    >>> round(reservation_price(detection_probability=0.0014, stake=500_000), 2)
    700.0
    """
    p = given.numbers("detection_probability", detection_probability, given.SHARE)
    at_stake = given.numbers("stake", stake, given.POSITIVE)
    return given.plain(p * at_stake + given.numbers("moral_cost", moral_cost, given.AMOUNT))


def detection_ceiling(
    price: ArrayLike,
    stake: ArrayLike,
    moral_cost: ArrayLike = 0.0,
    sellers: ArrayLike = 1.0,
    share: ArrayLike = 1.0,
) -> Numbers:
    """
    Give the highest probability of being caught at which a seller still takes a price.

    Parameters
    ----------
    price : array_like
        What the buyer pays (w), 0 or more, in money.
    stake : array_like
        What each seller loses if caught (S), above 0, in money.
    moral_cost : array_like
        As for `reservation_price`, of each seller.
    sellers : array_like
        How many share what is left, equally (s): 1 or more.
    share : array_like
        What is left of the price when brokers have taken theirs, 0 to 1.

    Returns
    -------
    float or numpy.ndarray
        ``(share * w / s - m) / S``, at most 1, in the shape that the five broadcast to; not-a-number where the moral cost
        exceeds what a seller gets, because then none would have sold at any risk: one of the assumptions is wrong.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Examples
    --------
    >>> round(detection_ceiling(700, stake=500_000), 7)
    0.0014
    >>> round(detection_ceiling(700, stake=500_000, sellers=8), 7)
    0.000175
    """
    paid = given.numbers("price", price, given.AMOUNT)
    at_stake = given.numbers("stake", stake, given.POSITIVE)
    conscience = given.numbers("moral_cost", moral_cost, given.AMOUNT)
    hands = given.numbers("sellers", sellers, given.Range(1, below=True))
    left = given.numbers("share", share, given.SHARE)
    for_the_risk = np.asarray(left * paid / hands - conscience)
    return given.plain(np.where(for_the_risk < 0, np.nan, np.minimum(for_the_risk / at_stake, 1.0)))


def stake_if_caught(losses: ArrayLike, chances: ArrayLike = 1.0) -> float:
    """
    Give what being caught costs on average: every loss that may follow, times the chance that it does.

    Parameters
    ----------
    losses : array_like, shape (consequences,)
        What each consequence costs, 0 or more, in one unit (money, or years of pay).
    chances : array_like, shape (consequences,) or one number
        How likely each follows, once somebody is caught, 0 to 1.

    Returns
    -------
    float
        In the unit of ``losses``.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range, there is no loss, or the two do not fit together.

    Examples
    --------
    A year's pay for sure, and a fine of 5 years' pay in one case of ten:

    >>> stake_if_caught([1, 5], chances=[1, 0.1])
    1.5
    """
    lost = np.atleast_1d(given.numbers("losses", losses, given.AMOUNT))
    likely = given.numbers("chances", chances, given.SHARE)
    if lost.ndim != 1 or not lost.size:
        raise ValueError(f"losses has shape {lost.shape}: give a list of at least one number")
    if likely.ndim and likely.shape != lost.shape:
        raise ValueError(
            f"chances has shape {likely.shape}: give one number, or one for each of the {lost.size} losses"
        )
    return float(np.sum(lost * likely))


def years_until_caught(detection_probability: ArrayLike, sales_a_month: ArrayLike) -> Numbers:
    """
    Give after how many years, on average, somebody is caught who sells month after month.

    Parameters
    ----------
    detection_probability : array_like
        Chance that one sale is found out, above 0, to 1.
    sales_a_month : array_like
        Above 0.

    Returns
    -------
    float or numpy.ndarray
        ``1 / (12 * p * sales)``: once in 1 / p sales, on average. In the shape that the two broadcast to.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Examples
    --------
    >>> round(years_until_caught(0.0014, sales_a_month=10), 2)
    5.95
    """
    p = given.numbers("detection_probability", detection_probability, given.Range(0, 1, above=True))
    sales = given.numbers("sales_a_month", sales_a_month, given.POSITIVE)
    return given.plain(1 / (12 * p * sales))
