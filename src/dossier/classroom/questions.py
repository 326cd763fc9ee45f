"""Check-yourself questions: what they ask, and the widget that asks it.

Every lesson uses them after each section. The browser half (``question.js``) knows the answers and the replies, so a
question works on a page without a kernel; in Jupyter the kernel only notes what was answered.
"""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from . import record

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Choice:
    """
    One answer that a learner may give, and what it is answered with.

    Attributes
    ----------
    answer : str or float
        As shown beside the button; a number for a numeric question.
    reply : str
        For a wrong answer: the misconception by its name, and a step on.
    correct : bool
        Whether it is the right one.
    """

    answer: str | float
    reply: str
    correct: bool


def right(answer: str | float, reply: str) -> Choice:
    """
    Declare the right choice.

    Parameters
    ----------
    answer : str
        As shown.
    reply : str
        Why it is right, in a sentence or two.

    Returns
    -------
    Choice
    """
    return Choice(answer, reply, correct=True)


def wrong(answer: str | float, reply: str) -> Choice:
    """
    Declare a wrong choice, or a number that betrays a misconception.

    Parameters
    ----------
    answer : str or float
        As shown; for a numeric question the number that this mistake leads to.
    reply : str
        The misconception by its name, and a step towards the right answer.

    Returns
    -------
    Choice
    """
    return Choice(answer, reply, correct=False)


@dataclass(frozen=True)
class Question:
    """
    What is asked: either ``choices``, or a number ``answer``.

    Attributes
    ----------
    prompt : str
        The question. Words between backticks are shown as code.
    choices : tuple of Choice
        Two or more, exactly one of them right; none for a numeric question.
    answer : float or None
        The number asked for.
    reply : str
        What the right number is answered with.
    tolerance : float
        Largest relative difference from ``answer`` that counts as right; absolute if ``answer`` is 0.
    unit : str
        Shown beside the field.
    misconceptions : tuple of Choice
        Wrong numbers with replies of their own; recognised within the same tolerance.
    id : str
        Lesson and letter ("01.a"), under which the learner's record keeps it; empty to keep nothing.

    Raises
    ------
    ValueError
        If the parts do not fit together; the message says which.
    """

    prompt: str
    choices: tuple[Choice, ...] = ()
    answer: float | None = None
    reply: str = ""
    tolerance: float = 0.01
    unit: str = ""
    misconceptions: tuple[Choice, ...] = ()
    id: str = ""

    def __post_init__(self) -> None:
        where = f"question {self.id or self.prompt!r}"
        if not self.prompt.strip():
            raise ValueError("prompt is empty: a question has to ask something.")
        if bool(self.choices) == (self.answer is not None):
            raise ValueError(f"{where}: give either choices or answer, and not both.")
        for choice in (*self.choices, *self.misconceptions):
            if not isinstance(choice, Choice):
                raise TypeError(f"{where}: choices are made with right(...) and wrong(...), not {choice!r}.")
            if not choice.reply.strip():
                raise ValueError(
                    f"{where}: {choice.answer!r} has no reply. A wrong answer must teach something."
                )
        if self.choices:
            texts = [choice.answer for choice in self.choices]
            if len(texts) < 2 or len(set(texts)) < len(texts):
                raise ValueError(f"{where}: choices must be two or more, and all different.")
            if sum(choice.correct for choice in self.choices) != 1:
                raise ValueError(f"{where}: exactly one choice must be right(...).")
            if self.misconceptions or self.reply or self.unit:
                raise ValueError(f"{where}: misconceptions, reply and unit belong to a numeric question.")
        else:
            self._check_numbers(where)

    def _check_numbers(self, where: str) -> None:
        if not isfinite(self.answer or 0):
            raise ValueError(f"{where}: answer is {self.answer}; it must be a finite number.")
        if not self.reply.strip():
            raise ValueError(f"{where}: reply is empty; say why the right answer is right.")
        if not 0 <= self.tolerance < 1:
            raise ValueError(f"{where}: tolerance is {self.tolerance}; allowed are 0 to less than 1.")
        taken = [(float(self.answer or 0), "the answer")]
        for choice in self.misconceptions:
            if choice.correct or isinstance(choice.answer, str):
                raise ValueError(f"{where}: misconceptions are wrong(number, reply), not {choice!r}.")
            for number, whose in taken:
                if abs(number - choice.answer) <= self.tolerance * (abs(number) or 1):
                    raise ValueError(
                        f"{where}: misconception {choice.answer} cannot be told from {whose}, {number:g}."
                    )
            taken.append((float(choice.answer), "another misconception"))

    def text(self) -> str:
        """Write the question as plain text, without saying which answer is right."""
        if self.choices:
            body = [f"  ( ) {choice.answer}" for choice in self.choices]
        else:
            body = [f"  Your answer: ______ {self.unit}".rstrip()]
        return "\n".join([f"Check yourself: {self.prompt}", *body])

    def payload(self) -> dict[str, Any]:
        """Give what the browser half needs, as plain values."""
        return {
            "id": self.id,
            "prompt": self.prompt,
            "choices": [_plain(choice) for choice in self.choices],
            "answer": None if self.answer is None else float(self.answer),
            "reply": self.reply,
            "tolerance": float(self.tolerance),
            "unit": self.unit,
            "misconceptions": [_plain(choice) for choice in self.misconceptions],
        }


