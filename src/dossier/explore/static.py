"""Explorables on a page with no kernel: the payload, the same browser half, plotly.js once, and nothing from any network."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dossier.explore.frames import plain

if TYPE_CHECKING:
    from dossier.explore.explorable import Explorable
    from dossier.explore.table import EditableTable


def fragment(explorable: Explorable) -> str:
    """Give one explorable's place in a page: its payload, and its summary as plain text until the script has run."""
    payload = _textual({**explorable.static_payload(), "source": explorable.source})
    embedded = json.dumps(payload, separators=(",", ":")).replace("<", "\\u003c")
    return (
        '<div class="dossier-explorable" data-dossier-explorable>'
        f'<script type="application/json">{embedded}</script>'
        f"<pre>{html.escape(str(explorable))}</pre></div>"
    )


def head() -> str:
    """Give what a page with explorables needs once: the style, plotly.js and the browser half."""
    from dossier.explore.widget import HERE, browser_half, plotly_code

    style = (HERE / "explorable.css").read_text(encoding="utf-8")
    library = plotly_code().decode().replace("</script", "<\\/script")
    return (
        f"<style>{style}</style>\n"
        f'<script type="text/plain" id="dossier-plotly">{library}</script>\n'
        f'<script type="module">{browser_half()}\nhydrate(document);</script>\n'
    )


def page(shown: Sequence[Explorable | EditableTable], title: str, body: str = "") -> str:
    """Give a whole page: an optional body in HTML, then explorables, and tables to read."""
    places = "\n".join(item.static_fragment() for item in shown)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title>"
        "<style>:root{color-scheme:light dark}body{margin:0 auto;max-width:56rem;padding:1rem;font-family:system-ui,sans-serif}h1{overflow-wrap:anywhere}</style>"
        f"{head()}</head><body><main><h1>{html.escape(title)}</h1>{body}\n{places}</main></body></html>\n"
    )


def _textual(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return {key: _textual(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_textual(item) for item in value]
    return plain(value)
