"""The explorable in a real JupyterLab: it follows the hand, says what it shows, and outlives its kernel."""

import json
import re

import lab
import nbformat
import pytest
import sample
from axe_playwright_python.sync_playwright import Axe

from dossier.notebooks import tidy, written

pytestmark = pytest.mark.browser

BODY = ".dossier-explorable-body"
SLIDER = f"{BODY} input[type=range]"
KERNEL = "jupyterapp.shell.currentWidget.context.sessionContext.session.kernel"


def shown(page, nth=0):
    """The positions that the chart on the screen was drawn for."""
    return page.locator(BODY).nth(nth).get_attribute("data-drawn")


def note(page):
    return page.locator(f"{BODY} .textpoint").first.text_content()


def wait_for_note(page, text):
    page.wait_for_function(f"document.querySelector('{BODY} .textpoint')?.textContent === '{text}'")


@pytest.fixture
def charts(address, folder, request):
    """A notebook with the given cells after `import sample`, open and run: in a new JupyterLab where the test asks for a page."""
    page = request.getfixturevalue("page" if "page" in request.fixturenames else "lab_page")

    def start(*cells):
        name = re.sub(r"\W+", "_", request.node.name) + ".ipynb"
        lab.write_notebook(folder / name, ["import sample", *cells])
        lab.open_notebook(page, address, name)
        lab.run_all(page)
        page.wait_for_selector(f"{BODY} .main-svg")
        return page

    return start


def test_it_follows_the_slider_while_the_kernel_is_busy(charts, folder):
    page = charts("sample.chart()", lab.BUSY)
    lab.run_cell(page, 2, wait=False)
    page.wait_for_function(f"{KERNEL}.status === 'busy'")
    page.locator(SLIDER).first.focus()
    for look_ups in range(6, 12):
        page.keyboard.press("ArrowRight")
        wait_for_note(page, f"at {look_ups}")
    assert page.evaluate(f"{KERNEL}.status") == "busy"
    assert "With 11 look-ups a day" in page.locator(".dossier-summary").first.text_content()
    # A control whose slice is not here: it says that Python is busy, and catches up when Python can answer.
    page.locator(SLIDER).nth(1).focus()
    page.keyboard.press("End")
    page.wait_for_function(
        "document.querySelector('.dossier-status').textContent.startsWith('Python is busy')"
    )
    lab.busy_no_more(folder)
    page.wait_for_function("document.querySelector('.dossier-status').textContent === ''")
    assert shown(page) == "10 30 0"


def test_it_says_that_the_kernel_is_dead_and_keeps_working(charts):
    page = charts(
        "sample.chart()",
        "import os, signal; '' if 'again' not in globals() else os.kill(os.getpid(), signal.SIGKILL); again = True",
    )
    lab.run_cell(page, 2, wait=False)
    page.wait_for_function(
        "document.querySelector('.dossier-status')?.textContent.startsWith('Python has stopped')",
    )
    page.locator(".jp-Dialog button.jp-mod-accept").click()  # JupyterLab says that it starts a new kernel
    page.locator(SLIDER).first.focus()
    page.keyboard.press("ArrowRight")
    wait_for_note(page, "at 6")
    page.locator(SLIDER).nth(1).focus()
    page.keyboard.press("End")
    page.wait_for_function(f"document.querySelector('{BODY}').dataset.drawn === '4 30 0'")
    assert "one control moves at a time" in page.locator(".dossier-status").first.text_content()


def test_a_slow_model_catches_up_and_nothing_queues(charts):
    page = charts("slow = sample.chart(model=sample.slow_model); slow", "print(sample.computed, 'frames')")
    lab.run_until(page, 2, "frames")
    printed = page.locator(".jp-OutputArea-output[data-mime-type$=stdout]").last
    before = int(printed.text_content().split()[0])
    page.locator(SLIDER).first.focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    page.locator(SLIDER).nth(1).focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(f"document.querySelector('{BODY}').dataset.drawn === '12 19 0'")
    page.wait_for_function(f"{KERNEL}.status === 'idle'")
    page.evaluate("document.querySelector('.jp-OutputArea-output[data-mime-type$=stdout]').textContent = ''")
    lab.run_until(page, 2, "frames")
    # The two controls have 60 and 31 positions: had every key asked for its control's anew, it would be hundreds.
    assert int(printed.text_content().split()[0]) - before <= 60 + 31


