"""Lesson 08, joining a nation: what it costs, how wrong links grow with the people, and whom they hit.

The sums are those of `dossier.join.cost` and `dossier.join.false_links`, the measurements those in ``data/measured``, the punished are
those of module 1's score.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dossier._cache import cached
from dossier.evidence import linkage_evidence, linkage_times
from dossier.explore import theme
from dossier.explore.bar import progress
from dossier.explore.controls import Choice, Slider
from dossier.explore.explorable import Explorable, Summary, explorable
from dossier.explore.formula import FormulaProblem, learners_formula
from dossier.explore.frames import Figure
from dossier.explore.guess import GuessCurve, GuessValue, Result, Settings
from dossier.join.cost import (
    FixedAndMarginal,
    Forecast,
    PairGrowth,
    PowerLaw,
    cost_of_checking,
    cost_of_computing,
    fixed_and_marginal,
    pair_growth,
    power_law,
)
from dossier.join.false_links import (
    share_of_pairs_alike,
    wrong_links_per_person,
    wrongly_punished,
)
from dossier.republic import Republic
from dossier.score.schemes import BASE, events, scores, sorrels_rules

Formula = Callable[..., Any]
Numbers = NDArray[np.float64]

VILLAGE, NATION = 10_000, 1_400_000_000
"""The smallest and the largest people of the sliders: Sorrel's sample, and a nation of 1.4 billion."""
NAMINGS = {"few common surnames": "concentrated", "many rare surnames": "many"}


def _computed(formula: Formula, *arguments: Any) -> float:
    """Run a learner's formula for one set of numbers."""
    with learners_formula():
        given_back = formula(*arguments)
        if given_back is None:
            raise FormulaProblem("Your formula gave nothing back. Does it end with a return?")
        return float(given_back)


def _people(number: float) -> str:
    """Say a number of people: 10,000; 1.4 million; 1.4 billion."""
    for size, word in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")):
        if number >= size * 0.9995:
            return f"{number / size:.3g}{word}"
    return f"{float(f'{number:.2g}'):,.0f}" if number >= 10 else f"{number:.2g}"


def _money(dollars: float) -> str:
    """Say an amount of dollars with two figures."""
    if dollars >= 0.995:
        return f"{_people(max(dollars, 1))} dollars" if dollars >= 9.5 else f"{dollars:.1f} dollars"
    cents = 100 * dollars
    return f"{cents:.2g} cents" if cents >= 0.001 else "less than a thousandth of a cent"


def _from_to(low: float, high: float) -> str:
    """Say two amounts, and a unit that both have only once."""
    one, other = _money(low), _money(high)
    amount, _, unit = one.partition(" ")
    return f"{amount} to {other}" if other.partition(" ")[2] == unit else f"{one} to {other}"


def _log_people_axis(title: str) -> dict[str, Any]:
    return {
        "title": {"text": title},
        "type": "log",
        "range": [3.85, 9.6],
        "tickvals": [1e4, 1e5, 1e6, 1e7, 1e8, 1e9],
        "ticktext": ["10,000", "", "1 million", "", "", "1 billion"],
        "tickangle": 0,
    }


def _people_slider(low: float = VILLAGE) -> Slider:
    return Slider(
        "people", "People", low=low, high=NATION, step=3, default=NATION, scale="log", format=",.0f"
    )


def seconds_kept(measure: Callable[[int], float], sizes: Sequence[int], engine: str) -> pd.Series[float]:
    """Measure at several sizes, with a progress bar, and keep the results on this computer: the second time they are read.

    Parameters
    ----------
    measure : callable
        Takes a number of people, gives seconds.
    sizes : sequence of int
        In a browser only the first is measured.
    engine : str
        What links; its results are kept apart.

    Returns
    -------
    pandas.Series
        Seconds, by number of people.
    """
    if sys.platform == "emscripten":
        print("In a browser only the smallest size is measured.")
        sizes = sizes[:1]
    code = measure.__code__
    written = [code.co_code.hex(), repr(code.co_consts), repr(code.co_names)]
    found = {
        people: cached(
            "lesson-08-seconds",
            {"people": people, "engine": engine, "measure": written},
            partial(measure, people),
            ("numpy", "pandas", "splink", "duckdb"),
        )
        for people in progress(sizes, "Linking")
    }
    return pd.Series(found, name="seconds").rename_axis("people").round(1)


