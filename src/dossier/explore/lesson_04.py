"""Lesson 04, living under a score: how one punishment spreads, how a town falls silent, and where effort goes.

The friends are Sorrel's. What speaking is worth to people, and what hours are worth, is made up, and said to be.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import lognorm

from dossier.explore import theme
from dossier.explore.controls import Choice, Slider
from dossier.explore.explorable import Explorable, Summary, explorable
from dossier.explore.formula import FormulaProblem, learners_formula
from dossier.explore.frames import Figure
from dossier.explore.guess import GuessCurve, GuessValue, Result, Settings
from dossier.explore.text import counted
from dossier.republic import Republic
from dossier.score import chilling, gaming
from dossier.score.contagion import averaging_matrix, contagion, influence, loss_by_steps, steps_away

Numbers = NDArray[np.float64]


# ---------------------------------------------------------------------------------------------- one punishment

PUNISHMENT = 100  # points
FURTHEST = 6
MOST_SHOWN = 105
MOST_TURNS = 200
# From nobody to most friends; the second is the child of the lesson's scene and the fourth her mother.
CHOSEN = (
    "670000194306190509",
    "670000201508206487",
    "670009195706296515",
    "670008199305104502",
    "670004197704062691",
    "67000419920903262X",
)


@cache
def _averaging() -> Any:
    sorrel = Republic.sample()
    return averaging_matrix(sorrel.acquaintances, sorrel.people["id_number"])


@cache
def _friends() -> Numbers:
    """The number of friends of everybody."""
    averaging = _averaging()
    return np.where(averaging.diagonal() > 0, 0, np.diff(averaging.indptr)).astype(float)


@cache
def citizens() -> dict[str, int]:
    """Give the citizens to punish: a label with the name and the number of friends, and the row in the table of people."""
    people = Republic.sample().people
    rows = {id_number: row for row, id_number in enumerate(people["id_number"])}
    found = {}
    for row in (rows[id_number] for id_number in CHOSEN):
        person, friends = people.iloc[row], int(_friends()[row])
        found[f"{person['given_name']} {person['surname']}, {counted(friends, 'friend')}"] = row
    return found


@cache
def _steps(row: int) -> Numbers:
    return steps_away(_averaging(), row)


def _punishment_model(one_round: Callable[..., Any] | None) -> Callable[..., Result]:
    def settled(own: Numbers, alpha: float) -> Numbers:
        if one_round is None:
            return contagion(own, _averaging(), alpha)
        scores = own
        for _ in range(MOST_TURNS):
            before = scores
            with learners_formula():
                answer = one_round(before, own, _averaging(), alpha)
                if np.ndim(answer) == 2:
                    raise FormulaProblem("Your formula gave a table, not one score a person: use @.")
                scores = np.asarray(answer, dtype=float)
            if scores.shape != own.shape or not np.isfinite(scores).all():
                raise FormulaProblem("Your formula gave no score for everybody. Does it end with a return?")
            if np.abs(scores - before).max() < 1e-4:
                return scores
        raise FormulaProblem(
            f"Your scores do not come to rest in {MOST_TURNS} rounds. Do the two weights add up to 1?"
        )

    def model(who: str, alpha: float) -> Result:
        row = citizens()[who]
        # The scores are linear in the records: what everybody loses is the score of the loss.
        loss = settled(PUNISHMENT * np.eye(1, len(_friends()), row).ravel(), alpha)
        rings = loss_by_steps(np.maximum(loss, 0), _steps(row), FURTHEST)
        return {
            "people": rings["people"].to_numpy(),
            "loss": rings["loss"].to_numpy(),
            "mean": rings["mean_loss"].fillna(0).to_numpy(),
            "total": float(loss.sum()),
            "noticed": int((np.delete(loss, row) >= 1).sum()),
        }

    return model


def _punishment_figure(result: Result, settings: Settings) -> Figure:
    rows = FURTHEST - np.arange(FURTHEST + 1)
    loss = np.minimum(result["loss"], MOST_SHOWN)
    there = result["people"] > 0
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": loss,
                "y": rows,
                "marker": {"color": [theme.VERMILION] + [theme.BLUE] * FURTHEST},
                "hovertemplate": "%{x:.1f} points<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": loss[there] + 1,
                "y": rows[there],
                "text": [
                    f"{lost:.0f} from {people:,}" if lost >= 1 else f"{lost:.1f} from {people:,}"
                    for lost, people in zip(result["loss"][there], result["people"][there], strict=True)
                ],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [MOST_SHOWN + 60],
                "y": [-1],
                "text": [f"all Sorrel loses <b>{result['total']:.0f}</b> points"],
                "textposition": "middle left",
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {"title": {"text": "Points lost, together"}, "range": [0, MOST_SHOWN + 60]},
            "yaxis": {
                "title": {"text": "Steps of friendship away"},
                "range": [-1.6, FURTHEST + 0.6],
                "tickvals": list(range(FURTHEST + 1)),
                "ticktext": [f"{FURTHEST}+", *map(str, range(FURTHEST - 1, 0, -1)), "self"],
                "showgrid": False,
            },
        },
    }


def _punishment_summary(result: Result, settings: Settings) -> Summary:
    name = settings["who"].split(",")[0]
    text = (
        f"{PUNISHMENT} points are taken from the record of {name}. This score falls by {result['loss'][0]:.0f}, and "
        f"{counted(result['noticed'], 'other loses', 'others lose')} a point or more. "
        f"All Sorrel together loses {result['total']:.0f} points."
    )
    there = result["people"] > 0
    rings = np.flatnonzero(there)
    return text, {
        "Steps away": [f"{ring} or more" if ring == FURTHEST else str(ring) for ring in rings],
        "People": [int(people) for people in result["people"][there]],
        "Mean loss": [f"{mean:.2f}" for mean in result["mean"][there]],
        "Together": [f"{loss:.1f}" for loss in result["loss"][there]],
    }


def _weight_of_friends(default: float = 0.5) -> Slider:
    return Slider("alpha", "Weight of friends (alpha)", low=0, high=0.9, step=0.05, default=default)


@explorable
def one_punishment(formula: Callable[..., Any] | None = None, **start: Any) -> Explorable:
    """What everybody loses when one citizen is punished, by steps away; with the learner's own round of averaging if one is given."""
    names = list(citizens())
    default = start.get("who", names[3])
    return Explorable(
        "One punishment, many losses",
        [Choice("who", "Who is punished", names, default=default), _weight_of_friends()],
        _punishment_model(formula),
        _punishment_figure,
        _punishment_summary,
        start=start,
        alt="Bars: the points that people lose together, a row for each number of steps of friendship they are away from the one who is punished.",
        guess=GuessValue(
            f"{PUNISHMENT} points are taken from the record of {default.split(',')[0]}. Friends weigh a half. "
            "How many points do all the scores of Sorrel lose together?",
            Slider("guess", "Points lost by all", low=0, high=1000, step=10, default=500, unit="points"),
            truth=lambda result, settings: round(result["total"]),
        ),
    )


