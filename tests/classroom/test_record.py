"""The record survives restarts, two notebooks at once, damage, and a disk that cannot be written."""

import json
import subprocess
import sys

import pytest

from dossier.classroom import forget, where_you_are
from dossier.classroom.record import note_check, note_question, read, record_path, remarks


def test_a_fresh_record_is_empty_and_says_so_always_in_the_same_words(own_record):
    assert read() == {"version": 1, "checks": {}, "questions": {}}
    assert repr(where_you_are()) == "Nothing recorded yet.\nNext: lessons/01_a_day_in_data.ipynb"
    assert not own_record.exists()


def test_what_was_passed_once_stays_passed(own_record):
    note_check("01.1", passed=False, points=2)
    note_check("01.1", passed=True, points=2)
    note_check("01.1", passed=False, points=2)
    note_question("01.a", right=True)
    note_question("01.a", right=False)
    kept = json.loads(own_record.read_text())
    assert (kept["checks"]["01.1"]["passed"], kept["checks"]["01.1"]["points"]) == (True, 2)
    assert kept["checks"]["01.1"]["tries"] == 3
    assert (kept["questions"]["01.a"]["right"], kept["questions"]["01.a"]["tries"]) == (True, 2)


def test_two_kernels_writing_at_once_lose_nothing(own_record):
    program = (
        "import sys\nfrom dossier.classroom.record import note_question\n"
        "for number in range(25): note_question(f'01.{sys.argv[1]}{number}', right=True)\n"
        "for _ in range(25): note_question('01.shared', right=False)"
    )
    kernels = [subprocess.Popen([sys.executable, "-c", program, name]) for name in "ab"]
    assert [kernel.wait(60) for kernel in kernels] == [0, 0]
    asked = read()["questions"]
    assert len(asked) == 51
    assert asked["01.shared"]["tries"] == 50
    assert [file.name for file in own_record.parent.glob("*.new")] == []


@pytest.mark.parametrize(
    "damage",
    [b"{half", b"\xff\xfe\x00", b"[]", b"null", b'{"checks": 5}', b'{"checks": {"01.1": 3}}', b""],
    ids=["truncated", "not text", "a list", "null", "checks is a number", "an entry is a number", "empty"],
)
def test_a_damaged_file_is_set_aside_never_overwritten_and_the_learner_is_told(own_record, damage):
    own_record.write_bytes(damage)
    note_check("01.1", passed=True, points=1)
    (aside,) = own_record.parent.glob("*.damaged")
    assert aside.read_bytes() == damage
    assert read()["checks"]["01.1"]["passed"]
    told = remarks()
    assert aside.name in told
    assert remarks() == ""


def test_damage_is_told_with_the_next_message(own_record):
    own_record.write_text("{half")
    assert "was damaged. It is kept as my_progress.json." in repr(where_you_are())


def test_a_place_that_cannot_be_written_is_said_once_and_the_record_goes_on_in_memory(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("DOSSIER_RECORD", str(blocked / "my_progress.json"))
    note_check("01.1", passed=True, points=1)
    note_check("01.2", passed=True, points=2)
    assert set(read()["checks"]) == {"01.1", "01.2"}
    assert remarks().count("could not be written") == 1


def test_without_a_course_folder_it_lasts_as_long_as_the_kernel(tmp_path, monkeypatch):
    monkeypatch.delenv("DOSSIER_RECORD")
    monkeypatch.chdir(tmp_path.anchor)
    assert record_path() is None
    note_question("01.a", right=True)
    assert read()["questions"]["01.a"]["right"]
    assert "lasts only until this notebook closes" in remarks()


def test_it_lies_at_the_root_of_the_course_wherever_the_notebook_runs(tmp_path, monkeypatch):
    monkeypatch.delenv("DOSSIER_RECORD")
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "00_start_here.ipynb").write_text("{}")
    (tmp_path / "exercises" / "solutions").mkdir(parents=True)
    for place in (tmp_path, tmp_path / "lessons", tmp_path / "exercises" / "solutions"):
        monkeypatch.chdir(place)
        assert record_path() == tmp_path / "my_progress.json"


def test_a_folder_may_be_named_too(tmp_path, monkeypatch):
    monkeypatch.setenv("DOSSIER_RECORD", str(tmp_path))
    assert record_path() == tmp_path / "my_progress.json"


def test_where_you_are_counts_points_and_questions_and_names_the_next_step(tmp_path, monkeypatch):
    monkeypatch.delenv("DOSSIER_RECORD")
    (tmp_path / "lessons").mkdir()
    for name in ("00_start_here", "01_a_day_in_data", "02_anatomy_of_a_score"):
        (tmp_path / "lessons" / f"{name}.ipynb").write_text("{}")
    monkeypatch.chdir(tmp_path / "lessons")
    note_question("01.a", right=True)
    note_check("01.1", passed=True, points=1)
    shown = where_you_are()
    # As wide as the longest title makes it.
    assert "01 A day in data 1 of 12 points 1" in " ".join(repr(shown).split())
    assert repr(shown).endswith("Next: exercises/01_a_day_in_data.ipynb")
    assert '<th scope="col">Lesson</th>' in shown._repr_html_()
    for number in range(1, 8):
        note_check(f"01.{number}", passed=True, points=1)
    assert repr(where_you_are()).endswith("Next: lessons/02_anatomy_of_a_score.ipynb")


def test_a_folder_with_a_part_of_the_course_does_not_say_that_all_is_done(tmp_path, monkeypatch):
    monkeypatch.delenv("DOSSIER_RECORD")
    (tmp_path / "lessons").mkdir()
    for name in ("00_start_here", "01_a_day_in_data"):
        (tmp_path / "lessons" / f"{name}.ipynb").write_text("{}")
    monkeypatch.chdir(tmp_path / "lessons")
    for number in range(1, 8):
        note_check(f"01.{number}", passed=True, points=1)
    assert repr(where_you_are()).endswith(
        "Next: nothing is left here. The other lessons are in the whole course."
    )


def test_forget_deletes_everything_and_says_so(own_record):
    own_record.write_text("{half")
    note_check("01.1", passed=True, points=1)
    said = repr(forget())
    assert said.startswith("Deleted: my_progress.json, my_progress.json.")
    assert list(own_record.parent.iterdir()) == []
    assert read()["checks"] == {}
    assert repr(forget()).startswith("There was no record to delete.")


def test_forget_says_what_it_could_not_delete_and_minds_no_missing_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("DOSSIER_RECORD", str(tmp_path / "nowhere" / "my_progress.json"))
    assert repr(forget()).startswith("There was no record to delete.")
    monkeypatch.setenv("DOSSIER_RECORD", str(tmp_path / "my_progress.json"))
    (tmp_path / "my_progress.json.x.damaged").mkdir()
    assert "could not be deleted" in repr(forget())


def test_forget_touches_nothing_that_is_not_the_record(own_record):
    others = [
        own_record.with_name(name) for name in ("my_progress.json.notes", "my_progress.jsonl", "my.json")
    ]
    for other in others:
        other.write_text("mine")
    note_check("01.1", passed=True, points=1)
    forget()
    assert sorted(own_record.parent.iterdir()) == sorted(others)
