"""Lesson 05, one number: what a check character catches, what a number opens, and what the bundle is worth.

The sums are those of `dossier.join.by_number`, `dossier.join.check_character` and `dossier.join.bundle`; the records are Sorrel's. The
questions that a buyer might ask, and their prices, are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dossier.explore import theme
from dossier.explore.beside import Beside
from dossier.explore.controls import Choice, Slider
from dossier.explore.explorable import Explorable, Summary, explorable
from dossier.explore.frames import Figure
from dossier.explore.guess import GuessCurve, GuessValue, Result, Settings
from dossier.explore.table import EditableTable, Number
from dossier.explore.text import counted
from dossier.join.bundle import ALL, ANY, loss_without, value, value_alone, value_as_bought
from dossier.join.by_number import companions, joined, records_by_registry, usual_cells
from dossier.join.check_character import LENGTH, passes, single_errors
from dossier.republic import Republic

HER_NUMBER = "670005196906242246"
#: Her; three whom other registries know; one who is retired and has no phone.
NUMBERS = (
    HER_NUMBER,
    "670001199208184710",
    "670000197712181169",
    "670005197808157085",
    "670001193712213210",
)

# Registry, short name, what a record says. In the order in which the story tells them.
ROWS = (
    ("hotel_stays", "hotel", "{hotel}, room {room}, nights: {nights}"),
    ("flights", "flight", "{flight} from {origin} to {destination}"),
    ("cafe_sessions", "café", "{minutes} minutes in internet café {cafe}"),
    ("border_crossings", "border", "{direction} at {post}, {country}"),
    ("rentals", "rental", "{role} {address}, {rent:,} leaves a month"),
    ("properties", "land", "owner of {address}, worth {value:,} leaves"),
    ("deposits", "bank", "{bank}: {kind}, {amount:,} leaves"),
    ("phone_pings", "phone", "phone used in cell {cell}"),
)
REGISTRIES = tuple(name for name, _, _ in ROWS)
SHORT = {name: short for name, short, _ in ROWS}
#: A tenancy names two people.
ALSO = {"rentals": "landlord"}

STORY, BACKWARDS = "as the story tells it", "the other way round"
ORDERS = {STORY: REGISTRIES, BACKWARDS: REGISTRIES[::-1]}


@cache
def _sorrel() -> Republic:
    return Republic.sample()


@cache
def _registries() -> dict[str, pd.DataFrame]:
    return {name: _sorrel().tables[name] for name in REGISTRIES}


@cache
def _known() -> pd.DataFrame:
    return records_by_registry(_registries(), _sorrel().people["id_number"], ALSO) > 0


def _words() -> dict[str, Any]:
    return {"type": "scatter", "mode": "text", "hoverinfo": "skip"}


# ---------------------------------------------------------------------------------------------- one character wrong

REPLACED, SWAPPED = "another digit", "swapped with its neighbour"
WEIGHTS = tuple(2 ** (LENGTH - 1 - place) % 11 for place in range(LENGTH))
# Part of the number, its places, its colour and texture.
PARTS = (
    ("place", 0, 6, theme.BLUE, ""),
    ("birth date", 6, 14, theme.GREEN, "/"),
    ("serial", 14, 17, theme.PURPLE, "x"),
    ("check", 17, 18, theme.VERMILION, ""),
)


def _slip_model(place: int, digit: int, slip: str) -> Result:
    at = place - 1
    if slip == SWAPPED:
        other = at + 1 if place < LENGTH else at - 1
        characters = list(HER_NUMBER)
        characters[at], characters[other] = characters[other], characters[at]
        typed, touched = "".join(characters), [at, other]
    else:
        typed, touched = HER_NUMBER[:at] + str(digit) + HER_NUMBER[at + 1 :], [at]
    values = np.array([10 if one == "X" else int(one) for one in typed])
    remainders = values * np.array(WEIGHTS) % 11
    return {
        "typed": typed,
        "touched": touched,
        "remainders": remainders,
        "remainder": int(remainders.sum() % 11),
        "changed": typed != HER_NUMBER,
        "passes": bool(passes([typed])[0]),
        "slips": len(single_errors(HER_NUMBER)),
        "caught": int((~passes(single_errors(HER_NUMBER))).sum()),
    }


def _slip_verdict(result: Result) -> str:
    if not result["changed"]:
        return "nothing changed: it passes"
    return "it passes unnoticed" if result["passes"] else "caught"


def _slip_figure(result: Result, settings: Settings) -> Figure:
    places = np.arange(1, LENGTH + 1)
    bars = [
        {
            "type": "bar",
            "x": places[first:last],
            "y": result["remainders"][first:last],
            "marker": {"color": colour, "pattern": {"shape": texture}},
            "hovertemplate": name + ", character %{x}: %{y}<extra></extra>",
        }
        for name, first, last, colour, texture in PARTS
    ]
    return {
        "data": [
            *bars,
            {
                **_words(),
                "x": places,
                "y": [13.0] * LENGTH,
                "text": [
                    f"<b>{one}</b>" if at in result["touched"] else one
                    for at, one in enumerate(result["typed"])
                ],
                "textfont": {"size": 15},
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [at + 1 for at in (result["touched"] * 2)[:2]],
                "y": [13.0, 13.0],
                "marker": {
                    "symbol": "square-open",
                    "size": 14,
                    "color": theme.VERMILION,
                    "line": {"width": 2},
                },
                "hoverinfo": "skip",
            },
            {
                **_words(),
                "meta": "context",
                "x": [(first + last + 1) / 2 for _, first, last, _, _ in PARTS[:3]] + [18.5],
                "y": [15.2, 15.2, 15.2, 11.3],
                "text": [name for name, *_ in PARTS],
                "textposition": ["middle center"] * 3 + ["middle left"],
            },
            {
                **_words(),
                "x": [9.5],
                "y": [17.6],
                "text": [f"<b>remainder {result['remainder']}: {_slip_verdict(result)}</b>"],
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Character of the number"},
                "range": [0.3, 18.7],
                "tickvals": [1, 6, 14, 18],
                "showgrid": False,
            },
            "yaxis": {
                "title": {"text": "Weight × digit, left over by 11"},
                "range": [0, 19],
                "tickvals": [0, 5, 10],
            },
            "barmode": "overlay",
            "height": 340,
        },
    }


def _slip_summary(result: Result, settings: Settings) -> Summary:
    total = int(result["remainders"].sum())
    text = (
        f"Typed: {result['typed']}. The bars add up to {total}, which leaves {result['remainder']} when divided by 11; "
        f"a right number leaves 1. {_slip_verdict(result).capitalize()}."
    )
    return text, {
        "Character": list(range(1, LENGTH + 1)),
        "Typed": list(result["typed"]),
        "Weight": list(WEIGHTS),
        "Left over": result["remainders"].tolist(),
    }


@explorable
def one_slip(**start: Any) -> Explorable:
    """One slip in one number: what the check makes of it."""
    slips = len(single_errors(HER_NUMBER))
    return Explorable(
        "One slip",
        [
            Slider("place", "Character", low=1, high=LENGTH, step=1, default=12, unit="of 18"),
            Choice("slip", "Slip", [REPLACED, SWAPPED]),
            Slider("digit", "If another digit, typed as", low=0, high=9, step=1, default=8),
        ],
        _slip_model,
        _slip_figure,
        _slip_summary,
        start=start,
        alt="The 18 characters of a number, and below each a bar: what its weight times the digit leaves when divided by 11. "
        "Above stands whether the check notices the slip, which is framed.",
        guess=GuessValue(
            f"A clerk copies the number and gets one character wrong. There are {slips} ways to do so. How many of them does the check notice?",
            Slider("guess", "Slips noticed", low=0, high=slips, step=1, default=80, unit=f"of {slips}"),
            truth=lambda result, settings: result["caught"],
        ),
    )


# ---------------------------------------------------------------------------------------------- a dossier fills in

PHONE = REGISTRIES.index("phone_pings")
YEAR_START = pd.Timestamp("2016-01-01")
BEFORE = -0.7  # where records from before 2016 are drawn
MONTHS = ("Jan", "Apr", "Jul", "Oct")


@dataclass(frozen=True)
class File:
    """All that the eight registries hold about one number, in the order of time."""

    label: str
    row: NDArray[np.int64]
    month: NDArray[np.float64]
    cell: NDArray[np.float64]
    hour: NDArray[np.int64]
    shared: NDArray[np.bool_]
    words: tuple[str, ...]
    paid_in: NDArray[np.float64]
    companions: tuple[str, ...]
    last_ping: str


@cache
def _names() -> pd.Series:
    people = _sorrel().people
    return pd.Series(
        (people["given_name"] + " " + people["surname"]).to_numpy(), index=people["id_number"].to_numpy()
    )


@cache
def files() -> dict[str, File]:
    """Give the files of a few citizens, by what the reader sees of them."""
    people = _sorrel().people.set_index("id_number")
    found = {}
    for number in NUMBERS:
        person = people.loc[number]
        label = f"{person['given_name']} {person['surname']}, {person['age']}, {person['activity']}"
        found[label] = _file(number, label)
    return found


def _file(number: str, label: str) -> File:
    records = joined(_registries(), [number], ALSO)
    guests = companions(_registries()["hotel_stays"], number)
    when = records["when"]
    fraction = (when - YEAR_START).dt.total_seconds() / (366 * 86_400) * 12
    row, cell, words = [], [], []
    for registry, column, label_of_row, at in zip(
        records["registry"], records["column"], records["row"], when, strict=True
    ):
        place = REGISTRIES.index(registry)
        line = _registries()[registry].loc[label_of_row].to_dict()
        line["role"] = "lets" if column == "landlord" else "rents"
        row.append(place)
        cell.append(float(line.get("cell", np.nan)))
        said = ROWS[place][2].format_map(line)
        words.append(f"{at:%d %b %Y}: {said}")
    paid = _registries()["deposits"]
    paid = paid[paid["id_number"] == number]
    paid_in = np.bincount(paid["when"].dt.month - 1, weights=paid["amount"], minlength=12)
    rows = np.array(row, dtype=np.int64)
    return File(
        label,
        rows,
        np.where(fraction < 0, BEFORE, fraction),
        np.array(cell),
        when.dt.hour.to_numpy(),
        (rows == 0) & when.isin(guests["when"]).to_numpy(),
        tuple(words),
        paid_in.astype(float),
        tuple(sorted(_names()[guests["companion"].unique()])),
        "".join(f"{at.day} {at:%B, %H:%M}" for at in when[rows == PHONE][-1:]),
    )


def _bought(count: int, order: str) -> NDArray[np.bool_]:
    return np.isin(REGISTRIES, ORDERS[order][:count])


def _dossier_model(citizen: str, bought: int, order: str) -> Result:
    file = files()[citizen]
    has = _bought(bought, order)
    return {
        "file": file,
        "has": has,
        "seen": has[file.row],
        "counts": np.where(has, np.bincount(file.row, minlength=len(ROWS)), 0),
        "all": np.bincount(file.row, minlength=len(ROWS)),
    }


@cache
def _most_paid_in() -> float:
    return float(max(file.paid_in.max() for file in files().values()))


def _dossier_figure(result: Result, settings: Settings) -> Figure:
    file, has, seen, counts = result["file"], result["has"], result["seen"], result["counts"]
    top = len(ROWS)
    pattern = {"symbol": "diamond", "size": 9, "color": theme.BLUE, "opacity": 0.75}
    alone, together = seen & ~file.shared, seen & file.shared

    def marks(which: NDArray[np.bool_], marker: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "scatter",
            "mode": "markers",
            "x": file.month[which],
            "y": top - file.row[which],
            "text": [words for words, shown in zip(file.words, which, strict=True) if shown],
            "hovertemplate": "%{text}<extra></extra>",
            "marker": marker,
        }

    bank = has[REGISTRIES.index("deposits")]
    highest = 1000 * np.ceil(_most_paid_in() / 1000)
    return {
        "data": [
            marks(alone, pattern),
            marks(together, {"symbol": "star", "size": 15, "color": theme.VERMILION}),
            {
                **_words(),
                "x": [13.3] * top,
                "y": top - np.arange(top),
                "text": [str(count) if bought else "?" for count, bought in zip(counts, has, strict=True)],
            },
            {
                "type": "bar",
                "xaxis": "x2",
                "yaxis": "y2",
                "x": np.arange(12) + 0.5,
                "y": file.paid_in if bank else np.zeros(12),
                "marker": {"color": theme.GREEN},
                "hovertemplate": "%{y:,.0f} leaves<extra></extra>",
            },
            {
                **_words(),
                "xaxis": "x2",
                "yaxis": "y2",
                "x": [6.0],
                "y": [highest / 2],
                "text": ["" if bank and file.paid_in.any() else "none" if bank else "not bought"],
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "2016 (left: earlier; right: total)"},
                "range": [-1.2, 14.1],
                "tickvals": [0, 3, 6, 9, 12],
                "ticktext": [*MONTHS, ""],
            },
            "yaxis": {
                "title": {"text": "Registry"},
                "range": [0.4, top + 0.6],
                "tickvals": [top - row for row in range(top)],
                "ticktext": [short for _, short, _ in ROWS],
                "domain": [0.42, 1],
            },
            "xaxis2": {
                "title": {"text": "Month of 2016"},
                "range": [-1.2, 14.1],
                "tickvals": [0, 3, 6, 9, 12],
                "ticktext": [*MONTHS, ""],
                "anchor": "y2",
            },
            "yaxis2": {
                "title": {"text": "Paid in"},
                "range": [0, highest],
                "domain": [0, 0.22],
                "nticks": 3,
                "tickformat": "~s",
            },
            "height": 410,
        },
    }


def _dossier_summary(result: Result, settings: Settings) -> Summary:
    file, counts, has = result["file"], result["counts"], result["has"]
    name = settings["citizen"].split(",")[0]
    text = (
        f"{counted(int(has.sum()), 'registry', 'registries')} of 8 bought: {counted(int(counts.sum()), 'record')}, "
        f"{counts.sum() / result['all'].sum():.0%} of the {result['all'].sum():,} about {name}, from {counted(int((counts > 0).sum()), 'registry', 'registries')}."
    )
    if has[0]:
        names = " and ".join(file.companions)
        text += f" Shared a hotel room (stars) with {names}." if names else " Shared no hotel room."
    if has.all():
        known = _known().sum(axis=1)
        text += (
            f" The person in the middle of Sorrel is known to {known.median():.0f} of the 8 registries; "
            f"{counted(int((known == len(ROWS)).sum()), 'person', 'people')} to all of them."
        )
    return text, {
        "Registry": [short for _, short, _ in ROWS],
        "Records": [
            str(count) if bought else "not bought" for count, bought in zip(counts, has, strict=True)
        ],
    }


def _citizen(*more: str) -> Choice:
    return Choice("citizen", "Citizen", [*files(), *more])


@explorable
def a_dossier_fills_in(**start: Any) -> Explorable:
    """One citizen's file: a row for each registry, which fills in as it is bought."""
    her = next(iter(files()))
    return Explorable(
        "A dossier fills in",
        [
            _citizen(),
            Slider("bought", "Registries bought", low=0, high=8, step=1, default=1, unit="of 8"),
            Choice("order", "In the order", list(ORDERS)),
        ],
        _dossier_model,
        _dossier_figure,
        _dossier_summary,
        start=start,
        alt="A timeline of 2016 with a row for each of eight registries: a mark for each record of those that were bought, stars for shared "
        "hotel rooms, and at the end of the row their number. Below, what was paid into the bank accounts each month.",
        guess=GuessValue(
            f"{her}. One number, eight registries. How many records do they hold about this citizen?",
            Slider("guess", "Records", low=0, high=200, step=1, default=20, unit="records"),
            truth=lambda result, settings: len(files()[her].row),
        ),
    )


