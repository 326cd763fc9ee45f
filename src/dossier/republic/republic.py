"""Sorrel, the invented country, as tables.

Every lesson starts here: ``Republic.sample()`` reads the committed 10,000 people, ``Republic.generate()`` makes any number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from numbers import Integral
from typing import Any

import pandas as pd

from dossier.republic import parameters as p
from dossier.republic import schema
from dossier.republic.county import County
from dossier.republic.numbers import counties_for


def check_configuration(people: Any, seed: Any, naming: Any) -> tuple[int, int, str]:
    """Check what a republic is made from.

    Parameters
    ----------
    people : int
        1 to 30,000,000.
    seed : int
        0 to 2**63 - 1.
    naming : str
        A key of ``parameters.NAMING_REGIMES``.

    Returns
    -------
    tuple
        ``(people, seed, naming)`` as plain Python values.

    Raises
    ------
    TypeError
        If ``people`` or ``seed`` is no whole number.
    ValueError
        If a value lies outside its range.
    """
    for argument, value, low, high in (("people", people, 1, p.MAXIMUM_PEOPLE), ("seed", seed, 0, 2**63 - 1)):
        if isinstance(value, bool) or not isinstance(value, Integral):
            raise TypeError(f"{argument} is {value!r}; it must be a whole number from {low:,} to {high:,}.")
        if not low <= int(value) <= high:
            raise ValueError(f"{argument} is {value!r}; it must be from {low:,} to {high:,}.")
    if not isinstance(naming, str) or naming not in p.NAMING_REGIMES:
        allowed = ", ".join(map(repr, p.NAMING_REGIMES))
        raise ValueError(f"naming is {naming!r}; it must be one of {allowed}.")
    return int(people), int(seed), str(naming)


class Tables(Mapping[str, pd.DataFrame]):
    """The tables of a republic by name, each made or read when it is first asked for.

    Parameters
    ----------
    read : callable
        Gives the table of a name.
    """

    def __init__(self, read: Callable[[str], pd.DataFrame]) -> None:
        self._read = read
        self._known: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        """The table of that name; changing it does not change the republic."""
        if name not in schema.TABLES:
            raise KeyError(f"{name!r} is no table of Sorrel; the tables are {', '.join(schema.TABLES)}.")
        if name not in self._known:
            self._known[name] = self._read(name)
        # Costs nothing under pandas 3, which copies only what is written to.
        return self._known[name].copy(deep=not _copies_on_write())

    def __iter__(self) -> Iterator[str]:
        """Names of the tables."""
        return iter(schema.TABLES)

    def __len__(self) -> int:
        """Number of tables."""
        return len(schema.TABLES)


def _copies_on_write() -> bool:
    return int(pd.__version__.split(".")[0]) >= 3


class Republic:
    """Sorrel: its people and every record about them.

    Make one with `Republic.sample` or `Republic.generate`. Each table is an attribute (``republic.people``) and stands in
    ``republic.tables``; `dossier.republic.schema` describes their columns. A table is a copy: to change one, give it a name
    first (``people = republic.people``).

    Attributes
    ----------
    tables : Mapping of str to pandas.DataFrame
        All tables by name, made or read on first use.
    registries : tuple of str
        The registries of the 2016 dossier: hotels, flights, cafés, borders, rentals, properties, deposits, phones.
    conduct_registries : tuple of str
        What a score draws on besides: judgments, offences, arrears, voluntary work, posts, bills.
    people_count : int
        Number of people.
    seed : int
        What it was made from.
    naming : str
        Naming regime.

    Examples
    --------
    >>> republic = Republic.generate(people=3, seed=1)
    >>> republic.people.shape
    (3, 15)
    """

    registries: tuple[str, ...] = schema.STORY_REGISTRIES
    conduct_registries: tuple[str, ...] = schema.CONDUCT_REGISTRIES

    def __init__(self, read: Callable[[str], pd.DataFrame], people: int, seed: int, naming: str) -> None:
        self.tables = Tables(read)
        self.people_count = people
        self.seed = seed
        self.naming = naming

    @classmethod
    def generate(
        cls, people: int = p.SAMPLE_PEOPLE, seed: int = p.SAMPLE_SEED, naming: str = "concentrated"
    ) -> Republic:
        """Make a republic from a seed; the same arguments give the same tables everywhere.

        Parameters
        ----------
        people : int
            1 to 30,000,000. Tables are made in memory when asked for: beyond half a million people, write files with
            ``dossier republic`` instead.
        seed : int
            0 to 2**63 - 1.
        naming : {"concentrated", "many"}
            Few common surnames or many rare ones. It changes surnames and nothing else.

        Returns
        -------
        Republic
            Tables are made on first use.

        Raises
        ------
        TypeError, ValueError
            If an argument is outside its range.
        """
        people, seed, naming = check_configuration(people, seed, naming)
        counties = [County(number, size, seed, naming) for number, size in enumerate(counties_for(people))]

        def make(name: str) -> pd.DataFrame:
            parts = [county.table(name) for county in counties]
            return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)

        return cls(make, people, seed, naming)

    @classmethod
    def sample(cls) -> Republic:
        """The committed sample of 10,000 people; each table is checked against its checksum when first read.

        Returns
        -------
        Republic
            The same tables as ``Republic.generate()`` makes.

        Raises
        ------
        dossier.republic.storage.SampleDamaged
            When a table is asked for whose file is missing or damaged; the message says how to restore it.
        FileNotFoundError
            If the course's data folder is nowhere to be found.
        """
        from dossier.republic.storage import read_sample_table, sample_manifest

        manifest = sample_manifest()
        return cls(read_sample_table, int(manifest["people"]), int(manifest["seed"]), str(manifest["naming"]))

    def __getattr__(self, name: str) -> pd.DataFrame:
        """The table of that name."""
        if name in schema.TABLES:
            return self.tables[name]
        raise AttributeError(f"a republic has no {name!r}; its tables are {', '.join(schema.TABLES)}.")

    def __dir__(self) -> list[str]:
        """Attributes and tables, for completion."""
        return sorted({*super().__dir__(), *schema.TABLES})

    def __repr__(self) -> str:
        """What it was made from."""
        return f"Sorrel: {self.people_count:,} people, seed {self.seed}, naming {self.naming!r}"

    def records(
        self,
        id_number: str | None = None,
        day: str | pd.Timestamp | None = None,
        registries: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """Every record left in some registries, by time.

        Parameters
        ----------
        id_number : str, optional
            Only this person's.
        day : str or Timestamp, optional
            Only this day's, such as "2016-11-15".
        registries : sequence of str, optional
            Names of registries; those of the dossier and those of conduct where omitted.

        Returns
        -------
        pandas.DataFrame
            Columns ``registry``, ``id_number``, ``when``, in order of time.

        Raises
        ------
        ValueError
            If a name is no registry, the ID number is nobody's, or the day is no day.
        """
        known = (*self.registries, *self.conduct_registries)
        chosen = known if registries is None else tuple(registries)
        for name in chosen:
            if name not in known:
                raise ValueError(f"registries holds {name!r}; each must be one of {', '.join(known)}.")
        if id_number is not None and not (self.tables["people"]["id_number"] == id_number).any():
            raise ValueError(f"id_number is {id_number!r}, which is nobody's; take one from republic.people.")
        start = None
        if day is not None:
            try:
                start = pd.Timestamp(day).normalize()
            except (ValueError, TypeError):
                raise ValueError(
                    f"day is {day!r}; it must be a date such as '{schema.PHONE_WINDOW_START}'."
                ) from None
        parts = []
        for name in chosen:
            part = self.tables[name][["id_number", "when"]]
            if id_number is not None:
                part = part[part["id_number"] == id_number]
            if start is not None:
                part = part[(part["when"] >= start) & (part["when"] < start + pd.Timedelta(days=1))]
            parts.append(part.assign(registry=name))
        found = pd.concat(parts) if parts else pd.DataFrame({"id_number": [], "when": []}).assign(registry="")
        found = found.sort_values(["when", "id_number"], kind="stable", ignore_index=True)
        return found[["registry", "id_number", "when"]]
