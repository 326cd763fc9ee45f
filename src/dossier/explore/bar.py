"""A progress bar for a cell that takes long: tqdm's, which is no widget and leaves nothing in the notebook.

In a notebook the bar is HTML, so that it is neither stored (`dossier tidy` keeps text) nor compared (nbval); it goes when the work is
done. In a terminal it is tqdm's own, on standard error.
"""

from __future__ import annotations

import html
import io
from collections.abc import Iterable
from typing import Any, TypeVar

from IPython import get_ipython
from IPython.display import DisplayHandle
from tqdm import tqdm

Item = TypeVar("Item")


class _Page(io.TextIOBase):
    """What tqdm writes its line to: each line replaces the last one on the page."""

    def __init__(self) -> None:
        self.place = DisplayHandle()
        self.place.display({"text/html": ""}, raw=True)

    def write(self, text: str) -> int:
        if line := text.strip("\r\n"):
            shown = f"<pre>{html.escape(line)}</pre>" if line.strip() else ""
            self.place.update({"text/html": shown}, raw=True)
        return len(text)


def progress(items: Iterable[Item], doing: str, **options: Any) -> Iterable[Item]:
    """
    Go through some items, and show how far it is and how long it will still take.

    Parameters
    ----------
    items : iterable
    doing : str
        What is done to them, in a word or two: "Linking".
    **options
        As for tqdm: ``unit=" people"``, ``total=`` where the items have no length.

    Returns
    -------
    iterable
        The same items.

    Examples
    --------
    >>> [size * 2 for size in progress([1, 2], "Doubling", disable=True)]
    [2, 4]
    """
    shell = get_ipython()
    where = {"file": _Page(), "ncols": 80} if hasattr(shell, "kernel") and not options.get("disable") else {}
    bar: Iterable[Item] = tqdm(items, desc=doing, leave=False, **where, **options)
    return bar
