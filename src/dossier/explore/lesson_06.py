"""Lesson 06, linking without a number: what one pair of records says, what EM learns, and where a threshold cuts.

The two lists are Sorrel's register and the guest book of its hotels, which was typed at the desk. All sums are those of `dossier.join`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dossier.explore import theme
from dossier.explore.controls import Choice, Slider
from dossier.explore.explorable import Explorable, Summary, explorable
from dossier.explore.formula import FormulaProblem, learners_formula
from dossier.explore.frames import Figure
from dossier.explore.guess import GuessValue, Result, Settings
from dossier.explore.text import counted
from dossier.join.blocking import candidate_pairs, random_pairs
from dossier.join.comparing import MISSING, Field, comparison_levels, patterns
from dossier.join.evaluating import Evaluation, evaluate, exact_join, threshold_curve
from dossier.join.fellegi_sunter import (
    Shares,
    evidence,
    expectation_maximisation,
    level_shares,
    level_weights,
    match_weight,
    posterior,
    prior_bits,
    starting_m,
    term_frequencies,
    term_frequency_adjustment,
)
from dossier.join.linking import Learned, link_tables, train
from dossier.republic import Republic
from dossier.republic.errors import corrupt

Numbers = NDArray[np.float64]
Formula = Callable[[float, float], float]

FIELDS = ("given_name", "surname", "birth_year", "address")
SAID = {"given_name": "given name", "surname": "surname", "birth_year": "birth year", "address": "address"}
# What goes wrong at a hotel's desk: the share of the values that get each error. The rates are made up.
AT_THE_DESK = {
    "given_name": {"typo": 0.03, "spelling": 0.03, "missing": 0.02},
    "surname": {"typo": 0.03, "spelling": 0.03},
    "birth_year": {"typo": 0.04, "missing": 0.04},
    "address": {"stale": 0.15, "missing": 0.08},
}
FEW, MANY = "few common surnames", "many rare surnames"
NAMINGS = {FEW: "concentrated", MANY: "many"}
SEED = 6


@dataclass(frozen=True)
class Lists:
    """Two lists without a common number, and the truth about them.

    Attributes
    ----------
    register : DataFrame
        A row for each of Sorrel's 10,000 people: `FIELDS`, and the number that the lesson opens only to see who is right.
    guest_book : DataFrame
        A row for each guest: `FIELDS`, as typed at the desk.
    owner : ndarray of int
        For each guest the row of the register that is the same person.
    """

    register: pd.DataFrame
    guest_book: pd.DataFrame
    owner: NDArray[np.int64]

    @property
    def truth(self) -> pd.DataFrame:
        """The pairs of row numbers that are one person: columns ``left`` (the register) and ``right`` (the guest book)."""
        return pd.DataFrame({"left": self.owner, "right": np.arange(len(self.owner))})


@cache
def two_lists(naming: str = "concentrated") -> Lists:
    """Give the register of Sorrel and the guest book of its hotels, under one of the naming regimes."""
    sorrel = Republic.generate(10_000, naming=naming)
    register = sorrel.people.merge(sorrel.households[["household", "address"]], on="household")
    register["birth_year"] = register["birth_date"].dt.year
    register = register[[*FIELDS, "id_number", "household"]]
    stayed = register["id_number"].isin(sorrel.hotel_stays["id_number"])
    guests = register[stayed].sample(frac=1, random_state=SEED)
    owner = guests.index.to_numpy()
    typed = corrupt(guests[list(FIELDS)].reset_index(drop=True), AT_THE_DESK, seed=SEED).table
    return Lists(register, typed, owner)


def _percent(share: float) -> str:
    """Write a probability with no more digits than help."""
    percent = 100 * share
    if percent > 99.99:
        return "over 99.99%"
    if percent < 0.01:
        return "under 0.01%"
    return f"{percent:.{2 if percent > 99 or percent < 1 else 1 if percent < 10 else 0}f}%"


# ---------------------------------------------------------------------------------------------- the two lists, compared

COMPARED = (
    Field("given_name", "name", (0.88,)),
    Field("surname", "name", (0.88,)),
    Field("birth_year"),
    Field("address"),
)
NAMES = ("given_name", "surname")
BLOCKING = (("given_name", "surname"), ("surname", "birth_year"), ("given_name", "birth_year"), ("address",))
TRAINING = (("given_name",), ("birth_year",))
SHARED = ("surname", "address")
RANDOM_PAIRS = 500_000


@cache
def random_shares(naming: str = "concentrated") -> Shares:
    """Give u: how often pairs drawn at random agree."""
    lists = two_lists(naming)
    pairs = random_pairs(lists.register, lists.guest_book, RANDOM_PAIRS, np.random.default_rng(SEED))
    levels = comparison_levels(lists.register, lists.guest_book, COMPARED, pairs)
    return level_shares(levels, COMPARED, pseudo_count=0.5)


@cache
def counted_shares(naming: str = "concentrated") -> Shares:
    """Give m, counted where the truth is known: how often the two records of one person agree."""
    lists = two_lists(naming)
    levels = comparison_levels(lists.register, lists.guest_book, COMPARED, lists.truth)
    return level_shares(levels, COMPARED, pseudo_count=0.5)


def _in_truth(lists: Lists, pairs: pd.DataFrame) -> NDArray[np.bool_]:
    return np.asarray(lists.owner[pairs["right"]] == pairs["left"].to_numpy())


# ---------------------------------------------------------------------------------------------- the pair inspector

# The row of the register and that of the guest book: telling pairs, chosen by hand from those that share something.
PAIRS = {
    "A: Komey Brispifray": (8403, 388),
    "B: Goumey Skundifray": (7372, 3224),
    "C: Lousel Vilmumnel": (3025, 3177),
    "D: Khiko Svothombe": (7604, 1985),
    "E: Glivie or Hamin Fombuvel": (80, 2499),
    "F: Trourus or Tlourus Destombe": (44, 536),
    "G: Hesel or Kesel Gourkivar": (6121, 2113),
    "H: Koudella or Foudella Parkourn": (698, 866),
    "I: Goumey Riraske": (4997, 2236),
    "J: Ban Destombe": (537, 115),
}
PLAIN, RARE = "all names alike", "each name by its rarity"
SIGNS = {"exact": "=", "similar": "≈", "different": "≠", "": "?"}
WIDEST = 36  # bits that the chart shows on either side


def weight_of_agreement(m: float, u: float) -> float:
    """Give the bits of something seen in the share m of one person's pairs and in the share u of strangers' pairs."""
    return float(match_weight(m, u)[0])


def _bits(formula: Formula, m: float, u: float) -> float:
    """Run a learner's formula for one field."""
    with learners_formula():
        given_back = formula(m, u)
        if given_back is None:
            raise FormulaProblem("Your formula gave nothing back. Does it end with a return?")
        bits = float(given_back)
        if not np.isfinite(bits):
            raise FormulaProblem(f"Your formula gave {bits} for m = {m:.3g} and u = {u:.3g}.")
        return bits


