"""Tables as text: what is stored, compared, and read aloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

Table = Mapping[str, Sequence[Any]]


def written(table: Table) -> dict[str, list[str]]:
    """A table as it is read: every cell a text, numbers to four significant figures."""
    return {heading: [cell(item) for item in column] for heading, column in table.items()}


def cell(item: Any) -> str:
    """One cell as it is read."""
    if isinstance(item, (bool, np.bool_)):
        return "yes" if item else "no"
    if isinstance(item, (int, np.integer)):
        return f"{item:,}"
    if isinstance(item, (float, np.floating)):
        number = float(item)
        if not np.isfinite(number):
            return "none"
        return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.4g}"
    return str(item)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 record", "1,200 records", "0 people" (``many`` where an s is not enough)."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def lines(table: dict[str, list[str]]) -> list[str]:
    """A written table in aligned columns, the headings first."""
    columns = [[heading, *column] for heading, column in table.items()]
    widths = [max(len(cell) for cell in column) for column in columns]
    return [
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        for row in zip(*columns, strict=True)
    ]
