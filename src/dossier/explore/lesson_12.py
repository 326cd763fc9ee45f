"""Lesson 12, a market for secrets: where price and volume settle, a year with a shock, five shocks compared, and what a budget prevents.

The market is that of `dossier.leak.market`, the policies are those of `dossier.leak.policy`. Moral costs and stake are those of lesson 10; every number
is an assumption, and no such market has been measured.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dossier._cache import cached
from dossier.explore import theme
from dossier.explore.bar import progress
from dossier.explore.beside import Beside
from dossier.explore.controls import Choice, Slider
from dossier.explore.explorable import Explorable, Summary, explorable
from dossier.explore.formula import FormulaProblem, learners_formula
from dossier.explore.frames import Figure
from dossier.explore.guess import GuessCurve, GuessValue, Result, Settings
from dossier.explore.table import EditableTable, Number
from dossier.leak.becker import share_that_sells
from dossier.leak.market import Market, Shock, market_days, rest
from dossier.leak.policy import Frontier, frontier

Formula = Callable[..., Any]
Numbers = NDArray[np.float64]

OF = 10_000
MARKET = Market()


def _words() -> dict[str, Any]:
    return {"type": "scatter", "mode": "text", "hoverinfo": "skip"}


def _apart(heights: Numbers, gap: float, low: float, high: float) -> Numbers:
    """Move labels as little as need be, until each stands a gap from the next and all stand between low and high."""
    order = np.argsort(heights, kind="stable")
    placed = np.clip(heights[order].astype(float), low, high)
    for place in range(1, len(placed)):
        placed[place] = max(placed[place], placed[place - 1] + gap)
    if placed[-1] > high:
        placed[-1] = high
        for place in range(len(placed) - 2, -1, -1):
            placed[place] = min(placed[place], placed[place + 1] - gap)
    found: Numbers = np.empty_like(placed)
    found[order] = placed
    return found


def _percent_change(ratio: float) -> str:
    """Say a change: "× 98", "+112%", "−32%", "the same"."""
    if ratio >= 10:
        return f"× {ratio:,.0f}"
    change = round(100 * (ratio - 1))
    return "the same" if change == 0 else f"{change:+,d}%".replace("-", "\N{MINUS SIGN}")


def _times(ratio: float) -> str:
    """Say a change in times, which compare across up and down: "× 1.79", "÷ 3.20", "the same"."""
    if ratio <= 0:
        return "none left"
    up, size = ratio >= 1, max(ratio, 1 / ratio)
    said_size = f"{size:,.2f}" if size < 10 else f"{size:,.0f}"
    return "the same" if said_size == "1.00" else f"{'×' if up else '÷'} {said_size}"


def _few(sales: float) -> str:
    return "fewer than 1" if 0 < sales < 1 else f"{sales:.0f}"


# ---------------------------------------------------------------------------------------------- supply and demand

CROSSING_PRICES = np.logspace(np.log10(50), np.log10(10_000), 200)
MOST_A_DAY = 220.0
CALM_RISK, CALM_ELASTICITY = 1.0, 0.5


def orders_of_the_lesson(price: Any, elasticity: Any) -> Any:
    """Orders a day: 100 at 300 leaves."""
    return 100 * (price / 300) ** -elasticity


def offers_of_the_lesson(price: Any, risk: Any) -> Any:
    """Officials who offer, of 10,000 who get half of the price."""
    return 10_000 * share_that_sells(0.5 * price, risk, 500_000, 1_000)


def _crossing(orders: Formula, offers: Formula, risk: float, elasticity: float) -> tuple[float, float]:
    """Where as many offer as order, between a hundredth of a leaf and a million."""
    low, high = -2.0, 6.0
    for _ in range(45):
        middle = (low + high) / 2
        short = float(orders(10**middle, elasticity)) > float(offers(10**middle, risk))
        low, high = (middle, high) if short else (low, middle)
    price = 10 ** ((low + high) / 2)
    return price, float(orders(price, elasticity))


def _curve(formula: Formula, *arguments: Any) -> Numbers:
    given_back = formula(*arguments)
    found = np.asarray(given_back, dtype=float) if given_back is not None else np.array(np.nan)
    if found.shape != CROSSING_PRICES.shape or not np.isfinite(found).all():
        raise FormulaProblem("Your formula gave no number for some price. Does it end with a return?")
    return found


def _crossing_model(orders: Formula, offers: Formula) -> Callable[..., Result]:
    def model(risk: float, elasticity: float) -> Result:
        with learners_formula():
            demand = _curve(orders, CROSSING_PRICES, elasticity)
            supply = _curve(offers, CROSSING_PRICES, risk / OF)
            price, sales = _crossing(orders, offers, risk / OF, elasticity)
            before, sold_before = _crossing(orders, offers, CALM_RISK / OF, elasticity)
            supply_before = _curve(offers, CROSSING_PRICES, CALM_RISK / OF)
        return {
            "demand": np.where(demand <= MOST_A_DAY, demand, np.nan),
            "supply": np.where(supply <= MOST_A_DAY, supply, np.nan),
            "supply_before": np.where(supply_before <= MOST_A_DAY, supply_before, np.nan),
            "price": price,
            "sales": sales,
            "before": before,
            "sold_before": sold_before,
        }

    return model


def _on_chart(price: float, sales: float) -> tuple[list[float], list[float]]:
    seen = CROSSING_PRICES[0] <= price <= CROSSING_PRICES[-1] and 0 <= sales <= MOST_A_DAY
    return ([price], [sales]) if seen else ([np.nan], [np.nan])


def _crossing_figure(result: Result, settings: Settings) -> Figure:
    x, y = _on_chart(result["price"], result["sales"])
    x_before, y_before = _on_chart(result["before"], result["sold_before"])
    end = len(CROSSING_PRICES) - 1
    demand_end = float(np.nan_to_num(result["demand"][end], nan=MOST_A_DAY))
    seen = np.flatnonzero(~np.isnan(result["supply"]))
    top = int(seen[-1]) if len(seen) else end
    high = float(result["supply"][top]) if len(seen) else np.nan
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "meta": "context",
                "x": CROSSING_PRICES,
                "y": result["demand"],
                "line": {"color": theme.BLUE, "width": 3},
                "hovertemplate": "at %{x:,.0f} leaves: %{y:.0f} orders<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "meta": "context",
                "x": CROSSING_PRICES,
                "y": result["supply_before"],
                "line": {"color": theme.GREY, "width": 1.5, "dash": "dot"},
                "hovertemplate": "before, at %{x:,.0f} leaves: %{y:.0f} offers<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": CROSSING_PRICES,
                "y": result["supply"],
                "line": {"color": theme.VERMILION, "width": 3, "dash": "dash"},
                "hovertemplate": "at %{x:,.0f} leaves: %{y:.0f} offers<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "meta": "context",
                "x": x_before,
                "y": y_before,
                "marker": {"symbol": "circle-open", "size": 13, "color": theme.GREY, "line": {"width": 3}},
                "hovertemplate": "before: %{x:,.0f} leaves, %{y:.0f} sold<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": x,
                "y": y,
                "marker": {"symbol": "diamond", "size": 13, "color": theme.GREEN},
                "hovertemplate": "now: %{x:,.0f} leaves, %{y:.0f} sold<extra></extra>",
            },
            {
                **_words(),
                "x": [CROSSING_PRICES[end] * 0.98],
                "y": [min(demand_end + 14, MOST_A_DAY - 12)],
                "text": ["orders"],
                "textposition": "middle left",
                "textfont": {"color": theme.BLUE},
                "meta": "context",
            },
            {
                **_words(),
                "x": [CROSSING_PRICES[top] * (1.06 if top < 0.8 * end else 0.94)],
                "y": [min(high - 8, MOST_A_DAY - 12)],
                "text": ["offers"],
                "textposition": "middle right" if top < 0.8 * end else "middle left",
                "textfont": {"color": theme.VERMILION},
            },
            {
                **_words(),
                "x": [CROSSING_PRICES[0] * 1.05],
                "y": [MOST_A_DAY * 1.09],
                "text": [f"<b>{result['price']:,.0f} leaves, {_few(result['sales'])} sold a day</b>"],
                "textposition": "middle right",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Price, leaves"},
                "type": "log",
                "range": [np.log10(CROSSING_PRICES[0]), np.log10(CROSSING_PRICES[-1])],
                "tickvals": [100, 300, 1_000, 3_000],
                "ticktext": ["100", "300", "1,000", "3,000"],
                "tickangle": 0,
            },
            "yaxis": {
                "title": {"text": "A day"},
                "range": [0, MOST_A_DAY * 1.18],
                "tickvals": [0, 50, 100, 150, 200],
            },
            "height": 340,
        },
    }


def _crossing_summary(result: Result, settings: Settings) -> Summary:
    price, before = result["price"], result["before"]
    text = (
        f"At {price:,.0f} leaves as many offer as order: {_few(result['sales'])} a day. Where officials believe in a risk of 1 in 10,000 the same "
        f"buyers pay {before:,.0f} leaves for {result['sold_before']:.0f} a day. Price {_times(price / before)}; "
        f"sold {_times(result['sales'] / result['sold_before'])}."
    )
    return text, {
        "": ["before", "now"],
        "Risk, of 10,000": [CALM_RISK, settings["risk"]],
        "Price": [f"{before:,.0f}", f"{price:,.0f}"],
        "Sold a day": [f"{result['sold_before']:.0f}", _few(result["sales"])],
    }


@explorable
def where_they_meet(
    orders: Formula = orders_of_the_lesson, offers: Formula = offers_of_the_lesson, **start: Any
) -> Explorable:
    """Supply and demand, and where they cross as the perceived risk changes; with the learner's own curves if given."""
    return Explorable(
        "Where they meet",
        [
            Slider("risk", "Perceived risk", low=0, high=20, step=0.5, default=4, unit="of 10,000 sales"),
            Slider("elasticity", "Elasticity", low=0.1, high=3, step=0.1, default=CALM_ELASTICITY),
        ],
        _crossing_model(orders, offers),
        _crossing_figure,
        _crossing_summary,
        start=start,
        alt="A falling curve, the orders at each price, and a rising one, the offers. A diamond stands where they cross, a ring where they "
        "crossed before the risk changed.",
        guess=GuessValue(
            "The ring is the market at a perceived risk of 1 in 10,000. Now officials believe that 4 in 10,000 sales are found out. What is the new "
            "price?",
            Slider(
                "guess", "New price", low=100, high=4_000, step=12, default=300, unit="leaves", scale="log"
            ),
            truth=lambda result, settings: round(result["price"]),
            axis="x",
        ),
    )