@cache
def _frequencies(name: str) -> dict[str, float]:
    """The share of all records with each value of a name."""
    lists = two_lists()
    shares = term_frequencies(lists.register[name], lists.guest_book[name])
    return dict(zip(shares.index, shares.to_numpy(np.float64), strict=True))


@cache
def _compared(pair: str) -> tuple[dict[str, str], dict[str, float]]:
    """For each field the level at which the two records stand ("" if one is missing), and how common the register's name is."""
    lists = two_lists()
    row, guest = PAIRS[pair]
    pairs = pd.DataFrame({"left": [row], "right": [guest]})
    found = comparison_levels(lists.register, lists.guest_book, COMPARED, pairs).iloc[0]
    levels = {
        field.column: "" if found[field.column] == MISSING else field.levels[found[field.column]]
        for field in COMPARED
    }
    frequency = {name: float(_frequencies(name)[str(lists.register[name].iloc[row])]) for name in NAMES}
    return levels, frequency


def _pair_model(formula: Formula) -> Callable[..., Result]:
    def model(pair: str, candidates: float, names: str) -> Result:
        lists = two_lists()
        row, guest = PAIRS[pair]
        one, other = lists.register.iloc[row], lists.guest_book.iloc[guest]
        levels, frequency = _compared(pair)
        m, u = counted_shares(), random_shares()
        bits = [float(prior_bits(1 / candidates))]
        for field, level in levels.items():
            if not level:
                bits.append(0.0)
            elif names == RARE and level == "exact" and field in NAMES:
                bits.append(_bits(formula, float(m[field, level]), frequency[field]))
            else:
                bits.append(_bits(formula, float(m[field, level]), float(u[field, level])))
        return {
            "bits": np.array(bits),
            "levels": list(levels.values()),
            "register": [_shown(one[field]) for field in FIELDS],
            "guest": [_shown(other[field]) for field in FIELDS],
            "total": sum(bits),
            "probability": float(posterior(sum(bits))),
            "same": bool(lists.owner[guest] == row),
        }

    return model


