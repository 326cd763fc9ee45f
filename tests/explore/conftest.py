"""What the tests of the lessons' charts share: Sorrel's sample, and what the lesson of a file's number says."""

import json
from pathlib import Path

import pytest

from dossier.republic import Republic

LESSONS = Path(__file__).parents[2] / "lessons"


@pytest.fixture(scope="session")
def sorrel():
    return Republic.sample()


@pytest.fixture(scope="module")
def text(request):
    """The source of the notebook that test_lesson_NN.py is about."""
    (notebook,) = LESSONS.glob(f"{request.path.stem[-2:]}_*.ipynb")
    return "\n".join("".join(cell["source"]) for cell in json.loads(notebook.read_text("utf-8"))["cells"])
