"""Records that reach the wrong person: who is a namesake of whom, and what a mix-up does to their accounts.

Lesson 03 uses it to ask whom a score hits by mistake. Whoever files a record by name cannot tell namesakes apart; with some
probability the record lands on the account of one of them instead. This is *linkage error* of the kind called a false match,
together with the missed match that it leaves behind (Harron, Dibben, Boyd and others 2017, "Challenges in administrative data
linkage for research"). Who is a namesake depends on the *key*: the columns that the clerk compares.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dossier import _arguments as given


def namesake_groups(people: pd.DataFrame, key: Sequence[str]) -> pd.Series[int]:
    """
    Sort people into groups whose members the key cannot tell apart.

    Parameters
    ----------
    people : pandas.DataFrame
        One row a person, with ``id_number`` and the columns of the key.
    key : sequence of str
        Columns that the clerk compares, such as ``["surname", "given_name", "birth_year"]``.

    Returns
    -------
    pandas.Series
        Number of the group (int64, from 0, every number in use), index ``id_number`` in the order of ``people``.

    Raises
    ------
    TypeError
        If ``people`` is no table, or ``key`` is one text instead of several.
    ValueError
        If ``people`` or ``key`` is empty, a column is missing or holds missing values, or an ID number occurs twice.

    Examples
    --------
    >>> people = pd.DataFrame({"id_number": ["1", "2", "3"], "surname": ["Lane", "Moor", "Lane"]})
    >>> namesake_groups(people, ["surname"]).tolist()
    [0, 1, 0]
    """
    if not isinstance(people, pd.DataFrame):
        raise TypeError(f"people is a {type(people).__name__}: give a pandas DataFrame")
    if isinstance(key, str):
        raise TypeError(f"key is {key!r}: give a list of columns, such as [{key!r}]")
    columns = list(key)
    if not columns:
        raise ValueError("key is empty: name at least one column")
    if people.empty:
        raise ValueError("people is empty: give at least one person")
    for column in ("id_number", *columns):
        if column not in people.columns:
            raise ValueError(f"people has no column {column!r}")
        if people[column].isna().any():
            raise ValueError(f"people[{column!r}] holds missing values: nobody can be matched by those")
    ids = pd.Index(people["id_number"], name="id_number")
    if ids.has_duplicates:
        raise ValueError(f"people holds the ID number {ids[ids.duplicated()][0]} more than once")
    group = people.groupby(columns, sort=False, observed=True).ngroup()
    return pd.Series(group.to_numpy(dtype=np.int64), index=ids, name="group")


def namesakes(groups: pd.Series[int]) -> pd.Series[int]:
    """
    Count for each person the others in the same group.

    Parameters
    ----------
    groups : pandas.Series
        As `namesake_groups` gives them.

    Returns
    -------
    pandas.Series
        Other people with the same key (int64, 0 or more), same index.

    Raises
    ------
    TypeError, ValueError
        If ``groups`` is no such Series.

    Examples
    --------
    >>> namesakes(pd.Series([0, 1, 0], index=["1", "2", "3"])).tolist()
    [1, 0, 1]
    """
    codes = _groups(groups)
    sizes = np.bincount(codes)
    return pd.Series(sizes[codes] - 1, index=groups.index, name="namesakes")


def misdirections(
    events: pd.DataFrame, groups: pd.Series[int], generator: np.random.Generator
) -> pd.DataFrame:
    """
    Draw for each event whose account it would reach if it went astray, and how easily it does.

    Parameters
    ----------
    events : pandas.DataFrame
        One row an event, with ``id_number``: whose event it is in truth.
    groups : pandas.Series
        As `namesake_groups` gives them; must hold everybody who has an event.
    generator : numpy.random.Generator
        Source of chance. Two draws an event, whatever the groups.

    Returns
    -------
    pandas.DataFrame
        Same index as ``events``: ``recipient`` (the ID number of a namesake, each of them equally likely; the owner's own where
        there is none) and ``draw`` (uniform on [0, 1); infinite where there is no namesake). At error rate e the events with
        ``draw < e`` go astray, so those astray at one rate are astray at every higher one.

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If a column is missing, or an event belongs to somebody who is not in ``groups``.
    """
    codes = _groups(groups)
    if not isinstance(generator, np.random.Generator):
        raise TypeError(
            f"generator is a {type(generator).__name__}: give a numpy Generator, such as default_rng(3)"
        )
    owner = _positions(events, groups)
    draw, which = generator.random((2, len(owner)))
    # People stand in a row group by group; a namesake is some steps further on, in a circle through the group.
    row = np.argsort(codes, kind="stable")
    place = np.empty_like(row)
    place[row] = np.arange(len(row))
    size = np.bincount(codes)
    first = np.concatenate([[0], np.cumsum(size)[:-1]])
    own_size, own_first = size[codes[owner]], first[codes[owner]]
    others = own_size - 1
    steps = np.where(others > 0, 1 + np.minimum((which * others).astype(np.int64), others - 1), 0)
    recipient = row[own_first + (place[owner] - own_first + steps) % own_size]
    return pd.DataFrame(
        {
            "recipient": groups.index.to_numpy()[recipient],
            "draw": np.where(others > 0, draw, np.inf),
        },
        index=events.index,
    )


def misdirected(events: pd.DataFrame, astray: pd.DataFrame, error_rate: float) -> pd.DataFrame:
    """
    File the events as they arrive when some go astray.

    Parameters
    ----------
    events : pandas.DataFrame
        One row an event, with ``id_number``.
    astray : pandas.DataFrame
        As `misdirections` gives it for these events.
    error_rate : float
        Chance that an event of somebody with a namesake reaches a namesake instead (e), 0 to 1.

    Returns
    -------
    pandas.DataFrame
        The same events, with the ``id_number`` of whoever's account each one reaches.

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If ``error_rate`` lies outside 0 to 1, a column is missing, or the two tables do not belong together.
    """
    rate = given.number("error_rate", error_rate, given.SHARE)
    given.table("events", events, ("id_number",), empty=True)
    given.table("astray", astray, ("recipient", "draw"), empty=True)
    if not astray.index.equals(events.index):
        raise ValueError("astray has other rows than events: draw it for these events")
    filed = np.where(astray["draw"] < rate, astray["recipient"], events["id_number"])
    return events.assign(id_number=pd.Series(filed, index=events.index, dtype=events["id_number"].dtype))


def expected_foreign_events(
    events_of: pd.Series[float], groups: pd.Series[int], error_rate: float
) -> pd.Series[float]:
    """
    Give how many events of other people each person's account should receive.

    Parameters
    ----------
    events_of : pandas.Series
        Number of events that each person has in truth (0 or more), by ``id_number``; who is missing has none.
    groups : pandas.Series
        As `namesake_groups` gives them.
    error_rate : float
        As for `misdirected`.

    Returns
    -------
    pandas.Series
        Expected number of foreign events, index as ``groups``.

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If a number is negative or not finite, ``error_rate`` lies outside 0 to 1, or ``events_of`` names somebody not in ``groups``.

    Notes
    -----
    A namesake j with ``n_j`` events and ``m_j`` namesakes sends each of them person i with chance ``e / m_j``. All in one group
    have the same m, so person i receives ``e * (sum of the others' events) / m`` on average, and nothing where m is 0. Over all
    people this sums to e times the events of those who have a namesake.

    Examples
    --------
    >>> groups = pd.Series([0, 0, 0, 1], index=["a", "b", "c", "d"])
    >>> expected_foreign_events(pd.Series({"a": 4, "b": 2, "d": 9}), groups, error_rate=0.1).round(3).tolist()
    [0.1, 0.2, 0.3, 0.0]
    """
    rate = given.number("error_rate", error_rate, given.SHARE)
    codes, own = _groups(groups), _own_events(events_of, groups)
    others_events, others = _of_the_others(own, codes)
    mean = np.divide(others_events, others, out=np.zeros_like(own), where=others > 0)
    return pd.Series(rate * mean, index=groups.index, name="expected_foreign_events")


def chance_of_a_foreign_event(
    events_of: pd.Series[float], groups: pd.Series[int], error_rate: float
) -> pd.Series[float]:
    """
    Give the chance that at least one event of somebody else reaches each person's account.

    Parameters
    ----------
    events_of, groups, error_rate
        As for `expected_foreign_events`; count only the events that matter (the serious ones, say).

    Returns
    -------
    pandas.Series
        Chances from 0 to 1, index as ``groups``.

    Raises
    ------
    TypeError, ValueError
        As for `expected_foreign_events`.

    Notes
    -----
    ``1 - (1 - e / m) ** (events of the namesakes)``, each event missing the person independently.

    Examples
    --------
    >>> groups = pd.Series([0, 0], index=["a", "b"])
    >>> chance_of_a_foreign_event(pd.Series({"b": 2}), groups, error_rate=0.1).round(3).tolist()
    [0.19, 0.0]
    """
    rate = given.number("error_rate", error_rate, given.SHARE)
    codes, own = _groups(groups), _own_events(events_of, groups)
    others_events, others = _of_the_others(own, codes)
    misses = 1 - np.divide(rate, others, out=np.zeros_like(own), where=others > 0)
    return pd.Series(1 - misses**others_events, index=groups.index, name="chance_of_a_foreign_event")


def changed_verdicts(true_scores: pd.Series[float], scores: pd.Series[float], line: float) -> pd.DataFrame:
    """
    Tell who stands on the wrong side of a line because records went astray.

    Parameters
    ----------
    true_scores, scores : pandas.Series
        Scores by ``id_number`` when every event reaches its owner, and as filed; the same people in the same order.
    line : float
        Whoever scores below it is punished.

    Returns
    -------
    pandas.DataFrame
        Booleans by ``id_number``: ``wrongly_punished`` (below the line as filed, not in truth) and ``wrongly_spared`` (below it in
        truth, not as filed).

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If the two differ in people, are empty, or hold something that is not a number.
    """
    for argument, taken in (("true_scores", true_scores), ("scores", scores)):
        if given.series(argument, taken).isna().any():
            raise ValueError(f"{argument} holds missing values: give everybody a score")
    if not true_scores.index.equals(scores.index):
        raise ValueError("scores are of other people than true_scores: give the same people in one order")
    if isinstance(line, bool) or not isinstance(line, (int, float, np.number)) or np.isnan(line):
        raise ValueError(f"line is {line!r}: give a number")
    below_in_truth, below = true_scores < line, scores < line
    return pd.DataFrame(
        {"wrongly_punished": below & ~below_in_truth, "wrongly_spared": below_in_truth & ~below}
    )


def bootstrap_interval(
    chosen: pd.Series[bool],
    clusters: pd.Series[int],
    generator: np.random.Generator,
    *,
    confidence: float = 0.95,
    resamples: int = 2_000,
) -> tuple[float, float]:
    """
    Give an interval for a share of people, by resampling whole clusters of them.

    Parameters
    ----------
    chosen : pandas.Series of bool
        Whether each person counts, by ``id_number``.
    clusters : pandas.Series
        Which cluster each of these people belongs to (whole numbers from 0), same index. Namesakes belong together: what one
        wrongly receives, another has lost, so they are not separate pieces of evidence.
    generator : numpy.random.Generator
        Source of chance.
    confidence : float
        Share of resamples inside the interval, above 0 and below 1.
    resamples : int
        How often to resample, 100 or more.

    Returns
    -------
    low, high : float
        Ends of the percentile interval (Efron and Tibshirani 1993, "An Introduction to the Bootstrap", chapter 13).

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If there is nobody, the two differ in people, or a number lies outside its range.

    Notes
    -----
    Clusters with the same number of people and of chosen people are interchangeable, so a resample is one multinomial draw over
    the kinds of cluster: the same distribution as drawing clusters one by one, at a fraction of the time.
    """
    if not isinstance(chosen, pd.Series) or chosen.dtype != bool:
        raise TypeError("chosen is no Series of True and False: give one by ID number")
    if chosen.empty:
        raise ValueError("chosen is empty: give at least one person")
    codes = _groups(clusters, "clusters")
    if not clusters.index.equals(chosen.index):
        raise ValueError("clusters are of other people than chosen: give the same people in one order")
    if not isinstance(generator, np.random.Generator):
        raise TypeError(
            f"generator is a {type(generator).__name__}: give a numpy Generator, such as default_rng(3)"
        )
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is {confidence}: allowed is above 0 and below 1")
    if resamples < 100:
        raise ValueError(f"resamples is {resamples}: allowed is a whole number, 100 or more")
    people = np.bincount(codes)
    counted = np.bincount(codes, weights=chosen.to_numpy()).astype(np.int64)
    occurring = people > 0
    kinds, number = np.unique(np.column_stack([people, counted])[occurring], axis=0, return_counts=True)
    drawn = generator.multinomial(number.sum(), number / number.sum(), size=resamples)
    totals = drawn @ kinds
    low, high = np.quantile(totals[:, 1] / totals[:, 0], [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)


def _of_the_others(
    own: NDArray[np.float64], codes: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Add up the events of everybody else in the group, and count them."""
    others = (np.bincount(codes)[codes] - 1).astype(np.float64)
    return np.bincount(codes, weights=own)[codes] - own, others


def _own_events(events_of: pd.Series[float], groups: pd.Series[int]) -> NDArray[np.float64]:
    if not isinstance(events_of, pd.Series):
        raise TypeError(f"events_of is a {type(events_of).__name__}: give a pandas Series by ID number")
    numbers = np.asarray(events_of, dtype=np.float64)
    right = np.isfinite(numbers) & (numbers >= 0)
    if not right.all():
        raise ValueError(f"events_of holds {numbers[~right][0]:g}: allowed is a finite number, 0 or more")
    strangers = events_of.index.difference(groups.index)
    if len(strangers):
        raise ValueError(f"events_of names {strangers[0]}, who is not in groups")
    return np.asarray(events_of.reindex(groups.index, fill_value=0), dtype=np.float64)


def _groups(groups: Any, argument: str = "groups") -> NDArray[np.int64]:
    if not isinstance(groups, pd.Series):
        raise TypeError(
            f"{argument} is a {type(groups).__name__}: give a pandas Series, as namesake_groups makes it"
        )
    if groups.empty:
        raise ValueError(f"{argument} is empty: give at least one person")
    if not pd.api.types.is_integer_dtype(groups.dtype) or groups.min() < 0:
        raise ValueError(f"{argument} holds {groups.dtype}: whole numbers from 0 are needed")
    return groups.to_numpy(dtype=np.int64)


def _positions(events: Any, groups: pd.Series[int]) -> NDArray[np.int64]:
    given.table("events", events, ("id_number",), empty=True)
    positions = groups.index.get_indexer(pd.Index(events["id_number"]))
    if (positions < 0).any():
        stranger = events["id_number"].iloc[int(np.argmin(positions))]
        raise ValueError(f"events belong to {stranger}, who is not in groups")
    return positions.astype(np.int64)
