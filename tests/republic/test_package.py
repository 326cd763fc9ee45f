"""The data package and the data card: written from the schema, valid, and true of the files."""

import json
import re

import frictionless
import pytest

from dossier.republic import TABLES, Republic
from dossier.republic.package import ID_PATTERN, data_card, data_package
from dossier.republic.storage import as_json, csv_text, data_folder, sample_manifest


def test_the_committed_descriptor_is_the_schema():
    assert (data_folder() / "datapackage.json").read_bytes() == as_json(data_package())


def test_the_sample_keeps_to_its_descriptor():
    """Frictionless reads every file; of the long ones the first 5,000 rows, for it checks row by row."""
    package = frictionless.Package(str(data_folder() / "datapackage.json"))
    report = package.validate(limit_rows=5_000, parallel=False)
    assert report.valid, report.flatten(["title", "message"])[:5]
    assert {task.name for task in report.tasks} == set(TABLES)


@pytest.mark.parametrize(
    ("table", "old", "new", "error"),
    [
        ("judgments", ",debt,", ",theft,", "constraint-error"),
        ("judgments", "\n67", "\n11", "constraint-error"),
        ("judgments", ":", ".", "type-error"),
        ("judgments", ",obeyed", ",heeded", "incorrect-label"),
    ],
)
def test_the_descriptor_notices_what_does_not_belong(tmp_path, monkeypatch, table, old, new, error):
    resource = next(resource for resource in data_package()["resources"] if resource["name"] == table)
    text = csv_text(table, Republic.sample().tables[table]).decode()
    assert old in text
    # Frictionless reads only below the working folder.
    monkeypatch.chdir(tmp_path)
    schema = frictionless.Schema.from_descriptor({**resource["schema"], "foreignKeys": []})
    (tmp_path / "table.csv").write_text(text, encoding="utf-8")
    assert frictionless.validate("table.csv", schema=schema).valid
    (tmp_path / "table.csv").write_text(text.replace(old, new, 1), encoding="utf-8")
    assert error in {row[0] for row in frictionless.validate("table.csv", schema=schema).flatten(["type"])}


def test_every_id_number_has_the_pattern(sorrel):
    assert sorrel.people["id_number"].map(lambda number: bool(re.fullmatch(ID_PATTERN, number))).all()


def test_the_card_is_current_and_says_what_a_reader_must_know():
    rows = {name: entry["rows"] for name, entry in sample_manifest()["tables"].items()}
    card = (data_folder() / "README.md").read_text(encoding="utf-8")
    assert card == data_card(rows)
    for phrase in (
        "No real person is in this data",
        "What it is not fit for",
        "CC BY 4.0",
        "seed=2016",
        "--restore",
    ):
        assert phrase in card
    for table in TABLES.values():
        assert f"### {table.name}\n" in card
        assert all(f"| `{column.name}` |" in card for column in table.columns)


def test_the_licence_is_stated_for_machines():
    package = json.loads((data_folder() / "datapackage.json").read_text(encoding="utf-8"))
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0"]
