"""Unicity: how many known places and times leave only one trace that fits.

Lesson 07 asks with it whether phone records without names are anonymous. The measure is that of de Montjoye, Hidalgo, Verleysen
and Blondel (2013, ledger F4-005 and F4-006); the traces are Sorrel's phone pings, which callers hand in as tables.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from dossier import _arguments as given

Integers = NDArray[np.int64]

#: Targets that are compared with everybody at once: bounds the memory, changes no result.
CHUNK = 500


@dataclass(frozen=True)
class Traces:
    """
    Where and when each of some people was seen: one row for each person, square and hour, in order of person.

    Attributes
    ----------
    person : ndarray of int, shape (n,)
        Who, counted from 0; everybody is seen at least once.
    column, row : ndarray of int, shape (n,)
        Square of one kilometre.
    hour : ndarray of int, shape (n,)
        Hours since the midnight before the first record.
    id_numbers : ndarray of object, shape (people,)
        ID number of each person.
    """

    person: Integers
    column: Integers
    row: Integers
    hour: Integers
    id_numbers: NDArray[np.object_]

    @property
    def people(self) -> int:
        """Number of people who have a trace."""
        return len(self.id_numbers)

    @property
    def lengths(self) -> Integers:
        """Number of points in each person's trace, shape (people,)."""
        return np.bincount(self.person, minlength=self.people).astype(np.int64)