# ---------------------------------------------------------------------------------------------- a year with a shock

SHOCK_DAY, FORTNIGHTS = 182, 26  # the shock comes with the 14th fortnight
SEED = 6
AUDITS, PAY, ACCESS, HONESTY, CANARIES = (
    "more audits",
    "better pay",
    "less access",
    "an honesty drive",
    "canaries",
)
KINDS = (AUDITS, PAY, ACCESS, HONESTY, CANARIES)
USUAL = 5  # the strength at which all charts begin
FOR_GOOD, FOR_A_MONTH = "to the end of the year", "for 30 days"
LOWEST_PRICE, HIGHEST_PRICE, MOST_SOLD = 250.0, 2_600.0, 175.0  # dearer only where nearly nobody has access


def shock_of(kind: str, strength: float) -> dict[str, Any]:
    """Give what a shock of a strength from 0 to 10 changes, as `dossier.leak.market.Shock` takes it."""
    return {
        AUDITS: {"audits": 1 + 1.8 * strength},
        PAY: {"pay": 0.2 * strength},
        ACCESS: {"access": 0.1 * strength},
        HONESTY: {"honesty": 1 + 0.2 * strength},
        CANARIES: {"canaries": strength / OF},
    }[kind]


def said(kind: str, strength: float) -> str:
    """Say such a shock in words."""
    ((_, size),) = shock_of(kind, strength).items()
    return {
        AUDITS: f"audits × {size:.3g}",
        PAY: f"pay +{size:.0%}",
        ACCESS: f"{size:.0%} lose access",
        HONESTY: f"moral costs × {size:.2g}",
        CANARIES: f"{strength:g} of 10,000 orders are the state's",
    }[kind]


