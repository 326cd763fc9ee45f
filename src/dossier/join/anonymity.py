"""Data without names, and names put back: anonymity sets, k-anonymity, l-diversity, generalisation, linkage through a public list.

Lesson 07 publishes a hospital's extract with it and names the patients. The attack is Sweeney's (ledger F4-001, F4-004); k-anonymity is
Samarati and Sweeney's (1998), l-diversity that of Machanavajjhala, Gehrke, Kifer and Venkitasubramaniam (2006), whose "distinct" form is
used here.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from dossier import _arguments as given

#: What an extract keeps that others know too.
QUASI_IDENTIFIERS = ("birth_date", "sex", "district")
ADULT_AGE = 18

#: How exactly a birth date is given, from fine to coarse: each level follows from the one before.
BIRTH_LEVELS = ("date", "month", "year", "decade", "nothing")
#: How exactly a home is given, likewise.
PLACE_LEVELS = ("district", "region", "nothing")
HIDDEN = "*"


def anonymised(
    stays: pd.DataFrame, people: pd.DataFrame, generator: np.random.Generator
) -> tuple[pd.DataFrame, pd.Series]:
    """
    Make a hospital's "anonymised" extract: no name, no number, no day of admission, the rows in random order.

    Parameters
    ----------
    stays : pandas.DataFrame
        Columns ``id_number`` and ``diagnosis``, as in Sorrel's ``hospital_stays``; not empty.
    people : pandas.DataFrame
        Columns ``id_number``, ``birth_date``, ``sex`` and ``district``, each number once.
    generator : numpy.random.Generator
        Shuffles the rows.

    Returns
    -------
    extract : pandas.DataFrame
        Columns ``birth_date``, ``sex``, ``district`` and ``diagnosis``, one row a stay, counted from 0.
    whose : pandas.Series
        The ID number behind each row. Nobody publishes it; it is there to test what the extract gives away.

    Raises
    ------
    TypeError
        If one is no DataFrame.
    ValueError
        If a column is missing, a table is empty, a patient is not among the people or a number occurs twice there.
    """
    stays = given.table("stays", stays, ("id_number", "diagnosis"))
    people = given.table("people", people, ("id_number", *QUASI_IDENTIFIERS))
    index = given.once("people['id_number']", pd.Index(people["id_number"]))
    found = index.get_indexer(pd.Index(stays["id_number"]))
    if (found < 0).any():
        raise ValueError(
            f"stays holds {stays['id_number'].iloc[int(np.argmax(found < 0))]!r}, who is not among the people"
        )
    order = generator.permutation(len(stays))
    extract = people[list(QUASI_IDENTIFIERS)].iloc[found[order]].reset_index(drop=True)
    extract["diagnosis"] = stays["diagnosis"].iloc[order].to_numpy()
    return extract, stays["id_number"].iloc[order].reset_index(drop=True)


def public_list(people: pd.DataFrame) -> pd.DataFrame:
    """
    Make the electoral roll, which anybody may read: the adults with name, birth date, sex and district, by name.

    Parameters
    ----------
    people : pandas.DataFrame
        Columns ``surname``, ``given_name``, ``birth_date``, ``sex``, ``district`` and ``age`` (in years).

    Returns
    -------
    pandas.DataFrame
        The first five columns, one row for each adult, counted from 0.

    Raises
    ------
    TypeError
        If it is no DataFrame.
    ValueError
        If a column is missing or there is nobody.
    """
    columns = ["surname", "given_name", *QUASI_IDENTIFIERS]
    people = given.table("people", people, (*columns, "age"))
    adults = people.loc[people["age"] >= ADULT_AGE, columns]
    return adults.sort_values(columns, ignore_index=True)


def anonymity_sets(table: pd.DataFrame, quasi_identifiers: Sequence[str]) -> pd.Series:
    """
    Count, for each row, the rows that look the same.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a record.
    quasi_identifiers : sequence of str
        The columns that are compared, one or more; a missing value is a value like others.

    Returns
    -------
    pandas.Series
        Size of each row's group, 1 or more, itself included; indexed as the table is.

    Raises
    ------
    TypeError
        If ``table`` is no DataFrame.
    ValueError
        If it is empty, a column is missing, or no column is given.
    """
    names = _some(quasi_identifiers)
    table = given.table("table", table, names)
    sizes = table.groupby(names, sort=False, dropna=False)[names[0]].transform("size")
    return sizes.rename("look_the_same").astype(np.int64)


def k_anonymity(table: pd.DataFrame, quasi_identifiers: Sequence[str]) -> int:
    """
    Find the largest k for which a table is k-anonymous: the size of its smallest group.

    Parameters
    ----------
    table, quasi_identifiers
        As for `anonymity_sets`.

    Returns
    -------
    int
        1 or more. 1 says that somebody's row looks like no other.

    Raises
    ------
    TypeError, ValueError
        As for `anonymity_sets`.
    """
    return int(anonymity_sets(table, quasi_identifiers).min())


def l_diversity(table: pd.DataFrame, quasi_identifiers: Sequence[str], sensitive: str) -> int:
    """
    Find the largest l for which a table is distinct-l-diverse: the fewest different secrets in one of its groups.

    Parameters
    ----------
    table, quasi_identifiers
        As for `anonymity_sets`.
    sensitive : str
        The column that holds the secret.

    Returns
    -------
    int
        From 1 to the table's k. 1 says that a group shares one secret, so that whoever is known to be in it has none.

    Raises
    ------
    TypeError, ValueError
        As for `anonymity_sets`.
    """
    names = _some(quasi_identifiers)
    table = given.table("table", table, (*names, sensitive))
    return int(table.groupby(names, sort=False, dropna=False)[sensitive].nunique(dropna=False).min())


def generalised(
    table: pd.DataFrame, regions: pd.Series, *, birth: str = "date", place: str = "district"
) -> pd.DataFrame:
    """
    Give birth dates and homes less exactly.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns ``birth_date`` (a date) and ``district``, and any others, which stay as they are.
    regions : pandas.Series
        The region of each district, indexed by district.
    birth : {"date", "month", "year", "decade", "nothing"}
        How exactly the birth date is given.
    place : {"district", "region", "nothing"}
        How exactly the home is given.

    Returns
    -------
    pandas.DataFrame
        The table with both columns as text: "1986-04-12", "1986-04", "1986", "1980s" or "*"; a district, a region or "*".

    Raises
    ------
    TypeError
        If the arguments are no DataFrame and no Series.
    ValueError
        If a level is none of those, a column is missing, the table is empty, or a district has no region.
    """
    table = given.table("table", table, ("birth_date", "district"))
    regions = given.series("regions", regions)
    for argument, level, allowed in (("birth", birth, BIRTH_LEVELS), ("place", place, PLACE_LEVELS)):
        if level not in allowed:
            raise ValueError(f"{argument} is {level!r}: allowed are {', '.join(map(repr, allowed))}")
    unknown = ~table["district"].isin(regions.index)
    if unknown.any():
        raise ValueError(f"regions has none for district {table.loc[unknown, 'district'].iloc[0]!r}")
    day = table["birth_date"].dt.strftime("%Y-%m-%d")
    births = {"date": day, "month": day.str[:7], "year": day.str[:4], "decade": day.str[:3] + "0s"}
    places = {"district": table["district"], "region": table["district"].map(regions)}
    nothing = pd.Series(HIDDEN, index=table.index)
    return table.assign(birth_date=births.get(birth, nothing), district=places.get(place, nothing))


def named(
    extract: pd.DataFrame, roll: pd.DataFrame, quasi_identifiers: Sequence[str] = QUASI_IDENTIFIERS
) -> pd.DataFrame:
    """
    Put names back: the records that fit exactly one person on a public list.

    Parameters
    ----------
    extract : pandas.DataFrame
        Records without names; not empty.
    roll : pandas.DataFrame
        Columns ``surname`` and ``given_name``, one row a person; not empty.
    quasi_identifiers : sequence of str
        Columns of both, in the same form; none missing.

    Returns
    -------
    pandas.DataFrame
        Those records with ``surname`` and ``given_name``, in the order and with the index of the extract.

    Raises
    ------
    TypeError
        If one is no DataFrame.
    ValueError
        If a column is missing, a table is empty, or no column is given.

    Notes
    -----
    A name is wrong where the patient is not on the list and somebody else there fits.
    """
    names = _some(quasi_identifiers)
    extract = given.table("extract", extract, names)
    roll = given.table("roll", roll, (*names, "surname", "given_name"))
    alone = roll[anonymity_sets(roll, names) == 1]
    numbered = extract.assign(_row=np.arange(len(extract)))
    found = numbered.merge(alone[[*names, "surname", "given_name"]], on=names).sort_values("_row")
    found.index = extract.index[found["_row"]]
    return found.drop(columns="_row")


def expected_unique(people: ArrayLike, cells: ArrayLike) -> float | NDArray[np.float64]:
    """
    Compute the share of people who are alone in their cell, when everybody falls into one of the cells at random.

    Parameters
    ----------
    people : array_like
        How many there are; 1 or more.
    cells : array_like
        How many combinations of values there are, all equally likely; 1 or more.

    Returns
    -------
    float or numpy.ndarray
        ``(1 - 1 / cells) ** (people - 1)``, from 0 to 1, in the shape that the two broadcast to.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one is below 1 or not finite.

    Notes
    -----
    Nearly ``exp(-people / cells)``, the Poisson chance of no other. Cook (2018, ledger F4-003) checks Sweeney's 87 percent with it. Real
    people are spread unevenly over the cells, which makes fewer of them unique.

    Examples
    --------
    >>> round(expected_unique(9_330, 56_940), 3)
    0.849
    """
    count = given.numbers("people", people, given.Range(1, below=True))
    number = given.numbers("cells", cells, given.Range(1, below=True))
    return given.plain((1 - 1 / number) ** (count - 1))


def _some(quasi_identifiers: Sequence[str]) -> list[str]:
    names = [quasi_identifiers] if isinstance(quasi_identifiers, str) else list(quasi_identifiers)
    if not names:
        raise ValueError("quasi_identifiers is empty: name at least one column")
    return names
