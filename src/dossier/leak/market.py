"""A market for records: officials who may sell, brokers who post a price, buyers who order, and a state that fights back half-way.

Lesson 12 uses it to ask what pressure moves: the price, or the number of records sold. Who sells is Becker's choice (1968), as in
`dossier.leak.becker`; that the risk is learnt from the arrests around one is Sah's idea (1991, "Social Osmosis and Patterns of Crime"; 2007 for
corruption). How the price is found is the oldest rule of all: up when orders go unfilled, down when officials stay idle. Nobody has measured such a
market: every number is an assumption, and `Market` names them all.

The rules of a day, in their order:

1. Brokers post one price. Of it an official gets a fixed share.
2. Orders come by chance (Poisson), each with the most that its buyer would pay. Those to whom the price is too high leave.
3. An official offers if what he gets, less the perceived risk times the stake, exceeds his moral cost. He can fill a few orders a day.
4. Brokers hand the orders out in turn: down the list of all who offer, from where they stopped the day before. What is left over is lost.
5. Each sale is found out with the same small probability. Then the official is arrested, and after some weeks somebody new has his post.
6. An arrest raises the risk that the office perceives, much, and that all others perceive, a little. Every day a part is forgotten.
7. The price rises with the share of orders unfilled and falls with the share of officials idle.

Two numbers of each official are drawn beforehand: his moral cost and his luck, the risk that he can run before he is arrested (it is exponential,
which is the same as a fresh draw at every sale). So are the orders. So two runs from one seed have the same people and the same buyers, whatever the
state does: their difference is what the state did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from dossier import _arguments as given

Numbers = float | NDArray[np.float64]
#: ``next_price(price, orders, offers)`` and ``next_risk(risk, base, arrests_here, arrests_elsewhere)``.
PriceRule = Callable[[float, int, int], float]
RiskRule = Callable[..., Any]

#: However cheap records are, no more is ordered than this many times what is ordered at the usual price.
MOST_ORDERS = 4.0
CENTS = 100


@dataclass(frozen=True)
class Market:
    """What a market is like before the state does anything. Money is in leaves; all numbers are assumptions.

    Parameters
    ----------
    officials, offices : int
        How many officials, in how many offices of one size.
    median_moral_cost, spread : float
        Of the lognormal distribution of moral costs, as in `dossier.leak.becker.share_that_sells`.
    stake : float
        What an official loses if arrested.
    officials_share : float
        Of the price, 0 to 1; brokers keep the rest.
    capacity : int
        Orders that one official can fill in a day.
    orders_per_day, usual_price, elasticity : float
        So many orders come on an average day if records cost the usual price; if they cost 1 % more, ``elasticity`` % fewer.
    dearest : float
        Nobody pays more: the buyer can learn the same in another way.
    detection : float
        Chance that a sale is found out.
    base_risk : float
        Chance that officials believe in who have seen no arrest for long.
    seen_in_office, seen_elsewhere : float
        How much one arrest adds to the risk perceived in that office, and in all others.
    forgetting : float
        Share of what lies above the base that is forgotten in a day, above 0.
    price_step : float
        By what share the price rises on a day when nobody offers; it falls by as much when nobody orders. Less than 1.
    replaced_after : int or None
        Days until somebody new has the post of an arrested official; None if nobody ever does.

    Raises
    ------
    TypeError
        If an argument is not one number.
    ValueError
        If one lies outside its range, or the offices cannot be of one size.
    """

    officials: int = 10_000
    offices: int = 100
    median_moral_cost: float = 1_000.0
    spread: float = 1.0
    stake: float = 500_000.0
    officials_share: float = 0.5
    capacity: int = 1
    orders_per_day: float = 100.0
    usual_price: float = 300.0
    elasticity: float = 0.5
    dearest: float = 5_000.0
    detection: float = 1 / 10_000
    base_risk: float = 1 / 20_000
    seen_in_office: float = 1 / 1_000
    seen_elsewhere: float = 1 / 20_000
    forgetting: float = 0.01
    price_step: float = 0.1
    replaced_after: int | None = 30

    def __post_init__(self) -> None:
        """Refuse what is no market."""
        given.whole_number("officials", self.officials, 1)
        given.whole_number("offices", self.offices, 1)
        given.whole_number("capacity", self.capacity, 1)
        if self.officials % self.offices:
            raise ValueError(
                f"officials is {self.officials} and offices {self.offices}: allowed is a whole number of officials an office"
            )
        if self.replaced_after is not None:
            given.whole_number("replaced_after", self.replaced_after, 1)
        for name in ("median_moral_cost", "spread", "usual_price", "elasticity", "dearest"):
            given.number(name, getattr(self, name), given.POSITIVE)
        for name in ("stake", "orders_per_day"):
            given.number(name, getattr(self, name), given.AMOUNT)
        for name in ("officials_share", "detection", "base_risk", "seen_in_office", "seen_elsewhere"):
            given.number(name, getattr(self, name), given.SHARE)
        given.number("forgetting", self.forgetting, given.Range(0, 1, above=True))
        given.number("price_step", self.price_step, given.Range(0, 1, below=True))


@dataclass(frozen=True)
class Shock:
    """What the state does, from a day on. A shock with nothing set changes nothing.

    Parameters
    ----------
    day : int
        The first day, 0 or more.
    lasts : int or None
        For so many days, 0 or more; None for good.
    reach : float
        Share of the offices that it touches, 0 to 1.
    audits : float
        Times as many sales are audited, 0 or more. Officials learn it from arrests only.
    pay : float
        Pay rises by this share, 0 or more, and the stake, which is the job, with it.
    access : float
        Share of the officials, drawn by chance, who lose access.
    honesty : float
        Every moral cost is so many times what it was; above 0.
    canaries : float
        Share of orders that the state itself places, 0 to 1: a sale to it is found out. It is announced and believed, so the base of the perceived
        risk rises by as much at once.

    Raises
    ------
    TypeError
        If an argument is not one number.
    ValueError
        If one lies outside its range.
    """

    day: int = 0
    lasts: int | None = None
    reach: float = 1.0
    audits: float = 1.0
    pay: float = 0.0
    access: float = 0.0
    honesty: float = 1.0
    canaries: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no shock."""
        given.whole_number("day", self.day, 0)
        if self.lasts is not None:
            given.whole_number("lasts", self.lasts, 0)
        for name in ("reach", "access", "canaries"):
            given.number(name, getattr(self, name), given.SHARE)
        for name in ("audits", "pay"):
            given.number(name, getattr(self, name), given.AMOUNT)
        given.number("honesty", self.honesty, given.POSITIVE)