# ---------------------------------------------------------------------------------------------- what a nation costs

LINE_ON, BY_PEOPLE, BY_PAIRS = "on a straight line", "so much a person", "so much a pair"
LARGE = 300_000
"""From here on the weights are learnt from a sample of the pairs, and cost about the same in every size."""
CURVE = np.geomspace(LARGE, NATION, 50)
TOLD = (10**6, 10**7, 10**8, 10**9)
"""The sizes in the charts' tables."""


@dataclass(frozen=True)
class Cost:
    """Seconds of computing for any number of people, by one way of prolonging the measurements."""

    fit: PowerLaw | FixedAndMarginal
    pairs: PairGrowth | None = None

    def forecast(self, people: Any) -> Forecast:
        """Prolong it to these people."""
        return self.fit.forecast(people if self.pairs is None else self.pairs.pairs(people))


@cache
def cost_of(way: str) -> Cost:
    """Fit one of the three ways to the three largest sizes."""
    times = linkage_times().query("people >= @LARGE")
    people, seconds = times["people"].to_numpy(float), times["cpu_seconds"].to_numpy(float)
    if way == LINE_ON:
        return Cost(power_law(people, seconds))
    if way == BY_PEOPLE:
        return Cost(fixed_and_marginal(people, seconds))
    pairs = pair_growth(people, times["pairs_proposed"].to_numpy(float))
    return Cost(fixed_and_marginal(pairs.pairs(people), seconds), pairs)


@cache
def _forecasts(way: str) -> Forecast:
    return cost_of(way).forecast(CURVE)


def doubtful_per_person(way: str, people: Any) -> Numbers:
    """Give the pairs for each person that the computer is unsure of, prolonged the same way as the cost of computing."""
    times = linkage_times().query("people >= @LARGE")
    measured, doubtful = times["people"].to_numpy(float), times["doubtful_pairs"].to_numpy(float)
    n = np.asarray(people, dtype=np.float64)
    if way == LINE_ON:
        return np.asarray(power_law(measured, doubtful).forecast(n).middle) / n
    if way == BY_PEOPLE:
        return np.full(n.shape, (doubtful / measured)[measured == measured.max()].mean())
    return np.asarray(pair_growth(measured, doubtful).pairs(n)) / n


def _cost_model(formula: Formula) -> Callable[..., Result]:
    def model(people: float, price: float, look: float, way: str) -> Result:
        times, curve, here = linkage_times(), _forecasts(way), cost_of(way).forecast(people)
        told = cost_of(way).forecast(TOLD)
        # Once is enough where the formula is a product, as the lesson's is; a learner's need not be.
        priced = {
            name: np.array([_computed(formula, seconds, price) for seconds in np.asarray(values).tolist()])
            for name, values in {
                "middle": curve.middle,
                "low": curve.low,
                "high": curve.high,
                "here": [float(here.middle), float(here.low), float(here.high)],
                "told": np.stack([told.middle, told.low, told.high]).ravel(),
                "measured": times.groupby("people")["cpu_seconds"].mean().to_numpy(),
            }.items()
        }
        # A look of one minute, at a wage that makes it cost what the slider says.
        clerks = [
            np.asarray(n) * cost_of_checking(1, 1, 1, 60 * look) * doubtful_per_person(way, n)
            for n in (CURVE, people, TOLD)
        ]
        return {
            **priced,
            "people": CURVE,
            "sizes": times["people"].unique(),
            "clerks": clerks[0],
            "checking": float(clerks[1]),
            "clerks_told": clerks[2],
            "core_hours": float(here.middle) / 3600,
        }

    return model


