"""Lesson 09, what 700 yuan tells you: what a price says of the risk, and why it is low.

The sums are those of `dossier.leak`: `price`, `cournot`, `ageing`, `bundling`, `lemons`. Documented prices come from the ledger, the cases
and the British price list; the stakes, and everything in leaves, are invented.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dossier.evidence import cases, fact, uk_tariff
from dossier.explore import theme
from dossier.explore.beside import Beside
from dossier.explore.controls import Choice, Slider
from dossier.explore.explorable import Explorable, Summary, explorable
from dossier.explore.formula import FormulaProblem, learners_formula
from dossier.explore.frames import Figure
from dossier.explore.guess import GuessCurve, GuessValue, Result, Settings
from dossier.explore.table import EditableTable, Number
from dossier.explore.text import counted
from dossier.leak.ageing import earned_with_access, earned_with_copy, lifetime_of
from dossier.leak.bundling import draw_valuations
from dossier.leak.cournot import equilibrium
from dossier.leak.lemons import frauds_that_unravel_it, settled_price, uniform_costs, unravelling
from dossier.leak.price import stake_if_caught

Formula = Callable[..., Any]
Numbers = NDArray[np.float64]

CLERKS_PAY = 50_000
"""Leaves a year: the income of the clerk whom the lesson follows."""


def _words() -> dict[str, Any]:
    return {"type": "scatter", "mode": "text", "hoverinfo": "skip"}


def _computed(formula: Formula, *arguments: float) -> float:
    """Run a learner's formula for one set of numbers."""
    with learners_formula():
        given_back = formula(*arguments)
        if given_back is None:
            raise FormulaProblem("Your formula gave nothing back. Does it end with a return?")
        number = float(given_back)
    if not np.isfinite(number):
        raise FormulaProblem(f"Your formula gave {number}, which is no number.")
    return number


def _round(number: float) -> str:
    """Say a large number with three figures at most: 714; 5,710; 1.2 million."""
    for size, word in ((1e9, " billion"), (1e6, " million")):
        if number >= size * 0.9995:
            return f"{number / size:.3g}{word}"
    return f"{float(f'{number:.3g}'):,.0f}" if number >= 100 else f"{number:.3g}"


# ---------------------------------------------------------------------------------------------- what a price allows


def clerks_stake() -> pd.DataFrame:
    """Give what a clerk of Sorrel may lose, in years of pay: at least, at most, and how often it follows (all of it invented)."""
    rows = (
        ("no pay for so long", 2.0, 4.0, 100),
        ("pension", 0.0, 3.0, 100),
        ("fine", 0.0, 1.0, 100),
        ("prison, as you value it", 0.0, 2.0, 100),
    )
    return pd.DataFrame(rows, columns=["loss", "low", "high", "chance"]).set_index("loss")


def _in_order(frame: pd.DataFrame) -> tuple[Any, str, str] | None:
    for loss, row in frame.iterrows():
        if row["low"] > row["high"]:
            return loss, "high", "At most must not be less than at least."
    if not (frame["low"] * frame["chance"]).any():
        return (
            frame.index[0],
            "low",
            "With this, nothing is at stake at the lowest. First raise another At least.",
        )
    return None


def editable_stake() -> EditableTable:
    """Lay out what the clerk may lose as a table."""
    return EditableTable(
        "What the clerk loses, if caught, in years of pay",
        clerks_stake(),
        [
            Number("low", "At least", low=0, high=40, step=0.5, unit="years"),
            Number("high", "At most", low=0, high=40, step=0.5, unit="years"),
            Number("chance", "Happens to", low=0, high=100, step=1, unit="%"),
        ],
        labels={"loss": "Loss"},
        check=_in_order,
        name="my_stake",
    )


def stakes(table: pd.DataFrame) -> tuple[float, float]:
    """Give the lowest and the highest stake of a table like `clerks_stake`, in leaves."""
    chances = table["chance"].to_numpy() / 100
    low, high = (CLERKS_PAY * stake_if_caught(table[end].to_numpy(), chances) for end in ("low", "high"))
    return low, high


def highest_risk(price: float, stake: float, sellers: float = 1, moral_cost: float = 0) -> float:
    """Give the lesson's own formula, for who asks for the chart without it."""
    return (price / sellers - moral_cost) / stake


STEPS = ("whole price", "after brokers", "for each seller", "after conscience")
FEWEST_SALES, MOST_SALES = 1.0, 1e8


def _allowed_model(formula: Formula, table: Callable[[], pd.DataFrame]) -> Callable[..., Result]:
    def model(price: float, brokers: float, sellers: int, conscience: float) -> Result:
        low, high = stakes(table())
        left = price * (1 - brokers / 100)
        moral = left / sellers * conscience / 100
        arguments = ((price, 1, 0.0), (left, 1, 0.0), (left, sellers, 0.0), (left, sellers, moral))
        risks = np.array(
            [
                [_computed(formula, paid, stake, hands, cost) for stake in (low, high)]
                for paid, hands, cost in arguments
            ]
        )
        with np.errstate(divide="ignore"):
            sales = np.where(risks > 0, 1 / np.maximum(risks, 1e-300), np.inf)
        return {"sales": np.maximum(sales, 1.0), "each": left / sellers, "stakes": (low, high)}

    return model


def _allowed_figure(result: Result, settings: Settings) -> Figure:
    sales = np.clip(result["sales"], FEWEST_SALES, MOST_SALES)
    rows = np.arange(len(STEPS), 0, -1)
    traces: list[dict[str, Any]] = []
    for state, one_in in (("Baden-Württemberg", 50), ("Hesse", 200)):
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "meta": "context",
                # Broken where a row's name stands.
                "x": [one_in, one_in, np.nan] * (len(STEPS) + 1),
                "y": [
                    end
                    for row in range(len(STEPS) + 1)
                    for end in (row + (0.6 if row else 0.4), row + 1.15 if row < len(STEPS) else 5.5, np.nan)
                ],
                "line": {"color": theme.GREY, "width": 1.5, "dash": "dot"},
                "hovertemplate": f"{state}: police asked for a reason at 1 look-up in {one_in}<extra></extra>",
            }
        )
    traces.append(
        {
            **_words(),
            "meta": "context",
            "x": [25.0],
            "y": [5.75],
            "text": ["police checks: 1 in 50, 1 in 200"],
            "textposition": "middle right",
        }
    )
    for row, (name, (few, many)) in enumerate(zip(STEPS, sales, strict=True)):
        last = row == len(STEPS) - 1
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": [few, many],
                "y": [rows[row], rows[row]],
                "line": {"color": theme.VERMILION if last else theme.BLUE, "width": 6},
                "marker": {
                    "color": theme.VERMILION if last else theme.BLUE,
                    "size": 13,
                    "symbol": ["diamond", "circle"],
                },
                "hovertemplate": f"{name}: at most one sale in %{{x:,.3~s}}<extra></extra>",
            }
        )
    traces.append(
        {
            **_words(),
            "x": [1.0] * len(STEPS),
            "y": rows + 0.38,
            "text": [
                f"{name}: {_range(pair[0], pair[1], short=True)}"
                for name, pair in zip(STEPS, result["sales"], strict=True)
            ],
            "textposition": "middle right",
        }
    )
    return {
        "data": traces,
        "layout": {
            "xaxis": {
                "title": {"text": "Caught at most once in … sales"},
                "type": "log",
                "range": [-0.15, 8.7],
                "tickvals": [1, 1e2, 1e4, 1e6, 1e8],
                "ticktext": ["1", "100", "10,000", "million", "100 m."],
                "tickangle": 0,
            },
            "yaxis": {
                "title": {"text": "What reaches one seller"},
                "range": [0.4, 6.2],
                "tickvals": [],
                "showgrid": False,
            },
            "height": 310,
        },
    }