def expected_orders(price: ArrayLike, market: Market) -> Numbers:
    """
    Give how many orders come on an average day at a price: the demand curve.

    Parameters
    ----------
    price : array_like
        Above 0.
    market : Market
        Its ``orders_per_day``, ``usual_price``, ``elasticity`` and ``dearest`` count.

    Returns
    -------
    float or numpy.ndarray
        ``orders_per_day * (price / usual_price) ** -elasticity``, at most `MOST_ORDERS` times ``orders_per_day``; 0 above ``dearest``.

    Raises
    ------
    TypeError
        If the price holds anything but numbers.
    ValueError
        If a price is not above 0.

    Examples
    --------
    >>> expected_orders([300, 1_200], Market()).tolist()
    [100.0, 50.0]
    """
    p = given.numbers("price", price, given.POSITIVE)
    times = np.minimum((p / market.usual_price) ** -market.elasticity, MOST_ORDERS)
    return given.plain(np.where(p <= market.dearest, market.orders_per_day * times, 0.0))


def expected_offers(price: ArrayLike, risk: ArrayLike, market: Market) -> Numbers:
    """
    Give how many orders the officials would fill on an average day, at a price and a perceived risk: the supply curve.

    Parameters
    ----------
    price : array_like
        0 or more.
    risk : array_like
        That officials perceive, 0 to 1.
    market : Market
        All posts are filled, with moral costs as drawn.

    Returns
    -------
    float or numpy.ndarray
        Officials times capacity times the share whose moral cost lies below ``officials_share * price - risk * stake``.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Examples
    --------
    >>> round(expected_offers(300, 0.0001, Market()))
    107
    """
    p = given.numbers("price", price, given.AMOUNT)
    r = given.numbers("risk", risk, given.SHARE)
    left = market.officials_share * p - r * market.stake
    with np.errstate(divide="ignore"):
        share = ndtr((np.log(np.maximum(left, 0)) - np.log(market.median_moral_cost)) / market.spread)
    return given.plain(market.officials * market.capacity * share)


