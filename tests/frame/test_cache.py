"""Kept results: the same from disk as fresh, never stale, and no trouble where something is wrong with the file."""

import json
import multiprocessing

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier import _cache
from dossier._cache import cached, folder, main


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("DOSSIER_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


class Work:
    """Something that takes long, and counts how often it was done."""

    def __init__(self, result):
        self.result, self.done = result, 0

    def __call__(self):
        self.done += 1
        return self.result


def test_the_second_time_is_read():
    work = Work({"seconds": [1.5, 2.5], "people": 10_000})
    assert cached("times", {"seed": 1}, work) == cached("times", {"seed": 1}, work) == work.result
    assert work.done == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@given(result=JSON)
def test_read_is_what_was_computed(result, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOSSIER_CACHE", str(tmp_path_factory.mktemp("kept")))
        fresh = cached("any", {}, lambda: result)
        assert fresh == cached("any", {}, Work("another")) == result


def test_numpy_is_taken_and_the_types_are_the_same_both_times():
    work = Work({"cells": np.arange(3), "share": np.float64(0.5), "n": np.int64(7), "pair": (1, 2)})
    first, second = cached("numpy", {}, work), cached("numpy", {}, work)
    assert repr(first) == repr(second) == "{'cells': [0, 1, 2], 'share': 0.5, 'n': 7, 'pair': [1, 2]}"


@pytest.mark.parametrize(
    "change",
    [
        {"name": "other"},
        {"key": {"seed": 2}},
        {"key": {"seed": 1, "people": 5}},
        {"packages": ("numpy", "a-package-nobody-has")},
    ],
)
def test_anything_else_is_computed_anew(change):
    first, other = Work(1), Work(2)
    asked = {"name": "times", "key": {"seed": 1}, "packages": ("numpy",)}
    assert cached(**asked, compute=first) == 1
    assert cached(**asked | change, compute=other) == 2
    assert cached(**asked, compute=other) == 1


def test_new_versions_of_packages_and_of_the_course_are_computed_anew(monkeypatch):
    work = Work(1)
    cached("times", {}, work)
    with monkeypatch.context() as patch:
        patch.setattr("importlib.metadata.version", lambda _: "999")
        cached("times", {}, work)
    with monkeypatch.context() as patch:
        patch.setattr(_cache, "_own_code", lambda: "another line somewhere")
        cached("times", {}, work)
    cached("times", {}, work)
    assert work.done == 3


def test_the_order_of_the_key_makes_no_difference():
    work = Work(1)
    cached("times", {"a": 1, "b": 2}, work)
    cached("times", {"b": 2, "a": 1}, work)
    assert work.done == 1


def harm(kind, path):
    text = path.read_text()
    return {
        "empty": "",
        "cut off": text[: len(text) // 2],
        "no JSON": "\x00" + text,
        "another digit": text.replace("12345", "12346"),
        "other JSON": "[1, 2]",
        "null": "null",
        "of other things": json.dumps(json.loads(text) | {"of": "{}"}),
        "no text": json.dumps(json.loads(text) | {"result": 12345}),
    }[kind]


@pytest.mark.parametrize(
    "kind",
    ["empty", "cut off", "no JSON", "another digit", "other JSON", "null", "of other things", "no text"],
)
def test_a_damaged_file_is_computed_anew_and_mended(kind, place):
    work = Work({"people": 12345})
    cached("times", {}, work)
    (path,) = place.iterdir()
    path.write_text(harm(kind, path))
    assert [cached("times", {}, work) for _ in "ab"] == [work.result] * 2
    assert work.done == 2


def test_bytes_that_are_no_text_are_computed_anew(place):
    work = Work(1)
    cached("times", {}, work)
    (path,) = place.iterdir()
    path.write_bytes(b"\xff\xfe\x00")
    assert cached("times", {}, work) == 1
    assert work.done == 2


def test_where_nothing_can_be_written_it_is_computed_every_time(place):
    place.write_text("a file stands where the folder should be")
    work = Work(1)
    assert cached("times", {}, work) == cached("times", {}, work) == 1
    assert work.done == 2


def test_a_failure_is_not_kept(place):
    def fail():
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        cached("times", {}, fail)
    assert not place.exists()
    assert cached("times", {}, Work(1)) == 1


def write_a_hundred(number):
    return [cached("times", {"n": n % 3}, lambda: ["x" * 20_000]) for n in range(100)]


def test_two_at_once_see_whole_files_only():
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        results = pool.map(write_a_hundred, range(2))
    assert all(one == ["x" * 20_000] for many in results for one in many)
    assert all(path.suffix == ".json" for path in folder().iterdir())


@pytest.mark.parametrize("name", ["", "../up", "a b", "a/b", "ä", None])
def test_a_name_that_is_no_file_name_is_refused(name):
    with pytest.raises(ValueError, match="name is"):
        cached(name, {}, Work(1))


@pytest.mark.parametrize("odd", [float("nan"), float("inf"), np.array([np.nan])])
def test_what_json_has_no_number_for_is_refused(odd, place):
    with pytest.raises(ValueError, match="the result cannot be kept"):
        cached("times", {}, Work(odd))
    with pytest.raises(ValueError, match="key cannot be kept"):
        cached("times", {"odd": odd}, Work(1))
    assert not place.exists()


def test_what_json_cannot_hold_is_refused():
    with pytest.raises(TypeError, match="the result holds a set"):
        cached("times", {}, Work({1, 2}))


def test_the_folder_is_the_systems_own_unless_one_is_named(monkeypatch):
    monkeypatch.delenv("DOSSIER_CACHE")
    assert folder().is_absolute()
    assert "dossier" in folder().parts


def test_the_command_says_what_is_kept_and_deletes_only_that(place, capsys):
    cached("times", {}, Work(1))
    (place / "somebody's.json").write_text("{}")
    assert main([]) == 0
    assert str(place) in capsys.readouterr().out
    assert len(list(place.iterdir())) == 2
    assert main(["--delete"]) == 0
    assert [path.name for path in place.iterdir()] == ["somebody's.json"]
    assert main(["--delete"]) == 0
