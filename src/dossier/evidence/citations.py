"""Cite a fact by its id and compute with its figure, so that no lesson quotes a number from memory."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from html import escape
from math import isnan
from typing import Any

from .quantities import Quantity, quantity
from .tables import cases, ledger


@dataclass(frozen=True)
class Citation:
    """
    One fact's source, in the words that a lesson shows.

    Attributes
    ----------
    id : str
        Ledger or case id.
    text : str
        A short reference: who, when, the start of the title.
    title : str
        The full title.
    claim : str
        What the course may say, in its own words (for a case: who held what, and how it left).
    link : str
        Web address; empty if none is known.
    confidence : str
        ``verified`` or ``reported`` (well known, but not read again).
    contested : str
        Why it must be shown as contested; empty if it need not be.
    """

    id: str
    text: str
    title: str
    claim: str
    link: str
    confidence: str
    contested: str

    @property
    def _caveats(self) -> list[str]:
        reported = ["Reported: well known, but not read again for this course."] * (
            self.confidence == "reported"
        )
        return reported + [f"Contested: {self.contested}"] * bool(self.contested)

    def __str__(self) -> str:
        return f"{self.text} [{self.id}]"

    def __repr__(self) -> str:
        return "\n    ".join([str(self), *([self.link] if self.link else []), *self._caveats])

    def _repr_markdown_(self) -> str:
        linked = f"[{_plain(self.text)}]({self.link})" if self.link else _plain(self.text)
        shown = f"{linked} \\[{self.id}\\]"
        if self.confidence == "reported":
            shown = f"<small>{shown}</small>"
        return "  \n".join([shown, *(f"<small>{escape(caveat)}</small>" for caveat in self._caveats)])


class Sources:
    """
    The list of sources at the end of a lesson, one entry a publication, with the ids that draw on it.

    Attributes
    ----------
    citations : tuple of Citation
        In the order given.
    """

    def __init__(self, citations: tuple[Citation, ...]) -> None:
        self.citations = citations
        self._entries: dict[tuple[str, str], list[Citation]] = {}
        for citation in citations:
            self._entries.setdefault((citation.text, citation.link), []).append(citation)

    def __repr__(self) -> str:
        entries = []
        for (text, link), cited in self._entries.items():
            ids = ", ".join(citation.id for citation in cited)
            caveats = [f"{caveat} [{citation.id}]" for citation in cited for caveat in citation._caveats]
            entries.append("\n    ".join([f"{text} [{ids}]", *([link] if link else []), *caveats]))
        return "\n".join(entries)

    def _repr_markdown_(self) -> str:
        entries = []
        for (text, link), cited in self._entries.items():
            ids = ", ".join(citation.id for citation in cited)
            linked = f"[{_plain(text)}]({link})" if link else _plain(text)
            entry = f"{linked} \\[{ids}\\]"
            if all(citation.confidence == "reported" for citation in cited):
                entry = f"<small>{entry}</small>"
            for citation in cited:
                for caveat in citation._caveats:
                    entry += f"<br><small>{escape(caveat)} \\[{citation.id}\\]</small>"
            entries.append(f"- {entry}")
        return "\n".join(entries)


@dataclass(frozen=True)
class Fact:
    """
    A ledger figure to compute with.

    Attributes
    ----------
    id : str
        Ledger id.
    claim : str
        The claim that the figure comes from.
    quantity : Quantity
        The figure as read: its ends, unit, kind and parts.
    """

    id: str
    claim: str
    quantity: Quantity

    @property
    def low(self) -> float:
        """The lower end of what is stated; not-a-number where the source leaves it open."""
        return self.quantity.low

    @property
    def high(self) -> float:
        """The upper end of what is stated; not-a-number where the source leaves it open."""
        return self.quantity.high

    @property
    def unit(self) -> str:
        """The unit, as the ledger gives it."""
        return self.quantity.unit

    @property
    def value(self) -> float:
        """
        The one number that is stated (a share as a fraction of one).

        Raises
        ------
        ValueError
            If the figure is a range or a pair: choose an end of it yourself.
        """
        if self.quantity.kind == "share":
            return self.quantity.low
        if len(self.quantity.parts) != 1:
            written = " and ".join(f"{part:g}" for part in self.quantity.parts)
            raise ValueError(
                f"{self.id} states two numbers, {written} {self.unit}: "
                "choose .low or .high, or unpack .parts."
            )
        return self.quantity.parts[0]

    @property
    def parts(self) -> tuple[float, ...]:
        """The numbers in the order they are written: both ends, both figures of a pair, or part and whole."""
        return self.quantity.parts

    def __float__(self) -> float:
        return self.value

    def stated(self, number: float) -> float:
        """
        Return a further number of the same claim, after checking that the claim does state it.

        Parameters
        ----------
        number : float
            As the claim writes it: ``fact("F5-004").stated(1.43)``, the weekly rate beside the monthly one.

        Returns
        -------
        float

        Raises
        ------
        ValueError
            If the claim does not state this number.
        """
        stated = [
            float(found.replace(",", "")) for found in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", self.claim)
        ]
        if float(number) not in stated:
            listed = ", ".join(f"{one:g}" for one in stated) or "none"
            raise ValueError(
                f"{self.id} does not state {number:g}. Numbers in its claim: {listed}. It reads: {self.claim}"
            )
        return float(number)

    def __repr__(self) -> str:
        low, high = self.quantity.low, self.quantity.high
        if self.quantity.kind == "share":
            shown = f"{self.parts[0]:,g} of {self.parts[1]:,g}"
        elif self.quantity.kind == "pair":
            shown = " against ".join(f"{part:,.10g}" for part in self.parts)
        elif isnan(high) or isnan(low):
            shown = f"{'at least' if isnan(high) else 'at most'} {self.parts[0]:,.10g}"
        elif low == high:
            shown = f"{low:,.10g}"
        else:
            shown = f"{low:,.10g} to {high:,.10g}"
        return f"{shown} {self.unit}".rstrip() + f" [{self.id}]"


def cite(*ids: str) -> Citation | Sources:
    """
    Cite one fact or case, or several.

    Parameters
    ----------
    *ids : str
        Ledger ids ("F1-001") or case ids ("NL-2021-GGD").

    Returns
    -------
    Citation or Sources
        One citation for one id, a list of sources for several. Both read well as plain text and as Markdown.

    Raises
    ------
    ValueError
        If an id is unknown; the message names the nearest ones.

    Examples
    --------
    >>> print(cite("F5-001"))
    Bankston & Soltani 2014, "Tiny Constables and the Cost of Surveillance" [F5-001]
    """
    if len(ids) == 1:
        return _citation(ids[0])
    return sources(*ids)


def sources(*ids: str) -> Sources:
    """
    List the sources of a lesson, each publication once.

    Parameters
    ----------
    *ids : str
        Ledger or case ids, in the order to list them.

    Returns
    -------
    Sources

    Raises
    ------
    ValueError
        If no id is given, or one is unknown.
    """
    if not ids:
        raise ValueError('sources() needs at least one id, for example sources("F1-001").')
    return Sources(tuple(_citation(one) for one in dict.fromkeys(ids)))


def fact(id: str) -> Fact:
    """
    Return a ledger figure to compute with.

    Parameters
    ----------
    id : str
        Ledger id.

    Returns
    -------
    Fact

    Raises
    ------
    ValueError
        If the id is unknown, or its row states no number.

    Examples
    --------
    >>> fact("F5-003")
    105 to 113 USD per hour [F5-003]
    >>> fact("F5-002").value / fact("F5-001").value
    1.1
    """
    table = ledger()
    row = _row(table, id, "ledger")
    read = quantity(row["figure"], row["unit"])
    if not read.parts:
        stated = f"states {row['figure']!r}, which is not a number" if row["figure"] else "states no figure"
        raise ValueError(f"{id} {stated}. It reads: {row['claim']}")
    return Fact(id, row["claim"], read)


def _citation(id: str) -> Citation:
    facts = ledger()
    if not isinstance(id, str) or id in facts.index or re.match(r"F\d", id):
        row = _row(facts, id, "ledger")
        text = f'{_authors(row["source_authors"])} {row["source_year"]}, "{_short(row["source_title"])}"'
        claim, doi = row["claim"], re.search(r"\bdoi (10\.\S+?)[.,;)]*(?:\s|$)", row["note"])
        link = row["source_url"] or (f"https://doi.org/{doi[1]}" if doi else "")
    else:
        row = _row(cases(), id, "cases")
        text = f"{row['source_title']}, on {row['country']} {row['year']}"
        claim = f"{row['holder']}: {row['data_type']}; {row['channel']}; {row['outcome']}"
        link = row["source_url"]
    confidence = "reported" if row["reported"] else "verified"
    return Citation(id, text, row["source_title"], claim, link, confidence, row["contested"])


def _row(table: Any, id: str, name: str) -> Any:
    if not isinstance(id, str):
        raise ValueError(f"An id is text such as {table.index[0]!r}, not {id!r}.")
    if id not in table.index:
        known = [*table.index, *(cases().index if name == "ledger" else ledger().index)]
        near = get_close_matches(id.upper(), known, n=3, cutoff=0.5)
        hint = f" Nearest: {', '.join(near)}." if near else f" Ids look like {table.index[0]}."
        raise ValueError(f"The evidence has no id {id!r}.{hint}")
    return table.loc[id]


def _authors(names: str) -> str:
    """Shorten a list of authors: family names of one or two, else the first and "et al."."""
    people = [re.sub(r"\s*\([^)]*\)", "", name).strip() or name.strip("() ") for name in names.split(";")]
    # "Family, Given" is a person; "ITV News" or "Reuters, via ..." is not.
    short = [re.sub(r",\s+(?!via |citing |summarising |quoting ).*", "", person) for person in people]
    if len(short) > 2:
        return f"{short[0]} et al."
    return " & ".join(short)


def _short(title: str) -> str:
    """Shorten a title: no second title, no closing remark in brackets, no subtitle if it is long."""
    short = re.sub(r"^\(([^()]*)\)$|\s\([^()]*\)$", r"\1", re.split(r";\s", title.strip())[0])
    if len(short) > 60:
        short = short.split(": ")[0]
    return short


def _plain(text: str) -> str:
    return re.sub(r"([\\*_\[\]<>])", r"\\\1", text)
