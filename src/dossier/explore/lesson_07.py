"""Lesson 07, you are a fingerprint: bits that single somebody out, what coarsening keeps, places and times, what others reveal.

All four charts count Sorrel's people: exactly, not from a sample of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dossier.evidence import fact
from dossier.explore import theme
from dossier.explore.controls import Choice, Slider
from dossier.explore.explorable import Explorable, Summary, explorable
from dossier.explore.formula import FormulaProblem, learners_formula
from dossier.explore.frames import Figure
from dossier.explore.guess import GuessCurve, GuessValue, Result, Settings
from dossier.explore.text import counted
from dossier.join.anonymity import (
    BIRTH_LEVELS,
    PLACE_LEVELS,
    QUASI_IDENTIFIERS,
    anonymised,
    anonymity_sets,
    generalised,
    named,
    public_list,
)
from dossier.join.others import Guessed, accuracy_from_others, both_ways
from dossier.join.surprisal import bits_to_single_out, mean_surprisal, narrowing, surprisal
from dossier.join.unicity import Integers, Traces, draw_points, people_who_fit, traces
from dossier.republic import Republic

#: What the lesson shuffles and draws with, so that its cells and its charts show the same.
DRAWN_BY = 7
HIDDEN = "not known"


@cache
def _sorrel() -> Republic:
    return Republic.sample()


@cache
def _people() -> pd.DataFrame:
    people = _sorrel().people.set_index("id_number")
    return people.assign(birth_year=people["birth_date"].dt.year)


# ---------------------------------------------------------------------------------------------- the bits counter

CITIZENS = (
    "670009197708114956",
    "670005197808157085",
    "670008192102182074",
    "670008201310220612",
)
# What may be known, in the order of the chart's rows: the control's label, and the columns behind each of its options.
ATTRIBUTES: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {
    "sex": ("Sex", {HIDDEN: (), "known": ("sex",)}),
    "birth": ("Birth", {HIDDEN: (), "year": ("birth_year",), "full date": ("birth_date",)}),
    "home": ("Home", {HIDDEN: (), "district": ("district",), "square of 1 km": ("home_cell",)}),
    "name": (
        "Name",
        {
            HIDDEN: (),
            "surname": ("surname",),
            "given name": ("given_name",),
            "both": ("surname", "given_name"),
        },
    ),
}
MOST_BITS = 60.0


@cache
def _citizens() -> dict[str, str]:
    """Give the ID number behind each citizen's label."""
    people = _people().loc[list(CITIZENS)]
    return {f"{one.given_name} {one.surname}, {one.age}": str(number) for number, one in people.iterrows()}


@cache
def _left(citizen: str, columns: tuple[str, ...]) -> tuple[dict[str, float], int]:
    """Give the share of all people who have the citizen's value in each column, and how many have all of them."""
    steps = narrowing(_people(), _citizens()[citizen], columns)
    return dict(steps["share"]), int(steps["left"].iloc[-1]) if len(steps) else len(_people())


def _bits_model(formula: Callable[..., Any]) -> Callable[..., Result]:
    def bits(share: float) -> float:
        with learners_formula():
            found = formula(share)
            if found is None or not np.isfinite(found):
                raise FormulaProblem(
                    f"Your formula gave {'nothing back' if found is None else found} for the share {share:g}. "
                    "Does it end with a line that begins with return?"
                )
            return float(found) + 0.0  # No minus before a zero.

    def model(citizen: str, **known: str) -> Result:
        columns = {name: ATTRIBUTES[name][1][known[name]] for name in ATTRIBUTES}
        shares, left = _left(citizen, tuple(one for some in columns.values() for one in some))
        worth = np.array([sum(bits(shares[one]) for one in some) for some in columns.values()], dtype=float)
        return {
            "worth": worth,
            "begins": worth.cumsum() - worth,
            "added_up": float(worth.sum()),
            "in_truth": bits(left / len(_people())),
            "left": left,
        }

    return model


