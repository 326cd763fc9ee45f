"""A citizen score: rules that turn records into events, points that turn events into a score, lines that turn a score into a grade.

Lesson 02 uses it to ask what is in a citizen score; lessons 03 and 04 go on from there. The score is ``base + sum of points``, the
shape reported of one city's pilot (ledger F3-006). Sorrel's rules, points and grades are invented for this course.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import spearmanr

from dossier import _arguments as given

BASE = 1000

_RULES = (
    ("parking offence", "traffic_offences", "offence == 'parking'", -5),
    ("speeding", "traffic_offences", "offence == 'speeding'", -20),
    ("red light or phone", "traffic_offences", "offence in ['red light', 'phone at the wheel']", -40),
    ("drink driving", "traffic_offences", "offence == 'drink driving'", -200),
    ("judgment, obeyed", "judgments", "case not in ['libel', 'public order'] and obeyed", -80),
    ("judgment, not obeyed", "judgments", "case not in ['libel', 'public order'] and not obeyed", -200),
    ("judgment over words", "judgments", "case in ['libel', 'public order']", -150),
    ("tax paid late", "tax_arrears", "settled", -40),
    ("tax still owed", "tax_arrears", "not settled", -160),
    ("bill paid late", "utility_payments", "days_late > 14", -40),
    ("critical post", "posts", "topic == 'government' and tone == 'criticism'", -50),
    ("praising post", "posts", "topic == 'government' and tone == 'praise'", 10),
    ("voluntary work", "volunteering", "activity != 'blood donation'", 4),
    ("blood donation", "volunteering", "activity == 'blood donation'", 8),
)

_GRADES = (
    ("AAA", 1050.0, True, 300),
    ("AA", 1030.0, True, 150),
    ("A", 960.0, True, 0),
    ("B", 850.0, True, 0),
    ("C", 600.0, False, 0),
    ("D", -np.inf, False, 0),
)

# Four parties' points for the same events, in the order of the rules.
_OTHERS = {
    "bills first": (-5, -20, -40, -150, -40, -80, -150, -40, -80, -100, -50, 10, 4, 8),
    "words first": (-5, -20, -40, -100, -40, -80, -150, -20, -60, -40, -100, 10, 4, 8),
    "roads first": (-10, -60, -120, -400, -40, -80, -80, -20, -60, -20, -20, 10, 4, 8),
    "thanks first": (-5, -20, -40, -100, -40, -100, -80, -20, -80, -20, -50, 20, 20, 40),
}


def sorrels_rules() -> pd.DataFrame:
    """
    Give the rules by which the government of Sorrel scores its citizens: invented, ours.

    Returns
    -------
    pandas.DataFrame
        One row a rule. Index ``event``: a short plain label. Columns: ``registry``, the table that the rule reads; ``where``, a pandas
        query that picks its rows; ``points``, what one such event adds. No record matches two rules.

    Examples
    --------
    >>> int(sorrels_rules().loc["bill paid late", "points"])
    -40
    """
    return pd.DataFrame(_RULES, columns=["event", "registry", "where", "points"]).set_index("event")


def sorrels_grades() -> pd.DataFrame:
    """
    Give the grades of Sorrel and what follows from them: invented, with the lines that are reported of one city (ledger F3-006).

    Returns
    -------
    pandas.DataFrame
        Index ``grade``, from the best down. Columns: ``lowest``, the lowest score of the grade (minus infinity for the last);
        ``may_fly``, whether its holders may buy a flight; ``heating_rebate``, what they get back from the heating bills of a year, in
        leaves.

    Examples
    --------
    >>> " ".join(sorrels_grades().index)
    'AAA AA A B C D'
    """
    columns = ["grade", "lowest", "may_fly", "heating_rebate"]
    return pd.DataFrame(_GRADES, columns=columns).set_index("grade")


def other_schemes() -> pd.DataFrame:
    """
    Give four other schemes for the events of `sorrels_rules`: invented, ours, each as easy to defend.

    Returns
    -------
    pandas.DataFrame
        Index ``event``; one column of points a scheme, named after what it weighs most.

    Examples
    --------
    >>> list(other_schemes())
    ['bills first', 'words first', 'roads first', 'thanks first']
    """
    return pd.DataFrame(_OTHERS, index=sorrels_rules().index)


def events(registries: Mapping[str, pd.DataFrame], rules: pd.DataFrame) -> pd.DataFrame:
    """
    Find every record that a rule speaks of.

    Parameters
    ----------
    registries : mapping of str to pandas.DataFrame
        Tables by name, each with the columns ``id_number`` and ``when``; those that a rule names must be there.
    rules : pandas.DataFrame
        As `sorrels_rules` gives them: index ``event``, each once; columns ``registry`` and ``where``. Points are not needed.

    Returns
    -------
    pandas.DataFrame
        One row an event, in the order of the rules: ``id_number``, ``when``, ``event`` (categorical, one category a rule). A record that
        no rule speaks of leaves no event; one that two rules speak of leaves two.

    Raises
    ------
    TypeError
        If an argument is of the wrong type.
    ValueError
        If there is no rule, one stands twice, a table or column is missing, or a query cannot be read.
    """
    if not isinstance(registries, Mapping):
        raise TypeError(f"registries is a {type(registries).__name__}: give a dictionary of tables by name")
    given.table("rules", rules, ("registry", "where"))
    given.once("rules", rules.index)
    found = []
    for code, (event, registry, where) in enumerate(
        zip(rules.index, rules["registry"], rules["where"], strict=True)
    ):
        if registry not in registries:
            raise ValueError(
                f"rule {event!r} reads the registry {registry!r}: there are {', '.join(map(str, registries))}"
            )
        table = registries[registry]
        given.table(f"registries[{registry!r}]", table, ("id_number", "when"), empty=True)
        chosen = table.loc[_matching(event, table, where), ["id_number", "when"]]
        found.append(chosen.assign(event=pd.Categorical.from_codes(np.full(len(chosen), code), rules.index)))
    return pd.concat(found, ignore_index=True)


def counts(events: pd.DataFrame, people: Iterable[str]) -> pd.DataFrame:
    """
    Count each person's events of each kind.

    Parameters
    ----------
    events : pandas.DataFrame
        As :func:`events` gives them.
    people : iterable of str, shape (people,)
        ID numbers, each once. Events of others are left out.

    Returns
    -------
    pandas.DataFrame, shape (people, kinds of event)
        Counts (int64); a person without events has a row of zeros. A score is ``base + counts @ points``.

    Raises
    ------
    TypeError, ValueError
        As for `scores`.
    """
    _check_events(events)
    index = _people(people)
    person, code = _places(events, index)
    kinds = events["event"].cat.categories
    found = np.bincount(person * len(kinds) + code, minlength=len(index) * len(kinds))
    columns = pd.Index(kinds, name="event")
    return pd.DataFrame(found.reshape(len(index), len(kinds)), index=index, columns=columns)


def scores(
    events: pd.DataFrame,
    points: Mapping[str, float] | pd.Series,
    people: Iterable[str],
    base: float = BASE,
) -> pd.Series:
    """
    Score people: ``base`` and the sum of the points of their events.

    Parameters
    ----------
    events : pandas.DataFrame
        As :func:`events` gives them.
    points : mapping or pandas.Series
        What one event adds, by its label; one finite number for every kind of event, and for nothing else.
    people : iterable of str, shape (people,)
        ID numbers, each once. Whoever has no event keeps ``base``; events of others are left out.
    base : float
        Where everybody begins.

    Returns
    -------
    pandas.Series, shape (people,)
        Scores (float64) by ID number, in the order of ``people``.

    Raises
    ------
    TypeError
        If an argument is of the wrong type.
    ValueError
        If there is nobody to score, somebody stands twice, a column is missing, or points are missing, unknown or not finite.

    Examples
    --------
    >>> told = pd.DataFrame({"id_number": ["7"], "when": ["2016-05-02"], "event": pd.Categorical(["bill paid late"])})
    >>> scores(told, {"bill paid late": -40}, ["7", "8"]).tolist()
    [960.0, 1000.0]
    """
    _check_events(events)
    weights = _weights(points, events["event"].cat.categories)
    start = given.number("base", base, given.FINITE)
    index = _people(people)
    person, code = _places(events, index)
    total = np.bincount(person, weights=weights[code], minlength=len(index))
    return pd.Series(start + total, index=index, name="score")


def grades(scores: pd.Series, lowest: Mapping[str, float] | pd.Series) -> pd.Series:
    """
    Turn scores into grades.

    Parameters
    ----------
    scores : pandas.Series
        Scores; no NaN.
    lowest : mapping or pandas.Series
        The lowest score of each grade, from the best grade down, falling from one to the next. Whoever stands exactly on a line has the
        grade above it. The last grade takes everybody who reaches no other, whatever its own number.

    Returns
    -------
    pandas.Series
        Ordered categories, the last grade lowest, with the index of ``scores``.

    Raises
    ------
    TypeError
        If an argument is of the wrong type.
    ValueError
        If a score is NaN, there are fewer than two grades, one stands twice, or a line is NaN or not below the one before.

    Examples
    --------
    >>> grades(pd.Series([850.0, 849.0]), {"B": 850, "C": 600}).tolist()
    ['B', 'C']
    """
    if not isinstance(scores, pd.Series):
        raise TypeError(f"scores is a {type(scores).__name__}: give a pandas Series")
    values = _numbers("scores", scores)
    if np.isnan(values).any():
        raise ValueError(
            f"scores of {scores.index[np.isnan(values)].tolist()[0]!r} is NaN: a score is a number"
        )
    lines = _series("lowest", lowest)
    if len(lines) < 2:
        raise ValueError(f"lowest has {len(lines)} grades: give two or more, from the best down")
    given.once("lowest", lines.index)
    heights = _numbers("lowest", lines)
    for place, (grade, height) in enumerate(zip(lines.index, heights, strict=True)):
        if np.isnan(height):
            raise ValueError(f"lowest of grade {grade!r} is NaN: give a number")
        if place and not height < heights[place - 1]:
            raise ValueError(
                f"lowest of grade {grade!r} is {height:g}: it must be below {heights[place - 1]:g}, "
                f"that of {lines.index[place - 1]!r}"
            )
    # From the worst up: how many of the lines above the last grade a score has reached.
    code = np.searchsorted(heights[:-1][::-1], values, side="right")
    kinds = pd.CategoricalDtype(lines.index[::-1], ordered=True)
    return pd.Series(pd.Categorical.from_codes(code, dtype=kinds), index=scores.index, name="grade")


def statement(
    events: pd.DataFrame, points: Mapping[str, float] | pd.Series, id_number: str, base: float = BASE
) -> pd.DataFrame:
    """
    Account for one citizen's score, event by event.

    Parameters
    ----------
    events, points, base
        As for `scores`.
    id_number : str
        Whose account. An ID number without events has an empty one.

    Returns
    -------
    pandas.DataFrame
        One row an event, in the order of time: ``when``, ``event``, ``points`` and ``score``, the score after it. The last is the
        citizen's score.

    Raises
    ------
    TypeError, ValueError
        As for `scores`.
    """
    _check_events(events)
    if not isinstance(id_number, str):
        raise TypeError(f"id_number is {id_number!r}: give one ID number as text")
    weights = _weights(points, events["event"].cat.categories)
    start = given.number("base", base, given.FINITE)
    hers = events[events["id_number"] == id_number].sort_values("when", kind="stable", ignore_index=True)
    earned = weights[hers["event"].cat.codes.to_numpy()]
    return hers[["when", "event"]].assign(points=earned, score=start + np.cumsum(earned))


def refused_tickets(flights: pd.DataFrame, barred: pd.Series) -> pd.DataFrame:
    """
    Find the tickets that would not have been sold, had some people been barred from flying all along.

    Parameters
    ----------
    flights : pandas.DataFrame
        One row a flight taken, with the columns ``id_number`` and ``booking``. A ticket is one person's part of one booking, there and
        back.
    barred : pandas.Series
        True or False for each person, by ID number. Who is not in it may fly.

    Returns
    -------
    pandas.DataFrame
        One row a refused ticket: ``id_number`` and ``booking``. Its length counts refusals, ``id_number.nunique()`` people.

    Raises
    ------
    TypeError
        If an argument is of the wrong type.
    ValueError
        If a column is missing, or ``barred`` is empty or names somebody twice.
    """
    given.table("flights", flights, ("id_number", "booking"), empty=True)
    if not isinstance(barred, pd.Series) or barred.dtype != np.bool_:
        raise TypeError("barred must be a pandas Series of True and False, by ID number")
    given.once("barred", barred.index)
    theirs = flights.loc[flights["id_number"].isin(barred.index[barred]), ["id_number", "booking"]]
    return theirs.drop_duplicates(ignore_index=True)


def lowest_ranked(scores: pd.Series, people: int) -> pd.Series:
    """
    List the people whom a scheme punishes if its line is moved until it punishes so many.

    Parameters
    ----------
    scores : pandas.Series
        Scores by ID number; no NaN.
    people : int
        How many to list, 1 to everybody.

    Returns
    -------
    pandas.Series
        True for the ``people`` lowest scores, and for all who stand as low as the last of them (within a billionth of a point, which
        is rounding); with the index of ``scores``.

    Raises
    ------
    TypeError
        If ``scores`` is no Series of numbers, or ``people`` no whole number.
    ValueError
        If a score is NaN, there is none, or ``people`` is out of range.

    Examples
    --------
    >>> lowest_ranked(pd.Series([700.0, 900.0, 850.0, 850.0]), people=2).tolist()
    [True, False, True, True]
    """
    values = given.numbers("scores", given.series("scores", scores), given.Range())
    number = given.whole_number("people", people, 1, len(values))
    line = np.partition(values, number - 1)[number - 1]
    return pd.Series(values <= line + 1e-9, index=scores.index, name="lowest_ranked")


def rank_correlation(scores: pd.Series, other_scores: pd.Series) -> float:
    """
    Say how alike two scores order the same people: Spearman's rank correlation.

    Parameters
    ----------
    scores, other_scores : pandas.Series
        Scores of the same people; their order does not matter.

    Returns
    -------
    float
        From -1 (the reverse order) to 1 (the same order). Equal scores share their mean rank.

    Raises
    ------
    TypeError
        If an argument is no Series of numbers.
    ValueError
        If they are not about the same people, or all scores of one of them are equal, so that there is no order to compare.

    Notes
    -----
    Spearman (1904), by SciPy.

    Examples
    --------
    >>> rank_correlation(pd.Series([990.0, 1000.0, 1010.0]), pd.Series([1.0, 2.0, 300.0]))
    1.0
    """
    for argument, taken in (("scores", scores), ("other_scores", other_scores)):
        given.once(argument, given.series(argument, taken).index)
        values = _numbers(argument, taken)
        if np.isnan(values).any():
            raise ValueError(
                f"{argument} of {taken.index[np.isnan(values)].tolist()[0]!r} is NaN: a score is a number"
            )
        if (values == values[0]).all():
            raise ValueError(
                f"{argument} are all {values[0]:g}: there is no order to compare; give points to some event"
            )
    missing = scores.index.symmetric_difference(other_scores.index)
    if len(missing):
        raise ValueError(
            f"scores and other_scores differ about {missing.tolist()[0]!r}: score the same people twice"
        )
    return round(float(spearmanr(scores, other_scores.reindex(scores.index)).statistic), 12)


def _matching(event: Any, table: pd.DataFrame, where: Any) -> NDArray[np.bool_]:
    if not isinstance(where, str):
        raise TypeError(f'where of rule {event!r} is {where!r}: give a query as text, "days_late > 14" say')
    try:
        matches = np.asarray(table.eval(where, engine="python"))
    except Exception as error:  # pandas lets a dozen kinds through
        raise ValueError(
            f"where of rule {event!r} is {where!r}, which cannot be read ({error}): "
            f"the columns are {', '.join(table.columns)}"
        ) from error
    if matches.dtype != np.bool_ or matches.shape != (len(table),):
        raise ValueError(f"where of rule {event!r} is {where!r}: it must be true or false for every row")
    return matches


def _places(events: pd.DataFrame, index: pd.Index) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each event of these people stands: row of the person, code of the event."""
    person = index.get_indexer(pd.Index(events["id_number"]))
    known = person >= 0
    return person[known], events["event"].cat.codes.to_numpy().astype(np.intp)[known]