# ---------------------------------------------------------------------------------------------- who weighs how much


@cache
def _influence(alpha: float) -> Numbers:
    return influence(_averaging(), alpha)


def _weight_model(alpha: float) -> Result:
    weights, friends = PUNISHMENT * _influence(alpha), _friends()
    groups = [weights[friends == number] for number in range(int(friends.max()) + 1)]
    low, middle, high = np.array([np.quantile(group, [0.1, 0.5, 0.9]) for group in groups]).T
    people = np.array([len(group) for group in groups])
    return {
        "friends": np.arange(len(groups)),
        "low": low,
        "middle": middle,
        "high": high,
        "people": people,
        "mean_friends": friends.mean(),
    }


def _weight_figure(result: Result, settings: Settings) -> Figure:
    friends = result["friends"]
    last = len(friends) - 1
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+text",
                "meta": "context",
                # The name stands below the line, and where the curve passes along it, below that too.
                "x": [0, last, np.nan, last],
                "y": [PUNISHMENT, PUNISHMENT, np.nan, PUNISHMENT - 20],
                "text": ["", "", "", "the 100 taken"],
                "textposition": "middle left",
                "line": {"color": theme.GREY, "width": 1.5, "dash": "dot"},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": np.r_[friends[1:], friends[:0:-1]],
                "y": np.r_[result["low"][1:], result["high"][:0:-1]],
                "fill": "toself",
                "fillcolor": "rgba(0, 114, 178, 0.25)",
                "line": {"width": 0},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": friends[1:],
                "y": result["middle"][1:],
                "line": {"color": theme.BLUE, "width": 3},
                "marker": {"color": theme.BLUE, "size": 6},
                "hovertemplate": "%{x} friends: %{y:.0f} points<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": friends[:1],
                "y": result["middle"][:1],
                "text": ["no friends"],
                "textposition": "top right",
                "marker": {"color": theme.VERMILION, "size": 12, "symbol": "diamond"},
                "hovertemplate": "no friends: %{y:.0f} points<extra></extra>",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Friends of the one who is punished"},
                "range": [-1, last + 1],
                "tickvals": [0, 5, 10, 15, 20, 25],
            },
            "yaxis": {"title": {"text": "Points lost by all Sorrel"}, "range": [0, 300]},
        },
    }


