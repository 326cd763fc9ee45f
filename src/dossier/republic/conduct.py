"""What a score punishes and rewards: judgments, offences, voluntary work, posts.

Lessons 02 to 04 score these. Each is drawn from plausible causes (recklessness, income, age, tenancy), so that a scheme of
points favours and hits some more than others without anyone deciding it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dossier.republic import parameters as p
from dossier.republic import schema
from dossier.republic.draws import Booleans, Integers, Stream, counted, cumulative, owners, tally
from dossier.republic.population import TENANT, Population, by_age, logistic
from dossier.republic.schema import CASE_KINDS, TOPICS
from dossier.republic.times import DAY, HOUR, YEAR_DAYS, office_hours, weekday
from dossier.republic.travel import Trips

PRAISE, NEUTRAL, CRITICISM = range(len(schema.TONES))
_FIRST_DAY = int(
    (
        np.datetime64(f"{schema.YEAR - p.JUDGMENT_YEARS + 1}-01-01") - np.datetime64(f"{schema.YEAR}-01-01")
    ).astype(np.int64)
)


@dataclass(frozen=True)
class Posts:
    """Public posts, one row each."""

    person: Integers
    minute: Integers
    topic: Integers
    tone: Integers


def make_posts(stream: Stream, population: Population) -> Posts:
    """Draw the year's public posts."""
    size = len(population)
    writes = stream.chance(by_age(p.POSTER_SHARE, population.age), size)
    median, spread = p.POSTS
    number = np.clip(np.rint(median * np.exp(spread * stream.normal(size))), 1, p.POSTS_AT_MOST)
    outspoken = stream.chance(p.OUTSPOKEN, size)
    person, _ = counted(np.where(writes, number, 0).astype(np.int64))
    count = len(person)
    minute = stream.below(YEAR_DAYS, count) * DAY
    minute += stream.choice(p.PING_HOURS_WEEKEND, count) * HOUR + stream.below(HOUR, count)
    topic = stream.choice(p.TOPIC_SHARE, count)
    criticism = np.minimum(
        np.array(p.CRITICISM)[topic] * np.where(outspoken[person], p.OUTSPOKEN_FACTOR, 1.0), 0.9
    )
    praise = np.array(p.PRAISE)[topic] * (1 - criticism)
    drawn = stream.uniform(count)
    tone = np.select([drawn < criticism, drawn < criticism + praise], [CRITICISM, PRAISE], NEUTRAL).astype(
        np.int64
    )
    return Posts(person, minute, topic, tone)


@dataclass(frozen=True)
class Judgments:
    """Court judgments, one row each."""

    person: Integers
    minute: Integers
    case: Integers
    amount: Integers
    obeyed: Booleans


def make_judgments(stream: Stream, population: Population, posts: Posts) -> Judgments:
    """Draw five years of judgments: over debts for most, over words for some who criticise the government."""
    size = len(population)
    adult_years = np.clip(population.age - p.ADULT_AGE, 0, p.JUDGMENT_YEARS)
    loud = (posts.topic == TOPICS.index("government")) & (posts.tone == CRITICISM)
    critic = tally(posts.person[loud], size) > 0
    reckless, wealth = p.JUDGMENT_EFFECT
    rate = (
        p.JUDGMENT_RATE
        * adult_years
        * np.exp(reckless * population.recklessness + wealth * population.wealth_score)
    )
    person = owners(stream.poisson(rate * np.where(critic, p.CRITIC_FACTOR, 1.0), size))
    count = len(person)
    tenant = population.home_tenure[population.household[person]] == TENANT
    tables = cumulative(np.array([p.CASE_SHARE_OWNER, p.CASE_SHARE_TENANT, p.CASE_SHARE_CRITIC]))
    case = stream.choice_by_row(tables, np.where(critic[person], 2, tenant).astype(np.int64))
    # Nobody is judged before coming of age.
    first = YEAR_DAYS - np.floor(adult_years[person] * 365.25).astype(np.int64)
    first = np.maximum(first, _FIRST_DAY + 3)
    day = first + stream.below(YEAR_DAYS - first, count)
    median, spread = p.JUDGMENT_AMOUNT
    amount = np.rint(median * np.exp(spread * stream.normal(count)) / 100).astype(np.int64) * 100
    amount = np.where(case == CASE_KINDS.index("public order"), 0, np.maximum(amount, 100))
    constant, reckless, wealth = p.OBEYED_LOG_ODDS
    odds = constant + reckless * population.recklessness[person] + wealth * population.wealth_score[person]
    return Judgments(person, office_hours(stream, day), case, amount, stream.chance(logistic(odds), count))


