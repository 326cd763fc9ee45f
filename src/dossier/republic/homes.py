"""Who owns, who rents, who pays the bills: the registries of homes.

Lesson 01 counts them, lesson 05 maps them. Each is read off the households.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dossier.republic import parameters as p
from dossier.republic import schema
from dossier.republic.draws import Floats, Integers, Stream, cumulative, owners, positions
from dossier.republic.geography import Geography
from dossier.republic.population import OWNER, TENANT, Population, logistic
from dossier.republic.times import DAY, YEAR_DAYS, office_hours


@dataclass(frozen=True)
class Homes:
    """The home of each household: arrays of shape (h,).

    Attributes
    ----------
    owner : ndarray of int
        Person who owns it, -1 for a company.
    area, value, rent : ndarray of int
        Square metres; leaves; leaves a month (0 where the household owns).
    """

    owner: Integers
    area: Integers
    value: Integers
    rent: Integers


def make_homes(stream: Stream, population: Population, geography: Geography) -> Homes:
    """Size and price a county's homes and find landlords for those that are rented."""
    count = len(population.head)
    first, further, spread = p.AREA
    wealth = population.wealth_score[population.head]
    area = (first + further * (population.home_size - 1)) * np.exp(
        spread * stream.normal(count) + 0.08 * wealth
    )
    area = np.maximum(np.rint(area), 14).astype(np.int64)
    price = np.array([p.PRICE_PER_SQUARE_METRE[kind] for kind in geography.kinds], dtype=np.float64)
    price_here = price[population.home_district] * np.exp(
        p.PRICE_SPREAD * stream.normal(count) + p.PRICE_INCOME * wealth
    )
    value = np.rint(area * price_here / 1_000).astype(np.int64) * 1_000
    rent_yield, rent_spread = p.RENT_YIELD
    rented = population.home_tenure == TENANT
    rent = (
        np.rint(value * rent_yield / 12 * np.exp(rent_spread * stream.normal(count)) / 10).astype(np.int64)
        * 10
    )

    # Landlords own their own home; the richer, the likelier.
    candidates = population.head[population.home_tenure == OWNER]
    private = stream.chance(p.PRIVATE_LANDLORD_SHARE, count)
    drawn = stream.uniform(count)
    landlord = np.full(count, -1, dtype=np.int64)
    if len(candidates):
        weight = (population.income[candidates] + 1_000.0) ** p.LANDLORD_INCOME_POWER
        landlord = candidates[np.searchsorted(cumulative(weight), drawn, side="right")]
    owner = np.where(rented, np.where(private, landlord, -1), population.head)
    return Homes(owner=owner, area=area, value=value, rent=np.where(rented, rent, 0))


def _registered(stream: Stream, population: Population, person: Integers, mean_years: float) -> Integers:
    """When a contract was registered: some years ago, but not before the person came of age."""
    oldest = np.maximum(population.age[person] - p.ADULT_AGE + 0.5, 0.5)
    # An exponential cut at the oldest possible age of the contract.
    years = -mean_years * np.log1p(-stream.uniform(len(person)) * -np.expm1(-oldest / mean_years))
    day = YEAR_DAYS - 1 - np.floor(years * 365.25).astype(np.int64)
    return office_hours(stream, day)


def rentals_of(stream: Stream, population: Population, homes: Homes) -> tuple[Integers, Integers, Integers]:
    """Tenant, minute of registration and landlord (-1 for a company) of each rented home, by household number."""
    rented = positions(population.home_tenure == TENANT)
    tenant = population.head[rented]
    return tenant, _registered(stream, population, tenant, p.RENTAL_YEARS), homes.owner[rented]


def properties_of(
    stream: Stream, population: Population, homes: Homes
) -> tuple[Integers, Integers, Integers]:
    """Owner, minute of registration and household number of each home that a person owns."""
    owned = positions(homes.owner >= 0)
    owner = homes.owner[owned]
    return owner, _registered(stream, population, owner, p.OWNERSHIP_YEARS), owned


@dataclass(frozen=True)
class Bills:
    """Bills paid, one row each."""

    person: Integers
    minute: Integers
    service: Integers
    amount: Integers
    days_late: Integers


def bills_of(stream: Stream, population: Population) -> Bills:
    """The year's bills of all homes, each paid by the head of the household around its due date."""
    count = len(population.head)
    taste: Floats = np.exp(p.BILL_SPREAD * stream.normal(count))
    bills = [(code, month) for code, service in enumerate(schema.SERVICES) for month in p.BILLS[service][2]]
    service = np.tile(np.array([code for code, _ in bills]), count)
    month = np.tile(np.array([month for _, month in bills]), count)
    household = owners(np.full(count, len(bills), dtype=np.int64))
    fixed = np.array([p.BILLS[name][0] for name in schema.SERVICES])[service]
    each = np.array([p.BILLS[name][1] for name in schema.SERVICES])[service]
    size = len(household)
    amount = (
        (fixed + each * population.home_size[household])
        * taste[household]
        * np.exp(0.1 * stream.normal(size))
    )

    person = population.head[household]
    constant, reckless, wealth = p.LATE_LOG_ODDS
    odds = constant + reckless * population.recklessness[person] + wealth * population.wealth_score[person]
    late = stream.chance(logistic(odds), size)
    days_late = np.where(late, 1 + np.floor(stream.exponential(p.LATE_DAYS, size)), 0).astype(np.int64)
    due = (
        np.array([f"{schema.YEAR}-{m:02d}-20" for m in range(1, 13)], dtype="datetime64[D]")
        - np.datetime64(f"{schema.YEAR}-01-01")
    ).astype(np.int64)[month - 1]
    early = stream.below(12, size)
    # A bill of December that is paid in January belongs to the next year's file.
    days_late = np.minimum(days_late, YEAR_DAYS - 1 - due)
    day = due + np.where(days_late > 0, days_late, -early)
    minute = day * DAY + stream.between(7 * 60, 22 * 60, size)
    return Bills(person, minute, service, np.rint(amount).astype(np.int64), days_late)
