"""Load the ledger of facts and the documented cases, and refuse them when something in them is wrong.

Lesson 15 charts the cases; every lesson's sources come from the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from .._data import data_folder
from .quantities import quantity, years

CONFIDENCES = ("VERIFIED", "RECALLED")

# Columns that are read here; a table may hold more.
_LEDGER_COLUMNS = (
    *("id", "claim", "figure", "unit", "year", "country", "confidence", "note"),
    *("source_title", "source_authors", "source_year", "source_url"),
)
_CASE_COLUMNS = (
    *("case_id", "year", "country", "holder", "data_type", "channel", "price_local", "currency"),
    *("price_usd_approx", "records_or_people", "who_leaked", "outcome"),
    *("source_title", "source_url", "confidence"),
)


def ledger() -> pd.DataFrame:
    """
    Return the facts that the course may state, one claim a row.

    Returns
    -------
    pandas.DataFrame
        Indexed by ledger id ("F5-001"). The columns of ``data/evidence/ledger.csv`` as text, and beside them
        ``figure_low``, ``figure_high`` (numbers; missing where the source leaves that end open),
        ``figure_unit``, ``figure_note``, ``figure_kind``, ``year_from``, ``year_to``, ``reported`` (true where
        nobody read the source again) and ``contested`` (why the row must be shown as contested, or empty).

    Raises
    ------
    FileNotFoundError
        If the file is missing.
    ValueError
        If the file breaks a rule; the message lists every row that does.
    """
    return _ledger(_folder()).copy()


def cases() -> pd.DataFrame:
    """
    Return the documented cases of official, telecom and bank data sold or abused.

    Returns
    -------
    pandas.DataFrame
        Indexed by case id ("NL-2021-GGD"). The columns of ``data/evidence/cases.csv`` as text, and for
        ``price_local``, ``price_usd_approx`` and ``records_or_people`` four more each, ending in ``_low``,
        ``_high``, ``_unit`` and ``_note``; with ``year_from``, ``year_to``, ``reported`` and ``contested``
        as in `ledger`. A price or a count that nobody published is missing, not zero.

    Raises
    ------
    FileNotFoundError
        If the file is missing.
    ValueError
        If the file breaks a rule; the message lists every row that does.
    """
    return _cases(_folder()).copy()


def problems(table: pd.DataFrame, *, kind: str) -> list[str]:
    """
    List what is wrong with a table of evidence.

    Parameters
    ----------
    table : pandas.DataFrame
        Text columns as in the CSV file.
    kind : str
        ``"ledger"`` or ``"cases"``.

    Returns
    -------
    list of str
        One sentence a problem, naming the row; empty if there is none.
    """
    columns, name = (_LEDGER_COLUMNS, "id") if kind == "ledger" else (_CASE_COLUMNS, "case_id")
    missing = [column for column in columns if column not in table.columns]
    if missing:
        return [f"column {column!r} is missing" for column in missing]
    shape = re.compile(r"F\d-\d{3}" if kind == "ledger" else r"[A-Z]{2}-\d{4}S?-[A-Z0-9-]+")
    found = [
        f"{repeated}: this id is used more than once" for repeated in table[name][table[name].duplicated()]
    ]
    for row in table.astype(str).to_dict("records"):
        where = row[name] or "a row without an id"
        if not shape.fullmatch(row[name]):
            found.append(f"{where}: an id looks like {'F5-001' if kind == 'ledger' else 'NL-2021-GGD'}")
        if row["confidence"] not in CONFIDENCES:
            found.append(f"{where}: confidence is {row['confidence']!r}; write {' or '.join(CONFIDENCES)}")
        if row["source_url"] and not re.match(r"https?://[^\s/]+\.[^\s/]+", row["source_url"]):
            found.append(f"{where}: source_url is {row['source_url']!r}; write an http or https address")
        if not row["source_url"] and row["confidence"] == "VERIFIED":
            found.append(f"{where}: VERIFIED, but there is no source_url to verify it at")
        for required in ("claim", "source_title") if kind == "ledger" else ("holder", "source_title"):
            if not row[required].strip():
                found.append(f"{where}: {required} is empty")
        found += [f"{where}: {problem}" for problem in _year_problems(row)]
    return found


def _year_problems(row: Mapping[Hashable, str]) -> list[str]:
    found = []
    for column in ("year", "source_year"):
        if column in row:
            try:
                first, last = years(row[column])
            except ValueError as error:
                found.append(str(error).replace("year is", f"{column} is", 1))
                continue
            if not 1900 <= first <= last <= 2100:
                found.append(
                    f"{column} is {row[column]!r}; the first year comes first, both from 1900 to 2100"
                )
    return found


@cache
def _ledger(folder: Path) -> pd.DataFrame:
    table = _read(folder / "ledger.csv", "ledger")
    read = [quantity(figure, unit) for figure, unit in zip(table["figure"], table["unit"], strict=True)]
    for part in ("low", "high", "unit", "note", "kind"):
        table[f"figure_{part}"] = [getattr(figure, part) for figure in read]
    return _dated_and_marked(table, "id", folder)


@cache
def _cases(folder: Path) -> pd.DataFrame:
    table = _read(folder / "cases.csv", "cases")
    units = {
        "price_local": list(table["currency"]),
        "price_usd_approx": ["USD"] * len(table),
        "records_or_people": [""] * len(table),
    }
    for column, unit in units.items():
        read = [quantity(text, in_unit) for text, in_unit in zip(table[column], unit, strict=True)]
        for part in ("low", "high", "unit", "note"):
            table[f"{column}_{part}"] = [getattr(figure, part) for figure in read]
    return _dated_and_marked(table, "case_id", folder)


def _dated_and_marked(table: pd.DataFrame, name: str, folder: Path) -> pd.DataFrame:
    spans = [years(year) for year in table["year"]]
    table["year_from"] = [first for first, _ in spans]
    table["year_to"] = [last for _, last in spans]
    table["reported"] = table["confidence"] == "RECALLED"
    why = _contested(folder)
    table["contested"] = [why.get(key, "") for key in table[name]]
    return table.set_index(name)


@cache
def _contested(folder: Path) -> dict[str, str]:
    table = _text(folder / "contested.csv")
    known = {*_text(folder / "ledger.csv")["id"], *_text(folder / "cases.csv")["case_id"]}
    unknown = sorted(set(table["id"]) - known)
    if unknown:
        raise ValueError(f"contested.csv names ids that neither table has: {', '.join(unknown)}.")
    return dict(zip(table["id"], table["why"], strict=True))


def _read(path: Path, kind: str) -> pd.DataFrame:
    table = _text(path)
    found = problems(table, kind=kind)
    if found:
        raise ValueError(f"{path} cannot be used:\n- " + "\n- ".join(found))
    return table


def _text(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing. 'git restore data/evidence' brings it back.")
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


def evidence_text(name: str) -> pd.DataFrame:
    """Read a table of ``data/evidence`` as text, untouched; FileNotFoundError if it is missing."""
    return _text(_folder() / name)


def _folder() -> Path:
    return data_folder() / "evidence"
