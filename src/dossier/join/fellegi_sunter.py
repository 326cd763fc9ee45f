"""Weighing agreement: Fellegi and Sunter's model of when two records are about one person.

Lesson 06 asks whether a dossier can be built without the number. Of each field two probabilities matter: *m*, how often it agrees
in pairs that are about one person, and *u*, how often in pairs that are not. Agreement is then evidence of ``log2(m / u)`` bits,
disagreement of ``log2((1 - m) / (1 - u))``, and the bits of all fields add up, if within each of the two kinds of pairs the fields
agree independently of each other (Fellegi and Sunter 1969, Journal of the American Statistical Association 64). No
truth is needed to learn m: *expectation-maximisation* (Dempster, Laird and Rubin 1977, Journal of the Royal Statistical Society B
39; for linkage Winkler 1988 and Jaro 1989) finds it from counted patterns of agreement.

m, u and bits are kept as a Series with two index levels, ``field`` and ``level``; within a field the levels stand in rising order,
from "different" to "exact". A pair's level is the number of that row; -1, missing, has no row and no weight.

What the model leaves out: people of one household share surname *and* address, so these do not agree independently, and EM on
pairs of one surname may find "same household" where "same person" was meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from .. import _arguments as given
from .comparing import Field, checked_fields, checked_pairs, common_codes

Numbers = float | NDArray[np.float64]
Shares = pd.Series  # of float, index (field, level)


class Estimate(NamedTuple):
    """What expectation-maximisation found.

    Attributes
    ----------
    m, u : pandas.Series
        By field and level.
    share : float
        Share of the pairs that are about one person.
    log_likelihood : float
        Of the patterns counted, in natural logarithms.
    history : pandas.DataFrame
        A row for each step, 0 the start: ``share``, ``log_likelihood`` (of the values in that row), then "m FIELD LEVEL" and
        "u FIELD LEVEL".
    """

    m: Shares
    u: Shares
    share: float
    log_likelihood: float
    history: pd.DataFrame


def match_weight(m: ArrayLike, u: ArrayLike) -> tuple[Numbers, Numbers]:
    """Give the evidence in a field that can agree or not.

    Parameters
    ----------
    m, u : array_like
        Probability that the field agrees if the two records are about one person, and if they are not; 0 to 1.

    Returns
    -------
    agreement, disagreement : float or numpy.ndarray
        Bits, in the shape that the two broadcast to; infinite where only one kind of pair can do so, and not-a-number where none can.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Notes
    -----
    ``log2(m / u)`` and ``log2((1 - m) / (1 - u))``.

    Examples
    --------
    >>> agreement, disagreement = match_weight(m=0.9, u=0.01)
    >>> print(f"{agreement:.4f} {disagreement:.4f}")
    6.4919 -3.3074
    """
    of_matches, of_others = given.numbers("m", m, given.SHARE), given.numbers("u", u, given.SHARE)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (
            given.plain(np.log2(of_matches) - np.log2(of_others)),
            given.plain(np.log2(1 - of_matches) - np.log2(1 - of_others)),
        )


def level_weights(m: Shares, u: Shares) -> Shares:
    """Give the evidence in each level of each field.

    Parameters
    ----------
    m, u : pandas.Series
        By field and level, as `level_shares` gives them.

    Returns
    -------
    pandas.Series
        ``log2(m / u)``, bits. 0 for a level that neither kind of pair ever shows, of which nothing is known.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.
    """
    of_matches, of_others = _shares("m", m), _shares("u", u)
    _same_levels(of_matches, of_others)
    with np.errstate(divide="ignore", invalid="ignore"):
        bits = np.log2(of_matches.to_numpy()) - np.log2(of_others.to_numpy())
    return pd.Series(np.where(np.isnan(bits), 0.0, bits), index=of_matches.index, name="bits")


def level_shares(levels: pd.DataFrame, fields: Sequence[Field], pseudo_count: float = 0.0) -> Shares:
    """Count how often each level occurs: on pairs about one person that is m, on random pairs u.

    Parameters
    ----------
    levels : pandas.DataFrame of int
        As `dossier.join.comparing.comparison_levels` gives them. Missing values are not counted.
    fields : sequence of Field
        The fields to count.
    pseudo_count : float
        Added to each level's count, 0 or more: with one half no level seen in no pair is taken to be impossible (Krichevsky and
        Trofimov 1981).

    Returns
    -------
    pandas.Series
        By field and level; each field's sum to 1.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above, or a field is missing in every pair and there is no pseudo-count.
    """
    fields = checked_fields(fields)
    table = given.table("levels", levels, [field.column for field in fields], empty=True)
    extra = given.number("pseudo_count", pseudo_count, given.AMOUNT)
    found = {}
    for field in fields:
        counts = _counts(f"levels[{field.column!r}]", table[field.column], len(field.levels)) + extra
        if not counts.sum():
            raise ValueError(
                f"levels has no pair in which {field.column!r} is known: give more pairs, or a pseudo_count"
            )
        found[field] = counts / counts.sum()
    return _stacked(found)


def starting_m(fields: Sequence[Field], exact: float = 0.9) -> Shares:
    """Give a first guess of m, from which expectation-maximisation sets out.

    Parameters
    ----------
    fields : sequence of Field
    exact : float
        How often each field of one person is exactly equal, above 0 and below 1.

    Returns
    -------
    pandas.Series
        By field and level; of the rest, each level has half as much as the one above it, and the lowest what is left.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.
    """
    top = given.number("exact", exact, given.Range(0, 1, above=True, below=True))
    found = {}
    for field in checked_fields(fields):
        between = (1 - top) * 0.5 ** np.arange(1, len(field.levels) - 1)
        found[field] = np.array([top, *between, 1 - top - between.sum()])[::-1]
    return _stacked(found)


def prior_bits(share: ArrayLike) -> Numbers:
    """Give the odds before any field is looked at, in bits.

    Parameters
    ----------
    share : array_like
        Share of pairs that are about one person, 0 to 1.

    Returns
    -------
    float or numpy.ndarray
        ``log2(share / (1 - share))``.

    Raises
    ------
    TypeError, ValueError
        If it is no share.

    Examples
    --------
    >>> prior_bits(0.5)
    0.0
    """
    known = given.numbers("share", share, given.SHARE)
    with np.errstate(divide="ignore"):
        return given.plain(np.log2(known) - np.log2(1 - known))


def posterior(bits: ArrayLike) -> Numbers:
    """Turn bits, prior and evidence added up, into the probability that a pair is about one person.

    Parameters
    ----------
    bits : array_like
        log2 of the odds; may be infinite.

    Returns
    -------
    float or numpy.ndarray
        ``2**bits / (1 + 2**bits)``.

    Raises
    ------
    TypeError, ValueError
        If it holds anything but numbers.

    Examples
    --------
    >>> posterior(0)
    0.5
    """
    return given.plain(expit(given.numbers("bits", bits, given.Range()) * np.log(2)))


def evidence(levels: pd.DataFrame, bits: Shares) -> pd.DataFrame:
    """Give the bits that each field of each pair contributes.

    Parameters
    ----------
    levels : pandas.DataFrame of int
        A row for each pair, a column for each field; -1 where missing.
    bits : pandas.Series
        By field and level, as `level_weights` gives them; fields that ``levels`` lacks are left out.

    Returns
    -------
    pandas.DataFrame of float
        Rows as in ``levels``, columns as in ``bits``. Missing values give 0.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.
    """
    weights = _indexed("bits", bits)
    given.numbers("bits", weights.to_numpy(), given.Range())
    table = given.table("levels", levels, empty=True)
    fields = [field for field in _fields_of(weights) if field in table.columns]
    if not fields:
        raise ValueError(
            f"bits is of {', '.join(_fields_of(weights))}: none of these is a column of levels, which has "
            f"{', '.join(map(str, table.columns))}"
        )
    return pd.DataFrame(
        {field: _looked_up(table[field], weights[field].to_numpy(np.float64)) for field in fields},
        index=table.index,
    )


def term_frequencies(left: pd.Series, right: pd.Series) -> pd.Series:
    """Give how common each value of a field is, both registers taken together.

    Parameters
    ----------
    left, right : pandas.Series
        The two columns.

    Returns
    -------
    pandas.Series of float
        Share of the records that have a value, by value as text, the commonest first.

    Raises
    ------
    TypeError, ValueError
        If one is no Series, or no value is known.
    """
    codes, texts = _values(left, right)
    counts = np.bincount(codes[codes >= 0], minlength=len(texts))
    found = pd.Series(counts / counts.sum(), index=pd.Index(texts, name="value"), name="frequency")
    return found.sort_values(ascending=False, kind="stable")


def equal_by_chance(left: pd.Series, right: pd.Series) -> float:
    """Give the share of all pairs of two registers that agree exactly on a field: its u, counted over every pair and not a sample.

    Parameters
    ----------
    left, right : pandas.Series
        The two columns.

    Returns
    -------
    float
        From 0 to 1; pairs with a missing value are not counted.

    Raises
    ------
    TypeError, ValueError
        If one is no Series, or knows no value.

    Notes
    -----
    ``sum over values v of f(v) * g(v)``, f and g being the values' shares in the two registers. True pairs are among those counted:
    of registers of n that share everybody one in n, so a field that is unique to a person gets m / n and not 0. That understates
    what agreement on it is worth, and never overstates it.

    Examples
    --------
    >>> equal_by_chance(pd.Series(["Tan", "Tan", "Mol", "Lun"]), pd.Series(["Tan", "Mol"]))
    0.375
    """
    codes, texts = _values(left, right)
    shares: list[NDArray[np.float64]] = []
    for side in (codes[: len(left)], codes[len(left) :]):
        counts = np.bincount(side[side >= 0], minlength=len(texts))
        if not counts.sum():
            raise ValueError(f"{'right' if shares else 'left'} is missing everywhere: nothing can agree")
        shares.append(counts / counts.sum())
    return float(shares[0] @ shares[1])


def term_frequency_bits(frequency: ArrayLike, u: ArrayLike) -> Numbers:
    """Give what agreement on one value says beyond agreement on any.

    Parameters
    ----------
    frequency : array_like
        Share of records with that value, above 0 and at most 1.
    u : array_like
        How often two records about different people have equal values, above 0 and at most 1.

    Returns
    -------
    float or numpy.ndarray
        ``log2(u / frequency)``, bits to add to the field's weight: above 0 for a rare value, below it for a common one.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Notes
    -----
    Two records about different people both have a value of frequency f with probability f**2; two about one person, if errors
    strike all values alike, with probability m * f. So the weight of agreement on it is ``log2(m * f / f**2)``: its u is f
    (Winkler 1989, "Frequency-Based Matching in Fellegi-Sunter Model of Record Linkage").

    Examples
    --------
    >>> term_frequency_bits(frequency=0.001, u=0.008)
    3.0
    """
    allowed = given.Range(0, 1, above=True)
    common, by_chance = given.numbers("frequency", frequency, allowed), given.numbers("u", u, allowed)
    return given.plain(np.log2(by_chance) - np.log2(common))


def term_frequency_adjustment(
    left: pd.DataFrame,
    right: pd.DataFrame,
    pairs: pd.DataFrame,
    levels: pd.DataFrame,
    field: Field,
    u: Shares,
) -> pd.Series:
    """Give the bits to add to each pair that agrees exactly on a field, for how rare the value is.

    Parameters
    ----------
    left, right : pandas.DataFrame
        The two registers.
    pairs, levels : pandas.DataFrame
        Pairs and their levels, row by row.
    field : Field
    u : pandas.Series
        By field and level.

    Returns
    -------
    pandas.Series
        `term_frequency_bits` where the values are exactly equal, 0 elsewhere; index as ``pairs``.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.
    """
    (field,) = checked_fields([field])
    column = field.column
    given.table("left", left, [column])
    given.table("right", right, [column])
    in_left, _ = checked_pairs("pairs", pairs, len(left), len(right))
    table = given.table("levels", levels, [column], empty=True)
    if len(table) != len(in_left):
        raise ValueError(
            f"levels has {len(table)} rows and pairs has {len(in_left)}: give a row for each pair"
        )
    by_chance = _shares("u", u)
    if column not in _fields_of(by_chance):
        raise ValueError(f"u knows nothing of {column!r}; it has {', '.join(_fields_of(by_chance))}")
    top = len(by_chance[column]) - 1
    codes, texts = _values(left[column], right[column])
    counts = np.bincount(codes[codes >= 0], minlength=len(texts))
    frequency = (counts / counts.sum())[codes[: len(left)][in_left]]
    exact = table[column].to_numpy() == top
    bits = np.zeros(len(in_left))
    bits[exact] = term_frequency_bits(frequency[exact], float(by_chance[column].iloc[top]))
    return pd.Series(bits, index=pairs.index, name=f"{column} frequency")


def expectation(patterns: pd.DataFrame, m: Shares, u: Shares, share: float) -> NDArray[np.float64]:
    """Tell how probable it is that a pair of each pattern is about one person: the first half of a step.

    Parameters
    ----------
    patterns : pandas.DataFrame
        Patterns of levels and, in the column ``pairs``, how many pairs have each; as `dossier.join.comparing.patterns` gives them.
    m, u : pandas.Series
        By field and level: at least the fields of ``patterns``.
    share : float
        Share of the pairs that are about one person, 0 to 1.

    Returns
    -------
    numpy.ndarray
        A probability for each pattern.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above, or a pattern occurs that m and u both call impossible.
    """
    table, _, _, of_matches, of_others = _problem(patterns, m, u)
    return _expectation(table, of_matches, of_others, given.number("share", share, given.SHARE))[0]


def maximisation(
    patterns: pd.DataFrame, probability: ArrayLike, m: Shares, u: Shares, learn_u: bool = True
) -> tuple[Shares, Shares, float]:
    """Count anew, each pattern as far as it is probable: the second half of a step.

    Parameters
    ----------
    patterns : pandas.DataFrame
        As for `expectation`.
    probability : array_like
        Of each pattern, that it is about one person; 0 to 1.
    m, u : pandas.Series
        By field and level, as before: kept where nothing can be counted.
    learn_u : bool
        Whether u is counted anew too, or kept.

    Returns
    -------
    m, u : pandas.Series
        By field and level.
    share : float
        Share of the pairs that are about one person.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.
    """
    table, counts, fields, of_matches, of_others = _problem(patterns, m, u)
    probable = given.numbers("probability", probability, given.SHARE)
    if probable.shape != counts.shape:
        raise ValueError(
            f"probability has shape {probable.shape}: give one number for each of {len(counts)} patterns"
        )
    new_m, new_u, share = _maximisation(table, counts, probable, of_matches, of_others, learn_u)
    return _put_back(new_m, m, fields), _put_back(new_u, u, fields), share


def expectation_maximisation(
    patterns: pd.DataFrame,
    m: Shares,
    u: Shares,
    share: float,
    learn_u: bool = False,
    most_steps: int = 500,
    tolerance: float = 1e-6,
) -> Estimate:
    """Learn m, and the share of matches, from pairs of which nobody says whether they match.

    Parameters
    ----------
    patterns : pandas.DataFrame
        Patterns of levels and, in the column ``pairs``, how many pairs have each; as `dossier.join.comparing.patterns` gives them.
    m, u : pandas.Series
        By field and level, to set out from (`starting_m`) and, u, from random pairs. Only the fields of ``patterns`` are learnt,
        the others are left out.
    share : float
        Share of matches to set out from, above 0 and below 1.
    learn_u : bool
        Whether u is learnt as well. Leave it where random pairs gave it: the fewer numbers are free, the less
        can another kind of pair (the same household) pass for a match. Learn it where agreement by chance is commoner among these pairs than
        among random ones.
    most_steps : int
        1 or more.
    tolerance : float
        Above 0: done when no number moves by more in a step.

    Returns
    -------
    Estimate

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Notes
    -----
    Each step raises the likelihood of the patterns, or leaves it; it may end at a summit that is not the highest.
    Works on patterns, not on pairs: a million pairs with five fields have at most a few hundred patterns.
    """
    table, counts, fields, now_m, now_u = _problem(patterns, m, u)
    now = given.number("share", share, given.Range(0, 1, above=True, below=True))
    given.whole_number("most_steps", most_steps, 1)
    given.number("tolerance", tolerance, given.POSITIVE)
    index = _index(m, fields)
    rows = []
    for step in range(most_steps + 1):
        probable, likelihood = _expectation(table, now_m, now_u, now)
        log_likelihood = float(counts @ likelihood)
        rows.append([now, log_likelihood, *np.concatenate(now_m), *np.concatenate(now_u)])
        moved = np.inf if step == 0 else float(np.abs(np.delete(np.subtract(rows[-1], rows[-2]), 1)).max())
        if moved < tolerance or step == most_steps:
            break
        now_m, now_u, now = _maximisation(table, counts, probable, now_m, now_u, learn_u)
    names = [f"{which} {field} {level}" for which in "mu" for field, level in index]
    history = pd.DataFrame(rows, columns=["share", "log_likelihood", *names]).rename_axis("step")
    return Estimate(
        pd.Series(np.concatenate(now_m), index=index, name="m"),
        pd.Series(np.concatenate(now_u), index=index, name="u"),
        now,
        log_likelihood,
        history,
    )


Table = list[NDArray[np.int64]]
Lists = list[NDArray[np.float64]]


def _expectation(
    table: Table, m: Lists, u: Lists, share: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Probability of each pattern to be a match, and logarithm of its probability to occur."""
    with np.errstate(divide="ignore"):
        match, other = np.log(share), np.log1p(-share)
        for levels, of_matches, of_others in zip(table, m, u, strict=True):
            # Level -1, missing, reads the 0 at the end: it says nothing.
            match = match + np.append(np.log(of_matches), 0)[levels]
            other = other + np.append(np.log(of_others), 0)[levels]
    likelihood = np.logaddexp(match, other)
    if np.isneginf(likelihood).any():
        pattern = int(np.flatnonzero(np.isneginf(likelihood))[0])
        raise ValueError(
            f"patterns has in row {pattern} levels that m and u both give the probability 0: give them small ones, "
            "as level_shares does with a pseudo_count"
        )
    return np.exp(match - likelihood), likelihood


