"""Lesson 03, wrongly punished: what a flag means when few are guilty, where to draw the line, and whose records go astray.

The sums are those of `dossier.score.screening` and `dossier.score.linkage_error`; the records are Sorrel's, the shares that were found
in the world are the ledger's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dossier.evidence import fact, ledger
from dossier.explore import theme
from dossier.explore.controls import Choice, Slider
from dossier.explore.explorable import Explorable, Summary, explorable
from dossier.explore.formula import FormulaProblem, learners_formula
from dossier.explore.frames import Figure
from dossier.explore.guess import GuessValue, Result, Settings
from dossier.explore.text import counted
from dossier.republic import Republic
from dossier.score.groups import COMMONNESS, surname_commonness
from dossier.score.linkage_error import (
    bootstrap_interval,
    expected_foreign_events,
    misdirections,
    namesake_groups,
)
from dossier.score.schemes import BASE, events, scores, sorrels_grades, sorrels_rules
from dossier.score.screening import (
    area_under_roc,
    best_line,
    binormal_rates,
    cost_of_line,
    natural_frequencies,
    positive_predictive_value,
)

Formula = Callable[..., Any]


def _computed(formula: Formula, *arguments: float) -> float:
    """Run a learner's formula for one set of numbers; nobody flagged is not a number, not an error."""
    with learners_formula():
        try:
            given_back = formula(*arguments)
        except ZeroDivisionError:
            return float("nan")
        if given_back is None:
            raise FormulaProblem("Your formula gave nothing back. Does it end with a return?")
        return float(given_back)


def _percent(share: float) -> str:
    """Write a share with no more digits than help: 100%, 99.7%, 62%, 9.0%, 0.33%."""
    percent = 100 * share
    if percent in (0, 100) or 10 <= percent < 99:
        return f"{percent:.0f}%"
    if percent < 0.001:
        return "under 0.001%"
    if percent > 99.95:
        return "over 99.9%"
    return f"{percent:.1f}%" if percent >= 1 else f"{percent:.2g}%"


# ---------------------------------------------------------------------------------------------- a thousand people

COLUMNS, ROWS = 40, 25
PEOPLE = COLUMNS * ROWS


