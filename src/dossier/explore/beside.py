"""Tables beside the chart that follows them, so near to each other that a change is seen where it is made."""

from __future__ import annotations

from typing import Any

import ipywidgets

from dossier.explore.explorable import Explorable
from dossier.explore.table import EditableTable


class Beside(ipywidgets.HBox):  # type: ignore[misc]
    """
    A chart with its tables on the left; below each other where the window is narrow.

    Parameters
    ----------
    chart
        What follows the tables; still there as ``.chart``.
    tables
        What the reader changes.
    narrowest
        How many pixels the tables need.
    """

    def __init__(self, chart: Explorable, *tables: EditableTable, narrowest: int = 400) -> None:
        self.chart = chart
        self.text = "\n\n".join(str(one) for one in (*tables, chart))
        left = ipywidgets.VBox(
            tables, layout={"flex": f"1 1 {narrowest}px", "min_width": f"min({narrowest}px, 100%)"}
        )
        chart.layout.flex = "2 1 390px"
        super().__init__([left, chart], layout={"flex_flow": "row wrap", "align_items": "flex-start"})

    def _repr_mimebundle_(self, **options: Any) -> Any:
        shown = super()._repr_mimebundle_(**options)
        return shown | {"text/plain": self.text} if isinstance(shown, dict) else shown

    def __repr__(self) -> str:
        """The text alternatives of all."""
        return self.text
