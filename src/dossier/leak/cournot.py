"""Many brokers: how the price falls towards the cost as sellers multiply.

Lesson 09 asks what a price says where hundreds of services compete. Cournot 1838, "Recherches sur les principes mathématiques de la
théorie des richesses": every seller chooses a quantity that is best given the others', and the price clears the market. Demand is a
straight line, ``P = A - b * Q``: *choke price* A, at which nobody buys, and *slope* b. All sellers have the same cost c per sale.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dossier import _arguments as given

Numbers = float | NDArray[np.float64]


class Equilibrium(NamedTuple):
    """Where nobody gains by changing their own quantity.

    Attributes
    ----------
    price : float or numpy.ndarray
        What a buyer pays, in money.
    each : float or numpy.ndarray
        Sales of each seller.
    total : float or numpy.ndarray
        Sales of all.
    profit : float or numpy.ndarray
        Of each seller, in money.
    """

    price: Numbers
    each: Numbers
    total: Numbers
    profit: Numbers


def equilibrium(
    sellers: ArrayLike, choke_price: ArrayLike, cost: ArrayLike, slope: ArrayLike = 1.0
) -> Equilibrium:
    """
    Give price, quantities and profit where sellers compete.

    Parameters
    ----------
    sellers : array_like
        How many (n), 1 or more.
    choke_price : array_like
        Price at which nobody buys any more (A), above 0, in money.
    cost : array_like
        What one sale costs each of them (c), 0 or more, in money; the risk belongs to it.
    slope : array_like
        By how much one more sale lowers the price (b), above 0.

    Returns
    -------
    Equilibrium
        In the shape that the four broadcast to. Where the cost is not below the choke price nobody sells, and the price is
        the choke price.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Notes
    -----
    ``q = (A - c) / (b * (n + 1))`` and ``P = (A + n * c) / (n + 1)``.

    Examples
    --------
    >>> [round(equilibrium(n, choke_price=5000, cost=600).price, 2) for n in (1, 10, 300)]
    [2800.0, 1000.0, 614.62]
    """
    n = given.numbers("sellers", sellers, given.Range(1, below=True))
    top, unit_cost, steep = _market(choke_price, cost, slope)
    each = np.maximum(top - unit_cost, 0) / (steep * (n + 1))
    price = top - steep * n * each
    profit = (price - unit_cost) * each
    return Equilibrium(given.plain(price), given.plain(each), given.plain(n * each), given.plain(profit))


def best_reply(others: ArrayLike, choke_price: ArrayLike, cost: ArrayLike, slope: ArrayLike = 1.0) -> Numbers:
    """
    Give the quantity that earns one seller most, given what the others sell.

    Parameters
    ----------
    others : array_like
        What all the others sell together, 0 or more.
    choke_price, cost, slope : array_like
        As for `equilibrium`.

    Returns
    -------
    float or numpy.ndarray
        ``(A - c) / (2 * b) - others / 2``, or 0 where that is negative.

    Raises
    ------
    TypeError, ValueError
        As for `equilibrium`.

    Examples
    --------
    >>> best_reply(others=0, choke_price=5000, cost=600)
    2200.0
    """
    rest = given.numbers("others", others, given.AMOUNT)
    top, unit_cost, steep = _market(choke_price, cost, slope)
    return given.plain(np.maximum((top - unit_cost) / (2 * steep) - rest / 2, 0.0))


def replies(
    sellers: int,
    rounds: int,
    choke_price: float,
    cost: float,
    slope: float = 1.0,
    order: Literal["in turn", "at once"] = "in turn",
    start: float = 0.0,
) -> NDArray[np.float64]:
    """
    Let sellers answer each other, round after round.

    Parameters
    ----------
    sellers : int
        1 or more.
    rounds : int
        0 or more.
    choke_price, cost, slope : float
        As for `equilibrium`.
    order : str
        ``"in turn"``: each answers what the others sell now. ``"at once"``: all answer what the others sold in the last round.
    start : float
        What each sells before the first round.

    Returns
    -------
    numpy.ndarray, shape (rounds + 1, sellers)
        What each sells after each round; the first row is the start.

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If one lies outside its range.

    Notes
    -----
    In turn the quantities always approach the equilibrium, because each reply raises one and the same function of all
    quantities (an exact potential: Monderer and Shapley 1996, "Potential games"). At once, every distance from it is multiplied
    by ``-(n - 1) / 2`` in each round: two sellers approach it, three circle it for ever, more of them swing away until some sell
    nothing (Theocharis 1960, "On the stability of the Cournot solution on the oligopoly problem").

    Examples
    --------
    >>> replies(3, 2, choke_price=5000, cost=600, order="at once").tolist()
    [[0.0, 0.0, 0.0], [2200.0, 2200.0, 2200.0], [0.0, 0.0, 0.0]]
    """
    n = given.whole_number("sellers", sellers, 1)
    number_of_rounds = given.whole_number("rounds", rounds, 0)
    if order not in ("in turn", "at once"):
        raise ValueError(f"order is {order!r}: allowed are 'in turn' and 'at once'")
    alone = float(best_reply(0.0, choke_price, cost, slope))
    path = np.full((number_of_rounds + 1, n), given.number("start", start, given.AMOUNT))
    for turn in range(1, number_of_rounds + 1):
        if order == "at once":
            path[turn] = np.maximum(alone - (path[turn - 1].sum() - path[turn - 1]) / 2, 0.0)
            continue
        now = path[turn - 1].copy()
        for one in range(n):
            now[one] = max(alone - (now.sum() - now[one]) / 2, 0.0)
        path[turn] = now
    return path


def cost_behind(price: ArrayLike, sellers: ArrayLike, choke_price: ArrayLike) -> Numbers:
    """
    Give the cost that a price gives away, if as many sellers compete.

    Parameters
    ----------
    price : array_like
        The price seen (P), 0 or more, in money.
    sellers, choke_price : array_like
        As for `equilibrium`.

    Returns
    -------
    float or numpy.ndarray
        ``((n + 1) * P - A) / n``: the cost at which `equilibrium` has this price; not-a-number where that is negative (so low a
        price does not fit so few sellers). In the shape that the three broadcast to.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range, or the price is above the choke price.

    Examples
    --------
    >>> round(cost_behind(price=1000, sellers=10, choke_price=5000), 2)
    600.0
    """
    seen = given.numbers("price", price, given.AMOUNT)
    n = given.numbers("sellers", sellers, given.Range(1, below=True))
    top = given.numbers("choke_price", choke_price, given.POSITIVE)
    too_high = np.asarray(seen > top)
    if too_high.any():
        shown = np.broadcast_to(seen, too_high.shape)[too_high].flat[0]
        raise ValueError(f"price is {shown:g}: allowed is 0 to the choke price, where nobody buys")
    cost = np.asarray(((n + 1) * seen - top) / n)
    return given.plain(np.where(cost < 0, np.nan, cost))


def _market(
    choke_price: ArrayLike, cost: ArrayLike, slope: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    return (
        given.numbers("choke_price", choke_price, given.POSITIVE),
        given.numbers("cost", cost, given.AMOUNT),
        given.numbers("slope", slope, given.POSITIVE),
    )
