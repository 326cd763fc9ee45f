"""Certainty against severity: the same expected loss, as a likely small one or as an unlikely large one.

Lesson 10 uses it to ask which of the two keeps an official honest. Utility has constant relative risk aversion (Pratt 1964, "Risk Aversion in
the Small and in the Large"); that an offender who dislikes risk minds severity more, and one who likes it certainty, is Becker's (1968).
A loss that is no money, such as prison, counts as the money whose loss would be as bad.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dossier import _arguments as given

Numbers = float | NDArray[np.float64]


def utility(wealth: ArrayLike, risk_aversion: ArrayLike) -> Numbers:
    """
    Give the utility of a wealth.

    Parameters
    ----------
    wealth : array_like
        What somebody has, above 0.
    risk_aversion : array_like
        Relative risk aversion (gamma): 0 counts money only, above 0 dislikes risk, below 0 likes it.

    Returns
    -------
    float or numpy.ndarray
        ``(c^(1 - gamma) - 1) / (1 - gamma)``, and ``ln(c)`` where gamma is 1. Only differences mean anything.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If ``wealth`` is not above 0, or ``risk_aversion`` is not finite.

    Examples
    --------
    >>> utility(wealth=4, risk_aversion=0), utility(wealth=4, risk_aversion=2)
    (3.0, 0.75)
    """
    c = given.numbers("wealth", wealth, given.POSITIVE)
    gamma = given.numbers("risk_aversion", risk_aversion, given.FINITE)
    return given.plain(_utility(c, gamma))


def worth_of_selling(
    wealth: ArrayLike,
    gain: ArrayLike,
    detection_probability: ArrayLike,
    loss: ArrayLike,
    risk_aversion: ArrayLike,
) -> Numbers:
    """
    Give the sure change of wealth that is as good to an official as the gamble of one sale.

    Parameters
    ----------
    wealth : array_like
        What the official has before (W), above 0.
    gain : array_like
        What the sale pays (w), 0 or more; kept also if caught.
    detection_probability : array_like
        Chance of being caught (p), 0 to 1.
    loss : array_like
        What is lost then (S), from 0 to less than ``wealth + gain``: nobody loses more than they have.
    risk_aversion : array_like
        As for `utility`.

    Returns
    -------
    float or numpy.ndarray
        The certainty equivalent of the sale less ``wealth``: above 0 the sale tempts, below 0 it does not. Without risk aversion it
        is ``w - p * S``.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Examples
    --------
    An even chance to lose 750 of 1,000, for 0: whoever has logarithmic utility would give up half of everything to avoid it.

    >>> round(worth_of_selling(wealth=1_000, gain=0, detection_probability=0.5, loss=750, risk_aversion=1))
    -500
    """
    wealth_, w, s = _money(wealth, gain, loss)
    p = given.numbers("detection_probability", detection_probability, given.SHARE)
    gamma = given.numbers("risk_aversion", risk_aversion, given.FINITE)
    # In units of the wealth, so that no power grows or shrinks out of range.
    expected = (1 - p) * _utility(1 + w / wealth_, gamma) + p * _utility(1 + (w - s) / wealth_, gamma)
    return given.plain(wealth_ * (_wealth_of(expected, gamma) - 1))


def break_even_detection(
    wealth: ArrayLike, gain: ArrayLike, loss: ArrayLike, risk_aversion: ArrayLike
) -> Numbers:
    """
    Give the chance of being caught above which an official does not sell.

    Parameters
    ----------
    wealth, gain, loss, risk_aversion : array_like
        As for `worth_of_selling`.

    Returns
    -------
    float or numpy.ndarray
        ``(u(W + w) - u(W)) / (u(W + w) - u(W + w - S))``; without risk aversion ``w / S``. Infinite where the loss is less than
        the gain: then no chance is high enough.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Examples
    --------
    >>> round(break_even_detection(wealth=10_000, gain=90, loss=9_000, risk_aversion=0), 6)
    0.01
    """
    wealth_, w, s = _money(wealth, gain, loss)
    gamma = given.numbers("risk_aversion", risk_aversion, given.FINITE)
    paid = _utility(1 + w / wealth_, gamma)
    taken = paid - _utility(1 + (w - s) / wealth_, gamma)
    never = np.where(w > 0, np.inf, 0.0)  # who gains nothing needs no deterring
    with np.errstate(divide="ignore", invalid="ignore"):
        return given.plain(np.where((s >= w) & (taken > 0), paid / taken, never))


def _money(
    wealth: ArrayLike, gain: ArrayLike, loss: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    before = given.numbers("wealth", wealth, given.POSITIVE)
    w = given.numbers("gain", gain, given.AMOUNT)
    s = given.numbers("loss", loss, given.AMOUNT)
    owned, lost = np.broadcast_arrays(before + w, s)
    if (lost >= owned).any():
        worst = np.argmax(lost - owned)
        raise ValueError(
            f"loss is {lost.flat[worst]:g}: allowed is less than wealth + gain, {owned.flat[worst]:g}, since nobody can lose more than that"
        )
    return before, w, s


def _utility(c: NDArray[np.float64], gamma: NDArray[np.float64]) -> NDArray[np.float64]:
    c, gamma = np.broadcast_arrays(c, gamma)
    power = np.where(gamma == 1, 1.0, 1 - gamma)
    # expm1 keeps the digits where gamma is nearly 1.
    return np.asarray(np.where(gamma == 1, np.log(c), np.expm1(power * np.log(c)) / power))


def _wealth_of(level: NDArray[np.float64], gamma: NDArray[np.float64]) -> NDArray[np.float64]:
    level, gamma = np.broadcast_arrays(level, gamma)
    power = np.where(gamma == 1, 1.0, 1 - gamma)
    inside = np.where(gamma == 1, 0.0, power * level)
    return np.asarray(np.exp(np.where(gamma == 1, level, np.log1p(inside) / power)))
