"""Lesson 11, insider or hacker: doors that are seldom open together, orders counted twice, the evidence board, and what would turn it.

The sums are those of `dossier.leak.attribution`. What was found is the ledger's; every number that the models assume is ours, and
stands in `DEFAULTS`, `CHANGES_A_YEAR` and `judgements`, where the lesson shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dossier.evidence import fact
from dossier.explore import theme
from dossier.explore.beside import Beside
from dossier.explore.controls import Choice, Slider
from dossier.explore.explorable import Explorable, Summary, explorable
from dossier.explore.formula import FormulaProblem, learners_formula
from dossier.explore.frames import Figure
from dossier.explore.guess import GuessCurve, GuessValue, Result, Settings
from dossier.explore.table import EditableTable, Number, Tick
from dossier.explore.text import counted
from dossier.leak.attribution import (
    HYPOTHESES,
    Assumptions,
    Findings,
    freshness,
    in_words,
    judged,
    likelihoods,
    next_filled,
    open_spells,
    posterior,
    tornado,
    weight_of_evidence,
)
from dossier.leak.leak_law import chance_all

Formula = Callable[..., Any]

#: Databases of the story: seven kinds of record [F1-001] and the phone's place, a second purchase [F1-004].
DATABASES = 8
#: Further orders in "suppose": how many, all filled.
MORE_ORDERS = 10

#: What the lesson assumes, before it looks at any case. The willingness is that of one police force's detected misuse [F2-069]; the rest is ours.
DEFAULTS = Assumptions(
    open_share=0.3,
    common_cause=0.1,
    copies=0.3,
    copy_age=1.0,
    hands=1000,
    willingness=fact("F2-069").value,
    shared_honesty=0.01,
    error=0.05,
    order_correlation=0.5,
    mixing=0.5,
)

#: How often what a record says changes, a year: ours.
CHANGES_A_YEAR = {
    "phone": 24 * 365.0,
    "café": 50.0,
    "bank": 12.0,
    "hotel": 6.0,
    "flight": 4.0,
    "border": 4.0,
    "rental": 0.5,
    "land": 0.1,
}

# Key, short name on the chart, what it says in the table, where it comes from.
SUPPOSED = "suppose"
FOUND = (
    ("breadth", "8 answered", "All 8 databases answered", "F1-001, F1-004"),
    ("live", "live place", "The phone's place was live", "F1-004"),
    ("order", "to order", "Made to order: one person", "F1-001"),
    ("price", "700 yuan", "The price: 700 yuan", "F1-001"),
    ("current", "all current", "The other 7 were current", SUPPOSED),
    ("orders", "10 more", "10 more orders, all filled", SUPPOSED),
    ("minutes", "in minutes", "It came within minutes", SUPPOSED),
)
KEYS = tuple(key for key, *_ in FOUND)
JUDGED = ("order", "price", "minutes")


def judgements() -> pd.DataFrame:
    """Give the likelihoods that no model computes: set by hand, ours, before any case was looked at."""
    return pd.DataFrame(
        {"insiders": [0.8, 0.5, 0.5], "outsiders": [0.4, 0.5, 0.7]}, index=pd.Index(JUDGED, name="finding")
    )


def editable_findings() -> EditableTable:
    """Lay the findings out as a table: which count."""
    frame = pd.DataFrame(
        {
            "counts": [source != SUPPOSED for *_, source in FOUND],
            "source": ["suppose" if source == SUPPOSED else "ledger" for *_, source in FOUND],
        },
        index=pd.Index([said for _, _, said, _ in FOUND], name="finding"),
    )
    return EditableTable(
        "The findings",
        frame,
        [Tick("counts", "Counts")],
        labels={"finding": "Finding", "source": "From"},
        name="my_findings",
    )


def editable_judgements() -> EditableTable:
    """Lay the likelihoods that are set by hand out as a table."""
    said = {key: text for key, _, text, _ in FOUND}
    frame = (100 * judgements()).round(9)
    frame.index = pd.Index([said[key] for key in frame.index], name="finding")
    return EditableTable(
        "Set by hand",
        frame,
        [
            Number("insiders", "If insiders", low=1, high=100, step=5, unit="%"),
            Number("outsiders", "If outsiders", low=1, high=100, step=5, unit="%"),
        ],
        labels={"finding": "Finding"},
        name="my_judgements",
    )


def _counts(findings: EditableTable | None) -> dict[str, bool]:
    if findings is None:
        return {key: source != SUPPOSED for key, *_, source in FOUND}
    return dict(zip(KEYS, findings.value["counts"].tolist(), strict=True))


def _hand_set(table: EditableTable | None) -> pd.DataFrame:
    return judgements() if table is None else table.value.set_axis(list(JUDGED)) / 100


def board(assumptions: Assumptions, hand_set: pd.DataFrame) -> NDArray[np.float64]:
    """
    Give the chance of every finding of the story under every hypothesis.

    Returns
    -------
    numpy.ndarray
        Shape (7, 3): rows as `FOUND`, columns as `HYPOTHESES`.
    """
    live = CHANGES_A_YEAR["phone"]
    others = tuple(rate for name, rate in CHANGES_A_YEAR.items() if name != "phone")
    breadth, fresh, orders = likelihoods(Findings(DATABASES, (live,), filled=MORE_ORDERS), assumptions)
    current = freshness(others, assumptions)
    by_hand = dict(zip(JUDGED, judged(hand_set, assumptions.mixing), strict=True))
    rows = {"breadth": breadth, "live": fresh, "current": current, "orders": orders, **by_hand}
    return np.vstack([rows[key] for key in KEYS])


def prior_of(bits: float, mixture: float) -> NDArray[np.float64]:
    """Give the prior of `HYPOTHESES`: so many bits for insiders against outsiders, and the share that is left to a mixture."""
    insiders = 1 / (1 + 2.0**-bits)
    return np.array([insiders * (1 - mixture), (1 - insiders) * (1 - mixture), mixture])


def _percent(share: float) -> str:
    """Write a probability with no more digits than help, and never as 0 or 100 percent."""
    percent = 100 * share
    if percent < 0.1:
        return "under 0.1%"
    if percent > 99.9:
        return "over 99.9%"
    return f"{percent:.0f}%" if 1.5 <= percent <= 98.5 else f"{percent:.1f}%"


def _word(share: float) -> str:
    """Say a probability in words: those of the number that `_percent` writes beside them."""
    percent = 100 * share
    return in_words((round(percent) if 1.5 <= percent <= 98.5 else percent) / 100)


def _signed(bits: float) -> str:
    return f"{bits:+.1f}".replace("-", "\u2212") if abs(bits) >= 0.05 else "0"


def _odds(bits: float) -> str:
    """Write log odds in bits as odds: 8 to 1, 1 to 3."""
    ratio = 2 ** abs(bits)
    if ratio > 1e6:
        return "over a million to 1" if bits > 0 else "1 to over a million"
    text = f"{ratio:,.0f}" if ratio >= 9.95 else f"{ratio:.2g}"
    return f"{text} to 1" if bits >= 0 else f"1 to {text}"


def _words() -> dict[str, Any]:
    return {"type": "scatter", "mode": "text", "hoverinfo": "skip"}


def _zero(low: float, high: float, **axes: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "meta": "context",
        "x": [0, 0],
        "y": [low, high],
        "line": {"color": theme.GREY, "width": 1.5, "dash": "dot"},
        "hoverinfo": "skip",
        **axes,
    }


# ---------------------------------------------------------------------------------------------- eight doors

YEAR = 365
MOST_DOORS = 12


def _together(spells: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Give the spells in which all doors are open: shape (spells, 2)."""
    both = np.array([[0.0, YEAR]])
    for one in spells:
        starts = np.maximum(both[:, None, 0], one[None, :, 0]).ravel()
        ends = np.minimum(both[:, None, 1], one[None, :, 1]).ravel()
        both = np.column_stack([starts, ends])[ends > starts]
        both = both[both[:, 0].argsort()]
    return both