def _weight_summary(result: Result, settings: Settings) -> Summary:
    middle = result["middle"]
    text = (
        f"With a weight of friends of {settings['alpha']:g}, {PUNISHMENT} points taken from somebody with one friend cost all Sorrel "
        f"{middle[1]:.0f} points; from somebody with {len(middle) - 1} friends, {middle[-1]:.0f}. "
        f"The mean citizen has {result['mean_friends']:.1f} friends."
    )
    rows = [0, 1, 5, 10, 15, 20, len(middle) - 1]
    return text, {
        "Friends": rows,
        "People": [int(result["people"][row]) for row in rows],
        "Points lost by all (middle)": [f"{middle[row]:.0f}" for row in rows],
        "From": [f"{result['low'][row]:.0f}" for row in rows],
        "To": [f"{result['high'][row]:.0f}" for row in rows],
    }


@explorable
def whose_punishment_weighs_more(**start: Any) -> Explorable:
    """What all Sorrel loses when one citizen is punished, by the number of that citizen's friends."""
    handles = [2, 5, 10, 15, 20]
    return Explorable(
        "Whose punishment weighs more",
        [_weight_of_friends()],
        _weight_model,
        _weight_figure,
        _weight_summary,
        start=start,
        alt="A curve with a band around it: the number of friends of the one who is punished against the points that all Sorrel loses.",
        guess=GuessCurve(
            f"Somebody's own record loses {PUNISHMENT} points. What does all Sorrel lose, if that person has 2 friends? 5? 20?",
            at=handles,
            slider=Slider("guess", "Points lost by all", low=0, high=300, step=5, default=150, unit="points"),
            truth=lambda result, settings: np.round(result["middle"][np.array(handles)]),
            unit_x="friends",
        ),
    )


# ---------------------------------------------------------------------------------------------- round by round

# What speaking is worth to people, in points: ten to the one in the middle. The figures are made up.
MIDDLE = 10
SPREAD = 0.5
HIGHEST_PENALTY = 100
MOST_ROUNDS = 120


def _benefits(spread: float = SPREAD) -> Any:
    return lognorm(s=spread, scale=MIDDLE)


