"""Check an exercise's answers, help with them, and keep later cells running whatever stands in earlier ones.

Nothing here shows a traceback: an undefined name, a function that fails or one that never ends is answered in words.
"""

from __future__ import annotations

import copy
import inspect
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from . import record
from .compare import NOT_YET, difference, equal, shown
from .record import Notice
from .tasks import Task, Written
from .tasks import task as find

# A task's function does a handful of divisions; anything longer than this does not end.
SECONDS_TO_ANSWER = 5.0

_WORDS = {
    "right": ("✓", "Right"),
    "again": ("✗", "Again"),
    "open": ("○", "Not yet"),
    "written": ("✎", "Your words"),
}
_hints_shown: dict[str, tuple[int, int]] = {}  # the last one, and how often the task had been tried by then


@dataclass(frozen=True)
class Verdict:
    """
    What a check found.

    Attributes
    ----------
    id : str
        The task.
    state : str
        ``right``; ``again``; ``open`` (nothing answered yet); ``written`` (for a person to mark).
    message : str
        What to tell the learner.
    points, out_of : int
        Earned and possible.
    """

    id: str
    state: Literal["right", "again", "open", "written"]
    message: str
    points: int
    out_of: int

    @property
    def passed(self) -> bool:
        """Whether the answer is right."""
        return self.state == "right"

    def require(self) -> None:
        """
        Insist on a right answer: nbgrader gives points to a cell that raises nothing.

        Raises
        ------
        AssertionError
            If the answer is not right; the message is the learner's.
        """
        if not self.passed:
            raise AssertionError(str(self))

    def __repr__(self) -> str:
        sign, word = _WORDS[self.state]
        return f"{sign} {word}: {self.id} ({self._score})\n{self.message}"

    def _repr_html_(self) -> str:
        sign, word = _WORDS[self.state]
        lines = "".join(f"<p>{escape(line)}</p>" for line in self.message.splitlines())
        return (
            '<div role="status" style="border-inline-start: 4px solid currentColor; padding-inline-start: 0.75em">'
            f'<p><span aria-hidden="true">{sign}</span> <strong>{word}</strong>: {self.id} ({self._score})</p>{lines}</div>'
        )

    @property
    def _score(self) -> str:
        if self.state == "written":
            return f"{self.out_of} points, marked by a person"
        return f"{self.points} of {self.out_of} point{'s' if self.out_of != 1 else ''}"


def check(id: str, *, namespace: Mapping[str, Any] | None = None) -> Verdict:
    """
    Check the learner's answer to a task, and note the result in their record.

    Parameters
    ----------
    id : str
        Lesson and number, "01.2".
    namespace : mapping, optional
        Where to look the learner's names up; the notebook's own by default.

    Returns
    -------
    Verdict
        Reads well as the last line of a cell.

    Raises
    ------
    ValueError
        If there is no such task.
    """
    task = find(id)
    if isinstance(task, Written):
        return Verdict(id, "written", _rubric(task), 0, task.points)
    verdict = _stopped(task) if namespace is None else None
    verdict = verdict or grade(task, _names(namespace))
    if verdict.state in ("right", "again"):
        record.note_check(id, passed=verdict.passed, points=task.points)
    remark = record.remarks()
    if remark:
        return Verdict(id, verdict.state, f"{verdict.message}\n{remark}", verdict.points, verdict.out_of)
    return verdict


def use(id: str, *, namespace: Mapping[str, Any] | None = None) -> Any:
    """
    Take the learner's answer if it is right, and the reference answer if it is not, so that later cells run.

    Parameters
    ----------
    id : str
        Lesson and number, "01.2".
    namespace : mapping, optional
        Where to look the learner's names up; the notebook's own by default.

    Returns
    -------
    object
        A value or a function. A line says when it is the reference.

    Raises
    ------
    ValueError
        If there is no such task, it is a written one, or a name that the notebook gives is not there yet.
    """
    task = find(id)
    if isinstance(task, Written):
        raise ValueError(f"{id} is answered in words; there is no value to use.")
    names = _names(namespace)
    if grade(task, names).passed:
        return names[task.name]
    missing = [need for need in task.needs if need not in names]
    if missing:
        raise ValueError(f"{missing[0]} is not there: run the cells above this one first, from the top.")
    answer = _run(task.solution, task, names)
    print(f"Using the reference answer for {task.name} ({id}) from here on.")
    return answer