def _doors_model(open_share: float, repair_days: int, doors: int) -> Result:
    share = open_share / 100
    spells = [
        open_spells(share, repair_days, YEAR, np.random.default_rng([11, door])) for door in range(doors)
    ]
    return {
        "spells": spells,
        "all": _together(spells),
        "expected": YEAR * float(chance_all(doors, share)),
        "open_days": np.array([float(np.diff(one, axis=1).sum()) for one in spells]),
    }


def _bars_of(spells: NDArray[np.float64], row: float) -> tuple[list[float], list[float]]:
    gap = np.full(len(spells), np.nan)
    x = np.column_stack([spells, gap]).ravel()
    return x.tolist(), np.where(np.isnan(x), np.nan, row).tolist()


def _doors_figure(result: Result, settings: Settings) -> Figure:
    x: list[float] = []
    y: list[float] = []
    for door, spells in enumerate(result["spells"]):
        across, down = _bars_of(spells, MOST_DOORS - door)
        x, y = x + across, y + down
    doors = settings["doors"]
    together, row = _bars_of(result["all"], MOST_DOORS - doors)
    days = float(np.diff(result["all"], axis=1).sum())
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "x": x,
                "y": y,
                "line": {"color": theme.BLUE, "width": 9},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": together,
                "y": row,
                "line": {"color": theme.VERMILION, "width": 13},
                "hoverinfo": "skip",
            },
            {
                **_words(),
                "x": [YEAR + 6] * (MOST_DOORS + 1),
                "y": MOST_DOORS - np.arange(MOST_DOORS + 1.0),
                "text": [f"{open_for:.0f}" for open_for in result["open_days"]]
                + [f"<b>all: {_days(days)}</b>"]
                + [""] * (MOST_DOORS - doors),
                "textposition": "middle right",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Day of the year (right: days open)"},
                "range": [0, 505],
                "tickvals": [0, 100, 200, 300, 365],
            },
            "yaxis": {
                "title": {"text": "Database"},
                "range": [-0.7, MOST_DOORS + 0.7],
                "tickvals": [MOST_DOORS - door for door in range(0, MOST_DOORS, 1)],
                "ticktext": [str(door + 1) if door < doors else "" for door in range(MOST_DOORS)],
                "ticks": "",
                "showgrid": False,
                "zeroline": False,
            },
            "height": 340,
        },
    }


def _days(days: float) -> str:
    if days >= 9.95 or days == 0:
        return f"{days:.0f}"
    return f"{days:.1f}" if days >= 0.95 else f"{days:.2g}"


def _long(days: float) -> str:
    """A time in words: "33 days", "14 hours", "34 minutes", "4 seconds"."""
    for size, name in ((1, "day"), (24, "hour"), (1440, "minute"), (86_400, "second")):
        if days * size >= 1.95 or name == "second":
            return counted(round(days * size), name)
    raise AssertionError


def _doors_summary(result: Result, settings: Settings) -> Summary:
    doors = settings["doors"]
    days = float(np.diff(result["all"], axis=1).sum())
    what = "all at once" if doors > 1 else "in all"
    text = (
        f"Each database stands open {settings['open_share']:g}% of the time, {settings['repair_days']} days at a stretch on average. "
        f"In this invented year {counted(doors, 'database')} {'was' if doors == 1 else 'were'} open {what} for {_days(days)} of {YEAR} days. "
        f"In an average year the formula expects {_long(result['expected'])}."
    )
    return text, {
        "Database": [*range(1, doors + 1), "all"],
        "Open, days": [*(_days(open_for) for open_for in result["open_days"]), _days(days)],
        "Times open": [*(len(one) for one in result["spells"]), len(result["all"])],
    }