def traces(pings: pd.DataFrame, cells: pd.DataFrame) -> Traces:
    """
    Read traces off a phone network's records; people seen twice in one square and hour have one point there.

    Parameters
    ----------
    pings : pandas.DataFrame
        Columns ``id_number``, ``when`` and ``cell``, as in Sorrel's ``phone_pings``; not empty.
    cells : pandas.DataFrame
        Columns ``cell``, ``column`` and ``row``, as in Sorrel's ``cells``.

    Returns
    -------
    Traces

    Raises
    ------
    TypeError
        If one is no DataFrame.
    ValueError
        If a column is missing, a table is empty, or a ping's cell is not among the cells.
    """
    pings = given.table("pings", pings, ("id_number", "when", "cell"))
    cells = given.table("cells", cells, ("cell", "column", "row"))
    where = pd.Index(cells["cell"]).get_indexer(pd.Index(pings["cell"]))
    if (where < 0).any():
        raise ValueError(
            f"pings holds the cell {pings['cell'].iloc[int(np.argmax(where < 0))]!r}, which is not in cells"
        )
    person, id_numbers = pd.factorize(pings["id_number"], sort=True)
    since = pings["when"] - pings["when"].min().normalize()
    points = pd.DataFrame(
        {
            "person": person.astype(np.int64),
            "column": cells["column"].to_numpy(np.int64)[where],
            "row": cells["row"].to_numpy(np.int64)[where],
            "hour": (since // pd.Timedelta(hours=1)).to_numpy(np.int64),
        }
    )
    points = points.drop_duplicates().sort_values(["person", "hour", "column", "row"])
    where_and_when = {name: points[name].to_numpy() for name in ("person", "column", "row", "hour")}
    return Traces(**where_and_when, id_numbers=np.asarray(id_numbers, dtype=object))


def draw_points(known: Traces, points: int, generator: np.random.Generator) -> Integers:
    """
    Draw some points of everybody's trace, in random order: what an observer comes to know about each.

    Parameters
    ----------
    known : Traces
        The traces.
    points : int
        How many to draw of each; 1 or more.
    generator : numpy.random.Generator
        Where the randomness comes from.

    Returns
    -------
    ndarray of int, shape (people, points)
        Positions in the arrays of ``known``. The first p columns are a draw of p points. Whose trace is shorter gives all of it; its
        last point is then repeated, which adds nothing.

    Raises
    ------
    TypeError, ValueError
        If ``points`` is not a whole number of 1 or more.
    """
    points = given.whole_number("points", points, 1)
    order = np.lexsort((generator.random(len(known.person)), known.person))
    lengths = known.lengths
    starts = np.cumsum(lengths) - lengths
    drawn = order[starts[:, None] + np.minimum(np.arange(points), lengths[:, None] - 1)]
    return np.asarray(drawn, dtype=np.int64)


def people_who_fit(
    known: Traces,
    drawn: ArrayLike,
    *,
    kilometres: int = 1,
    hours: int = 1,
) -> Integers:
    """
    Count the traces that fit the first 1, 2, 3 .. of some drawn points; the owner's always does.

    Parameters
    ----------
    known : Traces
        Everybody's traces.
    drawn : array_like of int, shape (targets, points)
        Positions of points in ``known``, one row for each target, as `draw_points` gives them (or some of its rows).
    kilometres : int
        Side of the squares that places are known to; 1 or more.
    hours : int
        Length of the intervals that times are known to, counted from the first midnight; 1 or more.

    Returns
    -------
    ndarray of int, shape (targets, points)
        Number of people, 1 or more, whose trace meets the first, the first two, .. of a target's points, each within its square
        and interval. It never rises from left to right. With the same ``drawn`` it never falls when ``kilometres`` or ``hours``
        grows to a multiple of itself, because the squares and intervals are then nested.

    Raises
    ------
    TypeError, ValueError
        If a resolution is no whole number of 1 or more, or ``drawn`` does not hold positions.

    Notes
    -----
    De Montjoye et al. (2013) draw the points after coarsening; here the same points are coarsened, so that two of them may fall into
    one, and resolutions can be compared on one draw.
    """
    side = given.whole_number("kilometres", kilometres, 1)
    length = given.whole_number("hours", hours, 1)
    positions = np.asarray(drawn)
    if positions.ndim != 2 or positions.dtype.kind not in "iu" or not positions.size:
        raise TypeError(
            f"drawn has shape {positions.shape} and holds {positions.dtype}: give rows of positions, one a target"
        )
    if positions.min() < 0 or positions.max() >= len(known.person):
        raise ValueError(
            f"drawn holds positions from {positions.min()} to {positions.max()}: allowed are 0 to {len(known.person) - 1}"
        )
    across, down = known.column // side, known.row // side
    squares = across * (down.max() + 1) + down
    _, key = np.unique(
        squares * np.int64(known.hour.max() // length + 1) + known.hour // length, return_inverse=True
    )
    key = key.ravel()
    by_key = np.argsort(key, kind="stable")
    visitors, sizes = known.person[by_key], np.bincount(key)
    first = np.cumsum(sizes) - sizes
    fits = np.empty(positions.shape, dtype=np.int64)
    for begin in range(0, len(positions), CHUNK):
        asked, row = np.unique(key[positions[begin : begin + CHUNK]], return_inverse=True)
        row = row.reshape(-1, positions.shape[1])
        # One bit for each person: who was ever in this square and interval?
        present = np.zeros((len(asked), known.people), dtype=np.bool_)
        of = np.repeat(np.arange(len(asked)), sizes[asked])
        within = np.arange(len(of)) - np.repeat(np.cumsum(sizes[asked]) - sizes[asked], sizes[asked])
        present[of, visitors[first[asked][of] + within]] = True
        bits = np.packbits(present, axis=1)
        left = bits[row[:, 0]]
        for point in range(positions.shape[1]):
            left = left & bits[row[:, point]]
            fits[begin : begin + CHUNK, point] = np.bitwise_count(left).sum(axis=1, dtype=np.int64)
    return fits


def unicity(
    known: Traces,
    points: int,
    generator: np.random.Generator,
    *,
    kilometres: int = 1,
    hours: int = 1,
) -> float:
    """
    Compute the share of people whose random points fit nobody else's trace.

    Parameters
    ----------
    known : Traces
        Everybody's traces.
    points : int
        How many points are known of each; 1 or more. Whose trace is shorter gives all of it.
    generator : numpy.random.Generator
        Draws the points.
    kilometres, hours : int
        Side of the squares and length of the intervals; 1 or more.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    TypeError, ValueError
        If a number is not a whole one of 1 or more.

    Notes
    -----
    De Montjoye et al. (2013) call it the uniqueness, or unicity, of the traces.
    """
    fits = people_who_fit(known, draw_points(known, points, generator), kilometres=kilometres, hours=hours)
    return float((fits[:, -1] == 1).mean())
