"""The learner's own record: one small JSON file on their own machine, next to the lessons, and nowhere else.

Lesson 00 shows it as "where you are". Nothing in it leaves the machine; `forget` deletes it.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

FILE_NAME = "my_progress.json"

# Kept when the file cannot be: then the record lasts as long as the kernel.
_in_memory: dict[str, Any] = {}
_waiting_remarks: list[str] = []
_said: set[str] = set()


def record_path() -> Path | None:
    """
    Say where the record is kept.

    Returns
    -------
    pathlib.Path or None
        What the environment variable ``DOSSIER_RECORD`` names (a file, or a folder to keep it in); else
        ``my_progress.json`` in the course's folder, the nearest one upwards that holds
        ``lessons/00_start_here.ipynb``; None if there is no such folder.
    """
    named = os.environ.get("DOSSIER_RECORD")
    if named:
        path = Path(named).expanduser()
        return path / FILE_NAME if path.is_dir() else path
    for folder in (Path.cwd(), *Path.cwd().parents):
        if (folder / "lessons" / "00_start_here.ipynb").is_file():
            return folder / FILE_NAME
    return None


def read() -> dict[str, Any]:
    """
    Read the record.

    Returns
    -------
    dict
        ``{"version": 1, "checks": {"01.1": {...}}, "questions": {"01.a": {...}}}``; without entries if nothing is
        recorded yet. A damaged file is set aside under another name, and the learner is told with the next message.
    """
    path = record_path()
    if path is None:
        return _merged(_in_memory, {})
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return _merged(_in_memory, {})
    except (OSError, UnicodeDecodeError) as error:
        if isinstance(error, OSError):
            _say_once(f"Your record {path} cannot be read ({error.strerror}); it is left as it is.")
        else:
            _set_aside(path)
        return _merged(_in_memory, {})
    try:
        kept = json.loads(text)
        sound = isinstance(kept, dict) and all(
            isinstance(kept.get(part, {}), dict)
            and all(isinstance(one, dict) for one in kept.get(part, {}).values())
            for part in ("checks", "questions")
        )
    except ValueError:
        sound = False
    if not sound:
        _set_aside(path)
        return _merged(_in_memory, {})
    return _merged(kept, _in_memory)


def note_check(id: str, *, passed: bool, points: int) -> None:
    """
    Note the result of a check. What was passed once stays passed.

    Parameters
    ----------
    id : str
        Task id, "01.2".
    passed : bool
    points : int
        What the task is worth.
    """

    def change(record: dict[str, Any]) -> None:
        entry = record["checks"].setdefault(id, {"passed": False, "points": 0, "tries": 0})
        entry["tries"] = _whole(entry.get("tries")) + 1
        if passed and not entry.get("passed"):
            entry.update(passed=True, points=points, when=_now())

    _write(change)


def note_question(id: str, *, right: bool) -> None:
    """
    Note the answer to a check-yourself question. What was right once stays right.

    Parameters
    ----------
    id : str
        Question id, "01.a".
    right : bool
    """

    def change(record: dict[str, Any]) -> None:
        entry = record["questions"].setdefault(id, {"right": False, "tries": 0})
        entry["tries"] = _whole(entry.get("tries")) + 1
        if right and not entry.get("right"):
            entry.update(right=True, when=_now())

    _write(change)


def tries(id: str) -> int:
    """
    Count how often a task has been checked.

    Parameters
    ----------
    id : str
        Task id.

    Returns
    -------
    int
    """
    return _whole(read()["checks"].get(id, {}).get("tries"))


def remarks() -> str:
    """Hand over what the learner should be told about the record, once: empty if there is nothing."""
    told = "\n".join(_waiting_remarks)
    _waiting_remarks.clear()
    return told


@dataclass(frozen=True)
class Notice:
    """A short text for the learner, as plain text and as HTML."""

    text: str
    html: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html


def where_you_are() -> Notice:
    """
    Show what the record holds, lesson by lesson, and suggest the next step.

    Returns
    -------
    Notice
        A small table. Without a record, two sentences that are always the same.
    """
    from .tasks import lessons

    record = read()
    notebooks = _notebooks()
    asked, checked = record["questions"], record["checks"]
    if not asked and not checked:
        # The same words whatever lessons exist: lesson 00 stores and compares them.
        text = "Nothing recorded yet.\nNext: lessons/01_a_day_in_data.ipynb"
        return _with_remarks(text, f"<p>{'<br>'.join(text.splitlines())}</p>")

    known = lessons()
    ids = sorted({id[:2] for id in (*asked, *checked)} | set(known))
    rows = [("Lesson", "Exercise", "Questions right")]
    for id in ids:
        lesson = known.get(id)
        title = lesson.title if lesson else notebooks.get(id, "").replace("_", " ")[3:]
        won = sum(_whole(one.get("points")) for key, one in checked.items() if key.startswith(f"{id}."))
        points = f"{won} of {lesson.points} points" if lesson else f"{won} points"
        right = sum(bool(one.get("right")) for key, one in asked.items() if key.startswith(f"{id}."))
        rows.append((f"{id} {title}".strip(), points, str(right)))

    next_step = _next_step(record, notebooks)
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    head, *body = [
        "".join(f"<{tag}>{escape(cell)}</{tag[:2]}>" for cell in row) for tag, row in _tagged(rows)
    ]
    table = (
        f"<table><caption>Where you are</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(f'<tr>{row}</tr>' for row in body)}</tbody></table><p>{escape(next_step)}</p>"
    )
    return _with_remarks("\n".join([*lines, next_step]), table)


def forget() -> Notice:
    """
    Delete the learner's record, at once and for good.

    Returns
    -------
    Notice
        What was deleted.
    """
    _in_memory.clear()
    path = record_path()
    # Damaged files that were set aside hold answers too. Nothing else that begins alike is touched.
    ours = ("", ".lock", ".*.new", ".*.damaged")
    kept = [file for end in ours for file in sorted(path.parent.glob(path.name + end))] if path else []
    try:
        for file in kept:
            file.unlink(missing_ok=True)
    except OSError as error:
        text = f"{file} could not be deleted ({error.strerror}). Delete it by hand; nothing else keeps your answers."
    else:
        gone = ", ".join(file.name for file in kept if file.suffix != ".lock")
        text = f"Deleted: {gone}." if gone else "There was no record to delete."
        text += " Nothing about your answers is kept now."
    return Notice(text, f"<p>{escape(text)}</p>")


def _write(change: Callable[[dict[str, Any]], None]) -> None:
    """Apply a change to the newest state of the file, so that two notebooks at once lose nothing."""
    path = record_path()
    if path is None:
        change(_parts(_in_memory))
        _say_once("No course folder was found, so your record lasts only until this notebook closes.")
        return
    try:
        with _locked(path):
            record = read()
            change(record)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=".new")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(record, file, indent=1, sort_keys=True)
                os.replace(temporary, path)
            except BaseException:
                Path(temporary).unlink(missing_ok=True)
                raise
        _in_memory.clear()
    except OSError as error:
        change(_parts(_in_memory))
        _say_once(
            f"Your record could not be written to {path} ({error.strerror}). "
            "Everything works; the record lasts only until this notebook closes."
        )


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the record for oneself; the system lets go of it if the kernel dies."""
    with path.with_name(f"{path.name}.lock").open("a+b") as file:
        try:
            import fcntl
        except ImportError:  # Windows.
            try:
                import msvcrt
            except ImportError:
                yield
                return
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
            try:
                yield
            finally:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined]
            return
        # A file system without locks (some network drives, a browser) still gets the atomic replacement.
        with contextlib.suppress(OSError, AttributeError):
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _set_aside(path: Path) -> None:
    aside = path.with_name(f"{path.name}.{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.damaged")
    try:
        os.replace(path, aside)
    except OSError as error:
        _say_once(f"Your record {path} is damaged and could not be set aside ({error.strerror}).")
        return
    _say_once(f"Your record was damaged. It is kept as {aside.name}, and a new one begins.")