def _run(first: int, last: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Outline the places ``first`` up to ``last`` of people who stand row by row, from the top left: always nine corners."""
    (row, column), (last_row, last_column) = divmod(first, COLUMNS), divmod(last, COLUMNS)
    across = [column, COLUMNS, COLUMNS, last_column, last_column, 0, 0, column, column]
    down = [row, row, last_row, last_row, last_row + 1, last_row + 1, row + 1, row + 1, row]
    return np.array(across, dtype=float), np.maximum(ROWS - np.array(down, dtype=float), 0)


def _between() -> tuple[list[float | None], list[float | None]]:
    """Lines that cut the field into people."""
    x: list[float | None] = []
    y: list[float | None] = []
    for column in range(COLUMNS + 1):
        x += [column, column, None]
        y += [0, ROWS, None]
    for row in range(ROWS + 1):
        x += [0, COLUMNS, None]
        y += [row, row, None]
    return x, y


# What each kind of person is called, its colour, its texture, and how high its key stands above the field.
KINDS = (
    ("guilty_missed", "guilty, missed", theme.BLUE, "/", 28),
    ("guilty_flagged", "guilty, flagged", theme.BLUE, "", 32),
    ("innocent_flagged", "innocent, flagged", theme.VERMILION, "x", 30),
    ("innocent_cleared", "innocent, cleared", "rgba(127,127,127,0.3)", "", 26),
)


def _filled(x: Any, y: Any, colour: str, texture: str) -> dict[str, Any]:
    pattern = {
        "shape": texture,
        "fgcolor": colour,
        "bgcolor": "rgba(127,127,127,0.1)",
        "size": 6,
        "solidity": 0.5,
    }
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "fill": "toself",
        "fillcolor": colour,
        **({"fillpattern": pattern} if texture else {}),
        "line": {"width": 0, "color": colour},
        "hoverinfo": "skip",
    }


def _people_model(formula: Formula) -> Callable[..., Result]:
    def model(guilty: int, sensitivity: float, specificity: float) -> Result:
        prevalence = guilty / PEOPLE
        counts = natural_frequencies(PEOPLE, prevalence, sensitivity / 100, specificity / 100)
        share = _computed(formula, prevalence, sensitivity / 100, specificity / 100)
        return {"counts": counts, "share": share, "guilty_flagged": guilty * sensitivity / 100}

    return model


def _drawn_as_nobody(result: Result) -> bool:
    """Tell whether some guilty are flagged on average, but too few to be drawn as a person."""
    return bool(result["guilty_flagged"] > 0 and result["counts"]["guilty_flagged"] == 0)


def _people_figure(result: Result, settings: Settings) -> Figure:
    counts, share = result["counts"], result["share"]
    ends = np.cumsum([0, *(counts[kind] for kind, *_ in KINDS)])
    runs = [
        _filled(*_run(first, last), colour, texture)
        for (_, _, colour, texture, _), first, last in zip(KINDS, ends[:-1], ends[1:], strict=True)
    ]
    keys = [
        _filled([0, 1.5, 1.5, 0, 0], [y, y, y + 1.3, y + 1.3, y], colour, texture)
        for _, _, colour, texture, y in KINDS
    ]
    x, y = _between()
    flagged = counts["guilty_flagged"] + counts["innocent_flagged"]
    headline = (
        f"guilty among the flagged: {_percent(share)}"
        if flagged and np.isfinite(share)
        else "nobody is flagged"
        if not flagged
        else "guilty among the flagged: no number"
    )
    return {
        "data": [
            *runs,
            *keys,
            {
                "type": "scatter",
                "mode": "lines",
                "meta": "context",
                "x": x,
                "y": y,
                "line": {"color": "rgba(150,150,150,0.9)", "width": 1},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [2.2] * len(KINDS) + [0],
                "y": [height + 0.65 for *_, height in KINDS] + [34.8],
                "text": [
                    f"{name}: {counts[kind]:,}"
                    + (
                        f" ({result[kind]:g} on average)"
                        if kind == "guilty_flagged" and _drawn_as_nobody(result)
                        else ""
                    )
                    for kind, name, *_ in KINDS
                ]
                + [f"<b>{headline}</b>"],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "1,000 people, 40 in a row"},
                "range": [0, COLUMNS],
                "tickvals": [],
                "showgrid": False,
                "zeroline": False,
                "showline": False,
            },
            "yaxis": {
                "title": {"text": "25 rows"},
                "range": [0, 36],
                "tickvals": [],
                "showgrid": False,
                "zeroline": False,
                "showline": False,
            },
            "height": 470,
        },
    }


def _people_summary(result: Result, settings: Settings) -> Summary:
    counts, share = result["counts"], result["share"]
    right, wrong = counts["guilty_flagged"], counts["innocent_flagged"]
    guilty = right + counts["guilty_missed"]
    caught = (
        f"on average {result['guilty_flagged']:g} of a guilty person is flagged, drawn as nobody. "
        if _drawn_as_nobody(result)
        else f"{right} of these {'is' if right == 1 else 'are'} flagged. "
    )
    said = (
        f"Of 1,000 people {guilty} {'is' if guilty == 1 else 'are'} guilty, and {caught}"
        f"Of the {PEOPLE - guilty:,} innocent, {wrong} {'is' if wrong == 1 else 'are'} flagged{' too' if right else ''}. "
    )
    if right + wrong == 0:
        said += (
            "So nobody is flagged wrongly."
            if _drawn_as_nobody(result)
            else "Nobody is flagged, so nobody is flagged wrongly."
        )
    elif np.isfinite(share):
        said += (
            f"So {right + wrong} {'is' if right + wrong == 1 else 'are'} flagged, and {_percent(share)} of the flagged are guilty "
            "(computed before people are rounded to whole ones)."
        )
    else:
        said += "The formula gives no number here."
    flagged, not_flagged = [right, wrong], [counts["guilty_missed"], counts["innocent_cleared"]]
    return said, {"Who": ["guilty", "innocent"], "Flagged": flagged, "Not flagged": not_flagged}


@explorable
def a_thousand_people(formula: Formula = positive_predictive_value, **start: Any) -> Explorable:
    """A thousand people, guilty or innocent, flagged or not; with the learner's own formula for the share if one is given."""
    return Explorable(
        "A thousand people",
        [
            Slider("guilty", "Guilty", low=0, high=200, step=1, default=1, unit="of 1,000"),
            Slider(
                "sensitivity",
                "Guilty who are flagged",
                low=0,
                high=100,
                step=1,
                default=99,
                unit="%",
                format="g",
            ),
            Slider(
                "specificity",
                "Innocent who are cleared",
                low=50,
                high=100,
                step=0.5,
                default=99,
                unit="%",
                format="g",
            ),
        ],
        _people_model(formula),
        _people_figure,
        _people_summary,
        start=start,
        alt="A field of a thousand squares, one a person: the guilty first, then the innocent. Flagged innocents are crossed, "
        "flagged guilty are filled, missed guilty are hatched, cleared innocents are pale.",
        guess=GuessValue(
            "1 person in 1,000 is guilty. The score is right about 99 in 100 of the guilty, and about 99 in 100 of the "
            "innocent. Somebody is flagged. How likely is it that they are guilty?",
            Slider("guess", "Guilty, of those flagged", low=0, high=1, step=0.01, default=0.5, format=".0%"),
            truth=lambda result, settings: round(result["share"], 2),
        ),
    )


# ---------------------------------------------------------------------------------------------- the line

LOWEST, HIGHEST = -3.2, 6.8  # of the suspicion that is drawn
STEPS = 61


def _bell(x: Any, mean: float) -> NDArray[np.float64]:
    return np.asarray(np.exp(-((np.asarray(x) - mean) ** 2) / 2) / np.sqrt(2 * np.pi))


def _line_model(formula: Formula) -> Callable[..., Result]:
    def model(line: float, separation: float, prevalence: float, miss: float) -> Result:
        sensitivity, specificity = binormal_rates(separation, line)
        best = best_line(separation, prevalence, miss, 1)
        cuts = np.linspace(LOWEST, HIGHEST, STEPS)
        roc_guilty, roc_innocent = binormal_rates(separation, cuts)
        caught, cleared = (float(rate) for rate in binormal_rates(separation, best))
        return {
            "sensitivity": float(sensitivity),
            "specificity": float(specificity),
            "share": _computed(formula, prevalence, float(sensitivity), float(specificity)),
            "area": float(area_under_roc(separation)),
            "best": float(best),
            "at_best": (caught, cleared),
            "share_at_best": _computed(formula, prevalence, caught, cleared),
            "cost": 1000 * float(cost_of_line(separation, line, prevalence, miss, 1)),
            "cost_at_best": 1000 * float(cost_of_line(separation, best, prevalence, miss, 1)),
            "roc": (1 - np.asarray(roc_innocent), np.asarray(roc_guilty)),
        }

    return model


_STAR = {
    "color": theme.GREEN,
    "symbol": "star",
    "size": 18,
    "line": {"color": "white", "width": 2},
}


def _line_figure(result: Result, settings: Settings) -> Figure:
    line, separation, best = settings["line"], settings["separation"], result["best"]
    shown = best if LOWEST <= best <= HIGHEST else np.nan
    x = np.linspace(LOWEST, HIGHEST, STEPS)
    above, below = np.linspace(line, HIGHEST, 31), np.linspace(LOWEST, line, 31)
    top = 0.46

    def area(at: NDArray[np.float64], mean: float, colour: str, texture: str) -> dict[str, Any]:
        outline = np.concatenate([[at[0]], at, [at[-1]]])
        return _filled(outline, np.concatenate([[0], _bell(at, mean), [0]]), colour, texture)

    def curve(mean: float, colour: str, dash: str) -> dict[str, Any]:
        style = {"color": colour, "width": 3, "dash": dash}
        return {
            "type": "scatter",
            "mode": "lines",
            "x": x,
            "y": _bell(x, mean),
            "line": style,
            "hoverinfo": "skip",
        }

    def words(x: Any, y: Any, text: Any, position: Any, **more: Any) -> dict[str, Any]:
        return {
            "type": "scatter",
            "mode": "text",
            "x": x,
            "y": y,
            "text": text,
            "textposition": position,
            "hoverinfo": "skip",
            **more,
        }

    lower = {"xaxis": "x2", "yaxis": "y2"}
    false_alarms, caught = 1 - result["specificity"], result["sensitivity"]
    return {
        "data": [
            {**curve(0, theme.VERMILION, "dash"), "meta": "context"},
            {**curve(separation, theme.BLUE, "solid"), "meta": "context"},
            area(above, 0, theme.VERMILION, "x"),
            area(below, separation, theme.BLUE, "/"),
            {
                "type": "scatter",
                "mode": "lines",
                "x": [line, line],
                "y": [0, top],
                "line": {"color": theme.GREY, "width": 4},
                "hovertemplate": "the line: %{x:.1f}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [shown],
                # Above the areas, which would cover it once they are drawn anew.
                "y": [0.55],
                "marker": _STAR,
                "hovertemplate": "costs least: %{x:.2f}<extra></extra>",
            },
            {
                **words(
                    [-0.2, separation + 0.2],
                    [0.42, 0.42],
                    ["innocent", "guilty"],
                    ["middle left", "middle right"],
                ),
                "meta": "context",
            },
            # One of the two is empty: a text that changes its side would have the axes drawn again.
            words(
                [line, line],
                [top, top],
                [" flagged →" if line < 4 else "", "" if line < 4 else "flagged → "],
                ["top right", "top left"],
            ),
            {
                "type": "scatter",
                "mode": "lines",
                "x": [0, 1],
                "y": [0, 1],
                "line": {"color": theme.GREY, "width": 1, "dash": "dot"},
                "hoverinfo": "skip",
                **lower,
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": result["roc"][0],
                "y": result["roc"][1],
                "line": {"color": theme.BLUE, "width": 3},
                "hoverinfo": "skip",
                **lower,
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [1 - result["at_best"][1]],
                "y": [result["at_best"][0]],
                "marker": _STAR,
                "hovertemplate": "costs least<extra></extra>",
                **lower,
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [false_alarms],
                "y": [caught],
                "marker": {"color": theme.GREY, "symbol": "diamond", "size": 13},
                "hovertemplate": "the line: %{y:.0%} of the guilty, %{x:.0%} of the innocent<extra></extra>",
                **lower,
            },
            words(
                [1, 1, 1],
                [0.36, 0.22, 0.08],
                [
                    f"guilty flagged: {_percent(caught)}",
                    f"innocent flagged: {_percent(false_alarms)}".replace("under 0.001%", "about 0%"),
                    f"<b>of those, guilty: {_or_dash(result['share'])}</b>",
                ],
                "middle left",
                **lower,
            ),
            {
                "type": "scatter",
                "mode": "lines",
                "x": [shown, shown],
                "y": [0, 0.55],
                "line": {"color": theme.GREEN, "width": 2, "dash": "dot"},
                "hoverinfo": "skip",
            },
            words(
                [shown, shown],
                [0.55, 0.55],
                ["   costs least" if shown < 4 else "", "" if shown < 4 else "costs least   "],
                ["middle right", "middle left"],
            ),
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Suspicion (0 is the average innocent)"},
                "range": [LOWEST, HIGHEST],
                "tickvals": [-2, 0, 2, 4, 6],
                "zeroline": False,
            },
            "yaxis": {
                "title": {"text": "Share of each group"},
                "range": [0, 0.6],
                "tickvals": [],
                "domain": [0.47, 1],
                "zeroline": False,
            },
            "xaxis2": {
                "title": {"text": "Innocent who are flagged"},
                "range": [-0.02, 1.02],
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
                "tickformat": ".0%",
                "anchor": "y2",
                "zeroline": False,
            },
            "yaxis2": {
                "title": {"text": "Guilty flagged"},
                "range": [-0.03, 1.05],
                "tickvals": [0, 0.5, 1],
                "tickformat": ".0%",
                "domain": [0, 0.31],
                "anchor": "x2",
                "zeroline": False,
            },
            "height": 600,
        },
    }


