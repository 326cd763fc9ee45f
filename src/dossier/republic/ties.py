"""Who knows whom: a small world with homophily.

Lesson 04 spreads a score's punishment along these ties; lesson 05 asks who shared the hotel room.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dossier.republic import parameters as p
from dossier.republic.draws import Integers, Stream, counted, owners, rank_within, repeat, span, tally
from dossier.republic.population import HEAD, Population
from dossier.republic.schema import TIES

HOUSEHOLD, KIN, COLLEAGUE, NEIGHBOUR, FRIEND = range(len(TIES))


@dataclass(frozen=True)
class Ties:
    """Pairs of people of one county, each pair once.

    Attributes
    ----------
    first, second : ndarray of int, shape (m,)
        Persons, ``first`` before ``second`` in the order of ID numbers.
    tie : ndarray of int, shape (m,)
        Code into ``TIES``.
    """

    first: Integers
    second: Integers
    tie: Integers

    def partners(self, people: int, kinds: tuple[int, ...]) -> tuple[Integers, Integers, Integers]:
        """Neighbours of everybody by ties of some kinds: starts and counts, shape (people,), and the flat list."""
        chosen = np.isin(self.tie, kinds)
        one = np.r_[self.first[chosen], self.second[chosen]]
        other = np.r_[self.second[chosen], self.first[chosen]]
        order = np.argsort(one, kind="stable")
        counts = tally(one, people)
        return np.cumsum(counts) - counts, counts, other[order]


def make_ties(stream: Stream, population: Population) -> Ties:
    """Draw the acquaintances of a county.

    Each kind of tie joins a person to others near in an ordered list: of the household, the family line, the place of work
    or school, the cell, or (friends) of district and age. Short steps in many lists give clusters; the friends made
    anywhere give the short cuts that make the world small (Watts & Strogatz 1998).
    """
    size = len(population)
    pairs: list[tuple[int, Integers, Integers]] = []

    # Households: everybody with everybody who comes later in the same home.
    place = rank_within(population.household)
    later = population.home_size[population.household] - 1 - place
    one, step = counted(later)
    pairs.append((HOUSEHOLD, one, one + 1 + step))

    everyone = span(size)
    grown = everyone[population.age >= 6]
    at_work = everyone[population.work_cell >= 0]
    heads = everyone[population.role == HEAD]
    for kind, members, group, mean, reach in (
        (KIN, heads, population.family, p.KIN_TIES, 3.0),
        (COLLEAGUE, at_work, population.work_cell * 1_000 + _workmates(population), p.COLLEAGUE_TIES, 3.0),
        (NEIGHBOUR, grown, population.cell, p.NEIGHBOUR_TIES, 3.0),
    ):
        order = members[stream.order(len(members))]
        order = order[np.argsort(group[order], kind="stable")]
        one, other = _nearby(stream, order, mean, reach)
        same = group[one] == group[other]
        pairs.append((kind, one[same], other[same]))

    order = grown[stream.order(len(grown))]
    order = order[np.lexsort((population.age[order], population.district[order]))]
    pairs.append((FRIEND, *_nearby(stream, order, p.FRIEND_TIES * p.FRIENDS_ALIKE, p.FRIEND_REACH)))
    anywhere = stream.poisson(p.FRIEND_TIES * (1 - p.FRIENDS_ALIKE), len(grown))
    one = repeat(grown, anywhere)
    other = grown[stream.below(len(grown), len(one))] if len(grown) else one
    pairs.append((FRIEND, one, other))

    pairs.append((FRIEND, *_introduced(stream, population, _without_repeats(population, pairs))))
    return _without_repeats(population, pairs)


def _without_repeats(population: Population, pairs: list[tuple[int, Integers, Integers]]) -> Ties:
    """Each pair once, with its closest tie: ``pairs`` comes in order of closeness."""
    tie = np.concatenate([np.full(len(one), kind, dtype=np.int64) for kind, one, _ in pairs])
    one = np.concatenate([one for _, one, _ in pairs])
    other = np.concatenate([other for _, _, other in pairs])
    # Only household ties join those who live together.
    keep = (one != other) & ((tie == HOUSEHOLD) | (population.household[one] != population.household[other]))
    tie, one, other = tie[keep], one[keep], other[keep]
    swap = population.id_rank[one] > population.id_rank[other]
    first, second = np.where(swap, other, one), np.where(swap, one, other)
    _, index = np.unique(
        population.id_rank[first] * len(population) + population.id_rank[second], return_index=True
    )
    return Ties(first[index], second[index], tie[index])


def _introduced(stream: Stream, population: Population, ties: Ties) -> tuple[Integers, Integers]:
    """Pairs of people whom a common acquaintance has made known to each other."""
    size = len(population)
    starts, counts, partners = ties.partners(size, tuple(range(len(TIES))))
    host = owners(stream.poisson(np.where(counts > 1, p.INTRODUCTIONS, 0.0), size))
    one = partners[starts[host] + stream.below(counts[host], len(host))]
    other = partners[starts[host] + stream.below(counts[host], len(host))]
    fits = np.abs(population.age[one] - population.age[other]) <= p.INTRODUCTION_YEARS
    return one[fits], other[fits]


def _workmates(population: Population) -> Integers:
    """Groups within a place: a class at school is one year of age, an office is an office."""
    pupil = population.activity_is("pupil", "student")
    return np.where(pupil, population.age, 0)


def _nearby(stream: Stream, order: Integers, mean: float, reach: float) -> tuple[Integers, Integers]:
    """Ties from each entry of ``order``, ``mean`` on average, to entries some steps further on."""
    size = len(order)
    if size < 2:
        return order[:0], order[:0]
    place = owners(stream.poisson(mean, size))
    steps = 1 + np.floor(stream.exponential(reach, len(place))).astype(np.int64)
    kept = place + steps < size
    return order[place[kept]], order[(place + steps)[kept]]