def _people(people: Iterable[str]) -> pd.Index:
    if isinstance(people, str):
        raise TypeError(f"people is {people!r}: give a list of ID numbers")
    index = pd.Index(people if isinstance(people, (pd.Index, pd.Series)) else list(people), name="id_number")
    given.once("people", index)
    return index


def _weights(points: Mapping[str, float] | pd.Series, kinds: pd.Index) -> NDArray[np.float64]:
    taken = _series("points", points)
    given.once("points", taken.index)
    for event in taken.index:
        if event not in kinds:
            raise ValueError(f"points knows {event!r}, which is no event: there are {', '.join(kinds)}")
    for event in kinds:
        if event not in taken.index:
            raise ValueError(f"points has nothing for {event!r}: give 0 for what shall not count")
    weights = _numbers("points", taken.reindex(kinds))
    if not np.isfinite(weights).all():
        event = kinds[~np.isfinite(weights)][0]
        raise ValueError(f"points of {event!r} is {taken[event]}: give a finite number")
    return weights


def _series(argument: str, taken: Any) -> pd.Series:
    if isinstance(taken, pd.Series):
        return taken
    if isinstance(taken, Mapping):
        return pd.Series(dict(taken), dtype=object)
    raise TypeError(f"{argument} is a {type(taken).__name__}: give a dictionary or a pandas Series")


def _numbers(argument: str, taken: pd.Series) -> NDArray[np.float64]:
    try:
        return taken.to_numpy(dtype=np.float64)
    except (TypeError, ValueError):
        raise TypeError(f"{argument} holds something that is no number: {taken.tolist()[:3]}") from None


def _check_events(events: pd.DataFrame) -> None:
    given.table("events", events, ("id_number", "when", "event"), empty=True)
    if not isinstance(events["event"].dtype, pd.CategoricalDtype) or events["event"].isna().any():
        raise ValueError(
            "events['event'] must be categorical and complete, as dossier.score.schemes.events gives it"
        )
