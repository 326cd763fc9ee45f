"""What linking costs, and what it would cost a nation: a line through a few measured sizes, prolonged, with its interval.

Lesson 08 measures up to three million people and asks about 1.4 billion. Its ways of going on are least squares in the textbook form
(Montgomery, Peck & Vining 2012, chapters 2 and 5). An interval says how far the measurements scatter around a line; whether
the line goes on as it is, it cannot know.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, stats

from .._arguments import AMOUNT, POSITIVE, Range, number, numbers, plain

SECONDS_AN_HOUR = 3600


def cost_of_computing(cpu_seconds: ArrayLike, price_of_core_hour: ArrayLike) -> float | NDArray[np.float64]:
    """Price some processor time.

    Parameters
    ----------
    cpu_seconds : float or array of float
        Seconds that one processor core works, 0 or more.
    price_of_core_hour : float or array of float
        What an hour of one core costs, 0 or more, in any currency.

    Returns
    -------
    float or array of float
        In the same currency.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Examples
    --------
    >>> cost_of_computing(7200, 0.05)
    0.1
    """
    seconds = numbers("cpu_seconds", cpu_seconds, AMOUNT)
    return plain(seconds / SECONDS_AN_HOUR * numbers("price_of_core_hour", price_of_core_hour, AMOUNT))


def cost_of_checking(
    people: ArrayLike, doubtful_per_person: ArrayLike, minutes: ArrayLike, wage: ArrayLike
) -> float | NDArray[np.float64]:
    """Price the clerks who look at every pair that the computer is unsure of.

    Parameters
    ----------
    people, doubtful_per_person, minutes, wage : float or array of float
        How many people; unsure pairs for each of them; minutes for a pair; what an hour of a clerk costs. Each 0 or more.

    Returns
    -------
    float or array of float
        In the currency of the wage.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Examples
    --------
    >>> cost_of_checking(1_000_000, 0.1, 1, 6)
    10000.0
    """
    pairs = numbers("people", people, AMOUNT) * numbers("doubtful_per_person", doubtful_per_person, AMOUNT)
    return plain(pairs * numbers("minutes", minutes, AMOUNT) / 60 * numbers("wage", wage, AMOUNT))


@dataclass(frozen=True)
class Forecast:
    """What a fit says of sizes that nobody measured; all arrays of the same shape.

    Attributes
    ----------
    middle, low, high : array of float
        Seconds: the fit itself, and the ends of its interval.
    """

    middle: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


@dataclass(frozen=True)
class PowerLaw:
    """A straight line on paper with two logarithmic scales: seconds = factor * people ** exponent.

    Attributes
    ----------
    exponent, factor : float
        1 means twice the people, twice the time; 2 four times the time.
    scatter : float
        Standard deviation of the logarithm (natural) around the line.
    sizes : int
        Measurements that it goes through.
    mean, spread : float
        Mean of the logarithms of the sizes, and the sum of their squared distances from it.
    """

    exponent: float
    factor: float
    scatter: float
    sizes: int
    mean: float
    spread: float

    def forecast(self, people: ArrayLike, confidence: float = 0.95) -> Forecast:
        """Go on along the line.

        Parameters
        ----------
        people : float or array of float
            Above 0.
        confidence : float
            Chance, above 0 and below 1, that one more measurement falls inside, *if the line is straight all the way*.

        Returns
        -------
        Forecast
            The prediction interval of least squares, from Student's t distribution with ``sizes - 2`` degrees of freedom.

        Raises
        ------
        TypeError, ValueError
            If an argument is not as above.
        """
        x = np.log(numbers("people", people, POSITIVE))
        confidence = number("confidence", confidence, Range(0, 1, above=True, below=True))
        middle = np.log(self.factor) + self.exponent * x
        quantile = stats.t.ppf((1 + confidence) / 2, self.sizes - 2)
        margin = quantile * self.scatter * np.sqrt(1 + 1 / self.sizes + (x - self.mean) ** 2 / self.spread)
        return Forecast(np.exp(middle), np.exp(middle - margin), np.exp(middle + margin))


def power_law(people: ArrayLike, seconds: ArrayLike) -> PowerLaw:
    """Fit a power law to measurements, by least squares of the logarithms.

    Parameters
    ----------
    people, seconds : array of float, shape (n,), n >= 3
        Sizes and what they took, all above 0, of two sizes at least.

    Returns
    -------
    PowerLaw

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Examples
    --------
    >>> law = power_law([10, 100, 1000], [2, 20, 200])
    >>> round(law.exponent, 6), round(law.factor, 6)
    (1.0, 0.2)
    """
    sizes, taken = _measurements(people, seconds, fewest=3)
    x, y = np.log(sizes), np.log(taken)
    fit = stats.linregress(x, y)
    residuals = y - fit.intercept - fit.slope * x
    scatter = np.sqrt((residuals**2).sum() / (len(x) - 2))
    spread = float(((x - x.mean()) ** 2).sum())
    return PowerLaw(
        float(fit.slope), float(np.exp(fit.intercept)), float(scatter), len(x), float(x.mean()), spread
    )


@dataclass(frozen=True)
class FixedAndMarginal:
    """A cost paid once, and one for each unit: seconds = fixed + marginal * units. The unit is a person, or a pair to look at.

    Attributes
    ----------
    fixed, marginal : float
        Seconds once, and seconds a unit.
    scatter : float
        Standard deviation of a measurement, relative to its size.
    measurements : int
        How many it was fitted to.
    covariance : array of float, shape (2, 2)
        Of ``fixed`` and ``marginal``.
    """

    fixed: float
    marginal: float
    scatter: float
    measurements: int
    covariance: NDArray[np.float64]

    def forecast(self, units: ArrayLike, confidence: float = 0.95) -> Forecast:
        """Add up fixed and marginal cost for another number of units.

        Parameters
        ----------
        units : float or array of float
            Above 0.
        confidence : float
            Chance, above 0 and below 1, that one more measurement falls inside, *if every unit costs the same*.

        Returns
        -------
        Forecast
            The prediction interval of weighted least squares, from Student's t distribution; no end is below 0.

        Raises
        ------
        TypeError, ValueError
            If an argument is not as above.
        """
        n = numbers("units", units, POSITIVE)
        confidence = number("confidence", confidence, Range(0, 1, above=True, below=True))
        middle = self.fixed + self.marginal * n
        (of_fixed, shared), (_, of_marginal) = self.covariance
        variance = of_fixed + 2 * shared * n + of_marginal * n**2 + (self.scatter * middle) ** 2
        margin = stats.t.ppf((1 + confidence) / 2, self.measurements - 2) * np.sqrt(variance)
        return Forecast(np.asarray(middle), np.maximum(middle - margin, 0), np.asarray(middle + margin))


def fixed_and_marginal(units: ArrayLike, seconds: ArrayLike) -> FixedAndMarginal:
    """Fit seconds = fixed + marginal * units, so that the *relative* errors are least: a small town counts like a large one.

    Parameters
    ----------
    units, seconds : array of float, shape (n,), n >= 3
        All above 0, of two sizes at least.

    Returns
    -------
    FixedAndMarginal

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Examples
    --------
    >>> cost = fixed_and_marginal([1, 2, 5], [12, 14, 20])
    >>> round(cost.fixed, 6), round(cost.marginal, 6)
    (10.0, 2.0)
    """
    amounts, taken = _measurements(units, seconds, fewest=3, called="units")
    largest = amounts.max()
    columns = np.stack([np.ones_like(amounts), amounts / largest], axis=1) / taken[:, None]
    (fixed, marginal), *_ = np.linalg.lstsq(columns, np.ones(len(taken)))
    scatter = np.sqrt(((columns @ [fixed, marginal] - 1) ** 2).sum() / (len(taken) - 2))
    unit = np.array([1, 1 / largest])
    covariance = scatter**2 * np.linalg.inv(columns.T @ columns) * np.outer(unit, unit)
    return FixedAndMarginal(
        float(fixed), float(marginal / largest), float(scatter), len(taken), np.asarray(covariance)
    )


@dataclass(frozen=True)
class PairGrowth:
    """Pairs that a blocking proposes: some for each person (the matches, families), and some for each pair of people (namesakes).

    Attributes
    ----------
    per_person, per_pair : float
        pairs = per_person * n + per_pair * n**2, neither below 0.
    """

    per_person: float
    per_pair: float

    def pairs(self, people: ArrayLike) -> float | NDArray[np.float64]:
        """Expect so many pairs among so many people, above 0."""
        n = numbers("people", people, POSITIVE)
        return plain(self.per_person * n + self.per_pair * n**2)


def pair_growth(people: ArrayLike, pairs: ArrayLike) -> PairGrowth:
    """Fit how the pairs that a blocking proposes grow, so that the relative errors are least.

    Parameters
    ----------
    people, pairs : array of float, shape (n,), n >= 3
        All above 0, of two sizes at least.

    Returns
    -------
    PairGrowth

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Examples
    --------
    >>> growth = pair_growth([10, 100, 1000], [30, 1200, 102000])
    >>> round(growth.per_person, 6), round(growth.per_pair, 6)
    (2.0, 0.1)
    """
    n, counted = _measurements(people, pairs, fewest=3, counted="pairs")
    largest = n.max()
    columns = np.stack([n / largest, (n / largest) ** 2], axis=1) / counted[:, None]
    (per_person, per_pair), _ = optimize.nnls(columns, np.ones(len(counted)))
    return PairGrowth(float(per_person / largest), float(per_pair / largest**2))


def _measurements(
    sizes: ArrayLike, counts: ArrayLike, fewest: int, called: str = "people", counted: str = "seconds"
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    n, taken = numbers(called, sizes, POSITIVE), numbers(counted, counts, POSITIVE)
    if n.ndim != 1 or n.shape != taken.shape:
        raise ValueError(
            f"{called} has shape {n.shape} and {counted} {taken.shape}: give two lists of the same length"
        )
    if len(n) < fewest:
        raise ValueError(f"{called} has {len(n)} measurements: give at least {fewest}")
    if len(np.unique(n)) < 2:
        raise ValueError(f"{called} is the same size throughout: a line needs two sizes at least")
    return n, taken