def _rounds_model(penalty: float, safety: float, seen_alone: float) -> Result:
    share = np.linspace(0, 1, 101)
    shares = chilling.cascade(penalty, _benefits(), seen_alone, safety, tolerance=1e-5)
    drawn = np.r_[shares[:MOST_ROUNDS], shares[-1:]]
    found = chilling.balances(penalty, _benefits(), seen_alone, safety)
    return {
        "share": share,
        "following": np.asarray(chilling.share_that_speaks(share, penalty, _benefits(), seen_alone, safety)),
        "across": np.repeat(drawn, 2)[:-1],
        "up": np.r_[drawn[0], np.repeat(drawn[1:], 2)],
        "shares": shares,
        "stable": np.array([one.share for one in found if one.stable]),
        "tipping": np.array([one.share for one in found if not one.stable]),
    }


def _padded(values: Any, length: int) -> Numbers:
    """Fill up with NaN, which draws nothing: a mark that vanishes leaves as many points as before."""
    padded = np.full(length, np.nan)
    padded[: len(values)] = values
    return padded


def _rounds_figure(result: Result, settings: Settings) -> Figure:
    last = result["shares"][-1]
    low, high = np.interp([0.18, 0.6], result["share"], result["following"])
    # The curve only rises: where it lies above the line, nothing is below to the right; where below, nothing above to the left.
    where, side = (
        (0.18, "bottom right") if low >= 0.18 else (0.6, "top left" if high < 0.6 else "bottom right")
    )
    tipping, stable = _padded(result["tipping"], 2), _padded(result["stable"], 3)
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+text",
                "meta": "context",
                "x": [0, where, 1],
                "y": [0, where, 1],
                "text": ["", "nobody changes", ""],
                "textposition": side,
                "line": {"color": theme.GREY, "width": 1.5, "dash": "dot"},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": result["share"],
                "y": result["following"],
                "line": {"color": theme.BLUE, "width": 3},
                "hovertemplate": "%{x:.0%} now, %{y:.0%} next<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": result["across"],
                "y": result["up"],
                "line": {"color": theme.VERMILION, "width": 1.5},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": tipping,
                "y": tipping,
                "marker": {
                    "color": theme.VERMILION,
                    "size": 13,
                    "symbol": "x-thin-open",
                    "line": {"width": 3},
                },
                "hovertemplate": "tipping point: %{x:.0%}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": stable,
                "y": stable,
                "marker": {"color": theme.BLUE, "size": 11, "symbol": "circle"},
                "hovertemplate": "stays there: %{x:.0%}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [0.02],
                "y": [1.05],
                "text": [f"in the end <b>{_percent(last)}</b> speak"],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "xaxis": {
                "title": {"text": "Share that speaks now"},
                "range": [-0.02, 1.04],
                "tickformat": ".0%",
            },
            "yaxis": {
                "title": {"text": "Share that speaks next"},
                "range": [-0.03, 1.12],
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
                "tickformat": ".0%",
            },
            "height": 420,
        },
    }


def _rounds_summary(result: Result, settings: Settings) -> Summary:
    shares, tipping = result["shares"], result["tipping"]
    text = (
        f"Everybody speaks at first; after {counted(len(shares) - 1, 'round')}, {_percent(shares[-1])} do. "
    )
    stays = [_percent(share) for share in result["stable"]]
    if tipping.size:
        text += f"The town could stay at {' or at '.join(stays)}; it tips at {tipping[0]:.0%}."
    else:
        text += f"The only share that stays is {stays[0]}."
    rows = sorted({*range(min(len(shares), 9)), len(shares) - 1})
    return text, {
        "Round": rows,
        "Share that speaks": [f"{shares[row]:.1%}" for row in rows],
        "Fell silent": [f"{shares[row - 1] - shares[row]:.1%}" if row else "" for row in rows],
    }


def _percent(share: float) -> str:
    """Say a share so that nearly all is not all, and nearly none not none."""
    return f"{share:.1%}" if 0.0005 < min(share, 1 - share) < 0.01 else f"{share:.0%}"