class QuestionWidget(anywidget.AnyWidget):
    """
    A question on the page.

    Parameters
    ----------
    asked : Question
        What it asks.

    Attributes
    ----------
    answered : dict
        The last answer in this kernel: ``given``, ``right``, ``tries``; empty before the first.
    """

    _esm = _HERE / "question.js"
    _css = _HERE / "question.css"
    question = traitlets.Dict().tag(sync=True)
    answered = traitlets.Dict().tag(sync=True)

    def __init__(self, asked: Question) -> None:
        self.asked = asked
        super().__init__(question=asked.payload())
        self.observe(self._note, names="answered")

    def _note(self, change: dict[str, Any]) -> None:
        if self.asked.id and change["new"]:
            record.note_question(self.asked.id, right=bool(change["new"].get("right")))

    def __repr__(self) -> str:
        return self.asked.text()

    def to_static_html(self) -> str:
        """
        Give a whole page with this question, which works with no kernel and asks no network for anything.

        Returns
        -------
        str
            HTML.
        """
        return static_page([self.asked])


def question(
    prompt: str,
    choices: Sequence[Choice] | None = None,
    *,
    answer: float | None = None,
    reply: str = "",
    tolerance: float = 0.01,
    unit: str = "",
    misconceptions: Sequence[Choice] = (),
    id: str = "",
) -> QuestionWidget:
    """
    Ask a check-yourself question: give choices, or the number that is the answer.

    Parameters
    ----------
    prompt : str
        The question. Words between backticks are shown as code.
    choices : sequence of Choice, optional
        Made with `right` and `wrong`; exactly one is right.
    answer : float, optional
        The number asked for. Learners may write it with spaces, thousands commas or the unit.
    reply : str
        What the right number is answered with.
    tolerance : float
        Largest relative difference from ``answer`` that counts as right; absolute if ``answer`` is 0.
    unit : str
        Shown beside the field.
    misconceptions : sequence of Choice
        Wrong numbers made with `wrong`, each with a reply of its own. Other numbers are told "too large" or
        "too small".
    id : str
        Lesson and letter ("01.a"), under which the learner's record keeps it; empty to keep nothing.

    Returns
    -------
    QuestionWidget

    Raises
    ------
    ValueError
        If the parts do not fit together; the message says which.

    Examples
    --------
    >>> question("How many hours has a day?", answer=24, reply="Right round the clock.", unit="hours")
    Check yourself: How many hours has a day?
      Your answer: ______ hours
    """
    return QuestionWidget(
        Question(prompt, tuple(choices or ()), answer, reply, tolerance, unit, tuple(misconceptions), id)
    )


def static_fragment(asked: Question) -> str:
    """
    Give one question's place in a page: its payload, and its text until the script has run.

    Parameters
    ----------
    asked : Question

    Returns
    -------
    str
        HTML. The page needs `static_head` once.
    """
    embedded = json.dumps(asked.payload(), separators=(",", ":")).replace("<", "\\u003c")
    return (
        '<div class="dossier-question-place" data-dossier-question>'
        f'<script type="application/json">{embedded}</script>'
        f"<pre>{html.escape(asked.text())}</pre></div>"
    )


def static_head() -> str:
    """
    Give what a page with questions needs once: the style and the browser half.

    Returns
    -------
    str
        HTML for the page's head.
    """
    style = (_HERE / "question.css").read_text(encoding="utf-8")
    script = (_HERE / "question.js").read_text(encoding="utf-8")
    return f'<style>{style}</style>\n<script type="module">{script}\nhydrate(document);</script>\n'


def static_page(questions: Sequence[Question], title: str = "Check yourself") -> str:
    """
    Give a whole page with questions.

    Parameters
    ----------
    questions : sequence of Question
    title : str
        The page's heading.

    Returns
    -------
    str
        HTML.
    """
    places = "\n".join(static_fragment(asked) for asked in questions)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title>"
        "<style>:root{color-scheme:light dark}"
        "body{margin:0 auto;max-width:48rem;padding:1rem;font-family:system-ui,sans-serif}</style>"
        f"{static_head()}</head><body><main><h1>{html.escape(title)}</h1>\n{places}</main></body></html>\n"
    )


def _plain(choice: Choice) -> dict[str, Any]:
    return {"answer": choice.answer, "reply": choice.reply, "right": choice.correct}