def _line_summary(result: Result, settings: Settings) -> Summary:
    caught, false_alarms = result["sensitivity"], 1 - result["specificity"]
    text = f"A line at {settings['line']:.1f} flags {_percent(caught)} of the guilty and {_percent(false_alarms)} of the innocent; "
    text += (
        f"{_percent(result['share'])} of those flagged are guilty. "
        if np.isfinite(result["share"])
        else "of those flagged the formula gives no share. "
    )
    innocents = (1 - settings["prevalence"]) / settings["prevalence"]
    text += (
        f"For each guilty person there are {_amount(innocents)} innocent ones. "
        if innocents > 1
        else "The innocent are as many as the guilty. "
    )
    cost, least = _amount(result["cost"]), _amount(result["cost_at_best"])
    text += f"It costs as much as {cost} false alarm{'' if cost == '1' else 's'} per 1,000 people; "
    best = result["best"]
    if settings["separation"] == 0:
        cheapest = {np.inf: "flagging nobody costs least", -np.inf: "flagging everybody costs least"}
        said = cheapest.get(best, "every line costs the same")
        text += f"suspicion says nothing here, so {said}: {least}."
    elif best > HIGHEST:
        text += f"the cheapest line, off the chart to the right, flags hardly anybody: {least}."
    elif best < LOWEST:
        text += f"the cheapest line, off the chart to the left, flags nearly everybody: {least}."
    else:
        text += f"the star's line, at {best:.1f}, costs {least}."
    return text, {
        "What": [
            "guilty flagged",
            "innocent flagged",
            "guilty, of the flagged",
            "cost, per 1,000",
            "area under the curve",
        ],
        "The line": [
            _percent(caught),
            _percent(false_alarms),
            _or_dash(result["share"]),
            cost,
            f"{result['area']:.3f}",
        ],
        "The star": [
            _percent(result["at_best"][0]),
            _percent(1 - result["at_best"][1]),
            _or_dash(result["share_at_best"]),
            least,
            f"{result['area']:.3f}",
        ],
    }


