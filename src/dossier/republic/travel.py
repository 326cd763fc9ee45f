"""Trips, and the three registries that each see a part of them: hotels, flights, borders.

Lesson 05 puts the parts together again. A trip is drawn once, with its company; flights, hotel stays and border crossings are
read off it, which is why they agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dossier.republic import parameters as p
from dossier.republic import schema
from dossier.republic.draws import (
    Booleans,
    Floats,
    Integers,
    Stream,
    Texts,
    counted,
    owners,
    positions,
    rank_within,
    span,
)
from dossier.republic.names import BORDER_POSTS, CITIES, FOREIGN_CITIES, HOTELS
from dossier.republic.population import LODGER, Population
from dossier.republic.schema import ACTIVITIES
from dossier.republic.ties import COLLEAGUE, FRIEND, Ties
from dossier.republic.times import DAY, YEAR_DAYS

INLAND_ROAD, INLAND_AIR, ABROAD_AIR, ABROAD_ROAD = range(len(p.TRIP_KINDS))


@dataclass(frozen=True)
class Trips:
    """Who was where and when. Times are minutes since the year began.

    Arrays of trips have shape (t,); those that begin with ``traveller`` have shape (k,), one entry per person and trip.

    Attributes
    ----------
    kind, place : ndarray of int
        Code into ``TRIP_KINDS``; city, foreign city or border post, by kind.
    outward, outward_end, homeward, homeward_end : ndarray of int
        When the journey out begins and ends, and the journey home.
    nights : ndarray of int
        Nights away.
    hotel : ndarray of bool
        Whether the nights are spent in a hotel of Sorrel.
    traveller, traveller_trip, traveller_room : ndarray of int
        Person, trip, and which of the party's rooms (0 or 1).
    """

    kind: Integers
    place: Integers
    outward: Integers
    outward_end: Integers
    homeward: Integers
    homeward_end: Integers
    nights: Integers
    hotel: Booleans
    traveller: Integers
    traveller_trip: Integers
    traveller_room: Integers

    def away(self, person: Integers, minute: Integers) -> Booleans:
        """Whether each person was away from the county at that minute (leaving for the airport counts)."""
        order = np.argsort(
            self.traveller * (2 * YEAR_DAYS * DAY) + self.outward[self.traveller_trip], kind="stable"
        )
        who = self.traveller[order]
        starts = self.outward[self.traveller_trip][order] - 120
        ends = self.homeward_end[self.traveller_trip][order] + 45
        span = 4 * YEAR_DAYS * DAY
        # Trips of one person do not overlap, so only the last one begun can still be on.
        last = np.searchsorted(who * span + starts, person * span + minute, side="right") - 1
        found = np.maximum(last, 0)
        if not len(who):
            return np.zeros(len(person), dtype=np.bool_)
        on: Booleans = (last >= 0) & (who[found] == person) & (minute <= ends[found])
        return on


@lru_cache(maxsize=1)
def day_weights() -> Floats:
    """How busy travel is on each day of the year."""
    days = np.arange(YEAR_DAYS).astype("timedelta64[D]") + np.datetime64(f"{schema.YEAR}-01-01")
    month = days.astype("datetime64[M]").astype(np.int64) % 12
    return np.asarray(np.array(p.TRIP_MONTHS)[month])


def _timetable(route: Integers, slot: Integers, homeward: bool) -> Integers:
    """Minute of the day at which a flight leaves: two a day each way on every route, the same all year."""
    base = np.where(slot == 0, 6 * 60 + 30, 16 * 60 + 20)
    return base + (route * 37 + 15 * homeward) % 170 // 5 * 5


def _flight_minutes(route: Integers) -> Integers:
    """How long a flight takes."""
    return 55 + (route * 23) % 60 + np.where(route >= p.CITIES, 75, 0)


def make_trips(stream: Stream, population: Population, ties: Ties) -> Trips:
    """Draw the year's trips of a county and who went on them."""
    size = len(population)
    adult = population.age >= p.ADULT_AGE
    factor = np.array([p.TRIP_FACTOR.get(name, 0.0) for name in ACTIVITIES])[population.activity]
    means = np.maximum(population.home_income / population.home_size, 3_000.0)[population.household]
    taste = np.exp(p.TRIP_TASTE * stream.normal(size) - p.TRIP_TASTE**2 / 2)
    rate = p.TRIPS_PER_YEAR * factor * (means / 30_000.0) ** p.TRIP_INCOME_POWER * taste * adult
    leader = owners(stream.poisson(np.minimum(rate, 40.0), size))
    count = len(leader)

    kind = stream.choice(p.TRIP_KIND_SHARE, count)
    more = np.array(p.TRIP_MORE_NIGHTS)[kind]
    nights = 1 + np.floor(np.log1p(-stream.uniform(count)) / np.log(more)).astype(np.int64)
    nights = np.minimum(nights, p.MAXIMUM_NIGHTS)
    day = np.minimum(stream.choice(day_weights(), count), YEAR_DAYS - 2 - nights)
    city = stream.choice(np.arange(1, p.CITIES + 1.0) ** -p.CITY_SHARE_POWER, count)
    foreign = stream.choice(np.arange(1, p.FOREIGN_CITIES + 1.0) ** -p.CITY_SHARE_POWER, count)
    post = stream.below(len(BORDER_POSTS), count)
    place = np.select([kind == ABROAD_AIR, kind == ABROAD_ROAD], [foreign, post], city).astype(np.int64)

    by_air = (kind == INLAND_AIR) | (kind == ABROAD_AIR)
    route = np.where(kind == ABROAD_AIR, p.CITIES + place, place)
    slot_out, slot_home = stream.below(2, count), stream.below(2, count)
    leave = np.where(by_air, _timetable(route, slot_out, False), stream.between(8 * 60, 16 * 60, count))
    back = np.where(by_air, _timetable(route, slot_home, True), stream.between(9 * 60, 18 * 60, count))
    by_road = stream.between(100, 330, count)
    journey = np.where(by_air, _flight_minutes(route), by_road)
    outward = day * DAY + leave
    homeward = (day + nights) * DAY + back
    hotel = (kind == INLAND_ROAD) | ((kind == INLAND_AIR) & stream.chance(p.FLYER_IN_HOTEL, count))

    trip, person, room = _company(stream, population, ties, leader)
    trip, person, room, kept = _without_overlaps(trip, person, room, outward, homeward + journey)
    new_number = np.cumsum(kept, dtype=np.int64) - 1
    return Trips(
        kind=kind[kept],
        place=place[kept],
        outward=outward[kept],
        outward_end=(outward + journey)[kept],
        homeward=homeward[kept],
        homeward_end=(homeward + journey)[kept],
        nights=nights[kept],
        hotel=hotel[kept],
        traveller=person,
        traveller_trip=new_number[trip],
        traveller_room=room,
    )


