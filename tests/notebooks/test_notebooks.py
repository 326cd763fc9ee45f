"""Every notebook of the course keeps the rules, and is spelled as the course spells."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import codespell_lib
import pytest

from dossier.notebooks import Page, problems, without_code

ROOT = Path(__file__).parents[2]
EVERYTHING = [*ROOT.glob("lessons/*"), *ROOT.glob("exercises/**/*.ipynb")]
NOTEBOOKS = sorted(path for path in EVERYTHING if ".ipynb_checkpoints" not in path.parts)
# American spellings that British English uses too, in another sense or in another trade.
ALSO_BRITISH = """analog biased catalog catalogs cognizant customizable dialog dialogs focused focuses focusing judgment judgments
    license licensed licenses licensing math meter meters mold molds practice practices program routing specialties specialty stories
    story writable"""


def name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_keeps_the_rules(path):
    assert path.suffix == ".ipynb", "lessons/ holds lessons and nothing else"
    assert problems(path) == []


@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if path.parent.name != "lessons"], ids=name)
def test_every_exercise_has_its_lesson(path):
    assert (ROOT / "lessons" / path.name).exists()


@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if path.parent.name != "lessons"], ids=name)
def test_exercises_store_nothing_that_would_have_to_be_compared(path):
    assert [cell.outputs for _, cell in Page.read(path).of_type("code") if cell.outputs] == []


def test_lessons_are_numbered_without_a_gap():
    numbers = [int(path.name[:2]) for path in NOTEBOOKS if path.parent.name == "lessons"]
    assert numbers == list(range(len(numbers)))


@pytest.fixture(scope="session")
def british(tmp_path_factory):
    """codespell's list of British spellings and their American ones, turned round."""
    lines = (
        Path(codespell_lib.__file__)
        .with_name("data")
        .joinpath("dictionary_en-GB_to_en-US.txt")
        .read_text()
        .splitlines()
    )
    pairs = [line.split("->") for line in lines if "->" in line]
    back = {
        american.strip(): british
        for british, several in pairs
        for american in several.split(",")
        if american.strip()
    }
    turned = tmp_path_factory.mktemp("spelling") / "british.txt"
    turned.write_text(
        "".join(
            f"{american}->{british}\n"
            for american, british in back.items()
            if american not in ALSO_BRITISH.split()
        )
    )
    return turned


def misspelt(prose, folder, british):
    """What codespell finds in prose: its usual list, and American spellings."""
    (folder / "prose.txt").write_text(re.sub(r"https?://\S+|\$[^$]*\$", "", prose), encoding="utf-8")
    program = shutil.which("codespell", path=Path(sys.executable).parent)
    command = [program, "--dictionary", "-", "--dictionary", str(british), "prose.txt"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_is_spelled_as_the_course_spells(path, tmp_path, british):
    prose = "\n".join(without_code(cell.source) for _, cell in Page.read(path).of_type("markdown"))
    assert misspelt(prose, tmp_path, british) == ""


@pytest.mark.parametrize("path", ["README.md", "CONTRIBUTING.md"])
def test_what_stands_beside_the_lessons_is_spelled_the_same_way(path, tmp_path, british):
    assert misspelt(without_code((ROOT / path).read_text()), tmp_path, british) == ""


@pytest.mark.parametrize(
    ("prose", "found"), [("He recieved a record.", "recieved"), ("Every color counts.", "color ==> colour")]
)
def test_a_misspelling_is_found(prose, found, tmp_path, british):
    assert found in misspelt(prose, tmp_path, british)