def _bits_figure(result: Result, settings: Settings) -> Figure:
    rows = len(ATTRIBUTES) + 2
    needed = float(bits_to_single_out(len(_people())))
    height = np.arange(rows, 0, -1, dtype=float)
    # A learner's formula may give anything: bars that would leave the chart stop at its edge.
    begins = np.clip([*result["begins"], 0, 0], 0, MOST_BITS)
    ends = np.clip([*result["worth"].cumsum(), result["added_up"], result["in_truth"]], begins, MOST_BITS)
    # A number beside its bar would read as a place on the axis: it stands beside its row's name.
    known = [settings[name] != HIDDEN for name in ATTRIBUTES]
    rows_read = [
        *(
            f"{label}: {f'{bits:.1f}' if told else HIDDEN}"
            for (label, _), bits, told in zip(ATTRIBUTES.values(), result["worth"], known, strict=True)
        ),
        f"added up: {result['added_up']:.1f}",
        f"in truth: {result['in_truth']:.1f}",
    ]

    def bars(part: slice, colour: str, texture: str) -> dict[str, Any]:
        return {
            "type": "bar",
            "orientation": "h",
            "base": begins[part],
            "x": (ends - begins)[part],
            "y": height[part],
            "width": 0.62,
            "marker": {"color": colour, "pattern": {"shape": texture, "size": 6, "solidity": 0.5}},
            "hoverinfo": "skip",
        }

    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+text",
                "meta": "context",
                "x": [needed, needed],
                "y": [0.5, rows + 0.62],
                "text": ["", f"{needed:.1f} bits name one"],
                "textposition": "top right",
                "line": {"color": theme.GREY, "width": 2, "dash": "dot"},
                "hoverinfo": "skip",
            },
            bars(slice(0, len(ATTRIBUTES)), theme.SKY, ""),
            bars(slice(len(ATTRIBUTES), rows - 1), theme.GREY, "/"),
            bars(slice(rows - 1, rows), theme.BLUE, ""),
            {
                "type": "scatter",
                "mode": "text",
                "x": [min(max(ends[-1], needed) + 0.7, MOST_BITS)],
                "y": height[-1:],
                "text": [f"<b>{_are_left(result['left'])}</b>"],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Bits"},
                "range": [0, MOST_BITS],
                "tickvals": [0, 10, 20, 30, 40, 50],
            },
            "yaxis": {
                "title": {"text": "What is known"},
                "range": [0.5, rows + 1.3],
                "tickvals": height,
                "ticktext": rows_read,
                "showgrid": False,
            },
            "barmode": "overlay",
            "height": 280,
        },
    }


def _are_left(people: int) -> str:
    return "1 is left" if people == 1 else f"{people:,} are left"


def _bits_summary(result: Result, settings: Settings) -> Summary:
    if min(result["added_up"], result["in_truth"]) < 0:
        negative = " Bits that are learned are not negative. Is the minus in the formula?"
    else:
        negative = ""
    told = [
        f"{label.lower()} ({settings[name]})" if settings[name] != "known" else label.lower()
        for name, (label, _) in ATTRIBUTES.items()
        if settings[name] != HIDDEN
    ]
    if not told:
        text = f"Nothing is known yet: all {len(_people()):,} people of Sorrel are left."
    else:
        left = (
            "only this citizen is left"
            if result["left"] == 1
            else f"{result['left']:,} people are left, this citizen among them"
        )
        text = (
            f"Known: {', '.join(told)}. Added up that is {result['added_up']:.1f} bits. "
            f"In truth {left}, which is worth {result['in_truth']:.1f} bits.{negative}"
        )
    return text, {
        "What": [*(label for label, _ in ATTRIBUTES.values()), "added up", "in truth"],
        "Known": [*(settings[name] for name in ATTRIBUTES), "", _are_left(result["left"])],
        "Bits": [f"{bits:.2f}" for bits in (*result["worth"], result["added_up"], result["in_truth"])],
    }


@explorable
def bits_counter(formula: Callable[..., Any] = surprisal, **start: Any) -> Explorable:
    """How many bits are known about an invented citizen, and how many people they leave; with the learner's own formula if one is given."""
    defaults = {"sex": "known", "birth": "year", "home": "district"}
    choices = [
        Choice(name, label, list(options), default=defaults.get(name))
        for name, (label, options) in ATTRIBUTES.items()
    ]
    return Explorable(
        "Bits counter",
        [Choice("citizen", "Citizen", list(_citizens())), *choices],
        _bits_model(formula),
        _bits_figure,
        _bits_summary,
        start=start,
        alt="A row for each thing that may be known, with a bar as long as its bits, each beginning where the last one ends. Below, "
        "all bits added up, and the bits that the number of people left is worth.",
        guess=GuessValue(
            f"You know {next(iter(_citizens())).split(',')[0]}'s sex, year of birth and district. How many of Sorrel's {len(_people()):,} "
            "people fit?",
            Slider(
                "guess", "People who fit", low=1, high=5_000, step=3, default=500, unit="people", scale="log"
            ),
            truth=lambda result, settings: result["left"],
        ),
    )


