"""Lesson 10, the official's choice: who sells, what keeps an official honest, and how surely somebody sells among many.

The sums are those of `dossier.leak`: `becker`, `risk_aversion`, `efficiency_wage`, `leak_law` and `norms`. The price is an eighth of the
story's 700, the stake that of lesson 09; how moral costs are spread is an assumption, which the lesson says.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import betabinom, binom

from dossier.evidence import fact
from dossier.explore import theme
from dossier.explore.controls import Memory, Slider
from dossier.explore.explorable import Explorable, Summary, explorable
from dossier.explore.formula import FormulaProblem, learners_formula
from dossier.explore.frames import Figure
from dossier.explore.guess import GuessCurve, GuessValue, Result, Settings
from dossier.leak import norms
from dossier.leak.becker import share_that_sells
from dossier.leak.efficiency_wage import honest_premium
from dossier.leak.leak_law import chance_of_leak, hands_until
from dossier.leak.risk_aversion import worth_of_selling

Formula = Callable[..., Any]
Numbers = NDArray[np.float64]

PRICE = 87.5  # leaves, for one record: 700 shared by eight registries
STAKE = 500_000  # leaves, some nine years of a Sorrel clerk's pay
OF = 10_000  # sales, of which so many are found out
WEEKS = 52
NO_LABEL = "\u00a0"  # Plotly drops the text node of an empty label and never draws it again


def _computed(formula: Formula, *arguments: Any) -> float:
    """Run a learner's formula for one set of numbers."""
    with learners_formula():
        given_back = formula(*arguments)
        if given_back is None or not np.isfinite(float(given_back)):
            raise FormulaProblem("Your formula gave no number. Does it end with a return?")
        return float(given_back)


def few(share: float) -> str:
    """Say a share so that a small one still has a size: "12%", "1.9%", "5 of 10,000", "2 in a million", "fewer than 1 in a billion"."""
    if share <= 0:
        return "none"
    if share >= 0.9995:
        return "nearly all"
    if share >= 0.01:
        return f"{share:.0%}" if 0.1 <= share < 0.995 else f"{share:.1%}"
    for size, words in ((1e4, "10,000"), (1e6, "a million"), (1e9, "a billion")):
        if share * size >= 0.95:
            return f"{_short(share * size)} {'of' if size == OF else 'in'} {words}"
    return "fewer than 1 in a billion"


def _short(number: float) -> str:
    return (
        f"{number:,.0f}" if number >= 9.95 or number == round(number) else f"{number:.1f}".removesuffix(".0")
    )


def chance(share: float) -> str:
    """Say a chance that is neither 0 nor 1, though its number may be: "63.2%", "under 0.1%", "over 99.9%"."""
    if share < 0.001:
        return "under 0.1%"
    return "over 99.9%" if share > 0.999 else f"{share:.1%}"


def _leaves(amount: float) -> str:
    """Say an amount of money with no more digits than help."""
    if abs(amount) >= 999_500:
        for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
            if abs(amount) >= 0.9995 * size:
                return f"{amount / size:,.3g} {word}"
    return f"{amount:,.0f}" if abs(amount) >= 100 else f"{amount:,.1f}".removesuffix(".0")


def _key(mark: str, colour: str, words: str) -> str:
    """Label a line by its mark: only the mark is coloured, since blue words are dim on a dark page."""
    return f'<span style="color:{colour}">{mark}</span> {words}'


def _many(hands: float) -> str:
    return f"{hands / 1e6:g} million" if hands >= 1e6 else f"{hands:,.0f}"


def _detection(default: float, high: float = 10, step: float = 0.25) -> Slider:
    return Slider(
        "found_out", "Sales found out", low=0, high=high, step=step, default=default, unit="of 10,000"
    )


# ---------------------------------------------------------------------------------------------- who sells

COSTS = np.logspace(0, 5, 201)
SPREAD = 1.0


def _sells_model(formula: Formula) -> Callable[..., Result]:
    def model(price: float, found_out: float, stake: float, median: float) -> Result:
        left = price - found_out / OF * stake
        below = left >= COSTS
        # One point more, at the line itself, so that the filled part ends there.
        filled = np.where(below, COSTS, max(left, COSTS[0]))
        return {
            "left": left,
            "height": _bell(COSTS, median),
            "filled": filled,
            "filled_height": np.where(left > COSTS[0], _bell(filled, median), 0.0),
            "share": _computed(formula, price, found_out / OF, stake, median),
        }

    return model


def _bell(cost: Numbers, median: float) -> Numbers:
    """The density over the logarithm of the moral cost: a bell, 1 high at the median."""
    return np.exp(-((np.log(cost / median) / SPREAD) ** 2) / 2)