@explorable
def eight_doors(**start: Any) -> Explorable:
    """When each of some databases stands open in a year, and when all of them do at once."""
    return Explorable(
        "Eight doors",
        [
            Slider("doors", "Databases", low=1, high=MOST_DOORS, step=1, default=DATABASES),
            Slider("open_share", "Each is open", low=5, high=95, step=5, default=30, unit="% of the time"),
            Slider(
                "repair_days",
                "Open at a stretch",
                low=20,
                high=120,
                step=10,
                default=30,
                unit="days on average",
            ),
        ],
        _doors_model,
        _doors_figure,
        _doors_summary,
        start=start,
        alt="A row for each database, with a bar wherever it stands open in the course of a year; and a last row for the time when all of "
        "them are open at once.",
        guess=GuessValue(
            "A thief needs eight databases at once. Each stands open 30% of the time, and they have nothing to do with each other. "
            "On how many days of the year are all eight open, on average?",
            Slider("guess", "Days of 365", low=0, high=100, step=0.5, default=40, unit="days", format=".2g"),
            truth=lambda result, settings: result["expected"],
        ),
    )


# ---------------------------------------------------------------------------------------------- orders counted twice

MOST_ORDERS = 10
HANDLES = (1, 2, 4, 7, 10)
HIGHEST = 43.0


def _computed(formula: Formula, *arguments: float) -> float:
    """Run a learner's formula for one set of numbers."""
    with learners_formula():
        given_back = formula(*arguments)
        if given_back is None:
            raise FormulaProblem("Your formula gave nothing back. Does it end with a return?")
        number = float(given_back)
        if not np.isfinite(number):
            raise FormulaProblem(
                f"Your formula gave {number} for {', '.join(f'{one:g}' for one in arguments)}."
            )
        return number


def _orders_model(formula: Formula) -> Callable[..., Result]:
    def model(correlation: float, insiders: float, outsiders: float) -> Result:
        chances = np.array(
            [
                [_computed(formula, each / 100, correlation, filled) for filled in range(MOST_ORDERS)]
                for each in (insiders, outsiders)
            ]
        )
        if not ((chances > 0) & (chances <= 1)).all():
            raise FormulaProblem("Your formula gave a chance that is not above 0 and at most 1.")
        each_bits = np.asarray(weight_of_evidence(chances[0], chances[1]))
        numbers = np.arange(MOST_ORDERS + 1)
        return {
            "chances": chances,
            "each": each_bits,
            "joint": np.concatenate([[0.0], each_bits.cumsum()]),
            "naive": numbers * each_bits[0],
        }

    return model


def _line(x: Any, y: Any, colour: str, dash: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": x,
        "y": y,
        "line": {"color": colour, "width": 3, "dash": dash},
        "marker": {"size": 7, "color": colour},
        "hovertemplate": "%{y:.1f} bits<extra></extra>",
    }


def _orders_figure(result: Result, settings: Settings) -> Figure:
    numbers = np.arange(MOST_ORDERS + 1.0)
    naive, joint = result["naive"], result["joint"]
    # Where the two lines end together, the words keep apart: one above, one below.
    gap = max(8 - (naive[-1] - joint[-1]), 0) / 2
    return {
        "data": [
            {**_line(numbers, naive, theme.VERMILION, "dot"), "meta": "context"},
            _line(numbers, joint, theme.BLUE, "solid"),
            {
                **_words(),
                "x": [MOST_ORDERS + 0.3] * 2,
                "y": [naive[-1] + gap, joint[-1] - gap],
                "text": [f"<b>added<br>{naive[-1]:.1f}</b>", f"<b>weighed<br>{joint[-1]:.1f}</b>"],
                "textposition": "middle right",
            },
        ],
        "layout": {
            "xaxis": {"title": {"text": "Orders filled"}, "range": [0, 15], "tickvals": [0, 2, 4, 6, 8, 10]},
            "yaxis": {
                "title": {"text": "Bits for insiders"},
                "range": [-7, HIGHEST + 7],
                "tickvals": [0, 10, 20, 30, 40],
                "zeroline": False,
            },
            "height": 330,
        },
    }


def _orders_summary(result: Result, settings: Settings) -> Summary:
    each, joint, naive = result["each"], result["joint"], result["naive"]
    text = (
        f"The first order filled is worth {each[0]:.1f} bits, the second {each[1]:.2g}, the tenth {each[-1]:.2g}. "
        f"All ten weigh {joint[-1]:.1f} bits. Added up as if each were news, they would be {naive[-1]:.1f}."
    )
    return text, {
        "Orders": list(range(1, MOST_ORDERS + 1)),
        "If insiders": [f"{chance:.0%}" for chance in result["chances"][0]],
        "If outsiders": [f"{chance:.0%}" for chance in result["chances"][1]],
        "Bits": [_signed(bits) for bits in each],
        "So far": [_signed(bits) for bits in joint[1:]],
    }


@explorable
def counted_twice(formula: Formula = next_filled, **start: Any) -> Explorable:
    """The evidence of orders that are filled one after another, weighed and simply added; with the learner's own formula if one is given."""
    return Explorable(
        "Counted twice",
        [
            Slider(
                "correlation", "Orders go together", low=0, high=0.95, step=0.05, default=0.5, format=".2f"
            ),
            Slider(
                "insiders", "First order filled, if insiders", low=50, high=95, step=5, default=60, unit="%"
            ),
            Slider(
                "outsiders", "First order filled, if outsiders", low=5, high=50, step=5, default=5, unit="%"
            ),
        ],
        _orders_model(formula),
        _orders_figure,
        _orders_summary,
        start=start,
        alt="Bits of evidence against orders filled, one to ten: a straight dotted line for their plain sum, and a solid line for what they "
        "weigh together, which bends.",
        guess=GuessCurve(
            "Ten orders, all filled. The dotted line adds 3.6 bits for each. But a door that is open today is likely to be open tomorrow. "
            "How do the bits really grow?",
            at=HANDLES,
            slider=Slider(
                "guess", "Bits", low=0, high=HIGHEST, step=0.5, default=18, unit="bits", format=".1f"
            ),
            truth=lambda result, settings: result["joint"][list(HANDLES)],
            unit_x="filled",
        ),
    )


# ---------------------------------------------------------------------------------------------- the evidence board

