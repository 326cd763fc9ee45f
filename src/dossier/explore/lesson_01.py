"""Lesson 01, a day in data: who writes down a day, what following somebody costs, and what is written without anybody following.

The costs are those of Bankston and Soltani (2014), read from the ledger. The records are Sorrel's.
"""

from __future__ import annotations

from collections.abc import Callable
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
from dossier.republic import Republic
from dossier.republic.schema import PHONE_WINDOW_DAYS, PHONE_WINDOW_START
from dossier.score.watching import average_cost_per_hour, people_followed, records_per_person_per_day

HOURS_A_DAY = 24
DAYS_OF_A_MONTH = 28  # the length for which the sources give the cost of a device


# ---------------------------------------------------------------------------------------------- what a budget can follow


@dataclass(frozen=True)
class Method:
    """A way to follow one person: what it costs before the first hour, and in every hour (dollars of the source's year)."""

    name: str
    label: str
    colour: str
    symbol: str
    running_low: float
    running_high: float
    fixed: float = 0.0


@cache
def methods() -> tuple[Method, ...]:
    """Give the methods whose costs the ledger holds, from the dearest kind to the cheapest."""
    on_foot, in_cars, beeper = fact("F5-001").value, fact("F5-002").value, fact("F5-003")
    device, phone = fact("F5-004").stated(10) * HOURS_A_DAY, fact("F5-005")
    return (
        Method("five agents in cars", "5 cars", theme.VERMILION, "circle", in_cars, in_cars),
        Method("five agents on foot", "5 on foot", theme.VERMILION, "circle", on_foot, on_foot),
        Method("two agents with a beeper", "beeper", theme.VERMILION, "circle", beeper.low, beeper.high),
        Method("a GPS device", "GPS", theme.BLUE, "square", 0.0, 0.0, device),
        Method("the phone company's records", "phone", theme.BLUE, "diamond", phone.low, phone.high),
    )


# Places to compare with. The sizes of the village and the city are ours; Sorrel's is that of the committed sample.
PLACES = (("village", 1_000, 0), ("Sorrel", 10_000, 1), ("city", 1_000_000, 0))


def _budget_model(formula: Callable[..., Any]) -> Callable[..., Result]:
    # A learner's formula may hold an "if", which an array would break.
    one_by_one = np.vectorize(formula, otypes=[float])

    def model(budget: float, days: float) -> Result:
        with learners_formula():
            return computed(budget, days)

    def computed(budget: float, days: float) -> Result:
        dear, cheap = (
            np.array(
                [
                    average_cost_per_hour(one.fixed, running, days)
                    for one, running in zip(methods(), at, strict=True)
                ]
            )
            for at in ([one.running_high for one in methods()], [one.running_low for one in methods()])
        )
        result = {"fewest": one_by_one(budget, dear, days), "most": one_by_one(budget, cheap, days)}
        if not all(np.isfinite(people).all() for people in result.values()):
            raise FormulaProblem(
                "Your formula gave no number. Does it end with a line that begins with return?"
            )
        return result

    return model


def _budget_figure(result: Result, settings: Settings) -> Figure:
    top = len(methods())
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines+text",
            "meta": "context",
            "x": [people, people],
            "y": [0.5, top + 0.8 + 0.4 * raised],
            "text": ["", name],
            "textposition": "top center",
            "line": {"color": theme.GREY, "width": 1, "dash": "dot"},
            "hovertemplate": f"{name}: {people:,} people<extra></extra>",
        }
        for name, people, raised in PLACES
    ]
    for row, (method, fewest, most) in enumerate(
        zip(methods(), result["fewest"], result["most"], strict=True)
    ):
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": [fewest, most],
                "y": [top - row, top - row],
                "line": {"color": method.colour, "width": 5},
                "marker": {"color": method.colour, "size": 12, "symbol": method.symbol},
                "hovertemplate": f"{method.name}: %{{x:,.3~g}} people<extra></extra>",
            }
        )
    middles = np.sqrt(result["fewest"] * result["most"])
    traces.append(
        {
            "type": "scatter",
            "mode": "text",
            "x": middles,
            "y": [top - row + 0.42 for row in range(top)],
            "text": [_from_to(low, high) for low, high in zip(result["fewest"], result["most"], strict=True)],
            # The words lean inwards where the chart ends.
            "textposition": [
                "middle right" if middle < 10 else "middle left" if middle > 1e7 else "middle center"
                for middle in middles
            ],
            "hoverinfo": "skip",
        }
    )
    return {
        "data": traces,
        "layout": {
            "xaxis": {
                "title": {"text": "People followed"},
                "type": "log",
                "range": [-2.6, 9.4],
                "tickvals": [1, 1e3, 1e6, 1e9],
                "ticktext": ["1", "1,000", "million", "billion"],
                "tickangle": 0,
            },
            "yaxis": {
                "title": {"text": "Method"},
                "range": [0.5, top + 1.75],
                "tickvals": [top - row for row in range(top)],
                "ticktext": [method.label for method in methods()],
                "showgrid": False,
            },
            "height": 400,
        },
    }


