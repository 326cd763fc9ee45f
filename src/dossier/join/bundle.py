"""What a set of registries is worth to somebody who asks questions, and what leaving one out takes away.

Lesson 05 uses it to ask whether the whole is worth more than its parts. A question is answered by *all* of some registries together
(complements) or by *any* one of them (substitutes); each answered question is worth a price. Such a value is a sum of unanimity games
and of their duals (Shapley 1953, "A value for n-person games"): complements make it superadditive, substitutes subadditive.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dossier import _arguments as given

ALL, ANY = "all", "any"


def answered(questions: pd.DataFrame, known: pd.DataFrame, bought: Iterable[str]) -> pd.DataFrame:
    """
    Tell which questions a set of registries answers, about each person.

    Parameters
    ----------
    questions : pandas.DataFrame
        One row a question, its text as the index: ``needs`` (registries that bear on it, a tuple of text or one text with commas), ``how``
        ("all" where it takes all of them, "any" where one will do) and ``price`` (0 or more).
    known : pandas.DataFrame of bool, shape (people, registries)
        Which registry holds a record of whom.
    bought : iterable of str
        The registries that were bought, columns of ``known``; in any order, none is allowed.

    Returns
    -------
    pandas.DataFrame of bool, shape (people, questions)
        True where the registries needed are bought and know the person.

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If a table is empty or lacks a column, a registry is unknown or named twice, a question needs none, ``how`` is neither "all" nor "any", or
        a price is negative or not finite.

    Examples
    --------
    >>> known = pd.DataFrame({"hotels": [True], "banks": [True]}, index=["a"])
    >>> questions = pd.DataFrame({"needs": ["hotels, banks"], "how": ["all"], "price": [100]}, index=["Who pays?"])
    >>> [answered(questions, known, bought).iloc[0, 0].item() for bought in (["hotels"], ["hotels", "banks"])]
    [False, True]
    """
    needs, every, _ = _questions(questions, known)
    return pd.DataFrame(
        _answered(needs, every, _known(known) & _bought(known, bought)),
        index=known.index,
        columns=questions.index,
    )


def value(questions: pd.DataFrame, known: pd.DataFrame, bought: Iterable[str]) -> pd.Series:
    """
    Give what a set of registries is worth, about each person.

    Parameters
    ----------
    questions, known, bought
        As for `answered`.

    Returns
    -------
    pandas.Series of float, shape (people,)
        The prices of the questions that it answers, added up.

    Raises
    ------
    TypeError, ValueError
        As for `answered`.
    """
    needs, every, price = _questions(questions, known)
    answers = _answered(needs, every, _known(known) & _bought(known, bought))
    return pd.Series(answers @ price, index=known.index, name="value")


def value_as_bought(questions: pd.DataFrame, known: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """
    Give the value after each further registry.

    Parameters
    ----------
    questions, known
        As for `answered`.
    order : sequence of str
        Registries in the order in which they are bought, each once.

    Returns
    -------
    pandas.DataFrame of float, shape (people, 1 + registries)
        Columns 0, 1, 2, ...: how many registries are bought.

    Raises
    ------
    TypeError, ValueError
        As for `answered`.
    """
    needs, every, price = _questions(questions, known)
    _bought(known, order)
    steps = [
        _answered(needs, every, _known(known) & _bought(known, order[:count])) @ price
        for count in range(len(order) + 1)
    ]
    return pd.DataFrame(np.transpose(steps), index=known.index, columns=range(len(steps)))


def value_alone(questions: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """
    Give what each registry is worth by itself.

    Parameters
    ----------
    questions, known
        As for `answered`.

    Returns
    -------
    pandas.DataFrame of float, shape (people, registries)
        Value of the set that holds only the one.

    Raises
    ------
    TypeError, ValueError
        As for `answered`.
    """
    return pd.DataFrame(
        {name: value(questions, known, [str(name)]) for name in known.columns}, index=known.index
    )


def loss_without(questions: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """
    Give what the full set loses if one registry is left out.

    Parameters
    ----------
    questions, known
        As for `answered`.

    Returns
    -------
    pandas.DataFrame of float, shape (people, registries)
        Value of the full set less that of all the others: the prices of the questions that only fail without this one.

    Raises
    ------
    TypeError, ValueError
        As for `answered`.
    """
    full = value(questions, known, known.columns)
    others = {name: known.columns[known.columns != name] for name in known.columns}
    return pd.DataFrame(
        {name: full - value(questions, known, rest) for name, rest in others.items()}, index=known.index
    )


def _answered(
    needs: NDArray[np.bool_], every: NDArray[np.bool_], available: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    at_hand = available.astype(np.int64) @ needs.T
    return np.asarray(at_hand >= np.where(every, needs.sum(axis=1), 1))


def _known(known: pd.DataFrame) -> NDArray[np.bool_]:
    return known.to_numpy(dtype=bool)


def _bought(known: pd.DataFrame, bought: Iterable[str]) -> NDArray[np.bool_]:
    if isinstance(bought, str):
        raise TypeError(f"bought is {bought!r}: give a list of registries, even for one")
    names = list(bought)
    for name in names:
        if name not in known.columns:
            raise ValueError(
                f"bought holds {name!r}; the registries are {', '.join(map(str, known.columns))}"
            )
    if len(set(names)) < len(names):
        raise ValueError(
            f"bought holds {next(name for name in names if names.count(name) > 1)!r} more than once: give each once"
        )
    return np.asarray(known.columns.isin(names))


def _questions(
    questions: pd.DataFrame, known: pd.DataFrame
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.float64]]:
    """What each question needs (questions, registries), whether it needs them all, and its price."""
    given.table("questions", questions, ("needs", "how", "price"))
    given.table("known", known)
    given.once("the columns of known", known.columns)
    if not all(pd.api.types.is_bool_dtype(kind) for kind in known.dtypes):
        raise TypeError("known holds more than True and False: compare the counts with 0 first")
    rows = []
    for question, needs in questions["needs"].items():
        names = [name.strip() for name in needs.split(",")] if isinstance(needs, str) else list(needs)
        for name in names:
            if name not in known.columns:
                raise ValueError(
                    f"questions needs {name!r} for {question!r}; the registries are {', '.join(map(str, known.columns))}"
                )
        if not names:
            raise ValueError(f"questions needs nothing for {question!r}: name at least one registry")
        rows.append(known.columns.isin(names))
    for how in questions["how"]:
        if how not in (ALL, ANY):
            raise ValueError(f"questions['how'] holds {how!r}: allowed are {ALL!r} and {ANY!r}")
    price = given.numbers("questions['price']", questions["price"], given.AMOUNT)
    return np.array(rows), (questions["how"] == ALL).to_numpy(), price
