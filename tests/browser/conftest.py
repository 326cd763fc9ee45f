"""One JupyterLab for all browser tests of a worker, and a page for each."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import lab


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("notebooks")


@pytest.fixture(scope="session")
def address(folder, tmp_path_factory):
    with lab.jupyterlab(folder, tmp_path_factory.mktemp("log") / "lab.log") as address:
        yield address


@pytest.fixture
def page(browser):
    """A page in a context of its own; what went wrong in it is an error of the test."""
    context = browser.new_context(viewport={"width": 1200, "height": 1000})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors
