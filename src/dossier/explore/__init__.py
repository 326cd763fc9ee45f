"""The explorable: every interactive chart of the course.

An explorable is four things that know nothing of each other: **controls**, a pure **model**, a pure **figure** and a
**summary** in words. They live in one file a lesson (``lesson_01.py`` and so on), each made by one function:

.. code-block:: python

    from typing import Any

    import numpy as np
    from dossier.explore import Explorable, Slider, explorable, theme

    def model(people):                       # from dossier.score, dossier.join, ...: knows no chart
        known = np.arange(1, 11)
        return {"known": known, "share": 1 - (1 - 1 / people) ** known}

    def figure(result, settings):            # plain numbers to a plain dictionary in Plotly's terms: knows no widget
        return {
            "data": [{"type": "scatter", "x": result["known"], "y": result["share"], "line": {"color": theme.BLUE}}],
            "layout": {
                "xaxis": {"title": {"text": "People you know"}, "range": [0, 10]},
                "yaxis": {"title": {"text": "Chance that one of them was drawn"}, "range": [0, 1], "tickformat": ".0%"},
            },
        }

    def summary(result, settings):           # one or two sentences, and a small table: the chart's text alternative
        chance = result["share"][-1]
        return (f"Of {settings['people']} people one is drawn; the chance that you know them is {chance:.0%}.",
                {"Known": result["known"], "Chance": result["share"]})

    @explorable                              # registered: the tests walk every control of every explorable
    def do_you_know_them(**start: Any) -> Explorable:
        people = Slider("people", "People in the village", low=10, high=1000, step=10, default=100)
        return Explorable("Do you know them?", [people], model, figure, summary, start=start,
                          alt="A rising curve: people you know against the chance that one of them was drawn.")

Rules that the tests hold every explorable to: the same number of traces at every setting (a trace may be empty); a title and a
fixed range on both axes, with everything drawn inside; finite numbers, or NaN where a line is meant to break; a summary and a table at
every setting. Times are hours or days, not dates, because numbers travel as float32. Keep to a few hundred drawn points. A label that
moves is best a trace of mode "text": where only the points of scatter traces move, the axes are not drawn again, and a frame takes
half the time.

A chart may ask before it shows: ``guess=GuessValue(...)`` for a number, ``guess=GuessCurve(...)`` for a curve that the reader draws.

A chart may remember where it has been: ``Memory("office", "The office is", ["honest", "corrupt"], becomes=rule)``, the last control, moves by
itself. ``rule(result, settings)`` gives the option that holds once the chart has been at these settings, so the model, which is given it
like any other setting, can answer differently on the way up and on the way down.

What a learner changes cell by cell is an :class:`EditableTable`, and a chart can follow it:

.. code-block:: python

    import pandas as pd
    from dossier.explore import EditableTable, Number, Tick

    frame = pd.DataFrame({"points": [-5, 10], "counts": [True, True]}, index=pd.Index(["parking", "volunteering"], name="event"))
    rules = EditableTable("The rules", frame, [Number("points", "Points", -100, 100, 5), Tick("counts", "Counts")], name="rules")
    rules.value                              # a DataFrame as the learner left it: the chart's model reads this
    chart.follow(rules)                      # from now on every change of the table draws the chart anew

``chart.recompute()`` does that once, by hand: the page drops the slices of the old model and asks for the one on the screen. So the
model must read ``rules.value`` when it is called; precompute what does not depend on it. Put the table and its chart into one cell,
or a table made anew is one that no chart follows.

A cell that takes more than a few seconds goes through ``progress(items, "Linking")``, and keeps what it found with
`dossier._cache.cached`.
"""

from dossier.explore import theme
from dossier.explore.bar import progress
from dossier.explore.controls import Choice, Memory, Slider
from dossier.explore.explorable import Explorable, catalogue, explorable
from dossier.explore.guess import GuessCurve, GuessValue
from dossier.explore.static import page
from dossier.explore.table import EditableTable, Number, Tick

__all__ = [
    "Choice",
    "EditableTable",
    "Explorable",
    "GuessCurve",
    "GuessValue",
    "Memory",
    "Number",
    "Slider",
    "Tick",
    "catalogue",
    "explorable",
    "page",
    "progress",
    "theme",
]
