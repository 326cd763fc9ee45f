"""Lesson 01, a day in data: who writes down a day, what following somebody costs, and what is written without anybody following.

The costs are those of Bankston and Soltani (2014), read from the ledger. The records are Sorrel's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from dossier.evidence import fact
from dossier.explore import theme
from dossier.explore.controls import Slider
from dossier.explore.explorable import Explorable, Summary, explorable
from dossier.explore.frames import Figure
from dossier.explore.guess import GuessCurve, GuessValue, Result, Settings
from dossier.score.watching import average_cost_per_hour, people_followed

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
    def model(budget: float, days: float) -> Result:
        dear, cheap = (
            np.array(
                [
                    average_cost_per_hour(one.fixed, running, days)
                    for one, running in zip(methods(), at, strict=True)
                ]
            )
            for at in ([one.running_high for one in methods()], [one.running_low for one in methods()])
        )
        return {"fewest": formula(budget, dear, days), "most": formula(budget, cheap, days)}

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
                "For how long",
                low=1,
                high=DAYS_OF_A_MONTH,
                step=1,
                default=DAYS_OF_A_MONTH,
                unit="days",
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
                default=1_000,
                unit="people",
                scale="log",
            ),
            truth=lambda result, settings: float(result["fewest"][0]),
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
            truth=lambda result, settings: result["device"][np.array(handles) - 1],
            unit_x="days",
        ),
    )
