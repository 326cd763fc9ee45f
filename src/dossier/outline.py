"""What every lesson has, in which order: the rules that ``dossier tidy`` and the tests hold each notebook in ``lessons/`` to.

They read the notebook without running it: headings or bold words for the parts with a fixed name, imports and calls for the rest.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from nbformat import NotebookNode

from dossier.notebooks import LEDGER_ID, LINK, Page, without_code

FEWEST_SCENE_WORDS = 40


def lesson(page: Page) -> Iterator[str]:
    """Check name, metadata and strip, then all the parts of a lesson in their order; lesson 00 only opens and closes like one."""
    if not re.fullmatch(r"\d\d_[a-z0-9_]+\.ipynb", page.path.name):
        yield "a lesson is called NN_words_in_small_letters.ipynb"
        return
    yield from _about(page)
    is_opening = page.number == "00"
    found: list[tuple[str, int]] = []
    for name, place, complaint in _parts(page):
        if is_opening and name not in ("title", "outcomes", "sources"):
            continue
        if complaint:
            yield f"{name}: {complaint}"
        if place is not None:
            found.append((name, place))
    for (earlier, before), (later, after) in pairwise(found):
        if after < before:
            yield f"{later} (cell {after + 1}) stands before {earlier} (cell {before + 1})"


def _about(page: Page) -> Iterator[str]:
    """What the metadata say: lesson, minutes, prerequisites, claim; and that the strip under the title agrees."""
    about = page.notebook.metadata.get("dossier")
    if not isinstance(about, dict):
        yield 'the notebook\'s metadata lack "dossier": {"lesson": "01", "minutes": 60, "prerequisites": ["00"], "claim": "C1"}'
        return
    minutes, needed, claim = about.get("minutes"), about.get("prerequisites"), about.get("claim")
    strip = page.cells[0].source if page.cells else ""
    if about.get("lesson") != page.number:
        yield f"metadata: lesson is {about.get('lesson')!r}, the file's name says {page.number!r}"
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not 5 <= minutes <= 90:
        yield f"metadata: minutes is {minutes!r}, not a whole number from 5 to 90"
    elif not re.search(rf"\b{minutes}\s+min", strip):
        yield f"the strip under the title does not say {minutes} minutes"
    earlier = isinstance(needed, list) and all(
        isinstance(one, str) and re.fullmatch(r"\d\d", one) and one < page.number for one in needed
    )
    if not earlier or (not needed and page.number != "00"):
        yield f"metadata: prerequisites is {needed!r}, not a list of the numbers of earlier lessons"
    else:
        for one in needed or []:
            if not re.search(rf"\b{one}\b|{one}_", strip):
                yield f"the strip under the title does not name lesson {one}, which the metadata require"
    if page.number != "00":
        if not (isinstance(claim, str) and re.fullmatch(r"C[1-6]", claim)):
            yield f"metadata: claim is {claim!r}, not one of C1 to C6"
        elif not re.search(rf"\b{claim}\b", strip):
            yield f"the strip under the title does not name the claim {claim}"


def _parts(page: Page) -> Iterator[tuple[str, int | None, str]]:
    """Every part of a lesson in its order: its name, where it first stands, and what is wrong with it (or nothing)."""
    first = page.cells[0].source if page.cells and page.cells[0].cell_type == "markdown" else ""
    tops = [text for _, level, text in page.headings if level == 1]
    right = first.startswith("# ") and len(tops) == 1 and "?" in first
    yield (
        "title",
        0,
        _unless(right, "the first cell is one '# ' heading (the only one), the question and the strip"),
    )

    outcomes = _section(page, r"by the end,? you can")
    count = len(re.findall(r"^\s*(?:[-*+]|\d\.)\s", outcomes.text, re.MULTILINE))
    yield (
        "outcomes",
        outcomes.place,
        outcomes.missing or _unless(2 <= count <= 4, f"{count} of them, not 2 to 4"),
    )

    scene = _scene(page, outcomes)
    told = len(_prose(scene.text).split()) >= FEWEST_SCENE_WORDS and "Sorrel" in scene.text
    asked_for = f"the section after the outcomes is a scene from Sorrel, {FEWEST_SCENE_WORDS} words or more"
    yield "scene", scene.place, scene.missing or _unless(told, asked_for)

    predict = _section(page, r"predict")
    yield "predict, then look", predict.place, predict.missing

    explorables = [place for place, calls in _calls(page, "dossier.explore") if calls]
    yield (
        "explorables",
        min(explorables, default=None),
        _unless(len(explorables) >= 2, f"{len(explorables)}, not two or more"),
    )
    for place in explorables:
        said = place + 1 < len(page.cells) and page.cells[place + 1].cell_type == "markdown"
        yield "explorables", None, _unless(said, f"no words on what to look for after cell {place + 1}")

    leaves_out = _section(page, r"what this leaves out")
    yield from _recurring(page, scene, leaves_out)
    yield "what this leaves out", leaves_out.place, leaves_out.missing

    breath = _section(page, r"in one breath")
    sentences = len(re.findall(r"[.!?](?=\s|$)", _prose(breath.text)))
    yield (
        "in one breath",
        breath.place,
        breath.missing or _unless(sentences == 3, f"{sentences} sentences, not 3"),
    )

    link = f"(../exercises/{page.path.name}"
    exercise = min((place for place, cell in page.of_type("markdown") if link in cell.source), default=None)
    yield "exercise", exercise, _unless(exercise is not None, f"no link to ../exercises/{page.path.name}")

    discussion = _section(page, r"discuss")
    asked = _prose(discussion.text).count("?")
    yield (
        "discussion",
        discussion.place,
        discussion.missing or _unless(asked >= 2, "fewer than two questions"),
    )

    sources = _section(page, r"sources")
    cited = LEDGER_ID.search(sources.text) is not None or page.number == "00"
    yield "sources", sources.place, sources.missing or _unless(cited, "no ledger id")


def _unless(right: bool, complaint: str) -> str:
    return "" if right else complaint


def _recurring(page: Page, scene: Section, leaves_out: Section) -> Iterator[tuple[str, None, str]]:
    """Two parts that come back through a lesson: they stand anywhere between the scene and what it leaves out."""
    stop = len(page.cells) if leaves_out.place is None else leaves_out.place
    between = range(scene.place or 0, stop)
    formula = any("$" in cell.source for place, cell in page.of_type("markdown") if place in between)
    computed = any(
        isinstance(node, ast.FunctionDef | ast.Lambda | ast.BinOp)
        for place, cell in page.of_type("code")
        if place in between
        for node in ast.walk(_parsed(cell))
    )
    yield "model in the open", None, _unless(formula, "no formula ($...$) before 'What this leaves out'")
    yield (
        "model in the open",
        None,
        _unless(computed, "no code that computes it before 'What this leaves out'"),
    )
    asking = [place for place, calls in _calls(page, "dossier.classroom") if calls & {"question", "ask"}]
    asked = len([place for place in asking if place in between])
    yield (
        "check yourself",
        None,
        _unless(asked >= 2, f"{asked} questions before 'What this leaves out', not two or more"),
    )


@dataclass(frozen=True)
class Section:
    """A heading (or a bold lead-in) and the text under it, up to the next heading of its level or above."""

    place: int | None
    text: str
    missing: str


def _section(page: Page, words: str) -> Section:
    for place, level, text in page.headings:
        if level > 1 and re.search(words, text, re.IGNORECASE):
            return Section(place, _under(page, place, level, text), "")
    for place, cell in page.of_type("markdown"):
        if re.search(rf"\*\*[^*]*{words}[^*]*\*\*", cell.source, re.IGNORECASE):
            return Section(place, cell.source, "")
    return Section(None, "", f"no heading or bold words {words.replace(',?', '')!r}")


def _scene(page: Page, outcomes: Section) -> Section:
    after = [heading for heading in page.headings if heading[1] > 1 and outcomes.place is not None]
    later = [
        h
        for h in after
        if h[0] >= (outcomes.place or 0) and not re.search(r"by the end,? you can", h[2], re.IGNORECASE)
    ]
    if not later:
        return Section(None, "", "no section after the outcomes")
    place, level, text = later[0]
    return Section(place, _under(page, place, level, text), "")


def _under(page: Page, start: int, level: int, heading: str) -> str:
    """Return what stands under a heading, over as many cells as it has: Markdown, and indented the code between."""
    lines: list[str] = []
    inside = False
    for cell in page.cells[start:]:
        if cell.cell_type != "markdown":
            lines += ["    " + line for line in cell.source.splitlines()]
            continue
        for line in cell.source.splitlines():
            found = re.match(r"(#{1,6})\s+(.+?)\s*#*$", line)
            if found and inside and len(found.group(1)) <= level:
                return "\n".join(lines)
            if found and found.group(2).strip() == heading:
                inside = True
            elif inside:
                lines.append(line)
    return "\n".join(lines)


def _calls(page: Page, package: str) -> Iterator[tuple[int, set[str]]]:
    """Yield for every code cell the names from a package that it calls, wherever the notebook imported them."""
    imported: dict[str, str] = {}
    for place, cell in page.of_type("code"):
        tree = _parsed(cell)
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(package):
                imported |= {alias.asname or alias.name: alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and f"{node.module}.{node.names[0].name}" == package:
                imported |= {node.names[0].asname or node.names[0].name: ""}
        called = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                root: ast.AST = node.func
                while isinstance(root, ast.Attribute):
                    root = root.value
                if isinstance(root, ast.Name) and root.id in imported:
                    called.add(imported[root.id] if isinstance(node.func, ast.Name) else node.func.attr)  # type: ignore[attr-defined]
        yield place, called


def _parsed(cell: NotebookNode) -> ast.Module:
    """Return a code cell's syntax tree; IPython's own lines (%, !) are left out, a cell that does not parse is empty."""
    source = "\n".join(
        "" if line.lstrip().startswith(("%", "!")) else line for line in cell.source.splitlines()
    )
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])


def _prose(text: str) -> str:
    """Return text without code, link addresses and decimal points, so that sentences can be counted."""
    text = LINK.sub(
        lambda found: found.group(2), re.sub(r"^    .*$", "", without_code(text), flags=re.MULTILINE)
    )
    return re.sub(r"(?<=\d)\.(?=\d)|\b(?:e\.g|i\.e|vs|et al)\.", "", text)