def _range(few: float, many: float, short: bool = False) -> str:
    if not np.isfinite(few):
        return "any number"
    low, high = _round(few), _round(many)
    if short:
        low, high = (text.replace(" million", " m.").replace(" billion", " bn.") for text in (low, high))
    return low if low == high else f"{low} to {high}"


def _allowed_summary(result: Result, settings: Settings) -> Summary:
    (few, many), (low, high) = result["sales"][-1], result["stakes"]
    each = result["each"]
    text = (
        f"Of {settings['price']:,} leaves each seller gets {_round(each)}. Whoever is free to refuse, and sells, feels a risk of being caught of at most "
        f"{_one_in(few)} with {low:,.0f} leaves at stake{'' if round(low) == round(high) else f', {_one_in(many)} with {high:,.0f}'}."
    )
    return text, {
        "Step": list(STEPS),
        "If little is at stake": [_one_in(pair[0]) for pair in result["sales"]],
        "If much is": [_one_in(pair[1]) for pair in result["sales"]],
    }


def _one_in(sales: float) -> str:
    return f"1 in {_round(sales)}" if np.isfinite(sales) else "0"


@explorable
def what_a_price_allows(
    formula: Formula = highest_risk, stake: EditableTable | None = None, **start: Any
) -> Explorable:
    """Follow a price down to one seller, and read off the highest risk that this seller can feel; with the learner's formula and stakes if given."""
    chart = Explorable(
        "What a price allows",
        [
            Slider("price", "The buyer pays", low=10, high=2_000, step=10, default=700, unit="leaves"),
            Slider("brokers", "Brokers keep", low=0, high=99, step=1, default=50, unit="%"),
            Slider("sellers", "Sellers share the rest", low=1, high=12, step=1, default=8),
            Slider("conscience", "Their conscience takes", low=0, high=95, step=5, default=0, unit="%"),
        ],
        _allowed_model(formula, clerks_stake if stake is None else lambda: stake.value),
        _allowed_figure,
        _allowed_summary,
        start=start,
        alt="Four bars, one below the other, from the whole price to what is left for one seller: the highest risk that fits, from one sale in a few to one "
        "in many millions. Each bar runs from the lowest stake to the highest.",
        guess=GuessValue(
            "A buyer pays 700 leaves. Half stays with brokers, eight clerks share the rest, and each has 500,000 leaves to lose. They sell. "
            "So they think that they are caught at most once in how many sales?",
            Slider(
                "guess",
                "Once in so many sales",
                low=1,
                high=10**6,
                step=3,
                default=10,
                unit="sales",
                scale="log",
            ),
            truth=lambda result, settings: round(float(result["sales"][-1, 1]), -1),
            axis="x",
        ),
    )
    if stake is not None:
        chart.follow(stake)
    return chart


def stake_and_price(stake: EditableTable, formula: Formula = highest_risk) -> Beside:
    """Lay out what the clerk may lose beside the chart of what a price allows."""
    return Beside(what_a_price_allows(formula=formula, stake=stake), stake, narrowest=440)


# ---------------------------------------------------------------------------------------------- documented prices

BULK, ORDER, LIST, BOTH = (
    "in bulk",
    "one chosen person",
    "the British list of 2006",
    "in bulk, and one person",
)
DOLLARS, HOURS = "US dollars", "hours of local pay"


@dataclass(frozen=True)
class Offer:
    """A documented price for the data of one person, or one item of it, in dollars."""

    label: str
    low: float
    high: float
    kind: str
    ids: str
    lawful: bool = False
    contested: bool = False
    hours: tuple[float, float] = (np.nan, np.nan)


@cache
def offers() -> tuple[Offer, ...]:
    """Give the documented prices a person, from the cheapest to the dearest of each kind."""
    table = cases()
    lowest, highest, local = (
        dict(zip(table.index, table[column].to_numpy(dtype=float), strict=True))
        for column in ("price_usd_approx_low", "price_usd_approx_high", "price_local_high")
    )

    def dollars(case: str) -> tuple[float, float]:
        return float(lowest[case]), float(highest[case])

    tariff = uk_tariff()
    aol, guests, shanghai = fact("F2-102"), fact("F2-105"), fact("F2-013")
    children, soldiers, lists, tax_numbers = fact("F2-048"), fact("F2-025"), fact("F2-088"), fact("F2-075")
    upstream, wage, look_up = fact("F2-018"), fact("F2-021"), fact("F2-020")
    yen, pound = (float(highest[case] / local[case]) for case in ("JP-2014-BENESSE", "UK-2006-TARIFF"))

    def one(label: str, price: float, kind: str, ids: str, **more: Any) -> Offer:
        return Offer(label, price, price, kind, ids, **more)

    offered = [
        one(
            "police file, Shanghai",
            shanghai.stated(200_000) / (shanghai.stated(1) * 1e9),
            BULK,
            "F2-013",
            contested=True,
        ),
        one("children, Tokyo", children.value * yen / (children.stated(8) * 1e6), BULK, "F2-048"),
        one("e-mail names, AOL", aol.value / (aol.stated(92) * 1e6), BULK, "F2-102"),
        one("hotel guests, Huazhu", guests.stated(56_000) / (guests.stated(130) * 1e6), BULK, "F2-105"),
        one("age, sex and place", lists.value, BULK, "F2-088", lawful=True),
        Offer("tax IDs, Brazil", tax_numbers.low, tax_numbers.high, BULK, "F2-075"),
        Offer("soldiers, USA", soldiers.low, soldiers.high, BULK, "F2-025", lawful=True),
        one("lists of the ill", lists.stated(0.26), BULK, "F2-088", lawful=True),
        one("police, Henan", dollars("CN-2012-HENAN")[0], BULK, "F2-099"),
        Offer("customer, Apple", *dollars("CN-2017-APPLE"), ORDER, "F2-052"),
        Offer("phone, upstream", upstream.value, upstream.stated(12.95), ORDER, "F2-018"),
        one("address, from the clerk", dollars("KR-2021-SUWON")[0], ORDER, "F2-080"),
        Offer(
            "test file, Netherlands",
            *dollars("NL-2021-GGD"),
            ORDER,
            "F2-020",
            hours=(look_up.low / wage.value, look_up.high / wage.value),
        ),
        one("the 2016 dossier", fact("F1-002").value, ORDER, "F1-002"),
        one("phone, Beijing", dollars("CN-2011-BEIJING")[0], ORDER, "F2-101"),
        one("phone, at the end", fact("F2-017").value, ORDER, "F2-017"),
        one("same address, at the end", dollars("KR-2021-SUWON-END")[0], ORDER, "F2-080"),
        Offer("call records, Mumbai", *dollars("IN-2021-CDR"), ORDER, "F2-092"),
    ]
    offered += [
        Offer(item, low * pound, high * pound, LIST, id)
        for item, low, high, id in sorted(
            zip(
                tariff.index,
                tariff["price_low"].to_list(),
                tariff["price_high"].to_list(),
                tariff["ledger_id"],
                strict=True,
            ),
            key=lambda one: float(one[1]),
        )
    ]
    return tuple(offered)


