"""How every chart of the course looks: Okabe and Ito's colours, two templates, one place.

The colours are those of Okabe and Ito (2008, "Color Universal Design"), ordered so that the first ones keep a contrast of 3 to 1
against both backgrounds. Plain figures use the template "dossier"; explorables follow JupyterLab's light or dark theme.
"""

from __future__ import annotations

from typing import Any

BLUE = "#0072B2"
VERMILION = "#D55E00"
GREEN = "#009E73"
PURPLE = "#CC79A7"
ORANGE = "#E69F00"
SKY = "#56B4E9"
GREY = "#7F7F7F"

COLOURS = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, GREY)
"""The order in which traces take their colours."""


def _template(text: str, grid: str, line: str) -> dict[str, Any]:
    axis = {
        "gridcolor": grid,
        "linecolor": line,
        "zerolinecolor": grid,
        "tickcolor": line,
        "ticks": "outside",
        "showline": True,
        "automargin": True,
        "fixedrange": True,
        # Fewer labels: readable on a phone, and a fifth less to draw in each frame.
        "nticks": 6,
        "title": {"standoff": 8},
    }
    return {
        "layout": {
            "colorway": list(COLOURS),
            "font": {"family": "system-ui, sans-serif", "size": 14, "color": text},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 56, "r": 16, "t": 16, "b": 48},
            "xaxis": axis,
            "yaxis": axis,
            "hovermode": "closest",
            "showlegend": False,
            "legend": {"orientation": "h", "y": -0.25},
            "bargap": 0.15,
        }
    }


LIGHT = _template(text="#1f1f1f", grid="#e2e2e2", line="#5c5c5c")
DARK = _template(text="#eeeeee", grid="#3d3d3d", line="#a8a8a8")


def register() -> None:
    """Make the light template plotly's template "dossier", for plain figures."""
    import plotly.graph_objects as go
    import plotly.io as pio

    pio.templates["dossier"] = go.layout.Template(LIGHT)
