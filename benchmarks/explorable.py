"""A slider step to the screen: the explorable against ``ipywidgets.interact`` and plotly's ``FigureWidget``, in one Chromium.

All three draw the same chart (three curves of 200 points). A step is an arrow key on a focused slider; it ends when the browser has
painted the chart that names the new position. A drag is the mouse moved along the whole slider and back for two seconds.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))
from lab import chromium, jupyterlab, open_notebook, run_all, write_notebook

WAYS = {
    "explorable": ("sample.chart()", ".dossier-explorable input[type=range]"),
    "FigureWidget": ("sample.with_figure_widget()", ".widget-slider .noUi-handle"),
    "interact": ("sample.with_interact();", ".widget-slider .noUi-handle"),
}
ROUNDS = 4
STEPS = 15

# The clock starts at the key. It stops in the first task after the frame that painted the new note: this frame, if the note was written in
# an animation frame's callback, and otherwise the next one.
WATCH = """() => {
  const read = () => [...document.querySelectorAll('.textpoint')].map((note) => note.textContent).join();
  const seen = (window.seen = { last: read(), times: [], changes: [], press: 0, asked: 0 });
  const frame = window.requestAnimationFrame.bind(window);
  let inFrame = false;
  const soon = (then) => { const channel = new MessageChannel(); channel.port1.onmessage = then; channel.port2.postMessage(0); };
  window.requestAnimationFrame = (then) => frame((at) => { inFrame = true; soon(() => (inFrame = false)); then(at); });
  const painted = () => soon(() => { const at = performance.now(); seen.times.push(at - seen.press); seen.changes.push(at); });
  new MutationObserver(() => {
    const now = read();
    if (!now || now === seen.last) return;
    seen.last = now;
    if (inFrame) painted(); else frame(painted);
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  document.addEventListener('keydown', () => (seen.press = performance.now()), true);
  document.addEventListener('pointermove', () => (seen.asked = performance.now()), true);
}"""


def steps(page: Page, handle: str) -> list[float]:
    """Milliseconds from an arrow key to the painted chart."""
    page.locator(handle).first.focus()
    page.wait_for_timeout(500)
    page.evaluate("seen.times.length = 0")
    for step in range(STEPS):
        before = page.evaluate("seen.times.length")
        page.keyboard.press("ArrowRight" if step % 2 else "ArrowLeft")
        page.wait_for_function(f"seen.times.length > {before}", timeout=20_000)
        page.wait_for_timeout(100)
    return page.evaluate("seen.times")


def drag(page: Page, handle: str) -> tuple[float, float]:
    """Frames shown a second in a drag of about two seconds, and the wait for the last position (ms)."""
    place = page.locator(handle).first
    box = place.bounding_box()
    track = page.locator(
        ".widget-slider .noUi-target, .dossier-explorable input[type=range]"
    ).first.bounding_box()
    assert box
    assert track
    middle = box["y"] + box["height"] / 2
    page.evaluate("(seen.changes = [], seen.dragged = performance.now())")
    share = page.evaluate(
        "(() => { const i = document.querySelector('.dossier-explorable input[type=range]'); return i ? i.value / i.max : null; })()"
    )
    x = track["x"] + track["width"] * share if share is not None else box["x"] + box["width"] / 2
    page.mouse.move(x, middle)
    page.mouse.down()
    began = page.evaluate("performance.now()")
    turn = 0
    stop = time.monotonic() + 2
    while time.monotonic() < stop:
        turn += 1
        phase = (turn * 0.017) % 2
        page.mouse.move(
            track["x"] + track["width"] * (0.02 + 0.96 * (phase if phase < 1 else 2 - phase)), middle
        )
    ended = page.evaluate("performance.now()")
    asked = page.evaluate("seen.asked")
    page.wait_for_timeout(2000)
    page.mouse.up()
    changes = page.evaluate("seen.changes")
    during = [change for change in changes if change <= ended]
    return len(during) / (ended - began) * 1000, max(0.0, changes[-1] - asked)


def main() -> None:
    path = os.environ.get("DOSSIER_CHROMIUM") or next(
        (
            found
            for name in ("chromium", "chromium-browser", "google-chrome")
            if (found := shutil.which(name))
        ),
        None,
    )
    if path is None:
        sys.exit("No Chromium found: install one, or name it in DOSSIER_CHROMIUM.")
    folder = Path(tempfile.mkdtemp())
    times: dict[str, list[float]] = {way: [] for way in WAYS}
    drags: dict[str, list[tuple[float, float]]] = {way: [] for way in WAYS}
    with sync_playwright() as playwright, jupyterlab(folder, folder / "lab.log") as address:
        browser = chromium(playwright, path)
        pages = {}
        for way, (code, _) in WAYS.items():
            write_notebook(folder / f"{way}.ipynb", ["import sample", code])
            page = pages[way] = browser.new_page(viewport={"width": 1200, "height": 900})
            open_notebook(page, address, f"{way}.ipynb")
            run_all(page)
            page.wait_for_selector(".textpoint", timeout=60_000)
            page.evaluate(WATCH)
        # In turns, so that whatever else the machine does falls on all three alike.
        for _ in range(ROUNDS):
            for way, (_, handle) in WAYS.items():
                pages[way].bring_to_front()
                times[way] += steps(pages[way], handle)
                drags[way].append(drag(pages[way], handle))
        browser.close()
    medians = {way: statistics.median(times[way]) for way in WAYS}
    for way in WAYS:
        high = sorted(times[way])[int(len(times[way]) * 0.95)]
        frames = statistics.median(rate for rate, _ in drags[way])
        last = statistics.median(wait for _, wait in drags[way])
        print(
            f"{way:>12}: step {medians[way]:5.0f} ms median, {high:5.0f} ms p95; "
            f"drag {frames:4.0f} frames a second, last position after {last:4.0f} ms"
        )
    for other in ("interact", "FigureWidget"):
        print(f"a step of the explorable takes {medians['explorable'] / medians[other]:.3f} of {other}'s")


if __name__ == "__main__":
    main()
