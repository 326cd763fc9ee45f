"""Compare a learner's answer with the reference: type first, then size, then value, each with its own message.

Every exercise uses it through `dossier.classroom.check`. The order follows the worksheets of UBC's introductory
courses: a message about the value of something of the wrong type only confuses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

NOT_YET = "It still holds the three dots. Replace them with your answer, run that cell, then run this one."


def difference(answer: Any, reference: Any, *, tolerance: float = 0.0, name: str = "it") -> str | None:
    """
    Say what first sets an answer apart from the reference.

    Parameters
    ----------
    answer
        What the learner's name holds.
    reference : number, bool, str, list, tuple, numpy.ndarray or pandas.Series
        What it should hold.
    tolerance : float
        Largest relative difference between two numbers that still counts as equal; 0 for exactly equal. Compared
        with the larger of the two, so it also works near zero.
    name : str
        How the message calls the answer.

    Returns
    -------
    str or None
        One or two sentences; None if there is no difference.

    Examples
    --------
    >>> difference("8760", 8760, name="hours")
    'hours is text, because it stands in quotes. Write the number without them.'
    >>> difference(365, 8760, name="hours")
    'hours is 365, which is too small.'
    """
    if answer is ...:
        return NOT_YET
    if answer is None:
        return f"{name} is None, that is, nothing at all. Does the last line of your code give a result?"
    if isinstance(reference, (bool, np.bool_)):
        if not isinstance(answer, (bool, np.bool_)):
            return f"{name} should be True or False, and is {_kind(answer)}."
        return None if bool(answer) == bool(reference) else f"{name} is {answer}. Look again."
    if _is_number(reference):
        return _number_difference(answer, float(reference), tolerance, name)
    if isinstance(reference, str):
        if not isinstance(answer, str):
            return f"{name} should be text in quotes, and is {_kind(answer)}."
        return None if answer == reference else f"{name} is {answer!r}, which is not the one asked for."
    return _many_difference(answer, reference, tolerance, name)


def equal(answer: Any, reference: Any, *, tolerance: float = 0.0) -> bool:
    """Say whether an answer counts as the reference."""
    return difference(answer, reference, tolerance=tolerance) is None


def shown(value: Any) -> str:
    """Write a value as a message shows it: short, a number with its thousands set apart."""
    if _is_number(value):
        number = float(value)
        if not np.isfinite(number):
            return str(number)
        return f"{number:,.0f}" if number == round(number) else f"{number:,.6g}"
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _number_difference(answer: Any, reference: float, tolerance: float, name: str) -> str | None:
    if isinstance(answer, str):
        return f"{name} is text, because it stands in quotes. Write the number without them."
    if isinstance(answer, (bool, np.bool_)):
        return f"{name} is {answer}: a comparison, where a number is asked for."
    if isinstance(answer, tuple) and len(answer) > 1 and all(_is_number(part) for part in answer):
        return f"{name} is {len(answer)} numbers, {answer}. A comma parts numbers: write 1000, not 1,000."
    if not _is_number(answer):
        return f"{name} should be one number, and is {_kind(answer)}."
    number = float(answer)
    if np.isnan(number):
        return f"{name} is nan, not a number: something was missing in the calculation."
    if np.isinf(number):
        return f"{name} is infinite: something was divided by zero."
    if abs(number - reference) <= tolerance * max(abs(number), abs(reference)):
        return None
    if reference and number and np.sign(number) != np.sign(reference):
        return f"{name} is {shown(answer)}, and its sign is wrong."
    return f"{name} is {shown(answer)}, which is too {'large' if number > reference else 'small'}."


def _many_difference(answer: Any, reference: Any, tolerance: float, name: str) -> str | None:
    if isinstance(reference, pd.Series):
        if not isinstance(answer, pd.Series):
            return f"{name} should be a column of a table (a pandas Series), and is {_kind(answer)}."
    elif isinstance(answer, (str, Mapping)) or not isinstance(answer, (Sequence, np.ndarray, pd.Series)):
        return f"{name} should be a list of {len(reference)}, and is {_kind(answer)}."
    if len(answer) != len(reference):
        return f"{name} has {len(answer):,} entries, and should have {len(reference):,}."
    if isinstance(reference, pd.Series):
        if set(answer.index) != set(reference.index):
            return f"{name} has the right length, but its rows are labelled differently."
        labels = list(reference.index)
        pairs = [(label, answer.loc[label], reference.loc[label]) for label in labels]
    else:
        pairs = [
            (place, given, wanted)
            for place, (given, wanted) in enumerate(zip(answer, reference, strict=True))
        ]
    for label, given, wanted in pairs:
        found = difference(given, wanted, tolerance=tolerance, name=f"{name}[{label!r}]")
        if found:
            return found
    return None


def _is_number(value: Any) -> bool:
    return isinstance(value, (Real, np.number)) and not isinstance(value, (bool, np.bool_))


def _kind(value: Any) -> str:
    """Name a type as a beginner would meet it."""
    if callable(value):
        return "a function: call it with round brackets to get its result"
    for kinds, words in (
        (str, "text"),
        ((bool, np.bool_), "True or False"),
        (pd.DataFrame, "a whole table"),
        (pd.Series, "a column of a table"),
        (np.ndarray, "an array"),
        (list, "a list"),
        (tuple, "several values in round brackets"),
        (Mapping, "a dictionary"),
    ):
        if isinstance(value, kinds):
            return words
    return "a number" if _is_number(value) else f"of type {type(value).__name__}"