WIDEST = 17.0
BOARD_ROWS = ("prior", *(short for _, short, *_ in FOUND))


def _updated(formula: Formula, prior: NDArray[np.float64], rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Run a learner's formula for the probabilities afterwards."""
    with learners_formula():
        found = formula(prior, rows)
        if found is None:
            raise FormulaProblem("Your formula gave nothing back. Does it end with a return?")
        chances = np.asarray(found, dtype=float)
    if chances.shape != prior.shape or not ((chances >= 0) & (chances <= 1)).all():
        raise FormulaProblem(f"Your formula gave {found}: three probabilities are needed, each from 0 to 1.")
    if abs(chances.sum() - 1) > 1e-6:
        raise FormulaProblem(
            f"Your formula gave three probabilities that sum to {chances.sum():.2g}, not to 1: divide them by their sum."
        )
    return chances


def _signs_agree(weigh: Formula) -> None:
    """Refuse a learner's formula whose bits are not above 0 for insiders and below 0 for outsiders."""
    for one, other in ((0.8, 0.4), (0.4, 0.8)):
        bits = _computed(weigh, one, other)
        if bits * (one - other) <= 0:
            raise FormulaProblem(
                f"Your formula gave {_signed(bits)} bits for {one:.0%} if insiders against {other:.0%} if outsiders. "
                f"It should be {'above' if one > other else 'below'} 0: is the ratio turned round?"
            )


def _board_model(
    findings: EditableTable | None, by_hand: EditableTable | None, weigh: Formula, update: Formula
) -> Callable[..., Result]:
    _signs_agree(weigh)

    def model(
        prior_bits: float,
        mixture: float,
        open_share: float,
        copies: float,
        shared_honesty: float,
    ) -> Result:
        assumed = replace(
            DEFAULTS,
            open_share=open_share / 100,
            copies=copies / 100,
            shared_honesty=shared_honesty / 100,
        )
        rows = board(assumed, _hand_set(by_hand))
        counts = np.array(list(_counts(findings).values()))
        prior = prior_of(prior_bits, mixture / 100)
        bits = np.array(
            [
                float(np.log2(prior[0] / prior[1])),
                *(
                    _computed(weigh, row[0], row[1]) if counted_in else 0.0
                    for row, counted_in in zip(rows, counts, strict=True)
                ),
            ]
        )
        return {
            "rows": rows,
            "counts": counts,
            "bits": bits,
            "total": float(bits.sum()),
            "posterior": _updated(update, prior, rows[counts]),
        }

    return model


def _board_figure(result: Result, settings: Settings) -> Figure:
    bits, counts, chances = result["bits"], result["counts"], result["posterior"]
    rows = len(BOARD_ROWS)
    height = rows - np.arange(rows, dtype=float)
    drawn = np.clip(bits, -WIDEST, WIDEST)
    speaks_for = drawn >= 0
    findings = np.arange(rows) > 0

    def bars(chosen: NDArray[np.bool_], colour: str, texture: str) -> dict[str, Any]:
        return {
            "type": "bar",
            "orientation": "h",
            "x": np.where(chosen, drawn, 0),
            "y": height,
            "width": 0.64,
            "marker": {"color": colour, "pattern": {"shape": texture, "size": 6, "solidity": 0.4}},
            "hoverinfo": "skip",
        }

    texts = [_signed(bits[0])] + [
        _signed(one) if counted_in else "off" for one, counted_in in zip(bits[1:], counts, strict=True)
    ]
    left = drawn < 0
    places = np.array([3.0, 2.0, 1.0])
    return {
        "data": [
            bars(~findings, theme.GREY, ""),
            bars(findings & speaks_for, theme.BLUE, ""),
            bars(findings & ~speaks_for, theme.VERMILION, "/"),
            _zero(0.4, rows + 0.6),
            {
                **_words(),
                "x": drawn + np.where(left, -0.4, 0.4),
                "y": height,
                "text": texts,
                "textposition": ["middle left" if one else "middle right" for one in left],
            },
            {
                "type": "bar",
                "orientation": "h",
                "xaxis": "x2",
                "yaxis": "y2",
                "x": chances,
                "y": places,
                "width": 0.64,
                "marker": {
                    "color": [theme.BLUE, theme.VERMILION, theme.PURPLE],
                    "pattern": {"shape": ["", "/", "x"], "size": 6, "solidity": 0.4},
                },
                "hoverinfo": "skip",
            },
            {
                **_words(),
                "xaxis": "x2",
                "yaxis": "y2",
                "x": chances + 0.03,
                "y": places,
                "text": [f"<b>{_percent(one)}</b> {_word(one)}" for one in chances],
                "textposition": "middle right",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Bits for insiders"},
                "range": [-23, 26],
                "tickvals": [-10, 0, 10],
                "zeroline": False,
            },
            "yaxis": {
                "title": {"text": "Finding"},
                "range": [0.4, rows + 0.6],
                "tickvals": height,
                "ticktext": list(BOARD_ROWS),
                "showgrid": False,
                "zeroline": False,
                "domain": [0.45, 1],
            },
            "xaxis2": {
                "title": {"text": "Probability afterwards"},
                "range": [0, 3.1],
                "tickvals": [0, 1],
                "tickformat": ".0%",
                "anchor": "y2",
            },
            "yaxis2": {
                "title": {"text": "Who"},
                "range": [0.4, 3.6],
                "tickvals": places,
                "ticktext": list(HYPOTHESES),
                "showgrid": False,
                "zeroline": False,
                "domain": [0, 0.24],
            },
            "barmode": "overlay",
            "height": 400,
        },
    }


def _most_probable(chances: NDArray[np.float64]) -> str:
    best, second = np.argsort(-chances, kind="stable")[:2]
    if chances[best] - chances[second] < 0.005:
        return f"As probable as each other: {HYPOTHESES[best]} and {HYPOTHESES[second]}, {_percent(chances[best])} each."
    return f"Most probable: {HYPOTHESES[best]}, {_percent(chances[best])}, {_word(chances[best])}."


def _board_summary(result: Result, settings: Settings) -> Summary:
    bits, chances = result["bits"], result["posterior"]
    prior = bits[0]
    insiders, outsiders, mixture = np.maximum(chances, 1e-300)
    by_chances = float(np.log2(insiders / outsiders))
    doubt = (
        ""
        if abs(by_chances - result["total"]) < 0.05
        else f" Your two formulas disagree: by the bits the odds are {_odds(result['total'])}, by the probabilities {_odds(by_chances)}."
    )
    text = (
        f"Insiders against outsiders: the prior is {_signed(prior)} bits, and {counted(int(result['counts'].sum()), 'finding')} add "
        f"{_signed(float(bits[1:].sum()))}: {_signed(result['total'])} in all, odds of {_odds(result['total'])}. "
        f"Against outsiders and a mixture together: {_signed(float(np.log2(insiders / (outsiders + mixture))))}. "
        f"{_most_probable(chances)}{doubt}"
    )
    return text, {
        "Finding": [said for _, _, said, _ in FOUND],
        **{
            f"If {name}": [f"{chance:.2g}" for chance in result["rows"][:, place]]
            for place, name in enumerate(HYPOTHESES)
        },
        "Bits": [
            _signed(one) if counted_in else "not counted"
            for one, counted_in in zip(bits[1:], result["counts"], strict=True)
        ],
    }


@explorable
def the_evidence_board(
    findings: EditableTable | None = None,
    judgements: EditableTable | None = None,
    weigh: Formula = weight_of_evidence,
    update: Formula = posterior,
    **start: Any,
) -> Explorable:
    """Each finding of the story as a bar of bits, and what the reader's prior becomes; follows the learner's tables if given."""
    chart = Explorable(
        "The evidence board",
        [
            Slider(
                "prior_bits",
                "Prior for insiders",
                low=-10,
                high=10,
                step=1,
                default=0,
                unit="bits",
            ),
            Slider("mixture", "Prior for a mixture", low=5, high=90, step=5, default=30, unit="%"),
            Slider(
                "open_share", "A database is open", low=5, high=95, step=5, default=30, unit="% of the time"
            ),
            Slider("copies", "Thief has a copy", low=0, high=100, step=5, default=30, unit="%"),
            Slider(
                "shared_honesty",
                "Office of one mind",
                low=0,
                high=30,
                step=1,
                default=1,
                unit="%",
            ),
        ],
        _board_model(findings, judgements, weigh, update),
        _board_figure,
        _board_summary,
        start=start,
        alt="A bar of bits for the prior and for each finding: to the right if it speaks for insiders, to the left, hatched, if against. Below, "
        "the probabilities of insiders, outsiders and a mixture.",
        guess=GuessValue(
            "Four findings, all in the ledger: eight databases answered, a phone's place was live, one chosen person, 700 yuan. Before it, all "
            "three explanations are about as probable. How probable are insiders alone now?",
            Slider("guess", "Insiders alone", low=0, high=1, step=0.01, default=0.35, format=".0%"),
            truth=lambda result, settings: float(result["posterior"][0]),
            said_by="the model",
        ),
    )
    chart.follow(*(table for table in (findings, judgements) if table is not None))
    return chart


def findings_and_board(
    findings: EditableTable,
    judgements: EditableTable,
    weigh: Formula = weight_of_evidence,
    update: Formula = posterior,
) -> Beside:
    """Lay out the findings beside the board that weighs them."""
    board = the_evidence_board(findings=findings, judgements=judgements, weigh=weigh, update=update)
    return Beside(board, findings, judgements, narrowest=450)


# ---------------------------------------------------------------------------------------------- what would turn it

# Assumption, what the table says, on the chart, lowest, highest, the range that a learner may give, the factor to its unit.
TURNED = (
    ("hands", "People with access", "people", 20, 5000, (1, 30_000), 1),
    ("willingness", "Sellers, of 10,000", "sellers", 5, 400, (1, 5000), 1e-4),
    ("shared_honesty", "Office of one mind, %", "one mind", 0, 20, (0, 100), 0.01),
    ("open_share", "A database is open, %", "open", 10, 80, (1, 99), 0.01),
    ("copies", "Thief has a copy, %", "copy", 0, 90, (0, 100), 0.01),
    ("copy_age", "Age of a copy, years", "copy's age", 0.1, 5, (0, 50), 1),
    ("common_cause", "Databases together, %", "databases", 0, 50, (0, 100), 0.01),
    ("order_correlation", "Orders together, %", "orders", 5, 90, (0, 100), 0.01),
    ("mixing", "Mixture: by insiders, %", "mixture", 10, 90, (0, 100), 0.01),
    ("error", "Answers that fail, %", "answers", 1, 20, (0.1, 90), 0.01),
)
SHORT = {name: short for name, _, short, *_ in TURNED}
SAID = {name: said for name, said, *_ in TURNED}
FACTOR = {name: factor for name, *_, factor in TURNED}
STATED, ALL_SEVEN = "in the ledger (4)", "those, and the supposed (7)"


def _in_order(frame: pd.DataFrame) -> tuple[Any, str, str] | None:
    for label, row in frame.iterrows():
        least, most = next(one[5] for one in TURNED if one[1] == label)
        for column in frame.columns:
            if not least <= row[column] <= most:
                return label, column, f"allowed is {least:,g} to {most:,g}."
        if not row["low"] <= row["high"]:
            return label, "low", f"{row['low']:g} is above the high end, {row['high']:g}."
        if not row["low"] <= row["assumed"] <= row["high"]:
            return label, "assumed", f"allowed is {row['low']:g} to {row['high']:g}, the ends beside it."
    return None


def editable_ranges() -> EditableTable:
    """Lay the assumptions out as a table: what is assumed, and how low and how high it could be."""
    frame = pd.DataFrame(
        {
            "low": [float(low) for _, _, _, low, *_ in TURNED],
            "assumed": [round(getattr(DEFAULTS, name) / factor, 1) for name, *_, factor in TURNED],
            "high": [float(high) for _, _, _, _, high, *_ in TURNED],
        },
        index=pd.Index([said for _, said, *_ in TURNED], name="assumption"),
    )
    columns = (("low", "Low"), ("assumed", "We say"), ("high", "High"))
    return EditableTable(
        "How wrong could it be?",
        frame,
        [Number(name, label, low=0, high=30_000, step=1) for name, label in columns],
        labels={"assumption": "Assumption"},
        check=_in_order,
        name="my_ranges",
    )


def _ranges(table: EditableTable | None) -> tuple[Assumptions, dict[str, tuple[float, float]]]:
    """Give what the table assumes, and its ranges, in the models' units."""
    if table is None:
        return DEFAULTS, {name: (low * factor, high * factor) for name, _, _, low, high, _, factor in TURNED}
    assumed: dict[str, float] = {}
    ranges = {}
    for name, said, *_, factor in TURNED:
        low, here, high = (value * factor for value in table.value.loc[said, ["low", "assumed", "high"]])
        if name == "hands":
            low, here, high = (float(round(value)) for value in (low, here, high))
        assumed[name], ranges[name] = here, (low, high)
    return replace(DEFAULTS, **assumed), ranges


def _verdict(
    counts: Mapping[str, bool], by_hand: pd.DataFrame, prior: NDArray[np.float64]
) -> Callable[[Assumptions], float]:
    """Give a function from assumptions to the bits for insiders against everything else."""
    chosen = np.array([counts[key] for key in KEYS])

    def bits(assumptions: Assumptions) -> float:
        insiders, *others = posterior(prior, board(assumptions, by_hand)[chosen])
        return float(np.log2(insiders) - np.log2(sum(others)))

    return bits


def bits_with(
    findings: EditableTable | None = None,
    judgements: EditableTable | None = None,
    prior_bits: float = 0,
    mixture: float = 0.3,
    **changed: float,
) -> float:
    """
    Give the bits for insiders against everything else, with some assumptions changed.

    Parameters
    ----------
    findings, judgements : EditableTable, optional
        The learner's tables; the lesson's own if not given.
    prior_bits : float
        Insiders against outsiders beforehand.
    mixture : float
        Probability of a mixture beforehand, above 0, less than 1.
    **changed : float
        Assumptions by name, for instance ``open_share=0.5``.

    Returns
    -------
    float
        0 where the odds are even.
    """
    verdict = _verdict(_counts(findings), _hand_set(judgements), prior_of(prior_bits, mixture))
    return verdict(replace(DEFAULTS, **changed))


@lru_cache(maxsize=256)
def _turned(
    counts: tuple[bool, ...],
    by_hand: tuple[tuple[float, ...], ...],
    assumed: Assumptions,
    ranges: tuple[tuple[str, tuple[float, float]], ...],
    prior_bits: float,
    mixture: float,
) -> tuple[pd.DataFrame, float]:
    hand_set = pd.DataFrame(by_hand, columns=list(HYPOTHESES[:2]), index=list(JUDGED))
    verdict = _verdict(dict(zip(KEYS, counts, strict=True)), hand_set, prior_of(prior_bits, mixture))
    return tornado(verdict, assumed, dict(ranges)), verdict(assumed)


TORNADO_WIDEST = 19.0


def _tornado_model(
    ranges: EditableTable | None, by_hand: EditableTable | None, prior_bits: float, counted_in: str
) -> Result:
    counts = tuple(counted_in == ALL_SEVEN or source != SUPPOSED for *_, source in FOUND)
    hand_set = tuple(map(tuple, _hand_set(by_hand).to_numpy().tolist()))
    assumed, ends = _ranges(ranges)
    table, now = _turned(counts, hand_set, assumed, tuple(ends.items()), prior_bits, 0.3)
    return {"table": table, "now": now}


def _value(name: str, value: float) -> str:
    """An assumption's value in the unit of the table."""
    return f"{value / FACTOR[name]:,.3g}"


def _tornado_figure(result: Result, settings: Settings) -> Figure:
    table, now = result["table"], result["now"]
    rows = len(table)
    height = rows - np.arange(rows, dtype=float)
    at_low, at_high = (
        np.clip(table[end].to_numpy(), -TORNADO_WIDEST, TORNADO_WIDEST) for end in ("at_low", "at_high")
    )
    centre = float(np.clip(now, -TORNADO_WIDEST, TORNADO_WIDEST))

    def bars(ends: NDArray[np.float64], colour: str, texture: str) -> dict[str, Any]:
        return {
            "type": "bar",
            "orientation": "h",
            "base": np.full(rows, centre),
            "x": ends - centre,
            "y": height,
            "width": 0.6,
            "marker": {"color": colour, "pattern": {"shape": texture, "size": 6, "solidity": 0.4}},
            "hoverinfo": "skip",
        }

    flips = [_value(str(name), value) if np.isfinite(value) else "" for name, value in table["flip"].items()]
    return {
        "data": [
            bars(at_low, theme.ORANGE, "/"),
            bars(at_high, theme.BLUE, ""),
            _zero(0.4, rows + 0.6),
            {
                **_words(),
                "x": [-TORNADO_WIDEST - 11.5] * (rows + 1),
                "y": [rows + 0.95, *height],
                "text": ["even at" if np.isfinite(table["flip"]).any() else "", *flips],
                "textposition": "middle right",
            },
            {
                **_words(),
                "x": [TORNADO_WIDEST],
                "y": [rows + 0.95],
                "text": [f"<b>as assumed: {_signed(now)}</b>"],
                "textposition": ["middle left"],
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Bits against all else"},
                "range": [-TORNADO_WIDEST - 12, TORNADO_WIDEST + 1],
                "tickvals": [-10, 0, 10],
                "zeroline": False,
            },
            "yaxis": {
                "title": {"text": "Assumption"},
                "range": [0.4, rows + 1.5],
                "tickvals": height,
                "ticktext": [SHORT[str(name)] for name in table.index],
                "showgrid": False,
                "zeroline": False,
            },
            "barmode": "overlay",
            "height": 400,
        },
    }


def _alone(number: int) -> str:
    if number == 0:
        return "No assumption can turn the verdict alone."
    return f"{counted(number, 'assumption')} can turn the verdict {'alone' if number == 1 else 'each by itself'}."


def _tornado_summary(result: Result, settings: Settings) -> Summary:
    table, now = result["table"], result["now"]
    first = str(table.index[0])
    flips = table["flip"].dropna()
    text = (
        f"As assumed: {_signed(now)} bits for insiders alone, {_percent(1 / (1 + 2.0**-now))}. "
        f"Moving '{SAID[first]}' from {_value(first, table['low'].iloc[0])} to {_value(first, table['high'].iloc[0])} changes it most, by "
        f"{table['swing'].iloc[0]:.1f} bits. {_alone(len(flips))} Hatched: towards the low end."
    )
    return text, {
        "Assumption": [SAID[str(name)] for name in table.index],
        "Bits at low": [_signed(one) for one in table["at_low"]],
        "Bits at high": [_signed(one) for one in table["at_high"]],
        "Even at": [
            _value(str(name), value) if np.isfinite(value) else "nowhere between"
            for name, value in table["flip"].items()
        ],
    }


@explorable
def what_would_turn_it(
    ranges: EditableTable | None = None, judgements: EditableTable | None = None, **start: Any
) -> Explorable:
    """Move each assumption from low to high, one at a time: how far the verdict swings, and where it turns; follows the learner's tables."""
    chart = Explorable(
        "What would turn it",
        [
            Slider(
                "prior_bits",
                "Prior for insiders",
                low=-9,
                high=9,
                step=3,
                default=0,
                unit="bits",
            ),
            Choice("counted_in", "Findings", [STATED, ALL_SEVEN]),
        ],
        partial(_tornado_model, ranges, judgements),
        _tornado_figure,
        _tornado_summary,
        start=start,
        alt="A tornado: a bar for each assumption, from the bits at its low end (hatched) to those at its high end, the longest on top; and the value "
        "at which the odds are even, where there is one.",
        guess=GuessValue(
            "Ten assumptions, each moved alone from its low to its high end. How many of them can turn the verdict against insiders by themselves?",
            Slider(
                "guess", "Assumptions", low=0, high=len(TURNED), step=1, default=8, unit=f"of {len(TURNED)}"
            ),
            truth=lambda result, settings: int(result["table"]["flip"].notna().sum()),
            said_by="the model",
        ),
    )
    chart.follow(*(table for table in (ranges, judgements) if table is not None))
    return chart


def ranges_and_tornado(ranges: EditableTable, judgements: EditableTable) -> Beside:
    """Lay out the ranges beside the tornado that they make."""
    return Beside(what_would_turn_it(ranges=ranges, judgements=judgements), ranges, narrowest=450)


# ---------------------------------------------------------------------------------------------- cases whose answer is known


@dataclass(frozen=True)
class Case:
    """A documented case, coded for the method: our reading of what the ledger states."""

    id: str
    label: str
    databases: int
    to_order: bool | None
    live: bool
    insiders: bool
    source: str


#: All cases of the table with a known answer and a form of sale (or a breadth) that the ledger states. In the order of the years.
CODED = (
    Case("US-2003-AOL", "Provider, US", 1, False, False, True, "F2-102"),
    Case("IL-2006-AGRON", "Registry, Israel", 1, False, False, True, "F2-028"),
    Case("US-2008-UCLA", "Hospital, US", 1, True, False, True, "F2-079"),
    Case("DE-2008-LGT", "Bank, Liechtenstein", 1, False, False, True, "F2-057"),
    Case("CH-2007-CS", "Bank, Switzerland", 1, False, False, True, "F2-059"),
    Case("CN-2011-BEIJING", "Phones, Beijing", 1, True, True, True, "F2-101"),
    Case("CN-2012-HENAN", "Police, Henan", 1, None, False, True, "F2-099"),
    Case("KR-2014-KCB", "Bureau, Korea", 1, False, False, True, "F2-015"),
    Case("JP-2014-BENESSE", "Schools, Japan", 1, False, False, True, "F2-045"),
    Case("CN-2017-CDC", "Health, Shanghai", 1, False, False, True, "F2-086"),
    Case("SHANDONG", "Exams, Shandong", 1, False, False, False, "F2-065"),
    Case("CA-2019-DESJARDINS", "Bank, Canada", 1, False, False, True, "F2-049"),
    Case("KR-2021-SUWON", "Office, Korea", 1, True, False, True, "F2-084"),
    Case("RU-2020-NAVALNY", "Flights, Russia", 3, True, False, True, "F2-061"),
    Case("NL-2021-GGD", "Health, NL", 1, True, False, True, "F2-020"),
    Case("IN-2021-CDR", "Calls, India", 1, True, False, True, "F2-092"),
    Case("CN-2022-SHGA", "Police, Shanghai", 1, False, False, False, "F2-013"),
    Case("JP-2023-NTTWEST", "Call centre, Japan", 1, False, False, True, "F2-103"),
)
#: The story of the lesson, coded the same way: nobody knows the answer.
THE_STORY = Case("CN-2016-SMD", "The story", DATABASES, True, True, False, "F1-005")
FIRST_COUNTS, FIRST_TELLS_NOTHING = "counts", "tells nothing"


def case_likelihoods(
    case: Case,
    assumptions: Assumptions = DEFAULTS,
    hand_set: pd.DataFrame | None = None,
    *,
    first: bool = True,
) -> pd.DataFrame:
    """
    Give the chance of what is known about a case, under insiders and under outsiders.

    Parameters
    ----------
    case : Case
        What is known.
    assumptions : Assumptions
        The same for every case.
    hand_set : pandas.DataFrame, optional
        Likelihoods set by hand; `judgements` if not given. A sale of a whole file has the chance that an order of one person lacks.
    first : bool
        Whether the first database counts. Something was sold in every case, so one may say that it tells nothing.

    Returns
    -------
    pandas.DataFrame
        A row for each finding that the source states; columns ``insiders``, ``outsiders``, ``bits``.
    """
    table = judgements() if hand_set is None else hand_set
    live = (CHANGES_A_YEAR["phone"],) if case.live else ()
    breadth, fresh, _ = likelihoods(Findings(case.databases, live), assumptions)[:, :2]
    if not first:
        breadth = breadth / likelihoods(Findings(1), assumptions)[0, :2]
    rows = {f"{counted(case.databases, 'database')} answered": breadth}
    if case.live:
        rows["a phone's place was live"] = fresh
    if case.to_order is not None:
        chance = table.loc["order", ["insiders", "outsiders"]].to_numpy(dtype=float)
        rows["made to order" if case.to_order else "a whole file was sold"] = (
            chance if case.to_order else 1 - chance
        )
    found = pd.DataFrame(rows, index=list(HYPOTHESES[:2])).T.rename_axis("finding")
    return found.assign(bits=weight_of_evidence(found["insiders"].to_numpy(), found["outsiders"].to_numpy()))


@cache
def _without_form(case: Case, first: str) -> float:
    """Give the bits of a case but for the form of its sale."""
    return float(case_likelihoods(replace(case, to_order=None), first=first == FIRST_COUNTS)["bits"].sum())


def _cases_model(prior_bits: float, to_order: float, first: str) -> Result:
    insiders, outsiders = to_order / 100, judgements()["outsiders"].to_dict()["order"]
    form = {
        None: 0.0,
        True: weight_of_evidence(insiders, outsiders),
        False: weight_of_evidence(1 - insiders, 1 - outsiders),
    }
    bits = [prior_bits + _without_form(one, first) + form[one.to_order] for one in (THE_STORY, *CODED)]
    chances = 1 / (1 + 2.0 ** -np.array(bits))
    truth = np.array([one.insiders for one in CODED])
    even = np.abs(chances[1:] - 0.5) < 1e-9
    right = ((chances[1:] > 0.5) == truth) & ~even
    return {
        "chances": chances,
        "truth": truth,
        "right": right,
        "even": even,
        "brier": float(np.mean((chances[1:] - truth) ** 2)),
    }


def _cases_figure(result: Result, settings: Settings) -> Figure:
    chances, truth = result["chances"], result["truth"]
    rows = len(chances)
    height = rows - np.arange(rows, dtype=float)

    def marks(x: Any, y: Any, symbol: str, colour: str, size: int) -> dict[str, Any]:
        return {
            "type": "scatter",
            "mode": "markers",
            "x": x,
            "y": y,
            "marker": {"symbol": symbol, "color": colour, "size": size},
            "hovertemplate": "%{x:.0%}<extra></extra>",
        }

    known, places = chances[1:], height[1:]
    return {
        "data": [
            {**_zero(0.4, rows + 0.6), "x": [0.5, 0.5]},
            marks(known[truth], places[truth], "circle", theme.BLUE, 11),
            marks(known[~truth], places[~truth], "square", theme.VERMILION, 12),
            marks(chances[:1], height[:1], "star", theme.GREY, 15),
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Probability of insiders"},
                "range": [-0.09, 1.1],
                "tickvals": [0, 0.5, 1],
                "tickformat": ".0%",
            },
            "yaxis": {
                "title": {"text": "Case"},
                "range": [0.3, rows + 0.7],
                "tickvals": height,
                "ticktext": [one.label for one in (THE_STORY, *CODED)],
                "tickfont": {"size": 11},
            },
            "height": 440,
        },
    }


