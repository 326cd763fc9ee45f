"""Linking with Splink: what is found, what is refused, and that the engine makes no difference."""

import re
import socket
import sys

import pandas as pd
import pytest

from dossier.join.at_scale import (
    WITHOUT_A_NUMBER,
    LinkageModel,
    NotInstalled,
    link,
)
from dossier.join.comparing import Field
from dossier.join.evaluating import best_links
from dossier.republic import Republic
from dossier.republic.two_registers import two_registers


@pytest.fixture(scope="module")
def registers():
    return two_registers(Republic.sample().people)


@pytest.fixture(scope="module")
def pairs(registers):
    return link(registers.left, registers.right)


def f1(links, truth):
    """The harmonic mean of the share of links that are right and the share of true matches found."""
    right = (truth.reindex(links["right"]).to_numpy() == links["left"].to_numpy()).sum()
    return 2 * right / (len(links) + len(truth))


def test_ten_thousand_are_linked_without_a_number(registers, pairs):
    """Above an exact join of names and birth date, which loses whoever is misspelt."""
    keys = ["given_name", "surname", "birth_date"]
    left, right = registers.left.dropna(subset=keys), registers.right.dropna(subset=keys)
    exact = left.reset_index(names="left").merge(right.reset_index(names="right"), on=keys)
    assert f1(best_links(pairs), registers.truth) > 0.99 > f1(exact, registers.truth) + 0.05


def test_an_empty_text_is_missing_and_agrees_with_nothing(registers, pairs):
    emptied = (register.fillna("") for register in (registers.left, registers.right))
    pd.testing.assert_frame_equal(link(*emptied), pairs, rtol=1e-4, atol=0.01)


def test_weight_and_probability_say_the_same(pairs):
    odds = 2 ** pairs["match_weight"]
    assert pairs["match_probability"].to_numpy() == pytest.approx((odds / (1 + odds)).to_numpy())
    assert pairs["match_weight"].is_monotonic_decreasing
    assert pairs["match_weight"].min() >= 0


def test_probabilities_are_about_right(registers, pairs):
    """Of the pairs given about 0.9 or more, so many are matches: no worse than a twentieth off on average."""
    right = registers.truth.reindex(pairs["right"]).to_numpy() == pairs["left"].to_numpy()
    assert abs(right.mean() - pairs["match_probability"].mean()) < 0.05


def test_labels_name_the_records(registers, pairs):
    """Other index labels and another order of rows: the same pairs under other names."""
    left = registers.left.set_index("p" + registers.left.index.astype(str)).iloc[::-1]
    again = link(left, registers.right)
    assert set(again["left"]) <= set(left.index)
    named = set(zip("p" + pairs["left"].astype(str), pairs["right"], strict=True))
    both = named & set(zip(again["left"], again["right"], strict=True))
    assert len(both) > 0.995 * len(named | set(zip(again["left"], again["right"], strict=True)))


def test_the_same_call_gives_the_same_pairs(registers, pairs):
    again = link(registers.left, registers.right)
    pd.testing.assert_frame_equal(again[["left", "right"]], pairs[["left", "right"]])
    assert again["match_weight"].to_numpy() == pytest.approx(pairs["match_weight"].to_numpy(), abs=1e-6)


def test_it_opens_no_connection_and_prints_nothing(registers, monkeypatch, capfd):
    def refuse(*_, **__):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    link(registers.left.head(2_000), registers.right)
    assert capfd.readouterr() == ("", "")


def test_missing_values_and_dates_are_taken_as_they_are(registers):
    """A date column works like its text; a register full of gaps is still linked."""
    left = registers.left.assign(birth_date=pd.to_datetime(registers.left["birth_date"]))
    left.loc[left.index % 7 == 0, ["given_name", "birth_date"]] = None
    assert f1(best_links(link(left, registers.right)), registers.truth) > 0.9


