"""The British price list: every figure stands in the ledger's own words."""

import re

import pytest

from dossier.evidence import fact, ledger, uk_tariff


def test_item_and_price_stand_side_by_side_in_the_ledger():
    claim = ledger().loc["F2-068", "claim"]
    listed = re.findall(r"(?:: |, )([a-z -]+?) ([\d.]+(?:-[\d.]+)?)(?: pounds)?(?=[,.])", claim)
    assert [(item, row["price"]) for item, row in uk_tariff().iterrows()] == listed
    assert len(listed) == 7


def test_its_ends_are_those_of_the_ledgers_range():
    tariff = uk_tariff()
    assert (tariff["price_low"].min(), tariff["price_high"].max()) == fact("F2-068").parts
    assert set(tariff["ledger_id"]) == {"F2-068"}
    assert tariff.loc["ex-directory number", ["price_low", "price_high"]].tolist() == [65, 75]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("item,price,currency\naddress,17,GBP\n", "has no column 'ledger_id'"),
        ("item,price,currency,ledger_id\naddress,cheap,GBP,F2-068\n", "the price of 'address' is 'cheap'"),
    ],
)
def test_a_broken_list_is_refused(tmp_path, monkeypatch, text, complaint):
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "uk_tariff_2006.csv").write_text(text)
    monkeypatch.setenv("DOSSIER_DATA", str(tmp_path))
    with pytest.raises(ValueError, match=complaint):
        uk_tariff()


def test_a_missing_list_says_how_to_get_it_back(tmp_path, monkeypatch):
    (tmp_path / "evidence").mkdir()
    monkeypatch.setenv("DOSSIER_DATA", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="git restore data/evidence"):
        uk_tariff()