def _shown(value: Any) -> str:
    return "not given" if pd.isna(value) else str(value)


# Where the rows stand, and their names: two lines for the address, which would not fit a phone in one.
HEIGHTS = np.array([5.4, 4.4, 3.4, 2.4, 1.1, 0.0])
ROWS = ("start", "given<br>name", "sur-<br>name", "birth<br>year", "ad-<br>dress", "sum")


def _pair_figure(result: Result, settings: Settings) -> Figure:
    bits = result["bits"]
    after = np.cumsum(bits)
    before = np.r_[0, after[:-1]]
    height = HEIGHTS
    fields = slice(1, 1 + len(FIELDS))
    speaks_for = bits[fields] >= 0

    def bars(chosen: Any, rows: Any, start: Any, length: Any, colour: str, texture: str) -> dict[str, Any]:
        return {
            "type": "bar",
            "orientation": "h",
            "y": rows - 0.2,
            "base": np.where(chosen, np.clip(start, -WIDEST, WIDEST), 0),
            "x": np.where(
                chosen,
                np.clip(start + length, -WIDEST, WIDEST) - np.clip(start, -WIDEST, WIDEST),
                0,
            ),
            "width": 0.4,
            "marker": {"color": colour, "pattern": {"shape": texture, "size": 6, "solidity": 0.4}},
            "hoverinfo": "skip",
        }

    records = [
        f"{one} {SIGNS[level]}{'<br>' if field == 'address' else ' '}{other}"
        for field, one, level, other in zip(
            FIELDS, result["register"], result["levels"], result["guest"], strict=True
        )
    ]
    ends = np.clip(np.r_[np.maximum(before, after), max(result["total"], 0)], -WIDEST, WIDEST - 11)
    said = [_signed(number) for number in bits] + [_signed(result["total"])]
    return {
        "data": [
            bars(
                np.array([True, True]),
                height[[0, -1]],
                np.zeros(2),
                np.array([bits[0], result["total"]]),
                theme.GREY,
                "",
            ),
            bars(speaks_for, height[fields], before[fields], bits[fields], theme.BLUE, ""),
            bars(~speaks_for, height[fields], before[fields], bits[fields], theme.VERMILION, "/"),
            {
                "type": "scatter",
                "mode": "lines",
                "meta": "context",
                "x": [0, 0],
                "y": [-0.5, 5.8],
                "line": {"color": theme.GREY, "width": 1.5, "dash": "dot"},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": ends + 0.5,
                "y": height - 0.2,
                "text": said,
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [-WIDEST] * len(ROWS),
                "y": height + np.array([0.22, 0.22, 0.22, 0.22, 0.38, 0.22]),
                "text": [
                    f"1 right, {settings['candidates'] - 1:,} wrong",
                    *records,
                    f"<b>same person: {_percent(result['probability'])}</b>",
                ],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Bits: each doubles the odds"},
                "range": [-WIDEST, WIDEST],
                "tickvals": [-20, 0, 20],
                "zeroline": False,
            },
            "yaxis": {
                "title": {"text": "Register, guest book"},
                "range": [-0.5, 5.8],
                "tickvals": height,
                "ticktext": list(ROWS),
                "showgrid": False,
                "zeroline": False,
            },
            "barmode": "overlay",
            "height": 400,
        },
    }


def _signed(bits: float) -> str:
    return f"{bits:+.1f}".replace("-", "\u2212") if abs(bits) >= 0.05 else "0"


def _pair_summary(result: Result, settings: Settings) -> Summary:
    first, *rest = result["bits"]
    text = (
        f"The start is {_signed(first)} bits, since {settings['candidates']:,} people could be meant. The four fields add "
        f"{_signed(sum(rest))}, which makes {_signed(result['total'])}: the probability of one person is "
        f"{_percent(result['probability'])}. In truth {'it is one person' if result['same'] else 'they are two people'}."
    )
    return text, {
        "Field": [*SAID.values()],
        "Register": result["register"],
        "Guest book": result["guest"],
        "Bits": [_signed(number) for number in rest],
    }