def _sells_figure(result: Result, settings: Settings) -> Figure:
    left, share = result["left"], result["share"]
    line = min(max(left, COSTS[0]), COSTS[-1])
    names = "a sale leaves nothing" if left <= 0 else f"a sale leaves {_leaves(left)}"
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "x": result["filled"],
                "y": result["filled_height"],
                "fill": "tozeroy",
                "fillcolor": theme.VERMILION,
                "fillpattern": {
                    "shape": "/",
                    "fgcolor": theme.VERMILION,
                    "bgcolor": "rgba(213,94,0,0.25)",
                    "size": 7,
                    "solidity": 0.4,
                },
                "line": {"width": 0, "color": theme.VERMILION},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "meta": "context",
                "x": COSTS,
                "y": result["height"],
                "line": {"color": theme.BLUE, "width": 3},
                "hovertemplate": "moral cost %{x:,.0f} leaves<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": [line, line],
                "y": [0, 1.2],
                "line": {"color": theme.VERMILION, "width": 2, "dash": "dash"},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [line],
                "y": [1.24],
                "text": [names],
                "textposition": "top right" if line < 30 else "top left" if line > 3_000 else "top center",
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "meta": "context",
                "x": [settings["median"]],
                "y": [1.02],
                "text": ["all officials"],
                "textposition": "top left" if settings["median"] > 5_000 else "top center",
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [1.1],
                "y": [1.5],
                "text": [f"<b>{few(share)} sell</b>" if share > 0 else "<b>nobody sells</b>"],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Moral cost, leaves"},
                "type": "log",
                "range": [0, 5],
                "tickvals": [1, 10, 100, 1_000, 10_000, 100_000],
                "ticktext": ["1", "10", "100", "1,000", "10,000", ""],
                "tickangle": 0,
            },
            "yaxis": {
                "title": {"text": "Officials who have it"},
                "range": [0, 1.6],
                "tickvals": [],
            },
            "height": 300,
        },
    }


def _sells_summary(result: Result, settings: Settings) -> Summary:
    left, share, risk = result["left"], result["share"], settings["found_out"] / OF * settings["stake"]
    if left <= 0:
        text = (
            f"The risk costs {_leaves(risk)} leaves a sale, the price is {_leaves(settings['price'])}: a sale leaves nothing, "
            "and nobody sells."
        )
    else:
        text = (
            f"The risk costs {_leaves(risk)} of {_leaves(settings['price'])} leaves, so a sale leaves {_leaves(left)}. "
            f"Of the officials, {few(share)} have a moral cost below that: they sell."
        )
    return text, {
        "Of a sale": ["price", "risk", "what is left"],
        "Leaves": [settings["price"], risk, left],
    }


def _doubled(formula: Formula = share_that_sells) -> float:
    return round(OF * float(formula(2 * PRICE, 1 / OF, STAKE, 1_000)))


@explorable
def who_sells(formula: Formula = share_that_sells, **start: Any) -> Explorable:
    """Who sells: officials by moral cost, and what a sale leaves; with the learner's own formula for the share if one is given."""
    before = OF * float(share_that_sells(PRICE, 1 / OF, STAKE, 1_000))
    return Explorable(
        "Who sells",
        [
            Slider("price", "Price", low=0, high=1_000, step=12.5, default=2 * PRICE, unit="leaves"),
            _detection(1),
            Slider(
                "stake",
                "Stake",
                low=10_000,
                high=2_000_000,
                step=3,
                default=STAKE,
                unit="leaves",
                scale="log",
            ),
            Slider(
                "median",
                "Half have a moral cost below",
                low=10,
                high=10_000,
                step=3,
                default=1_000,
                unit="leaves",
                scale="log",
            ),
        ],
        _sells_model(formula),
        _sells_figure,
        _sells_summary,
        start=start,
        alt="A bell: officials by their moral cost, on a scale where each step is ten times the one before. The part to the left of a line, "
        "at what a sale leaves, is hatched: those who sell.",
        guess=GuessValue(
            f"1 sale in 10,000 is found out and costs 500,000 leaves. At a price of 87.5 leaves, {before:.0f} of 10,000 officials "
            "sell. Somebody offers twice as much. How many sell now?",
            Slider(
                "guess",
                "Of 10,000 officials",
                low=1,
                high=10_000,
                step=6,
                default=5,
                unit="officials",
                scale="log",
                format=",.0f",
            ),
            truth=lambda result, settings: round(OF * float(result["share"])),
        ),
    )


# ---------------------------------------------------------------------------------------------- certainty or severity

WEALTH = 600_000  # leaves: what an official has to lose
STAKES = np.logspace(3, np.log10(STAKE), 240)
LOWEST, HIGHEST = -100, 100


def _severity_model(stake: float, risk_aversion: float, risk: float) -> Result:
    worth = np.asarray(worth_of_selling(WEALTH, PRICE, risk / STAKES, STAKES, risk_aversion))
    return {
        "neutral": PRICE - risk,
        "worth": np.where(worth >= LOWEST, worth, np.nan),
        "here": float(worth_of_selling(WEALTH, PRICE, risk / stake, stake, risk_aversion)),
    }


def _severity_figure(result: Result, settings: Settings) -> Figure:
    here, neutral, stake = result["here"], result["neutral"], settings["stake"]
    beyond = here < LOWEST  # pinned to the bottom edge, as a triangle that points on
    left = stake > 20_000
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "meta": "context",
                "x": [1_000, STAKE],
                "y": [neutral] * 2,
                "line": {"color": theme.GREY, "width": 2, "dash": "dash"},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "meta": "context",
                "x": [1_000, STAKE],
                "y": [0, 0],
                "line": {"color": theme.GREY, "width": 1},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": STAKES,
                "y": result["worth"],
                "line": {"color": theme.BLUE, "width": 3},
                "hovertemplate": "losing %{x:,.3~s}: %{y:.1f} leaves<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [stake],
                "y": [max(here, LOWEST + 7)],
                "cliponaxis": False,
                "text": [f"<b>{_signed(here)}</b>"],
                "textposition": ("top " if here > neutral or here < -80 else "bottom ")
                + ("left" if left else "right"),
                "marker": {
                    "color": theme.BLUE,
                    "size": 13,
                    "symbol": ["triangle-down" if beyond else "diamond"],
                },
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [1_050, 1_050, STAKE],
                "y": [90, -90, neutral + (9 if settings["risk_aversion"] >= 0 else -9)],
                "text": ["↑ it pays to sell", "↓ it does not pay", "counts money only"],
                "textposition": ["middle right", "middle right", "middle left"],
                "hoverinfo": "skip",
                "meta": "context",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Lost if caught, leaves"},
                "type": "log",
                "range": [3, np.log10(STAKE) + 0.05],
                "tickvals": [1_000, 10_000, 100_000, 500_000],
                "ticktext": ["1,000", "10,000", "100,000", ""],
                "tickangle": 0,
            },
            "yaxis": {
                "title": {"text": "What a sale is worth, leaves"},
                "range": [LOWEST, HIGHEST],
                "tickvals": [-100, -50, 0, 50, 100],
                "zeroline": False,
            },
            "height": 320,
        },
    }