LEAST_DOLLARS, MOST_DOLLARS = 1e-8, 1e11


def _shown(values: NDArray[Any]) -> Numbers:
    """Cut what would leave the axis: a line breaks there."""
    found = np.asarray(values, dtype=np.float64)
    return np.where((found >= LEAST_DOLLARS) & (found <= MOST_DOLLARS), found, np.nan)


def _cost_figure(result: Result, settings: Settings) -> Figure:
    n = result["people"]
    band = np.clip(np.concatenate([result["low"], result["high"][::-1]]), LEAST_DOLLARS, MOST_DOLLARS)
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "x": np.concatenate([n, n[::-1]]),
                "y": band,
                "fill": "toself",
                "fillcolor": "rgba(0,114,178,0.22)",
                "line": {"width": 0},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": n,
                "y": _shown(result["middle"]),
                "line": {"color": theme.BLUE, "width": 3},
                "hovertemplate": "computing for %{x:,.3s} people: %{y:,.2s} dollars<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": n,
                "y": _shown(result["clerks"]),
                "line": {"color": theme.VERMILION, "width": 3, "dash": "dash"},
                "hovertemplate": "clerks for %{x:,.3s} people: %{y:,.2s} dollars<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "meta": "context",
                "x": result["sizes"],
                "y": _shown(result["measured"]),
                "marker": {"color": theme.BLUE, "size": 8, "symbol": "circle-open", "line": {"width": 2}},
                "hovertemplate": "measured, %{x:,} people: %{y:.2s} dollars<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [settings["people"]] * 2,
                "y": _shown(np.array([result["here"][0], result["checking"]])),
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
                "x": [1.2e4],
                "y": _shown(result["measured"][:1] / 60),
                "text": ["computing"],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [1.2e9],
                "y": _shown(result["clerks"][-1:] / 300),
                "text": ["clerks"],
                "textposition": "middle left",
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": _log_people_axis("People"),
            "yaxis": {
                "title": {"text": "Dollars"},
                "type": "log",
                "range": [-8, 11],
                "tickvals": [1e-4, 1e-2, 1, 1e3, 1e6, 1e9],
                "ticktext": ["0.0001", "0.01", "1", "1,000", "1 million", "1 billion"],
            },
            "height": 360,
        },
    }


def _cost_summary(result: Result, settings: Settings) -> Summary:
    middle, low, high = result["here"]
    people, clerks = settings["people"], result["checking"]
    hours = result["core_hours"]
    work = (
        f"{_people(hours)} core-hours"
        if hours >= 1
        else f"{60 * hours:.2g} core-minutes"
        if 60 * hours >= 1
        else f"{3600 * hours:.2g} core-seconds"
    )
    text = (
        f"Linking {_people(people)} people takes some {work} and costs {_money(middle)} of computing "
        f"(95% interval: {_money(low)} to {_money(high)}). If a clerk looks once at each doubtful pair, that costs "
        f"{_money(clerks)}: {_money(clerks / people)} a person."
    )
    middles, lows, highs = result["told"].reshape(3, -1)
    return text, {
        "People": [_people(n) for n in TOLD],
        "Computing": [_money(dollars) for dollars in middles],
        "Interval": [_from_to(one, other) for one, other in zip(lows, highs, strict=True)],
        "Clerks": [_money(dollars) for dollars in result["clerks_told"]],
    }