def _answering(rule: Formula | None, name: str) -> Formula | None:
    if rule is None:
        return None

    def answer(*given: Any) -> Any:
        found = rule(*given)
        if found is None:
            raise FormulaProblem(f"Your formula {name} gave nothing. Does it end with a return?")
        return found

    return answer


@lru_cache(maxsize=512)
def _fortnights(
    kind: str,
    strength: float,
    reach: float,
    lasts: int | None,
    price_rule: Formula | None,
    risk_rule: Formula | None,
) -> dict[str, Numbers]:
    """Give the means of fortnights, which smooth what chance does from day to day."""
    shock = Shock(day=SHOCK_DAY, lasts=lasts, reach=reach, **shock_of(kind, strength))
    days = market_days(
        MARKET,
        shock,
        14 * FORTNIGHTS,
        generator=np.random.default_rng(SEED),
        price_rule=_answering(price_rule, "next_price"),
        risk_rule=_answering(risk_rule, "next_risk"),
    )
    names = ["price", "sales", "sales_reached", "arrests"]
    means = days[names].to_numpy().reshape(FORTNIGHTS, 14, len(names)).mean(axis=1)
    return dict(zip(("price", "sales", "reached", "arrests"), means.T, strict=True))


def _year_model(price_rule: Formula | None, risk_rule: Formula | None) -> Callable[..., Result]:
    def model(kind: str, strength: float, reach: float, lasts: str) -> Result:
        days = None if lasts == FOR_GOOD else 30
        with learners_formula():
            shocked = _fortnights(kind, strength, reach / 100, days, price_rule, risk_rule)
            calm = _fortnights(AUDITS, 0, reach / 100, None, price_rule, risk_rule)
        month, settled = slice(13, 15), slice(20, 26)
        return {
            "shocked": shocked,
            "calm": calm,
            "first": {name: _ratio(shocked, calm, name, month) for name in ("price", "sales")},
            "settled": {name: _ratio(shocked, calm, name, settled) for name in ("price", "sales")},
            "arrests": (14 * shocked["arrests"][13:].sum(), 14 * calm["arrests"][13:].sum()),
        }

    return model