def test_by_keyboard_alone(charts):
    page = charts("sample.chart()")
    lab_cells = page.locator(".jp-Cell").count()
    page.locator(SLIDER).first.focus()
    page.keyboard.press("ArrowRight")
    wait_for_note(page, "at 6")
    page.keyboard.press("PageUp")
    page.keyboard.press("Home")
    wait_for_note(page, "at 1")
    page.keyboard.press("b")  # JupyterLab's shortcut for a new cell
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"document.querySelector('{BODY}').dataset.drawn === '0 16 0'")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.wait_for_function(f"document.querySelector('{BODY}').dataset.drawn === '0 16 1'")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".dossier-table table").first.is_visible()
    assert page.locator(".dossier-table caption").first.text_content() == "The numbers at these settings"
    page.keyboard.press("Tab")
    page.keyboard.press(" ")
    page.wait_for_function(f"document.querySelector('{BODY}').dataset.drawn === '4 15 0'")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    code = page.locator(".dossier-code").first
    code.wait_for()
    assert code.text_content() == 'settings = dict(look_ups=5, people=316, regime="open")'
    page.locator(SLIDER).first.focus()
    page.keyboard.press("ArrowRight")
    assert code.text_content() == 'settings = dict(look_ups=6, people=316, regime="open")'
    assert page.locator(".jp-Cell").count() == lab_cells


def test_the_summary_is_announced_once_the_hand_rests(charts):
    page = charts("sample.chart()")
    live = page.locator(f"{BODY} [aria-live=polite]").first
    assert live.text_content() == ""
    page.evaluate(f"""() => {{ window.heard = [];
        new MutationObserver(() => heard.push(document.querySelector('{BODY} [aria-live=polite]').textContent))
          .observe(document.querySelector('{BODY} [aria-live=polite]'), {{ childList: true, subtree: true, characterData: true }}); }}""")
    # At once, as a hand does it: on a slow machine ten keys may come with rests between them.
    page.locator(SLIDER).first.evaluate(
        """slider => { for (let step = 0; step < 10; step += 1) {
        slider.stepUp(); slider.dispatchEvent(new Event('input', { bubbles: true })); } }"""
    )
    page.wait_for_function("heard.length > 0")
    page.wait_for_timeout(1000)
    assert page.evaluate("heard") == [page.locator(".dossier-summary").first.text_content()]
    assert "With 15 look-ups a day" in page.evaluate("heard[0]")


def test_what_the_reader_sets_is_known_to_python(charts):
    page = charts("chart = sample.chart(); chart", "print(chart.settings)")
    page.locator(SLIDER).first.focus()
    page.keyboard.press("End")
    lab.run_until(page, 2, "'look_ups': 60")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_in_either_theme(charts, theme):
    page = charts("sample.chart()", "sample.chart(sample.VALUE)", "sample.chart(sample.CURVE)")
    page.evaluate(f"jupyterapp.commands.execute('apputils:change-theme', {{ theme: '{theme}' }})")
    page.wait_for_function(f"document.body.dataset.jpThemeLight === '{str(theme.endswith('Light')).lower()}'")
    for button in page.get_by_role("button", name="Table").all():
        if button.is_visible():
            button.click()
    page.wait_for_timeout(500)
    assert page.locator(BODY).count() == 3
    results = Axe().run(page, context=".dossier-explorable")
    assert json.dumps(results.response["violations"], indent=1) == "[]"
    colour = page.locator(f"{BODY} .xtick text").first.evaluate("tick => getComputedStyle(tick).fill")
    assert colour == ("rgb(31, 31, 31)" if theme.endswith("Light") else "rgb(238, 238, 238)")


