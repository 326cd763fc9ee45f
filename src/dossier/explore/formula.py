"""A learner's own formula inside a chart: what goes wrong in it is said in one line, and where to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class FormulaProblem(ValueError):
    """A learner's formula gave no numbers: shown in one line, since the fault is not in the course's code."""

    def _render_traceback_(self) -> list[str]:
        return [f"{self}\nMend the cell with the formula, run it, then run this one again."]


@contextmanager
def learners_formula() -> Iterator[None]:
    """Run a learner's formula: whatever it raises becomes a :class:`FormulaProblem` that says what happened.

    Raises
    ------
    FormulaProblem
        If anything is raised inside.
    """
    try:
        yield
    except FormulaProblem:
        raise
    except Exception as error:
        raise FormulaProblem(f"Your formula stopped with a {type(error).__name__}: {error}") from error
