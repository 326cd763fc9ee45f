"""How a punishment spreads: each score is made of one's own record and of the scores of one's friends.

Lesson 04 uses it to ask how many a punishment of one person moves. The model is that of Friedkin and Johnsen (1990, "Social influence and
opinions"): everybody averages over their friends, but holds on to their own record.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.linalg import norm
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.sparse.csgraph import shortest_path

from dossier import _arguments as given

Numbers = NDArray[np.float64]

# A thousandth of a millionth of the largest number that goes in: far below a point of any score.
TOLERANCE = 1e-9


def averaging_matrix(acquaintances: pd.DataFrame, people: ArrayLike) -> Any:
    """
    Give every person the mean over their friends, as one sparse matrix.

    Parameters
    ----------
    acquaintances : pandas.DataFrame, shape (pairs, 2 or more)
        Columns ``id_number`` and ``other_id_number``: who knows whom, both ways. A pair that stands there twice counts once.
    people : array_like of str, shape (people,)
        Everybody, each once, in the order that the rows and columns take.

    Returns
    -------
    scipy.sparse.csr_array, shape (people, people)
        W: row i holds 1/k at each of person i's k friends. Whoever has no friend has a 1 at themself, and so keeps their own record.

    Raises
    ------
    TypeError
        If ``acquaintances`` is not a table.
    ValueError
        If a column is missing, ``people`` is empty or names somebody twice, a pair names somebody who is not among them, or somebody
        is their own friend.

    Examples
    --------
    >>> pairs = pd.DataFrame({"id_number": ["ada"], "other_id_number": ["bo"]})
    >>> averaging_matrix(pairs, ["ada", "bo", "cy"]).toarray()
    array([[0., 1., 0.],
           [1., 0., 0.],
           [0., 0., 1.]])
    """
    given.table("acquaintances", acquaintances, ("id_number", "other_id_number"), empty=True)
    everybody = given.once("people", pd.Index(np.asarray(people)))
    ends = []
    for column in ("id_number", "other_id_number"):
        place = everybody.get_indexer(pd.Index(acquaintances[column]))
        if (place < 0).any():
            stranger = acquaintances[column].iloc[int(np.argmin(place))]
            raise ValueError(f"acquaintances names {stranger!r}, who is not among people")
        ends.append(place)
    first, second = ends
    if (first == second).any():
        raise ValueError(f"acquaintances has {everybody[first[first == second][0]]!r} as their own friend")
    size = len(everybody)
    knows = sparse.csr_array(
        (np.ones(2 * len(first)), (np.r_[first, second], np.r_[second, first])), shape=(size, size)
    )
    knows.data[:] = 1.0  # building the matrix added up pairs that stood there twice
    friends = knows.sum(axis=1)
    alone = friends == 0
    share = 1.0 / np.where(alone, 1.0, friends)
    return sparse.csr_array(sparse.diags_array(share) @ knows + sparse.diags_array(alone.astype(float)))


def contagion(own_record: ArrayLike, averaging: Any, alpha: float) -> Numbers:
    """
    Mix everybody's own record with the mean score of their friends.

    Parameters
    ----------
    own_record : array_like, shape (people,)
        b: what each person's own record is worth, in points. Give the loss of one person alone (0 elsewhere) to learn what everybody
        loses, since the scores are linear in it.
    averaging : sparse matrix or array_like, shape (people, people)
        W, row-stochastic: no entry below 0, each row adds up to 1 (see `averaging_matrix`). Kept sparse if it is.
    alpha : float
        The weight of the friends, 0 to less than 1; one's own record weighs 1 - alpha.

    Returns
    -------
    numpy.ndarray, shape (people,)
        s, in points: ``s = (1 - alpha) * b + alpha * W s``, that is ``(1 - alpha) * inv(I - alpha * W) b``. No score is off by more
        than 1e-9 of the largest own record.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If a number is not finite or out of range, the shapes do not fit together, or a row does not add up to 1.

    Notes
    -----
    Solved by doing what the formula says, again and again, from ``s = b``: each round shrinks the error at least by alpha, so the last
    step bounds what is left. For 50,000 people of Sorrel that takes about a tenth of a second, as long as SciPy's best iterative solver
    (bicgstab), and cannot break down; a direct factorisation of 10,000 already fills in to 42 million entries and takes 40 seconds.
    Only close to alpha = 1, on long chains of people, does it become slow.

    Examples
    --------
    >>> contagion([0, 1], [[0, 1], [1, 0]], alpha=0.5).round(5)
    array([0.33333, 0.66667])
    """
    own = _one_a_person("own_record", own_record, given.FINITE)
    mean_of_friends = _row_stochastic(averaging, len(own))
    weight = given.number("alpha", alpha, given.Range(0, 1, below=True))
    return _repeat(own, mean_of_friends, weight, order=np.inf)


def influence(averaging: Any, alpha: float) -> Numbers:
    """
    Weigh every person: how many points all together lose for each point that this person's own record loses.

    Parameters
    ----------
    averaging : sparse matrix or array_like, shape (people, people)
        W, row-stochastic (see `averaging_matrix`).
    alpha : float
        The weight of the friends, 0 to less than 1.

    Returns
    -------
    numpy.ndarray, shape (people,)
        The column sums of ``(1 - alpha) * inv(I - alpha * W)``, from one solve with the transposed matrix. Their mean is 1. All are 1
        if W is doubly stochastic: then a punishment is shared out, and nothing is added to it. Their errors add up to less than 1e-9
        of the number of people.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If ``alpha`` is out of range or ``averaging`` is not row-stochastic.

    Notes
    -----
    If friendship is mutual and every friend counts the same, the weights go to (number of friends) / (mean number of friends) in each
    connected group as alpha goes to 1.

    Examples
    --------
    A chain of three: the one in the middle weighs more.

    >>> influence([[0, 1, 0], [0.5, 0, 0.5], [0, 1, 0]], alpha=0.5).round(5)
    array([0.83333, 1.33333, 0.83333])
    """
    weight = given.number("alpha", alpha, given.Range(0, 1, below=True))
    mean_of_friends = _row_stochastic(averaging, None)
    backwards = sparse.csr_array(mean_of_friends.T)
    return _repeat(np.ones(backwards.shape[0]), backwards, weight, order=1)


def steps_away(averaging: Any, person: int) -> Numbers:
    """
    Count the steps from one person to everybody: 0 to themself, 1 to a friend, 2 to a friend's friend.

    Parameters
    ----------
    averaging : sparse matrix or array_like, shape (people, people)
        W, row-stochastic (see `averaging_matrix`); a step leads from i to j where row i has an entry at j, or row j one at i.
    person : int
        The row to start from.

    Returns
    -------
    numpy.ndarray of float, shape (people,)
        Steps; infinite for those whom no chain of friends reaches.

    Raises
    ------
    TypeError
        If ``person`` is no whole number, or ``averaging`` holds anything but numbers.
    ValueError
        If there is no such row, or ``averaging`` is not row-stochastic.
    """
    mean_of_friends = _row_stochastic(averaging, None)
    start = given.whole_number("person", person, 0, mean_of_friends.shape[0] - 1)
    # SciPy before 1.15 searches matrices with short indices only.
    ties = sparse.csr_array(
        (
            mean_of_friends.data,
            mean_of_friends.indices.astype(np.int32),
            mean_of_friends.indptr.astype(np.int32),
        ),
        shape=mean_of_friends.shape,
    )
    steps: Numbers = shortest_path(ties, method="D", directed=False, unweighted=True, indices=start)
    return steps


def loss_by_steps(loss: ArrayLike, steps: ArrayLike, furthest: int = 6) -> pd.DataFrame:
    """
    Add up what people lose, by how many steps they are from the one who was punished.

    Parameters
    ----------
    loss : array_like, shape (people,)
        What everybody loses, in points; 0 or more.
    steps : array_like, shape (people,)
        How far everybody is (see `steps_away`); whoever is out of reach is left out.
    furthest : int
        The last row takes this many steps and more; 1 or more.

    Returns
    -------
    pandas.DataFrame
        Index ``steps``, 0 to ``furthest``; columns ``people``, ``mean_loss`` (NaN where nobody is) and ``loss`` (their total), in points.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If the shapes differ, a loss is negative or not finite, steps are negative or NaN, or ``furthest`` is below 1.
    """
    lost = _one_a_person("loss", loss, given.AMOUNT)
    distance = given.numbers("steps", steps, given.Range(0))
    if distance.shape != lost.shape:
        raise ValueError(f"steps has shape {distance.shape}, loss {lost.shape}: give one of each a person")
    given.whole_number("furthest", furthest, 1)
    reached = np.isfinite(distance)
    ring = np.minimum(distance[reached], furthest).astype(np.int64)
    people = np.bincount(ring, minlength=furthest + 1)
    total = np.bincount(ring, weights=lost[reached], minlength=furthest + 1)
    mean = np.divide(total, people, out=np.full(len(total), np.nan), where=people > 0)
    index = pd.RangeIndex(furthest + 1, name="steps")
    return pd.DataFrame({"people": people, "mean_loss": mean, "loss": total}, index=index)


def _repeat(own: Numbers, matrix: Any, alpha: float, order: float) -> Numbers:
    """Average until what is left to come is within the tolerance, in the norm that the matrix does not enlarge."""
    enough = TOLERANCE * norm(own, order) * (1 - alpha)
    # Starting from the own record makes the slowest part of the answer exact from the first round on.
    scores, kept = own.copy(), (1 - alpha) * own
    while True:
        following = kept + alpha * (matrix @ scores)
        step = alpha * norm(following - scores, order)
        scores = following
        # Rounding keeps the last digits moving for ever when alpha is very close to 1.
        if step <= max(enough, 4 * np.finfo(float).eps * norm(scores, order)):
            return np.asarray(scores, dtype=np.float64)


def _one_a_person(argument: str, values: ArrayLike, allowed: given.Range) -> Numbers:
    numbers = given.numbers(argument, values, allowed)
    if numbers.ndim != 1 or not len(numbers):
        raise ValueError(f"{argument} has shape {numbers.shape}: give one number a person, at least one")
    return numbers


def _row_stochastic(averaging: Any, people: int | None) -> Any:
    if sparse.issparse(averaging):
        matrix = sparse.csr_array(averaging)
    else:
        try:
            matrix = sparse.csr_array(np.asarray(averaging, dtype=np.float64))
        except (TypeError, ValueError):
            raise TypeError(f"averaging is {averaging!r}: give a matrix of numbers") from None
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not matrix.shape[0]:
        raise ValueError(f"averaging has shape {matrix.shape}: as many rows as columns are needed")
    if people is not None and matrix.shape[0] != people:
        raise ValueError(
            f"averaging has {matrix.shape[0]} rows, own_record {people} numbers: give as many of both"
        )
    if not np.isfinite(matrix.data).all() or (matrix.data < 0).any():
        wrong = matrix.data[~(np.isfinite(matrix.data) & (matrix.data >= 0))][0]
        raise ValueError(f"averaging holds {wrong:g}: allowed are shares, 0 to 1")
    off = np.abs(matrix.sum(axis=1) - 1)
    if off.max() > 1e-9:
        row = int(np.argmax(off))
        total = float(matrix.sum(axis=1)[row])
        raise ValueError(
            f"averaging: row {row} adds up to {total:g}, not to 1 (a person with no friends has a 1 at themself)"
        )
    return matrix