@explorable
def the_pair_inspector(formula: Formula = weight_of_agreement, **start: Any) -> Explorable:
    """Two records side by side, and what each field says, in bits; with the learner's own formula for a weight if one is given."""
    names = list(PAIRS)
    return Explorable(
        "The pair inspector",
        [
            Choice("pair", "The pair", names, default=names[3]),
            Slider(
                "candidates",
                "People who could be meant",
                low=100,
                high=1_000_000_000,
                step=1,
                default=10_000,
                scale="log",
                format=",.0f",
            ),
            Choice("names", "An agreement on a name counts", [PLAIN, RARE]),
        ],
        _pair_model(formula),
        _pair_figure,
        _pair_summary,
        start=start,
        alt="A waterfall: a grey bar for the start, a bar for each of four fields that goes on where the last one ended, "
        "to the right if it speaks for one person and to the left if against, and a grey bar for the sum.",
        guess=GuessValue(
            "Khiko Svothombe stands in the register and in the guest book, at one address. The register says born in 1986, the guest book "
            "1953. 10,000 people could be meant. How likely is it one person?",
            Slider("guess", "One person", low=0, high=1, step=0.01, default=0.5, format=".0%"),
            truth=lambda result, settings: round(result["probability"], 2),
        ),
    )


# ---------------------------------------------------------------------------------------------- rare names

LAST_RANK = 300


@cache
def _surnames(naming: str) -> pd.Series[float]:
    """The share of the people who bear each surname, the commonest first."""
    register = two_lists(NAMINGS[naming]).register
    return term_frequencies(register["surname"], register["surname"])


def _name_model(rank: int, naming: str) -> Result:
    m = float(counted_shares(NAMINGS[naming])["surname", "exact"])
    share = _surnames(naming)
    bits = np.asarray(match_weight(m, share.to_numpy()[:LAST_RANK])[0])
    return {
        "rank": np.arange(1, LAST_RANK + 1),
        "bits": bits,
        "plain": float(match_weight(m, (share**2).sum())[0]),
        "name": str(share.index[rank - 1]),
        "people": round(10_000 * float(share.iloc[rank - 1])),
        "chosen": float(bits[rank - 1]),
        "names": len(share),
    }


def _name_figure(result: Result, settings: Settings) -> Figure:
    rank = settings["rank"]
    right = rank < 25
    said = f"{result['name']}: {result['chosen']:.1f}"
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "x": result["rank"],
                "y": result["bits"],
                "line": {"color": theme.BLUE, "width": 3, "shape": "hv"},
                "hovertemplate": "rank %{x}: %{y:.1f} bits<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": [1, LAST_RANK],
                "y": [result["plain"]] * 2,
                "line": {"color": theme.VERMILION, "width": 2, "dash": "dash"},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [1],
                "y": [15],
                "text": [f"all names alike (dashed): {result['plain']:.1f}"],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [rank],
                "y": [result["chosen"]],
                "marker": {"color": theme.BLUE, "size": 13, "symbol": "diamond"},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [rank, rank],
                "y": [result["chosen"] - 1, result["chosen"] + 1],
                "text": [said if right else "", "" if right else said],
                "textposition": ["middle right", "middle left"],
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Surname, by rank"},
                "type": "log",
                "range": [-0.02, np.log10(LAST_RANK) + 0.02],
                "tickvals": [1, 3, 10, 30, 100, 300],
            },
            "yaxis": {
                "title": {"text": "Bits if both have it"},
                "range": [0, 16],
                "tickvals": [0, 5, 10, 15],
            },
        },
    }


def _name_summary(result: Result, settings: Settings) -> Summary:
    text = (
        f"{counted(result['people'], 'person', 'people')} of 10,000 {'is' if result['people'] == 1 else 'are'} called {result['name']}. "
        f"If two records agree on it, that is worth {result['chosen']:.1f} bits. Counting all {result['names']:,} surnames "
        f"alike, an agreement is worth {result['plain']:.1f} bits."
    )
    ranks = [1, 3, 10, 30, 100, 300]
    return text, {"Rank": ranks, "Bits": [f"{result['bits'][rank - 1]:.1f}" for rank in ranks]}


@explorable
def what_a_name_is_worth(**start: Any) -> Explorable:
    """The weight of an agreement on a surname, by how common it is, under two naming regimes."""
    return Explorable(
        "What a name is worth",
        [
            Slider("rank", "The surname's rank", low=1, high=LAST_RANK, step=3, default=1, scale="log"),
            Choice("naming", "Sorrel has", list(NAMINGS)),
        ],
        _name_model,
        _name_figure,
        _name_summary,
        start=start,
        alt="A rising curve: the rank of a surname, the commonest first, against the bits that an agreement on it is worth; "
        "a dashed line for all names alike.",
        guess=GuessValue(
            "Two records agree on the surname. Counting all surnames alike, that is worth about 5 bits. What is it worth if only 1 "
            "of 10,000 people has this surname?",
            Slider("guess", "Bits", low=0, high=20, step=0.5, default=5, format="g", unit="bits"),
            truth=lambda result, settings: round(2 * float(result["bits"].max())) / 2,
            axis="y",
        ),
    )