def _safety() -> Slider:
    return Slider("safety", "Safety of numbers", low=0, high=0.95, step=0.05, default=0.9, format=".0%")


def _watching() -> Slider:
    return Slider(
        "seen_alone",
        "A lone speaker is seen",
        low=0.05,
        high=1,
        step=0.05,
        default=0.5,
        format=".0%",
    )


@explorable
def who_falls_silent(**start: Any) -> Explorable:
    """Who falls silent round by round: the share that speaks now against the share that speaks next."""
    before = chilling.cascade(60, _benefits(), seen_alone=0.5, safety=0.9)[-1]
    return Explorable(
        "Who falls silent, round by round",
        [
            Slider("penalty", "Penalty", low=0, high=HIGHEST_PENALTY, step=1, default=65, unit="points"),
            _safety(),
            _watching(),
        ],
        _rounds_model,
        _rounds_figure,
        _rounds_summary,
        start=start,
        alt="A rising curve, the share that speaks next against the share that speaks now, with the line of no change and the stairs "
        "that lead from everybody down to the share that stays.",
        guess=GuessValue(
            f"At a penalty of 60 points, {before:.0%} of the town speak. The penalty rises to 65. What share speaks in the end?",
            Slider("guess", "Share that speaks", low=0, high=1, step=0.01, default=0.5, format=".0%"),
            truth=lambda result, settings: round(float(result["shares"][-1]), 2),
        ),
    )


# ---------------------------------------------------------------------------------------------- there and back

PENALTIES = np.arange(0, HIGHEST_PENALTY + 1)


def _return_model(safety: float, seen_alone: float, spread: float) -> Result:
    people = _benefits(spread)
    raised, taken_back = chilling.there_and_back(PENALTIES, people, seen_alone, safety)
    return {
        "penalty": PENALTIES,
        "raised": raised,
        "taken_back": taken_back,
        "turn": chilling.tipping(people, seen_alone, safety),
    }


def _return_words(raised: Numbers, back: Numbers) -> tuple[dict[str, Any], dict[str, Any]]:
    """Place the names of the two lines where neither passes, on a narrow screen too."""

    def words(text: str, x: float, y: float, position: str) -> dict[str, Any]:
        return {"x": [x], "y": [y], "text": [text], "textposition": position}

    apart = np.flatnonzero(raised - back > 0.05)
    room = 24  # points of penalty that a name takes on a telephone
    if not apart.size:
        middle = int(np.argmin(np.abs(raised - 0.5)))
        beside = (
            words("both ways", middle + 3, float(raised[middle]), "middle right")
            if middle + 3 + room < HIGHEST_PENALTY
            else words("both ways", middle - 3, float(raised[middle]) - 0.09, "middle left")
        )
        return beside, words("", np.nan, np.nan, "middle center")
    first, last, middle = int(apart[0]), int(apart[-1]), int(apart[len(apart) // 2])
    above = words("raised →", min(max(middle, 14), HIGHEST_PENALTY - 14), 1.1, "middle center")
    if last - first >= room + 4:
        below = words("← back", (first + last) / 2 + 1, float(back[middle]) + 0.12, "middle center")
    elif first >= room:
        below = words("← back", first - 2, float(back[:first].min()) / 4, "middle left")
    else:
        below = words(
            "← back", last + 3, float(raised[min(last + 1, HIGHEST_PENALTY)]) + 0.12, "middle right"
        )
    return above, below


def _return_figure(result: Result, settings: Settings) -> Figure:
    penalty, turn = result["penalty"], result["turn"]
    marks = [(turn.silenced_at, turn.last_share), (turn.returns_at, turn.first_share)] if turn else []
    levels = np.array([level if level <= HIGHEST_PENALTY else np.nan for level, _ in marks] or [np.nan] * 2)
    raised_words, back_words = _return_words(result["raised"], result["taken_back"])
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "meta": "context",
                "x": penalty,
                "y": result["raised"],
                "line": {"color": theme.VERMILION, "width": 3},
                "hovertemplate": "raised to %{x}: %{y:.0%} speak<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "text",
                "meta": "context",
                **raised_words,
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": penalty,
                "y": result["taken_back"],
                "line": {"color": theme.BLUE, "width": 3, "dash": "dash"},
                "hovertemplate": "taken back to %{x}: %{y:.0%} speak<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "text",
                **back_words,
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": levels,
                "y": [share for _, share in marks] or [np.nan] * 2,
                "text": [f" {level:.1f} " if level <= HIGHEST_PENALTY else "" for level in levels],
                "textposition": ["middle right" if levels[0] < 86 else "bottom left", "middle left"],
                "marker": {"color": theme.VERMILION, "size": 11, "symbol": "diamond"},
                "hovertemplate": "tips at %{x:.1f} points<extra></extra>",
            },
        ],
        "layout": {
            "xaxis": {"title": {"text": "Penalty, points"}, "range": [0, HIGHEST_PENALTY + 2]},
            "yaxis": {
                "title": {"text": "Share that speaks"},
                "range": [-0.02, 1.2],
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
                "tickformat": ".0%",
            },
        },
    }