@dataclass(frozen=True)
class Offences:
    """Traffic offences, one row each."""

    person: Integers
    minute: Integers
    offence: Integers
    cell: Integers


def make_offences(stream: Stream, population: Population, trips: Trips) -> Offences:
    """Draw the year's traffic offences, near home or near work, drink driving at night."""
    size = len(population)
    drives = stream.chance(by_age(p.DRIVER_SHARE, population.age), size)
    rate = p.OFFENCE_RATE * drives * np.exp(p.OFFENCE_EFFECT * population.recklessness)
    person = owners(stream.poisson(rate, size))
    count = len(person)
    offence = stream.choice(p.OFFENCE_SHARE, count)
    day = stream.below(YEAR_DAYS, count)
    by_day = stream.choice(p.PING_HOURS_WEEKDAY, count)
    by_night = (22 + stream.below(6, count)) % 24
    drunk = offence == len(p.OFFENCE_SHARE) - 1
    minute = day * DAY + np.where(drunk, by_night, by_day) * HOUR + stream.below(HOUR, count)
    work = population.work_cell[person]
    near_work = (work >= 0) & stream.chance(0.5, count)
    cell = np.where(near_work, work, population.cell[person])
    here = ~trips.away(person, minute)
    return Offences(person[here], minute[here], offence[here], cell[here])


@dataclass(frozen=True)
class Turns:
    """Turns of voluntary work, one row each."""

    person: Integers
    minute: Integers
    activity: Integers
    hours: Integers


def make_turns(stream: Stream, population: Population, trips: Trips) -> Turns:
    """Draw the year's voluntary work: mostly the young and the old, mostly at weekends."""
    size = len(population)
    able = (population.age >= 14) & (population.age < 85)
    constant, reckless, free = p.VOLUNTEER_LOG_ODDS
    has_time = (population.age >= 60) | (population.age < 30)
    volunteers = (
        stream.chance(logistic(constant + reckless * population.recklessness + free * has_time), size) & able
    )
    median, spread = p.VOLUNTEER_TURNS
    number = np.clip(np.rint(median * np.exp(spread * stream.normal(size))), 1, p.VOLUNTEER_TURNS_AT_MOST)
    usual = stream.below(len(schema.VOLUNTEER_ACTIVITIES), size)
    person, _ = counted(np.where(volunteers, number, 0).astype(np.int64))
    count = len(person)
    day = stream.below(YEAR_DAYS - 6, count)
    to_saturday = np.where(stream.chance(0.7, count), (5 - weekday(day)) % 7, 0)
    day = day + to_saturday
    # One turn a day at most.
    _, first = np.unique(person * YEAR_DAYS + day, return_index=True)
    minute = day * DAY + stream.between(8 * HOUR, 17 * HOUR, count) // 15 * 15
    other = stream.below(len(schema.VOLUNTEER_ACTIVITIES), count)
    activity = np.where(stream.chance(0.8, count), usual[person], other)
    hours = stream.between(1, 5, count)
    away = trips.away(person, minute) | trips.away(person, minute + hours * HOUR)
    keep = first[~away[first]]
    return Turns(person[keep], minute[keep], activity[keep], hours[keep])