SHOWN = {BOTH: (BULK, ORDER), BULK: (BULK,), ORDER: (ORDER,), LIST: (LIST,)}
COLOURS = {BULK: theme.BLUE, ORDER: theme.VERMILION, LIST: theme.VERMILION}


def _prices_model(shown: str, measure: str) -> Result:
    kept = [offer for offer in offers() if offer.kind in SHOWN[shown]]
    ends = [offer.hours if measure == HOURS else (offer.low, offer.high) for offer in kept]
    return {
        "offers": kept,
        "low": np.array([low for low, _ in ends]),
        "high": np.array([high for _, high in ends]),
    }


def _money(dollars: float) -> str:
    if dollars >= 99.5:
        return f"{float(f'{dollars:.3g}'):,.0f}"
    return f"{dollars:.3g}" if dollars >= 1 else f"{dollars:.2g}"


def _span(low: float, high: float, say: Callable[[float], str] = _money) -> str:
    return say(low) if say(low) == say(high) else f"{say(low)}-{say(high)}"


def _prices_figure(result: Result, settings: Settings) -> Figure:
    kept, low, high = result["offers"], result["low"], result["high"]
    in_hours = settings["measure"] == HOURS
    rows = len(kept) - np.arange(len(kept)) - 0.5
    gap = np.full(len(kept), np.nan)
    bulk = np.array([offer.kind == BULK for offer in kept])
    labels = [
        f"? {offer.label}" if np.isnan(at) else offer.label for offer, at in zip(kept, low, strict=True)
    ]
    # Where there is no price in hours, a question mark stands at the edge instead.
    edge = 0.04
    right = bulk | np.isnan(low)
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "x": np.column_stack([low, high, gap]).ravel(),
                "y": np.column_stack([rows, rows, gap]).ravel(),
                "line": {"color": theme.GREY, "width": 5},
                "hoverinfo": "skip",
            },
            *(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "x": end,
                    "y": rows,
                    "marker": {
                        "color": [COLOURS[offer.kind] for offer in kept],
                        "symbol": [
                            ("square" if offer.lawful else "diamond" if offer.kind == BULK else "circle")
                            + ("-open" if offer.contested else "")
                            for offer in kept
                        ],
                        "size": 11,
                    },
                    "text": [f"{offer.label} [{offer.ids}]" for offer in kept],
                    "hovertemplate": "%{text}: %{x:.2g} " + settings["measure"] + "<extra></extra>",
                }
                for end in (low, high)
            ),
            {
                **_words(),
                "x": np.where(np.isnan(low), edge, high)[right],
                "y": rows[right],
                "text": [f"  {label}" for label, one in zip(labels, right, strict=True) if one],
                "textposition": "middle right",
                "textfont": {"size": 12},
            },
            {
                **_words(),
                "x": low[~right],
                "y": rows[~right],
                "text": [f"{label}  " for label, one in zip(labels, right, strict=True) if not one],
                "textposition": "middle left",
                "textfont": {"size": 12},
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Hours of local pay" if in_hours else "US dollars a person or item"},
                "type": "log",
                "range": [-1.75, 2.15] if in_hours else [-4.5, 4.5],
                "tickvals": [0.1, 1, 10, 100] if in_hours else [1e-4, 1e-2, 1, 100, 1e4],
                "ticktext": ["0.1", "1", "10", "100"]
                if in_hours
                else ["0.0001", "0.01", "1", "100", "10,000"],
                "tickangle": 0,
            },
            "yaxis": {
                "title": {"text": "Offers, cheapest of a kind first"},
                "range": [-0.2, len(kept) + 0.2],
                "tickvals": [],
                "showgrid": False,
            },
            "height": 460,
        },
    }


def _prices_summary(result: Result, settings: Settings) -> Summary:
    kept, low, high = result["offers"], result["low"], result["high"]
    known = ~np.isnan(low)
    in_hours = settings["measure"] == HOURS
    what = "hours of local pay" if in_hours else "US dollars"
    say = (lambda hours: f"{hours:.1f}") if in_hours else _money
    if not known.any():
        text = f"Of {counted(len(kept), 'offer')} none can be put into hours: the ledger has no local pay beside it."
    else:
        text = (
            f"{counted(int(known.sum()), 'offer')}, from {say(np.nanmin(low))} to {say(np.nanmax(high))} {what}"
            f"{', ' + _times(np.nanmax(high) / np.nanmin(low)) + ' as much' if known.sum() > 1 else ''}."
        )
        if not known.all():
            text += f" For the other {(~known).sum()} (?) the ledger has no local pay."
    return text, {
        "Offer": [offer.label for offer in kept],
        "Price": [
            "no local pay in the ledger" if np.isnan(at) else _span(at, to, say)
            for at, to in zip(low, high, strict=True)
        ],
        "Kind": ["lawful" if offer.lawful else "contested" if offer.contested else "" for offer in kept],
        "Source": [offer.ids for offer in kept],
    }


def _times(ratio: float) -> str:
    return f"{_round(float(f'{ratio:.1g}')) if ratio >= 20 else f'{ratio:.1f}'} times"


