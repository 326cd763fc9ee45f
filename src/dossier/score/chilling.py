"""How fear silences: each speaks if it is worth the risk, and the risk falls with the number of those who speak.

Lesson 04 uses it to ask how a whole town falls silent at once, and why it stays silent. The thresholds are Granovetter's (1978,
"Threshold models of collective behavior"); that public silence feeds on itself is Kuran's (1991, "Now out of never").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq, minimize_scalar
from scipy.special import ndtr

from dossier import _arguments as given

Numbers = NDArray[np.float64]

# Shares at which crossings and turning points are searched before they are made exact; densest near none and all.
GRID = np.r_[0.0, ndtr(np.linspace(-6.0, 6.0, 2001)), 1.0]
LONGEST_CASCADE = 10_000


def chance_of_being_seen(share: ArrayLike, seen_alone: float, safety: float) -> float | Numbers:
    """
    Give the chance that a speaker is singled out when a share of all people speaks.

    Parameters
    ----------
    share : array_like
        Share of the people who speak, 0 to 1.
    seen_alone : float
        The chance for somebody who speaks alone, 0 to 1.
    safety : float
        Safety of numbers, 0 to 1: by which part the chance is lower when everybody speaks.

    Returns
    -------
    float or numpy.ndarray
        ``seen_alone * (1 - safety * share)``, in the shape of ``share``.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one is not finite or out of range.

    Examples
    --------
    >>> chance_of_being_seen([0, 1], seen_alone=0.5, safety=0.8).round(3)
    array([0.5, 0.1])
    """
    speaking = given.numbers("share", share, given.SHARE)
    chance = given.number("seen_alone", seen_alone, given.SHARE) * (
        1 - given.number("safety", safety, given.SHARE) * speaking
    )
    return given.plain(chance)


def share_that_speaks(
    share: ArrayLike, penalty: ArrayLike, benefits: Any, seen_alone: float, safety: float
) -> float | Numbers:
    """
    Give the share that speaks next, when everybody has seen how many speak now.

    Parameters
    ----------
    share : array_like
        Share of the people who speak now, 0 to 1.
    penalty : array_like
        What a speaker who is seen loses, in the unit of the benefits; 0 or more.
    benefits : frozen scipy.stats distribution
        What speaking is worth to people, in money or points (``scipy.stats.lognorm(s=0.5)`` say); only ``sf`` is used here.
    seen_alone, safety : float
        As for `chance_of_being_seen`.

    Returns
    -------
    float or numpy.ndarray
        The share of people whose benefit exceeds ``penalty * chance_of_being_seen(share)``.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers, or ``benefits`` is no distribution.
    ValueError
        If one is not finite or out of range.
    """
    _check_distribution(benefits)
    risk = given.numbers("penalty", penalty, given.AMOUNT) * chance_of_being_seen(share, seen_alone, safety)
    return given.plain(benefits.sf(risk))


def cascade(
    penalty: float,
    benefits: Any,
    seen_alone: float,
    safety: float,
    start: float = 1.0,
    tolerance: float = 1e-10,
) -> Numbers:
    """
    Let everybody look around and decide again, round after round, until nobody changes their mind.

    Parameters
    ----------
    penalty, benefits, seen_alone, safety
        As for `share_that_speaks`; the penalty a single number.
    start : float
        The share that speaks before the first round, 0 to 1.
    tolerance : float
        Stop when a round moves less than this share of the people; above 0.

    Returns
    -------
    numpy.ndarray, shape (rounds + 1,)
        The share that speaks at the start and after each round: never rising or never falling. From 1 it ends at the largest share that
        holds, from 0 at the smallest. At most 10,000 rounds, which only matters within a hair of the tipping point.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers, or ``benefits`` is no distribution.
    ValueError
        If one is not finite or out of range.
    """
    given.number("penalty", penalty, given.AMOUNT)
    given.number("tolerance", tolerance, given.Range(0, 1, above=True, below=True))
    shares = [given.number("start", start, given.SHARE)]
    while len(shares) <= LONGEST_CASCADE:
        following = float(share_that_speaks(shares[-1], penalty, benefits, seen_alone, safety))
        shares.append(following)
        if abs(shares[-1] - shares[-2]) < tolerance:
            break
    return np.array(shares)


@dataclass(frozen=True)
class Balance:
    """A share of speakers that reproduces itself.

    Attributes
    ----------
    share : float
        0 to 1.
    stable : bool
        Whether a small push dies away; if not, it is a tipping point.
    """

    share: float
    stable: bool


def balances(penalty: float, benefits: Any, seen_alone: float, safety: float) -> tuple[Balance, ...]:
    """
    Find every share of speakers that reproduces itself.

    Parameters
    ----------
    penalty, benefits, seen_alone, safety
        As for `cascade`.

    Returns
    -------
    tuple of Balance
        From the smallest share to the largest. Stable ones and tipping points take turns.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers, or ``benefits`` is no distribution.
    ValueError
        If one is not finite or out of range.

    Notes
    -----
    Each is a crossing of the reaction curve and the line on which the next share equals the present one, found by Brent's method
    between neighbours on a grid of some 2,000 shares. Two that lie closer together than that, as happens within a hair of the tipping
    point, are missed together.
    """
    given.number("penalty", penalty, given.AMOUNT)

    def gap(share: float) -> float:
        return float(share_that_speaks(share, penalty, benefits, seen_alone, safety)) - share

    gaps = np.asarray(share_that_speaks(GRID, penalty, benefits, seen_alone, safety)) - GRID
    found: list[Balance] = []
    # What is pushed up must come down to it: the sign of the gap below tells a stable share from a tipping point.
    above_line = gaps >= 0
    if gaps[0] == 0:
        found.append(Balance(0.0, not above_line[1]))
    for place in range(1, len(GRID)):
        if above_line[place] != above_line[place - 1] and not (place == 1 and gaps[0] == 0):
            share = brentq(gap, GRID[place - 1], GRID[place], xtol=1e-13)
            found.append(Balance(float(share), bool(above_line[place - 1])))
    if above_line[-1] and above_line[-2]:
        found.append(Balance(1.0, True))
    return tuple(found)


def penalty_that_holds(share: ArrayLike, benefits: Any, seen_alone: float, safety: float) -> float | Numbers:
    """
    Give the penalty at which a share of speakers reproduces itself: the model read backwards.

    Parameters
    ----------
    share : array_like
        Share of the people who speak, 0 to 1.
    benefits : frozen scipy.stats distribution
        As for `share_that_speaks`; its ``isf`` is used.
    seen_alone, safety : float
        As for `chance_of_being_seen`; ``seen_alone`` above 0.

    Returns
    -------
    float or numpy.ndarray
        ``benefits.isf(share) / chance_of_being_seen(share)``, in the shape of ``share``; infinite where nobody can be seen.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers, or ``benefits`` is no distribution.
    ValueError
        If one is not finite or out of range.
    """
    _check_distribution(benefits)
    if given.number("seen_alone", seen_alone, given.SHARE) == 0:
        raise ValueError("seen_alone is 0: nobody is ever seen, so no penalty can matter")
    marginal = np.asarray(benefits.isf(given.numbers("share", share, given.SHARE)), dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        penalty = marginal / np.asarray(chance_of_being_seen(share, seen_alone, safety))
    return given.plain(penalty)


@dataclass(frozen=True)
class Tipping:
    """The two penalties between which a town can be speaking or silent, whichever it was before.

    Attributes
    ----------
    silenced_at : float
        Raised above this penalty, speech breaks down; infinite if nobody can be seen once all speak.
    last_share : float
        The share that spoke just before.
    returns_at : float
        Taken back below this penalty, speech comes back by itself. Never above ``silenced_at``.
    first_share : float
        The share that speaks just before it comes back.
    """

    silenced_at: float
    last_share: float
    returns_at: float
    first_share: float


def tipping(benefits: Any, seen_alone: float, safety: float) -> Tipping | None:
    """
    Find the penalty at which speech breaks down, and the one at which it comes back.

    Parameters
    ----------
    benefits : frozen scipy.stats distribution
        As for `penalty_that_holds`.
    seen_alone, safety : float
        As for `penalty_that_holds`.

    Returns
    -------
    Tipping or None
        None if the share that speaks follows the penalty without a jump. With several jumps, the first on the way up, and the
        last on the way back.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers, or ``benefits`` is no distribution.
    ValueError
        If one is not finite or out of range.

    Notes
    -----
    Going from everybody towards nobody, `penalty_that_holds` rises, and turns where the speaking town ends (a fold): that maximum is
    found on a grid of some 2,000 shares and made exact with Brent's method, and so is the minimum that follows it.
    """
    inner = GRID[1:-1]

    def holds(share: float) -> float:
        return float(penalty_that_holds(share, benefits, seen_alone, safety))

    # From everybody speaking down to nobody, as the penalty is raised.
    penalty = np.asarray(penalty_that_holds(inner[::-1], benefits, seen_alone, safety))
    falls = np.flatnonzero(np.diff(penalty) < -1e-12 * np.abs(penalty[1:]))
    if not len(falls):
        return None
    top, bottom = int(falls[0]), int(falls[-1] + 1)

    def exact(place: int, sign: float) -> float:
        """Make a turning point exact, between its neighbours on the grid."""
        middle = len(inner) - 1 - place
        low, high = GRID[middle], GRID[min(middle + 2, len(GRID) - 1)]
        found = minimize_scalar(
            lambda share: sign * holds(share),
            bounds=(max(low, 1e-9), min(high, 1 - 1e-9)),
            method="bounded",
            options={"xatol": 1e-9},
        )
        return float(found.x)

    first = exact(bottom, 1.0)
    if safety == 1:  # nobody is seen once all speak, so no penalty can break that up
        return Tipping(np.inf, 1.0, holds(first), first)
    last = exact(top, -1.0)
    return Tipping(holds(last), last, holds(first), first)


def there_and_back(
    penalties: ArrayLike, benefits: Any, seen_alone: float, safety: float
) -> tuple[Numbers, Numbers]:
    """
    Follow a town as the penalty is slowly raised, and then as slowly taken back.

    Parameters
    ----------
    penalties : array_like, shape (n,)
        In the unit of the benefits; 0 or more, in any order.
    benefits, seen_alone, safety
        As for `penalty_that_holds`.

    Returns
    -------
    raised, taken_back : numpy.ndarray, shape (n,)
        The share that speaks at each penalty on the way up, from a town that spoke, and on the way back, from one that was silent: the
        largest and the smallest share that reproduces itself, to about 0.0001.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers, or ``benefits`` is no distribution.
    ValueError
        If one is not finite or out of range.
    """
    wanted = given.numbers("penalties", penalties, given.AMOUNT)
    inner = GRID[1:-1]
    holds = np.asarray(penalty_that_holds(inner, benefits, seen_alone, safety))
    # A town stays where it is until no share near it holds: it slides along the highest penalty yet, or back along the lowest.
    raised = np.interp(wanted, np.maximum.accumulate(holds[::-1]), inner[::-1])
    taken_back = np.interp(wanted, np.minimum.accumulate(holds)[::-1], inner[::-1])
    return raised, taken_back


def _check_distribution(benefits: Any) -> None:
    if not (callable(getattr(benefits, "sf", None)) and callable(getattr(benefits, "isf", None))):
        raise TypeError(
            f"benefits is {benefits!r}: give a frozen distribution of scipy.stats, such as lognorm(s=0.5)"
        )