# ---------------------------------------------------------------------------------------------- what EM learns

ROUNDS = 40
FROM_RANDOM, ANEW = "pairs drawn by chance", "these pairs, learnt too"
BLOCKS = {"surname": "surname", "given name": "given_name", "birth year": "birth_year"}


@dataclass(frozen=True)
class _Course:
    """What EM believed round by round, and what is true."""

    history: pd.DataFrame
    true_share: float
    pairs: int

    def m(self, rounds: int) -> Shares:
        """What it believed of one person's pairs after some rounds, by field and level."""
        now: Any = self.history.loc[rounds]
        return pd.Series(
            {
                (field.column, level): now[f"m {field.column} {level}"]
                for field in COMPARED
                for level in field.levels
                if f"m {field.column} {level}" in now
            }
        )


@cache
def _patterns_of(block: str) -> tuple[pd.DataFrame, float]:
    """The patterns of the pairs that share a field, and the share of these pairs that is one person."""
    lists = two_lists()
    pairs = candidate_pairs(lists.register, lists.guest_book, [[block]])
    others = [field for field in COMPARED if field.column != block]
    levels = comparison_levels(lists.register, lists.guest_book, others, pairs)
    return patterns(levels), float(_in_truth(lists, pairs).mean())


@cache
def _course(block: str, learn_u: bool) -> _Course:
    counts, true_share = _patterns_of(block)
    first = starting_m([field for field in COMPARED if field.column != block], 0.8)
    found = expectation_maximisation(
        counts, first, random_shares(), 0.001, learn_u, most_steps=ROUNDS, tolerance=1e-12
    )
    # Where nothing moves any more EM stops early: the last round stands for those after it.
    history = found.history.reindex(range(ROUNDS + 1)).ffill()
    return _Course(history, true_share, int(counts["pairs"].sum()))


@cache
def _looked_at(naming: str = "concentrated") -> tuple[pd.DataFrame, pd.DataFrame]:
    """The pairs that the blocking proposes, and their levels."""
    lists = two_lists(naming)
    pairs = candidate_pairs(lists.register, lists.guest_book, BLOCKING)
    return pairs, comparison_levels(lists.register, lists.guest_book, COMPARED, pairs)


@cache
def _learnt_model(block: str, rounds: int, chance: str) -> Result:
    key, lists = BLOCKS[block], two_lists()
    course = _course(key, chance == ANEW)
    learnt, counted = course.m(rounds), counted_shares()
    # What all of these pairs share nothing can be learnt of: that comes from pairs that share something else.
    elsewhere = _course("birth_year" if key == "given_name" else "given_name", False).m(ROUNDS)
    m = pd.concat([learnt, elsewhere.loc[[key]]]).reindex(random_shares().index)
    pairs, levels = _looked_at()
    weight = evidence(levels, level_weights(m, random_shares())).sum(axis=1) + prior_bits(
        1 / len(lists.register)
    )
    fields = [field for field in FIELDS if field != key]
    now: Any = course.history.loc[rounds]
    return {
        "fields": [SAID[field] for field in fields],
        "learnt": np.array([learnt[field, "exact"] for field in fields]),
        "counted": np.array([counted[field, "exact"] for field in fields]),
        "share": float(now["share"]),
        "true_share": course.true_share,
        "pairs": course.pairs,
        "f1": evaluate(pairs[weight >= 0], lists.truth).f1,
        "exact": _rivals_of_the_model("concentrated")[0].f1,
    }


def _learnt_figure(result: Result, settings: Settings) -> Figure:
    place = np.array([2.0, 1.0, 0.0])
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers",
                "x": result["counted"],
                "y": place,
                "marker": {"symbol": "diamond-open", "size": 17, "color": theme.GREY, "line": {"width": 3}},
                "hovertemplate": "counted: %{x:.0%}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": result["learnt"],
                "y": place,
                "marker": {"symbol": "circle", "size": 13, "color": theme.BLUE},
                "hovertemplate": "learnt: %{x:.0%}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": result["learnt"],
                "y": place - 0.27,
                "text": [f"learnt {share:.0%}" for share in result["learnt"]],
                "textposition": "middle center",
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [1.04] * len(place),
                "y": place + 0.15,
                "text": [f"counted<br>{share:.0%}" for share in result["counted"]],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [0],
                "y": [2.95],
                "text": [
                    f"<b>F1 with these weights: {result['f1']:.2f}</b><br>exact join: {result['exact']:.2f}"
                ],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Agree, if one person"},
                "range": [-0.02, 1.46],
                "tickvals": [0, 0.5, 1],
                "tickformat": ".0%",
            },
            "yaxis": {
                "title": {"text": "Field"},
                "range": [-0.55, 3.4],
                "tickvals": place,
                "ticktext": [field.replace(" ", "<br>") for field in result["fields"]],
                "showgrid": True,
                "zeroline": False,
            },
            "height": 340,
        },
    }


