"""The itemised price list of an illegal trade that a public authority published: lesson 09 reads it.

``data/evidence/uk_tariff_2006.csv`` holds the items that the ledger's row F2-068 states, one a row.
"""

from __future__ import annotations

import pandas as pd

from .quantities import quantity
from .tables import evidence_text

_COLUMNS = ("item", "price", "currency", "ledger_id")


def uk_tariff() -> pd.DataFrame:
    """
    Return the tariff of the illegal trade in personal data that the UK Information Commissioner published in 2006.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``item``: ``price`` as the source writes it, ``price_low`` and ``price_high`` (pounds; equal where one price is
        stated), ``currency`` and ``ledger_id``, the row to cite.

    Raises
    ------
    FileNotFoundError
        If the file is missing.
    ValueError
        If it lacks a column, or a price is no number.
    """
    table = evidence_text("uk_tariff_2006.csv")
    missing = [column for column in _COLUMNS if column not in table.columns]
    if missing:
        raise ValueError(
            f"uk_tariff_2006.csv has no column {missing[0]!r}; it has {', '.join(table.columns)}"
        )
    read = [quantity(price) for price in table["price"]]
    for item, price, found in zip(table["item"], table["price"], read, strict=True):
        if not found.parts:
            raise ValueError(
                f"uk_tariff_2006.csv: the price of {item!r} is {price!r}; write a number or a range"
            )
    table["price_low"] = [found.low for found in read]
    table["price_high"] = [found.high for found in read]
    return table.set_index("item")