def _amount(number: float) -> str:
    """Write a number with a digit after the point where it is small."""
    return f"{number:,.0f}" if number >= 9.95 or abs(number - round(number)) < 0.05 else f"{number:.1f}"


def _or_dash(share: float) -> str:
    return _percent(share) if np.isfinite(share) else "-"


@explorable
def the_line_is_a_choice(formula: Formula = positive_predictive_value, **start: Any) -> Explorable:
    """Two overlapping groups and a line between them; with the learner's own formula for the share if one is given."""
    return Explorable(
        "The line is a choice",
        [
            Slider("line", "The line", low=-3, high=6.5, step=0.1, default=1, format=".1f"),
            Slider(
                "separation",
                "Distance between the groups",
                low=0,
                high=3.5,
                step=0.1,
                default=2,
                format=".1f",
            ),
            Slider(
                "prevalence", "Guilty", low=0.001, high=0.5, step=3, default=0.01, scale="log", format=".1%"
            ),
            Slider(
                "miss",
                "One miss is as bad as",
                low=0.1,
                high=1000,
                step=3,
                default=10,
                scale="log",
                unit="false alarms",
                format=",g",
            ),
        ],
        _line_model(formula),
        _line_figure,
        _line_summary,
        start=start,
        alt="Above, two overlapping bells, the innocent on the left and the guilty on the right, cut by a line; flagged innocents are "
        "crossed, missed guilty are hatched. Below, the share of the guilty who are flagged against that of the innocent.",
        guess=GuessValue(
            "The two bells stand 2 apart. 1 person in 100 is guilty, and missing one is as bad as 10 false alarms. Where would "
            "you draw the line, so that misses and false alarms together cost least?",
            Slider("guess", "The line", low=-3, high=6.5, step=0.1, default=-1, format=".1f"),
            truth=lambda result, settings: round(result["best"], 1),
            axis="x",
        ),
    )


