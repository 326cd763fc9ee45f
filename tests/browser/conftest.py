"""One JupyterLab for all browser tests of a worker, open in one page; and a page of its own for a test that needs one."""

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


@pytest.fixture(scope="session")
def one_lab(browser, address):
    """The page in which JupyterLab is open, and what went wrong in it: to start it anew costs most of what a test costs."""
    page = browser.new_context().new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}/lab?reset")
    page.wait_for_function("window.jupyterapp?.restored")
    page.evaluate("jupyterapp.restored")
    yield page, errors
    page.context.close()


@pytest.fixture
def lab_page(one_lab, folder):
    """JupyterLab as at first: no notebook open, none of its kernels running."""
    page, errors = one_lab
    errors.clear()
    page.set_viewport_size({"width": 1200, "height": 1000})
    yield page
    # To shut a kernel down cancels what was still asked of it.
    wrong = [error for error in errors if "Canceled future" not in error]
    page.evaluate(lab.TIDY)
    (folder / "busy-no-more").unlink(missing_ok=True)
    assert not wrong