def _signed(amount: float) -> str:
    return (
        f"{amount:+,.1f}".replace("-", "\N{MINUS SIGN}")
        if abs(amount) < 100
        else f"{amount:+,.0f}".replace("-", "\N{MINUS SIGN}")
    )


def _severity_summary(result: Result, settings: Settings) -> Summary:
    here, aversion = result["here"], settings["risk_aversion"]
    odds = settings["stake"] / settings["risk"]
    who = "dislikes risk" if aversion > 0 else "likes risk" if aversion < 0 else "counts money only"
    text = (
        f"Caught in 1 of {odds:,.0f} sales and losing {settings['stake']:,.0f} leaves costs {settings['risk']:g} a sale on average. "
        f"To an official who {who} the sale is then worth {_signed(here)} leaves: "
        f"{'it pays' if here > 0.05 else 'it makes no difference' if here > -0.05 else 'it does not pay'}."
    )
    rows = [1_000, 10_000, 50_000, 100_000, 200_000, 500_000]
    return text, {
        "Lost if caught": rows,
        "Caught in 1 of": [f"{row / settings['risk']:,.0f}" for row in rows],
        "Worth, leaves": [
            _signed(float(worth_of_selling(WEALTH, PRICE, settings["risk"] / row, row, aversion)))
            for row in rows
        ],
    }


@explorable
def certain_or_severe(**start: Any) -> Explorable:
    """What a sale is worth to an official as the same expected loss gets rarer and harsher."""
    return Explorable(
        "Certain or severe",
        [
            Slider(
                "stake",
                "Lost if caught",
                low=1_000,
                high=STAKE,
                step=3,
                default=200_000,
                unit="leaves",
                scale="log",
                format=",.0f",
            ),
            Slider("risk_aversion", "Dislike of risk", low=-2, high=4, step=0.25, default=2),
            Slider("risk", "Expected loss of a sale", low=5, high=150, step=5, default=70, unit="leaves"),
        ],
        _severity_model,
        _severity_figure,
        _severity_summary,
        start=start,
        alt="A curve: what a sale is worth to an official, against what is lost if caught, where the chance of being caught falls as the loss "
        "grows; beside the flat line of somebody who counts money only.",
        guess=GuessValue(
            "A sale pays 87.5 leaves and costs 70 on average. Whoever counts money only values it at 17.5, harsh or mild. "
            "An official who dislikes risk (2, on the scale of the next slider) is caught in 1 sale of 2,857 and then loses 200,000 "
            "of the 600,000 leaves that they have. What is the sale worth to them?",
            Slider(
                "guess", "Leaves", low=LOWEST, high=HIGHEST, step=2.5, default=17.5, unit="leaves", format="g"
            ),
            truth=lambda result, settings: round(float(result["here"]), 1),
            axis="y",
        ),
    )


# ---------------------------------------------------------------------------------------------- the honest premium

FOUND_OUT = np.logspace(-1, 3, 81)
HIGHEST_PREMIUM = 1e7
SCALE = {
    1: "1",
    10: "10",
    100: "100",
    1_000: "1,000",
    10_000: "10,000",
    100_000: "100,000",
    1_000_000: "million",
}


def _premium_model(formula: Formula) -> Callable[..., Result]:
    def model(found_out: float, bribe: float, discount: float, officials: float) -> Result:
        along = np.array([_computed(formula, bribe, chance / OF, discount) for chance in FOUND_OUT])
        here = _computed(formula, bribe, found_out / OF, discount)
        return {
            "along": np.where((along >= 0.1) & (along <= HIGHEST_PREMIUM), along, np.nan),
            "here": here,
            "bill": here * officials * WEEKS,
            "even": OF * (1 - discount) / discount,
        }

    return model


def _premium_figure(result: Result, settings: Settings) -> Figure:
    here, bribe = result["here"], settings["bribe"]
    high = here > 3e4
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "meta": "context",
                "x": [0.1, 1_000],
                "y": [bribe] * 2,
                "line": {"color": theme.VERMILION, "width": 2, "dash": "dash"},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "meta": "context",
                # Below, and left of the crossing, where the falling line never is; two lines, for a narrow page.
                "x": [0.11],
                "y": [bribe / 5],
                "text": [f"selling brings<br>{bribe:,g}"],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": FOUND_OUT,
                "y": result["along"],
                "line": {"color": theme.BLUE, "width": 3},
                "hovertemplate": "%{x:.3~g} of 10,000: %{y:,.4~r} leaves<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [settings["found_out"]],
                "y": [here if 0.1 <= here <= HIGHEST_PREMIUM else np.nan],
                "text": [f"<b>{_leaves(here)}</b>"],
                "textposition": "middle left"
                if settings["found_out"] > 100
                else "bottom left"  # clear of the dashed line
                if settings["found_out"] > 20 and here < 0.7 * bribe
                else "middle right"
                if high
                else "top right",
                "marker": {"color": theme.BLUE, "size": 13, "symbol": "diamond"},
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Weeks found out, of 10,000"},
                "type": "log",
                "range": [-1, 3.1],
                "tickvals": [0.1, 1, 10, 100, 1_000],
                "ticktext": ["0.1", "1", "10", "100", "1,000"],
                "tickangle": 0,
            },
            "yaxis": {
                "title": {"text": "Premium, leaves a week"},
                "type": "log",
                "range": [-1, np.log10(HIGHEST_PREMIUM)],
                "tickvals": list(SCALE),
                "ticktext": list(SCALE.values()),
            },
            "height": 300,
        },
    }


