"""What was measured once, on the machine where the course was made, and recorded: lesson 08 reads it.

``data/measured/README.md`` says how and where; ``data/measured/measure.py`` measures again.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from .._data import data_folder

_TIMES = (
    "people",
    "repeat",
    "records",
    "cpu_seconds",
    "wall_seconds",
    "peak_memory_mb",
    "pairs_proposed",
    "matches",
    "links",
    "right_links",
    "doubtful_pairs",
)
_EVIDENCE = ("people", "naming", "pairs", "matches", "bits", "right", "household", "strangers")


def linkage_times() -> pd.DataFrame:
    """
    Return what linking two registers of Sorrel took, at several sizes.

    Returns
    -------
    pandas.DataFrame
        A row a measurement: ``people`` in Sorrel, ``repeat``, ``records`` in both registers, ``cpu_seconds`` of all threads,
        ``wall_seconds`` (on a busy machine), ``peak_memory_mb``, ``pairs_proposed`` by the blocking, ``matches`` that there are,
        ``links`` made, ``right_links`` of these, ``doubtful_pairs`` (probability from 0.01 to 0.99).

    Raises
    ------
    FileNotFoundError, ValueError
        If the file is missing or lacks a column; the message names it.
    """
    return _read("linking_times.csv", _TIMES).copy()


def linkage_evidence() -> pd.DataFrame:
    """
    Return how many pairs have how much evidence, of two registers of Sorrel.

    Returns
    -------
    pandas.DataFrame
        For each size (``people``), ``naming`` regime and number of ``bits``: how many pairs have so many bits of evidence *or more*
        (the prior left out), of the ``pairs`` that there are: ``right`` ones (of ``matches``), two people of one ``household``,
        and two ``strangers``.

    Raises
    ------
    FileNotFoundError, ValueError
        If the file is missing or lacks a column; the message names it.
    """
    return _read("linking_evidence.csv", _EVIDENCE).copy()


@cache
def _read(name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    path = data_folder() / "measured" / name
    if not path.is_file():
        raise FileNotFoundError(
            f"{path} is missing: fetch the course anew, or measure again with data/measured/measure.py"
        )
    table = pd.read_csv(path)
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise ValueError(f"{path} has no column {missing[0]!r}; it has {', '.join(table.columns)}")
    return table
