"""Stays in hospital, of which lesson 07 reads an extract without names.

What brings somebody to hospital is drawn from age and sex alone. So nothing here says anything about families, incomes or
districts, and a neighbour's stay is no evidence about yours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dossier.republic import parameters as p
from dossier.republic import schema
from dossier.republic.draws import Integers, Stream, positions
from dossier.republic.population import Population, by_age
from dossier.republic.times import DAY, HOUR, YEAR_DAYS, YEAR_START
from dossier.republic.travel import Trips


@dataclass(frozen=True)
class Admissions:
    """Admissions to hospital, one row each."""

    person: Integers
    minute: Integers
    department: Integers
    diagnosis: Integers


def make_admissions(stream: Stream, population: Population, trips: Trips) -> Admissions:
    """Draw the year's admissions: each diagnosis once a year at most, at a rate that age and sex decide."""
    size = len(population)
    people, found = [], []
    for number, diagnosis in enumerate(p.DIAGNOSES):
        rate = by_age(diagnosis.rate, population.age) / 1_000
        rate *= np.where(population.male, diagnosis.men, diagnosis.women)
        admitted = positions(stream.chance(rate, size))
        people.append(admitted)
        found.append(np.full(len(admitted), number, dtype=np.int64))
    person, code = np.concatenate(people), np.concatenate(found)
    count = len(person)
    day = stream.below(YEAR_DAYS, count)
    minute = day * DAY + stream.choice(p.ADMISSION_HOURS, count) * HOUR + stream.below(HOUR, count)
    department = np.array([schema.DEPARTMENTS.index(one.department) for one in p.DIAGNOSES])[code]
    children = schema.DEPARTMENTS.index(p.CHILDRENS_DEPARTMENT)
    department = np.where(population.age[person] < p.CHILDRENS_DEPARTMENT_BELOW, children, department)
    born = (population.birth_date[person] - YEAR_START.astype("datetime64[D]")).astype(np.int64)
    here = (day > born) & ~trips.away(person, minute)
    return Admissions(person[here], minute[here], department[here], code[here])
