"""Every table of Sorrel, column by column: names, types, units, meaning.

This one description makes the docstrings, the data package, the data card and the checks.
Every lesson uses it; lessons 01, 02 and 05 read it most.

Conventions
-----------
- A person is known by ``id_number`` (18 characters) in every table.
- A registry says when a record was written in the column ``when``: a timestamp exact to the minute.
- Money is in *leaves*, Sorrel's currency, always whole. Distances are in kilometres.
- The observed year is 2016. Phones are observed from Monday 7 to Sunday 20 November 2016.
- Text is ``str``, times are ``datetime64[us]``, whole numbers are ``int64`` (``Int64`` if one may be missing).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from dossier.republic import parameters

Kind = Literal["text", "integer", "number", "boolean", "date", "timestamp"]

YEAR = 2016
PHONE_WINDOW_START = "2016-11-07"
PHONE_WINDOW_DAYS = 14

PANDAS_TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        "text": "str",
        "integer": "int64",
        "number": "float64",
        "boolean": "bool",
        "date": "datetime64[us]",
        "timestamp": "datetime64[us]",
    }
)


@dataclass(frozen=True)
class Column:
    """One column: its name, logical type, meaning, unit and what it may hold.

    Parameters
    ----------
    name : str
        Column name.
    kind : {"text", "integer", "number", "boolean", "date", "timestamp"}
        Logical type; ``pandas_type`` gives the type in a data frame.
    description : str
        One line.
    unit : str
        Unit of measurement, empty where there is none.
    values : tuple of str
        The only values allowed, empty where any are.
    optional : bool
        Whether the value may be missing.
    refers_to : str
        ``table.column`` that the value must occur in, empty where none.
    minimum : int or None
        Smallest value allowed, None where there is no limit.
    """

    name: str
    kind: Kind
    description: str
    unit: str = ""
    values: tuple[str, ...] = ()
    optional: bool = False
    refers_to: str = ""
    minimum: int | None = None

    @property
    def pandas_type(self) -> str:
        """The column's type in a data frame."""
        if self.kind == "integer" and self.optional:
            return "Int64"
        return PANDAS_TYPES[self.kind]


@dataclass(frozen=True)
class Table:
    """One table: its name, group, meaning and columns.

    Parameters
    ----------
    name : str
        Table name, also the attribute of a ``Republic``.
    group : {"truth", "place", "story", "conduct", "ties", "health"}
        ``story``: the registries of the 2016 dossier. ``conduct``: what a score draws on besides. ``health``: neither.
    description : str
        One line.
    columns : tuple of Column
        In the order of the file.
    key : tuple of str
        Columns that together name a row uniquely, empty where rows may repeat.
    """

    name: str
    group: Literal["truth", "place", "story", "conduct", "ties", "health"]
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def column_names(self) -> list[str]:
        """The column names in order."""
        return [column.name for column in self.columns]


ACTIVITIES = (
    "infant",
    "pupil",
    "student",
    "employee",
    "official",
    "self-employed",
    "unemployed",
    "homemaker",
    "retired",
)
ROLES = ("head", "partner", "child", "parent", "lodger")
TENURES = ("owner", "tenant")
DISTRICT_KINDS = ("centre", "suburb", "rural")
BANKS = ("Harbour Bank", "Meadow Bank", "Granite Bank", "Lantern Bank")
DEPOSIT_KINDS = ("salary", "pension", "benefit", "business", "transfer", "cash", "interest")
DIRECTIONS = ("exit", "entry")
CASE_KINDS = ("debt", "contract", "rent", "libel", "public order")
OFFENCES = ("parking", "speeding", "red light", "phone at the wheel", "drink driving")
VOLUNTEER_ACTIVITIES = ("litter picking", "blood donation", "visiting the old", "traffic warden", "tutoring")
TOPICS = ("family", "sport", "shopping", "work", "local affairs", "government")
TONES = ("praise", "neutral", "criticism")
SERVICES = ("electricity", "water", "heating")
DEPARTMENTS = (
    "maternity",
    "internal medicine",
    "cardiology",
    "neurology",
    "oncology",
    "psychiatry",
    "surgery",
    "paediatrics",
)
DIAGNOSES = tuple(diagnosis.name for diagnosis in parameters.DIAGNOSES)
TIES = ("household", "kin", "colleague", "neighbour", "friend")


def _person(description: str = "ID number of the person") -> Column:
    return Column("id_number", "text", description, refers_to="people.id_number")


def _when(description: str) -> Column:
    return Column("when", "timestamp", description)


def _cell(description: str, name: str = "cell", optional: bool = False) -> Column:
    return Column(name, "integer", description, refers_to="cells.cell", optional=optional, minimum=0)


