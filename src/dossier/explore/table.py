"""The editable table: a small DataFrame that the learner changes, cell by cell, and that charts can follow.

The browser half (``table.js``) refuses in words what a column does not allow; Python checks the same again. Used where a scheme, a
tariff or a policy is a table: lesson 02 first.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import traitlets

from dossier.explore.controls import Choice
from dossier.explore.frames import plain
from dossier.explore.text import cell, lines
from dossier.explore.widget import Shown


@dataclass(frozen=True)
class Number:
    """A column of numbers that the learner changes.

    Parameters
    ----------
    name
        The column of the DataFrame. If it holds integers, only whole numbers are allowed.
    label
        What the reader sees.
    low, high
        The range, both ends included.
    step
        What an arrow key adds, in the unit.
    unit
        Shown behind the label.
    format
        How a value is written, as in :func:`format`.

    Raises
    ------
    ValueError
        When the range is empty or not finite, or the step is not above 0.
    """

    name: str
    label: str
    low: float
    high: float
    step: float = 1
    unit: str = ""
    format: str = ",g"

    def __post_init__(self) -> None:
        """Refuse a range that allows nothing."""
        for argument in ("low", "high", "step"):
            if not np.isfinite(getattr(self, argument)):
                raise ValueError(
                    f"{argument} of column {self.name!r} is {getattr(self, argument)}: give a finite number"
                )
        if not self.low < self.high:
            raise ValueError(
                f"column {self.name!r} runs from {self.low} to {self.high}: low must be below high"
            )
        if self.step <= 0:
            raise ValueError(f"step of column {self.name!r} is {self.step}: it must be above 0")


@dataclass(frozen=True)
class Tick:
    """A column of yes and no (a checkbox in every row).

    Parameters
    ----------
    name
        The column of the DataFrame, of booleans.
    label
        What the reader sees.
    """

    name: str
    label: str


Column = Number | Tick | Choice
Place = tuple[int, int]  # a cell: its row, and its place among the changeable ones there
Check = Callable[[pd.DataFrame], tuple[Any, str, str] | None]


class _Value(traitlets.TraitType[pd.DataFrame, pd.DataFrame]):
    """A DataFrame that is copied on its way in and out, and announced only when it differs."""

    def get(self, obj: Any, cls: Any = None) -> pd.DataFrame:
        """Give a copy."""
        frame: pd.DataFrame = obj._frame
        return frame.copy()

    def set(self, obj: Any, value: Any) -> None:
        """Check, keep, and tell who observes."""
        new, old = obj._checked(value), obj._frame
        if not old.equals(new):
            obj._frame = new
            obj._notify_trait(self.name, old.copy(), new.copy())


class EditableTable(Shown):
    """A table that the learner changes, by mouse, touch or keyboard.

    Parameters
    ----------
    title
        Its caption; short.
    frame
        What it starts from: at least one row, index and columns unique. It is copied.
    columns
        :class:`Number`, :class:`Tick` or :class:`~dossier.explore.Choice`, one for each column that may be changed, by its name. (A
        choice's default is not used.) The other columns stand fixed. An infinite number in a number's column stands fixed too.
    labels
        Headings for fixed columns and for the index, by name; where none is given, the name in plain words.
    hidden
        Fixed columns that ``value`` has and the reader does not see.
    check
        What must hold across cells: ``check(frame)`` gives None, or the row, the column and a sentence that says what is wrong there.
        In the page the sentence stands at the cell that was typed in, and the cell is taken as soon as the others let it.
    name
        The variable that the lesson gives this table to: "copy as code" writes it.

    Attributes
    ----------
    value
        The table as it stands: a copy, with the dtypes of ``frame``. Observable (``observe(..., "value")``), and may be set to a
        DataFrame that differs only where change is allowed.
    original
        What it started from: a copy.

    Raises
    ------
    TypeError
        When ``frame`` or a new value is not a DataFrame.
    ValueError
        When a column is missing or holds what it does not allow, or ``check`` finds something; the message names row, column, value
        and what is allowed.

    Examples
    --------
    >>> import pandas as pd
    >>> from dossier.explore import EditableTable, Number, Tick
    >>> frame = pd.DataFrame({"points": [-5, 10], "counts": [True, True]}, index=pd.Index(["parking", "volunteering"], name="event"))
    >>> rules = EditableTable("The rules", frame, [Number("points", "Points", -100, 100, 5), Tick("counts", "Counts")], name="rules")
    >>> changed = rules.value
    >>> changed.loc["parking", "points"] = -20
    >>> rules.value = changed
    >>> print(rules)
    The rules (you can change: Points, Counts)
           Event  Points  Counts
         parking     -20     yes
    volunteering      10     yes
    """

    payload = traitlets.Dict().tag(sync=True)
    cells: Any = traitlets.List().tag(sync=True)
    edit = traitlets.Int().tag(sync=True)
    taken = traitlets.Int().tag(sync=True)
    refused: Any = traitlets.List().tag(sync=True)
    value: Any = _Value()

    def __init__(
        self,
        title: str,
        frame: pd.DataFrame,
        columns: Sequence[Column],
        *,
        labels: Mapping[str, str] | None = None,
        hidden: Collection[str] = (),
        check: Check | None = None,
        name: str = "table",
    ) -> None:
        if not isinstance(frame, pd.DataFrame):
            raise TypeError(f"frame is a {type(frame).__name__}: give a DataFrame")
        if frame.empty:
            raise ValueError("frame has no rows or no columns: there is nothing to change")
        if not frame.index.is_unique or not frame.columns.is_unique:
            raise ValueError("frame has a row or a column twice: the names of both must be unique")
        names = [column.name for column in columns]
        if not names or len(set(names)) < len(names):
            raise ValueError(f"columns are named {names}: give at least one, all different")
        for wanted in [*names, *hidden]:
            if wanted not in frame.columns:
                raise ValueError(
                    f"frame has no column {wanted!r}: it has {', '.join(map(str, frame.columns))}"
                )
        if set(hidden) & set(names):
            raise ValueError(
                f"hidden columns {sorted(set(hidden) & set(names))} cannot be changed: hide others"
            )
        self.title, self.name = title, name
        self._columns = {column.name: column for column in columns}
        self._labels, self._hidden = dict(labels or {}), frozenset(hidden)
        self._check = check
        self._original = self._frame = frame.copy()
        self._checked(frame)
        super().__init__(half="table", payload=self._payload(), cells=self._as_cells())
        self.observe(self._write, "value")
        self.observe(self._take, "edit")

    @property
    def original(self) -> pd.DataFrame:
        """What it started from."""
        return self._original.copy()

    def reset(self) -> None:
        """Bring back what it started from."""
        self.value = self._original

    def __str__(self) -> str:
        """The table as text: what is stored, compared, and read where there is no browser."""
        changeable = ", ".join(column.label for column in self._columns.values())
        rows = self._rows()
        table = {heading: [row[at] for row in rows] for at, heading in enumerate(self._headings())}
        return "\n".join([f"{self.title} (you can change: {changeable})", *lines(table)])

    __repr__ = __str__

    def static_fragment(self) -> str:
        """Give the table as HTML to read: a page without a kernel has nothing that could follow a change."""
        heads = "".join(f'<th scope="col">{html.escape(heading)}</th>' for heading in self._headings())
        body = "".join(
            f'<tr><th scope="row">{html.escape(row[0])}</th>'
            + "".join(f"<td>{html.escape(text)}</td>" for text in row[1:])
            + "</tr>"
            for row in self._rows()
        )
        return (
            '<div class="dossier-explorable"><div class="dossier-editable"><div class="dossier-table" tabindex="0" role="region" '
            f'aria-label="{html.escape(self.title)}"><table><caption>{html.escape(self.title)} '
            "<small>To read here; in the notebook you can change it.</small></caption>"
            f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div></div></div>"
        )

    def to_static_html(self) -> str:
        """Give a whole page with this table, which asks no network for anything."""
        from dossier.explore.static import page

        return page([self], title=self.title)

    # -- between Python and the page

    def _payload(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "name": self.name,
            "row_heading": self._heading(str(self._frame.index.name or "")),
            "rows": [{"key": plain(key), "label": str(key)} for key in self._frame.index],
            "columns": [self._described(str(name)) for name in self._seen()],
            "original": self._as_cells(),
        }

    def _described(self, name: str) -> dict[str, Any]:
        column = self._columns.get(name)
        described: dict[str, Any] = {"name": name, "label": self._heading(name)}
        if column is None:
            return described | {"kind": "fixed", "texts": [cell(item) for item in self._frame[name]]}
        if isinstance(column, Tick):
            return described | {"kind": "tick"}
        if isinstance(column, Choice):
            options = [repr(option) for option in column.options]
            return described | {"kind": "choice", "texts": list(column.texts), "options": options}
        return described | {
            "kind": "number",
            "low": column.low,
            "high": column.high,
            "step": column.step,
            "whole": self._whole(name),
            "allowed": self._allowed(column),
        }

    def _as_cells(self) -> list[list[Any]]:
        """Every row's changeable cells in the order of the columns seen: a number, yes or no, an option's place; None if fixed."""
        return [
            [
                self._as_cell(name, self._frame[name].iloc[row])
                for name in self._seen()
                if name in self._columns
            ]
            for row in range(len(self._frame))
        ]

    def _as_cell(self, name: str, item: Any) -> Any:
        column = self._columns[name]
        return column.position(item) if isinstance(column, Choice) else plain(item)

    def _take(self, _: Any) -> None:
        """Take from the page what is allowed, and tell it what is refused and why."""
        # In one message, so that the page never sees a cell put back without the reason.
        with self.hold_sync():
            try:
                sent = self.cells
                self.value, problems = self._as_far_as_allowed(sent)
                self.cells = self._as_cells()
                self.refused = [
                    {"row": row, "at": at, "value": sent[row][at], "words": words}
                    for (row, at), words in problems.items()
                ]
            finally:
                self.taken = self.edit

    def _as_far_as_allowed(self, sent: list[list[Any]]) -> tuple[pd.DataFrame, dict[Place, str]]:
        """Give the table with as many of the sent cells as the check lets through, and what it says to the others."""
        now = self._as_cells()
        waiting = [
            (row, at)
            for row, items in enumerate(sent)
            for at, item in enumerate(items)
            if item is not None and item != now[row][at]
        ]
        # All together first: two lines may only be right together.
        together = self._with(self._frame, sent, waiting)
        if self._problem(together) is None:
            return together, {}
        frame, problems, before = self._frame, dict.fromkeys(waiting, ""), -1
        while len(problems) != before:
            before = len(problems)
            for place in list(problems):
                tried = self._with(frame, sent, [place])
                problem = self._problem(tried)
                if problem is None:
                    frame = tried
                    del problems[place]
                else:
                    problems[place] = problem[2]
        return frame, problems

    def _with(self, frame: pd.DataFrame, sent: list[list[Any]], places: Sequence[Place]) -> pd.DataFrame:
        names = [name for name in self._seen() if name in self._columns]
        frame = frame.copy()
        for row, at in places:
            column, item = self._columns[names[at]], sent[row][at]
            items = list(frame[column.name])
            items[row] = column.options[item] if isinstance(column, Choice) else item
            frame[column.name] = pd.Series(items, index=frame.index)
        return self._each_allowed(frame)

    def _write(self, _: Any) -> None:
        self.cells, self.refused = self._as_cells(), []

    # -- what is allowed

    def _checked(self, value: Any) -> pd.DataFrame:
        frame = self._each_allowed(value)
        problem = self._problem(frame)
        if problem is not None:
            row, column, words = problem
            raise ValueError(f"{column} of {row!r} is {frame[column].to_dict()[row]!r}: {words}")
        return frame

    def _problem(self, frame: pd.DataFrame) -> tuple[Any, str, str] | None:
        return None if self._check is None else self._check(frame.copy())

    def _each_allowed(self, value: Any) -> pd.DataFrame:
        if not isinstance(value, pd.DataFrame):
            raise TypeError(f"value is a {type(value).__name__}: give a DataFrame")
        now = self._frame
        if not value.columns.equals(now.columns) or not value.index.equals(now.index):
            raise ValueError(
                f"value must have the table's own rows ({', '.join(map(str, now.index))}) "
                f"and columns ({', '.join(map(str, now.columns))}), in that order"
            )
        for name in now.columns:
            if name in self._columns:
                self._check_column(self._columns[name], value[name])
            elif not value[name].equals(now[name]):
                raise ValueError(f"column {name!r} is fixed: only {', '.join(self._columns)} may be changed")
        return value.astype(now.dtypes.to_dict())

    def _check_column(self, column: Column, items: pd.Series[Any]) -> None:
        first = self._original[column.name]
        if isinstance(column, Tick) and first.dtype != bool:
            raise ValueError(f"column {column.name!r} holds {first.dtype}: a tick needs True and False")
        if isinstance(column, Number) and first.dtype.kind not in "iuf":
            raise ValueError(f"column {column.name!r} holds {first.dtype}: a number's column needs numbers")
        for (key, item), start in zip(items.items(), first, strict=True):
            where = f"{column.name} of {key!r} is {item!r}"
            if isinstance(column, Tick):
                if not isinstance(item, (bool, np.bool_)):
                    raise ValueError(f"{where}: allowed are True and False")
            elif isinstance(column, Choice):
                if item not in column.options:
                    raise ValueError(f"{where}: allowed are {', '.join(map(repr, column.options))}")
            elif np.isinf(start):
                if item != start:
                    raise ValueError(f"{where}: this cell is fixed at {start}")
            elif not self._fits(column, item):
                raise ValueError(f"{where}: allowed is {self._allowed(column)}")

    def _fits(self, column: Number, item: Any) -> bool:
        number = isinstance(item, (int, float, np.integer, np.floating)) and not isinstance(item, bool)
        inside = number and column.low <= item <= column.high
        return bool(inside and (float(item).is_integer() or not self._whole(column.name)))

    def _whole(self, name: str) -> bool:
        return bool(self._original[name].dtype.kind in "iu")

    def _allowed(self, column: Number) -> str:
        kind = "a whole number" if self._whole(column.name) else "a number"
        return f"{kind} from {format(column.low, column.format)} to {format(column.high, column.format)}"

    # -- in words

    def _seen(self) -> list[str]:
        return [name for name in self._original.columns if name not in self._hidden]

    def _heading(self, name: str) -> str:
        column = self._columns.get(name)
        if column is None:
            return self._labels.get(name, name.replace("_", " ").capitalize())
        unit = column.unit if isinstance(column, Number) else ""
        return f"{column.label} ({unit})" if unit else column.label

    def _headings(self) -> list[str]:
        return [self._heading(name) for name in [str(self._frame.index.name or ""), *self._seen()]]

    def _rows(self) -> list[list[str]]:
        return [
            [str(key), *(self._text(name, self._frame[name].loc[key]) for name in self._seen())]
            for key in self._frame.index
        ]

    def _text(self, name: str, item: Any) -> str:
        column = self._columns.get(name)
        if isinstance(column, Number):
            return format(item, column.format) if np.isfinite(item) else "no limit"
        return cell(item)
