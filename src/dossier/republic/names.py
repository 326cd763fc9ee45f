"""Names made of syllables, and how concentrated they are.

Lessons 03 and 06 ask what follows when many people bear one name. A *naming regime* says how surnames are shared out; it
changes surnames and nothing else. The curve is Zipf-Mandelbrot's, fitted to two shares: that of the commonest name and
that of the hundred commonest together (`parameters.NAMING_REGIMES` has the sources).
"""

from __future__ import annotations

from functools import cache
from itertools import product
from math import gcd

import numpy as np

from dossier.republic.draws import Floats, Texts
from dossier.republic.parameters import NAMING_REGIMES, RankSize

_ONSETS: tuple[str, ...] = (
    "B",
    "Br",
    "D",
    "Dr",
    "F",
    "G",
    "Gl",
    "H",
    "K",
    "Kh",
    "Kr",
    "L",
    "M",
    "N",
    "P",
    "R",
    "S",
    "Sk",
    "Sv",
)
_ONSETS += ("T", "Tr", "V", "Vr", "Y", "Z")
_VOWELS = ("a", "e", "i", "o", "u", "ou")
_MIDDLES = ("l", "lm", "mb", "nd", "r", "rk", "sp", "st", "th", "v", "zh", "ph")
# Endings that real surnames do not have keep every name of Sorrel from being somebody's.
_SURNAME_ENDINGS: tuple[str, ...] = (
    "aske",
    "irel",
    "outh",
    "ombe",
    "ivar",
    "ondry",
    "uvel",
    "esk",
    "ilm",
    "athe",
    "yndel",
    "ourn",
)
_SURNAME_ENDINGS += ("ifray", "umnel")
_FEMALE_ENDINGS = ("na", "ra", "lia", "vie", "sel", "the", "mey", "della")
_MALE_ENDINGS = ("n", "rik", "min", "vin", "len", "dar", "ko", "rus")
_PLACE_ENDINGS = ("mere", "holt", "vik", "dune", "stel", "larth", "lorn", "wen")
_STREET_ENDINGS = ("lder", "rrow", "nnet", "sper", "mble", "ckle", "stow", "rling")
_STREET_KINDS = ("Street", "Lane", "Road", "Row", "Square", "Walk")

CITIES = (
    "Tavomere",
    "Kreholt",
    "Souvik",
    "Brinstel",
    "Maldune",
    "Vrolarth",
    "Pellorn",
    "Yarwen",
    "Drisholt",
    "Noumere",
    "Skelvik",
    "Zandune",
)
#: Foreign cities and the (equally invented) countries they lie in.
FOREIGN_CITIES = (
    ("Othrane", "Veldrane"),
    ("Vessin", "Veldrane"),
    ("Kasquil", "Thessil"),
    ("Ombrey", "Thessil"),
    ("Lurivay", "Morvay"),
    ("Haskoun", "Oskary"),
    ("Drenoth", "Oskary"),
    ("Ilmore", "Pelluna"),
)
#: Land border posts and the country behind each.
BORDER_POSTS = (("Stone Bridge", "Veldrane"), ("Salt Pass", "Morvay"), ("Heron Ferry", "Thessil"))
HOTELS = ("Grand", "Station", "Harbour", "Garden", "Old Mill", "Lantern")


def _scattered(parts: list[str], count: int, stride: float = 0.618) -> list[str]:
    """The first ``count`` of ``parts`` in a fixed, scattered order, so that neighbours in rank do not look alike."""
    size = len(parts)
    step = int(size * stride)
    while gcd(step, size) != 1:
        step += 1
    return [parts[i * step % size] for i in range(count)]


@cache
def surname_stock() -> Texts:
    """All surnames of Sorrel, commonest first; every regime uses the first of them."""
    count = max(regime.number for regime in NAMING_REGIMES.values())
    parts = ["".join(part) for part in product(_ONSETS, _VOWELS, _MIDDLES, _SURNAME_ENDINGS)]
    return np.array(_scattered(parts, count), dtype=object)


@cache
def given_name_stock(sex: str, count: int) -> Texts:
    """The ``count`` given names of a ``sex`` ("female" or "male"), commonest first; the two share none."""
    endings = _FEMALE_ENDINGS if sex == "female" else _MALE_ENDINGS
    parts = ["".join(part) for part in product(_ONSETS, _VOWELS, endings)]
    return np.array(_scattered(parts, count, 0.618 if sex == "female" else 0.382), dtype=object)