# ---------------------------------------------------------------------------------------------- where the number lives

TIMES = {
    "all day": (0, 0),
    "at night, 9 pm to 7 am": (21, 7),
    "by day, 9 am to 5 pm": (9, 17),
    "in the evening, 5 pm to 9 pm": (17, 21),
}
SIDE = 24


@cache
def _share_at_home() -> float:
    """How often the cell where a phone is used most at night is its owner's home."""
    cells = usual_cells(_registries()["phone_pings"], *TIMES["at night, 9 pm to 7 am"])
    homes = _sorrel().people.set_index("id_number")["home_cell"].loc[cells.index]
    return float((cells == homes).mean())


def _in_span(hour: NDArray[np.int64], time: str) -> NDArray[np.bool_]:
    first, last = TIMES[time]
    return np.asarray((hour - first) % 24 < ((last - first) % 24 or 24))


def _map_model(citizen: str, bought: str, time: str) -> Result:
    file = files()[citizen]
    has = np.isin(REGISTRIES, MAPPED[bought])
    seen = has[file.row] & np.isfinite(file.cell)
    pings = seen & (file.row == PHONE)
    cells, uses = np.unique(file.cell[pings & _in_span(file.hour, time)].astype(int), return_counts=True)

    def places(registry: str) -> NDArray[np.int64]:
        return np.unique(file.cell[seen & (file.row == REGISTRIES.index(registry))].astype(int))

    by_registry = {name: places(name) for name in MAPPED[bought]}
    return {
        "homes": np.unique(np.concatenate([places("rentals"), places("properties")])),
        "cafes": places("cafe_sessions"),
        "cells_of": {SHORT[name]: len(found) for name, found in by_registry.items()},
        "cells": cells,
        "uses": uses,
        "now": file.cell[pings][-1:].astype(int),
        "last_ping": file.last_ping,
    }