def next_price(price: float, orders: int, offers: int, step: float = 0.1) -> float:
    """
    Give the price of tomorrow: up when orders go unfilled, down when officials stay idle.

    Parameters
    ----------
    price : float
        Of today.
    orders, offers : int
        Of today.
    step : float
        The most by which it moves, as a share.

    Returns
    -------
    float
        ``price * (1 + step * (orders - offers) / (orders + offers))``; the same price if there were neither.

    Examples
    --------
    >>> next_price(300, orders=60, offers=40)
    306.0
    """
    return price * (1 + step * (orders - offers) / max(orders + offers, 1))


def next_risk(
    risk: Any,
    base: Any,
    arrests_here: Any,
    arrests_elsewhere: Any,
    seen_in_office: float = 1 / 1_000,
    seen_elsewhere: float = 1 / 20_000,
    forgetting: float = 0.01,
) -> Any:
    """
    Give the risk that an office perceives tomorrow: part of it is forgotten, and every arrest adds to it.

    Parameters
    ----------
    risk, base, arrests_here, arrests_elsewhere : float or numpy.ndarray
        Of today, one number an office.
    seen_in_office, seen_elsewhere, forgetting : float
        As in `Market`.

    Returns
    -------
    float or numpy.ndarray
        ``risk + forgetting * (base - risk) + seen_in_office * arrests_here + seen_elsewhere * arrests_elsewhere``. It is cut at 1 where it is used.

    Examples
    --------
    >>> round(next_risk(0.0001, 0.0001, arrests_here=1, arrests_elsewhere=0), 5)
    0.0011
    """
    kept = risk + forgetting * (base - risk)
    return kept + seen_in_office * arrests_here + seen_elsewhere * arrests_elsewhere


@dataclass(frozen=True)
class Rest:
    """Where a market comes to rest, on average; each a number or an array.

    Parameters
    ----------
    price, sales, risk : float or numpy.ndarray
        The price, the records sold in a day, and the risk that officials perceive.
    """

    price: Numbers
    sales: Numbers
    risk: Numbers


