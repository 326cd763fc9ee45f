"""What a stored notebook looks like: ``dossier tidy`` makes it so, and reports what only an author can mend.

The course keeps text outputs only, no execution counts and no trace of a machine, so that a change shows what changed, and so that
what a lesson says is compared with what it computes. Authors run ``dossier tidy lessons/*.ipynb`` (the pre-commit hook does), and the
tests hold every notebook to the same rules.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import nbformat
import pandas as pd
from nbformat import NotebookNode

from dossier._data import data_folder

LONGEST_CELL = 15

_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_NOTEBOOK_METADATA = {"dossier"}
# nbgrader reads its own key, nbval and JupyterLab read the tags, JupyterLab the others.
_CELL_METADATA = {"deletable", "editable", "jupyter", "nbgrader", "slideshow", "tags"}
_TRACES = re.compile(r"\bat 0x[0-9a-f]{6,}|/(?:home|root|Users|tmp|private)/\S+|[A-Z]:\\\\?Users\\")
LEDGER_ID = re.compile(r"\bF\d-\d{3}\b")
LINK = re.compile(r"(!?)\[((?:[^\]\[]|\[[^\]]*\])*)\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_IMAGE_TAG = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_LOADED = re.compile(
    r"<(?:img|script|iframe|link|video|audio|source|embed|object)\b[^>]*\bhttps?://", re.IGNORECASE
)
_CODE_IN_TEXT = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


# The form --------------------------------------------------------------------------------------------------------------


def tidy(notebook: NotebookNode) -> NotebookNode:
    """
    Bring a notebook to the form in which the course stores it.

    Parameters
    ----------
    notebook
        Any notebook of format 4; it is not changed.

    Returns
    -------
    NotebookNode
        A copy without empty cells, execution counts, machine metadata, widget state and outputs other than text; what is
        stored is folded up.
    """
    from nbconvert.preprocessors import CoalesceStreamsPreprocessor

    whole = CoalesceStreamsPreprocessor()
    stored: NotebookNode = nbformat.from_dict(json.loads(json.dumps(notebook)))
    stored.metadata = nbformat.from_dict(
        {
            **{key: value for key, value in stored.metadata.items() if key in _NOTEBOOK_METADATA},
            "kernelspec": _KERNEL,
            # JupyterLite cannot start a notebook that does not name its language.
            "language_info": {"name": "python"},
        }
    )
    stored.nbformat, stored.nbformat_minor = 4, 5
    stored.cells = [cell for cell in stored.cells if cell.source.strip()]
    seen: set[str] = set()
    for place, cell in enumerate(stored.cells):
        if not cell.get("id") or cell.id in seen:
            cell.id = f"cell-{place}"
        seen.add(cell.id)
        cell.metadata = nbformat.from_dict(
            {key: value for key, value in cell.metadata.items() if key in _CELL_METADATA and value != []}
        )
        cell.pop("attachments", None) if cell.get("attachments") == {} else None
        if cell.cell_type == "code":
            cell.execution_count = None
            cell.outputs = [output for output in map(_text_only, cell.outputs) if output is not None]
            whole.preprocess_cell(cell, {}, place)  # how a kernel cuts up what a cell prints is chance
            _fold(cell)
    return stored


def _fold(cell: NotebookNode) -> None:
    """Fold up what is stored: JupyterLab would show an answer before its cell has run. It unfolds when the cell runs."""
    others = {
        key: value for key, value in cell.metadata.get("jupyter", {}).items() if key != "outputs_hidden"
    }
    cell.metadata.pop("jupyter", None)
    if cell.outputs or others:
        cell.metadata["jupyter"] = nbformat.from_dict(
            others | ({"outputs_hidden": True} if cell.outputs else {})
        )


def _text_only(output: NotebookNode) -> NotebookNode | None:
    if output.output_type in ("stream", "error"):
        return output
    if "text/plain" not in output.data:
        return None
    output.data = nbformat.from_dict({"text/plain": output.data["text/plain"]})
    output.metadata = nbformat.from_dict({})
    if "execution_count" in output:
        output.execution_count = None
    return output


def written(notebook: NotebookNode) -> str:
    """Return a notebook as the text of its file, always in the same layout."""
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"


# The rules -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """A notebook in the place where it stands, read for the rules."""

    path: Path
    notebook: NotebookNode

    @classmethod
    def read(cls, path: Path) -> Page:
        """Read a notebook file; a damaged one raises ValueError with its path."""
        try:
            text = path.read_text(encoding="utf-8")
            notebook = nbformat.reads(text, as_version=4)
            for cell, stored in zip(notebook.cells, json.loads(text)["cells"], strict=True):
                if "id" not in stored:  # nbformat has made one up, another every time
                    cell.pop("id", None)
            return cls(path, notebook)
        except Exception as error:  # nbformat lets a dozen kinds through
            raise ValueError(f"{path} is not a notebook: {error}") from error

    @property
    def cells(self) -> list[NotebookNode]:
        """All cells in order."""
        return list(self.notebook.cells)

    def of_type(self, kind: str) -> Iterator[tuple[int, NotebookNode]]:
        """Yield the cells of a type with their place, counted from 0."""
        return ((place, cell) for place, cell in enumerate(self.cells) if cell.cell_type == kind)

    @property
    def number(self) -> str:
        """The two digits that a lesson's or exercise's name begins with, or an empty string."""
        found = re.match(r"\d\d(?=_)", self.path.name)
        return found.group() if found else ""

    @property
    def headings(self) -> list[tuple[int, int, str]]:
        """Place, level and text of every heading."""
        return [
            (place, len(found.group(1)), found.group(2).strip())
            for place, cell in self.of_type("markdown")
            for found in re.finditer(r"^(#{1,6})\s+(.+?)\s*#*$", without_code(cell.source), re.MULTILINE)
        ]


def problems(path: Path) -> list[str]:
    """
    Say what keeps a notebook from being stored or, in ``lessons``, from being a lesson.

    Parameters
    ----------
    path
        A notebook file. One in a folder called ``lessons`` is held to the rules of a lesson too.

    Returns
    -------
    list of str
        One sentence a problem, naming the cell (counted from 1); empty if there is none.

    Raises
    ------
    ValueError
        If the file is not a notebook at all.
    """
    page = Page.read(path)
    rules = [form, cells, texts, links, facts]
    if page.path.parent.name == "lessons":
        from dossier.outline import lesson  # which reads pages, and so imports this module

        rules.append(lesson)
    return [problem for rule in rules for problem in rule(page)]


def form(page: Page) -> Iterator[str]:
    """Valid, and exactly as `tidy` leaves it."""
    stored = tidy(page.notebook)
    try:
        nbformat.validate(stored)
    except nbformat.ValidationError as error:
        yield f"not a valid notebook: {error.message}"
        return
    if page.path.read_text(encoding="utf-8") == written(stored):
        return
    untidy = list(_untidy(page.notebook, stored)) or ["its layout"]
    yield f"not as it is stored ({'; '.join(untidy)}): run `python3 course.py tidy {page.path.name}`"


def _untidy(found: NotebookNode, stored: NotebookNode) -> Iterator[str]:
    extra = sorted(set(found.metadata) - set(stored.metadata))
    if extra:
        yield f"notebook metadata {', '.join(extra)}"
    for key in ("kernelspec", "language_info"):
        if found.metadata.get(key) != stored.metadata[key]:
            yield f"notebook metadata {key}"
    for place, cell in enumerate(found.cells, 1):
        if not cell.source.strip():
            yield f"cell {place} is empty"
        if not cell.get("id"):
            yield f"cell {place} has no id"
        if strange := sorted(set(cell.metadata) - _CELL_METADATA):
            yield f"cell {place} has metadata {', '.join(strange)}"
        if cell.get("execution_count") is not None:
            yield f"cell {place} has an execution count"
        for output in cell.get("outputs", []):
            kinds = sorted(set(output.get("data", {})) - {"text/plain"})
            if kinds:
                yield f"cell {place} has an output of type {', '.join(kinds)}"


def cells(page: Page) -> Iterator[str]:
    """Code cells are short, load nothing from a network, and their outputs name no machine."""
    for place, cell in page.of_type("code"):
        where = f"cell {place + 1}"
        if (lines := len(cell.source.splitlines())) > LONGEST_CELL:
            yield f"{where} has {lines} lines of code; at most {LONGEST_CELL}"
        if re.search(r"https?://", cell.source):
            yield f"{where} holds a web address: the course loads nothing from a network"
        tags = cell.metadata.get("tags", [])
        for output in cell.outputs:
            if output.output_type == "error" and "raises-exception" not in tags:
                yield f"{where} stores an error: {output.ename}"
            text = output.get("text") or output.get("evalue") or output.get("data", {}).get("text/plain", "")
            if trace := _TRACES.search(text):
                yield f"{where} stores a trace of a machine: {trace.group()}"


def texts(page: Page) -> Iterator[str]:
    """Every image has a text alternative, and nothing is loaded from a network."""
    for place, cell in page.of_type("markdown"):
        where, source = f"cell {place + 1}", without_code(cell.source)
        for mark, text, address in LINK.findall(source):
            if mark and not text.strip():
                yield f"{where}: the image {address} has no alt text"
            if mark and re.match(r"https?:|//", address):
                yield f"{where} loads {address} from a network"
        for tag in _IMAGE_TAG.findall(source):
            if not re.search(r"""\balt\s*=\s*(["'])\s*[^"'\s]""", tag):
                yield f"{where}: an <img> has no alt text"
        if loaded := _LOADED.search(source):
            yield f"{where} loads something from a network: {loaded.group()}"


def links(page: Page) -> Iterator[str]:
    """Links to files lead somewhere, and so do those to headings."""
    for place, cell in page.of_type("markdown"):
        for _, _, address in LINK.findall(without_code(cell.source)):
            if re.match(r"[a-z]+:|//|attachment:", address, re.IGNORECASE):
                continue
            name, _, anchor = unquote(address).partition("#")
            target = page.path.parent / name if name else page.path
            if not target.exists():
                yield f"cell {place + 1} links to {name}, which does not exist"
            elif anchor and target.suffix == ".ipynb":
                names = {
                    text.replace(" ", "-") for _, _, text in (Page.read(target) if name else page).headings
                }
                if anchor not in names:
                    yield f"cell {place + 1} links to the heading {anchor}, which {name or 'this notebook'} does not have"


def facts(page: Page) -> Iterator[str]:
    """Every ledger id stands in the ledger."""
    known = set(pd.read_csv(data_folder() / "evidence" / "ledger.csv", usecols=["id"], dtype=str)["id"])
    for place, cell in enumerate(page.cells, 1):
        for id_ in sorted(set(LEDGER_ID.findall(cell.source)) - known):
            yield f"cell {place} cites {id_}, which is not in the ledger"


def without_code(text: str) -> str:
    """Return Markdown without its code, in which nothing is a link, a heading or a word of prose."""
    return _CODE_IN_TEXT.sub("", text)


# The command -----------------------------------------------------------------------------------------------------------


def main(words: list[str] | None = None) -> int:
    """
    Run ``dossier tidy``: write notebooks in the stored form, and report what else is wrong with them.

    Parameters
    ----------
    words
        The notebooks, and ``--check`` to write nothing.

    Returns
    -------
    int
        0 if nothing was changed and nothing is wrong, else 1 (as pre-commit expects).
    """
    parser = argparse.ArgumentParser(prog="dossier tidy", description=__doc__.splitlines()[0])
    parser.add_argument("notebooks", nargs="+", type=Path, metavar="NOTEBOOK")
    parser.add_argument("--check", action="store_true", help="write nothing, only report")
    chosen: Any = parser.parse_args(words)
    faults = 0
    for path in chosen.notebooks:
        try:
            page = Page.read(path)
            if not chosen.check and path.read_text(encoding="utf-8") != (
                stored := written(tidy(page.notebook))
            ):
                path.write_text(stored, encoding="utf-8")
                print(f"{path}: tidied")
                faults += 1
            complaints = problems(path)
        except (OSError, ValueError) as error:
            complaints = [str(error)]
        for complaint in complaints:
            print(f"{path}: {complaint}", file=sys.stderr)
        faults += len(complaints)
    return int(faults > 0)
