"""Results that took long, kept on this machine, so that the second run of a cell takes no time.

Lesson 08 keeps its measurements here. joblib and diskcache would keep them too, but as pickles, which run whatever a file says, and
neither notices that the course's own code has changed. A lesson's results are numbers and words: JSON holds them, and anybody may
read it. ``python3 course.py kept`` says where the files are, and ``python3 course.py kept --delete`` deletes them.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import json
import os
import platform
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

Result = TypeVar("Result")


def folder() -> Path:
    """
    Say where results are kept: the folder that ``DOSSIER_CACHE`` names, or one in the system's own place for such files.

    Returns
    -------
    pathlib.Path
        It need not exist yet.
    """
    named = os.environ.get("DOSSIER_CACHE")
    if named:
        return Path(named).expanduser()
    import platformdirs  # which a browser, where nothing lasts, can do without

    return platformdirs.user_cache_path("dossier", appauthor=False)


def cached(
    name: str,
    key: Mapping[str, Any],
    compute: Callable[[], Result],
    packages: Iterable[str] = ("numpy", "pandas", "scipy"),
) -> Result:
    """
    Compute a result, or read it if it was computed before from the same things.

    Parameters
    ----------
    name : str
        What it is, in letters, digits, "-" and "_": the file's name begins with it.
    key : mapping of str to JSON
        What the result depends on (sizes, seeds, settings). The versions of Python, of ``packages`` and the course's own code are added.
    compute : callable
        Takes nothing and gives numbers, text, lists and dicts: what JSON can hold. Arrays and NumPy's numbers become lists and numbers.
    packages : iterable of str
        Installed packages whose version matters; one that is missing counts as such.

    Returns
    -------
    object
        What JSON gives back, the first time too: tuples are lists, keys are text.

    Raises
    ------
    ValueError
        If the name holds anything else, or the key or the result is no JSON (NaN and infinity are none).
    TypeError
        If the key or the result holds something that JSON cannot.
    """
    if not isinstance(name, str) or not re.fullmatch(r"[\w-]+", name, re.ASCII):
        raise ValueError(f"name is {name!r}: use letters, digits, '-' and '_', at least one")
    basis = _json("key", {**key, "versions": _versions(tuple(packages))})
    path = folder() / f"{name}-{_digest(basis)[:16]}.json"
    kept = _read(path, basis)
    if kept is None:
        kept = _json("the result", compute())
        _write(path, json.dumps({"of": basis, "digest": _digest(kept), "result": kept}))
    result: Result = json.loads(kept)
    return result


def _json(what: str, value: object) -> str:
    def plain(odd: object) -> object:
        if isinstance(odd, (np.ndarray, np.generic)):
            return odd.tolist()
        raise TypeError(f"{what} holds a {type(odd).__name__}: give numbers, text, lists and dicts")

    try:
        return json.dumps(value, default=plain, allow_nan=False, sort_keys=what == "key")
    except ValueError as error:
        raise ValueError(
            f"{what} cannot be kept ({error}): give finite numbers, text, lists and dicts"
        ) from None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _versions(packages: tuple[str, ...]) -> dict[str, str]:
    found = {"python": platform.python_version(), "dossier": _own_code()}
    for package in packages:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = "missing"
    return found


@cache
def _own_code() -> str:
    """Digest the course's package: what any line of it did may be in a result."""
    root = Path(__file__).parent
    files = sorted(root.rglob("*.py"), key=lambda path: path.relative_to(root).parts)
    return _digest("".join(_digest(path.read_text(encoding="utf-8")) for path in files))


def _read(path: Path, basis: str) -> str | None:
    """Read a kept result; None if there is none, or if the file is damaged or somebody else's."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        sound = found["of"] == basis and found["digest"] == _digest(found["result"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return found["result"] if sound else None


def _write(path: Path, text: str) -> None:
    """Write it whole or not at all; where nothing can be written the result is just not kept."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=path.stem, suffix=".part", dir=path.parent)
    except OSError:
        return
    try:
        with open(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(temporary, path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)


def main(words: list[str]) -> int:
    """
    Run ``dossier kept``: say what is kept, and delete it if asked to.

    Parameters
    ----------
    words
        ``--delete``, or nothing.

    Returns
    -------
    int
        0.
    """
    parser = argparse.ArgumentParser(prog="dossier kept", description=__doc__.splitlines()[0])
    parser.add_argument("--delete", action="store_true", help="delete them")
    chosen = parser.parse_args(words)
    # Only files that were written here: the folder may be one that somebody named, with other things in it.
    own = re.compile(r"[\w-]+-[0-9a-f]{16}(\.json|\w*\.part)")
    files = [path for path in folder().glob("*") if own.fullmatch(path.name)]
    size = sum(path.stat().st_size for path in files)
    print(f"{folder()} holds {len(files)} results, {size / 1000:,.0f} kB.")
    if chosen.delete:
        for path in files:
            path.unlink(missing_ok=True)
        print("They are deleted.")
    return 0