def _premium_summary(result: Result, settings: Settings) -> Summary:
    here, officials = result["here"], settings["officials"]
    times = here / settings["bribe"]
    than = (
        f"{times:.0%} of what selling brings"
        if times < 0.995
        else "as much as selling brings"
        if times < 1.05
        else f"{_leaves(times)} times what selling brings"
    )
    text = (
        f"If {settings['found_out']:,g} of 10,000 weeks are found out, {_leaves(here)} leaves a week above other jobs keep an official honest: "
        f"{than}. For {_many(officials)} {'official' if officials == 1 else 'officials'} that is {_leaves(result['bill'])} leaves a year."
    )
    return text, {
        "Each week": ["premium", "what selling brings", "found out, of 10,000, where both are equal"],
        "Amount": [_leaves(here), _leaves(settings["bribe"]), f"{result['even']:.3g}"],
    }


@explorable
def the_price_of_honesty(formula: Formula = honest_premium, **start: Any) -> Explorable:
    """The premium that keeps an official honest, against how often selling is found out; with the learner's own formula if one is given."""
    handles = [1.0, 10.0, 100.0, 1_000.0]
    return Explorable(
        "The price of honesty",
        [
            Slider(
                "found_out",
                "Weeks found out",
                low=0.1,
                high=1_000,
                step=6,
                default=10,
                unit="of 10,000",
                scale="log",
            ),
            Slider(
                "bribe",
                "Selling brings, a week",
                low=12.5,
                high=1_000,
                step=12.5,
                default=PRICE,
                unit="leaves",
            ),
            Slider("discount", "What next week counts", low=0.95, high=0.999, step=0.001, default=0.99),
            Slider(
                "officials",
                "Officials with access",
                low=1,
                high=1_000_000,
                step=3,
                default=5_000,
                scale="log",
            ),
        ],
        _premium_model(formula),
        _premium_figure,
        _premium_summary,
        start=start,
        alt="A falling line: the weekly premium that keeps an official honest against how often selling is found out, both on scales where each "
        "step is ten times the one before; and the flat line of what selling brings.",
        guess=GuessCurve(
            "Selling brings 87.5 leaves a week (the dashed line). How much must the job pay above other jobs, each week, if so many of 10,000 weeks of "
            "selling are found out?",
            at=handles,
            slider=Slider(
                "guess",
                "Premium",
                low=1,
                high=1_000_000,
                step=6,
                default=100,
                unit="leaves",
                scale="log",
                format=",.0f",
            ),
            truth=lambda result, settings: np.round(
                np.asarray(honest_premium(PRICE, np.array(handles) / OF, 0.99)), 1
            ),
            unit_x="of 10,000",
        ),
    )


# ---------------------------------------------------------------------------------------------- the leak law

HANDS = np.unique(np.round(np.logspace(0, 7, 141)))


@cache
def documented_hands() -> tuple[tuple[float, str, str], ...]:
    """Give how many people had access in three documented cases: the number, the place, the ledger's row."""
    return (
        (fact("F2-074").value, "Irish welfare", "F2-074"),
        (fact("F2-022").value, "Dutch health", "F2-022"),
        (fact("F2-003").value, "Aadhaar", "F2-003"),
    )


def _law_model(formula: Formula) -> Callable[..., Result]:
    def model(hands: float, one_in: float, correlation: float) -> Result:
        q = 1 / one_in
        alone = np.array([_computed(formula, many, q) for many in HANDS])
        return {
            "alone": np.clip(alone, 0, 1),
            "here": _computed(formula, hands, q),
            "together": np.asarray(chance_of_leak(HANDS, q, correlation)),
            "here_together": float(chance_of_leak(hands, q, correlation)),
            "even": float(hands_until(0.5, q)),
            "documented": np.array(
                [chance_of_leak(many, q, correlation) for many, _, _ in documented_hands()]
            ),
        }

    return model


