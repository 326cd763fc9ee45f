"""The explorable: controls, a pure model, a pure figure and a summary, bound into one live chart.

Python computes; the browser half (``explorable.js``) plays what was computed. When a control is touched, the model is evaluated along
that whole control and sent as one slice, so that moving it needs no round trip. The same payload, with the slices of every control at
the defaults, makes a static page that needs no Python at all.
"""

from __future__ import annotations

import asyncio
import functools
import importlib
import pkgutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import traitlets

from dossier.explore import theme
from dossier.explore.controls import Control, Memory
from dossier.explore.frames import Figure, pack, plain
from dossier.explore.guess import Guess, Result, Settings
from dossier.explore.text import Table, lines, written
from dossier.explore.widget import Shown

Summary = tuple[str, Table]

# A first display may spend this much of the processor's time on slices in advance; the rest are computed when a control is touched.
SECONDS_IN_ADVANCE = 0.5
# A slow model's slice is sent in pieces of about this length, so that the kernel can turn to a newer request in between.
SECONDS_A_PIECE = 0.08


class Explorable(Shown):
    """An interactive chart that computes in Python, follows the hand at once, and says in words what it shows.

    Parameters
    ----------
    title
        A heading for the chart; short.
    controls
        :class:`~dossier.explore.Slider` and :class:`~dossier.explore.Choice`, one for each argument of the model that moves. The last may be
        a :class:`~dossier.explore.Memory`, which the chart moves by itself.
    model
        ``model(**settings)`` gives a dictionary of numbers and arrays. Pure: the same settings, the same result.
    figure
        ``figure(result, settings)`` gives ``{"data": [...], "layout": {...}}`` in Plotly's terms, with titles and fixed ranges on both
        axes and the same number of traces whatever the settings.
    summary
        ``summary(result, settings)`` gives one or two sentences and a small table (columns by heading). It is the chart's text
        alternative.
    alt
        What kind of chart this is, in one sentence that holds at every setting; read before the summary.
    guess
        What to ask before the model shows itself, or None. Traces with ``"meta": "context"`` stay visible meanwhile.
    start
        Settings to start from instead of the controls' defaults.

    Attributes
    ----------
    settings
        The values that the controls stand at, in this kernel.
    result
        The model evaluated there.

    Raises
    ------
    ValueError
        When a name repeats, a memory stands anywhere but last, or a setting is unknown or out of range.

    Examples
    --------
    >>> import numpy as np
    >>> from dossier.explore import Explorable, Slider
    >>> def line(slope):
    ...     x = np.linspace(0, 1, 5)
    ...     return {"x": x, "y": slope * x}
    >>> def chart(result, settings):
    ...     axes = {"xaxis": {"title": {"text": "x"}, "range": [0, 1]}, "yaxis": {"title": {"text": "y"}, "range": [0, 3]}}
    ...     return {"data": [{"type": "scatter", "x": result["x"], "y": result["y"]}], "layout": axes}
    >>> def words(result, settings):
    ...     return f"At x = 1 the line stands at {result['y'][-1]:g}.", {"x": result["x"], "y": result["y"]}
    >>> slope = Slider("slope", "Slope", low=0, high=3, step=0.5, default=1)
    >>> lines = Explorable("A line", [slope], line, chart, words, alt="A straight line through the origin.")
    >>> print(lines)
    A line
    Slope: 1
    At x = 1 the line stands at 1.
       x     y
       0     0
    0.25  0.25
     0.5   0.5
    0.75  0.75
       1     1
    """

    payload = traitlets.Dict().tag(sync=True)
    position = traitlets.Dict().tag(sync=True)
    _followed: tuple[traitlets.HasTraits, ...] = ()
    source = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        title: str,
        controls: Sequence[Control],
        model: Callable[..., Result],
        figure: Callable[[Result, Settings], Figure],
        summary: Callable[[Result, Settings], Summary],
        *,
        alt: str,
        guess: Guess | None = None,
        start: Settings | None = None,
    ) -> None:
        names = [control.name for control in controls]
        if not names or len(set(names)) < len(names):
            raise ValueError(f"controls are named {names}: give at least one, all different")
        if isinstance(controls[0], Memory) or any(isinstance(control, Memory) for control in controls[:-1]):
            raise ValueError(f"controls are named {names}: one memory at most, behind what it remembers")
        unknown = sorted(set(start or {}) - set(names))
        if unknown:
            raise ValueError(f"unknown setting {unknown[0]!r}: this explorable has {', '.join(names)}")
        self.title, self.controls, self.alt, self.guess = title, tuple(controls), alt, guess
        self._memory = controls[-1] if isinstance(controls[-1], Memory) else None
        self._model, self._figure, self._summary = model, figure, summary
        self._default = {
            control.name: control.position((start or {}).get(control.name, control.default))
            for control in controls
        }
        self._newest: dict[str, str] = {}  # by view: the same chart may stand in several places
        self._version = 0  # of the model
        super().__init__(
            half="explorable",
            payload=self.static_payload(SECONDS_IN_ADVANCE),
            position=dict(self._default),
        )
        self.on_msg(self._answer)

    @property
    def settings(self) -> Settings:
        """The values that the controls stand at."""
        return self._settings(self.position)

    @property
    def result(self) -> Result:
        """The model at the present settings: exact, in double precision."""
        return self._model(**self.settings)

    def at(self, **settings: Any) -> tuple[Result, Figure, Summary]:
        """Evaluate everything at the given settings (the defaults where none is given)."""
        by_name = {control.name: control for control in self.controls}
        for name in settings:
            if name not in by_name:
                raise ValueError(f"unknown setting {name!r}: this explorable has {', '.join(by_name)}")
        return self._evaluate(
            self._default | {name: by_name[name].position(value) for name, value in settings.items()}
        )

    def slice(
        self, name: str, position: Mapping[str, int], frames: Sequence[int] | None = None
    ) -> dict[str, Any]:
        """Evaluate along one control, the others standing at ``position``, and pack the frames.

        With a memory a slice runs along the control once for each of its options: frame ``i + n * k`` is position i of n under option k.
        """
        frames = range(self._length(name)) if frames is None else frames
        places = [self._at(name, position, frame) for frame in frames]
        return self._packed(frames, places, [self._evaluate(place) for place in places])

    def static_payload(self, seconds: float = np.inf) -> dict[str, Any]:
        """Everything that the browser half needs; with slices at the defaults as far as ``seconds`` allow."""
        first = self.controls[0].name
        here = [self._frame(first, self._default)]
        slices = {first: self.slice(first, self._default, here)}
        if seconds > 0:
            # Measured on a second frame, since the first may have loaded data; in processor time, since other programs prove nothing.
            began = time.process_time()
            self.slice(first, self._default, here)
            each = time.process_time() - began
            for control in self.controls:
                # Slices are all or nothing here: a partial one would make a static page lie about its own range.
                if each * self._length(control.name) <= seconds - (time.process_time() - began):
                    slices[control.name] = self.slice(control.name, self._default)
        settings = self._settings(self._default)
        return {
            "version": self._version,
            "title": self.title,
            "alt": self.alt,
            "controls": [
                {
                    "name": control.name,
                    "label": control.label,
                    "kind": control.kind,
                    "values": plain(control.values),
                    "texts": list(control.texts),
                }
                for control in self.controls
            ],
            "default": dict(self._default),
            "memory": self._memory.name if self._memory else None,
            "slices": slices,
            "guess": self.guess.payload(self._model(**settings), settings) if self.guess else None,
            "templates": {"light": theme.LIGHT, "dark": theme.DARK},
        }

    def static_fragment(self) -> str:
        """Give its place in a page with no kernel; the page needs :func:`dossier.explore.static.head` once."""
        from dossier.explore.static import fragment

        return fragment(self)

    def to_static_html(self) -> str:
        """Give a whole page with this explorable, which works with no kernel and asks no network for anything."""
        from dossier.explore.static import page

        return page([self], title=self.title)

    def __str__(self) -> str:
        """The text alternative at the defaults: what is stored, compared, and read where there is no browser."""
        _, _, (text, table) = self._evaluate(self._default)
        standing = "; ".join(
            f"{control.label}: {control.texts[self._default[control.name]]}" for control in self.controls
        )
        asked = [f"First guess: {self.guess.prompt}"] if self.guess else []
        return "\n".join([self.title, *asked, standing, text, *lines(written(table))])

    __repr__ = __str__

    def recompute(self) -> None:
        """Draw anew, because what the model reads has changed.

        The page drops the slices that it has and asks for the one that it shows; a slice under way is given up.
        """
        self._newest.clear()
        self._version += 1
        self.payload = self.static_payload(seconds=0)

    def follow(self, *read: traitlets.HasTraits) -> None:
        """Recompute whenever the ``value`` of what the model reads (an editable table, say) changes, as long as this chart lives."""
        for table in read:
            table.observe(self._recompute, "value")
            self._followed += (table,)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        if self.comm is None and self._followed:
            followed, self._followed = self._followed, ()
            self.follow(*followed)
            self.payload = self.static_payload(seconds=0)
        return super()._repr_mimebundle_(**options)

    def close(self) -> None:
        """Take the chart off the page; it follows no table any more."""
        for table in self._followed:
            table.unobserve(self._recompute, "value")
        super().close()

    def _recompute(self, _: Any) -> None:
        self.recompute()

    def _settings(self, position: Mapping[str, int]) -> Settings:
        return {control.name: control.values[position[control.name]] for control in self.controls}

    def _length(self, name: str) -> int:
        """How many frames the slice of a control has."""
        control = next(control for control in self.controls if control.name == name)
        options = 1 if self._memory is None or name == self._memory.name else len(self._memory.values)
        return len(control.values) * options

    def _frame(self, name: str, position: Mapping[str, int]) -> int:
        """Give the frame of a control's slice at which a position stands."""
        if self._memory is None or name == self._memory.name:
            return position[name]
        return position[name] + self._length(name) // len(self._memory.values) * position[self._memory.name]

    def _at(self, name: str, position: Mapping[str, int], frame: int) -> dict[str, int]:
        """Give the position at which a frame of a control's slice stands: the inverse of `_frame`."""
        if self._memory is None or name == self._memory.name:
            return {**position, name: frame}
        option, index = divmod(frame, self._length(name) // len(self._memory.values))
        return {**position, name: index, self._memory.name: option}

    def _evaluate(self, position: Mapping[str, int]) -> tuple[Result, Figure, Summary]:
        settings = self._settings(position)
        result = self._model(**settings)
        return result, self._figure(result, settings), self._summary(result, settings)

    def _packed(
        self,
        frames: Sequence[int],
        places: Sequence[Mapping[str, int]],
        evaluated: Sequence[tuple[Result, Figure, Summary]],
    ) -> dict[str, Any]:
        packed = {
            "frames": list(frames),
            "texts": [summary[0] for _, _, summary in evaluated],
            "tables": [written(summary[1]) for _, _, summary in evaluated],
            **pack([figure for _, figure, _ in evaluated]),
        }
        if self._memory is not None:
            packed["becomes"] = [
                self._memory.after(result, self._settings(place))
                for place, (result, _, _) in zip(places, evaluated, strict=True)
            ]
        return packed

    def _answer(self, _: Any, content: dict[str, Any], __: Any) -> None:
        """Answer the browser's request for a slice; a newer request ends an older one."""
        if content.get("kind") != "slice":
            return
        view, request = content["view"], content["request"]
        self._newest[view] = request
        pieces = self._pieces(content["control"], content["position"], request)

        def proceed() -> None:
            if request == self._newest.get(view) and next(pieces, None) is not None:
                asyncio.get_running_loop().call_later(0.001, proceed)

        try:
            asyncio.get_running_loop()
        except RuntimeError:
            for _piece in pieces:
                pass
        else:
            proceed()

    def _pieces(self, name: str, position: dict[str, int], request: str) -> Iterator[bool]:
        """Send the slice from the present position outwards, a piece at a time."""
        near = sorted(
            range(self._length(name)),
            key=lambda frame: abs(self._at(name, position, frame)[name] - position[name]),
        )
        waiting = [(frame, self._at(name, position, frame)) for frame in near]
        while waiting:
            began = time.perf_counter()
            evaluated: list[tuple[Result, Figure, Summary]] = []
            while len(evaluated) < len(waiting) and time.perf_counter() - began < SECONDS_A_PIECE:
                evaluated.append(self._evaluate(waiting[len(evaluated)][1]))
            frames, places = zip(*waiting[: len(evaluated)], strict=True)
            piece = self._packed(frames, places, evaluated)
            waiting = waiting[len(evaluated) :]
            numbers = piece.pop("numbers")
            self.send(
                {"kind": "slice", "request": request, "control": name, "last": not waiting, "slice": piece},
                buffers=[numbers],
            )
            yield True


_registry: dict[str, Callable[..., Explorable]] = {}


def explorable(factory: Callable[..., Explorable]) -> Callable[..., Explorable]:
    """Register a function that makes one explorable of the course.

    The function takes the settings to start from by name and hands them to ``Explorable(..., start=start)``; so the line that "copy
    as code" gives is a call of it. It joins :func:`catalogue`, which the tests walk.
    """
    source = f"{factory.__module__}.{factory.__name__}"

    @functools.wraps(factory)
    def make(**start: Any) -> Explorable:
        made = factory(**start)
        made.source = source
        return made

    _registry[source] = make
    return make


def catalogue() -> dict[str, Callable[..., Explorable]]:
    """Every explorable of the course, by the dotted name of the function that makes it."""
    package = importlib.import_module("dossier.explore")
    for module in pkgutil.iter_modules(package.__path__):
        if module.name.startswith("lesson_"):
            importlib.import_module(f"dossier.explore.{module.name}")
    return dict(sorted(_registry.items()))