# As the story buys them, those that know places.
MAPPED = {
    "nothing": (),
    "cafés": ("cafe_sessions",),
    "cafés, rentals": ("cafe_sessions", "rentals"),
    "cafés, rentals, land": ("cafe_sessions", "rentals", "properties"),
    "these and the phone": ("cafe_sessions", "rentals", "properties", "phone_pings"),
}


LINES = {
    "homes": {"width": 3, "color": theme.VERMILION},
    "cafes": {"width": 3, "color": theme.GREEN},
    "now": {"width": 1, "color": "#1f1f1f"},
}


def _middle(cells: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return (cells % SIDE).astype(np.float64) + 0.5, (cells // SIDE).astype(np.float64) + 0.5


def _map_figure(result: Result, settings: Settings) -> Figure:
    districts = _sorrel().districts
    layers = (
        ("homes", "square-open", 19, theme.VERMILION, "rental or land"),
        ("cafes", "triangle-up", 12, theme.GREEN, "internet café"),
        ("now", "x", 12, theme.ORANGE, "phone used here last"),
    )
    traces: list[dict[str, Any]] = []
    x, y = _middle(result["cells"])
    uses = result["uses"]
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": x,
            "y": y,
            "marker": {
                "symbol": "circle",
                "size": 5 + 20 * np.sqrt(uses / max(uses.sum(), 1)),
                "color": theme.BLUE,
                "opacity": 0.75,
            },
            "text": [
                f"cell {cell}: phone used {counted(int(count), 'time')}"
                for cell, count in zip(result["cells"], uses, strict=True)
            ],
            "hovertemplate": "%{text}<extra></extra>",
        }
    )
    for name, symbol, size, colour, said in layers:
        x, y = _middle(result[name])
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": x,
                "y": y,
                "marker": {
                    "symbol": symbol,
                    "size": size,
                    "color": colour,
                    "line": LINES[name],
                },
                "text": [f"cell {cell}: {said}" for cell in result[name]],
                "hovertemplate": "%{text}<extra></extra>",
            }
        )
    # The names of the districts lie on top, so that no mark hides them.
    traces += [
        {
            **_words(),
            "meta": "context",
            "x": districts["x"].tolist(),
            "y": districts["y"].tolist(),
            "text": districts["name"].tolist(),
            "textfont": {"size": 11},
        },
        {
            "type": "scatter",
            "mode": "markers+text",
            "meta": "context",
            "x": [0.8, 13.0, 0.8, 13.0],
            "y": [27.4, 27.4, 25.4, 25.4],
            "text": [" rental or land", " internet café", " phone used", " used last"],
            "textposition": "middle right",
            "marker": {
                "symbol": ["square-open", "triangle-up", "circle", "x"],
                "size": [13, 12, 12, 10],
                "color": [theme.VERMILION, theme.GREEN, theme.BLUE, theme.ORANGE],
                "opacity": 1,
                "line": {
                    "width": [3, 3, 0, 1.5],
                    "color": [theme.VERMILION, theme.GREEN, theme.BLUE, "#1f1f1f"],
                },
            },
            "hoverinfo": "skip",
        },
    ]
    grid = {"tickvals": [0, 6, 12, 18, 24], "zeroline": False}
    return {
        "data": traces,
        "layout": {
            "xaxis": {"title": {"text": "West to east, km"}, "range": [0, SIDE], **grid},
            "yaxis": {"title": {"text": "South to north, km"}, "range": [0, SIDE + 4.6], **grid},
            "height": 400,
        },
    }


