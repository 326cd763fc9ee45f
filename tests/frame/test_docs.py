"""README, CONTRIBUTING and CITATION say what is so."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from dossier.__main__ import COMMANDS
from dossier.notebooks import Page

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_links_lead_somewhere_and_images_have_words(text):
    links = re.findall(r"(!?)\[([^\]]*)\]\(([^)]+)\)", text)
    assert links or text is CONTRIBUTING
    for mark, words, address in links:
        assert (ROOT / address).exists(), address
        assert not mark or len(words) > 40


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_named_commands_exist(text):
    named = set(re.findall(r"course\.py ([a-z]+)", text))
    assert named
    assert named <= set(COMMANDS)


def test_table_of_lessons_agrees_with_the_folder():
    rows = re.findall(
        r"^\| *\| \[?(\d\d) (.+?)(?:\]\((.+?)\))? \| (.+?) \| (ready|in preparation) \|$",
        README,
        re.MULTILINE,
    )
    assert [row[0] for row in rows] == [f"{number:02}" for number in range(16)]
    written = {path.name[:2]: path for path in (ROOT / "lessons").glob("*.ipynb")}
    for number, title, link, question, state in rows:
        assert (state == "ready") == (number in written), f"lesson {number} is {state}"
        if number in written:
            assert link == f"lessons/{written[number].name}"
            opening = Page.read(written[number]).cells[0].source
            assert question in opening
            assert number == "00" or title in opening


def test_lesson_00_says_which_lessons_are_finished():
    numbers = sorted(path.name[:2] for path in (ROOT / "lessons").glob("*.ipynb"))
    cells = Page.read(ROOT / "lessons" / "00_start_here.ipynb").cells
    (routes,) = (cell.source for cell in cells if cell.source.startswith("## Choose a route"))
    assert re.findall(r"Lessons (\d\d) to (\d\d) are finished", routes) == [(numbers[0], numbers[-1])]


def test_required_keys_of_the_citation_are_there_and_agree():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["cff-version"] == "1.2.0"
    assert citation["authors"] == [{"name": "The Price of a Dossier contributors"}]
    assert citation["version"] == PROJECT["version"]
    assert set(citation["license"]) == set(PROJECT["license"].split(" AND "))
    assert citation["title"] == PROJECT["description"]
    assert citation["title"] in README.replace("*", "")


@pytest.mark.parametrize(
    ("file", "words"), [("LICENSE-TEXT", "Attribution 4.0 International"), ("LICENSE-CODE", "BSD 3-Clause")]
)
def test_licences_are_whole(file, words):
    text = (ROOT / file).read_text()
    assert words in text
    assert f"]({file})" in README
    assert len(text) > 1400


def test_versions_named_in_the_readme_are_those_that_work():
    allowed = [f"3.{minor}" for minor in range(11, 15)]
    assert PROJECT["requires-python"] == ">=3.11,<3.15"
    assert f"Python {', '.join(allowed[:-1])} or {allowed[-1]}" in README


@pytest.mark.parametrize(
    "block", re.findall(r"^```python\n(.*?)^```", CONTRIBUTING, re.MULTILINE | re.DOTALL)
)
def test_examples_run(block):
    # In a process of its own: an explorable enters the catalogue, a lesson the register.
    prove = """
if "does_it_leak" in globals():
    assert "63%" in str(does_it_leak())
else:
    assert LESSON.tasks[0].name == "mean_score"
"""
    done = subprocess.run([sys.executable, "-c", block + prove], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
