"""The editable table in a real JupyterLab: by keyboard alone, refused in words, and followed by a chart."""

import json
import re

import lab
import pytest
import sample
from axe_playwright_python.sync_playwright import Axe

from dossier.explore import page as page_of

pytestmark = pytest.mark.browser

KERNEL = "jupyterapp.shell.currentWidget.context.sessionContext.session.kernel"
BOTH = "rules = sample.rules(); chart = sample.following(rules{}); display(rules, chart)"
NOTE = "document.querySelector('.dossier-explorable-body .textpoint')?.textContent"


@pytest.fixture
def town(lab_page, address, folder, request):
    """A notebook with the table, a chart that follows it, and further cells."""

    def start(*cells, guess=""):
        name = re.sub(r"\W+", "_", request.node.name) + ".ipynb"
        lab.write_notebook(folder / name, ["import sample", BOTH.format(guess), *cells])
        page = lab_page
        lab.open_notebook(page, address, name)
        lab.run_all(page)
        page.wait_for_selector(".dossier-explorable-body[data-drawn='4']")
        return page

    return start


def wait_for_note(page, text):
    page.wait_for_function(f"{NOTE} === '{text}'")


def focused(page):
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def printed(page):
    return page.locator(".jp-OutputArea-output[data-mime-type$=stdout]").last.text_content()


def wrong(page):
    return page.locator(".dossier-wrong:visible").all_text_contents()


def test_a_cell_is_changed_by_keyboard_and_the_chart_follows(town):
    page = town("print(rules.value.loc['parking'].to_dict())")
    cells = page.locator(".jp-Cell").count()
    page.get_by_label("Points, parking").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("-20")
    page.keyboard.press("Enter")
    wait_for_note(page, "5 look-ups, 20 points")
    assert focused(page) == "Points, volunteering"
    page.keyboard.press("Shift+Enter")
    assert focused(page) == "Points, parking"
    page.keyboard.press("ArrowDown")
    wait_for_note(page, "5 look-ups, 25 points")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focused(page) == "Counts, parking"
    page.keyboard.press(" ")
    page.keyboard.press("Tab")
    page.keyboard.press("p")
    page.keyboard.press("b")  # JupyterLab's shortcut for a new cell
    assert page.locator(".jp-Cell").count() == cells
    assert page.locator(".dossier-was:visible").all_text_contents() == [
        "✎ was -5",
        "✎ was yes",
        "✎ was nothing",
    ]
    page.wait_for_selector(".dossier-editable[data-taken=yes]")
    lab.run_until(page, 2, "'points': -25")
    assert "'points': -25, 'weight': 1.0, 'counts': False, 'then': 'praise'" in printed(page)
    page.get_by_role("button", name="Copy as code").first.click()
    code = 'changed = rules.original\nchanged.loc["parking", "points"] = -25\nchanged.loc["parking", "counts"] = False\n'
    code += 'changed.loc["parking", "then"] = \'praise\'\nrules.value = changed'
    assert page.locator(".dossier-code").first.text_content() == code
    page.get_by_label("Points, parking").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator(".dossier-code").first.text_content() == code.replace("-25", "-30")
    page.get_by_role("button", name="Reset").first.click()
    wait_for_note(page, "5 look-ups, 5 points")
    assert page.locator(".dossier-was:visible").count() == 0


def test_what_is_not_allowed_is_refused_in_words_and_stays_as_typed(town):
    page = town()
    field = page.get_by_label("Points, parking")
    field.fill("900")
    page.keyboard.press("Tab")
    words = "Points, parking: 900 is not possible. Allowed is a whole number from -100 to 100. It still counts as -5."
    assert page.locator(f"#{field.get_attribute('aria-describedby')}").text_content() == words
    assert field.get_attribute("aria-invalid") == "true"
    assert field.input_value() == "900"
    page.get_by_label("Points, volunteering").fill("2.5")
    page.get_by_label("Points, criticism").focus()
    assert "volunteering: 2.5 is not possible" in page.locator(".dossier-wrong:visible").nth(1).text_content()
    page.keyboard.press("Control+a")
    page.keyboard.type("--")
    page.keyboard.press("Enter")
    assert page.locator(".dossier-wrong:visible").count() == 3
    page.get_by_label("Weight, parking").fill("3")
    page.keyboard.press("Enter")
    assert field.input_value() == "900", "another change leaves what was typed"
    results = Axe().run(page, context=".dossier-explorable")
    assert json.dumps(results.response["violations"], indent=1) == "[]"
    field.fill("-10")
    page.keyboard.press("Enter")
    wait_for_note(page, "5 look-ups, 10 points")
    assert field.get_attribute("aria-invalid") == "false"