# ---------------------------------------------------------------------------------------------- what coarsening keeps

ROWS = ("rows published", "patients named", "secret certain", "detail kept")
FEWEST = 10


@dataclass(frozen=True)
class Coarsened:
    """The extract at one level of detail: of each row, the size of its set, whether it is named, whether its set has one diagnosis."""

    table: pd.DataFrame
    sets: NDArray[np.int64]
    named: NDArray[np.bool_]
    certain: NDArray[np.bool_]


@cache
def _published() -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """Give the extract, the electoral roll and the kind of each district."""
    sorrel = _sorrel()
    extract, _ = anonymised(sorrel.hospital_stays, sorrel.people, np.random.default_rng(DRAWN_BY))
    return extract, public_list(sorrel.people), sorrel.districts.set_index("district")["kind"]


@cache
def _coarsened(birth: str, place: str) -> Coarsened:
    extract, roll, regions = _published()
    table = generalised(extract, regions, birth=birth, place=place)
    hits = named(table, generalised(roll, regions, birth=birth, place=place))
    kinds = table.groupby(list(QUASI_IDENTIFIERS))["diagnosis"].transform("nunique")
    return Coarsened(
        table,
        anonymity_sets(table, QUASI_IDENTIFIERS).to_numpy(),
        table.index.isin(hits.index),
        (kinds == 1).to_numpy(),
    )


def _detail(table: pd.DataFrame) -> float:
    return sum(mean_surprisal(table[name]) for name in QUASI_IDENTIFIERS) if len(table) else 0.0


@cache
def _coarse_model(birth: str, place: str, k: int) -> Result:
    coarse = _coarsened(birth, place)
    published = coarse.sets >= k
    counts = [published, published & coarse.named, published & coarse.certain]
    full = _detail(_coarsened(BIRTH_LEVELS[0], PLACE_LEVELS[0]).table)
    detail = _detail(coarse.table[published]) * published.mean() / full
    return {
        "counts": np.array([int(one.sum()) for one in counts]),
        "share": np.array([*(float(one.mean()) for one in counts), detail]),
        "smallest": int(coarse.sets[published].min()) if published.any() else 0,
    }


def _coarse_figure(result: Result, settings: Settings) -> Figure:
    height = np.arange(len(ROWS), 0, -1, dtype=float)
    texts = [
        *(
            f"{number:,} ({share:.0%})"
            for number, share in zip(result["counts"], result["share"], strict=False)
        ),
        f"{result['share'][-1]:.0%}",
    ]

    def bars(places: Sequence[int], colour: str, texture: str) -> dict[str, Any]:
        return {
            "type": "bar",
            "orientation": "h",
            "x": result["share"][list(places)],
            "y": height[list(places)],
            "width": 0.62,
            "marker": {"color": colour, "pattern": {"shape": texture, "size": 6, "solidity": 0.5}},
            "hoverinfo": "skip",
        }

    return {
        "data": [
            bars((0, 3), theme.BLUE, ""),
            bars((1, 2), theme.VERMILION, "x"),
            {
                "type": "scatter",
                "mode": "text",
                "x": result["share"] + 0.015,
                "y": height,
                "text": texts,
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Share of the extract"},
                "range": [0, 1.62],
                "tickvals": [0, 0.5, 1],
                "tickformat": ".0%",
            },
            "yaxis": {
                "title": {"text": "Counted"},
                "range": [0.4, len(ROWS) + 0.6],
                "tickvals": height,
                "ticktext": [row.replace(" ", "<br>") for row in ROWS],
                "showgrid": False,
            },
            "barmode": "overlay",
            "height": 260,
        },
    }


def _coarse_summary(result: Result, settings: Settings) -> Summary:
    published, names, certain = (int(number) for number in result["counts"])
    rows = len(_published()[0])
    if not published:
        text = f"No row has {settings['k'] - 1} others like it, so nothing is published."
    else:
        text = (
            f"{published:,} of {rows:,} rows are published, in groups of {result['smallest']:,} or more. "
            f"The roll puts a name to {names:,}. For {certain:,} everybody in the group has the same diagnosis. "
            f"{result['share'][-1]:.0%} of the detail is kept."
        )
    return text, {
        "Counted": list(ROWS),
        "Rows": [*(f"{number:,}" for number in (published, names, certain)), ""],
        "Share": [f"{share:.1%}" for share in result["share"]],
    }


