"""Lemons: how a few sellers who cheat can stop a market for secrets.

Lesson 09 asks which share of frauds stops it. Akerlof 1970, "The market for 'lemons': quality uncertainty and the market mechanism": a
buyer who cannot check before paying pays only what the average offer is worth; honest sellers whose cost is above that leave, the
average falls, and more of them leave. Buyers are risk-neutral, a fraud delivers nothing and costs nothing, and each offer, honest or
not, is as likely to be taken as any other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from dossier import _arguments as given

Numbers = float | NDArray[np.float64]
CostDistribution = Callable[[NDArray[np.float64]], NDArray[np.float64]]

_STEPS = 4001  # of the scan that brackets the fixed points


class FixedPoint(NamedTuple):
    """A price that keeps itself.

    Attributes
    ----------
    price : float
        In money.
    stable : bool
        Whether a price nearby comes back to it; if not, the market tips there.
    """

    price: float
    stable: bool


def price_paid(value: ArrayLike, frauds: ArrayLike) -> Numbers:
    """
    Give what a buyer pays who cannot tell a fraud from an honest offer.

    Parameters
    ----------
    value : array_like
        What an honest delivery is worth to the buyer (V), 0 or more, in money.
    frauds : array_like
        Share of the offers that are frauds (f), 0 to 1.

    Returns
    -------
    float or numpy.ndarray
        ``(1 - f) * V``, in the shape that the two broadcast to.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Examples
    --------
    >>> price_paid(1000, frauds=0.25)
    750.0
    """
    worth = given.numbers("value", value, given.AMOUNT)
    return given.plain((1 - given.numbers("frauds", frauds, given.SHARE)) * worth)


def frauds_that_stop_it(cost: ArrayLike, value: ArrayLike) -> Numbers:
    """
    Give the share of frauds above which no honest seller stays, if all have one cost.

    Parameters
    ----------
    cost : array_like
        What an honest delivery costs its seller (c), 0 or more, in money; the risk belongs to it.
    value : array_like
        As for `price_paid`, above 0.

    Returns
    -------
    float or numpy.ndarray
        ``1 - c / V``, or 0 where the cost is above the value; in the shape that the two broadcast to.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Examples
    --------
    >>> frauds_that_stop_it(cost=400, value=1000)
    0.6
    """
    worth = given.numbers("value", value, given.POSITIVE)
    return given.plain(np.maximum(1 - given.numbers("cost", cost, given.AMOUNT) / worth, 0.0))


def uniform_costs(low: float, high: float) -> CostDistribution:
    """
    Give the distribution of honest sellers' costs that is even between two ends.

    Parameters
    ----------
    low, high : float
        Ends, 0 or more, in money, the first below the second.

    Returns
    -------
    callable
        From a price to the share of honest sellers whose cost is at most that price.

    Raises
    ------
    TypeError
        If an end is no number.
    ValueError
        If one is negative, or ``high`` is not above ``low``.

    Examples
    --------
    >>> float(uniform_costs(200, 800)(350))
    0.25
    """
    first = given.number("low", low, given.AMOUNT)
    last = given.number("high", high, given.AMOUNT)
    if not first < last:
        raise ValueError(f"high is {last:g}: allowed is a number above low, which is {first:g}")

    def share(price: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.clip((np.asarray(price, dtype=np.float64) - first) / (last - first), 0.0, 1.0)

    return share


def next_price(price: ArrayLike, value: float, frauds: float, costs: CostDistribution) -> Numbers:
    """
    Give the price that buyers pay once the honest sellers have answered the present one.

    Parameters
    ----------
    price : array_like
        The present price, 0 or more, in money.
    value : float
        As for `price_paid`, above 0.
    frauds : float
        Share of frauds among all sellers before anybody leaves, 0 to less than 1. Frauds do not leave.
    costs : callable
        Share of honest sellers whose cost is at most a price; see `uniform_costs`.

    Returns
    -------
    float or numpy.ndarray
        ``V * H / (k + H)``: H the share of honest sellers who stay, k = f / (1 - f) frauds for each honest seller at first; 0
        where nobody honest stays.

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If one lies outside its range.

    Examples
    --------
    >>> next_price(800, value=1000, frauds=0.2, costs=uniform_costs(200, 800))
    800.0
    """
    now = given.numbers("price", price, given.AMOUNT)
    worth = given.number("value", value, given.POSITIVE)
    f = given.number("frauds", frauds, given.Range(0, 1, below=True))
    staying = np.asarray(costs(now), dtype=np.float64)
    honest = staying * (1 - f)
    return given.plain(worth * np.divide(honest, f + honest, out=np.zeros_like(honest), where=honest > 0))


def unravelling(value: float, frauds: float, costs: CostDistribution, rounds: int) -> NDArray[np.float64]:
    """
    Follow the price as honest sellers leave, round after round.

    Parameters
    ----------
    value, frauds, costs
        As for `next_price`.
    rounds : int
        0 or more.

    Returns
    -------
    numpy.ndarray, shape (rounds + 1,)
        Prices: first what buyers pay while everybody is there, then after each round.

    Raises
    ------
    TypeError, ValueError
        As for `next_price`.

    Examples
    --------
    >>> unravelling(1000, 0.5, uniform_costs(200, 800), rounds=3).round().tolist()
    [500.0, 333.0, 182.0, 0.0]
    """
    prices = [float(price_paid(given.number("value", value, given.POSITIVE), frauds))]
    for _ in range(given.whole_number("rounds", rounds, 0)):
        prices.append(float(next_price(prices[-1], value, frauds, costs)))
    return np.array(prices)


def fixed_points(value: float, frauds: float, costs: CostDistribution) -> list[FixedPoint]:
    """
    Find the prices that keep themselves.

    Parameters
    ----------
    value, frauds, costs
        As for `next_price`.

    Returns
    -------
    list of FixedPoint
        Ascending. A price of 0 is one, and stable, wherever no honest seller delivers for nothing. Without frauds the reaction
        jumps where the first honest seller comes in; the jump counts as the tipping price.

    Raises
    ------
    TypeError, ValueError
        As for `next_price`.

    Notes
    -----
    Brent's method between the points of a fine grid where ``next_price(P) - P`` changes its sign. The curve rises with the price, so
    a fixed point is stable where it comes from above and tips where it comes from below.

    Examples
    --------
    >>> [(round(price), stable) for price, stable in fixed_points(1000, 0.2, uniform_costs(200, 800))]
    [(0, True), (250, False), (800, True)]
    """
    top = given.number("value", value, given.POSITIVE)

    def gap(price: float) -> float:
        return float(next_price(price, top, frauds, costs)) - price

    grid = np.linspace(0.0, top, _STEPS)
    gaps = np.asarray(next_price(grid, top, frauds, costs)) - grid
    # Nothing below 0 can be reached, and nobody pays more than the value.
    before, after = np.concatenate([[1.0], gaps[:-1]]), np.concatenate([gaps[1:], [-1.0]])
    found = [
        FixedPoint(float(grid[place]), bool(before[place] >= 0 > after[place]))
        for place in np.flatnonzero(gaps == 0)
    ]
    for place in np.flatnonzero(before * gaps < 0):
        if place:
            root = float(brentq(gap, grid[place - 1], grid[place], xtol=1e-12))
            found.append(FixedPoint(root, bool(before[place] > 0)))
    found.sort()
    return found


def settled_price(value: float, frauds: float, costs: CostDistribution) -> float:
    """
    Give where the price comes to rest when it starts with everybody there.

    Parameters
    ----------
    value, frauds, costs
        As for `next_price`.

    Returns
    -------
    float
        In money; 0 where the market stops.

    Raises
    ------
    TypeError, ValueError
        As for `next_price`.

    Notes
    -----
    The reaction rises with the price, so the price falls to the highest fixed point that is not above the first price.

    Examples
    --------
    >>> round(settled_price(1000, 0.2, uniform_costs(200, 800))), settled_price(1000, 0.5, uniform_costs(200, 800))
    (800, 0.0)
    """
    first = float(price_paid(given.number("value", value, given.POSITIVE), frauds))
    points = fixed_points(value, frauds, costs)
    return max((price for price, _ in points if price <= first * (1 + 1e-9)), default=0.0)


def frauds_that_unravel_it(value: float, costs: CostDistribution) -> float:
    """
    Give the share of frauds, before anybody leaves, at which the market stops.

    Parameters
    ----------
    value, costs
        As for `next_price`.

    Returns
    -------
    float
        From 0 to 1: below it some honest sellers stay.

    Raises
    ------
    TypeError, ValueError
        As for `next_price`.

    Notes
    -----
    At the price P the share H of honest sellers stays, and P keeps itself if ``k = H * (V / P - 1)`` frauds come with each honest
    seller. More frauds than the largest such k leave no price above 0.

    Examples
    --------
    >>> round(frauds_that_unravel_it(1000, uniform_costs(200, 800)), 3)
    0.337
    """
    top = given.number("value", value, given.POSITIVE)
    prices = np.linspace(0.0, top, _STEPS)[1:]

    def bearable(price: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(costs(price), dtype=np.float64) * (top / price - 1)

    best = int(np.argmax(bearable(prices)))
    nearby = np.linspace(prices[max(best - 1, 0)], prices[min(best + 1, len(prices) - 1)], _STEPS)
    most = float(bearable(nearby).max())
    return most / (1 + most)