def _map_summary(result: Result, settings: Settings) -> Summary:
    uses, cells, cells_of = result["uses"], result["cells"], result["cells_of"]
    places = [
        f"{short} {counted(count, 'cell')}"
        for short, count in cells_of.items()
        if short != SHORT["phone_pings"]
    ]
    text = (
        f"Bought: {', '.join(places)}."
        if places
        else "No registry that knows places is bought: the map is empty."
    )
    time = settings["time"].split(",")[0]
    if SHORT["phone_pings"] in cells_of and not len(result["now"]):
        text += " No phone is known under this number."
    elif SHORT["phone_pings"] in cells_of and not len(cells):
        text += f" The phone was never used {time}."
    elif len(cells):
        most = int(np.argmax(uses))
        known = " That cell is in the rental or land registry too." if cells[most] in result["homes"] else ""
        text += (
            f" The phone was used {counted(int(uses.sum()), 'time')} {time}, in {counted(len(cells), 'cell')}; "
            f"most often in cell {cells[most]} ({counted(int(uses[most]), 'time')}).{known}"
        )
    if len(result["now"]):
        text += f" Its last use: {result['last_ping']}, in cell {result['now'][0]}."
    order = np.argsort(-uses, kind="stable")
    rows = [("rental or land", int(cell), "") for cell in result["homes"]]
    rows += [("café", int(cell), "") for cell in result["cafes"]]
    rows += [("phone", int(cells[at]), str(uses[at])) for at in order]
    rows += [("last use", int(cell), "") for cell in result["now"]]
    return text, {
        "From": [one for one, _, _ in rows],
        "Cell": [str(cell) for _, cell, _ in rows],
        "Times": [times for _, _, times in rows],
    }