def _budget_summary(result: Result, settings: Settings) -> Summary:
    cars, phone = float(result["fewest"][0]), (float(result["fewest"][-1]), float(result["most"][-1]))
    money = f"{_people(settings['budget'])} dollars"
    length = "one day" if settings["days"] == 1 else f"{settings['days']} days"
    text = (
        f"For {length} around the clock, {money} pay five cars to follow {_people(cars)}, "
        f"or the phone company's records of {_from_to(*phone)}."
    )
    return text, {
        "Method": [method.name for method in methods()],
        "Fewest people": [float(people) for people in result["fewest"]],
        "Most people": [float(people) for people in result["most"]],
    }


def _people(number: float) -> str:
    """Say a number of people as one would: no more digits than the figures behind it deserve."""
    if number < 1:
        return "less than one"
    for size, word in ((1e9, " billion"), (1e6, " million")):
        if number >= size * 0.9995:
            return f"{number / size:.3g}{word}"
    return f"{float(f'{number:.2g}'):,.0f}" if number >= 10 else f"{number:.0f}"


def _from_to(low: float, high: float) -> str:
    return _people(low) if _people(low) == _people(high) else f"{_people(low)} to {_people(high)}"


@explorable
def what_a_budget_can_follow(formula: Callable[..., Any] = people_followed, **start: Any) -> Explorable:
    """How many people a budget can follow, by each method; with the learner's own formula if one is given."""
    return Explorable(
        "What a budget can follow",
        [
            Slider(
                "budget",
                "Budget",
                low=1_000,
                high=10**9,
                step=3,
                default=10**6,
                unit="dollars",
                scale="log",
                format=",.0f",
            ),
            Slider(
                "days",
                "Days",
                low=1,
                high=DAYS_OF_A_MONTH,
                step=1,
                default=DAYS_OF_A_MONTH,
            ),
        ],
        _budget_model(formula),
        _budget_figure,
        _budget_summary,
        start=start,
        alt="A row for each method, from agents in cars down to phone records: how many people the budget can follow with it, "
        "on a scale where each step is ten times the one before.",
        guess=GuessValue(
            "You have a million dollars. Teams of five cars follow people around the clock for 28 days. How many people?",
            Slider(
                "guess",
                "People followed",
                low=1,
                high=100_000,
                step=3,
                default=200,
                unit="people",
                scale="log",
            ),
            truth=lambda result, settings: round(float(result["fewest"][0]), 1),
            axis="x",
        ),
    )


# ---------------------------------------------------------------------------------------------- a cost spread over time


def _time_model(fixed_cost: float, looking: float) -> Result:
    days = np.arange(1, DAYS_OF_A_MONTH + 1)
    return {
        "days": days,
        "device": average_cost_per_hour(fixed_cost, looking, days),
        "team": average_cost_per_hour(0, fact("F5-002").value, days),
    }