def _maximisation(
    table: Table,
    counts: NDArray[np.float64],
    probable: NDArray[np.float64],
    m: Lists,
    u: Lists,
    learn_u: bool,
) -> tuple[Lists, Lists, float]:
    def counted(weights: NDArray[np.float64], before: Lists) -> Lists:
        after = []
        for levels, old in zip(table, before, strict=True):
            known = levels >= 0
            found = np.bincount(levels[known], weights=weights[known], minlength=len(old))
            after.append(found / found.sum() if found.sum() > 0 else old)
        return after

    share = float(np.clip(counts @ probable / counts.sum(), 0, 1))
    return counted(counts * probable, m), counted(counts * (1 - probable), u) if learn_u else u, share


def _problem(patterns: Any, m: Any, u: Any) -> tuple[Table, NDArray[np.float64], list[str], Lists, Lists]:
    """Levels, counts and fields of the patterns, and of each field m and u."""
    table = given.table("patterns", patterns, ["pairs"])
    fields = [column for column in table.columns if column != "pairs"]
    if not fields:
        raise ValueError("patterns has no column but 'pairs': give the levels of at least one field")
    counts = given.numbers("patterns['pairs']", table["pairs"].to_numpy(), given.AMOUNT)
    if not counts.sum():
        raise ValueError("patterns['pairs'] is 0 everywhere: give at least one pair")
    of_matches, of_others = _shares("m", m), _shares("u", u)
    for argument, shares in (("m", of_matches), ("u", of_others)):
        for field in fields:
            if field not in _fields_of(shares):
                raise ValueError(
                    f"{argument} knows nothing of {field!r}; it has {', '.join(_fields_of(shares))}"
                )
    _same_levels(*(shares.loc[fields] for shares in (of_matches, of_others)))
    both = [[shares[field].to_numpy(np.float64) for field in fields] for shares in (of_matches, of_others)]
    levels = [
        _within(f"patterns[{field!r}]", table[field], len(row))
        for field, row in zip(fields, both[0], strict=True)
    ]
    return levels, counts, fields, both[0], both[1]