@explorable
def prices_of_a_person(**start: Any) -> Explorable:
    """Documented prices a person or item: in bulk, and for one chosen person; in dollars, or in hours of local pay."""
    return Explorable(
        "Prices of a person",
        [
            Choice("shown", "Show", list(SHOWN)),
            Choice("measure", "Measured in", [DOLLARS, HOURS]),
        ],
        _prices_model,
        _prices_figure,
        _prices_summary,
        start=start,
        alt="A row for each documented offer: its price, or its range of prices, on a scale where each label is a hundred times the one before. "
        "Diamonds are sold in bulk, circles are one chosen person or item, squares are lawful, an open mark is contested.",
        guess=GuessValue(
            "A dossier on one chosen person cost about 100 dollars. A file with 130 million hotel guests was offered too. What did it come to, per guest?",
            Slider(
                "guess",
                "Dollars a guest",
                low=0.0001,
                high=1_000,
                step=3,
                default=10,
                scale="log",
                unit="dollars",
            ),
            truth=lambda result, settings: float(
                f"{next(offer.low for offer in offers() if offer.ids == 'F2-105'):.2g}"
            ),
            axis="x",
            said_by="the offer",
        ),
    )


# ---------------------------------------------------------------------------------------------- documented cases

ANYBODY, INSIDER, HACKER, UNKNOWN, LAWFUL = (
    "anybody",
    "an insider",
    "an outsider",
    "both, or unknown",
    "nobody: lawful",
)
ALL_HOLDERS = "any holder"
HOLDERS = {
    "the state": r"police|register|registry|registries|tax|welfare|public health|electoral|voter|motor-vehicle|identity|border|intelligence|DVLA|national ID",
    "a phone or internet company": r"telecom|internet provider|carriers",
    "a bank or credit bureau": r"\bbanks?\b|credit bureau /|card issuers",
    "another firm": r"Apple|hotel|education|hospital|ride-hailing|social platform|data brokers|detective",
}
EVERYWHERE = "any country"
ITEM, WHOLE, ACCESS, NOTHING = (
    "one person or item",
    "a whole file, or many sales",
    "a log-in",
    "nothing was paid",
)
# What a price is for: our reading of the rows.
BOUGHT = {
    ITEM: "BR-2021-CPF CN-2011-BEIJING CN-2012-HENAN CN-2016-SMD CN-2017-APPLE IN-2021-CDR KR-2021-SUWON KR-2021-SUWON-END NL-2021-GGD "
    "UK-2003-MOTORMAN UK-2006-TARIFF US-2019-BOUNTY US-2021-SIMTEXT US-2023-DUKE US-2024-SIMOFFER ZA-2022-HOMEAFFAIRS",
    WHOLE: "CN-2018-HUAZHU CN-2022-SHGA DE-2008-LGT JP-2014-BENESSE TR-2000S-MERNIS US-2003-AOL US-2008-UCLA US-2015-TWITTER US-2018-SIMSALES "
    "US-2019-DMV",
    ACCESS: "BR-2023-PAINEL IN-2018-AADHAAR",
}
IN_BULK = ("BR-2021-CPF", "CN-2012-HENAN", "US-2023-DUKE")
"""Priced an item, but sold many at a time."""
NAMES = {
    "AR-2021-RENAPER": "Argentina, national ID register",
    "AU-2019-CCC": "Queensland, police and other offices",
    "AU-2019-QPRIME": "Queensland, an abuse victim's address",
    "BR-2021-CPF": "Brazil, tax numbers",
    "BR-2023-PAINEL": "Brazil, log-ins to state registers",
    "CA-2019-DESJARDINS": "Canada, Desjardins bank",
    "CH-2007-CS": "Switzerland, bank clients",
    "CN-2011-BEIJING": "Beijing, phone location",
    "CN-2012-HENAN": "Henan, police records",
    "CN-2016-SMD": "Guangzhou, the 2016 dossier",
    "CN-2016-SMD-LOC": "Guangzhou, live phone location",
    "CN-2017-APPLE": "China, Apple customers",
    "CN-2017-CDC": "Shanghai, newborns",
    "CN-2018-HUAZHU": "China, Huazhu hotel guests",
    "CN-2022-SHGA": "Shanghai, police file",
    "CN-2024-SPYCLOUD": "China, look-up services",
    "DE-2008-LGT": "Liechtenstein, LGT bank clients",
    "DE-2018-HESSEN": "Hesse, police records",
    "GR-2012-TAXIS": "Greece, tax data",
    "IE-2010-DSP": "Ireland, welfare records",
    "IL-2006-AGRON": "Israel, population register",
    "IN-2018-AADHAAR": "India, Aadhaar log-in",
    "IN-2018-THANE": "Thane, call records",
    "IN-2021-CDR": "Mumbai, call records",
    "IT-2024-EQUALIZE": "Italy, dossiers of a detective firm",
    "JP-2014-BENESSE": "Japan, Benesse's children",
    "JP-2023-NTTWEST": "Japan, NTT West's call centre",
    "KR-2014-KCB": "South Korea, card customers",
    "KR-2021-SUWON": "Suwon, address, from the clerk",
    "KR-2021-SUWON-END": "Suwon, same address, at the end",
    "MX-2003-CHOICEPOINT": "Mexico, voter roll",
    "NL-2021-GGD": "Netherlands, COVID test file",
    "RU-2018-BORDER": "Russia, travel abroad",
    "RU-2020-NAVALNY": "Russia, calls and flights",
    "TR-2000S-MERNIS": "Turkey, civil registry",
    "TR-2016-LEAK": "Turkey, voter file",
    "UK-2003-MOTORMAN": "Britain, Operation Motorman",
    "UK-2006-TARIFF": "Britain, price list of 2006",
    "UK-2016-BBW": "Britain, police staff",
    "US-2003-AOL": "USA, AOL e-mail names",
    "US-2008-UCLA": "Los Angeles, hospital files",
    "US-2013-LOVEINT": "USA, NSA staff and partners",
    "US-2014-UBER": "USA, Uber rides",
    "US-2015-TWITTER": "USA, Twitter accounts for Saudi Arabia",
    "US-2016-AP": "USA, police staff",
    "US-2018-SIMSALES": "USA, phone numbers moved",
    "US-2019-BOUNTY": "USA, live phone location",
    "US-2019-DMV": "California, motor-vehicle office",
    "US-2021-SIMTEXT": "USA, offer to move a phone number",
    "US-2023-DUKE": "USA, soldiers",
    "US-2024-SIMOFFER": "USA, a later offer of that kind",
    "ZA-2022-HOMEAFFAIRS": "South Africa, passports",
}
SYMBOLS = {
    INSIDER: ("circle", theme.VERMILION, "insider"),
    HACKER: ("x", theme.BLUE, "outsider"),
    UNKNOWN: ("triangle-up", theme.PURPLE, "both, unknown"),
    LAWFUL: ("square", theme.GREEN, "lawful"),
}


def _leaked_by(words: str) -> str:
    first = words.split()[0]
    # A customer of a reseller has access by contract, and nobody was bribed (F2-017).
    if words.startswith("insider") and "suspected" not in words and "customer" not in words:
        return INSIDER
    return {"hacker": HACKER, "none": LAWFUL}.get(first, UNKNOWN)


