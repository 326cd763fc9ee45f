"""A question in a real browser, on a page with no kernel: by mouse, by keyboard alone, narrow, light and dark."""

import http.server
import threading

import pytest

from dossier.classroom import Question, right, wrong
from dossier.classroom.questions import static_page

pytestmark = pytest.mark.browser

CHOICE = Question(
    "Who decided that the night was written down in `hotel_stays`?",
    (
        wrong("A judge, after a request by the police", "That is how following somebody used to begin."),
        right("Nobody: the desk registers every guest", "Recording is the default."),
        wrong("The police, who <b>suspect</b> her", "The record is older than the suspicion."),
    ),
)
NUMBER = Question(
    "What does a year of following one person cost?",
    answer=2_409_000,
    reply="No town can pay that for everybody.",
    unit="dollars",
    misconceptions=(wrong(100_375, "An hour's cost was used for a day."),),
)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    (folder / "index.html").write_text(static_page([CHOICE, NUMBER]), encoding="utf-8")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=folder)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def page(browser, address):
    page = browser.new_page()
    asked_for, problems = [], []
    page.on("request", lambda request: asked_for.append(request.url))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(address)
    page.wait_for_selector(".dossier-question form")
    yield page
    page.close()
    assert [url for url in asked_for if not url.startswith((address, "data:"))] == []
    assert problems == []


def reply(page, which=0):
    return page.locator(".dossier-question").nth(which).get_by_role("status").inner_text()


def test_each_choice_is_answered_with_its_own_words_by_mouse(page):
    question = page.get_by_role("group", name="Who decided that the night was written down in hotel_stays?")
    assert question.get_by_role("radio").count() == 3
    for choice in CHOICE.choices:
        question.get_by_role("radio", name=choice.answer, exact=True).check()
        page.get_by_role("button", name="Check").first.click()
        assert choice.reply in reply(page)
        assert ("Right" in reply(page)) == choice.correct
        assert ("Not quite" in reply(page)) != choice.correct


def test_the_same_wrong_answer_twice_reads_differently_so_that_it_is_announced_twice(page):
    page.get_by_role("radio").first.check()
    said = []
    for _ in range(2):
        page.get_by_role("button", name="Check").first.click()
        said.append(reply(page))
    assert said[0] != said[1]


def test_everything_works_by_keyboard_alone(page):
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert reply(page) == "Choose an answer first."
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "Recording is the default." in reply(page)
    page.keyboard.press("Tab")
    assert page.get_by_label("Your answer").evaluate("field => field === document.activeElement")
    page.keyboard.type("100375")
    page.keyboard.press("Enter")
    assert "An hour's cost was used for a day." in reply(page, 1)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2409000", "No town can pay that"),
        ("2,409,000", "No town can pay that"),
        ("2 409 000 dollars", "No town can pay that"),
        ("$2.409e6", "No town can pay that"),
        ("2400000", "No town can pay that"),
        ("100,375", "An hour's cost was used for a day."),
        ("3000000", "It is too large."),
        ("0,5", "It is too small."),
        ("-1", "It is too small."),
        ("", "Write a number first"),
        ("many", "Write a number first"),
        ("1 or 2", "Write a number first"),
        ("1.2.3", "Write a number first"),
    ],
)
def test_numbers_are_read_as_people_write_them(page, typed, said):
    field = page.get_by_label("Your answer")
    field.fill(typed)
    field.press("Enter")
    assert said in reply(page, 1)
    assert (field.get_attribute("aria-invalid") == "true") == ("Write" in said)


def test_markup_in_an_answer_is_shown_as_text(page):
    assert page.get_by_role("radio", name="The police, who <b>suspect</b> her").count() == 1
    assert page.locator(".dossier-question b").count() == 0


def test_the_reply_is_a_polite_live_region_that_is_there_before_it_is_needed(page):
    status = page.locator(".dossier-question").first.get_by_role("status")
    assert status.get_attribute("aria-live") == "polite"
    assert status.inner_text() == ""


@pytest.mark.parametrize("width", [320, 1200])
def test_nothing_is_cut_off_at_any_width(page, width):
    page.set_viewport_size({"width": width, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


# WCAG 2.2, 1.4.3 and 1.4.11: 4.5 to 1 for text, 3 to 1 for what shows a control's edge.
CONTRAST = """([selector, colour, against, property]) => {
  const box = document.querySelector(selector);
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const luminance = (written) => {
    paint.fillStyle = written; paint.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...paint.getImageData(0, 0, 1, 1).data].map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const one = luminance(getComputedStyle(box)[colour]);
  const other = luminance(getComputedStyle(box.closest(against))[property]);
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_suffices_in_both_themes(page, scheme):
    page.emulate_media(color_scheme=scheme)
    background = page.evaluate(
        "getComputedStyle(document.querySelector('.dossier-question')).backgroundColor"
    )
    assert (background == "rgb(255, 255, 255)") == (scheme == "light")
    for which, kind in ((0, "wrong"), (1, "right")):
        page.get_by_role("radio").nth(which).check()
        page.get_by_role("button", name="Check").first.click()
        word = [f".reply.{kind} strong", "color", ".dossier-question", "backgroundColor"]
        assert page.evaluate(CONTRAST, word) >= 4.5
    for selector, colour, against, least in (
        (".dossier-question legend", "color", ".dossier-question", 4.5),
        (".dossier-question button", "color", "button", 4.5),
        (".dossier-question button", "backgroundColor", ".dossier-question", 3),
        (".dossier-question input[type=text]", "borderTopColor", ".dossier-question", 3),
    ):
        assert page.evaluate(CONTRAST, [selector, colour, against, "backgroundColor"]) >= least, selector
