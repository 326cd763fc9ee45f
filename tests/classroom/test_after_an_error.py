"""A check after a cell that failed speaks of the failure, not of the answer that an earlier run left behind."""

import nbformat
import pytest
from nbclient import NotebookClient

SETUP = "from dossier.classroom import check\nfive_cars_per_hour = 275"
RIGHT = "cost_of_one_year = five_cars_per_hour * 24 * 365"


@pytest.mark.parametrize(
    "broken", [RIGHT + " dollars", RIGHT + " * rabbits"], ids=["SyntaxError", "NameError"]
)
def test_an_older_answer_is_not_marked_again(monkeypatch, tmp_path, broken):
    monkeypatch.setenv("DOSSIER_RECORD", str(tmp_path))
    sources = [SETUP, RIGHT, 'check("01.1")', broken, 'check("01.1")', RIGHT, 'check("01.1")']
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    NotebookClient(notebook, allow_errors=True, timeout=60, store_widget_state=False).execute()
    first, again, last = (
        cell.outputs[0].data["text/plain"]
        for cell in notebook.cells
        if "check(" in cell.source and cell.source[0] == "c"
    )
    assert "Right" in first
    assert "there is nothing new to check" in again
    assert ("SyntaxError" if "dollars" in broken else "NameError") in again
    assert "Right" in last