def _with_commas(price: str) -> str:
    return re.sub(r"\d{4,}", lambda number: f"{int(number[0]):,}", price)


@cache
def _plotted_cases() -> pd.DataFrame:
    """Give every case with its group, who leaked, and where its mark stands."""
    table = cases()
    low, high = table["price_usd_approx_low"].astype(float), table["price_usd_approx_high"].astype(float)
    bought = {case: kind for kind, ids in BOUGHT.items() for case in ids.split()}
    frame = pd.DataFrame(
        {
            "by": [_leaked_by(words) for words in table["who_leaked"]],
            "holder": table["holder"],
            "country": table["country"],
            "low": low.where(low > 0),
            "high": high.where(high > 0),
            "price": [_with_commas(price) for price in table["price_usd_approx"]],
            "name": [NAMES.get(str(case), str(case)) for case in table.index],
        },
        index=table.index,
    )
    frame["bought"] = [
        bought.get(str(case), NOTHING if price == "0" else "")
        for case, price in zip(frame.index, frame["price"], strict=True)
    ]
    places: dict[Any, tuple[float, float]] = {}
    for base, kind in ((7.0, ITEM), (3.4, WHOLE), (1.0, ACCESS)):
        taken: list[tuple[float, int]] = []
        group = frame[frame["bought"] == kind].sort_values("low")
        for case, x in zip(group.index, np.sqrt(group["low"] * group["high"]).tolist(), strict=True):
            # The lowest level on which no other mark is in the way.
            level = next(
                one
                for one in range(20)
                if all(other != one or abs(np.log10(x / at)) > 0.42 for at, other in taken)
            )
            taken.append((x, level))
            places[case] = x, base + 0.55 * level
    for base, kind in ((9.3, ""), (1.0, NOTHING)):
        for place, case in enumerate(frame.index[frame["bought"] == kind]):
            places[case] = 10 ** (-3.4 + 0.42 * (place % 3)), base - 0.9 * (place // 3)
    frame["x"] = [places[case][0] for case in frame.index]
    frame["y"] = [places[case][1] for case in frame.index]
    return frame


@cache
def _countries() -> tuple[str, ...]:
    names = {name for country in cases()["country"] for name in country.split(" / ")}
    return (EVERYWHERE, *sorted(names))


def _cases_model(leaked_by: str, holder: str, country: str) -> Result:
    frame = _plotted_cases()
    match = np.ones(len(frame), dtype=bool)
    if leaked_by != ANYBODY:
        match &= (frame["by"] == leaked_by).to_numpy()
    if holder != ALL_HOLDERS:
        match &= np.array([bool(re.search(HOLDERS[holder], words)) for words in frame["holder"]])
    if country != EVERYWHERE:
        match &= np.array([country in words.split(" / ") for words in frame["country"]])
    return {"match": match, "priced": frame["low"].notna().to_numpy()}


def _cases_figure(result: Result, settings: Settings) -> Figure:
    frame, match = _plotted_cases(), result["match"]
    by = frame["by"].to_numpy()
    hover = [
        f"{name}: {f'{price} dollars' if price else 'no price known'}"
        for name, price in zip(frame["name"], frame["price"], strict=True)
    ]

    def marks(kept: NDArray[np.bool_], marker: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "scatter",
            "mode": "markers",
            "x": frame["x"].to_numpy()[kept],
            "y": frame["y"].to_numpy()[kept],
            "text": [text for text, one in zip(hover, kept, strict=True) if one],
            "marker": marker,
            "hovertemplate": "%{text}<extra></extra>",
        }

    return {
        "data": [
            marks(~match, {"symbol": "circle-open", "color": theme.GREY, "size": 6, "opacity": 0.6}),
            *(
                marks(match & (by == who), {"symbol": symbol, "color": colour, "size": 12})
                for who, (symbol, colour, _) in SYMBOLS.items()
            ),
            {
                "type": "scatter",
                "mode": "lines",
                "x": [10**-2.25, 10**-2.25],
                "y": [0, 10.0],
                "line": {"color": theme.GREY, "width": 1, "dash": "dot"},
                "hoverinfo": "skip",
            },
            {
                **_words(),
                "x": [10**-3.75, 10**-3.75, 10**3.0, 10**3.0, 10**3.0],
                "y": [10.4, 2.2, 10.4, 6.2, 2.3],
                "text": ["no price", "free", ITEM, WHOLE, ACCESS],
                "textposition": [*["middle right"] * 2, *["middle center"] * 3],
            },
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [10**-3.5, 10**2.7, 10**-3.5, 10**2.7],
                "y": [12.7, 12.7, 11.7, 11.7],
                "text": [f"  {name}" for _, _, name in SYMBOLS.values()],
                "textposition": "middle right",
                "marker": {
                    "symbol": [symbol for symbol, _, _ in SYMBOLS.values()],
                    "color": [colour for _, colour, _ in SYMBOLS.values()],
                    "size": 12,
                },
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "US dollars, about"},
                "type": "log",
                "range": [-3.8, 8.2],
                "tickvals": [1, 1e3, 1e6],
                "ticktext": ["1", "1,000", "million"],
                "tickangle": 0,
            },
            "yaxis": {
                "title": {"text": "What the price is for"},
                "range": [0, 13.2],
                "tickvals": [],
                "showgrid": False,
            },
            "height": 440,
        },
    }


def _cases_summary(result: Result, settings: Settings) -> Summary:
    frame = _plotted_cases()
    chosen = frame[result["match"]]
    priced = int((result["match"] & result["priced"]).sum())
    if chosen.empty:
        text = f"None of the {len(frame)} documented cases fits all three."
        return text, {"Case": ["none"], "Price, dollars": [""], "It is for": [""]}
    free = int((chosen["bought"] == NOTHING).sum())
    silent = len(chosen) - priced - free
    which = (
        f"All {len(frame)} documented cases"
        if len(chosen) == len(frame)
        else f"{len(chosen)} of the {len(frame)} documented cases {'fits' if len(chosen) == 1 else 'fit'}"
    )
    text = (
        f"{which}: {priced} with a price, {silent} with none in figures"
        f"{f', {free} where nothing was paid' if free else ''}."
    )
    # The dearest first; then where nothing was paid; then those without a price.
    listed = chosen.assign(order=chosen["high"].mask(chosen["bought"] == NOTHING, 0)).sort_values(
        "order", ascending=False, kind="stable"
    )
    return text, {
        "Case": listed["name"].tolist(),
        "Price, dollars": [price or "missing" for price in listed["price"]],
        "It is for": [
            "one item of many" if case in IN_BULK else bought or "not known"
            for case, bought in zip(listed.index, listed["bought"], strict=True)
        ],
    }


