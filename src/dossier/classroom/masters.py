"""Make the students' exercises from the masters: ``dossier exercises``.

A master, ``exercises/solutions/NN_name.ipynb``, is a notebook in nbgrader's format that holds the answers. nbgrader's
own steps take them out, so that the two cannot drift. Needs nbgrader, which lessons and students do not.
"""

from __future__ import annotations

import argparse
import copy
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import (  # type: ignore[import-untyped]
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
)
from traitlets.config import Config

from dossier.notebooks import tidy, written

from .tasks import lessons

CODE_STUB = "# Replace the three dots with your answer."
TEXT_STUB = "*Double-click here, and replace this sentence with your answer.*"

# nbgrader's order for "generate assignment", without the steps that need its database.
_STEPS = (
    LockCells,
    ClearSolutions,
    ClearOutput,
    ClearHiddenTests,
    ClearMarkScheme,
    ComputeChecksums,
    CheckCellMetadata,
)


def student_version(master: NotebookNode) -> NotebookNode:
    """
    Take the answers out of a master.

    Parameters
    ----------
    master : NotebookNode
        It is not changed.

    Returns
    -------
    NotebookNode
        As the course stores it. The same master gives the same notebook, to the byte.

    Raises
    ------
    ValueError
        If the master breaks a rule; the message lists all that is wrong.
    """
    found = problems(master)
    if found:
        raise ValueError("\n".join(found))
    options = Config()
    options.ClearSolutions.code_stub = {"python": CODE_STUB}
    options.ClearSolutions.text_stub = TEXT_STUB
    notebook = copy.deepcopy(master)
    resources: dict[str, Any] = {}
    for step in _STEPS:
        notebook, resources = step(config=options).preprocess(notebook, resources)
    for cell in notebook.cells:
        # The student's notebook lies one folder higher than its master.
        cell.source = cell.source.replace("](../../", "](../")
    return tidy(notebook)


def problems(master: NotebookNode) -> list[str]:
    """
    Say what keeps a notebook from being a master.

    Parameters
    ----------
    master : NotebookNode

    Returns
    -------
    list of str
        One sentence a problem; empty if there is none.
    """
    lesson = lessons().get(str(master.metadata.get("dossier", {}).get("lesson")))
    if lesson is None:
        return ['metadata: "dossier": {"lesson": ...} names no lesson that has a file lesson_NN.py']
    found = []
    points: dict[str, float] = {}
    for place, cell in enumerate(master.cells, 1):
        about = cell.metadata.get("nbgrader", {})
        if about.get("grade"):
            id = re.search(r"-(\d\d)-(\d+)$", about.get("grade_id", ""))
            if id is None:
                found.append(f"cell {place}: a graded cell's grade_id ends like check-01-2")
                continue
            points[f"{id[1]}.{id[2]}"] = about.get("points", 0)
        answers_in_code = cell.cell_type == "code" and about.get("solution")
        if answers_in_code and "raises-exception" not in cell.metadata.get("tags", []):
            found.append(
                f"cell {place}: an answer cell needs the tag raises-exception, or one error stops them all"
            )
        if cell.cell_type == "code" and about.get("grade") and ".require()" not in cell.source:
            found.append(
                f"cell {place}: without .require() in its hidden tests nbgrader gives points to any answer"
            )
    for task in lesson:
        if points.get(task.id) != task.points:
            found.append(
                f"{task.id} is worth {task.points} points; in the master it has {points.get(task.id, 'none')}"
            )
    known = {task.id for task in lesson}
    found += [
        f"{id} is graded, and lesson_{lesson.id}.py has no such task" for id in points if id not in known
    ]
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """
    Run ``dossier exercises``: write every students' notebook from its master.

    Parameters
    ----------
    argv : sequence of str, optional
        ``--check`` to write nothing and say what is out of date; ``--folder`` for another folder than the
        course's ``exercises``.

    Returns
    -------
    int
        0 if all is well, 1 if something is out of date or wrong.
    """
    parser = argparse.ArgumentParser(prog="dossier exercises", description="Make the students' exercises.")
    parser.add_argument("--check", action="store_true", help="write nothing, say what is out of date")
    parser.add_argument("--folder", type=Path, default=_exercises(), help="the folder that holds solutions/")
    options = parser.parse_args(argv)
    masters = sorted((options.folder / "solutions").glob("*.ipynb"))
    if not masters:
        print(f"There is no master in {options.folder / 'solutions'}.", file=sys.stderr)
        return 1
    faults = 0
    for path in masters:
        target = options.folder / path.name
        try:
            wanted = written(student_version(nbformat.read(path, as_version=4)))
        except Exception as error:  # nbgrader and nbformat let many kinds through
            print(f"{path}: {error}", file=sys.stderr)
            faults += 1
            continue
        stored = target.read_text(encoding="utf-8") if target.is_file() else None
        if stored == wanted:
            print(f"{target}: up to date")
        elif options.check:
            print(f"{target}: not what its master gives; run python3 course.py exercises", file=sys.stderr)
            faults += 1
        else:
            target.write_text(wanted, encoding="utf-8", newline="\n")
            print(f"{target}: written")
    return int(faults > 0)


def _exercises() -> Path:
    return Path(__file__).resolve().parents[3] / "exercises"


if __name__ == "__main__":
    sys.exit(main())