_DISTRICT = Column("district", "text", "six-digit code of the district", refers_to="districts.district")

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            Table(
                "districts",
                "place",
                "The ten districts of each county of 10,000 people",
                (
                    Column("district", "text", "six-digit code, the first six of an ID number issued there"),
                    Column("name", "text", "name of the district"),
                    Column("county", "integer", "number of the county, 0 for the sample", minimum=0),
                    Column("kind", "text", "how built-up it is", values=DISTRICT_KINDS),
                    Column("x", "number", "east-west position of its centre within the county", "km"),
                    Column("y", "number", "north-south position of its centre within the county", "km"),
                ),
                ("district",),
            ),
            Table(
                "cells",
                "place",
                "The phone network's cells: a grid of squares of one kilometre, 24 by 24 in each county",
                (
                    Column(
                        "cell", "integer", "number of the cell: county * 576 + row * 24 + column", minimum=0
                    ),
                    Column("county", "integer", "number of the county", minimum=0),
                    Column("column", "integer", "column in the county's grid, 0 (west) to 23", minimum=0),
                    Column("row", "integer", "row in the county's grid, 0 (south) to 23", minimum=0),
                    Column("x", "number", "east-west position of the cell's middle within the county", "km"),
                    Column(
                        "y", "number", "north-south position of the cell's middle within the county", "km"
                    ),
                    _DISTRICT,
                ),
                ("cell",),
            ),
            Table(
                "households",
                "truth",
                "People who live together at one address",
                (
                    Column("household", "integer", "number of the household", minimum=0),
                    Column("surname", "text", "surname of the head"),
                    Column("address", "text", "street and number"),
                    _DISTRICT,
                    _cell("cell of the home"),
                    Column("size", "integer", "how many live there", "people", minimum=1),
                    Column("tenure", "text", "whether the home is owned or rented", values=TENURES),
                    Column(
                        "income", "integer", "incomes of all members together", "leaves a year", minimum=0
                    ),
                ),
                ("household",),
            ),
            Table(
                "people",
                "truth",
                "The truth: everybody, with what no single registry knows",
                (
                    Column("id_number", "text", "18 characters: region, birth date, serial, check character"),
                    Column("surname", "text", "surname"),
                    Column("given_name", "text", "given name"),
                    Column("sex", "text", "as registered", values=("female", "male")),
                    Column("birth_date", "date", "date of birth"),
                    Column("age", "integer", "age on 31 December 2016", "years", minimum=0),
                    Column(
                        "household", "integer", "number of the household", refers_to="households.household"
                    ),
                    Column("role", "text", "place in the household", values=ROLES),
                    Column("district", "text", "district of residence", refers_to="districts.district"),
                    _cell("cell of the home", "home_cell"),
                    _cell(
                        "cell of work or school, missing for those with neither", "work_cell", optional=True
                    ),
                    Column("activity", "text", "main activity", values=ACTIVITIES),
                    Column("income", "integer", "own income in 2016", "leaves a year", minimum=0),
                    Column("phone", "boolean", "whether the person carries a phone"),
                    Column(
                        "recklessness",
                        "number",
                        "hidden trait, standard normal: raises offences, arrears and judgments",
                    ),
                ),
                ("id_number",),
            ),
            Table(
                "hotel_stays",
                "story",
                "A guest registered at a hotel desk; companions share hotel, room and minute",
                (
                    _person("ID number of the guest"),
                    _when("check-in"),
                    Column("nights", "integer", "length of the stay", "nights", minimum=1),
                    Column("city", "text", "city of the hotel"),
                    Column("hotel", "text", "name of the hotel"),
                    Column("room", "integer", "room number", minimum=101),
                ),
            ),
            Table(
                "flights",
                "story",
                "A seat on a flight; companions share the booking",
                (
                    _person("ID number of the passenger"),
                    _when("departure"),
                    Column("flight", "text", "flight number"),
                    Column("origin", "text", "city of departure"),
                    Column("destination", "text", "city of arrival"),
                    Column("booking", "integer", "number of the booking", minimum=0),
                ),
            ),
            Table(
                "cafe_sessions",
                "story",
                "A session at an internet café, where guests must show their ID",
                (
                    _person("ID number of the guest"),
                    _when("start of the session"),
                    Column("minutes", "integer", "length of the session", "minutes", minimum=1),
                    Column("cafe", "integer", "number of the café", minimum=0),
                    _cell("cell of the café"),
                ),
            ),
            Table(
                "border_crossings",
                "story",
                "A passport shown at an airport or a land border",
                (
                    _person("ID number of the traveller"),
                    _when("passport check"),
                    Column("direction", "text", "leaving Sorrel or coming back", values=DIRECTIONS),
                    Column("post", "text", "airport or land border post"),
                    Column("country", "text", "country travelled to or from, invented"),
                ),
            ),
            Table(
                "rentals",
                "story",
                "A tenancy: who rents which home from whom",
                (
                    _person("ID number of the tenant"),
                    _when("registration of the contract, in 2016 or before"),
                    Column("address", "text", "street and number"),
                    _cell("cell of the home"),
                    Column("rent", "integer", "rent", "leaves a month", minimum=0),
                    Column(
                        "landlord",
                        "text",
                        "ID number of the owner, missing where a company owns the home",
                        optional=True,
                        refers_to="people.id_number",
                    ),
                ),
            ),
            Table(
                "properties",
                "story",
                "A home owned: by those who live in it, or by a landlord",
                (
                    _person("ID number of the owner"),
                    _when("entry in the land register, in 2016 or before"),
                    Column("address", "text", "street and number"),
                    _cell("cell of the home"),
                    Column("area", "integer", "floor area", "square metres", minimum=1),
                    Column("value", "integer", "value in 2016", "leaves", minimum=0),
                ),
            ),
            Table(
                "deposits",
                "story",
                "Money paid into an account at one of four banks",
                (
                    _person("ID number of the account holder"),
                    _when("booking"),
                    Column("bank", "text", "name of the bank", values=BANKS),
                    Column("kind", "text", "what it was for", values=DEPOSIT_KINDS),
                    Column("amount", "integer", "amount paid in", "leaves", minimum=0),
                    Column("balance", "integer", "balance afterwards", "leaves", minimum=0),
                ),
            ),
            Table(
                "phone_pings",
                "story",
                "A phone used within a cell, 7 to 20 November 2016",
                (
                    _person("ID number of the phone's owner"),
                    _when("minute of use"),
                    _cell("cell that served the phone"),
                ),
            ),
            Table(
                "judgments",
                "conduct",
                "A court judgment against a person, 2012 to 2016",
                (
                    _person("ID number of the losing party"),
                    _when("entry of the judgment"),
                    Column("case", "text", "kind of case", values=CASE_KINDS),
                    Column("amount", "integer", "sum to be paid, 0 where none", "leaves", minimum=0),
                    Column("obeyed", "boolean", "whether the judgment was obeyed by the end of 2016"),
                ),
            ),
            Table(
                "traffic_offences",
                "conduct",
                "A traffic offence recorded by the police",
                (
                    _person("ID number of the driver"),
                    _when("offence"),
                    Column("offence", "text", "kind of offence", values=OFFENCES),
                    _cell("cell where it happened"),
                    Column("fine", "integer", "fine", "leaves", minimum=0),
                ),
            ),
            Table(
                "tax_arrears",
                "conduct",
                "A tax bill not paid on time",
                (
                    _person("ID number of the taxpayer"),
                    _when("entry in the arrears list"),
                    Column("amount", "integer", "sum owed", "leaves", minimum=1),
                    Column("settled", "boolean", "whether it was paid by the end of 2016"),
                ),
            ),
            Table(
                "volunteering",
                "conduct",
                "A turn of voluntary work signed off by an organiser",
                (
                    _person("ID number of the volunteer"),
                    _when("start"),
                    Column("activity", "text", "what was done", values=VOLUNTEER_ACTIVITIES),
                    Column("hours", "integer", "length", "hours", minimum=1),
                ),
            ),
            Table(
                "posts",
                "conduct",
                "A public post on the country's message board, which asks for the ID number",
                (
                    _person("ID number of the author"),
                    _when("posting"),
                    Column("topic", "text", "what it is about", values=TOPICS),
                    Column("tone", "text", "what it says about it", values=TONES),
                ),
            ),
            Table(
                "utility_payments",
                "conduct",
                "A bill for the home, paid by the head of the household",
                (
                    _person("ID number of the payer"),
                    _when("payment"),
                    Column("service", "text", "what was supplied", values=SERVICES),
                    Column("amount", "integer", "amount paid", "leaves", minimum=0),
                    Column(
                        "days_late", "integer", "days after the due date, 0 when on time", "days", minimum=0
                    ),
                ),
            ),
            Table(
                "acquaintances",
                "ties",
                "Who knows whom: each pair once, the smaller ID number first",
                (
                    _person("ID number of one"),
                    Column("other_id_number", "text", "ID number of the other", refers_to="people.id_number"),
                    Column("tie", "text", "how they know each other", values=TIES),
                ),
                ("id_number", "other_id_number"),
            ),
            Table(
                "hospital_stays",
                "health",
                "An admission to the county's hospital in 2016",
                (
                    _person("ID number of the patient"),
                    _when("admission"),
                    Column("department", "text", "where the patient was treated", values=DEPARTMENTS),
                    Column("diagnosis", "text", "what for", values=DIAGNOSES),
                ),
            ),
        )
    }
)

STORY_REGISTRIES: tuple[str, ...] = tuple(name for name, table in TABLES.items() if table.group == "story")
CONDUCT_REGISTRIES: tuple[str, ...] = tuple(
    name for name, table in TABLES.items() if table.group == "conduct"
)
