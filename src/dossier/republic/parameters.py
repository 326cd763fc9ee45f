"""Every parameter of Sorrel, with its reason.

A ledger id (F4-015) points to ``data/evidence/ledger.csv``. *Recalled* marks a figure that is well known in the literature
but was not read again for this course. *Our choice* marks the rest: a plausible value for an invented country, which claims
nothing about a real one. Changing a value changes Sorrel: raise ``GENERATOR_VERSION`` and restore the sample.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class RankSize(NamedTuple):
    """How concentrated names are: share of rank r in proportion to ``(r + offset) ** -exponent``.

    Attributes
    ----------
    number : int
        Number of names.
    top : float
        Share of the commonest name that the curve is fitted to.
    top_hundred : float
        Share of the hundred commonest together that the curve is fitted to.
    exponent, offset : float
        What ``names.fit_rank_size`` finds for those two.
    """

    number: int
    top: float
    top_hundred: float
    exponent: float
    offset: float


#: Part of every larger republic's configuration: files of two versions never mix.
GENERATOR_VERSION = 2

#: Seed and size of the committed sample.
SAMPLE_SEED = 2016
SAMPLE_PEOPLE = 10_000

# --- Counties and ID numbers ------------------------------------------------------------------------------------------

#: People in a full county. A county is the unit that can be made alone, so it bounds the memory a large republic needs.
COUNTY_PEOPLE = 10_000
#: Districts in a county, each with a region code of its own.
DISTRICTS = 10
#: First region code. China's codes begin 11 to 15, 21 to 23, 31 to 37, 41 to 46, 50 to 54, 61 to 65, 71, 81 to 83, and 9
#: for foreign residents (GB/T 2260 as python-stdnum carries it); 66 is used in statistics for a body without codes of its
#: own. None begins 67, 68 or 69, and no leading zero can be eaten by a spreadsheet.
FIRST_REGION = 670_000
#: Counties that the codes 670000 to 699999 allow, hence at most 30 million people.
MAXIMUM_COUNTIES = 3_000
MAXIMUM_PEOPLE = COUNTY_PEOPLE * MAXIMUM_COUNTIES
#: Share of people registered at birth in another district than they live in (our choice: the number says where one
#: comes from, not where one is).
BORN_ELSEWHERE = 0.30

# --- Names ------------------------------------------------------------------------------------------------------------

#: Surnames: share of the rank r is proportional to (r + offset) ** -exponent (Zipf-Mandelbrot). Exponent and offset are
#: what `names.fit_rank_size` gives for the two shares named here.
#: "concentrated": the commonest surname covers 7.2 % (F4-017), the hundred commonest 85.9 % (F4-015), as in China; the
#: three commonest then cover 18.7 %, about a fifth.
#: "many": the commonest covers 0.8 %, the hundred commonest 15 % (our choice: a country of many rare surnames).
NAMING_REGIMES: Mapping[str, RankSize] = MappingProxyType(
    {
        "concentrated": RankSize(4_000, 0.072, 0.859, 1.809942, 9.924486),
        "many": RankSize(20_000, 0.008, 0.15, 0.701523, 1.842203),
    }
)
#: Given names of each sex, on the same curve in every regime (our choice: the commonest 3 %, the hundred commonest 70 %).
GIVEN_NAMES = RankSize(600, 0.03, 0.70, 1.362317, 15.246607)
#: Founders of households (heads, partners who keep their name, lodgers) to one family line: kin outside the home.
FOUNDERS_PER_FAMILY = 3
#: Share of partners who bear the head's surname (our choice: linkage must see both).
PARTNER_TAKES_SURNAME = 0.7

# --- Land -------------------------------------------------------------------------------------------------------------

#: Side of the county's grid of one-kilometre cells. 24 can be halved, cut into three, four, six, eight and twelve, which
#: lesson 07 needs to coarsen it. Homes cluster, so that the average person shares a home cell with 200 others, near the 230
#: people to an antenna of the published unicity study (recalled).
GRID = 24
CELLS = GRID * GRID
#: Districts: kind, distance and direction of their centres from the middle, share of the county's homes, standard deviation
#: of the homes around the centre in km, relative price of a square metre (our choice: one town, its suburbs, villages).
DISTRICT_KINDS = ("centre",) * 2 + ("suburb",) * 4 + ("rural",) * 4
DISTRICT_DISTANCE_KM = (1.5, 1.5, 5.0, 5.0, 5.0, 5.0, 9.0, 9.0, 9.0, 9.0)
DISTRICT_DIRECTION_DEGREES = (0, 180, 45, 135, 225, 315, 0, 90, 180, 270)
DISTRICT_SHARE = (0.15, 0.15, 0.12, 0.12, 0.12, 0.12, 0.055, 0.055, 0.055, 0.055)
DISTRICT_SPREAD_KM = (0.7, 0.7, 0.75, 0.75, 0.75, 0.75, 0.6, 0.6, 0.6, 0.6)
DISTRICT_JITTER_KM = 0.5
PRICE_PER_SQUARE_METRE = {"centre": 6_500, "suburb": 4_800, "rural": 2_400}
#: Mean of the households' standardised log income by kind, and the spread between districts of one kind (our choice).
DISTRICT_INCOME = {"centre": 0.25, "suburb": 0.20, "rural": -0.45}
DISTRICT_INCOME_SPREAD = 0.25
#: Jobs fall off exponentially around the district centres: weight by kind, scale in km (our choice).
JOBS = {"centre": 10.0, "suburb": 2.5, "rural": 0.6}
JOBS_SCALE_KM = 0.8
#: Chance of taking a job falls off exponentially with the distance from home (our choice: a mean way to work of a few km).
COMMUTE_SCALE_KM = 5.0
STREETS_PER_CELL = 3

# --- Households and ages ----------------------------------------------------------------------------------------------

#: Household types: share, members after the head, bands of the head's age with weights (our choice: 2.4 people a home and
#: an ageing country; the test states the age pyramid that results).
HOUSEHOLD_TYPES: tuple[tuple[float, tuple[str, ...], tuple[tuple[int, int, float], ...]], ...] = (
    (0.290, (), ((18, 29, 0.22), (30, 44, 0.20), (45, 64, 0.22), (65, 79, 0.24), (80, 95, 0.12))),
    (0.270, ("partner",), ((22, 34, 0.22), (35, 49, 0.11), (50, 64, 0.33), (65, 79, 0.28), (80, 92, 0.06))),
    (0.140, ("partner", "child"), ((24, 34, 0.35), (35, 49, 0.50), (50, 58, 0.15))),
    (0.105, ("partner", "child", "child"), ((26, 34, 0.25), (35, 49, 0.68), (50, 55, 0.07))),
    (0.030, ("partner", "child", "child", "child"), ((28, 34, 0.25), (35, 49, 0.75))),
    (0.050, ("child",), ((22, 34, 0.35), (35, 54, 0.65))),
    (0.020, ("child", "child"), ((24, 34, 0.35), (35, 50, 0.65))),
    (0.035, ("partner", "parent", "child"), ((28, 39, 0.40), (40, 55, 0.60))),
    (0.020, ("partner", "parent", "parent", "child", "child"), ((30, 39, 0.50), (40, 50, 0.50))),
    (0.025, ("lodger",), ((19, 34, 1.0),)),
    (0.015, ("lodger", "lodger"), ((19, 34, 1.0),)),
)
#: Partners differ by up to this many years; parents of the head are older by a uniform number in the range; a child is at
#: most 21 and at least 22 years younger than the head (our choice).
PARTNER_AGE_GAP = 5
PARENT_AGE_GAP = (22, 34)
CHILD_OLDEST = 21
PARENT_YOUNGEST = 22
SAME_SEX_COUPLES = 0.02
LODGER_AGES = (19, 34)
OLDEST = 103

# --- Work and income --------------------------------------------------------------------------------------------------

#: Ages at which school begins and ends; share of people aged 18 to 23 who study; retirement (our choice).
SCHOOL_AGE = 6
ADULT_AGE = 18
STUDENT_UNTIL = 23
STUDENT_SHARE = 0.45
EARLY_RETIREMENT_AGE = 60
EARLY_RETIREMENT_SHARE = 0.5
RETIREMENT_AGE = 68
LATE_WORK_SHARE = 0.04
#: Activity of adults who neither study nor are retired, by sex (our choice).
WORKING_ACTIVITIES = ("employee", "official", "self-employed", "unemployed", "homemaker")
ACTIVITY_SHARE = {"female": (0.68, 0.08, 0.07, 0.06, 0.11), "male": (0.72, 0.08, 0.12, 0.06, 0.02)}
#: Median income in leaves a year. A leaf is meant to buy about what a yuan bought in 2016, so that the story's 700 yuan
#: keeps its meaning (our choice; the household's and the person's own luck are added below).
MEDIAN_INCOME = {
    "infant": 0,
    "pupil": 0,
    "student": 6_000,
    "employee": 52_000,
    "official": 50_000,
    "self-employed": 46_000,
    "unemployed": 9_000,
    "homemaker": 0,
    "retired": 22_000,
}
#: Log income: standard deviation shared by the household and of the person alone. Two members' luck then correlates by
#: 0.36**2 / (0.36**2 + 0.42**2) = 0.42 (our choice: partners resemble each other).
INCOME_SHARED = 0.36
INCOME_OWN = 0.42
#: Officials' pay follows a scale, so their own luck counts for less; the self-employed gamble.
INCOME_OWN_FACTOR = {"official": 0.5, "self-employed": 1.6}
#: Log income grows by this per year of age from 35, down and up, until 50.
INCOME_PER_YEAR = 0.012
#: Carrying a phone, by age from (our choice).
PHONE_SHARE = ((0, 0.0), (10, 0.35), (13, 0.85), (16, 0.97), (65, 0.86), (80, 0.60))

# --- Homes ------------------------------------------------------------------------------------------------------------

#: Log odds of owning the home: constant, per standard deviation of log household income, per year of the head's age
#: over 45 (our choice: about three in five own). Lodgers' homes are always rented.
OWNER_LOG_ODDS = (0.35, 0.9, 0.05)
#: Share of rented homes that belong to a person; landlords are drawn in proportion to a power of their income.
PRIVATE_LANDLORD_SHARE = 0.75
LANDLORD_INCOME_POWER = 2.0
#: Floor area: median square metres for one person, and for each further one; spread of the logarithm.
AREA = (52.0, 16.0, 0.22)
#: Spread of the logarithm of a home's price per square metre and its tie to the household's income.
PRICE_SPREAD = 0.15
PRICE_INCOME = 0.15
#: Rent a year over value (our choice, near one twentieth), its spread; mean years since the contract or the purchase.
RENT_YIELD = (0.045, 0.12)
RENTAL_YEARS = 3.0
OWNERSHIP_YEARS = 11.0
#: Bills of the home in leaves a bill: fixed part, part per person, months (due dates), by service.
BILLS: dict[str, tuple[int, int, tuple[int, ...]]] = {
    "electricity": (90, 68, (2, 5, 8, 12)),
    "water": (20, 30, (3, 6, 9, 11)),
    "heating": (700, 60, (1, 11)),
}
BILL_SPREAD = 0.25
#: Log odds that a bill is paid late: constant, per unit of recklessness, per standard deviation of log income; mean days.
LATE_LOG_ODDS = (-3.2, 0.9, -0.5)
LATE_DAYS = 9.0

# --- Who knows whom ---------------------------------------------------------------------------------------------------

#: Ties that a person proposes, mean number: neighbours in the cell, colleagues at the place of work or school, friends.
#: Real networks are clustered and yet a few steps wide (Watts & Strogatz 1998, recalled).
NEIGHBOUR_TIES = 0.9
COLLEAGUE_TIES = 1.4
FRIEND_TIES = 1.6
KIN_TIES = 1.2
#: Share of friends made among people of one's own age and district (homophily: McPherson et al. 2001, recalled), the rest
#: anywhere in the county; mean distance in the list ordered by district and age.
FRIENDS_ALIKE = 0.82
FRIEND_REACH = 12.0
#: Introductions: mean number of times that a person makes two of their acquaintances, at most so many years apart, known to
#: each other (our choice: it closes triangles, as acquaintance does).
INTRODUCTIONS = 2.0
INTRODUCTION_YEARS = 15

# --- Travel -----------------------------------------------------------------------------------------------------------

#: Trips that an adult leads in a year, at the median income; power of income; spread of the personal taste for travel
#: (log), which makes the same people fly and stay in hotels; factor by activity (our choice).
TRIPS_PER_YEAR = 0.50
TRIP_INCOME_POWER = 0.6
TRIP_TASTE = 0.8
TRIP_FACTOR = {
    "student": 0.8,
    "employee": 1.0,
    "official": 1.2,
    "self-employed": 1.4,
    "unemployed": 0.5,
    "homemaker": 0.6,
    "retired": 0.8,
}
#: Kinds of trip and their shares; nights are 1 + geometric with this chance of one more, at most MAXIMUM_NIGHTS.
TRIP_KINDS = ("inland by road", "inland by air", "abroad by air", "abroad by road")
TRIP_KIND_SHARE = (0.50, 0.22, 0.16, 0.12)
TRIP_MORE_NIGHTS = (0.45, 0.55, 0.80, 0.60)
MAXIMUM_NIGHTS = 14
#: Trips by month, January first: summer and the turn of the year are busy.
TRIP_MONTHS = (1.1, 1.0, 0.8, 0.9, 1.0, 1.1, 1.4, 1.4, 1.0, 1.1, 0.9, 1.1)
#: Who comes along: nobody, the household (at most four travel), one friend or colleague; share of such pairs who share the room.
COMPANY_SHARE = (0.48, 0.34, 0.18)
FAMILY_AT_MOST = 4
PAIR_SHARES_ROOM = 0.7
#: Share of inland flyers who sleep in a hotel rather than with friends.
FLYER_IN_HOTEL = 0.92
CITIES = 12
CITY_SHARE_POWER = 0.8
FOREIGN_CITIES = 8
HOTELS_PER_CITY = 6
HOTEL_FLOORS = 9
ROOMS_PER_FLOOR = 30

# --- Internet cafés ---------------------------------------------------------------------------------------------------

#: Guests by age from (share of people, our choice); visits a year: median and spread of the logarithm.
CAFE_GUEST_SHARE = ((0, 0.0), (12, 0.10), (16, 0.26), (30, 0.10), (45, 0.03), (65, 0.0))
CAFES_PER_DISTRICT = 2
CAFE_VISITS = (10.0, 1.0)
CAFE_VISITS_AT_MOST = 150
CAFE_MINUTES = (85.0, 0.6)
CAFE_HOURS = (0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 3, 4, 4, 5, 5, 6, 7, 9, 11, 12, 10, 6, 3)

# --- Phones -----------------------------------------------------------------------------------------------------------

#: Recorded uses in two weeks: median, spread of the logarithm, least, most. About 40 on average keeps the file small; their
#: spread is wide, as it is in real records, and decides how many points single somebody out: with these, four do for about
#: 97 %, near the published 95 % (F4-005), and the share falls slowly as places and hours are coarsened (F4-006).
PINGS = (25.0, 0.95, 6, 320)
#: Uses by hour of the day, midnight first (our choice: quiet nights, an evening peak).
PING_HOURS_WEEKDAY = (3, 2, 1, 1, 1, 3, 9, 18, 23, 22, 23, 24, 28, 23, 22, 23, 26, 32, 34, 33, 30, 25, 16, 8)
PING_HOURS_WEEKEND = (6, 4, 2, 1, 1, 2, 4, 8, 15, 22, 26, 28, 29, 27, 26, 26, 27, 28, 30, 30, 28, 24, 18, 10)
#: Where people are, by hour: share at work or school on weekdays, share elsewhere (the rest is home).
AT_WORK = (
    0,
    0,
    0,
    0,
    0,
    0,
    0.02,
    0.15,
    0.55,
    0.8,
    0.82,
    0.82,
    0.62,
    0.78,
    0.82,
    0.8,
    0.75,
    0.5,
    0.18,
    0.08,
    0.04,
    0.02,
    0,
    0,
)
ELSEWHERE_WORKDAY = (0.03, 0.02, 0.01, 0.01, 0.01, 0.02, 0.04, 0.1, 0.12, 0.09, 0.09, 0.1, 0.25, 0.12, 0.09, 0.1, 0.12,
                     0.2, 0.32, 0.34, 0.32, 0.24, 0.13, 0.07)  # fmt: skip
ELSEWHERE_FREE_DAY = (0.06, 0.04, 0.02, 0.01, 0.01, 0.02, 0.04, 0.08, 0.18, 0.3, 0.38, 0.42, 0.42, 0.42, 0.44, 0.44, 0.42,
                      0.42, 0.4, 0.38, 0.36, 0.3, 0.2, 0.12)  # fmt: skip
#: Taste for going out: a factor on the share elsewhere, its median and the spread of its logarithm (our choice: many
#: stay at home, a few never do).
OUTING_TASTE = (0.8, 0.8)
#: Factor for children under 14 and for people of 80 and over.
STAY_NEAR_HOME = 0.6
#: Exploration and preferential return (Song et al. 2010, recalled): the chance that the next outing goes somewhere new is
#: rho * S ** -gamma, S the number of places known; else a past outing is repeated.
EXPLORATION_RHO = 0.6
EXPLORATION_GAMMA = 0.21
#: Outings before the two weeks that already formed habits.
HABIT_OUTINGS = 12
#: A new place is chosen in proportion to what it offers times (1 + distance in km) ** -power (a jump-size exponent of 1.55,
#: Song et al. 2010, recalled).
JUMP_POWER = 1.55
#: Share of uses served by a neighbouring cell, as happens at cells' edges (our choice).
NEIGHBOUR_CELL = 0.08

# --- Money ------------------------------------------------------------------------------------------------------------

#: Shares of the four banks; chance of an account at a second one; people from this age hold accounts (our choice).
BANK_SHARE = (0.38, 0.27, 0.20, 0.15)
SECOND_BANK = 0.3
ACCOUNT_AGE = 16
#: Opening balance over yearly income: median and spread of the logarithm; floor in leaves.
OPENING = (0.35, 1.1, 200)
#: Share of each deposit that stays in the account, between these (the rest is spent before the next).
SAVED = (0.0, 0.30)
#: Further deposits a year: transfers and cash; their median in leaves over yearly income, and spread of the logarithm.
OTHER_DEPOSITS = 1.4
OTHER_DEPOSIT_SIZE = (0.02, 0.8)
BUSINESS_DEPOSITS = 9.0
INTEREST = 0.015

# --- Conduct ----------------------------------------------------------------------------------------------------------

#: Judgments a year for an average adult; effect on the log rate of one unit of recklessness and one standard deviation of log
#: income; years covered (our choice: about one adult in twenty-five has one).
JUDGMENT_RATE = 0.008
JUDGMENT_EFFECT = (0.7, -0.35)
JUDGMENT_YEARS = 5
#: Kinds for owners, tenants, and those who criticised the government in public.
CASE_SHARE_OWNER = (0.55, 0.38, 0.0, 0.04, 0.03)
CASE_SHARE_TENANT = (0.42, 0.26, 0.26, 0.03, 0.03)
CASE_SHARE_CRITIC = (0.32, 0.20, 0.08, 0.22, 0.18)
CRITIC_FACTOR = 1.6
JUDGMENT_AMOUNT = (7_000.0, 1.1)
OBEYED_LOG_ODDS = (1.4, -0.7, 0.4)
#: Drivers by age from (share); offences a year of an average driver; effect of recklessness; kinds, then fines.
DRIVER_SHARE = ((0, 0.0), (18, 0.55), (25, 0.78), (65, 0.6), (80, 0.2))
OFFENCE_RATE = 0.35
OFFENCE_EFFECT = 0.6
OFFENCE_SHARE = (0.46, 0.36, 0.10, 0.065, 0.015)
OFFENCE_FINE = (100, 200, 300, 250, 2_000)
#: Chance of a late tax bill in the year (log odds): constant, recklessness, self-employed; sum owed over income.
ARREARS_LOG_ODDS = (-4.3, 0.8, 1.3)
ARREARS_SIZE = (0.05, 0.8)
SETTLED_LOG_ODDS = (1.0, -0.6)
#: Volunteers (log odds): constant, recklessness, age over 60 or under 30; turns a year: median and spread of the logarithm.
VOLUNTEER_LOG_ODDS = (-2.5, -0.5, 0.5)
VOLUNTEER_TURNS = (4.0, 0.9)
VOLUNTEER_TURNS_AT_MOST = 60
#: People who post, by age from (share); posts a year: median and spread of the logarithm, heavy-tailed as in any forum.
POSTER_SHARE = ((0, 0.0), (13, 0.25), (18, 0.38), (45, 0.22), (65, 0.08))
POSTS = (5.0, 1.1)
POSTS_AT_MOST = 200
TOPIC_SHARE = (0.27, 0.20, 0.17, 0.14, 0.13, 0.09)
#: Share of critical and of praising posts by topic; outspoken people (share) criticise this many times as often.
CRITICISM = (0.05, 0.20, 0.15, 0.22, 0.30, 0.22)
PRAISE = (0.35, 0.30, 0.25, 0.15, 0.20, 0.25)
OUTSPOKEN = 0.15
OUTSPOKEN_FACTOR = 2.5

# --- Hospital ---------------------------------------------------------------------------------------------------------


class Diagnosis(NamedTuple):
    """What brings people to hospital.

    Attributes
    ----------
    name : str
        What the file says.
    department : str
        Where adults are treated.
    rate : tuple of (int, float)
        Admissions a year per 1,000 people, by age from.
    women, men : float
        Factors on the rate.
    """

    name: str
    department: str
    rate: tuple[tuple[int, float], ...]
    women: float = 1.0
    men: float = 1.0


#: Our choice throughout, and no statistics of any country: about one person in thirteen is admitted in a year, the old far more often
#: than the young; some diagnoses are for one sex, and some nobody wants read out. None depends on anything but age and sex.
DIAGNOSES = (
    Diagnosis("birth of a child", "maternity", ((0, 0), (18, 40), (25, 85), (35, 35), (45, 0)), 1, 0),
    Diagnosis("miscarriage", "maternity", ((0, 0), (18, 7), (35, 10), (45, 0)), 1, 0),
    Diagnosis("pneumonia", "internal medicine", ((0, 10), (5, 3), (18, 2), (45, 4), (65, 15), (80, 40))),
    Diagnosis("diabetes", "internal medicine", ((0, 1), (18, 2), (45, 6), (65, 12))),
    Diagnosis("kidney failure", "internal medicine", ((0, 0.5), (45, 3), (65, 9))),
    Diagnosis("asthma", "internal medicine", ((0, 8), (15, 3), (45, 4))),
    Diagnosis("HIV infection", "internal medicine", ((0, 0), (18, 1), (60, 0.3)), 0.6, 1.4),
    Diagnosis("heart attack", "cardiology", ((0, 0), (35, 1), (50, 5), (65, 12), (80, 20)), 0.6, 1.4),
    Diagnosis("heart failure", "cardiology", ((0, 0), (50, 4), (65, 14), (80, 40))),
    Diagnosis("stroke", "neurology", ((0, 0.2), (45, 3), (65, 12), (80, 28))),
    Diagnosis("epilepsy", "neurology", ((0, 3), (18, 2))),
    Diagnosis("breast cancer", "oncology", ((0, 0), (30, 2), (45, 6), (65, 7)), 1, 0.01),
    Diagnosis("prostate cancer", "oncology", ((0, 0), (50, 4), (65, 10)), 0, 1),
    Diagnosis("bowel cancer", "oncology", ((0, 0), (45, 2), (65, 7))),
    Diagnosis("depression", "psychiatry", ((0, 0), (13, 5), (18, 8), (65, 5)), 1.2, 0.8),
    Diagnosis("alcohol dependence", "psychiatry", ((0, 0), (18, 4), (30, 8), (65, 4)), 0.5, 1.5),
    Diagnosis("eating disorder", "psychiatry", ((0, 0), (13, 6), (30, 1), (45, 0)), 1.7, 0.3),
    Diagnosis("broken bone", "surgery", ((0, 6), (5, 10), (18, 8), (65, 16), (80, 40))),
    Diagnosis("appendicitis", "surgery", ((0, 2), (5, 6), (30, 3))),
    Diagnosis("gallstones", "surgery", ((0, 0), (18, 4), (45, 8)), 1.4, 0.6),
    Diagnosis("hernia", "surgery", ((0, 2), (18, 3), (45, 7)), 0.3, 1.7),
)
#: Everybody younger than this is treated in the children's department, whatever it is.
CHILDRENS_DEPARTMENT = "paediatrics"
CHILDRENS_DEPARTMENT_BELOW = 16
#: Admissions by hour of the day, midnight first: most in the morning, some at any hour.
ADMISSION_HOURS = (2, 2, 1, 1, 1, 2, 4, 9, 13, 14, 12, 9, 7, 7, 6, 5, 5, 4, 4, 4, 4, 3, 3, 2)