@explorable
def documented_cases(**start: Any) -> Explorable:
    """All documented cases, by who leaked, who held the data, and where; those without a price stand apart, and are counted."""
    return Explorable(
        "Documented cases",
        [
            Choice("leaked_by", "Leaked by", [ANYBODY, *SYMBOLS]),
            Choice("holder", "Held by", [ALL_HOLDERS, *HOLDERS]),
            Choice("country", "Country", list(_countries())),
        ],
        _cases_model,
        _cases_figure,
        _cases_summary,
        start=start,
        alt="A mark for each documented case: on the left those without a known price, on the right the others by price, on a scale where each label is a "
        "thousand times the one before, sorted by what the price is for. Cases that do not fit the choice are small rings.",
        guess=GuessValue(
            f"The course has {len(cases())} documented cases of data sold or abused. In how many of them was something paid, and is the price known in figures?",
            Slider(
                "guess",
                "Cases with a price",
                low=0,
                high=len(cases()),
                step=1,
                default=len(cases()),
                unit="cases",
            ),
            truth=lambda result, settings: float(result["priced"].sum()),
            said_by="the table",
        ),
    )


# ---------------------------------------------------------------------------------------------- many brokers

MOST_BROKERS, HIGHEST = 300, 5_000
STAKE = 500_000


def price_with(brokers: float, highest: float, cost: float) -> float:
    """Give the lesson's own formula, for who asks for the chart without it."""
    return float(equilibrium(brokers, highest, cost).price)


def _brokers_model(formula: Formula) -> Callable[..., Result]:
    many = np.unique(np.round(np.geomspace(1, MOST_BROKERS, 60)))

    def model(brokers: int, highest: float, cost: float) -> Result:
        return {
            "many": many,
            "prices": np.array([_computed(formula, n, highest, cost) for n in many]),
            "price": _computed(formula, brokers, highest, cost),
        }

    return model


def _brokers_figure(result: Result, settings: Settings) -> Figure:
    cost, brokers = settings["cost"], settings["brokers"]
    shown = np.clip(result["price"], 0, HIGHEST)
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "meta": "context",
                "x": [1, MOST_BROKERS],
                "y": [cost, cost],
                "line": {"color": theme.VERMILION, "width": 2.5, "dash": "dash"},
                "hovertemplate": "cost: %{y:,} leaves<extra></extra>",
            },
            {
                **_words(),
                "meta": "context",
                "x": [1.0],
                "y": [cost - 280 if cost >= 400 else cost + 280],
                "text": ["cost"],
                "textposition": "middle right",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": result["many"],
                "y": np.clip(result["prices"], 0, HIGHEST),
                "line": {"color": theme.BLUE, "width": 3},
                "hovertemplate": "%{x} brokers: %{y:,.0f} leaves<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [brokers],
                "y": [shown],
                "marker": {"color": theme.BLUE, "size": 14},
                "hovertemplate": "%{x} brokers: %{y:,.0f} leaves<extra></extra>",
            },
            {
                **_words(),
                "x": [brokers],
                "y": [min(shown + 320, 5_200)],
                "text": [f"<b>{result['price']:,.0f}</b>"],
                "textposition": "middle left" if brokers > 60 else "middle right",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Brokers"},
                "type": "log",
                "range": [-0.08, 2.6],
                "tickvals": [1, 3, 10, 30, 100, 300],
                "ticktext": ["1", "3", "10", "30", "100", "300"],
            },
            "yaxis": {"title": {"text": "Price, leaves"}, "range": [0, 5_400], "tickformat": ",d"},
            "height": 340,
        },
    }


def _brokers_summary(result: Result, settings: Settings) -> Summary:
    price, cost, brokers = result["price"], settings["cost"], settings["brokers"]
    compared = "as much as the cost" if price < 1.005 * cost else f"{price / cost:.3g} times the cost"
    text = (
        f"{counted(brokers, 'broker')}: the price is {price:,.0f} leaves, {compared}. With {STAKE:,} leaves at stake the price alone "
        f"allows a risk of 1 sale in {_round(STAKE / price)}; the cost, if you knew it, would allow 1 in {_round(STAKE / cost)}."
    )
    steps = np.array([1, 3, 10, 30, 100, MOST_BROKERS])
    prices = np.interp(steps, result["many"], result["prices"])
    return text, {
        "Brokers": steps.tolist(),
        "Price": [f"{one:,.0f}" for one in prices],
        "Above cost": [f"{one / cost - 1:.0%}" for one in prices],
    }


@explorable
def many_brokers(formula: Formula = price_with, **start: Any) -> Explorable:
    """The price against the number of brokers who compete; with the learner's own formula if one is given."""
    handles = [1, 3, 10, 100, 300]
    return Explorable(
        "Many brokers",
        [
            Slider("brokers", "Brokers", low=1, high=MOST_BROKERS, step=3, default=10, scale="log"),
            Slider(
                "highest",
                "Nobody buys above",
                low=1_000,
                high=HIGHEST,
                step=250,
                default=HIGHEST,
                unit="leaves",
            ),
            Slider(
                "cost", "A sale costs the broker", low=50, high=1_000, step=50, default=600, unit="leaves"
            ),
        ],
        _brokers_model(formula),
        _brokers_figure,
        _brokers_summary,
        start=start,
        alt="A falling curve, the price against the number of brokers, which comes down to the flat dashed line of the cost.",
        guess=GuessCurve(
            "A sale costs a broker 600 leaves (dashed). Nobody pays more than 5,000. How does the price fall as brokers multiply?",
            at=handles,
            slider=Slider("guess", "Price", low=0, high=HIGHEST, step=50, default=HIGHEST / 2, unit="leaves"),
            truth=lambda result, settings: np.round(np.interp(handles, result["many"], result["prices"])),
        ),
    )


# ---------------------------------------------------------------------------------------------- a stock and a flow

YEAR = 365
FRESH = 100
"""Leaves for a fresh record, one order a day."""


def _ageing_model(half_life: float, interest: float) -> Result:
    days = np.concatenate([np.linspace(0, 20, 21), np.linspace(25, YEAR, 69)])
    rate = np.log1p(interest / 100) / YEAR
    return {
        "days": days,
        "access": np.asarray(earned_with_access(days, 1, FRESH, rate)),
        "copy": np.asarray(earned_with_copy(days, 1, FRESH, lifetime_of(half_life), rate)),
    }