@explorable
def where_a_number_lives(**start: Any) -> Explorable:
    """One citizen's places on a schematic map, as registries that know places are bought."""
    return Explorable(
        "Where a number lives",
        [
            _citizen(),
            Choice("bought", "Bought", list(MAPPED), default="these and the phone"),
            Choice("time", "Phone used", list(TIMES), default="at night, 9 pm to 7 am"),
        ],
        _map_model,
        _map_figure,
        _map_summary,
        start=start,
        alt="A map of Sorrel, 24 by 24 cells of a kilometre with the names of its districts: squares where the citizen rents or owns, triangles "
        "for internet cafés, circles where the phone was used, larger where more often, a cross where it was used last.",
        guess=GuessValue(
            "Take the phone records alone, and for each phone the cell where it is used most at night. For what share of phones is that where the owner lives?",
            Slider("guess", "Phones that show the home", low=0, high=1, step=0.01, default=0.4, format=".0%"),
            truth=lambda result, settings: round(_share_at_home(), 2),
        ),
    )


# ---------------------------------------------------------------------------------------------- what the bundle is worth

EVERYBODY = "everybody, on average"
# Leaves: where the charts end. Eight questions at 500 each, with all answered by any, need the furthest.
ENDS = (1000.0, 2000.0, 4000.0, 8000.0)
LEFT_OUT_ENDS = (800.0, 1600.0, 4000.0)
LEFT_OUT_ENDS_OF_ALL = (120.0, 400.0, 800.0, 1600.0, 4000.0)