@cache
def place_stock() -> Texts:
    """1,200 names for districts and county towns."""
    parts = ["".join(part) for part in product(_ONSETS, _VOWELS, _PLACE_ENDINGS)]
    return np.array(_scattered(parts, len(parts)), dtype=object)


@cache
def street_stock(count: int) -> Texts:
    """``count`` different street names (at most 7,200)."""
    parts = [
        f"{onset}{vowel}{ending} {kind}"
        for onset, vowel, ending, kind in product(_ONSETS, _VOWELS, _STREET_ENDINGS, _STREET_KINDS)
    ]
    return np.array(_scattered(parts, count), dtype=object)


def rank_shares(count: int, exponent: float, offset: float) -> Floats:
    """Shares of ``count`` names by rank on the Zipf-Mandelbrot curve.

    Parameters
    ----------
    count : int
        Number of names, at least 1.
    exponent : float
        How fast shares fall with rank, 0 (all equal) or greater.
    offset : float
        How flat the head is, greater than -1.

    Returns
    -------
    ndarray of float, shape (count,)
        Shares that sum to 1, largest first.

    Raises
    ------
    ValueError
        If an argument lies outside its range.

    Examples
    --------
    >>> rank_shares(3, 1.0, 0.0).round(4)
    array([0.5455, 0.2727, 0.1818])
    """
    if count < 1:
        raise ValueError(f"count is {count!r}; it must be a whole number of at least 1.")
    if not exponent >= 0:
        raise ValueError(f"exponent is {exponent!r}; it must be 0 or greater.")
    if not offset > -1:
        raise ValueError(f"offset is {offset!r}; it must be greater than -1.")
    sizes = (np.arange(1, count + 1) + offset) ** -exponent
    return np.asarray(sizes / sizes.sum(), dtype=np.float64)


def fit_rank_size(count: int, top: float, top_hundred: float) -> tuple[float, float]:
    """Exponent and offset of the curve on which the commonest name and the hundred commonest have given shares.

    Parameters
    ----------
    count : int
        Number of names, more than 100.
    top : float
        Share of the commonest name, between ``1 / count`` and ``top_hundred``.
    top_hundred : float
        Share of the hundred commonest together, between ``100 * top`` at most and 1.

    Returns
    -------
    tuple of float
        ``(exponent, offset)`` for `rank_shares`.

    Raises
    ------
    ValueError
        If no such curve exists.

    Examples
    --------
    >>> exponent, offset = fit_rank_size(4_000, 0.072, 0.859)
    >>> print(f"{exponent:.3f} {offset:.2f}")
    1.810 9.92
    """
    if count <= 100:
        raise ValueError(f"count is {count!r}; it must be more than 100.")
    if not 1 / count < top < 1:
        raise ValueError(f"top is {top!r}; it must lie between 1/count = {1 / count:.3g} and 1.")
    if not max(top, 100 / count) < top_hundred < min(1.0, 100 * top):
        raise ValueError(
            f"top_hundred is {top_hundred!r}; it must lie between "
            f"{max(top, 100 / count):.3g} and {min(1.0, 100 * top):.3g} for these count and top."
        )

    from scipy.optimize import brentq

    def exponent_for(log_offset: float) -> float:
        offset = float(np.exp(log_offset)) - 1.0
        return float(brentq(lambda e: rank_shares(count, e, offset)[0] - top, 0.0, 60.0, xtol=1e-12))

    def excess(log_offset: float) -> float:
        shares = rank_shares(count, exponent_for(log_offset), float(np.exp(log_offset)) - 1.0)
        return float(shares[:100].sum()) - top_hundred

    low, high = -2.0, 6.0
    if excess(low) * excess(high) > 0:
        raise ValueError(
            f"top is {top!r} and top_hundred is {top_hundred!r}: no Zipf-Mandelbrot curve has both shares."
        )
    log_offset = float(brentq(excess, low, high, xtol=1e-12))
    return exponent_for(log_offset), float(np.exp(log_offset)) - 1.0


@cache
def curve(regime: RankSize) -> Floats:
    """Cumulative shares of a regime's names, commonest first."""
    totals = np.cumsum(rank_shares(regime.number, regime.exponent, regime.offset))
    totals[-1] = 1.0
    return np.asarray(totals, dtype=np.float64)