def _ratio(shocked: dict[str, Numbers], calm: dict[str, Numbers], name: str, when: slice) -> float:
    return float(shocked[name][when].mean() / max(calm[name][when].mean(), 1e-9))


def _drawn(values: Numbers, low: float, high: float) -> Numbers:
    return np.where((values >= low) & (values <= high), values, np.nan)


def _year_figure(result: Result, settings: Settings) -> Figure:
    week = 2.0 * np.arange(FORTNIGHTS) + 1
    shocked, calm = result["shocked"], result["calm"]
    reached = shocked["reached"] if 0 < settings["reach"] < 100 else np.full(FORTNIGHTS, np.nan)
    price = {"x": week, "yaxis": "y2", "type": "scatter", "mode": "lines"}
    sold = {"x": week, "type": "scatter", "mode": "lines"}
    sold_out = result["settled"]["sales"] == 0
    end = 26 + 30 / 7 if settings["lasts"] != FOR_GOOD else np.nan
    share = reached[13:].mean()
    return {
        "data": [
            {
                **price,
                "y": _drawn(calm["price"], LOWEST_PRICE, 1_900),
                "line": {"color": theme.GREY, "width": 2, "dash": "dash"},
                "hovertemplate": "nothing done: %{y:,.0f} leaves<extra></extra>",
            },
            {
                **price,
                "y": np.where(shocked["sales"] > 0, _drawn(shocked["price"], LOWEST_PRICE, 1_900), np.nan),
                "line": {"color": theme.VERMILION, "width": 3},
                "hovertemplate": "%{y:,.0f} leaves<extra></extra>",
            },
            {
                **sold,
                "meta": "context",
                "y": _drawn(calm["sales"], 0, MOST_SOLD),
                "line": {"color": theme.GREY, "width": 2, "dash": "dash"},
                "hovertemplate": "nothing done: %{y:.0f} a day<extra></extra>",
            },
            {
                **sold,
                "y": _drawn(shocked["sales"], 0, MOST_SOLD),
                "line": {"color": theme.BLUE, "width": 3},
                "hovertemplate": "%{y:.0f} a day<extra></extra>",
            },
            {
                **sold,
                "y": reached,
                "line": {"color": theme.GREEN, "width": 2.5, "dash": "dot"},
                "hovertemplate": "in offices reached: %{y:.0f} a day<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "meta": "context",
                "x": [26, 26],
                "y": [0, 145],
                "line": {"color": theme.GREY, "width": 1.5},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": [26, 26],
                "y": [LOWEST_PRICE, 1_800],
                "yaxis": "y2",
                "line": {"color": theme.GREY, "width": 1.5},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": [end, end],
                "y": [0, 145],
                "line": {"color": theme.GREY, "width": 1.5, "dash": "dot"},
                "hoverinfo": "skip",
            },
            {
                **_words(),
                "x": [0.5],
                "y": [2_200],
                "yaxis": "y2",
                "text": [
                    "<b>no sales, so no price</b>"
                    if sold_out
                    else f"<b>price {_times(result['settled']['price'])} in the end</b>"
                ],
                "textposition": "middle right",
            },
            {
                **_words(),
                "x": [0.5],
                "y": [161],
                "text": [
                    f"<b>{'none sold' if sold_out else 'sold ' + _times(result['settled']['sales'])} in the end</b>"
                ],
                "textposition": "middle right",
            },
            {
                **_words(),
                "x": [1],
                "y": [min(float(np.nan_to_num(reached[:13].mean(), nan=0)) + 12, 130)],
                "text": ["offices reached" if share == share else "\u00a0"],
                "textposition": "middle right",
                "textfont": {"color": theme.GREEN},
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Week"},
                "range": [0, 52],
                "tickvals": [0, 13, 26, 39, 52],
                "anchor": "y2",
            },
            "yaxis": {
                "title": {"text": "Sold a day"},
                "range": [0, MOST_SOLD],
                "tickvals": [0, 50, 100, 150],
                "domain": [0.54, 1],  # above, since the guess is drawn there
            },
            "yaxis2": {
                "title": {"text": "Price, leaves"},
                "type": "log",
                "range": [np.log10(LOWEST_PRICE), np.log10(HIGHEST_PRICE)],
                "tickvals": [300, 500, 1_000],
                "ticktext": ["300", "500", "1,000"],
                "domain": [0, 0.46],
            },
            "height": 330,
        },
    }