def _time_figure(result: Result, settings: Settings) -> Figure:
    device, team = result["device"], result["team"]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+text",
                "meta": "context",
                "x": result["days"],
                "y": team,
                "text": [""] * 6 + ["five cars"] + [""] * 21,
                "textposition": "top center",
                "line": {"color": theme.VERMILION, "width": 3, "dash": "dash"},
                "hovertemplate": "five cars: %{y:.0f} dollars an hour<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines+text",
                "x": result["days"],
                "y": device,
                "text": [""] * 6 + ["device"] + [""] * 21,
                "textposition": "top right",
                "line": {"color": theme.BLUE, "width": 3},
                "hovertemplate": "device for %{x} days: %{y:.2f} dollars an hour<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines+markers+text",
                "x": [DAYS_OF_A_MONTH] * 3,
                "y": [team[-1], np.sqrt(team[-1] * device[-1]), device[-1]],
                "text": ["", f"{_times(team[-1] / device[-1])} cheaper ", ""],
                "textposition": "middle left",
                "line": {"color": theme.GREY, "width": 1.5, "dash": "dot"},
                "marker": {"color": theme.BLUE, "size": [0, 0, 12], "symbol": "square", "opacity": 1},
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {"title": {"text": "Days in use"}, "range": [0, 29], "tickvals": [1, 7, 14, 21, 28]},
            "yaxis": {
                "title": {"text": "Dollars an hour"},
                "type": "log",
                "range": [-1.7, 3],
                "tickvals": [0.1, 1, 10, 100, 1000],
                "ticktext": ["0.10", "1", "10", "100", "1,000"],
            },
        },
    }


def _times(ratio: float) -> str:
    return f"{ratio:,.0f} times" if ratio >= 10 else f"{ratio:.1f} times"


def _time_summary(result: Result, settings: Settings) -> Summary:
    device, team = result["device"], result["team"]
    text = (
        f"An hour costs {device[0]:,.2f} dollars if the device follows for one day, and {device[-1]:,.2f} if it follows "
        f"for 28. Over 28 days that is {_times(team[-1] / device[-1])} cheaper than five cars."
    )
    rows = np.array([1, 2, 7, 14, 28]) - 1
    return text, {
        "Days": [int(day) for day in result["days"][rows]],
        "Device, dollars an hour": [float(cost) for cost in device[rows]],
        "Five cars": [float(cost) for cost in team[rows]],
        "Times cheaper": [float(ratio) for ratio in (team / device)[rows]],
    }


@explorable
def a_cost_spread_over_time(**start: Any) -> Explorable:
    """What an hour of following costs with a device, as its fixed cost is spread over more days and somebody looks along."""
    handles = [2, 7, 14, 28]
    device = next(method for method in methods() if method.fixed)
    return Explorable(
        "A fixed cost, spread over time",
        [
            Slider(
                "fixed_cost",
                "Device, paid once",
                low=20,
                high=1_000,
                step=20,
                default=device.fixed,
                unit="dollars",
            ),
            Slider(
                "looking",
                "Watching along",
                low=0,
                high=50,
                step=1,
                default=0,
                unit="dollars an hour",
            ),
        ],
        _time_model,
        _time_figure,
        _time_summary,
        start=start,
        alt="A falling curve, the device's cost an hour against the days it is in use, far below the flat line of five cars; each "
        "step of the vertical scale is ten times the one before.",
        guess=GuessCurve(
            "In use for one day, the device costs 10 dollars an hour. What does an hour cost if it stays for longer? "
            "The dashed line is the five cars.",
            at=handles,
            slider=Slider(
                "guess",
                "Dollars an hour",
                low=0.1,
                high=1_000,
                step=6,
                default=10,
                scale="log",
                unit="dollars",
            ),
            truth=lambda result, settings: np.round(result["device"][np.array(handles) - 1], 2),
            unit_x="days",
        ),
    )


# ---------------------------------------------------------------------------------------------- a citizen's day

