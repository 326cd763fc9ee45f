"""The ledger and the cases load whole, marked, and only if they are sound."""

import shutil

import pandas as pd
import pytest

from dossier._data import data_folder
from dossier.evidence import cases, cite, ledger, problems


def read(name):
    return pd.read_csv(data_folder() / "evidence" / name, dtype=str, keep_default_na=False)


def test_every_row_and_column_of_the_files_is_there_untouched():
    for loaded, name, key in ((ledger(), "ledger.csv", "id"), (cases(), "cases.csv", "case_id")):
        file = read(name).set_index(key)
        pd.testing.assert_frame_equal(loaded[list(file.columns)], file)
    assert len(ledger()) == 227
    assert len(cases()) == 52


def test_every_digit_and_word_of_a_case_is_in_the_columns_read_from_it():
    table = cases()
    for column in ("price_local", "price_usd_approx", "records_or_people"):
        for case, row in table.iterrows():
            kept = " ".join(f"{row[f'{column}_{part}']}" for part in ("low", "high", "unit", "note"))
            for word in row[column].replace(";", " ").replace("(", " ").replace(")", " ").split():
                if word.isalpha() and word not in ("million", "billion", "to"):
                    assert word in kept, (case, column, word)
            if any(character.isdigit() for character in row[column].split(";")[0]):
                ends = row[[f"{column}_low", f"{column}_high"]]
                assert ends.notna().any(), (case, column)


def test_prices_that_nobody_published_are_missing_not_zero():
    table = cases()
    silent = table["price_local"] == ""
    assert silent.any()
    assert table.loc[silent, ["price_local_low", "price_local_high"]].isna().all(axis=None)
    assert table.loc["DE-2018-HESSEN", "price_local_low"] == 0


def test_recalled_rows_are_marked_and_so_are_contested_ones():
    table = ledger()
    assert table.index[table["reported"]].tolist() == table.index[table["confidence"] == "RECALLED"].tolist()
    for contested in ("F6-011", "F6-012", "F4-008", "F4-010", "F5-012", "F2-013", "F2-034", "F2-043"):
        assert table.loc[contested, "contested"], contested
    for contested in ("CN-2022-SHGA", "AR-2021-RENAPER", "CN-2024-SPYCLOUD"):
        assert cases().loc[contested, "contested"], contested


def test_a_caller_cannot_spoil_the_table_for_the_next():
    table = ledger()
    table.loc["F5-001", "claim"] = "spoilt"
    assert ledger().loc["F5-001", "claim"] != "spoilt"


@pytest.mark.parametrize(
    ("column", "value", "complaint"),
    [
        ("confidence", "LIKELY", r"F5-001: confidence is 'LIKELY'; write VERIFIED or RECALLED"),
        ("source_url", "ftp://example.org/x", r"F5-001: source_url is 'ftp://example.org/x'; write an http"),
        ("source_url", "", r"F5-001: VERIFIED, but there is no source_url"),
        ("year", "lately", r"F5-001: year is 'lately': write 2016"),
        ("source_year", "1066", r"F5-001: source_year is '1066'; .* 1900 to 2100"),
        ("year", "2015-2011", r"the first year comes first"),
        ("claim", " ", r"F5-001: claim is empty"),
        ("id", "F5-002", r"F5-002: this id is used more than once"),
        ("id", "five", r"five: an id looks like F5-001"),
    ],
)
def test_a_broken_ledger_is_refused_by_row_and_rule(tmp_path, monkeypatch, column, value, complaint):
    shutil.copytree(data_folder() / "evidence", tmp_path / "evidence")
    table = read("ledger.csv")
    table.loc[table["id"] == "F5-001", column] = value
    table.to_csv(tmp_path / "evidence" / "ledger.csv", index=False)
    monkeypatch.setenv("DOSSIER_DATA", str(tmp_path))
    with pytest.raises(ValueError, match=complaint):
        ledger()


def test_missing_columns_and_files_are_named(tmp_path, monkeypatch):
    assert problems(read("cases.csv").drop(columns="currency"), kind="cases") == [
        "column 'currency' is missing"
    ]
    (tmp_path / "evidence").mkdir()
    monkeypatch.setenv("DOSSIER_DATA", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="git restore data/evidence"):
        cite("F1-001")


def test_a_contested_id_that_does_not_exist_is_refused(tmp_path, monkeypatch):
    shutil.copytree(data_folder() / "evidence", tmp_path / "evidence")
    with (tmp_path / "evidence" / "contested.csv").open("a") as file:
        file.write("F9-999,Nobody knows.\n")
    monkeypatch.setenv("DOSSIER_DATA", str(tmp_path))
    with pytest.raises(ValueError, match="neither table has: F9-999"):
        ledger()


def test_the_data_folder_is_named_found_beside_the_package_or_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert (data_folder() / "evidence" / "ledger.csv").is_file()
    monkeypatch.setenv("DOSSIER_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(FileNotFoundError, match="not a folder: correct it, or unset it"):
        data_folder()