def _moved(ratios: dict[str, float]) -> str:
    if ratios["sales"] == 0:
        return "no sales, so no price"
    return ", ".join(
        f"{name} {_times(ratio)} ({_percent_change(ratio)})"
        for name, ratio in (("sold", ratios["sales"]), ("price", ratios["price"]))
    )


def _year_summary(result: Result, settings: Settings) -> Summary:
    first, settled = result["first"], result["settled"]
    what = said(settings["kind"], settings["strength"])
    where = "in all offices" if settings["reach"] == 100 else f"in {settings['reach']}% of the offices"
    arrests, calm_arrests = result["arrests"]
    text = f"After 26 weeks, {settings['lasts']}, {where}: {what}. In the first four weeks: {_moved(first)}. In the last twelve: {_moved(settled)}. Arrests in the second half of the year: {arrests:.0f}, against {calm_arrests:.0f} if nothing is done."
    shocked, calm = result["shocked"], result["calm"]
    rows = (0, 6, 12, 13, 14, 15, 17, 19, 22, 25)
    return text, {
        "Weeks": [f"{2 * row + 1}, {2 * row + 2}" for row in rows],
        "Price": [f"{shocked['price'][row]:,.0f}" for row in rows],
        "Sold a day": [f"{shocked['sales'][row]:.0f}" for row in rows],
        "Price, nothing done": [f"{calm['price'][row]:,.0f}" for row in rows],
        "Sold, nothing done": [f"{calm['sales'][row]:.0f}" for row in rows],
    }


def _elasticity() -> Choice:
    return Choice("elasticity", "Elasticity", [0.25, 0.5, 1, 2], 0.5)