def _ageing_figure(result: Result, settings: Settings) -> Figure:
    access, copy = result["access"][-1], result["copy"][-1]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "meta": "context",
                "x": result["days"],
                "y": result["access"],
                "line": {"color": theme.VERMILION, "width": 3, "dash": "dash"},
                "hovertemplate": "access, day %{x}: %{y:,.0f} leaves<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": result["days"],
                "y": result["copy"],
                "line": {"color": theme.BLUE, "width": 3},
                "hovertemplate": "copy, day %{x}: %{y:,.0f} leaves<extra></extra>",
            },
            {
                **_words(),
                "meta": "context",
                "x": [200],
                "y": [0.62 * access + 4_500],
                "text": ["access"],
                "textposition": "middle left",
            },
            {
                **_words(),
                "x": [355],
                "y": [0.4 * copy if copy > 0.5 * access else copy + 2_600],
                "text": [f"<b>the copy: {_share(copy / access)}</b>"],
                "textposition": "middle left",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Days since the copy was taken"},
                "range": [0, 372],
                "tickvals": [0, 90, 180, 270, 365],
            },
            "yaxis": {"title": {"text": "Earned so far, leaves"}, "range": [0, 42_000], "tickformat": ",d"},
            "height": 340,
        },
    }


def _share(share: float) -> str:
    percent = 100 * share
    return (
        f"{percent:.0f} %"
        if percent >= 9.95
        else f"{percent:.1f} %"
        if percent >= 0.95
        else f"{percent:.2g} %"
    )


def _ageing_summary(result: Result, settings: Settings) -> Summary:
    access, copy = result["access"][-1], result["copy"][-1]
    worth = float(lifetime_of(settings["half_life"]))
    length = (
        f"{worth * 24:.2g} hours"
        if worth < 1
        else counted(round(worth), "day")
        if worth < 730
        else f"{worth / YEAR:.2g} years"
    )
    text = (
        f"In a year of one order a day, access earns {access:,.0f} leaves and a copy {copy:,.0f}: {_share(copy / access)}. "
        f"However long it is sold, the copy never earns more than {length} of access."
    )
    rows = [int(np.argmin(np.abs(result["days"] - day))) for day in (5, 30, 90, 180, YEAR)]
    return text, {
        "Day": [int(result["days"][row]) for row in rows],
        "Access": [f"{result['access'][row]:,.0f}" for row in rows],
        "Copy": [f"{result['copy'][row]:,.0f}" for row in rows],
    }


@explorable
def a_copy_or_access(**start: Any) -> Explorable:
    """What a stolen copy earns in a year as it ages, against somebody who can look afresh."""
    return Explorable(
        "A copy, or access",
        [
            Slider(
                "half_life",
                "Half its worth is gone after",
                low=0.05,
                high=3_650,
                step=3,
                default=20,
                unit="days",
                scale="log",
            ),
            Slider("interest", "Interest", low=0, high=100, step=5, default=0, unit="% a year"),
        ],
        _ageing_model,
        _ageing_figure,
        _ageing_summary,
        start=start,
        alt="Two lines over a year: what access earns rises straight, what a copy earns bends and flattens below it.",
        guess=GuessValue(
            "One order a day, 100 leaves if fresh. With access that is 36,500 leaves a year. A copy loses half its worth every 20 days. What does it earn "
            "in that year?",
            Slider("guess", "The copy earns", low=0, high=36_500, step=500, default=36_500, unit="leaves"),
            truth=lambda result, settings: round(float(result["copy"][-1]), -1),
            axis="y",
        ),
    )


# ---------------------------------------------------------------------------------------------- a bundle

BUYERS, MOST_GOODS = 4_000, 40


@cache
def _sums(correlation: float) -> Numbers:
    """What each buyer would pay for the first 1, 2, ... goods, per good: one row a number of goods, buyers in order."""
    drawn = draw_valuations(BUYERS, MOST_GOODS, np.random.default_rng(9), correlation)
    # Each good's buyers evenly spread, so that alone it earns its quarter without the luck of the draw.
    drawn = (drawn.argsort(axis=0).argsort(axis=0) + 0.5) / BUYERS
    means = np.cumsum(drawn, axis=1).T / np.arange(1, MOST_GOODS + 1)[:, None]
    return np.asarray(np.sort(means, axis=1))


def _bundle_model(goods: int, correlation: float) -> Result:
    each = _sums(correlation)[goods - 1]
    share = 1 - np.arange(BUYERS) / BUYERS
    best = int(np.argmax(each * share))
    shown = np.linspace(0, BUYERS - 1, 161).astype(int)
    low, high = np.quantile(each, [1 / 6, 5 / 6])
    return {
        "price": float(each[best]),
        "share": float(share[best]),
        "profit": float(each[best] * share[best]),
        "worth": np.concatenate([[0.0], each[shown], [each[-1]], [1.0]]),
        "buyers": np.concatenate([[1.0], share[shown], [0.0], [0.0]]),
        "middle": (float(low), float(high)),
    }


def _rectangle(width: float, height: float, colour: str, texture: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [0, width, width, 0, 0],
        "y": [0, 0, height, height, 0],
        "fill": "toself",
        "fillcolor": "rgba(127,127,127,0.08)",
        "fillpattern": {
            "shape": texture,
            "fgcolor": colour,
            "bgcolor": "rgba(127,127,127,0.06)",
            "size": 8,
            "solidity": 0.25,
        },
        "line": {"color": colour, "width": 2},
        "hoverinfo": "skip",
    }


def _bundle_figure(result: Result, settings: Settings) -> Figure:
    price, share, (low, high) = result["price"], result["share"], result["middle"]
    return {
        "data": [
            {**_rectangle(0.5, 0.5, theme.VERMILION, "x"), "meta": "context"},
            _rectangle(price, share, theme.BLUE, "/"),
            {
                "type": "scatter",
                "mode": "lines",
                "x": result["worth"],
                "y": result["buyers"],
                "line": {"color": theme.BLUE, "width": 3},
                "hovertemplate": "%{y:.0%} of the buyers pay %{x:.2f} a record<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [price],
                "y": [share],
                "marker": {"color": theme.BLUE, "size": 13},
                "hovertemplate": "best price %{x:.2f} a record: %{y:.0%} pay<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": [low, high],
                "y": [1.06, 1.06],
                "line": {"color": theme.GREY, "width": 4},
                "marker": {"color": theme.GREY, "size": 12, "symbol": "line-ns-open"},
                "hovertemplate": "two in three buyers: %{x:.2f}<extra></extra>",
            },
            {
                **_words(),
                "x": [0.5, 0.98],
                "y": [1.14, 0.9],
                "text": ["two in three buyers", f"<b>bundle: {result['profit']:.2f}</b>"],
                "textposition": ["middle center", "middle left"],
            },
            {
                **_words(),
                "meta": "context",
                "x": [0.98],
                "y": [0.8],
                "text": ["alone: 0.25"],
                "textposition": ["middle left"],
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Price a record, leaves"},
                "range": [0, 1.02],
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
            },
            "yaxis": {
                "title": {"text": "Share of buyers who pay it"},
                "range": [0, 1.22],
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
                "tickformat": ".0%",
            },
            "height": 380,
        },
    }