# ---------------------------------------------------------------------------------------------- whose records go astray

POPULATION = 50_000
DRAWN_BY = 13  # the seed of what goes astray
KEYS = {
    "full name and birth year": ("surname", "given_name", "birth_year"),
    "full name": ("surname", "given_name"),
    "surname and birth year": ("surname", "birth_year"),
}
NAMINGS = {"few common surnames": "concentrated", "many rare surnames": "many"}
PUNISHED, SPARED = "wrongly punished", "wrongly spared"
FIFTHS = COMMONNESS[5]
RESAMPLES = 400
MOST_OF_TEN_THOUSAND = 70


@cache
def line_for_flying() -> float:
    """Give the lowest score with which a citizen of Sorrel may buy a flight."""
    grades = sorrels_grades()
    return float(grades.loc[grades["may_fly"], "lowest"].min())


@dataclass(frozen=True)
class Filing:
    """Everybody and every event of one Sorrel under one key, as numbers: what does not change with the error rate."""

    owner: NDArray[np.int64]
    recipient: NDArray[np.int64]
    draw: NDArray[np.float64]
    points: NDArray[np.float64]
    true_scores: NDArray[np.float64]
    groups: pd.Series[int]
    fifth: NDArray[np.int64]
    expected: float


@cache
def _people(naming: str) -> pd.DataFrame:
    """Give everybody, with the year of birth."""
    people = Republic.generate(POPULATION, naming=naming).people
    return people.assign(birth_year=people["birth_date"].dt.year)