# One row each: the registry, a short name for it, and what a record says in words.
ROWS = (
    ("phone_pings", "phone", "phone used in {district}"),
    ("posts", "post", "posted about {topic}: {tone}"),
    ("cafe_sessions", "café", "{minutes} minutes in internet café {cafe}, {district}"),
    ("deposits", "bank", "{bank}: {kind}, {amount:,} leaves"),
    ("utility_payments", "bill", "paid {amount:,} leaves for {service}"),
    ("flights", "flight", "flight {flight} from {origin} to {destination}"),
    ("border_crossings", "border", "{direction} at {post}, {country}"),
    ("hotel_stays", "hotel", "checked in at {hotel}, room {room}, nights: {nights}"),
    ("volunteering", "helping", "{activity}, hours: {hours}"),
    ("traffic_offences", "traffic", "{offence} in {district}, fine {fine:,} leaves"),
    ("rentals", "tenancy", "rented {address} for {rent:,} leaves a month"),
    ("properties", "land", "entered as owner of {address}"),
    ("judgments", "court", "judgment in a case of {case}"),
    ("tax_arrears", "tax", "{amount:,} leaves of tax overdue"),
)
TWO_WEEKS = pd.date_range(PHONE_WINDOW_START, periods=PHONE_WINDOW_DAYS)


@dataclass(frozen=True)
class Life:
    """Two weeks of one citizen: every record's day (0 to 13), hour, row and words."""

    label: str
    day: NDArray[np.int64]
    hour: NDArray[np.float64]
    row: NDArray[np.int64]
    words: tuple[str, ...]


@cache
def _sorrel() -> Republic:
    return Republic.sample()


@cache
def _two_weeks_of_registries() -> dict[str, pd.DataFrame]:
    """Every registry, cut to the two weeks in which phones are observed."""
    last = TWO_WEEKS[-1] + pd.Timedelta(days=1)
    tables = {name: _sorrel().tables[name] for name, _, _ in ROWS}
    return {name: table[table["when"].between(TWO_WEEKS[0], last, "left")] for name, table in tables.items()}


@cache
def _counts() -> dict[str, NDArray[np.int64]]:
    """Records of every person on every day, by registry."""
    ids = _sorrel().people["id_number"]
    return {
        name: records_per_person_per_day({name: table}, ids, TWO_WEEKS).to_numpy()
        for name, table in _two_weeks_of_registries().items()
    }


@cache
def lives() -> tuple[Life, ...]:
    """Give one citizen of each activity: the one known to most registries in the two weeks, then with most records."""
    people = _sorrel().people
    known_to = sum((counts.sum(axis=1) > 0).astype(int) for counts in _counts().values())
    left = sum(counts.sum(axis=1) for counts in _counts().values())
    ranked = people.assign(known_to=known_to, left=left).sort_values(
        ["known_to", "left", "id_number"], ascending=[False, False, True]
    )
    first = ranked.drop_duplicates("activity")
    return tuple(_life(person) for _, person in first[first["left"] > 0].iterrows())


def _life(person: Any) -> Life:
    names = _sorrel().cells.merge(_sorrel().districts, on="district").set_index("cell")["name"]
    day, hour, row, words = [], [], [], []
    for place, (name, _, sentence) in enumerate(ROWS):
        table = _two_weeks_of_registries()[name]
        for record in table[table["id_number"] == person["id_number"]].to_dict("records"):
            when = record["when"]
            day.append((when.normalize() - TWO_WEEKS[0]).days)
            hour.append(when.hour + when.minute / 60)
            row.append(place)
            said = sentence.format(**record, district=names[record["cell"]] if "cell" in record else "")
            words.append(f"{when:%H:%M} {said}")
    label = f"{person['given_name']} {person['surname']}, {person['age']}, {person['activity']}"
    return Life(label, np.array(day), np.array(hour), np.array(row), tuple(words))


def _day_model(citizen: str, day: int) -> Result:
    life = next(life for life in lives() if life.label == citizen)
    today = life.day == day - TWO_WEEKS[0].day
    counts = np.bincount(life.row[today], minlength=len(ROWS))
    return {"life": life, "today": today, "counts": counts, "records": int(counts.sum())}