@explorable
def what_a_nation_costs(formula: Formula = cost_of_computing, **start: Any) -> Explorable:
    """What linking costs from a village to a nation: six measured sizes, prolonged; with the learner's own formula if one is given."""
    return Explorable(
        "What a nation costs",
        [
            _people_slider(LARGE),
            Slider(
                "price",
                "Price of a core-hour",
                low=0.01,
                high=1,
                step=3,
                default=0.05,
                unit="dollars",
                scale="log",
            ),
            Slider(
                "look",
                "One look by a clerk",
                low=0.01,
                high=1,
                step=3,
                default=0.1,
                unit="dollars",
                scale="log",
            ),
            Choice("way", "Beyond 3 million", [BY_PAIRS, BY_PEOPLE, LINE_ON]),
        ],
        _cost_model(formula),
        _cost_figure,
        _cost_summary,
        start=start,
        alt="Two rising lines on logarithmic scales, people against dollars. Far below runs the cost of computing, six measured points "
        "and a band that widens to the right; far above it the cost of clerks.",
        guess=GuessValue(
            "A core-hour costs 5 cents. The rings are measured, up to 3 million people. What does computing cost for 1.4 billion?",
            Slider(
                "guess",
                "Dollars",
                low=0.01,
                high=1e9,
                step=3,
                default=1_000_000,
                unit="dollars",
                scale="log",
                format=",.12g",
            ),
            truth=lambda result, settings: float(f"{result['here'][0]:.2g}"),
            axis="y",
        ),
    )


# ---------------------------------------------------------------------------------------------- wrong links

SIZES = np.geomspace(VILLAGE, NATION, 40)
FEWEST_SEEN, WELL_SEEN = 3, 30
LOWEST_BITS, MOST_BITS = 20, 44
LEAST_WRONG, MOST_WRONG = 1e-4, 1e7
MIDDLE = 4e6
"""Where a line has its label: the middle of the logarithmic axis."""


@dataclass(frozen=True)
class Evidence:
    """What a threshold of so many bits lets through, in one naming regime, as measured among a million people."""

    false_match_rate: float
    household: float
    missed: float
    seen: int
    beyond: bool


@cache
def what_passes(bits: int, naming: str) -> Evidence:
    """Read the measurements at one threshold; beyond the last that a few pairs passed, go on as steeply as the last counts fell."""
    table = linkage_evidence()
    table = table[(table["naming"] == naming) & (table["people"] == table["people"].max())].set_index("bits")
    well = table.index[table["strangers"] >= WELL_SEEN].max()
    seen = table.index[table["strangers"] >= FEWEST_SEEN].max()
    row, last = table.loc[bits], table.loc[min(bits, seen)]
    steepness = np.log2(table.loc[well, "strangers"] / table.loc[seen, "strangers"]) / (seen - well)
    rate = last["strangers"] / last["pairs"] / 2 ** (steepness * max(0, bits - seen))
    return Evidence(
        float(rate),
        float(row["household"] / row["people"]),
        float(1 - row["right"] / row["matches"]),
        int(last["strangers"]),
        bool(bits > seen),
    )


def _wrong_model(formula: Formula) -> Callable[..., Result]:
    def model(people: float, bits: int, naming: str) -> Result:
        passing = what_passes(int(bits), NAMINGS[naming])
        wrong = np.array([1000 * _computed(formula, n, passing.false_match_rate) for n in SIZES])
        return {
            "people": SIZES,
            "wrong": wrong,
            "here": 1000 * _computed(formula, people, passing.false_match_rate),
            "told": [1000 * _computed(formula, n, passing.false_match_rate) for n in TOLD],
            "household": 1000 * passing.household,
            "missed": 1000 * passing.missed,
            "bits_of_rate": -np.log2(passing.false_match_rate),
            "seen": passing.seen,
            "beyond": passing.beyond,
            "middle": 1000 * _computed(formula, MIDDLE, passing.false_match_rate),
        }

    return model


def _on_axis(values: Any) -> Numbers:
    found = np.asarray(values, dtype=np.float64)
    return np.where((found >= LEAST_WRONG) & (found <= MOST_WRONG), found, np.nan)