def _return_summary(result: Result, settings: Settings) -> Summary:
    turn = result["turn"]
    if turn is None:
        text = "The share that speaks follows the penalty without a jump, and comes back the way it went."
    elif turn.returns_at > HIGHEST_PENALTY:
        text = f"No penalty up to {HIGHEST_PENALTY} points silences this town."
    elif turn.silenced_at > HIGHEST_PENALTY:
        text = (
            f"No penalty up to {HIGHEST_PENALTY} points silences a town that speaks; a town that is silent stays so until the "
            f"penalty falls below {turn.returns_at:.1f}."
        )
    else:
        text = (
            f"Raised above {turn.silenced_at:.1f} points, the penalty silences the town at once. Speech comes back only when the "
            f"penalty falls below {turn.returns_at:.1f}."
        )
    rows = np.arange(0, HIGHEST_PENALTY + 1, 10)
    return text, {
        "Penalty": [int(level) for level in rows],
        "Raised": [f"{share:.0%}" for share in result["raised"][rows]],
        "Taken back": [f"{share:.0%}" for share in result["taken_back"][rows]],
    }


@explorable
def there_and_back(**start: Any) -> Explorable:
    """The share that speaks as the penalty is raised step by step, and then taken back."""
    handles = [10, 25, 40, 50, 60, 80]
    return Explorable(
        "There and back",
        [
            _safety(),
            _watching(),
            Slider("spread", "How much people differ", low=0.2, high=1, step=0.05, default=SPREAD),
        ],
        _return_model,
        _return_figure,
        _return_summary,
        start=start,
        alt="Two falling lines, the share that speaks against the penalty: one for a penalty that is raised, one for a penalty that is "
        "taken back. Between the tipping points the second lies far below the first.",
        guess=GuessCurve(
            "The solid line shows speech while the penalty was raised to 100 points. Now it is taken back, step by step. What share "
            "speaks on the way back?",
            at=handles,
            slider=Slider("guess", "Share that speaks", low=0, high=1, step=0.05, default=0.5, format=".0%"),
            truth=lambda result, settings: result["taken_back"][np.array(handles)],
            unit_x="points",
        ),
    )


# ---------------------------------------------------------------------------------------------- what a bonus buys

# Points that an hour is worth: to the person without any bonus, and to all. The figures are made up.
MOTIVE = 4.0
WORTH_MEASURED = 7.0
BONUSES = np.arange(0, 8.01, 0.1)
NO_HOURS = "Your formula gave no two numbers. Does it end with: return signed_off, other?"