def _cases_summary(result: Result, settings: Settings) -> Summary:
    truth, right, even = result["truth"], int(result["right"].sum()), int(result["even"].sum())
    at_even = f" and {even} exactly at even" if even else ""
    text = (
        f"Circles: it was insiders ({int(truth.sum())} cases). Squares: outsiders ({int((~truth).sum())}). Star: the story, where nobody knows. "
        f"The method puts {right} of {len(CODED)} on the right side of even{at_even}. Its Brier score is {result['brier']:.2f}; always saying 50% gives 0.25, "
        "and 0 is perfect."
    )
    return text, {
        "Case": [f"{one.label} [{one.source}]" for one in (THE_STORY, *CODED)],
        "Sold": [
            "not stated" if one.to_order is None else "to order" if one.to_order else "whole file"
            for one in (THE_STORY, *CODED)
        ],
        "Databases": [one.databases for one in (THE_STORY, *CODED)],
        "Insiders": [_percent(one) for one in result["chances"]],
        "It was": ["unknown", *("insiders" if one else "outsiders" for one in truth)],
    }


@explorable
def where_the_answer_is_known(**start: Any) -> Explorable:
    """The same method, with the same assumptions, on documented cases whose answer is known."""
    return Explorable(
        "Where the answer is known",
        [
            Slider(
                "prior_bits",
                "Prior for insiders",
                low=-6,
                high=6,
                step=1,
                default=0,
                unit="bits",
            ),
            Slider("to_order", "If insiders: to order", low=5, high=95, step=5, default=80, unit="%"),
            Choice("first", "The first database", [FIRST_COUNTS, FIRST_TELLS_NOTHING]),
        ],
        _cases_model,
        _cases_figure,
        _cases_summary,
        start=start,
        alt="A row for each documented case, with a mark at the probability of insiders that the method gives: a circle where it was insiders, a "
        "square where it was outsiders, a star for the story.",
        guess=GuessValue(
            f"{len(CODED)} documented cases whose answer the ledger gives. The same method, the same assumptions, a prior of 50:50. How many does it put on the right "
            "side of even?",
            Slider("guess", "Right", low=0, high=len(CODED), step=1, default=14, unit=f"of {len(CODED)}"),
            truth=lambda result, settings: int(result["right"].sum()),
            said_by="the count",
        ),
    )