def _learnt_summary(result: Result, settings: Settings) -> Summary:
    text = (
        f"After {counted(settings['rounds'], 'round')}, among {result['pairs']:,} pairs that share the {settings['block']}, EM takes "
        f"{_percent(result['share'])} for one person; {_percent(result['true_share'])} are. "
    )
    gap = float(np.abs(result["learnt"] - result["counted"]).max())
    text += (
        "What it learnt lies near the truth."
        if gap < 0.06
        else f"On the {result['fields'][int(np.argmax(np.abs(result['learnt'] - result['counted'])))]} it is off by "
        f"{100 * gap:.0f} points."
    )
    text += (
        f" Weights from it link with an F1 of {result['f1']:.3f}; the exact join has {result['exact']:.3f}."
    )
    return text, {
        "Field": result["fields"],
        "Learnt": [f"{share:.0%}" for share in result["learnt"]],
        "Counted": [f"{share:.0%}" for share in result["counted"]],
    }


@explorable
def what_em_learns(**start: Any) -> Explorable:
    """What EM takes for the shares of agreement within one person's pairs, round by round, beside those counted."""
    return Explorable(
        "What EM learns",
        [
            Choice("block", "Only pairs that share the", list(BLOCKS)),
            Slider("rounds", "Rounds", low=0, high=ROUNDS, step=1, default=ROUNDS),
            Choice("chance", "Chance (u) from", [FROM_RANDOM, ANEW]),
        ],
        _learnt_model,
        _learnt_figure,
        _learnt_summary,
        start=start,
        alt="Three rows, one a field. An open diamond stands where one person's pairs agree in truth, a filled circle "
        "where EM believes they do.",
        guess=GuessValue(
            "EM sees only pairs that share the surname, and sorts them into two kinds. In the kind that it takes for one person, how many "
            "agree on the given name?",
            Slider("guess", "Agree on the given name", low=0, high=1, step=0.01, default=0.7, format=".0%"),
            truth=lambda result, settings: round(float(result["learnt"][0]), 2),
            axis="x",
        ),
    )


# ---------------------------------------------------------------------------------------------- the threshold

CUTS = np.arange(-10, 16.5, 0.5)
LOWEST, HIGHEST, BIN = -30, 32, 2  # bits
ALIKE, BY_RARITY, RIVALS = "fields, names alike", "fields, names by rarity", "fields, rarity, rivals"
# Splink 5.0.0 (through `dossier.join.at_scale`, DuckDB, its seed 1) on the same lists, the best link of each guest above one half:
# links that are right and wrong. tests/explore/test_lesson_06.py runs it again where Splink is installed.
SPLINK = {"concentrated": (3168, 8), "many": (3209, 6)}

# The same on registers that nobody here made, with the fields, blocking and training of `dossier.join.samples`: its F1. The same
# test file makes these again.
SPLINK_ELSEWHERE = {"FEBRL 4": 0.9999, "FEBRL 4, no ID": 0.9974, "census and wages": 0.9850}


@cache
def _learnt(naming: str) -> Learned:
    """What is learnt of the two lists without the truth."""
    lists, generator = two_lists(naming), np.random.default_rng(SEED)
    return train(lists.register, lists.guest_book, COMPARED, TRAINING, generator, RANDOM_PAIRS)


@cache
def _weighed(naming: str, weighing: str) -> pd.DataFrame:
    """Every pair that the blocking proposes, with its weight and what it is in truth: one person, one household."""
    lists = two_lists(naming)
    one, other = lists.register, lists.guest_book
    if weighing == RIVALS:
        generator = np.random.default_rng(SEED)
        pairs = link_tables(one, other, COMPARED, BLOCKING, TRAINING, generator, SHARED, RANDOM_PAIRS).pairs
    else:
        learnt = _learnt(naming)
        looked_at, levels = _looked_at(naming)
        weight = prior_bits(1 / len(one)) + evidence(levels, level_weights(*learnt)).sum(axis=1)
        pairs = looked_at.assign(match_weight=weight)
        if weighing == BY_RARITY:
            for field in COMPARED[:2]:
                pairs["match_weight"] += term_frequency_adjustment(one, other, pairs, levels, field, learnt.u)
    household = one["household"].to_numpy()
    same = _in_truth(lists, pairs)
    together = household[pairs["left"]] == household[lists.owner[pairs["right"]]]
    return pairs[["left", "right", "match_weight"]].assign(same=same, family=together & ~same)


