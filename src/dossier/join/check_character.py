"""What a check character catches: slips of whoever copies a number, and nobody's intent.

Lesson 05 uses it to ask why records stay joinable. The scheme is ISO 7064 MOD 11-2, as in China's number and in Sorrel's (ledger
F4-019): each of 18 characters counts ``2 ** (17 - place)`` times (place 0 to 17), X counts as ten, and the sum leaves 1 when divided
by 11. `python-stdnum` decides single numbers; the tests hold the vectorised form here to it.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from stdnum.iso7064 import mod_11_2

from dossier import _arguments as given

LENGTH = 18
DIGITS = "0123456789"
#: What may stand at each place: digits, and at the last one X too.
ALLOWED = (DIGITS,) * (LENGTH - 1) + (DIGITS + "X",)
_WEIGHTS = np.array([2 ** (LENGTH - 1 - place) % 11 for place in range(LENGTH)], dtype=np.int64)


def passes(numbers: Iterable[str]) -> NDArray[np.bool_]:
    """
    Tell which texts have the form of an ID number and pass the check.

    Parameters
    ----------
    numbers : iterable of str, shape (n,)
        Any texts. Only form and check character are looked at, not whether there is such a place or day.

    Returns
    -------
    numpy.ndarray of bool, shape (n,)
        True where a text is 17 digits and a digit or X that passes the check.

    Raises
    ------
    TypeError
        If ``numbers`` is one text, or holds anything but texts.

    Examples
    --------
    >>> passes(["670005196906242246", "670005196906242264"]).tolist()
    [True, False]
    """
    texts = _texts("numbers", numbers)
    formed = np.array([_has_form(text) for text in texts], dtype=bool)
    result = np.zeros(len(texts), dtype=bool)
    if formed.any():
        values = _values([text for text, right in zip(texts, formed, strict=True) if right])
        result[formed] = values @ _WEIGHTS % 11 == 1
    return result


def single_errors(id_number: str) -> list[str]:
    """
    Write a number with every possible mistake in one character.

    Parameters
    ----------
    id_number : str
        A number that passes the check.

    Returns
    -------
    list of str
        163 texts: nine other digits at each of 17 places, ten other characters at the last.

    Raises
    ------
    TypeError, ValueError
        If it is no such number.
    """
    number = _number("id_number", id_number)
    return [
        number[:place] + other + number[place + 1 :]
        for place, allowed in enumerate(ALLOWED)
        for other in allowed
        if other != number[place]
    ]


def neighbour_swaps(id_number: str) -> list[str]:
    """
    Write a number with each two different neighbours swapped.

    Parameters
    ----------
    id_number : str
        A number that passes the check.

    Returns
    -------
    list of str
        At most 17 texts. Equal neighbours give none, since swapping them changes nothing.

    Raises
    ------
    TypeError, ValueError
        If it is no such number.
    """
    number = _number("id_number", id_number)
    return [
        number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        for place in range(LENGTH - 1)
        if number[place] != number[place + 1]
    ]


def mistyped(numbers: Iterable[str], errors: int, generator: np.random.Generator) -> list[str]:
    """
    Mistype numbers at random.

    Parameters
    ----------
    numbers : iterable of str, shape (n,)
        Numbers of the right form.
    errors : int
        How many characters of each are replaced by a different one, 1 to 18; places and characters are drawn evenly.
    generator : numpy.random.Generator
        Where the chance comes from.

    Returns
    -------
    list of str, shape (n,)
        As many numbers, each with exactly that many wrong characters.

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If a text has not the form of an ID number, or ``errors`` lies outside its range.
    """
    texts = _texts("numbers", numbers)
    wrong = given.whole_number("errors", errors, 1, LENGTH)
    if not isinstance(generator, np.random.Generator):
        raise TypeError(f"generator is {generator!r}: give a numpy.random.Generator")
    for text in texts:
        if not _has_form(text):
            raise ValueError(f"numbers holds {text!r}: give 17 digits and a digit or X")
    if not texts:
        return []
    values = _values(texts)
    places = np.argsort(generator.random((len(texts), LENGTH)), axis=1)[:, :wrong]
    rows = np.arange(len(texts))[:, None]
    choices = np.array([len(allowed) for allowed in ALLOWED])[places]
    # A step of 1 to (choices - 1) around the circle of what is allowed never comes back to where it began.
    steps = generator.integers(1, choices)
    values[rows, places] = (values[rows, places] + steps) % choices
    return ["".join("X" if value == 10 else str(value) for value in row) for row in values.tolist()]


def expected_caught(errors: int) -> float:
    """
    Give the share of numbers with some random mistakes that the check catches.

    Parameters
    ----------
    errors : int
        How many characters are wrong, 1 or more.

    Returns
    -------
    float
        ``1 - (1 - (-1/10) ** (errors - 1)) / 11``: 1 for one mistake, 0.9 for two, and towards 10/11 for many.

    Raises
    ------
    TypeError, ValueError
        If ``errors`` is no whole number, or below 1.

    Notes
    -----
    A wrong character moves the weighted sum by one of the ten remainders other than 0, each equally often if digits are evenly
    spread. Several go unnoticed if their moves add up to 0: that is a walk on a circle of 11, for which the share holds exactly.

    Examples
    --------
    >>> expected_caught(1), round(expected_caught(2), 4), round(expected_caught(3), 4)
    (1.0, 0.9, 0.91)
    """
    wrong = given.whole_number("errors", errors, 1)
    return 1 - (1 - (-0.1) ** (wrong - 1)) / 11


def _texts(argument: str, values: Iterable[str]) -> list[str]:
    if isinstance(values, str):
        raise TypeError(f"{argument} is {values!r}: give a list of numbers as text, even for one")
    texts = list(values)
    for text in texts:
        if not isinstance(text, str):
            raise TypeError(f"{argument} holds {text!r}: give numbers as text")
    return texts


def _has_form(text: str) -> bool:
    return len(text) == LENGTH and all(one in allowed for one, allowed in zip(text, ALLOWED, strict=True))


def _number(argument: str, value: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{argument} is {value!r}: give a number as text")
    if not _has_form(value) or not mod_11_2.is_valid(value):
        raise ValueError(f"{argument} is {value!r}: give 18 characters that pass the check")
    return value


def _values(texts: list[str]) -> NDArray[np.int64]:
    """What each character counts, shape (n, 18)."""
    codes = np.frombuffer("".join(texts).encode("ascii"), dtype=np.uint8).reshape(-1, LENGTH)
    return np.where(codes == ord("X"), 10, codes.astype(np.int64) - ord("0"))