def _day_figure(result: Result, settings: Settings) -> Figure:
    life, today, counts = result["life"], result["today"], result["counts"]
    top = len(ROWS)
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers",
                "x": life.hour[~today],
                "y": top - life.row[~today],
                "marker": {"color": theme.GREY, "size": 7, "symbol": "circle-open", "opacity": 0.6},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": life.hour[today],
                "y": top - life.row[today],
                "text": [words for words, now in zip(life.words, today, strict=True) if now],
                "hovertemplate": "%{text}<extra></extra>",
                "marker": {"color": theme.VERMILION, "size": 13, "symbol": "diamond"},
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [25.5] * int((counts > 0).sum()),
                "y": top - np.flatnonzero(counts),
                "text": [str(count) for count in counts if count],
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {"title": {"text": "Hour of the day"}, "range": [0, 27], "tickvals": [0, 6, 12, 18, 24]},
            "yaxis": {
                "title": {"text": "Registry"},
                "range": [0.3, top + 0.7],
                "tickvals": [top - row for row in range(top)],
                "ticktext": [short for _, short, _ in ROWS],
            },
            "height": 460,
        },
    }


def _day_summary(result: Result, settings: Settings) -> Summary:
    life, today, counts = result["life"], result["today"], result["counts"]
    name = settings["citizen"].split(",")[0]
    date = TWO_WEEKS[settings["day"] - TWO_WEEKS[0].day]
    records, registries = result["records"], int((counts > 0).sum())
    text = (
        f"On {date:%A} {date.day} November {name} left {counted(records, 'record')}"
        + (f" in {counted(registries, 'registry', 'registries')}" if records else "")
        + f"; in the whole two weeks, {counted(len(life.day), 'record')} (rings and diamonds)."
    )
    order = np.argsort(life.hour[today], kind="stable")
    rows, words = life.row[today][order], np.array(life.words, dtype=object)[today][order]
    return text, {
        "Registry": [ROWS[row][1] for row in rows],
        "Time": [said[:5] for said in words],
        "Record": [said[6:] for said in words],
    }


@cache
def _richest_day() -> tuple[str, int]:
    """Give the citizen and the day of November that met most registries, then left most records."""
    days = [
        (len(np.unique(life.row[life.day == day])), int((life.day == day).sum()), life.label, day)
        for life in lives()
        for day in range(PHONE_WINDOW_DAYS)
    ]
    _, _, label, day = max(days, key=lambda found: found[:2])
    return label, TWO_WEEKS[day].day


@explorable
def a_citizens_day(**start: Any) -> Explorable:
    """Every record that one citizen left on one day, a row for each registry."""
    citizen, day = _richest_day()
    citizen, day = start.get("citizen", citizen), start.get("day", day)
    first, last = TWO_WEEKS[0].day, TWO_WEEKS[-1].day
    return Explorable(
        "A citizen's day",
        [
            Choice("citizen", "Citizen", [life.label for life in lives()], default=citizen),
            Slider("day", "Day", low=first, high=last, step=1, default=day, unit="November"),
        ],
        _day_model,
        _day_figure,
        _day_summary,
        start=start,
        alt="A timeline of one day with a row for each registry: filled marks are the records of the day, with their number at the "
        "end of the row; rings are those of the other thirteen days, at their hour.",
        guess=GuessValue(
            f"{citizen}. One day in Sorrel, {day} November. How many records did this citizen leave?",
            Slider("guess", "Records", low=0, high=100, step=1, default=50, unit="records"),
            truth=lambda result, settings: result["records"],
        ),
    )


# ---------------------------------------------------------------------------------------------- records across Sorrel

ALL, PHONES, BUT_PHONES = "all registries", "the phone company alone", "all but the phone company"
EVERYBODY = "everybody"
AGES = {
    EVERYBODY: (0, 200),
    "under 13": (0, 13),
    "13 to 24": (13, 25),
    "25 to 64": (25, 65),
    "65 and over": (65, 200),
}
# Doubling bins: 0, 1, 2 to 3, 4 to 7 and so on.
BINS = ("0", "1", "2-3", "4-7", "8-15", "16-31", "32-63", "64+")


@cache
def _running_totals() -> dict[str, NDArray[np.int64]]:
    """Records of every person after each further day, by what is counted."""
    phones = _counts()["phone_pings"]
    everything = sum(_counts().values())
    return {
        ALL: np.cumsum(everything, axis=1),
        PHONES: np.cumsum(phones, axis=1),
        BUT_PHONES: np.cumsum(everything - phones, axis=1),
    }


