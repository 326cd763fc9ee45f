"""The rules for notebooks: a lesson that keeps them all, and the same lesson with one thing wrong, again and again."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from dossier.notebooks import main, problems, tidy, written

NAME = "07_a_lesson.ipynb"
SCENE = "Mira Oluve of Sorrel checks in at a hotel. " * 6


def good_lesson():
    cells = [
        new_markdown_cell(
            "# A lesson\n\nWhat is it about?\n\nTime: 60 minutes. First: lesson 00. Claim: C3."
        ),
        new_markdown_cell("## By the end you can\n\n- count records;\n- explain a price."),
        new_markdown_cell(f"## One night\n\n{SCENE}"),
        new_markdown_cell("## Predict, then look\n\nHow many?"),
        new_code_cell("from dossier.explore import lesson_07\n\nlesson_07.records()"),
        new_markdown_cell("Look at the left end. The formula is $2^n$ ([the scene](#One-night), F1-001)."),
        new_code_cell(
            "def records(n):\n    return 2**n\n\n\nrecords(3)",
            outputs=[new_output("execute_result", {"text/plain": "8"})],
        ),
        new_code_cell("from dossier.classroom import question\n\nquestion('07.a')"),
        new_code_cell("lesson_07.prices(start={})"),
        new_markdown_cell("Look at the right end.\n\n![A rising line](line.png)"),
        new_code_cell("question('07.b')", metadata={"tags": ["kept"]}),
        new_markdown_cell("## What this leaves out\n\nAlmost everything."),
        new_markdown_cell("## In one breath\n\nIt costs 0.5 dollars. It is cheap. So what?"),
        new_markdown_cell(f"## Exercise\n\nGo to [the exercise](../exercises/{NAME})."),
        new_markdown_cell("## Discuss\n\n1. Would you?\n2. Why?"),
        new_markdown_cell("## Sources\n\nF1-001"),
    ]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    about = {"lesson": "07", "minutes": 60, "prerequisites": ["00"], "claim": "C3"}
    return tidy(new_notebook(cells=cells, metadata={"dossier": about}))


@pytest.fixture
def place(tmp_path):
    """Where a lesson stands, with what it links to."""
    for folder in ("lessons", "exercises"):
        (tmp_path / folder).mkdir()
    (tmp_path / "exercises" / NAME).write_text(
        written(tidy(new_notebook(cells=[new_markdown_cell("# An exercise")])))
    )
    (tmp_path / "lessons" / "line.png").touch()
    return tmp_path / "lessons" / NAME


def found(place, notebook):
    complete = all("id" in cell for cell in notebook.cells)
    # nbformat itself would write an id.
    place.write_text(written(notebook) if complete else json.dumps(notebook), encoding="utf-8")
    return problems(place)


def test_a_good_lesson_passes(place):
    assert found(place, good_lesson()) == []


# What is stored

FORM = {
    "an execution count": (lambda nb: nb.cells[6].update(execution_count=3), "cell 7 has an execution count"),
    "an empty cell": (lambda nb: nb.cells.insert(3, new_markdown_cell(" \n")), "cell 4 is empty"),
    "no cell id": (lambda nb: nb.cells[3].pop("id"), "cell 4 has no id"),
    "a picture": (
        lambda nb: nb.cells[6].outputs.append(new_output("display_data", {"image/png": "aGk="})),
        "cell 7 has an output of type image/png",
    ),
    "a table in HTML": (
        lambda nb: nb.cells[6].outputs[0].data.update({"text/html": "<b>8</b>"}),
        "cell 7 has an output of type text/html",
    ),
    "a widget": (
        lambda nb: (
            nb.cells[6]
            .outputs[0]
            .data.update({"application/vnd.jupyter.widget-view+json": {"model_id": "a"}})
        ),
        "cell 7 has an output of type application/vnd.jupyter.widget-view+json",
    ),
    "widget state": (lambda nb: nb.metadata.update(widgets={}), "notebook metadata widgets"),
    "a kernel of one's own": (
        lambda nb: nb.metadata.kernelspec.update(name="my-env"),
        "notebook metadata kernelspec",
    ),
    "a Python version": (
        lambda nb: nb.metadata.language_info.update(version="3.12.1"),
        "notebook metadata language_info",
    ),
    "no language": (lambda nb: nb.metadata.pop("language_info"), "notebook metadata language_info"),
    "times of execution": (
        lambda nb: nb.cells[6].metadata.update(execution={"start": "now"}),
        "cell 7 has metadata execution",
    ),
}


@pytest.mark.filterwarnings("ignore::nbformat.warnings.MissingIDFieldWarning")
@pytest.mark.parametrize("fault", FORM)
def test_what_is_not_stored_is_found_and_tidied_away(place, fault):
    break_it, complaint = FORM[fault]
    notebook = good_lesson()
    break_it(notebook)
    complaints = found(place, notebook)
    assert [one for one in complaints if complaint in one and "course.py tidy" in one], complaints
    assert main([str(place)]) == 1, "the first time it changes the file, which stops a commit"
    assert main([str(place)]) == 0
    assert nbformat.read(place, as_version=4) == good_lesson()


def test_another_layout_of_the_file_is_found(place):
    place.write_text(written(good_lesson()).replace('\n "', '\n    "'), encoding="utf-8")
    assert "its layout" in problems(place)[0]


def test_tidying_twice_is_tidying_once_and_leaves_the_original_alone():
    notebook = good_lesson()
    notebook.cells[6].execution_count = 5
    once = tidy(notebook)
    assert tidy(once) == once
    assert notebook.cells[6].execution_count == 5


def test_what_a_cell_prints_is_stored_in_one_piece():
    notebook = good_lesson()
    notebook.cells[6].outputs = [
        new_output("stream", name="stdout", text=text) for text in ("one\n", "two\n")
    ]
    (output,) = tidy(notebook).cells[6].outputs
    assert output.text == "one\ntwo\n"


def test_tidying_keeps_what_authors_wrote():
    notebook = good_lesson()
    notebook.cells[10].metadata.update(nbgrader={"grade": True}, editable=False)
    kept = tidy(notebook)
    assert [cell.source for cell in kept.cells] == [cell.source for cell in notebook.cells]
    assert kept.cells[10].metadata == {"tags": ["kept"], "nbgrader": {"grade": True}, "editable": False}
    assert kept.metadata.dossier == notebook.metadata.dossier
    assert kept.cells[6].outputs[0].data == {"text/plain": "8"}


def test_check_writes_nothing(place):
    notebook = good_lesson()
    notebook.cells[6].execution_count = 5
    place.write_text(written(notebook), encoding="utf-8")
    before = place.read_bytes()
    assert main(["--check", str(place)]) == 1
    assert place.read_bytes() == before


@pytest.mark.parametrize("text", ["not json", '{"cells": 1}', ""])
def test_a_damaged_file_is_named(place, text, capsys):
    place.write_text(text)
    with pytest.raises(ValueError, match=NAME):
        problems(place)
    assert main([str(place)]) == 1
    assert f"{NAME} is not a notebook" in capsys.readouterr().err
    assert place.read_text() == text


# What only an author can mend


def set_source(number, text):
    return lambda nb: nb.cells[number - 1].update(source=text)


def add(number, text):
    return lambda nb: nb.cells[number - 1].update(source=nb.cells[number - 1].source + text)


def drop(number):
    return lambda nb: nb.cells.pop(number - 1)


def move(number, to):
    return lambda nb: nb.cells.insert(to - 1, nb.cells.pop(number - 1))


def about(**changes):
    return lambda nb: nb.metadata.dossier.update(changes)


def print_output(text):
    return lambda nb: nb.cells[6].outputs.append(new_output("stream", text=text))


FAULTS = {
    "a long cell": (
        add(7, "\n" * 8 + "\n".join("x = 1" for _ in range(8))),
        "cell 7 has 20 lines of code; at most 15",
    ),
    "a download": (add(7, "\nopen('https://example.org/data.csv')"), "cell 7 holds a web address"),
    "an error": (
        lambda nb: nb.cells[6].outputs.append(new_output("error", ename="NameError", evalue="x")),
        "cell 7 stores an error: NameError",
    ),
    "a memory address": (
        print_output("<object at 0x7f3a12bc>"),
        "cell 7 stores a trace of a machine: at 0x7f3a12bc",
    ),
    "a path of a machine": (
        print_output("/home/mira/course/x.csv"),
        "cell 7 stores a trace of a machine: /home/mira",
    ),
    "an image without words": (
        set_source(10, "Look.\n\n![](line.png)"),
        "cell 10: the image line.png has no alt text",
    ),
    "an <img> without words": (
        set_source(10, 'Look.\n\n<img src="line.png" alt="">'),
        "cell 10: an <img> has no alt text",
    ),
    "an image from a network": (
        set_source(10, "Look. ![A line](https://example.org/a.png)"),
        "cell 10 loads https://example.org/a.png",
    ),
    "a frame from a network": (
        set_source(10, '<iframe src="https://example.org">'),
        "cell 10 loads something from a network",
    ),
    "a dead link": (
        add(10, " [next](08_gone.ipynb)"),
        "cell 10 links to 08_gone.ipynb, which does not exist",
    ),
    "a dead link to a heading": (add(10, " [up](#Nowhere)"), "cell 10 links to the heading Nowhere"),
    "a dead link to a heading elsewhere": (
        add(10, f" [up](../exercises/{NAME}#Nowhere)"),
        "which ../exercises/07",
    ),
    "a fact that is not in the ledger": (
        add(10, " F9-999"),
        "cell 10 cites F9-999, which is not in the ledger",
    ),
    "a fact unknown to code": (add(11, "\ncite('F9-998')"), "cell 11 cites F9-998"),
    "no metadata": (lambda nb: nb.metadata.pop("dossier"), 'lack "dossier"'),
    "another lesson's number": (about(lesson="08"), "lesson is '08', the file's name says '07'"),
    "no time": (about(minutes="an hour"), "minutes is 'an hour'"),
    "a time that the strip does not give": (about(minutes=45), "does not say 45 minutes"),
    "a later lesson first": (about(prerequisites=["08"]), "prerequisites is ['08']"),
    "nothing first": (about(prerequisites=[]), "prerequisites is []"),
    "a lesson that the strip does not name": (about(prerequisites=["00", "05"]), "does not name lesson 05"),
    "an unknown claim": (about(claim="C7"), "claim is 'C7'"),
    "a claim that the strip does not name": (about(claim="C4"), "does not name the claim C4"),
    "no question in the title": (
        lambda nb: nb.cells[0].update(source=nb.cells[0].source.replace("?", ".")),
        "title: ",
    ),
    "two titles": (add(3, "\n\n# Another"), "title: "),
    "no outcomes": (drop(2), "outcomes: no heading or bold words 'by the end you can'"),
    "one outcome": (set_source(2, "## By the end you can\n\n- count."), "outcomes: 1 of them, not 2 to 4"),
    "five outcomes": (add(2, "\n- a\n- b\n- c"), "outcomes: 5 of them, not 2 to 4"),
    "a definition first": (set_source(3, "## Records\n\nA record is a line."), "scene: "),
    "no prediction": (set_source(4, "## How many?"), "predict, then look: no heading"),
    "a look before the prediction": (
        move(5, 4),
        "explorables (cell 4) stands before predict, then look (cell 5)",
    ),
    "one explorable": (set_source(9, "1"), "explorables: 1, not two or more"),
    "an explorable and not a word": (drop(10), "explorables: no words on what to look for after cell 9"),
    "no formula": (set_source(6, "Look at [it](#One-night)."), "model in the open: no formula"),
    "no code for it": (set_source(7, "records"), "model in the open: no code"),
    "one question": (set_source(11, "1"), "check yourself: 1 questions"),
    "nothing left out": (drop(12), "what this leaves out: no heading"),
    "no breath": (drop(13), "in one breath: no heading"),
    "a long breath": (add(13, " And more."), "in one breath: 4 sentences, not 3"),
    "no exercise": (set_source(14, "## Exercise\n\nLater."), f"exercise: no link to ../exercises/{NAME}"),
    "one question to discuss": (set_source(15, "## Discuss\n\nWhy?"), "discussion: fewer than two questions"),
    "no sources": (drop(16), "sources: no heading"),
    "sources without ids": (set_source(16, "## Sources\n\nBooks."), "sources: no ledger id"),
    "sources before the discussion": (move(16, 15), "sources (cell 15) stands before discussion (cell 16)"),
    "the breath before what is left out": (
        move(13, 12),
        "in one breath (cell 12) stands before what this leaves out (cell 13)",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(place, fault):
    break_it, complaint = FAULTS[fault]
    notebook = good_lesson()
    break_it(notebook)
    complaints = found(place, notebook)
    assert any(complaint in one for one in complaints), complaints


def test_a_lesson_has_a_name_like_the_others(place):
    assert "a lesson is called NN_words" in found(place.with_name("lesson7.ipynb"), good_lesson())[-1]


def test_an_error_on_purpose_is_allowed(place):
    notebook = good_lesson()
    notebook.cells[6].outputs.append(new_output("error", ename="NameError", evalue="x"))
    notebook.cells[6].metadata.tags = ["raises-exception"]
    assert found(place, notebook) == []


def test_code_in_text_is_neither_link_nor_heading(place):
    notebook = good_lesson()
    notebook.cells[9].source += "\n\n`![](nowhere.png)`\n\n```\n# not a title\n[gone](gone.ipynb)\n```"
    assert found(place, notebook) == []


def test_lesson_00_needs_neither_claim_nor_prediction(place):
    notebook = good_lesson()
    notebook.cells = [*notebook.cells[:2], notebook.cells[-1]]
    notebook.metadata.dossier = {"lesson": "00", "minutes": 60, "prerequisites": []}
    assert found(place.with_name("00_a_lesson.ipynb"), notebook) == []


def test_an_exercise_is_held_to_the_form_only(place):
    exercise = place.parent.parent / "exercises" / NAME
    notebook = tidy(new_notebook(cells=[new_markdown_cell("# An exercise"), new_code_cell("answer = ...")]))
    assert found(exercise, notebook) == []


def test_a_stored_output_is_folded_up_until_its_cell_runs():
    notebook = good_lesson()
    notebook.cells[4].outputs = [
        new_output("execute_result", {"text/plain": "Records\nFirst guess: How many?\nThere are 18."})
    ]
    stored = tidy(notebook)
    assert stored.cells[4].metadata["jupyter"] == {"outputs_hidden": True}
    stored.cells[4].outputs = []
    assert "jupyter" not in tidy(stored).cells[4].metadata
