"""The market: a year of 10,000 officials beside the same rules agent by agent in Mesa, and in a plain Python loop.

The twins are those that the tests hold the market against (`tests/leak/mesa_market.py`); they draw their own chances, so the numbers of sales differ a
little. Mesa runs for a tenth of the year, and its time is multiplied. Times are processor seconds, the median of rounds in turn.
"""

from __future__ import annotations

import importlib.util
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from dossier.leak.market import Market, Shock, market_days

ROUNDS = 3
DAYS, MESA_DAYS = 365, 36
MARKET = Market()


def twins() -> Any:
    """The module beside the tests, which are no package."""
    path = Path(__file__).parents[1] / "tests" / "leak" / "mesa_market.py"
    spec = importlib.util.spec_from_file_location("mesa_market", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def main() -> None:
    other = twins()

    def ours() -> float:
        return float(market_days(MARKET, days=DAYS, generator=np.random.default_rng(1))["sales"].mean())

    def mesa() -> float:
        model = other.MesaMarket(MARKET, Shock(day=DAYS), seed=1)
        for _ in range(MESA_DAYS):
            model.step()
        return float(model.totals["sales"] / MESA_DAYS)

    def loop() -> float:
        return float(other.plain_loop(MARKET, DAYS, seed=1)["sales"] / DAYS)

    ours()
    times: dict[str, list[float]] = {"the course": [], "a loop": [], "Mesa": []}
    sold = {}
    for _ in range(ROUNDS):
        for name, work, scale in (
            ("the course", ours, 1.0),
            ("a loop", loop, 1.0),
            ("Mesa", mesa, DAYS / MESA_DAYS),
        ):
            took, sold[name] = seconds(work)
            times[name].append(took * scale)
    print(f"A market year: {MARKET.officials:,} officials, {DAYS} days (Mesa: {MESA_DAYS}, multiplied)")
    own = statistics.median(times["the course"])
    for name, each in times.items():
        took = statistics.median(each)
        compared = "" if name == "the course" else f"   {took / own:6.1f} times as long"
        print(f"{name:>14}: {took:7.3f} s, {sold[name]:.0f} sold a day{compared}")


if __name__ == "__main__":
    main()