def rest(
    market: Market,
    audits: ArrayLike = 1.0,
    pay: ArrayLike = 0.0,
    access: ArrayLike = 0.0,
    honesty: ArrayLike = 1.0,
    canaries: ArrayLike = 0.0,
) -> Rest:
    """
    Find where supply and demand cross, when officials perceive the risk that the arrests of those very sales would teach them.

    Parameters
    ----------
    market : Market
        What it is like.
    audits, pay, access, honesty, canaries : array_like
        What the state does in all offices, as in `Shock`; broadcast against each other.

    Returns
    -------
    Rest
        In the shape that the five broadcast to.

    Raises
    ------
    TypeError
        If an argument holds anything but numbers.
    ValueError
        If one lies outside its range.

    Notes
    -----
    It is an average: every office sees the arrests of the average office, and nobody is missing from his post. Of the number sold, buyers pay less
    the more there is, and sellers ask more; the two cross once, and halving an interval 60 times finds it.

    Examples
    --------
    >>> calm = rest(Market())
    >>> round(calm.price), round(calm.sales)
    (304, 99)
    """
    times = given.numbers("audits", audits, given.AMOUNT)
    rise = given.numbers("pay", pay, given.AMOUNT)
    gone = given.numbers("access", access, given.SHARE)
    harder = given.numbers("honesty", honesty, given.POSITIVE)
    decoys = given.numbers("canaries", canaries, given.SHARE)
    found = _found_out(market, times, decoys)
    stake = market.stake * (1 + rise)
    can_sell = market.officials * market.capacity * (1 - gone)
    elsewhere = 1 - 1 / market.offices
    lesson = market.seen_in_office / market.offices + market.seen_elsewhere * elsewhere
    shape = np.broadcast_shapes(found.shape, stake.shape, can_sell.shape, harder.shape)

    def perceived(sales: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.minimum(market.base_risk + decoys + lesson * found * sales / market.forgetting, 1.0)

    def asked(sales: NDArray[np.float64]) -> NDArray[np.float64]:
        """The price at which officials offer so much."""
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            cost = market.median_moral_cost * np.exp(market.spread * ndtri(sales / can_sell))
            price = (harder * cost + perceived(sales) * stake) / market.officials_share
        return np.where(can_sell > 0, price, np.inf)

    def paid(sales: NDArray[np.float64]) -> NDArray[np.float64]:
        """The price at which buyers order so much."""
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            price = market.usual_price * (sales / market.orders_per_day) ** (-1 / market.elasticity)
        return np.minimum(np.nan_to_num(price, nan=np.inf), market.dearest)

    most_ordered = MOST_ORDERS * market.orders_per_day
    most = np.broadcast_to(np.minimum(most_ordered, can_sell), shape)
    low, high = np.zeros(shape), most.astype(float)
    for _ in range(60):
        middle = (low + high) / 2
        dear = asked(middle) > paid(middle)
        low, high = np.where(dear, low, middle), np.where(dear, middle, high)
    sales = (low + high) / 2
    # Where buyers want no more however cheap it gets, the sellers' price holds; elsewhere the buyers'.
    glut = (sales > most * (1 - 1e-12)) & (most_ordered <= can_sell)
    price = np.where(glut, np.minimum(asked(sales), market.dearest), paid(sales))
    return Rest(given.plain(price), given.plain(sales), given.plain(np.broadcast_to(perceived(sales), shape)))


def _found_out(market: Market, audits: Any, canaries: Any) -> NDArray[np.float64]:
    """By an audit, or because the buyer was the state."""
    audited = np.minimum(market.detection * np.asarray(audits), 1.0)
    return np.asarray(1 - (1 - audited) * (1 - np.asarray(canaries)))


class _Posts:
    """The officials: one post each, in the brokers' order, in which neighbours work in different offices."""

    def __init__(self, market: Market, people: np.random.Generator, hired: np.random.Generator) -> None:
        self.market, self._hired = market, hired
        self.moral_cost = self._costs(people, market.officials)
        self._luck = people.standard_exponential(market.officials)
        self._lot = people.random(market.officials)  # decides who loses access
        self._risk_run = np.zeros(market.officials)
        self.without_access = np.zeros(market.officials, dtype=bool)
        #: Moral cost of who could sell today; infinite for the others.
        self.asks = self.moral_cost.copy()
        self.vacant = 0
        self._due: defaultdict[int, list[NDArray[np.int64]]] = defaultdict(list)

    def _costs(self, generator: np.random.Generator, number: int) -> NDArray[np.float64]:
        market = self.market
        drawn = market.median_moral_cost * np.exp(market.spread * generator.standard_normal(number))
        return np.round(drawn, 2) + 0.01  # whole cents, so that no machine's last digit matters; above 0

    def take_access(self, share: float, reached: int) -> None:
        office = np.arange(self.market.officials) % self.market.offices
        self.without_access = (self._lot < share) & (office < reached)
        self.asks = np.where(self.without_access, np.inf, self.moral_cost)

    def hire(self, day: int) -> int:
        """Fill the posts that are due."""
        hired = 0
        for posts in self._due.pop(day, []):
            self.moral_cost[posts] = self._costs(self._hired, len(posts))
            self._luck[posts] = self._hired.standard_exponential(len(posts))
            self._risk_run[posts] = 0.0
            self.asks[posts] = np.where(self.without_access[posts], np.inf, self.moral_cost[posts])
            hired += len(posts)
        self.vacant -= hired
        return hired

    def caught(self, sellers: NDArray[np.int64], each: int, danger: NDArray[np.float64]) -> NDArray[np.int64]:
        """Let them run the risk of so many sales each, and give those whose luck ends."""
        self._risk_run[sellers] += each * danger[sellers % self.market.offices]
        return sellers[self._risk_run[sellers] > self._luck[sellers]]

    def remove(self, posts: NDArray[np.int64], day: int) -> None:
        self.moral_cost[posts] = self.asks[posts] = np.inf
        self.vacant += len(posts)
        if self.market.replaced_after is not None:
            self._due[day + self.market.replaced_after].append(posts)


def market_days(
    market: Market,
    shock: Shock | None = None,
    days: int = 365,
    *,
    generator: np.random.Generator,
    price_rule: PriceRule | None = None,
    risk_rule: RiskRule | None = None,
) -> pd.DataFrame:
    """
    Let a market run.

    Parameters
    ----------
    market : Market
        What it is like.
    shock : Shock, optional
        What the state does; nothing if not given.
    days : int
        1 or more.
    generator : numpy.random.Generator
        Its children draw people and orders. Give one newly made from the same seed to two runs, and they differ only in what the state does.
    price_rule, risk_rule : callable, optional
        Used instead of `next_price` and `next_risk`; called with the first three and the first four of their arguments. The risk rule is given arrays,
        one number an office.

    Returns
    -------
    pandas.DataFrame
        One row a day, with the columns ``price`` (posted, leaves), ``orders``, ``offers``, ``sales``, ``sales_reached`` (those in offices that the
        shock reaches, before it too), ``arrests``, ``hires``, ``in_post`` (officials at the end of the day), ``risk`` (perceived in the morning, mean over
        the offices), ``buyers_paid``, ``officials_got`` and ``brokers_kept`` (leaves, to the cent).

    Raises
    ------
    TypeError
        If an argument is of another type.
    ValueError
        If an argument lies outside its range, or a rule gives anything but finite numbers.

    Notes
    -----
    The market starts where `rest` says that it would rest without a shock.

    Examples
    --------
    >>> year = market_days(Market(), generator=np.random.default_rng(1))
    >>> len(year), bool((year["sales"] <= year["orders"]).all())
    (365, True)
    """
    if not isinstance(market, Market):
        raise TypeError(f"market is {market!r}: give a Market")
    if not isinstance(shock, Shock | None):
        raise TypeError(f"shock is {shock!r}: give a Shock, or None")
    if not isinstance(generator, np.random.Generator):
        raise TypeError(f"generator is {generator!r}: give a numpy.random.Generator")
    days = given.whole_number("days", days, 1)
    done = shock or Shock()
    price_rule = price_rule or partial(next_price, step=market.price_step)
    risk_rule = risk_rule or partial(
        next_risk,
        seen_in_office=market.seen_in_office,
        seen_elsewhere=market.seen_elsewhere,
        forgetting=market.forgetting,
    )
    buyers, people, hired = generator.spawn(3)
    posts = _Posts(market, people, hired)
    arriving = buyers.poisson(MOST_ORDERS * market.orders_per_day, days)
    # A buyer of rank 0.7 orders at prices at which more than 0.7 times orders_per_day are expected.
    ranks = np.split(MOST_ORDERS * buyers.random(arriving.sum()), arriving.cumsum()[:-1])

    offices, reached = market.offices, round(done.reach * market.offices)
    inside = np.arange(offices) < reached
    start, stop = done.day, days if done.lasts is None else done.day + done.lasts
    quiet = rest(market)
    price, risk = float(quiet.price), np.full(offices, float(quiet.risk))
    calm: NDArray[Any] = np.zeros(offices)  # no arrest
    next_in_turn = 0
    rows = []
    acting = None
    for day in range(days):
        if acting is not (start <= day < stop):
            acting = start <= day < stop
            now = done if acting else Shock()
            decoys = np.where(inside, now.canaries, 0.0)
            base = np.minimum(market.base_risk + decoys, 1.0)
            risk = np.minimum(risk + decoys, 1.0)
            stake = market.stake * (1 + np.where(inside, now.pay, 0.0))
            harder = np.where(inside, now.honesty, 1.0)
            with np.errstate(divide="ignore"):
                danger = -np.log1p(-_found_out(market, np.where(inside, now.audits, 1.0), decoys))
            posts.take_access(now.access, reached)
        hires = posts.hire(day)
        cents = max(round(CENTS * price), 1)
        share_in_cents = round(market.officials_share * cents)
        left = (share_in_cents / CENTS - risk * stake) / harder
        willing = np.flatnonzero(posts.asks.reshape(-1, offices) < left)
        orders = 0
        if cents <= CENTS * market.dearest:
            worth_it = (cents / CENTS / market.usual_price) ** -market.elasticity
            orders = int(np.count_nonzero(ranks[day] <= worth_it))
        offers = len(willing) * market.capacity
        sales = min(orders, offers)
        sales_reached, arrested, arrests_here = 0, 0, calm
        if sales:
            rounds, some = divmod(sales, len(willing))
            first = int(np.searchsorted(willing, next_in_turn))
            once_more = willing.take(np.arange(first, first + some), mode="wrap")
            caught = [posts.caught(willing, rounds, danger)] if rounds else []
            if some:
                caught.append(posts.caught(once_more, 1, danger))
                next_in_turn = int(once_more[-1]) + 1
            sales_reached = int(
                rounds * np.count_nonzero(willing % offices < reached)
                + np.count_nonzero(once_more % offices < reached)
            )
            gone = caught[0] if len(caught) == 1 else np.union1d(*caught)
            if len(gone):
                posts.remove(gone, day)
                arrested = len(gone)
                arrests_here = np.bincount(gone % offices, minlength=offices)
        rows.append(
            (
                cents,
                orders,
                offers,
                sales,
                sales_reached,
                arrested,
                hires,
                market.officials - posts.vacant,
                risk.sum() / offices,
                sales * cents,
                sales * share_in_cents,
            )
        )
        tomorrow = _checked("price_rule", price_rule(price, orders, offers), ())
        price = min(max(float(tomorrow), 0.0), 2 * market.dearest)
        perceived = risk_rule(risk, base, arrests_here, arrested - arrests_here)
        risk = np.minimum(np.maximum(_checked("risk_rule", perceived, risk.shape), 0.0), 1.0)
    return _as_table(rows)


def _checked(name: str, value: Any, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Take what a rule, perhaps a learner's own, gives."""
    found = np.asarray(value, dtype=float)
    if found.shape != shape or not np.isfinite(found).all():
        wanted = f"{shape[0]} finite numbers, one an office" if shape else "one finite number"
        raise ValueError(f"{name} gives {value!r}: allowed is {wanted}")
    return found


def _as_table(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    names = [
        "price",
        "orders",
        "offers",
        "sales",
        "sales_reached",
        "arrests",
        "hires",
        "in_post",
        "risk",
        "buyers_paid",
        "officials_got",
    ]
    table = pd.DataFrame(dict(zip(names, map(np.array, zip(*rows, strict=True)), strict=True)))
    table.index.name = "day"
    table["brokers_kept"] = table["buyers_paid"] - table["officials_got"]
    money = ["price", "buyers_paid", "officials_got", "brokers_kept"]
    table[money] = table[money] / CENTS
    return table


def names_of_policies() -> list[str]:
    """Give the five things that a state can do, as `Shock` and `rest` name them."""
    return [field.name for field in fields(Shock) if field.name not in ("day", "lasts", "reach")]
