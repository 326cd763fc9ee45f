"""Republics too large for memory: written county by county, interrupted and resumed without harm.

Lesson 08 links a nation. A county is made, written and forgotten, so memory does not grow with the country. Every file
appears under its name only when it is whole; a county is done when its note under ``counties/`` says so; ``manifest.json``
says what the folder holds and whether it is complete.
"""

from __future__ import annotations

import hashlib
import io
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from tqdm import tqdm

from dossier.republic import parameters as p
from dossier.republic import schema
from dossier.republic.county import County
from dossier.republic.numbers import counties_for
from dossier.republic.republic import check_configuration
from dossier.republic.storage import MANIFEST, as_json, compress, csv_text, write_whole

Format = Literal["csv", "parquet"]
SUFFIXES: dict[Format, str] = {"csv": "csv.gz", "parquet": "parquet"}
NOTES = "counties"


class FolderTaken(RuntimeError):
    """The folder holds something else; the message says what."""


class NoParquet(RuntimeError):
    """Parquet was asked for, and pyarrow is not installed."""


def write_republic(
    people: int,
    folder: Path,
    seed: int = p.SAMPLE_SEED,
    naming: str = "concentrated",
    form: Format = "csv",
    progress: bool = True,
) -> dict[str, Any]:
    """Write every table of a republic to files, one a table and county.

    Parameters
    ----------
    people : int
        1 to 30,000,000.
    folder : pathlib.Path
        New, empty, or with an unfinished republic of the same configuration, which is then finished.
    seed : int
        0 to 2**63 - 1.
    naming : {"concentrated", "many"}
        Naming regime.
    form : {"csv", "parquet"}
        Compressed CSV, or Parquet (needs pyarrow).
    progress : bool
        Whether to show a progress bar.

    Returns
    -------
    dict
        The manifest: configuration, and rows and files of each table.

    Raises
    ------
    TypeError, ValueError
        If an argument is outside its range.
    FolderTaken
        If the folder holds anything else.
    NoParquet
        If ``form`` is "parquet" and pyarrow is missing.
    OSError
        If a file cannot be written. What is finished stays; the same call resumes.
    """
    people, seed, naming = check_configuration(people, seed, naming)
    if form not in SUFFIXES:
        raise ValueError(f"form is {form!r}; it must be one of {', '.join(map(repr, SUFFIXES))}.")
    if form == "parquet":
        _need_parquet()
    configuration = {
        "generator": p.GENERATOR_VERSION,
        "people": people,
        "seed": seed,
        "naming": naming,
        "format": form,
    }
    _claim(folder, configuration)
    sizes = counties_for(people)
    left = [number for number in range(len(sizes)) if not _is_done(folder, number)]
    before = people - sum(sizes[number] for number in left)
    if left:
        write_whole(folder / MANIFEST, as_json({"configuration": configuration, "complete": False}))
    with tqdm(
        total=people, initial=before, unit=" people", unit_scale=True, disable=not progress, desc="Sorrel"
    ) as bar:
        for number in left:
            _write_county(County(number, sizes[number], seed, naming), folder, form)
            bar.update(sizes[number])
    return _finish(folder, configuration, len(sizes))


def _need_parquet() -> None:
    if find_spec("pyarrow") is None:
        raise NoParquet(
            "Parquet files need pyarrow, which is not installed. "
            "Install it with: python -m pip install pyarrow (or choose --format csv)."
        )


def _claim(folder: Path, configuration: dict[str, Any]) -> None:
    """Make the folder this republic's, or refuse."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = folder / MANIFEST
    if manifest.exists():
        try:
            found = json.loads(manifest.read_text(encoding="utf-8"))["configuration"]
        except (ValueError, KeyError, TypeError):
            raise FolderTaken(f"{manifest} is not a republic's manifest; choose another folder.") from None
        if found != configuration:
            differences = ", ".join(
                f"{key} {found.get(key)!r} instead of {value!r}"
                for key, value in configuration.items()
                if found.get(key) != value
            )
            raise FolderTaken(
                f"{folder} holds another republic ({differences}); choose another folder or delete it."
            )
    elif any(path for path in folder.iterdir() if not path.name.endswith(".part")):
        raise FolderTaken(f"{folder} is not empty and holds no republic; choose a new or an empty folder.")
    # What a stopped run left behind under a temporary name.
    for leftover in folder.rglob(".*.part"):
        leftover.unlink(missing_ok=True)


def _note(folder: Path, number: int) -> Path:
    return folder / NOTES / f"{number:05d}.json"


def _is_done(folder: Path, number: int) -> bool:
    """Whether a county's note is there and every file in it has the size that it says."""
    try:
        files = json.loads(_note(folder, number).read_text(encoding="utf-8"))["files"]
        return all((folder / entry["path"]).stat().st_size == entry["bytes"] for entry in files.values())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _write_county(county: County, folder: Path, form: Format) -> None:
    """Write a county's tables, and last its note."""
    files: dict[str, dict[str, Any]] = {}
    for name in schema.TABLES:
        table = county.table(name)
        content = _parquet(table) if form == "parquet" else compress(csv_text(name, table), level=6)
        path = f"{name}/part-{county.number:05d}.{SUFFIXES[form]}"
        write_whole(folder / path, content)
        files[name] = {
            "path": path,
            "rows": len(table),
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
    write_whole(_note(folder, county.number), as_json({"county": county.number, "files": files}))


def _parquet(table: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    table.to_parquet(buffer, engine="pyarrow", index=False, compression="zstd")
    return buffer.getvalue()


def _finish(folder: Path, configuration: dict[str, Any], counties: int) -> dict[str, Any]:
    """Write the manifest of a complete republic."""
    tables: dict[str, dict[str, Any]] = {name: {"rows": 0, "bytes": 0, "files": []} for name in schema.TABLES}
    for number in range(counties):
        files = json.loads(_note(folder, number).read_text(encoding="utf-8"))["files"]
        for name, entry in files.items():
            tables[name]["rows"] += entry["rows"]
            tables[name]["bytes"] += entry["bytes"]
            tables[name]["files"].append({key: entry[key] for key in ("path", "rows", "sha256")})
    manifest = {"configuration": configuration, "complete": True, "tables": tables}
    write_whole(folder / MANIFEST, as_json(manifest))
    return manifest
