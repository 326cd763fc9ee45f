"""Lesson 00, start here: a playful explorable to learn the controls on, and a check of the installation.

The shared birthday is an old puzzle whose answer nearly everybody guesses too low: people count people, chance counts pairs.
"""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dossier.explore import theme
from dossier.explore.controls import Choice, Slider
from dossier.explore.explorable import Explorable, Summary, explorable
from dossier.explore.frames import Figure
from dossier.explore.guess import GuessCurve, Result, Settings

ANY_TWO = "any two of them"
YOURS = "you and somebody else"
FULL_ROOM = 80
REMEDY = "Close JupyterLab and start it again with   python3 course.py   in the course's folder: it repairs what is missing."


def chance_of_a_shared_birthday(days_in_the_year: int, whose: str = ANY_TWO) -> NDArray[np.floating[Any]]:
    """
    Give the chance that birthdays meet, in rooms of one person up to eighty.

    Parameters
    ----------
    days_in_the_year : int
        Equally likely birthdays; 1 or more.
    whose : str
        ``ANY_TWO`` (anybody with anybody) or ``YOURS`` (somebody else with you, who are in the room).

    Returns
    -------
    numpy.ndarray, shape (80,)
        Chances from 0 to 1; the first is that of a room with one person.

    Raises
    ------
    ValueError
        If the year has no day, or ``whose`` is neither of the two.

    Examples
    --------
    >>> float(chance_of_a_shared_birthday(365)[23 - 1].round(4))
    0.5073
    """
    if not days_in_the_year >= 1:
        raise ValueError(f"days_in_the_year is {days_in_the_year}: allowed is a whole number, 1 or more")
    others = np.arange(FULL_ROOM)
    if whose == ANY_TWO:
        still_free = np.clip(1 - others / days_in_the_year, 0, 1)
        return 1 - np.cumprod(still_free)
    if whose == YOURS:
        return 1 - np.power(1 - 1 / days_in_the_year, others)
    raise ValueError(f"whose is {whose!r}: allowed are {ANY_TWO!r} and {YOURS!r}")


def _model(people: int, days_in_the_year: int, whose: str) -> Result:
    chance = chance_of_a_shared_birthday(days_in_the_year, whose)
    return {"people": np.arange(1, FULL_ROOM + 1), "chance": chance, "here": chance[people - 1]}


def _figure(result: Result, settings: Settings) -> Figure:
    here, people = result["here"], settings["people"]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "x": result["people"],
                "y": result["chance"],
                "line": {"color": theme.BLUE, "width": 3},
                "hovertemplate": "%{x} people: %{y:.0%}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [people],
                "y": [here],
                "text": [f"{people} people: {here:.0%}"],
                # The words stay inside the chart wherever the point stands.
                "textposition": f"{'top' if here < 0.15 else 'bottom'} {'right' if people <= 40 else 'left'}",
                "marker": {"color": theme.VERMILION, "size": 13, "symbol": "diamond"},
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {"title": {"text": "People in the room"}, "range": [0, FULL_ROOM + 1]},
            "yaxis": {"title": {"text": "Chance of a match"}, "range": [-0.02, 1.05], "tickformat": ".0%"},
        },
    }


def _summary(result: Result, settings: Settings) -> Summary:
    chance = result["chance"]
    likely = np.flatnonzero(chance >= 0.5)
    turning = (
        f"From {likely[0] + 1} people on, a match is more likely than not."
        if likely.size
        else f"Even in a room of {FULL_ROOM} a match is less likely than not."
    )
    text = (
        f"With {settings['people']} people in the room and {settings['days_in_the_year']} days in the year, the chance that "
        f"{settings['whose']} share a birthday is {result['here']:.0%}. {turning}"
    )
    rooms = [2, 10, 20, 23, 30, 40, 60, 80]
    return text, {
        "People in the room": rooms,
        "Chance of a match": [f"{chance[room - 1]:.1%}" for room in rooms],
    }


@explorable
def shared_birthdays(**start: Any) -> Explorable:
    """How likely it is that two people in a room share a birthday."""
    handles = [5, 15, 25, 40, 60]
    return Explorable(
        "Two birthdays on one day",
        [
            Slider("people", "People in the room", low=2, high=FULL_ROOM, step=1, default=23),
            Slider("days_in_the_year", "Days in the year", low=5, high=700, step=5, default=365),
            Choice("whose", "Who must match", [ANY_TWO, YOURS]),
        ],
        _model,
        _figure,
        _summary,
        start=start,
        alt="A curve that rises from left to right: people in the room against the chance that birthdays match.",
        guess=GuessCurve(
            "A room fills up, one person at a time. How likely is it that any two of them share a birthday? "
            "Draw the chance for each size of room.",
            at=handles,
            slider=Slider("guess", "Chance of a match", low=0, high=1, step=0.05, default=0.5, format=".0%"),
            truth=lambda result, settings: result["chance"][np.array(handles) - 1],
            unit_x="people",
        ),
    )


def check_installation() -> None:
    """Print whether Python, each package and Sorrel's data are what the course needs; say the way out if not."""
    problems = [_python(), *_packages(), _data()]
    for name, problem in [problem for problem in problems if problem]:
        print(f"{name}: {problem}")
    print(REMEDY if any(problems) else "Everything that the course needs is here. Go on.")


def _python() -> tuple[str, str] | None:
    found = ".".join(str(part) for part in sys.version_info[:3])
    return None if sys.version_info >= (3, 11) else ("Python", f"{found} is too old; 3.11 or newer is needed")


def _packages() -> list[tuple[str, str]]:
    from packaging.requirements import Requirement

    problems = []
    for requirement in map(Requirement, requires("dossier") or []):
        # In the browser edition the page itself takes JupyterLab's place.
        if requirement.marker or (sys.platform == "emscripten" and requirement.name == "jupyterlab"):
            continue
        try:
            found = version(requirement.name)
        except PackageNotFoundError:
            problems.append((requirement.name, "is missing"))
            continue
        if not requirement.specifier.contains(found, prereleases=True):
            problems.append((requirement.name, f"{found} does not fit; {requirement.specifier} is needed"))
    return problems


def _data() -> tuple[str, str] | None:
    from dossier.republic import Republic

    try:
        Republic.sample()
    except (OSError, ValueError) as error:
        return "Sorrel's data", str(error)
    return None