def _law_figure(result: Result, settings: Settings) -> Figure:
    hands = settings["hands"]
    both = settings["correlation"] > 0
    marks = documented_hands()
    shown = [result["here"], result["here_together"] if both else np.nan]
    words = [chance(share) if np.isfinite(share) else NO_LABEL for share in shown]
    if both and abs(shown[0] - shown[1]) < 0.1:
        # The marks stand on each other: one label for both.
        words = [NO_LABEL, words[1] if words[0] == words[1] else f"{words[0]}, {words[1]}"]
    side = "left" if hands > 3_000 else "right"
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+text",
                "meta": "context",
                "x": [many, many, many],
                "y": [0, 1, 1.06 + 0.1 * (2 - row)],
                "text": ["", "", name],
                "textposition": "middle center",
                "line": {"color": theme.GREY, "width": 1, "dash": "dot"},
                "hovertemplate": f"{name}: {many:,.0f} hands<extra></extra>",
            }
            for row, (many, name, _) in enumerate(marks)
        ]
        + [
            {
                "type": "scatter",
                "mode": "lines",
                "x": HANDS,
                "y": result["alone"],
                "line": {"color": theme.BLUE, "width": 3},
                "hovertemplate": "%{x:,.0f} hands, each for itself: %{y:.1%}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": HANDS,
                "y": result["together"] if both else np.full(len(HANDS), np.nan),
                "line": {"color": theme.VERMILION, "width": 3, "dash": "dash"},
                "hovertemplate": "%{x:,.0f} hands of one mind: %{y:.1%}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [hands, hands],
                "y": shown,
                "text": [f"<b>{word}</b>" for word in words],
                "textposition": [f"{'bottom' if share > 0.85 else 'top'} {side}" for share in shown],
                "marker": {
                    "color": [theme.BLUE, theme.VERMILION],
                    "size": 13,
                    "symbol": ["circle", "diamond"],
                },
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "meta": "context",
                "x": [1.3, 1.3],
                "y": [1.45, 1.36 if both else np.nan],
                "text": [_key("●", theme.BLUE, "each for itself"), _key("◆", theme.VERMILION, "of one mind")],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "People with access (hands)"},
                "type": "log",
                "range": [-0.15, 7.2],
                "tickvals": [1, 100, 10_000, 1_000_000],
                "ticktext": ["1", "100", "10,000", "million"],
                "tickangle": 0,
            },
            "yaxis": {
                "title": {"text": "Chance that somebody sells"},
                "range": [-0.04, 1.5],
                "zeroline": False,
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
                "tickformat": ".0%",
            },
            "height": 340,
        },
    }


def _hands(number: float) -> str:
    return f"{_many(number)} {'hand' if number == 1 else 'hands'}"


def _law_summary(result: Result, settings: Settings) -> Summary:
    text = (
        f"Among {_hands(settings['hands'])}, of whom each sells with a chance of 1 in {settings['one_in']:,.0f}, somebody sells with a chance of "
        f"{chance(result['here'])}. Even odds need {_even(result['even'])}."
    )
    if settings["correlation"]:
        text += f" If they are of one mind ({settings['correlation']:g}), the chance is {chance(result['here_together'])}."
    return text, {
        "Documented": [
            f"{name} ({who}) [{row}]"
            for (_, name, row), who in zip(
                documented_hands(), ("staff", "with access", "offered access"), strict=True
            )
        ],
        "Number of people": [int(many) for many, _, _ in documented_hands()],
        "Somebody sells": [chance(float(share)) for share in result["documented"]],
    }


def _even(hands: float) -> str:
    return _hands(float(np.ceil(hands))) if hands < 1e6 else f"{hands / 1e6:,.3g} million hands"


def _one_in(high: float) -> Slider:
    return Slider(
        "one_in",
        "Willing to sell: 1 in",
        low=10,
        high=high,
        step=3,
        default=1_000,
        scale="log",
        format=",.0f",
    )


@explorable
def the_leak_law(formula: Formula = chance_of_leak, **start: Any) -> Explorable:
    """The chance that somebody sells, against the number of hands; with the learner's own formula for independent hands if one is given."""
    handles = [1.0, 10.0, 100.0, 1_000.0, 10_000.0, 100_000.0]
    return Explorable(
        "The leak law",
        [
            Slider(
                "hands", "Hands", low=1, high=10_000_000, step=3, default=1_000, scale="log", format=",.0f"
            ),
            _one_in(1e9),
            Slider("correlation", "Of one mind", low=0, high=0.5, step=0.01, default=0),
        ],
        _law_model(formula),
        _law_figure,
        _law_summary,
        start=start,
        alt="A rising curve, from nearly never to nearly always: the number of people with access against the chance that at least one sells; "
        "and a lower curve for people who are of one mind. Dotted lines mark three documented numbers: the staff of Irish welfare, those with "
        "access in Dutch health, and operators in India who were offered access to Aadhaar.",
        guess=GuessCurve(
            "1 official in 1,000 is willing to sell, each for itself. How likely is it that somebody sells, among so many hands?",
            at=handles,
            slider=Slider("guess", "Chance", low=0, high=1, step=0.01, default=0.5, format=".0%"),
            truth=lambda result, settings: np.asarray(chance_of_leak(np.array(handles), 0.001)),
        ),
    )


# ---------------------------------------------------------------------------------------------- how many sell

CLASSES = (
    (0, 0, "nobody"),
    (1, 1, "1"),
    (2, 9, "2-9"),
    (10, 99, "10-99"),
    (100, 999, "100-999"),
    (1_000, 10_000, "1,000+"),
)


@cache
def _sellers(hands: int, willingness: float, correlation: float) -> Numbers:
    """Chances that as many sell as each of the classes says."""
    number = np.arange(hands + 1)
    if correlation:
        n = (1 - correlation) / correlation
        each = betabinom.pmf(number, hands, willingness * n, (1 - willingness) * n)
    else:
        each = binom.pmf(number, hands, willingness)
    return np.array([each[low : high + 1].sum() for low, high, _ in CLASSES])


def _sellers_model(correlation: float, hands: int, one_in: float) -> Result:
    willingness = 1 / one_in
    leak = float(chance_of_leak(hands, willingness, correlation))
    return {
        "alone": _sellers(hands, willingness, 0),
        "together": _sellers(hands, willingness, correlation),
        "leak": leak,
        "expected": hands * willingness,
        "when_it_leaks": hands * willingness / leak,
    }


