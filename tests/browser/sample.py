"""One chart drawn three ways, for the browser tests and the benchmark: three curves of 200 points, and the position written on it."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pandas as pd

from dossier.explore import (
    Choice,
    EditableTable,
    Explorable,
    GuessCurve,
    GuessValue,
    Memory,
    Number,
    Slider,
    Tick,
)

AT = [10, 30, 50, 70, 90]
AXES = {
    "xaxis": {"title": {"text": "Days"}, "range": [0, 100]},
    "yaxis": {"title": {"text": "Share found"}, "range": [0, 1.05], "tickformat": ".0%"},
}


def model(look_ups: float, people: float = 300, regime: str = "open") -> dict[str, Any]:
    days = np.linspace(0, 100, 200)
    found = 1 - np.exp(-days * look_ups / people)
    return {
        "days": days,
        "curves": [found**power for power in ((1, 2, 3) if regime == "open" else (2, 3, 4))],
    }


computed = 0


def slow_model(**settings: Any) -> dict[str, Any]:
    global computed
    computed += 1
    until = time.process_time() + 0.02
    while time.process_time() < until:
        pass
    return model(**settings)


def figure(result: dict[str, Any], settings: dict[str, Any]) -> dict[str, Any]:
    data = [
        {"type": "scatter", "mode": "lines", "x": result["days"], "y": curve, "line": {"dash": dash}}
        for curve, dash in zip(result["curves"], ("solid", "dash", "dot"), strict=True)
    ]
    note = {"type": "scatter", "mode": "text", "x": [2], "y": [1], "text": [f"at {settings['look_ups']:g}"]}
    return {"data": [*data, note | {"textposition": "middle right"}], "layout": {**AXES, "height": 360}}


def summary(result: dict[str, Any], settings: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    last = float(result["curves"][0][-1])
    text = f"With {settings['look_ups']} look-ups a day, {last:.1%} are found after 100 days."
    return text, {"Day": result["days"][::50], "Found": result["curves"][0][::50]}


SHARE = Slider("share", "Share found", 0, 1, 0.01, 0.5, format=".0%")
VALUE = GuessValue(
    "What share is found after 100 days?", SHARE, lambda result, _: float(result["curves"][0][-1]), axis="y"
)
CURVE = GuessCurve(
    "How does the share found grow?",
    AT,
    SHARE,
    lambda result, _: np.interp(AT, result["days"], result["curves"][0]),
    "days",
)


def chart(guess: Any = None, model: Any = model, **start: Any) -> Explorable:
    controls = [
        Slider("look_ups", "Look-ups", 1, 60, 1, 5, unit="a day"),
        Slider("people", "People in town", 10, 10_000, 10, 300, unit="people", scale="log"),
        Choice("regime", "Regime", ["open", "closed"]),
    ]
    alt = "Three rising curves: days against the share of people found."
    return Explorable(
        "How many are found?", controls, model, figure, summary, alt=alt, guess=guess, start=start
    )


def remembering(model: Any = model, **start: Any) -> Explorable:
    """A regime that closes above 40 look-ups a day, and opens again below 20 only."""

    def becomes(_: Any, settings: dict[str, Any]) -> str:
        look_ups, regime = settings["look_ups"], settings["regime"]
        return "closed" if look_ups > 40 else "open" if look_ups < 20 else regime

    controls = [
        Slider("look_ups", "Look-ups", 1, 60, 1, 30, unit="a day"),
        Slider("people", "People in town", 10, 10_000, 10, 1000, unit="people", scale="log"),
        Memory("regime", "Regime", ["open", "closed"], becomes=becomes),
    ]
    alt = "Three rising curves: days against the share of people found."
    return Explorable("A regime that remembers", controls, model, figure, summary, alt=alt, start=start)


def with_interact() -> Any:
    import ipywidgets
    import plotly.graph_objects as go

    def draw(look_ups: int) -> go.Figure:
        return go.Figure(figure(model(look_ups), {"look_ups": look_ups}))

    return ipywidgets.interact(draw, look_ups=ipywidgets.IntSlider(5, 1, 60))


def with_figure_widget() -> Any:
    import ipywidgets
    import plotly.graph_objects as go

    slider = ipywidgets.IntSlider(5, 1, 60)
    widget = go.FigureWidget(figure(model(5), {"look_ups": 5}))

    def follow(change: dict[str, Any]) -> None:
        look_ups = change["new"]
        with widget.batch_update():
            for trace, curve in zip(widget.data, model(look_ups)["curves"], strict=False):
                trace.y = curve
            widget.data[-1].text = [f"at {look_ups:g}"]

    slider.observe(follow, "value")
    return ipywidgets.VBox([slider, widget])


def rules(**options: Any) -> EditableTable:
    frame = pd.DataFrame(
        {
            "registry": ["traffic_offences", "volunteering", "posts", "tax_arrears"],
            "points": [-5, 10, -50, -20],
            "weight": [1.0, 0.5, 2.0, np.inf],
            "counts": [True, True, False, True],
            "then": ["nothing", "praise", "no flights", "nothing"],
        },
        index=pd.Index(["parking", "volunteering", "criticism", "tax arrears"], name="event"),
    )
    columns = [
        Number("points", "Points", -100, 100, 5),
        Number("weight", "Weight", 0, 4, 0.1),
        Tick("counts", "Counts"),
        Choice("then", "Then", ["nothing", "praise", "no flights"]),
    ]
    return EditableTable("The rules of the town", frame, columns, name="rules", **options)


def milder_than_criticism(frame: pd.DataFrame) -> tuple[str, str, str] | None:
    """A check for the rules: parking costs less than criticism does."""
    parking, criticism = frame.loc[["parking", "criticism"], "points"]
    if parking > criticism:
        return None
    return "parking", "points", f"Parking ({parking}) must cost less than criticism ({criticism})."


def following(rules: EditableTable, guess: Any = None) -> Explorable:
    """A chart that reads the points of parking: as many look-ups a day as points are taken."""

    def reading(**settings: Any) -> dict[str, Any]:
        taken = -float(rules.value.loc["parking", "points"])
        return {**model(**settings), "taken": taken}

    def picture(result: dict[str, Any], settings: dict[str, Any]) -> dict[str, Any]:
        drawn = figure(result, settings)
        drawn["data"][-1]["text"] = [f"{settings['look_ups']:g} look-ups, {result['taken']:g} points"]
        return drawn

    def words(result: dict[str, Any], settings: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return f"Parking costs {result['taken']:g} points.", {"Points": [result["taken"]]}

    slider = Slider("look_ups", "Look-ups", 1, 60, 1, 5, unit="a day")
    drawn = Explorable("What follows?", [slider], reading, picture, words, alt="Three curves.", guess=guess)
    drawn.follow(rules)
    return drawn


TAKEN = GuessValue(
    "How many points does parking cost?",
    Slider("guess", "Points taken", 0, 100, 1, 50),
    lambda result, _: float(result["taken"]),
)