def test_registers_that_share_nobody_are_refused(registers):
    nobody = registers.right.assign(surname="x" + registers.right.index.astype(str))
    with pytest.raises(ValueError, match="seem to share nobody"):
        link(registers.left, nobody)


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"left": "a table"}, TypeError, "left is a str: give a pandas DataFrame"),
        ({"left": pd.DataFrame({"surname": ["a"]})}, ValueError, "left has no column 'given_name'"),
        ({"right": pd.DataFrame(columns=WITHOUT_A_NUMBER.columns)}, ValueError, "right is empty"),
        (
            {"backend": "oracle"},
            ValueError,
            "backend is 'oracle': allowed is one of 'duckdb', 'spark', 'python'",
        ),
        ({"model": "mine"}, TypeError, "model is a str: give a LinkageModel"),
        ({"least_weight": float("nan")}, ValueError, "least_weight is nan: allowed is a finite number"),
        ({"seed": -1}, ValueError, "seed is -1"),
        ({"threads": 0}, ValueError, "threads is 0"),
    ],
)
def test_what_it_cannot_take(registers, change, error, words):
    arguments = {"left": registers.left, "right": registers.right} | change
    with pytest.raises(error, match=words):
        link(**arguments)


def test_labels_that_occur_twice_are_refused(registers):
    twice = pd.concat([registers.left, registers.left])
    with pytest.raises(ValueError, match="left has index labels that occur twice"):
        link(twice, registers.right)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"fields": ()}, "give at least one"),
        ({"fields": (Field("a"), Field("a"))}, "each once"),
        ({"blocking": ()}, "blocking is"),
        ({"certain": ("surname",)}, "each a list of columns"),
        ({"training": (("a",), ("a", "b"))}, "training has 'a' in every rule"),
        ({"found_by_certain": 1.2}, "found_by_certain is 1.2"),
        ({"found_by_certain": 0}, "found_by_certain is 0"),
    ],
)
def test_a_model_that_cannot_be_trained_is_refused(change, words):
    right = {
        "fields": (Field("a"), Field("b")),
        "blocking": (("a",),),
        "training": (("a",), ("b",)),
        "certain": (("a", "b"),),
    }
    LinkageModel(**right)
    with pytest.raises(ValueError, match=words):
        LinkageModel(**(right | change))


def test_our_own_linkage_finds_what_splink_finds(registers, pairs):
    """For browsers, where neither Splink nor DuckDB runs; and it keeps the labels too."""
    by_hand = link(registers.left, registers.right, backend="python")
    assert f1(best_links(by_hand), registers.truth) > f1(best_links(pairs), registers.truth) - 0.003
    assert by_hand.columns.tolist() == pairs.columns.tolist()
    labelled = registers.right.set_index("q" + registers.right.index.astype(str))
    again = link(registers.left, labelled, backend="python", least_weight=3)
    assert again["right"].str[1:].astype(int).isin(by_hand["right"]).all()
    assert again["match_weight"].min() >= 3


@pytest.mark.parametrize(
    ("backend", "package", "words"),
    [
        ("spark", "pyspark.sql", "Spark is not installed. Install it with: python -m pip install"),
        ("duckdb", "duckdb", "Splink and DuckDB are not installed. Install them with: python -m pip install"),
    ],
)
def test_without_its_package_it_says_what_to_install(registers, monkeypatch, backend, package, words):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(NotInstalled, match=re.escape(words)):
        link(registers.left, registers.right, backend=backend)


def test_without_java_it_says_what_to_install(registers, monkeypatch):
    pytest.importorskip("pyspark", reason="Spark is not installed: python -m pip install pyspark")
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(NotInstalled, match=re.escape("no Java was found. Install Java 17")):
        link(registers.left, registers.right, backend="spark")


@pytest.mark.slow
def test_spark_finds_what_duckdb_finds(registers, pairs):
    """The same ten thousand, the same model, another engine, on two threads of this machine."""
    pytest.importorskip("pyspark", reason="Spark is not installed: python -m pip install pyspark")
    by_spark = link(registers.left, registers.right, backend="spark")
    one, other = best_links(pairs), best_links(by_spark)
    # The two draw other random pairs, so that u and with it the weights differ a little.
    assert f1(other, registers.truth) == pytest.approx(f1(one, registers.truth), abs=0.003)
    linked, again = (set(zip(links["left"], links["right"], strict=True)) for links in (one, other))
    assert len(linked & again) > 0.99 * len(linked | again)
