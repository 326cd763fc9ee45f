"""Lesson 02, anatomy of a score: what weights and lines do to the adults of Sorrel.

Scores, grades and groups come from the package's models; Sorrel's records, rules and points are invented.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import ipywidgets
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dossier.explore import theme
from dossier.explore.controls import Choice, Slider
from dossier.explore.explorable import Explorable, Summary, explorable
from dossier.explore.formula import FormulaProblem, learners_formula
from dossier.explore.frames import Figure
from dossier.explore.guess import GuessCurve, GuessValue, Result, Settings
from dossier.explore.table import EditableTable, Number, Tick
from dossier.republic import Republic
from dossier.score.groups import age_group, surname_commonness
from dossier.score.schemes import (
    BASE,
    counts,
    events,
    grades,
    lowest_ranked,
    other_schemes,
    rank_correlation,
    refused_tickets,
    sorrels_grades,
    sorrels_rules,
    statement,
)

OF_AGE = 18
LINE = 850  # of Sorrel's grade B: whoever stands below it may not fly
HER_NUMBER = "670005197808157085"  # the citizen of the lesson's first scene
EXERCISE_NUMBER = "670000198801086109"  # the exercise asks for her score, so no chart may tell it


# ---------------------------------------------------------------------------------------------- the adults of Sorrel


@cache
def _sorrel() -> Republic:
    return Republic.sample()


@cache
def _events() -> pd.DataFrame:
    return events(_sorrel().tables, sorrels_rules())


@cache
def _points() -> pd.Series:
    return sorrels_rules()["points"].astype(float)


@cache
def _grades() -> pd.DataFrame:
    return sorrels_grades()


@cache
def adults() -> pd.DataFrame:
    """Give everybody who is scored, by ID number, with the groups that a chart can break them down by."""
    people = _sorrel().people.merge(_sorrel().households[["household", "tenure"]], on="household")
    people["surname_group"] = surname_commonness(people["surname"])
    people["place"] = people["district"].map(_sorrel().districts.set_index("district")["name"])
    people = people[people["age"] >= OF_AGE].set_index("id_number")
    people["age_group"] = age_group(people["age"])
    people["home"] = people["tenure"].map({"owner": "own", "tenant": "rent"})
    return people


@cache
def event_counts() -> pd.DataFrame:
    """Count the events of every adult, of every kind."""
    return counts(_events(), adults().index)


GROUPS = {
    "district": "place",
    "renting or owning": "home",
    "age": "age_group",
    "how common the surname is": "surname_group",
}


@cache
def _parted(by: str) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Names of the groups, and the group of every adult: split once, because a slider moves in milliseconds."""
    group = adults()[GROUPS[by]].astype("category")
    return tuple(map(str, group.cat.categories)), group.cat.codes.to_numpy().astype(np.int64)


def score_everybody(event_counts: pd.DataFrame, points: pd.Series) -> pd.Series:
    """Give the base and the sum of points to everybody: what the lesson has in the open."""
    return BASE + event_counts @ points


@cache
def _sorrels_own() -> tuple[pd.Series, pd.Series]:
    scores = score_everybody(event_counts(), _points())
    return scores, scores < LINE


# ---------------------------------------------------------------------------------------------- who is barred, drawn

WIDTH = 25
LOWEST, HIGHEST = 300, 1300
LEFT_ENDS = np.arange(LOWEST, HIGHEST, WIDTH)
TOP_SHARES = (0.2, 0.5, 1.0)  # the share axis: the first that holds every bar
HATCHED = {"shape": "/", "fillmode": "overlay", "fgcolor": "#ffffff", "size": 6, "solidity": 0.25}