def _company(
    stream: Stream, population: Population, ties: Ties, leader: Integers
) -> tuple[Integers, Integers, Integers]:
    """Trip, person and room of everybody who travels: the leader, and the household or one friend or colleague."""
    count = len(leader)
    company = stream.choice(p.COMPANY_SHARE, count)
    home = population.household[leader]
    leads_family = (company == 1) & (population.role[leader] != LODGER)

    # The household: members in their order, without lodgers, until the party is full.
    members = np.where(leads_family, population.home_size[home], 0)
    trip, place = counted(members)
    person = population.head[home[trip]] + place
    joins = (person != leader[trip]) & (population.role[person] != LODGER)
    trip, person = trip[joins], person[joins]
    joins = rank_within(trip) < p.FAMILY_AT_MOST - 1
    family_trip, family = trip[joins], person[joins]

    starts, counts, partners = ties.partners(len(population), (COLLEAGUE, FRIEND))
    pick = stream.below(counts[leader], count)
    share_room = stream.chance(p.PAIR_SHARES_ROOM, count)
    pairs = positions((company == 2) & (counts[leader] > 0))
    friend = partners[starts[leader[pairs]] + pick[pairs]]
    of_age = population.age[friend] >= p.ADULT_AGE
    pairs, friend = pairs[of_age], friend[of_age]

    trip = np.concatenate([span(count), family_trip, pairs])
    person = np.concatenate([leader, family, friend])
    room = np.concatenate(
        [np.zeros(count + len(family), dtype=np.int64), (~share_room[pairs]).astype(np.int64)]
    )
    return trip, person, room


def _without_overlaps(
    trip: Integers, person: Integers, room: Integers, start: Integers, end: Integers
) -> tuple[Integers, Integers, Integers, Booleans]:
    """Cancel trips that would begin before somebody is home from an earlier one: nobody is in two places at once."""
    day = DAY  # A day at home between two trips leaves time to unpack.
    order = np.lexsort((start[trip], person))
    who, begins = person[order], start[trip][order]
    ends = end[trip][order] + day
    # The latest end among a person's earlier trips: a running maximum that restarts with each person.
    span = np.int64(4 * YEAR_DAYS * DAY)
    latest = np.maximum.accumulate(who * span + ends) - who * span
    clash = np.zeros(len(order), dtype=np.bool_)
    clash[1:] = (who[1:] == who[:-1]) & (begins[1:] <= latest[:-1])
    kept = np.ones(len(start), dtype=np.bool_)
    kept[trip[order][clash]] = False
    stays = kept[trip]
    return trip[stays], person[stays], room[stays], kept


@dataclass(frozen=True)
class Flights:
    """Seats taken, one row each."""

    person: Integers
    minute: Integers
    flight: Texts
    origin: Texts
    destination: Texts
    trip: Integers