@explorable
def a_market_year(
    price_rule: Formula | None = None, risk_rule: Formula | None = None, **start: Any
) -> Explorable:
    """A year of the market, with a shock in its middle, beside the same year without; with the learner's own rules if given."""
    handles = (27, 29, 33, 39, 45, 51)
    at = [handle // 2 for handle in handles]
    return Explorable(
        "A market year",
        [
            Choice("kind", "The state's answer", KINDS),
            Slider("strength", "Strength", low=0, high=10, step=1, default=USUAL),
            Slider("reach", "Offices reached", low=0, high=100, step=10, default=100, unit="%"),
            Choice("lasts", "It lasts", [FOR_GOOD, FOR_A_MONTH]),
        ],
        _year_model(price_rule, risk_rule),
        _year_figure,
        _year_summary,
        start=start,
        alt="Two lines over the fortnights of a year, above the records sold a day, below the price; dashed beside each, the same year with nothing done. "
        "A vertical line marks the end of week 26, when the state acts.",
        guess=GuessCurve(
            "After 26 weeks the state begins to audit ten times as much, and goes on to the end of the year. How many records are sold a day?",
            at=handles,
            slider=Slider("guess", "Sold a day", low=0, high=150, step=5, default=95, format=".0f"),
            truth=lambda result, settings: result["shocked"]["sales"][at],
            unit_x="weeks",
        ),
    )


# ---------------------------------------------------------------------------------------------- five shocks, many years

SEEDS = 20
AT_ONCE, IN_THE_END = "in the first 30 days", "in the last 90 days"
PERIODS = {AT_ONCE: slice(SHOCK_DAY, SHOCK_DAY + 30), IN_THE_END: slice(275, 365)}
INSIST, SHOP = "need it (0.5)", "can do without (2)"
BUYERS = {INSIST: 0.5, SHOP: 2.0}
LEAST, MOST = 0.025, 12.0


def compare(elasticity: float, seeds: int = SEEDS, bar: bool = False) -> dict[str, Any]:
    """
    Run the five shocks, at the usual strength, beside the calm market.

    Parameters
    ----------
    elasticity : float
        Of demand.
    seeds : int
        So many years of each, from seeds 0, 1, 2 and so on.
    bar : bool
        Whether a progress bar shows how far it is.

    Returns
    -------
    dict
        By shock, period and measure ("price", "sales"): a list with one ratio to the calm market a seed.
    """

    def compute() -> dict[str, Any]:
        market = Market(elasticity=elasticity)
        found: dict[str, Any] = {
            kind: {period: {"price": [], "sales": []} for period in PERIODS} for kind in KINDS
        }
        for seed in progress(range(seeds), f"Years at elasticity {elasticity:g}") if bar else range(seeds):
            calm = market_days(market, generator=np.random.default_rng(seed))
            for kind in KINDS:
                shock = Shock(day=SHOCK_DAY, **shock_of(kind, USUAL))
                year = market_days(market, shock, generator=np.random.default_rng(seed))
                for period, days in PERIODS.items():
                    for name in ("price", "sales"):
                        found[kind][period][name].append(year[name][days].mean() / calm[name][days].mean())
        return found

    return cached("market-shocks", {"elasticity": elasticity, "seeds": seeds}, compute)


@cache
def _compared(elasticity: float) -> dict[str, Any]:
    return compare(elasticity)


def run_two_hundred_years() -> None:
    """Compute what `five_answers` shows, with a progress bar; the second time it takes no time."""
    for elasticity in BUYERS.values():
        compare(elasticity, bar=True)


def _five_model(period: str, buyers: str) -> Result:
    found = _compared(BUYERS[buyers])
    return {name: np.array([found[kind][period][name] for kind in KINDS]) for name in ("price", "sales")}


def _five_figure(result: Result, settings: Settings) -> Figure:
    rows = np.arange(len(KINDS), 0, -1)
    data = []
    for name, offset, colour, symbol in (
        ("price", 0.17, theme.VERMILION, "diamond"),
        ("sales", -0.17, theme.BLUE, "square"),
    ):
        ratios = result[name]
        lows, middles, highs = ratios.min(axis=1), np.median(ratios, axis=1), ratios.max(axis=1)
        gaps = np.full(len(KINDS), np.nan)
        data += [
            {
                "type": "scatter",
                "mode": "lines",
                "x": np.stack([lows, highs, gaps], axis=1).ravel(),
                "y": np.repeat(rows + offset, 3),
                "line": {"color": colour, "width": 5},
                "opacity": 0.55,
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": middles,
                "y": rows + offset,
                "marker": {"color": colour, "symbol": symbol, "size": 8},
                "hovertemplate": ("price" if name == "price" else "sold") + " × %{x:.2f}<extra></extra>",
            },
            {
                **_words(),
                "x": np.full(len(KINDS), LEAST * 1.15 if name == "sales" else MOST * 0.9),
                "y": rows + offset,
                "text": [_times(one) for one in middles],
                "textposition": "middle right" if name == "sales" else "middle left",
                "textfont": {"color": colour},
            },
        ]
    return {
        "data": [
            *data,
            {
                "type": "scatter",
                "mode": "lines",
                "meta": "context",
                "x": [1, 1],
                "y": [0.5, 5.5],
                "line": {"color": theme.GREY, "width": 1.5, "dash": "dot"},
                "hoverinfo": "skip",
            },
            {
                **_words(),
                "meta": "context",
                "x": [LEAST * 1.15, MOST * 0.9, 1],
                "y": [5.85, 5.85, 5.85],
                "text": ["<b>sold</b>", "<b>price</b>", "as before"],
                "textposition": ["middle right", "middle left", "middle center"],
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Times what it is if nothing is done"},
                "type": "log",
                "range": [np.log10(LEAST), np.log10(MOST)],
                "tickvals": [0.25, 0.5, 1, 2, 4],
                "ticktext": ["¼", "½", "1", "2", "4"],
                "tickangle": 0,
            },
            "yaxis": {
                "title": {"text": "The state's answer", "standoff": 4},
                "range": [0.4, 6.2],
                "tickvals": rows,
                "ticktext": [
                    "audits<br>× 10",
                    "pay<br>+100%",
                    "half the<br>access",
                    "honesty<br>× 2",
                    "canaries",
                ],
                "showgrid": False,
            },
            "height": 380,
        },
    }


def _five_summary(result: Result, settings: Settings) -> Summary:
    price, sold = (np.median(result[name], axis=1) for name in ("price", "sales"))
    most = KINDS[int(sold.argmin())]
    further = int((np.abs(np.log(price)) > np.abs(np.log(sold))).sum())
    text = (
        f"{settings['period'].capitalize()}, if buyers {settings['buyers'].split(' (')[0]}: {most} cost most sales ({_times(sold.min())} in the "
        f"middle of {SEEDS} years), and counted in times the price moves {'further' if further else 'less far'} than the sales "
        f"{'after all five' if further in (0, 5) else f'after {further} of five'}. A bar spans all {SEEDS} years."
    )

    def spans(name: str) -> list[str]:
        return [f"{_percent_change(one.min())} to {_percent_change(one.max())}" for one in result[name]]

    return text, {
        "Answer": [said(kind, USUAL) for kind in KINDS],
        "Sold": [f"{_times(one)} ({_percent_change(one)})" for one in sold],
        "Sold, all years": spans("sales"),
        "Price": [f"{_times(one)} ({_percent_change(one)})" for one in price],
        "Price, all years": spans("price"),
    }


@explorable
def five_answers(**start: Any) -> Explorable:
    """The five shocks side by side: what each does to price and sales, at once and in the end, over twenty years."""
    return Explorable(
        "Five answers",
        [
            Choice("period", "Seen", [IN_THE_END, AT_ONCE]),
            Choice("buyers", "Buyers", list(BUYERS)),
        ],
        _five_model,
        _five_figure,
        _five_summary,
        start=start,
        alt="For each of five answers of the state two bars on a scale of ratios, one for the price and one for the records sold, each spanning twenty "
        "years, with a mark in the middle.",
        guess=GuessValue(
            "The state announces that it places 5 of every 10,000 orders itself, to catch whoever fills them. In the last 90 days of the year, how many "
            "times the old price do buyers pay?",
            Slider("guess", "Times the old price", low=0.5, high=8, step=0.25, default=1),
            truth=lambda result, settings: round(float(np.median(result["price"][4])), 2),
            axis="x",
        ),
    )


# ---------------------------------------------------------------------------------------------- what a budget prevents

BUDGETS = np.linspace(0, 60_000, 31)
MOST_PREVENTED = 1.2
POLICY = {"audits": "audits", "pay": "pay", "access": "access", "honesty": "honesty", "canaries": "canaries"}
A_STEP = {
    "audits": "+100%",
    "pay": "+1%",
    "access": "\N{MINUS SIGN}1%",
    "honesty": "+1%",
    "canaries": "1 in 100,000",
}
DASHES = {"audits": "solid", "pay": "dot", "access": "dash", "honesty": "dashdot", "canaries": "longdash"}
POLICY_COLOURS = {
    "audits": theme.VERMILION,
    "pay": theme.PURPLE,
    "access": theme.ORANGE,
    "honesty": theme.GREEN,
    "canaries": theme.BLUE,
}
READABLE = {"access": "#A36F00"}  # orange letters are too pale on white


def assumed_costs() -> pd.DataFrame:
    """Give what a step of each policy costs, and how many can be taken: invented, so that a learner has something to change."""
    return pd.DataFrame(
        {
            "step": list(A_STEP.values()),
            "cost": [2_000, 15_000, 1_500, 300, 500],
            "at_most": [50, 50, 30, 100, 20],
        },
        index=pd.Index(list(A_STEP), name="policy"),
    )


def editable_costs() -> EditableTable:
    """Lay the assumed costs out as a table that the learner edits."""
    return EditableTable(
        "What protection costs",
        assumed_costs(),
        [
            Number("cost", "Cost", low=10, high=100_000, step=10, unit="leaves"),
            Number("at_most", "At most", low=0, high=200, step=1),
        ],
        labels={"policy": "Policy", "step": "A step"},
        name="my_costs",
    )


@lru_cache(maxsize=32)
def _frontier(costs: tuple[float, ...], most: tuple[float, ...], elasticity: float) -> Frontier:
    table = pd.DataFrame({"cost": costs, "at_most": most}, index=list(A_STEP))
    return frontier(Market(elasticity=elasticity), table, BUDGETS)


def _budget_model(table: pd.DataFrame, budget: float, elasticity: float) -> Result:
    found = _frontier(tuple(table["cost"]), tuple(table["at_most"]), elasticity)
    here = int(np.abs(BUDGETS - budget).argmin())
    return {
        "alone": 1 - found.alone / found.before,
        "best": 1 - found.best / found.before,
        "here": here,
        "shares": found.shares[here],
        "before": found.before,
        "turnover": found.before * float(rest(Market(elasticity=elasticity)).price),
    }


def _mix(shares: Numbers) -> str:
    parts = [
        f"{name} {share:.0%}" for name, share in zip(POLICY.values(), shares, strict=True) if share > 0.001
    ]
    return ", ".join(parts)


def _budget_figure(result: Result, settings: Settings) -> Figure:
    thousands = BUDGETS / 1_000
    ends = result["alone"][-1]
    labels = _apart(ends, 0.075, 0.015, 1.0)
    here = result["here"]
    best = result["best"][here]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "x": thousands,
                "y": result["best"],
                "line": {"color": theme.GREY, "width": 8},
                "opacity": 0.5,
                "hovertemplate": "best mix: %{y:.0%}<extra></extra>",
            },
            *(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "x": thousands,
                    "y": result["alone"][:, place],
                    "line": {"color": POLICY_COLOURS[name], "width": 2.5, "dash": DASHES[name]},
                    "hovertemplate": name + " alone: %{y:.0%}<extra></extra>",
                }
                for place, name in enumerate(POLICY)
            ),
            {
                **_words(),
                "x": np.full(len(POLICY), 61.0),
                "y": labels,
                "text": list(POLICY.values()),
                "textposition": "middle right",
                "textfont": {"color": [READABLE.get(name, POLICY_COLOURS[name]) for name in POLICY]},
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [thousands[here]],
                "y": [best],
                "marker": {"symbol": "diamond", "size": 13, "color": theme.GREY},
                "hoverinfo": "skip",
            },
            {
                **_words(),
                "x": [1.0],
                "y": [1.14],
                "text": [f"<b>best mix: {best:.0%} prevented</b>"],
                "textposition": "middle right",
            },
            {
                **_words(),
                "x": [1.0],
                "y": [1.045],
                "text": [_mix(result["shares"]) if settings["budget"] else "no money, no mix"],
                "textposition": "middle right",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Budget, thousand leaves a day"},
                "range": [0, 84],
                "tickvals": [0, 20, 40, 60],
            },
            "yaxis": {
                "title": {"text": "Leaks prevented"},
                "range": [-0.02, MOST_PREVENTED],
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
                "tickformat": ".0%",
            },
            "height": 380,
        },
    }