def _barred(scores: pd.Series, barred: NDArray[np.bool_], grade: pd.Series, by: str) -> Result:
    """Everything that both charts of the punished show."""
    before = _sorrels_own()[1].to_numpy()
    place = np.clip((scores.to_numpy() - LOWEST) // WIDTH, 0, len(LEFT_ENDS) - 1).astype(int)
    names, group = _parted(by)
    size, now, was, new = (
        np.bincount(group[chosen], minlength=len(names))
        for chosen in (slice(None), barred, before, barred & ~before)
    )
    largest = max((now / size).max(), (was / size).max())
    return {
        "people": np.bincount(place, minlength=len(LEFT_ENDS)),
        "hit": np.bincount(place[barred], minlength=len(LEFT_ENDS)),
        "letters": list(grade.cat.categories),
        "graded": np.bincount(grade.cat.codes, minlength=len(grade.cat.categories)),
        "groups": list(names),
        "size": size,
        "now": now,
        "was": was,
        "new": new,
        "barred": int(barred.sum()),
        "newly": int((barred & ~before).sum()),
        "cleared": int((before & ~barred).sum()),
        "all": len(barred),
        "top": next(top for top in TOP_SHARES if largest <= top),
    }


def _barred_figure(result: Result, settings: Settings) -> Figure:
    people, hit = result["people"], result["hit"]
    middles = LEFT_ENDS + WIDTH / 2
    line = settings.get("line")
    share, new, was = (result[name] / result["size"] for name in ("now", "new", "was"))
    rows = np.arange(len(share))[::-1]
    top = result["top"]
    bar = {
        "type": "bar",
        "width": [WIDTH * 0.9] * len(middles),
        "hovertemplate": "%{y} people<extra></extra>",
    }
    across = {
        "type": "bar",
        "orientation": "h",
        "width": 0.6,
        "xaxis": "x2",
        "yaxis": "y2",
        "hoverinfo": "skip",
    }
    return {
        "data": [
            {**bar, "x": middles, "y": _from_one(people), "marker": {"color": theme.BLUE}},
            {
                **bar,
                "x": middles,
                "y": _from_one(hit),
                "marker": {
                    "color": theme.VERMILION,
                    "pattern": HATCHED,
                },
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": [line, line] if line else [],
                "y": [0.61, 9_000] if line else [],
                "line": {"color": theme.GREY, "width": 2, "dash": "dash"},
                "hoverinfo": "skip",
            },
            {
                **across,
                "x": share - new,
                "y": rows,
                "marker": {
                    "color": theme.VERMILION,
                    "pattern": HATCHED,
                },
            },
            {**across, "x": new, "base": share - new, "y": rows, "marker": {"color": theme.ORANGE}},
            {
                "type": "scatter",
                "mode": "markers",
                "xaxis": "x2",
                "yaxis": "y2",
                "x": was,
                "y": rows,
                "marker": {
                    "symbol": "diamond",
                    "size": 11,
                    "color": "#ffffff",
                    "line": {"width": 2, "color": "#1f1f1f"},
                },
                "hovertemplate": "Sorrel's own scheme: %{x:.1%}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "text",
                "xaxis": "x2",
                "yaxis": "y2",
                "x": np.maximum(share, was) + 0.08 * top,
                "y": rows,
                "text": [
                    (f"{part:.1%}" if part < 0.1 else f"{part:.0%}") + (f" +{fresh}" if fresh else "")
                    for part, fresh in zip(share, result["new"], strict=True)
                ],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "barmode": "overlay",
            "xaxis": {
                "title": {"text": "Score"},
                "range": [LOWEST, HIGHEST],
                "tickvals": [400, 600, 800, 1000, 1200],
                "anchor": "y",
            },
            "yaxis": {
                "title": {"text": "People"},
                "type": "log",
                "range": [-0.22, 4.1],
                "tickvals": [1, 10, 100, 1000],
                "ticktext": ["1", "10", "100", "1,000"],
                "domain": [0.66, 1],
            },
            "xaxis2": {
                "title": {"text": "Share that may not fly"},
                "range": [0, 1.75 * top],  # room for the words beside the longest bar
                "tickvals": [0, 0.5 * top, top],
                "tickformat": ".0%",
                "anchor": "y2",
            },
            "yaxis2": {
                "title": {"text": "Group"},
                "range": [-0.6, len(share) - 0.4],
                "tickvals": list(rows),
                "ticktext": result["groups"],
                "domain": [0, 0.44],
                "showgrid": False,
            },
            "height": 410,
        },
    }


def _from_one(people: NDArray[np.int64]) -> NDArray[np.float64]:
    """A logarithmic axis has no zero: an empty bar is left out."""
    return np.where(people > 0, people, np.nan)


def _barred_words(result: Result) -> str:
    share = result["now"] / result["size"]
    most, least = (
        f"{result['groups'][place]} ({share[place]:.1%})" for place in (share.argmax(), share.argmin())
    )
    differ = f"{share.max():.1%}" != f"{share.min():.1%}"
    parted = f"Hit most: {most}; least: {least}." if differ else "All groups alike."
    graded = zip(result["letters"][::-1], result["graded"][::-1], strict=True)
    changed = (
        "exactly those whom Sorrel's own scheme bars"
        if result["newly"] == result["cleared"] == 0
        else f"{result['newly']:,} newly barred and {result['cleared']:,} newly cleared, compared with Sorrel's own scheme"
    )
    return (
        f"{result['barred']:,} of {result['all']:,} adults may not fly: {changed}. "
        f"{parted} People in each grade: {', '.join(f'{letter} {number:,}' for letter, number in graded)}."
    )


def _barred_table(result: Result) -> dict[str, Any]:
    return {
        "Group": result["groups"],
        "Adults": result["size"],
        "May not fly": result["now"],
        "Share": [f"{part:.1%}" for part in result["now"] / result["size"]],
        "Sorrel's scheme": [f"{part:.1%}" for part in result["was"] / result["size"]],
        "Newly barred": result["new"],
        "Newly cleared": result["was"] - result["now"] + result["new"],
    }


BARRED_ALT = (
    "Above, bars for how many adults have each score, hatched where they may not fly; the scale "
    "of people grows tenfold at each step. Below, for each group, a bar for the share that may not fly, its last part for the newly "
    "barred, and a diamond for the share under Sorrel's own scheme."
)


# ---------------------------------------------------------------------------------------------- who falls below the line

# The sliders: argument, label, event, end of the range, step.
WEIGHTS = (
    ("judgment", "Points: judgment not obeyed", "judgment, not obeyed", -300, 20),
    ("bill", "Points: bill paid late", "bill paid late", -100, 10),
    ("post", "Points: critical post", "critical post", -100, 10),
    ("work", "Points: voluntary work", "voluntary work", 20, 1),
)


def _line_model(formula: Callable[..., Any]) -> Callable[..., Result]:
    def model(line: float, by: str, **weights: float) -> Result:
        points = _points().copy()
        for name, _, event, _, _ in WEIGHTS:
            points[event] = weights[name]
        scores = _by_formula(formula, points)
        lowest = _grades()["lowest"].copy()
        lowest["B"] = line
        return _barred(scores, (scores < line).to_numpy(), grades(scores, lowest), by)

    return model


def _by_formula(formula: Callable[..., Any], points: pd.Series) -> pd.Series:
    with learners_formula():
        scores = formula(event_counts(), points)
    if not isinstance(scores, pd.Series) or len(scores) != len(event_counts()):
        raise FormulaProblem(
            "Your formula did not give one score for each person. Does it end with a line that begins with return?"
        )
    try:
        scores = scores.astype(float)
    except (TypeError, ValueError):
        raise FormulaProblem("Your formula gave something that is no number") from None
    if not np.isfinite(scores).all():
        raise FormulaProblem("Your formula gave a score that is no finite number")
    return scores


def _line_summary(result: Result, settings: Settings) -> Summary:
    return f"With the line at {settings['line']} points, {_barred_words(result)}", _barred_table(result)


@explorable
def who_falls_below_the_line(formula: Callable[..., Any] = score_everybody, **start: Any) -> Explorable:
    """Who may not fly, as weights and the line move; scored with the learner's own formula if one is given."""
    points = sorrels_rules()["points"]
    sliders = [
        Slider(
            name,
            label,
            low=min(end, 0),
            high=max(end, 0),
            step=step,
            default=int(points[event]),
        )
        for name, label, event, end, step in WEIGHTS
    ]
    return Explorable(
        "Who falls below the line",
        [
            Slider(
                "line",
                "The line: below it, no flights",
                low=625,
                high=950,
                step=WIDTH,
                default=LINE,
                unit="points",
            ),
            *sliders,
            Choice("by", "Break down by", list(GROUPS), default="renting or owning"),
        ],
        _line_model(formula),
        _barred_figure,
        _line_summary,
        start=start,
        alt=BARRED_ALT,
        guess=GuessValue(
            f"Sorrel scores {len(adults()):,} adults. How many of them stand below {LINE} and may not fly?",
            Slider(
                "guess", "Adults who may not fly", low=0, high=2_000, step=10, default=1_000, unit="adults"
            ),
            truth=lambda result, settings: result["barred"],
        ),
    )


# ---------------------------------------------------------------------------------------------- two schemes, two lists

STEPS = np.arange(0, 101, 5)


@dataclass(frozen=True)
class Way:
    """From Sorrel's points to another party's, in steps of 5 %: how the order and the list of the punished change."""

    correlation: NDArray[np.float64]
    common: NDArray[np.float64]
    punished: NDArray[np.int64]
    both: NDArray[np.int64]


@cache
def way_to(other: str) -> Way:
    """Mix Sorrel's points with another party's; at every step as many are punished as under Sorrel's own scheme, or a few more."""
    own, hit = _sorrels_own()
    ours, theirs = sorrels_rules()["points"], other_schemes()[other]
    correlation, punished, both = [], [], []
    for part in STEPS / 100:
        scores = score_everybody(event_counts(), ours + part * (theirs - ours))
        listed = lowest_ranked(scores, int(hit.sum()))
        correlation.append(rank_correlation(own, scores))
        punished.append(int(listed.sum()))
        both.append(int((listed & hit).sum()))
    return Way(np.array(correlation), np.array(both) / int(hit.sum()), np.array(punished), np.array(both))


def _schemes_model(other: str, mix: int) -> Result:
    way = way_to(other)
    at = int(np.flatnonzero(mix == STEPS)[0])
    return {
        "correlation": way.correlation,
        "common": way.common,
        "at": at,
        "punished": int(way.punished[at]),
        "both": int(way.both[at]),
        "own": int(way.both[0]),
    }


def _schemes_figure(result: Result, settings: Settings) -> Figure:
    at = result["at"]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+text",
                "meta": "context",
                "x": STEPS,
                "y": result["correlation"],
                "text": [""] * 10 + ["rank correlation"] + [""] * 10,
                "textposition": "top center",
                "line": {"color": theme.BLUE, "width": 3, "dash": "dash"},
                "hovertemplate": "%{x}% of the way: rank correlation %{y:.3f}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": STEPS,
                "y": result["common"],
                "line": {"color": theme.VERMILION, "width": 3},
                "hovertemplate": "%{x}% of the way: %{y:.0%} in common<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [STEPS[at]] * 2,
                "y": [result["correlation"][at], result["common"][at]],
                "text": ["", f" {result['common'][at]:.0%} still punished "],
                "textposition": "bottom left" if STEPS[at] > 50 else "bottom right",
                "marker": {
                    "color": [theme.BLUE, theme.VERMILION],
                    "size": 13,
                    "symbol": ["square", "diamond"],
                },
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Way to the other scheme (%)"},
                "range": [-3, 106],
                "tickvals": [0, 25, 50, 75, 100],
            },
            "yaxis": {
                "title": {"text": "Agreement"},
                "range": [0, 1.3],
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
            },
        },
    }


