"""The committed sample: tables as compressed CSV, a manifest of checksums, and reading them back.

A table is checked when it is first read, against the SHA-256 of its CSV text (compressed bytes depend on the zlib at hand,
text does not).
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dossier._data import data_folder
from dossier.republic import parameters as p
from dossier.republic import schema
from dossier.republic.county import County

__all__ = ["SampleDamaged", "data_folder", "read_sample_table", "restore_sample", "sample_manifest"]

RESTORE = "python -m dossier republic --restore"
SAMPLE_FOLDER = "sorrel"
MANIFEST = "manifest.json"


class SampleDamaged(RuntimeError):
    """A file of the sample is missing or is not what it was; the message says how to restore it."""


def _clock(values: npt.NDArray[np.datetime64]) -> npt.NDArray[np.str_]:
    """Timestamps as text such as ``2016-11-07 09:37``, the form that spreadsheets recognise."""
    text = np.datetime_as_string(values.astype("datetime64[m]"))
    if len(text):
        text.view("U1").reshape(len(text), -1)[:, 10] = " "
    return text


def csv_text(name: str, table: pd.DataFrame) -> bytes:
    """A table as CSV: comma, header, line feed, UTF-8, times to the minute."""
    columns: dict[str, Any] = {}
    for column in schema.TABLES[name].columns:
        values = table[column.name]
        if column.kind == "timestamp":
            columns[column.name] = _clock(values.to_numpy())
        elif column.kind == "date":
            columns[column.name] = np.datetime_as_string(values.to_numpy().astype("datetime64[D]"))
        else:
            columns[column.name] = values
    return pd.DataFrame(columns).to_csv(index=False, lineterminator="\n").encode()


def from_csv_text(name: str, text: bytes) -> pd.DataFrame:
    """The table that `csv_text` wrote."""
    columns = schema.TABLES[name].columns
    times = [column.name for column in columns if column.kind in ("date", "timestamp")]
    types: dict[str, Any] = {
        c.name: str if c.kind == "text" else c.pandas_type for c in columns if c.name not in times
    }
    table = pd.read_csv(io.BytesIO(text), dtype=types, keep_default_na=False, na_values=[""])
    for time in times:
        # ISO text straight into NumPy is twice as fast as pandas' parser.
        table[time] = pd.Series(
            table[time].to_numpy(dtype="U16").astype("datetime64[m]").astype("datetime64[us]")
        )
    return table[[column.name for column in columns]]


def compress(text: bytes, level: int = 9) -> bytes:
    """Gzip without a time stamp, so that equal text gives equal bytes."""
    return gzip.compress(text, compresslevel=level, mtime=0)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is either there as a whole or not at all.

    Raises
    ------
    OSError
        If it cannot be written; nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def sample_manifest() -> dict[str, Any]:
    """What the sample was made from, and the checksum of each table.

    Raises
    ------
    SampleDamaged
        If the manifest is missing or unreadable.
    """
    path = data_folder() / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        wanted = {"people", "seed", "naming", "tables"}
        if (
            not isinstance(manifest, dict)
            or not wanted <= manifest.keys()
            or set(manifest["tables"]) != set(schema.TABLES)
        ):
            raise ValueError("it lacks entries")
    except FileNotFoundError:
        raise SampleDamaged(f"{path} is missing. Restore the sample with: {RESTORE}") from None
    except (ValueError, TypeError) as error:
        raise SampleDamaged(f"{path} is damaged ({error}). Restore the sample with: {RESTORE}") from None
    return manifest


def read_sample_table(name: str) -> pd.DataFrame:
    """One table of the committed sample, checked.

    Parameters
    ----------
    name : str
        A key of ``schema.TABLES``.

    Returns
    -------
    pandas.DataFrame
        Columns and types as the schema says.

    Raises
    ------
    SampleDamaged
        If its file is missing or damaged.
    """
    entry = sample_manifest()["tables"][name]
    path = data_folder() / entry["path"]
    try:
        text = gzip.decompress(path.read_bytes())
    except FileNotFoundError:
        raise SampleDamaged(f"{path} is missing. Restore the sample with: {RESTORE}") from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise SampleDamaged(
            f"{path} is damaged (it does not unpack). Restore the sample with: {RESTORE}"
        ) from None
    if hashlib.sha256(text).hexdigest() != entry["sha256"]:
        raise SampleDamaged(
            f"{path} is not the file that the manifest describes (its checksum differs). "
            f"Restore the sample with: {RESTORE}"
        )
    return from_csv_text(name, text)


def restore_sample(folder: Path | None = None) -> list[str]:
    """Make the sample anew from its seed: tables, manifest, data package and data card.

    Parameters
    ----------
    folder : pathlib.Path, optional
        Where to write; the course's data folder where omitted.

    Returns
    -------
    list of str
        Names of the tables whose text differs from what the manifest there described.
    """
    from dossier.republic.package import data_card, data_package

    folder = data_folder() if folder is None else folder
    try:
        before = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["tables"]
    except (OSError, ValueError, KeyError, TypeError):
        before = {}
    county = County(0, p.SAMPLE_PEOPLE, p.SAMPLE_SEED, "concentrated")
    tables: dict[str, Any] = {}
    for name in schema.TABLES:
        table = county.table(name)
        text = csv_text(name, table)
        path = f"{SAMPLE_FOLDER}/{name}.csv.gz"
        write_whole(folder / path, compress(text))
        tables[name] = {"path": path, "rows": len(table), "sha256": hashlib.sha256(text).hexdigest()}
    manifest = {
        "about": "SHA-256 of each table's CSV text, unpacked; dossier.republic checks them when it reads",
        "generator": p.GENERATOR_VERSION,
        "people": p.SAMPLE_PEOPLE,
        "seed": p.SAMPLE_SEED,
        "naming": "concentrated",
        "tables": tables,
    }
    rows = {name: int(entry["rows"]) for name, entry in tables.items()}
    write_whole(folder / "datapackage.json", as_json(data_package()))
    write_whole(folder / "README.md", data_card(rows).encode())
    write_whole(folder / MANIFEST, as_json(manifest))
    return [name for name in tables if tables[name] != before.get(name)] if before else []


def as_json(content: Any) -> bytes:
    """Readable JSON, UTF-8, ending in a line feed."""
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()