@cache
def _of_age(who: str) -> NDArray[np.bool_]:
    youngest, oldest = AGES[who]
    age: NDArray[np.int64] = _sorrel().people["age"].to_numpy()
    return np.greater_equal(age, youngest) & np.less(age, oldest)


def _records_model(days: int, counted: str, who: str) -> Result:
    records = _running_totals()[counted][_of_age(who), days - 1]
    bins = np.where(records > 0, np.floor(np.log2(np.maximum(records, 1))) + 1, 0).astype(int)
    share = np.bincount(np.minimum(bins, len(BINS) - 1), minlength=len(BINS)) / len(records)
    return {
        "share": share,
        "median": float(np.median(records)),
        "mean": float(records.mean()),
        "people": len(records),
    }


def _place(records: float) -> float:
    """Where a number of records stands among the bins."""
    if records < 1:
        return records
    lowest = 2 ** np.floor(np.log2(records))
    return float(min(np.log2(lowest) + 0.5 + (records - lowest + 0.5) / lowest, len(BINS) - 0.6))


def _records_figure(result: Result, settings: Settings) -> Figure:
    share = result["share"]
    marks: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [_place(number)],
            "y": [height],
            "text": [f"{name} {_short(number)}"],
            "textposition": "middle right" if _place(number) < len(BINS) / 2 else "middle left",
            "marker": {"color": theme.VERMILION, "size": 11, "symbol": symbol},
            "hoverinfo": "skip",
        }
        for name, number, height, symbol in (
            ("middle person", result["median"], 1.22, "triangle-down"),
            ("mean", result["mean"], 1.1, "circle"),
        )
    ]
    return {
        "data": [
            {
                "type": "bar",
                "x": np.arange(len(BINS)),
                "y": share,
                "text": [f"{part:.0%}" if part >= 0.005 else "" for part in share],
                "textposition": "outside",
                "cliponaxis": False,
                "marker": {"color": theme.BLUE},
                "hovertemplate": "%{y:.1%}<extra></extra>",
            },
            *marks,
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Records left"},
                "range": [-0.6, len(BINS) - 0.4],
                "tickvals": list(range(len(BINS))),
                "ticktext": list(BINS),
            },
            "yaxis": {
                "title": {"text": "Share of people"},
                "range": [0, 1.3],
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
                "tickformat": ".0%",
            },
        },
    }


def _short(number: float) -> str:
    return f"{number:.0f}" if number >= 10 else f"{number:.2g}"


def _records_summary(result: Result, settings: Settings) -> Summary:
    share = result["share"]
    days = "one day" if settings["days"] == 1 else f"{settings['days']} days"
    whom = "people in Sorrel" if settings["who"] == EVERYBODY else f"people aged {settings['who']}"
    text = (
        f"In {days}, {share[0]:.0%} of the {result['people']:,} {whom} leave no record (counting {settings['counted']}). "
        f"The person in the middle leaves {_short(result['median'])}; the mean is {_short(result['mean'])}."
    )
    return text, {"Records": list(BINS), "Share of people": [f"{part:.1%}" for part in share]}


@explorable
def records_across_sorrel(**start: Any) -> Explorable:
    """How many records the people of Sorrel leave, as more days are kept."""
    return Explorable(
        "Records across Sorrel",
        [
            Slider("days", "Days kept", low=1, high=PHONE_WINDOW_DAYS, step=1, default=1),
            Choice("counted", "Counted", [ALL, PHONES, BUT_PHONES]),
            Choice("who", "People", list(AGES)),
        ],
        _records_model,
        _records_figure,
        _records_summary,
        start=start,
        alt="Bars: how many of Sorrel's people leave no record, one, two or three, and so on in doubling steps; the median and the "
        "mean are marked by lines.",
        guess=GuessValue(
            "Take everybody in Sorrel and one single day. What share of them leaves no record in any registry?",
            Slider("guess", "People without a record", low=0, high=1, step=0.01, default=0.5, format=".0%"),
            truth=lambda result, settings: float(result["share"][0]),
            axis="y",
        ),
    )