def _on_a_bar(share: float) -> str:
    """Say a chance shortly, beside a bar as long as a narrow page."""
    if share <= 5e-7:
        return NO_LABEL
    return chance(share).replace("over ", "&gt;").replace("under ", "&lt;")


def _sellers_figure(result: Result, settings: Settings) -> Figure:
    height = len(CLASSES) - np.arange(len(CLASSES), dtype=float)

    def bars(name: str, offset: float, colour: str, texture: str) -> list[dict[str, Any]]:
        shares = result[name]
        return [
            {
                "type": "bar",
                "orientation": "h",
                "x": shares,
                "y": height + offset,
                "width": 0.34,
                "marker": {
                    "color": colour,
                    "pattern": {"shape": texture, "size": 6, "solidity": 0.5},
                    # An outline, so that a bar of half a percent can be seen on a narrow page.
                    "line": {"color": colour, "width": np.where(shares > 5e-4, 1.5, 0)},
                },
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": shares + 0.01,
                "y": height + offset,
                "text": [_on_a_bar(float(share)) for share in shares],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
        ]

    return {
        "data": [
            *bars("alone", 0.19, theme.BLUE, ""),
            *bars("together", -0.19, theme.VERMILION, "/"),
            {
                "type": "scatter",
                "mode": "text",
                "x": [0, 0.72],
                "y": [len(CLASSES) + 0.75] * 2,
                "text": [_key("■", theme.BLUE, "each for itself"), _key("▨", theme.VERMILION, "of one mind")],
                "textposition": "middle right",
                "hoverinfo": "skip",
                "meta": "context",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Chance"},
                "range": [0, 1.36],
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
                "tickformat": ".0%",
            },
            "yaxis": {
                "title": {"text": "Officials who sell"},
                "range": [0.4, len(CLASSES) + 1.05],
                "tickvals": height,
                "ticktext": [name for _, _, name in CLASSES],
                "showgrid": False,
            },
            "barmode": "overlay",
            "height": 340,
        },
    }


def _average(number: float) -> str:
    if number < 0.95:
        return f"{number:.2g}"
    return f"{number:,.0f}" if number >= 99.5 else f"{number:.1f}".removesuffix(".0")


def _sellers_summary(result: Result, settings: Settings) -> Summary:
    text = (
        f"On average {_average(result['expected'])} of {settings['hands']:,} officials "
        f"{'sells' if result['expected'] == 1 else 'sell'}, of one mind or not. "
        f"Nobody sells with a chance of {chance(1 - result['leak'])} if they are of one mind ({settings['correlation']:g}); "
        f"where somebody sells, the average is {_average(result['when_it_leaks'])}."
    )
    return text, {
        "Who sell": [name for _, _, name in CLASSES],
        "Each for itself": [chance(float(share)) for share in result["alone"]],
        "Of one mind": [chance(float(share)) for share in result["together"]],
    }


@explorable
def how_many_sell(**start: Any) -> Explorable:
    """How many of some officials sell, if each decides alone and if they are of one mind."""
    return Explorable(
        "How many sell",
        [
            Slider("correlation", "Of one mind", low=0.01, high=0.5, step=0.01, default=0.1),
            Slider("hands", "Hands", low=10, high=10_000, step=3, default=1_000, scale="log"),
            _one_in(10_000),
        ],
        _sellers_model,
        _sellers_figure,
        _sellers_summary,
        start=start,
        alt="Pairs of bars: how likely it is that nobody sells, that one does, two to nine, and so on; where each official decides alone, and "
        "where they are of one mind.",
        guess=GuessValue(
            "1,000 officials, each of whom sells with a chance of 1 in 1,000, but they are of one mind (0.1): then nobody sells with a "
            "chance of 96%. And when somebody does, how many do on average?",
            Slider(
                "guess",
                "Officials",
                low=1,
                high=1_000,
                step=12,
                default=1,
                scale="log",
                format=",.0f",
            ),
            truth=lambda result, settings: round(float(result["when_it_leaks"]), 1),
        ),
    )


# ---------------------------------------------------------------------------------------------- an office that remembers

HONEST, CORRUPT = "honest", "corrupt"
MOST_AUDITS = 7  # of 10,000 sales
RISK_SPREAD = 0.5
SHARES = np.unique(
    np.r_[
        np.logspace(-60, -6, 30),
        np.logspace(-6, -2, 40),
        np.linspace(0.01, 0.99, 140),
        1 - np.logspace(-2, -5, 30),
    ]
)


@cache
def _curve(shield: float, median: float) -> tuple[Numbers, Numbers, tuple[int, int] | None]:
    """Audits (of 10,000) that hold each share, where the slope says that it is stable, and the two places where an office tips."""
    audits = OF * np.asarray(norms.audits_that_hold(SHARES, PRICE, STAKE, median, RISK_SPREAD, shield))
    rising = np.gradient(audits, SHARES) > 0
    if not rising.any():
        return audits, rising, None
    first, last = np.flatnonzero(rising)[[0, -1]]
    return audits, rising, (int(first), int(last))


@cache
def _office(audits: float, shield: float, median: float) -> tuple[norms.FixedPoint, ...]:
    return tuple(
        norms.fixed_points(
            price=PRICE,
            audits=audits / OF,
            stake=STAKE,
            median_moral_cost=median,
            spread=RISK_SPREAD,
            shield=shield,
        )
    )


def _norms_model(audits: float, shield: float, median: float, office: str) -> Result:
    points = _office(audits, shield, median)
    holding, _, turns = _curve(shield, median)
    stable = [point.share for point in points if point.stable]
    inside = (holding >= 0) & (holding <= MOST_AUDITS)
    tipping, stays = np.zeros(len(SHARES), dtype=bool), np.ones(len(SHARES), dtype=bool)
    if turns is not None:
        tipping[turns[0] : turns[1] + 1] = True
        stays[turns[0] + 1 : turns[1]] = False
    return {
        "audits": holding,
        "stable": np.where(inside & stays, SHARES, np.nan),
        "unstable": np.where(inside & tipping, SHARES, np.nan),
        "points": stable,
        "tipping": [point.share for point in points if not point.stable],
        "state": (stable[0] if office == HONEST else stable[-1]) if stable else points[0].share,
        "middle": float(SHARES[(turns[0] + turns[1]) // 2]) if turns else 0.5,
        "empty_from": OF * PRICE / STAKE,
    }


def _norms_becomes(result: Result, settings: Settings) -> str:
    if len(result["points"]) > 1:
        return str(settings["office"])
    return CORRUPT if result["state"] > result["middle"] else HONEST


def _norms_figure(result: Result, settings: Settings) -> Figure:
    audits, state = settings["audits"], result["state"]
    other = _padded([share for share in result["points"] if share != state], 1)
    tipping = _padded(result["tipping"], 1)
    inner = np.clip(result["audits"], 0, MOST_AUDITS)
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "x": np.r_[inner, np.nan, result["empty_from"], MOST_AUDITS],
                "y": np.r_[result["stable"], np.nan, 0, 0],
                "line": {"color": theme.BLUE, "width": 3},
                "hovertemplate": "stays at %{y:.1%}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": inner,
                "y": result["unstable"],
                "line": {"color": theme.VERMILION, "width": 2, "dash": "dot"},
                "hovertemplate": "tips at %{y:.0%}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": [audits, audits],
                "y": [0, 1.04],
                "line": {"color": theme.GREY, "width": 1},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [audits],
                "y": tipping,
                "marker": {
                    "color": theme.VERMILION,
                    "size": 12,
                    "symbol": "x-thin-open",
                    "line": {"width": 3},
                },
                "hovertemplate": "tipping point: %{y:.0%}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [audits],
                "y": other,
                "marker": {"color": theme.BLUE, "size": 12, "symbol": "circle-open", "line": {"width": 2}},
                "hovertemplate": "could also stay at %{y:.1%}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [audits],
                "y": [state],
                "marker": {"color": theme.BLUE, "size": 15, "symbol": "diamond"},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [0],
                "y": [1.17],
                "text": [f"<b>{few(state)} sell</b>" if state > 0 else "<b>nobody sells</b>"],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Audits, of 10,000 sales"},
                "range": [-0.1, MOST_AUDITS + 0.1],
                "tickvals": list(range(MOST_AUDITS + 1)),
                "zeroline": False,
            },
            "yaxis": {
                "title": {"text": "Officials who sell"},
                "range": [-0.04, 1.24],
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
                "tickformat": ".0%",
                "zeroline": False,
            },
            "height": 310,
        },
    }


