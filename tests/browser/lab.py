"""A real JupyterLab and a real Chromium, for the browser tests and the benchmarks."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Browser, Page, Playwright, TimeoutError

HERE = Path(__file__).parent
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: How long a test waits for what it looks for: a busy machine is slow, not wrong. Only a test that fails takes so long.
PATIENCE_MS = 120_000


def chromium(playwright: Playwright, path: str) -> Browser:
    """Start a Chromium that has nothing to say to anybody."""
    browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS, timeout=PATIENCE_MS)
    browser.on("context", lambda context: context.set_default_timeout(PATIENCE_MS))
    return browser


@contextlib.contextmanager
def jupyterlab(folder: Path, log: Path) -> Iterator[str]:
    """Serve ``folder`` as ``dossier lab`` would, and give the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        "--no-browser",
        f"--ServerApp.port={port}",
        f"--ServerApp.root_dir={folder}",
        "--LabApp.default_url=/lab",
    ]
    options += ["--ServerApp.token=", "--ServerApp.password=", "--LabApp.expose_app_in_browser=True"]
    environment = dict(os.environ, PYTHONPATH=str(HERE), DOSSIER_RECORD=str(log.with_suffix(".json")))
    environment |= {
        "JUPYTER_CONFIG_DIR": str(log.with_suffix(".config")),
        "JUPYTER_DATA_DIR": str(log.with_suffix(".data")),
    }
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "dossier", "lab", *options], stdout=output, stderr=output, env=environment
        )
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + PATIENCE_MS / 1000
        while True:
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"JupyterLab does not answer:\n{log.read_text()}")
            with contextlib.suppress(OSError, urllib.error.URLError):
                urllib.request.urlopen(f"{address}/api", timeout=10)
                break
            time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def write_notebook(path: Path, cells: list[str]) -> Path:
    """Write a notebook of code cells."""
    metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
    }
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells], metadata=metadata
    )
    nbformat.write(notebook, path)
    return path


IDLE = """(name) => { const widget = window.jupyterapp?.shell.currentWidget;
  return widget?.context?.path === name && widget.context.sessionContext?.session?.kernel?.status === 'idle'; }"""


def open_notebook(page: Page, address: str, name: str) -> None:
    """Open a notebook and wait until its kernel is idle; in the JupyterLab that the page shows, or else in a new one."""
    if page.url.startswith(f"{address}/lab"):
        page.evaluate("(path) => { jupyterapp.commands.execute('docmanager:open', { path }); }", name)
    else:
        page.goto(f"{address}/lab/tree/{name}?reset")
    page.wait_for_selector(".jp-Notebook")
    page.wait_for_function(IDLE, arg=name)


# Nothing that one test leaves may be found by the next: no notebook, no kernel, no dialog, no other theme.
TIDY = """async () => {
  document.querySelectorAll('.jp-Dialog button.jp-mod-reject, .jp-Dialog button.jp-mod-accept').forEach((button) => button.click());
  for (const widget of [...jupyterapp.shell.widgets('main')]) {
    await widget.context?.sessionContext?.shutdown().catch(() => {});
    if (widget.context) widget.context.model.dirty = false;
    widget.dispose();
  }
  if (document.body.dataset.jpThemeLight === 'false')
    await jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Light' });
  jupyterapp.shell.expandLeft();
}"""


def run_all(page: Page, *, wait: bool = True) -> None:
    """Run every cell; wait until the last one has run."""
    call = "jupyterapp.commands.execute('notebook:run-all-cells')"
    page.evaluate(call if wait else f"() => {{ {call}; }}")
    if wait:
        page.wait_for_function(
            "jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.status === 'idle'"
        )


def run_until(page: Page, index: int, text: str) -> None:
    """Run a cell until it prints the text: what the page sends to Python may still be on its way."""
    printed = ".jp-OutputArea-output[data-mime-type$=stdout]"
    for _ in range(60):
        run_cell(page, index)
        try:
            page.locator(printed).get_by_text(text).last.wait_for(timeout=2000)
            return
        except TimeoutError:
            continue
    raise AssertionError(f"{text!r} was never printed, but {page.locator(printed).all_text_contents()}")


#: A cell that does nothing when all cells are run, and keeps Python busy from the second time on, until `busy_no_more`.
BUSY = """import pathlib, time
while 'again' in globals() and not pathlib.Path('busy-no-more').exists():
    time.sleep(0.05)
again = True"""


def busy_no_more(folder: Path) -> None:
    """End the cell `BUSY` of a notebook in the folder."""
    (folder / "busy-no-more").touch()


def run_cell(page: Page, index: int, *, wait: bool = True) -> Any:
    """Run one cell by its place."""
    page.evaluate(f"() => {{ jupyterapp.shell.currentWidget.content.activeCellIndex = {index}; }}")
    call = "jupyterapp.commands.execute('notebook:run-cell')"
    return page.evaluate(call if wait else f"() => {{ {call}; }}")