def _bundle_summary(result: Result, settings: Settings) -> Summary:
    goods, (low, high) = settings["goods"], result["middle"]
    text = (
        f"{counted(goods, 'record')} in a bundle: the best price is {result['price']:.2f} leaves a record, {result['share']:.0%} of the buyers pay it, and each record "
        f"earns {result['profit']:.2f} a buyer (alone: 0.25). Two in three buyers would pay from {low:.2f} to {high:.2f} a record."
    )
    few = [1, 2, 5, 10, 20, MOST_GOODS]
    earned = [_bundle_model(number, settings["correlation"])["profit"] for number in few]
    return text, {"Records": few, "Earned a record": [f"{one:.3f}" for one in earned]}


@explorable
def what_a_bundle_earns(**start: Any) -> Explorable:
    """What records earn in a bundle: how buyers' worth a record narrows as records are added, and what correlation does to it."""
    return Explorable(
        "What a bundle earns",
        [
            Slider("goods", "Records in the bundle", low=1, high=MOST_GOODS, step=1, default=20),
            Slider("correlation", "Correlation", low=0, high=1, step=0.05, default=0),
        ],
        _bundle_model,
        _bundle_figure,
        _bundle_summary,
        start=start,
        alt="A falling curve: the share of buyers who pay a price a record. Below it a rectangle, price times share: what the bundle earns a record, beside the "
        "square that a record earns alone.",
        guess=GuessValue(
            "Each buyer values each record anywhere from 0 to 1 leaf. Sold alone, a record earns 0.25 leaves a buyer at best (the crossed square). What does it "
            "earn a buyer in a bundle of 20?",
            Slider("guess", "Earned a record", low=0, high=1, step=0.01, default=0.25, unit="leaves"),
            truth=lambda result, settings: round(result["profit"], 2),
        ),
    )


# ---------------------------------------------------------------------------------------------- lemons

WORTH = 1_000
"""Leaves that an honest delivery is worth to the buyer."""
ROUNDS = 30


@cache
def _settled(low: float, high: float) -> tuple[Numbers, Numbers, float]:
    costs = uniform_costs(low, high)
    limit = frauds_that_unravel_it(WORTH, costs)
    before = np.linspace(0, limit * 0.9999, 40)
    shares = np.concatenate([before, [limit, 1.0]])
    prices = np.array([settled_price(WORTH, share, costs) for share in before] + [0.0, 0.0])
    return shares, prices, limit


def _lemons_model(frauds: float, seen: float, spread: float) -> Result:
    low, high = 500 - spread, 500 + spread
    # A fraud that is seen through is not there: what is left meets the buyers.
    left = frauds / 100 * (1 - seen / 100)
    kept = left / (left + 1 - frauds / 100)
    shares, prices, limit = _settled(low, high)
    path = unravelling(WORTH, kept, uniform_costs(low, high), ROUNDS)
    return {
        "shares": shares,
        "prices": prices,
        "limit": limit,
        "kept": kept,
        "path": path,
        "settled": float(settled_price(WORTH, kept, uniform_costs(low, high))),
    }


def _lemons_figure(result: Result, settings: Settings) -> Figure:
    kept, limit, path = result["kept"], result["limit"], result["path"]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "meta": "context",
                "x": [0, 1],
                "y": [WORTH, 0],
                "line": {"color": theme.GREY, "width": 2, "dash": "dot"},
                "hovertemplate": "while all are there: %{y:,.0f} leaves<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": result["shares"],
                "y": result["prices"],
                "line": {"color": theme.BLUE, "width": 3},
                "hovertemplate": "in the end: %{y:,.0f} leaves<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": np.full(len(path), kept),
                "y": path,
                "line": {"color": theme.VERMILION, "width": 1.5},
                "marker": {
                    "color": theme.VERMILION,
                    "size": 8,
                    "symbol": ["circle-open", *["circle"] * (len(path) - 1)],
                },
                "hovertemplate": "%{y:,.0f} leaves<extra></extra>",
            },
            {
                **_words(),
                "x": [limit - 0.02],
                "y": [110],
                "text": [f"<b>stops<br>at {limit:.0%}</b>"],
                "textposition": "middle left",
            },
            {
                **_words(),
                "x": [limit - 0.02],
                "y": [result["prices"][-3] - 110],
                "text": ["in the end"],
                "textposition": "middle left",
            },
            {
                **_words(),
                "meta": "context",
                "x": [0.62],
                "y": [440],
                "text": ["at first"],
                "textposition": "middle right",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Share of frauds that buyers meet"},
                "range": [0, 1.02],
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
                "tickformat": ".0%",
            },
            "yaxis": {
                "title": {"text": "Price, leaves"},
                "range": [-30, 1_050],
                "tickformat": ",d",
                "tickvals": [0, 250, 500, 750, 1000],
            },
            "height": 360,
        },
    }


def _lemons_summary(result: Result, settings: Settings) -> Summary:
    kept, limit, path, settled = result["kept"], result["limit"], result["path"], result["settled"]
    met = f"{settings['frauds'] / 100:.0%} of the offers are frauds"
    if settings["seen"]:
        met += f"; without those that samples expose, {kept:.0%}"
    outcome = (
        "in the end nobody honest is left, and nobody buys"
        if settled < 0.5
        else f"in the end the price stays at {settled:,.0f}"
    )
    text = f"{met}: the price starts at {path[0]:,.0f} leaves, and {outcome}. This market stops at {limit:.0%} frauds."
    rounds = [0, 1, 2, 3, 5, 10, ROUNDS]
    return text, {"Round": rounds, "Price": [f"{path[one]:,.0f}" for one in rounds]}


@explorable
def when_frauds_stop_it(**start: Any) -> Explorable:
    """Where the price of a market settles that buyers cannot check, against the share of frauds, and where the market stops."""
    return Explorable(
        "When frauds stop it",
        [
            Slider("frauds", "Frauds among the offers", low=0, high=95, step=1, default=30, unit="%"),
            Slider("seen", "Frauds that a sample exposes", low=0, high=95, step=5, default=0, unit="%"),
            Slider(
                "spread",
                "Costs: 500, give or take",
                low=20,
                high=400,
                step=20,
                default=300,
                unit="leaves",
            ),
        ],
        _lemons_model,
        _lemons_figure,
        _lemons_summary,
        start=start,
        alt="Price against the share of frauds: a straight dotted line that falls to nothing, and below it the price that is left in the end, which breaks off at "
        "the share where the market stops. Dots walk from one to the other, one a round.",
        guess=GuessValue(
            "A delivery is worth 1,000 leaves to the buyer. Honest sellers have costs from 200 to 800, 500 on average. Nobody can check before paying. Which share "
            "of frauds stops the market?",
            Slider("guess", "Frauds among the offers", low=0, high=1, step=0.01, default=0.9, format=".0%"),
            truth=lambda result, settings: round(result["limit"], 2),
            axis="x",
        ),
    )
