"""Check-yourself questions, exercise checks and hints, the learner's own record.

Lessons and exercises use these; nothing here knows a model or a chart.

- ``question(...)`` asks a check-yourself question, with ``right(...)`` and ``wrong(...)`` choices or a number as the
  answer; ``ask("01.a")`` shows one that is kept in the lesson's file.
- ``check("01.2")`` checks an answer in words, ``hint("01.2")`` helps in tiers, ``solution("01.2")`` shows a worked one.
- ``use("01.2")`` is the learner's answer if it is right, and the reference if not, so that later cells run.
- ``where_you_are()`` shows the learner's record, which never leaves the machine; ``forget()`` deletes it.

How to write an exercise
------------------------
One file a lesson declares what is asked: ``lesson_02.py`` beside this one, with one name, ``LESSON``. Everything that
a learner could write stands there as code, the wrong answers too; the tests run each of them in the learner's place.

>>> from dossier.classroom import Lesson, Misconception, Task
>>> LESSON = Lesson(
...     id="02",
...     title="Anatomy of a score",
...     tasks=(
...         Task(
...             id="02.1",
...             points=1,
...             name="mean_score",
...             what="the mean of the three scores",
...             needs=("scores",),
...             solution="mean_score = sum(scores) / len(scores)",
...             misconceptions=(
...                 Misconception("mean_score = sum(scores)", "That is their total. Divide it by how many there are."),
...             ),
...             hints=("How is a mean made?", "Add the scores up, then divide by how many there are."),
...         ),
...     ),
... )

The master notebook ``exercises/solutions/02_anatomy_of_a_score.ipynb`` holds, for each task,

1. a sentence that says which name to define, and what it stands for;
2. the answer cell, with the tag ``raises-exception`` (so that "run all" goes on after a learner's error), and in
   nbgrader's metadata ``{"grade_id": "answer-02-1", "solution": true, "grade": false, "locked": false}``::

       mean_score = ...
       ### BEGIN SOLUTION
       mean_score = sum(scores) / len(scores)
       ### END SOLUTION

3. the check cell, locked and graded with the task's points. What stands between the markers runs only when an
   instructor grades::

       check("02.1")
       ### BEGIN HIDDEN TESTS
       check("02.1").require()
       ### END HIDDEN TESTS

4. if a later cell needs the answer: ``the_mean = use("02.1")``, under a name of its own, so that running the check
   again still finds what the learner wrote.

``dossier exercises`` then writes the students' notebook from the master; ``dossier exercises --check`` says whether it
is up to date. `dossier.classroom.masters` is the module behind both.
"""

from .checks import Verdict, check, hint, solution, use
from .questions import Choice, Question, QuestionWidget, question, right, static_fragment, static_head, wrong
from .record import Notice, forget, where_you_are
from .tasks import Lesson, Misconception, Task, Written, registered_question

__all__ = [
    "Choice",
    "Lesson",
    "Misconception",
    "Notice",
    "Question",
    "QuestionWidget",
    "Task",
    "Verdict",
    "Written",
    "ask",
    "check",
    "forget",
    "hint",
    "question",
    "right",
    "solution",
    "static_fragment",
    "static_head",
    "use",
    "where_you_are",
    "wrong",
]


def ask(id: str) -> QuestionWidget:
    """
    Ask a check-yourself question that the lesson's file holds.

    Parameters
    ----------
    id : str
        Lesson and letter, "01.a".

    Returns
    -------
    QuestionWidget

    Raises
    ------
    ValueError
        If there is none of this id; the message names the nearest ones.
    """
    return QuestionWidget(registered_question(id))