@cache
def _curve(naming: str, weighing: str) -> pd.DataFrame:
    lists = two_lists(naming)
    found = threshold_curve(_weighed(naming, weighing), lists.truth, CUTS, people=len(lists.owner))
    return found.set_index("threshold")


@cache
def _rivals_of_the_model(naming: str) -> tuple[Evaluation, Evaluation]:
    """What an exact join of name and birth year finds, and what Splink found."""
    lists = two_lists(naming)
    people = len(lists.owner)
    joined = exact_join(lists.register, lists.guest_book, ["given_name", "surname", "birth_year"])
    right, wrong = SPLINK[naming]
    return evaluate(joined, lists.truth, people), Evaluation(
        right,
        wrong,
        people - right,
        right / (right + wrong),
        right / people,
        2 * right / (right + wrong + people),
        1000 * wrong / people,
    )


@cache
def _threshold_model(threshold: float, weighing: str, naming: str) -> Result:
    pairs, curve = _weighed(NAMINGS[naming], weighing), _curve(NAMINGS[naming], weighing)
    edges = np.arange(LOWEST, HIGHEST + BIN, BIN)
    shown = pairs["match_weight"].clip(LOWEST, HIGHEST - 0.1)
    linked = pairs[pairs["match_weight"] >= threshold]
    exact, splink = _rivals_of_the_model(NAMINGS[naming])
    here: Any = curve.loc[threshold]
    return {
        "edges": edges,
        "one": np.histogram(shown[pairs["same"]], edges)[0],
        "two": np.histogram(shown[~pairs["same"]], edges)[0],
        "recall": curve["recall"].to_numpy(),
        "precision": curve["precision"].to_numpy(),
        "family": int(linked["family"].sum()),
        "here": Evaluation(*here),
        "exact": exact,
        "splink": splink,
    }


LOWEST_PRECISION, LOWEST_RECALL = 0.5, 0.5


def _threshold(bits: float) -> str:
    return f"{bits:g}".replace("-", "\u2212")


