"""What others reveal about somebody who reveals nothing.

Lesson 07 guesses people's district, age or income from their friends' or their household's. That one person's data are data about
others is the starting point of Acemoglu, Makhdoumi, Malekian and Ozdaglar (2022, ledger F5-015) and of Bergemann, Bonatti and Gan (2022,
F5-020).
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dossier import _arguments as given


def both_ways(acquaintances: pd.DataFrame) -> pd.DataFrame:
    """
    List each pair twice, so that everybody stands once in front of each person they know.

    Parameters
    ----------
    acquaintances : pandas.DataFrame
        Columns ``id_number`` and ``other_id_number``, each pair once, as Sorrel's; may be empty.

    Returns
    -------
    pandas.DataFrame
        The two columns, two rows a pair, indexed from 0.

    Raises
    ------
    TypeError
        If it is no DataFrame.
    ValueError
        If a column is missing.
    """
    pairs = given.table("acquaintances", acquaintances, ("id_number", "other_id_number"), empty=True)
    pairs = pairs[["id_number", "other_id_number"]]
    turned = pairs.rename(columns={"id_number": "other_id_number", "other_id_number": "id_number"})
    return pd.concat([pairs, turned[pairs.columns]], ignore_index=True)


def guessed_from_others(values: pd.Series, pairs: pd.DataFrame) -> pd.Series:
    """
    Guess each person's value: the commonest among the others whom they are paired with.

    Parameters
    ----------
    values : pandas.Series
        A value for each person, indexed by ID number, each once. People without one can be guessed.
    pairs : pandas.DataFrame
        Columns ``id_number`` and ``other_id_number``: whose others these are, and one of them.

    Returns
    -------
    pandas.Series
        The guess for everybody who has at least one other with a value, indexed by ID number, in that order. Between values that are
        equally common among the others, the one that is commoner among all people is taken, then the one that sorts first.

    Raises
    ------
    TypeError
        If ``values`` is no Series or ``pairs`` no DataFrame.
    ValueError
        If one is empty, a column is missing, or an ID number has two values.
    """
    values = given.series("values", values)
    given.once("values", values.index)
    pairs = given.table("pairs", pairs, ("id_number", "other_id_number"))
    told = pairs.assign(value=pairs["other_id_number"].map(values)).dropna(subset=["value"])
    votes = told.groupby(["id_number", "value"], observed=True).size().rename("votes").reset_index()
    votes["everywhere"] = votes["value"].map(values.value_counts()).astype("int64")
    votes = votes.sort_values(
        ["id_number", "votes", "everywhere", "value"], ascending=[True, False, False, True]
    )
    return votes.drop_duplicates("id_number").set_index("id_number")["value"].rename("guess")


@dataclass(frozen=True)
class Guessed:
    """
    How well guessing from others does.

    Attributes
    ----------
    people : int
        How many are guessed: those with a value who have an other with a value.
    accuracy : float
        Share of them guessed right from their others.
    base_rate : float
        Share of them guessed right by naming, for each, the value that is commonest among them.
    """

    people: int
    accuracy: float
    base_rate: float


def accuracy_from_others(values: pd.Series, pairs: pd.DataFrame) -> Guessed:
    """
    Count how often the commonest value among somebody's others is theirs too, beside the best guess without others.

    Parameters
    ----------
    values, pairs
        As for `guessed_from_others`.

    Returns
    -------
    Guessed

    Raises
    ------
    TypeError, ValueError
        As for `guessed_from_others`, and if nobody can be guessed.
    """
    guess = guessed_from_others(values, pairs)
    both = pd.DataFrame({"guess": guess, "value": values.reindex(guess.index)}).dropna()
    if both.empty:
        raise ValueError(
            "pairs holds nobody who has a value and an other with a value: there is nothing to guess"
        )
    right = both["guess"].astype(object) == both["value"].astype(object)
    commonest = both["value"].value_counts(normalize=True).iloc[0]
    return Guessed(len(both), float(right.mean()), float(commonest))
