"""Insider or hacker? What a finding is worth as evidence, and which assumption would turn the verdict.

Lesson 11 uses it to weigh who sold a dossier: people with access (insiders), people who broke in (outsiders), or both (a mixture). Evidence
is weighed in bits (Good 1950, "Probability and the Weighing of Evidence"). What each hypothesis lets one expect comes from three small models:

- a database stands open to a thief for part of the time, as a machine in a shop that breaks and is repaired does (an alternating renewal
  process; Ross, "Introduction to Probability Models"), and what the thief copied then grows old;
- among the people who have access, at least one sells (`leak_law`);
- orders that meet the same doors, or the same hands, are filled or missed together (Pólya's urn, which gives the beta-binomial distribution).

What the findings are, and every number, comes from the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq
from scipy.special import comb

from dossier import _arguments as given
from dossier.leak.leak_law import Numbers, chance_all, chance_of_leak

#: Who it may have been.
HYPOTHESES = ("insiders", "outsiders", "a mixture")
#: The findings that the models speak about, in the order in which they are told.
COMPUTED = ("breadth", "freshness", "orders")

#: The course's own convention: a word for each range of probabilities, each from its lower end on.
WORDS = (
    (0.98, "almost certain"),
    (0.90, "very likely"),
    (0.65, "likely"),
    (0.35, "about even"),
    (0.10, "unlikely"),
    (0.02, "very unlikely"),
    (0.00, "almost certainly not"),
)

_CHANCE = given.Range(0, 1, above=True)
_OPEN = given.Range(0, 1, above=True, below=True)


# ---------------------------------------------------------------------------------------------- evidence in bits


def weight_of_evidence(likelihood: ArrayLike, alternative: ArrayLike) -> Numbers:
    """
    Weigh a finding between two hypotheses.

    Parameters
    ----------
    likelihood, alternative : array_like
        Chance of the finding under the one hypothesis and under the other, above 0, to 1.

    Returns
    -------
    float or numpy.ndarray
        ``log2(likelihood / alternative)`` in bits: above 0 for the one, below 0 for the other.

    Raises
    ------
    TypeError, ValueError
        If an argument is no number, or no chance above 0. (A chance of 0 would end the discussion for ever.)

    Notes
    -----
    Good (1950) calls it the weight of evidence. The match weights of record linkage are the same thing.

    Examples
    --------
    >>> weight_of_evidence(0.8, 0.2)
    2.0
    """
    one = given.numbers("likelihood", likelihood, _CHANCE)
    other = given.numbers("alternative", alternative, _CHANCE)
    return given.plain(np.log2(one) - np.log2(other))


def posterior(prior: ArrayLike, likelihoods: ArrayLike) -> NDArray[np.float64]:
    """
    Update the probabilities of some hypotheses by some findings, each of which tells something new.

    Parameters
    ----------
    prior : array_like
        Shape (hypotheses,): their probabilities beforehand, or anything in proportion to them; not all 0.
    likelihoods : array_like
        Shape (..., findings, hypotheses): the chance of each finding under each hypothesis, given the findings before it, 0 to 1.

    Returns
    -------
    numpy.ndarray
        Shape (..., hypotheses): probabilities that sum to 1.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If a number lies outside its range, the shapes do not fit, or no hypothesis allows what was found.

    Examples
    --------
    >>> posterior([1, 1], [[0.8, 0.2], [0.5, 0.5]]).round(9).tolist()
    [0.8, 0.2]
    """
    before = given.numbers("prior", prior, given.AMOUNT)
    table = given.numbers("likelihoods", likelihoods, given.SHARE)
    if before.ndim != 1 or not before.any():
        raise ValueError(
            f"prior is {before.tolist()}: give one number a hypothesis, at least one of them above 0"
        )
    if table.ndim < 2 or table.shape[-1] != len(before):
        raise ValueError(
            f"likelihoods has shape {table.shape}: allowed is a row for each finding and {len(before)} columns, one a hypothesis"
        )
    with np.errstate(divide="ignore"):
        logs = np.log(before) + np.log(table).sum(axis=-2)
    highest = logs.max(axis=-1, keepdims=True)
    if np.isneginf(highest).any():
        raise ValueError(
            "likelihoods leave no hypothesis possible: allowed is at least one that can explain all"
        )
    odds = np.exp(logs - highest)
    return np.asarray(odds / odds.sum(axis=-1, keepdims=True))


def in_words(probability: float) -> str:
    """
    Say a probability in the course's words, which are a convention of its own (`WORDS`).

    Parameters
    ----------
    probability : float
        0 to 1.

    Returns
    -------
    str

    Raises
    ------
    TypeError, ValueError
        If it is no probability.

    Examples
    --------
    >>> in_words(0.95), in_words(0.5)
    ('very likely', 'about even')
    """
    chance = given.number("probability", probability, given.SHARE)
    return next(word for low, word in WORDS if chance >= low)


# ---------------------------------------------------------------------------------------------- doors and copies


def availability(breach_rate: ArrayLike, repair_rate: ArrayLike) -> Numbers:
    """
    Give the share of the time in which a database stands open.

    Parameters
    ----------
    breach_rate : array_like
        How often a closed database is opened (lambda), for instance a year: 0 or more.
    repair_rate : array_like
        How often an open one is closed (mu), in the same unit: 0 or more; not both 0.

    Returns
    -------
    float or numpy.ndarray
        ``lambda / (lambda + mu)``, 0 to 1: its share of a long time, and its chance at any moment of it.

    Raises
    ------
    TypeError, ValueError
        If a rate is no number or below 0, or both are 0.

    Examples
    --------
    >>> round(availability(3, 7), 3)
    0.3
    """
    opened = given.numbers("breach_rate", breach_rate, given.AMOUNT)
    closed = given.numbers("repair_rate", repair_rate, given.AMOUNT)
    if np.any(opened + closed == 0):
        raise ValueError(
            "breach_rate and repair_rate are both 0: then nothing ever changes; give one above 0"
        )
    return given.plain(opened / (opened + closed))


def open_spells(
    open_share: float, repair_time: float, span: float, generator: np.random.Generator
) -> NDArray[np.float64]:
    """
    Draw when one database stands open.

    Parameters
    ----------
    open_share : float
        Share of the time in which it is open in the long run (a), above 0, less than 1.
    repair_time : float
        How long it stays open on average, above 0.
    span : float
        How long it is watched, in the same unit, above 0.
    generator : numpy.random.Generator
        Where the chance comes from. Open and closed times are exponential.

    Returns
    -------
    numpy.ndarray
        Shape (spells, 2): from when to when it was open, in order, all within 0 to ``span``.

    Raises
    ------
    TypeError, ValueError
        If an argument is no number, or outside its range.
    """
    share = given.number("open_share", open_share, _OPEN)
    opened = given.number("repair_time", repair_time, given.POSITIVE)
    watched = given.number("span", span, given.POSITIVE)
    closed = opened * (1 - share) / share
    starts_open = generator.random() < share
    # As many rounds as will do, and then some: a round takes opened + closed on average.
    rounds = int(2 * watched / (opened + closed)) + 20
    lengths = generator.standard_exponential((rounds, 2)) * (closed, opened)
    if starts_open:
        lengths[0, 0] = 0
    ends = lengths.ravel().cumsum().reshape(rounds, 2)
    if ends[-1, 1] < watched:
        return open_spells(share, opened, watched, generator)
    return np.asarray(np.minimum(ends[ends[:, 0] < watched], watched))


def still_current(change_rate: ArrayLike, mean_age: ArrayLike, ages: str = "exponential") -> Numbers:
    """
    Give the chance that a record in an old copy still says what is true now.

    Parameters
    ----------
    change_rate : array_like
        How often the truth changes (r), for instance a year: 0 or more.
    mean_age : array_like
        How old the copy is on average (T), in the same unit of time: 0 or more.
    ages : str
        "exponential": most copies are young and a few very old. "uniform": any age up to twice the mean is as likely.

    Returns
    -------
    float or numpy.ndarray
        The mean of ``exp(-r * age)``: ``1 / (1 + r * T)``, or ``(1 - exp(-2 * r * T)) / (2 * r * T)``.

    Raises
    ------
    TypeError, ValueError
        If an argument is no number or below 0, or ``ages`` is another word.

    Examples
    --------
    >>> still_current(1, 1)
    0.5
    """
    changed = given.numbers("change_rate", change_rate, given.AMOUNT) * given.numbers(
        "mean_age", mean_age, given.AMOUNT
    )
    if ages == "exponential":
        return given.plain(1 / (1 + changed))
    if ages == "uniform":
        twice = np.where(changed > 0, 2 * changed, 1)
        return given.plain(np.where(changed > 0, -np.expm1(-twice) / twice, 1.0))
    raise ValueError(f"ages is {ages!r}: allowed are 'exponential' and 'uniform'")


# ---------------------------------------------------------------------------------------------- orders


def next_filled(each: ArrayLike, correlation: ArrayLike, filled: ArrayLike, missed: ArrayLike = 0) -> Numbers:
    """
    Give the chance that the next order is filled, after some that were and some that were not.

    Parameters
    ----------
    each : array_like
        Chance that an order is filled, before anything is known (m), 0 to 1.
    correlation : array_like
        How far orders go together (rho), 0 to 1.
    filled, missed : array_like
        Orders so far, 0 or more.

    Returns
    -------
    float or numpy.ndarray
        ``(m * (1 - rho) + filled * rho) / (1 - rho + (filled + missed) * rho)``.

    Raises
    ------
    TypeError, ValueError
        If an argument is no number, or outside its range.

    Notes
    -----
    Pólya's urn: each order filled puts more of its colour into the urn. Its sequences are those of the beta-binomial distribution.

    Examples
    --------
    >>> next_filled(0.2, 0.5, 0), next_filled(0.2, 0.5, 3)
    (0.2, 0.8)
    """
    m = given.numbers("each", each, given.SHARE)
    rho = given.numbers("correlation", correlation, given.SHARE)
    good = given.numbers("filled", filled, given.AMOUNT)
    seen = good + given.numbers("missed", missed, given.AMOUNT)
    scale = np.where(seen > 0, 1 - rho + seen * rho, 1)
    return given.plain(np.where(seen > 0, (m * (1 - rho) + good * rho) / scale, m))


def orders_chance(
    filled: int, missed: int, each: ArrayLike, correlation: ArrayLike, after: int = 0
) -> Numbers:
    """
    Give the chance of a sequence of orders, so many filled and so many missed, in any one order of events.

    Parameters
    ----------
    filled, missed : int
        Orders, 0 or more.
    each, correlation : array_like
        As for `next_filled`.
    after : int
        Orders that are known to have been filled before: evidence that has been counted already.

    Returns
    -------
    float or numpy.ndarray
        The product of the urn's chances, one an order.

    Raises
    ------
    TypeError, ValueError
        If an argument is no number, not whole, or outside its range.

    Examples
    --------
    >>> round(orders_chance(3, 0, 0.2, 0.0), 3), round(orders_chance(3, 0, 0.2, 1.0), 3)
    (0.008, 0.2)
    """
    good = given.whole_number("filled", filled, 0)
    bad = given.whole_number("missed", missed, 0)
    known = given.whole_number("after", after, 0)
    m = given.numbers("each", each, given.SHARE)[..., None]
    rho = given.numbers("correlation", correlation, given.SHARE)[..., None]
    successes = np.asarray(next_filled(m, rho, known + np.arange(good)))
    # The chance of a miss is the urn's, with the colours exchanged.
    failures = np.asarray(next_filled(1 - m, rho, np.arange(bad), known + good))
    return given.plain(np.prod(successes, axis=-1) * np.prod(failures, axis=-1))


# ---------------------------------------------------------------------------------------------- the three hypotheses


@dataclass(frozen=True)
class Assumptions:
    """
    What is assumed about the world, whoever it was.

    Parameters
    ----------
    open_share : float
        Share of the time in which a database stands open to a thief (a), above 0, less than 1.
    common_cause : float
        How far databases are open, or willing, together (rho), 0 to 1.
    copies : float
        Chance that the thief has a copy of a database that is closed now, 0 to 1.
    copy_age : float
        How old such a copy is on average, in years, 0 or more.
    hands : float
        People with access to one database (k): a whole number, 1 or more.
    willingness : float
        Chance that one of them sells (q), above 0, to 1.
    shared_honesty : float
        How far the people of one office are of one mind, 0 to 1.
    error : float
        Chance that an answer fails or is wrong, whoever gives it: above 0, less than 1, so that nothing is ever proved by one finding.
    order_correlation : float
        How far orders are filled or missed together, 0 to 1.
    mixing : float
        Under a mixture: the chance that a database is served by insiders, 0 to 1.

    Raises
    ------
    TypeError, ValueError
        If one is no number, or outside its range.
    """

    open_share: float
    common_cause: float
    copies: float
    copy_age: float
    hands: float
    willingness: float
    shared_honesty: float
    error: float
    order_correlation: float
    mixing: float

    def __post_init__(self) -> None:
        """Refuse what is no assumption."""
        allowed = {
            "open_share": _OPEN,
            "copy_age": given.AMOUNT,
            "hands": given.Range(1, below=True),
            "willingness": _CHANCE,
            "error": _OPEN,
        }
        for one in fields(self):
            given.number(one.name, getattr(self, one.name), allowed.get(one.name, given.SHARE))
        if self.hands != np.floor(self.hands):
            raise ValueError(f"hands is {self.hands:g}: allowed is a whole number, 1 or more; round it first")

    @cached_property
    def answers(self) -> NDArray[np.float64]:
        """Shape (2,): the chance that one database answers, to insiders and to outsiders."""
        willing = float(chance_of_leak(self.hands, self.willingness, self.shared_honesty))
        reached = self.open_share + (1 - self.open_share) * self.copies
        return np.array([willing, reached]) * (1 - self.error)

    def fresh(self, change_rate: float) -> NDArray[np.float64]:
        """Shape (2,): the chance that an answer which came is current, from insiders and from outsiders."""
        copied = (1 - self.open_share) * self.copies
        old = copied * float(still_current(change_rate, self.copy_age))
        return np.array([1.0, (self.open_share + old) / (self.open_share + copied)]) * (1 - self.error)


@dataclass(frozen=True)
class Findings:
    """
    What was found, as far as the models speak about it.

    Parameters
    ----------
    databases : int
        How many answered one buyer, out of as many asked (J), 0 or more.
    current : tuple of float
        For every record that was seen to be current: how often its truth changes, a year.
    filled, missed : int
        Further orders to the same seller, beyond the first: filled, and not.

    Raises
    ------
    TypeError, ValueError
        If one is no number, or outside its range.
    """

    databases: int = 0
    current: tuple[float, ...] = field(default=())
    filled: int = 0
    missed: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot have been found."""
        for name in ("databases", "filled", "missed"):
            given.whole_number(name, getattr(self, name), 0)
        if self.current:
            given.numbers("current", self.current, given.AMOUNT)