def _bonus_model(formula: Callable[..., Any] | None) -> Callable[..., Result]:
    def hours(substitution: float) -> tuple[Numbers, Numbers]:
        if formula is None:
            chosen = gaming.efforts(BONUSES, MOTIVE, MOTIVE, substitution)
            return np.asarray(chosen.measured), np.asarray(chosen.unmeasured)
        with learners_formula():
            answers = [formula(float(bonus), substitution) for bonus in BONUSES]
        try:
            measured, unmeasured = np.array([tuple(answer) for answer in answers], dtype=float).T
        except (TypeError, ValueError) as error:
            raise FormulaProblem(NO_HOURS) from error
        if not np.isfinite([measured, unmeasured]).all():
            raise FormulaProblem(NO_HOURS)
        return np.maximum(measured, 0), np.maximum(unmeasured, 0)

    def model(substitution: float, worth_unmeasured: float) -> Result:
        measured, unmeasured = hours(substitution)
        total = np.asarray(
            gaming.worth_of_hours(measured, unmeasured, WORTH_MEASURED, worth_unmeasured, substitution)
        )
        best = (
            gaming.best_bonus(MOTIVE, MOTIVE, WORTH_MEASURED, worth_unmeasured, substitution)
            if formula is None
            else float(BONUSES[int(np.argmax(total))])
        )
        return {
            "bonus": BONUSES,
            "measured": measured,
            "unmeasured": unmeasured,
            "seen": WORTH_MEASURED * measured,
            "unseen": worth_unmeasured * unmeasured,
            "total": total,
            "best": best,
            "highest": float(np.interp(best, BONUSES, total)),
        }

    return model


def _free_places(
    bonus: Numbers, lines: list[Numbers], best: float, highest: float
) -> list[tuple[float, float]]:
    """Place a name near each line where no line passes through it, on a telephone either (there it is 3 by 8 of the axes' units)."""
    half_width, half_height = 1.5, 5.0
    across, up = np.meshgrid(np.arange(1.6, 6.5, 0.2), np.arange(-8, 86, 2.0))
    drawn = np.array(lines)
    gaps = []
    for line in drawn:
        under = np.abs(bonus[:, None, None] - across) <= half_width
        above = np.where(under, line[:, None, None], -np.inf).max(axis=0)
        below = np.where(under, line[:, None, None], np.inf).min(axis=0)
        # How far the line stays from the middle of the name; 0 if it passes both above and below.
        gaps.append(np.maximum(np.maximum(below - up, up - above), 0))
    mark = (np.abs(across - best) < half_width + 0.3) & (up > highest - half_height - 3)
    free = np.min(gaps, axis=0) - half_height
    free[mark] = -np.inf
    places: list[tuple[float, float]] = []
    for one, own in enumerate(gaps):
        others = np.min([gap for other, gap in enumerate(gaps) if other != one], axis=0)
        taken = np.zeros(across.shape, dtype=bool)
        for x, y in places:
            taken |= (np.abs(across - x) < 2 * half_width) & (np.abs(up - y) < 2 * half_height)
        # Free first; then near its own line, and far from the others.
        score = 20 * np.minimum(free, 0) - own + 0.5 * np.minimum(others, 15)
        score[taken] = -np.inf
        best_place = np.unravel_index(int(np.argmax(score)), score.shape)
        places.append((float(across[best_place]), float(up[best_place])))
    return places


