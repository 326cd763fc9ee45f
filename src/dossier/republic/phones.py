"""Where phones were, and who sat in internet cafés.

Lesson 07 measures how few points single somebody out; lessons 01 and 05 draw a day and a map. People keep to home, work and
habits: they return to places in proportion to past visits and seldom try a new one (Song et al. 2010), and they are awake by day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dossier.republic import parameters as p
from dossier.republic.draws import Integers, Stream, counted, positions, span, tally
from dossier.republic.geography import Geography, cell_distances
from dossier.republic.population import Population, by_age
from dossier.republic.schema import PHONE_WINDOW_DAYS
from dossier.republic.times import DAY, HOUR, WINDOW_START, YEAR_DAYS
from dossier.republic.travel import Trips


@dataclass(frozen=True)
class Sessions:
    """Café sessions, one row each; cafés are counted from 0 within the county."""

    person: Integers
    minute: Integers
    minutes: Integers
    cafe: Integers
    cell: Integers


def make_sessions(stream: Stream, population: Population, geography: Geography, trips: Trips) -> Sessions:
    """Draw the year's café sessions: at most one a day, at one of the two cafés nearest to the guest's home."""
    size = len(population)
    cafes = p.DISTRICTS * p.CAFES_PER_DISTRICT
    district = span(cafes) // p.CAFES_PER_DISTRICT
    beside = stream.below(4, cafes)
    centre = geography.school[district]
    # The second café of a district stands in a cell beside the centre.
    cafe_cell = np.where(np.arange(cafes) % p.CAFES_PER_DISTRICT == 0, centre, _neighbour(centre, beside))

    guest = stream.chance(by_age(p.CAFE_GUEST_SHARE, population.age), size)
    median, spread = p.CAFE_VISITS
    visits = np.exp(np.log(median) + spread * stream.normal(size))
    visits = np.where(guest, np.clip(np.rint(visits), 1, p.CAFE_VISITS_AT_MOST), 0).astype(np.int64)
    person, _ = counted(visits)
    count = len(person)
    day = stream.below(YEAR_DAYS, count)
    _, first = np.unique(person * YEAR_DAYS + day, return_index=True)
    minute = day * DAY + stream.choice(p.CAFE_HOURS, count) * HOUR + stream.below(HOUR, count)
    median_minutes, spread = p.CAFE_MINUTES
    minutes = np.rint(median_minutes * np.exp(spread * stream.normal(count))).astype(np.int64)
    # Cafés close at two in the morning.
    minutes = np.clip(minutes, 10, (24 + 2) * HOUR - minute % DAY)
    nearest = np.argsort(cell_distances()[population.cell][:, cafe_cell], axis=1, kind="stable")[:, :2]
    cafe = nearest[person, stream.chance(0.25, count).astype(np.int64)].astype(np.int64)
    # Nobody surfs here while away, and the last session of the year ends within it.
    end = minute + minutes
    away = trips.away(person, minute) | trips.away(person, end)
    keep = first[~away[first] & (end[first] < YEAR_DAYS * DAY)]
    return Sessions(person[keep], minute[keep], minutes[keep], cafe[keep], cafe_cell[cafe[keep]])


@dataclass(frozen=True)
class Pings:
    """Recorded uses of phones, one row each."""

    person: Integers
    minute: Integers
    cell: Integers


def make_pings(
    stream: Stream, population: Population, geography: Geography, trips: Trips, sessions: Sessions
) -> Pings:
    """Draw two weeks of phone locations."""
    size = len(population)
    median, spread, least, most = p.PINGS
    uses = np.clip(np.rint(median * np.exp(spread * stream.normal(size))), least, most)
    person, _ = counted(np.where(population.phone, uses, 0).astype(np.int64))
    count = len(person)

    # The window begins on a Monday.
    days = np.arange(PHONE_WINDOW_DAYS)
    weekend = days % 7 >= 5
    hours = np.where(weekend[:, None], np.array(p.PING_HOURS_WEEKEND), np.array(p.PING_HOURS_WEEKDAY)).ravel()
    hour = stream.choice(hours, count)
    minute = hour * HOUR + stream.below(HOUR, count)
    hour_of_day, free_day = hour % 24, weekend[hour // 24]

    has_work = population.work_cell[person] >= 0
    at_work = np.where(has_work & ~free_day, np.array(p.AT_WORK)[hour_of_day], 0.0)
    elsewhere = np.where(
        has_work & ~free_day,
        np.array(p.ELSEWHERE_WORKDAY)[hour_of_day],
        np.array(p.ELSEWHERE_FREE_DAY)[hour_of_day],
    )
    median_taste, taste_spread = p.OUTING_TASTE
    taste = median_taste * np.exp(taste_spread * stream.normal(size))
    taste *= np.where((population.age < 14) | (population.age >= 80), p.STAY_NEAR_HOME, 1.0)
    elsewhere = np.minimum(elsewhere * taste[person], 0.9 * (1 - at_work))
    where = stream.uniform(count)
    working = where < at_work
    outing = ~working & (where < at_work + elsewhere)
    cell = np.where(working, population.work_cell[person], population.cell[person])

    order = np.lexsort((minute, person))
    person, minute, cell, outing = person[order], minute[order], cell[order], outing[order]
    cell[outing] = _habitual_places(stream, population, geography, person[outing])

    edge = stream.chance(p.NEIGHBOUR_CELL, count)
    cell = np.where(edge, _neighbour(cell, stream.below(4, count)), cell)
    minute = minute + WINDOW_START

    # A phone in an internet café is in the café's cell; a phone abroad is in nobody's.
    start = np.argsort(sessions.person * (YEAR_DAYS * DAY) + sessions.minute, kind="stable")
    if len(start):
        keys = (sessions.person * (YEAR_DAYS * DAY) + sessions.minute)[start]
        last = np.searchsorted(keys, person * (YEAR_DAYS * DAY) + minute, side="right") - 1
        found = start[np.maximum(last, 0)]
        inside = (last >= 0) & (sessions.person[found] == person)
        inside &= minute <= sessions.minute[found] + sessions.minutes[found]
        cell = np.where(inside, sessions.cell[found], cell)
    _, first = np.unique(person * (YEAR_DAYS * DAY) + minute, return_index=True)
    keep = first[~trips.away(person[first], minute[first])]
    return Pings(person[keep], minute[keep], cell[keep].astype(np.int64))


def _habitual_places(
    stream: Stream, population: Population, geography: Geography, person: Integers
) -> Integers:
    """A cell for each outing, in order of time, by exploration and preferential return.

    ``person`` is sorted. Outing k of a person repeats one of the k earlier ones, each equally likely (so places return in
    proportion to their visits), or, with probability rho * S ** -gamma, goes somewhere new.
    """
    size = len(population)
    outings = tally(person, size)
    active = positions(outings > 0)
    total = outings[active] + p.HABIT_OUTINGS
    length = int(total.max()) if len(active) else 0
    history = np.zeros((len(active), length), dtype=np.int64)
    known = np.zeros(len(active), dtype=np.int64)
    home = population.cell[active]
    for k in range(length):
        going = np.flatnonzero(total > k)
        past = stream.uniform(len(going))
        chance = np.where(
            known[going] == 0, 1.0, p.EXPLORATION_RHO * np.maximum(known[going], 1.0) ** -p.EXPLORATION_GAMMA
        )
        new = stream.uniform(len(going)) < chance
        repeated = history[going, np.floor(past * k).astype(np.int64)]
        somewhere = stream.choice_by_row(geography.outings, home[going])
        history[going, k] = np.where(new, somewhere, repeated)
        known[going] += new
    owner, step = counted(outings[active])
    places: Integers = history[owner, p.HABIT_OUTINGS + step]
    return places


def _neighbour(cell: Integers, direction: Integers) -> Integers:
    """The cell to the east, west, north or south, or the cell itself at the county's edge."""
    column = cell % p.GRID + np.array([1, -1, 0, 0])[direction]
    row = cell // p.GRID + np.array([0, 0, 1, -1])[direction]
    place = np.clip(row, 0, p.GRID - 1) * p.GRID + np.clip(column, 0, p.GRID - 1)
    return np.asarray(place, dtype=np.int64)