def hint(id: str, tier: int | None = None) -> Notice:
    """
    Help a little, then a little more after each further try.

    A cell that holds a hint and runs again without a new check shows the same one again. (Answers in words have no
    check that could count, so their hints go on with every run.)

    Parameters
    ----------
    id : str
        Lesson and number, "01.2".
    tier : int, optional
        Which hint, from 1, at any time; by default the next one if the task has been tried since the last. After the
        last hint comes the worked solution, in the same way.

    Returns
    -------
    Notice

    Raises
    ------
    ValueError
        If there is no such task, or it has no such tier.
    """
    task = find(id)
    hints = task.rubric if isinstance(task, Written) else task.hints
    last = len(hints) + 1
    asked_for = tier is not None
    tried = record.tries(id)
    if tier is None:
        shown, tried_then = _hints_shown.get(id, (0, -1))
        tier = min(shown + (tried != tried_then or isinstance(task, Written)), last)
    if isinstance(tier, bool) or not isinstance(tier, int) or not 1 <= tier <= last:
        raise ValueError(
            f"tier is {tier!r}: {id} has hints 1 to {len(hints)}, and {last} for a worked solution."
        )
    if tier < last:
        _hints_shown[id] = (max(tier, _hints_shown.get(id, (0, 0))[0]), tried)
        following = f"hint {tier + 1}" if tier + 1 < last else "a worked solution"
        onwards = (
            ""
            if isinstance(task, Written)
            else f' After your next check, hint("{id}") shows {following}. To see it now: hint("{id}", {tier + 1}).'
        )
        return _notice(f"Hint {tier} of {len(hints)} for {id}: {hints[tier - 1]}{onwards}")
    if isinstance(task, Task) and not asked_for and not tried:
        return _notice(
            f'There is no hint for {id}. Try it, then run check("{id}"); after a try, hint("{id}") shows a '
            f'worked solution. If you would rather see it now: hint("{id}", {last}).'
        )
    return solution(id)


def solution(id: str) -> Notice:
    """
    Show a worked solution.

    Parameters
    ----------
    id : str
        Lesson and number, "01.2".

    Returns
    -------
    Notice

    Raises
    ------
    ValueError
        If there is no such task.
    """
    task = find(id)
    if isinstance(task, Written):
        return _notice(f"One good answer to {id}: {task.example}")
    text = f"A worked solution of {id}:\n\n{task.solution}"
    return Notice(text, f"<p>A worked solution of {escape(id)}:</p><pre>{escape(task.solution)}</pre>")


def grade(task: Task, names: Mapping[str, Any]) -> Verdict:
    """
    Check an answer without noting anything.

    Parameters
    ----------
    task : Task
    names : mapping
        The learner's names.

    Returns
    -------
    Verdict
    """

    def verdict(state: Literal["right", "again", "open"], message: str) -> Verdict:
        return Verdict(task.id, state, message, task.points if state == "right" else 0, task.points)

    if task.name not in names:
        return verdict(
            "open",
            f"{task.name} is not there yet. Write it in the cell above and run that cell. "
            "If the cell ends in an error, its last line says what stopped it.",
        )
    missing = [need for need in task.needs if need not in names]
    if missing:
        return verdict(
            "open", f"{missing[0]} is not there: run the cells above this task first, from the top."
        )
    answer = names[task.name]
    try:
        reference = _run(task.solution, task, names)
    except Exception:
        needs = ", ".join(task.needs)
        return verdict(
            "open",
            f"Something that this task starts from was changed ({needs}). Restart the kernel and run all cells.",
        )
    compare = _compare_functions if task.inputs else _compare_values
    try:
        state, message = compare(task, names, answer, reference)
    except Exception as error:  # What a learner's name can hold is without limits; a traceback helps nobody.
        state, message = "again", f"{task.name} cannot be compared ({type(error).__name__}). {_help(task)}"
    if state == "right":
        message = f"{task.name} is {task.what}. {task.right}".strip()
    return verdict(state, message)


State = Literal["right", "again", "open"]


def _compare_values(task: Task, names: Mapping[str, Any], answer: Any, reference: Any) -> tuple[State, str]:
    found = difference(answer, reference, tolerance=task.tolerance, name=task.name)
    if found is None:
        return "right", ""
    if found == NOT_YET:
        return "open", found
    for misconception in task.misconceptions:
        if equal(answer, _run(misconception.code, task, names), tolerance=task.tolerance):
            return "again", misconception.reply
    return "again", f"{found} {_help(task)}"