def buyers_questions() -> pd.DataFrame:
    """Give what a buyer might ask, which registries answer it, and an invented price in leaves."""
    rows = (
        ("Where is she now?", "phone_pings", ALL, 80),
        ("Where does she live?", "rentals, properties, phone_pings", ANY, 30),
        ("When abroad?", "flights, border_crossings", ANY, 20),
        ("What is she paid?", "deposits", ALL, 40),
        ("Who shares her room?", "hotel_stays", ALL, 40),
        ("Whom does she meet?", "hotel_stays, phone_pings", ALL, 120),
        ("Who pays her trips?", "hotel_stays, flights, deposits", ALL, 150),
        ("Can she be pressed?", "hotel_stays, cafe_sessions, deposits", ALL, 200),
    )
    return pd.DataFrame(rows, columns=["question", "needs", "how", "price"]).set_index("question")


def editable_questions() -> EditableTable:
    """Lay the buyer's questions out as a table: what an answer is worth, and whether it takes all the registries or any of them."""
    frame = buyers_questions()
    frame["registries"] = [
        ", ".join(SHORT[name.strip()] for name in needs.split(",")) for needs in frame["needs"]
    ]
    return EditableTable(
        "What a buyer asks",
        frame[["registries", "how", "price", "needs"]],
        [
            Choice("how", "Takes", [ALL, ANY]),
            Number("price", "Worth", low=0, high=500, step=10, unit="leaves"),
        ],
        labels={"question": "Question", "registries": "Registries"},
        hidden=["needs"],
        name="my_questions",
    )


@cache
def _counts(citizen: str) -> NDArray[np.float64]:
    if citizen == EVERYBODY:
        counts = records_by_registry(_registries(), _sorrel().people["id_number"], ALSO)
        return np.asarray(counts.mean().to_numpy())
    return np.bincount(files()[citizen].row, minlength=len(ROWS)).astype(float)


@cache
def _known_of(citizen: str) -> pd.DataFrame:
    if citizen == EVERYBODY:
        return _known()
    return _known().loc[[dict(zip(files(), NUMBERS, strict=True))[citizen]]]


def _asked(questions: EditableTable | None) -> pd.DataFrame:
    return buyers_questions() if questions is None else questions.value


def _axis_end(most: float, ends: tuple[float, ...]) -> float:
    """Let an axis end where it always does, and further out only if a learner's prices need it."""
    return next((end for end in ends if most <= end), ends[-1])