def _padded(values: Any, length: int) -> Numbers:
    """Fill up with NaN, which draws nothing: a mark that vanishes leaves as many points as before."""
    padded = np.full(length, np.nan)
    padded[: len(values)] = values[:length]
    return padded


def _norms_summary(result: Result, settings: Settings) -> Summary:
    state, points, tipping = result["state"], result["points"], result["tipping"]
    text = (
        f"With audits at {settings['audits']:g} of 10,000 the office is at rest with {_sellers_said(state)}. "
    )
    if len(points) > 1:
        (other,) = [share for share in points if share != state]
        text += f"It could rest with {_sellers_said(other)} too: it stays where it came from"
        text += f", and tips at {tipping[0]:.0%}." if tipping else "."
    else:
        text += "It can rest nowhere else."
    kinds = [("at rest", share) for share in points] + [("tips", share) for share in tipping]
    kinds.sort(key=lambda one: one[1])
    return text, {
        "Share that sells": [few(share) for _, share in kinds],
        "The office": [f"{kind}, now" if share == state else kind for kind, share in kinds],
    }


def _sellers_said(share: float) -> str:
    return "no seller" if share <= 0 else f"{few(share)} selling"


@explorable
def an_office_that_remembers(**start: Any) -> Explorable:
    """How many sell where colleagues who sell shield each other: the same audits, another office, depending on where it comes from."""
    return Explorable(
        "An office that remembers",
        [
            Slider("audits", "Audits", low=0, high=MOST_AUDITS, step=0.1, default=5, unit="of 10,000"),
            Slider(
                "shield", "Shielding by colleagues", low=0, high=0.95, step=0.05, default=0.9, format=".0%"
            ),
            Slider(
                "median",
                "Half have a moral cost below",
                low=10,
                high=100,
                step=5,
                default=25,
                unit="leaves",
            ),
            Memory("office", "The office is", [HONEST, CORRUPT], becomes=_norms_becomes),
        ],
        _norms_model,
        _norms_figure,
        _norms_summary,
        start=start,
        alt="Where an office comes to rest, against the audits: a low line of honest offices, a high line of corrupt ones, over the same audits, "
        "and between them the dotted line at which an office tips. A diamond is the office.",
        guess=GuessValue(
            "With audits at 5 of 10,000 nobody sells. They are cut to 1, and nearly everybody sells. To how many must the audits rise "
            "before the office is honest again?",
            Slider("guess", "Of 10,000", low=0, high=MOST_AUDITS, step=0.1, default=1),
            truth=lambda result, settings: np.ceil(10 * tips_back(0.9, 25)) / 10,  # the slider's next step
            axis="x",
        ),
    )


