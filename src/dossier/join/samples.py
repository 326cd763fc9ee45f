"""Registers to link that nobody here made: FEBRL 4, and a census beside wage forms from pseudopeople.

Lesson 06 and the benchmark try the linkage of `dossier.join.linking` on them, because whoever makes the errors and the remedy may have
fitted the one to the other. ``data/linkage/README.md`` says where they come from. With each stands a plan: what is compared, which
pairs are looked at, what the weights are learnt from. The plans were chosen on FEBRL 4 and on the census called "tuning"; "held_out"
was linked once, afterwards. m, u and all shares are learnt without the truth.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

import pandas as pd

from dossier._data import data_folder
from dossier.join.comparing import Field
from dossier.join.linking import Plan

Sample = Literal["tuning", "held_out"]

FOLDER = "linkage"
RESTORE = "Take it from the course's repository again."


class LinkageDataDamaged(RuntimeError):
    """A file of registers is missing or is not what it was."""


class Registers(NamedTuple):
    """Two registers and the truth about them.

    Attributes
    ----------
    left, right : pandas.DataFrame
        Text; an empty text is a missing value. Rows numbered from 0.
    truth : pandas.DataFrame of int
        Columns ``left`` and ``right``: the rows that are about one person. Only for evaluation.
    """

    left: pd.DataFrame
    right: pd.DataFrame
    truth: pd.DataFrame


_FEBRL_FIELDS = (
    Field("given_name", "name"),
    Field("surname", "name"),
    Field("street_number", "number", (1,)),
    Field("address_1", "name"),
    Field("address_2", "name"),
    Field("suburb", "name"),
    Field("postcode", "number", (1,)),
    Field("state"),
    Field("date_of_birth", "number"),
)
_FEBRL_BLOCKING = (
    ("given_name", "surname"),
    ("date_of_birth",),
    ("surname", "postcode"),
    ("given_name", "postcode"),
    ("surname", "street_number"),
    ("given_name", "street_number"),
    ("surname", "suburb"),
    ("given_name", "suburb"),
    ("address_1",),
)
_FEBRL_TRAINING = (("date_of_birth",), ("given_name", "surname"))

#: FEBRL 4 with its identity number, ``soc_sec_id``.
FEBRL_4 = Plan(
    (*_FEBRL_FIELDS, Field("soc_sec_id", "number")), (*_FEBRL_BLOCKING, ("soc_sec_id",)), _FEBRL_TRAINING
)
#: FEBRL 4 without it.
FEBRL_4_WITHOUT_ID = Plan(_FEBRL_FIELDS, _FEBRL_BLOCKING, _FEBRL_TRAINING)

#: Census against wage forms: no number, no birth date. The address is one field, because street and number of one house do not
#: agree independently, and because an address that hundreds share (a prison, a college) says little.
CENSUS_AND_W2 = Plan(
    fields=(
        Field("first_name", "name"),
        Field("middle_initial"),
        Field("last_name", "name"),
        Field("address", "name", (0.95,)),
        Field("unit_number"),
    ),
    blocking=(
        ("first_name", "last_name"),
        ("first_name", "middle_initial", "street_name"),
        ("last_name", "street_name"),
        ("street_number", "street_name"),
        ("last_name", "middle_initial"),
        ("first_name", "street_number"),
        ("last_name", "street_number"),
        ("first_name", "street_name"),
    ),
    training=(
        ("first_name", "last_name"),
        ("first_name", "middle_initial"),
        ("last_name", "middle_initial"),
    ),
    shared=("last_name", "address", "unit_number"),
)


def febrl4() -> Registers:
    """Return FEBRL 4: 5,000 invented people, and a copy of each with up to ten errors.

    Returns
    -------
    Registers
        Columns ``given_name``, ``surname``, ``street_number``, ``address_1``, ``address_2``, ``suburb``, ``postcode``, ``state``,
        ``date_of_birth``, ``soc_sec_id``.

    Raises
    ------
    LinkageDataDamaged
        If a file is missing or damaged.
    """
    return Registers(_read("febrl4_left"), _read("febrl4_right"), _read("febrl4_truth"))


def census_and_w2(sample: Sample = "tuning") -> Registers:
    """Return a census (left) and the wage forms of the same year (right), both of pseudopeople's invented town.

    Parameters
    ----------
    sample : {"tuning", "held_out"}
        The two differ in year and in the seed of their errors.

    Returns
    -------
    Registers
        Columns ``first_name``, ``middle_initial``, ``last_name``, ``street_number``, ``street_name``, ``unit_number``, and
        ``address``, which is number and street together. A person has one row in the census at most, and in the forms as many as
        jobs.

    Raises
    ------
    ValueError
        If ``sample`` is another.
    LinkageDataDamaged
        If a file is missing or damaged.
    """
    if sample not in get_args(Sample):
        raise ValueError(f"sample is {sample!r}: allowed is one of {', '.join(map(repr, get_args(Sample)))}")
    left, right = _read(f"census_{sample}"), _read(f"w2_{sample}")
    for table in (left, right):
        address = table["street_number"] + " " + table["street_name"]
        table["address"] = address.where((table["street_number"] != "") & (table["street_name"] != ""), "")
    return Registers(left, right, _read(f"census_w2_{sample}_truth"))


def _read(name: str) -> pd.DataFrame:
    return _checked(data_folder() / FOLDER, name).copy()


@cache
def _checked(folder: Path, name: str) -> pd.DataFrame:
    """A table of the folder, if it is what the descriptor says."""
    entry = _described(folder, name)
    path = folder / entry["path"]
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise LinkageDataDamaged(f"{path} is missing. {RESTORE}") from None
    if f"sha256:{hashlib.sha256(content).hexdigest()}" != entry["hash"]:
        raise LinkageDataDamaged(
            f"{path} is not the file that datapackage.json describes (its checksum differs). {RESTORE}"
        )
    text = gzip.decompress(content)
    types: dict[str, Any] = {
        field["name"]: "int64" if field["type"] == "integer" else str for field in entry["schema"]["fields"]
    }
    return pd.read_csv(io.BytesIO(text), dtype=types, keep_default_na=False, na_filter=False)


def _described(folder: Path, name: str) -> dict[str, Any]:
    path = folder / "datapackage.json"
    try:
        resources = json.loads(path.read_text(encoding="utf-8"))["resources"]
        return next(resource for resource in resources if resource["name"] == name)
    except FileNotFoundError:
        raise LinkageDataDamaged(f"{path} is missing. {RESTORE}") from None
    except (ValueError, KeyError, TypeError, StopIteration):
        raise LinkageDataDamaged(f"{path} is damaged: it does not describe {name!r}. {RESTORE}") from None
