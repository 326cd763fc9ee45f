"""Every lesson and exercise in a real JupyterLab: it runs, its explorables draw, and no request leaves the machine."""

import shutil
from pathlib import Path

import lab
import pytest

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted(
    path.relative_to(ROOT) for place in ("lessons", "exercises") for path in (ROOT / place).glob("*.ipynb")
)
OUTLINE = """() => jupyterapp.shell.currentWidget.content.widgets.filter((cell) => cell.model.type === 'code').map((cell) => ({
  errors: cell.model.outputs.toJSON().filter((output) => output.output_type === 'error').map((output) => output.evalue),
  explorables: cell.model.outputs.toJSON().filter((output) => output.data?.['application/vnd.jupyter.widget-view+json']).length }))"""


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=str)
def test_it_runs_draws_and_asks_nobody_outside(lab_page, address, folder, notebook):
    for place in ("lessons", "exercises"):
        shutil.copytree(ROOT / place, folder / place, dirs_exist_ok=True)
    page = lab_page
    page.set_viewport_size({"width": 1200, "height": 12_000})  # JupyterLab draws only what is in view
    asked: list[str] = []
    note = lambda request: asked.append(request.url)  # noqa: E731
    page.on("request", note)
    lab.open_notebook(page, address, notebook.as_posix())
    lab.run_all(page)
    cells = page.evaluate(OUTLINE)
    assert [error for cell in cells for error in cell["errors"]] == []
    widgets = sum(cell["explorables"] for cell in cells)
    page.wait_for_function(
        f"document.querySelectorAll('.dossier-explorable-body[data-drawn], .dossier-editable, .dossier-question').length >= {widgets}"
    )
    page.wait_for_timeout(1000)
    page.remove_listener("request", note)
    local = (address, address.replace("http", "ws"), "data:", "blob:")
    assert [url for url in asked if not url.startswith(local)] == []
    assert widgets or notebook.parts[0] == "exercises"