def test_what_is_typed_is_judged_as_it_stands_and_escape_brings_the_last_number_back(town):
    page = town()
    field, below = page.get_by_label("Points, parking"), page.get_by_label("Points, volunteering")
    for typed, says in [
        ("--5", "“--5” is no number"),
        ("", "nothing is typed"),
        ("--5", "“--5” is no number"),
        ("2,5", "“2,5” is no number here (write 2.5 with a point"),
    ]:
        field.focus()
        page.keyboard.press("Control+a")
        page.keyboard.press("Backspace")
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
        assert len(wrong(page)) == 1
        assert says in wrong(page)[0]
    field.focus()
    page.keyboard.press("Escape")
    assert (field.input_value(), wrong(page)) == ("-5", [])
    page.keyboard.press("Control+a")
    page.keyboard.type("\u221220")  # a true minus
    page.keyboard.press("Enter")
    wait_for_note(page, "5 look-ups, 20 points")
    assert field.input_value() == "-20"
    below.fill("98")
    for key in ("ArrowUp", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    assert below.input_value() == "98", "the way back is the way there, and there is nothing above 100"
    page.keyboard.press("ArrowDown")
    assert below.input_value() == "93"
    page.get_by_label("Weight, volunteering").focus()
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    assert page.get_by_label("Weight, volunteering").input_value() == "0.8"


def test_a_check_refuses_at_the_cell_and_takes_it_once_the_other_cell_lets_it(town):
    page = town(
        "checked = sample.rules(check=sample.milder_than_criticism); checked",
        "print(checked.value['points'].to_list())",
    )
    field = page.get_by_label("Points, parking").nth(1)
    field.fill("-60")
    page.keyboard.press("Enter")
    words = "Points, parking: Parking (-60) must cost less than criticism (-50). It still counts as -5."
    page.get_by_text(words).wait_for()
    assert field.input_value() == "-60"
    lab.run_cell(page, 3)
    page.get_by_text("[-5, 10, -50, -20]").wait_for()
    page.get_by_label("Points, criticism").nth(1).fill("-70")
    page.keyboard.press("Enter")
    page.get_by_text(words).wait_for(state="detached")
    lab.run_cell(page, 3)
    page.get_by_text("[-60, 10, -70, -20]").wait_for()


def test_what_edits_no_text_reaches_jupyterlab(town):
    page = town()
    cells = page.locator(".jp-Cell").count()
    dirty = "jupyterapp.shell.currentWidget.context.model.dirty"
    for field in (page.get_by_label("Points, parking"), page.locator("input[type=range]").first):
        page.evaluate(f"{dirty} = true")
        field.focus()
        for key in ("Control+a", "x", "d", "d", "b"):
            page.keyboard.press(key)
        assert page.evaluate(dirty)
        # JupyterLab does nothing when asked to save while it still writes what was saved before.
        while page.evaluate(dirty):
            page.keyboard.press("Control+s")
            page.wait_for_timeout(500)
        assert page.locator(".jp-Cell").count() == cells


def test_a_burst_of_changes_ends_at_the_last_and_a_busy_kernel_is_said_to_be_busy(town, folder):
    page = town(lab.BUSY)
    lab.run_cell(page, 2, wait=False)
    page.wait_for_function(f"{KERNEL}.status === 'busy'")
    # At first contact: later ones may be answered beside the running cell (ipykernel's subshells), and then nothing is late.
    page.get_by_label("Points, parking").focus()
    for _ in range(5):
        page.keyboard.press("ArrowUp")
    page.wait_for_function(
        "document.querySelector('.dossier-editable .dossier-status').textContent.startsWith('Python is busy')"
    )
    lab.busy_no_more(folder)
    wait_for_note(page, "5 look-ups, -20 points")
    page.wait_for_function("document.querySelector('.dossier-editable .dossier-status').textContent === ''")
    for _ in range(12):
        page.keyboard.press("ArrowDown")
    wait_for_note(page, "5 look-ups, 40 points")


def test_a_chart_that_asks_first_follows_a_table_too(town):
    page = town("print(rules.value)", guess=", sample.TAKEN")
    page.get_by_label("Points, parking").fill("-30")
    page.keyboard.press("Enter")
    page.get_by_label("Points taken").focus()
    page.keyboard.press("Home")
    page.wait_for_timeout(500)
    page.get_by_role("button", name="This is my guess").click()
    verdict = page.locator(".dossier-verdict")
    assert verdict.text_content().startswith("You said 0; the model says 30.")
    wait_for_note(page, "5 look-ups, 30 points")
    page.locator(".dossier-explorable-body input[type=range]").first.focus()
    page.keyboard.press("ArrowRight")
    wait_for_note(page, "6 look-ups, 30 points")
    page.get_by_label("Points, parking").fill("-40")
    page.keyboard.press("Enter")
    wait_for_note(page, "6 look-ups, 40 points")
    assert verdict.text_content().endswith("(The model has changed since.)")
    page.locator(".dossier-explorable-body input[type=range]").first.focus()
    page.keyboard.press("End")
    wait_for_note(page, "60 look-ups, 40 points")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_in_a_narrow_window(town, theme):
    page = town()
    page.evaluate(f"() => jupyterapp.commands.execute('apputils:change-theme', {{ theme: '{theme}' }})")
    page.evaluate("jupyterapp.shell.collapseLeft()")
    page.set_viewport_size({"width": 480, "height": 1000})
    page.get_by_label("Points, parking").fill("7")
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    results = Axe().run(page, context=".dossier-explorable")
    assert json.dumps(results.response["violations"], indent=1) == "[]"
    small = page.evaluate(
        """() => [...document.querySelectorAll('.dossier-editable :is(input, select, button)')].map((one) => one.getBoundingClientRect())
        .filter((box) => box.width < 24 || box.height < 24).length"""
    )
    assert small == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_a_kernel_it_is_a_table_to_read(browser, tmp_path, scheme):
    file = tmp_path / "page.html"
    file.write_text(page_of([sample.rules(), sample.chart()], title="A table"), encoding="utf-8")
    context = browser.new_context(viewport={"width": 360, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector("[data-drawn]")
    assert (
        page.locator(".dossier-editable tbody tr").first.text_content()
        == "parkingtraffic_offences-51yesnothing"
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    results = Axe().run(page)
    assert json.dumps(results.response["violations"], indent=1) == "[]"
    context.close()