def _wrong_figure(result: Result, settings: Settings) -> Figure:
    missed = np.full(2, result["missed"])
    ends = [VILLAGE, NATION]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "x": ends,
                "y": _on_axis(missed),
                "line": {"color": theme.BLUE, "width": 2, "dash": "dash"},
                "hovertemplate": "true matches missed: %{y:.3s} of 1,000<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": result["people"],
                "y": _on_axis(result["wrong"]),
                "line": {"color": theme.VERMILION, "width": 3},
                "hovertemplate": "%{x:.3s} people: %{y:.3s} wrong links<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "meta": "context",
                "x": ends,
                "y": [1000.0, 1000.0],
                "line": {"color": theme.GREY, "width": 1.5, "dash": "dot"},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [settings["people"]],
                "y": _on_axis([result["here"]]),
                "marker": {"color": theme.VERMILION, "size": 13, "symbol": "diamond"},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "meta": "context",
                "x": [1.2e4],
                "y": [2600.0],
                "text": ["one for everybody"],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [1.2e4],
                "y": _on_axis([result["missed"] / 3]),
                "text": ["missed"],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [MIDDLE],
                "y": _on_axis([result["middle"]]),
                "text": ["wrong links"],
                # On the side of its line where the dashed one is not.
                "textposition": "bottom right" if result["missed"] > result["middle"] else "top left",
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": _log_people_axis("People"),
            "yaxis": {
                "title": {"text": "Of or for 1,000 people"},
                "type": "log",
                "range": [-4, 7],
                "tickvals": [1e-3, 1, 1e3, 1e6],
                "ticktext": ["0.001", "1", "1,000", "1 million"],
            },
            "height": 360,
        },
    }


def _number(value: float) -> str:
    """Say a number with two figures."""
    if value >= 10:
        return _people(value)
    return f"{value:.2g}" if value >= 0.001 else "less than 0.001"


def _wrong_summary(result: Result, settings: Settings) -> Summary:
    source = (
        f"a hope: at lower thresholds only {result['seen']} pairs were left, and we go on from there"
        if result["beyond"]
        else f"{result['seen']:,} pairs of strangers were seen"
        + (", which is few" if result["seen"] < WELL_SEEN else "")
    )
    text = (
        f"At {settings['bits']} bits or more two strangers pass for one person with a chance of 1 in "
        f"{_people(2 ** result['bits_of_rate'])} ({source}). Among {_people(settings['people'])} people that makes "
        f"{_number(result['here'])} wrong links for 1,000. Of 1,000 true matches {_number(result['missed'])} are missed."
    )
    return text, {
        "People": [_people(n) for n in TOLD],
        "Wrong links for 1,000": [_number(wrong) for wrong in result["told"]],
        "True matches missed, of 1,000": [_number(result["missed"])] * len(TOLD),
    }


@explorable
def wrong_links_in_a_nation(formula: Formula = wrong_links_per_person, **start: Any) -> Explorable:
    """How many strangers are linked to 1,000 people, by how many live there and how much evidence is asked."""
    handles = [1e5, 1e6, 1e7, 1e8, 1e9]
    return Explorable(
        "Wrong links in a nation",
        [
            _people_slider(),
            Slider(
                "bits", "Evidence asked", low=LOWEST_BITS, high=MOST_BITS, step=1, default=24, unit="bits"
            ),
            Choice("naming", "Sorrel has", list(NAMINGS)),
        ],
        _wrong_model(formula),
        _wrong_figure,
        _wrong_summary,
        start=start,
        alt="A rising line on logarithmic scales: people against wrong links for 1,000 of them. A level dashed line is the true matches "
        "that are missed; a dotted one marks a wrong link for everybody.",
        guess=GuessCurve(
            "At 24 bits, 10,000 people have 0.04 wrong links for 1,000 of them. How many for 1,000 people of a larger nation?",
            at=handles,
            slider=Slider(
                "guess",
                "Wrong links for 1,000",
                low=0.01,
                high=1e6,
                step=3,
                default=0.05,
                scale="log",
                format=",.12g",
            ),
            truth=lambda result, settings: [
                float(f"{np.exp(np.interp(np.log(n), np.log(SIZES), np.log(result['wrong']))):.2g}")
                for n in handles
            ],
            unit_x="people",
        ),
    )


