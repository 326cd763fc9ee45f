"""What the explorable and the editable table share: one code for a whole page, and a life that ends when their cell runs again."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import traitlets

HERE = Path(__file__).parent


class Library(anywidget.AnyWidget):
    """What widgets share on a page, sent once: the style, plotly.js and the browser halves. A model without a view."""

    _esm = "export default {};"
    _css = HERE / "explorable.css"
    plotly = traitlets.Bytes().tag(sync=True)
    halves = traitlets.Dict().tag(sync=True)


class Shown(anywidget.AnyWidget):
    """A widget whose browser half comes from the page's library."""

    _esm = HERE / "widget.js"
    half = traitlets.Unicode().tag(sync=True)
    library = traitlets.Instance(Library).tag(sync=True, **ipywidgets.widget_serialization)

    def __init__(self, **traits: Any) -> None:
        super().__init__(library=_library(), **traits)
        _replace_in_cell(self)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        if self.comm is None:  # closed because its cell ran again, and now shown anew
            self.layout.open()
            self.library = _library()
            self.open()
        return super()._repr_mimebundle_(**options)

    def close(self) -> None:
        """Take it off the page, with the layout that ipywidgets made for it."""
        self.layout.close()
        super().close()
        # ipywidgets makes a closed widget show nothing for ever by hiding this method behind None.
        self.__dict__.pop("_repr_mimebundle_", None)


@functools.cache
def plotly_code() -> bytes:
    """The pinned plotly.js bundle, as the package ships it."""
    return (HERE / "plotly" / "plotly-cartesian.min.js").read_bytes()


def browser_half(name: str = "explorable") -> str:
    """The code that shows an "explorable" or a "table": an explorable's is the same in a notebook and on a static page."""
    return "".join((HERE / f"{part}.js").read_text(encoding="utf-8") for part in ("elements", name))


_the_library: list[Library] = []
_made: dict[str, tuple[str, list[Shown]]] = {}


def _library() -> Library:
    if not _the_library or _the_library[0].comm is None:
        halves = {name: browser_half(name) for name in ("explorable", "table")}
        _the_library[:] = [Library(plotly=plotly_code(), halves=halves)]
    return _the_library[0]


def _replace_in_cell(widget: Shown) -> None:
    """Close what an earlier run of the same notebook cell made: ipywidgets would keep it, here and in the page, for ever."""
    try:
        from IPython import get_ipython

        parent = get_ipython().get_parent()
        cell, run = parent["metadata"]["cellId"], parent["header"]["msg_id"]
    except (ImportError, AttributeError, KeyError, TypeError):
        return
    last_run, made = _made.get(cell, (run, []))
    if last_run != run:
        for old in made:
            old.close()
        made = []
    _made[cell] = (run, [*made, widget])
