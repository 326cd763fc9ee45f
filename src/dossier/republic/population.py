"""The people of a county: households, ages, work, incomes, ID numbers, names.

Every lesson stands on these two tables; they are the truth that no registry holds as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dossier.republic import parameters as p
from dossier.republic import schema
from dossier.republic.draws import (
    Booleans,
    Floats,
    Integers,
    Stream,
    Texts,
    counted,
    cumulative,
    rank_within,
    span,
)
from dossier.republic.geography import Geography
from dossier.republic.names import curve, given_name_stock, surname_stock
from dossier.republic.numbers import issue, region_codes
from dossier.republic.schema import ACTIVITIES, ROLES

HEAD, PARTNER, CHILD, PARENT, LODGER = range(len(ROLES))
OWNER, TENANT = 0, 1
ACTIVITY = {name: code for code, name in enumerate(ACTIVITIES)}


@dataclass(frozen=True)
class Population:
    """The people and households of one county, as arrays.

    Attributes of people have shape (n,), those of households shape (h,) and names that begin with ``home_`` or ``head``.

    Attributes
    ----------
    household : ndarray of int
        Household of each person, counted from 0 within the county.
    role, activity, age, income : ndarray of int
        Codes into ``ROLES`` and ``ACTIVITIES``; years; leaves a year.
    male, phone : ndarray of bool
        Sex; whether the person carries a phone.
    birth_date : ndarray of datetime64[D]
        Date of birth.
    born_in : ndarray of int
        District where the birth was registered.
    family : ndarray of int
        Family line: those of one line bear one surname, in one home or in several.
    work_cell : ndarray of int
        Cell of work or school, -1 for none.
    recklessness : ndarray of float
        Hidden trait, standard normal, three decimals.
    id_number : ndarray of object
        ID numbers, all different.
    id_rank : ndarray of int
        Position of each person in the order of ID numbers.
    wealth_score : ndarray of float
        Standardised log household income of the person's household.
    head : ndarray of int
        First person of each household.
    home_district, home_cell, home_size, home_tenure, home_income : ndarray of int
        District and cell within the county, number of people, ``OWNER`` or ``TENANT``, leaves a year.
    home_address : ndarray of object
        Street and number, all different within the county.
    """

    household: Integers
    role: Integers
    activity: Integers
    age: Integers
    income: Integers
    male: Booleans
    phone: Booleans
    birth_date: npt.NDArray[np.datetime64]
    born_in: Integers
    family: Integers
    work_cell: Integers
    recklessness: Floats
    id_number: Texts
    id_rank: Integers
    wealth_score: Floats
    head: Integers
    home_district: Integers
    home_cell: Integers
    home_size: Integers
    home_tenure: Integers
    home_income: Integers
    home_address: Texts

    def __len__(self) -> int:
        """Number of people."""
        return len(self.household)

    def activity_is(self, *names: str) -> Booleans:
        """Which people have one of these main activities."""
        return np.isin(self.activity, [ACTIVITY[name] for name in names])

    @property
    def district(self) -> Integers:
        """District of residence of each person, shape (n,)."""
        return self.home_district[self.household]

    @property
    def cell(self) -> Integers:
        """Cell of the home of each person, shape (n,)."""
        return self.home_cell[self.household]


def by_age(steps: tuple[tuple[int, float], ...], age: Integers) -> Floats:
    """Value at each ``age`` of a step function given as (age from, value)."""
    starts = np.array([start for start, _ in steps])
    values = np.array([value for _, value in steps], dtype=np.float64)
    return values[np.searchsorted(starts, age, side="right") - 1]


def logistic(log_odds: Floats) -> Floats:
    """Probability with the given log odds."""
    return np.asarray(1 / (1 + np.exp(-log_odds)), dtype=np.float64)


def make_population(stream: Stream, geography: Geography, county: int, people: int) -> Population:
    """Settle a county with exactly ``people`` people."""
    types = p.HOUSEHOLD_TYPES
    kind = stream.choice([share for share, _, _ in types], people)
    sizes = np.array([1 + len(members) for _, members, _ in types])[kind]
    households = int(np.searchsorted(np.cumsum(sizes), people)) + 1
    kind, sizes = kind[:households], sizes[:households].copy()
    # The last household is cut so that the county has exactly the people asked for.
    sizes[-1] -= sizes.sum() - people
    head = np.cumsum(sizes) - sizes
    household, place = counted(sizes)

    longest = max(len(members) for _, members, _ in types)
    composition = np.array(
        [
            [HEAD] + [ROLES.index(m) for m in members] + [0] * (longest - len(members))
            for _, members, _ in types
        ]
    )
    role = composition[kind[household], place].astype(np.int64)

    head_age = np.zeros(households, dtype=np.int64)
    band_uniform, within = stream.uniform(households), stream.uniform(households)
    for code, (_, _, bands) in enumerate(types):
        chosen = kind == code
        band = np.searchsorted(
            cumulative([weight for _, _, weight in bands]), band_uniform[chosen], side="right"
        )
        low = np.array([start for start, _, _ in bands])[band]
        high = np.array([end for _, end, _ in bands])[band]
        head_age[chosen] = low + np.floor(within[chosen] * (high - low + 1)).astype(np.int64)

    of_head = head_age[household]
    uniform = stream.uniform(people)
    gap = np.floor(uniform * (2 * p.PARTNER_AGE_GAP + 1)).astype(np.int64) - p.PARTNER_AGE_GAP
    oldest_child = np.clip(of_head - p.PARENT_YOUNGEST, 0, p.CHILD_OLDEST)
    youngest_gap, widest_gap = p.PARENT_AGE_GAP
    age = np.select(
        [role == HEAD, role == PARTNER, role == CHILD, role == PARENT],
        [
            of_head,
            np.maximum(of_head + gap, p.ADULT_AGE),
            np.floor(uniform * (oldest_child + 1)).astype(np.int64),
            np.minimum(
                of_head + youngest_gap + np.floor(uniform * (widest_gap - youngest_gap + 1)).astype(np.int64),
                p.OLDEST,
            ),
        ],
        p.LODGER_AGES[0] + np.floor(uniform * (p.LODGER_AGES[1] - p.LODGER_AGES[0] + 1)).astype(np.int64),
    ).astype(np.int64)

    male = stream.chance(0.5, people)
    same_sex = stream.chance(p.SAME_SEX_COUPLES, people)
    male = np.where(role == PARTNER, male[head[household]] ^ ~same_sex, male)

    year_start = (schema.YEAR - 1970 - age).astype("datetime64[Y]").astype("datetime64[D]")
    next_year = (schema.YEAR - 1970 - age + 1).astype("datetime64[Y]").astype("datetime64[D]")
    birth_date = year_start + np.floor(
        stream.uniform(people) * (next_year - year_start).astype(np.int64)
    ).astype("timedelta64[D]")

    # Family lines: founders found or join one; children and the head's parents have the head's.
    takes_surname = stream.chance(p.PARTNER_TAKES_SURNAME, people)
    founds = (role == HEAD) | (role == LODGER) | ((role == PARTNER) & ~takes_surname)
    lines = max(1, int(founds.sum()) // p.FOUNDERS_PER_FAMILY)
    family = stream.below(lines, people)
    family = np.where(founds, family, family[head[household]])

    home_district = stream.choice(p.DISTRICT_SHARE, households)
    home_cell = stream.choice_by_row(geography.homes, home_district)
    moved = stream.chance(p.BORN_ELSEWHERE, people)
    born_in = np.where(moved, stream.choice(p.DISTRICT_SHARE, people), home_district[household]).astype(
        np.int64
    )

    activity = _activities(stream, age, male)
    shared = stream.normal(households) + geography.income[home_district]
    median = np.array([p.MEDIAN_INCOME[name] for name in ACTIVITIES], dtype=np.float64)[activity]
    own_factor = np.array([p.INCOME_OWN_FACTOR.get(name, 1.0) for name in ACTIVITIES])[activity]
    seniority = np.where((age >= p.ADULT_AGE) & (age < p.RETIREMENT_AGE), np.minimum(age, 50) - 35, 0)
    log_factor = (
        p.INCOME_SHARED * shared[household]
        + p.INCOME_OWN * own_factor * stream.normal(people)
        + p.INCOME_PER_YEAR * seniority
    )
    # Pay is agreed in hundreds.
    income = np.rint(median * np.exp(log_factor) / 100).astype(np.int64) * 100

    home_income = np.add.reduceat(income, head)
    log_income = np.log(home_income + 5_000.0)
    standard_income = (log_income - np.log(75_000.0)) / 0.8
    constant, per_income, per_year = p.OWNER_LOG_ODDS
    owner_odds = logistic(constant + per_income * standard_income + per_year * (head_age - 45))
    sharers = np.array([members[:1] == ("lodger",) for _, members, _ in types])[kind]
    owns = stream.chance(owner_odds, households) & ~sharers
    home_tenure = np.where(owns, OWNER, TENANT).astype(np.int64)

    works = np.isin(activity, [ACTIVITY[name] for name in ("employee", "official", "self-employed")])
    workplace = stream.choice_by_row(geography.workplaces, home_cell[household])
    work_cell = np.select(
        [works, activity == ACTIVITY["pupil"], activity == ACTIVITY["student"]],
        [workplace, geography.school[home_district[household]], geography.college],
        -1,
    ).astype(np.int64)

    phone = stream.chance(by_age(p.PHONE_SHARE, age), people)
    recklessness = stream.normal(people).round(3)

    street = home_cell * p.STREETS_PER_CELL + stream.below(p.STREETS_PER_CELL, households)
    house_number = rank_within(street) + 1
    streets = geography.streets
    address = np.array(
        [f"{name} {number}" for name, number in zip(streets[street], house_number.tolist(), strict=True)],
        dtype=object,
    )

    id_number = issue(region_codes(county)[born_in], birth_date, male, stream.below(499, people))
    id_rank = np.empty(people, dtype=np.int64)
    id_rank[np.argsort(id_number.astype("U18"), kind="stable")] = span(people)

    return Population(
        household=household,
        role=role,
        activity=activity,
        age=age,
        income=income,
        male=male,
        phone=phone,
        birth_date=birth_date,
        born_in=born_in,
        family=family,
        work_cell=work_cell,
        recklessness=recklessness,
        id_number=id_number,
        id_rank=id_rank,
        wealth_score=standard_income[household],
        head=head,
        home_district=home_district,
        home_cell=home_cell,
        home_size=sizes,
        home_tenure=home_tenure,
        home_income=home_income,
        home_address=address,
    )


def _activities(stream: Stream, age: Integers, male: Booleans) -> Integers:
    """Main activity of each person by age and sex."""
    size = len(age)
    uniform = stream.uniform(size)
    working = np.array([ACTIVITY[name] for name in p.WORKING_ACTIVITIES])
    women, men = (
        np.searchsorted(cumulative(p.ACTIVITY_SHARE[sex]), uniform, side="right")
        for sex in ("female", "male")
    )
    at_work = working[np.where(male, men, women)]
    other = stream.uniform(size)
    return np.select(
        [
            age < p.SCHOOL_AGE,
            age < p.ADULT_AGE,
            (age <= p.STUDENT_UNTIL) & (other < p.STUDENT_SHARE),
            (age >= p.RETIREMENT_AGE) & (other < p.LATE_WORK_SHARE),
            age >= p.RETIREMENT_AGE,
            (age >= p.EARLY_RETIREMENT_AGE) & (other < p.EARLY_RETIREMENT_SHARE),
        ],
        [ACTIVITY[name] for name in ("infant", "pupil", "student", "self-employed", "retired", "retired")],
        at_work,
    ).astype(np.int64)


def make_names(stream: Stream, population: Population, naming: str) -> tuple[Texts, Texts]:
    """Surnames and given names of a county's people, each of shape (n,).

    Surnames go to family lines by systematic sampling (evenly spaced quantiles in random order), so that a small county
    keeps to the regime's shares instead of to the luck of a few lines.
    """
    families = int(population.family.max()) + 1
    quantiles = (np.arange(families) + float(stream.uniform(1)[0])) / families
    quantiles = quantiles[stream.order(families)]
    given = stream.uniform(len(population))
    rank = np.searchsorted(curve(p.NAMING_REGIMES[naming]), quantiles, side="right")
    surname = surname_stock()[rank[population.family]]
    given_rank = np.searchsorted(curve(p.GIVEN_NAMES), given, side="right")
    women, men = (given_name_stock(sex, p.GIVEN_NAMES.number) for sex in ("female", "male"))
    return surname, np.where(population.male, men[given_rank], women[given_rank])