def flights_of(trips: Trips, town: str, county: int) -> Flights:
    """The flights of all trips by air, out and home."""
    by_air = np.isin(trips.kind[trips.traveller_trip], (INLAND_AIR, ABROAD_AIR))
    person, trip = trips.traveller[by_air], trips.traveller_trip[by_air]
    abroad = trips.kind[trip] == ABROAD_AIR
    route = np.where(abroad, p.CITIES + trips.place[trip], trips.place[trip])
    airports = np.array([*CITIES, *(city for city, _ in FOREIGN_CITIES)], dtype=object)
    away = airports[route]
    home = np.full(len(trip), town, dtype=object)
    numbers: list[Texts] = []
    for minute, homeward in ((trips.outward[trip], 0), (trips.homeward[trip], 1)):
        late = (minute % DAY >= 12 * 60).astype(np.int64)
        # A hundred numbers for each county's airport.
        number = 100 * (county + 1) + 4 * route + 2 * late + homeward
        numbers.append(np.array([f"SO{value}" for value in number.tolist()], dtype=object))
    return Flights(
        person=np.r_[person, person],
        minute=np.r_[trips.outward[trip], trips.homeward[trip]],
        flight=np.concatenate(numbers),
        origin=np.concatenate([home, away]),
        destination=np.concatenate([away, home]),
        trip=np.r_[trip, trip],
    )


@dataclass(frozen=True)
class HotelStays:
    """Guests at hotel desks, one row each."""

    person: Integers
    minute: Integers
    nights: Integers
    city: Texts
    hotel: Texts
    room: Integers


def hotel_stays_of(stream: Stream, trips: Trips) -> HotelStays:
    """The hotel stays of all trips that sleep in one. A party's room is one room at one desk at one minute."""
    count = len(trips.kind)
    hotel_of_city = stream.below(p.HOTELS_PER_CITY, count)
    by_air = trips.kind == INLAND_AIR
    check_in = trips.outward_end + np.where(
        by_air, stream.between(35, 110, count), stream.between(5, 90, count)
    )
    first_room = stream.below(p.HOTEL_FLOORS * p.ROOMS_PER_FLOOR, p.CITIES * p.HOTELS_PER_CITY)

    guests = np.flatnonzero(trips.hotel[trips.traveller_trip])
    trip, person, second = trips.traveller_trip[guests], trips.traveller[guests], trips.traveller_room[guests]
    hotel = trips.place[trip] * p.HOTELS_PER_CITY + hotel_of_city[trip]
    # Rooms are handed out in turn, by arrival: a room is free again long before its turn comes round.
    party, row = np.unique(trip * 2 + second, return_inverse=True)
    party_trip = party // 2
    party_hotel = trips.place[party_trip] * p.HOTELS_PER_CITY + hotel_of_city[party_trip]
    order = np.lexsort((party, check_in[party_trip], party_hotel))
    turn = np.empty(len(party), dtype=np.int64)
    turn[order] = rank_within(party_hotel[order])
    rooms = p.HOTEL_FLOORS * p.ROOMS_PER_FLOOR
    position = (first_room[party_hotel] + turn * 67) % rooms
    number = (position // p.ROOMS_PER_FLOOR + 1) * 100 + position % p.ROOMS_PER_FLOOR + 1
    cities = np.array(CITIES, dtype=object)
    return HotelStays(
        person=person,
        minute=check_in[trip] + 3 * second,
        nights=trips.nights[trip],
        city=cities[trips.place[trip]],
        hotel=np.array([f"{name} Hotel {city}" for city in CITIES for name in HOTELS], dtype=object)[hotel],
        room=number[row.astype(np.int64)],
    )


@dataclass(frozen=True)
class Crossings:
    """Passports shown, one row each."""

    person: Integers
    minute: Integers
    exit: Booleans
    post: Texts
    country: Texts


def border_crossings_of(stream: Stream, trips: Trips, town: str) -> Crossings:
    """The border crossings of all trips abroad: at the home airport around the flight, or at a land post on the way."""
    abroad = np.isin(trips.kind[trips.traveller_trip], (ABROAD_AIR, ABROAD_ROAD))
    person, trip = trips.traveller[abroad], trips.traveller_trip[abroad]
    by_air = trips.kind[trip] == ABROAD_AIR
    count = len(trip)
    before, after = stream.between(35, 85, count), stream.between(12, 45, count)
    half = (trips.outward_end[trip] - trips.outward[trip]) // 2
    queue = stream.between(0, 25, count)
    leaving = np.where(by_air, trips.outward[trip] - before, trips.outward[trip] + half + queue)
    coming = np.where(by_air, trips.homeward_end[trip] + after, trips.homeward[trip] + half + queue)
    city = np.where(by_air, trips.place[trip], 0)
    post = np.where(by_air, 0, trips.place[trip])
    airport = np.full(count, f"{town} Airport", dtype=object)
    posts = np.array([name for name, _ in BORDER_POSTS], dtype=object)[post]
    foreign = np.array([country for _, country in FOREIGN_CITIES], dtype=object)[city]
    behind = np.array([country for _, country in BORDER_POSTS], dtype=object)[post]
    where, country = np.where(by_air, airport, posts), np.where(by_air, foreign, behind)
    return Crossings(
        person=np.r_[person, person],
        minute=np.r_[leaving, coming],
        exit=np.r_[np.ones(count, dtype=np.bool_), np.zeros(count, dtype=np.bool_)],
        post=np.r_[where, where],
        country=np.r_[country, country],
    )