def _schemes_summary(result: Result, settings: Settings) -> Summary:
    at = result["at"]
    way = (
        f"With the points of “{settings['other']}”"
        if settings["mix"] == 100
        else "With Sorrel's own points"
        if settings["mix"] == 0
        else f"With points {settings['mix']}% of the way to “{settings['other']}”"
    )
    text = (
        f"{way}, the rank correlation with Sorrel's scores is {result['correlation'][at]:.3f}. Of the {result['own']} whom "
        f"Sorrel punishes, {result['both']} ({result['common'][at]:.0%}) are punished again. "
        f"Off the list: {result['own'] - result['both']}. New on it: {result['punished'] - result['both']}."
    )
    every = slice(None, None, 5)
    return text, {
        "Way": [f"{step}%" for step in STEPS[every]],
        "Rank correlation": [f"{number:.3f}" for number in result["correlation"][every]],
        "Still punished": [f"{number:.0%}" for number in result["common"][every]],
    }


@explorable
def two_schemes(**start: Any) -> Explorable:
    """How far two lists of the punished part while the order of everybody hardly changes."""
    handles = (0, 20, 40, 60, 80, 100)
    return Explorable(
        "Two schemes, two lists",
        [
            Choice("other", "The other scheme", list(other_schemes())),
            Slider("mix", "Way to the other scheme", low=0, high=100, step=5, default=100, unit="%"),
        ],
        _schemes_model,
        _schemes_figure,
        _schemes_summary,
        start=start,
        alt="Two curves from Sorrel's points on the left to another scheme's on the right: the rank correlation of the scores, and the share "
        "of those punished by Sorrel who are still punished.",
        guess=GuessCurve(
            "The points move step by step from Sorrel's (0%) to those of the other scheme (100%). The dashed line is the rank "
            "correlation: the order of the adults hardly changes. What share of those whom Sorrel punishes is still punished?",
            at=handles,
            slider=Slider("guess", "Still punished", low=0, high=1, step=0.02, default=0.5, format=".0%"),
            truth=lambda result, settings: np.round(result["common"][[int(at) // 5 for at in handles]], 2),
            unit_x="% of the way",
        ),
    )


# ---------------------------------------------------------------------------------------------- your own scheme


def editable_rules() -> EditableTable:
    """Sorrel's rules as a table whose points can be changed."""
    return EditableTable(
        "Points for each event",
        sorrels_rules(),
        [Number("points", "Points", low=-500, high=500, step=5)],
        labels={"event": "Event"},
        hidden=["registry", "where"],
        name="my_rules",
    )


def _lines_fall(table: pd.DataFrame) -> tuple[str, str, str] | None:
    """Find the first line that is not below the one before, which `grades` would refuse."""
    for (above, high), (below, low) in pairwise(table["lowest"].items()):
        if not low < high:
            return (
                str(below),
                "lowest",
                f"The line of {below} ({low:g}) must lie below that of {above} ({high:g}).",
            )
    return None


def editable_grades() -> EditableTable:
    """Sorrel's grades as a table whose lines and consequences can be changed."""
    return EditableTable(
        "Grades and what follows",
        sorrels_grades(),
        [
            Number("lowest", "Lowest score", low=0, high=2_000, step=5),
            Tick("may_fly", "May fly"),
            Number("heating_rebate", "Heating rebate", low=0, high=2_000, step=50, unit="leaves"),
        ],
        labels={"grade": "Grade"},
        check=_lines_fall,
        name="my_grades",
    )


@cache
def _payers() -> NDArray[np.bool_]:
    """Who pays a heating bill, among the adults."""
    bills = _sorrel().utility_payments
    return np.asarray(adults().index.isin(bills.loc[bills["service"] == "heating", "id_number"]))


@cache
def _flights() -> pd.DataFrame:
    return _sorrel().flights


def _own_model(rules: pd.DataFrame, table: pd.DataFrame, by: str) -> Result:
    scores = score_everybody(event_counts(), rules["points"])
    grade = grades(scores, table["lowest"])
    # Grades are coded from the worst up; the table stands from the best down.
    code = grade.cat.codes.to_numpy()
    barred = ~table["may_fly"].to_numpy(bool)[::-1][code]
    rebate = table["heating_rebate"].to_numpy(float)[::-1][code][_payers()]
    refused = refused_tickets(_flights(), pd.Series(barred, index=scores.index))
    own, _ = _sorrels_own()
    return {
        **_barred(scores, barred, grade, by),
        "correlation": np.nan if scores.min() == scores.max() else rank_correlation(own, scores),
        "tickets": len(refused),
        "travellers": int(refused["id_number"].nunique()),
        "rebates": float(rebate.sum()),
        "rebated": int((rebate > 0).sum()),
    }


def _own_summary(result: Result, settings: Settings) -> Summary:
    order = (
        "Everybody has the same score, so there is no order."
        if np.isnan(result["correlation"])
        else f"Rank correlation with Sorrel's scheme: {result['correlation']:.3f}."
    )
    return (
        f"{_barred_words(result)} {order} In 2016: tickets refused {result['tickets']:,}, "
        f"people refused {result['travellers']:,}; heating rebates {result['rebates']:,.0f} leaves, people who get one {result['rebated']:,}.",
        _barred_table(result),
    )


@explorable
def your_own_scheme(
    rules: EditableTable | None = None, grades: EditableTable | None = None, **start: Any
) -> Explorable:
    """Whom the learner's own scheme hits: follows two editable tables, or stands at Sorrel's scheme where none is given."""

    def model(by: str) -> Result:
        return _own_model(
            sorrels_rules() if rules is None else rules.value,
            sorrels_grades() if grades is None else grades.value,
            by,
        )

    chart = Explorable(
        "Your own scheme",
        [Choice("by", "Break down by", list(GROUPS), default="renting or owning")],
        model,
        _barred_figure,
        _own_summary,
        start=start,
        alt=BARRED_ALT,
    )
    chart.follow(*(table for table in (rules, grades) if table is not None))
    return chart


class Workbench(ipywidgets.VBox):  # type: ignore[misc]
    """Two tables and the chart that follows them, so near to each other that a change is seen where it is made."""

    def __init__(self, rules: EditableTable, grades: EditableTable) -> None:
        self.chart = your_own_scheme(rules=rules, grades=grades)
        self.text = "\n\n".join(map(str, (grades, rules, self.chart)))
        rules.layout.flex, self.chart.layout.flex = "1 1 390px", "3 1 400px"
        beside = {"flex_flow": "row wrap", "align_items": "flex-start"}
        super().__init__([grades, ipywidgets.HBox([rules, self.chart], layout=beside)])

    def _repr_mimebundle_(self, **options: Any) -> Any:
        shown = super()._repr_mimebundle_(**options)
        return shown | {"text/plain": self.text} if isinstance(shown, dict) else shown

    def __repr__(self) -> str:
        """The text alternatives of all three."""
        return self.text


def workbench(rules: EditableTable, grades: EditableTable) -> Workbench:
    """Lay out the learner's scheme: the grades above, the points beside the chart that follows both."""
    return Workbench(rules, grades)


# ---------------------------------------------------------------------------------------------- one citizen's account

YEAR_START = pd.Timestamp("2016-01-01")
BEFORE = -1.0  # where the years before 2016 begin: four years, drawn as one month
FIRST_YEAR = 2012


@dataclass(frozen=True)
class Account:
    """One citizen's events in the order of time: month of 2016 (below 0 for earlier years), label, date."""

    id_number: str
    label: str
    month: NDArray[np.float64]
    event: tuple[str, ...]
    date: tuple[str, ...]


@cache
def accounts() -> tuple[Account, ...]:
    """Give the citizen of the scene, then one of each grade, then for four kinds of event somebody barred whom it cost most."""
    scores, hit = _sorrels_own()
    points = sorrels_rules()["points"]
    taken = event_counts() * points
    variety = (event_counts() > 0).sum(axis=1)
    chosen = [HER_NUMBER]

    def add(candidates: pd.Series) -> None:
        left = candidates.drop(index=[*chosen, EXERCISE_NUMBER], errors="ignore")
        chosen.append(left.sort_index().sort_values(ascending=False, kind="stable").index[0])

    grade = grades(scores, sorrels_grades()["lowest"])
    for letter in sorrels_grades().index:
        add(variety[grade == letter])
    for event in ("tax still owed", "drink driving", "judgment over words", "bill paid late"):
        share = -taken.loc[hit, event] / (BASE - scores[hit])
        add(share)
    return tuple(_account(id_number) for id_number in chosen)


def _account(id_number: str) -> Account:
    person = adults().loc[id_number]
    hers = statement(_events(), sorrels_rules()["points"], id_number)
    when = hers["when"]
    in_year = (when - YEAR_START) / pd.Timedelta(days=366) * 12
    earlier = BEFORE * (1 - (when - pd.Timestamp(f"{FIRST_YEAR}-01-01")) / pd.Timedelta(days=1461))
    return Account(
        id_number,
        f"{person['given_name']} {person['surname']}, {person['age']}, {person['activity']}",
        np.where(when < YEAR_START, earlier, in_year).astype(float),
        tuple(hers["event"].astype(str)),
        tuple(when.dt.strftime("%Y-%m-%d")),
    )


def _account_model(citizen: str, post: int) -> Result:
    account = next(account for account in accounts() if account.label == citizen)
    points = _points().to_dict() | {"critical post": post}
    each = np.array([points[event] for event in account.event], dtype=float)
    after = BASE + np.cumsum(each)
    final = float(after[-1]) if len(after) else float(BASE)
    letter = grades(pd.Series([final]), _grades()["lowest"]).iloc[0]
    return {"account": account, "points": each, "after": after, "final": final, "grade": str(letter)}


def _account_figure(result: Result, settings: Settings) -> Figure:
    account, each, after = result["account"], result["points"], result["after"]
    lines = _grades()["lowest"].iloc[:-1]
    gains = each > 0
    marks: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "markers",
            "x": account.month[which],
            "y": after[which],
            "text": [
                f"{date}: {event}, {number:+g}"
                for date, event, number, one in zip(account.date, account.event, each, which, strict=True)
                if one
            ],
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {"color": colour, "size": 12, "symbol": symbol},
        }
        for which, colour, symbol in (
            (gains, theme.GREEN, "triangle-up"),
            (~gains, theme.VERMILION, "triangle-down"),
        )
    ]
    # The two kinds of event that cost most are named, where they last happened: no later step of theirs crosses the words.
    named = [event for event, cost in _costs(result) if cost <= -50][:2]
    places = [len(account.event) - 1 - account.event[::-1].index(event) for event in named]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "x": np.tile([BEFORE - 0.3, 12.2, np.nan], len(lines)),
                "y": np.repeat(lines.to_numpy(), 3),
                "line": {"color": theme.GREY, "width": 1, "dash": "dot"},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [12.3] * 6,
                "y": [1115, 1052, 995, 905, 725, 500],
                "text": list(_grades().index),
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": np.r_[BEFORE - 0.3, account.month, 12.2],
                "y": np.r_[BASE, after, result["final"]],
                "line": {"color": theme.BLUE, "width": 3, "shape": "hv"},
                "hoverinfo": "skip",
            },
            *marks,
            {
                "type": "scatter",
                "mode": "text",
                "x": account.month[places],
                "y": after[places],
                "text": [f" {event} " for event in named],
                "textposition": [
                    "bottom left" if account.month[place] > 4 else "top right" for place in places
                ],
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "2016"},
                "range": [BEFORE - 0.4, 14],
                "tickvals": [BEFORE / 2, 2.5, 5.5, 8.5, 11.5],
                "ticktext": ["before", "Mar", "Jun", "Sep", "Dec"],
                "tickangle": 0,
                "showgrid": False,
            },
            "yaxis": {
                "title": {"text": "Score"},
                "range": [400, 1250],
                "tickvals": [400, 600, 850, 1000, 1200],
                "showgrid": False,
            },
            "height": 440,
        },
    }