def test_the_guess_stands_beside_the_model_and_the_difference_in_words(charts):
    page = charts("sample.chart(sample.VALUE)")
    assert page.locator(".dossier-summary").first.is_hidden()
    assert page.locator(f"{BODY} .scatterlayer path.js-line").count() == 0
    page.get_by_label("Share found").focus()
    page.keyboard.press("Home")
    page.get_by_role("button", name="This is my guess").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(f"document.querySelectorAll('{BODY} .scatterlayer path.js-line').length === 3")
    verdict = page.locator(".dossier-verdict").first.text_content()
    assert verdict == "You said 0%; the model says 79%. That is 79 percentage points too low."
    assert "your guess" in page.locator(f"{BODY} .dossier-chart").first.text_content()
    assert page.locator(".dossier-summary").first.is_visible()
    page.locator(SLIDER).first.focus()
    page.keyboard.press("ArrowRight")
    first = " (That was at the first settings.)"
    assert page.locator(".dossier-verdict").first.text_content() == verdict + first
    page.keyboard.press("ArrowLeft")
    assert page.locator(".dossier-verdict").first.text_content() == verdict


def test_nothing_leaks_when_ten_explorables_are_run_twenty_times(page, charts):
    page.set_viewport_size({"width": 1200, "height": 8000})  # JupyterLab draws only what is in view
    charts(*["sample.chart()"] * 10)
    session = page.context.new_cdp_session(page)

    def run_again():
        lab.run_all(page)
        page.wait_for_function(f"document.querySelectorAll('{BODY}[data-drawn]').length === 10")

    def census():
        page.wait_for_timeout(500)
        session.send("HeapProfiler.collectGarbage")
        counters = session.send("Memory.getDOMCounters")
        heap = session.send("Runtime.getHeapUsage")["usedSize"]
        models = page.evaluate("document.querySelectorAll('.main-svg').length")
        return {
            "listeners": counters["jsEventListeners"],
            "nodes": counters["nodes"],
            "heap": heap,
            "charts": models,
        }

    for _ in range(3):
        run_again()
    before = census()
    for _ in range(20):
        run_again()
    most = {name: before[name] * 1.1 for name in ("listeners", "nodes", "charts")}
    most["heap"] = before["heap"] + 15e6
    for _ in range(20):  # what is dropped is not always collected at once
        after = census()
        if all(after[name] <= most[name] for name in most):
            break
    assert {name: after[name] for name in most if after[name] > most[name]} == {}, (before, after)
    assert after["charts"] == before["charts"]


def test_plotly_is_loaded_once_for_a_whole_page(page, charts):
    page.add_init_script(
        """window.scripts = 0; new MutationObserver((records) => records.forEach((record) => record.addedNodes.forEach((node) => {
        if (node.tagName === 'SCRIPT' && node.textContent.includes('plotly.js')) window.scripts += 1; })))
        .observe(document, { subtree: true, childList: true });"""
    )
    charts(*["sample.chart()"] * 3)
    page.wait_for_function(f"document.querySelectorAll('{BODY}[data-drawn]').length > 1")
    assert page.evaluate("window.scripts") == 1
    assert page.evaluate("typeof window.Plotly") == "undefined"


def test_a_stored_answer_stays_folded_until_its_cell_runs(lab_page, address, folder):
    path = lab.write_notebook(folder / "folded.ipynb", ["import sample; sample.chart(sample.VALUE)"])
    notebook = nbformat.read(path, 4)
    text = str(sample.chart(sample.VALUE))
    notebook.cells[0].outputs = [nbformat.v4.new_output("execute_result", {"text/plain": text})]
    path.write_text(written(tidy(notebook)), encoding="utf-8")
    page = lab_page
    lab.open_notebook(page, address, path.name)
    assert not page.get_by_text("With 5 look-ups a day").is_visible()
    lab.run_all(page)
    page.wait_for_selector(f"{BODY}[data-drawn]")
    assert page.get_by_role("button", name="This is my guess").is_visible()


def test_a_chart_remembers_its_way_although_the_frames_come_late(charts):
    page = charts("chart = sample.remembering(model=sample.slow_model)\nchart", "print(chart.settings)")
    slider = page.locator(SLIDER).first
    slider.focus()
    page.keyboard.press("End")
    page.keyboard.press("Home")
    for _ in range(29):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(f"document.querySelector('{BODY}').dataset.drawn === '29 20 0'")
    page.keyboard.press("End")
    for _ in range(30):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"document.querySelector('{BODY}').dataset.drawn === '29 20 1'")
    lab.run_until(page, 2, "{'look_ups': 30, 'people': 1000, 'regime': 'closed'}")
