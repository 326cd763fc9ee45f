"""Read figures as sources write them: "105-113", "3 of 12", "over 90 phones", "a few hundred".

Used by every lesson through `dossier.evidence`: lessons compute with what a source states, ranges included.
Nothing is guessed: words that hold no number give no number, and stay in the note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import nan
from typing import Literal

Kind = Literal["number", "range", "pair", "share", "words", "none"]

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_MULTIPLIERS = {"thousand": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9}
_ONLY_A_FLOOR = ("over", "more than", "at least", "possibly more than")
_ONLY_A_CEILING = ("up to", "less than", "maximum", "at most")

_PAIR = re.compile(rf"({_NUMBER})\s+(?:vs|to|/)\s+({_NUMBER})")
_SHARE = re.compile(rf"({_NUMBER})(?:\s+(?:of|in)\s+|/)({_NUMBER})(\+?)")
_IN_WORDS = re.compile(
    rf"(?P<before>.*?)(?P<low>{_NUMBER})(?:(?P<joint>\s*[-+]\s*|\s+to\s+)(?P<high>{_NUMBER}))?"
    rf"(?:\s?(?P<times>{'|'.join(_MULTIPLIERS)})\b)?(?P<after>.*)"
)


@dataclass(frozen=True)
class Quantity:
    """
    A figure as a source states it.

    Attributes
    ----------
    low, high : float
        Ends of what is stated; equal for a single number; not-a-number where the source leaves that end open.
    unit : str
        What is counted, in the source's words; may be empty.
    note : str
        Everything else the source says about it ("about", "claimed").
    kind : str
        ``number``; ``range``; ``pair`` (two figures set against each other); ``share`` (one of so many);
        ``words`` (no number that can be computed with); ``none``.
    parts : tuple of float
        The numbers in the order they are written.
    """

    low: float = nan
    high: float = nan
    unit: str = ""
    note: str = ""
    kind: Kind = "none"
    parts: tuple[float, ...] = ()


def quantity(text: str, unit: str = "") -> Quantity:
    """
    Read one figure.

    Parameters
    ----------
    text : str
        A figure as the ledger or the cases hold it. Of several clauses the first is read; the rest is the note.
    unit : str
        The unit, if the table keeps it in a column of its own. What it holds in brackets goes to the note.

    Returns
    -------
    Quantity

    Examples
    --------
    >>> quantity("105-113", "USD per hour")
    Quantity(low=105.0, high=113.0, unit='USD per hour', note='', kind='range', parts=(105.0, 113.0))
    >>> over = quantity("over 90 phones (one defendant)")
    >>> over.low, over.high, over.unit, over.note
    (90.0, nan, 'phones', 'over; one defendant')
    >>> quantity("a few hundred", "EUR").kind
    'words'
    """
    text = text.strip()
    asides = re.findall(r"\(([^)]*)\)", unit)
    unit = _squeeze(re.sub(r"\([^)]*\)", "", unit))
    if not text:
        return Quantity(unit=unit, note="; ".join(asides))
    if found := _PAIR.fullmatch(text):
        first, second = _number(found[1]), _number(found[2])
        return Quantity(
            min(first, second), max(first, second), unit, "; ".join(asides), "pair", (first, second)
        )
    if (found := _SHARE.fullmatch(text)) and _number(found[2]) > 0:
        part, whole = _number(found[1]), _number(found[2])
        notes = [f"of more than {found[2]}"] if found[3] else []
        return Quantity(part / whole, part / whole, unit, "; ".join(notes + asides), "share", (part, whole))

    main, *clauses = re.split(r"[;,]\s+", re.sub(r"\([^)]*\)", "", text))
    clauses = re.findall(r"\(([^)]*)\)", text) + clauses
    found = _IN_WORDS.fullmatch(_squeeze(main))
    in_words = Quantity(unit=unit, note="; ".join([text, *asides]), kind="words")
    # A letter or a further dash against the number makes it a name or a date ("C-634/21", "2016-12-12").
    if found is None or re.search(r"[\w-]$", found["before"]) or re.match(r"[\w/-]", found["after"]):
        return in_words

    times = _MULTIPLIERS.get(found["times"] or "", 1.0)
    parts = tuple(_number(end) * times for end in (found["low"], found["high"]) if end)
    if (found["joint"] or "").strip() == "+":
        parts = (sum(parts),)
    low, high = parts[0], parts[-1]
    if low > high:  # "MOD 11-2" is a name.
        return in_words
    before = _squeeze(found["before"])
    notes = [note for note in [before, *clauses, *asides] if note]
    if any(before.endswith(word) or word in asides for word in _ONLY_A_FLOOR):
        high = nan
    elif any(before.endswith(word) or word in asides for word in _ONLY_A_CEILING):
        low = nan
    full_unit = _squeeze(f"{unit} {found['after']}")
    return Quantity(low, high, full_unit, "; ".join(notes), "range" if len(parts) == 2 else "number", parts)


def years(text: str) -> tuple[int, int]:
    """
    Read a year or a span of years.

    Parameters
    ----------
    text : str
        "2016", "2011-2015", "2000s", "mid-2000s" or "2007 (approx.)".

    Returns
    -------
    tuple of int
        First and last year.

    Raises
    ------
    ValueError
        If the text names no year.

    Examples
    --------
    >>> years("2011-2015"), years("mid-2000s")
    ((2011, 2015), (2004, 2006))
    """
    found = re.fullmatch(r"(mid-)?(\d{4})(s?)(?:-(\d{4}))?(?: \(approx\.\))?", text.strip())
    if not found:
        raise ValueError(f"year is {text!r}: write 2016, 2011-2015, 2000s or mid-2000s.")
    first = int(found[2])
    if found[3]:
        return (first + 4, first + 6) if found[1] else (first, first + 9)
    return first, int(found[4] or first)


def _number(digits: str) -> float:
    return float(digits.replace(",", ""))


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
