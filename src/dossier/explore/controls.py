"""What a reader can move: sliders and choices, each a finite list of positions.

Every control is a list of values, so that the model can be evaluated along all of it at once (a slice) and
the browser needs to know nothing but a position. Used by every lesson.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

MOST_POSITIONS = 201


@dataclass(frozen=True)
class Slider:
    """A number that the reader moves.

    Parameters
    ----------
    name
        The model's argument.
    label
        What the reader sees.
    low, high
        The range, both ends included.
    step
        On a linear scale the distance between positions, in the unit; on a log scale the number of positions in
        each factor of ten (3 gives the series 1, 2, 5).
    default
        Where it starts; moved to the nearest position.
    unit
        Shown behind the value.
    scale
        "linear" or "log" (then ``low`` must be above 0).
    format
        How a value is written, as in :func:`format`.

    Raises
    ------
    ValueError
        When the range is empty, not finite or has more than 201 positions, or the default lies outside it.
    """

    name: str
    label: str
    low: float
    high: float
    step: float
    default: float
    unit: str = ""
    scale: str = "linear"
    format: str = ",g"
    values: tuple[float, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Lay out the positions, and refuse a range that has none."""
        for argument in ("low", "high", "step", "default"):
            if not np.isfinite(getattr(self, argument)):
                raise ValueError(
                    f"{argument} of slider {self.name!r} is {getattr(self, argument)}: give a finite number"
                )
        if not self.low < self.high:
            raise ValueError(
                f"slider {self.name!r} runs from {self.low} to {self.high}: low must be below high"
            )
        if self.step <= 0:
            raise ValueError(f"step of slider {self.name!r} is {self.step}: it must be above 0")
        if self.scale == "linear":
            values = _linear(self.low, self.high, self.step)
        elif self.scale == "log":
            if self.low <= 0:
                raise ValueError(f"low of log slider {self.name!r} is {self.low}: it must be above 0")
            values = _logarithmic(self.low, self.high, int(self.step))
        else:
            raise ValueError(
                f"scale of slider {self.name!r} is {self.scale!r}: allowed are 'linear' and 'log'"
            )
        if len(values) > MOST_POSITIONS:
            raise ValueError(
                f"slider {self.name!r} has {len(values)} positions: at most {MOST_POSITIONS}, so use a larger step"
            )
        object.__setattr__(self, "values", values)
        self.position(self.default)

    @property
    def kind(self) -> str:
        """The native element that shows it."""
        return "slider"

    @property
    def texts(self) -> tuple[str, ...]:
        """Every position in words, with its unit."""
        return tuple(_with_unit(format(value, self.format), self.unit) for value in self.values)

    def position(self, value: Any) -> int:
        """Give the index of the position nearest to ``value``.

        Raises
        ------
        ValueError
            When ``value`` is not a number from ``low`` to ``high``.
        """
        if not isinstance(value, (int, float, np.number)) or not self.low <= value <= self.high:
            raise ValueError(
                f"{self.name} is {value!r}: allowed is a number from {self.low:,g} to {self.high:,g}"
            )
        return int(np.argmin(np.abs(np.asarray(self.values) - float(value))))


@dataclass(frozen=True)
class Choice:
    """One of a few alternatives.

    Parameters
    ----------
    name
        The model's argument.
    label
        What the reader sees.
    options
        The alternatives: the values that the model is given, shown by :class:`str`.
    default
        The one it starts with; the first if not given.

    Raises
    ------
    ValueError
        With fewer than two options, repeated ones, or a default that is not among them.
    """

    name: str
    label: str
    options: Sequence[Any]
    default: Any = None

    def __post_init__(self) -> None:
        """Refuse a choice that is none."""
        if len(self.options) < 2 or len(set(self.texts)) < len(self.options):
            raise ValueError(
                f"options of choice {self.name!r} are {list(self.options)}: give at least two, all different"
            )
        if self.default is None:
            object.__setattr__(self, "default", self.options[0])
        self.position(self.default)

    @property
    def kind(self) -> str:
        """The native element that shows it."""
        return "choice"

    @property
    def unit(self) -> str:
        """A choice has no unit."""
        return ""

    @property
    def values(self) -> tuple[Any, ...]:
        """The options, in order."""
        return tuple(self.options)

    @property
    def texts(self) -> tuple[str, ...]:
        """The options in words."""
        return tuple(str(option) for option in self.options)

    def position(self, value: Any) -> int:
        """Give the index of ``value``.

        Raises
        ------
        ValueError
            When ``value`` is not one of the options.
        """
        if value not in self.options:
            allowed = ", ".join(repr(option) for option in self.options)
            raise ValueError(f"{self.name} is {value!r}: allowed are {allowed}")
        return list(self.options).index(value)


@dataclass(frozen=True)
class Memory(Choice):
    """What the chart remembers of where it has been: a choice that it makes by itself, and that the reader may undo.

    Wherever a reader takes the other controls, the chart asks what the memory becomes there, at every position on the way. So the
    same settings can look different, depending on which side one came from.

    Parameters
    ----------
    name, label, options, default
        As for :class:`Choice`.
    becomes
        ``becomes(result, settings)``, the option that holds once the chart has been at these settings. The option that it gives must
        keep itself up there.

    Raises
    ------
    ValueError
        As for :class:`Choice`, or without ``becomes``.
    """

    becomes: Callable[[dict[str, Any], dict[str, Any]], Any] | None = None

    def __post_init__(self) -> None:
        """Refuse a memory that keeps nothing."""
        super().__post_init__()
        if self.becomes is None:
            raise ValueError(f"memory {self.name!r} has no becomes: give a function of result and settings")

    def after(self, result: dict[str, Any], settings: dict[str, Any]) -> int:
        """Give the position of the option that holds once the chart has been at these settings."""
        assert self.becomes is not None
        return self.position(self.becomes(result, settings))


Control = Slider | Choice


def _linear(low: float, high: float, step: float) -> tuple[float, ...]:
    count = int(np.floor((high - low) / step + 1e-9))
    # Rounding to the step's own decimals keeps 0.1 + 0.2 from showing as 0.30000000000000004.
    decimals = max(0, 12 - int(np.floor(np.log10(max(abs(low), abs(high), step)))))
    values = [round(low + step * index, decimals) for index in range(count + 1)]
    if values[-1] < high - 1e-9 * abs(high):
        values.append(high)
    return tuple(int(value) if float(value).is_integer() else float(value) for value in values)


def _logarithmic(low: float, high: float, per_decade: int) -> tuple[float, ...]:
    exponents = np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)) + 1)
    digits = 1 if per_decade <= 3 else 2
    mantissas = [
        round(10 ** (index / per_decade), digits if per_decade > 3 else 0) for index in range(per_decade)
    ]
    grid = sorted(
        {float(f"{mantissa * 10.0**exponent:.12g}") for exponent in exponents for mantissa in mantissas}
    )
    inside = [low, *(value for value in grid if low * (1 + 1e-9) < value < high * (1 - 1e-9)), high]
    return tuple(int(value) if float(value).is_integer() else float(value) for value in inside)


def _with_unit(text: str, unit: str) -> str:
    return f"{text} {unit}" if unit else text
