"""How wrong links grow with a nation, and how many bits of evidence it asks for.

Lesson 08. A pair of strangers passes for one person with a small probability, the *false match rate*. A person meets everybody else once,
so the wrong links of each grow with the number of people, and those of all with its square. Linkage needs evidence enough to
outweigh that (Fellegi & Sunter 1969; for the growth with file size, Blakely & Salmond 2002, International Journal of Epidemiology 31(6)).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from .._arguments import AMOUNT, POSITIVE, SHARE, Range, numbers, plain, table

_PEOPLE = Range(1, below=True)


def pairs_among(people: ArrayLike) -> float | NDArray[np.float64]:
    """Count the pairs that so many people form: n * (n - 1) / 2.

    Parameters
    ----------
    people : float or array of float
        1 or more.

    Returns
    -------
    float or array of float

    Raises
    ------
    TypeError, ValueError
        If ``people`` is not as above.

    Examples
    --------
    >>> pairs_among(10_000)
    49995000.0
    """
    n = numbers("people", people, _PEOPLE)
    return plain(n * (n - 1) / 2)


def wrong_links_per_person(people: ArrayLike, false_match_rate: ArrayLike) -> float | NDArray[np.float64]:
    """Expect so many strangers to be taken for you: (n - 1) times the false match rate.

    Parameters
    ----------
    people : float or array of float
        1 or more.
    false_match_rate : float or array of float
        Probability that two different people pass for one, 0 to 1.

    Returns
    -------
    float or array of float
        Mean number for one person. Where names are unequally common, some have many more.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Examples
    --------
    >>> wrong_links_per_person(1_000_001, 2**-20)
    0.95367431640625
    """
    n, rate = numbers("people", people, _PEOPLE), numbers("false_match_rate", false_match_rate, SHARE)
    return plain((n - 1) * rate)


def bits_to_tell_apart(people: ArrayLike, wrong_per_person: ArrayLike = 1.0) -> float | NDArray[np.float64]:
    """Say how rare agreement by chance must be: log2((n - 1) / wrong links allowed for each person).

    Each doubling of the people asks for one bit more; allowing half as many wrong links asks for one more too.

    Parameters
    ----------
    people : float or array of float
        2 or more.
    wrong_per_person : float or array of float
        Above 0. With 1, it is nearly log2(n), the bits that single out one of n.

    Returns
    -------
    float or array of float
        Bits; the false match rate must then be 2 ** -bits. Below 0 where any rate will do.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Examples
    --------
    >>> round(bits_to_tell_apart(1.4e9), 3)
    30.383
    """
    n = numbers("people", people, Range(2, below=True))
    return plain(np.log2((n - 1) / numbers("wrong_per_person", wrong_per_person, POSITIVE)))


def share_of_pairs_alike(people: pd.DataFrame, key: Sequence[str]) -> float:
    """Measure the false match rate of an exact key: the share of pairs of different people who agree on all of it.

    Parameters
    ----------
    people : pandas.DataFrame
        A row for each person, two at least; a missing value agrees with nothing.
    key : sequence of str
        Columns.

    Returns
    -------
    float
        0 to 1; minus its logarithm to base 2 is the key's collision entropy in bits (Rényi 1961).

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Examples
    --------
    >>> share_of_pairs_alike(pd.DataFrame({"surname": ["Aske", "Aske", "Brin"]}), ["surname"])
    0.3333333333333333
    """
    if isinstance(key, str) or not len(key):
        raise ValueError(f"key is {key!r}: give a list of columns, as in ['surname', 'birth_date']")
    people = table("people", people, key)
    if len(people) < 2:
        raise ValueError("people has 1 row: a pair needs two")
    alike = people.groupby(list(key), observed=True, dropna=True).size().to_numpy(np.float64)
    return float((alike * (alike - 1)).sum() / (len(people) * (len(people) - 1)))


def wrongly_punished(links_per_person: ArrayLike, share_punished: ArrayLike) -> float | NDArray[np.float64]:
    """Expect this share of everybody to be innocent, and punished for a stranger who was linked to them.

    Strangers arrive by chance (Poisson, with the given mean), each is one of the punished with the share that these have, and one is
    enough. So it is (1 - s) * (1 - exp(-links * s)).

    Parameters
    ----------
    links_per_person : float or array of float
        Wrong links for one person, 0 or more.
    share_punished : float or array of float
        Share of people who are rightly punished, 0 to 1.

    Returns
    -------
    float or array of float
        Share of everybody, never above 1 - s.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Notes
    -----
    It takes everybody's wrong links to be equally many. Common names bring more of them to fewer people, of whom each is punished once,
    so that it is a little too high. Rewards of strangers, which might lift somebody above the line, are left out.

    Examples
    --------
    >>> round(wrongly_punished(1, 0.02), 6)
    0.019405
    """
    links = numbers("links_per_person", links_per_person, AMOUNT)
    share = numbers("share_punished", share_punished, SHARE)
    return plain((1 - share) * -np.expm1(-links * share))
