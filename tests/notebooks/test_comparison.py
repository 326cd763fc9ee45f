"""How notebooks are run: what they store is compared with what they compute, and nothing is left out in silence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from dossier.notebooks import tidy, written

ROOT = Path(__file__).parents[2]
PICTURE = "from IPython.display import display_png\ndisplay_png(b'x', raw=True)"
RICH = "class Table:\n    def __repr__(self):\n        return 'words'\n\n    def _repr_html_(self):\n        return '<b>words</b>'\n\n\nTable()"
RECORD = "import os, pathlib\nfile = pathlib.Path(os.environ['DOSSIER_RECORD'], 'seen')\nprint(file.exists())\nfile.touch()"


def result(text):
    return [new_output("execute_result", {"text/plain": text})]


def stream(text):
    return [new_output("stream", text=text)]


# By folder and name: source, stored outputs, and what must become of it.
CASES = {
    "lessons/right.ipynb": ("1 + 2", result("3"), "passed"),
    "lessons/wrong.ipynb": ("1 + 2", result("4"), "failed"),
    "lessons/not_stored.ipynb": ("1 + 2", [], "failed"),
    "lessons/no_longer_said.ipynb": ("x = 1 + 2", result("3"), "failed"),
    "lessons/printed.ipynb": ("print('a word')", stream("a word\n"), "passed"),
    "lessons/misprinted.ipynb": ("print('a word')", stream("a world\n"), "failed"),
    "lessons/broken.ipynb": ("1 / 0", [], "failed"),
    "lessons/picture.ipynb": (PICTURE, [], "passed"),
    "lessons/rich.ipynb": (RICH, result("words"), "passed"),
    "lessons/rich_and_wrong.ipynb": (RICH, result("other words"), "failed"),
    "lessons/record.ipynb": (RECORD, stream("False\n"), "passed"),
    "lessons/record_again.ipynb": (RECORD, stream("False\n"), "passed"),
    "exercises/never_run.ipynb": ("1 + 2", [], "passed"),
    "exercises/wrong.ipynb": ("1 + 2", result("4"), "failed"),
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "conftest.py", folder)
    for name, (source, outputs, _) in CASES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        notebook = tidy(new_notebook(cells=[new_code_cell(source, outputs=outputs)]))
        (folder / name).write_text(written(notebook))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "-p",
        "no:cacheprovider",
        "-rA",
        "-n",
        "2",
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout


@pytest.mark.parametrize("name", CASES)
def test_stored_and_computed_are_compared(outcomes, name):
    expected = CASES[name][-1].upper()
    assert any(line.startswith(f"{expected} {name}::Cell 0") for line in outcomes.splitlines()), outcomes


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
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--continue-on-collection-errors"]
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