def likelihoods(findings: Findings, assumptions: Assumptions) -> NDArray[np.float64]:
    """
    Compute how probable each finding is under each hypothesis.

    Parameters
    ----------
    findings : Findings
        What was found.
    assumptions : Assumptions
        What is assumed.

    Returns
    -------
    numpy.ndarray
        Shape (3, 3): a row for each of `COMPUTED`, a column for each of `HYPOTHESES`. What was not found has 1 everywhere.

    Notes
    -----
    Breadth: all J databases answer, with a common cause (`leak_law.chance_all`). Under a mixture the databases served by insiders are binomial, and
    the two groups answer independently. Freshness: given that they answered, each checked record is current, one by one. Orders: given that
    the first was filled, which breadth has counted, so many more are filled and missed (`orders_chance`).
    """
    j, rho, s = findings.databases, assumptions.common_cause, assumptions.mixing
    served = np.arange(j + 1)
    by_insiders, by_outsiders = np.asarray(chance_all(served, assumptions.answers[:, None], rho))
    chance_served = comb(j, served) * s**served * (1 - s) ** (j - served)
    both = chance_served @ (by_insiders * by_outsiders[::-1])
    breadth = [by_insiders[-1], by_outsiders[-1], both]

    fresh = freshness(findings.current, assumptions)
    orders = orders_chance(
        findings.filled, findings.missed, np.array(breadth), assumptions.order_correlation, after=min(j, 1)
    )
    return np.vstack([breadth, fresh, orders])


