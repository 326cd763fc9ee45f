"""The same browser half on a page with no kernel: by mouse, touch and keyboard, wide and narrow, light and dark."""

import json

import pytest
import sample
from axe_playwright_python.sync_playwright import Axe

from dossier.explore import Explorable, Slider, catalogue
from dossier.explore import page as page_of

pytestmark = pytest.mark.browser

BODY = ".dossier-explorable-body"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A page with a plain chart, a guessed value and a guessed curve."""
    file = tmp_path_factory.mktemp("static") / "page.html"
    charts = [sample.chart(), sample.chart(sample.VALUE), sample.chart(sample.CURVE)]
    file.write_text(page_of(charts, title="Three charts"), encoding="utf-8")
    return file.as_uri()


def ready(page, address):
    page.goto(address)
    page.wait_for_function(f"document.querySelectorAll('{BODY}[data-drawn]').length === 3")
    return page


def handles(page):
    return [
        int(handle.input_value())
        for handle in page.locator(f"{BODY}").nth(2).locator(".dossier-guess input").all()
    ]


def test_every_slider_moves_without_a_kernel(page, written):
    ready(page, written)
    chart = page.locator(BODY).first
    chart.locator("input").first.focus()
    page.keyboard.press("End")
    page.wait_for_function(f"document.querySelector('{BODY}').dataset.drawn === '59 15 0'")
    assert "With 60 look-ups a day" in chart.locator(".dossier-summary").text_content()
    chart.locator("input").nth(1).focus()
    page.keyboard.press("Home")
    page.wait_for_function(f"document.querySelector('{BODY}').dataset.drawn === '4 0 0'")
    assert "one control moves at a time" in chart.locator(".dossier-status").text_content()
    assert chart.locator("output").first.text_content() == "5 a day"
    chart.get_by_role("button", name="Reset").click()
    page.wait_for_function(f"document.querySelector('{BODY}').dataset.drawn === '4 15 0'")
    assert chart.locator(".dossier-status").is_hidden()


def test_a_curve_is_drawn_with_the_mouse(page, written):
    ready(page, written)
    chart = page.locator(BODY).nth(2)
    chart.scroll_into_view_if_needed()
    box = chart.locator(".dossier-chart").bounding_box()
    area = {"x": box["x"] + 60, "y": box["y"] + 20, "width": box["width"] - 80, "height": box["height"] - 70}
    page.mouse.move(area["x"] + 2, area["y"] + area["height"] * 0.9)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] - 2, area["y"] + area["height"] * 0.1, steps=30)
    page.mouse.up()
    drawn = handles(page)
    assert drawn == sorted(drawn)
    assert drawn[-1] - drawn[0] > 40
    chart.get_by_role("button", name="This is my guess").click()
    verdict = chart.locator(".dossier-verdict").text_content()
    assert verdict.startswith("Your curve comes closest at ")
    assert chart.locator(".scatterlayer .trace").count() == 5  # three curves, the note and the guess


def test_a_curve_is_drawn_with_a_finger(browser, written):
    context = browser.new_context(viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True)
    page = ready(context.new_page(), written)
    chart = page.locator(BODY).nth(2)
    chart.locator(".dossier-chart").scroll_into_view_if_needed()
    area = chart.locator(".dossier-chart").bounding_box()
    page.touchscreen.tap(area["x"] + area["width"] * 0.5, area["y"] + 40)
    assert max(handles(page)) > 70
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_a_curve_is_set_with_the_keyboard(page, written):
    ready(page, written)
    chart = page.locator(BODY).nth(2)
    chart.locator(".dossier-guess input").first.focus()
    for place in range(5):
        page.keyboard.press("End" if place else "Home")
        page.keyboard.press("Tab")
    assert handles(page) == [0, 100, 100, 100, 100]
    page.keyboard.press("Enter")
    assert "furthest at 10 days" not in chart.locator(".dossier-verdict").text_content()
    assert page.evaluate("document.activeElement.className") == "dossier-verdict"


def test_the_page_asks_no_network_for_anything(browser, written):
    context = browser.new_context()
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    page = ready(context.new_page(), written)
    page.locator("input").first.focus()
    page.keyboard.press("End")
    page.wait_for_timeout(500)
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1000, 320])
def test_axe_finds_nothing_on_the_page(browser, written, scheme, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = ready(context.new_page(), written)
    page.get_by_role("button", name="Show me without guessing").first.click()
    page.get_by_role("button", name="Table").first.click()
    page.wait_for_timeout(300)
    results = Axe().run(page)
    assert json.dumps(results.response["violations"], indent=1) == "[]"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    context.close()


def test_marks_that_are_no_more_leave_the_screen(page, tmp_path):
    def figure(result, settings):
        marks = list(range(settings["marks"]))
        axis = {"title": {"text": "Place"}, "range": [-1, 4]}
        line = {"type": "scatter", "mode": "lines", "x": [0, 3], "y": [0, settings["marks"]]}
        data = [line, {"type": "scatter", "mode": "markers", "x": marks, "y": marks}]
        return {"data": data, "layout": {"xaxis": axis, "yaxis": axis}}

    chart = Explorable(
        "Marks",
        [Slider("marks", "Marks", low=0, high=3, step=1, default=1)],
        lambda marks: {},
        figure,
        lambda result, settings: (f"{settings['marks']} marks", {"Marks": [settings["marks"]]}),
        alt="As many marks as the slider says.",
    )
    file = tmp_path / "marks.html"
    file.write_text(page_of([chart], title="Marks"), encoding="utf-8")
    page.goto(file.as_uri())
    page.wait_for_function(f"document.querySelector('{BODY}').dataset.drawn === '1'")
    page.locator(f"{BODY} input").focus()
    for key, number in [("ArrowRight", 2), ("Home", 0), ("ArrowRight", 1), ("ArrowLeft", 0), ("End", 3)]:
        page.keyboard.press(key)
        page.wait_for_function(f"document.querySelector('{BODY}').dataset.drawn === '{number}'")
        assert page.locator(f"{BODY} .scatterlayer path.point").count() == number


@pytest.fixture(scope="module")
def phone(browser, tmp_path_factory):
    """One page with every explorable of the course, on a phone: plotly is read once for all of them."""
    file = tmp_path_factory.mktemp("phone") / "page.html"
    file.write_text(page_of([make() for make in catalogue().values()], title="All"), encoding="utf-8")
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_function(f"document.querySelectorAll('{BODY}[data-drawn]').length === {len(catalogue())}")
    yield page
    context.close()


@pytest.mark.parametrize("source", catalogue())
def test_every_explorable_of_the_course_draws_on_a_phone(phone, source):
    chart = phone.locator(BODY).nth(list(catalogue()).index(source))
    skip = chart.get_by_role("button", name="Show me without guessing")
    if skip.count():
        skip.click()
    chart.locator(".dossier-summary:not(:empty)").wait_for()
    chart.locator(".dossier-chart .main-svg").first.wait_for()
    assert chart.evaluate("body => body.scrollWidth <= body.clientWidth"), "wider than a phone"
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    cut = chart.locator(".dossier-chart").evaluate(
        """chart => { const box = chart.getBoundingClientRect();
        return [...chart.querySelectorAll('text')].filter((text) => { const place = text.getBoundingClientRect();
          return place.width && (place.left < box.left - 1 || place.right > box.right + 1); }).map((text) => text.textContent); }"""
    )
    assert cut == [], "cut off at the chart's edge"
    results = Axe().run(phone, context=f"[aria-labelledby={chart.get_attribute('aria-labelledby')}]")
    assert json.dumps(results.response["violations"], indent=1) == "[]"


REMEMBERED = f"[...document.querySelectorAll('{BODY} select')].map((choice) => choice.value).join()"


def test_a_chart_remembers_which_side_it_came_from(page, tmp_path):
    """Up over the upper end and back: the same place, another picture; and also for a hand that jumps, or that drags quickly."""
    file = tmp_path / "page.html"
    file.write_text(page_of([sample.remembering()], title="One that remembers"), encoding="utf-8")
    page.goto(file.as_uri())
    drawn = f"document.querySelector('{BODY}')?.dataset.drawn"
    page.wait_for_function(f"{drawn} === '29 20 0'")
    slider = page.locator(f"{BODY} input").first
    first = page.locator(".dossier-summary").text_content()

    def to(*positions):
        # All in one frame of the display, as a quick hand does.
        page.evaluate(
            """([selector, positions]) => { const input = document.querySelector(selector);
            for (const position of positions) { input.value = position; input.dispatchEvent(new Event('input')); } }""",
            [f"{BODY} input", list(positions)],
        )

    to(44)
    page.wait_for_function(f"{drawn} === '44 20 1'")
    to(29)
    page.wait_for_function(f"{drawn} === '29 20 1'")
    assert page.locator(".dossier-summary").text_content() != first
    to(5, 29)
    page.wait_for_function(f"{drawn} === '29 20 0'")
    assert page.locator(".dossier-summary").text_content() == first
    # It may be set by hand where both can be, and nowhere else.
    page.locator(f"{BODY} select").select_option("1")
    page.wait_for_function(f"{drawn} === '29 20 1'")
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_function(f"{drawn} === '0 20 0'")
    page.locator(f"{BODY} select").select_option("1")
    page.wait_for_function(f"{REMEMBERED} === '0'")
    # Another control goes on from what is remembered.
    to(44, 29)
    page.locator(f"{BODY} input").nth(1).focus()
    page.keyboard.press("Home")
    page.wait_for_function(f"{drawn} === '29 0 1'")
    page.get_by_role("button", name="Reset").click()
    page.wait_for_function(f"{drawn} === '29 20 0'")