@cache
def _events() -> pd.DataFrame:
    """Give what everybody did: the same under every naming regime, which changes surnames and nothing else."""
    return events(Republic.generate(POPULATION).tables, sorrels_rules())


@cache
def _filing(key: str, naming: str) -> Filing:
    people, happened = _people(NAMINGS[naming]), _events()
    groups = namesake_groups(people, KEYS[key])
    astray = misdirections(happened, groups, np.random.default_rng(DRAWN_BY))
    points = sorrels_rules()["points"]
    number = happened["id_number"].value_counts().astype(float)
    return Filing(
        groups.index.get_indexer(pd.Index(happened["id_number"])),
        groups.index.get_indexer(pd.Index(astray["recipient"])),
        astray["draw"].to_numpy(),
        points.reindex(happened["event"]).to_numpy(dtype=float),
        scores(happened, points, people["id_number"]).to_numpy(),
        groups,
        surname_commonness(people.set_index("id_number")["surname"]).cat.codes.to_numpy().astype(np.int64),
        float(expected_foreign_events(number, groups, 1).sum()),
    )


@cache
def _astray_model(error_rate: float, key: str, naming: str, counted: str) -> Result:
    filing = _filing(key, naming)
    moved = filing.draw < error_rate / 100
    account = np.where(moved, filing.recipient, filing.owner)
    filed = BASE + np.bincount(account, weights=filing.points, minlength=POPULATION)
    below, below_in_truth = filed < line_for_flying(), filing.true_scores < line_for_flying()
    punished, spared = below & ~below_in_truth, below_in_truth & ~below
    hit = punished if counted == PUNISHED else spared
    generator = np.random.default_rng(DRAWN_BY)
    people = np.bincount(filing.fifth, minlength=5)
    share = np.bincount(filing.fifth, weights=hit, minlength=5) / people
    intervals = []
    for fifth in range(5):
        mine = filing.fifth == fifth
        intervals.append(
            bootstrap_interval(
                pd.Series(hit[mine]),
                pd.Series(filing.groups.to_numpy()[mine]),
                generator,
                resamples=RESAMPLES,
            )
        )
    return {
        "share": share,
        "low": np.array([low for low, _ in intervals]),
        "high": np.array([high for _, high in intervals]),
        "punished": int(punished.sum()),
        "spared": int(spared.sum()),
        "flagged": int(below.sum()),
        "moved": int(moved.sum()),
        "expected": filing.expected * error_rate / 100,
    }


def _astray_figure(result: Result, settings: Settings) -> Figure:
    place = np.arange(5.0)
    low, share, high = (10_000 * result[name] for name in ("low", "share", "high"))
    gap = np.full(5, np.nan)
    colour = theme.VERMILION if settings["counted"] == PUNISHED else theme.BLUE
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "x": np.column_stack([place, place, gap]).ravel(),
                "y": np.column_stack([low, high, gap]).ravel(),
                "line": {"color": theme.GREY, "width": 5},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": place,
                "y": share,
                "text": [_short(number) for number in share],
                "textposition": "middle right",
                "marker": {
                    "color": colour,
                    "size": 13,
                    "symbol": "circle" if settings["counted"] == PUNISHED else "square",
                },
                "hovertemplate": "%{y:.1f} of 10,000<extra></extra>",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Surname, in fifths of the people"},
                "range": [-0.5, 4.7],
                "tickvals": [0, 1, 2, 3, 4],
                # Three of the five names, because all of them would not fit a phone.
                "ticktext": [FIFTHS[0], "", FIFTHS[2], "", FIFTHS[4]],
                "tickangle": 0,
                "zeroline": False,
            },
            "yaxis": {
                "title": {"text": "Hit by mistake, of 10,000"},
                "range": [-2, MOST_OF_TEN_THOUSAND],
                "tickvals": [0, 20, 40, 60],
                "zeroline": False,
            },
        },
    }