def _bundle_figure(result: Result, settings: Settings) -> Figure:
    together, parts = result["together"], result["parts"]
    steps = np.arange(len(together))
    names = [SHORT[name] for name in ORDERS[settings["order"]]]
    top = result["top"]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "meta": "context",
                "x": steps,
                "y": parts,
                "line": {"color": theme.VERMILION, "width": 2, "dash": "dash"},
                "marker": {"symbol": "circle-open", "size": 8},
                "hovertemplate": "the parts, added up: %{y:,.0f} leaves<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": steps,
                "y": together,
                "line": {"color": theme.BLUE, "width": 3},
                "marker": {"symbol": "square", "size": 9},
                "hovertemplate": "together: %{y:,.0f} leaves<extra></extra>",
            },
            {
                **_words(),
                "x": [8.2, 8.2],
                "y": result["labels"],
                "text": ["together", "parts"],
                "textposition": "middle right",
            },
            {
                **_words(),
                "x": [0.0],
                "y": [1.07 * top],
                "text": [f"<b>together {together[-1]:,.0f}, parts {parts[-1]:,.0f}</b>"],
                "textposition": "middle right",
            },
            {
                **_words(),
                "meta": "context",
                "x": steps[1:],
                "y": [-0.055 * top if step % 2 else -0.125 * top for step in steps[1:]],
                "text": names,
                "textfont": {"size": 12},
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Registries bought"},
                "range": [-0.3, 11.1],
                "tickvals": list(range(9)),
            },
            "yaxis": {
                "title": {"text": "Worth to the buyer, leaves"},
                "range": [-0.17 * top, 1.14 * top],
                "tickvals": (top * np.arange(5) / 4).tolist(),
            },
            "height": 400,
        },
    }


def _bundle_model(questions: pd.DataFrame, citizen: str, order: str) -> Result:
    known, names = _known_of(citizen), ORDERS[order]
    together = value_as_bought(questions, known, names).mean().to_numpy()
    alone = value_alone(questions, known).mean()[list(names)].to_numpy()
    parts = np.concatenate([[0.0], np.cumsum(alone)])
    records = _counts(citizen)[[REGISTRIES.index(name) for name in names]]
    ends = np.array([together[-1], parts[-1]])
    top = _axis_end(ends.max(), ENDS)
    # The two words keep apart where the two lines end close together.
    gap, labels = 0.07 * top, ends
    if abs(ends[0] - ends[1]) < gap:
        labels = ends.mean() + np.where(ends[0] >= ends[1], 1, -1) * np.array([gap / 2, -gap / 2])
    return {
        "together": together,
        "parts": parts,
        "alone": alone,
        "labels": labels,
        "top": top,
        "records": np.cumsum(records) / max(records.sum(), 1e-12),
    }


def _bundle_summary(result: Result, settings: Settings) -> Summary:
    together, parts = result["together"][-1], result["parts"][-1]
    whom = (
        "on average over all of Sorrel"
        if settings["citizen"] == EVERYBODY
        else f"about {settings['citizen'].split(',')[0]}"
    )
    difference = together - parts
    compared = (
        "as much as"
        if abs(difference) < 0.5
        else f"{abs(difference):,.0f} {'more' if difference > 0 else 'less'} than"
    )
    text = f"All eight together are worth {together:,.0f} leaves to the buyer, {whom}: {compared} the sum of the parts, {parts:,.0f}."
    return text, {
        "Bought": ["nothing", *(SHORT[name] for name in ORDERS[settings["order"]])],
        "Worth so far": [f"{worth:,.0f}" for worth in result["together"]],
        "Alone": ["", *(f"{worth:,.0f}" for worth in result["alone"])],
        "Records so far": [f"{share:.0%}" for share in (0, *result["records"])],
    }


@explorable
def what_a_bundle_is_worth(questions: EditableTable | None = None, **start: Any) -> Explorable:
    """Follow the worth of the dossier as registries are bought, beside the sum of the parts; asks the learner's questions if given."""
    handles = (2, 4, 6, 7, 8)  # in the story's order the bank is the seventh
    chart = Explorable(
        "What a bundle is worth",
        [_citizen(EVERYBODY), Choice("order", "In the order", list(ORDERS))],
        lambda citizen, order: _bundle_model(_asked(questions), citizen, order),
        _bundle_figure,
        _bundle_summary,
        start=start,
        alt="Two lines against the number of registries bought: what the buyer's questions that they answer together are worth, and what each is "
        "worth alone, added up.",
        guess=GuessCurve(
            "The dashed line adds up what each registry is worth alone. How does the worth of all that is bought, taken together, grow?",
            at=handles,
            slider=Slider("guess", "Worth", low=0, high=ENDS[0], step=10, default=0, unit="leaves"),
            truth=lambda result, settings: result["together"][list(handles)],
            unit_x="bought",
        ),
    )
    if questions is not None:
        chart.follow(questions)
    return chart


def questions_and_worth(questions: EditableTable) -> Beside:
    """Lay out the buyer's questions beside the chart of what the registries are worth."""
    return Beside(what_a_bundle_is_worth(questions=questions), questions, narrowest=620)


# ---------------------------------------------------------------------------------------------- which one to leave out


