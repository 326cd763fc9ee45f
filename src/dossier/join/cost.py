"""What linking costs, and what it would cost a nation: a line through a few measured sizes, prolonged, with its interval.

Lesson 08 measures up to three million people and asks about 1.4 billion. Both ways of going on are least squares in the textbook form
(Montgomery, Peck & Vining 2012, chapters 2 and 3); neither can know what happens where nobody has measured.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, stats

from .._arguments import AMOUNT, POSITIVE, Range, number, numbers, plain, whole_number

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
class ByParts:
    """Seconds as a sum: once for all, for each person, and for each pair of people.

    Attributes
    ----------
    once, per_person, per_pair : float
        Seconds, each 0 or more; seconds = once + per_person * n + per_pair * n**2.
    drawn : array of float, shape (draws, 3)
        The same three, fitted to measurements drawn anew (bootstrap).
    """

    once: float
    per_person: float
    per_pair: float
    drawn: NDArray[np.float64]

    def forecast(self, people: ArrayLike, confidence: float = 0.95) -> Forecast:
        """Add the parts up for other sizes; the interval holds the middle share of the bootstrap's answers.

        Parameters
        ----------
        people : float or array of float
            Above 0.
        confidence : float
            Above 0 and below 1.

        Returns
        -------
        Forecast

        Raises
        ------
        TypeError, ValueError
            If an argument is not as above.
        """
        n = numbers("people", people, POSITIVE)
        confidence = number("confidence", confidence, Range(0, 1, above=True, below=True))
        parts = np.stack([np.ones_like(n), n, n**2])
        middle = np.tensordot(np.array([self.once, self.per_person, self.per_pair]), parts, 1)
        drawn = np.tensordot(self.drawn, parts, 1)
        low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
        return Forecast(np.asarray(middle), low, high)


def by_parts(
    people: ArrayLike, seconds: ArrayLike, generator: np.random.Generator, draws: int = 500
) -> ByParts:
    """Fit once + per_person * n + per_pair * n**2, no part below 0, so that the *relative* errors are least.

    Parameters
    ----------
    people, seconds : array of float, shape (n,), n >= 4
        Sizes and what they took, all above 0, of three sizes at least.
    generator : numpy.random.Generator
    draws : int
        Of the bootstrap, 1 or more. It draws whole measurements, some of each size.

    Returns
    -------
    ByParts

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Notes
    -----
    Looking at every pair of a block takes time as the square of the people. Below a few million that part hides behind the others,
    so that it is the least certain, and for a nation the one that decides.
    """
    sizes, taken = _measurements(people, seconds, fewest=4)
    if len(np.unique(sizes)) < 3:
        raise ValueError(f"people has {len(np.unique(sizes))} different sizes: give at least three")
    draws = whole_number("draws", draws, 1)
    if not isinstance(generator, np.random.Generator):
        raise TypeError(f"generator is a {type(generator).__name__}: give numpy.random.default_rng(seed)")
    groups = [np.flatnonzero(sizes == size) for size in np.unique(sizes)]
    drawn = [
        _parts(sizes[rows], taken[rows])
        for rows in (
            np.concatenate([generator.choice(group, len(group)) for group in groups]) for _ in range(draws)
        )
    ]
    return ByParts(*_parts(sizes, taken), np.array(drawn))


def _parts(sizes: NDArray[np.float64], taken: NDArray[np.float64]) -> tuple[float, float, float]:
    largest = sizes.max()
    scaled = sizes / largest
    columns = np.stack([np.ones_like(scaled), scaled, scaled**2], axis=1) / taken[:, None]
    found, _ = optimize.nnls(columns, np.ones(len(taken)))
    return float(found[0]), float(found[1] / largest), float(found[2] / largest**2)


def _measurements(
    people: ArrayLike, seconds: ArrayLike, fewest: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    sizes, taken = numbers("people", people, POSITIVE), numbers("seconds", seconds, POSITIVE)
    if sizes.ndim != 1 or sizes.shape != taken.shape:
        raise ValueError(
            f"people has shape {sizes.shape} and seconds {taken.shape}: give two lists of the same length"
        )
    if len(sizes) < fewest:
        raise ValueError(f"people has {len(sizes)} measurements: give at least {fewest}")
    if len(np.unique(sizes)) < 2:
        raise ValueError("people is the same size throughout: a line needs two sizes at least")
    return sizes, taken
