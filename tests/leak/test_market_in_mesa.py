"""A market written agent by agent agrees with the fast one in distribution."""

import numpy as np
from scipy.stats import ks_2samp

from dossier.leak.market import Market, Shock, market_days

from .mesa_market import MesaMarket


def test_agent_by_agent_it_is_the_same_market():
    # Small, and with much happening: two in five are arrested in a year, and audits are quadrupled half-way.
    market = Market(
        officials=200,
        offices=4,
        median_moral_cost=400,
        stake=20_000,
        capacity=2,
        orders_per_day=10,
        detection=0.005,
        base_risk=0.001,
        seen_in_office=0.005,
        seen_elsewhere=0.001,
        replaced_after=10,
    )
    shock, days, seeds = Shock(60, audits=4, canaries=0.001), 120, 60
    fast, slow = [], []
    for seed in range(seeds):
        ours = market_days(market, shock, days, generator=np.random.default_rng(seed))
        fast.append((ours["sales"].sum(), ours["price"].mean(), ours["arrests"].sum()))
        theirs = MesaMarket(market, shock, seed)
        for _ in range(days):
            theirs.step()
        slow.append((theirs.totals["sales"], theirs.totals["price"] / days, theirs.totals["arrests"]))
    # Kolmogorov and Smirnov's test, three times, at a level of 1 % together.
    for ours, theirs in zip(np.transpose(fast), np.transpose(slow), strict=True):
        assert ks_2samp(ours, theirs).pvalue > 0.01 / 3
