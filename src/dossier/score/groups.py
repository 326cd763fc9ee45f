"""Whom a score hits: the share of each group that falls below a line.

Lessons 02 and 03 break people down by district, renting or owning, age, and how common their surname is.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dossier import _arguments as given

#: Youngest age of each group.
AGE_GROUPS = (("under 18", 0), ("18 to 29", 18), ("30 to 44", 30), ("45 to 64", 45), ("65 and over", 65))
COMMONNESS = {
    2: ("rarest", "commonest"),
    3: ("rarest", "middle", "commonest"),
    4: ("rarest", "rare", "common", "commonest"),
    5: ("rarest", "rare", "middle", "common", "commonest"),
}


def share_by_group(chosen: pd.Series, groups: pd.Series) -> pd.DataFrame:
    """
    Count who was chosen in each group.

    Parameters
    ----------
    chosen : pandas.Series
        True or False for each person, by ID number.
    groups : pandas.Series
        The group of each of them, by ID number; people who are not in ``chosen`` are left out.

    Returns
    -------
    pandas.DataFrame
        Index ``group`` (in the categories' order, or sorted); ``people``, ``chosen`` (int64) and ``share`` (0 to 1; NaN in a category
        without people).

    Raises
    ------
    TypeError
        If ``chosen`` is not true or false, or an argument is no Series.
    ValueError
        If there is nobody, somebody stands twice, or somebody has no group.

    Examples
    --------
    >>> share_by_group(pd.Series([True, False, False]), pd.Series(["owner", "owner", "tenant"]))["share"].tolist()
    [0.5, 0.0]
    """
    for argument, people in (("chosen", chosen), ("groups", groups)):
        given.once(argument, given.series(argument, people).index)
    if chosen.dtype != np.bool_:
        raise TypeError(f"chosen holds {chosen.dtype}: give True or False for each person")
    theirs = groups.reindex(chosen.index)
    if theirs.isna().any():
        raise ValueError(
            f"groups has nothing for {theirs.index[theirs.isna()].tolist()[0]!r}: give everybody a group"
        )
    parted = chosen.groupby(theirs, observed=False)
    found = pd.DataFrame({"people": parted.size(), "chosen": parted.sum()}).astype(np.int64)
    return found.assign(share=found["chosen"] / found["people"]).rename_axis("group")


def surname_commonness(surnames: pd.Series, groups: int = 5) -> pd.Series:
    """
    Sort people by how many others bear their surname, into groups of about equal size.

    Parameters
    ----------
    surnames : pandas.Series
        Surnames by ID number, of everybody among whom they are counted.
    groups : int
        2 to 5.

    Returns
    -------
    pandas.Series
        Ordered categories from "rarest" to "commonest", by ID number. Namesakes are never parted, nor are surnames with equally many
        bearers, so groups differ in size, and one may be empty.

    Raises
    ------
    TypeError
        If ``surnames`` is no Series or ``groups`` no whole number.
    ValueError
        If there is nobody, a surname is missing, or ``groups`` lies outside 2 to 5.

    Examples
    --------
    >>> surname_commonness(pd.Series(["Luzhilm", "Luzhilm", "Luzhilm", "Yoresk"]), groups=2).tolist()
    ['commonest', 'commonest', 'commonest', 'rarest']
    """
    given.series("surnames", surnames)
    if surnames.isna().any():
        raise ValueError(
            f"surnames has nothing for {surnames.index[surnames.isna()].tolist()[0]!r}: give everybody one"
        )
    given.whole_number("groups", groups, min(COMMONNESS), max(COMMONNESS))
    bearers = surnames.map(surnames.value_counts())
    # Everybody stands in a row from the rarest to the commonest; the middle of one's namesakes decides.
    place = (bearers.rank(method="average") - 0.5) / len(bearers)
    code = np.floor(place * groups).astype(int)
    kinds = pd.CategoricalDtype(pd.Index(COMMONNESS[int(groups)]), ordered=True)
    return pd.Series(pd.Categorical.from_codes(code, dtype=kinds), index=surnames.index, name="surname")


def age_group(ages: pd.Series) -> pd.Series:
    """
    Sort people by age.

    Parameters
    ----------
    ages : pandas.Series
        Whole or fractional years, 0 or more, by ID number.

    Returns
    -------
    pandas.Series
        Ordered categories "under 18", "18 to 29", "30 to 44", "45 to 64", "65 and over"; without the first where nobody is so young.

    Raises
    ------
    TypeError
        If ``ages`` is no Series of numbers.
    ValueError
        If there is nobody, or an age is NaN or below 0.

    Examples
    --------
    >>> age_group(pd.Series([29, 30])).tolist()
    ['18 to 29', '30 to 44']
    """
    given.series("ages", ages)
    years = given.numbers("ages", ages, given.Range(0))
    names = pd.Index([name for name, _ in AGE_GROUPS])
    code = np.searchsorted([youngest for _, youngest in AGE_GROUPS], years, side="right") - 1
    sorted_ = pd.Series(
        pd.Categorical.from_codes(code, dtype=pd.CategoricalDtype(names, ordered=True)),
        index=ages.index,
        name="age",
    )
    return sorted_ if (code == 0).any() else sorted_.cat.remove_categories(names[0])