def tips_back(shield: float, median: float) -> float:
    """Give the audits, of 10,000, above which a corrupt office cannot stay so; 0 where it never stays by itself."""
    audits, _, turns = _curve(shield, median)
    return float(audits[turns[1]]) if turns else 0.0


# ---------------------------------------------------------------------------------------------- the whole office

WEEKS_AHEAD = 99.0  # what all weeks to come count together, where the next counts 0.99: 0.99 / (1 - 0.99)
BRIBE_MEDIAN = 1_000


def _whole_model(premium: float, found_out: float, penalty: float, hands: int) -> Result:
    stake = penalty + WEEKS_AHEAD * premium
    share = float(share_that_sells(PRICE, found_out / OF, stake, BRIBE_MEDIAN))
    tempted = float(share_that_sells(PRICE, 0, stake, BRIBE_MEDIAN))
    return {
        "stake": stake,
        "share": share,
        "safe": 1 - np.asarray(chance_of_leak(HANDS, share)),
        "unguarded": 1 - np.asarray(chance_of_leak(HANDS, tempted)),
        "here": 1 - float(chance_of_leak(hands, share)),
        "bill": premium * hands * WEEKS,
        "even": float(hands_until(0.5, share)) if share > 0 else np.inf,
    }


def _whole_figure(result: Result, settings: Settings) -> Figure:
    here, hands = result["here"], settings["hands"]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "meta": "context",
                "x": HANDS,
                "y": result["unguarded"],
                "line": {"color": theme.GREY, "width": 2, "dash": "dot"},
                "hovertemplate": "without audits, %{x:,.0f} hands: %{y:.1%}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": HANDS,
                "y": result["safe"],
                "line": {"color": theme.BLUE, "width": 3},
                "hovertemplate": "%{x:,.0f} hands: %{y:.1%}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [hands],
                "y": [here],
                "text": [f"<b>{_safe(result)}</b>"],
                "textposition": ("bottom " if here > 0.85 else "top ")
                + ("left" if hands > (3_000 if here > 0.5 else 1e6) else "right"),
                "marker": {"color": theme.BLUE, "size": 13, "symbol": "diamond"},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [1.3, 1.3],
                "y": [1.26, 1.15],
                "text": [
                    f"<b>{few(result['share'])} would sell</b>"
                    if result["share"] > 0
                    else "<b>nobody would sell</b>",
                    "dotted: without audits",
                ],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "People with access (hands)"},
                "type": "log",
                "range": [-0.15, 7.2],
                "tickvals": [1, 100, 10_000, 1_000_000],
                "ticktext": ["1", "100", "10,000", "million"],
                "tickangle": 0,
            },
            "yaxis": {
                "title": {"text": "Chance that nothing leaks"},
                "range": [-0.04, 1.34],
                "zeroline": False,
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
                "tickformat": ".0%",
            },
            "height": 300,
        },
    }


def _safe(result: Result) -> str:
    return chance(result["here"]) if result["share"] > 0 else "100%"


def _whole_summary(result: Result, settings: Settings) -> Summary:
    share, hands = result["share"], settings["hands"]
    sellers = f"{few(share)} would sell" if share > 0 else "nobody would sell"
    text = (
        f"Whoever is caught loses {_leaves(result['stake'])} leaves, so {sellers}. "
        f"Among {_hands(hands)} nothing leaks with a chance of {_safe(result)}. "
        f"The premium costs {_leaves(result['bill'])} leaves a year."
    )
    return text, {
        "The office": [
            "would sell",
            "stake, leaves",
            "expected sellers",
            "hands for even odds",
            "premium a year",
        ],
        "Amount": [
            few(share),
            _leaves(result["stake"]),
            _average(share * hands) if share else "0",
            _even(result["even"]) if np.isfinite(result["even"]) else "no number is enough",
            _leaves(result["bill"]),
        ],
    }


@explorable
def the_whole_office(**start: Any) -> Explorable:
    """Pay, audits, penalty and the number of hands: who would sell, and the chance that nothing leaks."""
    return Explorable(
        "The whole office",
        [
            Slider(
                "hands", "Hands", low=1, high=10_000_000, step=3, default=20_000, scale="log", format=",.0f"
            ),
            _detection(3, high=5),
            Slider(
                "premium",
                "Pay above other jobs, a week",
                low=0,
                high=5_000,
                step=100,
                default=0,
                unit="leaves",
            ),
            Slider("penalty", "Penalty", low=0, high=500_000, step=25_000, default=200_000, unit="leaves"),
        ],
        lambda hands, found_out, premium, penalty: _whole_model(premium, found_out, penalty, int(hands)),
        _whole_figure,
        _whole_summary,
        start=start,
        alt="A falling curve, from nearly always to nearly never: the number of people with access against the chance that nothing leaks; "
        "and the same without audits.",
        guess=GuessValue(
            "20,000 people have access. 3 of 10,000 sales are found out, and whoever is caught loses 200,000 leaves. "
            "How likely is it that nothing leaks?",
            Slider("guess", "Nothing leaks", low=0, high=1, step=0.01, default=0.5, format=".0%"),
            truth=lambda result, settings: float(result["here"]),
            axis="y",
        ),
    )
