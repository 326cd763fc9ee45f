"""How notebooks are run: what they store is compared with what they compute, and nothing is left out in silence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from dossier.notebooks import tidy, written

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
PICTURE = "from IPython.display import display_png\ndisplay_png(b'x', raw=True)"
RICH = "class Table:\n    def __repr__(self):\n        return 'words'\n\n    def _repr_html_(self):\n        return '<b>words</b>'\n\n\nTable()"
RECORD = "import os, pathlib\nfile = pathlib.Path(os.environ['DOSSIER_RECORD'], 'seen')\nprint(file.exists())\nfile.touch()"


def result(text):
    return [new_output("execute_result", {"text/plain": text})]


def stream(text):
    return [new_output("stream", text=text)]


# By notebook: its cells, each with a name, its source, stored outputs, and what must become of it.
CASES = {
    "lessons/cells.ipynb": [
        ("right", "1 + 2", result("3"), "passed"),
        ("wrong", "1 + 2", result("4"), "failed"),
        ("not stored", "1 + 2", [], "failed"),
        ("no longer said", "x = 1 + 2", result("3"), "failed"),
        ("printed", "print('a word')", stream("a word\n"), "passed"),
        ("misprinted", "print('a word')", stream("a world\n"), "failed"),
        ("broken", "1 / 0", [], "failed"),
        ("after a broken one", "x", result("3"), "passed"),
        ("picture", PICTURE, [], "passed"),
        ("rich", RICH, result("words"), "passed"),
        ("rich and wrong", RICH, result("other words"), "failed"),
    ],
    "lessons/record.ipynb": [("its own record", RECORD, stream("False\n"), "passed")],
    "lessons/record_again.ipynb": [("another record", RECORD, stream("False\n"), "passed")],
    "exercises/never_run.ipynb": [("never run", "1 + 2", [], "passed")],
    "exercises/stored.ipynb": [("wrong in an exercise", "1 + 2", result("4"), "failed")],
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "conftest.py", folder)
    for name, cells in CASES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        notebook = new_notebook(
            cells=[new_code_cell(source, outputs=outputs) for _, source, outputs, _ in cells]
        )
        (folder / name).write_text(written(tidy(notebook)))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "-p",
        "no:cacheprovider",
        "-rA",
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    [
        pytest.param(name, place, expected, id=case)
        for name, cells in CASES.items()
        for place, (case, _, _, expected) in enumerate(cells)
    ],
)
def test_stored_and_computed_are_compared(outcomes, name, place, expected):
    line = f"{expected.upper()} {name}::Cell {place}"
    assert any(said == line or said.startswith(f"{line} ") for said in outcomes.splitlines()), outcomes


@pytest.mark.parametrize("ci", ["", "true"])
def test_what_is_left_out_is_loud_and_in_ci_an_error(tmp_path, ci):
    shutil.copy(ROOT / "conftest.py", tmp_path)
    (tmp_path / "test_it.py").write_text(
        "import pytest\n\ndef test_one():\n    pytest.skip('no browser')\n\n"
        "@pytest.mark.xfail(strict=True)\ndef test_two():\n    assert False\n"
    )
    (tmp_path / "test_whole.py").write_text(
        "import pytest\npytest.skip('no network', allow_module_level=True)\n"
    )
    environment = {**os.environ, "CI": ci}
    command = [sys.executable, "-m", "pytest", "--continue-on-collection-errors"]
    for unneeded in ("cacheprovider", "nbval", "hypothesispytest"):  # the latter two take seconds to load
        command += ["-p", f"no:{unneeded}"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    if ci:
        assert done.returncode != 0
        assert "Left out, but CI=true asks for everything: Skipped: no browser" in done.stdout
        assert "Left out, but CI=true asks for everything: Skipped: no network" in done.stdout
    else:
        assert done.returncode == 0
        assert "NOT EVERYTHING WAS TESTED" in done.stdout
        assert "1 left out: no browser" in done.stdout
        assert "1 left out: no network" in done.stdout