def freshness(current: tuple[float, ...], assumptions: Assumptions) -> NDArray[np.float64]:
    """
    Compute how probable it is that some records, which came, are all current.

    Parameters
    ----------
    current : tuple of float
        For every record: how often its truth changes, a year.
    assumptions : Assumptions
        What is assumed.

    Returns
    -------
    numpy.ndarray
        Shape (3,): under each of `HYPOTHESES`. Under a mixture each record comes from whoever was able to answer.
    """
    share = assumptions.mixing
    able = np.array([share, 1 - share]) * assumptions.answers
    found = np.ones(3)
    for rate in current:
        one, other = assumptions.fresh(rate)
        found *= [one, other, able @ (one, other) / able.sum()]
    return found


def judged(judgements: pd.DataFrame, mixing: float) -> NDArray[np.float64]:
    """
    Turn likelihoods that somebody has set by hand into rows beside the computed ones.

    Parameters
    ----------
    judgements : pandas.DataFrame
        A row for each finding, columns ``insiders`` and ``outsiders``: its chance under each, above 0, to 1.
    mixing : float
        Chance that insiders stand behind a finding, under a mixture, 0 to 1.

    Returns
    -------
    numpy.ndarray
        Shape (findings, 3), columns as `HYPOTHESES`.

    Raises
    ------
    TypeError, ValueError
        If it is no such table, or a number is outside its range.
    """
    table = given.table("judgements", judgements, HYPOTHESES[:2], empty=True)
    one, other = (
        given.numbers(f"{name} of judgements", table[name].to_numpy(), _CHANCE) for name in HYPOTHESES[:2]
    )
    share = given.number("mixing", mixing, given.SHARE)
    return np.column_stack([one, other, share * one + (1 - share) * other])


