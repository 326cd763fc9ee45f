"""The market of `dossier.leak.market`, agent by agent: written from its rules with Mesa, and as a plain loop, to hold the fast one against.

Both draw as a reader of the rules would: a fresh chance at every sale, no luck drawn beforehand, and no array anywhere in a day.
"""

from __future__ import annotations

import math
import random

import mesa

from dossier.leak.market import MOST_ORDERS, Market, Shock, rest


class Official(mesa.Agent):
    """Somebody in a post, who may sell."""

    def __init__(self, model: MesaMarket, office: int) -> None:
        super().__init__(model)
        self.office = office
        self.start()

    def start(self) -> None:
        market = self.model.market
        self.moral_cost = market.median_moral_cost * math.exp(market.spread * self.random.gauss(0, 1))
        self.absent_until = None
        self.sold_today = 0
        self.offers = False

    def morning(self) -> None:
        model = self.model
        if self.absent_until is not None and model.day >= self.absent_until:
            self.start()
        left = model.share_in_cents / 100 - model.risk[self.office] * model.stake
        self.sold_today = 0
        self.offers = self.absent_until is None and left > self.moral_cost

    def evening(self) -> None:
        for _ in range(self.sold_today):
            if self.random.random() < self.model.found_out:
                after = self.model.market.replaced_after
                self.absent_until = math.inf if after is None else self.model.day + after
                self.model.arrests_here[self.office] += 1
                return


class MesaMarket(mesa.Model):
    """One market; `step` is a day. Shocks reach all offices; the moral cost and the access stay as they are."""

    def __init__(self, market: Market, shock: Shock, seed: int) -> None:
        super().__init__(seed=seed)
        self.market, self.shock, self.day = market, shock, 0
        quiet = rest(market)
        self.price, self.risk = quiet.price, [quiet.risk] * market.offices
        for post in range(market.officials):
            Official(self, post % market.offices)
        self.in_turn = list(self.agents)
        self.next_in_turn = 0
        self.totals = {"sales": 0, "price": 0.0, "arrests": 0}

    def step(self) -> None:
        market, acting = self.market, self.shock.day <= self.day
        audited = min(market.detection * (self.shock.audits if acting else 1), 1)
        decoys = self.shock.canaries if acting else 0
        self.found_out = 1 - (1 - audited) * (1 - decoys)
        self.stake = market.stake * (1 + (self.shock.pay if acting else 0))
        base = market.base_risk + decoys
        if acting and self.day == self.shock.day:
            self.risk = [one + decoys for one in self.risk]
        cents = max(round(100 * self.price), 1)
        self.share_in_cents = round(market.officials_share * cents)
        self.agents.do("morning")
        orders = self.orders(cents / 100)
        offers = market.capacity * len(self.agents.select(lambda official: official.offers))
        for _ in range(min(orders, offers)):
            self.fill()
        self.arrests_here = [0] * market.offices
        self.agents.do("evening")
        arrests = sum(self.arrests_here)
        self.totals["sales"] += min(orders, offers)
        self.totals["price"] += cents / 100
        self.totals["arrests"] += arrests
        self.price *= 1 + market.price_step * (orders - offers) / max(orders + offers, 1)
        self.risk = [
            min(
                1,
                risk
                + market.forgetting * (base - risk)
                + market.seen_in_office * here
                + market.seen_elsewhere * (arrests - here),
            )
            for risk, here in zip(self.risk, self.arrests_here, strict=True)
        ]
        self.day += 1

    def orders(self, price: float) -> int:
        """Give the buyers who find it worth the price: of a Poisson number, each with a worth of his own."""
        market = self.market
        if price > market.dearest:
            return 0
        willing, clock = 0, self.random.expovariate(1)
        while clock < MOST_ORDERS * market.orders_per_day:
            worth = market.usual_price * (MOST_ORDERS * self.random.random()) ** (-1 / market.elasticity)
            willing += worth >= price
            clock += self.random.expovariate(1)
        return willing

    def fill(self) -> None:
        """Hand one order to the next in turn."""
        while True:
            official = self.in_turn[self.next_in_turn % len(self.in_turn)]
            self.next_in_turn += 1
            if official.offers and official.sold_today < self.market.capacity:
                official.sold_today += 1
                return


def plain_loop(market: Market, days: int, seed: int) -> dict[str, float]:
    """What a learner would write first: lists, and a loop over everybody, with no shock."""
    chance = random.Random(seed)
    offices = market.offices

    def somebody() -> float:
        return market.median_moral_cost * math.exp(market.spread * chance.gauss(0, 1))

    moral_costs = [somebody() for _ in range(market.officials)]
    absent: dict[int, int] = {}
    quiet = rest(market)
    price, risk, turn, total = quiet.price, [quiet.risk] * offices, 0, 0
    for day in range(days):
        for post in [post for post, until in absent.items() if until <= day]:
            del absent[post]
            moral_costs[post] = somebody()
        cents = max(round(100 * price), 1)
        gets = round(market.officials_share * cents) / 100
        left = [gets - one * market.stake for one in risk]
        willing = []
        for post, moral_cost in enumerate(moral_costs):
            if moral_cost < left[post % offices] and post not in absent:
                willing.append(post)
        orders, clock = 0, chance.expovariate(1)
        while clock < MOST_ORDERS * market.orders_per_day:
            worth = market.usual_price * (MOST_ORDERS * chance.random()) ** (-1 / market.elasticity)
            orders += price <= market.dearest and worth >= price
            clock += chance.expovariate(1)
        offers = len(willing) * market.capacity
        here = [0] * offices
        later = [post for post in willing if post >= turn] + [post for post in willing if post < turn]
        for number in range(min(orders, offers)):
            seller = later[number % len(later)]
            turn = seller + 1
            if seller not in absent and chance.random() < market.detection:
                absent[seller] = days if market.replaced_after is None else day + market.replaced_after
                here[seller % offices] += 1
        total += min(orders, offers)
        arrests = sum(here)
        price *= 1 + market.price_step * (orders - offers) / max(orders + offers, 1)
        for office in range(offices):
            kept = risk[office] + market.forgetting * (market.base_risk - risk[office])
            seen = market.seen_in_office * here[office] + market.seen_elsewhere * (arrests - here[office])
            risk[office] = min(1, kept + seen)
    return {"sales": total, "price": price}