# ---------------------------------------------------------------------------------------------- the innocent

LINE = 850
POPULATION = 50_000
PARTS_OF_SORREL = (3_125, 6_250, 12_500, 25_000, 50_000)
YEAR, DATE, WEIGHED = "name and birth year", "name and birth date", "all, 30 bits"
KEYS = {
    YEAR: ["surname", "given_name", "birth_year"],
    DATE: ["surname", "given_name", "birth_date"],
}
LEAST_HIT, MOST_HIT = 1e-3, 2e3
BESIDE = 1e7
"""Where the rising line has its label."""


@cache
def _scored(naming: str) -> pd.DataFrame:
    """People with their true scores; names differ by regime, deeds do not."""
    sorrel = Republic.generate(POPULATION, naming=naming)
    people = sorrel.people[["id_number", "surname", "given_name", "birth_date"]]
    rules = sorrels_rules()
    true = scores(events(sorrel.tables, rules), rules["points"], people["id_number"])
    return people.assign(
        birth_year=people["birth_date"].dt.year,
        points=true.reindex(people["id_number"]).to_numpy() - BASE,
    )


def hit_by_others(people: pd.DataFrame, key: Sequence[str], line: float = LINE) -> float:
    """Count the share of people who fall below the line only because everybody with their key shares one file.

    Parameters
    ----------
    people : pandas.DataFrame
        A row a person: the columns of the key, and ``points`` from the base of the score.
    key : sequence of str
    line : float

    Returns
    -------
    float
    """
    together = people.groupby(list(key))["points"].transform("sum")
    return float(((people["points"] >= line - BASE) & (together < line - BASE)).mean())


@dataclass(frozen=True)
class Counted:
    """What was counted in parts of Sorrel: the share hit by others, the rate of pairs alike, the share rightly punished."""

    hit: tuple[float, ...]
    rate: float
    share_punished: float


@cache
def _counted(key: str, naming: str) -> Counted:
    people = _scored(naming)
    punished = float((people["points"] < LINE - BASE).mean())
    rate = share_of_pairs_alike(people, KEYS.get(key, KEYS[YEAR]))
    if key == DATE:
        # Sorrel has too few such pairs to count; names and birth dates have nothing to do with each other.
        rate = share_of_pairs_alike(people, ["surname", "given_name"])
        rate *= share_of_pairs_alike(people, ["birth_date"])
    if key == WEIGHED:
        return Counted((np.nan,) * len(PARTS_OF_SORREL), what_passes(30, naming).false_match_rate, punished)
    generator = np.random.default_rng(8)
    hit = []
    for size in PARTS_OF_SORREL:
        # Parts that do not overlap, as many as there are: of few people, the mean of several parts.
        order = generator.permutation(len(people))
        parts = [order[at : at + size] for at in range(0, len(people) - size + 1, size)]
        hit.append(float(np.mean([hit_by_others(people.iloc[rows], KEYS[key]) for rows in parts])))
    return Counted(tuple(hit), rate, punished)


def _innocent_model(formula: Formula) -> Callable[..., Result]:
    def model(people: float, key: str, naming: str) -> Result:
        counted = _counted(key, NAMINGS[naming])

        def expected(n: float) -> float:
            links = wrong_links_per_person(n, counted.rate)
            return 1000 * _computed(formula, links, counted.share_punished)

        sizes = np.geomspace(PARTS_OF_SORREL[0], NATION, 50)
        return {
            "people": sizes,
            "expected": np.array([expected(n) for n in sizes]),
            "here": expected(people),
            "told": [expected(n) for n in (*PARTS_OF_SORREL, *TOLD)],
            "counted": 1000 * np.array(counted.hit),
            "middle": expected(BESIDE),
            "links": float(wrong_links_per_person(people, counted.rate)),
            "punished": 1000 * counted.share_punished,
        }

    return model


