"""Predict, then look: what a reader is asked to commit to before the model shows itself.

The guess stays in the page. The difference is put into words by the browser, which compares two lists of numbers and knows no model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dossier.explore.controls import Slider

Result = dict[str, Any]
Settings = dict[str, Any]


@dataclass(frozen=True)
class GuessValue:
    """Ask for one number.

    Parameters
    ----------
    prompt
        The question.
    slider
        The numbers that can be answered; its ``default`` is where the answer starts, so choose one that gives nothing away.
    truth
        ``truth(result, settings)``, the model's number in the slider's unit.
    axis
        "x" or "y" to mark the guess on that axis of the chart, "" not to.
    said_by
        Who the answer comes from, where it is not the model: "the review".
    """

    prompt: str
    slider: Slider
    truth: Callable[[Result, Settings], float]
    axis: str = ""
    said_by: str = "the model"

    def payload(self, result: Result, settings: Settings) -> dict[str, Any]:
        """What the browser needs to ask and to compare."""
        truth = float(self.truth(result, settings))
        return {
            **_asked(self),
            "kind": "value",
            "axis": self.axis,
            "said_by": self.said_by,
            "truth": truth,
            "truth_text": _said(truth, self.slider),
        }


@dataclass(frozen=True)
class GuessCurve:
    """Ask for a curve, drawn on the chart or set handle by handle.

    Parameters
    ----------
    prompt
        The question.
    at
        Where on the x axis the handles stand (3 to 9 of them, in the axis's own values, ascending).
    slider
        The heights that a handle can take, on the y axis's scale; its ``default`` is where all handles start.
    truth
        ``truth(result, settings)``, the model's height at each of ``at``.
    unit_x
        Written behind a handle's place.
    """

    prompt: str
    at: Sequence[float]
    slider: Slider
    truth: Callable[[Result, Settings], Any]
    unit_x: str = ""

    def __post_init__(self) -> None:
        """Refuse handles that nobody could place."""
        if not 3 <= len(self.at) <= 9 or list(self.at) != sorted(set(self.at)):
            raise ValueError(f"at is {list(self.at)}: give 3 to 9 places in ascending order")

    def payload(self, result: Result, settings: Settings) -> dict[str, Any]:
        """What the browser needs to ask and to compare."""
        truth = np.asarray(self.truth(result, settings), dtype=float)
        if truth.shape != (len(self.at),):
            raise ValueError(
                f"truth has shape {truth.shape}: one height for each of the {len(self.at)} handles is needed"
            )
        return {
            **_asked(self),
            "kind": "curve",
            "at": list(self.at),
            "places": [f"{place:,.12g} {self.unit_x}".strip() for place in self.at],
            "truth": [float(height) for height in truth],
            "truth_texts": [_said(float(height), self.slider) for height in truth],
        }


Guess = GuessValue | GuessCurve


def _asked(guess: Guess) -> dict[str, Any]:
    slider = guess.slider
    return {
        "prompt": guess.prompt,
        "label": slider.label,
        "scale": slider.scale,
        "values": list(slider.values),
        "texts": list(slider.texts),
        "index": slider.position(slider.default),
    }


def _said(value: float, slider: Slider) -> str:
    return f"{format(value, slider.format)} {slider.unit}".strip()
