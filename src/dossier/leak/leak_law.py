"""The leak law: with enough hands someone sells, and with enough sales someone is caught.

Lesson 10 asks it of officials (among all who have access, does nobody sell?), lesson 11 of databases (are all of them open at once?).
Independent chances multiply. Where honesty is shared, as it is in an office with a culture, the number who sell is beta-binomial: every
group draws its own willingness from a beta distribution, and its members then decide on their own (Skellam 1948, "A probability
distribution derived from the binomial distribution by regarding the probability of success as variable between the sets of trials").
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import xlog1py

from dossier import _arguments as given

Numbers = float | NDArray[np.float64]

#: Hands that are multiplied one by one; the rest is Stirling's series, whose error here is below 1e-10 of the logarithm.
_ONE_BY_ONE = 32


def chance_of_leak(hands: ArrayLike, willingness: ArrayLike, correlation: ArrayLike = 0.0) -> Numbers:
    """
    Give the chance that at least one of those who have access sells.

    Parameters
    ----------
    hands : array_like
        People with access (k): whole numbers, 0 or more.
    willingness : array_like
        Chance that any one of them sells (q), 0 to 1.
    correlation : array_like
        How far they are of one mind (rho, the intra-class correlation), from 0, each on their own, to 1, all or none.

    Returns
    -------
    float or numpy.ndarray
        A chance from 0 to 1, in the shape that the three broadcast to.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range, or ``hands`` is not whole.

    Notes
    -----
    Independent: ``1 - (1 - q)^k``. Correlated: ``1 - B(a, b + k) / B(a, b)`` with ``a = q * (1 - rho) / rho`` and
    ``b = (1 - q) * (1 - rho) / rho``, B the beta function. Both are computed from logarithms, so that ten million hands
    and a chance of one in a billion lose no digits.

    Examples
    --------
    >>> round(chance_of_leak(1000, 0.001), 5), round(chance_of_leak(1000, 0.001, correlation=0.1), 6)
    (0.6323, 0.042074)
    """
    k = _whole("hands", hands)
    q = given.numbers("willingness", willingness, given.SHARE)
    rho = given.numbers("correlation", correlation, given.SHARE)
    return given.plain(-np.expm1(_log_chance_of_none(k, q, 1 - q, rho)))


def chance_all(things: ArrayLike, each: ArrayLike, correlation: ArrayLike = 0.0) -> Numbers:
    """
    Give the chance that all of some things are open, or all of some people willing.

    Parameters
    ----------
    things : array_like
        How many there are (J): whole numbers, 0 or more.
    each : array_like
        Chance that any one of them is, 0 to 1.
    correlation : array_like
        How far they go together (rho), as for `chance_of_leak`.

    Returns
    -------
    float or numpy.ndarray
        A chance from 0 to 1, in the shape that the three broadcast to.

    Raises
    ------
    TypeError, ValueError
        As for `chance_of_leak`.

    Notes
    -----
    Independent: ``each ^ J``. Correlated: ``B(a + J, b) / B(a, b)``, a and b as for `chance_of_leak`: the other end of
    the same distribution.

    Examples
    --------
    >>> f"{chance_all(8, 0.3):.4e}", f"{chance_all(8, 0.3, correlation=1):.1f}"
    ('6.5610e-05', '0.3')
    """
    j = _whole("things", things)
    share = given.numbers("each", each, given.SHARE)
    rho = given.numbers("correlation", correlation, given.SHARE)
    return given.plain(np.exp(_log_chance_of_none(j, 1 - share, share, rho)))


def caught_within(sales: ArrayLike, detection_probability: ArrayLike) -> Numbers:
    """
    Give the chance that somebody who sells again and again is caught at least once.

    Parameters
    ----------
    sales : array_like
        How many sales (n), 0 or more.
    detection_probability : array_like
        Chance that any one of them is found out (p), 0 to 1, independent of the others.

    Returns
    -------
    float or numpy.ndarray
        ``1 - (1 - p)^n``, in the shape that the two broadcast to.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Examples
    --------
    >>> [round(chance, 5) for chance in caught_within([100, 1000], 0.0014).tolist()]
    [0.13073, 0.75364]
    """
    n = given.numbers("sales", sales, given.AMOUNT)
    p = given.numbers("detection_probability", detection_probability, given.SHARE)
    return given.plain(-np.expm1(xlog1py(n, -p)))


def hands_until(chance: ArrayLike, willingness: ArrayLike) -> Numbers:
    """
    Give how many independent hands make a leak as likely as a given chance; or how many sales make being caught so.

    Parameters
    ----------
    chance : array_like
        From 0 to less than 1.
    willingness : array_like
        Chance that any one of them sells (or that any one sale is found out), above 0, to 1.

    Returns
    -------
    float or numpy.ndarray
        ``ln(1 - chance) / ln(1 - willingness)``: not rounded to whole hands; in the shape that the two broadcast to.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Examples
    --------
    >>> round(hands_until(0.5, 0.001))
    693
    """
    wanted = given.numbers("chance", chance, given.Range(0, 1, below=True))
    q = given.numbers("willingness", willingness, given.Range(0, 1, above=True))
    with np.errstate(divide="ignore"):  # whoever is sure to sell needs no more than one hand
        return given.plain(np.log1p(-wanted) / np.log1p(-q) + 0.0)


def _whole(argument: str, value: ArrayLike) -> NDArray[np.float64]:
    found = given.numbers(argument, value, given.AMOUNT)
    broken = found != np.floor(found)
    if broken.any():
        raise ValueError(
            f"{argument} is {found[broken].flat[0]:g}: allowed is a whole number, 0 or more; round it first"
        )
    return found


def _log_chance_of_none(
    k: NDArray[np.float64], q: NDArray[np.float64], rest: NDArray[np.float64], rho: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give the logarithm of the chance that none of k does it, where each does with chance q and ``rest = 1 - q``.

    It is the sum of ``ln((b + i) / (a + b + i))`` over the hands i = 0 ... k - 1. SciPy's ``betaln(a, b + k) - betaln(a, b)``
    is the same, but for a small correlation a and b are huge and the difference has no right digit left (for rho 1e-12 none).
    """
    k, q, rest, rho = np.broadcast_arrays(k, q, rest, rho)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        # Above 1e100 the beta distribution is a point, and one hand more changes nothing.
        n = np.minimum((1 - rho) / rho, 1e100)
        a, b = q * n, rest * n
        # The first hand is q itself, also where n is 0 and a / n would be 0 / 0.
        total = np.where(k > 0, _log_of_rest(q, rest), 0.0)
        for i in range(1, _ONE_BY_ONE):
            total = np.where(k > i, total + _log_of_rest(a / (n + i), (b + i) / (n + i)), total)
        more = np.maximum(k - _ONE_BY_ONE, 0)
        b, n = b + _ONE_BY_ONE, n + _ONE_BY_ONE
        b_end, n_end = b + more, n + more
        stirling = (
            more * _log_of_rest(a / n_end, b_end / n_end)
            + (b - 0.5) * np.log1p(a / b * (more / n_end))
            - a * np.log1p(more / n)
            - (a / b) * (more / n_end) * ((b + n_end) / b_end) / (12 * n)
            - (b_end**-3 - b**-3 - n_end**-3 + n**-3) / 360
        )
        correlated = np.where(more > 0, total + stirling, total)
        independent = np.where(k > 0, k * _log_of_rest(q, rest), 0.0)
    return np.asarray(np.where(rho == 0, independent, correlated))


def _log_of_rest(q: NDArray[np.float64], rest: NDArray[np.float64]) -> NDArray[np.float64]:
    # The smaller of the two has all its digits.
    return np.asarray(np.where(q < 0.5, np.log1p(-q), np.log(rest)))
