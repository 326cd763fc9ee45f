"""What else would explain that two records agree: another person of the household, or another record that fits better.

Fellegi and Sunter's sum of bits supposes that fields agree by chance independently of each other. In a household they do not: who
shares the address mostly shares the surname. And it judges each pair alone, though a record is about one person: where a second record
fits much better, the first is not it. Both rivals can be put beside the sum in a line each. Lesson 06 shows why; the linkage of
`dossier.join.linking` uses both.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import _arguments as given

#: Odds beyond 2 to this power are as good as certain, and still a number.
_MOST_BITS = 500.0


def evidence_beside_household(
    personal: ArrayLike, shared: ArrayLike, household_share: ArrayLike
) -> float | NDArray[np.float64]:
    """Give the evidence that two records are about one person, not about two of one household.

    Parameters
    ----------
    personal : array_like
        Bits of the fields in which members of a household differ by chance, like anybody: given name, birth date.
    shared : array_like
        Bits of the fields that a household shares: address, surname.
    household_share : array_like
        Share of the pairs about two people in which the two share a household, 0 or more and less than 1.

    Returns
    -------
    float or numpy.ndarray
        Bits, in the shape that the three broadcast to.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Notes
    -----
    Pairs about two people are of two sorts: strangers, who agree on the shared fields with probability u, and members of one
    household (a share h of them), who do so as one person would, with probability m. So with s the shared and p the
    personal bits the likelihood ratio is ``2**(s + p) / (1 - h + h * 2**s)``. However well the shared fields agree, together they
    are worth no more than ``log2(1 / h)`` bits.

    Examples
    --------
    >>> evidence_beside_household(personal=3, shared=5, household_share=0)
    8.0
    >>> round(evidence_beside_household(personal=3, shared=100, household_share=1 / 1024), 6)
    13.0
    """
    own, common = (
        given.numbers("personal", personal, given.FINITE),
        given.numbers("shared", shared, given.FINITE),
    )
    households = given.numbers("household_share", household_share, given.Range(0, 1, below=True))
    with np.errstate(divide="ignore"):
        by_others = np.logaddexp2(np.log2(1 - households), np.log2(households) + common)
    return given.plain(own + common - by_others)


def weight_among_rivals(
    bits: ArrayLike, record: ArrayLike, found: float, candidates: int
) -> NDArray[np.float64]:
    """Weigh each candidate of a record against the others, and against there being none.

    Parameters
    ----------
    bits : array_like, shape (pairs,)
        Evidence of each pair, without a prior.
    record : array_like of int, shape (pairs,)
        Which record of the second register the pair is about: a number from 0.
    found : float
        Share of the second register's records whose person is in the first, above 0 and below 1.
    candidates : int
        How many records the first register has, 1 or more; before the evidence each is as likely as the others.

    Returns
    -------
    numpy.ndarray, shape (pairs,)
        log2 of the odds that the pair is about one person. At most one pair of a record is above 0.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Notes
    -----
    If each person is in the first register once at most, the candidates of a record exclude each other, and Bayes' rule gives
    candidate i the probability ``w_i / (w_0 + w_1 + ... + w_k)`` with ``w_i = found / candidates * 2**bits_i`` and, for nobody,
    ``w_0 = 1 - found``. Records that were not proposed count as impossible.

    Examples
    --------
    Two candidates who fit equally well, and each far better than nobody, are as likely as each other:

    >>> weight_among_rivals([40, 40], record=[0, 0], found=0.5, candidates=1000).round(6).tolist()
    [-0.0, -0.0]
    """
    evidence = np.atleast_1d(given.numbers("bits", bits, given.Range()))
    of = np.atleast_1d(np.asarray(record))
    if of.dtype.kind not in "iu":
        raise TypeError(f"record is of type {of.dtype}: give whole numbers from 0")
    if of.shape != evidence.shape:
        raise ValueError(
            f"record has shape {of.shape} and bits {evidence.shape}: give one record for each pair"
        )
    if len(of) and of.min() < 0:
        raise ValueError(f"record holds {of.min()}: allowed is a whole number, 0 or more")
    share = given.number("found", found, given.Range(0, 1, above=True, below=True))
    given.whole_number("candidates", candidates, 1)
    weight = share / candidates * np.exp2(np.clip(evidence, -_MOST_BITS, _MOST_BITS))
    by_record = np.lexsort((weight, of))
    last = np.append(of[by_record][1:] != of[by_record][:-1], True) if len(of) else np.zeros(0, bool)
    strongest = np.zeros(len(of), dtype=bool)
    strongest[by_record[last]] = True
    # The strongest is kept out of the sum: taken from it afterwards, it would leave rounding errors and no rivals.
    others = (1 - share) + np.bincount(of, np.where(strongest, 0.0, weight), minlength=1)[of]
    best = np.zeros(of.max(initial=0) + 1)
    best[of[strongest]] = weight[strongest]
    rivals = np.where(strongest, others, np.maximum(others - weight, 1 - share) + best[of])
    return np.asarray(np.log2(weight) - np.log2(rivals), dtype=np.float64)