def _within(argument: str, levels: pd.Series, steps: int) -> NDArray[np.int64]:
    if levels.dtype.kind not in "iu":
        raise TypeError(f"{argument} is of type {levels.dtype}: give levels, whole numbers from -1")
    found = levels.to_numpy(np.int64)
    if len(found) and not -1 <= found.min() <= found.max() < steps:
        wrong = found.min() if found.min() < -1 else found.max()
        raise ValueError(f"{argument} holds {wrong}: allowed is a level, -1 to {steps - 1}")
    return found


def _counts(argument: str, levels: pd.Series, steps: int) -> NDArray[np.int64]:
    found = _within(argument, levels, steps)
    return np.bincount(found[found >= 0], minlength=steps)


def _looked_up(levels: pd.Series, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.append(weights, 0.0)[_within(f"levels[{levels.name!r}]", levels, len(weights))]


def _values(left: Any, right: Any) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
    left_codes, right_codes, texts = common_codes(left, right)
    if not len(texts):
        raise ValueError("left and right have no value at all: nothing is common or rare")
    return np.concatenate([left_codes, right_codes]), texts


def _stacked(found: dict[Field, NDArray[np.float64]]) -> Shares:
    index = pd.MultiIndex.from_tuples(
        [(field.column, level) for field in found for level in field.levels], names=["field", "level"]
    )
    return pd.Series(np.concatenate(list(found.values())), index=index, name="share")


def _indexed(argument: str, value: Any) -> pd.Series:
    found = given.series(argument, value)
    if found.index.nlevels != 2:
        raise ValueError(
            f"{argument} has {found.index.nlevels} index level(s): give a Series by field and level"
        )
    given.once(argument, found.index)
    return found


def _shares(argument: str, value: Any) -> pd.Series:
    found = _indexed(argument, value)
    given.numbers(argument, found.to_numpy(), given.SHARE)
    for field in _fields_of(found):
        total = float(found[field].sum())
        if abs(total - 1) > 1e-6:
            raise ValueError(f"{argument} of {field!r} adds up to {total:g}: allowed is 1")
    return found.astype(np.float64)


def _same_levels(m: pd.Series, u: pd.Series) -> None:
    if not m.index.equals(u.index):
        raise ValueError(
            f"m is of {', '.join(_fields_of(m))} and u of {', '.join(_fields_of(u))}: give both of the same fields and levels"
        )


def _fields_of(shares: pd.Series) -> list[str]:
    return [str(field) for field in shares.index.get_level_values(0).unique()]


def _index(shares: pd.Series, fields: Iterable[str]) -> pd.MultiIndex:
    pairs = [(field, level) for field in fields for level in shares[field].index]
    return pd.MultiIndex.from_tuples(pairs, names=["field", "level"])


def _put_back(found: Lists, before: pd.Series, fields: Sequence[str]) -> pd.Series:
    return pd.Series(np.concatenate(found), index=_index(before, fields), name=before.name)
