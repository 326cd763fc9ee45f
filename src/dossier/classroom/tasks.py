"""What an exercise asks: small declarations that one file a lesson holds (`lesson_01.py` and so on).

Everything that a learner could write is kept as a snippet of code: the worked solution, and each wrong answer that is
expected. A snippet is what the tests run in the learner's place, what a hint shows, and what the check compares with;
so a task states its answer once.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from .questions import Question


@dataclass(frozen=True)
class Misconception:
    """
    A wrong answer that learners do give, and what to say about it.

    Attributes
    ----------
    code : str
        What such a learner writes; it defines the task's name.
    reply : str
        One or two sentences: the mistake by its name, then a step towards the right answer. Never the answer.
    """

    code: str
    reply: str


@dataclass(frozen=True)
class Task:
    """
    One thing to compute and check.

    Attributes
    ----------
    id : str
        Lesson and number, "01.2".
    points : int
        What it is worth, 1 or more.
    name : str
        The name that the learner defines: a value, or a function if there are ``inputs``.
    what : str
        What the name stands for, as part of a sentence: "the cost of following one person for a year".
    solution : str
        The worked solution, as code.
    misconceptions : tuple of Misconception
        The anticipated wrong answers, the most specific first.
    hints : tuple of str
        From a nudge to nearly the answer.
    needs : tuple of str
        Names that the notebook gives and the solution uses.
    inputs : tuple of tuple
        For a function: the arguments it is tried with, the extreme ones among them.
    tolerance : float
        Largest relative difference that still counts as right: 0 for counts.
    right : str
        What to say when it is right, beside "Right".
    """

    id: str
    points: int
    name: str
    what: str
    solution: str
    misconceptions: tuple[Misconception, ...] = ()
    hints: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    inputs: tuple[tuple[Any, ...], ...] = ()
    tolerance: float = 0.005
    right: str = ""

    def __post_init__(self) -> None:
        if self.points < 1:
            raise ValueError(f"points of {self.id} is {self.points}: a task is worth 1 point or more.")
        if not 0 <= self.tolerance < 0.5:
            raise ValueError(f"tolerance of {self.id} is {self.tolerance}: allowed are 0 to less than 0.5.")
        if not self.name.isidentifier():
            raise ValueError(f"name of {self.id} is {self.name!r}: it must be a name that Python accepts.")


@dataclass(frozen=True)
class Written:
    """
    An answer in the learner's own words: marked by a person, compared with the rubric by the learner.

    Attributes
    ----------
    id : str
        Lesson and number.
    points : int
        What it is worth.
    what : str
        What is asked, as part of a sentence.
    rubric : tuple of str
        What a full answer contains, one point or so each.
    example : str
        One good answer.
    """

    id: str
    points: int
    what: str
    rubric: tuple[str, ...]
    example: str


@dataclass(frozen=True)
class Lesson:
    """
    All that can be asked in one lesson.

    Attributes
    ----------
    id : str
        Two digits, "01".
    title : str
        As in the notebook.
    tasks : tuple of Task or Written
        The exercise, in order.
    questions : tuple of Question
        Check-yourself questions that the lesson shows with `ask`; they may also stand in the notebook itself.
    """

    id: str
    title: str
    tasks: tuple[Task | Written, ...] = ()
    questions: tuple[Question, ...] = ()

    def __iter__(self) -> Iterator[Task | Written]:
        return iter(self.tasks)

    @property
    def points(self) -> int:
        """Points that the checks can give, without those of written answers."""
        return sum(task.points for task in self.tasks if isinstance(task, Task))


@cache
def lessons() -> dict[str, Lesson]:
    """
    Return every lesson that has a file ``lesson_NN.py`` here, by its two digits.

    Returns
    -------
    dict
        In the order of the course.

    Raises
    ------
    ValueError
        If two of them use one id, or an id does not begin with its lesson's.
    """
    package = importlib.import_module("dossier.classroom")
    found: dict[str, Lesson] = {}
    for module in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
        if module.startswith("lesson_"):
            lesson: Lesson = importlib.import_module(f"dossier.classroom.{module}").LESSON
            ids = [item.id for item in (*lesson.tasks, *lesson.questions)]
            wrong = [id for id in ids if not id.startswith(f"{lesson.id}.") or ids.count(id) > 1]
            if wrong or module != f"lesson_{lesson.id}":
                raise ValueError(f"{module} has the id {(wrong or [lesson.id])[0]!r}: not its own, or twice.")
            found[lesson.id] = lesson
    return found


def task(id: str) -> Task | Written:
    """
    Look a task up.

    Parameters
    ----------
    id : str
        Lesson and number, "01.2".

    Returns
    -------
    Task or Written

    Raises
    ------
    ValueError
        If there is none of this id; the message names the nearest ones.
    """
    tasks = {one.id: one for lesson in lessons().values() for one in lesson}
    if id not in tasks:
        raise ValueError(f"There is no task {id!r}. {_nearest(id, list(tasks))}")
    return tasks[id]


def registered_question(id: str) -> Question:
    """
    Look a check-yourself question up.

    Parameters
    ----------
    id : str
        Lesson and letter, "01.a".

    Returns
    -------
    Question

    Raises
    ------
    ValueError
        If there is none of this id; the message names the nearest ones.
    """
    questions = {one.id: one for lesson in lessons().values() for one in lesson.questions}
    if id not in questions:
        raise ValueError(f"There is no question {id!r}. {_nearest(id, list(questions))}")
    return questions[id]


def _nearest(id: str, known: list[str]) -> str:
    # Whoever leaves out a 0 means that one, and not lesson 11's.
    wanted = f"0{id}" if f"0{id}" in known else str(id)
    near = get_close_matches(wanted, known, n=3, cutoff=0.4) or known[:3]
    return f"Nearest: {', '.join(near)}." if near else "No lesson here has any."
