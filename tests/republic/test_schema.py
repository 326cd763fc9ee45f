"""One description of every table, and tables that keep to it."""

import pandas as pd
import pytest

from dossier.republic import TABLES, Republic
from dossier.republic.county import MAKERS


def test_every_described_table_can_be_made_and_no_other():
    assert list(MAKERS) == list(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_the_columns_types_and_values_that_its_description_promises(sorrel, name):
    table = sorrel.tables[name]
    assert list(table.columns) == TABLES[name].column_names
    assert len(table) > 0
    for column in TABLES[name].columns:
        values = table[column.name]
        expected = pd.Series([], dtype=column.pandas_type).dtype
        assert values.dtype == expected, column.name
        assert column.optional or not values.isna().any(), column.name
        if column.optional:
            assert values.isna().any(), f"{column.name} never is missing: it need not be optional"
        allowed = set(column.values)
        assert not allowed or set(values) == allowed, column.name
        if column.minimum is not None:
            assert values.min() >= column.minimum, column.name
        if column.refers_to:
            other, field = column.refers_to.split(".")
            assert values.dropna().isin(sorrel.tables[other][field]).all(), column.name
    key = list(TABLES[name].key)
    if key:
        assert not table.duplicated(key).any()


@pytest.mark.parametrize("name", [*Republic.registries, *Republic.conduct_registries])
def test_a_registry_names_the_person_and_the_minute_first_and_is_in_that_order(sorrel, name):
    table = sorrel.tables[name]
    assert list(table.columns[:2]) == ["id_number", "when"]
    assert (table["when"] == table["when"].dt.floor("min")).all()
    assert table["when"].max() < pd.Timestamp("2017-01-01")
    ordered = table.sort_values(["id_number", "when"], kind="stable")
    assert ordered.index.equals(table.index)


def test_every_column_is_explained_once_and_in_one_line():
    for table in TABLES.values():
        assert len(set(table.column_names)) == len(table.columns)
        for text in (table.description, *(column.description for column in table.columns)):
            assert text
            assert not set(text) & set("\n|")
            assert not text.endswith(".")


def test_the_registries_of_the_story_and_of_the_score_are_told_apart():
    assert set(Republic.registries) == {
        "hotel_stays",
        "flights",
        "cafe_sessions",
        "border_crossings",
        "rentals",
        "properties",
        "deposits",
        "phone_pings",
    }
    assert not set(Republic.registries) & set(Republic.conduct_registries)