def _bonus_figure(result: Result, settings: Settings) -> Figure:
    bonus, best, highest = result["bonus"], result["best"], result["highest"]
    lines = (
        ("seen", "the score sees", theme.BLUE, "dash", "context"),
        ("unseen", "it misses", theme.GREEN, "dot", ""),
        ("total", "worth to all", theme.VERMILION, "solid", ""),
    )
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "meta": meta,
            "x": bonus,
            "y": result[name],
            "line": {"color": colour, "width": 3, "dash": dash},
            "hovertemplate": "bonus %{x:.1f}: %{y:.0f} points<extra></extra>",
        }
        for name, _, colour, dash, meta in lines
    ]
    places = _free_places(bonus, [result[name] for name, *_ in lines], best, highest)
    traces += [
        {
            "type": "scatter",
            "mode": "text",
            "meta": meta,
            "x": [x],
            "y": [y],
            "text": [words],
            "textposition": "middle center",
            "hoverinfo": "skip",
        }
        for (_, words, _, _, meta), (x, y) in zip(lines, places, strict=True)
    ]
    traces.append(
        {
            "type": "scatter",
            "mode": "lines+markers+text",
            "x": [best, best],
            "y": [highest, 94],
            "text": ["", f" best bonus {best:.1f} "],
            "textposition": "middle right" if best < 4 else "middle left",
            "line": {"color": theme.GREY, "width": 1.5, "dash": "dot"},
            "marker": {"color": theme.VERMILION, "size": [12, 0], "symbol": "diamond", "opacity": 1},
            "hoverinfo": "skip",
        }
    )
    return {
        "data": traces,
        "layout": {
            "xaxis": {
                "title": {"text": "Bonus, points an hour"},
                "range": [-0.2, 8.2],
            },
            "yaxis": {
                "title": {"text": "Worth of a week, points"},
                "range": [-14, 100],
                "tickvals": [0, 25, 50, 75, 100],
            },
        },
    }


def _bonus_summary(result: Result, settings: Settings) -> Summary:
    best, total = result["best"], result["total"]
    at = int(np.argmin(np.abs(result["bonus"] - best)))
    text = (
        f"The bonus that serves all best is {best:.1f} points an hour, worth {result['highest']:.0f} points, against "
        f"{total[0]:.0f} without a bonus and {total[-1]:.0f} at a bonus of 8. At the best one, {result['measured'][at]:.1f} hours "
        f"are signed off, and {result['unmeasured'][at]:.1f} hours go where nobody counts."
    )
    rows = np.arange(0, len(BONUSES), 10)
    return text, {
        "Bonus": [f"{bonus:.0f}" for bonus in result["bonus"][rows]],
        "Hours signed off": [f"{hours:.1f}" for hours in result["measured"][rows]],
        "Hours not recorded": [f"{hours:.1f}" for hours in result["unmeasured"][rows]],
        "Worth to all": [f"{worth:.1f}" for worth in total[rows]],
    }


@explorable
def what_a_bonus_buys(formula: Callable[..., Any] | None = None, **start: Any) -> Explorable:
    """What a bonus on the hours that are signed off does to those that are not; with the learner's own function if one is given."""
    handles = [0, 2, 4, 6, 8]
    return Explorable(
        "What a bonus buys",
        [
            Slider(
                "substitution",
                "The two kinds compete (gamma)",
                low=0,
                high=0.9,
                step=0.05,
                default=0.5,
            ),
            Slider(
                "worth_unmeasured",
                "An unrecorded hour is worth",
                low=0,
                high=16,
                step=0.5,
                default=8,
                unit="points",
            ),
        ],
        _bonus_model(formula),
        _bonus_figure,
        _bonus_summary,
        start=start,
        alt="Three lines against the bonus: the worth of the hours that the score sees, which rises; that of the hours it does not see, "
        "which falls; and the worth of both to all, less the toil, with its highest point marked.",
        guess=GuessCurve(
            "Without a bonus a week is worth 29 points to all. The dashed line is the part that the score sees, before toil is taken "
            "off. What is the week worth to all, in points, as the bonus rises?",
            at=handles,
            slider=Slider("guess", "Worth to all", low=0, high=100, step=2, default=30, unit="points"),
            truth=lambda result, settings: np.round(np.interp(handles, result["bonus"], result["total"])),
            unit_x="points of bonus",
        ),
    )