def _compare_functions(
    task: Task, names: Mapping[str, Any], answer: Any, reference: Callable[..., Any]
) -> tuple[State, str]:
    if answer is ...:
        return "open", NOT_YET
    asked = list(inspect.signature(reference).parameters)
    call = f"{task.name}({', '.join(asked)})"
    if not callable(answer):
        return "again", f"{task.name} should be a function, written as: def {call}: ..."
    try:
        inspect.signature(answer).bind(*asked)
    except TypeError:
        return "again", f"{task.name} should take {len(asked)} things, in this order: {', '.join(asked)}."
    except ValueError:  # Some built-in functions do not say what they take: calling them will tell.
        pass

    examples = [f"{task.name}({', '.join(map(repr, inputs))})" for inputs in task.inputs]
    given, wanted = [], []
    for example, inputs in zip(examples, task.inputs, strict=True):
        try:
            given.append(_outcome(answer, inputs))
        except _TooSlow:
            return (
                "again",
                f"{example} did not end within {SECONDS_TO_ANSWER:g} seconds. Does a loop run on for ever?",
            )
        # nbgrader's own stub, where an instructor generates the exercise without the course's settings, raises this.
        unwritten = isinstance(given[-1], _Failed) and isinstance(given[-1].error, NotImplementedError)
        if given[-1] is ... or unwritten:
            return "open", NOT_YET
        wanted.append(_outcome(reference, inputs))

    found = [
        None if _same(one, other, task) else place
        for place, (one, other) in enumerate(zip(given, wanted, strict=True))
    ]
    if all(place is None for place in found):
        return "right", ""
    for misconception in task.misconceptions:
        mistaken = _run(misconception.code, task, names)
        if all(
            _same(one, _outcome(mistaken, inputs), task)
            for one, inputs in zip(given, task.inputs, strict=True)
        ):
            return "again", misconception.reply
    first = next(place for place in found if place is not None)
    if isinstance(given[first], _Failed):
        return "again", f"{examples[first]} stops with an error: {given[first]}. {_help(task)}"
    problem = difference(given[first], wanted[first], tolerance=task.tolerance, name=examples[first])
    about = "" if isinstance(wanted[first], (str, bool)) else "about "
    return "again", f"{problem} It should be {about}{shown(wanted[first])}. {_help(task)}"


@dataclass(frozen=True)
class _Failed:
    """A call that ended in an error, as an outcome like any other."""

    error: Exception

    def __str__(self) -> str:
        return f"{type(self.error).__name__}: {self.error}"


def _outcome(function: Callable[..., Any], inputs: tuple[Any, ...]) -> Any:
    try:
        with _in_time():
            return function(*copy.deepcopy(inputs))
    except Exception as error:
        return _Failed(error)


def _same(one: Any, other: Any, task: Task) -> bool:
    if isinstance(one, _Failed) or isinstance(other, _Failed):
        return (
            isinstance(one, _Failed) and isinstance(other, _Failed) and type(one.error) is type(other.error)
        )
    return equal(one, other, tolerance=task.tolerance)


def _run(code: str, task: Task, names: Mapping[str, Any]) -> Any:
    """Run a snippet with only the names that the task gives, and return what it defines."""
    scope = {need: names[need] for need in task.needs}
    exec(code, scope)
    return scope[task.name]


def _help(task: Task) -> str:
    return f'hint("{task.id}") helps.' if task.hints else ""


def _rubric(task: Written) -> str:
    points = "\n".join(f"- {point}" for point in task.rubric)
    return (
        f"No program can mark {task.what}. Read your answer once more and tick off what it says:\n{points}\n"
        f'hint("{task.id}", {len(task.rubric) + 1}) shows one good answer.'
    )


def _notice(text: str) -> Notice:
    return Notice(text, f"<p>{escape(text)}</p>")


def _names(namespace: Mapping[str, Any] | None) -> Mapping[str, Any]:
    if namespace is not None:
        return namespace
    try:
        from IPython import get_ipython

        shell = get_ipython()
    except ImportError:
        shell = None
    if shell is not None:
        found: Mapping[str, Any] = shell.user_ns
        return found
    import __main__

    return vars(__main__)


def _stopped(task: Task) -> Verdict | None:
    """Say so if the cell run just before was to give this answer and failed: what stands under the name is an older try."""
    try:
        from IPython import get_ipython
    except ImportError:
        return None
    last = getattr(get_ipython(), "last_execution_result", None)
    if (
        last is None
        or last.success
        or not re.search(rf"\b{re.escape(task.name)}\b", last.info.raw_cell or "")
    ):
        return None
    kind = type(last.error_before_exec or last.error_in_exec).__name__
    return Verdict(
        task.id,
        "open",
        f"Your last run stopped with a {kind}, so there is nothing new to check. The last line of the red text says why: "
        "mend it, run that cell again, then this one.",
        0,
        task.points,
    )


class _TooSlow(BaseException):
    """Not an Exception, so that a learner's own "except" does not swallow it."""


@contextmanager
def _in_time() -> Iterator[None]:
    """Stop a function that never ends, where the system has timers: not on Windows, in a browser, or off the main thread."""
    no_timers = sys.platform in ("win32", "emscripten")
    if no_timers or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: Any) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS_TO_ANSWER)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