# ---------------------------------------------------------------------------------------------- what would turn it


def bits_for_insiders(
    prior: ArrayLike,
    findings: Findings,
    assumptions: Assumptions,
    judgements: pd.DataFrame | None = None,
) -> float:
    """
    Give the log odds, in bits, that it was insiders alone rather than anything else.

    Parameters
    ----------
    prior : array_like
        Shape (3,), in proportion to the probabilities of `HYPOTHESES` beforehand; the first above 0, and one of the others.
    findings, assumptions, judgements
        As for `likelihoods` and `judged`.

    Returns
    -------
    float
        0 when the odds are even; 3 is 8 to 1 for insiders.
    """
    rows = likelihoods(findings, assumptions)
    if judgements is not None:
        rows = np.vstack([rows, judged(judgements, assumptions.mixing)])
    insiders, *others = posterior(prior, rows)
    return float(np.log2(insiders) - np.log2(sum(others)))


def tornado(
    bits: Callable[[Assumptions], float], assumptions: Assumptions, ranges: Mapping[str, tuple[float, float]]
) -> pd.DataFrame:
    """
    Move one assumption at a time from low to high, and say what becomes of the verdict.

    Parameters
    ----------
    bits : callable
        Log odds for one verdict under some assumptions, for instance of `bits_for_insiders`; continuous in each of them.
    assumptions : Assumptions
        Where all the others stay.
    ranges : mapping
        Name of an assumption to its lowest and highest value; whole numbers for ``hands``.

    Returns
    -------
    pandas.DataFrame
        A row an assumption, the largest swing first: ``low`` and ``high``; ``at_low`` and ``at_high``, the bits there; ``swing``, the distance between
        the two; ``flip``, the value at which the odds are even (Brent's method), NaN where the two ends have the same verdict.

    Raises
    ------
    TypeError, ValueError
        If a name is no assumption, or a value is outside its range.
    """
    known = [one.name for one in fields(Assumptions)]
    rows: list[dict[str, Any]] = []
    for name, (low, high) in ranges.items():
        if name not in known:
            raise ValueError(f"ranges has {name!r}: allowed are {', '.join(known)}")

        def moved(value: float, name: str = name) -> float:
            whole = round(value) if name == "hands" else value
            return bits(replace(assumptions, **{name: whole}))

        at_low, at_high = moved(low), moved(high)
        crosses = np.sign(at_low) * np.sign(at_high) < 0
        rows.append(
            {
                "assumption": name,
                "low": low,
                "high": high,
                "at_low": at_low,
                "at_high": at_high,
                "swing": abs(at_high - at_low),
                "flip": brentq(moved, low, high) if crosses else np.nan,
            }
        )
    columns = ["assumption", "low", "high", "at_low", "at_high", "swing", "flip"]
    table = pd.DataFrame(rows, columns=columns).set_index("assumption")
    return table.sort_values("swing", ascending=False, kind="stable")
