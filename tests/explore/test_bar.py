"""The progress bar: seen while the work lasts, gone afterwards, and neither stored nor printed in a notebook."""

import nbformat
from nbclient import NotebookClient

from dossier.explore import progress
from dossier.notebooks import tidy

CELL = """
import time
from dossier.explore import progress
for size in progress([1, 2, 3], "Linking <all>", mininterval=0):
    time.sleep(0.02)
print("done")
"""


def test_in_a_notebook_it_is_seen_and_leaves_nothing():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    seen = []

    class Watch(NotebookClient):
        def process_message(self, message, cell, index):
            if message["msg_type"] == "update_display_data":
                seen.append(message["content"]["data"]["text/html"])
            return super().process_message(message, cell, index)

    Watch(notebook, timeout=120, store_widget_state=False).execute()
    assert any("Linking &lt;all&gt;" in line and "2/3" in line for line in seen)
    assert seen[-1] == ""
    (stored,) = tidy(notebook).cells[0].outputs
    assert stored.text == "done\n"


def test_elsewhere_it_writes_to_standard_error_only(capsys):
    assert list(progress(range(3), "Linking", mininterval=0)) == [0, 1, 2]
    said = capsys.readouterr()
    assert said.out == ""
    assert "Linking" in said.err


def test_it_begins_at_once_and_takes_what_has_no_length(capsys):
    taken = iter(progress((n for n in range(2)), "Linking", total=2))
    assert next(taken) == 0
    assert "0/2" in capsys.readouterr().err