def _left_out_model(questions: pd.DataFrame, citizen: str) -> Result:
    known = _known_of(citizen)
    alone = value_alone(questions, known).mean().to_numpy()
    loss = loss_without(questions, known).mean().to_numpy()
    ends = LEFT_OUT_ENDS_OF_ALL if citizen == EVERYBODY else LEFT_OUT_ENDS
    return {
        "alone": alone,
        "loss": loss,
        "top": _axis_end(max(alone.max(), loss.max()), ends),
        "full": float(value(questions, known, REGISTRIES).mean()),
    }


def _left_out_figure(result: Result, settings: Settings) -> Figure:
    rows = len(REGISTRIES) - np.arange(len(REGISTRIES))
    loss, alone, top = result["loss"], result["alone"], result["top"]
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": loss,
                "y": rows,
                "width": 0.62,
                "marker": {"color": theme.BLUE},
                "text": [f"{lost:,.0f}" for lost in loss],
                "textposition": "none",
                "hovertemplate": "lost without it: %{text} leaves<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": alone,
                "y": rows,
                "marker": {
                    "color": theme.ORANGE,
                    "symbol": "diamond",
                    "size": 11,
                    "line": {"color": "#1f1f1f", "width": 1.5},
                },
                "hovertemplate": "worth alone: %{x:,.0f} leaves<extra></extra>",
            },
            {
                **_words(),
                "x": np.full(len(rows) + 1, 1.14 * top),
                "y": [*rows, 9.2],
                "text": [*(f"{lost:,.0f}" for lost in loss), "<b>lost</b>"],
            },
            {
                "type": "scatter",
                "mode": "markers+text",
                "meta": "context",
                "x": [0.02 * top, 0.02 * top],
                "y": [10.1, 9.2],
                "text": [" lost without it", " worth alone"],
                "textposition": "middle right",
                "marker": {"color": [theme.BLUE, theme.ORANGE], "symbol": ["square", "diamond"], "size": 13},
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Leaves"},
                "range": [-0.04 * top, top * 1.24],
                "tickvals": (top * np.arange(5) / 4).tolist(),
            },
            "yaxis": {
                "title": {"text": "Registry"},
                "range": [0.4, 10.7],
                "tickvals": rows,
                "ticktext": [SHORT[name] for name in REGISTRIES],
                "showgrid": False,
            },
            "height": 395,
        },
    }


def _most(worth: NDArray[np.float64]) -> str:
    """Name the registry, or the registries, with the highest figure."""
    best = [
        SHORT[name]
        for name, each in zip(REGISTRIES, worth, strict=True)
        if each > 0 and each >= worth.max() - 0.5
    ]
    return " and ".join(best) if best else "none"


def _left_out_summary(result: Result, settings: Settings) -> Summary:
    alone, loss, full = result["alone"], result["loss"], result["full"]
    whom = (
        "On average over all of Sorrel"
        if settings["citizen"] == EVERYBODY
        else f"About {settings['citizen'].split(',')[0]}"
    )
    text = (
        f"{whom} all eight are worth {full:,.0f} leaves. Worth most alone: {_most(alone)} ({alone.max():,.0f}). "
        f"Missed most when left out: {_most(loss)} ({loss.max():,.0f})."
    )
    return text, {
        "Registry": [SHORT[name] for name in REGISTRIES],
        "Worth alone": [f"{worth:,.0f}" for worth in alone],
        "Lost without it": [f"{worth:,.0f}" for worth in loss],
    }


@explorable
def which_to_leave_out(questions: EditableTable | None = None, **start: Any) -> Explorable:
    """Compare what each registry is worth alone with what the dossier loses without it; asks the learner's questions if given."""
    hotel = REGISTRIES.index("hotel_stays")
    chart = Explorable(
        "Which one to leave out",
        [_citizen(EVERYBODY)],
        lambda citizen: _left_out_model(_asked(questions), citizen),
        _left_out_figure,
        _left_out_summary,
        start=start,
        alt="A row for each registry: a bar for what the full dossier loses without it, a diamond for what it is worth alone.",
        guess=GuessValue(
            "Alone, the hotel stays answer one question, worth 40 leaves at first. All eight registries are there; now the hotels are left out. "
            "How many leaves does the dossier lose?",
            Slider(
                "guess",
                "Lost without the hotels",
                low=0,
                high=LEFT_OUT_ENDS[0],
                step=10,
                default=40,
                unit="leaves",
            ),
            truth=lambda result, settings: round(float(result["loss"][hotel])),
            axis="x",
        ),
    )
    if questions is not None:
        chart.follow(questions)
    return chart
