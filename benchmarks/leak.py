"""The market year: 10,000 officials over 365 days, beside the same rules agent by agent in Mesa and in a plain Python loop.

All three are `dossier.leak.market`'s rules with its default numbers; the slow two are those that the tests hold the fast one against
(tests/leak/mesa_market.py). Times are processor seconds, the median of rounds in turn. Of Mesa's year a part of the days is run and counted up.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from dossier.leak.market import Market, Shock, market_days

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "leak"))
from mesa_market import MesaMarket, plain_loop

ROUNDS = 3
DAYS = 365
MESA_DAYS = 73


def seconds(work: Callable[[], Any]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def by_mesa(market: Market, seed: int) -> None:
    model = MesaMarket(market, Shock(), seed)
    for _ in range(MESA_DAYS):
        model.step()


def main() -> None:
    market = Market()
    ways: dict[str, tuple[Callable[[int], Any], float]] = {
        "the course": (lambda seed: market_days(market, generator=np.random.default_rng(seed)), 1),
        "a loop": (lambda seed: plain_loop(market, DAYS, seed), 1),
        "Mesa": (lambda seed: by_mesa(market, seed), DAYS / MESA_DAYS),
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    for seed in range(ROUNDS):
        for way, (work, part) in ways.items():
            times[way].append(seconds(lambda work=work, seed=seed: work(seed)) * part)
    print(f"Market year: {market.officials:,} officials, {DAYS} days (of Mesa's, {MESA_DAYS})")
    own = statistics.median(times["the course"])
    for way, each in times.items():
        took = statistics.median(each)
        compared = "" if way == "the course" else f"   {took / own:6.0f} times as long"
        print(f"{way:>14}: {took:7.3f} s{compared}")


if __name__ == "__main__":
    main()
