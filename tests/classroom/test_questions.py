"""A question says what it asks, never which answer is right, and refuses to be declared badly."""

import json
import re

import pytest

from dossier.classroom import Question, ask, question, right, static_fragment, wrong
from dossier.classroom.questions import QuestionWidget, static_page
from dossier.classroom.record import read

CHOICES = [
    wrong("A judge", "That is how following somebody used to begin."),
    right("Nobody: the desk registers every guest", "Recording is the default."),
]


def test_the_text_form_shows_the_question_and_its_choices_but_not_the_answer():
    shown = repr(question("Who decided?", CHOICES))
    assert (
        shown == "Check yourself: Who decided?\n  ( ) A judge\n  ( ) Nobody: the desk registers every guest"
    )
    number = repr(question("How many?", answer=24, reply="Yes.", unit="hours"))
    assert number == "Check yourself: How many?\n  Your answer: ______ hours"


def test_the_notebook_stores_the_same_text():
    bundle, _ = question("Who decided?", CHOICES)._repr_mimebundle_()
    assert bundle["text/plain"].startswith("Check yourself: Who decided?\n")


def test_the_page_gets_every_reply_so_that_it_needs_no_kernel():
    asked = Question("Who decided?", tuple(CHOICES))
    embedded = re.search(r'<script type="application/json">(.*?)</script>', static_fragment(asked))[1]
    assert [choice["reply"] for choice in json.loads(embedded)["choices"]] == [one.reply for one in CHOICES]


def test_a_static_page_asks_no_network_for_anything_and_keeps_markup_in_prompts_as_text():
    asked = Question("Is </script><b>this</b> code?", tuple(CHOICES))
    page = static_page([asked])
    assert not re.search(r"(src|href)=", page)
    assert "http" not in page
    assert "</script><b>" not in page


def test_answers_are_recorded_under_their_id_and_only_then():
    widget = question("Who decided?", CHOICES, id="01.x")
    widget.answered = {"given": "0", "right": False, "tries": 1}
    widget.answered = {"given": "1", "right": True, "tries": 2}
    assert read()["questions"]["01.x"]["right"]
    assert read()["questions"]["01.x"]["tries"] == 2
    question("Who decided?", CHOICES).answered = {"given": "1", "right": True, "tries": 1}
    assert list(read()["questions"]) == ["01.x"]


def test_a_registered_question_is_asked_by_its_id():
    with pytest.raises(ValueError, match=r"There is no question '01.zz'"):
        ask("01.zz")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"prompt": " "}, "prompt is empty"),
        ({"prompt": "Q?"}, "give either choices or answer"),
        ({"prompt": "Q?", "choices": CHOICES, "answer": 1}, "give either choices or answer"),
        ({"prompt": "Q?", "choices": CHOICES[:1]}, "two or more"),
        ({"prompt": "Q?", "choices": [CHOICES[0], CHOICES[0], CHOICES[1]]}, "all different"),
        (
            {"prompt": "Q?", "choices": [wrong("a", "x"), wrong("b", "y")]},
            r"exactly one choice must be right",
        ),
        (
            {"prompt": "Q?", "choices": [right("a", "x"), right("b", "y")]},
            r"exactly one choice must be right",
        ),
        ({"prompt": "Q?", "choices": [right("a", "x"), wrong("b", "")]}, "'b' has no reply"),
        ({"prompt": "Q?", "choices": CHOICES, "unit": "km"}, "belong to a numeric question"),
        ({"prompt": "Q?", "answer": float("nan"), "reply": "x"}, "answer is nan; it must be a finite number"),
        ({"prompt": "Q?", "answer": 1}, "reply is empty"),
        (
            {"prompt": "Q?", "answer": 1, "reply": "x", "tolerance": 1},
            "tolerance is 1; allowed are 0 to less than 1",
        ),
        (
            {"prompt": "Q?", "answer": 100, "reply": "x", "misconceptions": [wrong(100.5, "y")]},
            "misconception 100.5 cannot be told from the answer, 100",
        ),
        (
            {"prompt": "Q?", "answer": 1, "reply": "x", "misconceptions": [wrong("2", "y")]},
            r"misconceptions are wrong\(number, reply\)",
        ),
    ],
)
def test_a_badly_declared_question_is_refused_with_the_reason(arguments, message):
    with pytest.raises(ValueError, match=message):
        question(**arguments)


def test_plain_strings_are_no_choices():
    with pytest.raises(TypeError, match=r"made with right\(...\) and wrong\(...\), not 'yes'"):
        question("Q?", ["yes", "no"])


def test_every_registered_question_can_be_shown():
    from dossier.classroom.tasks import lessons

    for lesson in lessons().values():
        for asked in lesson.questions:
            assert QuestionWidget(asked).question["prompt"] == asked.prompt
