"""A bundle against its parts: why a dossier sells better than its records one by one.

Lesson 09 uses it. Bakos and Brynjolfsson 1999, "Bundling information goods: pricing, profits, and efficiency": what buyers would pay for
one good differs widely, what they would pay for many together differs less and less per good (the law of large numbers), so that one
price loses fewer buyers. Copies cost nothing, and buyers take one of each good or none. This gain needs no question that takes several
registries together, as lesson 05's worth of a set does; it is about the buyers, not about the records.
"""

from __future__ import annotations

from math import comb, factorial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize_scalar
from scipy.special import ndtr

from dossier import _arguments as given

MOST_GOODS = 20
"""Largest bundle of the closed form; beyond it the alternating sum loses its digits."""


class Offer(NamedTuple):
    """A price, and what it brings.

    Attributes
    ----------
    price : float
        In money.
    share : float
        Share of the buyers who pay it.
    profit : float
        ``price * share``: profit per buyer asked, in money.
    """

    price: float
    share: float
    profit: float


def draw_valuations(
    buyers: int, goods: int, random: np.random.Generator, correlation: float = 0.0
) -> NDArray[np.float64]:
    """
    Draw what buyers would pay for each of some goods.

    Parameters
    ----------
    buyers, goods : int
        How many, 1 or more each.
    random : numpy.random.Generator
        Where the chance comes from.
    correlation : float
        How far who pays much for one good pays much for the others: 0 (not at all) to 1 (exactly as much).

    Returns
    -------
    numpy.ndarray, shape (buyers, goods)
        Each good's valuations are uniform from 0 to 1 whatever the correlation, which is that of the normal scores behind them (a
        Gaussian copula with one common factor).

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If one lies outside its range.
    """
    given.whole_number("buyers", buyers, 1)
    given.whole_number("goods", goods, 1)
    if not isinstance(random, np.random.Generator):
        raise TypeError(
            f"random is {random!r}: give a numpy.random.Generator, such as numpy.random.default_rng(9)"
        )
    rho = given.number("correlation", correlation, given.SHARE)
    common = random.standard_normal((buyers, 1))
    own = random.standard_normal((buyers, goods))
    return np.asarray(ndtr(np.sqrt(rho) * common + np.sqrt(1 - rho) * own))


def best_price(valuations: ArrayLike) -> Offer:
    """
    Find the price that earns most from these buyers.

    Parameters
    ----------
    valuations : array_like, shape (buyers,)
        What each would pay, 0 or more, in money.

    Returns
    -------
    Offer
        The best of all prices: it is always some buyer's valuation, so that trying these is enough. Of several equally good
        ones the lowest, which serves most buyers.

    Raises
    ------
    TypeError
        If ``valuations`` holds anything but numbers.
    ValueError
        If it is empty or not a list, or one of them is negative.

    Examples
    --------
    >>> best_price([1, 2, 3, 10])
    Offer(price=10.0, share=0.25, profit=2.5)
    """
    worth = given.numbers("valuations", valuations, given.AMOUNT)
    if worth.ndim != 1 or not worth.size:
        raise ValueError(f"valuations has shape {worth.shape}: give a list of at least one number")
    ordered = np.sort(worth)
    # Whoever stands at a place or above it pays that place's valuation; equal ones are counted from the first of them.
    share = 1 - np.searchsorted(ordered, ordered, side="left") / ordered.size
    best = int(np.argmax(ordered * share))
    return Offer(float(ordered[best]), float(share[best]), float(ordered[best] * share[best]))


def profit_apart(valuations: ArrayLike) -> float:
    """
    Give what the goods earn one by one, each at its own best price.

    Parameters
    ----------
    valuations : array_like, shape (buyers, goods)
        What each buyer would pay for each good, 0 or more, in money.

    Returns
    -------
    float
        Profit per buyer asked, all goods together, in money.

    Raises
    ------
    TypeError
        If ``valuations`` holds anything but numbers.
    ValueError
        If it is not a table of numbers with at least one row and column, or one of them is negative.
    """
    return sum(best_price(one).profit for one in _table(valuations).T)


def bundle(valuations: ArrayLike) -> Offer:
    """
    Find the best price for all goods together.

    Parameters
    ----------
    valuations : array_like, shape (buyers, goods)
        As for `profit_apart`.

    Returns
    -------
    Offer
        As `best_price` of what each buyer would pay for all goods: the sum.

    Raises
    ------
    TypeError, ValueError
        As for `profit_apart`.
    """
    return best_price(_table(valuations).sum(axis=1))


def share_who_pay(price: ArrayLike, goods: int) -> Any:
    """
    Give the share of buyers who pay a price for a bundle of independent goods, each valued uniformly from 0 to 1.

    Parameters
    ----------
    price : array_like
        Of the whole bundle, 0 or more.
    goods : int
        From 1 to 20.

    Returns
    -------
    float or numpy.ndarray
        One minus the Irwin-Hall distribution function, in the shape of ``price``.

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If one lies outside its range.

    Notes
    -----
    ``1 - sum over k of (-1)^k * C(n, k) * max(x - k, 0)^n / n!`` (Irwin 1927, Hall 1927). Above the middle it is taken from
    the other end, by symmetry, where fewer terms stand against each other.

    Examples
    --------
    >>> share_who_pay(1, goods=2)
    0.5
    """
    x = given.numbers("price", price, given.AMOUNT)
    n = given.whole_number("goods", goods, 1, MOST_GOODS)
    from_end = np.minimum(np.minimum(x, n), n - np.minimum(x, n))
    below = sum(
        (-1) ** k * comb(n, k) * np.maximum(from_end - k, 0) ** n for k in range(n // 2 + 1)
    ) / factorial(n)
    return given.plain(np.where(x <= n / 2, 1 - below, below))


def best_uniform_bundle(goods: int) -> Offer:
    """
    Find the best price of a bundle of independent goods, each valued uniformly from 0 to 1.

    Parameters
    ----------
    goods : int
        From 1 to 20.

    Returns
    -------
    Offer
        For one good ``(1/2, 1/2, 1/4)``; for two the price is the square root of 2/3. As goods multiply, the profit per
        good rises towards 1/2, the mean valuation: all that there is to get.

    Raises
    ------
    TypeError
        If ``goods`` is no whole number.
    ValueError
        If it lies outside its range.

    Examples
    --------
    >>> [round(part, 4) for part in best_uniform_bundle(2)]
    [0.8165, 0.6667, 0.5443]
    """
    n = given.whole_number("goods", goods, 1, MOST_GOODS)
    found = minimize_scalar(
        lambda price: -price * share_who_pay(price, n),
        bounds=(n / 4, n),
        method="bounded",
        options={"xatol": 1e-10},
    )
    price = float(found.x)
    share = float(share_who_pay(price, n))
    return Offer(price, share, price * share)


def _table(valuations: ArrayLike) -> NDArray[np.float64]:
    worth = given.numbers("valuations", valuations, given.AMOUNT)
    if worth.ndim != 2 or not worth.size:
        raise ValueError(
            f"valuations has shape {worth.shape}: give a table, a row a buyer and a column a good"
        )
    return worth
