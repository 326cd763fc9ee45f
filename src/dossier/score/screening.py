"""Screening a population for the few who are guilty: what a flag means, and where to draw the line.

Lesson 03 uses it to ask whom a score hits by mistake; lesson 13 uses it again for alerts about officials. The predictive value is
Bayes' rule counted in people (Gigerenzer and Hoffrage 1995, "How to improve Bayesian reasoning without instruction"); the trade
between misses and false alarms is signal detection theory (Green and Swets 1966, "Signal Detection Theory and Psychophysics").

The words are those of medicine: *prevalence* is the share of people who are guilty, *sensitivity* the share of the guilty who are
flagged, *specificity* the share of the innocent who are not.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from dossier import _arguments as given

Numbers = float | NDArray[np.float64]


def positive_predictive_value(
    prevalence: ArrayLike, sensitivity: ArrayLike, specificity: ArrayLike
) -> Numbers:
    """
    Give the share of the flagged who are guilty.

    Parameters
    ----------
    prevalence : array_like
        Share of people who are guilty (pi), 0 to 1.
    sensitivity : array_like
        Share of the guilty who are flagged (se), 0 to 1.
    specificity : array_like
        Share of the innocent who are not flagged (sp), 0 to 1.

    Returns
    -------
    float or numpy.ndarray
        A share from 0 to 1, in the shape that the three broadcast to; not-a-number where nobody is flagged, because then
        there is nobody of whom it could be the share.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside 0 to 1, or the shapes do not fit together.

    Notes
    -----
    ``se * pi / (se * pi + (1 - sp) * (1 - pi))``.

    Examples
    --------
    >>> round(positive_predictive_value(prevalence=0.001, sensitivity=0.99, specificity=0.99), 6)
    0.090164
    """
    pi, se, sp = (
        given.numbers("prevalence", prevalence, given.SHARE),
        given.numbers("sensitivity", sensitivity, given.SHARE),
        given.numbers("specificity", specificity, given.SHARE),
    )
    guilty_and_flagged = se * pi
    flagged = np.asarray(guilty_and_flagged + (1 - sp) * (1 - pi))
    return given.plain(
        np.divide(guilty_and_flagged, flagged, out=np.full(flagged.shape, np.nan), where=flagged > 0)
    )


def accuracy(prevalence: ArrayLike, sensitivity: ArrayLike, specificity: ArrayLike) -> Numbers:
    """
    Give the share of all people about whom the flag is right.

    Parameters
    ----------
    prevalence, sensitivity, specificity : array_like
        As for `positive_predictive_value`.

    Returns
    -------
    float or numpy.ndarray
        ``se * pi + sp * (1 - pi)``, from 0 to 1.

    Raises
    ------
    TypeError, ValueError
        As for `positive_predictive_value`.

    Examples
    --------
    A flag that nobody ever gets:

    >>> accuracy(prevalence=0.001, sensitivity=0, specificity=1)
    0.999
    """
    pi, se, sp = (
        given.numbers("prevalence", prevalence, given.SHARE),
        given.numbers("sensitivity", sensitivity, given.SHARE),
        given.numbers("specificity", specificity, given.SHARE),
    )
    return given.plain(se * pi + sp * (1 - pi))


def natural_frequencies(
    people: int, prevalence: float, sensitivity: float, specificity: float
) -> dict[str, int]:
    """
    Count whole people in the four cells: guilty or innocent, flagged or not.

    Parameters
    ----------
    people : int
        How many are screened, 1 or more.
    prevalence, sensitivity, specificity : float
        As for `positive_predictive_value`.

    Returns
    -------
    dict of str to int
        ``guilty_flagged``, ``guilty_missed``, ``innocent_flagged``, ``innocent_cleared``; they sum to ``people``.

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If one lies outside its range.

    Notes
    -----
    Each step is rounded to whole people, halves up: first the guilty among all, then the flagged among the guilty and among the
    innocent. So with few people the counts can say something other than the exact `positive_predictive_value`.

    Examples
    --------
    >>> natural_frequencies(1000, prevalence=0.01, sensitivity=0.9, specificity=0.9)
    {'guilty_flagged': 9, 'guilty_missed': 1, 'innocent_flagged': 99, 'innocent_cleared': 891}
    """
    given.whole_number("people", people, 1)
    pi, se, sp = (
        given.numbers("prevalence", prevalence, given.SHARE),
        given.numbers("sensitivity", sensitivity, given.SHARE),
        given.numbers("specificity", specificity, given.SHARE),
    )
    guilty = _whole(people * pi)
    guilty_flagged = _whole(guilty * se)
    innocent_cleared = _whole((people - guilty) * sp)
    return {
        "guilty_flagged": guilty_flagged,
        "guilty_missed": guilty - guilty_flagged,
        "innocent_flagged": int(people) - guilty - innocent_cleared,
        "innocent_cleared": innocent_cleared,
    }


def binormal_rates(separation: ArrayLike, line: ArrayLike) -> tuple[Numbers, Numbers]:
    """
    Give sensitivity and specificity where suspicion is bell-shaped in both groups and everybody above a line is flagged.

    Parameters
    ----------
    separation : array_like
        How far the guilty stand above the innocent on average, in standard deviations (d', "d prime"); 0 or more, finite.
    line : array_like
        Suspicion above which a person is flagged, on a scale where the innocent have mean 0 and both groups a standard
        deviation of 1. May be infinite: ``inf`` flags nobody, ``-inf`` everybody.

    Returns
    -------
    sensitivity, specificity : float or numpy.ndarray
        In the shape that the two broadcast to.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If ``separation`` is negative or not finite, or ``line`` is not a number.

    Notes
    -----
    ``sensitivity = Phi(d' - line)`` and ``specificity = Phi(line)``, Phi the normal distribution function. Drawn against each
    other over all lines they are the ROC curve.

    Examples
    --------
    >>> sensitivity, specificity = binormal_rates(separation=2, line=1)
    >>> print(f"{sensitivity:.4f} {specificity:.4f}")
    0.8413 0.8413
    """
    distance, cut = (
        given.numbers("separation", separation, given.AMOUNT),
        given.numbers("line", line, given.Range()),
    )
    distance, cut = np.broadcast_arrays(distance, cut)
    return given.plain(ndtr(distance - cut)), given.plain(ndtr(cut))


def area_under_roc(separation: ArrayLike) -> Numbers:
    """
    Give the chance that a guilty person, picked at random, looks more suspicious than an innocent one.

    Parameters
    ----------
    separation : array_like
        d', as for `binormal_rates`.

    Returns
    -------
    float or numpy.ndarray
        ``Phi(d' / sqrt(2))``: from 0.5, where suspicion says nothing, towards 1. It is also the area under the ROC curve.

    Raises
    ------
    TypeError, ValueError
        As for `binormal_rates`.

    Examples
    --------
    >>> area_under_roc(0)
    0.5
    """
    return given.plain(ndtr(given.numbers("separation", separation, given.AMOUNT) / np.sqrt(2)))


def cost_of_line(
    separation: ArrayLike,
    line: ArrayLike,
    prevalence: ArrayLike,
    cost_of_miss: ArrayLike,
    cost_of_false_alarm: ArrayLike,
) -> Numbers:
    """
    Give what a line costs per person screened: misses and false alarms, each at its own price.

    Parameters
    ----------
    separation, line : array_like
        As for `binormal_rates`.
    prevalence : array_like
        Share of people who are guilty, 0 to 1.
    cost_of_miss, cost_of_false_alarm : array_like
        What one guilty person not flagged, and one innocent person flagged, cost; 0 or more, in one unit.

    Returns
    -------
    float or numpy.ndarray
        Expected cost per person, in that unit.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Examples
    --------
    Whoever flags nobody pays for every miss:

    >>> cost_of_line(1, float("inf"), prevalence=0.25, cost_of_miss=8, cost_of_false_alarm=1)
    2.0
    """
    sensitivity, specificity = binormal_rates(separation, line)
    pi = given.numbers("prevalence", prevalence, given.SHARE)
    miss = given.numbers("cost_of_miss", cost_of_miss, given.AMOUNT)
    false_alarm = given.numbers("cost_of_false_alarm", cost_of_false_alarm, given.AMOUNT)
    return given.plain(pi * (1 - sensitivity) * miss + (1 - pi) * (1 - specificity) * false_alarm)


def best_line(
    separation: ArrayLike, prevalence: ArrayLike, cost_of_miss: ArrayLike, cost_of_false_alarm: ArrayLike
) -> Numbers:
    """
    Find the line at which misses and false alarms together cost least.

    Parameters
    ----------
    separation : array_like
        d', as for `binormal_rates`.
    prevalence : array_like
        Share of people who are guilty, above 0 and below 1.
    cost_of_miss, cost_of_false_alarm : array_like
        As for `cost_of_line`, but above 0.

    Returns
    -------
    float or numpy.ndarray
        On the scale of `binormal_rates`. Where ``separation`` is 0 suspicion says nothing, and it costs least to flag nobody
        (``inf``) or everybody (``-inf``), whichever mistake is the cheaper one; if they cost the same, so does every line (0).

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Notes
    -----
    A person is worth flagging where the likelihood ratio, guilty to innocent, exceeds
    ``beta = (1 - pi) * cost_of_false_alarm / (pi * cost_of_miss)``. For two bells of one width that is a line,
    ``d' / 2 + ln(beta) / d'``, and beta is the slope of the ROC curve there (Green and Swets 1966).

    Examples
    --------
    >>> best_line(separation=2, prevalence=0.5, cost_of_miss=1, cost_of_false_alarm=1)
    1.0
    >>> best_line(separation=0, prevalence=0.01, cost_of_miss=10, cost_of_false_alarm=1)
    inf
    """
    distance = given.numbers("separation", separation, given.AMOUNT)
    pi = given.numbers("prevalence", prevalence, given.Range(0, 1, above=True, below=True))
    miss = given.numbers("cost_of_miss", cost_of_miss, given.POSITIVE)
    false_alarm = given.numbers("cost_of_false_alarm", cost_of_false_alarm, given.POSITIVE)
    # Sums of logarithms, because the ratio itself may be too large for a number.
    log_ratio = np.log1p(-pi) + np.log(false_alarm) - np.log(pi) - np.log(miss)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        from_middle = np.where(log_ratio == 0, 0, log_ratio / distance)
    return given.plain(distance / 2 + from_middle)


def _whole(people: Any) -> int:
    # Halves go up, as people round; the small term mends 0.29 * 100 = 28.999999999999996.
    return int(np.floor(people + 0.5 + 1e-9))
