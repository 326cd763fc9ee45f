"""Random draws that come out the same on every machine and in every order.

Serves every lesson through `dossier.republic`. Each table of each county draws from a generator of its own,
named by the table (Salmon et al. 2011 call the idea counter-based streams; here it is NumPy's ``SeedSequence``), so a new
table changes no other and any county can be made alone.

Only uniform numbers are taken from NumPy, whose stream for them is fixed; everything else is made from those by
inverse distribution functions, and tables hold rounded values, so that the last bit of a logarithm changes nothing.
"""

from __future__ import annotations

from zlib import crc32

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]


class Stream:
    """A source of random numbers for one purpose in one county.

    Parameters
    ----------
    seed : int
        The republic's seed, 0 or greater.
    purpose : str
        What the numbers are for, usually the name of a table.
    county : int
        Number of the county, 0 or greater.
    """

    def __init__(self, seed: int, purpose: str, county: int) -> None:
        sequence = np.random.SeedSequence(seed, spawn_key=(crc32(purpose.encode()), county))
        self._generator = np.random.Generator(np.random.PCG64(sequence))

    def uniform(self, size: int) -> Floats:
        """``size`` numbers in [0, 1)."""
        return self._generator.random(size)

    def chance(self, probability: npt.ArrayLike, size: int) -> Booleans:
        """``size`` yes-or-no answers, each yes with its ``probability``."""
        return np.asarray(self.uniform(size) < np.asarray(probability), dtype=np.bool_)

    def normal(self, size: int) -> Floats:
        """``size`` standard normal numbers."""
        # Reading the sample needs no SciPy, which is a large download in a browser.
        from scipy.special import ndtri

        # The ends of the interval would map to infinity.
        return np.asarray(ndtri(np.clip(self.uniform(size), 1e-12, 1 - 1e-12)), dtype=np.float64)

    def exponential(self, mean: float, size: int) -> Floats:
        """``size`` exponential numbers of that ``mean``."""
        return -mean * np.log1p(-self.uniform(size))

    def below(self, limit: int | Integers, size: int) -> Integers:
        """``size`` whole numbers, each in 0 .. ``limit`` - 1 (0 where the limit is 0)."""
        return np.floor(self.uniform(size) * limit).astype(np.int64)

    def between(self, low: int, high: int, size: int) -> Integers:
        """``size`` whole numbers, each in ``low`` .. ``high``, both included."""
        return low + self.below(high - low + 1, size)

    def choice(self, weights: npt.ArrayLike, size: int) -> Integers:
        """``size`` positions in ``weights``, each with probability in proportion to its weight."""
        places = np.searchsorted(cumulative(weights), self.uniform(size), side="right")
        return np.asarray(places, dtype=np.int64)

    def choice_by_row(self, tables: Floats, rows: Integers) -> Integers:
        """One position per entry of ``rows``, from that row of ``tables`` (cumulative shares, shape (r, k))."""
        width = tables.shape[1]
        lifted = (tables + np.arange(tables.shape[0])[:, None]).ravel()
        found = np.searchsorted(lifted, self.uniform(len(rows)) + rows, side="right") - rows * width
        return np.asarray(np.clip(found, 0, width - 1), dtype=np.int64)

    def poisson(self, mean: npt.ArrayLike, size: int) -> Integers:
        """``size`` Poisson counts of the given ``mean`` (below about 500)."""
        means = np.broadcast_to(np.asarray(mean, dtype=np.float64), (size,))
        uniform = self.uniform(size)
        counts = np.zeros(size, dtype=np.int64)
        term = np.exp(-means)
        total = term.copy()
        open_ = np.flatnonzero(uniform >= total)
        while len(open_):
            counts[open_] += 1
            term[open_] *= means[open_] / counts[open_]
            total[open_] += term[open_]
            # Past the mean, terms that vanish no longer raise the total: rounding alone keeps those open.
            going_on = (counts[open_] <= means[open_]) | (term[open_] > 1e-17)
            open_ = open_[(uniform[open_] >= total[open_]) & going_on]
        return counts

    def order(self, size: int) -> Integers:
        """A random order of 0 .. ``size`` - 1."""
        return np.argsort(self.uniform(size), kind="stable").astype(np.int64)


def cumulative(weights: npt.ArrayLike) -> Floats:
    """Cumulative shares along the last axis of non-negative ``weights``, ending in exactly 1."""
    totals = np.cumsum(np.asarray(weights, dtype=np.float64), axis=-1)
    shares = totals / totals[..., -1:]
    shares[..., -1] = 1.0
    return shares


# In a browser NumPy counts in 32 bits, which whole numbers of Sorrel outgrow: the next five always count in 64.


def span(size: int) -> Integers:
    """0 .. ``size`` - 1."""
    return np.arange(size, dtype=np.int64)


def positions(mask: Booleans) -> Integers:
    """Where ``mask`` is true."""
    return np.flatnonzero(mask).astype(np.int64)


def repeat(values: Integers, counts: Integers) -> Integers:
    """Each value as many times as its count says."""
    return np.repeat(values, counts.astype(np.intp))


def owners(counts: Integers) -> Integers:
    """Owner of each of ``sum(counts)`` items, owner i having ``counts[i]`` of them, in a row."""
    return repeat(span(len(counts)), counts)


def tally(groups: Integers, size: int) -> Integers:
    """How many entries of ``groups`` are 0, 1, .. ``size`` - 1."""
    return np.bincount(groups.astype(np.intp), minlength=size).astype(np.int64)


def rank_within(groups: Integers) -> Integers:
    """Position of each entry among those of its group, in order of appearance, from 0."""
    if not len(groups):
        return np.zeros(0, dtype=np.int64)
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    starts = positions(np.r_[True, ordered[1:] != ordered[:-1]])
    lengths = np.diff(np.r_[starts, len(groups)])
    ranks = np.empty(len(groups), dtype=np.int64)
    ranks[order] = span(len(groups)) - repeat(starts, lengths)
    return ranks


def counted(counts: Integers) -> tuple[Integers, Integers]:
    """Owner and rank (from 0) of each of ``sum(counts)`` items, owner i having ``counts[i]``."""
    of = owners(counts)
    return of, span(len(of)) - repeat(np.cumsum(counts) - counts, counts)