@explorable
def what_coarsening_keeps(**start: Any) -> Explorable:
    """What a coarser extract gives away, and what it keeps."""
    return Explorable(
        "What coarsening keeps",
        [
            Choice("birth", "Birth", list(BIRTH_LEVELS), default="year"),
            Choice("place", "Home", list(PLACE_LEVELS)),
            Slider("k", "Groups published", low=1, high=FEWEST, step=1, default=1, unit="or more"),
        ],
        _coarse_model,
        _coarse_figure,
        _coarse_summary,
        start=start,
        alt="Four bars: the share of the extract's rows that are published, that a name can be put to, and whose diagnosis is certain "
        "for whoever knows that the patient is in the group; and the share of the detail that is kept.",
        guess=GuessValue(
            "With full birth dates the roll names 712 of the 804 rows. The hospital now gives the year of birth only. How many can "
            "still be named?",
            Slider("guess", "Rows named", low=0, high=800, step=10, default=400, unit="rows"),
            truth=lambda result, settings: int(result["counts"][1]),
        ),
    )


# ---------------------------------------------------------------------------------------------- places and times

SIDES = {"1 km": 1, "2 km": 2, "4 km": 4, "8 km": 8}
SPANS = {"an hour": 1, "2 hours": 2, "4 hours": 4, "8 hours": 8, "a day": 24}
MOST_POINTS = 8


@cache
def _traces() -> tuple[Traces, Integers]:
    """Give everybody's trace, and the points that are drawn of each."""
    known = traces(_sorrel().phone_pings, _sorrel().cells)
    return known, draw_points(known, MOST_POINTS, np.random.default_rng(DRAWN_BY))


@cache
def _unique(kilometres: int, hours: int) -> NDArray[np.float64]:
    known, drawn = _traces()
    fits = people_who_fit(known, drawn, kilometres=kilometres, hours=hours)
    return np.asarray((fits == 1).mean(axis=0), dtype=np.float64)


def _fingerprint_model(place: str, time: str) -> Result:
    return {
        "points": np.arange(1, MOST_POINTS + 1),
        "finest": _unique(1, 1),
        "unique": _unique(SIDES[place], SPANS[time]),
    }


def _fingerprint_figure(result: Result, settings: Settings) -> Figure:
    unique, points = result["unique"], result["points"]
    published = fact("F4-005").value / 100
    low = unique[3] < 0.15
    finest = (settings["place"], settings["time"]) == (next(iter(SIDES)), next(iter(SPANS)))
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "x": points,
                "y": result["finest"],
                "line": {"color": theme.GREY, "width": 2, "dash": "dot"},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": points,
                "y": unique,
                "line": {"color": theme.BLUE, "width": 3},
                "marker": {"size": 9},
                "hovertemplate": "%{x} points: %{y:.1%} are unique<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [4],
                "y": [published],
                "marker": {
                    "color": theme.VERMILION,
                    "size": 13,
                    "symbol": "star-open",
                    "line": {"width": 3},
                },
                "hovertemplate": "published, 1.5 million people, hourly: %{y:.0%} [F4-005]<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [MOST_POINTS, 3.8, 4.15],
                "y": [1.16, 1.03, unique[3] + 0.02 if low else min(unique[3], 0.87) - 0.05],
                "text": [
                    "\u00a0" if finest else "dotted: 1 km, an hour",
                    f"{published:.0%} published",
                    f"<b>{unique[3]:.0%}</b> with 4",
                ],
                "textposition": ["middle left", "middle left", "top right" if low else "bottom right"],
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Places and times known"},
                "range": [0.5, MOST_POINTS + 0.5],
                "tickvals": points,
            },
            "yaxis": {
                "title": {"text": "Share that fits nobody else"},
                "range": [-0.03, 1.24],
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
                "tickformat": ".0%",
            },
            "height": 330,
        },
    }


def _fingerprint_summary(result: Result, settings: Settings) -> Summary:
    unique = result["unique"]
    people = _traces()[0].people
    text = (
        f"Places are known to {settings['place']}, times to {settings['time']}. One point is enough for {unique[0]:.1%} of "
        f"{people:,} people with a trace, four for {unique[3]:.1%}, eight for {unique[-1]:.1%}. Published for four points in hourly "
        f"records of 1.5 million people: {fact('F4-005').value:g}% (the star, F4-005)."
    )
    return text, {
        "Points": result["points"],
        "Unique": [f"{share:.1%}" for share in unique],
        "At 1 km and an hour": [f"{share:.1%}" for share in result["finest"]],
    }


