"""The documented facts and cases: load them, cite them, compute with them.

Every lesson uses it. Figures come from ``data/evidence`` (see its README); nothing is quoted from memory.

- ``cite("F1-001")``: a short reference with its link, saying when it is only reported or contested.
- ``sources("F1-001", "F5-001")``: the list at the end of a lesson.
- ``fact("F5-003")``: a figure to compute with (``.low``, ``.high``, ``.value``, ``.unit``, ``.stated(...)``).
- ``uk_tariff()``: the itemised British price list of 2006.
- ``linkage_times()``, ``linkage_evidence()``: what was measured once for lesson 08, and recorded.
- ``ledger()``, ``cases()``: the tables, with ranges and words read into numbers, units and notes.
"""

from .citations import Citation, Fact, Sources, cite, fact, sources
from .measured import linkage_evidence, linkage_times
from .quantities import Quantity, quantity
from .tables import cases, ledger, problems
from .tariff import uk_tariff

__all__ = [
    "Citation",
    "Fact",
    "Quantity",
    "Sources",
    "cases",
    "cite",
    "fact",
    "ledger",
    "linkage_evidence",
    "linkage_times",
    "problems",
    "quantity",
    "sources",
    "uk_tariff",
]
