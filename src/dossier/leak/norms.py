"""What the colleagues do: where many sell, selling is safer, so more sell.

Lesson 10 uses it to ask why two offices with the same rules can differ so much. That the risk of each depends on how many others are corrupt,
and that an office can then rest at a low or at a high level, with a tipping point between, is the argument of Andvig and Moene (1990, "How
Corruption May Corrupt"); our version is the share that sells of `dossier.leak.becker`, with a detection that falls as colleagues sell.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq, minimize_scalar
from scipy.special import ndtr, ndtri

from dossier import _arguments as given
from dossier.leak.becker import share_that_sells

Numbers = float | NDArray[np.float64]

#: Shares at which the search looks: dense at both ends, where fixed points of a bell-shaped distribution may hide.
_SHARES = np.unique(np.concatenate([[0.0], ndtr(np.linspace(-8, 8, 1601)), [1.0]]))
#: Two curves this near to each other touch.
_TOUCHING = 1e-10


@dataclass(frozen=True)
class FixedPoint:
    """A share of sellers that keeps itself up.

    Parameters
    ----------
    share : float
        Of officials who sell.
    slope : float
        Of the reaction there: one seller more makes this many more.
    """

    share: float
    slope: float

    @property
    def stable(self) -> bool:
        """Whether a small push dies away. Where not, it is a tipping point."""
        return self.slope < 1


def detection_among(audits: ArrayLike, share_selling: ArrayLike, shield: ArrayLike) -> Numbers:
    """
    Give the chance that a sale is found out in an office where a share of the colleagues sell too.

    Parameters
    ----------
    audits : array_like
        Chance that a sale is found out where nobody else sells, 0 to 1.
    share_selling : array_like
        Of the colleagues, 0 to 1.
    shield : array_like
        How much of that chance is gone where everybody sells, 0 (none) to 1 (all): colleagues who sell do not report.

    Returns
    -------
    float or numpy.ndarray
        ``audits * (1 - shield * share_selling)``.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside 0 to 1.

    Examples
    --------
    >>> detection_among(audits=0.01, share_selling=0.5, shield=0.8)
    0.006
    """
    p = given.numbers("audits", audits, given.SHARE)
    x = given.numbers("share_selling", share_selling, given.SHARE)
    s = given.numbers("shield", shield, given.SHARE)
    return given.plain(p * (1 - s * x))


def reaction(
    share_selling: ArrayLike,
    price: ArrayLike,
    audits: ArrayLike,
    stake: ArrayLike,
    median_moral_cost: ArrayLike,
    spread: ArrayLike,
    shield: ArrayLike,
) -> Numbers:
    """
    Give the share that sells in answer to the share that sold before.

    Parameters
    ----------
    share_selling, audits, shield : array_like
        As for `detection_among`.
    price, stake, median_moral_cost, spread : array_like
        As for `dossier.leak.becker.share_that_sells`.

    Returns
    -------
    float or numpy.ndarray
        `share_that_sells` at the detection that `detection_among` gives: it never falls as ``share_selling`` rises.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.
    """
    detection = detection_among(audits, share_selling, shield)
    return share_that_sells(price, detection, stake, median_moral_cost, spread)


def fixed_points(
    price: float, audits: float, stake: float, median_moral_cost: float, spread: float, shield: float
) -> list[FixedPoint]:
    """
    Find all shares of sellers that keep themselves up, the lowest first.

    Parameters
    ----------
    price, audits, stake, median_moral_cost, spread, shield : float
        As for `reaction`; one number each.

    Returns
    -------
    list of FixedPoint
        One or three; two where the curve touches the diagonal.

    Raises
    ------
    TypeError
        If an argument is not one number.
    ValueError
        If one lies outside its range.

    Notes
    -----
    Changes of sign of ``reaction(x) - x`` on a grid are narrowed down by Brent's method. Where the difference comes near to 0 and turns back,
    its turning point is sought, since two fixed points may hide between two places of the grid, or one where the curves touch.

    Examples
    --------
    >>> found = fixed_points(price=90, audits=0.01, stake=15_000, median_moral_cost=25, spread=0.5, shield=0.9)
    >>> [(round(point.share, 3), point.stable) for point in found]
    [(0.0, True), (0.678, False), (0.984, True)]
    """
    arguments = {
        "price": given.number("price", price, given.AMOUNT),
        "audits": given.number("audits", audits, given.SHARE),
        "stake": given.number("stake", stake, given.AMOUNT),
        "median_moral_cost": given.number("median_moral_cost", median_moral_cost, given.POSITIVE),
        "spread": given.number("spread", spread, given.POSITIVE),
        "shield": given.number("shield", shield, given.SHARE),
    }

    def excess(share: Any) -> Any:
        return reaction(share, **arguments) - share

    roots = _roots(excess, _SHARES)
    return [FixedPoint(share, _slope(share, **arguments)) for share in roots]


def settles_at(start: float, points: list[FixedPoint], answer: float) -> float:
    """
    Give the share at which an office comes to rest.

    Parameters
    ----------
    start : float
        Share that sells now, 0 to 1.
    points : list of FixedPoint
        As `fixed_points` gives them.
    answer : float
        The `reaction` to ``start``: above it the share rises, below it falls.

    Returns
    -------
    float
        The next fixed point on that side (an increasing reaction cannot jump over one), or ``start`` if it is one itself.

    Raises
    ------
    TypeError, ValueError
        If ``start`` or ``answer`` is no share, or there is no point on that side.

    Examples
    --------
    >>> office = {"price": 90, "audits": 0.01, "stake": 15_000, "median_moral_cost": 25, "spread": 0.5, "shield": 0.9}
    >>> points = fixed_points(**office)
    >>> [round(settles_at(start, points, reaction(start, **office)), 3) for start in (0.67, 0.68)]
    [0.0, 0.984]
    """
    now = given.number("start", start, given.SHARE)
    then = given.number("answer", answer, given.SHARE)
    if any(abs(point.share - now) <= _TOUCHING for point in points):
        return now
    ahead = [point.share for point in points if (point.share > now) == (then > now)]
    if not ahead:
        raise ValueError(f"points hold none that lies from {now:g} towards {then:g}: give all fixed points")
    return min(ahead) if then > now else max(ahead)


def audits_that_hold(
    share_selling: ArrayLike,
    price: ArrayLike,
    stake: ArrayLike,
    median_moral_cost: ArrayLike,
    spread: ArrayLike,
    shield: ArrayLike,
) -> Numbers:
    """
    Give the audits at which a share of sellers keeps itself up: the fixed points, read the other way round.

    Parameters
    ----------
    share_selling : array_like
        Above 0 and below 1.
    price, stake, median_moral_cost, spread, shield : array_like
        As for `reaction`; the stake above 0.

    Returns
    -------
    float or numpy.ndarray
        ``(w - m) / (S * (1 - shield * x))``, m the moral cost below which the share x lies. Negative where no audits are few enough.
        Where it turns, as x rises, an office tips.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Examples
    --------
    >>> round(audits_that_hold(0.5, price=90, stake=15_000, median_moral_cost=25, spread=0.5, shield=0.9), 5)
    0.00788
    """
    x = given.numbers("share_selling", share_selling, given.Range(0, 1, above=True, below=True))
    w = given.numbers("price", price, given.AMOUNT)
    s = given.numbers("stake", stake, given.POSITIVE)
    median = given.numbers("median_moral_cost", median_moral_cost, given.POSITIVE)
    sigma = given.numbers("spread", spread, given.POSITIVE)
    covered = given.numbers("shield", shield, given.SHARE)
    return given.plain((w - median * np.exp(sigma * ndtri(x))) / (s * (1 - covered * x)))


def _slope(
    share: float,
    price: float,
    audits: float,
    stake: float,
    median_moral_cost: float,
    spread: float,
    shield: float,
) -> float:
    left = price - detection_among(audits, share, shield) * stake
    if left <= 0:
        return 0.0
    z = np.log(left / median_moral_cost) / spread
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi) / (left * spread)
    return float(density * audits * stake * shield)


def _roots(excess: Callable[[Any], Any], grid: NDArray[np.float64]) -> list[float]:
    at = excess(grid)
    found = [float(share) for share in grid[at == 0]]
    crossing = np.flatnonzero(at[:-1] * at[1:] < 0)
    found += [_between(excess, grid[place], grid[place + 1]) for place in crossing]
    before, here, after = np.sign(at[:-2]), np.sign(at[1:-1]), np.sign(at[2:])
    near = np.abs(at)
    # The difference comes near to 0 from one side and turns back.
    turning = (before == here) & (here == after) & (near[1:-1] <= near[:-2]) & (near[1:-1] <= near[2:])
    for place in np.flatnonzero(turning) + 1:
        found += _at_a_turn(excess, grid[place - 1], grid[place + 1], np.sign(at[place]))
    return sorted(found)


def _at_a_turn(excess: Callable[[Any], Any], low: float, high: float, side: float) -> list[float]:
    turn = minimize_scalar(
        lambda share: side * excess(share), bounds=(low, high), method="bounded", options={"xatol": 1e-13}
    )
    if turn.fun < -_TOUCHING:
        return [_between(excess, low, turn.x), _between(excess, turn.x, high)]
    return [float(turn.x)] if turn.fun <= _TOUCHING else []


def _between(excess: Callable[[Any], Any], low: float, high: float) -> float:
    return float(brentq(excess, low, high, xtol=1e-15, rtol=1e-14, maxiter=200))
