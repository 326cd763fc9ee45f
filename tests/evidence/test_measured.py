"""The recorded measurements: whole, plausible, and refused when a file is damaged."""

import numpy as np
import pytest

from dossier.evidence import linkage_evidence, linkage_times
from dossier.evidence.measured import _read


def test_times_of_six_sizes_three_times_each():
    times = linkage_times()
    assert times.groupby("people")["repeat"].apply(list).to_dict() == {
        size: [1, 2, 3] for size in (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000)
    }
    assert times.notna().all(axis=None)
    assert (times["right_links"] <= times[["links", "matches"]].min(axis=1)).all()
    f1 = 2 * times["right_links"] / (times["links"] + times["matches"])
    assert f1.between(0.99, 1).all()


def test_the_same_size_gives_the_same_links():
    same = linkage_times().groupby("people")[["links", "right_links", "doubtful_pairs", "pairs_proposed"]]
    assert (same.nunique() == 1).all(axis=None)


def test_evidence_is_counted_from_the_top():
    evidence = linkage_evidence()
    for _, one in evidence.groupby(["people", "naming"]):
        assert one["bits"].is_monotonic_increasing
        for kind in ("right", "household", "strangers"):
            assert one[kind].is_monotonic_decreasing
    assert (evidence["right"] <= evidence["matches"]).all()


@pytest.mark.parametrize(("naming", "bits"), [("concentrated", 0.5), ("many", 2)])
def test_strangers_grow_as_the_pairs_do(naming, bits):
    """Ten times the people, a hundred times the pairs: the rate stays, within what chance and learning anew explain.

    Of many surnames, most are seen too seldom in the smaller register for their weight to be known.
    """
    evidence = linkage_evidence().query("bits == 23 and naming == @naming").set_index("people")
    rate = evidence["strangers"] / evidence["pairs"]
    assert np.log2(rate[1_000_000] / rate[100_000]) == pytest.approx(0, abs=bits)


def test_a_copy_is_given():
    given = linkage_times()
    given["people"] = 0
    assert (linkage_times()["people"] > 0).all()


def test_what_is_missing_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("DOSSIER_DATA", str(tmp_path))
    with pytest.raises(FileNotFoundError, match=r"nothing\.csv is missing"):
        _read("nothing.csv", ())
    (tmp_path / "measured").mkdir()
    (tmp_path / "measured" / "half.csv").write_text("people\n1\n")
    with pytest.raises(ValueError, match="no column 'bits'"):
        _read("half.csv", ("people", "bits"))