@explorable
def places_and_times(**start: Any) -> Explorable:
    """How many people some known places and times single out, at several resolutions."""
    return Explorable(
        "Places and times",
        [
            Choice("place", "Places known to", list(SIDES)),
            Choice("time", "Times known to", list(SPANS)),
        ],
        _fingerprint_model,
        _fingerprint_figure,
        _fingerprint_summary,
        start=start,
        alt="A rising curve: number of known places and times against the share of people whose points fit nobody else's trace. A dotted "
        "curve shows the finest resolution, a star the published value for four points.",
        guess=GuessCurve(
            "You know where a phone was at 1, 2, 3, 4 or 8 hours, each time to a square of 1 km. For what share of people does this fit nobody "
            "else?",
            at=[1, 2, 3, 4, 8],
            slider=Slider("guess", "Unique", low=0, high=1, step=0.01, default=0.5, format=".0%"),
            truth=lambda result, settings: result["unique"][[0, 1, 2, 3, 7]],
        ),
    )


# ---------------------------------------------------------------------------------------------- what others reveal

TOLD_BY = {
    "friends": "friend",
    "household": "household",
    "colleagues": "colleague",
    "neighbours": "neighbour",
}


@cache
def _guessable() -> dict[str, pd.Series]:
    """Give what is guessed, one value a person."""
    people = _people()
    paid = people.loc[(people["age"] >= 18) & (people["income"] > 0), "income"]
    thirds = pd.qcut(paid, 3, labels=["low", "middle", "high"]).astype(str)
    return {
        "district": people["district"],
        "age, in tens": people["age"] // 10,
        "main activity": people["activity"],
        "income, in thirds": thirds,
        "sex": people["sex"],
    }


@cache
def _guessed(attribute: str, told_by: str) -> Guessed:
    known = _sorrel().acquaintances
    pairs = both_ways(known[known["tie"] == TOLD_BY[told_by]])
    return accuracy_from_others(_guessable()[attribute], pairs)


def _others_model(attribute: str, told_by: str) -> Result:
    found = _guessed(attribute, told_by)
    return {"share": np.array([found.base_rate, found.accuracy]), "people": found.people}


def _others_figure(result: Result, settings: Settings) -> Figure:
    share = result["share"]

    def bar(place: int, colour: str, texture: str) -> dict[str, Any]:
        return {
            "type": "bar",
            "orientation": "h",
            "x": [share[place]],
            "y": [2.0 - place],
            "width": 0.62,
            "marker": {"color": colour, "pattern": {"shape": texture, "size": 6, "solidity": 0.5}},
            "hoverinfo": "skip",
        }

    return {
        "data": [
            bar(0, theme.GREY, "/"),
            bar(1, theme.BLUE, ""),
            {
                "type": "scatter",
                "mode": "text",
                "x": share + 0.015,
                "y": [2.0, 1.0],
                "text": [f"{one:.0%}" for one in share],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Guessed right"},
                "range": [0, 1.15],
                "tickvals": [0, 0.5, 1],
                "tickformat": ".0%",
            },
            "yaxis": {
                "title": {"text": "Guessed from"},
                "range": [0.4, 2.6],
                "tickvals": [2, 1],
                "ticktext": ["nothing", settings["told_by"]],
                "showgrid": False,
            },
            "barmode": "overlay",
            "height": 200,
        },
    }


def _others_summary(result: Result, settings: Settings) -> Summary:
    base, accuracy = result["share"]
    text = (
        f"Of {counted(result['people'], 'person', 'people')}, the commonest value is right for {base:.1%}. The commonest among their own "
        f"{settings['told_by']} is right for {accuracy:.1%}."
    )
    return text, {
        "Guessed from": ["nothing", settings["told_by"]],
        "Right": [f"{share:.1%}" for share in result["share"]],
    }


@explorable
def what_others_reveal(**start: Any) -> Explorable:
    """How well somebody is guessed from those around them, who said something about themselves."""
    return Explorable(
        "What others reveal",
        [
            Choice("attribute", "Guessed", list(_guessable())),
            Choice("told_by", "From their", list(TOLD_BY)),
        ],
        _others_model,
        _others_figure,
        _others_summary,
        start=start,
        alt="Two bars: the share of people guessed right by naming the commonest value of all, and by naming the commonest value among "
        "those whom each person knows.",
        guess=GuessValue(
            "You do not know in which of ten districts somebody lives. But you know where their friends live, and name the commonest "
            "district among these. How often are you right?",
            Slider("guess", "Right", low=0, high=1, step=0.01, default=0.3, format=".0%"),
            truth=lambda result, settings: float(result["share"][1]),
            axis="x",
        ),
    )