def _short(number: float) -> str:
    return f"{number:.0f}" if number >= 10 or number == 0 else f"{number:.1f}"


def _astray_summary(result: Result, settings: Settings) -> Summary:
    punished, spared = result["punished"], result["spared"]
    others = settings["error_rate"]
    text = (
        f"If {others:g}% of the records that could go astray do, {counted(result['moved'], 'record')} "
        f"{'reaches' if result['moved'] == 1 else 'reach'} a namesake (the formula expects {result['expected']:,.0f}). "
        f"Of {POPULATION:,} people {punished} {'is' if punished == 1 else 'are'} wrongly punished and {spared} wrongly spared; "
        f"the chart shows the {settings['counted']}."
    )
    low, share, high = (10_000 * result[name] for name in ("low", "share", "high"))
    return text, {
        "Surname": list(FIFTHS),
        f"{settings['counted'].split()[-1].capitalize()}, of 10,000": [f"{number:.1f}" for number in share],
        "Interval": [f"{one:.1f}-{other:.1f}" for one, other in zip(low, high, strict=True)],
    }


@explorable
def whose_records_go_astray(**start: Any) -> Explorable:
    """Who is punished for a namesake's records, or spared by one, by how common the surname is."""
    return Explorable(
        "Whose records go astray",
        [
            Slider(
                "error_rate",
                "Records gone astray",
                low=0,
                high=20,
                step=1,
                default=10,
                unit="%",
            ),
            Choice("key", "The clerk compares", list(KEYS), default="full name"),
            Choice("naming", "Sorrel has", list(NAMINGS)),
            Choice("counted", "Counted", [PUNISHED, SPARED]),
        ],
        _astray_model,
        _astray_figure,
        _astray_summary,
        start=start,
        alt="Five marks, from the fifth of the people with the rarest surnames to that with the commonest: how many of 10,000 are hit "
        "by mistake, each with a bar for the 95 percent bootstrap interval.",
        guess=GuessValue(
            "The clerk compares full names, and one record in ten that can go astray does. Of 10,000 people with the rarest surnames, "
            "4 are punished for somebody else's records. How many of 10,000 with the commonest?",
            Slider("guess", "Of 10,000", low=0, high=MOST_OF_TEN_THOUSAND, step=1, default=35, unit="people"),
            truth=lambda result, settings: round(10_000 * float(result["share"][-1])),
            axis="y",
        ),
    )


# ---------------------------------------------------------------------------------------------- documented cases