def _on_hit_axis(values: Any) -> Numbers:
    found = np.asarray(values, dtype=np.float64)
    return np.where((found >= LEAST_HIT) & (found <= MOST_HIT), found, np.nan)


def _innocent_figure(result: Result, settings: Settings) -> Figure:
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "meta": "context",
                "x": [PARTS_OF_SORREL[0], NATION],
                "y": [result["punished"]] * 2,
                "line": {"color": theme.GREY, "width": 1.5, "dash": "dot"},
                "hovertemplate": "rightly punished: %{y:.0f} of 1,000<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": result["people"],
                "y": _on_hit_axis(result["expected"]),
                "line": {"color": theme.VERMILION, "width": 3},
                "hovertemplate": "%{x:.3s} people: %{y:.3s} of 1,000<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": list(PARTS_OF_SORREL),
                "y": _on_hit_axis(result["counted"]),
                "marker": {"color": theme.BLUE, "size": 9, "symbol": "square"},
                "hovertemplate": "counted in Sorrel, %{x:,} people: %{y:.3s} of 1,000<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [settings["people"]],
                "y": _on_hit_axis([result["here"]]),
                "marker": {"color": theme.VERMILION, "size": 13, "symbol": "diamond"},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "meta": "context",
                "x": [3.5e3],
                "y": [result["punished"] * 2],
                "text": ["rightly punished"],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [BESIDE],
                "y": _on_hit_axis([result["middle"]]),
                "text": ["punished for<br>a stranger"],
                "textposition": "bottom right",
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {**_log_people_axis("People"), "range": [3.35, 9.6]},
            "yaxis": {
                "title": {"text": "Of 1,000 people"},
                "type": "log",
                "range": [-3, 3.3],
                "tickvals": [1e-3, 1e-2, 0.1, 1, 10, 100, 1000],
                "ticktext": ["0.001", "0.01", "0.1", "1", "10", "100", "1,000"],
            },
            "height": 360,
        },
    }


def _innocent_summary(result: Result, settings: Settings) -> Summary:
    text = (
        f"Among {_people(settings['people'])} people each has {_number(result['links'])} wrong links on average, and "
        f"{_number(result['here'])} of 1,000 are punished for what a stranger did. "
        f"{result['punished']:.0f} of 1,000 are punished for what they did themselves."
    )
    counted = [
        "not counted" if np.isnan(hit) else "none" if hit == 0 else _number(hit) for hit in result["counted"]
    ]
    return text, {
        "People": [*(f"{n:,}" for n in PARTS_OF_SORREL), *(_people(n) for n in TOLD)],
        "Formula, of 1,000": [_number(hit) for hit in result["told"]],
        "Counted, of 1,000": [*counted, *["not counted"] * len(TOLD)],
    }


@explorable
def the_innocent_of_a_nation(formula: Formula = wrongly_punished, **start: Any) -> Explorable:
    """How many are punished for a stranger's records, by how many people there are and what is compared."""
    return Explorable(
        "The innocent of a nation",
        [
            _people_slider(),
            Choice("key", "Linked by", [YEAR, DATE, WEIGHED], default=DATE),
            Choice("naming", "Sorrel has", list(NAMINGS)),
        ],
        _innocent_model(formula),
        _innocent_figure,
        _innocent_summary,
        start=start,
        alt="A rising line that bends below 1,000: people on a logarithmic scale against how many of 1,000 are punished for a stranger's "
        "records. Squares are counts in parts of Sorrel; a dotted level line is the rightly punished.",
        guess=GuessValue(
            "Files are linked by full name and birth date. Among Sorrel's 50,000 hardly anybody is punished for another person's records. "
            "How many of 1,000 in a nation of 1.4 billion?",
            Slider("guess", "Of 1,000", low=0, high=1000, step=5, default=5, unit="people"),
            truth=lambda result, settings: float(f"{result['here']:.2g}"),
            axis="",
        ),
    )