def _budget_summary(result: Result, settings: Settings) -> Summary:
    here = result["here"]
    alone, best = result["alone"][here], result["best"][here]
    names = list(POLICY.values())
    winner = names[int(alone.argmax())]
    text = (
        f"With {settings['budget']:,} leaves a day the best mix prevents {best:.0%} of {result['before']:.0f} leaks a day; the best policy alone, "
        f"{winner}, prevents {alone.max():.0%}. The market itself turns over {result['turnover']:,.0f} leaves a day."
        if settings["budget"]
        else f"Without a budget nothing is prevented, of {result['before']:.0f} leaks a day. The market turns over {result['turnover']:,.0f} leaves a day."
    )
    return text, {
        "Policy": names,
        "Alone it prevents": [f"{one:.1%}" for one in alone],
        "Its part of the best mix": [
            f"{share:.0%}" if settings["budget"] else "-" for share in result["shares"]
        ],
    }


@explorable
def what_a_budget_prevents(costs: EditableTable | None = None, **start: Any) -> Explorable:
    """Leaks prevented against the budget: each policy alone, and the best mix; with the learner's own costs if given."""
    chart = Explorable(
        "What a budget prevents",
        [
            Slider("budget", "Budget", low=0, high=60_000, step=2_000, default=30_000, unit="leaves a day"),
            _elasticity(),
        ],
        lambda budget, elasticity: _budget_model(
            assumed_costs() if costs is None else costs.value, budget, elasticity
        ),
        _budget_figure,
        _budget_summary,
        start=start,
        alt="Rising curves against the budget, one for each policy, that flatten. A broad band above them is the best mix, with a diamond at the budget "
        "chosen.",
        guess=GuessValue(
            "The market turns over about 30,000 leaves a day. You may spend as much on preventing it, in the best way. What share of the leaks do you "
            "prevent?",
            Slider("guess", "Prevented", low=0, high=1, step=0.01, default=0.05, format=".0%"),
            truth=lambda result, settings: round(float(result["best"][result["here"]]), 2),
        ),
    )
    if costs is not None:
        chart.follow(costs)
    return chart


def costs_and_frontier(costs: EditableTable) -> Beside:
    """Lay out the assumed costs beside the chart of what a budget prevents."""
    return Beside(what_a_budget_prevents(costs=costs), costs, narrowest=490)