@dataclass(frozen=True)
class Documented:
    """A share that a source gives: of what (at length and in two words), and what is wrong with the flagged."""

    id: str
    label: str
    share: float
    of: str
    found: str
    whole: str
    also: str = ""
    about: bool = False

    @property
    def amount(self) -> str:
        """The share in words."""
        return (
            f"about {'half' if self.share == 0.5 else _percent(self.share)}"
            if self.about
            else _percent(self.share)
        )

    @property
    def said(self) -> str:
        """The share in a sentence, with what it is a share of."""
        amount = self.amount[0].upper() + self.amount[1:]
        return f"{amount} of {self.of} {self.found} [{self.id}].{self.also}"

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year that it is about."""
        row: Any = ledger().loc[self.id]
        return int(row["year_from"]), int(row["year_to"])

    @property
    def when(self) -> str:
        """The same in words."""
        first, last = self.years
        return f"{first}" if first == last else f"{first}-{last}"


@cache
def documented_shares() -> tuple[Documented, ...]:
    """Give the shares of flags that turned out wrong, as the ledger has them, the earliest first; no two have the same denominator."""
    impeded = fact("F4-020").value
    confirmed, alleged = fact("F4-022").value, fact("F4-022").stated(10_969)
    found = (
        Documented(
            "F4-022",
            "New Jersey votes",
            1 - confirmed / alleged,
            "10,969 alleged double votes in New Jersey in 2004",
            "had no document to confirm them",
            "alleged double votes",
            " Not confirmed is not the same as proved wrong.",
        ),
        Documented(
            "F4-020",
            "voter purge plan",
            impeded / (impeded + 1),
            "the votes that one proposed purge of voter lists would have stopped",
            "were legitimate",
            "votes stopped",
            " This is an estimate about a proposal, computed from about 300 legitimate votes to each double one.",
            about=True,
        ),
        Documented(
            "F4-034",
            "air watch list",
            fact("F4-034").value / 100,
            "over 16,000 travellers who complained in eight months of 2007",
            "merely shared a name with somebody listed, the agency said",
            "travellers who complained",
            " Those who did not complain are not counted.",
        ),
        Documented(
            "F3-015",
            "Michigan, automatic",
            fact("F3-015").value / 100,
            "the fraud findings that Michigan's MiDAS made by itself and the state reviewed",
            "were wrong",
            "automatic findings reviewed",
        ),
        Documented(
            "F3-016",
            "Michigan, wider",
            fact("F3-016").value / 100,
            "62,784 penalty cases in a wider review, partly automatic ones included,",
            "were not fraud",
            "penalty cases reviewed",
            about=True,
        ),
        Documented(
            "F4-035",
            "terror screening",
            fact("F4-035").value / 100,
            "the tens of thousands of names referred to the Terrorist Screening Center",
            "were those of somebody else",
            "names referred",
            about=True,
        ),
    )
    return tuple(sorted(found, key=lambda one: one.years[::-1]))


def _documented_model(case: str) -> Result:
    chosen = [found.label == case for found in documented_shares()]
    return {"chosen": np.array(chosen), "share": np.array([found.share for found in documented_shares()])}


def _documented_figure(result: Result, settings: Settings) -> Figure:
    rows = len(documented_shares())
    height = rows - np.arange(rows, dtype=float)

    def bars(chosen: NDArray[np.bool_], colour: str, texture: str) -> dict[str, Any]:
        return {
            "type": "bar",
            "orientation": "h",
            "x": np.where(chosen, result["share"], 0),
            "y": height,
            "marker": {"color": colour, "pattern": {"shape": texture, "size": 6, "solidity": 0.5}},
            "width": 0.62,
            "hoverinfo": "skip",
        }

    return {
        "data": [
            bars(~result["chosen"], theme.GREY, ""),
            bars(result["chosen"], theme.VERMILION, "x"),
            {
                "type": "scatter",
                "mode": "text",
                "x": result["share"] + 0.015,
                "y": height,
                "text": [
                    f"<b>{_percent(share)}</b>" if chosen else _percent(share)
                    for share, chosen in zip(result["share"], result["chosen"], strict=True)
                ],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Wrong, of those flagged"},
                "range": [0, 1.45],
                "tickvals": [0, 0.5, 1],
                "tickformat": ".0%",
            },
            "yaxis": {
                "title": {"text": "Case, the earliest on top"},
                "range": [0.4, rows + 0.6],
                "tickvals": height,
                "ticktext": [f"{found.label}<br>{found.when}" for found in documented_shares()],
                "showgrid": False,
            },
            "barmode": "overlay",
            "height": 380,
        },
    }


def _documented_summary(result: Result, settings: Settings) -> Summary:
    (chosen,) = [found for found in documented_shares() if found.label == settings["case"]]
    return chosen.said, {
        "Case": [found.label for found in documented_shares()],
        "Share": [found.amount for found in documented_shares()],
        "Of the": [f"{found.whole} [{found.id}]" for found in documented_shares()],
    }


@explorable
def what_reviews_found(**start: Any) -> Explorable:
    """Documented shares of flags that turned out wrong, each with what it is a share of."""
    labels: Sequence[str] = [found.label for found in documented_shares()]
    return Explorable(
        "What reviews found",
        [Choice("case", "Case", labels, default="Michigan, automatic")],
        _documented_model,
        _documented_figure,
        _documented_summary,
        start=start,
        alt="A bar for each of six documented cases: the share of the flagged who were not what the flag said. The bars have different "
        "denominators, which the sentence below the chart names.",
        guess=GuessValue(
            "Michigan let a program decide by itself who had cheated on unemployment benefits. The state later reviewed such "
            "findings. What share of the reviewed ones was wrong?",
            Slider("guess", "Wrong", low=0, high=1, step=0.01, default=0.2, format=".0%"),
            truth=lambda result, settings: fact("F3-015").value / 100,
            axis="x",
            said_by="the review",
        ),
    )
