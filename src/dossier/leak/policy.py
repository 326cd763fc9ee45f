"""What a budget prevents: each policy alone, and the best way of dividing the money between them.

Lesson 12 uses it to ask where the next leaf of a budget for protection goes. A policy is bought in steps, at a cost a step that the learner assumes;
what the steps do is read off `dossier.leak.market.rest`. The best mix is found by trying every division of the budget in equal parts: no cleverness,
so none that could go wrong, and since all of it for one policy is a division too, the best mix is never worse than the best policy alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from dossier import _arguments as given
from dossier.leak.market import Market, rest

#: What one step is: so much more of an argument of `dossier.leak.market.rest`, from where it stands without a policy.
STEPS = {"audits": 1.0, "pay": 0.01, "access": 0.01, "honesty": 0.01, "canaries": 0.00001}
BEFORE = {"audits": 1.0, "pay": 0.0, "access": 0.0, "honesty": 1.0, "canaries": 0.0}
#: Steps after which there is nothing left to buy, if the table allows more.
END = {"audits": np.inf, "pay": np.inf, "access": 100.0, "honesty": np.inf, "canaries": 100_000.0}


@dataclass(frozen=True)
class Frontier:
    """What budgets prevent.

    Parameters
    ----------
    policies : tuple of str
        In the order of the columns below.
    budgets : numpy.ndarray
        Shape (B,), leaves a day.
    before : float
        Records sold in a day without a policy.
    alone : numpy.ndarray
        Shape (B, P): records sold in a day if a budget goes to one policy.
    best : numpy.ndarray
        Shape (B,): if it is divided in the best way.
    shares : numpy.ndarray
        Shape (B, P): that way, as shares of the budget.
    """

    policies: tuple[str, ...]
    budgets: NDArray[np.float64]
    before: float
    alone: NDArray[np.float64]
    best: NDArray[np.float64]
    shares: NDArray[np.float64]


@cache
def divisions(policies: int, parts: int) -> NDArray[np.float64]:
    """
    List all ways to divide a whole between policies in equal parts.

    Parameters
    ----------
    policies, parts : int
        1 or more of each.

    Returns
    -------
    numpy.ndarray
        Shape (ways, policies), each row of shares adds up to 1.

    Raises
    ------
    TypeError, ValueError
        If one is no whole number of 1 or more.

    Examples
    --------
    >>> divisions(2, 2).tolist()
    [[0.0, 1.0], [0.5, 0.5], [1.0, 0.0]]
    >>> len(divisions(5, 10))
    1001
    """
    given.whole_number("policies", policies, 1)
    given.whole_number("parts", parts, 1)
    bars = np.array(list(combinations(range(parts + policies - 1), policies - 1)), dtype=int)
    ways = len(bars) if policies > 1 else 1
    edges = np.column_stack([np.full(ways, -1), bars.reshape(ways, -1), np.full(ways, parts + policies - 1)])
    found = (np.diff(edges, axis=1) - 1) / parts
    found.setflags(write=False)
    return found


def settings(policies: pd.DataFrame, spending: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """
    Turn money into what `dossier.leak.market.rest` takes.

    Parameters
    ----------
    policies : pandas.DataFrame
        Indexed by names of `STEPS`; ``cost`` of a step in leaves a day, above 0, and ``at_most`` so many steps, 0 or more.
    spending : numpy.ndarray
        Leaves a day; its last axis has one entry a policy.

    Returns
    -------
    dict of str to numpy.ndarray
        One array a policy of the table, in the shape of the other axes.

    Raises
    ------
    TypeError
        If it is no table, or holds anything but numbers.
    ValueError
        If it is empty, names an unknown policy or one twice, lacks a column, or a number lies outside its range.

    Examples
    --------
    >>> table = pd.DataFrame({"cost": [2_000], "at_most": [5]}, index=["audits"])
    >>> settings(table, np.array([6_000.0]))["audits"]
    array(4.)
    """
    table = given.table("policies", policies, ["cost", "at_most"])
    for name in given.once("policies", table.index):
        if name not in STEPS:
            raise ValueError(f"policies holds {name!r}: allowed are {', '.join(STEPS)}")
    cost = given.numbers("cost", table["cost"].to_numpy(), given.POSITIVE)
    most = given.numbers("at_most", table["at_most"].to_numpy(), given.AMOUNT)
    spent = given.numbers("spending", spending, given.AMOUNT)
    steps = np.minimum(spent / cost, np.minimum(most, [END[name] for name in table.index]))
    return {
        name: np.asarray(BEFORE[name] + STEPS[name] * steps[..., place])
        for place, name in enumerate(table.index)
    }


def frontier(market: Market, policies: pd.DataFrame, budgets: ArrayLike, parts: int = 10) -> Frontier:
    """
    Find what each budget prevents: all of it for one policy, and divided in the best way.

    Parameters
    ----------
    market : Market
        What it is like without a policy.
    policies : pandas.DataFrame
        As for `settings`.
    budgets : array_like
        Shape (B,), leaves a day, 0 or more.
    parts : int
        Budgets are divided in so many equal parts, 1 or more.

    Returns
    -------
    Frontier
        Sales are those at which the market comes to rest, on average.

    Raises
    ------
    TypeError, ValueError
        As `settings`.

    Examples
    --------
    >>> costs = pd.DataFrame({"cost": [2_000, 300], "at_most": [50, 500]}, index=["audits", "honesty"])
    >>> found = frontier(Market(), costs, [0, 20_000])
    >>> [bool((found.best <= found.alone[:, place]).all()) for place in range(2)]
    [True, True]
    """
    money = np.atleast_1d(given.numbers("budgets", budgets, given.AMOUNT))
    shares = divisions(len(given.table("policies", policies)), parts)
    spending = money[:, None, None] * shares
    sales = np.asarray(rest(market, **settings(policies, spending)).sales)
    sales = np.broadcast_to(sales, spending.shape[:2])
    best = sales.argmin(axis=1)
    return Frontier(
        policies=tuple(policies.index),
        budgets=money,
        before=float(rest(market).sales),
        alone=np.stack(
            [sales[:, int(np.argmax(shares[:, place]))] for place in range(shares.shape[1])], axis=1
        ),
        best=sales[np.arange(len(money)), best],
        shares=shares[best],
    )