def _costs(result: Result) -> list[tuple[str, float]]:
    """Points by kind of event, the dearest first."""
    costs: dict[str, float] = {}
    for event, number in zip(result["account"].event, result["points"], strict=True):
        costs[event] = costs.get(event, 0.0) + number
    return sorted(costs.items(), key=lambda cost: cost[1])


def _account_summary(result: Result, settings: Settings) -> Summary:
    account, each = result["account"], result["points"]
    costs = _costs(result)
    worst = f" Most points went on: {costs[0][0]} ({costs[0][1]:+g})." if costs and costs[0][1] < 0 else ""
    flies = "may fly" if bool(_grades().loc[result["grade"], "may_fly"]) else "may not fly"
    text = f"{settings['citizen'].split(',')[0]} ends the year with {result['final']:,g} points, grade {result['grade']}: {flies}.{worst}"
    if "critical post" not in account.event:
        text += " No critical post is on this account, so the slider changes nothing."
    return text, {
        "Date": list(account.date),
        "Event": list(account.event),
        "Points": [f"{number:+g}" for number in each],
        "Score": [f"{score:g}" for score in result["after"]],
    }


def _hers(post: int) -> float:
    """Where the citizen of the scene ends, if a critical post costs so much."""
    return float(_account_model(accounts()[0].label, post)["final"])


@explorable
def one_citizens_account(**start: Any) -> Explorable:
    """Why somebody has the grade that they have: every event and its points, through the year."""
    points = sorrels_rules()["points"]
    return Explorable(
        "Why this grade?",
        [
            Choice("citizen", "Citizen", [account.label for account in accounts()]),
            Slider(
                "post",
                "Points for a critical post",
                low=-100,
                high=0,
                step=10,
                default=int(points["critical post"]),
            ),
        ],
        _account_model,
        _account_figure,
        _account_summary,
        start=start,
        guess=GuessValue(
            f"{accounts()[0].label.split(',')[0]} stands at {_hers(int(points['critical post'])):g} points, with three critical posts at "
            f"{-points['critical post']} points each. What would her score be if critical posts cost nothing?",
            Slider("guess", "Her score", low=600, high=1_200, step=10, default=650, unit="points"),
            truth=lambda result, settings: _hers(0),
        ),
        alt="A line of steps, one citizen's score from before 2016 to the end of the year: down at every event that costs points, up at every "
        "one that earns some; dotted lines part the grades.",
    )
