"""Deposits at four banks, and taxes not paid on time.

Lesson 05 reads a life from the deposits; lesson 02 turns arrears into points.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dossier.republic import parameters as p
from dossier.republic import schema
from dossier.republic.draws import Booleans, Floats, Integers, Stream, owners, positions, repeat
from dossier.republic.population import Population, logistic
from dossier.republic.schema import DEPOSIT_KINDS
from dossier.republic.times import DAY, HOUR, YEAR_DAYS, office_hours, weekday

_MONTH_ENDS = (
    np.arange(f"{schema.YEAR}-02", f"{schema.YEAR + 1}-02", dtype="datetime64[M]").astype("datetime64[D]")
    - np.datetime64(f"{schema.YEAR}-01-01")
).astype(np.int64) - 1
KIND = {name: code for code, name in enumerate(DEPOSIT_KINDS)}


@dataclass(frozen=True)
class Deposits:
    """Money paid in, one row each, in order of person, bank and time."""

    person: Integers
    minute: Integers
    bank: Integers
    kind: Integers
    amount: Integers
    balance: Integers


def make_deposits(stream: Stream, population: Population) -> Deposits:
    """Draw the year's deposits: regular income month by month, irregular ones, and interest on the last day."""
    size = len(population)
    holder = population.age >= p.ACCOUNT_AGE
    main = stream.choice(p.BANK_SHARE, size)
    other = (main + 1 + stream.below(len(p.BANK_SHARE) - 1, size)) % len(p.BANK_SHARE)
    second = holder & stream.chance(p.SECOND_BANK, size)
    income = population.income.astype(np.float64)

    parts: list[tuple[Integers, Integers, Integers, Integers, Integers]] = []

    # Regular income: one payment at each month's end, or the working day before, at the employer's fixed minute.
    regular = np.select(
        [
            population.activity_is("employee", "official"),
            population.activity_is("retired"),
            population.activity_is("unemployed"),
            population.activity_is("student"),
        ],
        [KIND["salary"], KIND["pension"], KIND["benefit"], KIND["transfer"]],
        -1,
    )
    paid = positions((regular >= 0) & holder)
    back = stream.below(7, size)
    minute_of_day = stream.between(5 * HOUR, 9 * HOUR, size)
    person = repeat(paid, np.full(len(paid), len(_MONTH_ENDS)))
    day = np.tile(_MONTH_ENDS, len(paid)) - back[person]
    day -= np.maximum(weekday(day) - 4, 0)
    amount = np.rint(income[person] / 12).astype(np.int64)
    parts.append(
        (person, day * DAY + minute_of_day[person], main[person], regular[person].astype(np.int64), amount)
    )

    # The self-employed are paid when customers pay.
    own = np.where(population.activity_is("self-employed"), p.BUSINESS_DEPOSITS, 0.0) * holder
    person = owners(stream.poisson(own, size))
    parts.append(
        _irregular(stream, person, main[person], KIND["business"], income / p.BUSINESS_DEPOSITS, 0.7)
    )

    # Everybody now and then: money from others, and cash.
    for kind in ("transfer", "cash"):
        person = owners(stream.poisson(holder * (p.OTHER_DEPOSITS / 2), size))
        bank = np.where(second[person] & stream.chance(0.5, len(person)), other[person], main[person])
        share, spread = p.OTHER_DEPOSIT_SIZE
        parts.append(_irregular(stream, person, bank, KIND[kind], share * (income + 15_000.0), spread))

    # Interest closes the year in every account.
    share, spread, floor = p.OPENING
    opening = floor + np.rint(share * (income + 4_000.0) * np.exp(spread * stream.normal(size)))
    in_second = np.where(second, np.floor(opening * stream.uniform(size)), 0.0)
    account_person = np.r_[positions(holder), positions(second)]
    account_bank = np.r_[main[holder], other[second]]
    account_opening = np.r_[(opening - in_second)[holder], in_second[second]].astype(np.int64)
    interest = np.rint(p.INTEREST * account_opening).astype(np.int64)
    last_minute = np.full(len(account_person), (YEAR_DAYS - 1) * DAY + 23 * HOUR + 30, dtype=np.int64)
    yearly = np.full(len(account_person), KIND["interest"], dtype=np.int64)
    parts.append((account_person, last_minute, account_bank, yearly, interest))

    person, minute, bank, kinds, amount = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((kinds, minute, bank, person))
    person, minute, bank, kinds, amount = (column[order] for column in (person, minute, bank, kinds, amount))
    # Balance: opening, plus what is kept of earlier deposits, plus this one.
    opening_of = np.zeros((size, len(p.BANK_SHARE)), dtype=np.int64)
    opening_of[account_person, account_bank] = account_opening
    low, high = p.SAVED
    kept = low + (high - low) * stream.uniform(size)
    before = _running_total(person * len(p.BANK_SHARE) + bank, amount) - amount
    balance = opening_of[person, bank] + np.rint(kept[person] * before).astype(np.int64) + amount
    return Deposits(person, minute, bank, kinds, amount, balance)


def _irregular(
    stream: Stream, person: Integers, bank: Integers, kind: int, median: Floats, spread: float
) -> tuple[Integers, Integers, Integers, Integers, Integers]:
    """Deposits at any time of the year, lognormal around each person's ``median``, in whole tens."""
    count = len(person)
    minute = office_hours(stream, stream.below(YEAR_DAYS - 3, count))
    amount = (
        np.maximum(np.rint(median[person] * np.exp(spread * stream.normal(count)) / 10), 1).astype(np.int64)
        * 10
    )
    return person, minute, bank, np.full(count, kind, dtype=np.int64), amount


def _running_total(group: Integers, amount: Integers) -> Integers:
    """Running total of ``amount`` within each run of equal ``group``."""
    total = np.cumsum(amount)
    starts = (
        np.flatnonzero(np.r_[True, group[1:] != group[:-1]]) if len(group) else np.zeros(0, dtype=np.int64)
    )
    lengths = np.diff(np.r_[starts, len(group)])
    return total - repeat(total[starts] - amount[starts], lengths)


def arrears_of(stream: Stream, population: Population) -> tuple[Integers, Integers, Integers, Booleans]:
    """Person, minute, sum owed and whether settled, of each tax bill not paid on time."""
    size = len(population)
    taxed = (population.income > 0) & (population.age >= p.ADULT_AGE)
    constant, reckless, own = p.ARREARS_LOG_ODDS
    odds = constant + reckless * population.recklessness + own * population.activity_is("self-employed")
    person = positions(stream.chance(logistic(odds), size) & taxed)
    count = len(person)
    share, spread = p.ARREARS_SIZE
    amount = (
        np.rint(share * population.income[person] * np.exp(spread * stream.normal(count)) / 10).astype(
            np.int64
        )
        * 10
    )
    constant, reckless = p.SETTLED_LOG_ODDS
    settled = stream.chance(logistic(constant + reckless * population.recklessness[person]), count)
    # Tax is due at the end of April; the list grows from June on.
    minute = office_hours(stream, stream.between(152, YEAR_DAYS - 1, count))
    return person, minute, np.maximum(amount, 10), settled