def _rate(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 100 or rate == 0 else f"{rate:.1f}"


def _threshold_figure(result: Result, settings: Settings) -> Figure:
    middle = result["edges"][:-1] + BIN / 2
    here, exact, splink = result["here"], result["exact"], result["splink"]
    lower = {"xaxis": "x2", "yaxis": "y2"}

    def counts(number: Any, offset: float, colour: str, texture: str) -> dict[str, Any]:
        return {
            "type": "bar",
            "x": middle + offset,
            "y": np.where(number > 0, number, np.nan),
            "width": 0.85,
            "marker": {"color": colour, "pattern": {"shape": texture, "size": 5, "solidity": 0.4}},
            "hovertemplate": "%{y:,} pairs<extra></extra>",
        }

    def words(x: Any, y: Any, text: Any, position: str, **more: Any) -> dict[str, Any]:
        return {
            "type": "scatter",
            "mode": "text",
            "x": x,
            "y": y,
            "text": text,
            "textposition": position,
            "hoverinfo": "skip",
            **more,
        }

    def mark(point: Any, colour: str, symbol: str, size: int) -> dict[str, Any]:
        return {
            "type": "scatter",
            "mode": "markers",
            "x": [point.recall],
            "y": [max(point.precision, LOWEST_PRECISION)],
            "marker": {"color": colour, "symbol": symbol, "size": size, "line": {"width": 3}},
            "hovertemplate": f"precision {point.precision:.1%}, recall {point.recall:.1%}<extra></extra>",
            **lower,
        }

    return {
        "data": [
            counts(result["two"], -0.45, theme.VERMILION, "/"),
            counts(result["one"], 0.45, theme.BLUE, ""),
            {
                "type": "scatter",
                "mode": "lines",
                "x": [settings["threshold"]] * 2,
                "y": [0.5, 14_000],
                "line": {"color": theme.GREY, "width": 4},
                "hoverinfo": "skip",
            },
            words([-30.5], [36_000], ["two people (hatched)"], "middle right", meta="context"),
            words([31.5], [36_000], ["one person"], "middle left", meta="context"),
            {
                "type": "scatter",
                "mode": "lines",
                "x": result["recall"],
                "y": np.maximum(result["precision"], LOWEST_PRECISION),  # lower down it lies on the floor
                "line": {"color": theme.BLUE, "width": 3},
                "hoverinfo": "skip",
                **lower,
            },
            mark(here, theme.GREY, "diamond-open", 17),
            mark(exact, theme.VERMILION, "x-thin-open", 11),
            mark(splink, theme.GREEN, "star-open", 9),
            words(
                [exact.recall - 0.01, splink.recall - 0.02, here.recall - 0.02],
                [exact.precision - 0.12, splink.precision - 0.12, LOWEST_PRECISION + 0.02],
                [
                    "exact join",
                    "Splink",
                    "\u00a0" if here.precision >= LOWEST_PRECISION else f"down at {here.precision:.0%}",
                ],
                "middle left",
                **lower,
            ),
            words(
                [0.52] * 3,
                [0.76, 0.67, 0.58],
                [
                    f"<b>wrong per 1,000: {_rate(here.wrong_per_1000)}</b>",
                    f"missed per 1,000: {_rate(1000 * (1 - here.recall))}",
                    f"F1: {here.f1:.3f}",
                ],
                "middle right",
                **lower,
            ),
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Bits, start included (0: one half)"},
                "range": [-31, 32],
                "tickvals": [-30, -20, -10, 0, 10, 20, 30],
                "zeroline": False,
            },
            "yaxis": {
                "title": {"text": "Pairs"},
                "type": "log",
                "range": [np.log10(0.5), 5],
                "tickvals": [1, 100, 10_000],
                "domain": [0.52, 1],
            },
            "xaxis2": {
                "title": {"text": "Recall: found, of the true pairs"},
                "range": [LOWEST_RECALL, 1.04],
                "tickvals": [0.5, 0.6, 0.7, 0.8, 0.9, 1],
                "tickformat": ".0%",
                "anchor": "y2",
                "zeroline": False,
            },
            "yaxis2": {
                "title": {"text": "Precision"},
                "range": [LOWEST_PRECISION - 0.1, 1.06],
                "tickvals": [0.5, 0.75, 1],
                "tickformat": ".0%",
                "domain": [0, 0.34],
                "anchor": "x2",
                "zeroline": False,
            },
            "barmode": "overlay",
            "height": 420,
        },
    }


def _threshold_summary(result: Result, settings: Settings) -> Summary:
    here, exact, splink = result["here"], result["exact"], result["splink"]
    kinds = [here, exact, splink]
    links = int(here.right + here.wrong)
    text = (
        f"At a threshold of {_threshold(settings['threshold'])} bits {counted(links, 'link is', 'links are')} made: "
        f"{here.precision:.1%} of them are right, and {here.recall:.1%} of the guests are found. "
        f"Wrong are {_rate(here.wrong_per_1000)} per 1,000 guests: {counted(result['family'], 'link')} within a family, "
        f"{int(here.wrong) - result['family']:,} to somebody else."
    )
    return text, {
        "": ["this threshold", "exact join", "Splink"],
        "Precision": [f"{kind.precision:.1%}" for kind in kinds],
        "Recall": [f"{kind.recall:.1%}" for kind in kinds],
        "F1": [f"{kind.f1:.3f}" for kind in kinds],
        "Wrong per 1,000": [_rate(kind.wrong_per_1000) for kind in kinds],
    }


@explorable
def where_to_cut(**start: Any) -> Explorable:
    """Every candidate pair by its bits, and what a threshold makes of them."""
    return Explorable(
        "Where to cut",
        [
            Slider("threshold", "Threshold", low=-10, high=16, step=0.5, default=0, unit="bits", format="g"),
            Choice("weighing", "What is weighed", [ALIKE, BY_RARITY, RIVALS]),
            Choice("naming", "Sorrel has", list(NAMINGS)),
        ],
        _threshold_model,
        _threshold_figure,
        _threshold_summary,
        start=start,
        alt="Above, two histograms of pairs by their bits, those of two people and those of one, cut by the threshold. Below, "
        "recall against precision for all thresholds, with a diamond for this one, a cross for the exact join and a star for Splink.",
        guess=GuessValue(
            "A pair is linked if its probability is above one half (a threshold of 0 bits). Of 1,000 guests, how many wrong links are made?",
            Slider(
                "guess", "Wrong links, per 1,000 guests", low=0, high=200, step=1, default=100, format="g"
            ),
            truth=lambda result, settings: round(result["here"].wrong_per_1000),
        ),
    )