def _merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Join two records: a passed check stays passed, tries add up where both have some."""
    merged: dict[str, Any] = {"version": 1}
    for part in ("checks", "questions"):
        entries = {id: dict(entry) for id, entry in one.get(part, {}).items()}
        for id, entry in other.get(part, {}).items():
            known = entries.setdefault(id, {})
            count = _whole(known.get("tries")) + _whole(entry.get("tries"))
            done = "passed" if part == "checks" else "right"
            if entry.get(done) or not known.get(done):
                known.update(entry)
            known["tries"] = count
        merged[part] = entries
    return merged


def _parts(record: dict[str, Any]) -> dict[str, Any]:
    record.setdefault("checks", {})
    record.setdefault("questions", {})
    return record


def _next_step(record: dict[str, Any], notebooks: dict[str, str]) -> str:
    """Suggest the exercise of a lesson that was begun, or else the first lesson that was not."""
    from .tasks import Task, lessons

    for id, lesson in lessons().items():
        begun = any(key.startswith(f"{id}.") for part in ("questions", "checks") for key in record[part])
        passed = [record["checks"].get(one.id, {}).get("passed") for one in lesson if isinstance(one, Task)]
        if begun and not all(passed) and id in notebooks:
            return f"Next: exercises/{notebooks[id]}.ipynb"
    for id, name in notebooks.items():
        if id != "00" and not any(
            key.startswith(f"{id}.") for part in ("questions", "checks") for key in record[part]
        ):
            return f"Next: lessons/{name}.ipynb"
    if not notebooks:
        return "Next: the following lesson."
    if not lessons().keys() <= notebooks.keys():
        return "Next: nothing is left here. The other lessons are in the whole course."
    return "Next: nothing is left. You have worked through all of it."


def _notebooks() -> dict[str, str]:
    """Name the lessons that are here, by their two digits."""
    path = record_path()
    places = [path.parent] if path else []
    for folder in (*places, Path.cwd(), *Path.cwd().parents):
        names = sorted(
            file.stem for file in (folder / "lessons").glob("*.ipynb") if re.match(r"\d\d_", file.name)
        )
        if names:
            return {name[:2]: name for name in names}
    return {}


def _with_remarks(text: str, html: str) -> Notice:
    told = remarks()
    if told:
        text, html = f"{text}\n{told}", f"{html}<p>{escape(told)}</p>"
    return Notice(text, html)


def _tagged(rows: list[tuple[str, str, str]]) -> Iterator[tuple[str, tuple[str, str, str]]]:
    for place, row in enumerate(rows):
        yield ('th scope="col"' if place == 0 else "td"), row


def _say_once(text: str) -> None:
    if text not in _said:
        _said.add(text)
        _waiting_remarks.append(text)


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
