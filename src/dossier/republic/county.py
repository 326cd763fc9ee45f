"""One county: up to 10,000 people and every record about them, made from the seed alone.

The unit in which a republic of any size is made: no county needs another one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dossier.republic import parameters as p
from dossier.republic import schema
from dossier.republic.conduct import (
    Posts,
    make_judgments,
    make_offences,
    make_posts,
    make_turns,
)
from dossier.republic.draws import Integers, Stream, Texts
from dossier.republic.geography import Geography, cell_positions, make_geography
from dossier.republic.health import make_admissions
from dossier.republic.homes import Homes, bills_of, make_homes, properties_of, rentals_of
from dossier.republic.money import arrears_of, make_deposits
from dossier.republic.numbers import region_codes
from dossier.republic.phones import Sessions, make_pings, make_sessions
from dossier.republic.population import Population, make_names, make_population
from dossier.republic.ties import Ties, make_ties
from dossier.republic.times import timestamps
from dossier.republic.travel import Trips, border_crossings_of, flights_of, hotel_stays_of, make_trips


def _pick(values: tuple[str, ...], codes: Integers) -> Texts:
    """The text behind each code."""
    return np.array(values, dtype=object)[codes]


class County:
    """One county of Sorrel.

    Parameters
    ----------
    number : int
        0 (the sample's county) or greater.
    people : int
        1 to 10,000.
    seed : int
        The republic's seed.
    naming : str
        Naming regime, a key of ``parameters.NAMING_REGIMES``.
    """

    def __init__(self, number: int, people: int, seed: int, naming: str) -> None:
        self.number = number
        self.people = people
        self.seed = seed
        self.naming = naming

    def stream(self, purpose: str) -> Stream:
        """The random numbers for one purpose: each table has its own, so a new table changes no other."""
        return Stream(self.seed, purpose, self.number)

    @cached_property
    def geography(self) -> Geography:
        """Districts, cells and where things are."""
        return make_geography(self.stream("districts"), self.number)

    @cached_property
    def population(self) -> Population:
        """People and households, without their names."""
        return make_population(self.stream("people"), self.geography, self.number, self.people)

    @cached_property
    def names(self) -> tuple[Texts, Texts]:
        """Surnames and given names, the only thing that the naming regime decides."""
        return make_names(self.stream("names"), self.population, self.naming)

    @cached_property
    def ties(self) -> Ties:
        """Who knows whom."""
        return make_ties(self.stream("acquaintances"), self.population)

    @cached_property
    def homes(self) -> Homes:
        """Owners, sizes and prices of the households' homes."""
        return make_homes(self.stream("homes"), self.population, self.geography)

    @cached_property
    def trips(self) -> Trips:
        """Trips, from which hotels, flights and borders each record a part."""
        return make_trips(self.stream("trips"), self.population, self.ties)

    @cached_property
    def sessions(self) -> Sessions:
        """Internet-café sessions."""
        return make_sessions(self.stream("cafe_sessions"), self.population, self.geography, self.trips)

    @cached_property
    def posts(self) -> Posts:
        """Public posts."""
        return make_posts(self.stream("posts"), self.population)

    def cell_number(self, cell: Integers) -> Integers:
        """Numbers of cells in the republic, from those in the county."""
        return self.number * p.CELLS + cell

    def table(self, name: str) -> pd.DataFrame:
        """Make one table of the county.

        Parameters
        ----------
        name : str
            A key of ``schema.TABLES``.

        Returns
        -------
        pandas.DataFrame
            Columns and types as the schema says; registries in order of ID number and time.
        """
        return frame(name, MAKERS[name](self))

    def registry(
        self, person: Integers, minute: Integers, columns: Mapping[str, npt.NDArray[Any]]
    ) -> dict[str, npt.NDArray[Any]]:
        """Columns of a registry, in order of ID number and time."""
        order = np.lexsort((minute, self.population.id_rank[person]))
        ordered = {name: values[order] for name, values in columns.items()}
        return {
            "id_number": self.population.id_number[person[order]],
            "when": timestamps(minute[order]),
            **ordered,
        }


def frame(name: str, columns: Mapping[str, Any]) -> pd.DataFrame:
    """A table with the schema's columns, order and types."""
    table = schema.TABLES[name]
    return pd.DataFrame(
        {column.name: pd.Series(columns[column.name], dtype=column.pandas_type) for column in table.columns}
    )


def _districts(county: County) -> dict[str, Any]:
    land = county.geography
    return {
        "district": region_codes(county.number).astype(str).astype(object),
        "name": land.names,
        "county": np.full(p.DISTRICTS, county.number),
        "kind": land.kinds,
        "x": land.x,
        "y": land.y,
    }


def _cells(county: County) -> dict[str, Any]:
    cells = np.arange(p.CELLS)
    x, y = cell_positions()
    return {
        "cell": county.cell_number(cells),
        "county": np.full(p.CELLS, county.number),
        "column": cells % p.GRID,
        "row": cells // p.GRID,
        "x": x,
        "y": y,
        "district": _district_codes(county, county.geography.cell_district),
    }


def _district_codes(county: County, district: Integers) -> Texts:
    return region_codes(county.number).astype(str).astype(object)[district]


def _households(county: County) -> dict[str, Any]:
    people = county.population
    surname, _ = county.names
    return {
        "household": county.number * p.COUNTY_PEOPLE + np.arange(len(people.head)),
        "surname": surname[people.head],
        "address": people.home_address,
        "district": _district_codes(county, people.home_district),
        "cell": county.cell_number(people.home_cell),
        "size": people.home_size,
        "tenure": _pick(schema.TENURES, people.home_tenure),
        "income": people.home_income,
    }


def _people(county: County) -> dict[str, Any]:
    people = county.population
    surname, given_name = county.names
    work = pd.array(county.cell_number(people.work_cell), dtype="Int64")
    work[people.work_cell < 0] = pd.NA
    return {
        "id_number": people.id_number,
        "surname": surname,
        "given_name": given_name,
        "sex": np.where(people.male, "male", "female").astype(object),
        "birth_date": people.birth_date.astype("datetime64[us]"),
        "age": people.age,
        "household": county.number * p.COUNTY_PEOPLE + people.household,
        "role": _pick(schema.ROLES, people.role),
        "district": _district_codes(county, people.district),
        "home_cell": county.cell_number(people.cell),
        "work_cell": work,
        "activity": _pick(schema.ACTIVITIES, people.activity),
        "income": people.income,
        "phone": people.phone,
        "recklessness": people.recklessness,
    }


def _hotel_stays(county: County) -> dict[str, Any]:
    stays = hotel_stays_of(county.stream("hotel_stays"), county.trips)
    columns = {"nights": stays.nights, "city": stays.city, "hotel": stays.hotel, "room": stays.room}
    return county.registry(stays.person, stays.minute, columns)


def _flights(county: County) -> dict[str, Any]:
    flights = flights_of(county.trips, county.geography.town, county.number)
    return county.registry(
        flights.person,
        flights.minute,
        {
            "flight": flights.flight,
            "origin": flights.origin,
            "destination": flights.destination,
            "booking": county.number * 10 * p.COUNTY_PEOPLE + flights.trip,
        },
    )


def _cafe_sessions(county: County) -> dict[str, Any]:
    sessions = county.sessions
    columns = {
        "minutes": sessions.minutes,
        "cafe": county.number * p.DISTRICTS * p.CAFES_PER_DISTRICT + sessions.cafe,
        "cell": county.cell_number(sessions.cell),
    }
    return county.registry(sessions.person, sessions.minute, columns)


def _border_crossings(county: County) -> dict[str, Any]:
    crossings = border_crossings_of(county.stream("border_crossings"), county.trips, county.geography.town)
    columns = {
        "direction": _pick(schema.DIRECTIONS, (~crossings.exit).astype(np.int64)),
        "post": crossings.post,
        "country": crossings.country,
    }
    return county.registry(crossings.person, crossings.minute, columns)


def _rentals(county: County) -> dict[str, Any]:
    people = county.population
    tenant, minute, owner = rentals_of(county.stream("rentals"), people, county.homes)
    home = people.household[tenant]
    landlord = people.id_number[owner]
    landlord[owner < 0] = None
    columns = {
        "address": people.home_address[home],
        "cell": county.cell_number(people.home_cell[home]),
        "rent": county.homes.rent[home],
        "landlord": landlord,
    }
    return county.registry(tenant, minute, columns)


def _properties(county: County) -> dict[str, Any]:
    people, homes = county.population, county.homes
    owner, minute, home = properties_of(county.stream("properties"), people, homes)
    columns = {
        "address": people.home_address[home],
        "cell": county.cell_number(people.home_cell[home]),
        "area": homes.area[home],
        "value": homes.value[home],
    }
    return county.registry(owner, minute, columns)


def _deposits(county: County) -> dict[str, Any]:
    deposits = make_deposits(county.stream("deposits"), county.population)
    columns = {
        "bank": _pick(schema.BANKS, deposits.bank),
        "kind": _pick(schema.DEPOSIT_KINDS, deposits.kind),
        "amount": deposits.amount,
        "balance": deposits.balance,
    }
    return county.registry(deposits.person, deposits.minute, columns)


def _phone_pings(county: County) -> dict[str, Any]:
    stream = county.stream("phone_pings")
    pings = make_pings(stream, county.population, county.geography, county.trips, county.sessions)
    return county.registry(pings.person, pings.minute, {"cell": county.cell_number(pings.cell)})


def _judgments(county: County) -> dict[str, Any]:
    judgments = make_judgments(county.stream("judgments"), county.population, county.posts)
    columns = {
        "case": _pick(schema.CASE_KINDS, judgments.case),
        "amount": judgments.amount,
        "obeyed": judgments.obeyed,
    }
    return county.registry(judgments.person, judgments.minute, columns)


def _traffic_offences(county: County) -> dict[str, Any]:
    offences = make_offences(county.stream("traffic_offences"), county.population, county.trips)
    columns = {
        "offence": _pick(schema.OFFENCES, offences.offence),
        "cell": county.cell_number(offences.cell),
        "fine": np.array(p.OFFENCE_FINE)[offences.offence],
    }
    return county.registry(offences.person, offences.minute, columns)


def _tax_arrears(county: County) -> dict[str, Any]:
    person, minute, amount, settled = arrears_of(county.stream("tax_arrears"), county.population)
    return county.registry(person, minute, {"amount": amount, "settled": settled})


def _volunteering(county: County) -> dict[str, Any]:
    turns = make_turns(county.stream("volunteering"), county.population, county.trips)
    columns = {"activity": _pick(schema.VOLUNTEER_ACTIVITIES, turns.activity), "hours": turns.hours}
    return county.registry(turns.person, turns.minute, columns)


def _posts(county: County) -> dict[str, Any]:
    posts = county.posts
    columns = {"topic": _pick(schema.TOPICS, posts.topic), "tone": _pick(schema.TONES, posts.tone)}
    return county.registry(posts.person, posts.minute, columns)


def _utility_payments(county: County) -> dict[str, Any]:
    bills = bills_of(county.stream("utility_payments"), county.population)
    columns = {
        "service": _pick(schema.SERVICES, bills.service),
        "amount": bills.amount,
        "days_late": bills.days_late,
    }
    return county.registry(bills.person, bills.minute, columns)


def _acquaintances(county: County) -> dict[str, Any]:
    ids, ties = county.population.id_number, county.ties
    return {
        "id_number": ids[ties.first],
        "other_id_number": ids[ties.second],
        "tie": _pick(schema.TIES, ties.tie),
    }


def _hospital_stays(county: County) -> dict[str, Any]:
    admissions = make_admissions(county.stream("hospital_stays"), county.population, county.trips)
    columns = {
        "department": _pick(schema.DEPARTMENTS, admissions.department),
        "diagnosis": _pick(schema.DIAGNOSES, admissions.diagnosis),
    }
    return county.registry(admissions.person, admissions.minute, columns)


#: How each table is made; the keys are those of ``schema.TABLES``.
MAKERS: Mapping[str, Callable[[County], Mapping[str, Any]]] = MappingProxyType(
    {
        "districts": _districts,
        "cells": _cells,
        "households": _households,
        "people": _people,
        "hotel_stays": _hotel_stays,
        "flights": _flights,
        "cafe_sessions": _cafe_sessions,
        "border_crossings": _border_crossings,
        "rentals": _rentals,
        "properties": _properties,
        "deposits": _deposits,
        "phone_pings": _phone_pings,
        "judgments": _judgments,
        "traffic_offences": _traffic_offences,
        "tax_arrears": _tax_arrears,
        "volunteering": _volunteering,
        "posts": _posts,
        "utility_payments": _utility_payments,
        "acquaintances": _acquaintances,
        "hospital_stays": _hospital_stays,
    }
)
