"""The sample's data package (Frictionless) and data card, both read off the schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dossier.republic import parameters as p
from dossier.republic import schema
from dossier.republic.schema import Column, Table

_FRICTIONLESS_TYPES = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "datetime",
}
ID_PATTERN = "6[789]\\d{15}[\\dX]"


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _FRICTIONLESS_TYPES[column.kind],
        "description": column.description + (f" ({column.unit})" if column.unit else ""),
    }
    if column.kind == "timestamp":
        field["format"] = "%Y-%m-%d %H:%M"
    constraints: dict[str, Any] = {} if column.optional else {"required": True}
    if column.values:
        constraints["enum"] = list(column.values)
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.name == "id_number" or column.refers_to == "people.id_number":
        constraints["pattern"] = ID_PATTERN
    return {**field, "constraints": constraints} if constraints else field


def _resource(table: Table) -> dict[str, Any]:
    description: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        description["primaryKey"] = list(table.key)
    keys = []
    for column in table.columns:
        if column.refers_to:
            other, field = column.refers_to.split(".")
            reference = {"resource": "" if other == table.name else other, "fields": [field]}
            keys.append({"fields": [column.name], "reference": reference})
    if keys:
        description["foreignKeys"] = keys
    return {
        "name": table.name,
        "description": table.description,
        "path": f"sorrel/{table.name}.csv.gz",
        "scheme": "file",
        "format": "csv",
        "compression": "gz",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "type": "table",
        "profile": "tabular-data-resource",
        "schema": description,
    }


def data_package() -> dict[str, Any]:
    """The sample's descriptor for ``datapackage.json``, after the Frictionless Data Package standard."""
    return {
        "name": "sorrel",
        "title": "The Republic of Sorrel: 10,000 invented people and the records about them",
        "description": "Everybody in it is invented. See README.md, the data card.",
        "profile": "tabular-data-package",
        "version": f"1.{p.GENERATOR_VERSION}.0",
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0 International",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "resources": [_resource(table) for table in schema.TABLES.values()],
    }


def data_card(rows: Mapping[str, int]) -> str:
    """The data card, in Markdown.

    Parameters
    ----------
    rows : Mapping of str to int
        Number of rows of each table.
    """
    parts = [
        _CARD.format(
            people=f"{p.SAMPLE_PEOPLE:,}",
            seed=p.SAMPLE_SEED,
            year=schema.YEAR,
            days=schema.PHONE_WINDOW_DAYS,
            version=p.GENERATOR_VERSION,
        )
    ]
    for name, table in schema.TABLES.items():
        parts.append(
            f"\n### {name}\n\n{table.description}. {rows[name]:,} rows.\n\n| column | type | meaning |\n|---|---|---|\n"
        )
        for column in table.columns:
            kind = column.kind + (", may be missing" if column.optional else "")
            meaning = column.description + (f" ({column.unit})" if column.unit else "")
            if column.values:
                meaning += ": " + ", ".join(column.values)
            parts.append(f"| `{column.name}` | {kind} | {meaning} |\n")
    return "".join(parts)


_CARD = """\
# Sorrel: the data card

**No real person is in this data.** The Republic of Sorrel does not exist. Its {people} people were drawn by a program, their
names are made of syllables, and their ID numbers begin with region codes that no country has issued.

`sorrel/` holds the tables as compressed CSV, `datapackage.json` describes them for machines (Frictionless Data Package),
`manifest.json` holds their checksums. `evidence/` is something else: the documented facts and cases that the course cites.
A program writes this file and those three: to change them, change `src/dossier/republic/` and restore the sample.
`linkage/` holds registers of invented people that other programs made, to try lesson 06's linkage on; its README says more.

## What it is for

To let you try, on a whole country and without harm, what records about people make possible: scores, joins, dossiers,
fingerprints, leaks. The registries are those of a newspaper's 2016 test (ledger F1-001), in which one ID number bought a
colleague's hotel stays, flights, café sessions, border crossings, rentals, property and bank deposits; the phone locations
are its second purchase (F1-004). The others are what a citizen score would draw on.

## What it is not fit for

- **Saying anything about a real country, group or person.** Most parameters are our choice; the few that rest on published
  figures are named beside them in `src/dossier/republic/parameters.py`.
- **Testing whether a real data set is safe to publish.** Here you know how everything was made.
- **Training or judging a product.** People here follow a handful of rules; real ones do not.
- **Questions about ethnicity, religion or politics.** Nothing of the kind is in it, on purpose.
- **Questions about health.** `hospital_stays` is there so that lesson 07 can name the patients of an "anonymised" extract. Its
  rates are invented, and depend on age and sex alone.

What differs from life: nobody is born, dies, moves or marries during {year}; a county is closed, so friends, schools, jobs
and landlords are all within it; travellers leave it and come back; a phone away from the county leaves no trace;
the land is a square.

## How it was made

`Republic.generate(people=10_000, seed={seed}, naming="concentrated")`, version {version} of the generator in
`src/dossier/republic/`. Each table draws from a random stream of its own. To make these files again, byte for byte:

    python -m dossier republic --restore

To make a larger country: `python -m dossier republic --people 1_000_000 --out FOLDER`.

- Counties have 10,000 people (this sample is one), ten districts and a grid of 24 by 24 one-kilometre cells.
- Households come first, then ages, work, incomes, homes; then ties, trips, phones, money and conduct, which depend on them.
- `recklessness` in `people` is a hidden trait behind offences, arrears and judgments: no registry records it, and a lesson
  may ask how well a score finds it.
- The tables hold no errors. `dossier.republic.errors` adds typing errors, missing and stale values and duplicates at
  rates that you state, and says where.
- Observed: {year}; phones for {days} days from {year}-11-07; contracts and judgments also from earlier years.

## Terms

Creative Commons Attribution 4.0 (CC BY 4.0). Cite the course as `CITATION.cff` says. An error in the data? Please report
it where you found the course.

## Tables

Times are local and exact to the minute; money is in *leaves*, the currency of Sorrel, of which one is meant to buy about what
a yuan bought in 2016. An empty field is a missing value.
"""
